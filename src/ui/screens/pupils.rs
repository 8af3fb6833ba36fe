//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Pupils() -> impl IntoView {
    view! { <div class="page"></div> }
}
