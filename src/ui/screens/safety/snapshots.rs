//! The snapshots on this computer, and setting the school back to one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{Earlier, Snapshot, state_of, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words::{count_of, counted, plural};
use crate::ui::parts::modal::modal;
use crate::ui::say::Words;

/// What is asked about before a school is set back.
#[derive(Clone)]
struct Asking {
    when: String,
    outlook: Outlook,
}

#[derive(Clone)]
enum Outlook {
    /// So many values would change.
    Cells(usize),
    Same,
    Damaged,
}

#[component]
pub fn Snapshots() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let list = RwSignal::new(None::<Vec<Snapshot>>);
    let asking = RwSignal::new(None::<Asking>);
    let earlier = StoredValue::new_local(None::<Earlier>);
    let busy = RwSignal::new(false);
    let look = move || {
        spawn_local(async move {
            let found = app.snapshots().await;
            let _ = list.try_set(Some(found));
        });
    };
    look();
    // A button that is switched off while it works loses the focus of whoever uses the keyboard.
    let make = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            app.snapshot_now().await;
            let found = app.snapshots().await;
            let _ = list.try_set(Some(found));
            let _ = busy.try_set(false);
        });
    };
    let ask = move |snapshot: Snapshot| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let when = when(&snapshot);
            let state = app.earlier(&snapshot).await;
            let outlook = match &state {
                None => Outlook::Damaged,
                Some(state) => match app.outlook_back(state) {
                    None => Outlook::Damaged,
                    Some(0) => Outlook::Same,
                    Some(cells) => Outlook::Cells(cells),
                },
            };
            let _ = earlier.try_set_value(state);
            let _ = asking.try_set(Some(Asking { when, outlook }));
            let _ = busy.try_set(false);
        });
    };
    view! {
        <section class="section" aria-labelledby="snapshots">
            <h2 id="snapshots">{t_string!(i18n, safety.snapshots)}</h2>
            <p class="hint">{t_string!(i18n, safety.snapshots_hint)}</p>
            {move || match list.get() {
                None => {
                    view! { <p role="status">{t_string!(i18n, safety.snapshots_reading)}</p> }
                        .into_any()
                }
                Some(found) if found.is_empty() => {
                    view! { <p>{t_string!(i18n, safety.snapshots_none)}</p> }.into_any()
                }
                Some(found) => {
                    let rows = found.into_iter().map(|snapshot| row(i18n, snapshot, busy, ask));
                    view! {
                        <div class="table-frame" tabindex="0" role="region" aria-label=t_string!(i18n, safety.snapshots)>
                        <table>
                            <caption>{t_string!(i18n, safety.snapshots)}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{t_string!(i18n, safety.snapshot_when)}</th>
                                    <th scope="col">{t_string!(i18n, safety.snapshot_why)}</th>
                                    <th scope="col" class="num">
                                        {t_string!(i18n, safety.snapshot_size)}
                                    </th>
                                    <th scope="col">{t_string!(i18n, safety.set_back)}</th>
                                </tr>
                            </thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                        </div>
                    }
                        .into_any()
                }
            }}
            <p class="actions">
                <button aria-disabled=move || busy.get().to_string() on:click=make>
                    {t_string!(i18n, safety.snapshot_now)}
                </button>
            </p>
        </section>
        <Ask asking=asking earlier=earlier />
    }
}

fn when(snapshot: &Snapshot) -> String {
    clock::local_text(state_of(&snapshot.head), "en-GB")
}

fn row(
    i18n: Words,
    snapshot: Snapshot,
    busy: RwSignal<bool>,
    ask: impl Fn(Snapshot) + Copy + 'static,
) -> AnyView {
    let when = when(&snapshot);
    let why = match snapshot.head.note.as_str() {
        "import" => t_string!(i18n, safety.why_import),
        "day" => t_string!(i18n, safety.why_day),
        "asked" => t_string!(i18n, safety.why_asked),
        _ => t_string!(i18n, safety.why_mended),
    };
    let bytes: u64 = snapshot
        .head
        .manifest
        .chunks
        .iter()
        .map(|part| part.length)
        .sum();
    let name = t_string!(i18n, safety.set_back_what, when = when.clone()).to_string();
    view! {
        <tr>
            <th scope="row">{when}</th>
            <td>{why}</td>
            <td class="num">{format!("{} kB", counted(count_of(bytes.div_ceil(1000))))}</td>
            <td>
                <button
                    aria-label=name
                    aria-disabled=move || busy.get().to_string()
                    on:click=move |_| ask(snapshot.clone())
                >
                    {t_string!(i18n, safety.set_back)}
                </button>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn Ask(
    asking: RwSignal<Option<Asking>>,
    earlier: StoredValue<Option<Earlier>, LocalStorage>,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let node = modal(asking);
    let yes = move |_| {
        asking.set(None);
        if let Some(to) = earlier.try_update_value(Option::take).flatten() {
            app.set_back(&to);
        }
    };
    let can = move || {
        matches!(
            asking.get().map(|asking| asking.outlook),
            Some(Outlook::Cells(_))
        )
    };
    let title = move || {
        let when = asking.get().map(|asking| asking.when).unwrap_or_default();
        t_string!(i18n, safety.set_back_ask, when = when).to_string()
    };
    let words = move || match asking.get().map(|asking| asking.outlook) {
        Some(Outlook::Cells(cells)) => {
            let count = plural(cells);
            t_string!(
                i18n,
                safety.set_back_cells,
                count = count,
                n = counted(cells)
            )
            .to_string()
        }
        Some(Outlook::Same) => t_string!(i18n, safety.set_back_same).to_owned(),
        Some(Outlook::Damaged) => t_string!(i18n, safety.set_back_damaged).to_owned(),
        None => String::new(),
    };
    view! {
        <dialog node_ref=node aria-labelledby="set-back-title" on:close=move |_| asking.set(None)>
            <h2 id="set-back-title">{title}</h2>
            <p>{words}</p>
            <div class="actions">
                <Show when=can>
                    <button class="primary" on:click=yes>
                        {t_string!(i18n, safety.set_back_yes)}
                    </button>
                </Show>
                <button on:click=move |_| asking.set(None)>{t_string!(i18n, safety.cancel)}</button>
            </div>
        </dialog>
    }
}
