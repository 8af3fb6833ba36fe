//! Whoever goes another way: a table to find pupils in and to mark them.

use std::collections::BTreeMap;

use flightpath_school::model::{Id, YearGroup};
use flightpath_school::view::plain;
use flightpath_school::view::roll_over::{Going, Line};
use leptos::prelude::*;

use super::Desk;
use crate::i18n::t_string;
use crate::ui::parts::cell_words::counted;
use crate::ui::parts::choice::{Choice, Option2};
use crate::ui::parts::text_field::TextField;
use crate::ui::say::Words;

/// Rows that are put on screen at once.
const SHOWN: usize = 40;

/// What the table is narrowed to.
const MARKED: &str = "marked";

fn key(going: Going) -> &'static str {
    match going {
        Going::Up => "up",
        Going::Repeats => "repeats",
        Going::Leaves => "leaves",
    }
}

/// A pupil's row; it stays the same while the person marks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Row {
    id: Id,
    name: String,
    form: String,
    from: YearGroup,
    held: Option<YearGroup>,
    disputed: bool,
}

impl Row {
    fn of(line: &Line) -> Row {
        Row {
            id: line.pupil.id,
            name: line.pupil.name(),
            form: line.pupil.form.clone(),
            from: line.from,
            held: line.held,
            disputed: line.disputed,
        }
    }

    /// The ways that the pupil can go, in words.
    fn ways(&self, i18n: Words) -> Vec<Option2> {
        let up = self.from.above().map(|group| {
            let words = t_string!(i18n, new_year.up_to, group = group.to_string()).to_string();
            (Going::Up, words)
        });
        let from = self.from.to_string();
        let repeats = t_string!(i18n, new_year.repeats, group = from).to_string();
        let leaves = t_string!(i18n, new_year.leaves).to_owned();
        up.into_iter()
            .chain([(Going::Repeats, repeats), (Going::Leaves, leaves)])
            .map(|(going, words)| (key(going).to_owned(), words))
            .collect()
    }
}

/// Everybody, with what becomes of each.
#[component]
pub(super) fn Each(desk: Desk) -> impl IntoView {
    let Desk { i18n, marked, .. } = desk;
    let wanted = RwSignal::new(String::new());
    let show = RwSignal::new(String::new());
    let fitting = Memo::new(move |_| {
        let wanted = plain(&wanted.get());
        let show = show.get();
        let group = show.parse().ok().and_then(YearGroup::new);
        marked.with(|marked| {
            desk.with(|plan| {
                let fits = |line: &&Line| {
                    let text = plain(&format!("{} {}", line.pupil.name(), line.pupil.form));
                    group.is_none_or(|group| line.from == group)
                        && (show != MARKED || marked.contains_key(&line.pupil.id))
                        && wanted.split_whitespace().all(|word| text.contains(word))
                };
                plan.lines
                    .iter()
                    .filter(fits)
                    .map(Row::of)
                    .collect::<Vec<_>>()
            })
        })
    });
    // What becomes of each, looked up by the rows on screen.
    let ways = Memo::new(move |_| {
        desk.with(|plan| {
            plan.lines
                .iter()
                .map(|line| (line.pupil.id, (line.going, line.form.clone())))
                .collect::<BTreeMap<_, _>>()
        })
    });
    let options = Signal::derive(move || {
        let groups = desk.with(|plan| {
            let groups: std::collections::BTreeSet<YearGroup> =
                plan.lines.iter().map(|line| line.from).collect();
            groups
        });
        let all = t_string!(i18n, new_year.show_all).to_owned();
        let marked = t_string!(i18n, new_year.show_marked).to_owned();
        let each = groups.into_iter().map(|group| {
            let name = t_string!(i18n, new_year.show_group, group = group.to_string());
            (group.number().to_string(), name.to_string())
        });
        [(String::new(), all), (MARKED.to_owned(), marked)]
            .into_iter()
            .chain(each)
            .collect::<Vec<_>>()
    });
    let then = move || {
        let (_, to) = desk.years();
        t_string!(i18n, new_year.col_then, to = to).to_string()
    };
    let caption = t_string!(i18n, new_year.each_caption);
    view! {
        <section class="section">
            <h2>{t_string!(i18n, new_year.each)}</h2>
            <p class="hint">{t_string!(i18n, new_year.each_hint)}</p>
            <div class="toolbar">
                <TextField label=t_string!(i18n, new_year.find) text=wanted kind="search" />
                <Choice
                    label=t_string!(i18n, new_year.show)
                    options=options
                    value=show
                    on_change=move |chosen| show.set(chosen)
                />
                <button
                    disabled=move || marked.with(BTreeMap::is_empty)
                    on:click=move |_| marked.update(BTreeMap::clear)
                >
                    {t_string!(i18n, new_year.unmark)}
                </button>
            </div>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table>
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, words.pupil)}</th>
                            <th scope="col">{t_string!(i18n, words.year_group)}</th>
                            <th scope="col">{t_string!(i18n, words.form)}</th>
                            <th scope="col">{then}</th>
                            <th scope="col">{t_string!(i18n, new_year.col_form_then)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || {
                                fitting.with(|rows| {
                                    rows.iter().take(SHOWN).cloned().collect::<Vec<_>>()
                                })
                            }
                            key=Row::clone
                            let:row
                        >
                            <tr>
                                <th scope="row">{row.name.clone()}</th>
                                <td>{row.from.to_string()}</td>
                                <td>{row.form.clone()}</td>
                                <td>{way(desk, &row, ways)}</td>
                                <td>
                                    {move || {
                                        ways.with(|ways| {
                                            ways.get(&row.id).map(|(_, form)| form.clone())
                                        })
                                    }}
                                </td>
                            </tr>
                        </For>
                    </tbody>
                </table>
            </div>
            <p class="hint" role="status">
                {move || {
                    let all = fitting.with(Vec::len);
                    match all {
                        0 => t_string!(i18n, new_year.none_fit).to_owned(),
                        1..=SHOWN => String::new(),
                        _ => {
                            t_string!(
                                i18n,
                                new_year.shown,
                                shown = counted(SHOWN),
                                all = counted(all)
                            )
                                .to_string()
                        }
                    }
                }}
            </p>
        </section>
    }
}

/// The control that says which way a pupil goes, or what the next year says already.
fn way(desk: Desk, row: &Row, ways: Memo<BTreeMap<Id, (Going, String)>>) -> AnyView {
    let Desk { i18n, marked, .. } = desk;
    if row.disputed {
        return t_string!(i18n, new_year.disputed).into_any();
    }
    if let Some(held) = row.held {
        return t_string!(i18n, new_year.held, group = held.to_string())
            .to_string()
            .into_any();
    }
    let id = row.id;
    let now = Memo::new(move |_| {
        let going = ways.with(|ways| ways.get(&id).map(|(going, _)| *going));
        going.map(key).unwrap_or_default()
    });
    let mark = move |chosen: String| {
        let usual = untrack(|| {
            desk.with(|plan| {
                let line = plan.lines.iter().find(|line| line.pupil.id == id);
                line.map(|line| line.usual)
            })
        });
        let going = [Going::Up, Going::Repeats, Going::Leaves]
            .into_iter()
            .find(|going| key(*going) == chosen);
        marked.update(|marked| match going {
            Some(going) if Some(going) != usual => {
                marked.insert(id, going);
            }
            _ => {
                marked.remove(&id);
            }
        });
    };
    let first = untrack(|| now.get());
    let options = row.ways(i18n).into_iter().map(|(key, words)| {
        let selected = key == first;
        view! {
            <option value=key selected=selected>
                {words}
            </option>
        }
    });
    let name = t_string!(i18n, new_year.what_of, name = row.name.clone()).to_string();
    view! {
        <select
            aria-label=name
            prop:value=move || now.get()
            on:change:target=move |event| mark(event.target().value())
        >
            {options.collect_view()}
        </select>
    }
    .into_any()
}
