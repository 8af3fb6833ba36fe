//! Importing a list, on one page: choose, look, say what the columns mean, see the plan, apply.

mod apply;
mod approval;
mod choosing;
mod columns;
mod found;
mod outcome;
mod plan;
mod questions;
mod roles;
mod row;
mod say;
mod scale;

use leptos::prelude::*;

use crate::app::import::{Progress, use_desk};
use crate::i18n::{t_string, use_i18n};
use crate::platform::files;
use crate::ui::say::Words;
use say::small;
pub use say::trouble;

#[component]
pub fn Import() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    desk.follow();
    let over = RwSignal::new(false);
    let open = Memo::new(move |_| desk.progress.get() == Progress::Open);
    let applied = Memo::new(move |_| desk.applied.with(Option::is_some));
    let under_way = move || open.get() && !applied.get();
    view! {
        <div
            class="page import"
            data-over=move || over.get().to_string()
            on:dragover=move |event: web_sys::DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event: web_sys::DragEvent| {
                event.prevent_default();
                over.set(false);
                desk.take_files(files::dropped(&event));
            }
        >
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, import.title)}
                </h1>
                <p class="answer" role="status">
                    {move || answer(i18n)}
                </p>
            </header>
            <Steps />
            <Show when=move || applied.get()>
                <outcome::Outcome />
            </Show>
            <choosing::Choosing over=over />
            <Show when=under_way>
                <found::Found />
                <columns::Columns />
                <plan::PlanSection />
                <apply::ApplyBar />
            </Show>
        </div>
    }
}

/// The first line: where the import is.
fn answer(i18n: Words) -> String {
    let desk = use_desk();
    let name = || file_name(i18n, &desk.name.get());
    match desk.progress.get() {
        Progress::Nothing => t_string!(i18n, import.answer_nothing).to_owned(),
        Progress::Busy(_) => t_string!(i18n, import.answer_busy, file = name()).to_string(),
        Progress::Failed(_) => t_string!(i18n, import.answer_failed, file = name()).to_string(),
        Progress::Open => {
            if let Some(applied) = desk.applied.get() {
                let counts = applied.counts;
                return if desk.holds() {
                    t_string!(
                        i18n,
                        import.answer_applied,
                        file = name(),
                        new = counts.new_pupils,
                        changed = counts.changed_pupils
                    )
                    .to_string()
                } else {
                    t_string!(i18n, import.answer_undone, file = name()).to_string()
                };
            }
            desk.planned.with(|planned| match planned {
                None => t_string!(i18n, import.answer_planning, file = name()).to_string(),
                Some(planned) => t_string!(
                    i18n,
                    import.answer_planned,
                    file = name(),
                    rows = planned.counts.rows,
                    new = planned.counts.new_pupils,
                    changed = planned.counts.changed_pupils,
                    same = planned.counts.same,
                    refused = planned.counts.refused
                )
                .to_string(),
            })
        }
    }
}

/// What a file is called; a paste has no name.
fn file_name(i18n: Words, name: &str) -> String {
    if name.is_empty() {
        t_string!(i18n, import.the_paste).to_owned()
    } else {
        name.to_owned()
    }
}

#[component]
fn Steps() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    // Number of the step that the person is at.
    let at = Memo::new(move |_| {
        if desk.applied.with(Option::is_some) {
            return 4;
        }
        if desk.progress.get() != Progress::Open {
            return 0;
        }
        desk.planned.with(|planned| match planned {
            Some(planned) if planned.is_ready() => 3,
            _ => 2,
        })
    });
    let names = [
        t_string!(i18n, import.step_choose),
        t_string!(i18n, import.step_file),
        t_string!(i18n, import.step_columns),
        t_string!(i18n, import.step_plan),
    ];
    view! {
        <ol class="steps">
            {names
                .into_iter()
                .enumerate()
                .map(|(index, name)| {
                    let state = move || match index.cmp(&at.get()) {
                        std::cmp::Ordering::Less => "done",
                        std::cmp::Ordering::Equal => "now",
                        std::cmp::Ordering::Greater => "todo",
                    };
                    view! {
                        <li
                            data-state=state
                            aria-current=move || (index == at.get()).then_some("step")
                        >
                            {name}
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

/// "12 values" and the like.
fn values_n(i18n: Words, count: usize) -> String {
    t_string!(i18n, words.cells_n, count = small(count)).to_string()
}
