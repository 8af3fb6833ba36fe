//! Grades as people type them into a table: in full, or by their first letters.

use crate::model::scale::{GradeProblemKind, Scale};

/// Why what was typed is no grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTyped {
    /// It is the beginning of several grades: their labels.
    Several(Vec<String>),
    /// It is the beginning of none.
    Problem(GradeProblemKind),
}

/// The rest of what somebody has begun to type, where only one grade begins so.
pub fn completion(scale: &Scale, typed: &str) -> Option<String> {
    let mut could = scale.complete(typed);
    let only = could.pop()?;
    let goes_on = only.to_lowercase().starts_with(&typed.to_lowercase())
        && only.chars().count() > typed.chars().count();
    (could.is_empty() && goes_on).then_some(only)
}

/// The label of the grade that was typed, or of the only one that begins like it.
///
/// # Errors
/// [`NotTyped`], where that is no grade or more than one.
pub fn typed_grade(scale: &Scale, text: &str) -> Result<String, NotTyped> {
    let problem = match scale.parse(text) {
        Ok(grade) => return Ok(scale.label(grade)),
        Err(problem) => problem.kind,
    };
    let mut could = scale.complete(text);
    match (could.pop(), could.is_empty()) {
        (None, _) => Err(NotTyped::Problem(problem)),
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            could.push(last);
            Err(NotTyped::Several(could))
        }
    }
}
