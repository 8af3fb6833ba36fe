//! What a few worked cases say of themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod policies;

use flightpath_school::engine::event::{SubjectSetting, evaluate_pupil};
use flightpath_school::engine::status::{Belief, Cell, EventTerms, GradeEntry};
use flightpath_school::engine::targets::{Proposal, ScoreEntry, TargetInputs, propose};
use flightpath_school::engine::triggers::{Firing, explain};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::KeyStage;
use insta::assert_debug_snapshot;
use policies::{grade, policy};

fn proposal(
    pack: &str,
    year_group: i8,
    subject: &str,
    change: impl Fn(&ScaleSet, &mut TargetInputs<'_>),
) -> Proposal {
    let policy = policy(pack);
    let scales = policy.scales();
    let key = policy.pack().scale_for(subject, "uk", year_group).unwrap();
    let mut inputs = TargetInputs {
        year_group,
        subject,
        role: policy.pack().role_of(subject),
        curriculum: "uk",
        scale: scales.get(key).unwrap().id(),
        ks2_reading: ScoreEntry::Missing,
        ks2_maths: ScoreEntry::Missing,
        cat_predicted_gcse: None,
        benchmarks: &[],
        eyfs_outcome: None,
        key_stage_1: None,
        last_year: None,
        average_gcse: None,
        average_gcse_eight_point: None,
        subject_name: "",
    };
    change(scales, &mut inputs);
    propose(&policy, &inputs)
}

/// Reasons without the grade's inner numbers.
fn told(proposal: Proposal) -> (Option<String>, impl std::fmt::Debug) {
    (proposal.grade.map(|grade| grade.label), proposal.reason)
}

#[test]
fn reading_97_and_maths_104_give_history_a_rounded_mean() {
    let history = proposal("banded-secondary", 8, "history", |_, inputs| {
        inputs.ks2_reading = ScoreEntry::Scaled(97);
        inputs.ks2_maths = ScoreEntry::Scaled(104);
    });
    assert_debug_snapshot!(told(history));
}

#[test]
fn one_score_stands_in_for_a_mean_and_says_so() {
    let history = proposal("banded-secondary", 8, "history", |_, inputs| {
        inputs.ks2_reading = ScoreEntry::Code;
        inputs.ks2_maths = ScoreEntry::Scaled(108);
    });
    assert_debug_snapshot!(told(history));
}

#[test]
fn without_scores_the_predicted_grade_is_looked_up() {
    let history = proposal("banded-secondary", 7, "history", |scales, inputs| {
        inputs.cat_predicted_gcse = scales.get("gcse-9-1-fine").unwrap().parse("4+").ok();
    });
    assert_debug_snapshot!(told(history));
}

#[test]
fn year_9_has_boundaries_of_its_own() {
    let maths = proposal("banded-secondary", 9, "maths", |_, inputs| {
        inputs.ks2_maths = ScoreEntry::Scaled(106);
    });
    assert_debug_snapshot!(told(maths));
}

#[test]
fn an_imported_estimate_comes_before_the_predicted_grade() {
    let grade = grade("gcse-9-1-fine", "6-");
    let estimates = [("fft20", grade)];
    let policy = policy("banded-secondary");
    let inputs = TargetInputs {
        year_group: 10,
        subject: "history",
        role: policy.pack().role_of("history"),
        curriculum: "uk",
        scale: grade.scale(),
        ks2_reading: ScoreEntry::Missing,
        ks2_maths: ScoreEntry::Missing,
        cat_predicted_gcse: None,
        benchmarks: &estimates,
        eyfs_outcome: None,
        key_stage_1: None,
        last_year: None,
        average_gcse: None,
        average_gcse_eight_point: None,
        subject_name: "",
    };
    assert_debug_snapshot!(told(propose(&policy, &inputs)));
}

#[test]
fn the_teacher_sets_the_target_where_nothing_else_applies() {
    let maths = proposal("bilingual-secondary", 12, "maths", |_, _| {});
    assert_debug_snapshot!(told(maths));
}

#[test]
fn last_years_grade_and_one_more_is_proposed() {
    let maths = proposal("bilingual-secondary", 9, "maths", |scales, inputs| {
        inputs.last_year = scales.get("gcse-9-1").unwrap().parse("9").ok();
    });
    assert_debug_snapshot!(told(maths));
}

fn firings(rows: &[(&str, &str, Option<&str>, Belief)]) -> Vec<Firing> {
    let policy = policy("bilingual-secondary");
    let scale = policy.scales().get("gcse-9-1").unwrap();
    let subjects = vec![
        SubjectSetting {
            curriculum: policy.curriculum("uk")
        };
        rows.len()
    ];
    let cells: Vec<Cell> = rows
        .iter()
        .enumerate()
        .map(|(place, (_, target, current, belief))| Cell {
            subject: u16::try_from(place).unwrap(),
            target: GradeEntry::Grade(scale.parse(target).unwrap()),
            current: current.map(|label| scale.parse(label).unwrap()).into(),
            belief: *belief,
            ..Cell::default()
        })
        .collect();
    let terms = EventTerms::of(policy.pack(), "october", 8);
    let mut outcomes = Vec::new();
    evaluate_pupil(
        &policy,
        &subjects,
        Some(KeyStage::Ks3),
        terms,
        &cells,
        &mut outcomes,
    );
    explain(&policy, Some(KeyStage::Ks3), &cells, &outcomes)
}

#[test]
fn off_target_by_two_grades_is_one_reason_and_the_floor_another() {
    let fired = firings(&[
        ("maths", "7", Some("5"), Belief::No),
        ("english", "4", Some("3"), Belief::Yes),
        ("history", "6", None, Belief::Missing),
    ]);
    let why: Vec<_> = fired
        .iter()
        .map(|firing| {
            (
                firing.key.as_str(),
                firing.subject,
                firing.truth,
                firing.explanation.decisive(),
            )
        })
        .collect();
    assert_debug_snapshot!(why);
}
