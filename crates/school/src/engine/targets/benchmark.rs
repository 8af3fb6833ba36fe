//! Targets from open national figures.

use super::{StartUsed, TargetInputs, WhyNot, score};
use crate::model::scale::{Grade, Scale};
use crate::national::{
    Distribution, Figures, Outcomes, Publication, Qualification, SchoolBenchmark, Step,
};
use crate::policy::{Policy, ScoreMeasure};

/// The figures that answer for the subject's scale.
struct Answering<'a> {
    scale: &'a Scale,
    figures: &'a Figures,
    publication: &'a Publication,
    step: Step,
}

fn answering<'a>(policy: &'a Policy, inputs: &TargetInputs<'_>) -> Result<Answering<'a>, WhyNot> {
    let scale = policy.scales().by_id(inputs.scale);
    let scale = scale.ok_or(WhyNot::NoFiguresForScale)?;
    let figures = policy.figures().ok_or(WhyNot::FiguresNotHere)?;
    let found = figures.for_scale(scale.key());
    let (publication, step) = found.ok_or(WhyNot::NoFiguresForScale)?;
    Ok(Answering {
        scale,
        figures,
        publication,
        step,
    })
}

fn start(outcomes: &Outcomes, inputs: &TargetInputs<'_>) -> Result<StartUsed, WhyNot> {
    match outcomes.qualification {
        Qualification::Gcse | Qualification::CombinedScience => Ok(StartUsed::Ks2 {
            reading: score(inputs.ks2_reading, ScoreMeasure::Reading)?,
            maths: score(inputs.ks2_maths, ScoreMeasure::Maths)?,
        }),
        Qualification::ALevel | Qualification::AsLevel => {
            let average = inputs.average_gcse.ok_or(WhyNot::NoAverageGcse)?;
            Ok(StartUsed::AverageGcse(average))
        }
    }
}

/// What the pupil starts from, for the figures of the subject's scale.
///
/// # Errors
/// [`WhyNot`] where there are none, or the pupil has no such start.
pub fn start_of(policy: &Policy, inputs: &TargetInputs<'_>) -> Result<StartUsed, WhyNot> {
    start(&answering(policy, inputs)?.publication.outcomes, inputs)
}

/// What pupils with the same start have reached in the subject, and the publication that says so.
///
/// # Errors
/// [`WhyNot`] where the figures do not say it.
pub fn chances<'a>(
    policy: &'a Policy,
    inputs: &'a TargetInputs<'_>,
) -> Result<(Distribution<'a>, &'a Outcomes), WhyNot> {
    let found = answering(policy, inputs)?;
    let start = start(&found.publication.outcomes, inputs)?.start();
    let chances = found.publication.chances(inputs.subject_name, start);
    let outcomes = &found.publication.outcomes;
    Ok((chances.map_err(WhyNot::NoBenchmark)?, outcomes))
}

/// The grade that the top `percent` of pupils with the same start have reached.
pub(super) fn of_pupils(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    percent: u8,
) -> Result<(Grade, StartUsed), WhyNot> {
    let found = answering(policy, inputs)?;
    let start = start(&found.publication.outcomes, inputs)?;
    let (chances, _) = chances(policy, inputs)?;
    let label = chances.grades.get(chances.top(percent));
    let grade = label.and_then(|label| found.scale.parse(label).ok());
    Ok((grade.ok_or(WhyNot::NoFiguresForScale)?, start))
}

/// The grade that pupils with the same start would reach in the top `percent` of schools.
pub(super) fn of_schools(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    percent: u8,
) -> Result<(Grade, StartUsed, SchoolBenchmark), WhyNot> {
    let found = answering(policy, inputs)?;
    let start = start(&found.publication.outcomes, inputs)?;
    let benchmark = found
        .figures
        .school_benchmark(
            found.publication,
            inputs.subject_name,
            start.start(),
            percent,
        )
        .map_err(WhyNot::NoBenchmark)?;
    let grade = found.scale.at_or_under(benchmark.position(found.step));
    let grade = grade.ok_or(WhyNot::NoFiguresForScale)?;
    Ok((grade, start, benchmark))
}
