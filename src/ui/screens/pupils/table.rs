//! The pupils' table on screen, and as a file.

use std::sync::Arc;

use flightpath_school::engine::Count;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;

use super::list::use_pupils_list;
use super::rows::{Row, Sort, SortBy};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::parts::table_out::export_table;
use crate::ui::route::Route;
use crate::ui::say::Words;

/// How many rows come on screen at a time: more than a tall screen holds, few enough to be quick.
const ROWS_AT_A_TIME: usize = 100;
/// A row is about so high, in CSS pixels: as many come before the first painting as the window
/// would hold, the others follow at once.
const ROW_HEIGHT: usize = 32;

/// The columns in order: what they sort by, their kind of cell.
const COLUMNS: [(SortBy, &str); 13] = [
    (SortBy::Name, ""),
    (SortBy::Form, "grade"),
    (SortBy::Year, "grade"),
    (SortBy::Sex, "grade"),
    (SortBy::Sen, "grade"),
    (SortBy::PupilPremium, "grade"),
    (SortBy::Eal, "grade"),
    (SortBy::FreeMeals, "grade"),
    (SortBy::Reading, "num"),
    (SortBy::Maths, "num"),
    (SortBy::CatMean, "num"),
    (SortBy::Attendance, "num"),
    (SortBy::OffTarget, "num"),
];

fn heading(i18n: Words, column: SortBy) -> &'static str {
    match column {
        SortBy::Name => t_string!(i18n, pupils.head_pupil),
        SortBy::Form => t_string!(i18n, pupils.head_form),
        SortBy::Year => t_string!(i18n, pupils.head_year),
        SortBy::Sex => t_string!(i18n, pupils.head_sex),
        SortBy::Sen => t_string!(i18n, pupils.head_sen),
        SortBy::PupilPremium => t_string!(i18n, pupils.head_pp),
        SortBy::Eal => t_string!(i18n, pupils.head_eal),
        SortBy::FreeMeals => t_string!(i18n, pupils.head_fsm),
        SortBy::Reading => t_string!(i18n, pupils.head_reading),
        SortBy::Maths => t_string!(i18n, pupils.head_maths),
        SortBy::CatMean => t_string!(i18n, pupils.head_cat),
        SortBy::Attendance => t_string!(i18n, pupils.head_attendance),
        SortBy::OffTarget => t_string!(i18n, pupils.head_off),
    }
}

fn unit(i18n: Words, column: SortBy) -> Option<&'static str> {
    match column {
        SortBy::Attendance => Some(t_string!(i18n, pupils.unit_percent)),
        SortBy::OffTarget => Some(t_string!(i18n, pupils.head_off_unit)),
        _ => None,
    }
}

/// Numbers are of most use from one end: the first press shows that end.
fn falls_first(column: SortBy) -> bool {
    column == SortBy::OffTarget
}

fn flag(i18n: Words, flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => t_string!(i18n, words.yes),
        Some(false) => t_string!(i18n, words.no),
        None => "",
    }
}

/// What stands in the cells of a row, in the order of the columns.
fn cells(i18n: Words, row: &Row) -> [String; 13] {
    let pupil = &row.pupil;
    [
        pupil.name(),
        pupil.form.clone(),
        pupil
            .year_group
            .map(|year| year.to_string())
            .unwrap_or_default(),
        pupil.sex.clone(),
        pupil.sen.clone(),
        flag(i18n, pupil.pupil_premium).to_owned(),
        flag(i18n, pupil.eal).to_owned(),
        flag(i18n, pupil.free_meals).to_owned(),
        row.reading.text.clone(),
        row.maths.text.clone(),
        row.cat_mean.text.clone(),
        row.attendance.text.clone(),
        row.off_target
            .map(|count| count.yes.to_string())
            .unwrap_or_default(),
    ]
}

#[component]
pub fn Table(all: Memo<Arc<Vec<Row>>>, shown: Memo<Vec<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let limit = RwSignal::new((page::height() / ROW_HEIGHT).clamp(1, ROWS_AT_A_TIME));
    spawn_local_scoped(async move {
        page::painted().await;
        let _ = limit.try_update(|limit| *limit = (*limit).max(ROWS_AT_A_TIME));
    });
    // Another list begins at its top again.
    Effect::new(move |before: Option<()>| {
        shown.track();
        if before.is_some() {
            limit.set(ROWS_AT_A_TIME);
        }
    });
    let count = move || shown.with(Vec::len);
    let caption = move || {
        let caption = t_string!(i18n, pupils.caption, year = app.year().to_string()).to_string();
        match app.event() {
            Some(event) => {
                let note = t_string!(i18n, pupils.off_note, event = event.name).to_string();
                format!("{caption}. {note}")
            }
            None => caption,
        }
    };
    let body = move || {
        all.with(|all| {
            shown.with(|shown| {
                shown
                    .iter()
                    .take(limit.get())
                    .filter_map(|place| all.get(*place))
                    .map(|row| row_view(i18n, row))
                    .collect_view()
            })
        })
    };
    view! {
        <div
            class="table-frame"
            tabindex="0"
            role="region"
            aria-label=t_string!(i18n, pupils.title)
        >
            <table class="frozen" aria-rowcount=move || count() + 1>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        {COLUMNS
                            .into_iter()
                            .map(|(column, class)| view! { <Heading column=column class=class /> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
            <Show when=move || { limit.get() < count() }>
                <div class="more-rows">
                    <span>
                        {move || {
                            t_string!(
                                i18n,
                                pupils.left,
                                shown = counted(limit.get()),
                                all = counted(count())
                            )
                                .to_string()
                        }}
                    </span>
                    <button on:click=move |_| limit.update(|limit| *limit += ROWS_AT_A_TIME)>
                        {move || {
                            let more = ROWS_AT_A_TIME.min(count().saturating_sub(limit.get()));
                            t_string!(i18n, pupils.show_more, more = counted(more)).to_string()
                        }}
                    </button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Heading(column: SortBy, class: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let sort = use_pupils_list().sort;
    let order = move || {
        let sort = sort.get();
        match (sort.by == column, sort.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    };
    let press = move |_| {
        sort.update(|sort| {
            let descending = if sort.by == column {
                !sort.descending
            } else {
                falls_first(column)
            };
            *sort = Sort {
                by: column,
                descending,
            };
        });
    };
    view! {
        <th scope="col" class=class aria-sort=order>
            <button on:click=press>
                <span>
                    {heading(i18n, column)}
                    {unit(i18n, column)
                        .map(|unit| {
                            view! {
                                " "
                                <span class="unit">{unit}</span>
                            }
                        })}
                </span>
            </button>
        </th>
    }
}

fn row_view(i18n: Words, row: &Row) -> AnyView {
    let [name, rest @ ..] = cells(i18n, row);
    let unknown = row.off_target.map_or(0, |count| count.unknown);
    let off_words = (unknown > 0).then(|| unknown_words(i18n, row.off_target));
    let last = rest.len() - 1;
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(row.pupil.id).href()>{name}</a>
            </th>
            {rest
                .into_iter()
                .zip(COLUMNS.into_iter().skip(1))
                .enumerate()
                .map(|(place, (text, (_, class)))| {
                    let note = off_words.clone().filter(|_| place == last);
                    view! {
                        <td class=class>
                            {text}
                            {note
                                .map(|note| {
                                    view! {
                                        <span class="quiet-text">{note}</span>
                                    }
                                })}
                        </td>
                    }
                })
                .collect_view()}
        </tr>
    }
    .into_any()
}

fn unknown_words(i18n: Words, count: Option<Count>) -> String {
    let unknown = count.map_or(0, |count| usize::from(count.unknown));
    t_string!(i18n, pupils.off_unknown, count = plural(unknown)).to_string()
}

/// Hands the person the rows that are shown, all of them, as a file for spreadsheets.
pub fn export(i18n: Words, app: App, all: &[Row], shown: &[usize]) {
    let mut header: Vec<String> = COLUMNS
        .into_iter()
        .map(|(column, _)| match unit(i18n, column) {
            Some(unit) => format!("{} ({unit})", heading(i18n, column)),
            None => heading(i18n, column).to_owned(),
        })
        .collect();
    header.push(t_string!(i18n, pupils.head_off_unknown).to_owned());
    header.push(t_string!(i18n, pupils.head_upn).to_owned());
    header.push(t_string!(i18n, pupils.head_number).to_owned());
    let rows = shown.iter().filter_map(|place| all.get(*place)).map(|row| {
        let mut cells = cells(i18n, row).to_vec();
        let unknown = row.off_target.map(|count| count.unknown.to_string());
        cells.push(unknown.unwrap_or_default());
        cells.push(row.pupil.upn.clone());
        cells.push(row.pupil.admission_number.clone());
        cells
    });
    export_table(
        app,
        t_string!(i18n, pupils.file),
        std::iter::once(header).chain(rows),
    );
}
