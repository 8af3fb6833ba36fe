//! One row of the plan: whose it is, what becomes of it, and why.

use flightpath_exchange::mapping::Role;
use flightpath_exchange::plan::{
    Answer, Candidate, CellOutcome, PlannedRow, ProblemKind, RowOutcome,
};
use leptos::prelude::*;

use super::{say, values_n};
use crate::app::import::{Desk, Opened, Planned};
use crate::i18n::t_string;
use crate::ui::say::Words;

/// How many changes of one row are listed.
const CHANGES: usize = 6;

/// A row of the plan on screen.
pub fn row_view(
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
