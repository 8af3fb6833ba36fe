//! Every row of `golden/triggers.csv`: the bilingual secondary's rules.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::engine::Truth;
use flightpath_school::engine::event::{SubjectSetting, evaluate_pupil};
use flightpath_school::engine::status::{Belief, Cell, EventTerms, GradeEntry};
use flightpath_school::engine::triggers::{
    TutorPart, explain, key_stage_triggered, told, tutor_part,
};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::{KeyStage, Owner, Policy, PolicyPack, Scope, Told};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Row {
    case: String,
    key_stage: String,
    subject: String,
    curriculum: String,
    scale: String,
    target: Option<String>,
    current: Option<String>,
    teacher_says_on_target: Option<String>,
    subject_trigger: String,
    pupil_off_target_count: u16,
    pupil_below_floor_count: u16,
    key_stage_trigger: String,
    tutor_level: String,
    head_told: String,
}

#[test]
fn every_case_fires_what_it_should() {
    let scales = ScaleSet::shipped();
    let pack = PolicyPack::by_key("bilingual-secondary").unwrap();
    let policy = Policy::new(pack, &scales).unwrap();
    let subjects =
        [policy.curriculum("uk"), policy.curriculum("spanish")].map(|curriculum| SubjectSetting {
            curriculum: Some(curriculum.unwrap()),
        });
    let mut reader = csv::Reader::from_reader(include_str!("golden/triggers.csv").as_bytes());
    let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 38);
    let terms = EventTerms::of(policy.pack(), "october", 7);
    assert!(terms.asks_belief);
    for case in rows.chunk_by(|one, next| one.case == next.case) {
        let first = &case[0];
        let key_stage = match first.key_stage.as_str() {
            "KS3" => KeyStage::Ks3,
            "KS4" => KeyStage::Ks4,
            "KS5" => KeyStage::Ks5,
            other => panic!("{other}"),
        };
        let cells: Vec<Cell> = case
            .iter()
            .map(|row| {
                let scale = match row.scale.as_str() {
                    "GCSE 9-1 fine" => "gcse-9-1-fine",
                    "GCSE 9-1" => "gcse-9-1",
                    "A level" => "a-level",
                    "Spanish 0-10" => "spanish-0-10",
                    other => panic!("{other}"),
                };
                let scale = scales.get(scale).unwrap();
                let entry = |label: &Option<String>| {
                    GradeEntry::from(label.as_deref().map(|label| scale.parse(label).unwrap()))
                };
                Cell {
                    subject: u16::from(row.curriculum == "Spanish"),
                    target: entry(&row.target),
                    current: entry(&row.current),
                    belief: match row.teacher_says_on_target.as_deref() {
                        Some("yes") => Belief::Yes,
                        Some("no") => Belief::No,
                        None => Belief::Missing,
                        other => panic!("{other:?}"),
                    },
                    ..Cell::default()
                }
            })
            .collect();
        let mut outcomes = Vec::new();
        let pupil = evaluate_pupil(
            &policy,
            &subjects,
            Some(key_stage),
            terms,
            &cells,
            &mut outcomes,
        );
        let firings = explain(&policy, Some(key_stage), &cells, &outcomes);
        for (row, outcome) in case.iter().zip(&outcomes) {
            let fired = if !outcome.rules.fired.is_empty() {
                "yes"
            } else if !outcome.rules.undecided.is_empty() {
                "unknown"
            } else {
                "no"
            };
            assert_eq!(fired, row.subject_trigger, "{} {}", row.case, row.subject);
        }
        assert_eq!(
            pupil.off_target.yes, first.pupil_off_target_count,
            "{}",
            first.case
        );
        assert_eq!(
            pupil.below_floor.yes, first.pupil_below_floor_count,
            "{}",
            first.case
        );
        let yes_no = |yes: bool| if yes { "yes" } else { "no" };
        assert_eq!(
            yes_no(key_stage_triggered(&policy, &pupil)),
            first.key_stage_trigger,
            "{}",
            first.case
        );
        let tutor = match tutor_part(&policy, &pupil) {
            TutorPart::None => "none".to_owned(),
            TutorPart::Level(level) => level.to_string(),
            TutorPart::Owner(Owner::Coordinator) => "coordinator".to_owned(),
            TutorPart::Owner(other) => panic!("{other:?}"),
        };
        assert_eq!(tutor, first.tutor_level, "{}", first.case);
        assert_eq!(
            yes_no(told(&policy, &pupil).contains(&Told::Head)),
            first.head_told,
            "{}",
            first.case
        );
        for firing in firings.iter().filter(|firing| firing.truth == Truth::True) {
            assert!(!firing.explanation.decisive().is_empty(), "{firing:?}");
        }
        let explained = firings
            .iter()
            .filter(|firing| firing.scope != Scope::Subject && firing.truth == Truth::True)
            .map(|firing| firing.rule);
        assert!(explained.eq(pupil.rules.fired.iter()), "{}", first.case);
    }
}
