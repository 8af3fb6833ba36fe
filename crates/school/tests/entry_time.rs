//! How long entry took: pauses are left out, and each person's and subject's time is their own.
#![allow(clippy::unwrap_used)]

#[path = "small/mod.rs"]
mod small;

use flightpath_school::journal::{Action, Draft, Step, StepInfo};
use flightpath_school::model::{ColumnKey, Field, Id, Moment, Value};
use flightpath_school::view::entry_time::{EntryTime, entry_times};
use flightpath_school::view::{EventState, TrackingEvent};
use proptest::prelude::*;
use small::{Small, YEAR, info};

const MATHS: Id = Id(11);
const ART: Id = Id(12);
const MINUTE_MS: i64 = 60_000;

fn event(fields: &[Field]) -> TrackingEvent {
    TrackingEvent {
        id: Id(5),
        year: YEAR,
        key: "october".to_owned(),
        name: "October".to_owned(),
        opens: None,
        deadline: None,
        state: EventState::Open,
        fields: fields.to_vec(),
        pack: String::new(),
    }
}

/// One entry: who, when in milliseconds, where.
fn entry(sequence: u64, author: &str, at: i64, key: ColumnKey) -> Step {
    let mut draft = Draft::default();
    draft.write(key, Id(100), Value::grade("gcse-9-1", "5"));
    let info = StepInfo {
        author: author.to_owned(),
        at: Moment(at),
        action: Action::Enter {
            event: "October".to_owned(),
        },
        ..info(1, sequence)
    };
    Small::default().school.step(&draft, info).unwrap()
}

fn current(subject: Id) -> ColumnKey {
    ColumnKey::per_event(Field::Current, YEAR, subject, Id(5))
}

fn took(subject: Id, author: &str, took_ms: i64, entries: usize) -> EntryTime {
    EntryTime {
        subject,
        author: author.to_owned(),
        took_ms,
        entries,
    }
}

#[test]
fn a_pause_is_not_entry() {
    let at = [0, 1, 3, 40, 42];
    let steps: Vec<Step> = (1..)
        .zip(at)
        .map(|(sequence, minute)| entry(sequence, "Ms Reed", minute * MINUTE_MS, current(MATHS)))
        .collect();
    assert_eq!(
        entry_times(&steps, &event(&[])),
        [took(MATHS, "Ms Reed", 5 * MINUTE_MS, 5)]
    );
}

#[test]
fn persons_subjects_and_events_are_kept_apart() {
    let other = ColumnKey::per_event(Field::Current, YEAR, MATHS, Id(6));
    let steps = [
        entry(1, "Ms Reed", 0, current(MATHS)),
        entry(2, "Mr Shah", MINUTE_MS, current(MATHS)),
        entry(3, "Ms Reed", 2 * MINUTE_MS, other),
        entry(4, "Ms Reed", 3 * MINUTE_MS, current(MATHS)),
        entry(5, "Ms Reed", 4 * MINUTE_MS, current(ART)),
    ];
    assert_eq!(
        entry_times(&steps, &event(&[])),
        [
            took(MATHS, "Mr Shah", 0, 1),
            took(MATHS, "Ms Reed", 3 * MINUTE_MS, 2),
            took(ART, "Ms Reed", 0, 1),
        ]
    );
}

#[test]
fn the_grade_achieved_belongs_to_the_event_that_asks_for_it() {
    let achieved = ColumnKey::per_subject(Field::Achieved, YEAR, MATHS);
    let steps = [entry(1, "", 0, achieved), entry(2, "", MINUTE_MS, achieved)];
    assert_eq!(entry_times(&steps, &event(&[Field::Current])), []);
    assert_eq!(
        entry_times(&steps, &event(&[Field::Achieved])),
        [took(MATHS, "", MINUTE_MS, 2)]
    );
}

#[test]
fn what_is_imported_took_nobody_time() {
    let mut imported = entry(1, "Ms Reed", 0, current(MATHS));
    imported.info.action = Action::SampleSchool;
    let steps = [imported, entry(2, "Ms Reed", MINUTE_MS, current(MATHS))];
    assert_eq!(
        entry_times(&steps, &event(&[])),
        [took(MATHS, "Ms Reed", 0, 1)]
    );
}

proptest! {
    #[test]
    fn the_order_of_steps_does_not_matter_and_no_time_is_made_up(
        minutes in proptest::collection::vec(0i64..300, 1..40),
        turned in any::<prop::sample::Index>(),
    ) {
        let mut steps: Vec<Step> = (1..)
            .zip(&minutes)
            .map(|(sequence, minute)| entry(sequence, "", minute * MINUTE_MS, current(MATHS)))
            .collect();
        let times = entry_times(&steps, &event(&[]));
        let span = minutes.iter().max().unwrap() - minutes.iter().min().unwrap();
        prop_assert!(times[0].took_ms <= span * MINUTE_MS);
        let middle = turned.index(steps.len());
        steps.rotate_left(middle);
        prop_assert_eq!(entry_times(&steps, &event(&[])), times);
    }
}
