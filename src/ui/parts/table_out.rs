//! A table on screen as a CSV file.

use flightpath_exchange::csv_out::CsvOut;

use crate::app::App;

/// Hands the person a table as CSV: UTF-8 with a mark for spreadsheets, no cell a formula.
pub fn export_table(app: App, name: &str, rows: impl IntoIterator<Item = Vec<String>>) {
    let mut out = CsvOut::default();
    for row in rows {
        if out.row(row.iter().map(String::as_str)).is_err() {
            return;
        }
    }
    if let Ok(bytes) = out.finish() {
        app.hand_over(&format!("{name}.csv"), "text/csv;charset=utf-8", &bytes);
    }
}
