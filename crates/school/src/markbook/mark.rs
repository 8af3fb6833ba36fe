//! What stands in a pupil's cell of an assessment.

use crate::journal::Shown;
use crate::model::Value;

/// A mark, or a grade where grades are entered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// In thousandths of a mark.
    Number(i64),
    /// A grade.
    Grade {
        /// Key of its scale.
        scale: String,
        /// Its label there.
        label: String,
    },
}

impl Mark {
    /// As a cell keeps it.
    pub fn value(&self) -> Value {
        match self {
            Mark::Number(thousandths) => Value::Number(*thousandths),
            Mark::Grade { scale, label } => Value::grade(scale, label),
        }
    }
}

/// What may stand instead of a mark; none of it ever counts as nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Instead {
    /// The pupil was not there.
    Absent,
    /// The pupil does not have to do it.
    Exempt,
    /// The pupil should have handed it in and has not.
    NotHandedIn,
}

impl Instead {
    /// All of them.
    pub const ALL: [Instead; 3] = [Instead::Absent, Instead::Exempt, Instead::NotHandedIn];

    /// The code that files keep.
    pub fn name(self) -> &'static str {
        match self {
            Instead::Absent => "absent",
            Instead::Exempt => "exempt",
            Instead::NotHandedIn => "not-handed-in",
        }
    }

    /// What of this code.
    pub fn named(name: &str) -> Option<Instead> {
        Instead::ALL.into_iter().find(|each| each.name() == name)
    }

    /// As a cell keeps it.
    pub fn value(self) -> Value {
        Value::Code(self.name().into())
    }
}

/// What stands in the cell of a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum MarkEntry {
    /// Nothing.
    #[default]
    Blank,
    /// A mark or grade.
    Mark(Mark),
    /// A word in its place.
    Instead(Instead),
    /// A code of a later release.
    Unknown(String),
    /// Values that nobody has chosen between; a blank may be among them.
    Several(Vec<Value>),
}

impl MarkEntry {
    /// Reads a cell.
    pub fn of(shown: &Shown<'_>) -> MarkEntry {
        match shown {
            Shown::Nothing => MarkEntry::Blank,
            Shown::Several(values) => {
                MarkEntry::Several(values.iter().map(|value| (*value).clone()).collect())
            }
            Shown::One(value) => match value {
                Value::Number(thousandths) => MarkEntry::Mark(Mark::Number(*thousandths)),
                Value::Grade(scale, label) => MarkEntry::Mark(Mark::Grade {
                    scale: scale.to_string(),
                    label: label.to_string(),
                }),
                Value::Code(code) => match Instead::named(code) {
                    Some(instead) => MarkEntry::Instead(instead),
                    None => MarkEntry::Unknown(code.to_string()),
                },
                _ => MarkEntry::Blank,
            },
        }
    }

    /// The mark, where there is just one.
    pub fn mark(&self) -> Option<&Mark> {
        match self {
            MarkEntry::Mark(mark) => Some(mark),
            _ => None,
        }
    }
}
