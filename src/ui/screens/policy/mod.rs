//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn PolicyScreen() -> impl IntoView {
    view! { <div class="page"></div> }
}
