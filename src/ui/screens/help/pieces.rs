//! What the pages are made of: sections, lists, and tables with a caption.

use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::worked::MadeUpSubject;
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::ui::parts::policy_words as words;
use crate::ui::say::Words;

/// A section with a heading. Its id names it to those who go from region to region.
pub(super) fn section(id: &'static str, heading: &'static str, body: Vec<AnyView>) -> AnyView {
    view! {
        <section class="section pack help" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// A sentence of its own.
pub(super) fn paragraph(sentence: impl Into<String>) -> AnyView {
    let sentence: String = sentence.into();
    view! { <p>{sentence}</p> }.into_any()
}

/// Whose a number is that the school's paper does not give.
pub(super) fn note(i18n: Words, sentence: &'static str) -> AnyView {
    view! {
        <p class="hint">
            <strong>{t_string!(i18n, help.ours)}</strong>
            " "
            {sentence}
        </p>
    }
    .into_any()
}

/// Sentences under a lead; nothing where there are none.
pub(super) fn list(lead: &'static str, sentences: Vec<String>) -> Option<AnyView> {
    if sentences.is_empty() {
        return None;
    }
    let items: Vec<_> = sentences
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    Some(
        view! {
            <p>{lead}</p>
            <ul>{items}</ul>
        }
        .into_any(),
    )
}

/// A row of a table: the cell that names it, and the others.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<AnyView>,
}

/// A table; the last column is the one that holds sentences.
pub(super) fn table(caption: &str, heads: &[&'static str], rows: Vec<Row>) -> AnyView {
    let heads: Vec<_> = heads
        .iter()
        .map(|head| view! { <th scope="col">{*head}</th> })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|Row { name, mut cells }| {
            let last = cells.pop();
            let cells: Vec<_> = cells
                .into_iter()
                .map(|cell| view! { <td>{cell}</td> })
                .collect();
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells}
                    <td class="wrap">{last}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=caption.to_owned()>
            <table>
                <caption>{caption.to_owned()}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The name of an event, by its place in the calendar.
pub(super) fn event_name(pack: &PolicyPack, place: usize) -> String {
    pack.calendar
        .get(place)
        .map(words::event_name)
        .unwrap_or_default()
}

/// `Year 7`.
pub(super) fn year_name(i18n: Words, year: i8) -> String {
    words::years(i18n, &[year])
}

/// A made-up pupil's subject.
pub(super) fn subject_name(i18n: Words, subject: MadeUpSubject) -> &'static str {
    match subject {
        MadeUpSubject::English => t_string!(i18n, help.in_english),
        MadeUpSubject::Maths => t_string!(i18n, help.in_maths),
        MadeUpSubject::History => t_string!(i18n, help.in_history),
        MadeUpSubject::Spanish => t_string!(i18n, help.in_spanish),
        MadeUpSubject::Reading => t_string!(i18n, help.in_reading),
        MadeUpSubject::Writing => t_string!(i18n, help.in_writing),
    }
}

/// A grade as it is written; empty where there is none.
pub(super) fn label(
    policy: &Policy,
    grade: Option<flightpath_school::model::scale::Grade>,
) -> String {
    grade
        .map(|grade| policy.scales().label(grade))
        .unwrap_or_default()
}
