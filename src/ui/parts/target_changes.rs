//! Which one input would give another proposed target, in sentences.

use flightpath_school::engine::what_if::{KnownInput, TargetChange, TargetChanges, TargetInput};
use flightpath_school::policy::{GradeMeasure, Policy};

use super::chances::start_words;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// A sentence for each change, and for each input that is not known and would give a target.
pub fn target_changes(i18n: Words, policy: &Policy, changes: &TargetChanges) -> Vec<String> {
    let nearest = changes.nearest.iter();
    let nearest = nearest.map(|change| nearest_words(i18n, policy, change));
    let lacking = changes.lacking.iter().map(|lacking| {
        let what = lacking_words(i18n, &lacking.input);
        if lacking.always {
            t_string!(i18n, targets.t_gives, what = what).to_string()
        } else {
            t_string!(i18n, targets.t_may_give, what = what).to_string()
        }
    });
    nearest.chain(lacking).collect()
}

fn nearest_words(i18n: Words, policy: &Policy, change: &TargetChange) -> String {
    let from = value_words(policy, &change.from);
    let to = value_words(policy, &change.to);
    let to = match &change.to {
        KnownInput::Ks2Reading(_) => t_string!(i18n, targets.t_reading, to = to).to_string(),
        KnownInput::Ks2Maths(_) => t_string!(i18n, targets.t_maths, to = to).to_string(),
        KnownInput::AverageGcse(_) => t_string!(i18n, targets.t_average, to = to).to_string(),
        KnownInput::EightPointAverage(_) => {
            t_string!(i18n, targets.t_eight_point, to = to).to_string()
        }
        KnownInput::LastYear(_) => t_string!(i18n, targets.t_last_year, to = to).to_string(),
        KnownInput::Grade(GradeMeasure::CatPredictedGcse, _) => {
            t_string!(i18n, targets.t_cat, to = to).to_string()
        }
        KnownInput::Grade(GradeMeasure::EyfsOutcome, _) => {
            t_string!(i18n, targets.t_eyfs, to = to).to_string()
        }
        KnownInput::Grade(GradeMeasure::KeyStage1, _) => {
            t_string!(i18n, targets.t_key_stage_1, to = to).to_string()
        }
        KnownInput::Grade(GradeMeasure::Benchmark(_), _) => {
            t_string!(i18n, targets.t_estimate, to = to).to_string()
        }
    };
    match change.proposed {
        Some(grade) => {
            let grade = policy.scales().label(grade);
            t_string!(i18n, targets.t_would, to = to, from = from, grade = grade).to_string()
        }
        None => t_string!(i18n, targets.t_would_not, to = to, from = from).to_string(),
    }
}

fn value_words(policy: &Policy, known: &KnownInput) -> String {
    match known {
        KnownInput::Ks2Reading(score) | KnownInput::Ks2Maths(score) => score.to_string(),
        KnownInput::AverageGcse(average) => start_words(*average),
        KnownInput::EightPointAverage(average) => average.to_string(),
        KnownInput::Grade(_, grade) | KnownInput::LastYear(grade) => policy.scales().label(*grade),
    }
}

fn lacking_words(i18n: Words, input: &TargetInput) -> &'static str {
    match input {
        TargetInput::Ks2Reading => t_string!(i18n, targets.t_a_reading),
        TargetInput::Ks2Maths => t_string!(i18n, targets.t_a_maths),
        TargetInput::AverageGcse => t_string!(i18n, targets.t_an_average),
        TargetInput::EightPointAverage => t_string!(i18n, targets.t_an_eight_point),
        TargetInput::LastYear => t_string!(i18n, targets.t_a_last_year),
        TargetInput::Grade(GradeMeasure::CatPredictedGcse) => t_string!(i18n, targets.t_a_cat),
        TargetInput::Grade(GradeMeasure::EyfsOutcome) => t_string!(i18n, targets.t_an_eyfs),
        TargetInput::Grade(GradeMeasure::KeyStage1) => t_string!(i18n, targets.t_a_key_stage_1),
        TargetInput::Grade(GradeMeasure::Benchmark(_)) => t_string!(i18n, targets.t_an_estimate),
    }
}
