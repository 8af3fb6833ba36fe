//! Screens that are fetched when they are first shown, so that the first download holds only what
//! every start needs. Each function here is a split point: what it alone reaches becomes a file of
//! its own when the program is built (`xtask/src/program.rs`).

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use flightpath_school::journal::Draft;
use flightpath_school::model::Id;
use flightpath_school::sample;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;

use super::dialogs::DialogsView;
use super::route::{Route, TargetsPart, Walked};
use super::say::Words;
use super::screens::home::Judged;
use super::screens::pupils::{OffTargets, Row};
use super::{Here, screens};
pub use crate::app::Missing;
use crate::app::{App, Difference, fetch_keeping};
use crate::i18n::{t_string, use_i18n};
use crate::platform::{beside, clock, page};

type Part = Result<AnyView, Missing>;

/// The styles of every screen but the first ones.
const STYLES: &str = "screens.css";

/// Fetches the part of a screen ahead of its being shown.
pub async fn fetch_for(route: Route) {
    if !matches!(route, Route::Home | Route::Pupils | Route::Unknown) {
        beside::style(STYLES).await;
    }
    let _ = match route {
        Route::Home | Route::Pupils | Route::Unknown => Ok(()),
        Route::Pupil(_)
        | Route::Classes
        | Route::Class(_)
        | Route::ClassPupils(_)
        | Route::Targets
        | Route::TargetsOf(_)
        | Route::Events
        | Route::Event(_)
        | Route::Master
        | Route::Interventions => preload_teaching().await,
        Route::Exchange | Route::Import => preload_files().await,
        Route::Policy
        | Route::History
        | Route::Settings
        | Route::NewYear
        | Route::Help
        | Route::HelpOn(_) => preload_school().await,
    };
}

/// Fetches every part that is not here yet, so that the program no longer needs its host. What
/// cannot be fetched now is asked for again when it is shown.
pub async fn fetch_all(app: App) {
    beside::style(STYLES).await;
    let _ = preload_teaching().await;
    app.figures().await;
    let _ = preload_files().await;
    let _ = preload_school().await;
    fetch_keeping().await;
    let _ = preload_first().await;
}

/// Shows a screen: at once where its part is here, else as soon as it has come.
pub fn shown(part: impl Future<Output = Part> + 'static) -> AnyView {
    shown_or(part, || view! { <NotThere /> }.into_any())
}

/// Like [`shown`], with something else in place of what cannot be fetched.
pub fn shown_or(
    part: impl Future<Output = Part> + 'static,
    missing: impl Fn() -> AnyView + 'static,
) -> AnyView {
    let screen = move |part: Part| part.unwrap_or_else(|Missing| missing());
    let mut part = Box::pin(async {
        if beside::style(STYLES).await {
            part.await
        } else {
            Err(Missing)
        }
    });
    // What is on screen now is taken away before this one is built: its signals are gone by then,
    // so nothing of it may stay for a moment longer, which rules out leptos's own `Suspend`.
    if let Poll::Ready(part) = part.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return screen(part);
    }
    let moved = expect_context::<Here>().moved;
    let (come, view) = later();
    spawn_local_scoped(async move {
        let part = screen(part.await);
        let _ = come.try_set(Some(part));
        page::breathe().await;
        if moved.try_get_value() == Some(true) {
            page::focus("page-title");
        }
    });
    view
}

/// Shows a piece of a screen as soon as it has come; a screen does without it where it cannot be fetched.
pub fn shown_later(part: impl Future<Output = Part> + 'static) -> AnyView {
    let (come, view) = later();
    spawn_local_scoped(async move {
        let _ = come.try_set(part.await.ok());
    });
    view
}

/// A place for what is still to come, and the view that takes it from there.
fn later() -> (RwSignal<Option<AnyView>, LocalStorage>, AnyView) {
    let come = RwSignal::new_local(None::<AnyView>);
    let view = move || {
        come.track();
        come.try_update_untracked(Option::take).flatten()
    };
    (come, view.into_any())
}

/// A screen that goes by the national figures, once they are here as well. Without them it is shown all the same, and
/// says what it lacks.
pub async fn with_figures(app: App, part: impl Future<Output = Part>) -> Part {
    app.figures().await;
    part.await
}

#[component]
fn NotThere() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">
                {t_string!(i18n, shell.part_missing_title)}
            </h1>
            <p role="alert">{t_string!(i18n, shell.part_missing)}</p>
            <p class="page-actions">
                <button class="primary" on:click=move |_| page::reload()>
                    {t_string!(i18n, shell.reload)}
                </button>
            </p>
        </div>
    }
}

/// One pupil.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    preload(preload_teaching),
    fallible
)]
pub fn pupil(id: Id) -> Part {
    Ok(view! { <screens::pupil::PupilScreen id=id /> }.into_any())
}

/// The year's classes, or the pupils of one.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn classes(one: Option<Id>) -> Part {
    Ok(match one {
        None => view! { <screens::classes::Classes /> }.into_any(),
        Some(id) => view! { <screens::classes::ClassPupils id=id /> }.into_any(),
    })
}

/// The markbook of a class.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn markbook(id: Id) -> Part {
    Ok(view! { <screens::markbook::MarkbookScreen id=id /> }.into_any())
}

/// Targets.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn targets() -> Part {
    Ok(view! { <screens::targets::Targets /> }.into_any())
}

/// Another part of the targets.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn targets_of(part: TargetsPart) -> Part {
    Ok(match part {
        TargetsPart::Other => view! { <screens::targets::OtherTargets /> }.into_any(),
        TargetsPart::Cohorts => view! { <screens::targets::CohortTargets /> }.into_any(),
        TargetsPart::LastYear => view! { <screens::targets::UnderLastYear /> }.into_any(),
    })
}

/// Tracking.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn tracking() -> Part {
    Ok(view! { <screens::tracking::Events /> }.into_any())
}

/// Entering the grades of an event.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn entry(id: Id) -> Part {
    Ok(view! { <screens::entry::Entry id=id /> }.into_any())
}

/// The master tracking file of a subject.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn master() -> Part {
    Ok(view! { <screens::master::MasterScreen /> }.into_any())
}

/// Who needs someone.
#[wasm_split(
    teaching,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn interventions() -> Part {
    Ok(view! { <screens::interventions::Interventions /> }.into_any())
}

/// What the policy tells of the event, for Home.
#[wasm_split(teaching, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn judged(app: App) -> Result<Memo<Judged>, Missing> {
    Ok(screens::home::judged(app))
}

/// What comes next, for Home.
#[wasm_split(teaching, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn coming() -> Part {
    Ok(view! { <screens::tracking::Coming /> }.into_any())
}

/// In how many subjects each pupil is off target, for their list.
#[wasm_split(teaching, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn off_targets(app: App) -> Result<Memo<OffTargets>, Missing> {
    Ok(screens::pupils::off_targets(app))
}

/// Hands the person the list of pupils as a file.
#[wasm_split(teaching, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn export_pupils(
    i18n: Words,
    app: App,
    all: Arc<Vec<Row>>,
    shown: Vec<usize>,
) -> Result<(), Missing> {
    screens::pupils::export(i18n, app, &all, &shown);
    Ok(())
}

/// Import and export.
#[wasm_split(
    files,
    wasm_split_path = ::leptos::wasm_split,
    preload(preload_files),
    fallible
)]
pub fn exchange() -> Part {
    Ok(view! { <screens::exchange::Exchange /> }.into_any())
}

/// Importing a list.
#[wasm_split(
    files,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn import() -> Part {
    Ok(view! { <screens::import::Import /> }.into_any())
}

/// Policy.
#[wasm_split(
    school,
    wasm_split_path = ::leptos::wasm_split,
    preload(preload_school),
    fallible
)]
pub fn policy() -> Part {
    Ok(view! { <screens::policy::PolicyScreen /> }.into_any())
}

/// History.
#[wasm_split(
    school,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn history() -> Part {
    Ok(view! { <screens::history::History /> }.into_any())
}

/// Settings.
#[wasm_split(
    school,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn settings() -> Part {
    Ok(view! { <screens::settings::Settings /> }.into_any())
}

/// The end of the school year.
#[wasm_split(
    school,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn new_year() -> Part {
    Ok(view! { <screens::new_year::NewYear /> }.into_any())
}

/// Help: on one of the policies that ship, or on all.
#[wasm_split(
    school,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn help(on: Option<Walked>) -> Part {
    Ok(match on {
        None => view! { <screens::help::Help /> }.into_any(),
        Some(walked) => view! { <screens::help::Walk walked=walked /> }.into_any(),
    })
}

/// Keeping the school safe, for Settings.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn safety() -> Part {
    Ok(view! { <screens::safety::Safety /> }.into_any())
}

/// In what the two copies of the school differed at the start.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn found(difference: Difference) -> Part {
    Ok(view! { <screens::safety::Found difference=difference /> }.into_any())
}

/// The ways on where the browser cannot read its database.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn unreadable() -> Part {
    Ok(view! { <screens::safety::Unreadable /> }.into_any())
}

/// What neither copy holds, and the way to go on all the same.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn left(missing: Option<u64>) -> Part {
    Ok(view! { <screens::safety::Left missing=missing /> }.into_any())
}

/// *Find* and the list of keys.
#[wasm_split(
    school,
    wasm_split_path = ::leptos::wasm_split,
    fallible
)]
pub fn dialogs() -> Part {
    Ok(view! { <DialogsView /> }.into_any())
}

/// Hands the person the whole school as a file.
#[wasm_split(files, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn export(app: App) -> Result<(), Missing> {
    spawn_local(async move {
        // Writing a file cannot fail for any content; the browser says so itself when it keeps
        // the file from being saved.
        let _ = app.export_school().await;
    });
    Ok(())
}

/// The first screen of all.
#[wasm_split(first, wasm_split_path = ::leptos::wasm_split, preload(preload_first), fallible)]
pub fn first_run(vanished: bool) -> Part {
    Ok(view! { <screens::first_run::FirstRun vanished=vanished /> }.into_any())
}

/// The cells of the sample school.
#[wasm_split(sample, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn sample_school(seed: u64) -> Result<Draft, Missing> {
    Ok(sample::draft(seed, clock::today()))
}
