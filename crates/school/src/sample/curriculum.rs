//! What is taught, and who takes it.

use super::people::Person;
use super::random::{Purpose, Stream};
use crate::journal::Draft;
use crate::model::{ColumnKey, Field, Id, Value, keys};

/// Whose teachers teach a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Department {
    English,
    Maths,
    Science,
    Humanities,
    SocialSciences,
    French,
    Spanish,
    Art,
    Music,
    Drama,
    Computing,
    Sport,
    Technology,
}

/// How pupils come into classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// With their form.
    Forms,
    /// By how well they do.
    Sets,
    /// As they come.
    Blocks,
}

/// A subject of the sample school.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taught {
    pub name: &'static str,
    /// What class names call it.
    pub code: &'static str,
    pub curriculum: &'static str,
    pub department: Department,
    /// How much more it asks for words than for numbers, −1 to 1.
    pub verbal: f64,
    /// How many take it where they may choose.
    pub liked: f64,
}

const fn uk(
    name: &'static str,
    code: &'static str,
    department: Department,
    verbal: f64,
    liked: f64,
) -> Taught {
    Taught {
        name,
        code,
        curriculum: "uk",
        department,
        verbal,
        liked,
    }
}

const fn spanish(name: &'static str, code: &'static str, verbal: f64) -> Taught {
    Taught {
        name,
        code,
        curriculum: "spanish",
        department: Department::Spanish,
        verbal,
        liked: 0.0,
    }
}

/// Everything that is taught.
pub(super) const SUBJECTS: [Taught; 25] = [
    uk("English", "En", Department::English, 0.9, 0.0),
    uk("English Literature", "El", Department::English, 0.9, 1.0),
    uk("Maths", "Ma", Department::Maths, -0.9, 1.5),
    uk("Further Maths", "Fm", Department::Maths, -1.0, 0.0),
    uk("Science", "Sc", Department::Science, -0.4, 0.0),
    uk("Combined Science", "Cs", Department::Science, -0.4, 0.0),
    uk("Biology", "Bi", Department::Science, -0.1, 1.2),
    uk("Chemistry", "Ch", Department::Science, -0.5, 1.0),
    uk("Physics", "Ph", Department::Science, -0.8, 0.8),
    uk("History", "Hi", Department::Humanities, 0.7, 1.0),
    uk("Geography", "Gg", Department::Humanities, 0.4, 0.9),
    uk("Psychology", "Ps", Department::SocialSciences, 0.4, 1.1),
    uk("Economics", "Ec", Department::SocialSciences, -0.2, 0.7),
    uk(
        "Business Studies",
        "Bs",
        Department::SocialSciences,
        0.1,
        0.9,
    ),
    uk("French", "Fr", Department::French, 0.7, 0.7),
    uk("Art", "Ar", Department::Art, 0.2, 0.8),
    uk("Music", "Mu", Department::Music, 0.1, 0.4),
    uk("Drama", "Dr", Department::Drama, 0.5, 0.5),
    uk("Computing", "Co", Department::Computing, -0.6, 0.8),
    uk("PE", "Pe", Department::Sport, 0.0, 0.8),
    uk("Technology", "Te", Department::Technology, -0.2, 0.7),
    spanish("Lengua castellana", "Le", 0.8),
    spanish("Literatura española", "Li", 0.8),
    spanish("Ciencias Sociales", "Ci", 0.5),
    spanish("Historia de España", "He", 0.6),
];

const KEY_STAGE_3: [&str; 14] = [
    "English",
    "Maths",
    "Science",
    "History",
    "Geography",
    "French",
    "Lengua castellana",
    "Ciencias Sociales",
    "Art",
    "Music",
    "Drama",
    "Computing",
    "PE",
    "Technology",
];

const KEY_STAGE_4: [&str; 5] = [
    "English",
    "English Literature",
    "Maths",
    "Lengua castellana",
    "Ciencias Sociales",
];

const KEY_STAGE_4_OPTIONS: [&str; 10] = [
    "History",
    "Geography",
    "Business Studies",
    "French",
    "Art",
    "Music",
    "Drama",
    "Computing",
    "PE",
    "Technology",
];

const A_LEVELS: [&str; 16] = [
    "English Literature",
    "Maths",
    "Biology",
    "Chemistry",
    "Physics",
    "History",
    "Geography",
    "Psychology",
    "Economics",
    "Business Studies",
    "French",
    "Art",
    "Music",
    "Drama",
    "Computing",
    "PE",
];

/// The place of a subject in [`SUBJECTS`].
fn place(name: &str) -> Option<usize> {
    SUBJECTS.iter().position(|subject| subject.name == name)
}

/// The ids of [`SUBJECTS`], in their order.
pub(super) fn ids() -> Vec<Id> {
    SUBJECTS
        .iter()
        .map(|subject| keys::subject(subject.name))
        .collect()
}

/// Writes the list of subjects.
pub(super) fn write(draft: &mut Draft, ids: &[Id]) {
    for (subject, id) in SUBJECTS.iter().zip(ids) {
        draft.write(
            ColumnKey::lasting(Field::SubjectName),
            *id,
            Value::text(subject.name),
        );
        draft.write(
            ColumnKey::lasting(Field::Curriculum),
            *id,
            Value::text(subject.curriculum),
        );
    }
}

/// How a subject's classes are made in a year group.
pub(super) fn grouping(subject: &Taught, year_group: u8) -> Grouping {
    match (subject.department, year_group) {
        (Department::English | Department::Maths | Department::Science, 8..=11) => Grouping::Sets,
        (_, 7..=9) => Grouping::Forms,
        _ => Grouping::Blocks,
    }
}

/// How much better (in GCSE grades) a pupil is in a subject than on the whole.
pub(super) fn talent(seed: u64, person: &Person, subject: usize) -> f64 {
    let words = SUBJECTS.get(subject).map_or(0.0, |taught| taught.verbal);
    let mut chance = Stream::of(seed, Purpose::Talent, &[person.number, subject]);
    0.3 * words * person.verbal + 0.42 * chance.normal()
}

/// Places of the subjects that a pupil takes in a year group: options stay for a key stage.
pub(super) fn taken(seed: u64, person: &Person, year_group: u8) -> Vec<usize> {
    let names: Vec<&str> = match year_group {
        0..=9 => KEY_STAGE_3.to_vec(),
        10 | 11 => key_stage_4(seed, person),
        _ => key_stage_5(seed, person),
    };
    names.into_iter().filter_map(place).collect()
}

fn key_stage_4(seed: u64, person: &Person) -> Vec<&'static str> {
    let mut chance = Stream::of(seed, Purpose::Choices, &[person.number, 4]);
    let mut taken = KEY_STAGE_4.to_vec();
    if person.ability + 0.4 * chance.normal() > 0.45 {
        taken.extend(["Biology", "Chemistry", "Physics"]);
    } else {
        taken.push("Combined Science");
    }
    let humanity = if chance.chance(0.5) {
        "History"
    } else {
        "Geography"
    };
    taken.push(humanity);
    choose(
        seed,
        person,
        &mut chance,
        &KEY_STAGE_4_OPTIONS,
        2,
        &mut taken,
    );
    taken
}

fn key_stage_5(seed: u64, person: &Person) -> Vec<&'static str> {
    let mut chance = Stream::of(seed, Purpose::Choices, &[person.number, 5]);
    let mut taken = vec!["Lengua castellana"];
    taken.push(if chance.chance(0.5) {
        "Historia de España"
    } else {
        "Literatura española"
    });
    choose(seed, person, &mut chance, &A_LEVELS, 3, &mut taken);
    if person.ability > 1.25 {
        if taken.contains(&"Maths") && person.verbal < 0.3 {
            taken.push("Further Maths");
        } else {
            choose(seed, person, &mut chance, &A_LEVELS, 1, &mut taken);
        }
    }
    taken
}

/// Takes so many more of the offer, what a pupil is good at sooner than what is only popular.
fn choose(
    seed: u64,
    person: &Person,
    chance: &mut Stream,
    offer: &[&'static str],
    count: usize,
    taken: &mut Vec<&'static str>,
) {
    for _ in 0..count {
        let open: Vec<(&'static str, f64)> = offer
            .iter()
            .filter(|name| !taken.contains(name))
            .filter_map(|name| {
                let subject = place(name)?;
                let liked = SUBJECTS.get(subject)?.liked;
                let good_at = talent(seed, person, subject).clamp(-0.9, 0.9);
                Some((*name, liked * (1.0 + good_at)))
            })
            .collect();
        let chosen = chance.weighted(open.iter().map(|(_, weight)| *weight));
        if let Some((name, _)) = open.get(chosen) {
            taken.push(name);
        }
    }
}
