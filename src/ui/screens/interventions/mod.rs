//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Interventions() -> impl IntoView {
    view! { <div class="page"></div> }
}
