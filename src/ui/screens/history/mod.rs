//! History: every step, by whom and when; any that holds can be undone.

mod ask;
mod details;
mod kinds;

use flightpath_school::journal::Action;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{HistoryEntry, HistoryFault, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::parts::choice::{Choice, Option2};
use crate::ui::parts::drawer::use_drawer;

use ask::{Ask, Asking};
use details::StepDetails;
use kinds::{Filter, Kind, people, sentence};

/// Steps on one page.
const STEPS_ON_A_PAGE: usize = 50;

/// Undoing so much of a school is asked about.
const MANY_CELLS: usize = 1_000;

/// People in the combo box have a mark before their name, so that nobody can be called "all".
const PERSON: &str = "=";

/// A step as a row shows it.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    entry: HistoryEntry,
    what: String,
}

#[component]
pub fn History() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let read = RwSignal::new(false);
    spawn_local(async move {
        app.read_history().await;
        let _ = read.try_set(true);
    });
    let filter = RwSignal::new(Filter::default());
    let page = RwSignal::new(0_usize);
    let entries = Memo::new(move |_| app.history());
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        entries.with(|entries| {
            entries
                .iter()
                .filter(|entry| filter.fits(entry))
                .map(|entry| Line {
                    what: sentence(i18n, entry),
                    entry: entry.clone(),
                })
                .collect::<Vec<Line>>()
        })
    });
    let set_filter = move |change: Box<dyn FnOnce(&mut Filter)>| {
        filter.update(change);
        page.set(0);
    };
    let asking = RwSignal::new(None::<Asking>);
    let answer = move || {
        if !read.get() {
            return t_string!(i18n, history.reading).to_owned();
        }
        let (all, shown) = (entries.with(Vec::len), shown.with(Vec::len));
        if shown < all {
            return t_string!(
                i18n,
                history.answer_filtered,
                shown = counted(shown),
                number = counted(all)
            )
            .to_string();
        }
        let count = plural(all);
        t_string!(i18n, history.answer, count = count, number = counted(all)).to_string()
    };
    let persons = Signal::derive(move || {
        let mut options: Vec<Option2> =
            vec![(String::new(), t_string!(i18n, words.all).to_owned())];
        options.extend(
            entries
                .with(|entries| people(entries))
                .into_iter()
                .map(|person| {
                    let name = if person.is_empty() {
                        t_string!(i18n, history.nobody).to_owned()
                    } else {
                        person.clone()
                    };
                    (format!("{PERSON}{person}"), name)
                }),
        );
        options
    });
    let kinds = Signal::derive(move || {
        let mut options: Vec<Option2> =
            vec![(String::new(), t_string!(i18n, words.all).to_owned())];
        options.extend(
            Kind::ALL
                .into_iter()
                .map(|kind| (kind.key().to_owned(), kind.name(i18n).to_owned())),
        );
        options
    });
    let none = Memo::new(move |_| entries.with(Vec::is_empty));
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, history.title)}
                </h1>
                <p class="answer" role="status">
                    {answer}
                </p>
            </header>
            {move || {
                app.history_fault
                    .get()
                    .map(|fault| {
                        let words = match fault {
                            HistoryFault::Unreadable(records) => {
                                t_string!(i18n, history.fault_unreadable, records = records)
                                    .to_string()
                            }
                            HistoryFault::Changed(_) => {
                                t_string!(i18n, history.fault_changed).to_owned()
                            }
                        };
                        view! {
                            <p class="banner" data-kind="warning" role="alert">
                                {words}
                            </p>
                        }
                    })
            }}
            <Show
                when=move || !none.get()
                fallback=move || {
                    view! {
                        <div class="empty">
                            <h2>{t_string!(i18n, history.none_title)}</h2>
                            <p>{t_string!(i18n, history.none_hint)}</p>
                        </div>
                    }
                }
            >
                <div class="toolbar">
                    <Choice
                        label=t_string!(i18n, history.person)
                        options=persons
                        value=Signal::derive(move || {
                            filter
                                .with(|filter| {
                                    filter
                                        .person
                                        .as_ref()
                                        .map(|person| format!("{PERSON}{person}"))
                                        .unwrap_or_default()
                                })
                        })
                        on_change=move |key| {
                            set_filter(
                                Box::new(move |filter| {
                                    filter.person = key.strip_prefix(PERSON).map(str::to_owned);
                                }),
                            );
                        }
                    />
                    <Choice
                        label=t_string!(i18n, history.kind)
                        options=kinds
                        value=Signal::derive(move || {
                            filter
                                .with(|filter| {
                                    filter.kind.map(|kind| kind.key().to_owned()).unwrap_or_default()
                                })
                        })
                        on_change=move |key| {
                            set_filter(
                                Box::new(move |filter| filter.kind = Kind::with_key(&key)),
                            );
                        }
                    />
                </div>
                <Steps shown=shown page=page asking=asking />
            </Show>
            <Ask asking=asking />
        </div>
    }
}

#[component]
fn Steps(
    shown: Memo<Vec<Line>>,
    page: RwSignal<usize>,
    asking: RwSignal<Option<Asking>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = move || shown.with(Vec::len);
    let first = move || page.get() * STEPS_ON_A_PAGE;
    let lines = move || {
        shown.with(|shown| {
            shown
                .iter()
                .skip(first())
                .take(STEPS_ON_A_PAGE)
                .cloned()
                .map(|line| view! { <Step line=line asking=asking /> })
                .collect_view()
        })
    };
    view! {
        <Show
            when=move || { count() > 0 }
            fallback=move || view! { <p>{t_string!(i18n, history.no_match)}</p> }
        >
            <div
                class="table-frame"
                tabindex="0"
                role="region"
                aria-label=t_string!(i18n, history.caption)
            >
                <table>
                    <caption>{t_string!(i18n, history.caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, history.when)}</th>
                            <th scope="col">{t_string!(i18n, history.who)}</th>
                            <th scope="col">{t_string!(i18n, history.what)}</th>
                            <th scope="col" class="num">
                                {t_string!(i18n, history.values)}
                            </th>
                            <th scope="col">{t_string!(i18n, history.state)}</th>
                            <th scope="col">{t_string!(i18n, history.actions)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <Show when=move || { count() > STEPS_ON_A_PAGE }>
                <nav class="actions" aria-label=t_string!(i18n, history.pages)>
                    <button
                        disabled=move || page.get() == 0
                        on:click=move |_| page.update(|page| *page = page.saturating_sub(1))
                    >
                        {t_string!(i18n, history.newer)}
                    </button>
                    <span>
                        {move || {
                            let last = (first() + STEPS_ON_A_PAGE).min(count());
                            t_string!(
                                i18n,
                                history.page,
                                from = counted(first() + 1),
                                to = counted(last),
                                all = counted(count())
                            )
                                .to_string()
                        }}
                    </span>
                    <button
                        disabled=move || first() + STEPS_ON_A_PAGE >= count()
                        on:click=move |_| page.update(|page| *page += 1)
                    >
                        {t_string!(i18n, history.older)}
                    </button>
                </nav>
            </Show>
        </Show>
    }
}

#[component]
fn Step(line: Line, asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let Line { entry, what } = line;
    let dot = entry.info.dot;
    // An undo is taken back by doing its step again, not by a button of its own.
    let is_undo = matches!(entry.info.action, Action::Undo { .. } | Action::Redo { .. });
    let author = match entry.info.author.as_str() {
        "" => t_string!(i18n, history.nobody).to_owned(),
        author => author.to_owned(),
    };
    let is_altered = app
        .history_fault
        .with(|fault| matches!(fault, Some(HistoryFault::Changed(steps)) if steps.contains(&dot)));
    let state = match (is_undo, entry.holding) {
        _ if is_altered => t_string!(i18n, history.altered),
        (true, _) => "",
        (false, Some(_)) => t_string!(i18n, history.holds),
        (false, None) => t_string!(i18n, history.undone),
    };
    let holding = entry.holding.filter(|_| !is_undo);
    let details_title = t_string!(i18n, history.details_of, what = what.clone()).to_string();
    let details_label = details_title.clone();
    let undo_label = t_string!(i18n, history.undo_of, what = what.clone()).to_string();
    let id = format!("details-{}-{}", dot.replica.0, dot.sequence);
    let opener = id.clone();
    let info = entry.info.clone();
    let cells = entry.cells;
    let show = move |_| {
        let info = info.clone();
        drawer.show(details_title.clone(), Some(opener.clone()), move || {
            view! { <StepDetails info=info.clone() cells=cells /> }.into_any()
        });
    };
    // What a step did that was undone and done again is undone by the latter.
    let undo = move |_| {
        let Some(dot) = holding else { return };
        match app.undo_outlook(dot) {
            Some(outlook) if outlook.left > 0 || outlook.back >= MANY_CELLS => {
                asking.set(Some(Asking { dot, outlook }));
            }
            _ => app.undo_step(dot),
        }
    };
    view! {
        <tr>
            <td>
                <time>
                    {clock::local_text(entry.info.at, t_string!(i18n, history.language))}
                </time>
            </td>
            <td>{author}</td>
            <td class="wrap">{what}</td>
            <td class="num">{counted(cells)}</td>
            <td class="quiet">{state}</td>
            <td>
                <button class="quiet" id=id aria-label=details_label on:click=show>
                    {t_string!(i18n, history.details)}
                </button>
                {holding
                    .map(|_| {
                        view! {
                            <button class="quiet" aria-label=undo_label on:click=undo>
                                {t_string!(i18n, history.undo)}
                            </button>
                        }
                    })}
            </td>
        </tr>
    }
}
