//! All that goes with a target, in the drawer beside it: its way with days and names, the year's review, whether it
//! stays off what goes home, the pupil's own assessment and the next step.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::view::target_life::{Held, Stage, Wrote, life};
use flightpath_school::view::targets::{Beside, Target, review, target, write_beside};
use flightpath_school::view::{Pupil, Subject};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::state::state_name;
use crate::app::{App, Written, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{self, DateParts, civil_text};
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::line::Lines;
use crate::ui::say::Words;

/// Opens the drawer with what goes with the target of a pupil.
pub fn show_details(desk: Desk, drawer: Drawer, id: Id) {
    let i18n = desk.i18n;
    let whose = desk.scene.with_untracked(|scene| {
        let subject = scene.subject.clone()?;
        let pupil = scene.pupils.iter().find(|pupil| pupil.id == id)?;
        Some((subject, pupil.clone()))
    });
    let Some((subject, pupil)) = whose else {
        return;
    };
    let title = t_string!(
        i18n,
        targets.details_title,
        name = pupil.name(),
        subject = subject.name.clone()
    )
    .to_string();
    drawer.show(title, Some(super::GRID.to_owned()), move || {
        view! { <Details subject=subject.clone() pupil=pupil.clone() /> }.into_any()
    });
}

#[component]
fn Details(subject: Subject, pupil: Pupil) -> impl IntoView {
    let i18n = use_i18n();
    let whose = StoredValue::new((subject, pupil));
    let app = use_app();
    let target = Memo::new(move |_| {
        let year = app.year();
        whose.with_value(|(subject, pupil)| {
            app.read(|school| Some(target(school, year, subject, pupil.position)))
        })
    });
    let hidden = move || target.with(|target| target.as_ref().is_some_and(|target| target.hidden));
    let set = Memo::new(move |_| target.with(|target| target.as_ref().is_some_and(Target::is_set)));
    // Memos, so that a change of the one does not write over what is being typed in the other.
    let held = move |of: fn(&Target) -> &String| {
        Memo::new(move |_| {
            let text = target.with(|target| target.as_ref().map(|target| of(target).clone()));
            text.unwrap_or_default()
        })
    };
    let (own, next) = (held(|target| &target.own), held(|target| &target.next));
    let reviewed = move || {
        let on = target.with(|target| target.as_ref()?.reviewed);
        match on {
            Some(on) => {
                let day = civil_text(on, "en-GB", DateParts::Whole);
                t_string!(i18n, targets.reviewed_last, day = day).to_string()
            }
            None => t_string!(i18n, targets.reviewed_never).to_owned(),
        }
    };
    let review_now = move |_| {
        let year = untrack(|| app.year());
        let mut draft = Draft::default();
        whose.with_value(|(subject, pupil)| {
            app.peek(|school| review(&mut draft, school, year, subject, pupil, clock::today()));
        });
        app.dispatch(reviewed_action(), &draft);
    };
    view! {
        <div class="beside-target">
            <section aria-labelledby="target-way">
                <h3 id="target-way">{t_string!(i18n, targets.way)}</h3>
                <Way whose=whose />
            </section>
            <section aria-labelledby="target-review">
                <h3 id="target-review">{t_string!(i18n, targets.review_title)}</h3>
                <p>{reviewed}</p>
                <Show when=move || set.get()>
                    <button on:click=review_now>{t_string!(i18n, targets.review_one)}</button>
                </Show>
            </section>
            <section aria-labelledby="target-pupil">
                <h3 id="target-pupil">{t_string!(i18n, targets.pupil_title)}</h3>
                <Lines
                    label=t_string!(i18n, targets.own)
                    text=own
                    keep=move |text| write(app, whose, Action::SetTargets, &Beside::Own(text))
                />
                <Lines
                    label=t_string!(i18n, targets.next)
                    text=next
                    keep=move |text| write(app, whose, Action::SetTargets, &Beside::Next(text))
                />
            </section>
            <section aria-labelledby="target-home">
                <h3 id="target-home">{t_string!(i18n, targets.home_title)}</h3>
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=hidden
                        on:change:target=move |event| {
                            let hide = event.target().checked();
                            write(app, whose, hidden_action(hide), &Beside::Hidden(hide));
                        }
                    />
                    <span class="icon" data-icon="hidden" aria-hidden="true"></span>
                    {t_string!(i18n, targets.hide)}
                </label>
                <p class="hint">{t_string!(i18n, targets.hide_hint)}</p>
            </section>
        </div>
    }
}

/// What the history calls a review.
pub fn reviewed_action() -> Action {
    Action::TargetState {
        state: "reviewed".to_owned(),
    }
}

fn hidden_action(hide: bool) -> Action {
    let state = if hide { "hidden" } else { "shown" };
    Action::TargetState {
        state: state.to_owned(),
    }
}

fn write(app: App, whose: StoredValue<(Subject, Pupil)>, action: Action, beside: &Beside) {
    let year = untrack(|| app.year());
    let mut draft = Draft::default();
    let written = whose.try_with_value(|(subject, pupil)| {
        write_beside(&mut draft, year, subject, pupil, beside);
    });
    if written.is_some() {
        app.dispatch(action, &draft);
    }
}

/// The way of the target, once the history has been read.
#[component]
fn Way(whose: StoredValue<(Subject, Pupil)>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let read = RwSignal::new(false);
    spawn_local(async move {
        app.read_history().await;
        let _ = read.try_set(true);
    });
    move || {
        if !read.get() {
            let words = t_string!(i18n, pupils.history_reading);
            return view! { <p role="status">{words}</p> }.into_any();
        }
        let year = app.year();
        let wrote = |field| {
            whose.with_value(|(subject, pupil)| {
                let key = ColumnKey::per_subject(field, year, subject.id);
                let written = app.cell_history(key, pupil.id).into_iter();
                written.map(wrote).collect::<Vec<Wrote>>()
            })
        };
        let stages = life(&Held {
            target: wrote(Field::Target),
            state: wrote(Field::TargetState),
            date: wrote(Field::TargetDate),
        });
        if stages.is_empty() {
            return view! { <p>{t_string!(i18n, targets.way_none)}</p> }.into_any();
        }
        let stages: Vec<_> = stages
            .iter()
            .map(|stage| {
                let (state, by) = stage_words(i18n, stage);
                view! {
                    <li>
                        <strong>{state}</strong>
                        <p class="by">{by}</p>
                    </li>
                }
            })
            .collect();
        view! { <ol class="history-list">{stages}</ol> }.into_any()
    }
}

fn wrote(written: Written) -> Wrote {
    let mut after = written.after.into_iter();
    let first = after.next();
    // Two values that wait for a choice are none.
    let value = first.filter(|_| after.next().is_none());
    Wrote {
        dot: written.info.dot,
        author: written.info.author,
        at: written.info.at,
        value: value.filter(|value| *value != Value::Blank),
    }
}

/// `agreed 12 Sep 2026`, and who noted it when.
fn stage_words(i18n: Words, stage: &Stage) -> (String, String) {
    let state = state_name(i18n, stage.state);
    let state = match stage.on {
        Some(on) => format!("{state} {}", civil_text(on, "en-GB", DateParts::Whole)),
        None => state.to_owned(),
    };
    let author = match stage.author.as_str() {
        "" => t_string!(i18n, words.by_nobody),
        author => author,
    };
    let at = clock::local_text(stage.at, t_string!(i18n, history.language));
    (state, format!("{author}, {at}"))
}
