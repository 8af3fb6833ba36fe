//! A table on its way out, with typed cells: what becomes a sheet of a workbook, or CSV.

use flightpath_school::markbook::thousandths_text;
use flightpath_school::model::CivilDate;
use flightpath_school::model::scale::read_thousandths;
use serde::{Deserialize, Serialize};

use crate::csv_out::{NotWritten, table};

/// Columns are no narrower than this, in characters: a title has a button of the filter beside it.
const NARROWEST: usize = 8;
/// And no wider: what is longer is wrapped or runs on.
const WIDEST: usize = 48;
/// The button of the filter takes the room of so many characters of a title.
const FILTER: usize = 3;

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, and never anything else: not a formula, not a number that looks like one.
    Text(String),
    /// A number.
    Number {
        /// The number, in thousandths.
        thousandths: i64,
        /// How many decimals are shown, at most 3.
        decimals: u8,
    },
    /// A date of the calendar.
    Date(CivilDate),
}

impl Cell {
    /// A text; an empty one is [`Cell::Empty`].
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }

    /// What a person typed or reads: a number where it is one and would be written so again, else a text. `07` and `1e3`
    /// are texts.
    pub fn as_typed(text: impl Into<String>) -> Cell {
        let text = text.into();
        match read_thousandths(&text) {
            Ok(Some(number)) if thousandths_text(number) == text => Cell::thousandths(number),
            _ => Cell::text(text),
        }
    }

    /// A number of thousandths, with the decimals that it needs.
    pub fn thousandths(thousandths: i64) -> Cell {
        Cell::Number {
            thousandths,
            decimals: needed(thousandths),
        }
    }

    /// A whole number.
    pub fn whole(number: impl Into<i64>) -> Cell {
        Cell::Number {
            thousandths: number.into().saturating_mul(1_000),
            decimals: 0,
        }
    }

    /// As it is written: numbers with the decimals that they need, dates as `2026-11-22`.
    pub fn written(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number { thousandths, .. } => thousandths_text(*thousandths),
            Cell::Date(date) => date.to_string(),
        }
    }
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What its first row says.
    pub title: String,
    /// How wide it is, in characters.
    pub width: u8,
}

/// A sheet: a row of titles, which stays in view and by which the rows can be filtered, then rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many of the first columns stay in view.
    pub frozen: u16,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A sheet whose columns are as wide as what they hold. Rows of numbers show as many decimals as the number of their
    /// column that needs most.
    pub fn new(
        name: impl Into<String>,
        titles: Vec<String>,
        frozen: u16,
        mut rows: Vec<Vec<Cell>>,
    ) -> Sheet {
        let columns = titles
            .into_iter()
            .enumerate()
            .map(|(place, title)| {
                even_out(&mut rows, place);
                let held = rows.iter().filter_map(|row| row.get(place));
                let longest = held.map(|cell| characters(&cell.written())).max();
                // A title may take several lines.
                let word = title.split_whitespace().map(characters).max().unwrap_or(0);
                let width = longest.unwrap_or(0).max(word + FILTER);
                Column {
                    title,
                    width: u8::try_from(width.clamp(NARROWEST, WIDEST)).unwrap_or(u8::MAX),
                }
            })
            .collect();
        Sheet {
            name: name.into(),
            columns,
            frozen,
            rows,
        }
    }

    /// The sheet as CSV for spreadsheets.
    ///
    /// # Errors
    /// [`NotWritten`], when the writer of CSV refuses.
    pub fn csv(&self) -> Result<Vec<u8>, NotWritten> {
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            rows.push(row.iter().map(Cell::written).collect());
        }
        table(
            self.columns.iter().map(|column| column.title.as_str()),
            rows.iter().map(|row| row.iter().map(String::as_str)),
        )
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

/// Numbers below one another are read by their points: all of a column show as many decimals.
fn even_out(rows: &mut [Vec<Cell>], place: usize) {
    let most = rows
        .iter()
        .filter_map(|row| match row.get(place)? {
            Cell::Number { decimals, .. } => Some(*decimals),
            _ => None,
        })
        .max();
    let Some(most) = most else { return };
    for row in rows {
        if let Some(Cell::Number { decimals, .. }) = row.get_mut(place) {
            *decimals = most;
        }
    }
}

/// How many decimals a number of thousandths has.
fn needed(thousandths: i64) -> u8 {
    match thousandths {
        all if all % 1_000 == 0 => 0,
        all if all % 100 == 0 => 1,
        all if all % 10 == 0 => 2,
        _ => 3,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        let titles = ["Pupil", "Mark of the autumn test", "Born"];
        Sheet::new("Year 9", titles.map(str::to_owned).to_vec(), 1, rows)
    }

    #[test]
    fn columns_are_as_wide_as_what_they_hold_within_reason() {
        let sheet = sheet(vec![
            vec![
                Cell::text("Achterberg, Ada Margaretha"),
                Cell::thousandths(7_000),
            ],
            vec![Cell::text("Ünal, Bö")],
        ]);
        let widths: Vec<u8> = sheet.columns.iter().map(|column| column.width).collect();
        assert_eq!(widths, [26, 9, 8]);
        let long = Sheet::new(
            "",
            vec!["A".into()],
            0,
            vec![vec![Cell::text("x".repeat(500))]],
        );
        assert_eq!(long.columns.first().map(|column| column.width), Some(48));
    }

    #[test]
    fn numbers_of_a_column_show_as_many_decimals() {
        let shown = |rows: &[i64]| -> Vec<u8> {
            let rows = rows
                .iter()
                .map(|held| vec![Cell::thousandths(*held)])
                .collect();
            let sheet = Sheet::new("", vec!["Mark".into()], 0, rows);
            let cells = sheet.rows.iter().flatten();
            cells
                .filter_map(|cell| match cell {
                    Cell::Number { decimals, .. } => Some(*decimals),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(shown(&[14_000, 9_000]), [0, 0]);
        assert_eq!(shown(&[14_000, 15_500, -250]), [2, 2, 2]);
        assert_eq!(shown(&[1, 2_000]), [3, 3]);
    }

    #[test]
    fn as_csv_it_reads_as_it_is_shown_and_starts_no_formula() {
        let sheet = sheet(vec![vec![
            Cell::text("=1+1"),
            Cell::thousandths(-14_500),
            Cell::Date(CivilDate::new(2014, 2, 28).unwrap()),
        ]]);
        assert_eq!(
            String::from_utf8(sheet.csv().unwrap()).unwrap(),
            "\u{FEFF}Pupil,Mark of the autumn test,Born\r\n'=1+1,-14.5,2014-02-28\r\n"
        );
    }

    #[test]
    fn what_is_typed_is_a_number_where_it_would_be_written_so_again() {
        for (text, number) in [("7", 7_000), ("14.5", 14_500), ("-0.125", -125)] {
            assert_eq!(Cell::as_typed(text), Cell::thousandths(number), "{text}");
        }
        for text in [
            "07",
            "7.0",
            "14,5",
            "1e3",
            "7A",
            "1.2345",
            " 7",
            "=7",
            "99999999999999999999",
        ] {
            assert_eq!(Cell::as_typed(text), Cell::text(text), "{text}");
        }
        assert_eq!(Cell::as_typed(""), Cell::Empty);
    }

    #[test]
    fn an_empty_text_is_no_cell() {
        assert_eq!(Cell::text(""), Cell::Empty);
        assert_eq!(Cell::whole(3u16).written(), "3");
    }
}
