//! A value that can be pressed, and the history that then opens beside it.

use flightpath_school::journal::{Action, Draft, Shown};
use flightpath_school::model::{ColumnKey, Field, Id, Table, Value};
use flightpath_school::view::targets::{approvers, decide, target_in};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dossier::CellShown;
use crate::app::{App, Written, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words;
use crate::ui::parts::drawer::{Drawer, use_drawer};
use crate::ui::route::Route;
use crate::ui::say::{self, Words};

/// A value as a button that opens its history; nothing where there is none. Values that wait for
/// a choice all stand there, and are marked.
#[component]
pub fn ValueButton(
    /// The cell.
    cell: CellShown,
    /// The pupil.
    row: Id,
    /// The pupil's name.
    #[prop(into)]
    who: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let drawer = use_drawer();
    if cell.texts.is_empty() {
        return ().into_any();
    }
    let opener = format!("value-{}", cell.key);
    let conflict = cell.texts.len() > 1;
    let text = cell.texts.join(" / ");
    let label = t_string!(
        i18n,
        pupils.show_history_of,
        what = cell.what.clone(),
        value = text.clone()
    )
    .to_string();
    let (key, what, id) = (cell.key, cell.what, opener.clone());
    view! {
        <button
            class="value"
            id=id
            aria-label=label
            data-conflict=conflict.then_some("")
            on:click=move |_| {
                show_history(i18n, drawer, key, row, what.clone(), &who, opener.clone());
            }
        >
            {text}
        </button>
        {conflict
            .then(|| {
                view! {
                    <span class="chip" data-kind="asked">
                        {t_string!(i18n, pupils.two_values)}
                    </span>
                }
            })}
    }
    .into_any()
}

/// Opens the history of a cell in the drawer.
pub fn show_history(
    i18n: Words,
    drawer: Drawer,
    key: ColumnKey,
    row: Id,
    what: String,
    who: &str,
    opener: String,
) {
    let title = t_string!(i18n, pupils.history_of, what = what, who = who.to_owned()).to_string();
    drawer.show(title, Some(opener), move || {
        view! { <CellHistory key=key row=row /> }.into_any()
    });
}

#[component]
fn CellHistory(key: ColumnKey, row: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let read = RwSignal::new(false);
    spawn_local(async move {
        app.read_history().await;
        let _ = read.try_set(true);
    });
    view! {
        <Choose key=key row=row />
        {move || {
            if !read.get() {
                return view! { <p role="status">{t_string!(i18n, pupils.history_reading)}</p> }.into_any();
            }
            let written = app.cell_history(key, row);
            let Some(oldest) = written.last() else {
                return view! { <p>{t_string!(i18n, pupils.history_none)}</p> }.into_any();
            };
            let more = !oldest.before.is_empty();
            view! {
                <ol class="history-list">
                    {written
                        .into_iter()
                        .map(|written| change(i18n, app, &key, written))
                        .collect_view()}
                </ol>
                {more.then(|| view! { <p class="hint">{t_string!(i18n, pupils.history_more)}</p> })}
            }
                .into_any()
        }}
    }
}

fn change(i18n: Words, app: App, key: &ColumnKey, written: Written) -> AnyView {
    let words =
        |values: &[Value]| app.peek(|school| cell_words::values_of(i18n, school, key, values));
    let to = words(&written.after);
    let line = if written.before.is_empty() {
        t_string!(i18n, pupils.history_first, to = to).to_string()
    } else {
        let from = words(&written.before);
        t_string!(i18n, pupils.history_change, from = from, to = to).to_string()
    };
    let author = match written.info.author.as_str() {
        "" => t_string!(i18n, words.by_nobody).to_owned(),
        author => author.to_owned(),
    };
    view! {
        <li>
            <strong>{line}</strong>
            <p class="by">
                {author} " " {say::action(i18n, &written.info.action)} ", "
                <time>{clock::local_text(written.info.at, t_string!(i18n, history.language))}</time>
            </p>
            {written
                .came_with
                .map(|opening| {
                    view! {
                        <p class="by">
                            {t_string!(
                                i18n,
                                pupils.history_came,
                                what = say::action(i18n, &opening.action)
                            )
                                .to_string()} ", "
                            <time>
                                {clock::local_text(opening.at, t_string!(i18n, history.language))}
                            </time>
                        </p>
                    }
                })}
            {written
                .info
                .reason
                .map(|reason| {
                    view! {
                        <p class="by">
                            {t_string!(i18n, pupils.history_because, reason = reason).to_string()}
                        </p>
                    }
                })}
        </li>
    }
    .into_any()
}

/// Where two values wait, the buttons that settle it.
#[component]
fn Choose(key: ColumnKey, row: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let waiting = move || -> Vec<Value> {
        app.read(|school| match school.shown(&key, row) {
            Shown::Several(values) => values.into_iter().cloned().collect(),
            Shown::Nothing | Shown::One(_) => Vec::new(),
        })
    };
    move || {
        let values = waiting();
        if key.field() == Field::Target && needs_approval(app, &key, row, &values) {
            return Some(
                view! {
                    <section>
                        <p>{t_string!(i18n, pupils.choose_approved)}</p>
                        <p>
                            <a href=Route::Targets.href()>{t_string!(i18n, pupils.choose_in_targets)}</a>
                        </p>
                    </section>
                }
                    .into_any(),
            );
        }
        (!values.is_empty()).then(|| {
            view! {
                <section>
                    <p>{t_string!(i18n, pupils.choose)}</p>
                    <div class="actions">
                        {values
                            .into_iter()
                            .map(|value| {
                                let words = app
                                    .peek(|school| {
                                        cell_words::value_of(i18n, school, &key, &value)
                                    });
                                let keep = move |_| {
                                    let draft = chosen(app, &key, row, &value);
                                    app.dispatch(Action::Decide, &draft);
                                };
                                view! {
                                    <button on:click=keep>
                                        {t_string!(i18n, pupils.keep, value = words).to_string()}
                                    </button>
                                }
                            })
                            .collect_view()}
                    </div>
                </section>
            }
            .into_any()
        })
    }
}

/// Whether the policy has a choice between targets approved: the parents know one of them.
fn needs_approval(app: App, key: &ColumnKey, row: Id, values: &[Value]) -> bool {
    let (Some(year), Some(subject)) = (key.year(), key.subject()) else {
        return false;
    };
    app.with(|core| {
        let position = core.school().position(Table::Pupils, row);
        let (Some(policy), Some(position)) = (core.policy(), position) else {
            return false;
        };
        let target = target_in(core.school(), year, subject, position);
        let mut values = values.iter();
        values.any(|value| !approvers(policy, &target, value).is_empty())
    })
}

/// What a choice writes: with a target goes what came with it.
fn chosen(app: App, key: &ColumnKey, row: Id, value: &Value) -> Draft {
    let mut draft = Draft::default();
    match (key.field(), key.year(), key.subject()) {
        (Field::Target, Some(year), Some(subject)) => {
            app.peek(|school| decide(&mut draft, school, year, subject, row, value));
        }
        _ => draft.write(*key, row, value.clone()),
    }
    draft
}

/// Every value of the year in one subject, each with its history.
#[component]
pub fn SubjectValues(subject: Id, row: Id, who: String, opener: String) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let values = move || {
        let year = app.year();
        app.read(|school| {
            let Some(position) = school.position(Table::Pupils, row) else {
                return Vec::new();
            };
            school
                .columns()
                .filter(|(key, _)| key.subject() == Some(subject) && key.year() == Some(year))
                .filter(|(key, _)| key.field().table() == Table::Pupils)
                .map(|(key, _)| {
                    let field = cell_words::field(i18n, key.field());
                    let event = key
                        .event()
                        .map(|event| cell_words::row(i18n, school, Table::Events, event));
                    let event = event.or_else(|| {
                        let assessment = key.assessment()?;
                        Some(cell_words::row(
                            i18n,
                            school,
                            Table::Assessments,
                            assessment,
                        ))
                    });
                    let what = event.map_or(field.clone(), |event| format!("{event}: {field}"));
                    super::dossier::cell(i18n, school, what, *key, position)
                })
                .filter(|cell| !cell.texts.is_empty())
                .collect::<Vec<CellShown>>()
        })
    };
    move || {
        let (who, opener) = (who.clone(), opener.clone());
        view! {
            <dl class="facts">
                {values()
                    .into_iter()
                    .map(|cell| {
                        let text = cell.texts.join(" / ");
                        let label = t_string!(
                            i18n,
                            pupils.show_history_of,
                            what = cell.what.clone(),
                            value = text.clone()
                        )
                            .to_string();
                        let (who, opener) = (who.clone(), opener.clone());
                        let (key, what) = (cell.key, cell.what.clone());
                        view! {
                            <dt>{cell.what}</dt>
                            <dd>
                                <button
                                    class="value"
                                    aria-label=label
                                    on:click=move |_| {
                                        show_history(
                                            i18n,
                                            drawer,
                                            key,
                                            row,
                                            what.clone(),
                                            &who,
                                            opener.clone(),
                                        );
                                    }
                                >
                                    {text}
                                </button>
                            </dd>
                        }
                    })
                    .collect_view()}
            </dl>
        }
    }
}
