//! The tracking events of a school year.

use serde::{Deserialize, Serialize};

use super::target_rules::Horizon;
use crate::model::scale::Position;
use crate::model::{AcademicYear, CivilDate, Field};

/// A day of the year without the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl MonthDay {
    /// A number by which days sort as they come in a school year, which begins on 1 September.
    pub fn in_school_year(self) -> u16 {
        let month = (u16::from(self.month) + 3) % 12;
        month * 32 + u16::from(self.day)
    }

    /// Its date in an academic year; nothing where the calendar has no such day then.
    pub fn date_in(self, year: AcademicYear) -> Option<CivilDate> {
        let calendar_year = year.calendar_year(self.month);
        CivilDate::new(i32::from(calendar_year), self.month, self.day)
    }

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
    /// All of them, in the order in which they are asked for.
    pub const ALL: [EventField; 10] = [
        EventField::Target,
        EventField::Current,
        EventField::Predicted,
        EventField::Achieved,
        EventField::OnTarget,
        EventField::Evidence,
        EventField::AtlClass,
        EventField::AtlHome,
        EventField::SpokenEnglish,
        EventField::Comment,
    ];

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

/// What kind of event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Targets are set.
    Targets,
    /// A short look in the middle of a term.
    MidTermAppraisal,
    /// The report at the end of a term.
    EndOfTermReport,
    /// The report at the end of the year.
    EndOfYearReport,
    /// The grades of the end of the year, without a report.
    EndOfYear,
    /// A tracking event of any other kind.
    TrackingEvent,
}

impl EventKind {
    /// All of them.
    pub const ALL: [EventKind; 6] = [
        EventKind::Targets,
        EventKind::MidTermAppraisal,
        EventKind::EndOfTermReport,
        EventKind::EndOfYearReport,
        EventKind::EndOfYear,
        EventKind::TrackingEvent,
    ];
}

/// One event of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEvent {
    /// Stable key within the pack, such as `october`.
    pub key: String,
    /// The school's own name for it; empty where its key is name enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What kind of event it is.
    pub kind: EventKind,
    /// When entry opens.
    pub opens: MonthDay,
    /// When entry is due.
    pub deadline: MonthDay,
    /// Year groups asked; empty for all of the pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i8>,
    /// What is asked for.
    pub fields: Vec<EventField>,
    /// Other fields for some year groups (the full report of a leaving year, for example).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<FieldException>,
    /// How many whole grades below the target a pupil may be at this event and still be on the
    /// flight path.
    #[serde(default)]
    pub allowance: Position,
    /// The day that predictions are for; that of the pupil's target where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicts: Option<Horizon>,
    /// What goes home to parents after it.
    #[serde(default, skip_serializing_if = "ReportKind::is_none")]
    pub report: ReportKind,
    /// The day on which it goes home, where that is not the deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<MonthDay>,
    /// Whether the form tutor writes a comment.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub tutor_comment: bool,
}

/// What parents receive after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// Nothing.
    #[default]
    None,
    /// A short one: grades and attitude.
    Short,
    /// A full one, with comments.
    Full,
}

impl ReportKind {
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
    fn is_none(&self) -> bool {
        *self == ReportKind::None
    }
}

/// Fields that replace an event's own for some year groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldException {
    /// For whom.
    pub years: Vec<i8>,
    /// What is asked for instead.
    pub fields: Vec<EventField>,
}

impl CalendarEvent {
    /// What the event asks for a pupil of this year group; nothing where it does not ask.
    pub fn fields_for(&self, year: i8) -> &[EventField] {
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
