//! The year's tracking events: when they are, what they ask for, how much is in; opening and
//! closing them.

mod add;
mod diary;
mod state;
pub mod words;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{CivilDate, ColumnKey, Field, Value, keys};
use flightpath_school::policy::CalendarEvent;
use flightpath_school::view::completeness::{Taken, Tally};
use flightpath_school::view::{EventState, TrackingEvent};
use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::route::Route;
use crate::ui::say::Words;
use add::AddEvent;
use diary::YearDiary;

pub use diary::Coming;
pub use state::StateButton;

/// Events of the policy's calendar that the year does not have yet.
fn missing_events(app: App) -> Vec<CalendarEvent> {
    let (year, held) = app.lists().with(|lists| {
        let held: Vec<_> = lists.events.iter().map(|event| event.id).collect();
        (lists.year, held)
    });
    app.with(|core| {
        core.policy()
            .map(|policy| {
                policy
                    .pack()
                    .calendar
                    .iter()
                    .filter(|entry| !held.contains(&keys::event(year, &entry.key)))
                    .cloned()
                    .collect()
            })
            .unwrap_or_default()
    })
}

fn set_up(app: App, i18n: Words) {
    let year = app.year();
    let mut draft = Draft::default();
    for entry in missing_events(app) {
        let id = keys::event(year, &entry.key);
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(
            Field::EventName,
            Value::text(&words::calendar_name(i18n, &entry)),
        );
        write(Field::EventKey, Value::text(&entry.key));
        write(Field::EventYear, Value::whole(i64::from(year.0)));
        for (field, day) in [
            (Field::EventOpens, entry.opens),
            (Field::EventDeadline, entry.deadline),
        ] {
            if let Some(date) = day.date_in(year) {
                write(field, Value::Date(date));
            }
        }
        write(Field::EventState, Value::text(EventState::Planned.name()));
        let asks: Vec<String> = entry
            .fields
            .iter()
            .map(|asked| asked.field().to_string())
            .collect();
        write(Field::EventFields, Value::text(&asks.join(" ")));
    }
    app.dispatch(
        Action::Event {
            event: year.to_string(),
            state: EventState::Planned.name().to_owned(),
        },
        &draft,
    );
}

/// One event with how much of it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    event: TrackingEvent,
    tally: Tally,
}

/// The year's tracking events.
#[component]
pub fn Events() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let lines = Memo::new(move |_| {
        app.lists().with(|lists| {
            app.with(|core| {
                let school = core.school();
                let taken = Taken::of(school, lists.year, &lists.subjects, &lists.pupils);
                lists
                    .events
                    .iter()
                    .map(|event| Line {
                        tally: taken.tally(school, core.policy(), event),
                        event: event.clone(),
                    })
                    .collect::<Vec<_>>()
            })
        })
    });
    let none = Memo::new(move |_| lines.with(Vec::is_empty));
    let waiting = Memo::new(move |_| missing_events(app).len());
    let answer = move || {
        lines.with(|lines| {
            let Some(line) = lines
                .iter()
                .rev()
                .find(|line| line.event.state == EventState::Open)
            else {
                return t_string!(i18n, tracking.answer_none).to_owned();
            };
            let event = line.event.name.clone();
            let missing = if line.tally.all == 0 {
                t_string!(i18n, words.nobody_asked).to_owned()
            } else {
                t_string!(
                    i18n,
                    tracking.missing_n,
                    count = count(line.tally.missing()),
                    n = counted(line.tally.missing())
                )
                .to_string()
            };
            match line.event.deadline {
                Some(deadline) if deadline < clock::today() => t_string!(
                    i18n,
                    tracking.answer_late,
                    event = event,
                    deadline = words::date(deadline),
                    missing = missing
                )
                .to_string(),
                Some(deadline) => t_string!(
                    i18n,
                    tracking.answer_open,
                    event = event,
                    deadline = words::date(deadline),
                    missing = missing
                )
                .to_string(),
                None => t_string!(
                    i18n,
                    tracking.answer_open_ever,
                    event = event,
                    missing = missing
                )
                .to_string(),
            }
        })
    };
    let set_up_words = move || {
        if none.get() {
            t_string!(i18n, tracking.set_up).to_owned()
        } else {
            t_string!(i18n, tracking.set_up_missing, count = count(waiting.get())).to_string()
        }
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, tracking.title)}
                </h1>
                <p class="answer">
                    {move || {
                        // Of the lines themselves, before what is derived from them: else Leptos
                        // takes the line for up to date when only the lines have changed.
                        if lines.with(Vec::is_empty) {
                            t_string!(i18n, tracking.no_events, year = app.year().to_string())
                                .to_string()
                        } else {
                            answer()
                        }
                    }}
                </p>
                <Show when=move || { waiting.get() > 0 && !none.get() }>
                    <div class="page-actions">
                        <button on:click=move |_| set_up(app, i18n)>{set_up_words}</button>
                    </div>
                </Show>
            </header>
            <Show
                when=move || !none.get()
                fallback=move || {
                    view! {
                        <div class="empty">
                            <p>{t_string!(i18n, tracking.no_events_hint)}</p>
                            <p class="actions">
                                <button class="primary" on:click=move |_| set_up(app, i18n)>
                                    {t_string!(i18n, tracking.set_up)}
                                </button>
                            </p>
                        </div>
                    }
                }
            >
                <div
                    class="table-frame"
                    tabindex="0"
                    role="region"
                    aria-label=move || {
                        t_string!(i18n, tracking.caption, year = app.year().to_string()).to_string()
                    }
                >
                    <table class="events">
                        <caption class="visually-hidden">
                            {move || {
                                t_string!(i18n, tracking.caption, year = app.year().to_string())
                                    .to_string()
                            }}
                        </caption>
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, tracking.event)}</th>
                                <th scope="col">{t_string!(i18n, tracking.state)}</th>
                                <th scope="col">{t_string!(i18n, tracking.opens)}</th>
                                <th scope="col">{t_string!(i18n, tracking.deadline)}</th>
                                <th scope="col" class="num">
                                    {t_string!(i18n, tracking.grades_in)}
                                </th>
                                <th scope="col" class="num">
                                    {t_string!(i18n, tracking.grades_missing)}
                                </th>
                                <th scope="col">{t_string!(i18n, tracking.does)}</th>
                                <th scope="col">{t_string!(i18n, tracking.asks)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                lines
                                    .get()
                                    .into_iter()
                                    .map(|line| view! { <EventRow line=line /> })
                                    .collect_view()
                            }}
                        </tbody>
                    </table>
                </div>
            </Show>
            <AddEvent />
            <YearDiary />
        </div>
    }
}

#[component]
fn EventRow(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let Line { event, tally } = line;
    let date = |date: Option<CivilDate>| date.map(words::date).unwrap_or_default();
    let asks: Vec<String> = event
        .asks()
        .iter()
        .map(|field| words::field_name(i18n, *field))
        .collect();
    let (kind, next) = match event.state {
        EventState::Planned => ("same", EventState::Open),
        EventState::Open => ("open", EventState::Closed),
        EventState::Closed => ("done", EventState::Open),
    };
    let name = event.name.clone();
    let (does, does_named) = match event.state {
        EventState::Planned => (
            t_string!(i18n, tracking.open_event),
            t_string!(i18n, tracking.open_named, event = name).to_string(),
        ),
        EventState::Open => (
            t_string!(i18n, tracking.close_event),
            t_string!(i18n, tracking.close_named, event = name).to_string(),
        ),
        EventState::Closed => (
            t_string!(i18n, tracking.reopen_event),
            t_string!(i18n, tracking.reopen_named, event = name).to_string(),
        ),
    };
    let judged = state::judged(i18n, app, &event);
    let missing_shown = (event.state != EventState::Planned).then(|| counted(tally.missing()));
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Event(event.id).href()>{event.name.clone()}</a>
            </th>
            <td>
                <span class="chip" data-kind=kind>
                    {words::state_name(i18n, event.state)}
                </span>
            </td>
            <td>{date(event.opens)}</td>
            <td>{date(event.deadline)}</td>
            <td class="num">{counted(tally.here)}</td>
            <td class="num">{missing_shown}</td>
            <td class="wrap">
                <StateButton event=event.clone() next=next label=does_named text=does.to_owned() />
                {judged}
            </td>
            <td class="quiet wrap">{asks.join(", ")}</td>
        </tr>
    }
}
