//! To come in this change.

use leptos::prelude::*;

#[component]
pub fn Entry(id: flightpath_school::model::Id) -> impl IntoView {
    let _ = id;
    view! { <div class="page"></div> }
}
