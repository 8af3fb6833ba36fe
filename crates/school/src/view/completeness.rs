//! How many answers of an event are in, and where they are missing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::calendar::TrackingEvent;
use super::class_changes::teachers;
use super::groups::{Class, Subject, takers};
use super::plain::plain;
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

    fn add_all(&mut self, other: Tally) {
        self.here += other.here;
        self.all += other.all;
    }
}

/// How many answers of a class are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassTally {
    /// What it learns.
    pub subject: Id,
    /// The class; nothing for those who take the subject in no class.
    pub class: Option<Id>,
    /// How many are in.
    pub tally: Tally,
    /// The row of the first pupil whose answer is missing.
    pub first_missing: Option<usize>,
}

/// How many answers of a teacher's classes are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeacherTally {
    /// Name of the teacher as the first of the classes has it; empty for what has no teacher's name.
    pub teacher: String,
    /// The classes, in the order of the list.
    pub classes: Vec<ClassTally>,
    /// All of them together.
    pub tally: Tally,
}

/// What the classes come to for each teacher: most missing first, then by name, and at last what has no teacher's name,
/// those in no class among it. A class of several teachers counts for each of them, so their sum can be more than the
/// event's. Names that differ in capitals and accents alone are one teacher's.
pub fn by_teacher(tallies: &[ClassTally], classes: &[Class]) -> Vec<TeacherTally> {
    let places: BTreeMap<Id, (usize, &Class)> = classes
        .iter()
        .enumerate()
        .map(|(place, class)| (class.id, (place, class)))
        .collect();
    let about = |held: &ClassTally| held.class.and_then(|class| places.get(&class));
    let mut tallies = tallies.to_vec();
    tallies.sort_by_key(|held| about(held).map_or(usize::MAX, |(place, _)| *place));
    let mut all: BTreeMap<String, TeacherTally> = BTreeMap::new();
    for held in &tallies {
        let taught_by = about(held).map_or("", |(_, class)| &class.teacher);
        let mut names = teachers(taught_by);
        if names.is_empty() {
            names.push(String::new());
        }
        for name in names {
            let of_teacher = all.entry(plain(&name)).or_insert_with(|| TeacherTally {
                teacher: name,
                classes: Vec::new(),
                tally: Tally::default(),
            });
            of_teacher.classes.push(*held);
            of_teacher.tally.add_all(held.tally);
        }
    }
    // The map has them by name already.
    let mut all: Vec<TeacherTally> = all.into_values().collect();
    all.sort_by_key(|held| (held.teacher.is_empty(), Reverse(held.tally.missing())));
    all
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
    ) -> Vec<ClassTally> {
        let mut tallies: BTreeMap<(Id, Option<Id>), ClassTally> = BTreeMap::new();
        self.each(school, policy, event, |subject, position, answered| {
            let class = ColumnKey::per_subject(Field::Class, event.year, subject);
            let class = school
                .shown_at(&class, position)
                .one()
                .and_then(Value::as_reference);
            let held = tallies.entry((subject, class)).or_insert(ClassTally {
                subject,
                class,
                tally: Tally::default(),
                first_missing: None,
            });
            held.tally.add(answered);
            if !answered && held.first_missing.is_none() {
                held.first_missing = Some(position);
            }
        });
        tallies.into_values().collect()
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
