//! The pupil's subjects: target, every event's grades, status and why.

use flightpath_school::engine::status::{Judgement, RagOutcome};
use flightpath_school::model::Id;
use leptos::prelude::*;

use super::dossier::{EventCells, EventColumn, SubjectRow};
use super::values::{SubjectValues, ValueButton};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::mark::{OnTarget, RagMark};
use crate::ui::parts::why::{Reason, judgement_reason, reason_view};
use crate::ui::say::Words;

#[component]
pub fn SubjectsTable(
    events: Vec<EventColumn>,
    subjects: Vec<SubjectRow>,
    event: Option<String>,
    row: Id,
    who: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    if subjects.is_empty() {
        return view! {
            <section class="section">
                <h2>{t_string!(i18n, pupils.subjects)}</h2>
                <p>
                    {t_string!(i18n, pupils.subjects_none, year = app.year().to_string())
                        .to_string()}
                </p>
            </section>
        }
        .into_any();
    }
    let caption = t_string!(
        i18n,
        pupils.subjects_caption,
        name = who.clone(),
        year = app.year().to_string()
    )
    .to_string();
    let label = caption.clone();
    let after = event.map(|event| t_string!(i18n, pupils.head_after, event = event).to_string());
    let has_start = subjects
        .iter()
        .any(|subject| !subject.start.texts.is_empty());
    view! {
        <section class="section">
            <h2>{t_string!(i18n, pupils.subjects)}</h2>
            <p class="hint">{t_string!(i18n, pupils.subjects_hint)}</p>
            <div class="table-frame" tabindex="0" role="region" aria-label=label>
                <table class="frozen">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, pupils.head_subject)}</th>
                            {has_start
                                .then(|| {
                                    view! {
                                        <th scope="col" class="grade">
                                            {t_string!(i18n, pupils.head_start)}
                                        </th>
                                    }
                                })}
                            <th scope="col">{t_string!(i18n, pupils.head_target)}</th>
                            {events
                                .iter()
                                .map(|event| event_headings(i18n, event))
                                .collect_view()}
                            <th scope="col">
                                {t_string!(i18n, pupils.head_status)}
                                {after
                                    .map(|after| {
                                        view! {
                                            " "
                                            <span class="unit">{after}</span>
                                        }
                                    })}
                            </th>
                            <th scope="col">{t_string!(i18n, pupils.head_why)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {subjects
                            .into_iter()
                            .map(|subject| {
                                view! {
                                    <SubjectLine
                                        subject=subject
                                        events=events.clone()
                                        has_start=has_start
                                        row=row
                                        who=who.clone()
                                    />
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn event_headings(i18n: Words, event: &EventColumn) -> AnyView {
    let unit = if event.is_achieved {
        t_string!(i18n, pupils.unit_achieved)
    } else {
        t_string!(i18n, pupils.unit_current)
    };
    let heading = |unit: &'static str| {
        let name = event.name.clone();
        view! {
            <th scope="col" class="grade">
                {name}
                " "
                <span class="unit">{unit}</span>
            </th>
        }
    };
    view! {
        {heading(unit)}
        {event.has_predicted.then(|| heading(t_string!(i18n, pupils.unit_predicted)))}
    }
    .into_any()
}

#[component]
fn SubjectLine(
    subject: SubjectRow,
    events: Vec<EventColumn>,
    has_start: bool,
    row: Id,
    who: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let drawer = use_drawer();
    let SubjectRow {
        id,
        name,
        start,
        target,
        state,
        events: cells,
        now,
        flight: _,
    } = subject;
    let opener = format!("subject-{id}");
    let all_values = {
        let (name, who, opener) = (name.clone(), who.clone(), opener.clone());
        move |_| {
            let title = t_string!(
                i18n,
                pupils.all_values,
                subject = name.clone(),
                name = who.clone()
            )
            .to_string();
            let (who, opener) = (who.clone(), opener.clone());
            drawer.show(title, Some(opener.clone()), move || {
                view! {
                    <SubjectValues subject=id row=row who=who.clone() opener=opener.clone() />
                }
                .into_any()
            });
        }
    };
    let label = t_string!(i18n, pupils.all_values_of, subject = name.clone()).to_string();
    view! {
        <tr>
            <th scope="row">
                <button class="value" id=opener aria-label=label on:click=all_values>
                    {name.clone()}
                </button>
            </th>
            {has_start
                .then(|| {
                    view! {
                        <td class="grade">
                            <ValueButton cell=start row=row who=who.clone() />
                        </td>
                    }
                })}
            <td>
                <ValueButton cell=target row=row who=who.clone() />
                {state
                    .map(|state| {
                        view! {
                            " "
                            <span class="quiet-text">
                                <ValueButton cell=state row=row who=who.clone() />
                            </span>
                        }
                    })}
            </td>
            {cells
                .into_iter()
                .zip(events)
                .map(|(cells, event)| event_cells(cells, &event, row, &who))
                .collect_view()}
            <td>{now.map(|now| view! { <OnTarget truth=now.on_target /> })}</td>
            <td>{now.map(|_| view! { <Why subject=id name=name.clone() row=row /> })}</td>
        </tr>
    }
}

fn event_cells(cells: EventCells, event: &EventColumn, row: Id, who: &str) -> AnyView {
    let EventCells {
        grade,
        predicted,
        judgement,
    } = cells;
    let who = who.to_owned();
    // The mark stands beside the grade that it judges.
    let of_predicted = event.has_predicted
        && judgement.is_some_and(|judgement| matches!(judgement.rag, RagOutcome::Predicted(_)));
    let mark = |here: bool| judgement.filter(|_| here).and_then(known_rag);
    view! {
        <td class="grade">
            <ValueButton cell=grade row=row who=who.clone() />
            {mark(!of_predicted)}
        </td>
        {event
            .has_predicted
            .then(|| {
                view! {
                    <td class="grade">
                        <ValueButton cell=predicted row=row who=who />
                        {mark(of_predicted)}
                    </td>
                }
            })}
    }
    .into_any()
}

/// The mark of a colour that is known; what is not known stands in its own column in words.
fn known_rag(judgement: Judgement) -> Option<impl IntoView> {
    match judgement.rag {
        RagOutcome::Unknown(_) => None,
        RagOutcome::Predicted(rag) | RagOutcome::CurrentAgainstExpected(rag) => {
            Some(view! { <RagMark rag=Some(rag) /> })
        }
    }
}

#[component]
fn Why(subject: Id, name: String, row: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let id = format!("why-{subject}");
    let opener = id.clone();
    let title = t_string!(i18n, pupils.why_of, subject = name).to_string();
    let label = title.clone();
    view! {
        <button
            class="why"
            id=id
            aria-label=label
            on:click=move |_| {
                drawer
                    .show(
                        title.clone(),
                        Some(opener.clone()),
                        // Read while it is open: the answer follows what is entered.
                        move || {
                            view! {
                                {move || {
                                    reason(i18n, app, row, subject)
                                        .map(|reason| reason_view(i18n, reason))
                                }}
                            }
                                .into_any()
                        },
                    );
            }
        >
            {t_string!(i18n, words.why)}
        </button>
    }
}

fn reason(i18n: Words, app: App, pupil: Id, subject: Id) -> Option<Reason> {
    let lists = app.lists().get();
    let event = app.event()?;
    app.with(|core| {
        let policy = core.policy_for(&event)?;
        let pupil = lists.pupil(pupil)?;
        let standing = core.standing(&event, &lists.subjects, std::slice::from_ref(pupil))?;
        judgement_reason(i18n, &policy, &standing, pupil, subject)
    })
}
