//! Where Enter goes.

use flightpath_grid::OnEnter;
use leptos::prelude::*;

use super::Held;
use crate::i18n::{t_string, use_i18n};
use crate::platform::prefs;

/// A choice of where Enter goes; it holds for this person in all grids.
#[component]
pub fn EnterGoes(held: Held) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = prefs::on_enter();
    let choose = move |name: String| {
        let on_enter = OnEnter::named(&name);
        prefs::keep_on_enter(on_enter);
        held.with(|sheet| sheet.set_on_enter(on_enter));
    };
    view! {
        <label class="sheet-enter">
            <span>{t_string!(i18n, grid.enter_goes)}</span>
            <select on:change:target=move |event| choose(event.target().value())>
                {OnEnter::ALL
                    .into_iter()
                    .map(|on_enter| {
                        let name = match on_enter {
                            OnEnter::Down => t_string!(i18n, grid.enter_down),
                            OnEnter::Right => t_string!(i18n, grid.enter_right),
                            OnEnter::Stay => t_string!(i18n, grid.enter_stay),
                        };
                        view! {
                            <option value=on_enter.name() selected=on_enter == chosen>
                                {name}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
