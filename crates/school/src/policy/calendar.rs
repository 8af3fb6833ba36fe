//! The tracking events of a school year.

use serde::{Deserialize, Serialize};

use crate::model::Field;
use crate::model::scale::Position;

/// A day of the year without the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl MonthDay {
    /// Whether such a day exists in every year.
    pub fn exists(self) -> bool {
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }
}

/// What a tracking event asks teachers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventField {
    /// The target.
    Target,
    /// The grade that the pupil works at.
    Current,
    /// The grade forecast.
    Predicted,
    /// The grade achieved this year, which is next year's starting point.
    Achieved,
    /// Whether the teacher believes the pupil to be on target.
    OnTarget,
    /// Attitude to learning in class.
    AtlClass,
    /// Attitude to learning at home.
    AtlHome,
    /// Level of spoken English.
    SpokenEnglish,
    /// A written comment.
    Comment,
    /// Which formal assessment the grade rests on.
    Evidence,
}

impl EventField {
    /// The field of the school that the answer is kept in.
    pub fn field(self) -> Field {
        match self {
            EventField::Target => Field::Target,
            EventField::Current => Field::Current,
            EventField::Predicted => Field::Predicted,
            EventField::Achieved => Field::Achieved,
            EventField::OnTarget => Field::OnTarget,
            EventField::AtlClass => Field::AtlClass,
            EventField::AtlHome => Field::AtlHome,
            EventField::SpokenEnglish => Field::SpokenEnglish,
            EventField::Comment => Field::Comment,
            EventField::Evidence => Field::Evidence,
        }
    }
}

/// One event of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEvent {
    /// Stable key within the pack, such as `october`.
    pub key: String,
    /// What kind of event it is, a code that the interface names.
    pub name: String,
    /// When entry opens.
    pub opens: MonthDay,
    /// When entry is due.
    pub deadline: MonthDay,
    /// Year groups asked; empty for all of the pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<u8>,
    /// What is asked for.
    pub fields: Vec<EventField>,
    /// Other fields for some year groups (the full report of a leaving year, for example).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<FieldException>,
    /// How many whole grades below the target a pupil may be at this event and still be on the
    /// flight path.
    #[serde(default)]
    pub allowance: Position,
}

/// Fields that replace an event's own for some year groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldException {
    /// For whom.
    pub years: Vec<u8>,
    /// What is asked for instead.
    pub fields: Vec<EventField>,
}

impl CalendarEvent {
    /// What the event asks for a pupil of this year group; nothing where it does not ask.
    pub fn fields_for(&self, year: u8) -> &[EventField] {
        if !self.years.is_empty() && !self.years.contains(&year) {
            return &[];
        }
        self.exceptions
            .iter()
            .find(|exception| exception.years.contains(&year))
            .map_or(self.fields.as_slice(), |exception| {
                exception.fields.as_slice()
            })
    }
}
