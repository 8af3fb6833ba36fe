//! Targets that are no grades: set, agreed, taken away, and who still has none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod small;

use flightpath_school::journal::Draft;
use flightpath_school::model::{AcademicYear, CivilDate, Field, Id};
use flightpath_school::policy::{OtherTarget, PolicyPack};
use flightpath_school::view::other_targets::{
    NotTaken, OtherEdit, OtherState, OtherTargetRow, agree, begin, fill_in, other_targets, reaches,
    take_away, takes, without,
};
use small::{Small, YEAR};

fn kinds() -> Vec<OtherTarget> {
    PolicyPack::by_key("personal-targets-secondary")
        .unwrap()
        .other_targets
}

fn kind(key: &str) -> OtherTarget {
    kinds().into_iter().find(|kind| kind.key == key).unwrap()
}

fn school() -> Small {
    let mut small = Small::default();
    small.pupil(1, "Able", 8);
    small.pupil(2, "Baker", 8);
    small
}

fn give(small: &mut Small, id: u128, pupil: u128, kind: &OtherTarget, edits: &[OtherEdit]) {
    let mut draft = Draft::default();
    begin(&mut draft, YEAR, kind, Id(pupil), Id(id));
    for edit in edits {
        fill_in(&mut draft, kind, Id(id), edit).unwrap();
    }
    small.carry_out(&draft);
}

fn only(small: &Small) -> OtherTargetRow {
    let mut rows = other_targets(&small.school, YEAR);
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

#[test]
fn a_measured_target_is_read_as_it_was_set() {
    let mut small = school();
    let day = CivilDate::new(2027, 3, 26);
    give(
        &mut small,
        7,
        1,
        &kind("attendance"),
        &[
            OtherEdit::Text(" be here on Mondays ".to_owned()),
            OtherEdit::Baseline(Some(91_500)),
            OtherEdit::Goal(Some(96_000)),
            OtherEdit::Date(day),
            OtherEdit::Own("the bus is late".to_owned()),
            OtherEdit::Teacher("trying hard".to_owned()),
        ],
    );
    let row = only(&small);
    assert_eq!(row.pupil, Id(1));
    assert_eq!(row.kind, "attendance");
    assert_eq!(row.text, "be here on Mondays");
    assert_eq!((row.baseline, row.goal), (Some(91_500), Some(96_000)));
    assert_eq!(row.date, day);
    assert_eq!(
        (row.own.as_str(), row.teacher.as_str()),
        ("the bus is late", "trying hard")
    );
    assert_eq!(row.state, OtherState::Set);
    assert!(other_targets(&small.school, AcademicYear(2025)).is_empty());
}

#[test]
fn numbers_are_taken_where_the_kind_is_measured_and_within_its_unit() {
    let (words, percent) = (kind("behaviour"), kind("attendance"));
    assert_eq!(takes(&words, 1_000), Err(NotTaken::NotMeasured));
    assert_eq!(takes(&percent, 100_000), Ok(()));
    let out = NotTaken::OutOfRange {
        lowest: 0,
        highest: 100_000,
    };
    assert_eq!(takes(&percent, 100_001), Err(out));
    assert_eq!(takes(&percent, -1), Err(out));
    let mut draft = Draft::default();
    let goal = OtherEdit::Goal(Some(101_000));
    assert_eq!(fill_in(&mut draft, &percent, Id(7), &goal), Err(out));
    assert!(draft.is_empty());
}

#[test]
fn it_is_agreed_once_and_only_when_it_says_something() {
    let mut small = school();
    let behaviour = kind("behaviour");
    let date = OtherEdit::Date(CivilDate::new(2027, 1, 8));
    give(&mut small, 7, 1, &behaviour, &[date]);
    let mut draft = Draft::default();
    assert!(!agree(&mut draft, &only(&small)), "it says nothing yet");
    let said = OtherEdit::Text("listen before speaking".to_owned());
    fill_in(&mut draft, &behaviour, Id(7), &said).unwrap();
    small.carry_out(&draft);
    let mut draft = Draft::default();
    assert!(agree(&mut draft, &only(&small)));
    small.carry_out(&draft);
    assert_eq!(only(&small).state, OtherState::Agreed);
    assert!(!agree(&mut Draft::default(), &only(&small)));
}

#[test]
fn who_has_none_is_told_for_each_kind() {
    let mut small = school();
    let (behaviour, attendance) = (kind("behaviour"), kind("attendance"));
    let none = |small: &Small, kind: &OtherTarget| {
        let (pupils, rows) = (small.pupils(), other_targets(&small.school, YEAR));
        let ids: Vec<Id> = without(kind, &pupils, &rows)
            .map(|pupil| pupil.id)
            .collect();
        ids
    };
    assert_eq!(none(&small, &behaviour), [Id(1), Id(2)]);
    let said = OtherEdit::Text("listen".to_owned());
    give(&mut small, 7, 1, &behaviour, std::slice::from_ref(&said));
    // A second one of the same pupil helps nobody else, and an empty one not its own pupil.
    give(&mut small, 8, 1, &behaviour, &[said]);
    give(&mut small, 9, 2, &behaviour, &[]);
    assert_eq!(none(&small, &behaviour), [Id(2)]);
    assert_eq!(none(&small, &attendance), [Id(1), Id(2)]);
    // A goal alone is a target where there is a measure.
    give(
        &mut small,
        10,
        2,
        &attendance,
        &[OtherEdit::Goal(Some(95_000))],
    );
    assert_eq!(none(&small, &attendance), [Id(1)]);
}

#[test]
fn what_is_taken_away_is_nobodys() {
    let mut small = school();
    let said = OtherEdit::Text("listen".to_owned());
    give(&mut small, 7, 1, &kind("behaviour"), &[said]);
    let mut draft = Draft::default();
    take_away(&mut draft, &small.school, Id(7));
    small.carry_out(&draft);
    assert!(other_targets(&small.school, YEAR).is_empty());
    let mut again = Draft::default();
    take_away(&mut again, &small.school, Id(7));
    assert!(again.is_empty(), "nothing is left to take away");
}

#[test]
fn two_values_that_wait_for_a_choice_are_told_and_count_as_a_target() {
    let mut one = school();
    let behaviour = kind("behaviour");
    give(&mut one, 7, 1, &behaviour, &[]);
    let texts = ["listen", "speak up"];
    let steps: Vec<_> = texts
        .iter()
        .zip(2..)
        .map(|(text, replica)| {
            let mut draft = Draft::default();
            let said = OtherEdit::Text((*text).to_owned());
            fill_in(&mut draft, &behaviour, Id(7), &said).unwrap();
            one.school.step(&draft, small::info(replica, 1)).unwrap()
        })
        .collect();
    for step in &steps {
        one.school.apply(step);
    }
    let row = only(&one);
    assert_eq!(row.several, [Field::OtherText]);
    assert_eq!(row.text, "");
    assert!(row.is_set());
}

#[test]
fn a_goal_is_reached_or_not_or_not_known() {
    assert_eq!(reaches(Some(96_000), Some(96_000)), Some(true));
    assert_eq!(reaches(Some(95_999), Some(96_000)), Some(false));
    assert_eq!(reaches(None, Some(96_000)), None);
    assert_eq!(reaches(Some(96_000), None), None);
}

#[test]
fn states_are_read_as_they_are_written() {
    for state in OtherState::ALL {
        assert_eq!(OtherState::named(state.name()), Some(state));
    }
    assert_eq!(OtherState::named("signed"), None);
}
