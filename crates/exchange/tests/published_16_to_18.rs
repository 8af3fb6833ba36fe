//! The Department for Education's file of A and AS levels: a row for each grade, other qualifications and sums among
//! them, and the year in the name of the file alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_exchange::published::{Published, PublishedProblem, transition_matrices};
use flightpath_exchange::table::{ReadOptions, from_text};
use flightpath_school::national::{Outcomes, OutcomesDocument, Qualification};
use proptest::prelude::*;
use serde_json::{Value, json};

const A_LEVEL: &str = include_str!("../../school/figures/a-level-2025.json");
const AS_LEVEL: &str = include_str!("../../school/figures/as-level-2025.json");
const NAME: &str = "tm_numbers_percentages_2026A.csv";

const COLUMNS: [&str; 10] = [
    "qualification_name",
    "qualification_code",
    "subject_name",
    "subject_code",
    "size",
    "grade_structure",
    "prior_attainment_band",
    "grade",
    "count",
    "percentage",
];
type Row = [String; 10];

fn row(cells: [&str; 10]) -> Row {
    cells.map(str::to_owned)
}

fn read_as(name: &str, rows: &[Row]) -> Published {
    let order: Vec<usize> = (0..COLUMNS.len()).collect();
    read(name, rows, &order)
}

/// Reads the file with its columns in this order; those that are not named are not there.
fn read(name: &str, rows: &[Row], order: &[usize]) -> Published {
    let line = |cells: Vec<&str>| {
        let quoted: Vec<String> = order
            .iter()
            .map(|place| format!("\"{}\"", cells[*place]))
            .collect();
        quoted.join(",")
    };
    let mut lines = vec![line(COLUMNS.to_vec())];
    lines.extend(
        rows.iter()
            .map(|row| line(row.iter().map(String::as_str).collect())),
    );
    let table = from_text(&lines.join("\r\n"), &ReadOptions::default()).unwrap();
    transition_matrices(&table, name)
}

/// A small file as it is published.
fn biology() -> Vec<Row> {
    let a_level = |band, grade, count| {
        row([
            "GCE A level",
            "111",
            "Biology",
            "10010",
            "1",
            "A*,A,B,C,D,E",
            band,
            grade,
            count,
            "5%",
        ])
    };
    let mut rows = vec![
        a_level("4-<5", "U", "12"),
        a_level("4-<5", "E", "40"),
        a_level("4-<5", "No result", "3"),
        a_level("<1", "C", "1"),
        a_level("9>=", "A*", "9"),
        a_level("9>=", "X", "2"),
        a_level("All", "A*", "9"),
        a_level("Unknown prior", "A*", "4"),
    ];
    let mut other = |changes: &[(usize, &str)]| {
        let mut row = a_level("4-<5", "A", "7");
        for (place, cell) in changes {
            row[*place] = (*cell).to_owned();
        }
        rows.push(row);
    };
    other(&[(0, "GCE AS level"), (1, "121"), (4, "0.5")]);
    other(&[(0, "GCE AS level (All)"), (1, "699"), (4, "0.5")]);
    other(&[(0, "GCE A level (Double Award)"), (1, "112"), (4, "2")]);
    other(&[(4, "2")]);
    other(&[(0, "IB Diploma"), (1, "130"), (4, "5"), (7, "32")]);
    other(&[(0, "VRQ Level 3"), (1, "253"), (6, "?"), (8, "?")]);
    rows
}

/// The text of a document with other values at its top.
fn with(text: &str, changes: Value) -> OutcomesDocument {
    let mut document: Value = serde_json::from_str(text).unwrap();
    let fields = document.as_object_mut().unwrap();
    fields.remove("expected_in_ten_thousandths");
    for (key, value) in changes.as_object().unwrap() {
        fields.insert(key.clone(), value.clone());
    }
    serde_json::from_value(document).unwrap()
}

#[test]
fn a_and_as_levels_are_taken_and_nothing_else() {
    let published = read_as(NAME, &biology());
    assert_eq!(published.problems, []);
    let head = json!({ "year": 2026, "title": "16 to 18 transition matrices, amended" });
    let mut a_level = with(A_LEVEL, head.clone());
    a_level.bands_in_hundredths = vec![(0, 100), (400, 500), (900, 1000)];
    let counts = vec![
        vec![0, 0, 0, 1, 0, 0, 0],
        vec![12, 40, 0, 0, 0, 0, 0],
        vec![0, 0, 0, 0, 0, 0, 9],
    ];
    a_level.subjects = [("Biology".to_owned(), counts)].into();
    let mut as_level = with(AS_LEVEL, head);
    as_level.bands_in_hundredths = vec![(400, 500)];
    as_level.subjects = [("Biology".to_owned(), vec![vec![0, 0, 0, 0, 0, 7]])].into();
    assert_eq!(published.documents, [a_level, as_level]);
}

#[test]
fn without_codes_the_names_say_what_is_taken() {
    let named: Vec<usize> = (0..COLUMNS.len())
        .filter(|place| COLUMNS[*place] != "qualification_code")
        .collect();
    assert_eq!(read(NAME, &biology(), &named), read_as(NAME, &biology()));
}

#[test]
fn the_name_of_the_file_says_the_year() {
    for (name, year, title) in [
        ("tm_numbers_percentages_2026U.csv", 2026, "unamended"),
        ("TM_numbers_percentages_2027a (1).csv", 2027, "amended"),
    ] {
        let published = read_as(name, &biology());
        assert_eq!(published.problems, [], "{name}");
        for document in published.documents {
            assert_eq!(document.year, year);
            assert_eq!(
                document.title,
                format!("16 to 18 transition matrices, {title}")
            );
        }
    }
    for name in [
        "figures.csv",
        "tm_numbers_percentages_2024-25.csv",
        "tm_numbers_percentages_2026.csv",
        "2025A and 2026A.csv",
        "tm_12026A.csv",
    ] {
        let published = read_as(name, &biology());
        let file = name.to_owned();
        assert_eq!(
            published.problems,
            [PublishedProblem::NoYearInName { file }]
        );
        assert_eq!(published.documents, []);
    }
}

#[test]
fn a_band_with_a_number_that_is_not_available_gives_no_figures() {
    for letter in ["c", "z", "x"] {
        let mut rows = biology();
        rows[1][8] = letter.to_owned();
        // Of what is no grade it counts for nothing.
        rows[5][8] = letter.to_owned();
        let published = read_as(NAME, &rows);
        assert_eq!(published.problems, []);
        let biology = &published.documents[0].subjects["Biology"];
        assert_eq!(biology[1], [0; 0]);
        assert_eq!(biology[2], [0, 0, 0, 0, 0, 0, 9]);
    }
}

#[test]
fn a_subject_under_several_codes_is_one() {
    let mut rows = biology();
    let mut other = rows[0].clone();
    other[3] = "10011".to_owned();
    rows.push(other.clone());
    other[5] = "A,B,C,D,E".to_owned();
    rows.push(other);
    let published = read_as(NAME, &rows);
    assert_eq!(published.problems, []);
    assert_eq!(published.documents[0].subjects["Biology"][1][0], 36);
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let problems = |place: usize, cell: &str| {
        let mut rows = biology();
        rows[1][place] = cell.to_owned();
        read_as(NAME, &rows).problems
    };
    for band in ["about 5", "4-<6", "10-<11", "4-<", "-1-<0", ""] {
        let expected = PublishedProblem::UnknownBand {
            line: 3,
            entered: band.to_owned(),
        };
        assert_eq!(problems(6, band), [expected]);
    }
    for count in ["many", "-1", "1.5", "40000000000"] {
        let expected = PublishedProblem::NotACount {
            line: 3,
            column: "count".to_owned(),
            entered: count.to_owned(),
        };
        assert_eq!(problems(8, count), [expected]);
    }
    let expected = PublishedProblem::GradeTwice {
        line: 3,
        subject: "Biology".to_owned(),
        band: "4-<5".to_owned(),
        grade: "U".to_owned(),
    };
    assert_eq!(problems(7, "U"), std::slice::from_ref(&expected));
    // A fail is a U, whatever it is called.
    assert_eq!(problems(7, "Fail"), [expected]);
    // All that is wrong is told at once.
    let mut rows = biology();
    rows[1][8] = "many".to_owned();
    let all = read_as("figures.csv", &rows).problems;
    assert!(
        matches!(
            &all[..],
            [
                PublishedProblem::NoYearInName { .. },
                PublishedProblem::NotACount { .. }
            ]
        ),
        "{all:?}"
    );
}

#[test]
fn a_file_without_its_columns_or_without_a_levels_says_so() {
    let band = COLUMNS
        .iter()
        .position(|name| *name == "prior_attainment_band")
        .unwrap();
    assert_eq!(
        read(NAME, &biology(), &[band]).problems,
        [
            "qualification_code",
            "subject_name",
            "size",
            "grade",
            "count"
        ]
        .map(PublishedProblem::NoColumn)
    );
    let others: Vec<Row> = biology()
        .into_iter()
        .filter(|row| row[1] != "111" && row[1] != "121")
        .collect();
    assert_eq!(
        read_as(NAME, &others).problems,
        [PublishedProblem::NoALevels]
    );
}

/// The rows of a document as the Department publishes them: none for a grade that nobody got, with a sum and those
/// without an average behind each subject.
fn rows(document: &OutcomesDocument) -> Vec<Row> {
    let (name, code, size) = match document.qualification {
        Qualification::ALevel => ("GCE A level", "111", "1"),
        _ => ("GCE AS level", "121", "0.5"),
    };
    let mut rows = Vec::new();
    for (subject, bands) in &document.subjects {
        let mut add = |band: &str, grade: &str, count: u32| {
            let count = count.to_string();
            rows.push(row([
                name,
                code,
                subject,
                "1",
                size,
                "A,B,C,D,E",
                band,
                grade,
                &count,
                "z",
            ]));
        };
        for ((from, to), counts) in document.bands_in_hundredths.iter().zip(bands) {
            let band = match (from / 100, to / 100) {
                (0, 1) => "<1".to_owned(),
                (9, 10) => "9>=".to_owned(),
                (from, to) => format!("{from}-<{to}"),
            };
            for (grade, count) in document.grades.iter().zip(counts) {
                if *count > 0 {
                    add(&band, grade, *count);
                }
            }
            add(&band, "No result", 2);
        }
        add("All", "A", 1_000);
        add("Unknown prior", "A", 17);
    }
    rows
}

fn order() -> impl Strategy<Value = Vec<usize>> {
    Just((0..COLUMNS.len()).collect::<Vec<usize>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_published_file_gives_the_figures_that_ship_in_any_order_of_columns(order in order()) {
        let title = json!({ "title": "16 to 18 transition matrices, amended" });
        let shipped = [A_LEVEL, AS_LEVEL].map(|text| with(text, title.clone()));
        let all = shipped.iter().flat_map(rows).collect::<Vec<Row>>();
        let published = read("tm_numbers_percentages_2025A.csv", &all, &order);
        prop_assert_eq!(published.problems, vec![]);
        prop_assert_eq!(&published.documents[..], &shipped[..]);
        for (document, text) in published.documents.iter().zip([A_LEVEL, AS_LEVEL]) {
            let (_, found) = document.checked().unwrap();
            let shipped = Outcomes::from_json(text).unwrap();
            prop_assert_eq!(found.has_value_added(), false);
            for subject in shipped.subjects() {
                let bands: Vec<_> = shipped.bands(subject).unwrap().collect();
                prop_assert_eq!(found.bands(subject).unwrap().collect::<Vec<_>>(), bands);
            }
        }
    }
}
