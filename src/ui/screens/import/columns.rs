//! What the columns mean: one row for each, with its header and a few of its values.

use flightpath_exchange::cells::DateOrder;
use flightpath_exchange::mapping::{BlankMeans, Role, Sureness, Why};
use leptos::prelude::*;

use super::questions::WholeFile;
use super::scale::MakeScale;
use super::{roles, say};
use crate::app::import::use_desk;
use crate::i18n::{t_string, use_i18n};

/// How many columns are listed at first, and how many more at each asking.
const AT_ONCE: usize = 40;

/// The choice that makes a new scale.
const MAKE: &str = "make";

#[component]
pub fn Columns() -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let most = RwSignal::new(AT_ONCE);
    let making = RwSignal::new(None::<usize>);
    let width = Memo::new(move |_| {
        desk.file
            .with(|file| file.as_ref().map_or(0, |file| file.columns.len()))
    });
    // A file with other headers is another table of columns.
    let headers = Memo::new(move |_| {
        desk.file.with(|file| {
            file.as_ref()
                .map(|file| file.table.headers.clone())
                .unwrap_or_default()
        })
    });
    let hidden = move || width.get().saturating_sub(most.get());
    view! {
        <section class="section">
            <h2>{t_string!(i18n, import.step_columns)}</h2>
            <Show when=move || desk.remembered.get()>
                <p class="banner" data-kind="info">
                    {t_string!(i18n, import.remembered)}
                </p>
            </Show>
            <WholeFile />
            <Show when=move || making.get().is_some()>
                <MakeScale making=making />
            </Show>
            <div
                class="table-frame"
                tabindex="0"
                role="region"
                aria-label=t_string!(i18n, import.columns_caption)
            >
                <table class="mapping">
                    <caption>{t_string!(i18n, import.columns_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, import.column)}</th>
                            <th scope="col">{t_string!(i18n, import.samples)}</th>
                            <th scope="col">{t_string!(i18n, import.means)}</th>
                            <th scope="col">{t_string!(i18n, import.more)}</th>
                            <th scope="col">{t_string!(i18n, import.because)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            headers.track();
                            (0..width.get().min(most.get()))
                                .map(|index| view! { <ColumnRow index=index making=making /> })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
            <Show when=move || { hidden() > 0 }>
                <button on:click=move |_| most.update(|most| *most += AT_ONCE)>
                    {move || {
                        t_string!(i18n, import.more_columns, count = say::small(hidden())).to_string()
                    }}
                </button>
            </Show>
        </section>
    }
}

#[component]
fn ColumnRow(
    /// The column, from 0.
    index: usize,
    /// The column for which a scale is being made.
    making: RwSignal<Option<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let mapping = Memo::new(move |_| desk.column(index));
    let role_key = Memo::new(move |_| mapping.with(|mapping| roles::key(&mapping.role)));
    let name = Memo::new(move |_| {
        desk.file.with(|file| {
            file.as_ref()
                .map(|file| say::column(i18n, file, index))
                .unwrap_or_default()
        })
    });
    let samples = Memo::new(move |_| {
        desk.file.with(|file| {
            let facts = file.as_ref().and_then(|file| file.columns.get(index));
            facts.map_or_else(String::new, |facts| {
                let short: Vec<String> = facts
                    .samples
                    .iter()
                    .map(|sample| say::shortened(sample))
                    .collect();
                short.join(" · ")
            })
        })
    });
    let why = move || {
        desk.file.with(|file| {
            file.as_ref()
                .map(|file| mapping.with(|mapping| say::why(i18n, file, mapping)))
                .unwrap_or_default()
        })
    };
    let doubtful = move || {
        mapping.with(|mapping| {
            mapping.role != Role::Ignore && mapping.sure == Sureness::Doubtful
                || mapping.why == Why::ValuesDoNotFit
        })
    };
    let groups = move || {
        let chosen = role_key.get_untracked();
        roles::groups(i18n)
            .into_iter()
            .map(|group| {
                let options = group
                    .choices
                    .into_iter()
                    .map(|(key, name)| {
                        let selected = key == chosen;
                        view! {
                            <option value=key selected=selected>
                                {name}
                            </option>
                        }
                    })
                    .collect_view();
                view! { <optgroup label=group.name>{options}</optgroup> }
            })
            .collect_view()
    };
    let label = move || t_string!(i18n, import.means_of, column = name.get()).to_string();
    let ignored = move || mapping.with(|mapping| mapping.role == Role::Ignore);
    view! {
        <tr data-state=move || {
            if ignored() { "same" } else if doubtful() { "asked" } else { "kept" }
        }>
            <th scope="row">{move || name.get()}</th>
            <td class="samples">{move || samples.get()}</td>
            <td>
                <select
                    aria-label=label
                    prop:value=move || role_key.get()
                    on:change:target=move |event| {
                        let before = mapping.get_untracked().role;
                        desk.set_role(index, roles::by_key(&event.target().value(), &before));
                    }
                >
                    {groups}
                </select>
            </td>
            <td>
                <div class="details">
                    <Details index=index name=name making=making />
                </div>
            </td>
            <td class="quiet">{why}</td>
        </tr>
    }
}

/// What else is to be said of a column, which depends on its meaning.
#[component]
fn Details(index: usize, name: Memo<String>, making: RwSignal<Option<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let role = Memo::new(move |_| desk.column(index).role);
    let subject = Memo::new(move |_| {
        role.with(|role| match role {
            Role::Result { subject, .. } | Role::Class { subject } | Role::Teacher { subject } => {
                Some(subject.clone().unwrap_or_default())
            }
            _ => None,
        })
    });
    let event = Memo::new(move |_| {
        role.with(|role| match role {
            Role::Result { kind, event, .. } if kind.has_event() => {
                Some(event.clone().unwrap_or_default())
            }
            _ => None,
        })
    });
    let has_scale = Memo::new(move |_| role.with(Role::needs_scale));
    let has_dates = Memo::new(move |_| role.with(|role| *role == Role::BirthDate));
    let has_blank = Memo::new(move |_| {
        role.with(|role| matches!(role, Role::Group(_)))
            && desk.file.with(|file| {
                let facts = file.as_ref().and_then(|file| file.columns.get(index));
                facts.is_some_and(|facts| facts.blanks > 0)
            })
    });
    let subject_label = move || t_string!(i18n, import.subject_of, column = name.get()).to_string();
    let event_label = move || t_string!(i18n, import.event_of, column = name.get()).to_string();
    view! {
        <Show when=move || subject.with(Option::is_some)>
            <input
                type="text"
                list="import-subjects"
                aria-label=subject_label
                placeholder=t_string!(i18n, words.subject)
                prop:value=move || subject.get().unwrap_or_default()
                on:change:target=move |event| desk.set_subject(index, &event.target().value())
            />
        </Show>
        <Show when=move || event.with(Option::is_some)>
            <input
                type="text"
                list="import-events"
                aria-label=event_label
                placeholder=t_string!(i18n, import.event)
                prop:value=move || event.get().unwrap_or_default()
                on:change:target=move |event| desk.set_event(index, &event.target().value())
            />
        </Show>
        <Show when=move || has_scale.get()>
            <ScaleChoice index=index name=name making=making />
        </Show>
        <Show when=move || has_dates.get()>
            <DateChoice index=index name=name />
        </Show>
        <Show when=move || has_blank.get()>
            <BlankChoice index=index name=name />
        </Show>
    }
}

#[component]
fn ScaleChoice(index: usize, name: Memo<String>, making: RwSignal<Option<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let chosen = Memo::new(move |_| desk.column(index).scale.unwrap_or_default());
    let scales = Memo::new(move |_| desk.scales());
    view! {
        <select
            aria-label=move || t_string!(i18n, import.scale_of, column = name.get()).to_string()
            prop:value=move || {
                scales.track();
                chosen.get()
            }
            on:change:target=move |event| {
                let key = event.target().value();
                if key == MAKE {
                    // The choice is a command: what was chosen stays until the scale is made.
                    event.target().set_value(&chosen.get_untracked());
                    making.set(Some(index));
                } else {
                    desk.set_scale(index, &key);
                }
            }
        >
            {move || {
                let now = chosen.get_untracked();
                scales
                    .get()
                    .into_iter()
                    .map(|(key, name)| {
                        let selected = key == now;
                        view! {
                            <option value=key selected=selected>
                                {name}
                            </option>
                        }
                    })
                    .collect_view()
            }}
            <option value="" selected=chosen.get_untracked().is_empty()>
                {t_string!(i18n, import.no_scale)}
            </option>
            <option value=MAKE>{t_string!(i18n, import.make_scale)}</option>
        </select>
    }
}

fn date_key(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayMonthYear => "dmy",
        DateOrder::MonthDayYear => "mdy",
        DateOrder::YearMonthDay => "ymd",
    }
}

#[component]
fn DateChoice(index: usize, name: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let chosen = Memo::new(move |_| desk.column(index).dates.map_or("", date_key));
    let now = chosen.get_untracked();
    view! {
        <select
            aria-label=move || t_string!(i18n, import.dates_of, column = name.get()).to_string()
            prop:value=move || chosen.get()
            on:change:target=move |event| {
                let key = event.target().value();
                let order = DateOrder::ALL.into_iter().find(|order| date_key(*order) == key);
                desk.set_dates(index, order);
            }
        >
            <option value="" selected=now.is_empty()>
                {t_string!(i18n, import.dates_as_found)}
            </option>
            <option value="dmy" selected=now == "dmy">
                {t_string!(i18n, import.dates_dmy)}
            </option>
            <option value="mdy" selected=now == "mdy">
                {t_string!(i18n, import.dates_mdy)}
            </option>
            <option value="ymd" selected=now == "ymd">
                {t_string!(i18n, import.dates_ymd)}
            </option>
        </select>
    }
}

#[component]
fn BlankChoice(index: usize, name: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let is_no = Memo::new(move |_| desk.column(index).blank == Some(BlankMeans::No));
    let now = is_no.get_untracked();
    view! {
        <select
            aria-label=move || t_string!(i18n, import.blank_of, column = name.get()).to_string()
            prop:value=move || if is_no.get() { "no" } else { "unknown" }
            on:change:target=move |event| {
                let blank = if event.target().value() == "no" {
                    BlankMeans::No
                } else {
                    BlankMeans::Unknown
                };
                desk.set_blank(index, blank);
            }
        >
            <option value="unknown" selected=!now>
                {t_string!(i18n, import.blank_unknown)}
            </option>
            <option value="no" selected=now>
                {t_string!(i18n, import.blank_no)}
            </option>
        </select>
    }
}
