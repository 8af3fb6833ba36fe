//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn History() -> impl IntoView {
    view! { <div class="page"></div> }
}
