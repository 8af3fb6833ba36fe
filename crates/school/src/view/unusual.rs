//! What is so unusual in an answer that somebody should look at it once more: most often it was mistyped.

use super::standing::grade_of;
use crate::model::Value;
use crate::model::scale::Position;
use crate::policy::Policy;

/// So many whole grades below the grade before is unusual (`domain.md` section 6; the number is ours).
const FALL: Position = Position::from_whole_grades(2);

/// How far a grade lies below the one before, in whole grades, where that is unusual. Nothing where the two are of
/// different scales, or one of them is no grade.
pub fn fallen(policy: &Policy, before: &Value, now: &Value) -> Option<Position> {
    let (before, now) = (grade_of(policy, before)?, grade_of(policy, now)?);
    let above = now.whole_grades_from(before).ok()?;
    let below = -above;
    (below >= FALL).then_some(below)
}
