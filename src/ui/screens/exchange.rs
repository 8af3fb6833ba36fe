//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Exchange() -> impl IntoView {
    view! { <div class="page"></div> }
}
