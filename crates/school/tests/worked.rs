//! The worked examples of every policy that ships: each way to a target decides in its own, and each rule fires in one.

#![allow(clippy::unwrap_used, clippy::panic)]

mod policies;
mod shipped;

use flightpath_school::engine::Truth;
use flightpath_school::model::scale::Grade;
use flightpath_school::policy::{EventField, KeyStage, Policy, PolicyPack, Scope, TargetMethod};
use flightpath_school::worked::{
    Cases, MadeUpSubject, answers, at_floors, forecasts, in_one_subject, ladders, target_examples,
    through_the_year,
};
use policies::{grade, policy};

fn with_figures(key: &str) -> Policy {
    policy(key).with_figures(Some(shipped::figures().clone()))
}

fn label(policy: &Policy, chain: usize, method: usize, row: usize) -> String {
    let examples = target_examples(policy);
    let example = examples
        .iter()
        .find(|example| (example.chain, example.method) == (chain, method));
    let proposal = &example.unwrap().rows[row].proposal;
    proposal.grade.as_ref().unwrap().label.clone()
}

#[test]
fn every_way_to_a_target_but_the_teachers_decides_in_its_example() {
    for pack in PolicyPack::shipped() {
        let policy = with_figures(&pack.key);
        let examples = target_examples(&policy);
        for (chain, held) in pack.targets.iter().enumerate() {
            for (method, way) in held.methods.iter().enumerate() {
                let example = examples
                    .iter()
                    .find(|example| (example.chain, example.method) == (chain, method));
                if *way == TargetMethod::Teacher {
                    assert!(example.is_none());
                    continue;
                }
                let example = example
                    .unwrap_or_else(|| panic!("{}: chain {chain}, method {method}", pack.key));
                for row in &example.rows {
                    let reason = &row.proposal.reason;
                    assert_eq!(reason.chain, Some(chain), "{}", pack.key);
                    let decided = reason.decided.as_ref().map(|(place, _)| *place);
                    assert_eq!(decided, Some(method), "{}: {:?}", pack.key, row.known);
                    assert!(row.proposal.grade.is_some());
                }
            }
        }
    }
}

#[test]
fn the_examples_are_those_that_the_policies_are_known_by() {
    let banded = with_figures("banded-secondary");
    let targets = [0, 1, 2, 3].map(|row| label(&banded, 0, 0, row));
    assert_eq!(targets, ["S-", "S+", "S=", "S-"]);
    assert_eq!(label(&banded, 0, 1, 0), "S=", "CAT4 predicts 4+");
    assert_eq!(
        label(&banded, 1, 0, 0),
        "E",
        "Year 9 with 106: a whole band"
    );
    assert_eq!(label(&banded, 1, 1, 0), "E=", "CAT4 predicts 6=");
    let bilingual = with_figures("bilingual-secondary");
    assert_eq!(label(&bilingual, 2, 0, 0), "7", "6 and a grade more");
    assert_eq!(label(&bilingual, 1, 0, 0), "8", "7.5 and half a grade more");
    assert_eq!(label(&bilingual, 0, 0, 0), "A", "Alps");
    let primary = policy("primary");
    let examples = target_examples(&primary);
    assert_eq!(examples[0].rows[0].subject, MadeUpSubject::Writing);
    assert_eq!(label(&primary, 0, 0, 0), "EXS");
}

#[test]
fn without_the_figures_an_example_has_no_target_and_says_why() {
    let examples = target_examples(&policy("banded-secondary"));
    let benchmark = examples
        .iter()
        .find(|example| (example.chain, example.method) == (2, 1));
    assert_eq!(benchmark.unwrap().rows[0].proposal.grade, None);
}

#[test]
fn a_grade_that_is_enough_early_in_the_year_is_not_at_its_end() {
    for pack in PolicyPack::shipped() {
        let policy = policy(&pack.key);
        let cases = through_the_year(&policy).unwrap();
        let on_target: Vec<Truth> = cases
            .cases
            .iter()
            .map(|case| {
                let (_, outcome) = cases.standing.cell(case.pupil.id, cases.taught.id).unwrap();
                outcome.judgement.on_target
            })
            .collect();
        assert_eq!(on_target.last(), Some(&Truth::False), "{}", pack.key);
        let asks = |field| {
            pack.calendar
                .iter()
                .any(|event| event.fields.contains(&field))
        };
        assert_eq!(forecasts(&policy).is_some(), asks(EventField::Predicted));
        assert_eq!(answers(&policy).is_some(), asks(EventField::OnTarget));
    }
}

#[test]
fn a_ladder_climbs_through_every_rule_over_all_subjects_but_those_about_grades() {
    let climbed = |key: &str| -> Vec<(Vec<KeyStage>, Vec<Vec<String>>)> {
        let policy = policy(key);
        let names = |rows: &Vec<Vec<usize>>| {
            let name = |rule: &usize| policy.pack().triggers[*rule].key.clone();
            rows.iter()
                .map(|row| row.iter().map(name).collect())
                .collect()
        };
        ladders(&policy)
            .iter()
            .map(|ladder| (ladder.key_stages.clone(), names(&ladder.rows)))
            .collect()
    };
    let bilingual = climbed("bilingual-secondary");
    assert_eq!(bilingual.len(), 2);
    let (stages, rows) = &bilingual[0];
    assert_eq!(stages, &[KeyStage::Ks3, KeyStage::Ks4]);
    let four = vec!["key-stage-ks3-4", "tutor-coordinator-ks3-4", "head"];
    assert_eq!(
        rows,
        &[
            vec![],
            vec!["tutor-1"],
            vec!["tutor-2-ks3-4"],
            vec!["tutor-2-ks3-4"],
            four.clone(),
            four
        ]
    );
    let banded = climbed("banded-secondary");
    assert_eq!(banded.len(), 1, "the same in both key stages");
    let counts: Vec<usize> = banded[0].1.iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 0, 0, 1, 1, 1]);
    for pack in PolicyPack::shipped() {
        assert!(!climbed(&pack.key).is_empty(), "{}", pack.key);
    }
}

#[test]
fn rules_about_one_subject_are_shown_on_both_sides_of_where_they_begin() {
    let bilingual = policy("bilingual-secondary");
    let all = in_one_subject(&bilingual);
    assert_eq!(all.len(), 2, "9–1 and A levels");
    let labels = |cases: &Cases| -> Vec<String> {
        let label = |grade: Grade| bilingual.scales().label(grade);
        cases
            .cases
            .iter()
            .map(|case| label(case.cell.current.grade().unwrap()))
            .collect()
    };
    assert_eq!(
        all[0].cases[0].cell.target.grade(),
        Some(grade("gcse-9-1", "7"))
    );
    // Off target and two grades below; else below the floor of 4.
    assert_eq!(labels(&all[0]), ["6", "5", "4", "3"]);
    assert_eq!(labels(&all[1]), ["B", "C", "E", "U"]);
    for pack in PolicyPack::shipped() {
        let has = pack
            .triggers
            .iter()
            .any(|rule| rule.scope == Scope::Subject);
        assert_eq!(
            !in_one_subject(&policy(&pack.key)).is_empty(),
            has,
            "{}",
            pack.key
        );
    }
}

#[test]
fn a_floor_lies_between_two_grades() {
    let found: Vec<_> = at_floors(&policy("bilingual-secondary"))
        .into_iter()
        .map(|floor| (floor.floor, floor.below, floor.reached))
        .collect();
    let floor = |place, below: &str, reached: &str| (place, below.to_owned(), reached.to_owned());
    assert_eq!(
        found,
        [floor(0, "3", "4"), floor(1, "U", "E"), floor(2, "4.5", "5")]
    );
    assert!(at_floors(&policy("primary")).is_empty());
}
