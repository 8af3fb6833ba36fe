//! Scales: ordered sets of grades, how they are read, written and compared.
//!
//! Scales are data. Those that ship stand in `packs/scales.json`; a school adds its own.

mod decimal;
mod definition;
mod grade;
mod position;
mod security;
mod set;
mod spelling;
mod steps;

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use decimal::{decimal_spellings, power_of_ten};
pub use definition::{
    BandDefinition, DecimalBand, DecimalScale, GradeDefinition, GradedScale, ScaleDefinition,
    ScaleKind, ScaleProblem,
};
pub(crate) use grade::rank_gap;
pub use grade::{Grade, Ranks, ScaleId, ScalesDiffer};
pub use position::{NotAPosition, Position};
pub use security::Security;
pub use set::{ComparedTwoScales, ScaleSet};
use spelling::{Number, graded_spellings, normalise, read_number, u8_of};

/// A number had more decimals than are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFine;

/// Reads `14`, `14.5` or `14,125` in thousandths; nothing where it is no number.
///
/// # Errors
/// [`TooFine`], where it has more than three decimals.
pub fn read_thousandths(text: &str) -> Result<Option<i64>, TooFine> {
    match read_number(text.trim(), 3) {
        Number::None => Ok(None),
        Number::TooFine => Err(TooFine),
        Number::Mark(thousandths) => Ok(Some(thousandths)),
    }
}

/// An ordered set of grades.
#[derive(Debug, Clone)]
pub struct Scale {
    definition: ScaleDefinition,
    id: ScaleId,
    /// Every spelling of a grade or band in its normal form. For a decimal scale the range is
    /// the index of the band.
    spellings: HashMap<String, Ranks>,
}

impl PartialEq for Scale {
    fn eq(&self, other: &Scale) -> bool {
        self.definition == other.definition
    }
}
impl Eq for Scale {}

/// Why a text is no grade of a scale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{entered}” is no grade of {scale}: {kind:?}")]
pub struct GradeProblem {
    /// Key of the scale.
    pub scale: String,
    /// What was entered.
    pub entered: String,
    /// What is wrong with it.
    pub kind: GradeProblemKind,
}

/// What is wrong with a text that should be a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GradeProblemKind {
    /// Nothing was entered.
    Empty,
    /// The scale has no such grade.
    Unknown,
    /// A split grade of two grades that are not neighbours, or on a scale that has none.
    NotNeighbours,
    /// A mark outside the scale's range, in points.
    OutOfRange {
        /// Lowest mark.
        lowest: i32,
        /// Highest mark.
        highest: i32,
    },
    /// More decimals than the scale allows.
    TooManyDecimals {
        /// How many it allows.
        most: u8,
    },
}

pub(crate) fn scale_id(key: &str) -> ScaleId {
    let digest = Sha256::digest(key.as_bytes());
    let first = digest
        .iter()
        .take(8)
        .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    ScaleId(first)
}

impl Scale {
    /// A scale from its definition.
    ///
    /// # Errors
    /// The first [`ScaleProblem`] found.
    pub fn new(definition: ScaleDefinition) -> Result<Scale, ScaleProblem> {
        if definition.key.trim().is_empty() {
            return Err(ScaleProblem::NoKey);
        }
        let spellings = match &definition.kind {
            ScaleKind::Graded(graded) => graded_spellings(graded)?,
            ScaleKind::Decimal(decimal) => decimal_spellings(decimal)?,
        };
        Ok(Scale {
            id: scale_id(&definition.key),
            definition,
            spellings,
        })
    }

    /// A decimal scale that a school makes on the spot. Its key is derived from its content, so
    /// that two people who make the same scale make one.
    ///
    /// About ten whole grades span it: a whole grade is the smallest of 1, 2, 5, 10, 20, 50 …
    /// points that a tenth of the range does not exceed (our choice; 2 points from 0 to 20).
    ///
    /// # Errors
    /// [`ScaleProblem::BadRange`] or [`ScaleProblem::TooManyDecimals`].
    pub fn made_decimal(
        name: &str,
        lowest: i32,
        highest: i32,
        decimals: u8,
    ) -> Result<Scale, ScaleProblem> {
        let range = i64::from(highest) - i64::from(lowest);
        let points_per_grade = [1_u16, 2, 5, 10, 20, 50, 100, 200, 500]
            .into_iter()
            .find(|points| i64::from(*points) * 10 >= range)
            .unwrap_or(1000);
        let mut slug = String::new();
        for letter in name.chars().flat_map(char::to_lowercase) {
            if letter.is_alphanumeric() {
                slug.push(letter);
            } else if !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        Scale::new(ScaleDefinition {
            key: format!("made-{slug}-{lowest}-{highest}-{decimals}"),
            name: name.trim().to_owned(),
            kind: ScaleKind::Decimal(DecimalScale {
                lowest,
                highest,
                decimals,
                points_per_grade,
                pass: None,
                unit: format!("/{highest}"),
                words: Vec::new(),
            }),
        })
    }

    /// Stable name for files and columns.
    pub fn key(&self) -> &str {
        &self.definition.key
    }

    /// Name for people.
    pub fn name(&self) -> &str {
        &self.definition.name
    }

    /// The identity that its grades carry.
    pub fn id(&self) -> ScaleId {
        self.id
    }

    /// The scale as data, to be stored.
    pub fn definition(&self) -> &ScaleDefinition {
        &self.definition
    }

    /// Labels of all grades, worst first, without bands; empty on a decimal scale.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.grades().iter().map(|grade| grade.label.as_str())
    }

    /// Labels of all grades and of the bands that stand for several at once, worst first; empty on a decimal scale.
    pub fn all_labels(&self) -> Vec<String> {
        let ScaleKind::Graded(graded) = &self.definition.kind else {
            return Vec::new();
        };
        let grades = graded.grades.iter().map(|grade| &grade.label);
        let mut labels: Vec<String> = grades
            .chain(graded.bands.iter().map(|band| &band.label))
            .cloned()
            .collect();
        labels.sort_by_key(|label| self.parse(label).map(|grade| grade.lowest()).ok());
        labels
    }

    /// Labels of everything that a target may be, worst first: those of [`Scale::all_labels`], and the split grades of
    /// a scale that has them. Empty on a decimal scale.
    pub fn target_labels(&self) -> Vec<String> {
        let mut labels = self.all_labels();
        let ScaleKind::Graded(graded) = &self.definition.kind else {
            return labels;
        };
        let second = graded
            .grades
            .len()
            .min(if graded.split { usize::MAX } else { 0 });
        let pairs = (1..second).map(|rank| Ranks {
            lowest: u8_of(rank - 1),
            highest: u8_of(rank),
        });
        labels.extend(pairs.map(|ranks| self.graded_label(graded, ranks)));
        labels.sort_by_key(|label| {
            let grade = self.parse(label);
            grade.map(|grade| (grade.lowest(), grade.highest())).ok()
        });
        labels
    }

    /// Positions of all grades by rank, worst first; empty on a decimal scale.
    pub fn positions(&self) -> Vec<Position> {
        self.grades().iter().map(|grade| grade.position).collect()
    }

    /// The lowest and the highest place on the scale.
    pub fn range(&self) -> (Position, Position) {
        match &self.definition.kind {
            ScaleKind::Graded(graded) => (
                graded.grades.first().map_or(Position::ZERO, |g| g.position),
                graded.grades.last().map_or(Position::ZERO, |g| g.position),
            ),
            ScaleKind::Decimal(decimal) => (
                decimal.position(i64::from(decimal.lowest) * power_of_ten(decimal.decimals)),
                decimal.position(i64::from(decimal.highest) * power_of_ten(decimal.decimals)),
            ),
        }
    }

    fn grades(&self) -> &[GradeDefinition] {
        match &self.definition.kind {
            ScaleKind::Graded(graded) => &graded.grades,
            ScaleKind::Decimal(_) => &[],
        }
    }

    /// Reads a grade as people write it.
    ///
    /// # Errors
    /// A [`GradeProblem`] that says what was entered and what is wrong.
    pub fn parse(&self, text: &str) -> Result<Grade, GradeProblem> {
        let plain = normalise(text);
        let read = match &self.definition.kind {
            _ if plain.is_empty() => Err(GradeProblemKind::Empty),
            ScaleKind::Graded(graded) => self.parse_graded(graded, &plain),
            ScaleKind::Decimal(decimal) => self.parse_decimal(decimal, &plain),
        };
        read.map_err(|kind| GradeProblem {
            scale: self.key().to_owned(),
            entered: text.to_owned(),
            kind,
        })
    }

    fn parse_graded(&self, graded: &GradedScale, plain: &str) -> Result<Grade, GradeProblemKind> {
        if let Some(ranks) = self.spellings.get(plain) {
            return self.ranked(*ranks).ok_or(GradeProblemKind::Unknown);
        }
        let one = |part: &str| self.spellings.get(part).filter(|r| r.lowest == r.highest);
        let Some((first, second)) = plain.split_once('/') else {
            return Err(GradeProblemKind::Unknown);
        };
        let (Some(first), Some(second)) = (one(first), one(second)) else {
            return Err(GradeProblemKind::Unknown);
        };
        if !graded.split || first.lowest.abs_diff(second.lowest) != 1 {
            return Err(GradeProblemKind::NotNeighbours);
        }
        let ranks = Ranks {
            lowest: first.lowest.min(second.lowest),
            highest: first.lowest.max(second.lowest),
        };
        self.ranked(ranks).ok_or(GradeProblemKind::Unknown)
    }

    fn parse_decimal(
        &self,
        decimal: &DecimalScale,
        plain: &str,
    ) -> Result<Grade, GradeProblemKind> {
        if let Some(band) = self.spellings.get(plain) {
            let (lowest, highest) = decimal
                .band_marks(usize::from(band.lowest))
                .ok_or(GradeProblemKind::Unknown)?;
            return Ok(self.marked(decimal, lowest, highest));
        }
        let unit = normalise(&decimal.unit);
        let digits = if unit.is_empty() {
            plain
        } else {
            plain.strip_suffix(unit.as_str()).unwrap_or(plain)
        };
        match read_number(digits, decimal.decimals) {
            Number::None => Err(GradeProblemKind::Unknown),
            Number::TooFine => Err(GradeProblemKind::TooManyDecimals {
                most: decimal.decimals,
            }),
            Number::Mark(mark) => {
                let (lowest, highest) = decimal.bounds();
                if (lowest..=highest).contains(&mark) {
                    Ok(self.marked(decimal, mark, mark))
                } else {
                    Err(GradeProblemKind::OutOfRange {
                        lowest: decimal.lowest,
                        highest: decimal.highest,
                    })
                }
            }
        }
    }

    /// The grade with these ranks; `None` when the scale has not so many.
    pub fn ranked(&self, ranks: Ranks) -> Option<Grade> {
        let place = |rank: u8| self.grades().get(usize::from(rank)).map(|g| g.position);
        Some(Grade {
            scale: self.id,
            lowest: place(ranks.lowest)?,
            highest: place(ranks.highest)?,
            ranks: Some(ranks),
        })
    }

    fn marked(&self, decimal: &DecimalScale, lowest: i64, highest: i64) -> Grade {
        Grade {
            scale: self.id,
            lowest: decimal.position(lowest),
            highest: decimal.position(highest),
            ranks: None,
        }
    }

    /// The best grade that lies at or under a place; the worst one where none does. On a decimal
    /// scale the mark at or under it that the decimals allow.
    pub fn at_or_under(&self, place: Position) -> Option<Grade> {
        match &self.definition.kind {
            ScaleKind::Graded(graded) => {
                let above = graded.grades.partition_point(|g| g.position <= place);
                let rank = u8_of(above.saturating_sub(1));
                self.ranked(Ranks {
                    lowest: rank,
                    highest: rank,
                })
            }
            ScaleKind::Decimal(decimal) => {
                let (lowest, highest) = decimal.bounds();
                let mark = decimal.mark_under(place).clamp(lowest, highest);
                Some(self.marked(decimal, mark, mark))
            }
        }
    }

    /// How a grade of this scale is written: `6=`, `S`, `B/C`, `7.5`, `NT`. Reading it gives the
    /// same grade again. Empty for a grade of another scale.
    pub fn label(&self, grade: Grade) -> String {
        if grade.scale != self.id {
            return String::new();
        }
        match (&self.definition.kind, grade.ranks) {
            (ScaleKind::Graded(graded), Some(ranks)) => self.graded_label(graded, ranks),
            (ScaleKind::Decimal(decimal), _) => {
                let lowest = decimal.mark_under(grade.lowest);
                let highest = decimal.mark_under(grade.highest);
                if lowest == highest {
                    return decimal.write(lowest);
                }
                let band = (0..decimal.words.len())
                    .find(|band| decimal.band_marks(*band) == Some((lowest, highest)));
                match band.and_then(|band| decimal.words.get(band)) {
                    Some(band) => band.label.clone(),
                    None => format!("{}–{}", decimal.write(lowest), decimal.write(highest)),
                }
            }
            (ScaleKind::Graded(_), None) => String::new(),
        }
    }

    fn graded_label(&self, graded: &GradedScale, ranks: Ranks) -> String {
        let label = |rank: u8| {
            graded
                .grades
                .get(usize::from(rank))
                .map_or("", |grade| grade.label.as_str())
        };
        if ranks.lowest == ranks.highest {
            return label(ranks.lowest).to_owned();
        }
        let band = graded
            .bands
            .iter()
            .find(|band| self.spellings.get(&normalise(&band.label)) == Some(&ranks));
        match band {
            Some(band) => band.label.clone(),
            None => format!("{}/{}", label(ranks.highest), label(ranks.lowest)),
        }
    }

    /// The labels that a beginning could still become, best match first: what it already means,
    /// then grades from the worst to the best, then bands. Nothing for an empty beginning.
    pub fn complete(&self, beginning: &str) -> Vec<String> {
        let plain = normalise(beginning);
        if plain.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<String> = self
            .parse(beginning)
            .map(|grade| self.label(grade))
            .into_iter()
            .collect();
        let fits = |label: &str, accepts: &[String]| {
            normalise(label).starts_with(&plain)
                || accepts
                    .iter()
                    .any(|word| normalise(word).starts_with(&plain))
        };
        let mut add = |label: &str, accepts: &[String]| {
            if fits(label, accepts) && !found.iter().any(|held| held == label) {
                found.push(label.to_owned());
            }
        };
        match &self.definition.kind {
            ScaleKind::Graded(graded) => {
                for grade in &graded.grades {
                    add(&grade.label, &grade.accepts);
                }
                for band in &graded.bands {
                    add(&band.label, &band.accepts);
                }
            }
            ScaleKind::Decimal(decimal) => {
                for band in &decimal.words {
                    add(&band.label, &band.accepts);
                }
            }
        }
        found
    }
}
