//! The year has begun: what comes next, and the way back.

use flightpath_school::model::AcademicYear;
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::route::Route;

/// What follows the beginning of a year.
#[component]
pub(super) fn Begun(year: AcademicYear) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let to = year.to_string();
    let next = [
        (
            Route::Import,
            t_string!(i18n, new_year.next_lists).to_owned(),
        ),
        (
            Route::Events,
            t_string!(i18n, new_year.next_events, to = to.clone()).to_string(),
        ),
        (
            Route::Targets,
            t_string!(i18n, new_year.next_targets).to_owned(),
        ),
    ];
    let next = next.map(|(route, words)| {
        view! {
            <li>
                <a href=route.href()>{words}</a>
            </li>
        }
    });
    let back = year.previous().to_string();
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">
                {t_string!(i18n, new_year.begun_title, to = to).to_string()}
            </h1>
            <p class="answer">{t_string!(i18n, new_year.begun)}</p>
        </header>
        <section class="section">
            <ol>{next.collect_view()}</ol>
        </section>
        <p class="actions">
            <button on:click=move |_| {
                app.undo_soon();
            }>{t_string!(i18n, new_year.undo, from = back).to_string()}</button>
        </p>
    }
}
