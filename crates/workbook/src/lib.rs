//! A sheet as an Excel workbook.
//!
//! The writing is rust_xlsxwriter's; here stands what a sheet's cells become. It is in a crate, a worker and a download
//! of its own, so that nobody who needs no workbook has it.

mod clean;

use flightpath_exchange::sheet_out::{Cell, Sheet};
use flightpath_school::model::{CivilDate, Moment};
use flightpath_worker::workbook::Fault;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

/// As numbers are shown, by their decimals.
const NUMBERS: [&str; 4] = ["0", "0.0", "0.00", "0.000"];
/// As dates are shown: like everywhere in the program, and the same in every country.
const DATES: &str = "yyyy\\-mm\\-dd";

/// The sheet as the bytes of a workbook. Equal sheets that are written at one time give equal bytes.
///
/// Texts are texts whatever they begin with: no cell is a formula, a link or a number that was not one. Control
/// characters, which XML cannot hold, are left out of them.
///
/// # Errors
/// [`Fault::TooLarge`], when a sheet of a workbook cannot hold so much.
pub fn workbook(sheet: &Sheet, at: Moment) -> Result<Vec<u8>, Fault> {
    written(sheet, at).map_err(|error| match error {
        XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded => Fault::TooLarge,
        _ => Fault::Refused,
    })
}

fn written(sheet: &Sheet, at: Moment) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A workbook takes the time of its making by itself; this one has been told it.
    let made = ExcelDateTime::from_timestamp(at.0.div_euclid(1_000))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let page = workbook.add_worksheet();
    page.set_name(clean::sheet_name(&sheet.name))?;
    titles(page, sheet)?;
    let formats = Formats::new();
    for (row, cells) in (1u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            put(page, row, column, cell, &formats)?;
        }
        if cells.len() > usize::from(u16::MAX) {
            return Err(XlsxError::RowColumnLimitError);
        }
    }
    workbook.save_to_buffer()
}

/// The row of titles, which stays in view and bears the filter.
fn titles(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let title = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    for (place, column) in (0u16..).zip(&sheet.columns) {
        page.set_column_width(place, f64::from(column.width))?;
        page.write_string_with_format(0, place, clean::text(&column.title), &title)?;
    }
    page.set_freeze_panes(1, sheet.frozen)?;
    let limit = |_| XlsxError::RowColumnLimitError;
    let last_row = u32::try_from(sheet.rows.len()).map_err(limit)?;
    let columns = u16::try_from(sheet.columns.len()).map_err(limit)?;
    if let Some(last) = columns.checked_sub(1) {
        page.autofilter(0, 0, last_row, last)?;
    }
    Ok(())
}

struct Formats {
    numbers: [Format; 4],
    date: Format,
}

impl Formats {
    fn new() -> Formats {
        Formats {
            numbers: NUMBERS.map(|shown| Format::new().set_num_format(shown)),
            date: Format::new().set_num_format(DATES),
        }
    }
}

fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            page.write_string(row, column, clean::text(text))?;
        }
        Cell::Number {
            thousandths,
            decimals,
        } => {
            // A workbook keeps 15 digits of a number: with three decimals, whole ones up to a million million.
            #[allow(clippy::cast_precision_loss)]
            let number = *thousandths as f64 / 1_000.0;
            let [whole, .., finest] = &formats.numbers;
            let shown = match decimals {
                0 => whole,
                more => formats.numbers.get(usize::from(*more)).unwrap_or(finest),
            };
            page.write_number_with_format(row, column, number, shown)?;
        }
        Cell::Date(date) => match excel_date(*date) {
            Some(date) => {
                page.write_datetime_with_format(row, column, &date, &formats.date)?;
            }
            None => {
                page.write_string(row, column, date.to_string())?;
            }
        },
    }
    Ok(())
}

/// The date in a workbook's calendar; nothing before March of 1900, in which that calendar has a day too many.
fn excel_date(date: CivilDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    if (year, date.month()) < (1900, 3) {
        return None;
    }
    ExcelDateTime::from_ymd(year, date.month(), date.day()).ok()
}
