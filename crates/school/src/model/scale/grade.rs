//! A grade of a known scale, ready to be compared.

use super::position::Position;

/// The identity of a scale: 64 bits of the SHA-256 of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScaleId(pub(super) u64);

/// Ranks of a grade among its scale's grades, worst 0. They differ for a band or a split grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ranks {
    /// Rank of the worst grade meant.
    pub lowest: u8,
    /// Rank of the best grade meant.
    pub highest: u8,
}

/// A grade as the engine compares it: `Copy`, no text. [`Scale::label`](super::Scale::label)
/// writes it.
///
/// A band (`S`) or a split grade (`B/C`) is the range of grades it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grade {
    pub(super) scale: ScaleId,
    pub(super) lowest: Position,
    pub(super) highest: Position,
    pub(super) ranks: Option<Ranks>,
}

/// Two grades of different scales were to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalesDiffer {
    /// The scale of the grade.
    pub grade: ScaleId,
    /// The scale of what it was held against.
    pub against: ScaleId,
}

impl Grade {
    /// Its scale.
    pub fn scale(self) -> ScaleId {
        self.scale
    }

    /// The place of the worst grade meant.
    pub fn lowest(self) -> Position {
        self.lowest
    }

    /// The place of the best grade meant.
    pub fn highest(self) -> Position {
        self.highest
    }

    /// Its ranks; `None` on a decimal scale, which has no steps.
    pub fn ranks(self) -> Option<Ranks> {
        self.ranks
    }

    /// How far this grade lies above (positive) or below (negative) `target`, in whole grades.
    ///
    /// A range counts from its nearest edge: at or inside a band or a split target is nought,
    /// below it counts to its lower edge, above it from its upper one.
    ///
    /// # Errors
    /// When the two are of different scales.
    pub fn whole_grades_from(self, target: Grade) -> Result<Position, ScalesDiffer> {
        self.same_scale(target)?;
        Ok(Position::from_units(gap(
            self.lowest.units(),
            self.highest.units(),
            target.lowest.units(),
            target.highest.units(),
        )))
    }

    /// The same in fine steps (difference of rank); `None` where the scale has no steps.
    ///
    /// # Errors
    /// When the two are of different scales.
    pub fn fine_steps_from(self, target: Grade) -> Result<Option<i16>, ScalesDiffer> {
        self.same_scale(target)?;
        Ok(match (self.ranks, target.ranks) {
            (Some(own), Some(other)) => Some(rank_gap(own, other)),
            _ => None,
        })
    }

    fn same_scale(self, other: Grade) -> Result<(), ScalesDiffer> {
        if self.scale == other.scale {
            Ok(())
        } else {
            Err(ScalesDiffer {
                grade: self.scale,
                against: other.scale,
            })
        }
    }
}

/// Difference of rank between two ranges, nought where they touch.
pub(crate) fn rank_gap(own: Ranks, other: Ranks) -> i16 {
    if own.highest < other.lowest {
        i16::from(own.highest) - i16::from(other.lowest)
    } else if own.lowest > other.highest {
        i16::from(own.lowest) - i16::from(other.highest)
    } else {
        0
    }
}

fn gap(own_lowest: i32, own_highest: i32, lowest: i32, highest: i32) -> i32 {
    if own_highest < lowest {
        own_highest.saturating_sub(lowest)
    } else if own_lowest > highest {
        own_lowest.saturating_sub(highest)
    } else {
        0
    }
}
