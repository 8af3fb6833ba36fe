//! Subjects, classes, and who takes what.

use super::order::{in_order, natural};
use super::plain::plain;
use crate::journal::School;
use crate::model::{AcademicYear, ColumnKey, Field, Id, Table, Value};

/// A subject that the school teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Identity, derived from the name.
    pub id: Id,
    /// Name as the school writes it.
    pub name: String,
    /// Curriculum key, such as `uk` or `spanish`; empty where none is given.
    pub curriculum: String,
    /// Key of the scale that it uses instead of the policy's; empty for the policy's.
    pub scale: String,
}

/// All subjects on the list, by name.
pub fn subjects(school: &School) -> Vec<Subject> {
    let text = |field, id| {
        school
            .text(&ColumnKey::lasting(field), id)
            .unwrap_or_default()
            .to_owned()
    };
    let subjects: Vec<Subject> = school
        .rows(Table::Subjects)
        .iter()
        .filter(|id| {
            school
                .one(&ColumnKey::lasting(Field::SubjectGone), **id)
                .and_then(Value::as_flag)
                != Some(true)
        })
        .map(|id| Subject {
            id: *id,
            name: text(Field::SubjectName, *id),
            curriculum: text(Field::Curriculum, *id),
            scale: text(Field::SubjectScale, *id),
        })
        .filter(|subject| !subject.name.is_empty())
        .collect();
    in_order(subjects, |subject| (plain(&subject.name), subject.id))
}

/// A teaching group of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Identity, derived from year, subject and name.
    pub id: Id,
    /// Name, such as 8B/Ma1.
    pub name: String,
    /// What it learns.
    pub subject: Id,
    /// Who teaches it; several names are separated by commas.
    pub teacher: String,
}

/// The classes of a year, by name, without those that were given up.
pub fn classes(school: &School, year: AcademicYear) -> Vec<Class> {
    let one = |field, id| school.one(&ColumnKey::lasting(field), id);
    let classes: Vec<Class> = school
        .rows(Table::Classes)
        .iter()
        .filter(|id| {
            one(Field::ClassYear, **id).and_then(Value::as_whole) == Some(i64::from(year.0))
                && one(Field::ClassGone, **id).and_then(Value::as_flag) != Some(true)
        })
        .filter_map(|id| {
            let name = one(Field::ClassName, *id).and_then(Value::as_text)?;
            let subject = one(Field::ClassSubject, *id).and_then(Value::as_reference)?;
            Some(Class {
                id: *id,
                name: name.to_owned(),
                subject,
                teacher: one(Field::ClassTeacher, *id)
                    .and_then(Value::as_text)
                    .unwrap_or_default()
                    .to_owned(),
            })
        })
        .collect();
    in_order(classes, |class| (natural(&plain(&class.name)), class.id))
}

/// The pupils who take a subject in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takers(Vec<bool>);

impl Takers {
    /// Whether the pupil in this row does.
    pub fn contains(&self, position: usize) -> bool {
        self.0.get(position) == Some(&true)
    }

    /// Their rows, in order.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len()).filter(|position| self.contains(*position))
    }
}

/// Who takes a subject in a year: those in one of its classes, or with a target, an estimate or any
/// result in it. A subject that somebody added by hand is everybody's for as long as it has no class:
/// the first target that is set in it would else send all others off the list.
pub fn takers(school: &School, year: AcademicYear, subject: Id) -> Takers {
    let mut takes = vec![false; school.rows(Table::Pupils).len()];
    let for_all = school
        .one(&ColumnKey::lasting(Field::SubjectForAll), subject)
        .and_then(Value::as_flag)
        == Some(true);
    let mut has_classes = false;
    for (key, column) in school.columns() {
        let theirs = key.subject() == Some(subject) && key.year() == Some(year);
        if !theirs || key.field().table() != Table::Pupils {
            continue;
        }
        for (row, code) in column.codes() {
            let blank = school.pool().value(code).is_some_and(Value::is_blank);
            if let Some(takes) = takes.get_mut(row).filter(|_| !blank) {
                *takes = true;
                has_classes |= key.field() == Field::Class;
            }
        }
    }
    if for_all && !has_classes {
        takes.fill(true);
    }
    Takers(takes)
}
