//! Tracking events of a year.

use super::order::in_order;
use super::plain::plain;
use crate::journal::School;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table, Value};

/// Whether grades of an event can be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventState {
    /// Not yet.
    Planned,
    /// Now.
    Open,
    /// No longer; the policy that evaluates it is pinned.
    Closed,
}

impl EventState {
    /// The name that files keep.
    pub fn name(self) -> &'static str {
        match self {
            EventState::Planned => "planned",
            EventState::Open => "open",
            EventState::Closed => "closed",
        }
    }

    /// The state of this name.
    pub fn named(name: &str) -> Option<EventState> {
        [EventState::Planned, EventState::Open, EventState::Closed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// A tracking event (data drop).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingEvent {
    /// Identity, derived from year and key or name.
    pub id: Id,
    /// Its academic year.
    pub year: AcademicYear,
    /// Key of the policy's calendar entry, or empty.
    pub key: String,
    /// Name on screen.
    pub name: String,
    /// Date from which grades are entered.
    pub opens: Option<CivilDate>,
    /// Date by which grades must be in.
    pub deadline: Option<CivilDate>,
    /// Whether grades can be entered.
    pub state: EventState,
    /// What it asks for; empty where nothing is said, and then current and predicted grade.
    pub fields: Vec<Field>,
    /// Row of the policy that judges it, once closed; key and version where an earlier release closed it.
    pub pack: String,
}

/// The events of a year in the order of their dates; those without a date come last, by name.
pub fn events(school: &School, year: AcademicYear) -> Vec<TrackingEvent> {
    let one = |field, id| school.one(&ColumnKey::lasting(field), id);
    let text = |field, id| {
        one(field, id)
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned()
    };
    let events: Vec<TrackingEvent> = school
        .rows(Table::Events)
        .iter()
        .filter(|id| {
            one(Field::EventYear, **id).and_then(Value::as_whole) == Some(i64::from(year.0))
        })
        .map(|id| TrackingEvent {
            id: *id,
            year,
            key: text(Field::EventKey, *id),
            name: text(Field::EventName, *id),
            opens: one(Field::EventOpens, *id).and_then(Value::as_date),
            deadline: one(Field::EventDeadline, *id).and_then(Value::as_date),
            state: EventState::named(&text(Field::EventState, *id)).unwrap_or(EventState::Open),
            fields: text(Field::EventFields, *id)
                .split_whitespace()
                .filter_map(|name| name.parse().ok())
                .collect(),
            pack: text(Field::EventPack, *id),
        })
        .filter(|event| !event.name.is_empty())
        .collect();
    in_order(events, |event| {
        // A date begins with a digit, which goes before what stands for none.
        let opens = match event.opens {
            Some(opens) => opens.to_string(),
            None => "~".to_owned(),
        };
        (format!("{opens}\0{}", plain(&event.name)), event.id)
    })
}

/// What an event asks for when it does not say.
pub const USUAL_FIELDS: [Field; 4] = [
    Field::Current,
    Field::Predicted,
    Field::OnTarget,
    Field::AtlClass,
];

impl TrackingEvent {
    /// What it asks for.
    pub fn asks(&self) -> &[Field] {
        if self.fields.is_empty() {
            &USUAL_FIELDS
        } else {
            &self.fields
        }
    }

    /// Where the grade stands that a pupil works at: the last event of a year asks for the grade
    /// achieved in the year in its place.
    pub fn grade_column(&self, subject: Id) -> ColumnKey {
        let asks = |field| self.asks().contains(&field);
        if asks(Field::Achieved) && !asks(Field::Current) {
            ColumnKey::per_subject(Field::Achieved, self.year, subject)
        } else {
            ColumnKey::per_event(Field::Current, self.year, subject, self.id)
        }
    }

    /// Where the answer stands that makes the event complete for a pupil's subject: the grade
    /// that the pupil works at, else the forecast, else the target. Nothing where the event asks
    /// for no grade.
    pub fn answer_column(&self, subject: Id) -> Option<ColumnKey> {
        let asks = |field| self.asks().contains(&field);
        if asks(Field::Current) || asks(Field::Achieved) {
            Some(self.grade_column(subject))
        } else if asks(Field::Predicted) {
            Some(ColumnKey::per_event(
                Field::Predicted,
                self.year,
                subject,
                self.id,
            ))
        } else if asks(Field::Target) {
            Some(ColumnKey::per_subject(Field::Target, self.year, subject))
        } else {
            None
        }
    }

    /// Where a code stands that says why there is no grade; it counts as an answer.
    pub fn code_column(&self, subject: Id) -> ColumnKey {
        ColumnKey::per_event(Field::NoGrade, self.year, subject, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(fields: &[Field]) -> TrackingEvent {
        TrackingEvent {
            id: Id(1),
            year: AcademicYear(2026),
            key: String::new(),
            name: "June".to_owned(),
            opens: None,
            deadline: None,
            state: EventState::Open,
            fields: fields.to_vec(),
            pack: String::new(),
        }
    }

    #[test]
    fn the_last_event_of_a_year_reads_the_grade_achieved() {
        let subject = Id(2);
        let field = |fields: &[Field]| asking(fields).grade_column(subject).field();
        assert_eq!(field(&[Field::Achieved, Field::Comment]), Field::Achieved);
        assert_eq!(field(&[Field::Current, Field::Achieved]), Field::Current);
        assert_eq!(field(&[]), Field::Current);
    }

    #[test]
    fn an_event_is_answered_by_its_grade_else_forecast_else_target() {
        let subject = Id(2);
        let field = |fields: &[Field]| {
            asking(fields)
                .answer_column(subject)
                .map(|column| column.field())
        };
        assert_eq!(
            field(&[Field::Predicted, Field::Current]),
            Some(Field::Current)
        );
        assert_eq!(field(&[Field::Achieved]), Some(Field::Achieved));
        assert_eq!(field(&[Field::Predicted]), Some(Field::Predicted));
        assert_eq!(field(&[Field::Target]), Some(Field::Target));
        assert_eq!(field(&[Field::Comment]), None);
    }
}
