//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Home() -> impl IntoView {
    view! { <div class="page"></div> }
}
