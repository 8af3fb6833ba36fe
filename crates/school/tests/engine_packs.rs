//! Policy packs: those that ship are sound, and what is wrong in another is found with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::engine::event::{SubjectSetting, evaluate_pupil};
use flightpath_school::engine::status::{Cell, EventTerms};
use flightpath_school::engine::targets::{
    Proposal, ScoreEntry, TargetInputs, TargetSource, WhyNot, propose,
};
use flightpath_school::engine::triggers::{explain, key_stage_triggered};
use flightpath_school::model::scale::{Scale, ScaleSet};
use flightpath_school::policy::{
    EventField, KeyStage, Owner, PackError, PackProblemKind, Policy, PolicyPack, ScoreMeasure,
};
use serde_json::{Value, json};

fn file(key: &str) -> Value {
    serde_json::to_value(PolicyPack::by_key(key).unwrap()).unwrap()
}

fn problems(pack: &Value) -> Vec<(String, PackProblemKind)> {
    let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
    pack.problems(&ScaleSet::shipped())
        .into_iter()
        .map(|problem| (problem.place, problem.kind))
        .collect()
}

#[test]
fn the_shipped_packs_are_sound() {
    let packs = PolicyPack::shipped();
    let keys: Vec<&str> = packs.iter().map(|pack| pack.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "banded-secondary",
            "bilingual-secondary",
            "general-secondary"
        ]
    );
    for pack in packs {
        assert_eq!(pack.problems(&ScaleSet::shipped()), []);
        assert_eq!(PolicyPack::from_json(&pack.to_json().unwrap()), Ok(pack));
    }
}

#[test]
fn a_scale_of_the_school_needs_no_change_of_the_pack() {
    let mut scales = ScaleSet::shipped();
    scales
        .insert(Scale::made_decimal("G", 0, 20, 0).unwrap())
        .unwrap();
    for pack in PolicyPack::shipped() {
        assert!(Policy::new(pack, &scales).is_ok());
    }
}

#[test]
fn another_format_is_refused_and_unknown_fields_pass() {
    let mut pack = file("banded-secondary");
    pack["colour_of_the_door"] = json!("green");
    pack["triggers"][0]["motto"] = json!(["x"]);
    assert!(PolicyPack::from_json(&pack.to_string()).is_ok());
    pack["format"] = json!(2);
    let error = PolicyPack::from_json(&pack.to_string()).unwrap_err();
    assert_eq!(error, PackError::UnknownFormat { found: 2 });
    assert_eq!(PolicyPack::from_json("{}"), Err(PackError::NotAPack));
    assert_eq!(PolicyPack::from_json("[1]"), Err(PackError::NotAPack));
    let truncated = PolicyPack::from_json("{\"format\": 1,").unwrap_err();
    assert!(matches!(truncated, PackError::Malformed { line: 1, .. }));
}

#[test]
fn contradictions_are_found_where_they_stand() {
    let place = |text: &str| text.to_owned();
    let scale = place("baf");

    let mut pack = file("banded-secondary");
    pack["tables"][0]["scores"][1]["from"] = json!(90);
    pack["tables"][0]["scores"][3]["from"] = json!(103);
    pack["tables"][0]["scores"][6]["grade"] = json!("G=");
    pack["tables"][2]["grades"]["rows"][1]["from"] = json!("3+");
    assert_eq!(
        problems(&pack),
        [
            (place("tables[0].scores[1]"), PackProblemKind::Overlap),
            (place("tables[0].scores[3]"), PackProblemKind::Backwards),
            (place("tables[0].scores[3]"), PackProblemKind::Gap),
            (
                place("tables[0].scores[6]"),
                PackProblemKind::UnknownGrade {
                    scale,
                    grade: place("G=")
                }
            ),
            (place("tables[2].grades.rows[1]"), PackProblemKind::Gap),
        ]
    );

    let mut pack = file("bilingual-secondary");
    pack["scales"][0]["scale"] = json!("vibes");
    pack["triggers"][0]["when"] = json!({"subjects": {"where": "off_target", "at_least": 1}});
    pack["triggers"][1]["when"] = json!("off_target");
    pack["triggers"][4]["when"]["subjects"]["at_most"] = json!(1);
    pack["triggers"][5]["key"] = json!("head");
    pack["triggers"][6]["key_stages"] = json!(["ks1"]);
    pack["status"]["rag"][1]["red_to"] = json!(-1);
    pack["status"]["floors"][2]["curriculum"] = json!("french");
    pack["calendar"][0]["opens"]["day"] = json!(31);
    pack["targets"][0]["methods"][0] = json!({"method": "teacher"});
    let found = problems(&pack);
    for expected in [
        (
            place("scales[0].scale"),
            PackProblemKind::UnknownScale(place("vibes")),
        ),
        (place("triggers[0].when"), PackProblemKind::WrongScope),
        (place("triggers[1].when"), PackProblemKind::WrongScope),
        (place("triggers[4].when"), PackProblemKind::NeverFires),
        (
            place("triggers[8]"),
            PackProblemKind::RepeatedKey(place("head")),
        ),
        (place("triggers[6].key_stages"), PackProblemKind::NeverFires),
        (place("status.rag[1]"), PackProblemKind::Thresholds),
        (
            place("status.floors[2]"),
            PackProblemKind::UnknownCurriculum(place("french")),
        ),
        (place("calendar[0].opens"), PackProblemKind::BadDay),
        (place("targets[0].methods[1]"), PackProblemKind::Unreachable),
    ] {
        assert!(found.contains(&expected), "{expected:?} not in {found:#?}");
    }
    assert_eq!(found.len(), 10);
}

#[test]
fn subjects_have_scales_by_default() {
    let banded = PolicyPack::by_key("banded-secondary").unwrap();
    let bilingual = PolicyPack::by_key("bilingual-secondary").unwrap();
    assert_eq!(banded.scale_for("history", "uk", 8), Some("baf"));
    assert_eq!(banded.scale_for("history", "uk", 10), Some("gcse-9-1-fine"));
    assert_eq!(
        banded.scale_for("combined-science", "uk", 10),
        Some("combined-science")
    );
    assert_eq!(bilingual.scale_for("maths", "uk", 9), Some("gcse-9-1"));
    assert_eq!(
        bilingual.scale_for("lengua", "spanish", 12),
        Some("spanish-0-10")
    );
    assert_eq!(bilingual.scale_for("physics", "uk", 13), Some("a-level"));
}

#[test]
fn an_event_asks_each_year_group_for_its_fields() {
    let pack = PolicyPack::by_key("bilingual-secondary").unwrap();
    let spring = pack.event("spring").unwrap();
    assert!(spring.fields_for(11).contains(&EventField::Comment));
    assert!(!spring.fields_for(10).contains(&EventField::Comment));
    let june = pack.event("june").unwrap();
    assert!(june.fields_for(7).contains(&EventField::Comment));
    assert!(!june.fields_for(13).contains(&EventField::Comment));
}

fn changed(change: impl Fn(&mut Value)) -> Policy {
    let mut pack = file("banded-secondary");
    change(&mut pack);
    let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
    Policy::new(pack, &ScaleSet::shipped()).unwrap()
}

fn history(policy: &Policy, ks2_reading: ScoreEntry, ks2_maths: ScoreEntry) -> Proposal {
    let inputs = TargetInputs {
        year_group: 8,
        subject: "history",
        role: policy.pack().role_of("history"),
        curriculum: "uk",
        scale: policy.scales().get("baf").unwrap().id(),
        ks2_reading,
        ks2_maths,
        cat_predicted_gcse: None,
        benchmarks: &[],
        last_year: None,
        average_gcse: None,
        subject_name: "",
    };
    propose(policy, &inputs)
}

fn label(proposal: &Proposal) -> Option<&str> {
    proposal.grade.as_ref().map(|grade| grade.label.as_str())
}

#[test]
fn the_options_of_a_lookup_are_followed() {
    let scaled = ScoreEntry::Scaled;
    let method = "/targets/0/methods/0";
    let down = changed(|pack| {
        pack.pointer_mut(method).unwrap()["rounding"] = json!("half_down");
    });
    assert_eq!(label(&history(&down, scaled(90), scaled(91))), Some("F="));
    assert_eq!(label(&history(&down, scaled(90), scaled(92))), Some("F+"));

    let strict = changed(|pack| {
        pack.pointer_mut(method).unwrap()["missing_one"] = json!("next_method");
    });
    let proposal = history(&strict, scaled(101), ScoreEntry::Missing);
    assert_eq!(label(&proposal), None);
    assert_eq!(
        proposal.reason.passed_over.first(),
        Some(&(0, WhyNot::NoScore(ScoreMeasure::Maths)))
    );

    let wide = changed(|pack| {
        pack["tables"][0]["scores"][0]["grade"] = json!("F-");
        pack["tables"][0]["scores"][6]["grade"] = json!("E+");
    });
    for (score, limit, row) in [(80, "F=", "F-"), (120, "E=", "E+")] {
        let proposal = history(&wide, scaled(score), scaled(score));
        assert_eq!(label(&proposal), Some(limit));
        let Some((0, TargetSource::Score { row: found, .. })) = &proposal.reason.decided else {
            panic!("{proposal:?}");
        };
        assert_eq!((found.grade.as_str(), found.clamped), (row, true));
    }

    let usual = changed(|_| {});
    let conflict = history(&usual, ScoreEntry::Conflict, scaled(101));
    assert_eq!(label(&conflict), None);
    assert_eq!(
        conflict.reason.passed_over.first(),
        Some(&(0, WhyNot::ScoreInConflict(ScoreMeasure::Reading)))
    );
    let outside = history(&usual, scaled(121), scaled(121));
    assert_eq!(
        outside.reason.passed_over.first(),
        Some(&(0, WhyNot::ScoreInNoRow { score: 121 }))
    );
}

#[test]
fn red_in_three_subjects_is_the_head_of_houses() {
    let policy = changed(|_| {});
    let baf = policy.scales().get("baf").unwrap();
    let subject = SubjectSetting {
        curriculum: policy.curriculum("uk"),
    };
    let judged = |reds: usize| {
        let cells: Vec<Cell> = (0..5)
            .map(|at| Cell {
                target: baf.parse("E=").ok().into(),
                predicted: baf.parse(if at < reds { "S=" } else { "S+" }).ok().into(),
                ..Cell::default()
            })
            .collect();
        let mut outcomes = Vec::new();
        let ks3 = Some(KeyStage::Ks3);
        let terms = EventTerms::default();
        let pupil = evaluate_pupil(&policy, &[subject], ks3, terms, &cells, &mut outcomes);
        let firings = explain(&policy, ks3, &cells, &outcomes);
        let owners: Vec<Owner> = firings.iter().map(|firing| firing.outcome.owner).collect();
        (key_stage_triggered(&policy, &pupil), owners)
    };
    assert_eq!(judged(2), (false, vec![]));
    assert_eq!(judged(3), (true, vec![Owner::HeadOfHouse]));
}

#[test]
fn a_rule_that_is_off_asks_nobody() {
    let policy = changed(|pack| pack["triggers"][0]["on"] = json!(false));
    let baf = policy.scales().get("baf").unwrap();
    let cell = Cell {
        target: baf.parse("E=").ok().into(),
        predicted: baf.parse("F=").ok().into(),
        ..Cell::default()
    };
    let (cells, mut outcomes) = ([cell; 4], Vec::new());
    let ks3 = Some(KeyStage::Ks3);
    let pupil = evaluate_pupil(
        &policy,
        &[],
        ks3,
        EventTerms::default(),
        &cells,
        &mut outcomes,
    );
    assert!(pupil.rules.fired.is_empty());
    assert_eq!(explain(&policy, ks3, &cells, &outcomes), []);
}
