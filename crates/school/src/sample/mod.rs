//! A made-up school, complete and believable, to try everything on.
//!
//! Some 1,100 pupils of 11 to 18 at a bilingual secondary school in the academic year of a given
//! day, with the whole year before. Everything follows from a seed: marks of one pupil hang
//! together through a few hidden traits (ability, words rather than numbers, effort, talent for a
//! subject), and get better or worse over the year. No name, number or mark is anybody's; the
//! distributions are set by hand and not taken from any school's data.

mod assessments;
mod classes;
mod curriculum;
mod events;
mod interventions;
mod ladder;
mod marks;
mod names;
mod people;
mod prior;
mod random;
mod targets;
mod words;

use crate::journal::{Draft, School};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value};
use crate::policy::PolicyPack;
use crate::view::keep_policy;

/// The policy pack that the sample school works with.
pub const PACK: &str = "bilingual-secondary";

/// The name of the sample school, which says that it is made up.
pub const NAME: &str = "Larkspur School (made up)";

/// Everything of the sample school on a day, as one draft for an empty school. The same seed and
/// day always give the same draft.
///
/// Tracking events that ended before the day are closed and complete, the last one begun is open
/// and about 85 % filled, later ones are planned. If none has begun, the first is open.
pub fn draft(seed: u64, today: CivilDate) -> Draft {
    let mut draft = Draft::default();
    let year = AcademicYear::of(today);
    let mut school = |field, value| draft.write(ColumnKey::lasting(field), Id::ONLY, value);
    school(Field::SchoolName, Value::text(NAME));
    school(Field::CurrentYear, Value::whole(i64::from(year.0)));
    school(Field::Pack, Value::text(PACK));
    school(Field::MadeUp, Value::Flag(true));
    let Some(pack) = PolicyPack::by_key(PACK) else {
        return draft;
    };

    // What has closed was judged by this policy, whatever the school goes by later.
    let judge = keep_policy(&mut draft, &School::default(), &pack).ok();
    let people = people::people(seed, year);
    let subjects = curriculum::ids();
    curriculum::write(&mut draft, &subjects);
    let mut ladders = ladder::Ladders::new();
    let mut reached = targets::Reached::default();
    for (year, years_ago) in [(year.previous(), 1), (year, 0)] {
        for person in people.iter().filter(|p| years_ago == 0 || p.was_here) {
            person.write_year(&mut draft, year, years_ago);
        }
        let entries = classes::write(&mut draft, seed, &people, &subjects, year, years_ago);
        let events = events::of_year(&pack, year, today);
        for event in &events {
            event.write(&mut draft, judge, year);
        }
        let then = marks::Then {
            seed,
            pack: &pack,
            people: &people,
            subjects: &subjects,
            events: &events,
            year,
            years_ago,
            today,
        };
        marks::write(&mut draft, &then, &entries, &mut ladders, &mut reached);
    }

    let fine_grades = ladders.of("gcse-9-1-fine", &mut draft);
    for person in &people {
        person.write_identity(&mut draft);
        let average_gcse = reached.average_gcse(person);
        let when = (year, today);
        prior::write(
            &mut draft,
            seed,
            person,
            fine_grades.as_ref(),
            average_gcse,
            when,
        );
    }
    draft
}
