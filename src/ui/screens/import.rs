//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Import() -> impl IntoView {
    view! { <div class="page"></div> }
}
