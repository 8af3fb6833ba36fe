//! A labelled combo box.

use leptos::prelude::*;

/// One choice of a combo box: its value and what stands on screen.
pub type Option2 = (String, String);

/// A combo box with a label above or beside it.
#[component]
pub fn Choice(
    /// Its accessible name.
    label: &'static str,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<Option2>>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Told of a new choice.
    on_change: impl Fn(String) + 'static,
) -> impl IntoView {
    view! {
        <label class="field choice">
            <span>{label}</span>
            <select
                prop:value=move || {
                    options.track();
                    value.get()
                }
                on:change:target=move |event| on_change(event.target().value())
            >
                {move || {
                    let chosen = value.get();
                    options
                        .get()
                        .into_iter()
                        .map(|(key, name)| {
                            let selected = key == chosen;
                            view! {
                                <option value=key selected=selected>
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
}
