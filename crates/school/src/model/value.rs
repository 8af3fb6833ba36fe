//! The values that cells hold.

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::id::Id;

/// One value of a cell, in a form that files keep.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Written as empty: a value taken away is a value too.
    #[serde(rename = "blank")]
    Blank,
    /// Words.
    #[serde(rename = "t")]
    Text(Box<str>),
    /// A number in thousandths, so that halves, thirds of percents and whole numbers are exact.
    #[serde(rename = "n")]
    Number(i64),
    /// A civil date.
    #[serde(rename = "d")]
    Date(CivilDate),
    /// Yes or no.
    #[serde(rename = "f")]
    Flag(bool),
    /// Another row, of a class or a subject.
    #[serde(rename = "r")]
    Reference(Id),
    /// A grade: the key of its scale and its label there.
    #[serde(rename = "g")]
    Grade(Box<str>, Box<str>),
    /// A code that stands in place of a score, such as A for absent.
    #[serde(rename = "c")]
    Code(Box<str>),
}

impl Value {
    /// Words as a value; empty words are a blank.
    pub fn text(text: &str) -> Value {
        if text.is_empty() {
            Value::Blank
        } else {
            Value::Text(text.into())
        }
    }

    /// A whole number as a value.
    pub fn whole(number: i64) -> Value {
        Value::Number(number.saturating_mul(1000))
    }

    /// A grade as a value.
    pub fn grade(scale: &str, label: &str) -> Value {
        Value::Grade(scale.into(), label.into())
    }

    /// The words, where this is text or a code.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Code(text) => Some(text),
            _ => None,
        }
    }

    /// The number in thousandths.
    pub fn as_thousandths(&self) -> Option<i64> {
        match self {
            Value::Number(thousandths) => Some(*thousandths),
            _ => None,
        }
    }

    /// The number, where it is whole.
    pub fn as_whole(&self) -> Option<i64> {
        self.as_thousandths()
            .filter(|thousandths| thousandths % 1000 == 0)
            .map(|thousandths| thousandths / 1000)
    }

    /// Scale key and label of a grade.
    pub fn as_grade(&self) -> Option<(&str, &str)> {
        match self {
            Value::Grade(scale, label) => Some((scale, label)),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn as_flag(&self) -> Option<bool> {
        match self {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The date.
    pub fn as_date(&self) -> Option<CivilDate> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The row that is meant.
    pub fn as_reference(&self) -> Option<Id> {
        match self {
            Value::Reference(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether this is the empty value.
    pub fn is_blank(&self) -> bool {
        matches!(self, Value::Blank)
    }
}

/// Which values a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Words.
    Text,
    /// Numbers in thousandths.
    Number,
    /// A number or a code in its place.
    Score,
    /// Civil dates.
    Date,
    /// Yes or no.
    Flag,
    /// Another row.
    Reference,
    /// Grades of any scale.
    Grade,
    /// A grade or a code in its place.
    GradeOrCode,
    /// A mark: a number, a grade, or a code in their place.
    Mark,
}

impl ValueKind {
    /// Whether the value is of this kind, or blank.
    pub fn holds(self, value: &Value) -> bool {
        match value {
            Value::Blank => true,
            Value::Text(_) => self == ValueKind::Text,
            Value::Number(_) => {
                matches!(self, ValueKind::Number | ValueKind::Score | ValueKind::Mark)
            }
            Value::Date(_) => self == ValueKind::Date,
            Value::Flag(_) => self == ValueKind::Flag,
            Value::Reference(_) => self == ValueKind::Reference,
            Value::Grade(..) => matches!(
                self,
                ValueKind::Grade | ValueKind::GradeOrCode | ValueKind::Mark
            ),
            Value::Code(_) => matches!(
                self,
                ValueKind::Score | ValueKind::GradeOrCode | ValueKind::Mark
            ),
        }
    }
}
