//! Pupils: who is here, by group, and who is off target.

mod filters;
mod list;
mod rows;
mod table;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;
use leptos::task::spawn_local;

use crate::app::{Notice, Phase, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::fetched::{self, Missing};
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::route::Route;

use filters::Filters;
pub use list::{OffTargets, PupilsList, off_targets, use_pupils_list};
use rows::Filter;
pub use rows::Row;
use table::Table;
pub use table::export;

#[component]
pub fn Pupils() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let list = use_pupils_list();
    // Judging a whole event is a part of the program of its own; the names are there before it.
    let off_targets = RwSignal::new(None::<Memo<OffTargets>>);
    spawn_local_scoped(async move {
        page::painted().await;
        match fetched::off_targets(app).await {
            Ok(counted) => {
                let _ = off_targets.try_set(Some(counted));
            }
            // An empty column is not to pass for nobody off target.
            Err(Missing) => app.notice.set(Some(Notice::NotFetched)),
        }
    });
    let all = Memo::new(move |_| {
        let off_targets = off_targets.get().map(|counts| counts.get());
        list::rows(i18n, app, off_targets)
    });
    let shown = Memo::new(move |_| {
        let (filter, sort) = (list.filter.get(), list.sort.get());
        all.with(|all| rows::shown(all, &filter, sort))
    });
    Effect::new(move |_| {
        let order = all.with(|all| {
            shown.with(|shown| {
                shown
                    .iter()
                    .filter_map(|place| all.get(*place))
                    .map(|row| row.pupil.id)
                    .collect()
            })
        });
        list.order.set(order);
    });
    let total = move || all.with(|all| all.len());
    let answer = move || {
        let (total, shown) = (total(), shown.with(Vec::len));
        let in_year = t_string!(
            i18n,
            pupils.total,
            count = plural(total),
            number = counted(total),
            year = app.year().to_string()
        )
        .to_string();
        if shown == total {
            t_string!(i18n, pupils.all_shown, total = in_year).to_string()
        } else {
            t_string!(
                i18n,
                pupils.some_shown,
                total = in_year,
                shown = counted(shown)
            )
            .to_string()
        }
    };
    let none = Memo::new(move |_| total() == 0);
    let no_match = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <div class="page fills">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, pupils.title)}
                </h1>
                <p class="answer" role="status">
                    {answer}
                </p>
                <div class="page-actions">
                    <button
                        disabled=move || no_match.get() || app.phase.get() == Phase::Loading
                        on:click=move |_| {
                            let (all, shown) = (all.get_untracked(), shown.get_untracked());
                            spawn_local(async move {
                                let given = fetched::export_pupils(i18n, app, all, shown).await;
                                if given.is_err() {
                                    app.notice.set(Some(Notice::NotFetched));
                                }
                            });
                        }
                    >
                        {t_string!(i18n, pupils.export)}
                    </button>
                </div>
            </header>
            {move || {
                if none.get() {
                    return view! { <NobodyYet /> }.into_any();
                }
                view! {
                    <Filters />
                    <Show
                        when=move || !no_match.get()
                        fallback=move || {
                            view! {
                                <div class="empty">
                                    <p>{t_string!(i18n, pupils.no_match)}</p>
                                    <button on:click=move |_| {
                                        list.filter.set(Filter::default());
                                    }>{t_string!(i18n, pupils.clear)}</button>
                                </div>
                            }
                        }
                    >
                        <Table all=all shown=shown />
                    </Show>
                }
                    .into_any()
            }}
        </div>
    }
}

#[component]
fn NobodyYet() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        <div class="empty">
            <h2>
                {move || {
                    t_string!(i18n, pupils.none_title, year = app.year().to_string()).to_string()
                }}
            </h2>
            <p>{t_string!(i18n, pupils.none_hint)}</p>
            <a class="button primary" href=Route::Import.href()>
                {t_string!(i18n, pupils.none_do)}
            </a>
        </div>
    }
}
