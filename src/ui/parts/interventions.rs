//! The interventions for one pupil: what goes on, what has ended, and beginning another.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Id};
use flightpath_school::view::interventions::{
    EndsBeforeItBegins, Intervention, InterventionEdit, Level, begin, fill_in, intervention,
    interventions, take_away,
};
use leptos::prelude::*;

use super::cell_words;
use super::choice::Choice;
use super::drawer::Drawer;
use super::focus::focus_soon;
use super::line::{Day, Line, Lines};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{self, DateParts, civil_text};
use crate::platform::random;
use crate::ui::say::Words;

/// What a level obliges to, in words.
pub fn level_name(i18n: Words, level: Level) -> &'static str {
    match level.number() {
        1 => t_string!(i18n, interventions.level_1),
        2 => t_string!(i18n, interventions.level_2),
        _ => t_string!(i18n, interventions.level_3),
    }
}

/// What is done for a pupil, as short as a cell needs it: `2: extra work`; nothing where none of it is written yet.
pub fn brief(i18n: Words, held: &Intervention) -> Option<String> {
    let words = [&held.plan, &held.reason];
    let words = words.into_iter().find(|words| !words.is_empty());
    let level = held.level.map(|level| level.number().to_string());
    match (level, words) {
        (Some(level), Some(words)) => Some(format!("{level}: {words}")),
        (None, Some(words)) => Some(words.clone()),
        (Some(level), None) => Some(t_string!(i18n, why.level, level = level).to_string()),
        (None, None) => None,
    }
}

/// `since 12 Oct 2026`, or both days where it has ended.
pub fn since(i18n: Words, held: &Intervention) -> String {
    let day = |day| civil_text(day, "en-GB", DateParts::Whole);
    let begun = day(held.begun);
    match held.finished {
        Some(finished) => t_string!(
            i18n,
            interventions.from_to,
            begun = begun,
            finished = day(finished)
        )
        .to_string(),
        None => t_string!(i18n, interventions.since, begun = begun).to_string(),
    }
}

/// What an intervention is in: the subject's name, or the pupil as a whole.
pub fn place_name(app: App, i18n: Words, subject: Option<Id>) -> String {
    let Some(subject) = subject else {
        return t_string!(i18n, interventions.whole).to_owned();
    };
    app.lists().with(|lists| {
        let held = lists.subject(subject);
        held.map(|held| held.name.clone())
            .unwrap_or_else(|| t_string!(i18n, history.row_unknown).to_owned())
    })
}

/// Opens the interventions for a pupil in the drawer.
pub fn show_interventions(
    i18n: Words,
    drawer: Drawer,
    pupil: Id,
    name: &str,
    subject: Option<Id>,
    opener: &str,
) {
    let title = t_string!(i18n, interventions.of_pupil, pupil = name.to_owned()).to_string();
    drawer.show(title, Some(opener.to_owned()), move || {
        view! { <InterventionsOf pupil=pupil subject=subject /> }.into_any()
    });
}

/// The interventions for a pupil, to read and to change: those that are to be seen in one subject, or all.
#[component]
pub fn InterventionsOf(
    pupil: Id,
    /// The subject from which they are looked at.
    subject: Option<Id>,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    // In the order in which they were begun, so that nothing moves while it is changed.
    let ids = Memo::new(move |_| {
        let year = app.year();
        let mut ids: Vec<Id> = app.read(|school| {
            let all = interventions(school, year).into_iter();
            let own = all.filter(|held| match subject {
                Some(subject) => held.concerns(pupil, subject),
                None => held.pupil == pupil,
            });
            own.map(|held| held.id).collect()
        });
        ids.sort_unstable();
        ids
    });
    let none = move || ids.with(Vec::is_empty);
    view! {
        <div class="stack">
            <Show when=none>
                <p>{t_string!(i18n, interventions.none_yet)}</p>
            </Show>
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <One id=id /> } />
            <Begin pupil=pupil subject=subject />
        </div>
    }
}

/// Beginning another.
#[component]
fn Begin(pupil: Id, subject: Option<Id>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let place = RwSignal::new(subject.map(|id| id.to_string()).unwrap_or_default());
    let places = Signal::derive(move || {
        let whole = (
            String::new(),
            t_string!(i18n, interventions.whole).to_owned(),
        );
        let subjects = app.lists().with(|lists| {
            let each = lists.subjects.iter();
            each.map(|subject| (subject.id.to_string(), subject.name.clone()))
                .collect::<Vec<_>>()
        });
        std::iter::once(whole).chain(subjects).collect::<Vec<_>>()
    });
    let start = move |_| {
        let id = random::id();
        let mut draft = Draft::default();
        let subject = place.get_untracked().parse().ok();
        begin(&mut draft, id, pupil, subject, clock::today());
        if app.dispatch(Action::Interventions, &draft).is_some() {
            focus_soon(legend_id(id));
        }
    };
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, interventions.begin_in)
                options=places
                value=place
                on_change=move |chosen| place.set(chosen)
            />
            <button on:click=start disabled=move || !app.can_change()>
                {t_string!(i18n, interventions.begin)}
            </button>
        </div>
    }
}

fn legend_id(id: Id) -> String {
    format!("intervention-{id}")
}

/// One of them.
#[component]
fn One(id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let held = Memo::new(move |_| app.read(|school| intervention(school, id)));
    let problem = RwSignal::new(String::new());
    let edit = move |edit: InterventionEdit| {
        let Some(now) = held.get_untracked() else {
            return;
        };
        let mut draft = Draft::default();
        match fill_in(&mut draft, &now, &edit) {
            Ok(()) => {
                problem.set(String::new());
                app.dispatch(Action::Interventions, &draft);
            }
            Err(EndsBeforeItBegins) => {
                problem.set(t_string!(i18n, interventions.ends_before).to_owned());
            }
        }
    };
    let away = move |_| {
        let mut draft = Draft::default();
        app.peek(|school| take_away(&mut draft, school, id));
        app.dispatch(Action::Interventions, &draft);
    };
    // Memos, so that a change of the one does not write over what is being typed in the other.
    let of = move |read: fn(&Intervention) -> String| {
        Memo::new(move |_| held.with(|held| held.as_ref().map(read).unwrap_or_default()))
    };
    let level = of(|held| {
        let level = held.level.map(|level| level.number().to_string());
        level.unwrap_or_default()
    });
    let levels = Signal::derive(move || {
        let none = (
            String::new(),
            t_string!(i18n, interventions.level_none).to_owned(),
        );
        let each = Level::ALL.into_iter();
        let each = each.map(|level| {
            let name = level_name(i18n, level).to_owned();
            (level.number().to_string(), name)
        });
        std::iter::once(none).chain(each).collect::<Vec<_>>()
    });
    let legend = move || {
        held.with(|held| {
            let held = held.as_ref()?;
            let place = place_name(app, i18n, held.subject);
            Some(format!("{place}, {}", since(i18n, held)))
        })
    };
    let begun = Memo::new(move |_| held.with(|held| held.as_ref().map(|held| held.begun)));
    let finished = Memo::new(move |_| held.with(|held| held.as_ref()?.finished));
    view! {
        <fieldset>
            <legend id=legend_id(id) tabindex="-1">
                {legend}
            </legend>
            <Choice
                label=t_string!(i18n, interventions.intervention_level)
                options=levels
                value=level
                on_change=move |chosen| {
                    let level = chosen.parse().ok().and_then(Level::new);
                    edit(InterventionEdit::Level(level));
                }
            />
            <Lines
                label=t_string!(i18n, interventions.plan)
                text=of(|held| held.plan.clone())
                keep=move |text| edit(InterventionEdit::Plan(text))
            />
            <Line
                label=t_string!(i18n, interventions.reason_for)
                text=of(|held| held.reason.clone())
                keep=move |text| edit(InterventionEdit::Reason(text))
            />
            <div class="toolbar">
                <Day
                    label=t_string!(i18n, interventions.begun)
                    day=begun
                    keep=move |day| {
                        if let Some(day) = day {
                            edit(InterventionEdit::Begun(day));
                        }
                    }
                />
                <Day
                    label=t_string!(i18n, interventions.finished)
                    day=finished
                    keep=move |day| edit(InterventionEdit::Finished(day))
                />
            </div>
            <Waiting held=held />
            <p class="problem" role="alert">
                {problem}
            </p>
            <p class="actions">
                <Show when=move || finished.get().is_none()>
                    <button on:click=move |_| {
                        edit(InterventionEdit::Finished(Some(clock::today())))
                    }>{t_string!(i18n, interventions.end_today)}</button>
                </Show>
                <button class="quiet" on:click=away>
                    {t_string!(i18n, interventions.take_away)}
                </button>
            </p>
        </fieldset>
    }
}

/// The values of which one is to be chosen, by writing it.
#[component]
fn Waiting(held: Memo<Option<Intervention>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let sentence = move |id: Id, field: Field| {
        let key = ColumnKey::lasting(field);
        let values = app.read(|school| {
            let cell = school.cell(&key, id);
            let each = cell.visible().into_iter();
            each.map(|value| cell_words::value_of(i18n, school, &key, value))
                .collect::<Vec<_>>()
        });
        t_string!(
            i18n,
            other_targets.several,
            field = cell_words::field(i18n, field),
            values = values.join(" / ")
        )
        .to_string()
    };
    move || {
        let held = held.get()?;
        let each = held.several.iter();
        let each: Vec<_> = each
            .map(|field| view! { <p class="problem">{sentence(held.id, *field)}</p> })
            .collect();
        Some(each)
    }
}
