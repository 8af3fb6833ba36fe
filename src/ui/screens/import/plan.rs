//! What the import would do, row by row, with the reason for everything that is not taken.

use flightpath_exchange::mapping::Role;
use flightpath_exchange::plan::{
    Answer, Candidate, CellOutcome, Counts, PlannedRow, Problem, ProblemKind, RefusedHeadings,
    RowOutcome,
};
use leptos::prelude::*;

use super::{say, values_n};
use crate::app::import::{Desk, Opened, Planned, use_desk};
use crate::app::use_app;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::say::Words;

/// How many rows are listed at first, and how many more at each asking.
const AT_ONCE: usize = 100;
/// How many changes of one row are listed.
const CHANGES: usize = 6;

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
        <section class="section" aria-busy=move || desk.planning.get().to_string()>
            <h2>{t!(i18n, import.step_plan)}</h2>
            <p class="hint">{t!(i18n, import.plan_hint)} " " {made}</p>
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
                    <caption>{t!(i18n, import.plan_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="num">
                                {t!(i18n, import.row)}
                            </th>
                            <th scope="col" class="num">
                                {t!(i18n, import.line)}
                            </th>
                            <th scope="col">{t!(i18n, words.pupil)}</th>
                            <th scope="col">{t!(i18n, import.becomes)}</th>
                            <th scope="col">{t!(i18n, import.because)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Show when=move || listed.get() == 0>
                <p class="hint">{t!(i18n, import.no_such_rows)}</p>
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

fn row_view(
    i18n: Words,
    desk: Desk,
    file: &Opened,
    planned: &Planned,
    row: &PlannedRow,
) -> impl IntoView + use<> {
    let (state, outcome) = match &row.outcome {
        RowOutcome::New => ("new", t_string!(i18n, import.is_new)),
        RowOutcome::Changed => ("changed", t_string!(i18n, import.is_changed)),
        RowOutcome::Same | RowOutcome::SameAsRow(_) => ("same", t_string!(i18n, import.is_same)),
        RowOutcome::Refused(_) => ("refused", t_string!(i18n, import.is_refused)),
        RowOutcome::Ask { .. } => ("asked", t_string!(i18n, import.is_asked)),
    };
    let problems = planned.problems.get(&row.number);
    let sentences = problems
        .into_iter()
        .flatten()
        .map(|problem| {
            let kind = match problem.what {
                ProblemKind::RowRefused(_) | ProblemKind::CellRefused(_) => "refused",
                ProblemKind::Ask(_) | ProblemKind::CellInConflict | ProblemKind::Warned(_) => {
                    "asked"
                }
                ProblemKind::Noted(_) => "same",
            };
            let sentence = say::problem(i18n, desk, file, problem);
            view! {
                <li class="said" data-kind=kind>
                    {sentence}
                </li>
            }
        })
        .collect_view();
    let changes = changes(i18n, file, row);
    let number = row.number;
    let answering = match &row.outcome {
        RowOutcome::Ask { candidates, .. } => Some(candidates.clone()),
        // An answer can be taken back.
        _ => desk.answer_of(number).map(|answer| match answer {
            Answer::Same(candidate) => vec![candidate],
            Answer::New | Answer::LeaveOut => Vec::new(),
        }),
    };
    view! {
        <tr data-state=state>
            <th scope="row" class="num">
                {row.number}
            </th>
            <td class="num">{row.line}</td>
            <td>{row_name(desk, file, row)}</td>
            <td>
                <span class="chip" data-kind=state>
                    {outcome}
                </span>
            </td>
            <td class="wrap">
                <p class="said-values">{changes}</p>
                <ul class="said-list">{sentences}</ul>
                {answering.map(|candidates| answer_choice(i18n, desk, number, candidates))}
            </td>
        </tr>
    }
}

/// Whom a row means, to be chosen.
fn answer_choice(
    i18n: Words,
    desk: Desk,
    row: u32,
    candidates: Vec<Candidate>,
) -> impl IntoView + use<> {
    let mut choices: Vec<(String, Option<Answer>, String)> = vec![(
        String::new(),
        None,
        t_string!(i18n, import.answer_later).to_owned(),
    )];
    for (index, candidate) in candidates.into_iter().enumerate() {
        let who = say::candidate(i18n, desk, candidate);
        choices.push((
            format!("same-{index}"),
            Some(Answer::Same(candidate)),
            t_string!(i18n, import.answer_same, who = who).to_string(),
        ));
    }
    choices.push((
        "new".to_owned(),
        Some(Answer::New),
        t_string!(i18n, import.answer_new).to_owned(),
    ));
    choices.push((
        "leave".to_owned(),
        Some(Answer::LeaveOut),
        t_string!(i18n, import.answer_leave).to_owned(),
    ));
    let now = desk.answer_of(row);
    let options = choices
        .iter()
        .map(|(key, answer, name)| {
            view! {
                <option value=key.clone() selected=*answer == now>
                    {name.clone()}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            aria-label=t_string!(i18n, import.whom_row, row = row).to_string()
            on:change:target=move |event| {
                let key = event.target().value();
                let chosen = choices.iter().find(|(known, _, _)| *known == key);
                desk.answer(row, chosen.and_then(|(_, answer, _)| *answer));
            }
        >
            {options}
        </select>
    }
}

/// What a row would write.
fn changes(i18n: Words, file: &Opened, row: &PlannedRow) -> String {
    if let RowOutcome::SameAsRow(earlier) = &row.outcome {
        return t_string!(i18n, import.same_as_row, row = *earlier).to_string();
    }
    let fresh = row
        .cells
        .iter()
        .filter(|cell| matches!(cell.outcome, CellOutcome::New(_)))
        .count();
    let mut said: Vec<String> = Vec::new();
    if fresh > 0 {
        let values = values_n(i18n, fresh);
        said.push(t_string!(i18n, import.adds, values = values).to_string());
    }
    let changed: Vec<String> = row
        .cells
        .iter()
        .filter_map(|cell| match &cell.outcome {
            CellOutcome::Changed { from, to } => Some(
                t_string!(
                    i18n,
                    import.from_to,
                    column = say::column(i18n, file, cell.column),
                    from = say::value(i18n, from),
                    to = say::value(i18n, to)
                )
                .to_string(),
            ),
            _ => None,
        })
        .collect();
    let more = changed.len().saturating_sub(CHANGES);
    said.extend(changed.into_iter().take(CHANGES));
    if more > 0 {
        said.push(t_string!(i18n, import.more_changes, count = say::small(more)).to_string());
    }
    let kept = row
        .cells
        .iter()
        .filter(|cell| cell.outcome == CellOutcome::KeptBecauseBlank)
        .count();
    if kept > 0 {
        let values = values_n(i18n, kept);
        said.push(t_string!(i18n, import.kept_blank, values = values).to_string());
    }
    said.join("; ")
}

/// Whom a row is about: by what stands in it, else by what the school knows.
fn row_name(desk: Desk, file: &Opened, row: &PlannedRow) -> String {
    let index = (row.number as usize).checked_sub(1);
    let Some(fields) = index.and_then(|index| file.table.row(index)) else {
        return String::new();
    };
    let named = desk.mapping.with_untracked(|mapping| {
        let cell = |test: fn(&Role) -> bool| {
            let column = mapping.columns.iter().position(|column| test(&column.role));
            column.map(|column| fields.cell(column)).unwrap_or_default()
        };
        let parts: Vec<&str> = [
            cell(|role| *role == Role::Surname),
            cell(|role| *role == Role::Forename),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
        if !parts.is_empty() {
            return parts.join(", ");
        }
        let whole = cell(|role| matches!(role, Role::FullName(_)));
        if !whole.is_empty() {
            return whole.to_owned();
        }
        String::new()
    });
    if !named.is_empty() {
        return say::shortened(&named);
    }
    let known = row.pupil.map(|pupil| desk.who(pupil)).unwrap_or_default();
    if !known.is_empty() {
        return known;
    }
    desk.mapping.with_untracked(|mapping| {
        let number = [Role::Upn, Role::AdmissionNumber]
            .iter()
            .filter_map(|role| mapping.column_of(role))
            .map(|column| fields.cell(column))
            .find(|text| !text.is_empty());
        number.map(say::shortened).unwrap_or_default()
    })
}

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
        _ if desk.applying.get() => t_string!(i18n, import.applying).to_owned(),
        None => t_string!(i18n, import.planning).to_owned(),
        Some((false, ..)) => t_string!(i18n, import.not_ready).to_owned(),
        Some((_, false, ..)) => t_string!(i18n, import.nothing_new).to_owned(),
        Some((_, _, 0, 0)) => t_string!(i18n, import.all_taken).to_owned(),
        Some((_, _, rows, cells)) => {
            t_string!(i18n, import.left_out, rows = rows, cells = cells).to_string()
        }
    };
    let refused = move || {
        state
            .get()
            .is_some_and(|(_, _, rows, cells)| rows + cells > 0)
    };
    view! {
        <div class="apply-bar">
            <p>{words}</p>
            <Show when=refused>
                <button on:click=move |_| save_refused(i18n, desk)>
                    {t!(i18n, import.save_refused)}
                </button>
            </Show>
            <button
                class="primary"
                disabled=move || !desk.can_apply() || !app.can_change()
                on:click=move |_| desk.apply()
            >
                {t!(i18n, import.apply)}
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
