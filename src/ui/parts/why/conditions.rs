//! What the conditions of a rule ask.

use flightpath_school::policy::{Condition, ScaleGrade};

use super::names::{colour_name, grades_words};
use crate::i18n::t_string;
use crate::ui::say::Words;

/// A condition with the number of subjects that have to fulfil it.
pub(super) fn range_words(
    i18n: Words,
    what: String,
    at_least: u16,
    at_most: Option<u16>,
) -> String {
    match at_most {
        None => t_string!(
            i18n,
            why.ask_in_least,
            count = i32::from(at_least),
            what = what
        )
        .to_string(),
        Some(most) if most == at_least => t_string!(
            i18n,
            why.ask_in_exactly,
            count = i32::from(at_least),
            what = what
        )
        .to_string(),
        Some(most) => t_string!(
            i18n,
            why.ask_in_range,
            what = what,
            least = at_least,
            most = most
        )
        .to_string(),
    }
}

fn limits_words(grades: &[ScaleGrade]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for grade in grades {
        if !labels.contains(&grade.grade.as_str()) {
            labels.push(&grade.grade);
        }
    }
    labels.join(", ")
}

/// What a condition asks, in words.
pub fn condition_words(i18n: Words, condition: &Condition) -> String {
    let joined = |parts: &[Condition], or: bool| {
        let mut words = parts.iter().map(|part| condition_words(i18n, part));
        let first = words.next().unwrap_or_default();
        words.fold(first, |one, other| {
            if or {
                t_string!(i18n, why.ask_or, one = one, other = other).to_string()
            } else {
                t_string!(i18n, why.ask_and, one = one, other = other).to_string()
            }
        })
    };
    match condition {
        Condition::OffTarget => t_string!(i18n, why.ask_off_target).to_owned(),
        Condition::BelowFloor => t_string!(i18n, why.ask_below_floor).to_owned(),
        Condition::CurrentBelowTarget { at_least } => t_string!(
            i18n,
            why.ask_below_target,
            grades = grades_words(i18n, *at_least)
        )
        .to_string(),
        Condition::CurrentAtMost { grades } => {
            t_string!(i18n, why.ask_at_most, limit = limits_words(grades)).to_string()
        }
        Condition::CurrentUnder { grades } => {
            t_string!(i18n, why.ask_under, limit = limits_words(grades)).to_string()
        }
        Condition::Rag(rag) => colour_name(i18n, *rag),
        Condition::Subjects {
            r#where,
            at_least,
            at_most,
        } => range_words(i18n, condition_words(i18n, r#where), *at_least, *at_most),
        Condition::All(parts) => joined(parts, false),
        Condition::Any(parts) => joined(parts, true),
    }
}
