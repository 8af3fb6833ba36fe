//! How many answers of an event are in, and where they are missing.

use std::collections::BTreeMap;

use super::calendar::TrackingEvent;
use super::groups::{Subject, takers};
use super::pupils::Pupil;
use crate::journal::School;
use crate::model::{AcademicYear, ColumnKey, Field, Id, Value};
use crate::policy::Policy;

/// Answers that are in, and answers asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Grades, or codes that say why there is none.
    pub here: usize,
    /// Pupils' subjects that the event asks about.
    pub all: usize,
}

impl Tally {
    /// Answers that are not there yet.
    pub fn missing(self) -> usize {
        self.all.saturating_sub(self.here)
    }

    fn add(&mut self, answered: bool) {
        self.all += 1;
        self.here += usize::from(answered);
    }
}

/// A pupil's row, and the year group where it is known.
type Taker = (usize, Option<i8>);

/// Who takes what in a year: positions of listed pupils with what the event could ask of them.
pub struct Taken {
    subjects: Vec<(Id, Vec<Taker>)>,
}

impl Taken {
    /// Reads who takes what.
    pub fn of(
        school: &School,
        year: AcademicYear,
        subjects: &[Subject],
        pupils: &[Pupil],
    ) -> Taken {
        let listed: BTreeMap<usize, Option<i8>> = pupils
            .iter()
            .map(|pupil| {
                let year = pupil.year_group.map(|year| year.number());
                (pupil.position, year)
            })
            .collect();
        Taken {
            subjects: subjects
                .iter()
                .map(|subject| {
                    let own = takers(school, year, subject.id)
                        .positions()
                        .filter_map(|position| Some((position, *listed.get(&position)?)))
                        .collect();
                    (subject.id, own)
                })
                .collect(),
        }
    }

    /// How many answers of an event are in.
    pub fn tally(&self, school: &School, policy: Option<&Policy>, event: &TrackingEvent) -> Tally {
        let mut tally = Tally::default();
        self.each(school, policy, event, |_, _, answered| tally.add(answered));
        tally
    }

    /// The same for each class of each subject; pupils without a class count under none.
    pub fn by_class(
        &self,
        school: &School,
        policy: Option<&Policy>,
        event: &TrackingEvent,
    ) -> BTreeMap<(Id, Option<Id>), Tally> {
        let mut tallies: BTreeMap<(Id, Option<Id>), Tally> = BTreeMap::new();
        self.each(school, policy, event, |subject, position, answered| {
            let class = ColumnKey::per_subject(Field::Class, event.year, subject);
            let class = school
                .shown_at(&class, position)
                .one()
                .and_then(Value::as_reference);
            tallies.entry((subject, class)).or_default().add(answered);
        });
        tallies
    }

    fn each(
        &self,
        school: &School,
        policy: Option<&Policy>,
        event: &TrackingEvent,
        mut tell: impl FnMut(Id, usize, bool),
    ) {
        let asked_years = policy
            .and_then(|policy| policy.pack().event(&event.key))
            .map(|entry| entry.years.as_slice())
            .unwrap_or_default();
        for (subject, pupils) in &self.subjects {
            let Some(answer) = event.answer_column(*subject) else {
                continue;
            };
            let code = event.code_column(*subject);
            for (position, year) in pupils {
                let asked =
                    asked_years.is_empty() || year.is_some_and(|year| asked_years.contains(&year));
                if asked {
                    let has = |key: &ColumnKey| school.shown_at(key, *position).one().is_some();
                    tell(*subject, *position, has(&answer) || has(&code));
                }
            }
        }
    }
}
