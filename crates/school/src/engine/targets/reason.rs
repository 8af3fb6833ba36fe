//! What a proposal says of itself.

use crate::model::scale::{Grade, Position};
use crate::policy::{GradeMeasure, Rounding, ScoreMeasure};

/// The scores that a lookup used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoresUsed {
    /// Reading alone, as the policy says for this subject.
    Reading(u8),
    /// Maths alone, as the policy says for this subject.
    Maths(u8),
    /// The mean of the two.
    Mean {
        /// Reading.
        reading: u8,
        /// Maths.
        maths: u8,
        /// Whether the mean was a half and had to be rounded.
        rounded: Option<Rounding>,
    },
    /// Reading in place of the mean, because there is no maths score.
    ReadingForMean(u8),
    /// Maths in place of the mean, because there is no reading score.
    MathsForMean(u8),
}

/// Why a method gave no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// A score that it needs is missing.
    NoScore(ScoreMeasure),
    /// A code stands in place of a score that it needs.
    ScoreIsCode(ScoreMeasure),
    /// Two scores wait for a choice.
    ScoreInConflict(ScoreMeasure),
    /// The score lies in no row of the table.
    ScoreInNoRow {
        /// The scaled score looked up.
        score: u8,
    },
    /// There is no such grade.
    NoGrade,
    /// The grade lies in no row of the table (a predicted U).
    GradeInNoRow(Grade),
    /// The grade is of another scale than the table reads.
    TableReadsOtherScale(Grade),
    /// The target would be on another scale than the subject.
    TargetOnOtherScale(Grade),
    /// The teacher decides.
    TeacherDecides,
}

/// Where a proposal comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetSource {
    /// A scaled score in a table.
    Score {
        /// The score looked up.
        score: u8,
        /// What it was made of.
        used: ScoresUsed,
        /// The table and its row.
        row: TableRow,
    },
    /// A grade in a table.
    Grade {
        /// Which grade.
        measure: GradeMeasure,
        /// Its label.
        label: String,
        /// The table and its row.
        row: TableRow,
    },
    /// A grade as it is.
    AsItIs {
        /// Which grade.
        measure: GradeMeasure,
    },
    /// Last year's grade and more.
    Uplift {
        /// Label of last year's grade.
        last_year: String,
        /// How much more, in whole grades.
        whole_grades: Position,
    },
}

/// A row of a table, as a person would look it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Key of the table.
    pub table: String,
    /// The year that it was made for.
    pub year: String,
    /// Where it comes from.
    pub source: String,
    /// Place of the row, from 0.
    pub row: usize,
    /// Lower end.
    pub from: String,
    /// Upper end.
    pub to: String,
    /// The target in the row.
    pub grade: String,
    /// Whether the policy's lowest or highest target then took its place.
    pub clamped: bool,
}

/// A target, written and ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedGrade {
    /// Key of its scale.
    pub scale: String,
    /// Its label.
    pub label: String,
    /// The same for the engine.
    pub grade: Grade,
}

/// The way to a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetReason {
    /// Key of the pack.
    pub policy: String,
    /// Its version.
    pub version: u32,
    /// Place of the chain in the pack; none where no chain is for this pupil and subject.
    pub chain: Option<usize>,
    /// Methods that came first and gave nothing: their places in the chain, and why.
    pub passed_over: Vec<(usize, WhyNot)>,
    /// Place of the method that gave the target, and what it rests on.
    pub decided: Option<(usize, TargetSource)>,
}

/// What the policy proposes for one pupil and subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The target; none where the teacher decides or nothing applies.
    pub grade: Option<ProposedGrade>,
    /// Why.
    pub reason: TargetReason,
}
