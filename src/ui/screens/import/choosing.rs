//! Choosing a file, dropping one, or pasting.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::{file_name, say};
use crate::app::import::{Progress, use_desk};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::file_button::FileButton;
use crate::ui::route::Route;

#[component]
pub fn Choosing(
    /// Whether files are held over the page.
    over: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let empty = move || matches!(desk.progress.get(), Progress::Nothing | Progress::Failed(_));
    // The big zone while there is nothing to show, a line when there is.
    let class = move || if empty() { "dropzone" } else { "toolbar" };
    let busy = move || matches!(desk.progress.get(), Progress::Busy(_));
    view! {
        <section class="section" aria-label=t_string!(i18n, import.step_choose)>
            <Show when=move || desk.is_first()>
                <p class="banner" data-kind="info">
                    {t_string!(i18n, import.private_window)}
                </p>
            </Show>
            <Trouble />
            <div class=class data-over=move || over.get().to_string()>
                <FileButton
                    label=t_string!(i18n, import.choose_files)
                    multiple=true
                    accept=".csv,.tsv,.txt,.tab,text/csv,text/tab-separated-values,text/plain"
                    take=move |files| desk.take_files(files)
                />
                <Show
                    when=empty
                    fallback=move || {
                        view! {
                            <button
                                class="quiet"
                                disabled=move || desk.is_wanted()
                                on:click=move |_| desk.clear()
                            >
                                {move || {
                                    if desk.applied.with(Option::is_some) {
                                        t_string!(i18n, import.put_away)
                                    } else if busy() {
                                        t_string!(i18n, import.cancel)
                                    } else {
                                        t_string!(i18n, import.leave_file)
                                    }
                                }}
                            </button>
                        }
                    }
                >
                    <p class="hint">{t_string!(i18n, import.drop_hint)}</p>
                </Show>
            </div>
            <Show when=busy>
                <div class="progress">
                    <span role="status">
                        {move || match desk.progress.get() {
                            Progress::Busy(stage) => say::stage(i18n, stage),
                            _ => String::new(),
                        }}
                    </span>
                    <progress aria-label=t_string!(i18n, import.reading)></progress>
                </div>
            </Show>
            <Waiting />
            <Show when=empty>
                <Paste />
            </Show>
        </section>
    }
}

#[component]
fn Trouble() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    move || {
        let Progress::Failed(trouble) = desk.progress.get() else {
            return None;
        };
        let name = desk.name.get();
        // A Flightpath file has a way in of its own.
        let own = name.to_lowercase().ends_with(".json");
        Some(view! {
            <div class="banner" data-kind="error" role="alert">
                <strong>{file_name(i18n, &name)}</strong>
                <span>{say::trouble(i18n, &trouble)}</span>
                {own
                    .then(|| {
                        view! {
                            <a href=Route::Exchange.href()>{t_string!(i18n, import.open_own_file)}</a>
                        }
                    })}
            </div>
        })
    }
}

/// Files that were chosen together with this one.
#[component]
fn Waiting() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    move || {
        let next = desk.waiting.with(|waiting| {
            let more = waiting.len().saturating_sub(1);
            waiting.first().map(|file| (file.name(), more))
        });
        let (next, more) = next?;
        let all_read = !matches!(desk.progress.get(), Progress::Busy(_));
        let words = if more == 0 {
            t_string!(i18n, import.waiting_one, file = next).to_string()
        } else {
            t_string!(i18n, import.waiting_more, file = next, more = more).to_string()
        };
        Some(view! {
            <p class="banner" data-kind="info">
                <span>{words}</span>
                {all_read
                    .then(|| {
                        view! {
                            <button on:click=move |_| desk.take_next()>
                                {t_string!(i18n, import.next_file)}
                            </button>
                        }
                    })}
            </p>
        })
    }
}

#[component]
fn Paste() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let area: NodeRef<Textarea> = NodeRef::new();
    let read = move |_| {
        if let Some(text) = area.get().map(|area| area.value())
            && !text.trim().is_empty()
        {
            desk.take_paste(text);
        }
    };
    view! {
        <div class="field paste">
            <label for="import-paste">{t_string!(i18n, import.paste)}</label>
            <p class="hint" id="import-paste-hint">
                {t_string!(i18n, import.paste_hint)}
            </p>
            <textarea
                id="import-paste"
                node_ref=area
                rows="4"
                spellcheck="false"
                aria-describedby="import-paste-hint"
            ></textarea>
            <button on:click=read>{t_string!(i18n, import.read_paste)}</button>
        </div>
    }
}
