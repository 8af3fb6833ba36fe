//! The school itself: its name, its year, its policy.

use crate::journal::School;
use crate::model::{AcademicYear, ColumnKey, Field, Id, Value};

/// What holds for the whole school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// Name of the school, empty where none is given.
    pub name: String,
    /// The academic year that the school works in, where one is set.
    pub year: Option<AcademicYear>,
    /// The policy in force: key of one that ships, or row of one that is kept; empty where none is chosen.
    pub pack: String,
    /// Whether the program made everything up.
    pub made_up: bool,
}

/// Reads what holds for the whole school.
pub fn setting(school: &School) -> Setting {
    let one = |field| school.one(&ColumnKey::lasting(field), Id::ONLY);
    Setting {
        name: one(Field::SchoolName)
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned(),
        year: one(Field::CurrentYear)
            .and_then(Value::as_whole)
            .and_then(|year| u16::try_from(year).ok())
            .map(AcademicYear),
        pack: one(Field::Pack)
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned(),
        made_up: one(Field::MadeUp).and_then(Value::as_flag) == Some(true),
    }
}
