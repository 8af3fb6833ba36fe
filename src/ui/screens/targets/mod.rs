//! Targets: proposed, set, agreed, checked and published, for a class or a subject at once.

mod all;
mod ask;
mod beside;
mod bulk;
mod cells;
mod cohorts;
mod desk;
mod details;
mod grid;
mod last_year;
mod other;
mod problem;
mod scene;
mod sheet;
mod state;
mod subject_form;
mod tabs;
mod toolbar;
mod typed;

use flightpath_school::policy::Policy;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::plural as count;
use crate::ui::parts::typed_cells::tell_what_is_left_behind;
use crate::ui::route::Route;
use crate::ui::say::Words;
pub use cohorts::CohortTargets;
pub use last_year::UnderLastYear;
pub use other::OtherTargets;
use scene::{Picked, Scene};

/// The id of the grid.
const GRID: &str = "targets-grid";

/// The name of what was picked: `Maths, Year 8`.
fn place(i18n: Words, scene: &Scene) -> String {
    let year = scene.year_group.map(|year| year.to_string());
    match (&scene.subject, year, scene.group_name.as_str()) {
        (None, None, "") => t_string!(i18n, targets.whole_school).to_owned(),
        (None, Some(year), "") => t_string!(i18n, targets.place_all_year, year = year).to_string(),
        (None, _, group) => t_string!(i18n, targets.place_all_group, group = group).to_string(),
        (Some(subject), None, "") => subject.name.clone(),
        (Some(subject), Some(year), "") => t_string!(
            i18n,
            targets.place_year,
            subject = subject.name.clone(),
            year = year
        )
        .to_string(),
        (Some(subject), _, class) => t_string!(
            i18n,
            targets.place_class,
            subject = subject.name.clone(),
            class = class.to_owned()
        )
        .to_string(),
    }
}

#[component]
pub fn Targets() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let picked = RwSignal::new(Picked::last());
    Effect::new(move |_| picked.with(Picked::keep));
    let scene = Memo::new(move |_| {
        let picked = picked.get();
        app.lists()
            .with(|lists| app.read(|school| scene::scene(school, lists, &picked)))
    });
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    let no_subject = Memo::new(move |_| app.lists().with(|lists| lists.subjects.is_empty()));
    let all = Memo::new(move |_| scene.with(|scene| scene.subject.is_none()));
    let desk = desk::Desk::new(app, i18n, scene);
    // What is not stored lives as long as the screen.
    tell_what_is_left_behind(desk);
    let whole = all::Whole::new(app, scene);
    let there = move || !no_pupils.get() && !no_subject.get();
    let answer = move || {
        // Before what is derived from it, or Leptos misses a change of it alone.
        scene.track();
        match (no_pupils.get(), no_subject.get(), all.get()) {
            (true, _, _) => t_string!(i18n, targets.no_pupils).to_owned(),
            (_, true, _) => t_string!(i18n, targets.no_subject).to_owned(),
            (_, _, true) => whole.answer(i18n),
            _ => desk.answer(i18n),
        }
    };
    let body = move || match (no_pupils.get(), no_subject.get(), all.get()) {
        (true, _, _) => view! { <NoPupils /> }.into_any(),
        (_, true, _) => view! { <NoSubject /> }.into_any(),
        (_, _, true) => view! { <all::AllSubjects picked=picked whole=whole /> }.into_any(),
        _ => view! { <grid::OneSubject desk=desk /> }.into_any(),
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, targets.title)}
                </h1>
                <Show when=there>
                    <div class="page-actions">
                        {move || {
                            if all.get() {
                                view! { <all::Actions whole=whole /> }.into_any()
                            } else {
                                view! { <bulk::Bulk desk=desk /> }.into_any()
                            }
                        }}
                    </div>
                </Show>
                <p class="answer">{answer}</p>
            </header>
            <tabs::Tabs here=None />
            <Show when=there>
                <FiguresMissing />
                <toolbar::Toolbar picked=picked scene=scene chances=desk.chances />
            </Show>
            {body}
        </div>
    }
}

/// Says that proposals wait for the national figures, where they could not be fetched.
#[component]
fn FiguresMissing() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let lacks =
        Memo::new(move |_| app.with(|core| core.policy().is_some_and(Policy::lacks_figures)));
    view! {
        <Show when=move || lacks.get()>
            <p class="banner" data-kind="warning" role="status">
                {t_string!(i18n, targets.figures_missing)}
                " "
                <button on:click=move |_| spawn_local(app.figures())>
                    {t_string!(i18n, targets.figures_again)}
                </button>
            </p>
        </Show>
    }
}

#[component]
fn NoPupils() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="actions">
            <a class="button primary" href=Route::Import.href()>
                {t_string!(i18n, targets.import)}
            </a>
        </p>
    }
}

#[component]
fn NoSubject() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p>{t_string!(i18n, targets.no_subject_hint)}</p>
        <p class="actions">
            <a class="button" href=Route::Import.href()>
                {t_string!(i18n, targets.import_results)}
            </a>
        </p>
        <section class="section" aria-labelledby="add-subject">
            <h2 id="add-subject">{t_string!(i18n, targets.add_subject)}</h2>
            <subject_form::SubjectForm />
        </section>
    }
}
