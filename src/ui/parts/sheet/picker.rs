//! The contents that a touched cell can have, for fingers, which have no keys.

use flightpath_sheet::Sheet;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Held;
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;

/// The id of the choices.
const PICKER: &str = "sheet-picker";

/// A button for each content; it goes into the cell, and the next one is chosen.
#[component]
pub fn Picker(held: Held) -> impl IntoView {
    let i18n = use_i18n();
    let choices = move || {
        let (row, column) = held.touched.get()?;
        let choices = (held.cells()?.choices)(row, column);
        (!choices.is_empty()).then_some(choices)
    };
    // The page stays where it is, so that a second tap hits the same cell, unless the choices lie over that.
    Effect::new(move |_| {
        if held.touched.get().is_some() {
            spawn_local(async move {
                page::breathe().await;
                if let Some([_, _, _, bottom]) = held.with(Sheet::active_rect) {
                    page::lift_above(PICKER, bottom);
                }
            });
        }
    });
    let put = move |text: &str| {
        let here = held.with(Sheet::active);
        held.with(|sheet| sheet.put(text));
        let next = held.with(Sheet::active);
        // After the last cell one tap too many would go over it.
        held.touched.set(next.filter(|_| next != here));
    };
    move || {
        choices().map(|choices| {
            view! {
                <div id=PICKER class="sheet-picker" role="group" aria-label=t_string!(i18n, grid.pick)>
                    {choices
                        .into_iter()
                        .map(|choice| {
                            let name = choice.clone();
                            view! { <button on:click=move |_| put(&choice)>{name}</button> }
                        })
                        .collect_view()}
                    <button class="quiet" on:click=move |_| put("")>
                        {t_string!(i18n, grid.pick_none)}
                    </button>
                    <button
                        class="sheet-picked"
                        on:click=move |_| {
                            held.touched.set(None);
                            held.with(Sheet::focus);
                        }
                    >
                        {t_string!(i18n, grid.pick_done)}
                    </button>
                </div>
            }
        })
    }
}
