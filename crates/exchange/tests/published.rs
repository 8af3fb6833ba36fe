//! The Department for Education's own files of national figures: any order of columns, other names in other years,
//! letters for what is not available.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use flightpath_exchange::published::{Published, PublishedProblem, transition_matrices};
use flightpath_exchange::table::{ReadOptions, from_text};
use flightpath_school::national::{Outcomes, OutcomesDocument, Qualification};
use proptest::prelude::*;

const GCSE: &str = include_str!("../../school/figures/gcse-2024.json");
const COMBINED: &str = include_str!("../../school/figures/combined-science-2024.json");

fn document(text: &str) -> OutcomesDocument {
    serde_json::from_str(text).unwrap()
}

/// A row of the published file, by header.
type Row = BTreeMap<&'static str, String>;

const GCSE_COLUMNS: [&str; 10] = [
    "num_U", "num_1", "num_2", "num_3", "num_4", "num_5", "num_6", "num_7", "num_8", "num_9",
];
const COMBINED_COLUMNS: [&str; 18] = [
    "num_UU", "num_11", "num_21", "num_22", "num_32", "num_33", "num_43", "num_44", "num_54",
    "num_55", "num_65", "num_66", "num_76", "num_77", "num_87", "num_88", "num_98", "num_99",
];

fn halves(hundredths: i64) -> String {
    match hundredths % 100 {
        0 => (hundredths / 100).to_string(),
        _ => format!("{}.5", hundredths / 100),
    }
}

/// The rows of a document as the Department publishes them, with rows of a part of the pupils and sums among them.
fn rows(document: &OutcomesDocument, columns: &[&'static str]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (subject, bands) in &document.subjects {
        for ((from, to), counts) in document.bands_in_hundredths.iter().zip(bands) {
            if counts.is_empty() {
                continue;
            }
            let band = match from {
                0 => format!("Less than {}", halves(to + 50)),
                _ => format!("{} - {}", halves(*from), halves(*to)),
            };
            let mut row: Row = GCSE_COLUMNS
                .iter()
                .chain(&COMBINED_COLUMNS)
                .map(|column| (*column, "z".to_owned()))
                .collect();
            row.extend([
                ("time_period", "202324".to_owned()),
                ("geographic_level", "National".to_owned()),
                ("version", "Revised".to_owned()),
                ("breakdown_topic", "Total".to_owned()),
                ("breakdown", "Total".to_owned()),
                ("subject", subject.clone()),
                ("ks2_scaled_score_group", band),
                ("num_X", "3".to_owned()),
            ]);
            for (column, count) in columns.iter().zip(counts) {
                row.insert(column, count.to_string());
            }
            let with = |changes: &[(&'static str, &str)]| {
                let mut row = row.clone();
                row.extend(
                    changes
                        .iter()
                        .map(|(column, value)| (*column, (*value).to_owned())),
                );
                row
            };
            rows.push(with(&[("breakdown_topic", "Sex"), ("breakdown", "Girls")]));
            rows.push(with(&[("ks2_scaled_score_group", "No scaled score")]));
            rows.push(with(&[("ks2_scaled_score_group", "Total")]));
            rows.push(with(&[]));
        }
    }
    rows
}

fn csv(rows: &[Row], order: &[usize]) -> String {
    let headers: Vec<&str> = rows[0].keys().copied().collect();
    let ordered = |values: Vec<&str>| -> String {
        let quoted: Vec<String> = order
            .iter()
            .map(|place| format!("\"{}\"", values[*place]))
            .collect();
        quoted.join(",")
    };
    let mut lines = vec![ordered(headers)];
    lines.extend(
        rows.iter()
            .map(|row| ordered(row.values().map(String::as_str).collect())),
    );
    lines.join("\n")
}

fn read(text: &str) -> Published {
    transition_matrices(
        &from_text(text, &ReadOptions::default()).unwrap(),
        "ks4.csv",
    )
}

fn as_published() -> Vec<Row> {
    let mut all = rows(&document(GCSE), &GCSE_COLUMNS);
    all.extend(rows(&document(COMBINED), &COMBINED_COLUMNS));
    all
}

fn order() -> impl Strategy<Value = Vec<usize>> {
    let columns = as_published()[0].len();
    Just((0..columns).collect::<Vec<usize>>()).prop_shuffle()
}

/// Bands in which nobody took a subject are no rows of the file.
fn counted(document: &OutcomesDocument) -> BTreeMap<(String, (i64, i64)), Vec<u32>> {
    let mut counted = BTreeMap::new();
    for (subject, bands) in &document.subjects {
        for (band, counts) in document.bands_in_hundredths.iter().zip(bands) {
            if !counts.is_empty() {
                counted.insert((subject.clone(), *band), counts.clone());
            }
        }
    }
    counted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_published_file_gives_the_figures_in_any_order_of_columns(order in order()) {
        let published = read(&csv(&as_published(), &order));
        prop_assert_eq!(published.problems, vec![]);
        let [gcse, combined] = published.documents.as_slice() else { panic!() };
        for (found, shipped) in [(gcse, document(GCSE)), (combined, document(COMBINED))] {
            prop_assert_eq!(found.year, 2024);
            prop_assert_eq!(&found.grades, &shipped.grades);
            prop_assert_eq!(&found.scale, &shipped.scale);
            prop_assert_eq!(counted(found), counted(&shipped));
            let json = serde_json::to_string(found).unwrap();
            let outcomes = Outcomes::from_json(&json).unwrap();
            prop_assert_eq!(outcomes.qualification, shipped.qualification);
        }
    }
}

fn one(changes: &[(&'static str, &str)]) -> Vec<Row> {
    let mut rows = rows(&document(GCSE), &GCSE_COLUMNS);
    rows.retain(|row| row["subject"] == "Mathematics" && row["breakdown"] == "Total");
    let row = rows
        .iter_mut()
        .find(|row| row["ks2_scaled_score_group"] == "105 - 107")
        .unwrap();
    row.extend(
        changes
            .iter()
            .map(|(column, value)| (*column, (*value).to_owned())),
    );
    rows
}

fn in_order(rows: &[Row]) -> Published {
    let order: Vec<usize> = (0..rows[0].len()).collect();
    read(&csv(rows, &order))
}

#[test]
fn names_of_earlier_years_are_known() {
    let renamed: Vec<Row> = one(&[])
        .into_iter()
        .map(|row| {
            row.into_iter()
                .map(|(column, value)| match column {
                    "breakdown_topic" => ("characteristic_type", "All Pupils".to_owned()),
                    "breakdown" => ("characteristic_value", "All Pupils".to_owned()),
                    "subject" => ("subjects", value),
                    "time_period" => ("time_period", "202122".to_owned()),
                    other => (other, value),
                })
                .collect()
        })
        .collect();
    let published = in_order(&renamed);
    assert_eq!(published.problems, []);
    assert_eq!(published.documents[0].year, 2022);
    assert_eq!(published.documents[0].qualification, Qualification::Gcse);
}

#[test]
fn a_band_with_a_confidential_number_gives_no_figures() {
    let published = in_order(&one(&[("num_9", "c")]));
    assert_eq!(published.problems, []);
    let maths = &published.documents[0].subjects["Mathematics"];
    let empty: Vec<usize> = (0..maths.len())
        .filter(|band| maths[*band].is_empty())
        .collect();
    assert_eq!(empty.len(), 1);
    assert_eq!(
        published.documents[0].bands_in_hundredths[empty[0]],
        (10_500, 10_700)
    );
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let line = |published: &Published| published.problems.clone();
    let found = line(&in_order(&one(&[("num_9", "many")])));
    assert!(
        matches!(&found[..], [PublishedProblem::NotACount { column, entered, .. }] if column == "num_9" && entered == "many"),
        "{found:?}"
    );
    // More than there are pupils in England.
    let found = line(&in_order(&one(&[("num_9", "4000000000")])));
    assert!(
        matches!(&found[..], [PublishedProblem::NotACount { .. }]),
        "{found:?}"
    );
    let found = line(&in_order(&one(&[("ks2_scaled_score_group", "about 100")])));
    assert!(
        matches!(&found[..], [PublishedProblem::UnknownBand { entered, .. }] if entered == "about 100"),
        "{found:?}"
    );
    let found = line(&in_order(&one(&[("time_period", "last year")])));
    assert!(
        matches!(&found[..], [PublishedProblem::UnknownYear { entered, .. }] if entered == "last year"),
        "{found:?}"
    );
    let found = line(&in_order(&one(&[("ks2_scaled_score_group", "110 - 113")])));
    assert!(
        matches!(&found[..], [PublishedProblem::Twice { subject, .. }] if subject == "Mathematics"),
        "{found:?}"
    );
    let other = read("surname,forename\nAchterberg,Ada\n");
    assert_eq!(other.problems, [PublishedProblem::OtherFile]);
    let bare = read("ks2_scaled_score_group\n105 - 107\n");
    assert_eq!(
        bare.problems,
        ["time_period", "subject"].map(PublishedProblem::NoColumn)
    );
    let girls: Vec<Row> = one(&[])
        .into_iter()
        .map(|mut row| {
            row.insert("breakdown", "Girls".to_owned());
            row
        })
        .collect();
    assert_eq!(in_order(&girls).problems, [PublishedProblem::NoRows]);
}
