//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Targets() -> impl IntoView {
    view! { <div class="page"></div> }
}
