//! Lines of text that are kept when they are left.

use flightpath_school::model::CivilDate;
use leptos::prelude::*;

/// A line of text with its label above it.
#[component]
pub fn Line(
    label: &'static str,
    #[prop(into)] text: Signal<String>,
    keep: impl Fn(String) + 'static,
    /// Which keyboard a touch screen shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text"
                inputmode=inputmode
                prop:value=text
                on:change:target=move |event| keep(event.target().value())
            />
        </label>
    }
}

/// A line of text in a cell of a table, whose row and column say what it is for.
#[component]
pub fn CellLine(
    /// Its accessible name.
    #[prop(into)]
    name: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// How many letters wide it is.
    size: &'static str,
    keep: impl Fn(String) + 'static,
    /// Which keyboard a touch screen shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Id of the list of what is usual there.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Whether nothing can be changed.
    #[prop(into)]
    read_only: Signal<bool>,
) -> impl IntoView {
    view! {
        <input
            type="text"
            inputmode=inputmode
            size=size
            list=list
            aria-label=name
            readonly=read_only
            prop:value=text
            on:change:target=move |event| keep(event.target().value())
        />
    }
}

/// Several lines of text with their label above them.
#[component]
pub fn Lines(
    label: &'static str,
    #[prop(into)] text: Signal<String>,
    keep: impl Fn(String) + 'static,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <textarea
                rows="3"
                prop:value=text
                on:change:target=move |event| keep(event.target().value())
            ></textarea>
        </label>
    }
}

/// A day with its label above it; kept as soon as it is one, or none.
#[component]
pub fn Day(
    label: &'static str,
    #[prop(into)] day: Signal<Option<CivilDate>>,
    keep: impl Fn(Option<CivilDate>) + 'static,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="date"
                prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                on:change:target=move |event| keep(CivilDate::from_iso(&event.target().value()))
            />
        </label>
    }
}
