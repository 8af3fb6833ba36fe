//! Workbooks as another library reads them.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};
use flightpath_exchange::sheet_out::{Cell, Sheet};
use flightpath_school::model::{CivilDate, Moment};
use flightpath_workbook::workbook;
use flightpath_worker::workbook::Fault;
use proptest::prelude::*;

const AT: Moment = Moment(1_764_400_000_000);

fn sheet(titles: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
    let titles = titles.iter().map(|title| (*title).to_owned()).collect();
    Sheet::new("Maths", titles, 1, rows)
}

fn opened(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// All cells of the only sheet, row by row, and the formulas among them.
fn read(bytes: Vec<u8>) -> (Vec<Vec<Data>>, Vec<String>) {
    let mut book = opened(bytes);
    let name = book.sheet_names().first().unwrap().clone();
    let range = book.worksheet_range(&name).unwrap();
    let formulas = book.worksheet_formula(&name).unwrap();
    let (last_row, last_column) = range.end().unwrap();
    let rows = (0..=last_row)
        .map(|row| {
            let columns = 0..=last_column;
            columns
                .map(|column| range.get_value((row, column)).cloned().unwrap_or_default())
                .collect()
        })
        .collect();
    let formulas = formulas.used_cells().map(|(_, _, held)| held.clone());
    (rows, formulas.collect())
}

/// Days since the last of 1899, as a workbook counts them after February of 1900.
fn serial(date: CivilDate) -> f64 {
    let first = CivilDate::new(1899, 12, 30).unwrap();
    f64::from(date.day_number() - first.day_number())
}

fn fits(cell: &Cell, read: &Data) -> bool {
    match cell {
        Cell::Empty => read.is_empty(),
        Cell::Text(text) => read.get_string() == Some(text),
        Cell::Number { thousandths, .. } => {
            let written = read.get_float().unwrap_or(f64::NAN);
            (written * 1_000.0).round() == *thousandths as f64 && !read.is_datetime()
        }
        Cell::Date(date) => read
            .get_datetime()
            .is_some_and(|read| read.as_f64() == serial(*date)),
    }
}

fn assert_reads_back(sheet: &Sheet) {
    let (rows, formulas) = read(workbook(sheet, AT).unwrap());
    assert_eq!(formulas, Vec::<String>::new());
    let titles: Vec<_> = sheet.columns.iter().map(|column| &column.title).collect();
    let read_titles: Vec<_> = rows[0]
        .iter()
        .filter_map(|cell| cell.get_string())
        .collect();
    assert_eq!(read_titles, titles);
    for (place, row) in sheet.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let read = rows.get(place + 1).and_then(|row| row.get(column));
            let read = read.cloned().unwrap_or_default();
            assert!(
                fits(cell, &read),
                "{place}/{column}: {cell:?} became {read:?}"
            );
        }
    }
}

fn number(thousandths: i64) -> Cell {
    Cell::thousandths(thousandths)
}

fn date(year: i32, month: u8, day: u8) -> Cell {
    Cell::Date(CivilDate::new(year, month, day).unwrap())
}

#[test]
fn texts_numbers_and_dates_stay_what_they_are() {
    let sheet = sheet(
        &["Pupil", "Mark", "Born", "Grade", "Note"],
        vec![
            vec![
                Cell::text("Ünal, Zoë"),
                number(14_500),
                date(2014, 2, 28),
                Cell::text("7"),
            ],
            vec![
                Cell::text("9-"),
                number(-1),
                date(1900, 3, 1),
                Cell::text("B"),
                Cell::text("😀\nx"),
            ],
            vec![
                Cell::text("007"),
                number(0),
                date(2024, 2, 29),
                Cell::text("1e5"),
            ],
            vec![
                Cell::text(" spaces "),
                number(999_999_999_999_999),
                Cell::Empty,
                Cell::text("TRUE"),
            ],
            vec![
                Cell::text("_x0041_"),
                Cell::Empty,
                Cell::Empty,
                Cell::text("<b>&amp;"),
            ],
        ],
    );
    assert_reads_back(&sheet);
}

#[test]
fn what_begins_like_a_formula_or_a_link_is_a_text() {
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=HYPERLINK(\"http://a\")",
        "{=1}",
        "http://a.example/",
        "mailto:a@b",
        "'quoted",
        "\t=1",
        "#REF!",
    ];
    let rows = texts.map(|text| vec![Cell::text(text)]).to_vec();
    assert_reads_back(&sheet(&["=1"], rows));
}

#[test]
fn dates_that_a_workbook_cannot_count_are_written_out() {
    let sheet = sheet(
        &["Born"],
        vec![vec![date(1900, 2, 28)], vec![date(1851, 5, 1)]],
    );
    let (rows, _) = read(workbook(&sheet, AT).unwrap());
    assert_eq!(rows[1][0], Data::String("1900-02-28".to_owned()));
    assert_eq!(rows[2][0], Data::String("1851-05-01".to_owned()));
}

#[test]
fn a_whole_school_goes_in() {
    let titles: Vec<String> = (0..80).map(|column| format!("Column {column}")).collect();
    let rows = (0..2_000i64).map(|row| {
        let cells = (0..80i64).map(|column| match column % 3 {
            0 => Cell::text(format!("text {row} {}", column / 7)),
            1 => number(row * 500 + column),
            _ => Cell::Date(
                CivilDate::UNIX_EPOCH
                    .plus_days((row * 5 + column) as i32)
                    .unwrap(),
            ),
        });
        cells.collect()
    });
    assert_reads_back(&Sheet::new("All", titles, 2, rows.collect()));
}

#[test]
fn a_sheet_without_rows_or_columns_opens() {
    assert_reads_back(&sheet(&["Pupil", "Mark"], Vec::new()));
    let bytes = workbook(&Sheet::new("", Vec::new(), 0, Vec::new()), AT).unwrap();
    assert_eq!(opened(bytes).sheet_names(), ["Flightpath"]);
}

#[test]
fn titles_and_the_first_columns_stay_in_view_and_rows_can_be_filtered() {
    let mut sheet = sheet(&["Pupil", "Class", "Mark"], vec![vec![number(14_500)]; 4]);
    sheet.frozen = 2;
    let bytes = workbook(&sheet, AT).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    };
    let page = part("xl/worksheets/sheet1.xml");
    for held in [
        r#"<pane xSplit="2" ySplit="1" topLeftCell="C2""#,
        r#"<autoFilter ref="A1:C5"/>"#,
    ] {
        assert!(page.contains(held), "{held} is not in {page}");
    }
    let styles = part("xl/styles.xml");
    assert!(styles.contains(r#"formatCode="0.0""#), "{styles}");
}

#[test]
fn what_no_sheet_can_hold_is_said() {
    let long = sheet(&["Note"], vec![vec![Cell::text("x".repeat(32_768))]]);
    assert_eq!(workbook(&long, AT), Err(Fault::TooLarge));
    let titles = (0..16_385).map(|column| column.to_string()).collect();
    let wide = Sheet::new("Wide", titles, 0, Vec::new());
    assert_eq!(workbook(&wide, AT), Err(Fault::TooLarge));
    let rows = (0..1_048_576).map(|_| vec![number(1)]).collect();
    assert_eq!(workbook(&sheet(&["Mark"], rows), AT), Err(Fault::TooLarge));
}

#[test]
fn the_time_is_the_one_that_was_given() {
    let sheet = sheet(&["Mark"], vec![vec![number(1)]]);
    let first = workbook(&sheet, AT).unwrap();
    // Were the machine's clock in the file, a second would show.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(workbook(&sheet, AT).unwrap(), first);
    assert_ne!(workbook(&sheet, Moment(AT.0 + 1_000)).unwrap(), first);
    assert_eq!(workbook(&sheet, Moment(i64::MAX)), Err(Fault::Refused));
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        // Everything that XML can hold, and much of what workbooks escape.
        "[\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}\n\t]{1,12}".prop_map(Cell::text),
        "[=_x0-9A-F]{1,20}".prop_map(Cell::text),
        (-9_000_000_000i64..9_000_000_000).prop_map(number),
        (0i32..200_000).prop_map(|days| {
            let first = CivilDate::new(1900, 3, 1).unwrap();
            Cell::Date(first.plus_days(days).unwrap())
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_sheet_reads_back(rows in prop::collection::vec(prop::collection::vec(cell(), 4), 0..8)) {
        assert_reads_back(&sheet(&["One", "Two", "Three", "Four"], rows));
    }

    #[test]
    fn no_text_and_no_name_breaks_a_workbook(name in any::<String>(), text in any::<String>()) {
        let sheet = Sheet::new(name, vec![text.clone()], 0, vec![vec![Cell::text(text)]]);
        opened(workbook(&sheet, AT).unwrap());
    }
}
