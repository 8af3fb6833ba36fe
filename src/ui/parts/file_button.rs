//! A button that asks for files.

use leptos::prelude::*;

use crate::platform::files;

/// A button that asks for a file, or for several.
#[component]
pub fn FileButton(
    /// Its accessible name.
    label: &'static str,
    /// Kinds of files that are offered first.
    accept: &'static str,
    /// Whether several may be chosen.
    #[prop(optional)]
    multiple: bool,
    /// Gets what was chosen.
    take: impl Fn(Vec<web_sys::File>) + 'static,
) -> impl IntoView {
    view! {
        <label class="button">
            <span>{label}</span>
            <input
                type="file"
                multiple=multiple
                accept=accept
                on:change=move |event| take(files::chosen(&event))
            />
        </label>
    }
}
