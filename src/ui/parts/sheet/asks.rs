//! What a paste would leave out, before anything is done.

use flightpath_sheet::Look;
use leptos::prelude::*;

use super::Held;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::focus::focus_soon;

/// Refused texts that are told one by one.
const TOLD: usize = 5;
const FIRST: &str = "paste-rest";

/// Says what does not fit and why, and asks whether the rest is wanted.
#[component]
pub fn Asks(held: Held) -> impl IntoView {
    let i18n = use_i18n();
    let answer = move |wanted: bool| {
        if let Some(plan) = held.asks.try_update(Option::take).flatten() {
            held.with(|sheet| {
                if wanted {
                    sheet.paste(plan);
                } else {
                    sheet.focus();
                }
            });
        }
    };
    Effect::new(move |_| {
        if held.asks.with(Option::is_some) {
            focus_soon(FIRST);
        }
    });
    let lines = move || {
        held.asks.with(|plan| {
            let Some(plan) = plan else {
                return Vec::new();
            };
            let mut lines = Vec::new();
            if plan.outside > 0 {
                let (count, n) = (count(plan.outside), counted(plan.outside));
                lines.push(t_string!(i18n, grid.outside, count = count, n = n).to_string());
            }
            if plan.locked > 0 {
                let (count, n) = (count(plan.locked), counted(plan.locked));
                lines.push(t_string!(i18n, grid.locked, count = count, n = n).to_string());
            }
            let Some(cells) = held.cells() else {
                return lines;
            };
            let columns = cells.source.columns();
            let mut look = Look::default();
            for (edit, why) in plan.refused.iter().take(TOLD) {
                look.clear();
                cells.source.look(edit.row, 0, &mut look);
                let title = columns
                    .get(edit.column)
                    .map(|column| column.title.clone())
                    .unwrap_or_default();
                let row = look.text.clone();
                let why = why.clone();
                lines.push(
                    t_string!(i18n, grid.refused, row = row, column = title, why = why).to_string(),
                );
            }
            if plan.refused.len() > TOLD {
                let more = plan.refused.len() - TOLD;
                let (count, n) = (count(more), counted(more));
                lines.push(t_string!(i18n, grid.refused_more, count = count, n = n).to_string());
            }
            lines
        })
    };
    let fitting = move || {
        held.asks
            .with(|plan| plan.as_ref().map_or(0, |plan| plan.edits.len()))
    };
    view! {
        <Show when=move || held.asks.with(Option::is_some)>
            <div
                class="sheet-asks"
                role="alertdialog"
                aria-label=t_string!(i18n, grid.asks)
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.stop_propagation();
                        answer(false);
                    }
                }
            >
                <p>
                    <strong>{t_string!(i18n, grid.asks)}</strong>
                </p>
                <ul>
                    {move || {
                        lines()
                            .into_iter()
                            .map(|line| view! { <li>{line}</li> })
                            .collect_view()
                    }}
                </ul>
                <p class="page-actions">
                    <button id=FIRST class="primary" on:click=move |_| answer(fitting() > 0)>
                        {move || {
                            let fitting = fitting();
                            t_string!(
                                i18n,
                                grid.paste_rest,
                                count = count(fitting),
                                n = counted(fitting)
                            )
                                .to_string()
                        }}
                    </button>
                    <Show when=move || { fitting() > 0 }>
                        <button on:click=move |_| answer(false)>
                            {t_string!(i18n, grid.paste_not)}
                        </button>
                    </Show>
                </p>
            </div>
        </Show>
    }
}
