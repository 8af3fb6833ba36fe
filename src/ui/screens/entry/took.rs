//! How long entering the grades of an event took.

use flightpath_school::view::TrackingEvent;
use flightpath_school::view::entry_time::EntryTime;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::counted;

const MINUTE_MS: i64 = 60_000;

/// By subject and person; the history is read when it is unfolded.
#[component]
pub fn TimeTaken(event: Memo<Option<TrackingEvent>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let unfolded = RwSignal::new(false);
    let toggle = move |is_open: bool| {
        unfolded.set(is_open);
        if is_open {
            spawn_local(app.read_history());
        }
    };
    let lines = Memo::new(move |_| {
        if !unfolded.get() {
            return Vec::new();
        }
        let lists = app.lists().get();
        let times = event.with(|event| event.as_ref().map(|event| app.entry_times(event)));
        let named = |time: EntryTime| {
            let subject = lists.subject(time.subject)?.name.clone();
            Some((subject, time))
        };
        let mut lines: Vec<_> = times
            .unwrap_or_default()
            .into_iter()
            .filter_map(named)
            .collect();
        lines.sort_by(|(one, _), (other, _)| one.cmp(other));
        lines
    });
    let minutes = move |took_ms: i64| {
        let minutes = i32::try_from(took_ms / MINUTE_MS).unwrap_or(i32::MAX);
        t_string!(i18n, tracking.took_minutes, count = minutes).to_string()
    };
    view! {
        <details
            class="section"
            on:toggle:target=move |event| toggle(event.target().open())
        >
            <summary>{t_string!(i18n, tracking.took_title)}</summary>
            <p class="hint">{t_string!(i18n, tracking.took_hint)}</p>
            <Show
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=move || view! { <p>{t_string!(i18n, tracking.took_none)}</p> }
            >
                <div
                    class="table-frame"
                    tabindex="0"
                    role="region"
                    aria-label=t_string!(i18n, tracking.took_title)
                >
                    <table>
                        <caption class="visually-hidden">
                            {t_string!(i18n, tracking.took_title)}
                        </caption>
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, words.subject)}</th>
                                <th scope="col">{t_string!(i18n, tracking.took_who)}</th>
                                <th scope="col" class="num">
                                    {t_string!(i18n, tracking.took_entries)}
                                </th>
                                <th scope="col" class="num">
                                    {t_string!(i18n, tracking.took_time)}
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                lines
                                    .get()
                                    .into_iter()
                                    .map(|(subject, time)| {
                                        view! {
                                            <tr>
                                                <th scope="row">{subject}</th>
                                                <td>
                                                    {if time.author.is_empty() {
                                                        t_string!(i18n, tracking.took_unnamed).to_owned()
                                                    } else {
                                                        time.author
                                                    }}
                                                </td>
                                                <td class="num">{counted(time.entries)}</td>
                                                <td class="num">{minutes(time.took_ms)}</td>
                                            </tr>
                                        }
                                    })
                                    .collect_view()
                            }}
                        </tbody>
                    </table>
                </div>
            </Show>
        </details>
    }
}
