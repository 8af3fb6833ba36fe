//! The minimum expected grade of old: average GCSE points on the scale of eight points in a table, which an average of
//! GCSEs graded 9–1 never reaches.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod policies;
mod shipped;
mod small;

use flightpath_school::engine::targets::{
    Proposal, ScoreEntry, TargetInputs, TargetSource, WhyNot, propose,
};
use flightpath_school::engine::what_if::{KnownInput, TargetInput, target_changes};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{ColumnKey, EightPointAverage, Field, Measure, Value};
use flightpath_school::national::Start;
use flightpath_school::policy::{
    PackProblemKind, Policy, PolicyPack, RowEnd, TableRows, TargetMethod,
};
use flightpath_school::view::standing::proposal;
use policies::{grade, policy};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use small::{Small, YEAR};

/// Key of the policy that ships the table.
const GENERAL: &str = "general-secondary";
/// Place of the chain of Years 12 and 13, and of the method in it.
const PLACE: (usize, usize) = (0, 3);

fn read(average: &str) -> EightPointAverage {
    average.parse().unwrap()
}

fn history(policy: &Policy) -> TargetInputs<'static> {
    TargetInputs {
        year_group: 12,
        subject: "history",
        subject_name: "History",
        role: policy.pack().role_of("history"),
        curriculum: "uk",
        scale: policy.scales().get("a-level").unwrap().id(),
        ks2_reading: ScoreEntry::Missing,
        ks2_maths: ScoreEntry::Missing,
        average_gcse: None,
        average_gcse_eight_point: None,
        cat_predicted_gcse: None,
        benchmarks: &[],
        eyfs_outcome: None,
        key_stage_1: None,
        last_year: None,
    }
}

fn with_figures() -> Policy {
    policy(GENERAL).with_figures(Some(shipped::figures().clone()))
}

fn of_average(average: &str) -> Proposal {
    let policy = with_figures();
    let inputs = TargetInputs {
        average_gcse_eight_point: Some(read(average)),
        ..history(&policy)
    };
    propose(&policy, &inputs)
}

fn label(proposal: &Proposal) -> Option<&str> {
    proposal.grade.as_ref().map(|grade| grade.label.as_str())
}

#[derive(Debug, Deserialize)]
struct Row {
    average_gcse_from: String,
    minimum_expected_grade: String,
}

#[test]
fn every_row_of_the_reference_begins_exactly_at_its_average() {
    let file = include_str!("golden/alps_meg_legacy.csv");
    let rows: Vec<Row> = csv::Reader::from_reader(file.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), 11);
    for (at, row) in rows.iter().enumerate() {
        let from = &row.average_gcse_from;
        let own = of_average(from);
        assert_eq!(
            label(&own),
            Some(row.minimum_expected_grade.as_str()),
            "{row:?}"
        );
        let Some((PLACE_METHOD, TargetSource::EightPoint { average, row: told })) =
            own.reason.decided
        else {
            panic!("{row:?}");
        };
        let begins = read(&told.from);
        assert_eq!((average, begins), (read(from), read(from)));
        let end = at.checked_sub(1).map_or(RowEnd::Open, |above| {
            RowEnd::Under(read(&rows[above].average_gcse_from).to_string())
        });
        assert_eq!(told.to, end);
        // A thousandth less is the row below.
        if let Some(below) = rows.get(at + 1) {
            let less = EightPointAverage::from_thousandths(read(from).thousandths() - 1).unwrap();
            let less = of_average(&less.to_string());
            assert_eq!(label(&less), Some(below.minimum_expected_grade.as_str()));
        }
    }
}

const PLACE_METHOD: usize = PLACE.1;

#[test]
fn an_average_of_6_1_gives_a_split_grade() {
    let proposal = of_average("6.1");
    let proposed = proposal.grade.unwrap();
    assert_eq!(proposed.label, "B/C");
    assert_eq!(proposed.grade, grade("a-level", "B/C"));
    assert_eq!(label(&of_average("8")), Some("A*/A"));
}

#[test]
fn an_average_of_gcses_graded_9_1_never_reaches_the_table() {
    for policy in [policy(GENERAL), with_figures()] {
        for hundredths in 0..=900 {
            let inputs = TargetInputs {
                average_gcse: Some(Start::from_hundredths(hundredths)),
                ..history(&policy)
            };
            let decided = propose(&policy, &inputs).reason.decided;
            assert!(
                !matches!(decided, Some((_, TargetSource::EightPoint { .. }))),
                "{hundredths}"
            );
        }
    }
    // A subject in which no results are published: the table is asked, and says what it lacks.
    let policy = with_figures();
    let inputs = TargetInputs {
        subject_name: "Underwater basket weaving",
        average_gcse: Some(Start::from_hundredths(610)),
        ..history(&policy)
    };
    let proposal = propose(&policy, &inputs);
    assert_eq!(label(&proposal), None);
    let passed = proposal.reason.passed_over;
    assert!(
        passed.contains(&(PLACE.1, WhyNot::NoEightPointAverage)),
        "{passed:?}"
    );
}

#[test]
fn who_has_both_averages_keeps_the_target_of_the_national_figures() {
    let policy = with_figures();
    let graded = TargetInputs {
        average_gcse: Some(Start::from_hundredths(610)),
        ..history(&policy)
    };
    let both = TargetInputs {
        average_gcse_eight_point: Some(read("7.5")),
        ..graded
    };
    assert!(propose(&policy, &graded).grade.is_some());
    assert_eq!(propose(&policy, &both), propose(&policy, &graded));
}

#[test]
fn the_nearest_averages_of_other_rows_are_said() {
    let policy = with_figures();
    let inputs = TargetInputs {
        average_gcse_eight_point: Some(read("6.105")),
        ..history(&policy)
    };
    let changes = target_changes(&policy, &inputs).nearest.into_iter();
    let changes: Vec<_> = changes.map(|change| (change.to, change.proposed)).collect();
    let to = |average, label| {
        let known = KnownInput::EightPointAverage(read(average));
        (known, Some(grade("a-level", label)))
    };
    assert_eq!(changes, [to("6.4", "B"), to("5.79", "C")]);
    let lacking = target_changes(&policy, &history(&policy)).lacking;
    let named = lacking
        .iter()
        .find(|one| one.input == TargetInput::EightPointAverage);
    assert!(named.unwrap().always);
}

#[test]
fn what_is_stored_under_one_average_is_never_read_as_the_other() {
    let mut pack = PolicyPack::by_key(GENERAL).unwrap();
    let waiting = Policy::new(pack.clone(), &ScaleSet::shipped()).unwrap();
    pack.targets[PLACE.0].methods.drain(1..3);
    let alone = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    let proposed = |policy: &Policy, measure: Measure| {
        let mut small = Small::default();
        small.pupil(1, "Ahmed", 12);
        small.subject("History");
        let (pupil, subject) = (small.pupils()[0].clone(), small.subjects()[0].clone());
        let key = ColumnKey::lasting(Field::Prior(measure));
        small.write(key, pupil.id, Value::Number(6_100));
        let proposal = proposal(&small.school, policy, YEAR, &subject, &pupil);
        label(&proposal.unwrap()).map(str::to_owned)
    };
    let eight_point = Measure::AverageGcseEightPoint;
    assert_eq!(proposed(&alone, eight_point).as_deref(), Some("B/C"));
    assert_eq!(proposed(&alone, Measure::AverageGcse), None);
    // Without the figures at hand the benchmarks wait, and nothing takes their place.
    assert_eq!(proposed(&waiting, eight_point), None);
}

fn problems(change: impl Fn(&mut Json)) -> Vec<(String, PackProblemKind)> {
    let mut pack = serde_json::to_value(PolicyPack::by_key(GENERAL).unwrap()).unwrap();
    change(&mut pack);
    let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
    let found = pack.problems(&ScaleSet::shipped());
    found.into_iter().map(|one| (one.place, one.kind)).collect()
}

#[test]
fn what_is_wrong_with_the_rows_is_found_at_its_row() {
    let at = |row: usize| format!("tables[0].eight_point_averages[{row}]");
    let rows =
        |rows: Json| problems(|pack| pack["tables"][0]["eight_point_averages"] = rows.clone());
    assert_eq!(
        rows(json!([{"from": 0, "grade": "D"}, {"from": "4.25", "grade": "C"}])),
        []
    );
    assert_eq!(
        rows(json!([{"from": "0.5", "grade": "D"}])),
        [(at(0), PackProblemKind::NotFromLowest)]
    );
    assert_eq!(
        rows(json!([
            {"from": 0, "grade": "D"}, {"from": 5, "grade": "C"},
            {"from": 5, "grade": "B"}, {"from": "4.9", "grade": "A"},
        ])),
        [
            (at(2), PackProblemKind::Overlap),
            (at(3), PackProblemKind::Overlap)
        ]
    );
    assert_eq!(
        rows(json!([{"from": 0, "grade": "D"}, {"from": "8.1", "grade": "A"}])),
        [(at(1), PackProblemKind::BadAverage(read("8.1")))]
    );
    assert_eq!(
        rows(json!([{"from": 0, "grade": "7"}])),
        [(
            at(0),
            PackProblemKind::UnknownGrade {
                scale: "a-level".to_owned(),
                grade: "7".to_owned()
            }
        )]
    );
    let table = "tables[0].eight_point_averages".to_owned();
    assert_eq!(rows(json!([])), [(table, PackProblemKind::Empty)]);
}

#[test]
fn no_other_method_reads_the_table_and_the_method_reads_no_other() {
    let place = format!("targets[{}].methods[{}]", PLACE.0, PLACE.1);
    let wrong = PackProblemKind::WrongTable("meg-eight-point".to_owned());
    let method = |method: Json| {
        problems(|pack| pack["targets"][PLACE.0]["methods"][PLACE.1] = method.clone())
    };
    let score = json!({
        "method": "score_lookup", "table": "meg-eight-point",
        "scores": {"english": "reading", "maths": "maths", "other": "reading"},
    });
    let grade = json!({
        "method": "grade_lookup", "table": "meg-eight-point", "measure": "cat_predicted_gcse",
    });
    assert!(method(score).contains(&(place.clone(), wrong.clone())));
    assert!(method(grade).contains(&(place.clone(), wrong.clone())));
    let scores = problems(|pack| {
        let table = pack["tables"][0].as_object_mut().unwrap();
        table.remove("eight_point_averages");
        table.insert(
            "scores".into(),
            json!([{"from": 80, "to": 120, "grade": "C"}]),
        );
    });
    assert!(scores.contains(&(place, wrong)), "{scores:?}");
}

#[test]
fn a_pack_comes_back_as_it_was_written_with_what_the_program_does_not_know() {
    let mut document = serde_json::to_value(PolicyPack::by_key(GENERAL).unwrap()).unwrap();
    document["tables"][0]["eight_point_averages"][3]["checked"] = json!("2016-09-01");
    let pack = PolicyPack::from_json(&document.to_string()).unwrap();
    let again: Json = serde_json::from_str(&pack.to_json().unwrap()).unwrap();
    let row = &again["tables"][0]["eight_point_averages"][3];
    assert_eq!(
        *row,
        json!({"from": "5.2", "grade": "C", "checked": "2016-09-01"})
    );
    assert_eq!(PolicyPack::from_json(&again.to_string()).unwrap(), pack);
    // Whole numbers and decimals only: a thought-up precision is refused, not rounded.
    document["tables"][0]["eight_point_averages"][3]["from"] = json!(5.2);
    assert!(PolicyPack::from_json(&document.to_string()).is_err());
}

#[test]
fn it_ships_after_the_benchmarks_and_nowhere_else() {
    for pack in PolicyPack::shipped() {
        let reads = pack.tables.iter();
        let reads = reads.filter(|table| matches!(table.rows, TableRows::EightPointAverages(_)));
        let expected = usize::from(pack.key == GENERAL);
        assert_eq!(reads.count(), expected, "{}", pack.key);
    }
    let pack = PolicyPack::by_key(GENERAL).unwrap();
    let methods = &pack.targets[PLACE.0].methods;
    assert!(matches!(
        methods[PLACE.1],
        TargetMethod::EightPointLookup { .. }
    ));
    assert_eq!(methods[PLACE.1 + 1..], [TargetMethod::Teacher]);
}
