//! Which columns are shown.

use flightpath_grid::Layout;
use flightpath_sheet::Sheet;
use leptos::prelude::*;

use super::Held;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::counted;

/// A button that opens the list of columns, each with a tick, and sets all back.
#[component]
pub fn ColumnsMenu(held: Held) -> impl IntoView {
    let i18n = use_i18n();
    // The list is made anew only where it is another: not for each step of the hands, nor for each grade.
    let list = Memo::new(move |_| {
        held.laid_out.track();
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
            .collect::<Vec<(String, String, bool)>>()
    });
    let hidden =
        Memo::new(move |_| list.with(|list| list.iter().filter(|(_, _, shown)| !shown).count()));
    let filtered = Memo::new(move |_| {
        held.laid_out.track();
        !held.with(Sheet::layout).filters.is_empty()
    });
    let rows = Memo::new(move |_| {
        held.laid_out.track();
        let all = held.cells().map_or(0, |cells| cells.source.rows());
        (held.with(Sheet::shown).0.len(), all)
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
                    list.get()
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
        <Show when=move || filtered.get()>
            <span role="status">
                {move || {
                    let (seen, all) = rows.get();
                    t_string!(i18n, grid.rows_shown, n = counted(seen), all = counted(all))
                        .to_string()
                }}
            </span>
            <button
                class="quiet"
                on:click=move |_| held.lay_out(|layout| layout.filters.clear())
            >
                {t_string!(i18n, grid.show_all)}
            </button>
        </Show>
    }
}
