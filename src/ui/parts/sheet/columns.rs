//! Which columns are shown.

use flightpath_grid::Layout;
use flightpath_sheet::Sheet;
use leptos::prelude::*;

use super::Held;
use crate::i18n::{t_string, use_i18n};

/// A button that opens the list of columns, each with a tick, and sets all back.
#[component]
pub fn ColumnsMenu(held: Held) -> impl IntoView {
    let i18n = use_i18n();
    let list = move || {
        held.moved.track();
        let Some(cells) = held.cells() else {
            return Vec::new();
        };
        let layout = held.with(Sheet::layout);
        let columns = cells.source.columns();
        columns
            .iter()
            .skip(cells.source.frozen())
            .map(|column| {
                let shown = !layout.hidden.contains(&column.key);
                (column.key.clone(), column.title.clone(), shown)
            })
            .collect()
    };
    let hidden = Memo::new(move |_| list().iter().filter(|(_, _, shown)| !shown).count());
    let sorted = Memo::new(move |_| {
        held.moved.track();
        let layout = held.with(Sheet::layout);
        !layout.filters.is_empty()
    });
    view! {
        <details class="sheet-columns">
            <summary>
                {move || match hidden.get() {
                    0 => t_string!(i18n, grid.columns).to_owned(),
                    hidden => t_string!(i18n, grid.columns_hidden, hidden = hidden).to_string(),
                }}
            </summary>
            <fieldset class="menu">
                <legend class="visually-hidden">{t_string!(i18n, grid.columns)}</legend>
                {move || {
                    list()
                        .into_iter()
                        .map(|(key, title, shown)| {
                            let toggle = move |_| {
                                held.lay_out(|layout| {
                                    if !layout.hidden.remove(&key) {
                                        layout.hidden.insert(key.clone());
                                    }
                                });
                            };
                            view! {
                                <label class="tick">
                                    <input type="checkbox" prop:checked=shown on:change=toggle />
                                    <span>{title}</span>
                                </label>
                            }
                        })
                        .collect_view()
                }}
                <button on:click=move |_| {
                    held.lay_out(|layout| *layout = Layout::default());
                }>{t_string!(i18n, grid.reset)}</button>
            </fieldset>
        </details>
        <Show when=move || sorted.get()>
            <button
                class="quiet"
                on:click=move |_| held.lay_out(|layout| layout.filters.clear())
            >
                {t_string!(i18n, grid.show_all)}
            </button>
        </Show>
    }
}
