//! Tables from a score, a grade or an average to a target.

use std::sync::Arc;

use flightpath_school::model::EightPointAverage;
use flightpath_school::policy::{
    AverageRow, GradeRow, LookupTable, PolicyPack, ScoreRow, TableKind, TableRows,
};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{faults, grade, id_of, number, pick, pick_number, text};
use super::items::Items;
use super::lens::Lens;
use super::scales::scale_options;
use crate::i18n::t_string;
use crate::ui::parts::policy_words;

/// The lowest scaled score of key stage 2.
const LOWEST_SCORE: u8 = 80;
/// The highest one.
const HIGHEST_SCORE: u8 = 120;

/// What a table is called once its source is known.
fn called(desk: Desk, table: &LookupTable) -> String {
    if table.source.is_empty() {
        return String::new();
    }
    policy_words::table_name(desk.i18n, table)
}

/// The section of tables.
pub fn tables(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let items = Items {
        place: "tables".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.tables),
        one: t_string!(i18n, edit.one_table),
        new: |pack, tables| LookupTable {
            key: new_key(tables),
            year: String::new(),
            source: String::new(),
            scale: pack
                .scales
                .first()
                .map_or_else(String::new, |entry| entry.scale.clone()),
            rows: TableRows::Scores(Vec::new()),
        },
        ordered: false,
    };
    view! {
        <p class="hint">{t_string!(i18n, edit.tables_hint)}</p>
        {items.named(desk, called, move |_, lens, place| table(desk, &lens, place))}
    }
    .into_any()
}

/// A key that no table has.
fn new_key(tables: &[LookupTable]) -> String {
    let taken = |key: &String| tables.iter().any(|table| table.key == *key);
    let keys = (1_usize..).map(|number| format!("table-{number}"));
    keys.into_iter().find(|key| !taken(key)).unwrap_or_default()
}

fn table(desk: Desk, lens: &Lens<LookupTable>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    let kinds = vec![
        t_string!(i18n, edit.by_score).to_owned(),
        t_string!(i18n, edit.by_grade).to_owned(),
        t_string!(i18n, edit.by_eight_point).to_owned(),
    ];
    let held = lens.clone();
    let kind = move || match desk.get(&held)?.rows.kind() {
        TableKind::Scores => Some(0),
        TableKind::Grades => Some(1),
        TableKind::EightPointAverages => Some(2),
    };
    let (changed, focus) = (lens.clone(), id_of(&at("reads")));
    let change = move |number: usize| {
        desk.reshape(&changed, focus.clone(), |table| {
            table.rows = match number {
                0 => TableRows::Scores(Vec::new()),
                2 => TableRows::EightPointAverages(Vec::new()),
                _ => TableRows::Grades {
                    scale: "gcse-9-1-fine".to_owned(),
                    rows: Vec::new(),
                },
            };
        });
    };
    let rows = match desk.peek(lens).map(|table| table.rows.kind()) {
        Some(TableKind::Scores) => scores(desk, lens, place),
        Some(TableKind::EightPointAverages) => averages(desk, lens, place),
        Some(TableKind::Grades) | None => grades(desk, lens, place),
    };
    view! {
        <div class="fields">
            {text(desk, t_string!(i18n, edit.table_source), &at("source"), lens.part(|t| &mut t.source))}
            {text(desk, t_string!(i18n, edit.table_year), &at("year"), lens.part(|t| &mut t.year))}
            {pick_number(desk, t_string!(i18n, edit.reads), &at("reads"), kinds, Arc::new(kind), Box::new(change))}
            {pick(
                desk,
                t_string!(i18n, edit.gives),
                &at("scale"),
                scale_options(desk),
                lens.part(|table| &mut table.scale),
                true,
            )}
        </div>
        {rows}
    }
    .into_any()
}

fn scores(desk: Desk, lens: &Lens<LookupTable>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let scale = desk.peek(lens).map(|table| table.scale).unwrap_or_default();
    let rows = lens.maybe(|table| match &mut table.rows {
        TableRows::Scores(rows) => Some(rows),
        TableRows::Grades { .. } | TableRows::EightPointAverages(_) => None,
    });
    let items = Items {
        place: format!("{place}.scores"),
        lens: rows,
        one: t_string!(i18n, edit.one_row),
        new: |_, rows| ScoreRow {
            // A new row begins where the one above it ends.
            from: rows
                .last()
                .map_or(LOWEST_SCORE, |row| row.to.saturating_add(1)),
            to: HIGHEST_SCORE,
            grade: String::new(),
        },
        ordered: false,
    };
    view! {
        <div class="rows">
            {items
                .view(
                    desk,
                    move |_, row, place| {
                        let at = |part: &str| format!("{place}.{part}");
                        view! {
                            <div class="fields">
                                {number(desk, t_string!(i18n, edit.from), &at("from"), row.part(|r| &mut r.from))}
                                {number(desk, t_string!(i18n, edit.to), &at("to"), row.part(|r| &mut r.to))}
                                {grade(desk, t_string!(i18n, edit.target), &at("grade"), &scale, row.part(|r| &mut r.grade))}
                            </div>
                        }
                            .into_any()
                    },
                )}
        </div>
    }
    .into_any()
}

/// Rows that only begin: each goes on to the next.
fn averages(desk: Desk, lens: &Lens<LookupTable>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let scale = desk.peek(lens).map(|table| table.scale).unwrap_or_default();
    let rows = lens.maybe(|table| match &mut table.rows {
        TableRows::EightPointAverages(rows) => Some(rows),
        TableRows::Scores(_) | TableRows::Grades { .. } => None,
    });
    let items = Items {
        place: format!("{place}.eight_point_averages"),
        lens: rows,
        one: t_string!(i18n, edit.one_row),
        new: |_, rows| AverageRow {
            from: rows
                .last()
                .map_or(EightPointAverage::LOWEST, |_| EightPointAverage::HIGHEST),
            grade: String::new(),
        },
        ordered: false,
    };
    view! {
        <p class="hint">{t_string!(i18n, edit.averages_hint)}</p>
        <div class="rows">
            {items
                .view(
                    desk,
                    move |_, row, place| {
                        let at = |part: &str| format!("{place}.{part}");
                        view! {
                            <div class="fields">
                                {number(desk, t_string!(i18n, edit.from), &at("from"), row.part(|r| &mut r.from))}
                                {grade(desk, t_string!(i18n, edit.target), &at("grade"), &scale, row.part(|r| &mut r.grade))}
                            </div>
                        }
                            .into_any()
                    },
                )}
        </div>
    }
    .into_any()
}

fn grades(desk: Desk, lens: &Lens<LookupTable>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let gives = desk.peek(lens).map(|table| table.scale).unwrap_or_default();
    let read = lens.maybe(|table| match &mut table.rows {
        TableRows::Grades { scale, .. } => Some(scale),
        TableRows::Scores(_) | TableRows::EightPointAverages(_) => None,
    });
    let reads = desk.peek(&read).unwrap_or_default();
    let rows = lens.maybe(|table| match &mut table.rows {
        TableRows::Grades { rows, .. } => Some(rows),
        TableRows::Scores(_) | TableRows::EightPointAverages(_) => None,
    });
    let items = Items {
        place: format!("{place}.grades.rows"),
        lens: rows,
        one: t_string!(i18n, edit.one_row),
        new: |_, _| GradeRow {
            from: String::new(),
            to: String::new(),
            grade: String::new(),
        },
        ordered: false,
    };
    let place = format!("{place}.grades");
    view! {
        {pick(
            desk,
            t_string!(i18n, edit.reads_scale),
            &format!("{place}.scale"),
            scale_options(desk),
            read,
            true,
        )}
        {faults(desk, &place)}
        <div class="rows">
            {items
                .view(
                    desk,
                    move |_, row, place| {
                        let at = |part: &str| format!("{place}.{part}");
                        view! {
                            <div class="fields">
                                {grade(desk, t_string!(i18n, edit.from), &at("from"), &reads, row.part(|r| &mut r.from))}
                                {grade(desk, t_string!(i18n, edit.to), &at("to"), &reads, row.part(|r| &mut r.to))}
                                {grade(desk, t_string!(i18n, edit.target), &at("grade"), &gives, row.part(|r| &mut r.grade))}
                            </div>
                        }
                            .into_any()
                    },
                )}
        </div>
    }
    .into_any()
}
