//! The first screen of all: five offers.

use flightpath_school::journal::Action;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{App, Notice, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::fetched;
use crate::ui::route::Route;

/// The seed that the sample school grows from: everybody sees the same school.
const SAMPLE_SEED: u64 = 2026;

#[component]
pub fn FirstRun(vanished: bool) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let making = RwSignal::new(false);
    view! {
        <div class="page first-run">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, home.first_title)}
                </h1>
                <p class="answer">{t_string!(i18n, home.first_answer)}</p>
            </header>
            {vanished
                .then(|| {
                    view! {
                        <p class="banner" data-kind="warning" role="alert">
                            {t_string!(i18n, home.vanished)}
                        </p>
                    }
                })}
            <Show when=move || app.was_emptied()>
                <div class="banner" data-kind="info">
                    <p>{t_string!(i18n, home.emptied)}</p>
                    <button on:click=move |_| app.redo_soon()>{t_string!(i18n, shell.redo)}</button>
                    <a href=Route::History.href()>{t_string!(i18n, shell.history)}</a>
                </div>
            </Show>
            <div class="offers">
                <a class="offer" href=Route::Import.href()>
                    <strong>{t_string!(i18n, home.offer_import)}</strong>
                    <span>{t_string!(i18n, home.offer_import_hint)}</span>
                </a>
                <a class="offer" href=Route::Policy.href()>
                    <strong>{t_string!(i18n, home.offer_policy)}</strong>
                    <span>{t_string!(i18n, home.offer_policy_hint)}</span>
                </a>
                <a class="offer" href=Route::Exchange.href()>
                    <strong>{t_string!(i18n, home.offer_open)}</strong>
                    <span>{t_string!(i18n, home.offer_open_hint)}</span>
                </a>
                <a class="offer" href=Route::Exchange.href()>
                    <strong>{t_string!(i18n, home.offer_restore)}</strong>
                    <span>{t_string!(i18n, home.offer_restore_hint)}</span>
                </a>
                <button
                    class="offer"
                    disabled=move || making.get()
                    on:click=move |_| make_sample(app, making)
                >
                    <strong>{t_string!(i18n, home.offer_sample)}</strong>
                    <span>
                        <Show
                            when=move || making.get()
                            fallback=move || t_string!(i18n, home.offer_sample_hint)
                        >
                            {t_string!(i18n, home.making)}
                        </Show>
                    </span>
                </button>
            </div>
        </div>
    }
}

fn make_sample(app: App, making: RwSignal<bool>) {
    making.set(true);
    spawn_local(async move {
        page::breathe().await;
        match fetched::sample_school(SAMPLE_SEED).await {
            Ok(draft) => {
                app.dispatch(Action::SampleSchool, &draft);
            }
            Err(fetched::Missing) => app.notice.set(Some(Notice::NotFetched)),
        }
        let _ = making.try_set(false);
    });
}
