//! The buttons that act on everyone of the choice at once, one step each.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::view::targets::{TargetState, accept, move_on, review, review_day, target};
use leptos::prelude::*;

use super::count;
use super::desk::Desk;
use super::details::reviewed_action;
use super::scene::Scene;
use super::sheet::Sheet;
use crate::app::{App, Notice, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{DateParts, civil_text};
use crate::platform::{clock, page};
use crate::ui::say::Words;

/// Carries a draft out and says so.
pub fn carry_out(app: App, action: Action, draft: &Draft) {
    let done = app.dispatch(action.clone(), draft);
    app.notice.set(Some(match done {
        Some(_) => Notice::Done {
            action,
            cells: draft.len(),
        },
        None => Notice::NoChange,
    }));
    // The button has nothing left to do and cannot keep the focus.
    page::focus("page-title");
}

fn accept_all(app: App, scene: &Scene) {
    let Some(subject) = &scene.subject else {
        return;
    };
    let year = untrack(|| app.year());
    let today = clock::today();
    let mut draft = Draft::default();
    untrack(|| {
        app.with(|core| {
            if let Some(policy) = core.policy() {
                for pupil in &scene.pupils {
                    let school = core.school();
                    accept(&mut draft, school, policy, year, subject, pupil, today);
                }
            }
        });
    });
    carry_out(app, Action::SetTargets, &draft);
}

fn move_all(app: App, scene: &Scene, to: TargetState) {
    let Some(subject) = &scene.subject else {
        return;
    };
    let year = untrack(|| app.year());
    let today = clock::today();
    let mut draft = Draft::default();
    app.peek(|school| {
        for pupil in &scene.pupils {
            move_on(&mut draft, school, year, subject, pupil, to, today);
        }
    });
    let state = to.name().to_owned();
    carry_out(app, Action::TargetState { state }, &draft);
}

/// Notes for everyone whose target waits for the year's review that it was looked at and left as it is.
fn review_all(app: App, scene: &Scene) {
    let Some(subject) = &scene.subject else {
        return;
    };
    let year = untrack(|| app.year());
    let today = clock::today();
    let mut draft = Draft::default();
    untrack(|| {
        app.with(|core| {
            let Some(policy) = core.policy() else { return };
            let school = core.school();
            for pupil in &scene.pupils {
                let held = target(school, year, subject, pupil.position);
                if held.awaits_review(policy, year) {
                    review(&mut draft, school, year, subject, pupil, today);
                }
            }
        });
    });
    carry_out(app, reviewed_action(), &draft);
}

/// *Reviewed*, where the policy has targets looked at again each year.
#[component]
fn Reviewed(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let due = Memo::new(move |_| {
        let year = app.year();
        app.with(|core| review_day(core.policy()?, year))
    });
    let waiting = Memo::new(move |_| desk.sheet.with(Sheet::awaiting_review));
    let hint =
        move || t_string!(i18n, targets.review_hint, count = count(waiting.get())).to_string();
    view! {
        <Show when=move || due.get().is_some()>
            <span class="counted">
                <button
                    aria-describedby="review-hint"
                    title=hint
                    disabled=move || waiting.get() == 0
                    on:click=move |_| review_all(app, &desk.scene.get_untracked())
                >
                    {t_string!(i18n, targets.reviewed)}
                </button>
                <span class="hint" aria-hidden="true">
                    {waiting}
                </span>
                <span class="visually-hidden" id="review-hint">
                    {hint}
                </span>
            </span>
        </Show>
    }
}

/// How many targets still wait for the year's review, and by when it is to be done.
pub fn review_line(i18n: Words, app: App, desk: Desk) -> Option<String> {
    let year = app.year();
    let due = app.with(|core| review_day(core.policy()?, year))?;
    let waiting = desk.sheet.with(Sheet::awaiting_review);
    let day = civil_text(due, "en-GB", DateParts::Whole);
    let line = t_string!(i18n, targets.review_line, count = count(waiting), day = day);
    (waiting > 0).then(|| line.to_string())
}

/// *Accept all proposals*, *Agree*, *Check*, *Publish*, each with how many it would move.
#[component]
pub fn Bulk(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let Desk { scene, sheet, .. } = desk;
    let waits = Memo::new(move |_| {
        sheet.with(|sheet| sheet.rows().iter().filter(|row| row.waits()).count())
    });
    let mover = move |to: TargetState, name: &'static str| {
        let can = Memo::new(move |_| sheet.with(|sheet| sheet.can_move_to(to)));
        let hint = move || t_string!(i18n, targets.move_hint, count = count(can.get())).to_string();
        let hint_id = format!("move-{}", to.name());
        view! {
            <span class="counted">
                <button
                    aria-describedby=hint_id.clone()
                    title=hint
                    disabled=move || can.get() == 0
                    on:click=move |_| move_all(app, &scene.get_untracked(), to)
                >
                    {name}
                </button>
                <span class="hint" aria-hidden="true">
                    {can}
                </span>
                <span class="visually-hidden" id=hint_id.clone()>
                    {hint}
                </span>
            </span>
        }
    };
    let accept_hint =
        move || t_string!(i18n, targets.accept_hint, count = count(waits.get())).to_string();
    view! {
        <span class="counted">
            <button
                class="primary"
                aria-describedby="accept-hint"
                title=accept_hint
                disabled=move || waits.get() == 0
                on:click=move |_| accept_all(app, &scene.get_untracked())
            >
                {t_string!(i18n, targets.accept_all)}
            </button>
            <span class="hint" aria-hidden="true">
                {waits}
            </span>
            <span class="visually-hidden" id="accept-hint">
                {accept_hint}
            </span>
        </span>
        {mover(TargetState::Agreed, t_string!(i18n, targets.agree))}
        {mover(TargetState::Checked, t_string!(i18n, targets.check))}
        {mover(TargetState::Published, t_string!(i18n, targets.publish))}
        <Reviewed desk=desk />
    }
}
