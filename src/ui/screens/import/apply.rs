//! Carrying the plan out, and keeping what it leaves out.

use flightpath_exchange::plan::{Problem, RefusedHeadings};
use leptos::prelude::*;

use super::questions::ASKED;
use super::say;
use crate::app::import::{Desk, Wanted, use_desk};
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::say::Words;

/// The bar that carries the import out. It stays in sight, so that nobody has to look for it.
#[component]
pub fn ApplyBar() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let desk = use_desk();
    let state = Memo::new(move |_| {
        desk.planned.with(|planned| {
            planned.as_ref().map(|planned| {
                let left_out = planned.counts.refused + planned.counts.ask;
                (
                    planned.is_ready(),
                    planned.changes,
                    left_out,
                    planned.counts.cells_refused,
                )
            })
        })
    });
    let words = move || match state.get() {
        _ if desk.is_wanted() => t_string!(i18n, import.applying).to_owned(),
        _ if desk.planning.get().is_some_and(|rows| rows > 0) => {
            let of = desk
                .file
                .with(|file| file.as_ref().map_or(0, |file| file.table.len()));
            let rows = desk.planning.get().unwrap_or(0);
            t_string!(i18n, import.planning_rows, rows = rows, of = of).to_string()
        }
        Some(_) if desk.wanted.get() == Wanted::Differs => {
            t_string!(i18n, import.differs).to_owned()
        }
        None => t_string!(i18n, import.planning).to_owned(),
        Some((false, ..)) => t_string!(i18n, import.not_ready).to_owned(),
        Some((_, false, ..)) => t_string!(i18n, import.nothing_new).to_owned(),
        Some((_, _, 0, 0)) => t_string!(i18n, import.all_taken).to_owned(),
        Some((_, _, rows, cells)) => {
            let mut what = Vec::new();
            if rows > 0 {
                what.push(t_string!(i18n, import.rows_n, count = say::small(rows)).to_string());
            }
            if cells > 0 {
                what.push(super::values_n(i18n, cells));
            }
            t_string!(i18n, import.left_out, what = what.join(", ")).to_string()
        }
    };
    // While something has to be said first, what is refused is not the last word.
    let refused = move || {
        state
            .get()
            .is_some_and(|(ready, _, rows, cells)| ready && rows + cells > 0)
    };
    let asks = move || state.get().is_some_and(|(ready, ..)| !ready);
    view! {
        <div class="apply-bar">
            <p>{words}</p>
            <Show when=asks>
                <button on:click=move |_| page::focus(ASKED)>
                    {t_string!(i18n, import.show_asked)}
                </button>
            </Show>
            <Show when=refused>
                <button on:click=move |_| save_refused(i18n, desk)>
                    {t_string!(i18n, import.save_refused)}
                </button>
            </Show>
            <button
                class="primary"
                disabled=move || !desk.can_apply() || !app.can_change()
                on:click=move |_| desk.apply()
            >
                {t_string!(i18n, import.apply)}
            </button>
        </div>
    }
}

/// Hands over what was refused, with the reasons.
pub fn save_refused(i18n: Words, desk: Desk) {
    let (Some(file), Some(planned)) = (desk.file.get_untracked(), desk.planned.get_untracked())
    else {
        return;
    };
    let headings = RefusedHeadings {
        row: t_string!(i18n, import.row),
        reason: t_string!(i18n, import.because),
    };
    let sentence = |problem: &Problem| say::problem(i18n, desk, &file, problem);
    // Writing to memory cannot fail.
    if let Ok(bytes) = planned.plan.refused_csv(&file.table, headings, sentence) {
        let stem = file
            .name
            .rsplit_once('.')
            .map_or(file.name.as_str(), |(stem, _)| stem);
        let name = t_string!(i18n, import.refused_file, file = stem.to_owned()).to_string();
        desk.hand_over(&name, &bytes);
    }
}
