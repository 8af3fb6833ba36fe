//! A scale as data: how a school, a policy pack or this program writes one down.

use serde::{Deserialize, Serialize};

use super::position::Position;

/// A scale as it stands in JSON. [`Scale::new`](super::Scale::new) checks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Flat")]
pub struct ScaleDefinition {
    /// Stable name for files and columns, such as `gcse-9-1-fine`.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// What its grades are.
    #[serde(flatten)]
    pub kind: ScaleKind,
}

/// The two kinds of scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ScaleKind {
    /// Named grades in order.
    Graded(GradedScale),
    /// Numbers between two bounds.
    Decimal(DecimalScale),
}

/// Named grades in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GradedScale {
    /// Worst first.
    pub grades: Vec<GradeDefinition>,
    /// Names of several neighbouring grades at once, such as the BAF band `S`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<BandDefinition>,
    /// Whether two neighbouring grades may be given at once (`B/C`).
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub split: bool,
}

/// One grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeDefinition {
    /// How the grade is written.
    pub label: String,
    /// In whole grades from the scale's nought.
    pub position: Position,
    /// Other spellings accepted on entry; case, spaces and the kind of dash never matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
}

/// A name for neighbouring grades of a graded scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandDefinition {
    /// How the band is written.
    pub label: String,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// Its worst grade.
    pub from: String,
    /// Its best grade.
    pub to: String,
    /// What stands beside it on screen, such as the range of GCSE grades.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Numbers between two bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecimalScale {
    /// Lowest mark in points.
    pub lowest: i32,
    /// Highest mark in points.
    pub highest: i32,
    /// How many decimals a mark may have.
    pub decimals: u8,
    /// How many points count as one whole grade when a policy speaks of grades.
    pub points_per_grade: u16,
    /// The lowest mark that passes, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<i32>,
    /// What may follow a mark and means nothing more, such as `%` or `/20`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Words for ranges of marks, lowest first, each up to the next one's beginning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<DecimalBand>,
}

/// A word for a range of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecimalBand {
    /// How the word is written.
    pub label: String,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// Its lowest mark in points.
    pub from: i32,
}

/// A scale of either kind as one object, which is how it is read: serde's own way of reading an
/// object that is one of several kinds would weigh a tenth of the program.
#[derive(Deserialize)]
struct Flat {
    key: String,
    name: String,
    kind: FlatKind,
    #[serde(default)]
    grades: Vec<GradeDefinition>,
    #[serde(default)]
    bands: Vec<BandDefinition>,
    #[serde(default)]
    split: bool,
    lowest: Option<i32>,
    highest: Option<i32>,
    decimals: Option<u8>,
    points_per_grade: Option<u16>,
    pass: Option<i32>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    words: Vec<DecimalBand>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FlatKind {
    Graded,
    Decimal,
}

impl TryFrom<Flat> for ScaleDefinition {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let kind = match flat.kind {
            FlatKind::Graded => ScaleKind::Graded(GradedScale {
                grades: flat.grades,
                bands: flat.bands,
                split: flat.split,
            }),
            FlatKind::Decimal => ScaleKind::Decimal(DecimalScale {
                lowest: flat.lowest.ok_or("a decimal scale without `lowest`")?,
                highest: flat.highest.ok_or("a decimal scale without `highest`")?,
                decimals: flat.decimals.ok_or("a decimal scale without `decimals`")?,
                points_per_grade: flat.points_per_grade.unwrap_or(1),
                pass: flat.pass,
                unit: flat.unit,
                words: flat.words,
            }),
        };
        Ok(ScaleDefinition {
            key: flat.key,
            name: flat.name,
            kind,
        })
    }
}

/// Why a definition is no scale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScaleProblem {
    /// The key is empty.
    #[error("a scale without a key")]
    NoKey,
    /// There are no grades.
    #[error("a scale without grades")]
    NoGrades,
    /// More than 255 grades.
    #[error("more than 255 grades")]
    TooManyGrades,
    /// One spelling stands for two things.
    #[error("“{0}” stands for two grades")]
    Ambiguous(String),
    /// A grade does not lie above the one before it.
    #[error("“{0}” does not lie above the grade before it")]
    NotAscending(String),
    /// A band that names a grade which is not there, or ends before it begins.
    #[error("the band “{0}” is no range of this scale's grades")]
    BadBand(String),
    /// The highest mark is not above the lowest, or the range is wider than 10,000 points.
    #[error("the marks from {lowest} to {highest} are no range")]
    BadRange {
        /// As given.
        lowest: i32,
        /// As given.
        highest: i32,
    },
    /// So many decimals that a mark would not be exact.
    #[error("at most {most} decimals on this range")]
    TooManyDecimals {
        /// How many there can be.
        most: u8,
    },
    /// The set holds another scale of this key.
    #[error("another scale has the key “{0}”")]
    KeyTaken(String),
}
