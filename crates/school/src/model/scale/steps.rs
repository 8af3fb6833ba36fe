//! One grade after the other, up and down a scale.

use super::decimal::power_of_ten;
use super::{Grade, Ranks, Scale, ScaleKind};

/// The places that single grades have: ranks, or marks in units of the last decimal.
#[derive(Clone, Copy)]
struct Places {
    first: i64,
    last: i64,
    step: i64,
}

impl Scale {
    /// All single grades, worst first; on a decimal scale the marks in tenths, as people give
    /// them, or in whole points where it has no decimals.
    pub fn single_grades(&self) -> impl Iterator<Item = Grade> {
        let Places { first, last, step } = self.places();
        self.placed(places(first, last, step))
    }

    /// The single grades that are better than the worst one meant by a grade, nearest first: above
    /// `S-` begins with `S=`, and so does above the band `S`. None for a grade of another scale.
    pub fn above(&self, grade: Grade) -> impl Iterator<Item = Grade> {
        let Places { first, last, step } = self.places();
        let next = self.place_of(grade).map(|(lowest, _)| {
            let next = (lowest.div_euclid(step) + 1) * step;
            places(next.max(first), last, step)
        });
        self.placed(next.into_iter().flatten())
    }

    /// The single grades that are worse than the best one meant by a grade, nearest first. None
    /// for a grade of another scale.
    pub fn below(&self, grade: Grade) -> impl Iterator<Item = Grade> {
        let Places { first, last, step } = self.places();
        let next = self.place_of(grade).map(|(_, highest)| {
            let next = (highest - 1).div_euclid(step) * step;
            places(first, next.min(last), step).rev()
        });
        self.placed(next.into_iter().flatten())
    }

    fn places(&self) -> Places {
        match &self.definition.kind {
            ScaleKind::Graded(graded) => Places {
                first: 0,
                last: i64::try_from(graded.grades.len()).unwrap_or(0) - 1,
                step: 1,
            },
            ScaleKind::Decimal(decimal) => {
                let (first, last) = decimal.bounds();
                let step = power_of_ten(decimal.decimals.saturating_sub(1));
                Places { first, last, step }
            }
        }
    }

    /// The places of the worst and the best grade meant.
    fn place_of(&self, grade: Grade) -> Option<(i64, i64)> {
        if grade.scale != self.id {
            return None;
        }
        match (&self.definition.kind, grade.ranks) {
            (ScaleKind::Graded(_), Some(ranks)) => {
                Some((i64::from(ranks.lowest), i64::from(ranks.highest)))
            }
            (ScaleKind::Graded(_), None) => None,
            (ScaleKind::Decimal(decimal), _) => Some((
                decimal.mark_under(grade.lowest),
                decimal.mark_under(grade.highest),
            )),
        }
    }

    fn placed(&self, places: impl Iterator<Item = i64>) -> impl Iterator<Item = Grade> {
        places.filter_map(|place| match &self.definition.kind {
            ScaleKind::Graded(_) => {
                let rank = u8::try_from(place).ok()?;
                self.ranked(Ranks {
                    lowest: rank,
                    highest: rank,
                })
            }
            ScaleKind::Decimal(decimal) => Some(self.marked(decimal, place, place)),
        })
    }
}

/// Every `step`th place from `first` to `last`, both of which lie on a step.
fn places(first: i64, last: i64, step: i64) -> impl DoubleEndedIterator<Item = i64> {
    let step = step.max(1);
    (first.div_euclid(step)..=last.div_euclid(step)).map(move |number| number * step)
}
