//! Interventions: begun, filled in, ended, and in which years they are seen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod small;

use flightpath_school::journal::Draft;
use flightpath_school::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value};
use flightpath_school::view::interventions::{
    EndsBeforeItBegins, Intervention, InterventionEdit, Level, begin, fill_in, intervention,
    interventions, take_away,
};
use small::{Small, YEAR, info};

const MATHS: Id = Id(50);

fn day(year: i32, month: u8, day: u8) -> CivilDate {
    CivilDate::new(year, month, day).unwrap()
}

fn start(small: &mut Small, id: u128, subject: Option<Id>, on: CivilDate) {
    let mut draft = Draft::default();
    begin(&mut draft, Id(id), Id(1), subject, on);
    small.carry_out(&draft);
}

fn held(small: &Small, id: u128) -> Intervention {
    intervention(&small.school, Id(id)).unwrap()
}

fn edit(small: &mut Small, id: u128, edit: &InterventionEdit) {
    let mut draft = Draft::default();
    fill_in(&mut draft, &held(small, id), edit).unwrap();
    small.carry_out(&draft);
}

#[test]
fn an_intervention_is_read_as_it_was_filled_in() {
    let mut small = Small::default();
    start(&mut small, 7, Some(MATHS), day(2026, 10, 12));
    edit(&mut small, 7, &InterventionEdit::Level(Level::new(2)));
    edit(
        &mut small,
        7,
        &InterventionEdit::Reason("two grades below".to_owned()),
    );
    edit(
        &mut small,
        7,
        &InterventionEdit::Plan(" extra work on Mondays ".to_owned()),
    );
    let held = held(&small, 7);
    assert_eq!(held.level, Level::new(2));
    assert_eq!(held.reason, "two grades below");
    assert_eq!(held.plan, "extra work on Mondays");
    assert!(held.is_open() && held.several.is_empty());
    assert_eq!(Level::new(0), None);
    assert_eq!(Level::new(4), None);
}

#[test]
fn what_is_for_the_pupil_as_a_whole_is_seen_in_every_subject() {
    let mut small = Small::default();
    start(&mut small, 7, Some(MATHS), day(2026, 10, 12));
    start(&mut small, 8, None, day(2026, 10, 13));
    let seen = |subject| {
        let all = interventions(&small.school, YEAR);
        let seen = all
            .iter()
            .filter(|held| held.concerns(Id(1), subject))
            .count();
        assert!(!all.iter().any(|held| held.concerns(Id(2), subject)));
        seen
    };
    assert_eq!(seen(MATHS), 2);
    assert_eq!(seen(Id(51)), 1);
}

#[test]
fn one_that_goes_on_is_there_in_the_next_year_and_an_ended_one_is_not() {
    let mut small = Small::default();
    start(&mut small, 7, Some(MATHS), day(2026, 10, 12));
    start(&mut small, 8, None, day(2026, 11, 2));
    edit(
        &mut small,
        7,
        &InterventionEdit::Finished(Some(day(2027, 1, 20))),
    );
    let ids = |year| -> Vec<Id> {
        let all = interventions(&small.school, year);
        all.iter().map(|held| held.id).collect()
    };
    // Those that go on come first.
    assert_eq!(ids(YEAR), [Id(8), Id(7)]);
    assert_eq!(ids(YEAR.next()), [Id(8)]);
    assert_eq!(ids(YEAR.previous()), []);
    assert_eq!(ids(AcademicYear(2030)), [Id(8)]);
}

#[test]
fn it_cannot_end_before_it_begins() {
    let mut small = Small::default();
    start(&mut small, 7, None, day(2026, 10, 12));
    let mut draft = Draft::default();
    let end = InterventionEdit::Finished(Some(day(2026, 10, 11)));
    assert_eq!(
        fill_in(&mut draft, &held(&small, 7), &end),
        Err(EndsBeforeItBegins)
    );
    edit(
        &mut small,
        7,
        &InterventionEdit::Finished(Some(day(2026, 10, 12))),
    );
    let later = InterventionEdit::Begun(day(2026, 10, 13));
    assert_eq!(
        fill_in(&mut draft, &held(&small, 7), &later),
        Err(EndsBeforeItBegins)
    );
    assert!(draft.is_empty());
    edit(&mut small, 7, &InterventionEdit::Finished(None));
    assert!(held(&small, 7).is_open());
}

#[test]
fn one_that_was_begun_by_mistake_is_gone() {
    let mut small = Small::default();
    start(&mut small, 7, Some(MATHS), day(2026, 10, 12));
    let mut draft = Draft::default();
    take_away(&mut draft, &small.school, Id(7));
    small.carry_out(&draft);
    assert!(interventions(&small.school, YEAR).is_empty());
}

#[test]
fn two_plans_written_apart_both_wait_for_a_choice_and_it_is_still_seen() {
    let mut small = Small::default();
    start(&mut small, 7, Some(MATHS), day(2026, 10, 12));
    let mut both = small.school.clone();
    let apart = [
        (8, Field::InterventionPlan, Value::text("help at lunch")),
        (9, Field::InterventionPlan, Value::text("a buddy")),
        (10, Field::InterventionBegun, Value::Date(day(2026, 10, 20))),
        (11, Field::InterventionBegun, Value::Date(day(2026, 10, 19))),
    ];
    for (replica, field, value) in apart {
        let mut draft = Draft::default();
        draft.write(ColumnKey::lasting(field), Id(7), value);
        both.apply(&small.school.step(&draft, info(replica, 1)).unwrap());
    }
    let held = intervention(&both, Id(7)).unwrap();
    assert_eq!(
        held.several,
        [Field::InterventionBegun, Field::InterventionPlan]
    );
    assert_eq!(held.plan, "");
    assert_eq!(held.begun, day(2026, 10, 19));
}
