//! What can be wrong with a pack.

use super::selector::{KeyStage, SubjectRole};
use crate::model::EightPointAverage;
use crate::model::scale::ScaleProblem;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackProblem {
    /// The place in the document, such as `tables[0].rows[3]`.
    pub place: String,
    /// What is wrong there.
    pub kind: PackProblemKind,
}

/// What is wrong in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackProblemKind {
    /// No scale has this key.
    UnknownScale(String),
    /// The scale has no such grade.
    UnknownGrade {
        /// Key of the scale.
        scale: String,
        /// The grade as written.
        grade: String,
    },
    /// No table of the pack has this key.
    UnknownTable(String),
    /// The table reads the other kind of input.
    WrongTable(String),
    /// The pack has no such curriculum.
    UnknownCurriculum(String),
    /// Two things have the same key.
    RepeatedKey(String),
    /// A range that ends before it begins.
    Backwards,
    /// A row that begins at or before the end of the row above it.
    Overlap,
    /// Scores or grades that no row covers, between this row and the one above it.
    Gap,
    /// The first row of a table begins above the lowest average: nothing covers what lies below.
    NotFromLowest,
    /// An average that no GCSEs on the old scale of eight points come to.
    BadAverage(EightPointAverage),
    /// A table, list or condition without content.
    Empty,
    /// A year group that is none.
    BadYear(i8),
    /// No chain of methods for this year group, curriculum and role.
    NoChain {
        /// The year group.
        year: i8,
        /// Key of the curriculum.
        curriculum: String,
        /// The role.
        role: SubjectRole,
    },
    /// No scale for this year group and curriculum.
    NoScale {
        /// The year group.
        year: i8,
        /// Key of the curriculum.
        curriculum: String,
    },
    /// Thresholds that are not in the order green, amber, red, or half a fine step.
    Thresholds,
    /// The scale has no thresholds.
    NoThresholds(String),
    /// Fine steps for a scale that has none.
    NoFineSteps(String),
    /// Two floors for the same curriculum, key stage and scale.
    TwoFloors {
        /// Key of the curriculum.
        curriculum: String,
        /// The key stage.
        key_stage: KeyStage,
        /// Key of the scale.
        scale: String,
    },
    /// A condition that does not fit the rule's scope: a count inside a subject's rule, or a
    /// subject's condition outside a count.
    WrongScope,
    /// The rule can never fire.
    NeverFires,
    /// More rules than the engine evaluates.
    TooManyRules {
        /// How many it evaluates.
        most: usize,
    },
    /// A day that no year has, or not every year.
    BadDay,
    /// A level outside 1 to 3.
    BadLevel(u8),
    /// A share of pupils or schools that the figures say nothing of.
    BadPercent(u8),
    /// A negative allowance or tolerance.
    Negative,
    /// Methods after the teacher's, or an entry after one that takes all of its pupils: nothing ever reaches it.
    Unreachable,
    /// A grade outside the lowest and highest target that a method may give.
    OutsideClamp {
        /// The grade.
        grade: String,
        /// The lowest target.
        lowest: String,
        /// The highest target.
        highest: String,
    },
    /// Grades of one scale where grades of another are needed, which cannot be compared with them.
    OtherScale {
        /// Key of the scale that stands there.
        scale: String,
        /// Key of the scale that is needed.
        needed: String,
    },
    /// A scale that cannot be: it has no grades, grades out of order, or the key of another one.
    BadScale(ScaleProblem),
    /// A deadline before the opening.
    DeadlineFirst,
    /// No measure of prior attainment has this name.
    UnknownMeasure(String),
    /// No event of the calendar has this key.
    UnknownEvent(String),
}
