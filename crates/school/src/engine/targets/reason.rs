//! What a proposal says of itself.

use crate::model::EightPointAverage;
use crate::model::scale::{Grade, Position};
use crate::national::{
    Distribution, NoBenchmark, Outcomes, Qualification, SchoolBenchmark, Source, Start,
};
use crate::policy::{GradeMeasure, Rounding, RowEnd, ScoreMeasure};

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
    /// The national figures are not at hand.
    FiguresNotHere,
    /// No published results are on the subject's scale.
    NoFiguresForScale,
    /// There is no average of GCSE points to start from.
    NoAverageGcse,
    /// There is no average on the old scale of eight points; an average of GCSEs graded 9–1 is not one.
    NoEightPointAverage,
    /// The figures give no benchmark here.
    NoBenchmark(NoBenchmark),
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
    /// An average on the old scale of eight points in a table.
    EightPoint {
        /// The average.
        average: EightPointAverage,
        /// The table and its row.
        row: TableRow,
    },
    /// A grade as it is.
    AsItIs {
        /// Which grade.
        measure: GradeMeasure,
    },
    /// What the top of the pupils with the same start have reached.
    Pupils {
        /// The top so many per cent.
        percent: u8,
        /// What the pupil starts from.
        start: StartUsed,
        /// What pupils with this start have reached.
        chances: ChancesTold,
        /// Place of the target among the grades of the figures.
        place: usize,
    },
    /// What pupils with the same start would reach in the schools at the top.
    Schools {
        /// The top so many per cent.
        percent: u8,
        /// What the pupil starts from.
        start: StartUsed,
        /// What pupils with this start reach on average, and what the schools at the top add, in grades.
        benchmark: SchoolBenchmark,
        /// Where the average comes from; for A level the value added, which may be older than the results.
        source: Source,
    },
    /// Last year's grade and more.
    Uplift {
        /// Label of last year's grade.
        last_year: String,
        /// How much more, in whole grades.
        whole_grades: Position,
    },
}

/// What a pupil starts from, for a national benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartUsed {
    /// KS2 reading and maths, of which the mean counts.
    Ks2 {
        /// Reading.
        reading: u8,
        /// Maths.
        maths: u8,
    },
    /// The average GCSE points.
    AverageGcse(Start),
}

impl StartUsed {
    /// The start in the measure of the figures.
    pub fn start(self) -> Start {
        match self {
            StartUsed::Ks2 { reading, maths } => Start::ks2_mean(reading, maths),
            StartUsed::AverageGcse(start) => start,
        }
    }
}

/// What pupils with the same start have reached nationally, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChancesTold {
    /// What they are of, which also says what starts are measured in.
    pub qualification: Qualification,
    /// Lowest start of their band.
    pub from: Start,
    /// Highest start, or where the next band begins.
    pub to: Start,
    /// Grades, worst first, and how many pupils reached each and no better one.
    pub grades: Vec<(String, u32)>,
    /// Where the figures come from.
    pub source: Source,
}

impl ChancesTold {
    /// A distribution of a publication.
    pub fn new(distribution: &Distribution<'_>, outcomes: &Outcomes) -> ChancesTold {
        let counts = distribution.counts.iter().copied();
        ChancesTold {
            qualification: outcomes.qualification,
            from: distribution.from,
            to: distribution.to,
            grades: distribution.grades.iter().cloned().zip(counts).collect(),
            source: outcomes.source().clone(),
        }
    }

    /// All results.
    pub fn results(&self) -> u32 {
        self.reaching(0)
    }

    /// How many reached the grade at this place or a better one.
    pub fn reaching(&self, place: usize) -> u32 {
        self.grades.iter().skip(place).map(|(_, count)| count).sum()
    }
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
    pub to: RowEnd,
    /// The target in the row.
    pub grade: String,
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
    /// Label of what the method gave, where the policy's lowest or highest target took its place.
    pub limited: Option<String>,
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
