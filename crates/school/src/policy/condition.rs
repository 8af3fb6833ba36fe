//! What a trigger asks, as data.

use serde::{Deserialize, Serialize};

use super::status_rules::{Rag, ScaleGrade};
use crate::model::scale::Position;

/// A condition of a trigger. All but [`Condition::Subjects`], [`Condition::All`] and
/// [`Condition::Any`] are about one subject of a pupil at one event.
///
/// Every condition is true, false or unknown. *Any* is true if one part is, else unknown if one
/// is; *all* is false if one part is, else unknown if one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The pupil is off target.
    OffTarget,
    /// The current grade lies below the floor of the curriculum and key stage.
    BelowFloor,
    /// The current grade lies so many whole grades below the target, or more.
    CurrentBelowTarget {
        /// In whole grades.
        at_least: Position,
    },
    /// The current grade is this one or worse, on one of these scales. False on any other scale.
    CurrentAtMost {
        /// The grade on each scale.
        grades: Vec<ScaleGrade>,
    },
    /// The current grade is worse than this one, on one of these scales. False on any other scale.
    CurrentUnder {
        /// The grade on each scale.
        grades: Vec<ScaleGrade>,
    },
    /// The judgement has this colour.
    Rag(Rag),
    /// So many of the pupil's subjects fulfil a condition. Unknown subjects never count.
    Subjects {
        /// What a subject must fulfil.
        r#where: Box<Condition>,
        /// This many or more.
        at_least: u16,
        /// And not more than this, where given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<u16>,
    },
    /// Every part.
    All(Vec<Condition>),
    /// At least one part.
    Any(Vec<Condition>),
}
