//! Entering the grades of one event, class by class.

mod cells;
mod choose;
mod grid;
mod missing;
mod phrases;
mod say;
mod sheet;
mod state;
mod took;
mod typed;

use flightpath_school::model::{ColumnKey, Field, Id};
use flightpath_school::view::markbook::last_with_grades;
use flightpath_school::view::{EventState, Pupil, TrackingEvent};
use leptos::prelude::*;

use crate::app::{App, Core, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::plural as count;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::gone::GonePage;
use crate::ui::parts::typed_cells::TypedCells;
use crate::ui::parts::typed_cells::tell_what_is_left_behind;
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::screens::tracking::StateButton;
use choose::Choices;
use grid::GridView;
use missing::WhatIsMissing;
use sheet::{Sheet, Topic, asked_of};
use state::Grid;
use took::TimeTaken;

/// The id of the grid.
const GRID: &str = "entry-grid";

/// Entering the grades of the event with this id.
#[component]
pub fn Entry(id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let event = Memo::new(move |_| {
        app.lists()
            .with(|lists| lists.events.iter().find(|event| event.id == id).cloned())
    });
    if event.with_untracked(Option::is_some) {
        app.choose_event(id);
    }
    // Another event chosen in the top bar is another page here.
    Effect::new(move |previous: Option<Option<Id>>| {
        let now = app.event().map(|event| event.id);
        if let (Some(before), Some(now)) = (previous.flatten(), now)
            && before != now
            && now != id
        {
            page::go(&Route::Event(now).fragment());
        }
        now
    });
    let found = Memo::new(move |_| event.with(Option::is_some));
    view! {
        <Show
            when=move || found.get()
            fallback=move || {
                view! {
                    <GonePage
                        title=t_string!(i18n, tracking.gone_title)
                        why=t_string!(i18n, tracking.gone)
                        back=Route::Events
                        back_name=t_string!(i18n, tracking.to_events)
                    />
                }
            }
        >
            <OpenEntry event=event />
        </Show>
    }
}

/// The event before the given one at which any of the pupils has a grade, with its name; else the year before.
fn before(
    app: App,
    i18n: Words,
    event: &TrackingEvent,
    subject: Id,
    pupils: &[Pupil],
) -> (ColumnKey, String) {
    app.lists().with(|lists| {
        let mut events = lists.events.iter();
        let here = events.position(|held| held.id == event.id);
        let earlier = here.and_then(|here| lists.events.get(..here));
        let has_grades =
            |core: &Core| last_with_grades(core.school(), earlier?, subject, pupils).cloned();
        app.with(has_grades)
            .map(|held| (held.grade_column(subject), held.name.clone()))
            .unwrap_or_else(|| {
                (
                    ColumnKey::per_subject(Field::Achieved, event.year.previous(), subject),
                    t_string!(i18n, tracking.last_year).to_owned(),
                )
            })
    })
}

#[component]
fn OpenEntry(event: Memo<Option<TrackingEvent>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let choices = Choices::new(app, i18n);
    let topic = Memo::new(move |_| {
        let (event, subject) = (event.get()?, choices.subject.get()?);
        let year = choices.year.get().map(|year| year.number());
        let fields = app.with(|core| asked_of(core.policy(), &event, year));
        let pupils = choices.pupils.get();
        let (before, _) = before(app, i18n, &event, subject.id, &pupils);
        Some(Topic {
            pupils,
            // Targets are set with their reasons, on a screen of their own.
            fields: fields
                .into_iter()
                .filter(|field| *field != Field::Target)
                .collect(),
            event,
            subject,
            before,
        })
    });
    let sheet = Memo::new(move |_| {
        topic.with(|topic| {
            topic
                .as_ref()
                .map(|topic| app.with(|core| topic.sheet(core)))
                .unwrap_or_default()
        })
    });
    let grid = Grid::new(app, i18n, topic, sheet);
    // What could not be stored lives as long as the screen.
    tell_what_is_left_behind(grid);
    let name = move || event.with(|event| event.as_ref().map(|event| event.name.clone()));
    let subject_name = move || {
        choices
            .subject
            .with(|subject| subject.as_ref().map(|subject| subject.name.clone()))
            .unwrap_or_default()
    };
    let group_name = move || choices.group.get().1;
    let answer = move || {
        let (here, all, off, unknown, unusual) = sheet.with(|sheet: &Sheet| {
            (
                sheet.here,
                sheet.rows.len(),
                sheet.off_target,
                sheet.unknown,
                sheet.unusual,
            )
        });
        let mut off_words = t_string!(i18n, tracking.entry_off, count = count(off)).to_string();
        if unknown > 0 {
            off_words.push(' ');
            off_words.push_str(
                &t_string!(i18n, tracking.entry_unknown, count = count(unknown)).to_string(),
            );
        }
        if unusual > 0 {
            off_words.push(' ');
            off_words.push_str(
                &t_string!(i18n, tracking.entry_unusual, count = count(unusual)).to_string(),
            );
        }
        t_string!(
            i18n,
            tracking.entry_answer,
            subject = subject_name(),
            group = group_name(),
            grades = t_string!(i18n, tracking.entry_in, here = here, all = all).to_string(),
            off = off_words
        )
        .to_string()
    };
    let caption = Signal::derive(move || {
        t_string!(
            i18n,
            tracking.entry_caption,
            subject = subject_name(),
            group = group_name()
        )
        .to_string()
    });
    let before_name = Signal::derive(move || {
        topic.with(|topic| {
            topic
                .as_ref()
                .map(|topic| before(app, i18n, &topic.event, topic.subject.id, &topic.pupils).1)
                .unwrap_or_default()
        })
    });
    let nobody = Memo::new(move |_| sheet.with(|sheet| sheet.rows.is_empty()));
    view! {
        <div class="page">
            <header class="page-head">
                <p class="trail">
                    <a href=Route::Events.href()>{t_string!(i18n, tracking.title)}</a>
                </p>
                <h1 id="page-title" tabindex="-1">
                    {name}
                </h1>
                <p class="answer" aria-live="polite">
                    {answer}
                </p>
            </header>
            <StateNote event=event />
            <Show
                when=move || choices.subject.with(Option::is_some)
                fallback=move || {
                    view! {
                        <div class="empty">
                            <p>{t_string!(i18n, tracking.entry_no_subjects)}</p>
                            <p class="actions">
                                <a class="button primary" href=Route::Import.href()>
                                    {t_string!(i18n, home.offer_import)}
                                </a>
                            </p>
                        </div>
                    }
                }
            >
                <ChoiceBar choices=choices />
                <Show
                    when=move || !nobody.get()
                    fallback=move || {
                        view! { <p class="empty">{t_string!(i18n, tracking.entry_nobody)}</p> }
                    }
                >
                    <CopyBefore grid=grid before=before_name />
                    <GridView grid=grid caption=caption before=before_name />
                    <p class="hint" id="entry-keys">
                        {t_string!(i18n, tracking.entry_keys)}
                    </p>
                </Show>
                <WhatIsMissing event=event choices=choices />
                <TimeTaken event=event />
            </Show>
        </div>
    }
}

/// Takes over the grades of the event before, where none is in yet.
#[component]
fn CopyBefore(grid: Grid, before: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let waiting = Memo::new(move |_| {
        grid.sheet.track();
        grid.topic.track();
        grid.refused.track();
        if grid.is_open() { grid.to_copy() } else { 0 }
    });
    view! {
        <Show when=move || { waiting.get() > 0 }>
            <p>
                <button on:click=move |_| grid.copy_before()>
                    {move || {
                        let count = count(waiting.get());
                        t_string!(i18n, tracking.copy_before, count = count, before = before.get())
                            .to_string()
                    }}
                </button>
            </p>
        </Show>
    }
}

#[component]
fn ChoiceBar(choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let subjects = Signal::derive(move || {
        app.lists().with(|lists| {
            lists
                .subjects
                .iter()
                .map(|subject| (subject.id.to_string(), subject.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let years = Signal::derive(move || {
        choices.years.with(|years| {
            years
                .iter()
                .map(|year| {
                    let name = t_string!(i18n, words.year_n, n = year.to_string()).to_string();
                    (year.number().to_string(), name)
                })
                .collect::<Vec<_>>()
        })
    });
    let groups = Signal::derive(move || {
        choices.groups.with(|groups| {
            groups
                .iter()
                .map(|(group, name)| (group.key(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, words.subject)
                options=subjects
                value=Signal::derive(move || {
                    choices
                        .subject
                        .with(|subject| {
                            subject.as_ref().map(|subject| subject.id.to_string())
                        })
                        .unwrap_or_default()
                })
                on_change=move |subject| choices.choose_subject(&subject)
            />
            <Choice
                label=t_string!(i18n, words.year_group)
                options=years
                value=Signal::derive(move || {
                    choices.year.get().map(|year| year.number().to_string()).unwrap_or_default()
                })
                on_change=move |year| choices.choose_year(&year)
            />
            <Choice
                label=t_string!(i18n, words.class)
                options=groups
                value=Signal::derive(move || choices.group.get().0.key())
                on_change=move |group| choices.choose_group(group)
            />
        </div>
    }
}

/// Says why nothing can be typed, and offers what helps.
#[component]
fn StateNote(event: Memo<Option<TrackingEvent>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let event = event.get()?;
        let only_targets = event.asks() == [Field::Target];
        let name = event.name.clone();
        if only_targets {
            return Some(
                view! {
                    <p class="banner" data-kind="info">
                        {t_string!(i18n, tracking.entry_targets)}
                        <a class="button" href=Route::Targets.href()>
                            {t_string!(i18n, tracking.to_targets)}
                        </a>
                    </p>
                }
                .into_any(),
            );
        }
        let (sentence, button) = match event.state {
            EventState::Open => return None,
            EventState::Planned => (
                t_string!(i18n, tracking.entry_planned, event = name.clone()).to_string(),
                t_string!(i18n, tracking.open_named, event = name).to_string(),
            ),
            EventState::Closed => (
                t_string!(i18n, tracking.entry_closed, event = name.clone()).to_string(),
                t_string!(i18n, tracking.reopen_named, event = name).to_string(),
            ),
        };
        Some(
            view! {
                <p class="banner" data-kind="info">
                    {sentence}
                    <StateButton event=event.clone() next=EventState::Open label=button.clone() text=button />
                </p>
            }
            .into_any(),
        )
    }
}
