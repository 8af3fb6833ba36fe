//! How far a target has come, in its row: state, day and name, whether it waits for the year's review, whether it stays
//! off what goes home; and the way to all that goes with it.

use flightpath_school::model::{ColumnKey, Field};
use flightpath_school::view::targets::TargetState;
use leptos::prelude::*;

use super::cell::Cell;
use super::details::show_details;
use super::sheet::Row;
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{DateParts, civil_text};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::say::Words;

/// A state in words.
pub fn state_name(i18n: Words, state: TargetState) -> &'static str {
    match state {
        TargetState::Proposed => t_string!(i18n, targets.state_proposed),
        TargetState::Agreed => t_string!(i18n, targets.state_agreed),
        TargetState::Checked => t_string!(i18n, targets.state_checked),
        TargetState::Published => t_string!(i18n, targets.state_published),
    }
}

/// A state with the day on which it was reached.
fn state_words(i18n: Words, row: &Row) -> String {
    if !row.is_set() {
        return t_string!(i18n, targets.no_target).to_owned();
    }
    let state = state_name(i18n, row.target.state);
    match row.target.since {
        Some(date) => t_string!(
            i18n,
            targets.state_on,
            state = state,
            day = date.day(),
            month = civil_text(date, "en-GB", DateParts::Month)
        )
        .to_string(),
        None => state.to_owned(),
    }
}

/// What there is to say of the year's review.
fn review_words(i18n: Words, row: &Row) -> Option<String> {
    if row.awaits_review {
        return Some(t_string!(i18n, targets.to_review).to_owned());
    }
    let on = row.target.reviewed.filter(|_| row.is_set())?;
    let words = t_string!(
        i18n,
        targets.reviewed_on,
        day = on.day(),
        month = civil_text(on, "en-GB", DateParts::Month)
    );
    Some(words.to_string())
}

/// Says by word and sign that something stays off what goes home.
#[component]
pub fn HiddenMark() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="chip">
            <span class="icon" data-icon="hidden" aria-hidden="true"></span>
            {t_string!(i18n, targets.hidden)}
        </span>
    }
}

/// The cell.
#[component]
pub fn StateView(cell: Cell) -> impl IntoView {
    let i18n = cell.i18n;
    let drawer = use_drawer();
    let Cell { app, row, .. } = cell;
    let words = move || row.with(|row| row.as_ref().map(|row| state_words(i18n, row)));
    let by = move || {
        let moved = row.with(|row| {
            let row = row.as_ref().filter(|row| row.is_set())?;
            Some(match row.target.state {
                TargetState::Proposed => Field::Target,
                _ => Field::TargetState,
            })
        });
        let key = ColumnKey::per_subject(moved?, app.year(), cell.subject);
        let author = app
            .author_of(key, cell.id)
            .filter(|name| !name.is_empty())?;
        Some(t_string!(i18n, targets.state_by, name = author).to_string())
    };
    let review = move || row.with(|row| review_words(i18n, row.as_ref()?));
    let hidden = move || row.with(|row| row.as_ref().is_some_and(|row| row.target.hidden));
    let id = format!("more-{}", cell.id);
    let opener = id.clone();
    let label = move || {
        let name = row.with(|row| row.as_ref().map(|row| row.name.clone()));
        t_string!(i18n, targets.more_of, name = name.unwrap_or_default()).to_string()
    };
    view! {
        <span>{words}</span>
        <span class="quiet-text">" " {by}</span>
        <span class="quiet-text">" " {review}</span>
        <Show when=hidden>
            " "<HiddenMark />
        </Show>
        " "
        <button
            class="why"
            id=id
            aria-label=label
            on:click=move |_| show_details(cell, drawer, opener.clone())
        >
            {t_string!(i18n, targets.details)}
        </button>
    }
}
