//! What the file as a whole needs: its year, a subject, an event, numbers for its rows.

use flightpath_exchange::mapping::{Mapping, Role};
use flightpath_school::model::AcademicYear;
use leptos::prelude::*;

use super::approval::AskApproval;
use super::say;
use crate::app::import::{Opened, Planned, use_desk};
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::Choice;
use crate::ui::say::Words;

/// What can be said of the whole file; each control is there only where it matters.
#[component]
pub fn WholeFile() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let desk = use_desk();
    let needs = move |test: fn(&Mapping) -> bool| Memo::new(move |_| desk.mapping.with(test));
    let subject = needs(needs_subject);
    let event = needs(needs_event);
    let nobody = needs(|mapping| !mapping.identifies_pupils());
    let may_add = needs(|mapping| {
        mapping.identifies_pupils()
            && (mapping.add_missing_pupils
                || !Mapping {
                    add_missing_pupils: false,
                    ..mapping.clone()
                }
                .adds_pupils())
    });
    let years = Signal::derive(move || {
        let year = desk.year();
        let this = app.year();
        let mut years: Vec<AcademicYear> = vec![
            this.next(),
            this,
            this.previous(),
            this.previous().previous(),
            year,
        ];
        years.sort_unstable();
        years.dedup();
        years
            .into_iter()
            .rev()
            .map(|year| (year.0.to_string(), year.to_string()))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, import.year_of_file)
                options=years
                value=Signal::derive(move || desk.year().0.to_string())
                on_change=move |year| {
                    if let Ok(year) = year.parse() {
                        desk.choose_year(AcademicYear(year));
                    }
                }
            />
            <Show when=move || subject.get()>
                <label class="field">
                    <span>{t_string!(i18n, import.single_subject)}</span>
                    <input
                        type="text"
                        list="import-subjects"
                        prop:value=move || {
                            desk.mapping
                                .with(|mapping| mapping.single_subject.clone())
                                .unwrap_or_default()
                        }
                        on:change:target=move |event| {
                            desk.set_single_subject(&event.target().value());
                        }
                    />
                </label>
            </Show>
            <Show when=move || event.get()>
                <label class="field">
                    <span>{t_string!(i18n, import.default_event)}</span>
                    <input
                        type="text"
                        list="import-events"
                        prop:value=move || {
                            desk.mapping
                                .with(|mapping| mapping.default_event.clone())
                                .unwrap_or_default()
                        }
                        on:change:target=move |event| {
                            desk.set_default_event(&event.target().value());
                        }
                    />
                </label>
            </Show>
            <Show when=move || nobody.get()>
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || {
                            desk.mapping.with(|mapping| mapping.number_rows.is_some())
                        }
                        on:change:target=move |event| {
                            let surname = t_string!(i18n, import.numbered_surname);
                            desk.set_number_rows(
                                event.target().checked().then(|| format!("{surname} ")),
                            );
                        }
                    />
                    <span>{t_string!(i18n, import.number_rows)}</span>
                </label>
            </Show>
            <Show when=move || may_add.get()>
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || {
                            desk.mapping.with(|mapping| mapping.add_missing_pupils)
                        }
                        on:change:target=move |event| {
                            desk.set_add_missing(event.target().checked());
                        }
                    />
                    <span>{t_string!(i18n, import.add_missing)}</span>
                </label>
            </Show>
        </div>
        <datalist id="import-subjects">
            {move || {
                app.subjects()
                    .into_iter()
                    .map(|subject| view! { <option value=subject.name></option> })
                    .collect_view()
            }}
        </datalist>
        <datalist id="import-events">
            {move || {
                app.lists()
                    .with(|lists| {
                        lists
                            .events
                            .iter()
                            .map(|event| event.name.clone())
                            .map(|name| view! { <option value=name></option> })
                            .collect_view()
                    })
            }}
        </datalist>
        <Asked />
        <AskApproval />
    }
}

fn needs_subject(mapping: &Mapping) -> bool {
    mapping.single_subject.is_some()
        || !mapping.has(|role| *role == Role::SubjectName)
            && mapping.has(|role| {
                matches!(
                    role,
                    Role::Result { subject: None, .. }
                        | Role::Class { subject: None }
                        | Role::Teacher { subject: None }
                        | Role::ResultOfNamedKind
                )
            })
}

fn needs_event(mapping: &Mapping) -> bool {
    mapping.default_event.is_some()
        || !mapping.has(|role| *role == Role::EventName)
            && mapping.has(|role| {
                matches!(role, Role::Result { event: None, kind, .. } if kind.has_event())
                    || *role == Role::ResultOfNamedKind
            })
}

/// The list of what the import waits for, by its id.
pub const ASKED: &str = "import-asked";

/// What is still to be said: first what the import waits for.
#[component]
fn Asked() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let sentences = Memo::new(move |_| {
        let file = desk.file.get();
        desk.planned.with(|planned| match (planned, &file) {
            (Some(planned), Some(file)) => sentences(i18n, file, planned),
            _ => (Vec::new(), Vec::new()),
        })
    });
    let listed = |sentences: Vec<String>| {
        sentences
            .into_iter()
            .map(|sentence| view! { <li>{sentence}</li> })
            .collect_view()
    };
    move || {
        let (must, may) = sentences.get();
        view! {
            {(!must.is_empty())
                .then(|| {
                    view! {
                        <div
                            class="banner"
                            data-kind="warning"
                            role="status"
                            id=ASKED
                            tabindex="-1"
                        >
                            <h3>{t_string!(i18n, import.must_answer)}</h3>
                            <ul>{listed(must)}</ul>
                        </div>
                    }
                })}
            {(!may.is_empty())
                .then(|| {
                    view! {
                        <div class="banner" data-kind="info">
                            <h3>{t_string!(i18n, import.may_answer)}</h3>
                            <ul>{listed(may)}</ul>
                        </div>
                    }
                })}
        }
    }
}

/// What must be answered, and what may be.
fn sentences(i18n: Words, file: &Opened, planned: &Planned) -> (Vec<String>, Vec<String>) {
    let (must, may): (Vec<_>, Vec<_>) = planned
        .plan
        .questions
        .iter()
        .partition(|question| question.must_be_answered());
    let said = |questions: Vec<_>| -> Vec<String> {
        questions
            .into_iter()
            .map(|question| say::question(i18n, file, question))
            .collect()
    };
    let mut must = said(must);
    must.extend(planned.twins.iter().map(|(earlier, later)| {
        t_string!(
            i18n,
            import.twins,
            earlier = say::column(i18n, file, *earlier),
            later = say::column(i18n, file, *later)
        )
        .to_string()
    }));
    (must, said(may))
}
