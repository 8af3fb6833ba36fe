//! For each way to a target a pupil who has just what it needs.

use super::made_up::{
    AVERAGE_GCSE, EIGHT_POINT_AVERAGE, EYFS, Grades, KEY_STAGE_1, MadeUpSubject, PREDICTED_BY_CAT,
    SCORES,
};
use crate::engine::targets::{Proposal, ScoreEntry, TargetInputs, propose};
use crate::model::scale::Scale;
use crate::model::{EightPointAverage, keys};
use crate::national::Start;
use crate::policy::{GradeMeasure, MissingOne, Policy, ScoreMeasure, TargetChain, TargetMethod};

/// Key of the scale of AS levels.
const AS_LEVEL: &str = "as-level";

/// Something that is known of a made-up pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// KS2 reading.
    Reading(u8),
    /// KS2 maths.
    Maths(u8),
    /// Average GCSE points.
    AverageGcse(Start),
    /// Average GCSE points on the old scale of eight points.
    EightPointAverage(EightPointAverage),
    /// A grade that stands beside the pupil.
    Grade {
        /// Which one.
        measure: GradeMeasure,
        /// Its label.
        label: String,
    },
    /// The grade of the end of last year.
    LastYear(String),
    /// Key of the scale that the school has chosen for the subject, where it is not the policy's.
    Scale(String),
}

/// One pupil and subject of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    /// The subject.
    pub subject: MadeUpSubject,
    /// Everything that is known.
    pub known: Vec<Known>,
    /// What the engine proposes.
    pub proposal: Proposal,
}

/// A way to a target at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetExample {
    /// Place of the chain in the pack.
    pub chain: usize,
    /// Place of the method in the chain.
    pub method: usize,
    /// The year group.
    pub year: i8,
    /// The pupils and subjects.
    pub rows: Vec<TargetRow>,
}

/// An example for every method of every chain but the teacher's judgement.
pub fn target_examples(policy: &Policy) -> Vec<TargetExample> {
    let mut all = Vec::new();
    let mut turn = Turn::default();
    for (at, chain) in policy.pack().targets.iter().enumerate() {
        let Some((year, curriculum)) = chosen(policy, at) else {
            continue;
        };
        for (method, way) in chain.methods.iter().enumerate() {
            let earlier = chain.methods.get(..method).unwrap_or_default();
            let rows = rows(policy, &mut turn, earlier, way, (year, curriculum));
            if !rows.is_empty() {
                all.push(TargetExample {
                    chain: at,
                    method,
                    year,
                    rows,
                });
            }
        }
    }
    all
}

/// Whose turn it is, so that two examples of one kind are not the same.
#[derive(Default)]
struct Turn {
    scores: usize,
    cat: usize,
}

fn next<T: Copy>(of: &[T], turn: &mut usize) -> Option<T> {
    let place = *turn % of.len().max(1);
    *turn += 1;
    of.get(place).copied()
}

/// The first year group and curriculum that a chain, and no earlier one, is for.
fn chosen(policy: &Policy, chain: usize) -> Option<(i8, &str)> {
    let pack = policy.pack();
    let all = pack.years.iter().flat_map(|year| {
        let curricula = pack.curricula.iter();
        curricula.map(move |curriculum| (*year, curriculum.as_str()))
    });
    let mut all = all.filter(|(year, curriculum)| {
        let key = keys::slug(MadeUpSubject::usual(*year, curriculum).name());
        let role = pack.role_of(&key);
        let selects = |one: &TargetChain| one.when.selects(*year, curriculum, &key, role);
        pack.targets.iter().position(selects) == Some(chain)
    });
    all.next()
}

fn rows(
    policy: &Policy,
    turn: &mut Turn,
    earlier: &[TargetMethod],
    method: &TargetMethod,
    (year, curriculum): (i8, &str),
) -> Vec<TargetRow> {
    let usual = MadeUpSubject::usual(year, curriculum);
    let pupils: Vec<(MadeUpSubject, Vec<Known>)> = match method {
        TargetMethod::Teacher => Vec::new(),
        TargetMethod::ScoreLookup {
            measure,
            missing_one,
            ..
        } => {
            let Some((reading, maths)) = next(&SCORES, &mut turn.scores) else {
                return Vec::new();
            };
            let both = vec![Known::Reading(reading), Known::Maths(maths)];
            let mut pupils: Vec<_> = [MadeUpSubject::English, MadeUpSubject::Maths, usual]
                .map(|subject| (subject, both.clone()))
                .to_vec();
            if measure.other == ScoreMeasure::MeanOfReadingAndMaths
                && *missing_one == MissingOne::UseOther
            {
                pupils.push((usual, vec![Known::Reading(reading)]));
            }
            pupils
        }
        TargetMethod::GradeLookup { measure, .. } | TargetMethod::GradeAsTarget { measure } => {
            let subject = match measure {
                GradeMeasure::EyfsOutcome => MadeUpSubject::Writing,
                _ => usual,
            };
            let Some(scale) = scale(policy, subject, year, curriculum) else {
                return Vec::new();
            };
            let Some(label) = label_of(turn, measure, scale) else {
                return Vec::new();
            };
            let measure = measure.clone();
            vec![(subject, vec![Known::Grade { measure, label }])]
        }
        TargetMethod::EightPointLookup { .. } => {
            let average = EightPointAverage::from_thousandths(EIGHT_POINT_AVERAGE);
            let known = average.map(Known::EightPointAverage);
            known
                .map(|known| (usual, vec![known]))
                .into_iter()
                .collect()
        }
        TargetMethod::PupilBenchmark { .. } | TargetMethod::SchoolBenchmark { .. } => {
            let mut start = if year >= 12 {
                vec![Known::AverageGcse(Start::from_hundredths(AVERAGE_GCSE))]
            } else {
                let [(reading, maths), ..] = SCORES;
                vec![Known::Reading(reading), Known::Maths(maths)]
            };
            let schools =
                |method: &TargetMethod| matches!(method, TargetMethod::SchoolBenchmark { .. });
            // Of schools nothing is published on AS levels: there the pupils' benchmark has its turn.
            if !schools(method) && earlier.iter().any(schools) && year >= 12 {
                start.push(Known::Scale(AS_LEVEL.to_owned()));
            }
            vec![(usual, start)]
        }
        TargetMethod::LastYearUplift { .. } => {
            let scale = scale(policy, usual, year, curriculum);
            let last = scale.and_then(|scale| {
                let grades = Grades::on(scale)?;
                Some(Known::LastYear(scale.label(grades.last_year)))
            });
            last.map(|last| (usual, vec![last])).into_iter().collect()
        }
    };
    pupils
        .into_iter()
        .filter_map(|(subject, known)| {
            let proposal = proposed(policy, subject, (year, curriculum), &known)?;
            Some(TargetRow {
                subject,
                known,
                proposal,
            })
        })
        .collect()
}

fn scale<'a>(
    policy: &'a Policy,
    subject: MadeUpSubject,
    year: i8,
    curriculum: &str,
) -> Option<&'a Scale> {
    let key = keys::slug(subject.name());
    let scale = policy.pack().scale_for(&key, curriculum, year)?;
    policy.scales().get(scale)
}

/// The label of a grade that stands beside a pupil; an estimate is on the scale of the subject.
fn label_of(turn: &mut Turn, measure: &GradeMeasure, scale: &Scale) -> Option<String> {
    match measure {
        GradeMeasure::CatPredictedGcse => {
            next(&PREDICTED_BY_CAT, &mut turn.cat).map(ToOwned::to_owned)
        }
        GradeMeasure::EyfsOutcome => Some(EYFS.to_owned()),
        GradeMeasure::KeyStage1 => Some(KEY_STAGE_1.to_owned()),
        GradeMeasure::Benchmark(_) => Some(scale.label(Grades::on(scale)?.target)),
    }
}

fn proposed(
    policy: &Policy,
    subject: MadeUpSubject,
    (year, curriculum): (i8, &str),
    known: &[Known],
) -> Option<Proposal> {
    let pack = policy.pack();
    let key = keys::slug(subject.name());
    let chosen = known.iter().find_map(|known| match known {
        Known::Scale(key) => policy.scales().get(key),
        _ => None,
    });
    let scale = chosen.or_else(|| scale(policy, subject, year, curriculum))?;
    let mut benchmarks: Vec<(&str, _)> = Vec::new();
    let mut inputs = TargetInputs {
        year_group: year,
        subject: &key,
        subject_name: subject.name(),
        role: pack.role_of(&key),
        curriculum,
        scale: scale.id(),
        ks2_reading: ScoreEntry::Missing,
        ks2_maths: ScoreEntry::Missing,
        average_gcse: None,
        average_gcse_eight_point: None,
        cat_predicted_gcse: None,
        benchmarks: &[],
        eyfs_outcome: None,
        key_stage_1: None,
        last_year: None,
    };
    for known in known {
        match known {
            Known::Scale(_) => {}
            Known::Reading(score) => inputs.ks2_reading = ScoreEntry::Scaled(*score),
            Known::Maths(score) => inputs.ks2_maths = ScoreEntry::Scaled(*score),
            Known::AverageGcse(average) => inputs.average_gcse = Some(*average),
            Known::EightPointAverage(average) => {
                inputs.average_gcse_eight_point = Some(*average);
            }
            Known::LastYear(label) => inputs.last_year = scale.parse(label).ok(),
            Known::Grade { measure, label } => {
                let own = measure
                    .scale()
                    .map_or(Some(scale), |key| policy.scales().get(key));
                let grade = own.and_then(|scale| scale.parse(label).ok());
                match measure {
                    GradeMeasure::CatPredictedGcse => inputs.cat_predicted_gcse = grade,
                    GradeMeasure::EyfsOutcome => inputs.eyfs_outcome = grade,
                    GradeMeasure::KeyStage1 => inputs.key_stage_1 = grade,
                    GradeMeasure::Benchmark(source) => {
                        benchmarks.extend(grade.map(|grade| (source.as_str(), grade)));
                    }
                }
            }
        }
    }
    inputs.benchmarks = &benchmarks;
    Some(propose(policy, &inputs))
}
