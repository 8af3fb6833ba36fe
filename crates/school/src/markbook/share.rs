//! A mark as a share of what can be reached, and why one does not count.

use super::assessment::{Assessment, Measured};
use super::mark::{Instead, Mark, MarkEntry};
use super::number::rounded;
use crate::model::Value;
use crate::model::scale::ScaleSet;

/// Why a cell is left out of a mean. None of these is ever counted as nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyLeftOut {
    /// Nothing stands there.
    Blank,
    /// The pupil was absent.
    Absent,
    /// The pupil is exempt.
    Exempt,
    /// It was not handed in.
    NotHandedIn,
    /// Two values wait for a choice.
    Several,
    /// It is not said what is entered for the assessment, or its scale is not known.
    NotMeasured,
    /// A grade where marks are entered or the other way round, a grade of another scale, or a code
    /// of a later release.
    Unreadable,
    /// A mark above the highest: that was lowered afterwards.
    OutOfRange,
    /// The assessment weighs nothing.
    NoWeight,
    /// All marks of the assessment are equal, so that no standard score can be told.
    NoSpread,
}

/// A mark in thousandths of a per cent of the highest mark, halves up; nothing where there is no
/// highest.
pub fn percent(mark: i64, most: i64) -> Option<i64> {
    rounded(i128::from(mark) * 100_000, i128::from(most))
}

/// The mark that counts of a cell, and whether it is the moderated one. Moderation changes a mark that
/// there is: where the entry is blank or says why there is none, that stands, and the moderated mark
/// waits until there is one again. Where the entry is several marks, the moderated one settles it.
///
/// # Errors
/// [`WhyLeftOut`], where none counts.
pub fn counting<'a>(
    entry: &'a MarkEntry,
    moderated: &'a MarkEntry,
) -> Result<(&'a Mark, bool), WhyLeftOut> {
    let is_mark = |value: &Value| matches!(value, Value::Number(_) | Value::Grade(..));
    match entry {
        MarkEntry::Blank => return Err(WhyLeftOut::Blank),
        MarkEntry::Instead(Instead::Absent) => return Err(WhyLeftOut::Absent),
        MarkEntry::Instead(Instead::Exempt) => return Err(WhyLeftOut::Exempt),
        MarkEntry::Instead(Instead::NotHandedIn) => return Err(WhyLeftOut::NotHandedIn),
        MarkEntry::Unknown(_) => return Err(WhyLeftOut::Unreadable),
        MarkEntry::Several(values) if !values.iter().all(is_mark) => {
            return Err(WhyLeftOut::Several);
        }
        MarkEntry::Mark(_) | MarkEntry::Several(_) => {}
    }
    match moderated {
        MarkEntry::Mark(mark) => Ok((mark, true)),
        MarkEntry::Several(_) => Err(WhyLeftOut::Several),
        MarkEntry::Unknown(_) => Err(WhyLeftOut::Unreadable),
        MarkEntry::Blank | MarkEntry::Instead(_) => {
            let mark = entry.mark().ok_or(WhyLeftOut::Several)?;
            Ok((mark, false))
        }
    }
}

/// A mark's place between the lowest and the highest that the assessment knows, in thousandths of a
/// per cent: of marks, the share of the highest; of grades, how far up the scale it lies.
///
/// # Errors
/// [`WhyLeftOut`], where it has none.
pub fn share(assessment: &Assessment, mark: &Mark, scales: &ScaleSet) -> Result<i64, WhyLeftOut> {
    match (&assessment.measured, mark) {
        (None, _) => Err(WhyLeftOut::NotMeasured),
        (Some(Measured::Marks { most }), Mark::Number(mark)) => {
            if (0..=*most).contains(mark) {
                percent(*mark, *most).ok_or(WhyLeftOut::NotMeasured)
            } else {
                Err(WhyLeftOut::OutOfRange)
            }
        }
        (Some(Measured::Grades { scale }), Mark::Grade { scale: own, label }) if scale == own => {
            let scale = scales.get(scale).ok_or(WhyLeftOut::NotMeasured)?;
            let grade = scale.parse(label).map_err(|_| WhyLeftOut::Unreadable)?;
            let (lowest, highest) = scale.range();
            // A band counts as its middle.
            let middle = i128::from(grade.lowest().units()) + i128::from(grade.highest().units());
            let above = middle - 2 * i128::from(lowest.units());
            let range = 2 * i128::from((highest - lowest).units());
            rounded(above * 100_000, range).ok_or(WhyLeftOut::NotMeasured)
        }
        _ => Err(WhyLeftOut::Unreadable),
    }
}
