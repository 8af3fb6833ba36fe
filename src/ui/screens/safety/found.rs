//! What the comparing at a start has found, on top of every screen until it was read.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{Difference, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words::{count_of, counted, plural};
use crate::ui::say::Words;

/// In what the two copies differed, and that nothing is lost.
#[component]
pub fn Found(difference: Difference) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        <div class="banner" data-kind="warning" role="alert">
            <strong>{words(i18n, &difference)}</strong>
            {app.last_change()
                .map(|at| {
                    let when = clock::local_text(at, "en-GB");
                    let words = t_string!(i18n, safety.found_last, when = when).to_string();
                    view! { <span>{words}</span> }
                })}
            <span>{t_string!(i18n, safety.found_what_next)}</span>
            <button on:click=move |_| app.found.set(None)>
                {t_string!(i18n, safety.found_read)}
            </button>
        </div>
    }
}

fn words(i18n: Words, difference: &Difference) -> String {
    match difference {
        Difference::None => String::new(),
        Difference::NoCopy => t_string!(i18n, safety.found_no_copy).to_owned(),
        Difference::CopyDamaged => t_string!(i18n, safety.found_copy_damaged).to_owned(),
        Difference::DatabaseGone => t_string!(i18n, safety.found_database_gone).to_owned(),
        Difference::DatabaseDamaged(_) => t_string!(i18n, safety.found_database_damaged).to_owned(),
        Difference::CopyBehind(changes) => {
            let (count, n) = (plural(count_of(*changes)), counted(count_of(*changes)));
            t_string!(i18n, safety.found_copy_behind, count = count, n = n).to_string()
        }
        Difference::DatabaseBehind(changes) => {
            let (count, n) = (plural(count_of(*changes)), counted(count_of(*changes)));
            t_string!(i18n, safety.found_database_behind, count = count, n = n).to_string()
        }
        Difference::Diverged(changes) => {
            let (count, n) = (plural(count_of(*changes)), counted(count_of(*changes)));
            t_string!(i18n, safety.found_diverged, count = count, n = n).to_string()
        }
    }
}

/// The ways on where the browser cannot read its database.
#[component]
pub fn Unreadable() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let holds = RwSignal::new(None::<bool>);
    spawn_local(async move {
        let found = app.second_copy_holds_anything().await;
        let _ = holds.try_set(Some(found));
    });
    let stuck = RwSignal::new(false);
    let begin = move |_| {
        spawn_local(async move {
            let done = app.begin_without_database().await;
            let _ = stuck.try_set(!done);
        });
    };
    move || {
        holds.get().map(|holds| {
            let (words, button) = if holds {
                (
                    t_string!(i18n, safety.unreadable_copy),
                    t_string!(i18n, safety.copy_restore),
                )
            } else {
                (
                    t_string!(i18n, safety.unreadable_alone),
                    t_string!(i18n, safety.begin_anew),
                )
            };
            view! {
                <p>{words}</p>
                <p class="page-actions">
                    <button on:click=begin>{button}</button>
                </p>
                <Show when=move || stuck.get()>
                    <p role="alert">{t_string!(i18n, safety.unreadable_stuck)}</p>
                </Show>
            }
        })
    }
}

/// What neither copy holds, and the way to go on all the same.
#[component]
pub fn Left(missing: Option<u64>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let going = RwSignal::new(false);
    let lost = match missing.map(count_of) {
        None => t_string!(i18n, safety.left_parts).to_owned(),
        Some(missing) => {
            let count = plural(missing);
            t_string!(
                i18n,
                safety.left_missing,
                count = count,
                n = counted(missing)
            )
            .to_string()
        }
    };
    view! {
        <span>{lost}</span>
        <span>{t_string!(i18n, safety.left_hint)}</span>
        <button
            disabled=move || going.get()
            on:click=move |_| {
                going.set(true);
                spawn_local(async move {
                    app.go_on_with_what_is_left().await;
                    let _ = going.try_set(false);
                });
            }
        >
            {t_string!(i18n, safety.left_go_on)}
        </button>
    }
}
