//! Policy packs: those that ship are sound, and what is wrong in another is found with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::engine::event::{SubjectSetting, evaluate_pupil};
use flightpath_school::engine::status::{Cell, EventTerms};
use flightpath_school::engine::targets::{Proposal, ScoreEntry, TargetInputs, WhyNot, propose};
use flightpath_school::engine::triggers::{explain, key_stage_triggered};
use flightpath_school::model::scale::{Scale, ScaleProblem, ScaleSet};
use flightpath_school::policy::{
    EventField, FORMAT, Horizon, KeyStage, Owner, PackError, PackProblemKind, Policy, PolicyPack,
    ScaleDefault, ScoreMeasure, Selector,
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
            "general-secondary",
            "personal-targets-secondary",
            "primary"
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
fn a_later_format_is_refused() {
    let mut pack = file("banded-secondary");
    pack["format"] = json!(3);
    let error = PolicyPack::from_json(&pack.to_string()).unwrap_err();
    assert_eq!(error, PackError::UnknownFormat { found: 3 });
    pack["format"] = json!(0);
    let error = PolicyPack::from_json(&pack.to_string()).unwrap_err();
    assert_eq!(error, PackError::UnknownFormat { found: 0 });
    assert_eq!(PolicyPack::from_json("{}"), Err(PackError::NotAPack));
    assert_eq!(PolicyPack::from_json("[1]"), Err(PackError::NotAPack));
    let truncated = PolicyPack::from_json("{\"format\": 1,").unwrap_err();
    assert!(matches!(truncated, PackError::Malformed { line: 1, .. }));
}

#[test]
fn a_pack_of_the_first_format_is_read_as_it_was_meant() {
    let today = file("banded-secondary");
    let mut first = today.clone();
    first["format"] = json!(1);
    for event in first["calendar"].as_array_mut().unwrap() {
        let event = event.as_object_mut().unwrap();
        let kind = event.remove("kind").unwrap();
        event.insert("name".to_owned(), kind);
    }
    for chain in first["targets"].as_array_mut().unwrap() {
        let Some(mut clamp) = chain.as_object_mut().unwrap().remove("clamp") else {
            continue;
        };
        clamp.as_object_mut().unwrap().remove("scale");
        chain["methods"][0]["clamp"] = clamp.clone();
        chain["methods"][1]["clamp"] = clamp;
    }
    let read = PolicyPack::from_json(&first.to_string()).unwrap();
    assert_eq!(read, PolicyPack::from_json(&today.to_string()).unwrap());
    assert_eq!(read.format, FORMAT);
}

#[test]
fn unknown_fields_are_kept_wherever_the_list_moves_them() {
    let mut pack = file("banded-secondary");
    pack["colour_of_the_door"] = json!("green");
    pack["status"]["mood"] = json!(true);
    pack["calendar"][1]["tea"] = json!({"at": 4});
    pack["targets"][2]["methods"][0]["note"] = json!(7);
    let mut read = PolicyPack::from_json(&pack.to_string()).unwrap();
    assert_eq!(read.problems(&ScaleSet::shipped()), []);
    let written: Value = serde_json::from_str(&read.to_json().unwrap()).unwrap();
    assert_eq!(written, pack);
    // What the program knows is as it was changed; what it does not know has moved along.
    read.calendar.swap(0, 1);
    read.status.floors.clear();
    read.tables.remove(0);
    let written: Value = serde_json::from_str(&read.to_json().unwrap()).unwrap();
    assert_eq!(written["calendar"][0]["key"], json!("spring"));
    assert_eq!(written["calendar"][0]["tea"], json!({"at": 4}));
    assert_eq!(written["calendar"][1].get("tea"), None);
    assert_eq!(written["status"]["mood"], json!(true));
    assert_eq!(written["tables"].as_array().unwrap().len(), 2);
}

#[test]
fn a_blank_pack_says_what_it_still_needs() {
    let mut pack = PolicyPack::blank("own");
    let places = |pack: &PolicyPack| -> Vec<String> {
        let problems = pack.problems(&ScaleSet::shipped());
        problems.into_iter().map(|problem| problem.place).collect()
    };
    assert_eq!(places(&pack), ["years", "calendar", "name", "targets[0]"]);
    pack.name = "Ours".to_owned();
    pack.years = vec![7, 8];
    pack.scales = vec![ScaleDefault {
        when: Selector::default(),
        scale: "gcse-9-1".to_owned(),
    }];
    let banded = PolicyPack::by_key("banded-secondary").unwrap();
    pack.calendar = banded.calendar;
    assert_eq!(places(&pack), Vec::<String>::new());
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
fn a_policy_that_brings_scales_of_its_own_opens_beside_those_that_ship() {
    let mut pack = file("general-secondary");
    // Written before the program had a scale for these subjects.
    pack["own_scales"] = json!([{"key": "own-btec", "name": "BTEC", "kind": "graded", "grades": [
        {"label": "P", "position": "0"}, {"label": "M", "position": "1"}, {"label": "D", "position": "2"}]}]);
    let before =
        |subjects: &[&str], scale: &str| json!({"when": {"subjects": subjects}, "scale": scale});
    let scales = pack["scales"].as_array_mut().unwrap();
    scales.insert(0, before(&["sport"], "own-btec"));
    assert_eq!(problems(&pack), []);

    let scales = pack["scales"].as_array_mut().unwrap();
    for (subject, scale) in [
        ("travel", "btec-level-1-2"),
        ("care", "vocational-level-3"),
        ("tests", "ks2-scaled"),
        ("old-levels", "nc-levels"),
    ] {
        scales.insert(0, before(&[subject], scale));
    }
    assert_eq!(problems(&pack), []);
    let pack = PolicyPack::from_json(&pack.to_string()).unwrap();
    assert_eq!(pack.scale_for("sport", "uk", 10), Some("own-btec"));
    assert_eq!(pack.scale_for("travel", "uk", 10), Some("btec-level-1-2"));
    let policy = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    let own = policy.scales().get("own-btec").unwrap();
    assert_eq!(own.labels().collect::<Vec<_>>(), ["P", "M", "D"]);
}

#[test]
fn what_nothing_reaches_or_compares_is_found_too() {
    let place = |text: &str| text.to_owned();
    let mut pack = file("banded-secondary");
    pack["targets"][0]["when"] = json!({});
    pack["targets"][0]["clamp"]["lowest"] = json!("F+");
    pack["scales"][0]["when"] = json!({});
    pack["calendar"][0]["deadline"] = json!({"month": 11, "day": 1});
    pack["calendar"][0]["home"] = json!({"month": 2, "day": 30});
    pack["triggers"][0]["when"] = json!({"subjects": {"where": "below_floor", "at_least": 3}});
    pack["duties"][0]["event"] = json!("easter");
    pack["measures"][0] = json!("shoe-size");
    pack["own_scales"] = json!([{"key": "baf", "name": "Ours", "kind": "graded",
        "grades": [{"label": "a", "position": "0"}, {"label": "b", "position": "1"}]}]);
    pack["end_of_year"] = json!({"scale": "atl", "low_effort": "Good", "high_effort": "Expected"});
    pack["status"]["flight_path"] = json!("corridor");
    let found = problems(&pack);
    let clamp = PackProblemKind::OutsideClamp {
        grade: place("F="),
        lowest: place("F+"),
        highest: place("E="),
    };
    for expected in [
        (place("targets[1]"), PackProblemKind::Unreachable),
        (place("targets[2]"), PackProblemKind::Unreachable),
        (place("targets[0].methods[0]"), clamp.clone()),
        (place("targets[0].methods[1]"), clamp),
        (place("scales[1]"), PackProblemKind::Unreachable),
        (place("scales[2]"), PackProblemKind::Unreachable),
        (
            place("calendar[0].deadline"),
            PackProblemKind::DeadlineFirst,
        ),
        (place("calendar[0].home"), PackProblemKind::BadDay),
        (place("triggers[0].when"), PackProblemKind::NeverFires),
        (
            place("duties[0]"),
            PackProblemKind::UnknownEvent(place("easter")),
        ),
        (
            place("measures[0]"),
            PackProblemKind::UnknownMeasure(place("shoe-size")),
        ),
        (
            place("own_scales[0]"),
            PackProblemKind::BadScale(ScaleProblem::KeyTaken(place("baf"))),
        ),
        (place("end_of_year"), PackProblemKind::Backwards),
        (place("status.corridor"), PackProblemKind::Empty),
    ] {
        assert!(found.contains(&expected), "{expected:?} not in {found:#?}");
    }
    assert_eq!(found.len(), 14);

    let mut pack = file("banded-secondary");
    pack["scales"] = json!([{"scale": "gcse-9-1-fine"}]);
    pack["tables"][2]["grades"]["scale"] = json!("gcse-9-1");
    pack["tables"][2]["grades"]["rows"] = json!([{"from": "1", "to": "9", "grade": "F="}]);
    let needs = |scale: &str, needed: &str| PackProblemKind::OtherScale {
        scale: place(scale),
        needed: place(needed),
    };
    let found = problems(&pack);
    let fine = "gcse-9-1-fine";
    assert!(found.contains(&(place("targets[0].methods[0]"), needs("baf", fine))));
    assert!(found.contains(&(place("targets[0].methods[1]"), needs("gcse-9-1", fine))));
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

fn last_years<'a>(policy: &Policy, grade: &str) -> TargetInputs<'a> {
    TargetInputs {
        last_year: Some(policy.scales().get("baf").unwrap().parse(grade).unwrap()),
        ..history_of(policy, ScoreEntry::Missing, ScoreEntry::Missing)
    }
}

fn history(policy: &Policy, ks2_reading: ScoreEntry, ks2_maths: ScoreEntry) -> Proposal {
    propose(policy, &history_of(policy, ks2_reading, ks2_maths))
}

fn history_of<'a>(
    policy: &Policy,
    ks2_reading: ScoreEntry,
    ks2_maths: ScoreEntry,
) -> TargetInputs<'a> {
    TargetInputs {
        year_group: 8,
        subject: "history",
        role: policy.pack().role_of("history"),
        curriculum: "uk",
        scale: policy.scales().get("baf").unwrap().id(),
        ks2_reading,
        ks2_maths,
        cat_predicted_gcse: None,
        benchmarks: &[],
        eyfs_outcome: None,
        key_stage_1: None,
        last_year: None,
        average_gcse: None,
        average_gcse_eight_point: None,
        subject_name: "",
    }
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
        pack["targets"][0]["methods"] = json!([{"method": "last_year_uplift", "whole_grades": 1}]);
    });
    for (last_year, found, limit) in [("E-", "E+", "E="), ("E+", "E+", "E=")] {
        let proposal = propose(&wide, &last_years(&wide, last_year));
        assert_eq!(label(&proposal), Some(limit));
        assert_eq!(proposal.reason.limited.as_deref(), Some(found));
    }
    let proposal = propose(&wide, &last_years(&wide, "F-"));
    assert_eq!(
        (label(&proposal), proposal.reason.limited.as_deref()),
        (Some("S-"), None)
    );

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

#[test]
fn a_primary_school_goes_from_entry_to_the_end_of_each_key_stage() {
    let scales = ScaleSet::shipped();
    let policy = Policy::new(PolicyPack::by_key("primary").unwrap(), &scales).unwrap();
    let grade = |scale: &str, label: &str| Some(scales.get(scale).unwrap().parse(label).unwrap());
    let proposed = |year_group, eyfs: Option<&str>, key_stage_1: Option<&str>| {
        let inputs = TargetInputs {
            year_group,
            subject: "writing",
            role: policy.pack().role_of("writing"),
            scale: scales.get("primary-ta").unwrap().id(),
            eyfs_outcome: eyfs.and_then(|label| grade("eyfs-goal", label)),
            key_stage_1: key_stage_1.and_then(|label| grade("primary-ta", label)),
            ..history_of(
                &Policy::new(PolicyPack::by_key("banded-secondary").unwrap(), &scales).unwrap(),
                ScoreEntry::Missing,
                ScoreEntry::Missing,
            )
        };
        label(&propose(&policy, &inputs)).map(str::to_owned)
    };
    assert_eq!(proposed(1, Some("expected"), None).as_deref(), Some("EXS"));
    assert_eq!(proposed(2, Some("emerging"), None).as_deref(), Some("WTS"));
    // From Year 3 on the end of key stage 1 is the start, whatever was known before.
    assert_eq!(proposed(4, Some("expected"), None), None);
    assert_eq!(proposed(4, None, Some("PK5")).as_deref(), Some("WTS"));
    assert_eq!(proposed(6, None, Some("GDS")).as_deref(), Some("GDS"));
    assert_eq!(proposed(6, None, None), None);
    let pack = policy.pack();
    let horizon = |year| pack.chain_for("writing", "uk", year).unwrap().horizon;
    assert_eq!(horizon(0), Horizon::EndOfKeyStage);
    assert_eq!(KeyStage::of_year(0), Some(KeyStage::Eyfs));
    assert_eq!(pack.event("on-entry").unwrap().fields_for(1), []);
}
