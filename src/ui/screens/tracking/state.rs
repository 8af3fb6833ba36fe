//! Opening, closing and reopening an event, and by which policy a closed one is judged.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Value};
use flightpath_school::view::{EventState, TrackingEvent, pin_policy};
use leptos::prelude::*;

use crate::app::App;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// Moves an event to another state, as one step. Closing pins the policy that judges it.
pub fn change_state(app: App, event: &TrackingEvent, state: EventState) {
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
    app.dispatch(
        Action::Event {
            event: event.name.clone(),
            state: state.name().to_owned(),
        },
        &draft,
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
    Some(view! { <span class="hint">{by}</span> {again} }.into_any())
}
