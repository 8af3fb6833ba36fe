//! Making, splitting, merging and giving up classes, and moving pupils between them.
//!
//! Who is in which class is one cell per pupil, year and subject, so that a move is a change like any
//! other: dated, undoable, and in conflict with another move that had not seen it.

use std::collections::BTreeMap;

use super::groups::{Class, classes, subjects, takers};
use super::plain::plain;
use crate::journal::{Draft, School};
use crate::model::{AcademicYear, ColumnKey, Field, Id, Table, Value, keys};

/// Why classes cannot be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassProblem {
    /// The name has no letter or digit.
    NoName,
    /// Another class of the subject and year is called that.
    NameTaken,
    /// There is no such subject.
    NoSubject,
    /// There is no such class in the year, or no longer.
    NoClass,
    /// Nobody was chosen.
    NoPupils,
    /// Classes of different subjects cannot become one.
    OtherSubject,
    /// Pupils are in it still: so many.
    NotEmpty(usize),
}

/// Who teaches a class: the names in a text, without blanks and repetitions.
pub fn teachers(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split([',', ';']).map(str::trim) {
        if !name.is_empty() && !names.iter().any(|held| plain(held) == plain(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The pupils of a class: their rows, in the order of the pupils' table.
pub fn members(school: &School, year: AcademicYear, class: &Class) -> Vec<Id> {
    let reading = school.reading(&ColumnKey::per_subject(Field::Class, year, class.subject));
    let rows = school.rows(Table::Pupils).iter().enumerate();
    rows.filter(|(position, _)| {
        reading.one(*position).and_then(Value::as_reference) == Some(class.id)
    })
    .map(|(_, row)| *row)
    .collect()
}

/// The pupils of all classes of a year, as [`members`] gives them for one; each subject's column is read once.
pub fn members_by_class(school: &School, year: AcademicYear) -> BTreeMap<Id, Vec<Id>> {
    let pupils = school.rows(Table::Pupils);
    let mut members: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for subject in school.rows(Table::Subjects) {
        let reading = school.reading(&ColumnKey::per_subject(Field::Class, year, *subject));
        for (position, pupil) in pupils.iter().enumerate() {
            if let Some(class) = reading.one(position).and_then(Value::as_reference) {
                members.entry(class).or_default().push(*pupil);
            }
        }
    }
    members
}

/// Who takes a subject and is in none of its classes, where the subject has classes.
pub fn without_class(school: &School, year: AcademicYear, subject: Id) -> Vec<Id> {
    let held: Vec<Id> = classes(school, year)
        .into_iter()
        .filter(|class| class.subject == subject)
        .map(|class| class.id)
        .collect();
    if held.is_empty() {
        return Vec::new();
    }
    let reading = school.reading(&ColumnKey::per_subject(Field::Class, year, subject));
    let rows = school.rows(Table::Pupils);
    takers(school, year, subject)
        .positions()
        .filter(|position| {
            let class = reading.one(*position).and_then(Value::as_reference);
            class.is_none_or(|class| !held.contains(&class))
        })
        .filter_map(|position| rows.get(position).copied())
        .collect()
}

/// What to do with the classes of one year.
#[derive(Debug, Clone, Copy)]
pub struct Classes<'a> {
    school: &'a School,
    year: AcademicYear,
}

impl<'a> Classes<'a> {
    /// The classes of a year.
    pub fn of(school: &'a School, year: AcademicYear) -> Classes<'a> {
        Classes { school, year }
    }

    fn found(self, id: Id) -> Result<Class, ClassProblem> {
        classes(self.school, self.year)
            .into_iter()
            .find(|class| class.id == id)
            .ok_or(ClassProblem::NoClass)
    }

    /// A name that a class of the subject can have, besides `but`.
    fn named(self, subject: Id, name: &str, but: Option<Id>) -> Result<String, ClassProblem> {
        let name = name.trim();
        if keys::slug(name).is_empty() {
            return Err(ClassProblem::NoName);
        }
        let taken = classes(self.school, self.year).iter().any(|class| {
            class.subject == subject && Some(class.id) != but && plain(&class.name) == plain(name)
        });
        if taken {
            return Err(ClassProblem::NameTaken);
        }
        Ok(name.to_owned())
    }

    /// The id of a new class: the one that anybody else who makes it gives it, unless a class of another name has it.
    fn new_id(self, subject: Id, name: &str) -> Id {
        let is_free = |id: Id| {
            let key = ColumnKey::lasting(Field::ClassName);
            let held = self.school.text(&key, id);
            held.is_none_or(|held| plain(held) == plain(name))
        };
        let first = keys::class(self.year, subject, name);
        // As many others as there are classes, one of which nobody has.
        let others = (2..=self.school.rows(Table::Classes).len() + 2)
            .map(|number| keys::class(self.year, subject, &format!("{name} ({number})")));
        core::iter::once(first)
            .chain(others)
            .find(|id| is_free(*id))
            .unwrap_or(first)
    }

    fn place(self, draft: &mut Draft, subject: Id, pupils: &[Id], class: Option<Id>) {
        let key = ColumnKey::per_subject(Field::Class, self.year, subject);
        let value = draft.note(class.map_or(Value::Blank, Value::Reference));
        draft.write_column(key, pupils.iter().map(|pupil| (*pupil, value)));
    }

    /// A new class with these pupils, who leave the class of the subject that they are in; its id.
    ///
    /// # Errors
    /// No or a taken name; a subject that is not there.
    pub fn make(
        self,
        subject: Id,
        name: &str,
        taught_by: &str,
        pupils: &[Id],
    ) -> Result<(Draft, Id), ClassProblem> {
        if !subjects(self.school).iter().any(|held| held.id == subject) {
            return Err(ClassProblem::NoSubject);
        }
        let name = self.named(subject, name, None)?;
        let id = self.new_id(subject, &name);
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::ClassName, Value::text(&name));
        write(Field::ClassSubject, Value::Reference(subject));
        write(Field::ClassYear, Value::whole(i64::from(self.year.0)));
        write(
            Field::ClassTeacher,
            Value::text(&teachers(taught_by).join(", ")),
        );
        let gone = ColumnKey::lasting(Field::ClassGone);
        if self.school.one(&gone, id).and_then(Value::as_flag) == Some(true) {
            write(Field::ClassGone, Value::Flag(false));
        }
        self.place(&mut draft, subject, pupils, Some(id));
        Ok((draft, id))
    }

    /// Another name and other teachers for a class.
    ///
    /// # Errors
    /// No or a taken name; a class that is not there.
    pub fn change(self, id: Id, name: &str, taught_by: &str) -> Result<Draft, ClassProblem> {
        let class = self.found(id)?;
        let name = self.named(class.subject, name, Some(id))?;
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::ClassName, Value::text(&name));
        write(
            Field::ClassTeacher,
            Value::text(&teachers(taught_by).join(", ")),
        );
        Ok(draft)
    }

    /// Moves pupils into a class; who is in another one of its subject leaves that.
    ///
    /// # Errors
    /// Nobody to move; a class that is not there.
    pub fn move_to(self, id: Id, pupils: &[Id]) -> Result<Draft, ClassProblem> {
        let class = self.found(id)?;
        if pupils.is_empty() {
            return Err(ClassProblem::NoPupils);
        }
        let mut draft = Draft::default();
        self.place(&mut draft, class.subject, pupils, Some(id));
        Ok(draft)
    }

    /// Takes pupils out of a class; what is known of them in its subject stays.
    ///
    /// # Errors
    /// Nobody to take out; a class that is not there.
    pub fn take_out(self, id: Id, pupils: &[Id]) -> Result<Draft, ClassProblem> {
        let class = self.found(id)?;
        if pupils.is_empty() {
            return Err(ClassProblem::NoPupils);
        }
        let mut draft = Draft::default();
        self.place(&mut draft, class.subject, pupils, None);
        Ok(draft)
    }

    /// Some of a class's pupils as a new class beside it, with the same teachers unless others are named; its id.
    ///
    /// # Errors
    /// As [`Classes::make`]; nobody chosen.
    pub fn split(
        self,
        id: Id,
        name: &str,
        taught_by: &str,
        pupils: &[Id],
    ) -> Result<(Draft, Id), ClassProblem> {
        let class = self.found(id)?;
        if pupils.is_empty() {
            return Err(ClassProblem::NoPupils);
        }
        let taught_by = if teachers(taught_by).is_empty() {
            &class.teacher
        } else {
            taught_by
        };
        self.make(class.subject, name, taught_by, pupils)
    }

    /// Moves everybody of one class into another, which is taught by the teachers of both from then on, and gives the
    /// first one up.
    ///
    /// # Errors
    /// A class that is not there; classes of different subjects.
    pub fn merge(self, id: Id, into: Id) -> Result<Draft, ClassProblem> {
        let (from, to) = (self.found(id)?, self.found(into)?);
        if from.id == to.id {
            return Err(ClassProblem::NoClass);
        }
        if from.subject != to.subject {
            return Err(ClassProblem::OtherSubject);
        }
        let mut draft = Draft::default();
        self.place(
            &mut draft,
            to.subject,
            &members(self.school, self.year, &from),
            Some(to.id),
        );
        let both = teachers(&format!("{}, {}", to.teacher, from.teacher)).join(", ");
        draft.write(
            ColumnKey::lasting(Field::ClassTeacher),
            to.id,
            Value::text(&both),
        );
        draft.write(
            ColumnKey::lasting(Field::ClassGone),
            from.id,
            Value::Flag(true),
        );
        Ok(draft)
    }

    /// Gives up a class in which nobody is.
    ///
    /// # Errors
    /// A class that is not there, or with pupils in it.
    pub fn give_up(self, id: Id) -> Result<Draft, ClassProblem> {
        let class = self.found(id)?;
        match members(self.school, self.year, &class).len() {
            0 => {
                let mut draft = Draft::default();
                draft.write(ColumnKey::lasting(Field::ClassGone), id, Value::Flag(true));
                Ok(draft)
            }
            here => Err(ClassProblem::NotEmpty(here)),
        }
    }
}
