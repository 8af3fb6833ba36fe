//! The flight path: which grade is expected when.

use crate::model::scale::{Grade, Position, Scale};

/// What a path expects at one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The place on the scale, exactly (rounded down to 1/3000 of a grade on a straight line).
    pub position: Position,
    /// The best grade that lies at or under it.
    pub grade: Grade,
    /// The label of that grade.
    pub label: String,
}

/// The target less an allowance in whole grades, never under the scale's lowest grade. `None`
/// when the target is of another scale.
///
/// A band or a split target counts from its lower edge, as it does for *on target*.
pub fn with_allowance(scale: &Scale, target: Grade, allowance: Position) -> Option<Expected> {
    if target.scale() != scale.id() {
        return None;
    }
    expected(scale, target.lowest() - allowance)
}

/// A straight line from the starting point to the target. Days are numbers whose differences are
/// days; before the start the line stands at the starting point, after the end at the target.
/// `None` when a grade is of another scale.
pub fn straight_line(
    scale: &Scale,
    start: Grade,
    target: Grade,
    start_day: i32,
    end_day: i32,
    event_day: i32,
) -> Option<Expected> {
    if target.scale() != scale.id() || start.scale() != scale.id() {
        return None;
    }
    let (from, to) = (start.lowest(), target.lowest());
    let whole = i64::from(end_day) - i64::from(start_day);
    let gone = i64::from(event_day) - i64::from(start_day);
    if whole <= 0 || gone >= whole {
        return expected(scale, to);
    }
    let rise = i64::from((to - from).units());
    let risen = (rise * gone.max(0)).div_euclid(whole);
    let risen = i32::try_from(risen).unwrap_or_default();
    expected(scale, from + Position::from_units(risen))
}

fn expected(scale: &Scale, place: Position) -> Option<Expected> {
    let (lowest, highest) = scale.range();
    let position = place.max(lowest).min(highest);
    let grade = scale.at_or_under(position)?;
    Some(Expected {
        position,
        grade,
        label: scale.label(grade),
    })
}
