//! The question before a step is undone that did much, or of which some values have been changed since.

use flightpath_school::model::Dot;
use leptos::prelude::*;

use crate::app::{UndoOutlook, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::plural;
use crate::ui::parts::modal::modal;

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    /// The step.
    pub dot: Dot,
    /// What undoing it would come to.
    pub outlook: UndoOutlook,
}

#[component]
pub fn Ask(asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let node = modal(asking);
    let outlook = move || asking.get().map(|asking| asking.outlook);
    let goes_back = move || outlook().is_some_and(|outlook| outlook.back > 0);
    let yes = move |_| {
        let of = asking.get_untracked();
        asking.set(None);
        if let Some(asking) = of {
            app.undo_step(asking.dot);
        }
    };
    view! {
        <dialog node_ref=node aria-labelledby="ask-title" on:close=move |_| asking.set(None)>
            <h2 id="ask-title">{t_string!(i18n, history.ask_title)}</h2>
            {move || {
                outlook()
                    .map(|outlook| {
                        if outlook.back == 0 {
                            return view! { <p>{t_string!(i18n, history.ask_all_left)}</p> }.into_any();
                        }
                        view! {
                            {(outlook.left > 0)
                                .then(|| {
                                    let count = plural(outlook.left);
                                    view! {
                                        <p>
                                            {t_string!(i18n, history.ask_left, count = count)
                                                .to_string()}
                                        </p>
                                    }
                                })}
                            <p>
                                {t_string!(i18n, history.ask_back, count = plural(outlook.back))
                                    .to_string()}
                            </p>
                        }
                            .into_any()
                    })
            }}
            <div class="actions">
                <button on:click=move |_| asking.set(None)>{t_string!(i18n, history.ask_no)}</button>
                <Show when=goes_back>
                    <button class="primary" on:click=yes>
                        {move || {
                            if outlook().is_some_and(|outlook| outlook.left > 0) {
                                t_string!(i18n, history.ask_yes)
                            } else {
                                t_string!(i18n, history.ask_all)
                            }
                        }}
                    </button>
                </Show>
            </div>
        </dialog>
    }
}
