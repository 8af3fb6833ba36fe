//! Sentences for what the rule engine gives as data: why a pupil is on or off target, and why a
//! rule fires.

mod at_event;
mod changes;
mod conditions;
mod firing;
mod judgement;
mod names;

use flightpath_school::engine::Truth;
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::ui::say::Words;

pub use at_event::show_why_at;
pub use changes::changes_view;
pub use conditions::condition_words;
pub use firing::{firing_line, firing_reason};
pub use judgement::{judgement_reason, status_words, subjects_reason};
pub use names::{colour_name, obligation_name, owner_name, scope_name, told_name};

/// An answer to *why?*, for the drawer or for a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// The answer in a few words.
    pub headline: String,
    /// What it rests on, most important first.
    pub sentences: Vec<String>,
    /// The conditions of a rule, each with how it came out.
    pub parts: Vec<Part>,
    /// What was known, by name.
    pub inputs: Vec<(String, String)>,
    /// What alone would change it.
    pub changes: Vec<String>,
}

/// One condition of a rule and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// How it came out.
    pub truth: Truth,
    /// What was asked and found.
    pub text: String,
    /// The conditions that it is made of.
    pub parts: Vec<Part>,
}

/// A reason as the drawer shows it.
pub fn reason_view(i18n: Words, reason: Reason) -> AnyView {
    let Reason {
        headline,
        sentences,
        parts,
        inputs,
        changes,
    } = reason;
    view! {
        <section class="reason">
            <p>{headline}</p>
            {sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            {(!parts.is_empty())
                .then(|| view! { <ul class="reason-parts">{part_views(i18n, parts)}</ul> })}
            {(!inputs.is_empty())
                .then(|| {
                    view! {
                        <dl class="reason-inputs">
                            {inputs
                                .into_iter()
                                .map(|(name, value)| {
                                    view! {
                                        <dt>{name}</dt>
                                        <dd>{value}</dd>
                                    }
                                })
                                .collect_view()}
                        </dl>
                    }
                })}
            {changes_view(i18n, &changes)}
        </section>
    }
    .into_any()
}

fn part_views(i18n: Words, parts: Vec<Part>) -> Vec<AnyView> {
    parts
        .into_iter()
        .map(|part| {
            let (key, word) = match part.truth {
                Truth::True => ("yes", t_string!(i18n, why.yes)),
                Truth::False => ("no", t_string!(i18n, why.no)),
                Truth::Unknown => ("unknown", t_string!(i18n, why.unknown)),
            };
            let inner = part.parts;
            view! {
                <li>
                    <span class="status" data-on=key>
                        {word}
                    </span>
                    ": "
                    {part.text}
                    {(!inner.is_empty()).then(|| view! { <ul>{part_views(i18n, inner)}</ul> })}
                </li>
            }
            .into_any()
        })
        .collect()
}
