//! What steps, undo and merging promise, over random schools.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::journal::block::{
    Block, is_of_long_ago, is_of_markbook, is_of_markbook_in, keys_by_part, part_of, parts_of_list,
};
use flightpath_school::journal::{Action, Cell, Draft, School, Shown, Step, StepInfo, stored};
use flightpath_school::model::{
    AcademicYear, CivilDate, ColumnKey, Dot, Field, Id, Measure, Moment, ReplicaId, Value,
};
use proptest::prelude::*;

fn key(column: u8) -> ColumnKey {
    let subject = Id::derived("subject", &["maths"]);
    let event = Id::derived("event", &["october"]);
    match column % 5 {
        0 => ColumnKey::lasting(Field::Surname),
        1 => ColumnKey::yearly(Field::Form, AcademicYear(2026)),
        2 => ColumnKey::per_subject(Field::TargetReason, AcademicYear(2026), subject),
        3 => ColumnKey::per_event(Field::Comment, AcademicYear(2026), subject, event),
        _ => ColumnKey::per_assessment(Field::MarkNote, AcademicYear(2026), subject, event),
    }
}

fn value(number: u8) -> Value {
    match number % 4 {
        0 => Value::Blank,
        other => Value::text(&format!("v{other}")),
    }
}

/// Something that one of three people does to their own copy.
#[derive(Debug, Clone)]
enum Deed {
    Write(Vec<(u8, u8, u8)>),
    /// Takes in a slice (the columns of the mask) of another's copy.
    Merge {
        from: usize,
        columns: u8,
    },
    UndoLast,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => prop::collection::vec((0..5_u8, 0..5_u8, 0..4_u8), 1..6).prop_map(Deed::Write),
        2 => (0..3_usize, 1..32_u8).prop_map(|(from, columns)| Deed::Merge { from, columns }),
        1 => Just(Deed::UndoLast),
    ]
}

struct Person {
    school: School,
    replica: ReplicaId,
    steps: Vec<Step>,
    sequence: u64,
}

impl Person {
    fn info(&mut self, action: Action) -> StepInfo {
        self.sequence += 1;
        StepInfo {
            dot: Dot {
                replica: self.replica,
                sequence: self.sequence,
            },
            author: "A".to_owned(),
            at: Moment(0),
            action,
            reason: None,
        }
    }

    fn keep(&mut self, step: Option<Step>) {
        if let Some(step) = step {
            self.school.apply(&step);
            self.steps.push(step);
        }
    }
}

fn slice(school: &School, columns: u8) -> School {
    let block = Block::of(school, |k| {
        (0..5_u8).any(|c| columns & (1 << c) != 0 && *k == key(c))
    });
    let mut part = School::default();
    block.join_into(&mut part).unwrap();
    part
}

fn lived(deeds: &[(usize, Deed)]) -> Vec<Person> {
    let mut people: Vec<Person> = (1..=3)
        .map(|n| Person {
            school: School::default(),
            replica: ReplicaId(Id(n)),
            steps: Vec::new(),
            sequence: 0,
        })
        .collect();
    for (who, deed) in deeds {
        match deed {
            Deed::Write(writes) => {
                let mut draft = Draft::default();
                for (column, row, number) in writes {
                    draft.write(key(*column), Id(u128::from(*row) + 100), value(*number));
                }
                let person = &mut people[*who];
                let info = person.info(Action::EditPupils);
                let step = person.school.step(&draft, info);
                person.keep(step);
            }
            Deed::Merge { from, columns } => {
                let part = slice(&people[*from].school, *columns);
                let person = &mut people[*who];
                let info = person.info(Action::OpenFile {
                    file: String::new(),
                });
                let step = person.school.merging(&part, info);
                person.keep(step);
            }
            Deed::UndoLast => {
                let person = &mut people[*who];
                let Some(last) = person.steps.last().cloned() else {
                    continue;
                };
                if matches!(last.info.action, Action::OpenFile { .. }) {
                    continue; // has its own property
                }
                let info = person.info(Action::Undo { of: last.info.dot });
                let step = person.school.undoing(&last, info).step;
                person.keep(step);
            }
        }
    }
    people
}

fn merged(a: &School, b: &School) -> School {
    let mut out = a.clone();
    let info = StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(9)),
            sequence: 1,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::OpenFile {
            file: String::new(),
        },
        reason: None,
    };
    if let Some(step) = a.merging(b, info) {
        out.apply(&step);
    }
    out
}

fn three_lives() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    prop::collection::vec((0..3_usize, deed()), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(deeds in three_lives(), mask in 1..16_u8) {
        let people = lived(&deeds);
        let (a, b, c) = (&people[0].school, &slice(&people[1].school, mask), &people[2].school);
        prop_assert_eq!(merged(a, b).cells_in_order(), merged(b, a).cells_in_order());
        prop_assert_eq!(
            merged(&merged(a, b), c).cells_in_order(),
            merged(a, &merged(b, c)).cells_in_order()
        );
        let once = merged(a, b);
        prop_assert_eq!(merged(&once, b).cells_in_order(), once.cells_in_order());
        prop_assert_eq!(merged(a, a).cells_in_order(), a.cells_in_order());
    }

    #[test]
    fn no_value_leaves_without_one_that_had_seen_it(deeds in three_lives()) {
        let people = lived(&deeds);
        let (a, b) = (&people[0].school, &people[1].school);
        let both = merged(a, b);
        for (key, row, cell) in a.cells_in_order() {
            let after = both.cell(&key, row);
            let there = b.cell(&key, row);
            for written in cell.values() {
                prop_assert!(
                    after.values().contains(written) || there.context().has_seen(written.0)
                );
            }
        }
    }

    #[test]
    fn a_step_then_its_inverse_leaves_what_a_person_sees(
        deeds in three_lives(),
        writes in prop::collection::vec((0..4_u8, 0..5_u8, 0..4_u8), 1..9),
    ) {
        let mut people = lived(&deeds);
        let mut person = people.swap_remove(0);
        let before = person.school.visible_in_order();
        let mut draft = Draft::default();
        for (column, row, number) in writes {
            draft.write(key(column), Id(u128::from(row) + 100), value(number));
        }
        let info = person.info(Action::EditPupils);
        if let Some(step) = person.school.step(&draft, info) {
            person.school.apply(&step);
            let after = person.school.visible_in_order();
            prop_assert_ne!(&after, &before);
            let info = person.info(Action::Undo { of: step.info.dot });
            let undo = person.school.undoing(&step, info);
            prop_assert!(undo.left.is_empty());
            let undo = undo.step.unwrap();
            person.school.apply(&undo);
            for (column, _) in person.school.columns() {
                let seen = before.iter().any(|(key, _, _)| key == column);
                prop_assert_eq!(person.school.reading(column).shows_anything(), seen);
            }
            prop_assert_eq!(person.school.visible_in_order(), before);
            let info = person.info(Action::Redo { of: undo.info.dot });
            let redo = person.school.undoing(&undo, info).step.unwrap();
            person.school.apply(&redo);
            prop_assert_eq!(person.school.visible_in_order(), after);
        }
    }

    #[test]
    fn a_school_set_back_shows_what_it_showed_and_can_go_on(
        earlier in three_lives(),
        later in three_lives(),
    ) {
        let earlier = lived(&earlier).swap_remove(0).school;
        let mut person = lived(&later).swap_remove(1);
        let before = person.school.visible_in_order();
        let info = person.info(Action::Restore { file: String::new(), made: Moment(0) });
        let step = person.school.restoring(&earlier, info);
        prop_assert_eq!(step.is_none(), before == earlier.visible_in_order());
        if let Some(step) = step {
            person.school.apply(&step);
            prop_assert_eq!(person.school.visible_in_order(), earlier.visible_in_order());
            prop_assert_eq!(Step::from_json(&step.to_json().unwrap()).unwrap().info, step.info.clone());
            let info = person.info(Action::Undo { of: step.info.dot });
            let undo = person.school.undoing(&step, info).step.unwrap();
            person.school.apply(&undo);
            prop_assert_eq!(person.school.visible_in_order(), before);
        }
    }

    #[test]
    fn an_undone_merge_leaves_every_cell_and_context(deeds in three_lives()) {
        let mut people = lived(&deeds);
        let other = people.swap_remove(2).school;
        let mut person = people.swap_remove(0);
        let before = person.school.cells_in_order();
        let info = person.info(Action::OpenFile { file: String::new() });
        if let Some(step) = person.school.merging(&other, info) {
            person.school.apply(&step);
            let merged = person.school.cells_in_order();
            let info = person.info(Action::Undo { of: step.info.dot });
            let undo = person.school.undoing(&step, info).step.unwrap();
            person.school.apply(&undo);
            prop_assert_eq!(person.school.cells_in_order(), before);
            let info = person.info(Action::OpenFile { file: String::new() });
            let again = person.school.merging(&other, info).unwrap();
            person.school.apply(&again);
            prop_assert_eq!(person.school.cells_in_order(), merged);
        }
    }

    #[test]
    fn steps_in_any_order_give_one_school(
        deeds in prop::collection::vec(
            (0..3_usize, prop::collection::vec((0..4_u8, 0..5_u8, 0..4_u8), 1..6).prop_map(Deed::Write)),
            1..20,
        ),
        seed in any::<u64>(),
    ) {
        let people = lived(&deeds);
        let mut steps: Vec<&Step> = people.iter().flat_map(|p| &p.steps).collect();
        let mut forward = School::default();
        for step in &steps {
            forward.apply(step);
        }
        let mut state = seed | 1;
        for at in (1..steps.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            steps.swap(at, (state >> 33) as usize % (at + 1));
        }
        let mut shuffled = School::default();
        for step in &steps {
            shuffled.apply(step);
            shuffled.apply(step);
        }
        prop_assert_eq!(forward.cells_in_order(), shuffled.cells_in_order());
    }

    #[test]
    fn stored_forms_give_the_same_school(deeds in three_lives()) {
        let people = lived(&deeds);
        for person in &people {
            let mut parts: Vec<String> = person.school.columns().map(|(k, _)| part_of(k)).collect();
            parts.dedup();
            let mut loaded = School::default();
            for part in &parts {
                let block = Block::of(&person.school, |k| part_of(k) == *part);
                let by_key = Block::of_keys(&person.school, &keys_by_part(&person.school)[part]);
                prop_assert_eq!(stored::write(&by_key).unwrap(), stored::write(&block).unwrap());
                let old = serde_json::to_vec(&block).unwrap();
                for bytes in [stored::write(&block).unwrap(), old] {
                    stored::read(&bytes).unwrap().block.join_into(&mut loaded).unwrap();
                }
            }
            prop_assert_eq!(loaded.cells_in_order(), person.school.cells_in_order());
            let mut replayed = School::default();
            for step in &person.steps {
                replayed.apply(&Step::from_json(&step.to_json().unwrap()).unwrap());
            }
            prop_assert_eq!(replayed.cells_in_order(), person.school.cells_in_order());
        }
    }

    #[test]
    fn a_school_whose_parts_come_after_the_steps_is_the_same(
        deeds in three_lives(), folded in any::<prop::sample::Index>(),
    ) {
        let first = parts_of_list(AcademicYear(2026));
        let people = lived(&deeds);
        for person in &people {
            let folded = folded.index(person.steps.len() + 1);
            let mut state = School::default();
            for step in &person.steps[..folded] {
                state.apply(step);
            }
            let mut loaded = School::default();
            let listed = Block::of(&state, |k| first.contains(&part_of(k)));
            listed.join_into(&mut loaded).unwrap();
            for step in &person.steps[folded..] {
                loaded.apply(step);
            }
            let rest = Block::of(&state, |k| !first.contains(&part_of(k)));
            prop_assert!(rest.keys().all(|k| k.subject().is_some()));
            rest.join_into(&mut loaded).unwrap();
            prop_assert_eq!(loaded.cells_in_order(), person.school.cells_in_order());
        }
    }

    #[test]
    fn a_mangled_block_is_an_error_and_never_a_panic(
        deeds in three_lives(), at in any::<usize>(), byte in any::<u8>(),
    ) {
        let people = lived(&deeds);
        let block = Block::of(&people[0].school, |_| true);
        for mut bytes in [stored::write(&block).unwrap(), serde_json::to_vec(&block).unwrap()] {
            prop_assert!(stored::read(&bytes[..at % bytes.len()]).is_err());
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Ok(read) = stored::read(&bytes) {
                let _ = read.block.join_into(&mut School::default());
            }
        }
        let mut step = people[0].steps.first().map_or_else(Vec::new, |s| s.to_json().unwrap());
        if !step.is_empty() {
            let at = at % step.len();
            step[at] = byte;
            if let Ok(step) = Step::from_json(&step) {
                School::default().apply(&step);
            }
        }
    }
}

/// What release 0.1 wrote for a small school, in hexadecimal digits: it is never changed, so that every
/// later release is seen to read it.
const STORED_IN_FORM_1: &str = "\
    010201000000000000000000000000000000020000000000000000000000000000000201000102000201ac0201000100\
    0a01074ec3bac3b1657a01074f274e65696c6c03c0ecab020102374101023742040102d3c00b05000300000000000000\
    00000000000000060467637365013707014101010200020301ac02040200010000000000000000000000000000000200\
    0000000000000000000000000008077375726e616d650100020201020100020a62697274682d64617465010001010301\
    000109666f726d2f3230323601000101ffffffff0f01000112707570696c2d7072656d69756d2f323032360101010106\
    0100010f617474656e64616e63652f3230323601000101070100012b636c6173732f323032362f373633626332666439\
    333237383731313163373931613037383135366435323401000101080100012c7461726765742f323032362f37363362\
    633266643933323738373131316337393161303738313536643532340100010109010001117072696f723a6b73322d72\
    656164696e67010101010a010001\
";

#[test]
fn the_stored_form_is_read_and_written_as_it_was() {
    let mut draft = Draft::default();
    let (pupil, other) = (Id(0x100), Id(0x200));
    let maths = Id::derived("subject", &["maths"]);
    for (column, row, value) in [
        (
            ColumnKey::lasting(Field::Surname),
            pupil,
            Value::text("Núñez"),
        ),
        (
            ColumnKey::lasting(Field::Surname),
            other,
            Value::text("O'Neill"),
        ),
        (
            ColumnKey::lasting(Field::BirthDate),
            pupil,
            Value::Date(CivilDate::new(2013, 2, 28).unwrap()),
        ),
        (
            ColumnKey::yearly(Field::Attendance, AcademicYear(2026)),
            pupil,
            Value::Number(-94_250),
        ),
        (
            ColumnKey::yearly(Field::PupilPremium, AcademicYear(2026)),
            other,
            Value::Flag(true),
        ),
        (
            ColumnKey::per_subject(Field::Target, AcademicYear(2026), maths),
            pupil,
            Value::Grade("gcse".into(), "7".into()),
        ),
        (
            ColumnKey::per_subject(Field::Class, AcademicYear(2026), maths),
            pupil,
            Value::Reference(Id(0x300)),
        ),
        (
            ColumnKey::lasting(Field::Prior(Measure::Ks2Reading)),
            other,
            Value::Code("A".into()),
        ),
        (
            ColumnKey::yearly(Field::Form, AcademicYear(2026)),
            other,
            Value::Blank,
        ),
    ] {
        draft.write(column, row, value);
    }
    let info = |replica, sequence| StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(replica)),
            sequence,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::EditPupils,
        reason: None,
    };
    let mut school = School::default();
    let step = school.step(&draft, info(1, 1)).unwrap();
    school.apply(&step);
    // Two who had not seen each other: a cell of several values.
    let form = |label: &str| {
        let mut draft = Draft::default();
        draft.write(
            ColumnKey::yearly(Field::Form, AcademicYear(2026)),
            Id(0x100),
            Value::text(label),
        );
        draft
    };
    let here = school.step(&form("7A"), info(1, 2)).unwrap();
    let there = school.step(&form("7B"), info(2, 300)).unwrap();
    school.apply(&here);
    school.apply(&there);
    let hexadecimal: String = stored::write(&Block::of(&school, |_| true))
        .unwrap()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(hexadecimal, STORED_IN_FORM_1);
    let bytes: Vec<u8> = (0..STORED_IN_FORM_1.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&STORED_IN_FORM_1[at..at + 2], 16).unwrap())
        .collect();
    let read = stored::read(&bytes).unwrap();
    assert!(!read.is_old);
    let mut again = School::default();
    read.block.join_into(&mut again).unwrap();
    assert_eq!(again.cells_in_order(), school.cells_in_order());
}

#[test]
fn equal_values_of_two_people_settle_themselves() {
    let dot = |n| Dot {
        replica: ReplicaId(Id(n)),
        sequence: 1,
    };
    let a = Cell::default().written(dot(1), [Value::text("S=")]);
    let b = Cell::default().written(dot(2), [Value::text("S=")]);
    assert_eq!(a.merged(&b).visible(), vec![&Value::text("S=")]);
    let c = Cell::default().written(dot(3), [Value::text("S+")]);
    assert_eq!(a.merged(&c).visible().len(), 2);
    let later = Dot {
        replica: ReplicaId(Id(1)),
        sequence: 2,
    };
    let decided = a.merged(&c).written(later, [Value::text("S+")]);
    assert_eq!(
        decided.merged(&a).merged(&c),
        decided,
        "a decision does not reopen"
    );
}

#[test]
fn steps_on_one_cell_are_undone_one_after_the_other() {
    let mut person = lived(&[]).swap_remove(0);
    let mut steps = Vec::new();
    for name in ["A", "B", "C"] {
        let mut draft = Draft::default();
        draft.write(key(0), Id(1), Value::text(name));
        let info = person.info(Action::EditPupils);
        let step = person.school.step(&draft, info).unwrap();
        person.school.apply(&step);
        steps.push(step);
    }
    for (step, left) in steps.iter().rev().zip(["B", "A", ""]) {
        let info = person.info(Action::Undo { of: step.info.dot });
        let undoing = person.school.undoing(step, info);
        assert!(undoing.left.is_empty());
        person.school.apply(&undoing.step.unwrap());
        assert_eq!(person.school.text(&key(0), Id(1)).unwrap_or_default(), left);
    }
}

#[test]
fn this_year_needs_the_year_before_and_what_belongs_to_none() {
    let this_year = AcademicYear(2026);
    for part in ["2024-pupils", "2019-event-1234", "2024-subjects"] {
        assert!(is_of_long_ago(part, this_year), "{part}");
    }
    for part in [
        "2026-pupils",
        "2025-subjects",
        "2027-pupils",
        "lasting",
        "prior",
        "classes",
    ] {
        assert!(!is_of_long_ago(part, this_year), "{part}");
    }
}

#[test]
fn only_a_markbook_needs_assessments_and_marks() {
    let (year, maths) = (AcademicYear(2026), Id::derived("subject", &["maths"]));
    let marks = part_of(&ColumnKey::per_assessment(Field::Mark, year, maths, Id(7)));
    let assessments = part_of(&ColumnKey::yearly(Field::AssessmentTitle, year));
    for part in [&marks, &assessments] {
        assert!(
            is_of_markbook(part) && is_of_markbook_in(part, year),
            "{part}"
        );
        assert!(!is_of_markbook_in(part, year.previous()), "{part}");
        assert!(is_of_long_ago(part, AcademicYear(2028)), "{part}");
    }
    assert_ne!(marks, assessments);
    let event = part_of(&ColumnKey::per_event(Field::Current, year, maths, Id(7)));
    for part in [
        event.as_str(),
        "2026-pupils",
        "2026-subjects",
        "classes",
        "lasting",
    ] {
        assert!(!is_of_markbook(part), "{part}");
    }
}

#[test]
fn a_mark_and_a_word_in_its_place_written_apart_wait_for_a_choice() {
    let (year, maths) = (AcademicYear(2026), Id::derived("subject", &["maths"]));
    let key = ColumnKey::per_assessment(Field::Mark, year, maths, Id(7));
    let written = |replica, value: Value| {
        let mut draft = Draft::default();
        draft.write(key, Id(1), value);
        let mut school = School::default();
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(replica)),
                sequence: 1,
            },
            author: String::new(),
            at: Moment(0),
            action: Action::Marks {
                title: "Test".to_owned(),
            },
            reason: None,
        };
        let step = school.step(&draft, info).unwrap();
        school.apply(&step);
        school
    };
    let mark = written(1, Value::Number(14_000));
    let absent = written(2, Value::Code("absent".into()));
    let both = merged(&mark, &absent);
    assert_eq!(
        both.cells_in_order(),
        merged(&absent, &mark).cells_in_order()
    );
    assert!(matches!(both.shown(&key, Id(1)), Shown::Several(values) if values.len() == 2));
}

#[test]
fn a_new_school_year_is_read_as_it_was_written() {
    let action = Action::RollOver {
        year: AcademicYear(2027),
    };
    let json = r#"{"did":"roll-over","year":2027}"#;
    assert_eq!(serde_json::to_string(&action).unwrap(), json);
    assert_eq!(serde_json::from_str::<Action>(json).unwrap(), action);
    assert!(serde_json::from_str::<Action>(r#"{"did":"roll-over"}"#).is_err());
}

#[test]
fn what_was_done_to_the_comment_bank_and_to_interventions_is_read_as_it_was_written() {
    for (action, json) in [
        (Action::Phrases, r#"{"did":"phrases"}"#),
        (Action::Interventions, r#"{"did":"interventions"}"#),
    ] {
        assert_eq!(serde_json::to_string(&action).unwrap(), json);
        assert_eq!(serde_json::from_str::<Action>(json).unwrap(), action);
    }
}

#[test]
fn what_was_done_in_a_markbook_is_read_as_it_was_written() {
    let title = || "Unit test".to_owned();
    for (action, json) in [
        (
            Action::Assessment {
                title: title(),
                state: "added".to_owned(),
            },
            r#"{"did":"assessment","title":"Unit test","state":"added"}"#,
        ),
        (
            Action::Marks { title: title() },
            r#"{"did":"marks","title":"Unit test"}"#,
        ),
        (Action::ClassMean, r#"{"did":"class-mean"}"#),
        (
            Action::FeedEvent {
                title: title(),
                event: "December".to_owned(),
            },
            r#"{"did":"feed-event","title":"Unit test","event":"December"}"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&action).unwrap(), json);
        assert_eq!(serde_json::from_str::<Action>(json).unwrap(), action);
    }
    assert!(serde_json::from_str::<Action>(r#"{"did":"marks"}"#).is_err());
}
