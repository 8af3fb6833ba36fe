//! What stands beside a mark: note, evidence, effort, and the mark after moderation.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::markbook::{MarkEntry, Typed, written};
use flightpath_school::model::Id;
use flightpath_school::view::markbook::{
    MarkCell, mark_cell, set_effort, set_evidence, set_note, write_moderated,
};
use leptos::prelude::*;

use super::state::Book;
use super::words;
use crate::i18n::t_string;
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::line::Line;

/// The school's scale for effort where no other is named.
const EFFORT: &str = "atl";

/// Opens what stands beside a mark in the drawer.
pub fn show_beside(book: Book, drawer: Drawer, pupil: Id, who: &str, assessment: Id, title: &str) {
    let heading = format!("{who}: {title}");
    drawer.show(heading, Some(super::GRID.to_owned()), move || {
        view! { <Beside book=book pupil=pupil assessment=assessment /> }.into_any()
    });
}

#[component]
fn Beside(book: Book, pupil: Id, assessment: Id) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let cell = Memo::new(move |_| -> MarkCell {
        let Some(place) = book.place(assessment) else {
            return MarkCell::default();
        };
        app.read(|school| {
            let position = school.position(flightpath_school::model::Table::Pupils, pupil);
            position.map_or_else(MarkCell::default, |position| {
                mark_cell(school, place, position)
            })
        })
    });
    let refused = RwSignal::new(String::new());
    let title = move || {
        let held = book.assessment(assessment);
        held.map(|held| held.title).unwrap_or_default()
    };
    let write = move |fill: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::default();
        fill(&mut draft);
        if !draft.is_empty() {
            app.dispatch(Action::Marks { title: title() }, &draft);
        }
    };
    let note = move |text: String| {
        if let Some(place) = book.place(assessment) {
            write(&|draft| app.peek(|school| set_note(draft, school, place, pupil, &text)));
        }
    };
    let evidence = move |text: String| {
        if let Some(place) = book.place(assessment) {
            write(&|draft| app.peek(|school| set_evidence(draft, school, place, pupil, &text)));
        }
    };
    let effort = move |label: String| {
        let Some(place) = book.place(assessment) else {
            return;
        };
        let scale = app.with(|core| core.policy()?.scales().get(EFFORT).cloned());
        write(&|draft| {
            let effort = scale
                .as_ref()
                .filter(|_| !label.is_empty())
                .map(|scale| (scale, label.as_str()));
            app.peek(|school| {
                set_effort(draft, school, place, pupil, effort);
            });
        });
    };
    let moderated = move |text: String| {
        let (Some(place), Some(held)) = (book.place(assessment), book.assessment(assessment))
        else {
            return;
        };
        match book.read(&held, &text) {
            Ok(typed) => {
                refused.set(String::new());
                write(&|draft| {
                    app.peek(|school| {
                        if !write_moderated(draft, school, place, pupil, &typed) {
                            refused.set(t_string!(i18n, markbook.moderated_mark).to_owned());
                        }
                    });
                });
            }
            Err(bad) => refused.set(words::not_read(i18n, &bad)),
        }
    };
    let labels = app
        .with(|core| Some(core.policy()?.scales().get(EFFORT)?.all_labels()))
        .unwrap_or_default();
    let chosen = Memo::new(move |_| {
        cell.with(|cell| cell.effort.clone().map(|(_, label)| label))
            .unwrap_or_default()
    });
    let moderated_text = Memo::new(move |_| {
        cell.with(|cell| match &cell.moderated {
            MarkEntry::Mark(mark) => written(&Typed::Mark(mark.clone())),
            _ => String::new(),
        })
    });
    let waits = Memo::new(move |_| cell.with(MarkCell::moderated_waits));
    let note_text = Memo::new(move |_| cell.with(|cell| cell.note.clone()));
    let evidence_text = Memo::new(move |_| cell.with(|cell| cell.evidence.clone()));
    view! {
        <div class="stack">
            <Line label=t_string!(i18n, markbook.note_label) text=note_text keep=note />
            <Line label=t_string!(i18n, markbook.evidence_label) text=evidence_text keep=evidence />
            <label class="field">
                <span>{t_string!(i18n, markbook.effort_label)}</span>
                <select
                    prop:value=chosen
                    on:change:target=move |event| effort(event.target().value())
                >
                    <option value="">{t_string!(i18n, markbook.effort_none)}</option>
                    {labels
                        .into_iter()
                        .map(|label| {
                            let name = label.clone();
                            let is_chosen = chosen.get_untracked() == label;
                            view! {
                                <option value=label selected=is_chosen>
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            <Line label=t_string!(i18n, markbook.moderated_label) text=moderated_text keep=moderated />
            <Show when=move || waits.get()>
                <p class="hint">{t_string!(i18n, markbook.moderated_waits)}</p>
            </Show>
            <p class="problem" role="alert">
                {refused}
            </p>
            <p class="hint">{t_string!(i18n, markbook.beside_hint)}</p>
        </div>
    }
}
