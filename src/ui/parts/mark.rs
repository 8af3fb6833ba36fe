//! Small marks: RAG, and on or off target.

use flightpath_school::engine::Truth;
use flightpath_school::policy::Rag;
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::ui::say::Words;

/// The letter and key of a RAG mark.
pub fn rag_key(rag: Option<Rag>) -> (&'static str, &'static str) {
    match rag {
        Some(Rag::Green) => ("green", "G"),
        Some(Rag::White) => ("white", "W"),
        Some(Rag::Amber) => ("amber", "A"),
        Some(Rag::Red) => ("red", "R"),
        None => ("unknown", "?"),
    }
}

/// What a colour is called.
pub fn rag_name(i18n: Words, rag: Option<Rag>) -> &'static str {
    match rag {
        Some(Rag::Green) => t_string!(i18n, words.rag_green),
        Some(Rag::White) => t_string!(i18n, words.rag_white),
        Some(Rag::Amber) => t_string!(i18n, words.rag_amber),
        Some(Rag::Red) => t_string!(i18n, words.rag_red),
        None => t_string!(i18n, words.rag_unknown),
    }
}

/// A RAG mark: a shape with its letter, and its name for those who cannot see it.
#[component]
pub fn RagMark(rag: Option<Rag>) -> impl IntoView {
    let i18n = use_i18n();
    let (key, letter) = rag_key(rag);
    let name = rag_name(i18n, rag);
    view! {
        <span class="rag" data-rag=key role="img" aria-label=name title=name>
            {letter}
        </span>
    }
}

/// Whether a pupil is on target, in words.
pub fn on_target_name(i18n: Words, truth: Truth) -> &'static str {
    match truth {
        Truth::True => t_string!(i18n, words.on_target),
        Truth::False => t_string!(i18n, words.off_target),
        Truth::Unknown => t_string!(i18n, words.unknown),
    }
}

/// Whether a pupil is on target, in words.
#[component]
pub fn OnTarget(truth: Truth) -> impl IntoView {
    let i18n = use_i18n();
    let key = match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    };
    let words = on_target_name(i18n, truth);
    view! {
        <span class="status" data-on=key>
            {words}
        </span>
    }
}
