//! Opening, closing and reopening an event, and by which policy a closed one is judged.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Value};
use flightpath_school::view::{EventState, TrackingEvent, pin_policy};
use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::modal::modal;
use crate::ui::say::Words;

/// A button that moves an event to another state. One that is closed is opened again only for a reason, which stands in
/// the history: what was reported by then may change under it.
#[component]
pub fn StateButton(
    /// The event.
    event: TrackingEvent,
    /// The state that it comes to.
    next: EventState,
    /// Its accessible name.
    label: String,
    /// What stands on it.
    text: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let asking = RwSignal::new(None::<()>);
    let node = modal(asking);
    let reason = RwSignal::new(String::new());
    let needs_reason = event.state == EventState::Closed && next == EventState::Open;
    let name = event.name.clone();
    let event = StoredValue::new(event);
    let press = move |_| {
        if needs_reason {
            reason.set(String::new());
            asking.set(Some(()));
        } else {
            event.with_value(|event| change_state(app, event, next, None));
        }
    };
    let is_given = move || !reason.with(|reason| reason.trim().is_empty());
    let reopen = move |submitted: web_sys::SubmitEvent| {
        submitted.prevent_default();
        if is_given() {
            asking.set(None);
            let reason = reason.get_untracked().trim().to_owned();
            event.with_value(|event| change_state(app, event, next, Some(reason)));
        }
    };
    let dialog = needs_reason.then(|| {
        let title = t_string!(i18n, tracking.reopen_title, event = name).to_string();
        let named = title.clone();
        view! {
            <dialog node_ref=node aria-label=named on:close=move |_| asking.set(None)>
                <form on:submit=reopen>
                    <h2>{title}</h2>
                    <p>{t_string!(i18n, tracking.reopen_why)}</p>
                    <label class="field">
                        <span>{t_string!(i18n, tracking.reopen_reason)}</span>
                        <input
                            type="text"
                            required
                            // Spaces alone are no reason; the browser says so.
                            pattern=r".*\S.*"
                            title=t_string!(i18n, tracking.reopen_why)
                            prop:value=reason
                            on:input:target=move |event| reason.set(event.target().value())
                        />
                    </label>
                    <p class="page-actions">
                        <button class="primary" type="submit">
                            {t_string!(i18n, tracking.reopen_event)}
                        </button>
                        <button type="button" on:click=move |_| asking.set(None)>
                            {t_string!(i18n, tracking.reopen_not)}
                        </button>
                    </p>
                </form>
            </dialog>
        }
    });
    view! {
        <button aria-label=label on:click=press>
            {text}
        </button>
        {dialog}
    }
}

/// Moves an event to another state, as one step. Closing pins the policy that judges it.
fn change_state(app: App, event: &TrackingEvent, state: EventState, reason: Option<String>) {
    let mut draft = Draft::default();
    draft.write(
        ColumnKey::lasting(Field::EventState),
        event.id,
        Value::text(state.name()),
    );
    match state {
        EventState::Closed => pin(app, &mut draft, event),
        EventState::Open | EventState::Planned if !event.pack.is_empty() => {
            draft.write(ColumnKey::lasting(Field::EventPack), event.id, Value::Blank);
        }
        EventState::Open | EventState::Planned => {}
    }
    app.dispatch_because(
        Action::Event {
            event: event.name.clone(),
            state: state.name().to_owned(),
        },
        &draft,
        reason,
    );
}

/// Pins the policy in force, which judges the event from then on.
fn pin(app: App, draft: &mut Draft, event: &TrackingEvent) {
    app.with(|core| {
        if let Some(policy) = core.policy() {
            // A pack that was read can be written.
            let _ = pin_policy(draft, core.school(), event, policy.pack());
        }
    });
}

/// Judges a closed event anew by the policy in force, as one step.
fn judge_again(app: App, event: &TrackingEvent) {
    let mut draft = Draft::default();
    pin(app, &mut draft, event);
    let event = event.name.clone();
    app.dispatch(Action::JudgeAgain { event }, &draft);
}

/// By which policy a closed event is judged, and a way to judge it anew where another one is in force.
pub fn judged(i18n: Words, app: App, event: &TrackingEvent) -> Option<AnyView> {
    if event.state != EventState::Closed {
        return None;
    }
    let (name, version, is_in_force) = app.with(|core| {
        let judge = core.policy_for(event)?;
        let pack = judge.pack();
        let is_in_force = core.policy().map(|policy| policy.pack()) == Some(pack);
        Some((pack.name.clone(), pack.version.to_string(), is_in_force))
    })?;
    let by = t_string!(i18n, tracking.judged_by, name = name, version = version).to_string();
    let again = (!is_in_force).then(|| {
        let label = t_string!(i18n, tracking.judge_again_named, event = event.name.clone());
        let event = event.clone();
        view! {
            <button
                class="quiet"
                aria-label=label.to_string()
                on:click=move |_| judge_again(app, &event)
            >
                {t_string!(i18n, tracking.judge_again)}
            </button>
        }
    });
    Some(view! { <div class="hint">{by} " " {again}</div> }.into_any())
}
