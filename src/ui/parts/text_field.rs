//! A labelled line of text.

use leptos::prelude::*;

/// A field whose text a signal holds, with its label above it.
#[component]
pub fn TextField(
    /// Its accessible name.
    label: &'static str,
    /// What is typed.
    text: RwSignal<String>,
    /// What HTML calls its kind: text, date, search.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keyboard a touch screen shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Id of what describes it.
    #[prop(optional)]
    described_by: Option<&'static str>,
    /// Whether what is typed was refused.
    #[prop(optional, into)]
    is_wrong: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type=kind
                inputmode=inputmode
                aria-describedby=described_by
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
            />
        </label>
    }
}
