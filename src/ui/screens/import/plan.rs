//! What the import would do, row by row, with the reason for everything that is not taken.

use flightpath_exchange::plan::{CellOutcome, Counts, PlannedRow, RowOutcome};
use leptos::prelude::*;

use super::row::row_view;
use super::{file_name, say};
use crate::app::import::{Planned, use_desk};
use crate::i18n::{t_string, use_i18n};
use crate::ui::say::Words;

/// How many rows are listed at first, and how many more at each asking.
const AT_ONCE: usize = 100;

/// Which rows are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    New,
    Changed,
    Same,
    Asked,
    RefusedRows,
    RefusedCells,
    Conflicts,
    Warned,
    Noted,
}

impl Filter {
    /// In the order of their buttons.
    const EACH: [Filter; 10] = [
        Filter::All,
        Filter::New,
        Filter::Changed,
        Filter::Same,
        Filter::Asked,
        Filter::RefusedRows,
        Filter::RefusedCells,
        Filter::Conflicts,
        Filter::Warned,
        Filter::Noted,
    ];

    fn count(self, counts: &Counts) -> usize {
        match self {
            Filter::All => counts.rows,
            Filter::New => counts.new,
            Filter::Changed => counts.changed,
            Filter::Same => counts.same,
            Filter::Asked => counts.ask,
            Filter::RefusedRows => counts.refused,
            Filter::RefusedCells => counts.cells_refused,
            Filter::Conflicts => counts.in_conflict,
            Filter::Warned => counts.warnings,
            Filter::Noted => counts.notes,
        }
    }

    /// Whether the button is there even for a count of nought.
    fn is_always_shown(self) -> bool {
        matches!(
            self,
            Filter::All | Filter::New | Filter::Changed | Filter::Same | Filter::RefusedRows
        )
    }

    fn state(self) -> Option<&'static str> {
        match self {
            Filter::New => Some("new"),
            Filter::Changed => Some("changed"),
            Filter::Same => Some("same"),
            Filter::Asked | Filter::Conflicts | Filter::Warned => Some("asked"),
            Filter::RefusedRows | Filter::RefusedCells => Some("refused"),
            Filter::All | Filter::Noted => None,
        }
    }

    fn name(self, i18n: Words, count: usize) -> String {
        let count = say::small(count);
        match self {
            Filter::All => t_string!(i18n, import.chip_all, count = count).to_string(),
            Filter::New => t_string!(i18n, import.chip_new, count = count).to_string(),
            Filter::Changed => t_string!(i18n, import.chip_changed, count = count).to_string(),
            Filter::Same => t_string!(i18n, import.chip_same, count = count).to_string(),
            Filter::Asked => t_string!(i18n, import.chip_asked, count = count).to_string(),
            Filter::RefusedRows => {
                t_string!(i18n, import.chip_refused_rows, count = count).to_string()
            }
            Filter::RefusedCells => {
                t_string!(i18n, import.chip_refused_cells, count = count).to_string()
            }
            Filter::Conflicts => t_string!(i18n, import.chip_conflicts, count = count).to_string(),
            Filter::Warned => t_string!(i18n, import.chip_warned, count = count).to_string(),
            Filter::Noted => t_string!(i18n, import.chip_noted, count = count).to_string(),
        }
    }

    fn takes(self, row: &PlannedRow) -> bool {
        match self {
            Filter::All => true,
            Filter::New => row.outcome == RowOutcome::New,
            Filter::Changed => row.outcome == RowOutcome::Changed,
            Filter::Same => {
                matches!(row.outcome, RowOutcome::Same | RowOutcome::SameAsRow(_))
            }
            Filter::Asked => matches!(row.outcome, RowOutcome::Ask { .. }),
            Filter::RefusedRows => matches!(row.outcome, RowOutcome::Refused(_)),
            Filter::RefusedCells => row
                .cells
                .iter()
                .any(|cell| matches!(cell.outcome, CellOutcome::Refused { .. })),
            Filter::Conflicts => row
                .cells
                .iter()
                .any(|cell| matches!(cell.outcome, CellOutcome::InConflict { .. })),
            Filter::Warned => !row.warnings.is_empty(),
            Filter::Noted => !row.notes.is_empty(),
        }
    }
}

#[component]
pub fn PlanSection() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let filter = RwSignal::new(Filter::All);
    let most = RwSignal::new(AT_ONCE);
    let counts = Memo::new(move |_| {
        desk.planned
            .with(|planned| planned.as_ref().map(|planned| planned.counts))
            .unwrap_or_default()
    });
    let chips = move || {
        let counts = counts.get();
        Filter::EACH
            .into_iter()
            .filter(|each| each.is_always_shown() || each.count(&counts) > 0)
            .map(|each| {
                view! {
                    <button
                        data-state=each.state()
                        aria-pressed=move || (filter.get() == each).to_string()
                        on:click=move |_| {
                            filter.set(each);
                            most.set(AT_ONCE);
                        }
                    >
                        {each.name(i18n, each.count(&counts))}
                    </button>
                }
            })
            .collect_view()
    };
    let listed = Memo::new(move |_| {
        let filter = filter.get();
        desk.planned.with(|planned| {
            planned.as_ref().map_or(0, |planned| {
                let rows = planned.plan.rows.iter();
                rows.filter(|row| filter.takes(row)).count()
            })
        })
    });
    let rows = move || {
        let file = desk.file.get()?;
        let planned = desk.planned.get()?;
        let (filter, most) = (filter.get(), most.get());
        let rows = planned.plan.rows.iter();
        Some(
            rows.filter(|row| filter.takes(row))
                .take(most)
                .map(|row| row_view(i18n, desk, &file, &planned, row))
                .collect_view(),
        )
    };
    let hidden = move || listed.get().saturating_sub(most.get());
    let made = move || {
        let planned = desk.planned.get()?;
        new_things(i18n, &planned)
    };
    view! {
        <section class="section" aria-busy=move || desk.planning.with(Option::is_some).to_string()>
            <h2>{t_string!(i18n, import.step_plan)}</h2>
            <p class="hint">{t_string!(i18n, import.plan_hint)} " " {made}</p>
            <div
                class="count-chips"
                role="group"
                aria-label=t_string!(i18n, import.chips)
            >
                {chips}
            </div>
            <div
                class="table-frame"
                tabindex="0"
                role="region"
                aria-label=t_string!(i18n, import.plan_caption)
            >
                <table class="plan">
                    <caption>
                        {move || {
                            let file = file_name(i18n, &desk.name.get());
                            t_string!(i18n, import.plan_caption_of, file = file).to_string()
                        }}
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col" class="num">
                                {t_string!(i18n, import.row)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, import.line)}
                            </th>
                            <th scope="col">{t_string!(i18n, words.pupil)}</th>
                            <th scope="col">{t_string!(i18n, import.becomes)}</th>
                            <th scope="col">{t_string!(i18n, import.because)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Show when=move || listed.get() == 0>
                <p class="hint">{t_string!(i18n, import.no_such_rows)}</p>
            </Show>
            <Show when=move || { hidden() > 0 }>
                <button on:click=move |_| most.update(|most| *most += AT_ONCE)>
                    {move || {
                        t_string!(i18n, import.more_rows, count = say::small(hidden())).to_string()
                    }}
                </button>
            </Show>
        </section>
    }
}

/// Subjects, events and classes that the import would make.
fn new_things(i18n: Words, planned: &Planned) -> Option<String> {
    let plan = &planned.plan;
    let names = |things: &std::collections::BTreeMap<_, String>| {
        let names: Vec<&str> = things.values().map(String::as_str).collect();
        names.join(", ")
    };
    let mut sentences = Vec::new();
    if !plan.new_subjects.is_empty() {
        let names = names(&plan.new_subjects);
        sentences.push(t_string!(i18n, import.new_subjects, names = names).to_string());
    }
    if !plan.new_events.is_empty() {
        let names = names(&plan.new_events);
        sentences.push(t_string!(i18n, import.new_events, names = names).to_string());
    }
    if !plan.new_classes.is_empty() {
        let count = say::small(plan.new_classes.len());
        sentences.push(t_string!(i18n, import.new_classes, count = count).to_string());
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
