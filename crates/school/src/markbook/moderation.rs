//! Moderation of non-examined assessments across the classes of a subject.

use super::number::rounded;
use super::spread::Spread;
use crate::model::Id;

/// A pupil's mark before and after moderation, in thousandths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moderated {
    /// The class.
    pub class: Id,
    /// The pupil.
    pub pupil: Id,
    /// As the teacher gave it.
    pub original: Option<i64>,
    /// As moderated; nothing where it was not, or where there is no mark that it stands for.
    pub moderated: Option<i64>,
}

impl Moderated {
    /// The mark that counts.
    pub fn counts(&self) -> Option<i64> {
        self.moderated.or(self.original)
    }

    /// How far moderation raised (positive) or lowered the mark.
    pub fn difference(&self) -> Option<i64> {
        Some(self.moderated? - self.original?)
    }
}

/// What moderation did to one class, in thousandths of a per cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassDifference {
    /// The class.
    pub class: Id,
    /// Pupils with a mark.
    pub marked: usize,
    /// Of them, those whose mark was moderated.
    pub moderated: usize,
    /// Marks that moderation raised.
    pub raised: usize,
    /// Marks that it lowered.
    pub lowered: usize,
    /// The mean difference over the moderated ones.
    pub mean_difference: Option<i64>,
    /// The largest difference, whichever way.
    pub largest: Option<i64>,
    /// The marks as teachers gave them.
    pub original: Option<Spread>,
    /// The marks that count.
    pub counting: Option<Spread>,
}

/// Sums up by class, in the order in which the classes first stand.
pub fn by_class(rows: &[Moderated]) -> Vec<ClassDifference> {
    let mut classes: Vec<Id> = Vec::new();
    for row in rows {
        if !classes.contains(&row.class) {
            classes.push(row.class);
        }
    }
    classes
        .into_iter()
        .map(|class| {
            let own: Vec<&Moderated> = rows.iter().filter(|row| row.class == class).collect();
            let values = |of: fn(&Moderated) -> Option<i64>| -> Vec<i64> {
                own.iter().filter_map(|row| of(row)).collect()
            };
            let differences = values(Moderated::difference);
            let sum: i128 = differences.iter().map(|each| i128::from(*each)).sum();
            let count = i128::try_from(differences.len()).unwrap_or(0);
            let counting = values(Moderated::counts);
            ClassDifference {
                class,
                marked: counting.len(),
                moderated: values(|row| row.moderated).len(),
                raised: differences.iter().filter(|each| **each > 0).count(),
                lowered: differences.iter().filter(|each| **each < 0).count(),
                mean_difference: rounded(sum, count),
                largest: differences
                    .iter()
                    .copied()
                    .max_by_key(|each| (each.unsigned_abs(), *each)),
                original: Spread::of(&values(|row| row.original)),
                counting: Spread::of(&counting),
            }
        })
        .collect()
}
