//! The diary of a school year: what a policy's calendar and duties come to in the dates of the year's own events.

use super::calendar::TrackingEvent;
use crate::model::{AcademicYear, CivilDate};
use crate::policy::{Anchor, Duty, DutyKind, MonthDay, Party, PolicyPack};

/// Days in a week.
const WEEK_DAYS: i32 = 7;

/// A term of the school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// September to December.
    Autumn,
    /// January to March.
    Spring,
    /// April to July.
    Summer,
}

impl Term {
    /// All three.
    pub const ALL: [Term; 3] = [Term::Autumn, Term::Spring, Term::Summer];

    /// Its last month. A policy names no dates of terms, so the whole months stand for them.
    fn last_month(self) -> u8 {
        match self {
            Term::Autumn => 12,
            Term::Spring => 3,
            Term::Summer => 7,
        }
    }
}

/// When something is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// By a day.
    Day(CivilDate),
    /// In the course of a month, 1 to 12; the date is its last day.
    Month(u8, CivilDate),
    /// In the course of a term; the date is the last day of its last month.
    Term(Term, CivilDate),
}

impl When {
    /// The last day on which it is in time.
    pub fn last_day(self) -> CivilDate {
        match self {
            When::Day(day) | When::Month(_, day) | When::Term(_, day) => day,
        }
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// Entry of an event opens.
    Opens {
        /// Name of the event.
        event: String,
    },
    /// Its grades are due.
    Due {
        /// Name of the event.
        event: String,
    },
    /// Targets are looked at again.
    Review,
    /// Somebody's duty.
    Duty {
        /// What it is.
        what: DutyKind,
        /// Whose.
        who: Party,
        /// Name of the event that it is about.
        event: Option<String>,
    },
}

/// A line of the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub when: When,
    /// What.
    pub matter: Matter,
}

/// The diary of a year, by the last day of each entry. Events without a date have no entries, nor has what is counted from
/// them.
pub fn diary(pack: &PolicyPack, year: AcademicYear, events: &[TrackingEvent]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for event in events {
        let mut add = |day: Option<CivilDate>, matter| {
            entries.extend(day.map(|day| Entry {
                when: When::Day(day),
                matter,
            }));
        };
        let name = || event.name.clone();
        add(event.opens, Matter::Opens { event: name() });
        add(event.deadline, Matter::Due { event: name() });
    }
    let review = pack.target_life.reviewed;
    entries.extend(review.and_then(|day| day.date_in(year)).map(|day| Entry {
        when: When::Day(day),
        matter: Matter::Review,
    }));
    for duty in &pack.duties {
        add_duty(&mut entries, duty, year, events);
    }
    entries.sort_by_key(|entry| entry.when.last_day());
    entries
}

fn add_duty(entries: &mut Vec<Entry>, duty: &Duty, year: AcademicYear, events: &[TrackingEvent]) {
    let days = i32::from(duty.weeks) * WEEK_DAYS;
    let mut add = |when: Option<When>, event: Option<&TrackingEvent>| {
        entries.extend(when.map(|when| Entry {
            when,
            matter: Matter::Duty {
                what: duty.what,
                who: duty.who,
                event: event.map(|event| event.name.clone()),
            },
        }));
    };
    let later = |day: Option<CivilDate>| day.and_then(|day| day.plus_days(days)).map(When::Day);
    let own = events
        .iter()
        .filter(|event| duty.event.as_ref().is_none_or(|key| *key == event.key));
    match duty.from {
        Anchor::YearStart => {
            let start = MonthDay { month: 9, day: 1 };
            add(later(start.date_in(year)), None);
        }
        Anchor::EventOpens => own.for_each(|event| add(later(event.opens), Some(event))),
        Anchor::EventDeadline => own.for_each(|event| add(later(event.deadline), Some(event))),
        Anchor::Month => {
            // No school in August.
            for month in (9..=12).chain(1..=7) {
                let last = last_day(year, month);
                add(last.map(|day| When::Month(month, day)), None);
            }
        }
        Anchor::Term => {
            for term in Term::ALL {
                let last = last_day(year, term.last_month());
                add(last.map(|day| When::Term(term, day)), None);
            }
        }
    }
}

fn last_day(year: AcademicYear, month: u8) -> Option<CivilDate> {
    (28..=31)
        .rev()
        .find_map(|day| MonthDay { month, day }.date_in(year))
}
