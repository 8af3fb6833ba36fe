//! Targets from open national figures: which pupils get one, and what it says of itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod policies;
mod shipped;

use flightpath_school::engine::targets::{
    Proposal, ScoreEntry, StartUsed, TargetInputs, TargetSource, WhyNot, propose, propose_grade,
};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::national::{NoBenchmark, Start};
use flightpath_school::policy::{PackProblemKind, Policy, PolicyPack, ScoreMeasure};
use insta::assert_debug_snapshot;
use policies::grade;
use serde_json::json;

fn policy(key: &str) -> Policy {
    policies::policy(key).with_figures(Some(shipped::figures().clone()))
}

/// A pupil in the UK curriculum about whom nothing is known.
fn unknown<'a>(policy: &Policy, year_group: i8, key: &'a str, name: &'a str) -> TargetInputs<'a> {
    let scale = policy.pack().scale_for(key, "uk", year_group).unwrap();
    TargetInputs {
        year_group,
        subject: key,
        subject_name: name,
        role: policy.pack().role_of(key),
        curriculum: "uk",
        scale: policy.scales().get(scale).unwrap().id(),
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

fn proposed(policy: &Policy, inputs: &TargetInputs<'_>) -> (Option<String>, Proposal) {
    let proposal = propose(policy, inputs);
    let grade = proposal.grade.as_ref();
    assert_eq!(
        propose_grade(policy, inputs),
        grade.map(|grade| grade.grade)
    );
    (grade.map(|grade| grade.label.clone()), proposal)
}

#[test]
fn an_a_level_target_comes_from_the_schools_at_the_top_where_no_estimate_was_bought() {
    let policy = policy("bilingual-secondary");
    let with_average = TargetInputs {
        average_gcse: Some(Start::from_hundredths(610)),
        average_gcse_eight_point: None,
        ..unknown(&policy, 12, "maths", "Maths")
    };
    let (label, proposal) = proposed(&policy, &with_average);
    assert_debug_snapshot!((label, proposal.reason));
    // A bought estimate comes first.
    let alps = [("alps", grade("a-level", "A"))];
    let bought = TargetInputs {
        benchmarks: &alps,
        eyfs_outcome: None,
        key_stage_1: None,
        ..with_average
    };
    let (label, proposal) = proposed(&policy, &bought);
    assert_eq!(label.as_deref(), Some("A"));
    assert_eq!(proposal.reason.passed_over, []);
}

#[test]
fn an_as_level_has_no_schools_and_takes_the_pupils_at_the_top() {
    let pack = PolicyPack::by_key("bilingual-secondary").unwrap();
    let mut pack = serde_json::to_value(pack).unwrap();
    pack["scales"]
        .as_array_mut()
        .unwrap()
        .insert(0, json!({ "when": { "years": [12] }, "scale": "as-level" }));
    let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
    let policy = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    let policy = policy.with_figures(Some(shipped::figures().clone()));
    let inputs = TargetInputs {
        average_gcse: Some(Start::from_hundredths(700)),
        average_gcse_eight_point: None,
        ..unknown(&policy, 12, "maths", "Maths")
    };
    let (label, proposal) = proposed(&policy, &inputs);
    assert_debug_snapshot!((label, proposal.reason));
}

#[test]
fn a_gcse_target_is_a_fine_grade_of_the_schools_at_the_top() {
    let policy = policy("banded-secondary");
    let inputs = TargetInputs {
        ks2_reading: ScoreEntry::Scaled(104),
        ks2_maths: ScoreEntry::Scaled(105),
        ..unknown(&policy, 10, "history", "History")
    };
    let (label, proposal) = proposed(&policy, &inputs);
    assert_debug_snapshot!((label, proposal.reason));
    // Half a point more never takes a grade away.
    let mut lower = None;
    for (reading, maths) in (80..=120).flat_map(|score| [(score, score), (score, score + 1)]) {
        let more = TargetInputs {
            ks2_reading: ScoreEntry::Scaled(reading),
            ks2_maths: ScoreEntry::Scaled(maths.min(120)),
            ..inputs
        };
        let grade = propose_grade(&policy, &more).unwrap().lowest();
        assert!(
            lower.is_none_or(|lower| grade >= lower),
            "{reading} {maths}"
        );
        lower = Some(grade);
    }
}

#[test]
fn who_has_no_start_or_no_figures_goes_on_to_the_next_method() {
    let banded = policy("banded-secondary");
    let why = |policy: &Policy, inputs: &TargetInputs<'_>| {
        let passed = propose(policy, inputs).reason.passed_over;
        passed.into_iter().find(|(place, _)| *place == 1).unwrap().1
    };
    let mut inputs = unknown(&banded, 10, "history", "History");
    inputs.cat_predicted_gcse = Some(grade("gcse-9-1-fine", "5="));
    assert_eq!(
        why(&banded, &inputs),
        WhyNot::NoScore(ScoreMeasure::Reading)
    );
    assert_eq!(proposed(&banded, &inputs).0.as_deref(), Some("5="));
    inputs.ks2_reading = ScoreEntry::Scaled(100);
    assert_eq!(why(&banded, &inputs), WhyNot::NoScore(ScoreMeasure::Maths));
    inputs.ks2_maths = ScoreEntry::Conflict;
    assert_eq!(
        why(&banded, &inputs),
        WhyNot::ScoreInConflict(ScoreMeasure::Maths)
    );
    inputs.ks2_maths = ScoreEntry::Scaled(100);
    inputs.subject_name = "Basket weaving";
    assert_eq!(
        why(&banded, &inputs),
        WhyNot::NoBenchmark(NoBenchmark::UnknownSubject)
    );
    inputs.subject_name = "History";
    let bare = banded.clone().with_figures(None);
    assert_eq!(why(&bare, &inputs), WhyNot::FiguresNotHere);
    // Better no target than one that changes when the figures come.
    assert_eq!(proposed(&bare, &inputs).0, None);
    let bilingual = policy("bilingual-secondary");
    let sixth_form = unknown(&bilingual, 12, "maths", "Maths");
    assert_eq!(why(&bilingual, &sixth_form), WhyNot::NoAverageGcse);
    // Too few pupils with so low a start took the subject.
    let rare = TargetInputs {
        ks2_reading: ScoreEntry::Scaled(82),
        ks2_maths: ScoreEntry::Scaled(82),
        subject_name: "Ancient History",
        ..inputs
    };
    let too_few = WhyNot::NoBenchmark(NoBenchmark::TooFew { results: 14 });
    assert_eq!(why(&banded, &rare), too_few);
}

#[test]
fn shares_that_the_figures_do_not_know_are_refused() {
    for (method, percent, sound) in [
        ("pupil_benchmark", 0, false),
        ("pupil_benchmark", 1, true),
        ("pupil_benchmark", 99, true),
        ("pupil_benchmark", 100, false),
        ("school_benchmark", 20, true),
        ("school_benchmark", 30, false),
    ] {
        let pack = PolicyPack::by_key("banded-secondary").unwrap();
        let mut pack = serde_json::to_value(pack).unwrap();
        pack["targets"][2]["methods"][1] = json!({ "method": method, "percent": percent });
        let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
        let problems = pack.problems(&ScaleSet::shipped());
        let found: Vec<_> = problems
            .into_iter()
            .map(|one| (one.place, one.kind))
            .collect();
        let refused = (
            "targets[2].methods[1]".to_owned(),
            PackProblemKind::BadPercent(percent),
        );
        assert_eq!(
            found,
            if sound { vec![] } else { vec![refused] },
            "{method} {percent}"
        );
    }
}

/// The distribution stands beside the target: all of it, with what was counted.
#[test]
fn a_pupil_benchmark_shows_the_whole_distribution() {
    let pack = PolicyPack::by_key("banded-secondary").unwrap();
    let mut pack = serde_json::to_value(pack).unwrap();
    pack["targets"][2]["methods"][1] = json!({ "method": "pupil_benchmark", "percent": 25 });
    let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
    let policy = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    let policy = policy.with_figures(Some(shipped::figures().clone()));
    let inputs = TargetInputs {
        ks2_reading: ScoreEntry::Scaled(104),
        ks2_maths: ScoreEntry::Scaled(105),
        ..unknown(&policy, 10, "maths", "Maths")
    };
    let (label, proposal) = proposed(&policy, &inputs);
    let Some((
        1,
        TargetSource::Pupils {
            percent: 25,
            start,
            chances,
            place,
        },
    )) = proposal.reason.decided
    else {
        panic!("{:?}", proposal.reason);
    };
    assert_eq!(
        start,
        StartUsed::Ks2 {
            reading: 104,
            maths: 105
        }
    );
    // On the fine scale a whole grade is its middle.
    assert_eq!(label, Some(format!("{}=", chances.grades[place].0)));
    assert!(u64::from(chances.reaching(place)) * 100 >= 25 * u64::from(chances.results()));
    assert!(u64::from(chances.reaching(place + 1)) * 100 < 25 * u64::from(chances.results()));
    assert_eq!(chances.source.year, 2024);
}
