//! Pupils: who they are, which groups they belong to, and what lies behind their marks.

use std::collections::HashSet;

use super::names::{MIXED, ORIGINS, Origin};
use super::random::{Purpose, Stream};
use crate::journal::Draft;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value, upn};

/// The year groups of the school with the usual number of pupils in each.
const YEAR_GROUPS: [(u8, usize); 7] = [
    (7, 176),
    (8, 174),
    (9, 172),
    (10, 175),
    (11, 171),
    (12, 120),
    (13, 112),
];

/// The most pupils that a form takes.
const FORM_PLACES: usize = 30;

const FORM_LETTERS: [char; 6] = ['A', 'B', 'C', 'D', 'E', 'F'];
const HOUSES: [&str; 4] = ["Alder", "Hazel", "Rowan", "Willow"];

/// The local authority and school number in every UPN: no authority in England has 999.
const UPN_AUTHORITY_AND_SCHOOL: &str = "9990001";

/// A made-up pupil. Latent traits have mean 0 and standard deviation 1 over all children, not
/// over the school.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub id: Id,
    /// Number in the school, from 0, oldest first.
    pub number: usize,
    /// Year group in the current year.
    pub year_group: u8,
    /// Place of the form among those of the year group.
    pub form: usize,
    /// What most of a pupil's marks have in common.
    pub ability: f64,
    /// Words rather than numbers.
    pub verbal: f64,
    /// Work put in.
    pub effort: f64,
    pub eal: bool,
    pub sen: &'static str,
    /// Percent of sessions, in the previous and in the current year.
    pub attendance: [f64; 2],
    /// Whether the pupil was here in the previous year.
    pub was_here: bool,
    /// Whether the pupil joined after the school's usual year of entry.
    pub joined_late: bool,
    identity: Identity,
    groups: Groups,
}

#[derive(Debug, Clone)]
struct Identity {
    forename: &'static str,
    surname: &'static str,
    sex: &'static str,
    birth_date: Option<CivilDate>,
    ethnicity: &'static str,
    language: &'static str,
    upn: String,
    admission_number: String,
    house: &'static str,
}

#[derive(Debug, Clone)]
struct Groups {
    pupil_premium: bool,
    free_meals: bool,
    looked_after: bool,
}

/// Where a pupil stands in the school.
struct Place {
    number: usize,
    year_group: u8,
    in_year: usize,
    form: usize,
}

/// Makes up everyone, oldest first.
pub(super) fn people(seed: u64, year: AcademicYear) -> Vec<Person> {
    let mut people = Vec::new();
    let mut names = HashSet::new();
    for (year_group, usual) in YEAR_GROUPS.into_iter().rev() {
        let mut sizes = Stream::of(seed, Purpose::Size, &[usize::from(year_group)]);
        let size = usual - 3 + sizes.below(7);
        let forms = forms_of(size);
        for in_year in 0..size {
            let place = Place {
                number: people.len(),
                year_group,
                in_year,
                form: in_year % forms,
            };
            people.push(person(seed, year, &place, &mut names));
        }
    }
    people
}

fn forms_of(size: usize) -> usize {
    size.div_ceil(FORM_PLACES).max(1)
}

fn person(
    seed: u64,
    year: AcademicYear,
    place: &Place,
    names: &mut HashSet<(&'static str, &'static str)>,
) -> Person {
    let mut chance = Stream::of(seed, Purpose::Identity, &[place.number]);
    let (identity, eal) = identity(&mut chance, year, place, names);

    let mut chance = Stream::of(seed, Purpose::Groups, &[place.number]);
    // Those who stay for A levels are those who did well.
    let sixth_form = place.year_group >= 12;
    let ability = if sixth_form {
        0.55 + 0.75 * chance.normal()
    } else {
        0.1 + 0.95 * chance.normal()
    };
    let effort = 0.25 * ability + 0.95 * chance.normal();
    let verbal = chance.normal();
    let hardship = -0.35 * ability + 0.94 * chance.normal();
    let need = -0.45 * ability + 0.89 * chance.normal();
    let looked_after = hardship > 0.6 && chance.chance(0.025);
    let on_free_meals = hardship > 0.82;
    let pupil_premium = on_free_meals || looked_after || chance.chance(0.02);
    let sen = if need > 1.86 {
        "E"
    } else if need > 1.0 {
        "K"
    } else {
        "N"
    };
    let joins = if place.year_group == 12 { 0.12 } else { 0.025 };
    let new_this_year = place.year_group == 7 || chance.chance(joins);
    let habits = (chance.normal(), chance.chance(0.04), chance.unit());
    let attendance =
        core::array::from_fn(|_| attendance(&mut chance, ability, effort, hardship, habits));
    Person {
        id: Id::derived(
            "sample-pupil",
            &[&seed.to_string(), &place.number.to_string()],
        ),
        number: place.number,
        year_group: place.year_group,
        form: place.form,
        ability,
        verbal,
        effort,
        eal,
        sen,
        attendance,
        was_here: !new_this_year,
        joined_late: place.year_group != 7 && new_this_year || chance.chance(0.04),
        identity,
        groups: Groups {
            pupil_premium,
            free_meals: on_free_meals || (pupil_premium && !looked_after && chance.chance(0.5)),
            looked_after,
        },
    }
}

/// Percent of sessions attended: most near 96, a long tail below.
fn attendance(
    chance: &mut Stream,
    ability: f64,
    effort: f64,
    hardship: f64,
    (habit, often_away, how_often): (f64, bool, f64),
) -> f64 {
    let illness = 0.6 / (chance.unit() + 0.05) - 0.57;
    let long_absence = if often_away {
        8.0 + 18.0 * how_often
    } else {
        0.0
    };
    let percent =
        95.9 + 0.9 * effort + 0.5 * ability - 0.6 * hardship + 0.9 * habit - illness - long_absence;
    (percent.clamp(42.0, 100.0) * 10.0).round() / 10.0
}

fn identity(
    chance: &mut Stream,
    year: AcademicYear,
    place: &Place,
    names: &mut HashSet<(&'static str, &'static str)>,
) -> (Identity, bool) {
    let girl = chance.chance(0.5);
    let mut family = draw_family(chance);
    let mut forename = family.forename(chance, girl);
    let mut surname = chance.word(family.surname_of.surnames);
    for _ in 0..40 {
        if !names.contains(&(forename, surname)) {
            break;
        }
        family = draw_family(chance);
        forename = family.forename(chance, girl);
        surname = chance.word(family.surname_of.surnames);
    }
    names.insert((forename, surname));
    let eal = chance.chance(family.forename_of.eal);

    let begins = i32::from(year.0) - i32::from(place.year_group) - 5;
    let days = i32::try_from(chance.below(365)).unwrap_or(0);
    let birth_date = CivilDate::new(begins, 9, 1).and_then(|first| first.plus_days(days));
    // The number is given when a child enters Reception, in the September after it turned four.
    let digits = format!(
        "{UPN_AUTHORITY_AND_SCHOOL}{:02}{:03}",
        (begins + 5).rem_euclid(100),
        (place.in_year * 5 + chance.below(5)) % 1000
    );
    let identity = Identity {
        forename,
        surname,
        sex: if girl { "F" } else { "M" },
        birth_date,
        ethnicity: family.ethnicity(),
        language: if eal {
            family.forename_of.language
        } else {
            "English"
        },
        upn: with_check_letter(&digits),
        admission_number: format!("{:06}", 4001 + place.number),
        house: chance.word(&HOUSES),
    };
    (identity, eal)
}

struct Family {
    forename_of: &'static Origin,
    surname_of: &'static Origin,
}

fn draw_family(chance: &mut Stream) -> Family {
    let [usual, ..] = &ORIGINS;
    let place = chance.weighted(ORIGINS.iter().map(|origin| origin.weight));
    let origin = ORIGINS.get(place).unwrap_or(usual);
    let mixed = chance.chance(MIXED / 1000.0);
    Family {
        forename_of: origin,
        surname_of: if mixed { usual } else { origin },
    }
}

impl Family {
    fn forename(&self, chance: &mut Stream, girl: bool) -> &'static str {
        chance.word(if girl {
            self.forename_of.girls
        } else {
            self.forename_of.boys
        })
    }

    fn ethnicity(&self) -> &'static str {
        if self.forename_of.ethnicity == self.surname_of.ethnicity {
            self.forename_of.ethnicity
        } else {
            "Mixed or multiple ethnic groups"
        }
    }
}

fn with_check_letter(digits: &str) -> String {
    match upn::check(&format!("A{digits}")) {
        upn::UpnCheck::WrongCheckLetter { expected } => format!("{expected}{digits}"),
        upn::UpnCheck::Valid | upn::UpnCheck::Malformed => format!("A{digits}"),
    }
}

impl Person {
    /// The year group in a year: `years_ago` 0 is the current one.
    pub(super) fn year_group_then(&self, years_ago: u8) -> u8 {
        self.year_group.saturating_sub(years_ago)
    }

    /// Percent of sessions attended, in the current year or the one before.
    pub(super) fn attendance_then(&self, years_ago: u8) -> f64 {
        let [previous, current] = self.attendance;
        if years_ago == 0 { current } else { previous }
    }

    /// The letter of the form.
    pub(super) fn form_letter(&self) -> char {
        FORM_LETTERS.get(self.form).copied().unwrap_or('F')
    }

    /// Writes who the pupil is.
    pub(super) fn write_identity(&self, draft: &mut Draft) {
        let it = &self.identity;
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), self.id, value);
        write(Field::Surname, Value::text(it.surname));
        write(Field::Forename, Value::text(it.forename));
        write(Field::Upn, Value::text(&it.upn));
        write(Field::AdmissionNumber, Value::text(&it.admission_number));
        if let Some(date) = it.birth_date {
            write(Field::BirthDate, Value::Date(date));
        }
        write(Field::Sex, Value::text(it.sex));
        write(Field::Ethnicity, Value::text(it.ethnicity));
        write(Field::HomeLanguage, Value::text(it.language));
    }

    /// Writes form, house and groups of a year.
    pub(super) fn write_year(&self, draft: &mut Draft, year: AcademicYear, years_ago: u8) {
        let year_group = self.year_group_then(years_ago);
        let tenths = (self.attendance_then(years_ago) * 10.0).round();
        let form = format!("{year_group}{}", self.form_letter());
        let mut write = |field, value| draft.write(ColumnKey::yearly(field, year), self.id, value);
        write(Field::YearGroup, Value::whole(i64::from(year_group)));
        write(Field::Form, Value::text(&form));
        write(Field::House, Value::text(self.identity.house));
        write(Field::Sen, Value::text(self.sen));
        write(Field::PupilPremium, Value::Flag(self.groups.pupil_premium));
        write(Field::Eal, Value::Flag(self.eal));
        write(Field::FreeMeals, Value::Flag(self.groups.free_meals));
        write(Field::LookedAfter, Value::Flag(self.groups.looked_after));
        // A tenth of a percent is a hundred thousandths.
        write(Field::Attendance, Value::Number(tenths as i64 * 100));
    }
}
