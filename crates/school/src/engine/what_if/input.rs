//! The inputs of a proposed target, and the values that each may have.

use core::ops::RangeInclusive;

use crate::engine::targets::{ScoreEntry, TargetInputs, grade_of, propose_grade};
use crate::model::scale::{Grade, Scale};
use crate::model::{EightPointAverage, Measure};
use crate::national::Start;
use crate::policy::{GradeMeasure, Policy};

/// What a proposal can rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetInput {
    /// The KS2 reading score.
    Ks2Reading,
    /// The KS2 maths score.
    Ks2Maths,
    /// The average of the GCSE points.
    AverageGcse,
    /// The average on the old scale of eight points.
    EightPointAverage,
    /// A grade that stands beside the pupil.
    Grade(GradeMeasure),
    /// Last year's grade in the subject.
    LastYear,
}

/// An input with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownInput {
    /// A KS2 scaled score in reading, 80 to 120.
    Ks2Reading(u8),
    /// A KS2 scaled score in maths, 80 to 120.
    Ks2Maths(u8),
    /// An average of GCSE points, 0 to 9.
    AverageGcse(Start),
    /// An average on the old scale of eight points.
    EightPointAverage(EightPointAverage),
    /// A grade that stands beside the pupil.
    Grade(GradeMeasure, Grade),
    /// Last year's grade in the subject.
    LastYear(Grade),
}

pub(super) type Values<'a> = Box<dyn Iterator<Item = KnownInput> + 'a>;

/// Lowest and highest scaled score; none at all where the measure has no range.
fn scaled_scores(measure: Measure) -> (u8, u8) {
    let range = measure.range().and_then(|(lowest, highest)| {
        Some((u8::try_from(lowest).ok()?, u8::try_from(highest).ok()?))
    });
    range.unwrap_or((u8::MAX, u8::MIN))
}

/// Lowest and highest average of points in hundredths, as averages are written.
fn hundredths_of(measure: Measure) -> (i64, i64) {
    let range = measure.range();
    range.map_or((0, -1), |(lowest, highest)| (lowest * 100, highest * 100))
}

fn eight_points(hundredths: i64) -> Option<KnownInput> {
    EightPointAverage::from_thousandths(hundredths * 10).map(KnownInput::EightPointAverage)
}

impl TargetInput {
    /// What is known of it; nothing where a code stands in its place or two values wait for a
    /// choice.
    pub(super) fn known(&self, inputs: &TargetInputs<'_>) -> Option<KnownInput> {
        let score = |entry| match entry {
            ScoreEntry::Scaled(score) => Some(score),
            ScoreEntry::Missing | ScoreEntry::Code | ScoreEntry::Conflict => None,
        };
        match self {
            TargetInput::Ks2Reading => score(inputs.ks2_reading).map(KnownInput::Ks2Reading),
            TargetInput::Ks2Maths => score(inputs.ks2_maths).map(KnownInput::Ks2Maths),
            TargetInput::AverageGcse => inputs.average_gcse.map(KnownInput::AverageGcse),
            TargetInput::EightPointAverage => {
                let average = inputs.average_gcse_eight_point;
                average.map(KnownInput::EightPointAverage)
            }
            TargetInput::LastYear => inputs.last_year.map(KnownInput::LastYear),
            TargetInput::Grade(measure) => {
                let known = |grade| KnownInput::Grade(measure.clone(), grade);
                grade_of(inputs, measure).map(known)
            }
        }
    }

    /// Every value that it may have; its grades on a scale, for grades.
    pub(super) fn values<'a>(&'a self, scale: Option<&'a Scale>) -> Values<'a> {
        let grades = scale.into_iter().flat_map(Scale::single_grades);
        let scores = |measure| {
            let (lowest, highest) = scaled_scores(measure);
            lowest..=highest
        };
        match self {
            TargetInput::Ks2Reading => {
                Box::new(scores(Measure::Ks2Reading).map(KnownInput::Ks2Reading))
            }
            TargetInput::Ks2Maths => Box::new(scores(Measure::Ks2Maths).map(KnownInput::Ks2Maths)),
            TargetInput::AverageGcse => {
                let (lowest, highest) = hundredths_of(Measure::AverageGcse);
                let averages = (lowest..=highest).map(Start::from_hundredths);
                Box::new(averages.map(KnownInput::AverageGcse))
            }
            TargetInput::EightPointAverage => {
                let (lowest, highest) = hundredths_of(Measure::AverageGcseEightPoint);
                Box::new((lowest..=highest).filter_map(eight_points))
            }
            TargetInput::LastYear => Box::new(grades.map(KnownInput::LastYear)),
            TargetInput::Grade(measure) => {
                Box::new(grades.map(|grade| KnownInput::Grade(measure.clone(), grade)))
            }
        }
    }
}

impl KnownInput {
    /// What the policy proposes with this value in the place of the one among the inputs; nothing
    /// where no method then gives a target.
    pub fn propose(&self, policy: &Policy, inputs: &TargetInputs<'_>) -> Option<Grade> {
        let estimates: Vec<(&str, Grade)>;
        let mut inputs = *inputs;
        match self {
            KnownInput::Ks2Reading(score) => inputs.ks2_reading = ScoreEntry::Scaled(*score),
            KnownInput::Ks2Maths(score) => inputs.ks2_maths = ScoreEntry::Scaled(*score),
            KnownInput::AverageGcse(average) => inputs.average_gcse = Some(*average),
            KnownInput::EightPointAverage(average) => {
                inputs.average_gcse_eight_point = Some(*average);
            }
            KnownInput::LastYear(grade) => inputs.last_year = Some(*grade),
            KnownInput::Grade(GradeMeasure::CatPredictedGcse, grade) => {
                inputs.cat_predicted_gcse = Some(*grade);
            }
            KnownInput::Grade(GradeMeasure::EyfsOutcome, grade) => {
                inputs.eyfs_outcome = Some(*grade);
            }
            KnownInput::Grade(GradeMeasure::KeyStage1, grade) => {
                inputs.key_stage_1 = Some(*grade);
            }
            KnownInput::Grade(measure @ GradeMeasure::Benchmark(source), grade) => {
                let held = grade_of(&inputs, measure);
                // A school keeps one estimate for each subject, which answers for every source
                // that the chain asks for; so those that say the same are one input.
                let other = |(source, own): &(_, Grade)| {
                    let one = held.is_some_and(|held| held == *own);
                    (*source, if one { *grade } else { *own })
                };
                let lacking = held.is_none().then_some((source.as_str(), *grade));
                estimates = inputs.benchmarks.iter().map(other).chain(lacking).collect();
                inputs.benchmarks = &estimates;
            }
        }
        propose_grade(policy, &inputs)
    }

    /// The values above it, then those below it, each nearest first.
    pub(super) fn others<'a>(&'a self, policy: &'a Policy) -> [Values<'a>; 2] {
        match self {
            KnownInput::Ks2Reading(score) => {
                scores_around(Measure::Ks2Reading, *score, KnownInput::Ks2Reading)
            }
            KnownInput::Ks2Maths(score) => {
                scores_around(Measure::Ks2Maths, *score, KnownInput::Ks2Maths)
            }
            KnownInput::AverageGcse(average) => {
                let at = average.ten_thousandths();
                let (above, below) = around(Measure::AverageGcse, at, 100);
                let known =
                    |hundredths| KnownInput::AverageGcse(Start::from_hundredths(hundredths));
                [Box::new(above.map(known)), Box::new(below.rev().map(known))]
            }
            KnownInput::EightPointAverage(average) => {
                let at = average.thousandths();
                let (above, below) = around(Measure::AverageGcseEightPoint, at, 10);
                [
                    Box::new(above.filter_map(eight_points)),
                    Box::new(below.rev().filter_map(eight_points)),
                ]
            }
            KnownInput::LastYear(grade) => grades_around(policy, *grade, KnownInput::LastYear),
            KnownInput::Grade(measure, grade) => grades_around(policy, *grade, |grade| {
                KnownInput::Grade(measure.clone(), grade)
            }),
        }
    }
}

/// The hundredths of a measure above and below what is known, of which a hundredth has so many parts.
fn around(measure: Measure, at: i64, parts: i64) -> (RangeInclusive<i64>, RangeInclusive<i64>) {
    let (lowest, highest) = hundredths_of(measure);
    let above = (at.div_euclid(parts) + 1).max(lowest)..=highest;
    let below = lowest..=at.saturating_sub(1).div_euclid(parts).min(highest);
    (above, below)
}

fn scores_around<'a>(measure: Measure, score: u8, known: fn(u8) -> KnownInput) -> [Values<'a>; 2] {
    let (lowest, highest) = scaled_scores(measure);
    let above = score.saturating_add(1).max(lowest)..=highest;
    let below = lowest..=score.saturating_sub(1).min(highest);
    [Box::new(above.map(known)), Box::new(below.rev().map(known))]
}

fn grades_around<'a>(
    policy: &'a Policy,
    grade: Grade,
    known: impl Fn(Grade) -> KnownInput + Copy + 'a,
) -> [Values<'a>; 2] {
    let scale = policy.scales().by_id(grade.scale());
    let above = scale.into_iter().flat_map(move |scale| scale.above(grade));
    let below = scale.into_iter().flat_map(move |scale| scale.below(grade));
    [Box::new(above.map(known)), Box::new(below.map(known))]
}
