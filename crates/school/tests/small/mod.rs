//! A small school for tests, changed by steps of one author.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use flightpath_school::journal::{Action, Draft, School, StepInfo};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{
    AcademicYear, ColumnKey, Dot, Field, Id, Moment, ReplicaId, Value, keys,
};
use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::view::{Pupil, Subject, pupils, subjects};

/// The year that tests look at.
pub const YEAR: AcademicYear = AcademicYear(2026);

/// A policy that ships.
pub fn shipped(key: &str) -> Policy {
    let pack = PolicyPack::by_key(key).unwrap();
    Policy::new(pack, &ScaleSet::shipped()).unwrap()
}

/// The name of a replica's step.
pub fn info(replica: u128, sequence: u64) -> StepInfo {
    StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(replica)),
            sequence,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::SetTargets,
        reason: None,
    }
}

/// A school and how many steps it has seen.
#[derive(Default)]
pub struct Small {
    /// The school.
    pub school: School,
    steps: u64,
}

impl Small {
    /// Carries a draft out as one step.
    pub fn carry_out(&mut self, draft: &Draft) {
        self.steps += 1;
        let step = self.school.step(draft, info(1, self.steps));
        let step = step.expect("something changes");
        self.school.apply(&step);
    }

    /// Writes one cell.
    pub fn write(&mut self, key: ColumnKey, row: Id, value: Value) {
        let mut draft = Draft::default();
        draft.write(key, row, value);
        self.carry_out(&draft);
    }

    /// A pupil who was a year below in the year before.
    pub fn pupil(&mut self, id: u128, surname: &str, year_group: i64) {
        let mut draft = Draft::default();
        let mut write = |key, value| draft.write(key, Id(id), value);
        write(ColumnKey::lasting(Field::Surname), Value::text(surname));
        let group = |year| ColumnKey::yearly(Field::YearGroup, year);
        write(group(YEAR), Value::whole(year_group));
        write(group(YEAR.previous()), Value::whole(year_group - 1));
        self.carry_out(&draft);
    }

    /// A subject.
    pub fn subject(&mut self, name: &str) -> Id {
        let id = keys::subject(name);
        let key = ColumnKey::lasting(Field::SubjectName);
        self.write(key, id, Value::text(name));
        id
    }

    /// A class of a subject, with these pupils.
    pub fn class(&mut self, subject: Id, name: &str, pupils: &[u128]) -> Id {
        let id = keys::class(YEAR, subject, name);
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::ClassName, Value::text(name));
        write(Field::ClassSubject, Value::Reference(subject));
        write(Field::ClassYear, Value::whole(i64::from(YEAR.0)));
        let key = ColumnKey::per_subject(Field::Class, YEAR, subject);
        for pupil in pupils {
            draft.write(key, Id(*pupil), Value::Reference(id));
        }
        self.carry_out(&draft);
        id
    }

    /// A grade in a subject.
    pub fn grade(
        &mut self,
        field: Field,
        year: AcademicYear,
        subject: Id,
        pupil: u128,
        scale: &str,
        label: &str,
    ) {
        let key = ColumnKey::per_subject(field, year, subject);
        self.write(key, Id(pupil), Value::grade(scale, label));
    }

    /// The pupils, by name.
    pub fn pupils(&self) -> Vec<Pupil> {
        pupils(&self.school, YEAR)
    }

    /// The subjects, by name.
    pub fn subjects(&self) -> Vec<Subject> {
        subjects(&self.school)
    }
}
