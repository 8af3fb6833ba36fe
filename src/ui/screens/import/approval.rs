//! What the import asks where it would change targets that the policy guards.

use flightpath_school::policy::Party;
use flightpath_school::view::approvals::Approval;
use leptos::prelude::*;

use super::say::small;
use crate::app::import::{Desk, use_desk};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::practice_words;
use crate::ui::say::Words;

/// Reason and names for all guarded changes of the import; nothing where there are none.
#[component]
pub fn AskApproval() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    // While the plan is made anew for what was typed, the fields stay.
    let guarded = Memo::new(move |before: Option<&(usize, Vec<Party>)>| {
        desk.planned.with(|planned| match planned {
            Some(planned) => {
                let guarded = &planned.plan.guarded;
                (guarded.changes, guarded.parties.clone())
            }
            None => before.cloned().unwrap_or_default(),
        })
    });
    let parties = Memo::new(move |_| guarded.with(|(_, parties)| parties.clone()));
    let changes = Memo::new(move |_| guarded.with(|(changes, _)| *changes));
    move || {
        let parties = parties.get();
        (!parties.is_empty()).then(|| {
            let names: Vec<_> = parties
                .into_iter()
                .map(|party| name_field(i18n, desk, party))
                .collect();
            view! {
                <div class="banner" data-kind="warning">
                    <h3>{t_string!(i18n, import.approval_title)}</h3>
                    <p>
                        {move || {
                            let count = small(changes.get());
                            t_string!(i18n, import.approval_lead, count = count).to_string()
                        }}
                    </p>
                    <div class="toolbar">
                        <label class="field">
                            <span>{t_string!(i18n, import.approval_reason)}</span>
                            <input
                                type="text"
                                autocomplete="off"
                                prop:value=move || desk.approval.with(|given| given.reason.clone())
                                on:change:target=move |event| {
                                    let reason = event.target().value();
                                    desk.approval.update(|given| given.reason = reason);
                                }
                            />
                        </label>
                        {names}
                    </div>
                </div>
            }
        })
    }
}

fn name_field(i18n: Words, desk: Desk, party: Party) -> AnyView {
    let words = practice_words::party(i18n, party);
    let label = t_string!(i18n, targets.approved_by, party = words).to_string();
    let name = move || {
        desk.approval.with(|given| {
            let mut given = given.approved.iter();
            let own = given.find(|given| given.party == Some(party));
            own.map(|own| own.name.clone()).unwrap_or_default()
        })
    };
    let take = move |name: String| {
        desk.approval.update(|given| {
            given.approved.retain(|given| given.party != Some(party));
            given.approved.push(Approval {
                party: Some(party),
                name,
            });
        });
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text"
                autocomplete="off"
                prop:value=name
                on:change:target=move |event| take(event.target().value())
            />
        </label>
    }
    .into_any()
}
