//! What made-up pupils bring along.

use crate::model::scale::{Grade, Position, Ranks, Scale};

/// A subject that examples are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MadeUpSubject {
    /// English.
    English,
    /// Maths.
    Maths,
    /// History, for every other subject.
    History,
    /// Spanish, for a Spanish curriculum.
    Spanish,
    /// Reading, in a primary school.
    Reading,
    /// Writing, in a primary school.
    Writing,
}

impl MadeUpSubject {
    /// Its name as schools write it.
    pub fn name(self) -> &'static str {
        match self {
            MadeUpSubject::English => "English",
            MadeUpSubject::Maths => "Maths",
            MadeUpSubject::History => "History",
            MadeUpSubject::Spanish => "Lengua castellana",
            MadeUpSubject::Reading => "Reading",
            MadeUpSubject::Writing => "Writing",
        }
    }

    /// The one that stands for all subjects of a year group and curriculum.
    pub(super) fn usual(year: i8, curriculum: &str) -> MadeUpSubject {
        match (year, curriculum) {
            (_, "spanish") => MadeUpSubject::Spanish,
            (..=6, _) => MadeUpSubject::Reading,
            _ => MadeUpSubject::History,
        }
    }
}

/// KS2 reading and maths of the pupils of one example after the other.
pub(super) const SCORES: [(u8, u8); 2] = [(97, 104), (106, 104)];

/// The GCSE grades that CAT4 predicts for them.
pub(super) const PREDICTED_BY_CAT: [&str; 3] = ["4+", "6=", "5+"];

/// Their average GCSE points, in hundredths.
pub(super) const AVERAGE_GCSE: i64 = 650;

/// The average of one whose GCSEs were graded A* to G, on the scale of eight points, in thousandths.
pub(super) const EIGHT_POINT_AVERAGE: i64 = 6_100;

/// Their outcome of the early years.
pub(super) const EYFS: &str = "Expected";

/// Their teacher assessment at the end of key stage 1.
pub(super) const KEY_STAGE_1: &str = "EXS";

/// Grades of a made-up pupil on a scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grades {
    /// The end of last year.
    pub(super) last_year: Grade,
    /// The target, which is also what an estimate says.
    pub(super) target: Grade,
    /// The grade that the pupil works at, some way under the target.
    pub(super) current: Grade,
}

impl Grades {
    pub(super) fn on(scale: &Scale) -> Option<Grades> {
        let [last_year, target, current] = match scale.key() {
            "gcse-9-1" => ["6", "7", "5"],
            "gcse-9-1-fine" => ["6=", "7=", "6="],
            "combined-science" => ["6-6", "7-7", "5-5"],
            "baf" => ["S-", "S=", "F="],
            "gcse-a-g" | "a-level" | "as-level" => ["B", "A", "C"],
            "spanish-0-10" => ["7.5", "8", "6"],
            "primary-ta" => ["WTS", "EXS", "WTS"],
            "primary-science" => ["HNM", "EXS", "HNM"],
            _ => return Grades::between(scale),
        };
        let read = |label: &str| scale.parse(label).ok();
        Some(Grades {
            last_year: read(last_year)?,
            target: read(target)?,
            current: read(current)?,
        })
    }

    /// On a scale of the school's own: last year in its middle, the target two thirds up, the present a third up.
    fn between(scale: &Scale) -> Option<Grades> {
        let (lowest, highest) = scale.range();
        let range = (highest - lowest).units();
        let at = |sixths: i32| scale.at_or_under(lowest + Position::from_units(range * sixths / 6));
        Some(Grades {
            last_year: at(3)?,
            target: at(4)?,
            current: at(2)?,
        })
    }
}

/// The grade so many steps above another one, below it where negative: grades of a scale of grades, halves of a whole
/// grade on a scale of numbers. Nothing beyond the scale's ends.
pub(super) fn stepped(scale: &Scale, from: Grade, steps: i16) -> Option<Grade> {
    match from.ranks() {
        Some(ranks) => {
            let rank = u8::try_from(i16::from(ranks.lowest) + steps).ok()?;
            let (lowest, highest) = (rank, rank);
            scale.ranked(Ranks { lowest, highest })
        }
        None => {
            let half = Position::UNITS_PER_GRADE / 2;
            let place = from.lowest() + Position::from_units(half * i32::from(steps));
            let (lowest, highest) = scale.range();
            let inside = (lowest..=highest).contains(&place);
            inside.then(|| scale.at_or_under(place)).flatten()
        }
    }
}
