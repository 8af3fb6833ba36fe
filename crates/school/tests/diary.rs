//! The diary of a year by hand: the bilingual secondary's duties counted from its own events.
#![allow(clippy::unwrap_used)]

mod small;

use flightpath_school::model::{AcademicYear, CivilDate, Id, keys};
use flightpath_school::policy::{DutyKind, Party, PolicyPack};
use flightpath_school::view::diary::{Entry, Matter, Term, When, diary};
use flightpath_school::view::{EventState, TrackingEvent};
use proptest::prelude::*;

const YEAR: AcademicYear = AcademicYear(2026);

fn day(text: &str) -> CivilDate {
    CivilDate::from_iso(text).unwrap()
}

/// The events of the pack's calendar, with its dates.
fn events(pack: &PolicyPack) -> Vec<TrackingEvent> {
    let event = |entry: &flightpath_school::policy::CalendarEvent| TrackingEvent {
        id: keys::event(YEAR, &entry.key),
        year: YEAR,
        key: entry.key.clone(),
        name: entry.key.clone(),
        opens: entry.opens.date_in(YEAR),
        deadline: entry.deadline.date_in(YEAR),
        state: EventState::Planned,
        fields: Vec::new(),
        pack: String::new(),
    };
    pack.calendar.iter().map(event).collect()
}

fn of_duty(entries: &[Entry], kind: DutyKind) -> Vec<(When, Party, Option<String>)> {
    entries
        .iter()
        .filter_map(|entry| match &entry.matter {
            Matter::Duty { what, who, event } if *what == kind => {
                Some((entry.when, *who, event.clone()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn duties_are_counted_from_the_year_and_from_the_schools_own_dates() {
    let policy = small::shipped("bilingual-secondary");
    let mut events = events(policy.pack());
    let october = events.iter_mut().find(|event| event.key == "october");
    // This school is a week later than its policy.
    october.unwrap().deadline = Some(day("2026-10-27"));
    let entries = diary(policy.pack(), YEAR, &events);

    assert_eq!(
        of_duty(&entries, DutyKind::SetTargets),
        [(When::Day(day("2026-09-29")), Party::Teacher, None)],
    );
    assert_eq!(
        of_duty(&entries, DutyKind::ReviewLastYear),
        [(When::Day(day("2026-08-25")), Party::Coordinator, None)],
    );
    let analysed = of_duty(&entries, DutyKind::Analyse);
    assert!(analysed.contains(&(
        When::Day(day("2026-11-03")),
        Party::SubjectLeader,
        Some("october".to_owned()),
    )));
    assert_eq!(analysed.len(), policy.pack().calendar.len());
    let assessed = of_duty(&entries, DutyKind::FormalAssessment);
    let named: Vec<_> = assessed
        .iter()
        .map(|(.., event)| event.as_deref())
        .collect();
    assert_eq!(named, [Some("october"), Some("february")]);
}

#[test]
fn a_month_and_a_term_end_with_their_last_day() {
    let policy = small::shipped("bilingual-secondary");
    let months = of_duty(&diary(policy.pack(), YEAR, &[]), DutyKind::ReadMasterFile);
    assert_eq!(months.len(), 11);
    assert_eq!(months[0].0, When::Month(9, day("2026-09-30")));
    assert_eq!(months[5].0, When::Month(2, day("2027-02-28")));
    assert_eq!(months[10].0, When::Month(7, day("2027-07-31")));

    let policy = small::shipped("personal-targets-secondary");
    let terms = of_duty(&diary(policy.pack(), YEAR, &[]), DutyKind::TellParents);
    let whens: Vec<_> = terms.iter().map(|(when, ..)| *when).collect();
    assert_eq!(
        whens,
        [
            When::Term(Term::Autumn, day("2026-12-31")),
            When::Term(Term::Spring, day("2027-03-31")),
            When::Term(Term::Summer, day("2027-07-31")),
        ],
    );
}

#[test]
fn an_event_without_dates_is_in_nobodys_diary() {
    let policy = small::shipped("bilingual-secondary");
    let mut undated = events(policy.pack()).remove(0);
    (undated.id, undated.opens, undated.deadline) = (Id(7), None, None);
    let entries = diary(policy.pack(), YEAR, &[undated]);
    assert!(entries.iter().all(|entry| match &entry.matter {
        Matter::Duty { event, .. } => event.is_none(),
        Matter::Review => true,
        Matter::Opens { .. } | Matter::Due { .. } => false,
    }));
}

proptest! {
    #[test]
    fn it_is_in_the_order_of_its_days(moved in proptest::collection::vec(-40i32..40, 6)) {
        let policy = small::shipped("bilingual-secondary");
        let mut events = events(policy.pack());
        for (event, days) in events.iter_mut().zip(moved) {
            event.deadline = event.deadline.and_then(|day| day.plus_days(days));
        }
        let entries = diary(policy.pack(), YEAR, &events);
        prop_assert!(entries.is_sorted_by_key(|entry| entry.when.last_day()));
        let due = entries.iter().filter(|entry| matches!(entry.matter, Matter::Due { .. }));
        prop_assert_eq!(due.count(), events.len());
    }
}
