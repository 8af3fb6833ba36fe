//! Adding pupils to a class: those who take its subject without a class first, then everybody else.

use std::collections::BTreeSet;

use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::view::plain;
use leptos::prelude::*;

use super::class::{Here, Member};
use super::members::tick;
use crate::i18n::t_string;
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::text_field::TextField;

/// Rows that are put on screen at once.
const SHOWN: usize = 40;

/// A pupil who is not in the class.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Other {
    member: Member,
    /// Name of the class of the subject that the pupil is in now; empty for none.
    now: String,
}

fn others(here: Here) -> Vec<Other> {
    let Here { app, class, .. } = here;
    let Some(class) = class.get() else {
        return Vec::new();
    };
    app.lists().with(|lists| {
        let years: BTreeSet<String> = here
            .members
            .with(|members| members.iter().map(|member| member.year.clone()).collect());
        app.read(|school| {
            let key = ColumnKey::per_subject(Field::Class, lists.year, class.subject);
            let reading = school.reading(&key);
            let class_of = |position: usize| {
                let id = reading.one(position).and_then(Value::as_reference)?;
                lists.classes.iter().find(|held| held.id == id)
            };
            let mut others: Vec<Other> = lists
                .pupils
                .iter()
                .filter_map(|pupil| {
                    let now = class_of(pupil.position);
                    (now.map(|now| now.id) != Some(class.id)).then(|| Other {
                        member: Member::of(pupil),
                        now: now.map_or_else(String::new, |now| now.name.clone()),
                    })
                })
                .collect();
            // Those of the class's own year groups come first, and of them those who are in none.
            others.sort_by_key(|other| {
                let stranger = !years.is_empty() && !years.contains(&other.member.year);
                (stranger, !other.now.is_empty())
            });
            others
        })
    })
}

/// Everybody who could come in.
#[component]
pub(super) fn AddPupils(here: Here) -> impl IntoView {
    let Here { i18n, .. } = here;
    let open = RwSignal::new(false);
    view! {
        <details
            class="section"
            on:toggle=move |_| open.set(true)
        >
            <summary>{t_string!(i18n, classes.add_title)}</summary>
            <Show when=move || open.get()>
                <Found here=here />
            </Show>
        </details>
    }
}

#[component]
fn Found(here: Here) -> impl IntoView {
    let Here { i18n, .. } = here;
    let wanted = RwSignal::new(String::new());
    let chosen = RwSignal::new(BTreeSet::<Id>::new());
    let all = Memo::new(move |_| others(here));
    let fitting = Memo::new(move |_| {
        let wanted = plain(&wanted.get());
        all.with(|all| {
            let fits = |other: &&Other| {
                let text = format!("{} {}", other.member.name, other.member.form);
                wanted
                    .split_whitespace()
                    .all(|word| plain(&text).contains(word))
            };
            all.iter().filter(fits).cloned().collect::<Vec<_>>()
        })
    });
    let ticked = Memo::new(move |_| {
        all.with(|all| {
            chosen.with(|chosen| {
                let own = all.iter().filter(|other| chosen.contains(&other.member.id));
                own.map(|other| other.member.id).collect::<Vec<_>>()
            })
        })
    });
    let caption = move || t_string!(i18n, classes.add_caption, class = here.name()).to_string();
    let add = move |_| {
        let pupils = ticked.get_untracked();
        if here.carry_out(|classes, own| classes.move_to(own, &pupils)) {
            let _ = chosen.try_update(BTreeSet::clear);
        }
    };
    view! {
        <p class="hint">
            {move || t_string!(i18n, classes.add_hint, subject = here.subject_name()).to_string()}
        </p>
        <div class="toolbar">
            <TextField label=t_string!(i18n, classes.add_find) text=wanted kind="search" />
            <button on:click=add>
                {move || {
                    let n = ticked.with(Vec::len);
                    t_string!(i18n, classes.add_n, count = count(n), n = counted(n)).to_string()
                }}
            </button>
        </div>
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <td class="tick-cell"></td>
                        <th scope="col">{t_string!(i18n, words.pupil)}</th>
                        <th scope="col">{t_string!(i18n, words.form)}</th>
                        <th scope="col">{t_string!(i18n, words.year_group)}</th>
                        <th scope="col">{t_string!(i18n, classes.col_now)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || {
                            fitting
                                .with(|fitting| {
                                    fitting.iter().take(SHOWN).cloned().collect::<Vec<_>>()
                                })
                        }
                        key=Other::clone
                        let:other
                    >
                        <tr>
                            <td class="mark tick-cell">{tick(here, chosen, &other.member)}</td>
                            <th scope="row">{other.member.name}</th>
                            <td>{other.member.form}</td>
                            <td>{other.member.year}</td>
                            <td>{other.now}</td>
                        </tr>
                    </For>
                </tbody>
            </table>
        </div>
        <Show when=move || fitting.with(|fitting| fitting.len() > SHOWN)>
            <p class="hint">
                {move || {
                    t_string!(
                        i18n,
                        classes.add_shown,
                        shown = counted(SHOWN),
                        all = counted(fitting.with(Vec::len))
                    )
                        .to_string()
                }}
            </p>
        </Show>
    }
}
