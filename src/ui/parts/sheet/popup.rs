//! What can be done with a column or a cell, in a small menu beside it.

use flightpath_sheet::Sheet;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Held, Offer};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;

/// By how much a column gets wider or narrower with a press, in CSS pixels.
const STEP: u16 = 16;

/// Which cell or header it is about, and where it stands in the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Popup {
    row: Option<usize>,
    column: usize,
    left: f64,
    top: f64,
}

impl Popup {
    /// Over the active cell or header.
    pub fn over(held: Held, row: Option<usize>, column: usize) -> Option<Popup> {
        let [left, _, _, bottom] = held.with(Sheet::active_rect)?;
        Some(Popup {
            row,
            column,
            left,
            top: bottom,
        })
    }
}

/// How far to the right a menu begins that is to begin there, in CSS pixels: no part of it lies beyond the window.
pub fn within_width(left: f64) -> String {
    format!("max(0.5rem, min({left:.0}px, 100vw - 18rem))")
}

/// How far down a menu begins, as [`within_width`].
pub fn within_height(top: f64) -> String {
    format!("max(0.5rem, min({top:.0}px, 100dvh - 28rem))")
}

/// The menu that is open, if any.
#[component]
pub fn PopupView(held: Held) -> impl IntoView {
    move || {
        held.popup
            .get()
            .map(|popup| view! { <OpenPopup held=held popup=popup /> })
    }
}

#[component]
fn OpenPopup(held: Held, popup: Popup) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Div>::new();
    let Some(cells) = held.cells() else {
        return ().into_any();
    };
    let Popup {
        row,
        column,
        left,
        top,
    } = popup;
    let columns = cells.source.columns();
    let title = columns
        .get(column)
        .map(|column| column.title.clone())
        .unwrap_or_default();
    let is_head = row.is_none();
    let offers = match row {
        None => (cells.of_column)(column),
        Some(row) => {
            let (rows, _) = held.with(Sheet::chosen);
            let mut offers = (cells.of_rows)(rows);
            offers.extend((cells.of_cell)(row, column));
            offers
        }
    };
    if offers.is_empty() && !is_head {
        held.popup.set(None);
        return ().into_any();
    }
    let close = move || {
        held.popup.set(None);
        held.with(Sheet::focus);
    };
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        leptos::task::spawn_local(async move {
            page::breathe().await;
            if let Ok(Some(first)) = node.query_selector("button")
                && let Ok(first) = first.dyn_into::<web_sys::HtmlElement>()
            {
                let _ = first.focus();
            }
        });
    });
    let leave = move |event: web_sys::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        // The focus goes nowhere when something that is not for it is clicked.
        let inside = node
            .try_get_untracked()
            .flatten()
            .is_some_and(|node| node.contains(to.as_ref()));
        if !inside && to.is_some() {
            held.popup.set(None);
        }
    };
    let own = offers
        .into_iter()
        .map(|(name, act): Offer| {
            view! {
                <button on:click=move |_| {
                    close();
                    act();
                }>{name}</button>
            }
        })
        .collect_view();
    let layout = is_head.then(|| view! { <OfColumn held=held column=column close=close /> });
    view! {
        <div
            class="menu sheet-menu"
            role="dialog"
            aria-label=title
            node_ref=node
            style=("left", within_width(left))
            style=("top", within_height(top))
            on:focusout=leave
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    close();
                }
            }
        >
            {own}
            {layout}
            <button on:click=move |_| close()>{t_string!(i18n, shell.close)}</button>
        </div>
    }
    .into_any()
}

/// Sorting, filtering, moving, width and hiding of a column.
#[component]
fn OfColumn(
    held: Held,
    column: usize,
    close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = held.cells().map(|cells| cells.source.columns());
    let about = columns
        .as_ref()
        .and_then(|columns| columns.get(column).cloned())
        .unwrap_or_default();
    let frozen = held.cells().map_or(0, |cells| cells.source.frozen());
    let key = StoredValue::new(about.key.clone());
    let usual = about.width;
    let wanted = held
        .with(Sheet::layout)
        .filters
        .get(&about.key)
        .cloned()
        .unwrap_or_default();
    let sort = move |sort: Option<bool>| {
        held.lay_out(|layout| {
            key.with_value(|key| layout.sort_by(sort.map(|descending| (key.as_str(), descending))));
        });
        close();
    };
    let shift = move |right: bool| {
        let Some(cells) = held.cells() else { return };
        let columns = cells.source.columns();
        let keys: Vec<&str> = columns.iter().map(|column| column.key.as_str()).collect();
        held.lay_out(|layout| {
            key.with_value(|key| layout.shift(&keys, frozen, key, right));
        });
    };
    let widen = move |by: i32| {
        held.lay_out(|layout| {
            key.with_value(|key| {
                let width = i32::from(layout.width(key, usual)).saturating_add(by);
                layout.set_width(key, u16::try_from(width.max(0)).unwrap_or(u16::MAX));
            });
        });
    };
    let hide = move |_| {
        held.lay_out(|layout| {
            layout.hidden.insert(key.get_value());
        });
        close();
    };
    let filter = move |text: String| {
        held.lay_out(|layout| key.with_value(|key| layout.filter(key, &text)));
    };
    let step = i32::from(STEP);
    view! {
        <button on:click=move |_| sort(Some(false))>{t_string!(i18n, grid.sort_up)}</button>
        <button on:click=move |_| sort(Some(true))>{t_string!(i18n, grid.sort_down)}</button>
        <button on:click=move |_| sort(None)>{t_string!(i18n, grid.sort_not)}</button>
        <label class="field">
            <span>{t_string!(i18n, grid.filter)}</span>
            <input
                type="search"
                prop:value=wanted
                on:input:target=move |event| filter(event.target().value())
            />
        </label>
        <Show when=move || { column >= frozen }>
            <button on:click=move |_| shift(false)>{t_string!(i18n, grid.move_left)}</button>
            <button on:click=move |_| shift(true)>{t_string!(i18n, grid.move_right)}</button>
        </Show>
        <button on:click=move |_| widen(step)>{t_string!(i18n, grid.wider)}</button>
        <button on:click=move |_| widen(-step)>{t_string!(i18n, grid.narrower)}</button>
        <Show when=move || { column >= frozen }>
            <button on:click=hide>{t_string!(i18n, grid.hide)}</button>
        </Show>
    }
}
