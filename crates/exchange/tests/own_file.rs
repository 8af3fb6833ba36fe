//! The program's own file: it comes back as it went, or says why not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_exchange::own_file::{OwnFileError, Writer, read, write};
use flightpath_school::journal::block::Block;
use flightpath_school::journal::{Action, Draft, School, StepInfo};
use flightpath_school::model::{AcademicYear, ColumnKey, Dot, Field, Id, Moment, ReplicaId, Value};
use proptest::prelude::*;

fn school(names: &[(u8, u8, String)]) -> School {
    let mut school = School::default();
    for (at, (replica, row, name)) in names.iter().enumerate() {
        let mut draft = Draft::default();
        let row = Id(u128::from(*row));
        draft.write(ColumnKey::lasting(Field::Surname), row, Value::text(name));
        // A markbook as well: an assessment, and marks or words in their place.
        let (year, maths, test) = (AcademicYear(2026), Id(40), Id(50));
        let title = ColumnKey::yearly(Field::AssessmentTitle, year);
        draft.write(title, test, Value::text(name));
        let mark = match name.len() % 4 {
            0 => Value::Blank,
            1 => Value::Code("absent".into()),
            2 => Value::grade("gcse-9-1", "5"),
            _ => Value::Number(1250 * at as i64),
        };
        let of = |field| ColumnKey::per_assessment(field, year, maths, test);
        draft.write(of(Field::Mark), row, mark.clone());
        draft.write(of(Field::MarkModerated), row, mark);
        draft.write(of(Field::MarkLate), row, Value::Flag(at % 2 == 0));
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(u128::from(*replica))),
                sequence: at as u64 + 1,
            },
            author: "M. Vidal".to_owned(),
            at: Moment(1),
            action: Action::EditPupils,
            reason: None,
        };
        // Some writers have seen what is there and some have not, so that conflicts arise.
        let seen = if replica % 2 == 0 {
            school.clone()
        } else {
            School::default()
        };
        if let Some(step) = seen.step(&draft, info) {
            school.apply(&step);
        }
    }
    school
}

fn file(school: &School) -> Vec<u8> {
    let writer = Writer {
        release: "test".to_owned(),
        author: "M. Vidal".to_owned(),
        written: Moment(1_790_000_000_000),
        school: "Ängsskolan".to_owned(),
        pupils: 3,
    };
    write(Block::of(school, |_| true), Vec::new(), writer).unwrap()
}

fn lives() -> impl Strategy<Value = Vec<(u8, u8, String)>> {
    prop::collection::vec((0..5_u8, 0..6_u8, "\\PC{0,8}"), 1..20)
}

proptest! {
    #[test]
    fn export_then_import_is_identity(names in lives()) {
        let before = school(&names);
        let (_, body) = read(&file(&before)).unwrap();
        let mut after = School::default();
        body.cells.join_into(&mut after).unwrap();
        prop_assert_eq!(before.cells_in_order(), after.cells_in_order());
    }

    #[test]
    fn one_changed_byte_is_noticed(names in lives(), at in any::<usize>(), byte in any::<u8>()) {
        let good = file(&school(&names));
        let mut bad = good.clone();
        let at = at % bad.len();
        bad[at] = byte;
        // The header's own words (author, school, counts) are not under the hash; its hash is.
        let body = good.windows(7).position(|w| w == b"\"body\":").unwrap();
        if bad != good && at >= body {
            prop_assert!(read(&bad).is_err());
        } else {
            let _ = read(&bad);
        }
    }

    #[test]
    fn a_file_cut_short_is_broken(names in lives(), at in any::<usize>()) {
        let good = file(&school(&names));
        let cut = &good[..at % good.len()];
        let said = read(cut).unwrap_err();
        prop_assert!(matches!(said, OwnFileError::Broken { .. } | OwnFileError::Foreign), "{said:?}");
        if cut.len() > 20 {
            prop_assert!(matches!(said, OwnFileError::Broken { .. }), "{said:?}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let mut ours = b"{\"flightpath\":".to_vec();
        ours.extend(bytes);
        let _ = read(&ours);
    }
}

#[test]
fn a_foreign_and_a_newer_file_are_told_apart() {
    assert_eq!(read(b"UPN,Surname\n").unwrap_err(), OwnFileError::Foreign);
    assert_eq!(
        read(b"{\"type\":\"other\"}").unwrap_err(),
        OwnFileError::Foreign
    );
    assert_eq!(
        read(b"{\"flightpath\":{\"format\":7,\"zip\":true},\"parts\":[]}").unwrap_err(),
        OwnFileError::Newer { format: 7 }
    );
}
