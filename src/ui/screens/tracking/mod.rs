//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Events() -> impl IntoView {
    view! { <div class="page"></div> }
}
