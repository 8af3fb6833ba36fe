//! Pupils: who is here, by group, and who is off target.

mod filters;
mod list;
mod rows;
mod table;

use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::route::Route;

use filters::Filters;
pub use list::{PupilsList, use_pupils_list};
use rows::Filter;
use table::{Table, export};

#[component]
pub fn Pupils() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let list = use_pupils_list();
    let all = Memo::new(move |_| list::rows(i18n, app));
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
                        disabled=move || no_match.get()
                        on:click=move |_| {
                            export(i18n, app, &all.get_untracked(), &shown.get_untracked());
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
