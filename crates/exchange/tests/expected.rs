//! The files of real dirt give exactly what `expected.json` says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::{Office, YEAR, data, options, read};
use flightpath_exchange::mapping::{Mapping, NumberRows, ResultKind, Role};
use flightpath_exchange::plan::{
    Candidate, CellOutcome, CellReason, IdentityKey, Note, Plan, PlanFrom, Planner, ProblemKind,
    Question, RowOutcome, RowReason, Warning,
};
use flightpath_exchange::table::{HeaderChoice, Table};
use flightpath_school::model::scale::Scale;
use flightpath_school::model::{ColumnKey, Field, Id, Measure, Table as Rows, Value, keys};
use serde_json::Value as Json;

const MIS: [&str; 3] = [
    "pupils_mis_utf8_bom.csv",
    "pupils_mis_windows1252.csv",
    "pupils_mis_utf16.txt",
];

/// A problem in the words of `expected.json`.
fn say(what: &ProblemKind, value: &str, rows: &Table) -> Option<(&'static str, String)> {
    Some(match what {
        ProblemKind::RowRefused(reason) => (
            "rows_refused",
            match reason {
                RowReason::NoName => "no name".to_owned(),
                RowReason::PupilInEarlierRow {
                    same: IdentityKey::Upn,
                    differs: IdentityKey::AdmissionNumber,
                    row: 10,
                } => {
                    "UPN stands already in an earlier row, with another admission number".to_owned()
                }
                RowReason::BadYearGroup { value, .. } => {
                    format!("year group {}", value.replace("Year ", ""))
                }
                RowReason::WrongLength { fields, expected } => {
                    assert_eq!(*expected, rows.width());
                    format!("{fields} fields where the header has {expected}")
                }
                other => panic!("unexpected {other:?}"),
            },
        ),
        ProblemKind::CellRefused(reason) => (
            "cells_refused",
            match reason {
                CellReason::OutOfRange { lowest, highest } => {
                    format!("KS2 reading {value} is outside {lowest}-{highest}")
                }
                CellReason::NotADate => format!("{value} is no date"),
                other => panic!("unexpected {other:?}"),
            },
        ),
        ProblemKind::Warned(warning) => (
            "warned",
            match warning {
                Warning::UpnCheckLetter { .. } => "UPN check letter is wrong".to_owned(),
                Warning::SameNameAndBirthDate {
                    other: Candidate::Row(row),
                } => format!(
                    "same name and date of birth as row {row} under another UPN: taken as a new pupil"
                ),
                other => panic!("unexpected {other:?}"),
            },
        ),
        ProblemKind::Noted(note) => (
            "noted",
            match note {
                Note::LooksLikeFormula { .. } => {
                    "a name that looks like a formula is kept as text, and neutralised in exports"
                        .to_owned()
                }
                Note::LineBreak { .. } => "a line break inside quotes".to_owned(),
            },
        ),
        ProblemKind::Ask(_) | ProblemKind::CellInConflict => return None,
    })
}

fn check(expected: &Json, plan: &Plan, table: &Table) {
    let counts = plan.counts();
    assert_eq!(counts.rows as u64, expected["rows"].as_u64().unwrap());
    assert_eq!(counts.new as u64, expected["new"].as_u64().unwrap());
    assert_eq!((counts.changed, counts.same, counts.ask), (0, 0, 0));
    let mut found: BTreeSet<(String, u64, String)> = BTreeSet::new();
    for problem in plan.problems(table) {
        let (list, why) = say(&problem.what, &problem.value, table).unwrap();
        found.insert((list.to_owned(), u64::from(problem.row), why));
    }
    let mut wanted = BTreeSet::new();
    for list in ["rows_refused", "cells_refused", "warned", "noted"] {
        for entry in expected[list].as_array().unwrap() {
            wanted.insert((
                list.to_owned(),
                entry["data_row"].as_u64().unwrap(),
                entry["why"].as_str().unwrap().to_owned(),
            ));
        }
    }
    assert_eq!(found, wanted);
}

#[test]
fn the_three_pupil_lists_give_what_is_expected() {
    let expected: Json = serde_json::from_slice(&data("expected.json")).unwrap();
    for name in MIS {
        let table = read(&data(name)).unwrap();
        let csv = name.ends_with(".csv");
        assert_eq!(table.header_line, Some(if csv { 3 } else { 1 }), "{name}");
        let mut office = Office::default();
        let mapping = office.guess(&table);
        assert!(
            mapping
                .columns
                .iter()
                .all(|column| column.role != Role::Ignore),
            "{name}: {:?}",
            mapping.columns
        );
        let plan = office.plan(&table, &mapping);
        assert!(plan.is_ready());
        check(&expected, &plan, &table);
        office.apply(&plan);
        assert_eq!(office.school.rows(Rows::Pupils).len(), 205);
    }
}

#[test]
fn the_same_list_again_changes_nothing_in_whichever_encoding() {
    let mut office = Office::default();
    let first = read(&data(MIS[0])).unwrap();
    let mapping = office.guess(&first);
    let plan = office.plan(&first, &mapping);
    office.apply(&plan);
    for name in [MIS[0], MIS[2]] {
        let table = read(&data(name)).unwrap();
        let mapping = Mapping::remembered(&table, &office.school).expect("remembered");
        let plan = office.plan(&table, &mapping);
        let counts = plan.counts();
        assert_eq!((counts.same, counts.refused), (205, 4), "{name}");
        assert!(!plan.counts().change_anything(), "{name}");
        assert!(plan.draft().is_empty(), "{name}");
    }
    // Letters that Windows-1252 lacks were replaced in that file: names change and nothing else.
    let table = read(&data(MIS[1])).unwrap();
    let plan = office.plan(&table, &mapping);
    let counts = plan.counts();
    assert_eq!((counts.new, counts.refused), (0, 4));
    assert_eq!(counts.changed + counts.same, 205);
    for cell in plan.rows.iter().flat_map(|row| &row.cells) {
        if let CellOutcome::Changed { .. } = &cell.outcome {
            assert!(matches!(cell.key.field(), Field::Surname | Field::Forename));
        }
    }
}

#[test]
fn values_arrive_as_what_they_are() {
    let mut office = Office::default();
    let table = read(&data(MIS[0])).unwrap();
    let mapping = office.guess(&table);
    let plan = office.plan(&table, &mapping);
    office.apply(&plan);
    let pupil = plan.rows[0].pupil.unwrap();
    let one = |key: ColumnKey| office.school.one(&key, pupil).cloned();
    assert_eq!(
        one(ColumnKey::lasting(Field::Surname)),
        Some(Value::text("Müller"))
    );
    assert_eq!(
        one(ColumnKey::lasting(Field::AdmissionNumber)),
        Some(Value::text("01001"))
    );
    assert_eq!(
        one(ColumnKey::yearly(Field::YearGroup, YEAR)),
        Some(Value::whole(10))
    );
    assert_eq!(
        one(ColumnKey::yearly(Field::PupilPremium, YEAR)),
        Some(Value::Flag(true))
    );
    assert_eq!(one(ColumnKey::yearly(Field::Eal, YEAR)), None);
    assert_eq!(
        one(ColumnKey::yearly(Field::Attendance, YEAR)),
        Some(Value::Number(96_600))
    );
    assert_eq!(
        one(ColumnKey::lasting(Field::Prior(Measure::Ks2Maths))),
        Some(Value::whole(96))
    );
    assert_eq!(
        one(ColumnKey::lasting(Field::PriorSource(Measure::Ks2Maths))),
        Some(Value::text("a file, 2026-11-22"))
    );
    let born = one(ColumnKey::lasting(Field::BirthDate)).and_then(|value| value.as_date());
    assert_eq!(born.unwrap().to_string(), "2012-01-02");
    // The row whose date of birth is refused has everything else.
    let without_date = plan.rows[41].pupil.unwrap();
    let key = ColumnKey::lasting(Field::BirthDate);
    assert_eq!(office.school.one(&key, without_date), None);
    let key = ColumnKey::lasting(Field::Forename);
    assert_eq!(office.school.text(&key, without_date), Some("Siân"));
}

#[test]
fn the_results_file_fills_eight_subjects() {
    let mut office = Office::default();
    let pupils = read(&data(MIS[0])).unwrap();
    let mapping = office.guess(&pupils);
    let plan = office.plan(&pupils, &mapping);
    office.apply(&plan);

    let table = read(&data("autumn_results_wide.csv")).unwrap();
    let mapping = office.guess(&table);
    assert_eq!(mapping.default_event.as_deref(), Some("Autumn"));
    let plan = office.plan(&table, &mapping);
    assert!(plan.is_ready(), "{:?}", plan.questions);
    let counts = plan.counts();
    assert_eq!(
        (counts.rows, counts.changed, counts.refused, counts.ask),
        (205, 205, 0, 0)
    );
    assert_eq!(plan.new_subjects.len(), 8);
    assert_eq!(plan.new_events.len(), 1);
    let mut filled = 0;
    let mut unknown = 0;
    for cell in plan.rows.iter().flat_map(|row| &row.cells) {
        let predicted = matches!(
            &mapping.columns[cell.column].role,
            Role::Result {
                kind: ResultKind::Predicted,
                ..
            }
        );
        match &cell.outcome {
            CellOutcome::New(_) if predicted => filled += 1,
            CellOutcome::Refused { value, .. } if predicted => {
                assert_eq!(value, "7x");
                filled += 1;
                unknown += 1;
            }
            CellOutcome::New(_) | CellOutcome::Same => {}
            other => panic!("unexpected {other:?}"),
        }
    }
    let expected: Json = serde_json::from_slice(&data("expected.json")).unwrap();
    let results = &expected["results"];
    assert_eq!(results["pupils"], counts.rows);
    assert_eq!(results["subjects"], plan.new_subjects.len());
    assert_eq!(results["predicted_grades_filled"], filled);
    assert_eq!(results["of_these_unknown_grade"], unknown);
    office.apply(&plan);

    let english = keys::subject("English");
    let autumn = keys::event(YEAR, "Autumn");
    let pupil = plan.rows[0].pupil.unwrap();
    let one = |key: ColumnKey| office.school.one(&key, pupil).cloned();
    assert_eq!(
        one(ColumnKey::per_subject(Field::Target, YEAR, english)),
        Some(Value::grade("gcse-9-1-fine", "6+"))
    );
    assert_eq!(
        one(ColumnKey::per_event(
            Field::Predicted,
            YEAR,
            english,
            autumn
        )),
        Some(Value::grade("gcse-9-1-fine", "5-"))
    );
    assert_eq!(
        one(ColumnKey::per_event(Field::AtlClass, YEAR, english, autumn)),
        Some(Value::grade("atl", "Good"))
    );
    assert_eq!(
        office
            .school
            .text(&ColumnKey::lasting(Field::EventFields), autumn),
        Some("predicted atl-class")
    );

    let again = office.plan(&table, &mapping);
    assert_eq!(again.counts().same, 205);
    assert!(again.draft().is_empty());
}

#[test]
fn codes_in_place_of_teacher_assessments_are_kept_and_prefer_no_scale() {
    let mut office = Office::default();
    let file = "UPN,Surname,Forename,Year,KS2 Writing TA,KS2 Sci TA\n\
                A823456789001,Ahmed,Amina,7,EXS,HNM\n\
                B823456789002,Brown,Ben,7,A,D\n\
                C823456789003,Chen,Cai,7,B,M\n\
                D823456789004,Diaz,Dina,7,U,N\n\
                E823456789005,Evans,Eve,7,Z,EXS\n";
    let table = read(file.as_bytes()).unwrap();
    let mapping = office.guess(&table);
    let scale = |column: usize| mapping.columns[column].scale.as_deref();
    assert_eq!(scale(4), Some("primary-ta"));
    let plan = office.plan(&table, &mapping);
    let cells = |column: usize| -> Vec<Value> {
        let rows = plan.rows.iter();
        let cells = rows.flat_map(|row| row.cells.iter().filter(|cell| cell.column == column));
        cells
            .filter(|cell| matches!(cell.key.field(), Field::Prior(_)))
            .filter_map(|cell| match &cell.outcome {
                CellOutcome::New(value) => Some(value.clone()),
                _ => None,
            })
            .collect()
    };
    let code = |code: &str| Value::Code(code.into());
    let exs = Value::grade("primary-ta", "EXS");
    assert_eq!(cells(4), [exs, code("A"), code("B"), code("U")]);
    let own = |label| Value::grade("primary-science", label);
    assert_eq!(
        cells(5),
        [own("HNM"), code("D"), code("M"), code("N"), own("EXS")]
    );
    // What is neither a grade nor a code is refused alone.
    let refused = plan.rows.iter().flat_map(|row| &row.cells);
    let refused: Vec<_> = refused
        .filter(|cell| matches!(cell.outcome, CellOutcome::Refused { .. }))
        .collect();
    assert_eq!(refused.len(), 1);
}

#[test]
fn results_of_pupils_who_are_not_there_are_refused() {
    let mut office = Office::default();
    let table = read(&data("autumn_results_wide.csv")).unwrap();
    let mut mapping = office.guess(&table);
    let counts = office.plan(&table, &mapping).counts();
    assert_eq!((counts.new, counts.refused), (0, 205));
    mapping.add_missing_pupils = true;
    let counts = office.plan(&table, &mapping).counts();
    assert_eq!((counts.new, counts.refused), (205, 0));
}

#[test]
fn pupils_without_names_are_numbered() {
    let mut office = Office::default();
    let table = read(&data("student-por.csv")).unwrap();
    assert_eq!(table.header, HeaderChoice::Record(0));
    let mut mapping = office.guess(&table);
    let roles: Vec<(&str, &Role)> = table
        .headers
        .iter()
        .zip(&mapping.columns)
        .filter(|(_, column)| column.role != Role::Ignore)
        .map(|(header, column)| (header.as_str(), &column.role))
        .collect();
    let names: Vec<&str> = roles.iter().map(|(header, _)| *header).collect();
    assert_eq!(names, ["sex", "G1", "G2", "G3"]);
    let plan = office.plan(&table, &mapping);
    assert_eq!(
        plan.questions,
        [
            Question::NoIdentity,
            Question::NoSubject {
                columns: vec![30, 31, 32]
            }
        ]
    );
    assert!(!plan.is_ready());
    assert_eq!(plan.counts().refused, 649);
    // Marks up to 19 are out of 20, not per cent.
    for column in [30, 31, 32] {
        assert_eq!(
            mapping.columns[column].scale.as_deref(),
            Some("points-0-20")
        );
    }

    let made = Scale::made_decimal("0–20", 0, 20, 0).unwrap();
    for column in [30, 31, 32] {
        mapping.columns[column].scale = Some(made.key().to_owned());
    }
    office.scales.insert(made.clone()).unwrap();
    mapping.single_subject = Some("Portuguese".to_owned());
    mapping.number_rows = Some(NumberRows {
        admission_prefix: "por-".to_owned(),
        surname: "Pupil ".to_owned(),
    });
    let plan = office.plan(&table, &mapping);
    assert!(plan.is_ready(), "{:?}", plan.questions);
    let counts = plan.counts();
    assert_eq!(
        (counts.new, counts.refused, counts.cells_refused),
        (649, 0, 0)
    );
    assert_eq!(counts.cells_new, 649 * 4);
    assert_eq!(plan.new_events.len(), 3);
    office.apply(&plan);
    let last = plan.rows[648].pupil.unwrap();
    let text = |field| office.school.text(&ColumnKey::lasting(field), last);
    assert_eq!(text(Field::Surname), Some("Pupil 649"));
    assert_eq!(text(Field::AdmissionNumber), Some("por-649"));
    let grade = ColumnKey::per_event(
        Field::Current,
        YEAR,
        keys::subject("Portuguese"),
        keys::event(YEAR, "G3"),
    );
    assert_eq!(
        office.school.one(&grade, last),
        Some(&Value::grade(made.key(), "11"))
    );
    let definition = ColumnKey::lasting(Field::ScaleDefinition);
    assert!(
        office
            .school
            .text(&definition, keys::scale(made.key()))
            .is_some()
    );

    let mapping = Mapping::remembered(&table, &office.school).unwrap();
    let again = office.plan(&table, &mapping);
    assert_eq!(again.counts().same, 649);
    assert!(again.draft().is_empty());
}

#[test]
fn the_problems_of_the_pupil_list() {
    let mut office = Office::default();
    let table = read(&data(MIS[0])).unwrap();
    let mapping = office.guess(&table);
    let plan = office.plan(&table, &mapping);
    let lines: Vec<String> = plan
        .problems(&table)
        .iter()
        .map(|problem| serde_json::to_string(problem).unwrap())
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_was_refused_is_saved_with_reasons() {
    let mut office = Office::default();
    let table = read(&data(MIS[0])).unwrap();
    let mapping = office.guess(&table);
    let plan = office.plan(&table, &mapping);
    let headings = flightpath_exchange::plan::RefusedHeadings {
        row: "Row",
        reason: "Reason",
    };
    let bytes = plan
        .refused_csv(&table, headings, |problem| format!("{:?}", problem.what))
        .unwrap();
    let saved = read(&bytes).unwrap();
    let rows: Vec<&str> = saved.column(0).collect();
    assert_eq!(rows, ["21", "42", "64", "91", "134", "151"]);
    assert_eq!(saved.headers[2], "UPN");
    assert_eq!(saved.row(0).unwrap().cell(2), "C823400623001");
    assert!(saved.row(4).unwrap().cell(1).contains("BadYearGroup"));
    assert!(plan.rows.iter().any(|row| row.outcome == RowOutcome::New));
}

#[test]
fn a_plan_made_in_pieces_is_the_plan_made_at_one_go() {
    for name in ["pupils_mis_utf8_bom.csv", "autumn_results_wide.csv"] {
        let mut office = Office::default();
        if name.starts_with("autumn") {
            let list = String::from_utf8(data("pupils_mis_utf8_bom.csv")).unwrap();
            office.import(&list);
        }
        let table = read(&data(name)).unwrap();
        let mapping = office.guess(&table);
        let first_id = office.ids;
        let whole = office.plan(&table, &mapping);
        for rows in [1, 7, 64] {
            let options = options();
            let from = PlanFrom {
                table: &table,
                mapping: &mapping,
                school: &office.school,
                scales: &office.scales,
                policy: None,
                options: &options,
            };
            let mut id = first_id;
            let mut fresh = || {
                id += 1;
                Id(id)
            };
            let mut planner = Planner::new(&from);
            let mut planned = 0;
            let mut of_this_go = 0;
            while planner.go_on(&from, &mut fresh, &mut || {
                of_this_go += 1;
                of_this_go > rows
            }) {
                of_this_go = 0;
                planned += rows;
                assert_eq!(planner.rows(), planned);
            }
            let pieces = planner.finish(&from);
            assert_eq!(
                format!("{pieces:?}"),
                format!("{whole:?}"),
                "{name}, {rows}"
            );
        }
    }
}
