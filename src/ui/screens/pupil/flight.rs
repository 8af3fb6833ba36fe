//! The flight path of one subject, from the stored grades and the policy's path.

use flightpath_school::engine::flight::{straight_line, with_allowance};
use flightpath_school::model::scale::{Grade, Scale};
use flightpath_school::model::{CivilDate, ColumnKey, Field};
use flightpath_school::policy::FlightPath;
use flightpath_school::view::standing::{grade_of, scale_of};
use flightpath_school::view::{Pupil, Subject, TrackingEvent};

use crate::app::{Core, Lists};
use crate::i18n::t_string;
use crate::platform::clock::{self, DateParts};
use crate::ui::parts::plot::{Flight, Point, Stop, ticks};
use crate::ui::say::Words;

/// Days between events that have no dates, and between the year's beginning and the first.
const DAYS_APART: i32 = 30;

/// A stop before its path is known.
struct Seen<'a> {
    event: &'a TrackingEvent,
    day: i32,
    current: Option<Grade>,
    predicted: Option<Grade>,
}

/// The flight of a pupil in a subject; nothing where no scale is known for it.
pub fn of(
    i18n: Words,
    core: &Core,
    lists: &Lists,
    pupil: &Pupil,
    subject: &Subject,
) -> Option<Flight> {
    let policy = core.policy()?;
    let school = core.school();
    let read = |key: ColumnKey| {
        let value = school.shown_at(&key, pupil.position).one()?;
        grade_of(policy, value)
    };
    let year = lists.year;
    let target = read(ColumnKey::per_subject(Field::Target, year, subject.id));
    let achieved = read(ColumnKey::per_subject(
        Field::Achieved,
        year.previous(),
        subject.id,
    ));
    let begins = CivilDate::new(i32::from(year.0), 9, 1)?.day_number();
    let has_dates = lists.events.iter().all(|event| event.opens.is_some());
    let seen: Vec<Seen<'_>> = (1_i32..)
        .zip(&lists.events)
        .map(|(number, event)| Seen {
            event,
            day: match event.opens {
                Some(date) if has_dates => date.day_number(),
                _ => begins.saturating_add(number.saturating_mul(DAYS_APART)),
            },
            current: read(event.grade_column(subject.id)),
            predicted: read(ColumnKey::per_event(
                Field::Predicted,
                event.year,
                subject.id,
                event.id,
            )),
        })
        .filter(|seen| asks_grade(seen.event) || seen.current.is_some() || seen.predicted.is_some())
        .collect();
    let first = seen.iter().find_map(|seen| Some((seen.day, seen.current?)));
    let scale = target
        .or(first.map(|(_, grade)| grade))
        .or(achieved)
        .and_then(|grade| policy.scales().by_id(grade.scale()))
        .or_else(|| scale_of(policy, subject, pupil.year_group))?;
    let start = achieved
        .filter(|grade| grade.scale() == scale.id())
        .map(|grade| (begins, grade))
        .or(first);
    let kind = policy.pack().status.flight_path;
    let last_day = seen.iter().map(|seen| seen.day).max().unwrap_or(begins);
    let expected = |seen: &Seen<'_>| {
        let expected = match kind {
            FlightPath::Allowance => {
                let allowance = policy.pack().event(&seen.event.key)?.allowance;
                with_allowance(scale, target?, allowance)?
            }
            FlightPath::Corridor => {
                return point(scale, policy.corridor(&seen.event.key, target?)?.0);
            }
            FlightPath::StraightLine => {
                let (day, grade) = start?;
                straight_line(scale, grade, target?, day, last_day, seen.day)?
            }
        };
        Some(Point {
            place: expected.position,
            label: expected.label,
        })
    };
    let mut flight = Flight {
        subject: subject.name.clone(),
        begins,
        start: start.and_then(|(day, grade)| Some((day, point(scale, grade)?))),
        from_start: kind == FlightPath::StraightLine,
        target: target.and_then(|grade| point(scale, grade)),
        stops: seen
            .iter()
            .map(|seen| Stop {
                name: seen.event.name.clone(),
                short: short(i18n, seen.event),
                day: seen.day,
                path: expected(seen),
                ceiling: target
                    .and_then(|target| policy.corridor(&seen.event.key, target))
                    .and_then(|(_, highest)| point(scale, highest)),
                current: seen.current.and_then(|grade| point(scale, grade)),
                predicted: seen.predicted.and_then(|grade| point(scale, grade)),
            })
            .collect(),
        axis: Vec::new(),
    };
    flight.axis = ticks(scale, flight.span());
    Some(flight)
}

fn asks_grade(event: &TrackingEvent) -> bool {
    event
        .asks()
        .iter()
        .any(|field| matches!(field, Field::Current | Field::Predicted | Field::Achieved))
}

/// A grade as a point of its scale; a band stands at its lower edge, as *on target* reads it.
fn point(scale: &Scale, grade: Grade) -> Option<Point> {
    (grade.scale() == scale.id()).then(|| Point {
        place: grade.lowest(),
        label: scale.label(grade),
    })
}

/// An event under the plot: its month, else how its name begins.
fn short(i18n: Words, event: &TrackingEvent) -> String {
    match event.opens {
        Some(date) => clock::civil_text(date, t_string!(i18n, history.language), DateParts::Month),
        None => event.name.chars().take(3).collect(),
    }
}
