//! A table on screen as a file: a workbook, or CSV.

use flightpath_exchange::csv_out::CsvOut;
use flightpath_exchange::sheet_out::Sheet;
use flightpath_worker::workbook::Fault;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{App, NoAnswer, NotWritten, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::say::Words;

const CSV: &str = "text/csv;charset=utf-8";

/// Hands the person a table as CSV: UTF-8 with a mark for spreadsheets, no cell a formula.
pub fn export_table(app: App, name: &str, rows: impl IntoIterator<Item = Vec<String>>) {
    let mut out = CsvOut::default();
    for row in rows {
        if out.row(row.iter().map(String::as_str)).is_err() {
            return;
        }
    }
    if let Ok(bytes) = out.finish() {
        hand_over_csv(app, name, &bytes);
    }
}

fn hand_over_csv(app: App, name: &str, bytes: &[u8]) {
    app.hand_over(&format!("{name}.csv"), CSV, bytes);
}

/// The ways to have a table as a file. `table` gives the file's name without its ending, and the table as it is on
/// screen; nothing where there is none.
#[component]
pub fn ExportActions<T>(table: T) -> impl IntoView
where
    T: Fn() -> Option<(String, Sheet)> + Copy + 'static,
{
    let i18n = use_i18n();
    let app = use_app();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<NotWritten>);
    let workbook = move |_| {
        if busy.get_untracked() {
            return;
        }
        let Some((name, sheet)) = table() else { return };
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let written = app.hand_over_workbook(&name, sheet).await;
            // The screen may be gone by now; the file is handed over all the same.
            let _ = busy.try_set(false);
            let _ = failed.try_set(written.err());
        });
    };
    let csv = move |_| {
        if let Some((name, sheet)) = table()
            && let Ok(bytes) = sheet.csv()
        {
            failed.set(None);
            hand_over_csv(app, &name, &bytes);
        }
    };
    let working = move || {
        let words = t_string!(i18n, exchange.workbook_busy);
        if busy.get() { words } else { "" }
    };
    let label = move || {
        if busy.get() {
            t_string!(i18n, exchange.workbook_busy)
        } else {
            t_string!(i18n, exchange.workbook)
        }
    };
    view! {
        <p class="page-actions">
            <button aria-disabled=move || busy.get().to_string() on:click=workbook>
                {label}
            </button>
            <button on:click=csv>{t_string!(i18n, exchange.csv)}</button>
            <span role="status" class="visually-hidden">
                {working}
            </span>
        </p>
        {move || {
            failed
                .get()
                .map(|why| view! { <p class="problem" role="alert">{not_written(i18n, why)}</p> })
        }}
    }
}

/// Why there is no workbook, and what to do.
fn not_written(i18n: Words, why: NotWritten) -> &'static str {
    match why {
        NotWritten::Worker(NoAnswer::NotStarted) => {
            t_string!(i18n, exchange.workbook_not_started)
        }
        NotWritten::Worker(NoAnswer::OtherRelease) => {
            t_string!(i18n, exchange.workbook_other_release)
        }
        NotWritten::Fault(Fault::TooLarge) => t_string!(i18n, exchange.workbook_too_large),
        NotWritten::Worker(NoAnswer::Silent | NoAnswer::Broke)
        | NotWritten::Fault(Fault::Refused) => t_string!(i18n, exchange.workbook_broke),
    }
}
