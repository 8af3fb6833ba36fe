//! The diary of the year: all of it, and for Home what comes next.

use flightpath_school::model::CivilDate;
use flightpath_school::view::diary::{Entry, Matter, Term, When, diary};
use flightpath_school::view::{EventState, TrackingEvent};
use leptos::prelude::*;

use super::words;
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::{policy_words, practice_words};
use crate::ui::route::Route;
use crate::ui::say::Words;

/// How many days ahead Home looks.
const AHEAD_DAYS: i32 = 28;
/// How many lines Home has room for.
const LINES: usize = 6;

fn entries(app: App) -> Vec<Entry> {
    app.lists().with(|lists| {
        app.with(|core| {
            let policy = core.policy()?;
            Some(diary(policy.pack(), lists.year, &lists.events))
        })
        .unwrap_or_default()
    })
}

fn when(i18n: Words, when: When) -> String {
    match when {
        When::Day(day) => words::date(day),
        When::Month(month, _) => {
            let month = policy_words::month(i18n, month);
            t_string!(i18n, tracking.diary_month, month = month).to_string()
        }
        When::Term(Term::Autumn, _) => t_string!(i18n, tracking.diary_autumn).to_owned(),
        When::Term(Term::Spring, _) => t_string!(i18n, tracking.diary_spring).to_owned(),
        When::Term(Term::Summer, _) => t_string!(i18n, tracking.diary_summer).to_owned(),
    }
}

fn what(i18n: Words, matter: &Matter) -> String {
    match matter {
        Matter::Opens { event } => {
            t_string!(i18n, tracking.diary_opens, event = event.clone()).to_string()
        }
        Matter::Due { event } => {
            t_string!(i18n, tracking.diary_due, event = event.clone()).to_string()
        }
        Matter::Review => t_string!(i18n, tracking.diary_review).to_owned(),
        Matter::Duty {
            what,
            event: Some(event),
            ..
        } => {
            let what = practice_words::duty_kind(i18n, *what);
            t_string!(
                i18n,
                tracking.diary_of_event,
                event = event.clone(),
                what = what
            )
            .to_string()
        }
        Matter::Duty { what, .. } => practice_words::duty_kind(i18n, *what).to_owned(),
    }
}

fn who(i18n: Words, matter: &Matter) -> &'static str {
    match matter {
        Matter::Duty { who, .. } => practice_words::party(i18n, *who),
        Matter::Opens { .. } | Matter::Due { .. } | Matter::Review => "",
    }
}

/// How far off a day is, where days are counted.
fn how_far(i18n: Words, today: CivilDate, entry: &Entry) -> Option<String> {
    let When::Day(day) = entry.when else {
        return None;
    };
    let days = day.day_number() - today.day_number();
    Some(if days < 0 {
        t_string!(i18n, tracking.diary_late, count = days.abs()).to_string()
    } else {
        t_string!(i18n, tracking.diary_in_days, count = days.abs()).to_string()
    })
}

/// Whether Home tells of it: it lies ahead, but not far, or it is late and can still be mended.
fn is_near(today: CivilDate, events: &[TrackingEvent], entry: &Entry) -> bool {
    let days = entry.when.last_day().day_number() - today.day_number();
    let is_open = |name: &String| {
        let mut open = events
            .iter()
            .filter(|event| event.state == EventState::Open);
        open.any(|event| event.name == *name)
    };
    match &entry.matter {
        Matter::Due { event } if days < 0 => is_open(event),
        _ => (0..=AHEAD_DAYS).contains(&days),
    }
}

/// What comes next, for Home; nothing where nothing does.
#[component]
pub fn Coming() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let lines = Memo::new(move |_| {
        let today = clock::today();
        let all = entries(app).into_iter();
        app.lists().with(|lists| {
            let near = all.filter(|entry| is_near(today, &lists.events, entry));
            near.take(LINES).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section class="section" aria-labelledby="coming">
                <h2 id="coming">{t_string!(i18n, tracking.coming)}</h2>
                <ul class="coming">
                    {move || {
                        let today = clock::today();
                        lines
                            .get()
                            .iter()
                            .map(|entry| {
                                let who = who(i18n, &entry.matter);
                                view! {
                                    <li>
                                        <span class="coming-when">
                                            {when(i18n, entry.when)}
                                            {how_far(i18n, today, entry)
                                                .map(|far| view! { <span class="hint">{far}</span> })}
                                        </span>
                                        <span class="sentence">{what(i18n, &entry.matter)}</span>
                                        <span class="hint">{who}</span>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
                <p>
                    <a href=Route::Events.href()>{t_string!(i18n, tracking.coming_all)}</a>
                </p>
            </section>
        </Show>
    }
}

/// The whole year's diary, folded.
#[component]
pub fn YearDiary() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let caption = move || t_string!(i18n, tracking.diary_caption, year = app.year().to_string());
    let caption = move || caption().to_string();
    view! {
        <details class="section">
            <summary>{t_string!(i18n, tracking.diary)}</summary>
            <p class="hint">{t_string!(i18n, tracking.diary_hint)}</p>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="diary">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, tracking.diary_when)}</th>
                            <th scope="col">{t_string!(i18n, tracking.diary_what)}</th>
                            <th scope="col">{t_string!(i18n, tracking.diary_who)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            let today = clock::today();
                            entries(app)
                                .iter()
                                .map(|entry| {
                                    let is_past = entry.when.last_day() < today;
                                    view! {
                                        <tr class:quiet=is_past>
                                            <td>{when(i18n, entry.when)}</td>
                                            <th scope="row" class="sentence">{what(i18n, &entry.matter)}</th>
                                            <td class="sentence">{who(i18n, &entry.matter)}</td>
                                        </tr>
                                    }
                                })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
        </details>
    }
}
