//! One pupil's row: the target is typed like in a spreadsheet, another grade than the proposed one
//! waits for its reason.

use flightpath_school::model::Id;
use flightpath_school::model::scale::Security;
use flightpath_school::view::standing::{national_chances, proposal};
use flightpath_school::view::what_if::proposal_changes;
use leptos::prelude::*;

use super::ask::AskForm;
use super::beside::show_chances;
use super::cell::{Cell, Note, target_id};
use super::sheet::{Row, Start};
use super::state::StateView;
use super::table::Desk;
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::practice_words;
use crate::ui::parts::target_why::{target_why, why_view};
use crate::ui::route::Route;
use crate::ui::say::Words;

/// How safe a fine grade is.
fn security_words(i18n: Words, security: &Security) -> String {
    match security {
        Security::NotSecure { .. } => t_string!(i18n, targets.not_secure).to_owned(),
        Security::Secure { .. } => t_string!(i18n, targets.secure).to_owned(),
        Security::CloseToNext { next: Some(next) } => {
            t_string!(i18n, targets.close_to, next = next.clone()).to_string()
        }
        Security::CloseToNext { next: None } => t_string!(i18n, targets.at_the_top).to_owned(),
    }
}

#[component]
pub fn TargetRow(desk: Desk, subject: Id, id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let row = Memo::new(move |_| desk.sheet.with(|sheet| sheet.row(id).cloned()));
    let cell = Cell {
        app,
        i18n,
        desk,
        subject,
        id,
        row,
        typed: RwSignal::new(None),
        problem: RwSignal::new(None),
    };
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let value = move || {
        if let Some(typed) = cell.typed.get() {
            return typed;
        }
        let waiting = desk
            .pending
            .with(|pending| pending.get(&(subject, id)).cloned());
        match waiting {
            Some(pending) => pending.grade.map(|(_, label)| label).unwrap_or_default(),
            None => row.with(|row| {
                let label = row.as_ref().map(Row::label);
                label.unwrap_or_default().to_owned()
            }),
        }
    };
    let security =
        move || row.with(|row| Some(security_words(i18n, row.as_ref()?.security.as_ref()?)));
    // While nothing is being typed here a problem is that of the reason or a name.
    let wrong = move || {
        let typing = cell.typed.with(Option::is_some);
        (typing && cell.problem.with(Option::is_some)).then_some("true")
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            cell.commit(Some(if event.shift_key() { -1 } else { 1 }));
        }
        "ArrowDown" => {
            event.prevent_default();
            cell.commit(Some(1));
        }
        "ArrowUp" => {
            event.prevent_default();
            cell.commit(Some(-1));
        }
        "Escape" => cell.forget(),
        _ => {}
    };
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(id).href()>{name}</a>
            </th>
            <Starts row=row starts=cell.desk.starts />
            <td class="grade">
                <Proposed cell=cell />
            </td>
            <td class="grade">
                <input
                    id=target_id(id)
                    size="4"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=move || t_string!(i18n, targets.target_of, name = name()).to_string()
                    aria-describedby=format!("note-{id}")
                    aria-invalid=wrong
                    disabled=move || {
                        row.with(|row| row.as_ref().is_none_or(|row| row.scale.is_none()))
                    }
                    prop:value=value
                    on:focus:target=move |event| {
                        event.target().select();
                        show_chances(cell, drawer);
                    }
                    on:input:target=move |event| {
                        cell.problem.set(None);
                        cell.typed.set(Some(event.target().value()));
                    }
                    on:keydown=on_key
                    on:change=move |_| cell.commit(None)
                />
                <span class="security">{security}</span>
            </td>
            <td>
                <StateView cell=cell />
            </td>
            <td class="note" id=format!("note-{id}")>
                <NoteView cell=cell />
            </td>
        </tr>
    }
}

/// Form and starting points.
#[component]
fn Starts(row: Memo<Option<Row>>, starts: Memo<Vec<Start>>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .map(|row| (row.form.clone(), row.starts.clone()))
        })
    });
    move || {
        shown.get().map(|(form, values)| {
            let cells = Start::ALL.into_iter().zip(values);
            let cells = cells.filter(|(start, _)| starts.with(|starts| starts.contains(start)));
            let cells: Vec<_> = cells
                .map(|(start, value)| view! { <td class=start.class()>{value}</td> })
                .collect();
            view! {
                <td>{form}</td>
                {cells}
            }
        })
    }
}

/// The proposed grade and its *why?*.
#[component]
fn Proposed(cell: Cell) -> impl IntoView {
    let i18n = cell.i18n;
    let drawer = use_drawer();
    let why_id = format!("why-{}", cell.id);
    let opener = why_id.clone();
    let show = move |_| {
        let year = untrack(|| cell.app.year());
        let told = cell.desk.scene.with_untracked(|scene| {
            let subject = scene.subject.as_ref()?;
            let pupil = scene.pupils.iter().find(|pupil| pupil.id == cell.id)?;
            let why = untrack(|| {
                cell.app.with(|core| {
                    let policy = core.policy()?;
                    let school = core.school();
                    let found = proposal(school, policy, year, subject, pupil);
                    let changes = proposal_changes(school, policy, year, subject, pupil);
                    let chances = national_chances(school, policy, year, subject, pupil);
                    let set = cell
                        .row
                        .with_untracked(|row| row.as_ref().map(|row| row.label().to_owned()));
                    Some(target_why(
                        i18n,
                        policy,
                        found.as_ref(),
                        changes.as_ref(),
                        chances,
                        set.as_deref(),
                    ))
                })
            })?;
            let title = t_string!(
                i18n,
                targets.why_title,
                name = pupil.name(),
                subject = subject.name.clone()
            )
            .to_string();
            Some((title, why))
        });
        if let Some((title, why)) = told {
            drawer.show(title, Some(opener.clone()), move || why_view(i18n, &why));
        }
    };
    let label = move || {
        cell.row.with(|row| {
            let proposed = row.as_ref().and_then(|row| row.proposed.as_ref());
            proposed.map_or_else(
                || t_string!(i18n, targets.teacher).to_owned(),
                |(_, label)| label.clone(),
            )
        })
    };
    let name = move || {
        let name = cell
            .row
            .with(|row| row.as_ref().map(|row| row.name.clone()));
        t_string!(i18n, targets.why_of, name = name.unwrap_or_default()).to_string()
    };
    view! {
        <span>{label}</span>
        " "
        <button class="why" id=why_id aria-label=name on:click=show>
            {t_string!(i18n, words.why)}
        </button>
    }
}

/// The last column: a problem, a completion, the reason or the field for it.
#[component]
fn NoteView(cell: Cell) -> impl IntoView {
    let i18n = cell.i18n;
    let note = Memo::new(move |_| cell.note());
    let name = move || {
        let name = cell
            .row
            .with_untracked(|row| row.as_ref().map(|row| row.name.clone()));
        name.unwrap_or_default()
    };
    move || match note.get() {
        Note::Nothing => ().into_any(),
        Note::Problem(words) => view! { <span class="problem">{words}</span> }.into_any(),
        Note::Could(words) => view! { <span class="quiet-text">{words}</span> }.into_any(),
        Note::Set {
            differs,
            reason,
            approved,
        } => {
            let bare = differs && reason.is_empty();
            let give = t_string!(i18n, targets.give_reason_for, name = name()).to_string();
            let approved = (!approved.is_empty()).then(|| {
                let by = practice_words::approvals(i18n, &approved);
                let words = t_string!(i18n, targets.approved, by = by).to_string();
                view! { <span class="quiet-text">" " {words}</span> }
            });
            view! {
                {differs
                    .then(|| {
                        view! {
                            <span class="chip" data-kind="due">
                                {t_string!(i18n, targets.another)}
                            </span>
                            " "
                        }
                    })}
                {(!reason.is_empty()).then(|| view! { <span>{reason}</span> })}
                {approved}
                {bare
                    .then(|| {
                        view! {
                            <button class="why" aria-label=give on:click=move |_| cell.ask_reason()>
                                {t_string!(i18n, targets.give_reason)}
                            </button>
                        }
                    })}
            }
            .into_any()
        }
        Note::Ask(ask, asks) => {
            view! { <AskForm cell=cell ask=ask asks=asks name=name() /> }.into_any()
        }
    }
}
