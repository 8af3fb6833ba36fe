//! Import and export: files in, files and tables out.

use flightpath_exchange::own_file::OwnFileError;
use flightpath_school::journal::{School, Shown};
use flightpath_school::model::{ColumnKey, Field, Measure, Value};
use flightpath_school::view::Pupil;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{App, LeftOut, NotOpened, Opening, Phase, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::{clock, files, page};
use crate::ui::parts::cell_words::{count_of, counted, plural};
use crate::ui::parts::file_button::FileButton;
use crate::ui::parts::table_out::export_table;
use crate::ui::route::Route;
use crate::ui::say::{self, Words};
use crate::ui::shell::export;

#[component]
pub fn Exchange() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        <div class="page narrow">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, exchange.title)}
                </h1>
                <p class="answer">{t_string!(i18n, exchange.answer)}</p>
            </header>
            <section class="section">
                <h2>{t_string!(i18n, exchange.import_title)}</h2>
                <p class="hint">{t_string!(i18n, exchange.import_hint)}</p>
                <button class="primary" on:click=move |_| page::go(&Route::Import.fragment())>
                    {t_string!(i18n, exchange.import_button)}
                </button>
            </section>
            <OpenFile />
            <Show when=move || app.phase.get() == Phase::Ready>
                <TakeOut />
            </Show>
        </div>
    }
}

/// How far opening a file has come.
enum Stage {
    Waiting,
    Reading(String),
    Asking(Box<Opening>),
    Refused(String),
    Opened(usize),
}

#[component]
fn OpenFile() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let stage = RwSignal::new_local(Stage::Waiting);
    let take = move |chosen: Vec<web_sys::File>| {
        let Some(file) = chosen.into_iter().next() else {
            return;
        };
        let name = file.name();
        stage.set(Stage::Reading(name.clone()));
        spawn_local(async move {
            page::breathe().await;
            let next = match files::read(file).await {
                Err(files::NotRead::TooLarge) => Stage::Refused(
                    t_string!(i18n, exchange.error_too_large, file = name).to_string(),
                ),
                Err(files::NotRead::Refused) => Stage::Refused(
                    t_string!(i18n, exchange.error_unreadable, file = name).to_string(),
                ),
                Ok(incoming) => match app.look_into(name.clone(), &incoming.bytes).await {
                    Ok(opening) => Stage::Asking(Box::new(opening)),
                    Err(error) => Stage::Refused(refusal(i18n, &name, &error)),
                },
            };
            let _ = stage.try_set(next);
        });
    };
    let accept = move |_| {
        let Some(Stage::Asking(opening)) =
            stage.try_update(|stage| std::mem::replace(stage, Stage::Waiting))
        else {
            return;
        };
        let name = opening.file.clone();
        stage.set(match app.take_in(*opening) {
            Ok(cells) => Stage::Opened(cells),
            Err(error) => Stage::Refused(refusal(i18n, &name, &error)),
        });
    };
    let set_back = move |_| {
        let Some(Stage::Asking(opening)) =
            stage.try_update(|stage| std::mem::replace(stage, Stage::Waiting))
        else {
            return;
        };
        let name = opening.file.clone();
        spawn_local(async move {
            let next = match app.set_back_to(*opening).await {
                Ok(cells) => Stage::Opened(cells),
                Err(error) => Stage::Refused(refusal(i18n, &name, &error)),
            };
            let _ = stage.try_set(next);
        });
    };
    view! {
        <section class="section">
            <h2>{t_string!(i18n, exchange.open_title)}</h2>
            <p class="hint">{t_string!(i18n, exchange.open_hint)}</p>
            <div
                class="dropzone"
                on:dragover=|event| event.prevent_default()
                on:drop=move |event| {
                    event.prevent_default();
                    take(files::dropped(&event));
                }
            >
                <FileButton
                    label=t_string!(i18n, exchange.choose)
                    accept=".json,application/json"
                    take=take
                />
            </div>
            <div aria-live="polite">
                {move || {
                    stage
                        .with(|now| match now {
                            Stage::Waiting => ().into_any(),
                            Stage::Reading(file) => {
                                let words =
                                    t_string!(i18n, exchange.reading, file = file.clone());
                                view! { <p>{words.to_string()}</p> }.into_any()
                            }
                            Stage::Refused(why) => {
                                view! {
                                    <p class="problem" role="alert">
                                        {why.clone()}
                                    </p>
                                }
                                    .into_any()
                            }
                            Stage::Opened(cells) => {
                                let words = t_string!(i18n, exchange.opened, cells = *cells);
                                view! {
                                    <p class="done">{words.to_string()}</p>
                                    <p>
                                        <a href=Route::Home.href()>{t_string!(i18n, shell.home)}</a>
                                    </p>
                                }
                                    .into_any()
                            }
                            Stage::Asking(opening) => {
                                let joins = app.phase.get() == Phase::Ready;
                                let can_set_back =
                                    joins && !opening.of_others && opening.lacks.is_none();
                                view! {
                                    <p>{about(i18n, opening)}</p>
                                    <p class="hint">
                                        {if joins {
                                            t_string!(i18n, exchange.joins)
                                        } else {
                                            t_string!(i18n, exchange.fresh)
                                        }}
                                    </p>
                                    {opening
                                        .lacks
                                        .map(|lacks| {
                                            view! {
                                                <p class="banner" data-kind="warning" role="alert">
                                                    {left_out(i18n, lacks)}
                                                </p>
                                            }
                                        })}
                                    {opening
                                        .of_others
                                        .then(|| {
                                            view! {
                                                <p class="banner" data-kind="warning" role="alert">
                                                    {t_string!(i18n, exchange.of_others)}
                                                </p>
                                            }
                                        })}
                                    {can_set_back
                                        .then(|| {
                                            view! {
                                                <p class="hint">
                                                    {t_string!(i18n, exchange.set_back_hint)}
                                                </p>
                                            }
                                        })}
                                    <div class="actions">
                                        <button class="primary" on:click=accept>
                                            {if joins {
                                                t_string!(i18n, exchange.merge_button)
                                            } else {
                                                t_string!(i18n, exchange.open_button)
                                            }}
                                        </button>
                                        {can_set_back
                                            .then(|| {
                                                view! {
                                                    <button on:click=set_back>
                                                        {t_string!(i18n, exchange.set_back)}
                                                    </button>
                                                }
                                            })}
                                        <button on:click=move |_| stage.set(Stage::Waiting)>
                                            {t_string!(i18n, exchange.cancel)}
                                        </button>
                                    </div>
                                }
                                    .into_any()
                            }
                        })
                }}
            </div>
        </section>
    }
}

fn about(i18n: Words, opening: &Opening) -> String {
    let Some(header) = &opening.header else {
        return t_string!(
            i18n,
            exchange.about_rescue,
            file = opening.file.clone(),
            pupils = opening.pupils
        )
        .to_string();
    };
    let or = |text: &str, otherwise: &'static str| {
        if text.is_empty() {
            otherwise.to_owned()
        } else {
            text.to_owned()
        }
    };
    t_string!(
        i18n,
        exchange.about,
        file = opening.file.clone(),
        school = or(&header.school, t_string!(i18n, exchange.no_name)),
        pupils = opening.pupils,
        cells = header.cells,
        author = or(&header.author, t_string!(i18n, exchange.nobody)),
        when = clock::local_text(header.written, "en-GB")
    )
    .to_string()
}

/// What a file lacks, and what to do about it.
fn left_out(i18n: Words, lacks: LeftOut) -> String {
    match lacks {
        LeftOut::Parts => t_string!(i18n, exchange.lacks_parts).to_owned(),
        LeftOut::Changes(changes) => {
            let n = count_of(changes);
            t_string!(
                i18n,
                exchange.lacks_changes,
                count = plural(n),
                n = counted(n)
            )
            .to_string()
        }
    }
}

/// Why a file was not opened: what is wrong, and what to do next.
fn refusal(i18n: Words, file: &str, why: &NotOpened) -> String {
    let file = file.to_owned();
    match why {
        NotOpened::File(OwnFileError::TooLarge) => {
            t_string!(i18n, exchange.error_too_large, file = file).to_string()
        }
        NotOpened::File(OwnFileError::Foreign) => {
            t_string!(i18n, exchange.error_foreign, file = file).to_string()
        }
        NotOpened::File(OwnFileError::Broken { byte }) => {
            t_string!(i18n, exchange.error_broken, file = file, byte = *byte).to_string()
        }
        NotOpened::File(OwnFileError::Newer { format }) => {
            t_string!(i18n, exchange.error_newer, file = file, format = *format).to_string()
        }
        NotOpened::File(OwnFileError::Damaged | OwnFileError::NotWritten(_)) => {
            t_string!(i18n, exchange.error_damaged, file = file).to_string()
        }
        NotOpened::RescueDamaged => t_string!(i18n, exchange.error_rescue, file = file).to_string(),
        NotOpened::NothingNew => {
            t_string!(i18n, exchange.error_nothing_new, file = file).to_string()
        }
        NotOpened::Locked => t_string!(i18n, exchange.error_locked).to_string(),
    }
}

#[component]
fn TakeOut() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        <section class="section">
            <h2>{t_string!(i18n, exchange.export_title)}</h2>
            <p class="hint">{t_string!(i18n, exchange.export_school_hint)}</p>
            <button class="primary" on:click=move |_| export(app)>
                {t_string!(i18n, exchange.export_school)}
            </button>
        </section>
        <section class="section">
            <h2>{t_string!(i18n, exchange.tables_title)}</h2>
            <p class="hint">{t_string!(i18n, exchange.tables_hint)}</p>
            <div class="toolbar">
                <button on:click=move |_| pupils_table(i18n, app)>
                    {t_string!(i18n, exchange.table_pupils)}
                </button>
                <button on:click=move |_| targets_table(i18n, app)>
                    {t_string!(i18n, exchange.table_targets)}
                </button>
                {move || {
                    app.lists()
                        .get()
                        .events
                        .into_iter()
                        .map(|event| {
                            let name = t_string!(
                                i18n,
                                exchange.table_results,
                                event = event.name.clone()
                            )
                                .to_string();
                            view! {
                                <button on:click=move |_| results_table(
                                    i18n,
                                    app,
                                    &event,
                                )>{name}</button>
                            }
                        })
                        .collect_view()
                }}
                <button on:click=move |_| history_table(i18n, app)>
                    {t_string!(i18n, exchange.table_history)}
                </button>
            </div>
        </section>
    }
}

/// A value as a table shows it; two values that wait for a choice stand side by side.
fn cell_text(shown: &Shown<'_>) -> String {
    match shown {
        Shown::Nothing => String::new(),
        Shown::One(value) => value_text(value),
        Shown::Several(values) => values
            .iter()
            .map(|value| value_text(value))
            .collect::<Vec<_>>()
            .join(" | "),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) | Value::Code(text) => text.to_string(),
        Value::Number(thousandths) => {
            let sign = if *thousandths < 0 { "-" } else { "" };
            let (whole, part) = (
                thousandths.unsigned_abs() / 1000,
                thousandths.unsigned_abs() % 1000,
            );
            let text = format!("{sign}{whole}.{part:03}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Date(date) => date.to_string(),
        Value::Flag(true) => "Y".to_owned(),
        Value::Flag(false) => "N".to_owned(),
        Value::Reference(id) => id.to_string(),
        Value::Grade(_, label) => label.to_string(),
    }
}

/// Fields of the pupils' table: what a school's own system could take in again. After them come the measures of prior
/// attainment that any pupil has.
const PUPIL_FIELDS: [Field; 15] = [
    Field::Upn,
    Field::AdmissionNumber,
    Field::Surname,
    Field::Forename,
    Field::BirthDate,
    Field::Sex,
    Field::YearGroup,
    Field::Form,
    Field::House,
    Field::Sen,
    Field::PupilPremium,
    Field::Eal,
    Field::FreeMeals,
    Field::LookedAfter,
    Field::Attendance,
];

fn pupils_table(i18n: Words, app: App) {
    let lists = app.lists().get_untracked();
    let cell = |school: &School, field: Field, pupil: &Pupil| {
        ColumnKey::of(field, Some(lists.year), None, None)
            .map(|key| cell_text(&school.shown_at(&key, pupil.position)))
            .unwrap_or_default()
    };
    let (fields, rows) = app.peek(|school| {
        let known = |field: &Field| {
            let mut pupils = lists.pupils.iter();
            pupils.any(|pupil| !cell(school, *field, pupil).is_empty())
        };
        let measures = Measure::ALL.into_iter().map(Field::Prior).filter(known);
        let fields: Vec<Field> = PUPIL_FIELDS.into_iter().chain(measures).collect();
        let rows: Vec<Vec<String>> = lists
            .pupils
            .iter()
            .map(|pupil| {
                let cells = fields.iter();
                cells.map(|field| cell(school, *field, pupil)).collect()
            })
            .collect();
        (fields, rows)
    });
    let headers = fields.iter().map(ToString::to_string).collect();
    export_table(
        app,
        t_string!(i18n, exchange.table_pupils),
        std::iter::once(headers).chain(rows),
    );
}

/// Who somebody is, at the head of each row of a results table.
fn identity(pupil: &flightpath_school::view::Pupil) -> Vec<String> {
    vec![
        pupil.upn.clone(),
        pupil.surname.clone(),
        pupil.forename.clone(),
        pupil
            .year_group
            .map(|year| year.to_string())
            .unwrap_or_default(),
        pupil.form.clone(),
    ]
}

fn identity_headers() -> Vec<String> {
    [
        Field::Upn,
        Field::Surname,
        Field::Forename,
        Field::YearGroup,
        Field::Form,
    ]
    .iter()
    .map(ToString::to_string)
    .collect()
}

/// One row a pupil, one column for each of the fields of each subject.
fn wide_table(
    app: App,
    fields: &[Field],
    event: Option<flightpath_school::model::Id>,
) -> Vec<Vec<String>> {
    let lists = app.lists().get_untracked();
    let columns: Vec<(String, ColumnKey)> = lists
        .subjects
        .iter()
        .flat_map(|subject| {
            fields.iter().filter_map(|field| {
                let key = ColumnKey::of(*field, Some(lists.year), Some(subject.id), event)?;
                Some((format!("{} {field}", subject.name), key))
            })
        })
        .collect();
    let mut headers = identity_headers();
    headers.extend(columns.iter().map(|(name, _)| name.clone()));
    let mut table = vec![headers];
    table.extend(app.peek(|school| {
        lists
            .pupils
            .iter()
            .map(|pupil| {
                let mut row = identity(pupil);
                row.extend(
                    columns
                        .iter()
                        .map(|(_, key)| cell_text(&school.shown_at(key, pupil.position))),
                );
                row
            })
            .collect::<Vec<_>>()
    }));
    table
}

fn targets_table(i18n: Words, app: App) {
    let fields = [Field::Target, Field::TargetState, Field::TargetReason];
    export_table(
        app,
        t_string!(i18n, exchange.table_targets),
        wide_table(app, &fields, None),
    );
}

fn results_table(i18n: Words, app: App, event: &flightpath_school::view::TrackingEvent) {
    let mut fields = vec![Field::Target];
    fields.extend_from_slice(event.asks());
    fields.dedup();
    export_table(
        app,
        &t_string!(i18n, exchange.table_results, event = event.name.clone()).to_string(),
        wide_table(app, &fields, Some(event.id)),
    );
}

fn history_table(i18n: Words, app: App) {
    spawn_local(async move {
        app.read_history().await;
        let headers = ["when", "who", "what", "values", "reason"].map(str::to_owned);
        let rows = app.history().into_iter().map(|entry| {
            vec![
                clock::local_text(entry.info.at, "en-GB"),
                entry.info.author.clone(),
                say::action(i18n, &entry.info.action),
                entry.cells.to_string(),
                entry.info.reason.clone().unwrap_or_default(),
            ]
        });
        export_table(
            app,
            t_string!(i18n, exchange.table_history),
            std::iter::once(headers.to_vec()).chain(rows),
        );
    });
}
