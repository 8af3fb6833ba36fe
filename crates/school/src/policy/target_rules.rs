//! Where targets come from: chains of methods and the tables that they read.

use serde::{Deserialize, Serialize};

use super::selector::{Selector, SubjectRole};
use crate::model::EightPointAverage;
use crate::model::scale::Position;

/// A table from a score, a grade or an average to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FlatTable")]
pub struct LookupTable {
    /// Stable key within the pack.
    pub key: String,
    /// The year it was made for, as the source writes it (`2019/20`).
    pub year: String,
    /// Where it comes from; shown wherever a target names it.
    pub source: String,
    /// Key of the scale of its targets.
    pub scale: String,
    /// What it reads, and its rows.
    #[serde(flatten)]
    pub rows: TableRows,
}

/// A table as one object, which is how it is read: serde's own way of reading an object that is one
/// of several kinds would weigh a tenth of the program.
#[derive(Deserialize)]
struct FlatTable {
    key: String,
    year: String,
    source: String,
    scale: String,
    scores: Option<Vec<ScoreRow>>,
    grades: Option<FlatGrades>,
    eight_point_averages: Option<Vec<AverageRow>>,
}

#[derive(Deserialize)]
struct FlatGrades {
    scale: String,
    rows: Vec<GradeRow>,
}

impl TryFrom<FlatTable> for LookupTable {
    type Error = &'static str;

    fn try_from(flat: FlatTable) -> Result<Self, Self::Error> {
        let rows = match (flat.scores, flat.grades, flat.eight_point_averages) {
            (Some(scores), None, None) => TableRows::Scores(scores),
            (None, Some(FlatGrades { scale, rows }), None) => TableRows::Grades { scale, rows },
            (None, None, Some(averages)) => TableRows::EightPointAverages(averages),
            _ => {
                return Err(
                    "a table must have one of `scores`, `grades` and `eight_point_averages`",
                );
            }
        };
        Ok(LookupTable {
            key: flat.key,
            year: flat.year,
            source: flat.source,
            scale: flat.scale,
            rows,
        })
    }
}

/// The rows of a table, lowest first, without gaps or overlaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TableRows {
    /// By scaled score.
    Scores(Vec<ScoreRow>),
    /// By grade.
    Grades {
        /// Key of the scale that it reads.
        scale: String,
        /// The rows.
        rows: Vec<GradeRow>,
    },
    /// By average GCSE points on the old scale of eight points. A row goes on to where the next begins, so there
    /// are no gaps.
    EightPointAverages(Vec<AverageRow>),
}

/// What a table reads, without its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// A scaled score.
    Scores,
    /// A grade.
    Grades,
    /// Average GCSE points on the old scale of eight points.
    EightPointAverages,
}

impl TableRows {
    /// What it reads.
    pub fn kind(&self) -> TableKind {
        match self {
            TableRows::Scores(_) => TableKind::Scores,
            TableRows::Grades { .. } => TableKind::Grades,
            TableRows::EightPointAverages(_) => TableKind::EightPointAverages,
        }
    }

    /// The row at a place: where it begins, where it ends, and its target.
    pub fn row(&self, place: usize) -> Option<(String, RowEnd, &str)> {
        Some(match self {
            TableRows::Scores(rows) => {
                let row = rows.get(place)?;
                let to = RowEnd::At(row.to.to_string());
                (row.from.to_string(), to, row.grade.as_str())
            }
            TableRows::Grades { rows, .. } => {
                let row = rows.get(place)?;
                (row.from.clone(), RowEnd::At(row.to.clone()), &row.grade)
            }
            TableRows::EightPointAverages(rows) => {
                let row = rows.get(place)?;
                let next = rows.get(place + 1);
                let to = next.map_or(RowEnd::Open, |next| RowEnd::Under(next.from.to_string()));
                (row.from.to_string(), to, &row.grade)
            }
        })
    }

    /// The targets that its rows give, in their order.
    pub fn targets(&self) -> Vec<&str> {
        match self {
            TableRows::Scores(rows) => rows.iter().map(|row| row.grade.as_str()).collect(),
            TableRows::Grades { rows, .. } => rows.iter().map(|row| row.grade.as_str()).collect(),
            TableRows::EightPointAverages(rows) => {
                rows.iter().map(|row| row.grade.as_str()).collect()
            }
        }
    }
}

/// Where a row of a table ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowEnd {
    /// With this, which is still in it.
    At(String),
    /// Before this, where the next row begins.
    Under(String),
    /// Nowhere: it is the last of a table whose rows only begin.
    Open,
}

/// Scaled scores that have the same target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreRow {
    /// Lowest scaled score.
    pub from: u8,
    /// Highest scaled score.
    pub to: u8,
    /// The target.
    pub grade: String,
}

/// Grades that have the same target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeRow {
    /// Lowest grade.
    pub from: String,
    /// Highest grade.
    pub to: String,
    /// The target.
    pub grade: String,
}

/// Averages that have the same target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AverageRow {
    /// Lowest average.
    pub from: EightPointAverage,
    /// The target.
    pub grade: String,
}

/// Which KS2 scaled score a subject's target is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreMeasure {
    /// The reading score.
    Reading,
    /// The maths score.
    Maths,
    /// The mean of the two.
    MeanOfReadingAndMaths,
}

/// Which measure each kind of subject reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreChoice {
    /// For English.
    pub english: ScoreMeasure,
    /// For maths.
    pub maths: ScoreMeasure,
    /// For every other subject.
    pub other: ScoreMeasure,
}

impl ScoreChoice {
    /// The measure for a subject of this role.
    pub fn of(&self, role: SubjectRole) -> ScoreMeasure {
        match role {
            SubjectRole::English => self.english,
            SubjectRole::Maths => self.maths,
            SubjectRole::Other => self.other,
        }
    }
}

/// How a mean that lies between two scores is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 90.5 is 91.
    #[default]
    HalfUp,
    /// 90.5 is 90.
    HalfDown,
}

/// What to do for a mean where one of the two scores is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingOne {
    /// Use the other one, and say so.
    #[default]
    UseOther,
    /// The method does not apply.
    NextMethod,
}

/// The lowest and highest target that a chain proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clamp {
    /// Key of the scale of both; proposals on another scale are left as they are.
    pub scale: String,
    /// Label of the lowest target.
    pub lowest: String,
    /// Label of the highest target.
    pub highest: String,
}

/// The day that a target or a prediction is for. Only equal horizons are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// The end of this year.
    #[default]
    EndOfYear,
    /// The end of the key stage.
    EndOfKeyStage,
    /// The examination.
    Examination,
}

/// A grade that stands beside a pupil and can be looked up or taken over.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GradeMeasure {
    /// The GCSE grade that CAT4 predicts.
    CatPredictedGcse,
    /// The outcome of the early years foundation stage in reading, writing or maths, as the subject is.
    EyfsOutcome,
    /// The teacher assessment at the end of key stage 1 in reading, writing or maths, as the subject is.
    #[serde(rename = "key_stage_1")]
    KeyStage1,
    /// An imported estimate of this source (`fft20`, `alps`).
    Benchmark(String),
}

impl GradeMeasure {
    /// Key of the scale that it is on, where it is always the same.
    pub fn scale(&self) -> Option<&'static str> {
        match self {
            GradeMeasure::CatPredictedGcse => Some("gcse-9-1-fine"),
            GradeMeasure::EyfsOutcome => Some("eyfs-goal"),
            GradeMeasure::KeyStage1 => Some("primary-ta"),
            GradeMeasure::Benchmark(_) => None,
        }
    }
}

/// The tops of the schools that the figures say something of, in per cent.
pub const SCHOOL_PERCENTS: [u8; 5] = [50, 25, 20, 10, 5];

/// One way to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case", try_from = "FlatMethod")]
pub enum TargetMethod {
    /// A KS2 scaled score in a table.
    ScoreLookup {
        /// Key of the table.
        table: String,
        /// Which score for which subject.
        #[serde(rename = "scores")]
        measure: ScoreChoice,
        /// How a mean is rounded.
        rounding: Rounding,
        /// What to do when one score of a mean is missing.
        missing_one: MissingOne,
    },
    /// A grade in a table.
    GradeLookup {
        /// Key of the table.
        table: String,
        /// Which grade.
        measure: GradeMeasure,
    },
    /// Average GCSE points on the old scale of eight points in a table: the minimum expected grade of old.
    EightPointLookup {
        /// Key of the table.
        table: String,
    },
    /// A grade that stands beside the pupil, as it is.
    GradeAsTarget {
        /// Which grade.
        measure: GradeMeasure,
    },
    /// What the top of the pupils with the same start have reached, by open national figures.
    PupilBenchmark {
        /// The top so many per cent, 1 to 99.
        percent: u8,
    },
    /// What pupils with the same start would reach in the schools at the top, by open national figures.
    SchoolBenchmark {
        /// The top so many per cent of schools: one of [`SCHOOL_PERCENTS`].
        percent: u8,
    },
    /// The grade of the end of last year and so much more.
    LastYearUplift {
        /// In whole grades; the best grade not above the sum is proposed.
        whole_grades: Position,
    },
    /// The teacher decides; nothing is proposed.
    Teacher,
}

impl TargetMethod {
    /// Key of the table that it looks up in.
    pub fn table(&self) -> Option<&str> {
        match self {
            TargetMethod::ScoreLookup { table, .. }
            | TargetMethod::GradeLookup { table, .. }
            | TargetMethod::EightPointLookup { table } => Some(table),
            TargetMethod::GradeAsTarget { .. }
            | TargetMethod::PupilBenchmark { .. }
            | TargetMethod::SchoolBenchmark { .. }
            | TargetMethod::LastYearUplift { .. }
            | TargetMethod::Teacher => None,
        }
    }
}

/// A method as one object; see [`FlatTable`].
#[derive(Deserialize)]
struct FlatMethod {
    method: MethodName,
    table: Option<String>,
    /// Of a score lookup.
    scores: Option<ScoreChoice>,
    /// Of the methods that read a grade.
    measure: Option<GradeMeasure>,
    #[serde(default)]
    rounding: Rounding,
    #[serde(default)]
    missing_one: MissingOne,
    whole_grades: Option<Position>,
    /// Of the benchmarks.
    percent: Option<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodName {
    ScoreLookup,
    GradeLookup,
    EightPointLookup,
    GradeAsTarget,
    PupilBenchmark,
    SchoolBenchmark,
    LastYearUplift,
    Teacher,
}

impl TryFrom<FlatMethod> for TargetMethod {
    type Error = &'static str;

    fn try_from(flat: FlatMethod) -> Result<Self, Self::Error> {
        let table = flat.table.ok_or("a lookup without `table`");
        let percent = flat.percent.ok_or("a benchmark without `percent`");
        Ok(match flat.method {
            MethodName::ScoreLookup => TargetMethod::ScoreLookup {
                table: table?,
                measure: flat.scores.ok_or("a score lookup without `scores`")?,
                rounding: flat.rounding,
                missing_one: flat.missing_one,
            },
            MethodName::GradeLookup => TargetMethod::GradeLookup {
                table: table?,
                measure: flat.measure.ok_or("a grade lookup without `measure`")?,
            },
            MethodName::EightPointLookup => TargetMethod::EightPointLookup { table: table? },
            MethodName::GradeAsTarget => TargetMethod::GradeAsTarget {
                measure: flat.measure.ok_or("a grade as target without `measure`")?,
            },
            MethodName::PupilBenchmark => TargetMethod::PupilBenchmark { percent: percent? },
            MethodName::SchoolBenchmark => TargetMethod::SchoolBenchmark { percent: percent? },
            MethodName::LastYearUplift => TargetMethod::LastYearUplift {
                whole_grades: flat
                    .whole_grades
                    .ok_or("an uplift without `whole_grades`")?,
            },
            MethodName::Teacher => TargetMethod::Teacher,
        })
    }
}

/// The methods for some pupils and subjects, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetChain {
    /// For whom.
    #[serde(default)]
    pub when: Selector,
    /// The day that these targets are for.
    #[serde(default, skip_serializing_if = "is_end_of_year")]
    pub horizon: Horizon,
    /// Lowest and highest target, whatever method gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clamp: Option<Clamp>,
    /// In order: the first that applies gives the proposal.
    pub methods: Vec<TargetMethod>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_end_of_year(horizon: &Horizon) -> bool {
    *horizon == Horizon::EndOfYear
}
