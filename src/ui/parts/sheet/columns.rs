//! Which columns are shown.

use flightpath_grid::Layout;
use flightpath_sheet::Sheet;
use leptos::html;
use leptos::prelude::*;

use super::Held;
use super::popup::{within_height, within_width};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::counted;

/// A button that opens the list of columns, each with a tick, and sets all back.
#[component]
pub fn ColumnsMenu(
    held: Held,
    /// Begins the id of the list.
    id: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let list_id = format!("{id}-columns");
    // Made anew only where there are others: a tick keeps the focus, and nothing is made for each step of the hands.
    let list = Memo::new(move |_| {
        held.laid_out.track();
        let Some(cells) = held.cells() else {
            return Vec::new();
        };
        let columns = cells.source.columns();
        columns
            .iter()
            .skip(cells.source.frozen())
            .map(|column| (column.key.clone(), column.title.clone()))
            .collect::<Vec<(String, String)>>()
    });
    let hidden = Memo::new(move |_| {
        held.laid_out.track();
        held.with(Sheet::layout).hidden
    });
    let hidden_here = Memo::new(move |_| {
        hidden.with(|hidden| {
            list.with(|list| list.iter().filter(|(key, _)| hidden.contains(key)).count())
        })
    });
    // The list lies above everything else, so the browser does not put it beside its button by itself.
    let button = NodeRef::<html::Button>::new();
    let place = RwSignal::new((0.0, 0.0));
    let find_place = move |_| {
        if let Some(button) = button.get_untracked() {
            let rect = button.get_bounding_client_rect();
            place.set((rect.left(), rect.bottom()));
        }
    };
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
        <button
            class="quiet opens"
            node_ref=button
            popovertarget=list_id.clone()
            on:click=find_place
        >
            {move || match hidden_here.get() {
                0 => t_string!(i18n, grid.columns).to_owned(),
                hidden => t_string!(i18n, grid.columns_hidden, hidden = hidden).to_string(),
            }}
        </button>
        // Closed by Escape, and by whatever is done outside of it.
        <fieldset
            id=list_id
            class="menu sheet-columns"
            popover="auto"
            style=("left", move || within_width(place.get().0))
            style=("top", move || within_height(place.get().1))
        >
            <legend class="visually-hidden">{t_string!(i18n, grid.columns)}</legend>
            <For each=move || list.get() key=Clone::clone let:((key, title))>
                {
                    let named = key.clone();
                    let toggle = move |_| {
                        held.lay_out(|layout| {
                            if !layout.hidden.remove(&key) {
                                layout.hidden.insert(key.clone());
                            }
                        });
                    };
                    view! {
                        <label class="tick">
                            <input
                                type="checkbox"
                                prop:checked=move || hidden.with(|hidden| !hidden.contains(&named))
                                on:change=toggle
                            />
                            <span>{title}</span>
                        </label>
                    }
                }
            </For>
            <button on:click=move |_| {
                held.lay_out(|layout| *layout = Layout::default());
            }>{t_string!(i18n, grid.reset)}</button>
        </fieldset>
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
                on:click=move |_| {
                    held.lay_out(|layout| layout.filters.clear());
                    held.with(Sheet::focus);
                }
            >
                {t_string!(i18n, grid.show_all)}
            </button>
        </Show>
    }
}
