//! The school benchmark: what pupils with the same start reach on average, and what the schools at the top add to it.

use super::exact::Exact;
use super::figures::BetweenSchools;
use super::outcomes::{Distribution, FEWEST_RESULTS, NoBenchmark, Outcomes, Qualification};
use super::start::Start;
use crate::model::scale::Position;

/// From here on means are joined by lines: the band below mixes pupils under the standard of the test with few and
/// chosen entries.
const LINES_FROM: Start = Start::from_hundredths(8_000);
/// Points of A level for one grade.
const POINTS_PER_GRADE: u32 = 10;

/// To what a benchmark is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Whole grades.
    Whole,
    /// Halves, as the pairs of Combined Science.
    Half,
    /// Thirds, as fine grades.
    Third,
}

impl Step {
    fn parts(self) -> u32 {
        match self {
            Step::Whole => 1,
            Step::Half => 2,
            Step::Third => 3,
        }
    }

    /// The lowest grade above U.
    fn lowest(self) -> i64 {
        match self {
            Step::Whole => 1,
            // 1-1, and 1−, which is ⅔.
            Step::Half | Step::Third => 2,
        }
    }
}

/// What the pupils would reach in a school as good as those at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolBenchmark {
    /// What pupils with the same start reach on average, in grades.
    pub expected: Exact,
    /// What the schools at the top add, in grades.
    pub uplift: Exact,
    /// Place of the best grade, in whole grades.
    highest: i64,
}

impl SchoolBenchmark {
    /// The sum, in grades.
    pub fn value(&self) -> Exact {
        self.expected + self.uplift
    }

    /// The position on the scale that lies nearest, halves up; under half a grade it is U.
    pub fn position(&self, step: Step) -> Position {
        if self.value().nearest(1) < 1 {
            return Position::ZERO;
        }
        let parts = i64::from(step.parts());
        let nearest = self.value().nearest(step.parts());
        let place = nearest.clamp(step.lowest(), self.highest * parts);
        let units = place * i64::from(Position::UNITS_PER_GRADE) / parts;
        Position::from_units(i32::try_from(units).unwrap_or(i32::MAX))
    }
}

impl Outcomes {
    /// The benchmark of the top `percent` of schools for a pupil with this start.
    ///
    /// # Errors
    /// [`NoBenchmark`].
    pub fn school_benchmark(
        &self,
        between: &BetweenSchools,
        subject: &str,
        start: Start,
        percent: u8,
    ) -> Result<SchoolBenchmark, NoBenchmark> {
        let measure = match self.qualification {
            Qualification::Gcse | Qualification::CombinedScience => "gcse",
            Qualification::ALevel => "a_level",
            Qualification::AsLevel => return Err(NoBenchmark::NoUplift),
        };
        let uplift = between.uplift(measure, percent);
        let uplift = Exact::hundredths(uplift.ok_or(NoBenchmark::NoUplift)?);
        let highest = self.value(self.grades.len().saturating_sub(1));
        Ok(SchoolBenchmark {
            expected: self.expected(subject, start)?,
            uplift,
            highest: highest.map_or(0, |value| value.nearest(1)),
        })
    }

    /// What pupils with this start reach on average, in grades.
    ///
    /// # Errors
    /// [`NoBenchmark`].
    pub fn expected(&self, subject: &str, start: Start) -> Result<Exact, NoBenchmark> {
        let band = self.distribution(subject, start)?;
        let mean = |band: &Distribution<'_>| band.mean(|place| self.value(place));
        match self.qualification {
            Qualification::ALevel | Qualification::AsLevel => {
                let points = self.expected_points(subject, start);
                let points = points.ok_or(NoBenchmark::NoValueAdded)?;
                Ok(points.over(POINTS_PER_GRADE))
            }
            Qualification::Gcse | Qualification::CombinedScience if start < LINES_FROM => {
                mean(&band).ok_or(NoBenchmark::NoBand)
            }
            Qualification::Gcse | Qualification::CombinedScience => {
                let means = self.means.get(subject);
                let means = means.ok_or(NoBenchmark::UnknownSubject)?.iter().copied();
                between_knots(means, start.exact()).ok_or(NoBenchmark::NoBand)
            }
        }
    }

    /// The mean grade of each usable band of a subject, at the middle of the band.
    pub(super) fn means_of(&self, subject: &str) -> Vec<(Exact, Exact)> {
        let usable =
            |band: &Distribution<'_>| band.from >= LINES_FROM && band.results() >= FEWEST_RESULTS;
        let mean = |band: Distribution<'_>| {
            let middle = (band.from.exact() + band.to.exact()).over(2);
            Some((middle, band.mean(|place| self.value(place))?))
        };
        let bands = self.bands(subject).into_iter().flatten();
        bands.filter(usable).filter_map(mean).collect()
    }

    /// Expected A-level points, 10 for each grade; nothing where the figures have none for the subject.
    pub fn expected_points(&self, subject: &str, start: Start) -> Option<Exact> {
        let knots = self.value_added.subjects.get(subject)?.knots.iter();
        let knots = knots.map(|(start, points)| {
            (
                Exact::ten_thousandths(*start),
                Exact::ten_thousandths(*points),
            )
        });
        between_knots(knots, start.exact())
    }

    /// Standard deviation of the differences from the expected points, in grades; nothing where there is none.
    pub fn standard_deviation(&self, subject: &str) -> Option<Exact> {
        let expected = self.value_added.subjects.get(subject)?;
        Some(Exact::ten_thousandths(expected.standard_deviation))
    }

    /// The value of a grade in whole grades: its number, the mean of the two digits of a pair, or its place.
    fn value(&self, place: usize) -> Option<Exact> {
        let label = self.grades.get(place)?;
        let place = i64::try_from(place).ok()?;
        match self.qualification {
            Qualification::CombinedScience => match label.split_once('-') {
                Some((first, second)) => {
                    let pair = first.parse::<i64>().ok()? + second.parse::<i64>().ok()?;
                    Exact::new(pair, 2)
                }
                None => Some(Exact::ZERO),
            },
            _ => Some(Exact::whole(place)),
        }
    }
}

/// The value at a place on straight lines between knots, flat beyond the outer ones.
fn between_knots(knots: impl Iterator<Item = (Exact, Exact)>, at: Exact) -> Option<Exact> {
    let mut before: Option<(Exact, Exact)> = None;
    for (place, value) in knots {
        if at <= place {
            let Some((from, start)) = before else {
                return Some(value);
            };
            return Some(start + (value - start) * (at - from).divided_by(place - from)?);
        }
        before = Some((place, value));
    }
    before.map(|(_, value)| value)
}
