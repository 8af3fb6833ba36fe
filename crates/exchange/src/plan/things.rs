//! Subjects, tracking events and classes that a file names: those of the school, or new ones.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use flightpath_school::journal::School;
use flightpath_school::model::{AcademicYear, ColumnKey, Field, Id, Table as Rows, Value, keys};

/// Finds things by name and remembers the new ones that are used.
#[derive(Debug)]
pub(super) struct Things {
    year: AcademicYear,
    subjects: HashMap<String, Id>,
    events: HashMap<String, Id>,
    classes: HashMap<(Id, String), Id>,
    known: BTreeSet<Id>,
    /// Ids by the names as they stand in the file: the same few come in row after row.
    subjects_named: HashMap<String, Id>,
    events_named: HashMap<String, Id>,
    pub new_subjects: BTreeMap<Id, String>,
    pub new_events: BTreeMap<Id, String>,
    pub new_classes: BTreeMap<Id, String>,
    class_subjects: BTreeMap<Id, Id>,
    gone_classes: BTreeSet<Id>,
    event_fields: BTreeMap<Id, BTreeSet<Field>>,
}

impl Things {
    pub fn of(school: &School, year: AcademicYear) -> Things {
        let mut things = Things {
            year,
            subjects: HashMap::new(),
            events: HashMap::new(),
            classes: HashMap::new(),
            known: BTreeSet::new(),
            subjects_named: HashMap::new(),
            events_named: HashMap::new(),
            new_subjects: BTreeMap::new(),
            new_events: BTreeMap::new(),
            new_classes: BTreeMap::new(),
            class_subjects: BTreeMap::new(),
            gone_classes: BTreeSet::new(),
            event_fields: BTreeMap::new(),
        };
        let one = |field, row| school.one(&ColumnKey::lasting(field), row);
        let text = |field, row| school.text(&ColumnKey::lasting(field), row);
        let of_year =
            |field, row| one(field, row).and_then(Value::as_whole) == Some(i64::from(year.0));
        for subject in school.rows(Rows::Subjects).iter().copied() {
            if let Some(name) = text(Field::SubjectName, subject) {
                things.known.insert(subject);
                things.subjects.entry(keys::slug(name)).or_insert(subject);
            }
        }
        for event in school.rows(Rows::Events).iter().copied() {
            if of_year(Field::EventYear, event) {
                things.known.insert(event);
                for field in [Field::EventName, Field::EventKey] {
                    if let Some(name) = text(field, event) {
                        things.events.entry(keys::slug(name)).or_insert(event);
                    }
                }
            }
        }
        // A class that was given up comes back under its name, unless another one took that.
        let is_gone =
            |class: &Id| one(Field::ClassGone, *class).and_then(Value::as_flag) == Some(true);
        let (gone, held): (Vec<Id>, Vec<Id>) = school
            .rows(Rows::Classes)
            .iter()
            .copied()
            .partition(is_gone);
        things.gone_classes = gone.iter().copied().collect();
        for class in held.into_iter().chain(gone) {
            let subject = one(Field::ClassSubject, class).and_then(Value::as_reference);
            if let (Some(subject), Some(name)) = (subject, text(Field::ClassName, class))
                && of_year(Field::ClassYear, class)
            {
                if !things.gone_classes.contains(&class) {
                    things.known.insert(class);
                }
                things
                    .classes
                    .entry((subject, keys::slug(name)))
                    .or_insert(class);
            }
        }
        things
    }

    /// The subject of this name, which may not exist yet.
    pub fn subject(&mut self, name: &str) -> Id {
        named(&mut self.subjects_named, name, || {
            let known = self.subjects.get(&keys::slug(name)).copied();
            known.unwrap_or_else(|| keys::subject(name))
        })
    }

    /// The event of this name, which may not exist yet.
    pub fn event(&mut self, name: &str) -> Id {
        named(&mut self.events_named, name, || {
            let known = self.events.get(&keys::slug(name)).copied();
            known.unwrap_or_else(|| keys::event(self.year, name))
        })
    }

    /// The class of this name in a subject, which may not exist yet.
    pub fn class(&self, subject: Id, name: &str) -> Id {
        let known = self.classes.get(&(subject, keys::slug(name))).copied();
        known.unwrap_or_else(|| keys::class(self.year, subject, name))
    }

    /// Notes that something is written for a subject.
    pub fn use_subject(&mut self, subject: Id, name: &str) {
        note(&self.known, &mut self.new_subjects, subject, name);
    }

    /// Notes that a field is written for an event.
    pub fn use_event(&mut self, event: Id, name: &str, field: Field) {
        if note(&self.known, &mut self.new_events, event, name) {
            self.event_fields.entry(event).or_default().insert(field);
        }
    }

    /// Notes that a pupil is put into a class.
    pub fn use_class(&mut self, class: Id, name: &str, subject: Id) {
        if note(&self.known, &mut self.new_classes, class, name) {
            self.class_subjects.insert(class, subject);
        }
    }

    /// What makes the new things.
    pub fn writes(&self) -> Vec<(ColumnKey, Id, Value)> {
        let mut writes = Vec::new();
        let mut write = |field, row, value| {
            writes.push((ColumnKey::lasting(field), row, value));
        };
        let year = Value::whole(i64::from(self.year.0));
        for (subject, name) in &self.new_subjects {
            write(Field::SubjectName, *subject, Value::text(name));
        }
        for (event, name) in &self.new_events {
            let fields: Vec<String> = self
                .event_fields
                .get(event)
                .into_iter()
                .flatten()
                .map(Field::to_string)
                .collect();
            write(Field::EventName, *event, Value::text(name));
            write(Field::EventYear, *event, year.clone());
            write(Field::EventState, *event, Value::text("open"));
            write(Field::EventFields, *event, Value::text(&fields.join(" ")));
        }
        for (class, name) in &self.new_classes {
            write(Field::ClassName, *class, Value::text(name));
            write(Field::ClassYear, *class, year.clone());
            if self.gone_classes.contains(class) {
                write(Field::ClassGone, *class, Value::Flag(false));
            }
            if let Some(subject) = self.class_subjects.get(class) {
                write(Field::ClassSubject, *class, Value::Reference(*subject));
            }
        }
        writes
    }
}

/// The id of a name that was looked up before, or else is now.
fn named(ids: &mut HashMap<String, Id>, name: &str, look_up: impl FnOnce() -> Id) -> Id {
    if let Some(id) = ids.get(name) {
        return *id;
    }
    let id = look_up();
    ids.insert(name.to_owned(), id);
    id
}

/// Whether the thing is new, in which case its name is kept, the first one that the file has.
fn note(known: &BTreeSet<Id>, new: &mut BTreeMap<Id, String>, id: Id, name: &str) -> bool {
    if known.contains(&id) {
        return false;
    }
    new.entry(id).or_insert_with(|| name.trim().to_owned());
    true
}
