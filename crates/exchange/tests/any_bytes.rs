//! No bytes make reading, guessing or planning panic, and CSV that goes out comes in the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Office, data, read};
use flightpath_exchange::csv_out;
use flightpath_exchange::mapping::{BlankMeans, NumberRows, Role};
use flightpath_exchange::plan::{RefusedHeadings, RowOutcome, RowReason};
use flightpath_exchange::table::{Delimiter, HeaderChoice, ReadOptions, Table, from_bytes};
use flightpath_exchange::text::Encoding;
use proptest::prelude::*;

/// The whole road of a file, twice; what must hold of any file.
fn travel(table: &Table) {
    let mut office = Office::default();
    let mut mapping = office.guess(table);
    if !mapping.identifies_pupils() {
        mapping.number_rows = Some(NumberRows {
            admission_prefix: "n".to_owned(),
            surname: "Pupil ".to_owned(),
        });
    }
    mapping.add_missing_pupils = true;
    mapping.single_subject = Some("Maths".to_owned());
    mapping.default_event = Some("October".to_owned());
    for column in &mut mapping.columns {
        if matches!(column.role, Role::Group(_)) {
            column.blank = Some(BlankMeans::No);
        }
    }
    let plan = office.plan(table, &mapping);
    let counts = plan.counts();
    assert_eq!(counts.rows, table.len());
    assert_eq!(
        counts.rows,
        counts.new + counts.changed + counts.same + counts.refused + counts.ask
    );
    for problem in plan.problems(table) {
        assert!(problem.row >= 1 && problem.row as usize <= table.len());
        assert!(problem.line >= 1);
    }
    let headings = RefusedHeadings {
        row: "Row",
        reason: "Why",
    };
    plan.refused_csv(table, headings, |_| "why".to_owned())
        .unwrap();
    office.apply(&plan);
    let again = office.plan(table, &mapping);
    let nameless = RowOutcome::Refused(RowReason::NoName);
    if counts.ask > 0 || plan.rows.iter().any(|row| row.outcome == nameless) {
        // Such a row may mean somebody whom a later row brought into the school.
        return;
    }
    if again.counts().ask > 0 {
        // Nor can a bare name be known again without an answer.
        return;
    }
    // Imported again, a file says nothing new.
    for (first, second) in plan.rows.iter().zip(&again.rows) {
        let taken = matches!(
            first.outcome,
            RowOutcome::New | RowOutcome::Changed | RowOutcome::Same | RowOutcome::SameAsRow(_)
        );
        assert!(
            !taken || matches!(second.outcome, RowOutcome::Same | RowOutcome::SameAsRow(_)),
            "{:?} and then {:?}",
            first,
            second
        );
    }
    assert_eq!(again.counts().cells_new + again.counts().cells_changed, 0);
}

const FILES: [&str; 4] = [
    "pupils_mis_utf8_bom.csv",
    "pupils_mis_windows1252.csv",
    "pupils_mis_utf16.txt",
    "autumn_results_wide.csv",
];

/// Bytes that mean something in such files.
fn spice() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(b"\"".to_vec()),
        Just(b"\"\"".to_vec()),
        Just(b",".to_vec()),
        Just(b";".to_vec()),
        Just(b"\t".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\n\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"'=".to_vec()),
        Just(b"\0".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        Just("é".as_bytes().to_vec()),
        Just("\u{2028}".as_bytes().to_vec()),
        Just(b"99999999999999999999".to_vec()),
        Just(b"-".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..6),
    ]
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let changes = proptest::collection::vec((any::<u16>(), 0..40_usize, spice()), 1..12);
    (0..FILES.len(), 1..9_000_usize, changes).prop_map(|(file, length, changes)| {
        let mut bytes = data(FILES[file]);
        bytes.truncate(length);
        for (at, cut, new) in changes {
            let from = usize::from(at) % (bytes.len() + 1);
            let to = (from + cut).min(bytes.len());
            bytes.splice(from..to, new);
        }
        bytes
    })
}

/// Text whose cells are near to what columns hold.
fn near_list() -> impl Strategy<Value = String> {
    let header = prop::sample::subsequence(
        vec![
            "UPN",
            "Adno",
            "Surname",
            "Forename",
            "DOB",
            "Year",
            "PP",
            "KS2 Ma SS",
            "Subject",
            "Kind",
            "Grade",
            "Class",
            "Teacher",
            "Event",
            "Maths Target",
            "English AP1 Pred",
            "Name",
        ],
        1..10,
    )
    .prop_shuffle();
    let cell = prop::sample::select(vec![
        "",
        "-",
        "M823400121001",
        "W823400222002",
        "1",
        "01",
        "2",
        "Hall",
        "Khan",
        "Ann",
        "Hall, Ann",
        "13/01/2012",
        "01/02/2012",
        "9",
        "Y8",
        "15",
        "Y",
        "N",
        "B",
        "100",
        "131",
        "Maths",
        "English",
        "Target",
        "Predicted",
        "6+",
        "7x",
        "9A",
        "=1",
        "\"a\nb\"",
        "October",
        "\u{FFFD}",
        "İ",
    ]);
    let rows = proptest::collection::vec(proptest::collection::vec(cell, 9), 1..14);
    (header, rows).prop_map(|(header, rows)| {
        let mut text = header.join(",") + "\n";
        for row in rows {
            text += &row[..header.len().min(row.len())]
                .join(",")
                .replace("Hall, Ann", "\"Hall, Ann\"");
            text.push('\n');
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(table) = read(&bytes) {
            travel(&table);
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(bytes in mutated()) {
        if let Ok(table) = read(&bytes) {
            travel(&table);
        }
    }

    #[test]
    fn what_is_said_again_changes_nothing(text in near_list()) {
        if let Ok(table) = read(text.as_bytes()) {
            travel(&table);
        }
    }

    #[test]
    fn a_table_that_was_sent_is_the_same(bytes in mutated()) {
        if let Ok(table) = read(&bytes) {
            let text = serde_json::to_string(&table).unwrap();
            prop_assert_eq!(serde_json::from_str::<Table>(&text).unwrap(), table);
        }
    }

    #[test]
    fn a_table_with_wrong_places_gives_no_panic(
        lengths in proptest::collection::vec(any::<u32>(), 0..20),
        firsts in proptest::collection::vec(any::<u32>(), 0..8),
    ) {
        let table = read(b"a,b\n1,\xC3\xA9\n3,4\n").unwrap();
        let mut json = serde_json::to_value(&table).unwrap();
        json["cell_ends"] = lengths.into();
        json["rows"] = firsts
            .into_iter()
            .map(|first| serde_json::json!({"line": 1, "first_cell": first}))
            .collect();
        let table: Table = serde_json::from_value(json).unwrap();
        for row in table.rows() {
            for column in 0..4 {
                row.cell(column);
            }
            row.len();
        }
    }

    #[test]
    fn csv_out_then_in_is_the_same(
        rows in proptest::collection::vec(
            proptest::collection::vec("[-'=+@a\"\r\n\t,; é0-9.%]{0,6}|\\PC{0,5}", 3), 1..9)
    ) {
        let lines = rows.iter().map(|row| row.iter().map(String::as_str));
        let bytes = csv_out::table(["A", "B", "C"], lines).unwrap();
        let options = ReadOptions {
            encoding: Some(Encoding::Utf8),
            delimiter: Some(Delimiter::Comma),
            header: Some(HeaderChoice::Record(0)),
        };
        let kept: Vec<&Vec<String>> = rows
            .iter()
            .filter(|row| row.iter().any(|cell| !csv_out::marked(cell).trim().is_empty()))
            .collect();
        match from_bytes(&bytes, &options, common::decode) {
            Ok(table) => {
                let found: Vec<Vec<String>> = table
                    .rows()
                    .map(|row| {
                        row.fields().map(|cell| csv_out::unmarked(cell).to_owned()).collect()
                    })
                    .collect();
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), kept);
            }
            Err(_) => prop_assert!(kept.is_empty()),
        }
    }

    #[test]
    fn no_cell_of_a_csv_starts_a_formula(text in "[-'=+@a0-9.\t\r]{0,8}") {
        let out = csv_out::marked(&text);
        prop_assert!(!csv_out::looks_like_formula(&out));
        prop_assert_eq!(csv_out::unmarked(&out), text.as_str());
    }
}

/// Whatever once made something panic, or may again.
#[test]
fn crashers_stay_away() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashers");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        if let Ok(table) = read(&bytes) {
            travel(&table);
        }
        seen += 1;
    }
    assert!(seen > 0);
}
