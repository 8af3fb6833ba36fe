//! Targets from open national figures.

use super::{StartUsed, TargetInputs, WhyNot, score};
use crate::model::scale::{Grade, Scale};
use crate::national::{
    Distribution, Figures, Outcomes, Publication, Qualification, SchoolBenchmark, Step,
};
use crate::policy::{Policy, ScoreMeasure};

/// The figures that answer for the subject's scale, and what the pupil starts from in their measure.
struct Answering<'a> {
    scale: &'a Scale,
    figures: &'a Figures,
    publication: &'a Publication,
    step: Step,
    start: StartUsed,
}

impl<'a> Answering<'a> {
    fn of(policy: &'a Policy, inputs: &TargetInputs<'_>) -> Result<Self, WhyNot> {
        let scale = policy.scales().by_id(inputs.scale);
        let scale = scale.ok_or(WhyNot::NoFiguresForScale)?;
        let figures = policy.figures().ok_or(WhyNot::FiguresNotHere)?;
        let found = figures.for_scale(scale.key());
        let (publication, step) = found.ok_or(WhyNot::NoFiguresForScale)?;
        let start = match publication.outcomes.qualification {
            Qualification::Gcse | Qualification::CombinedScience => StartUsed::Ks2 {
                reading: score(inputs.ks2_reading, ScoreMeasure::Reading)?,
                maths: score(inputs.ks2_maths, ScoreMeasure::Maths)?,
            },
            Qualification::ALevel | Qualification::AsLevel => {
                StartUsed::AverageGcse(inputs.average_gcse.ok_or(WhyNot::NoAverageGcse)?)
            }
        };
        Ok(Answering {
            scale,
            figures,
            publication,
            step,
            start,
        })
    }

    fn chances(&self, subject: &'a str) -> Result<Distribution<'a>, WhyNot> {
        let chances = self.publication.chances(subject, self.start.start());
        chances.map_err(WhyNot::NoBenchmark)
    }
}

/// What pupils with the same start have reached in the subject, and the publication that says so.
///
/// # Errors
/// [`WhyNot`] where the figures do not say it.
pub fn chances<'a>(
    policy: &'a Policy,
    inputs: &'a TargetInputs<'_>,
) -> Result<(Distribution<'a>, &'a Outcomes), WhyNot> {
    let found = Answering::of(policy, inputs)?;
    let chances = found.chances(inputs.subject_name)?;
    Ok((chances, &found.publication.outcomes))
}

/// The grade that the top `percent` of pupils with the same start have reached.
pub(super) fn of_pupils(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    percent: u8,
) -> Result<(Grade, StartUsed), WhyNot> {
    let found = Answering::of(policy, inputs)?;
    let chances = found.chances(inputs.subject_name)?;
    let label = chances.grades.get(chances.top(percent));
    let grade = label.and_then(|label| found.scale.parse(label).ok());
    Ok((grade.ok_or(WhyNot::NoFiguresForScale)?, found.start))
}

/// The grade that pupils with the same start would reach in the top `percent` of schools.
pub(super) fn of_schools(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    percent: u8,
) -> Result<(Grade, StartUsed, SchoolBenchmark), WhyNot> {
    let found = Answering::of(policy, inputs)?;
    let (subject, start) = (inputs.subject_name, found.start.start());
    let benchmark = found
        .figures
        .school_benchmark(found.publication, subject, start, percent)
        .map_err(WhyNot::NoBenchmark)?;
    let grade = found.scale.at_or_under(benchmark.position(found.step));
    let grade = grade.ok_or(WhyNot::NoFiguresForScale)?;
    Ok((grade, found.start, benchmark))
}
