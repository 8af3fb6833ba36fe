//! The tracking events of a year, as the policy's calendar has them.

use crate::journal::Draft;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value, keys};
use crate::policy::{CalendarEvent, PolicyPack};
use crate::view::EventState;

/// A tracking event of the sample school.
#[derive(Debug, Clone)]
pub(super) struct SampleEvent<'a> {
    pub id: Id,
    pub calendar: &'a CalendarEvent,
    pub opens: Option<CivilDate>,
    pub deadline: Option<CivilDate>,
    pub state: EventState,
    /// How much of the way from the year's beginning to its end is behind, 0 to 1.
    pub progress: f64,
}

/// The events of a year on a day: what has begun is closed but for the last, which is open. At
/// least one has begun.
pub(super) fn of_year(
    pack: &PolicyPack,
    year: AcademicYear,
    today: CivilDate,
) -> Vec<SampleEvent<'_>> {
    let count = pack.calendar.len();
    let mut events: Vec<SampleEvent<'_>> = pack
        .calendar
        .iter()
        .enumerate()
        .map(|(place, calendar)| SampleEvent {
            id: keys::event(year, &calendar.key),
            calendar,
            opens: calendar.opens.date_in(year),
            deadline: calendar.deadline.date_in(year),
            state: EventState::Planned,
            progress: place as f64 / count.saturating_sub(1).max(1) as f64,
        })
        .collect();
    if AcademicYear::of(today) != year {
        for event in &mut events {
            event.state = EventState::Closed;
        }
        return events;
    }
    let begun = events
        .iter()
        .filter(|event| event.opens.is_some_and(|opens| opens <= today))
        .count()
        .max(1);
    for (place, event) in events.iter_mut().enumerate().take(begun) {
        event.state = if place + 1 == begun {
            EventState::Open
        } else {
            EventState::Closed
        };
    }
    events
}

/// What a school calls an event of the calendar.
fn name(calendar: &CalendarEvent) -> String {
    let words = match calendar.key.as_str() {
        "september" => "September targets",
        "october" => "October",
        "december" => "December report",
        "february" => "February",
        "spring" => "Spring report",
        "june" => "End of year",
        other => other,
    };
    words.to_owned()
}

impl SampleEvent<'_> {
    /// Writes the event; what has closed names the policy that judged it.
    pub(super) fn write(&self, draft: &mut Draft, judge: Option<Id>, year: AcademicYear) {
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), self.id, value);
        let fields: Vec<String> = self
            .calendar
            .fields
            .iter()
            .map(|asked| asked.field().to_string())
            .collect();
        write(Field::EventName, Value::text(&name(self.calendar)));
        write(Field::EventKey, Value::text(&self.calendar.key));
        write(Field::EventYear, Value::whole(i64::from(year.0)));
        for (field, date) in [
            (Field::EventOpens, self.opens),
            (Field::EventDeadline, self.deadline),
        ] {
            if let Some(date) = date {
                write(field, Value::Date(date));
            }
        }
        write(Field::EventState, Value::text(self.state.name()));
        write(Field::EventFields, Value::text(&fields.join(" ")));
        if let Some(judge) = judge.filter(|_| self.state == EventState::Closed) {
            write(Field::EventPack, Value::text(&judge.to_string()));
        }
    }
}
