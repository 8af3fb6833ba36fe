//! Which one input would give another proposed target.

use super::input::{KnownInput, TargetInput};
use crate::engine::targets::{ScoresUsed, StartUsed, TargetInputs, TargetSource, propose};
use crate::model::scale::{Grade, Scale};
use crate::policy::{CompiledMethod, CompiledRows, CompiledTable, Policy, ScoreMeasure};

/// Another value of one input, and what would then be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetChange {
    /// What is known.
    pub from: KnownInput,
    /// The same input with another value; no value nearer to the known one, on this side of it,
    /// makes a difference.
    pub to: KnownInput,
    /// What would be proposed; nothing where the new value leads to no target.
    pub proposed: Option<Grade>,
}

/// An input that is not known, and would alone give a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackingInput {
    /// Which.
    pub input: TargetInput,
    /// Whether every value would; else some would.
    pub always: bool,
}

/// What alone would give another proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetChanges {
    /// Of each input in turn the nearest value above and below that makes a difference.
    pub nearest: Vec<TargetChange>,
    /// Where nothing is proposed: what is not known and would give a proposal.
    pub lacking: Vec<LackingInput>,
}

/// Which one input would give another proposed target: of those that the deciding method rests on,
/// or, where nothing is proposed, of those that the chain asks for.
///
/// Scores stay within their measure, grades on their scale; averages are tried in hundredths.
pub fn target_changes(policy: &Policy, inputs: &TargetInputs<'_>) -> TargetChanges {
    let proposal = propose(policy, inputs);
    let own = proposal.grade.as_ref().map(|proposed| proposed.grade);
    let asked = match &proposal.reason.decided {
        Some((_, source)) => rests_on(source),
        None => asked_for(policy, inputs, proposal.reason.chain),
    };
    let mut changes = TargetChanges::default();
    for (input, scale) in asked {
        if let Some(from) = input.known(inputs) {
            for values in from.others(policy) {
                let mut proposed = values.map(|to| (to.propose(policy, inputs), to));
                let other = proposed.find(|(grade, _)| *grade != own);
                changes
                    .nearest
                    .extend(other.map(|(proposed, to)| TargetChange {
                        from: from.clone(),
                        to,
                        proposed,
                    }));
            }
        } else if own.is_none() {
            let gives = |value: KnownInput| value.propose(policy, inputs).is_some();
            if input.values(scale).any(gives) {
                let always = input.values(scale).all(gives);
                changes.lacking.push(LackingInput { input, always });
            }
        }
    }
    changes
}

/// An input, and the scale that its grades are on, where it is a grade that is not known yet.
type Asked<'a> = (TargetInput, Option<&'a Scale>);

/// What a proposal was made from.
fn rests_on<'a>(source: &TargetSource) -> Vec<Asked<'a>> {
    let inputs = match source {
        TargetSource::Score { used, .. } => match used {
            ScoresUsed::Reading(_) | ScoresUsed::ReadingForMean(_) => {
                vec![TargetInput::Ks2Reading]
            }
            ScoresUsed::Maths(_) | ScoresUsed::MathsForMean(_) => vec![TargetInput::Ks2Maths],
            ScoresUsed::Mean { .. } => vec![TargetInput::Ks2Reading, TargetInput::Ks2Maths],
        },
        TargetSource::Grade { measure, .. } | TargetSource::AsItIs { measure } => {
            vec![TargetInput::Grade(measure.clone())]
        }
        TargetSource::Pupils { start, .. } | TargetSource::Schools { start, .. } => match start {
            StartUsed::Ks2 { .. } => vec![TargetInput::Ks2Reading, TargetInput::Ks2Maths],
            StartUsed::AverageGcse(_) => vec![TargetInput::AverageGcse],
        },
        TargetSource::EightPoint { .. } => vec![TargetInput::EightPointAverage],
        TargetSource::Uplift { .. } => vec![TargetInput::LastYear],
    };
    inputs.into_iter().map(|input| (input, None)).collect()
}

/// What the methods of a chain ask for, each input once, in their order.
fn asked_for<'a>(
    policy: &'a Policy,
    inputs: &TargetInputs<'_>,
    chain: Option<usize>,
) -> Vec<Asked<'a>> {
    let chain = chain.and_then(|chain| policy.chains().get(chain));
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for method in chain.iter().flat_map(|chain| &chain.methods) {
        for (input, scale) in asked_by(policy, inputs, method) {
            if !asked.iter().any(|(held, _)| *held == input) {
                asked.push((input, scale));
            }
        }
    }
    asked
}

fn asked_by<'a>(
    policy: &'a Policy,
    inputs: &TargetInputs<'_>,
    method: &CompiledMethod,
) -> Vec<Asked<'a>> {
    let of_subject = policy.scales().by_id(inputs.scale);
    let reading = (TargetInput::Ks2Reading, None);
    let maths = (TargetInput::Ks2Maths, None);
    match method {
        CompiledMethod::ScoreLookup { measure, .. } => match measure.of(inputs.role) {
            ScoreMeasure::Reading => vec![reading],
            ScoreMeasure::Maths => vec![maths],
            ScoreMeasure::MeanOfReadingAndMaths => vec![reading, maths],
        },
        CompiledMethod::GradeLookup { table, measure, .. } => {
            let scale = read_by(policy, policy.tables().get(*table));
            vec![(TargetInput::Grade(measure.clone()), scale)]
        }
        CompiledMethod::EightPointLookup { .. } => vec![(TargetInput::EightPointAverage, None)],
        CompiledMethod::GradeAsTarget { measure } => {
            let own = measure.scale().and_then(|key| policy.scales().get(key));
            let scale = own.or(of_subject);
            vec![(TargetInput::Grade(measure.clone()), scale)]
        }
        // The figures say which of them is the start; the others make no difference.
        CompiledMethod::PupilBenchmark { .. } | CompiledMethod::SchoolBenchmark { .. } => {
            vec![reading, maths, (TargetInput::AverageGcse, None)]
        }
        CompiledMethod::LastYearUplift { .. } => vec![(TargetInput::LastYear, of_subject)],
        CompiledMethod::Teacher => Vec::new(),
    }
}

/// The scale of the grades that a table reads.
fn read_by<'a>(policy: &'a Policy, table: Option<&CompiledTable>) -> Option<&'a Scale> {
    match &table?.rows {
        CompiledRows::Grades { scale, .. } => policy.scales().by_id(*scale),
        CompiledRows::Scores(_) | CompiledRows::EightPointAverages(_) => None,
    }
}
