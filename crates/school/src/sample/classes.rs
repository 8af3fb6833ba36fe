//! Classes of a year: who sits in them and who teaches them.

use std::collections::BTreeMap;

use super::curriculum::{Department, Grouping, SUBJECTS, grouping, taken, talent};
use super::names::{ORIGINS, TITLES};
use super::people::Person;
use super::random::{Purpose, Stream};
use crate::journal::Draft;
use crate::model::{AcademicYear, ColumnKey, Field, Id, Value, keys};

/// The size that classes are planned for; none grows beyond 30.
const PLANNED_SIZE: usize = 28;

/// One pupil in one subject of a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Place of the pupil among the people.
    pub person: usize,
    /// Number of the class among the year's.
    pub class: usize,
    pub class_id: Id,
    /// The pupil's own strength in the subject, in GCSE grades.
    pub talent: f64,
    /// Place of the subject among the pupil's, the weakest 0.
    pub weakness: usize,
    /// How many subjects the pupil takes.
    pub of: usize,
}

/// Entries of a year by place of the subject; within one, in order of pupils' ids.
pub(super) type Entries = Vec<Vec<Entry>>;

/// Makes the classes of a year, writes them and who is in them.
pub(super) fn write(
    draft: &mut Draft,
    seed: u64,
    people: &[Person],
    subjects: &[Id],
    year: AcademicYear,
    years_ago: u8,
) -> Entries {
    let mut entries = enrol(seed, people, years_ago);
    let mut classes = 0;
    let mut taught: BTreeMap<Department, usize> = BTreeMap::new();
    for ((place, subject), id) in SUBJECTS.iter().enumerate().zip(subjects) {
        let Some(takers) = entries.get_mut(place) else {
            continue;
        };
        for year_group in 7..=13 {
            let theirs: Vec<&mut Entry> = takers
                .iter_mut()
                .filter(|entry| {
                    people
                        .get(entry.person)
                        .is_some_and(|p| p.year_group_then(years_ago) == year_group)
                })
                .collect();
            let how = grouping(subject, year_group);
            for (name, members) in divide(people, theirs, how, year_group, subject.code) {
                let class_id = keys::class(year, *id, &name);
                let number = taught.entry(subject.department).or_default();
                let teacher = teacher(seed, subject.department, *number);
                *number += 1;
                let mut put =
                    |field, value| draft.write(ColumnKey::lasting(field), class_id, value);
                put(Field::ClassName, Value::text(&name));
                put(Field::ClassSubject, Value::Reference(*id));
                put(Field::ClassYear, Value::whole(i64::from(year.0)));
                put(Field::ClassTeacher, Value::text(&teacher));
                for entry in members {
                    entry.class = classes;
                    entry.class_id = class_id;
                }
                classes += 1;
            }
        }
        let mut noted = None;
        let mut cells = Vec::with_capacity(takers.len());
        for entry in takers.iter() {
            // Neighbours often share a class; each class is noted about as often as it changes.
            let class = match noted {
                Some((id, class)) if id == entry.class_id => class,
                _ => draft.note(Value::Reference(entry.class_id)),
            };
            noted = Some((entry.class_id, class));
            if let Some(person) = people.get(entry.person) {
                cells.push((person.id, class));
            }
        }
        draft.write_column(ColumnKey::per_subject(Field::Class, year, *id), cells);
    }
    entries
}

fn enrol(seed: u64, people: &[Person], years_ago: u8) -> Entries {
    let mut entries: Entries = vec![Vec::new(); SUBJECTS.len()];
    let mut order: Vec<(usize, &Person)> = people.iter().enumerate().collect();
    order.sort_by_key(|(_, person)| person.id);
    for (place, person) in order {
        if years_ago > 0 && !person.was_here {
            continue;
        }
        let subjects = taken(seed, person, person.year_group_then(years_ago));
        let mut talents: Vec<(usize, f64)> = subjects
            .into_iter()
            .map(|subject| (subject, talent(seed, person, subject)))
            .collect();
        talents.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let of = talents.len();
        for (weakness, (subject, talent)) in talents.into_iter().enumerate() {
            if let Some(takers) = entries.get_mut(subject) {
                takers.push(Entry {
                    person: place,
                    class: 0,
                    class_id: Id::ONLY,
                    talent,
                    weakness,
                    of,
                });
            }
        }
    }
    entries
}

/// Divides those who take a subject in a year group into named classes.
fn divide<'a>(
    people: &[Person],
    mut takers: Vec<&'a mut Entry>,
    how: Grouping,
    year_group: u8,
    code: &str,
) -> Vec<(String, Vec<&'a mut Entry>)> {
    if takers.is_empty() {
        return Vec::new();
    }
    let person = |entry: &Entry| people.get(entry.person);
    let form = |entry: &Entry| person(entry).map_or('A', Person::form_letter);
    if how == Grouping::Forms {
        let mut forms: BTreeMap<char, Vec<&mut Entry>> = BTreeMap::new();
        for entry in takers {
            forms.entry(form(entry)).or_default().push(entry);
        }
        return forms
            .into_iter()
            .map(|(letter, members)| (format!("{year_group}{letter}/{code}"), members))
            .collect();
    }
    if how == Grouping::Sets {
        let strength =
            |entry: &Entry| person(entry).map_or(0.0, |person| person.ability + entry.talent);
        takers.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    }
    let count = takers.len().div_ceil(PLANNED_SIZE).max(1);
    let size = takers.len().div_ceil(count).max(1);
    let mut classes = Vec::with_capacity(count);
    let mut rest = takers.into_iter();
    for number in 1..=count {
        let members: Vec<&mut Entry> = rest.by_ref().take(size).collect();
        if !members.is_empty() {
            classes.push((format!("{year_group}/{code}{number}"), members));
        }
    }
    classes
}

/// How many teach in a department: about one to five classes.
fn staff(department: Department) -> usize {
    match department {
        Department::English | Department::Humanities => 10,
        Department::Maths => 7,
        Department::Science => 13,
        Department::Spanish => 17,
        Department::French => 5,
        Department::SocialSciences => 3,
        Department::Art
        | Department::Music
        | Department::Drama
        | Department::Computing
        | Department::Sport
        | Department::Technology => 4,
    }
}

/// Who teaches the so many-th class of a department; a few are shared by two.
fn teacher(seed: u64, department: Department, class: usize) -> String {
    let staff = staff(department);
    let name = staff_name(seed, department, class % staff);
    let shared = Stream::of(seed, Purpose::Teaching, &[department as usize, class]).chance(0.03);
    if shared {
        let other = staff_name(seed, department, (class + 1) % staff);
        format!("{name}, {other}")
    } else {
        name
    }
}

fn staff_name(seed: u64, department: Department, number: usize) -> String {
    let [usual, spanish, ..] = &ORIGINS;
    let mut chance = Stream::of(seed, Purpose::Staff, &[department as usize, number]);
    let origin = match department {
        Department::Spanish => spanish,
        _ if chance.chance(0.75) => usual,
        _ => chance.pick(&ORIGINS).unwrap_or(usual),
    };
    let title = chance.word(&TITLES);
    let forenames = if title == "Mr" {
        origin.boys
    } else {
        origin.girls
    };
    let initial: String = chance.word(forenames).chars().take(1).collect();
    format!("{title} {initial}. {}", chance.word(origin.surnames))
}
