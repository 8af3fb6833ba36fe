//! A page in place of something that is not there any more.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::ui::route::Route;

/// Says that something is not there, why that may be, and where others of its kind are.
#[component]
pub fn GonePage(
    /// What is not there.
    title: &'static str,
    /// Why that may be.
    why: &'static str,
    /// Where others are.
    back: Route,
    /// What that is called.
    back_name: &'static str,
) -> impl IntoView {
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">
                {title}
            </h1>
            <p>{why}</p>
            <p>
                <a href=back.href()>{back_name}</a>
            </p>
        </div>
    }
}

/// Says that a class is not there.
#[component]
pub fn NoClass() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <GonePage
            title=t_string!(i18n, classes.gone_title)
            why=t_string!(i18n, classes.gone)
            back=Route::Classes
            back_name=t_string!(i18n, classes.to_classes)
        />
    }
}
