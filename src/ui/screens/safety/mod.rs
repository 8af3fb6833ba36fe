//! Keeping the school safe: what the browser promises, the second copy, backups, snapshots; and what the comparing at
//! a start has found.

mod folder;
mod found;
mod snapshots;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{Keeping, Once, Phase, Twice, ask_to_keep, keeping, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::counted;
use crate::ui::route::Route;
use crate::ui::screens::home::backup_words;
use crate::ui::shell::export;

pub use found::{Found, Left, Unreadable};

/// The sections of Settings about it.
#[component]
pub fn Safety() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        <section class="section" aria-labelledby="safety">
            <h2 id="safety">{t_string!(i18n, safety.title)}</h2>
            <Browser />
            <Copy />
            <Show when=move || app.phase.get() == Phase::Ready>
                <h3>{t_string!(i18n, safety.backup)}</h3>
                <p>{move || backup_words(i18n, app)}</p>
                <p class="hint">{t_string!(i18n, safety.backup_hint)}</p>
                <p class="actions">
                    <button class="primary" on:click=move |_| export(app)>
                        {t_string!(i18n, safety.backup_now)}
                    </button>
                    <a class="button" href=Route::Exchange.href()>
                        {t_string!(i18n, safety.backup_open)}
                    </a>
                </p>
                <folder::Folder />
            </Show>
            <p>
                <a href="./rescue.html">{t_string!(i18n, shell.rescue)}</a>
            </p>
        </section>
        <Show when=move || app.phase.get() == Phase::Ready>
            <snapshots::Snapshots />
        </Show>
    }
}

/// What the browser promises.
#[component]
fn Browser() -> impl IntoView {
    let i18n = use_i18n();
    let kept = RwSignal::new(Keeping::default());
    spawn_local(async move {
        let said = keeping().await;
        let _ = kept.try_set(said);
    });
    let ask = move |_| {
        spawn_local(async move {
            let said = ask_to_keep().await;
            let _ = kept.try_set(said);
        });
    };
    let used = move || {
        let (used, quota) = kept.get().room_mb?;
        let used = t_string!(
            i18n,
            safety.browser_used,
            used = format!("{used:.1}"),
            quota = counted(whole(quota))
        );
        Some(used.to_string())
    };
    view! {
        <h3>{t_string!(i18n, safety.browser)}</h3>
        <p>
            {move || match kept.get().promised {
                Some(true) => t_string!(i18n, safety.browser_kept),
                Some(false) => t_string!(i18n, safety.browser_not_kept),
                None => t_string!(i18n, safety.browser_unknown),
            }}
        </p>
        <Show when=move || kept.get().promised != Some(true)>
            <button on:click=ask>{t_string!(i18n, safety.browser_ask)}</button>
        </Show>
        <p class="hint">{used}</p>
        <p class="hint">{t_string!(i18n, safety.private)}</p>
    }
}

/// Whether there is a second copy, and if not, why.
#[component]
fn Copy() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let words = move || match app.twice.get() {
        Twice::Comparing => t_string!(i18n, safety.copy_comparing),
        Twice::Kept => t_string!(i18n, safety.copy_kept),
        Twice::Not(Once::NotOffered) => t_string!(i18n, safety.copy_not_offered),
        Twice::Not(Once::Full) => t_string!(i18n, safety.copy_full),
        Twice::Not(Once::NotFetched) => t_string!(i18n, safety.copy_not_fetched),
        Twice::Not(Once::Failed) => t_string!(i18n, safety.copy_failed),
    };
    view! {
        <h3>{t_string!(i18n, safety.copy)}</h3>
        <p role="status">{words}</p>
    }
}

/// Megabytes without their fraction.
fn whole(megabytes: f64) -> usize {
    // A conversion from floats keeps to the range by itself.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = megabytes as usize;
    whole
}
