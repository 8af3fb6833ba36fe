//! What alone would have changed a few worked answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod policies;
mod shipped;

use flightpath_school::engine::Truth;
use flightpath_school::engine::event::SubjectSetting;
use flightpath_school::engine::status::{Belief, Cell, EventTerms, GradeEntry, Setting};
use flightpath_school::engine::targets::{ScoreEntry, TargetInputs};
use flightpath_school::engine::what_if::{
    CellChange, CellValue, KnownInput, LackingInput, PupilInputs, RuleChange, TargetChanges,
    TargetInput, Turn, judgement_changes, rule_changes, target_changes,
};
use flightpath_school::model::scale::{Grade, ScaleSet};
use flightpath_school::national::Start;
use flightpath_school::policy::{GradeMeasure, KeyStage, Policy, Rag};
use policies::grade;

fn with_figures(key: &str) -> Policy {
    policies::policy(key).with_figures(Some(shipped::figures().clone()))
}

fn of_target(
    policy: &Policy,
    year_group: i8,
    (key, name): (&str, &str),
    change: impl Fn(&ScaleSet, &mut TargetInputs<'_>),
) -> TargetChanges {
    let scale = policy.pack().scale_for(key, "uk", year_group).unwrap();
    let mut inputs = TargetInputs {
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
    };
    change(policy.scales(), &mut inputs);
    target_changes(policy, &inputs)
}

/// Each nearest change as the new value and the label of what would be proposed.
fn nearest(policy: &Policy, changes: &TargetChanges) -> Vec<(KnownInput, Option<String>)> {
    let label = |grade| policy.scales().label(grade);
    let nearest = changes.nearest.iter();
    nearest
        .map(|change| (change.to.clone(), change.proposed.map(label)))
        .collect()
}

fn some(label: &str) -> Option<String> {
    Some(label.to_owned())
}

#[test]
fn a_reading_score_of_96_instead_of_95_would_give_s_minus() {
    let policy = policies::policy("banded-secondary");
    let english = of_target(&policy, 7, ("english", "English"), |_, inputs| {
        inputs.ks2_reading = ScoreEntry::Scaled(95);
        inputs.ks2_maths = ScoreEntry::Scaled(104);
    });
    assert_eq!(english.nearest[0].from, KnownInput::Ks2Reading(95));
    // Maths has no part in the target for English.
    assert_eq!(
        nearest(&policy, &english),
        [
            (KnownInput::Ks2Reading(96), some("S-")),
            (KnownInput::Ks2Reading(90), some("F=")),
        ]
    );
    assert_eq!(english.lacking, []);
}

#[test]
fn either_score_of_a_mean_can_change_it() {
    let policy = policies::policy("banded-secondary");
    // 97 and 104 have the mean 100.5, which is looked up as 101: S=, the lowest of its row.
    let history = of_target(&policy, 7, ("history", "History"), |_, inputs| {
        inputs.ks2_reading = ScoreEntry::Scaled(97);
        inputs.ks2_maths = ScoreEntry::Scaled(104);
    });
    assert_eq!(
        nearest(&policy, &history),
        [
            (KnownInput::Ks2Reading(101), some("S+")),
            (KnownInput::Ks2Reading(96), some("S-")),
            (KnownInput::Ks2Maths(108), some("S+")),
            (KnownInput::Ks2Maths(103), some("S-")),
        ]
    );
}

#[test]
fn the_ends_of_the_measure_are_not_left() {
    let policy = policies::policy("banded-secondary");
    let ends = |score| {
        let english = of_target(&policy, 7, ("english", "English"), |_, inputs| {
            inputs.ks2_reading = ScoreEntry::Scaled(score);
        });
        nearest(&policy, &english)
    };
    assert_eq!(ends(120), [(KnownInput::Ks2Reading(109), some("E-"))]);
    assert_eq!(ends(80), [(KnownInput::Ks2Reading(91), some("F+"))]);
    // A score that no test gives is brought back into the range, and no further.
    assert_eq!(ends(0), [(KnownInput::Ks2Reading(80), some("F="))]);
    assert_eq!(ends(u8::MAX), [(KnownInput::Ks2Reading(120), some("E="))]);
}

#[test]
fn a_predicted_grade_can_lead_to_another_target_or_to_none() {
    let policy = policies::policy("banded-secondary");
    let cat = |label| grade("gcse-9-1-fine", label);
    let of = |label| {
        let history = of_target(&policy, 7, ("history", "History"), |_, inputs| {
            inputs.cat_predicted_gcse = Some(cat(label));
        });
        nearest(&policy, &history)
    };
    let known = |label| KnownInput::Grade(GradeMeasure::CatPredictedGcse, cat(label));
    assert_eq!(
        of("4+"),
        [(known("5="), some("S+")), (known("4="), some("S-"))]
    );
    assert_eq!(of("1-"), [(known("3="), some("F+")), (known("U"), None)]);
    // U lies in no row: nothing is proposed, and the next grade would give something.
    assert_eq!(of("U"), [(known("1-"), some("F="))]);
}

#[test]
fn where_nothing_is_proposed_the_missing_input_is_named() {
    let policy = policies::policy("banded-secondary");
    let lacking = |changes: TargetChanges| changes.lacking;
    let one = |input, always| LackingInput { input, always };
    let cat = TargetInput::Grade(GradeMeasure::CatPredictedGcse);
    let english = of_target(&policy, 7, ("english", "English"), |_, inputs| {
        inputs.ks2_reading = ScoreEntry::Code;
    });
    assert_eq!(english.nearest, []);
    // A predicted U would give none.
    assert_eq!(
        lacking(english),
        [one(TargetInput::Ks2Reading, true), one(cat.clone(), false)]
    );
    let history = of_target(&policy, 7, ("history", "History"), |_, _| {});
    assert_eq!(
        lacking(history),
        [
            one(TargetInput::Ks2Reading, true),
            one(TargetInput::Ks2Maths, true),
            one(cat.clone(), false)
        ]
    );
    // A national benchmark starts from both scores: either alone gives nothing while the other is
    // missing, but with one of them the other does.
    let policy = with_figures("banded-secondary");
    let fft = TargetInput::Grade(GradeMeasure::Benchmark("fft20".to_owned()));
    let none = of_target(&policy, 10, ("history", "History"), |_, _| {});
    assert_eq!(
        lacking(none),
        [one(fft.clone(), true), one(cat.clone(), true)]
    );
    let reading = of_target(&policy, 10, ("history", "History"), |_, inputs| {
        inputs.ks2_reading = ScoreEntry::Scaled(100);
    });
    assert_eq!(
        lacking(reading),
        [
            one(fft.clone(), true),
            one(TargetInput::Ks2Maths, true),
            one(cat, true)
        ]
    );
    // What CAT4 predicts is on no scale of Combined Science.
    let science = of_target(
        &policy,
        10,
        ("combined-science", "Combined Science"),
        |_, _| {},
    );
    assert_eq!(lacking(science), [one(fft, true)]);
    // Nothing but the teacher is left where the chain asks for no more.
    let policy = policies::policy("bilingual-secondary");
    let last_year = of_target(&policy, 9, ("maths", "Maths"), |_, _| {});
    assert_eq!(lacking(last_year), [one(TargetInput::LastYear, true)]);
}

#[test]
fn last_years_grade_and_one_more_stops_at_the_best_grade() {
    let policy = policies::policy("bilingual-secondary");
    let maths = |label| {
        let maths = of_target(&policy, 9, ("maths", "Maths"), |_, inputs| {
            inputs.last_year = Some(grade("gcse-9-1", label));
        });
        nearest(&policy, &maths)
    };
    let known = |label| KnownInput::LastYear(grade("gcse-9-1", label));
    assert_eq!(maths("9"), [(known("7"), some("8"))]);
    assert_eq!(
        maths("5"),
        [(known("6"), some("7")), (known("4"), some("5"))]
    );
}

#[test]
fn one_estimate_is_one_input_whichever_source_is_asked_for() {
    let policy = policies::policy("banded-secondary");
    let estimate = grade("gcse-9-1-fine", "6-");
    let history = of_target(&policy, 10, ("history", "History"), |_, inputs| {
        inputs.benchmarks = Box::leak(Box::new([("alps", estimate), ("fft20", estimate)]));
    });
    let known = |label| {
        let source = GradeMeasure::Benchmark("fft20".to_owned());
        KnownInput::Grade(source, grade("gcse-9-1-fine", label))
    };
    assert_eq!(
        nearest(&policy, &history),
        [(known("6="), some("6=")), (known("5+"), some("5+"))]
    );
}

#[test]
fn an_average_of_gcse_points_is_tried_in_hundredths() {
    let policy = with_figures("bilingual-secondary");
    let maths = of_target(&policy, 12, ("maths", "Maths"), |_, inputs| {
        inputs.average_gcse = Some(Start::from_hundredths(610));
    });
    let [above, below] = maths.nearest.as_slice() else {
        panic!("{maths:?}");
    };
    let hundredths = |known: &KnownInput| match known {
        KnownInput::AverageGcse(start) => start.ten_thousandths() / 100,
        other => panic!("{other:?}"),
    };
    assert!((611..=900).contains(&hundredths(&above.to)));
    assert!((0..610).contains(&hundredths(&below.to)));
    assert!(above.proposed.unwrap().lowest() > below.proposed.unwrap().lowest());
}

fn terms(allowance: &str, asks_belief: bool) -> EventTerms {
    EventTerms {
        allowance: allowance.parse().unwrap(),
        asks_belief,
        event: None,
    }
}

type Statuses = Vec<(CellValue, Truth)>;
type Colours = Vec<(CellValue, Option<Rag>)>;

/// Each change with the status, and each with the colour, that it would give.
fn judged(policy: &Policy, terms: EventTerms, cell: &Cell) -> (Statuses, Colours) {
    let changes = judgement_changes(policy, terms, Setting::default(), cell);
    let status = |change: &CellChange| (change.to, change.judgement.on_target);
    let colour = |change: &CellChange| (change.to, change.judgement.rag.colour());
    (
        changes.on_target.iter().map(status).collect(),
        changes.colour.iter().map(colour).collect(),
    )
}

#[test]
fn one_fine_step_more_would_reach_the_target() {
    let policy = policies::policy("banded-secondary");
    let baf = |label| grade("baf", label);
    let cell = Cell {
        target: GradeEntry::Grade(baf("S=")),
        predicted: GradeEntry::Grade(baf("S-")),
        // Stands back behind the prediction.
        current: GradeEntry::Grade(baf("F+")),
        ..Cell::default()
    };
    let (on_target, colour) = judged(&policy, terms("1", false), &cell);
    assert_eq!(
        on_target,
        [
            (CellValue::Predicted(baf("S=")), Truth::True),
            (CellValue::Target(baf("S-")), Truth::True),
        ]
    );
    assert_eq!(
        colour,
        [
            (CellValue::Predicted(baf("S=")), Some(Rag::White)),
            (CellValue::Predicted(baf("F=")), Some(Rag::Red)),
            (CellValue::Target(baf("E-")), Some(Rag::Red)),
            (CellValue::Target(baf("S-")), Some(Rag::White)),
        ]
    );
}

#[test]
fn the_teachers_answer_decides_where_the_event_asks_for_it() {
    let policy = policies::policy("bilingual-secondary");
    let gcse = |label| grade("gcse-9-1", label);
    let cell = Cell {
        target: GradeEntry::Grade(gcse("6")),
        current: GradeEntry::Grade(gcse("5")),
        belief: Belief::No,
        ..Cell::default()
    };
    let (on_target, _) = judged(&policy, terms("2", true), &cell);
    assert_eq!(on_target, [(CellValue::Answer(true), Truth::True)]);
    // Without an answer the grades decide, and an answer could still say otherwise.
    let unanswered = Cell {
        belief: Belief::Missing,
        ..cell
    };
    let (on_target, _) = judged(&policy, terms("2", true), &unanswered);
    assert_eq!(
        on_target,
        [
            (CellValue::Answer(false), Truth::False),
            (CellValue::Current(gcse("3")), Truth::False),
            (CellValue::Target(gcse("8")), Truth::False),
        ]
    );
}

#[test]
fn a_decimal_scale_is_tried_in_tenths() {
    let policy = policies::policy("bilingual-secondary");
    let mark = |label| grade("spanish-0-10", label);
    let cell = Cell {
        target: GradeEntry::Grade(mark("7")),
        current: GradeEntry::Grade(mark("6.25")),
        ..Cell::default()
    };
    let (on_target, colour) = judged(&policy, terms("0", false), &cell);
    assert_eq!(
        on_target,
        [
            (CellValue::Current(mark("7")), Truth::True),
            (CellValue::Target(mark("6.2")), Truth::True),
        ]
    );
    assert_eq!(
        colour[0],
        (CellValue::Current(mark("6.6")), Some(Rag::White))
    );
    assert_eq!(colour[1], (CellValue::Current(mark("5.5")), Some(Rag::Red)));
}

#[test]
fn a_grade_that_is_lacking_is_looked_for_from_the_target_outwards() {
    let policy = policies::policy("banded-secondary");
    let baf = |label| grade("baf", label);
    let cell = Cell {
        target: GradeEntry::Grade(baf("S=")),
        ..Cell::default()
    };
    let (on_target, _) = judged(&policy, terms("0", false), &cell);
    assert_eq!(
        on_target,
        [
            (CellValue::Current(baf("S=")), Truth::True),
            (CellValue::Current(baf("S-")), Truth::False),
        ]
    );
    // The allowance is counted: the first grade that is not enough lies under it.
    let (on_target, colour) = judged(&policy, terms("1", false), &cell);
    assert_eq!(
        on_target,
        [
            (CellValue::Current(baf("S=")), Truth::True),
            (CellValue::Current(baf("F-")), Truth::False),
        ]
    );
    assert_eq!(
        colour,
        [
            (CellValue::Current(baf("S=")), Some(Rag::Green)),
            (CellValue::Current(baf("F=")), Some(Rag::White)),
            (CellValue::Current(baf("F-")), Some(Rag::Amber)),
        ]
    );
    let no_target = Cell {
        current: GradeEntry::Grade(baf("S=")),
        ..Cell::default()
    };
    let (on_target, _) = judged(&policy, terms("0", false), &no_target);
    assert_eq!(
        on_target,
        [
            (CellValue::Target(baf("S=")), Truth::True),
            (CellValue::Target(baf("S+")), Truth::False),
        ]
    );
    let nothing = judged(&policy, terms("0", false), &Cell::default());
    assert_eq!(nothing, (Vec::new(), Vec::new()));
}

/// Subjects of the bilingual secondary in October, by target, current grade and answer.
fn of_rule(key: &str, subject: Option<u16>, rows: &[(&str, &str, Belief)]) -> Vec<RuleChange> {
    let policy = policies::policy("bilingual-secondary");
    let subjects = vec![
        SubjectSetting {
            curriculum: policy.curriculum("uk")
        };
        rows.len()
    ];
    let cells: Vec<Cell> = (0..)
        .zip(rows)
        .map(|(subject, (target, current, belief))| Cell {
            subject,
            target: GradeEntry::Grade(grade("gcse-9-1", target)),
            current: GradeEntry::Grade(grade("gcse-9-1", current)),
            belief: *belief,
            ..Cell::default()
        })
        .collect();
    let pupil = PupilInputs {
        subjects: &subjects,
        key_stage: Some(KeyStage::Ks3),
        terms: EventTerms::of(policy.pack(), "october", 8),
        cells: &cells,
    };
    rule_changes(&policy, &pupil, number(&policy, key), subject)
}

fn number(policy: &Policy, key: &str) -> u8 {
    let mut triggers = policy.pack().triggers.iter();
    let place = triggers.position(|rule| rule.key == key).unwrap();
    u8::try_from(place).unwrap()
}

/// Subject, what of it turns, how the rule comes out, and what fires instead.
fn turned(changes: &[RuleChange]) -> Vec<(u16, Turn, Truth, Vec<u8>)> {
    let told = |change: &RuleChange| {
        let RuleChange {
            subject,
            turn,
            truth,
            instead,
            ..
        } = change.clone();
        (subject, turn, truth, instead)
    };
    changes.iter().map(told).collect()
}

const OFF: (&str, &str, Belief) = ("7", "6", Belief::No);
const ON: (&str, &str, Belief) = ("7", "6", Belief::Yes);

#[test]
fn any_one_of_four_subjects_on_target_would_take_the_pupil_from_the_key_stage() {
    let off = of_rule("key-stage-ks3-4", None, &[OFF, ON, OFF, OFF, OFF]);
    let on_target = Turn::OnTarget(true);
    assert_eq!(
        turned(&off),
        [0, 2, 3, 4].map(|subject| (subject, on_target, Truth::False, Vec::new()))
    );
    assert!(
        off.iter()
            .all(|one| one.change.to == CellValue::Answer(true))
    );
    // With five of them no single subject would.
    assert_eq!(of_rule("key-stage-ks3-4", None, &[OFF; 5]), []);
    // With three of them the rule does not fire; a fourth would make it.
    let three = of_rule("key-stage-ks3-4", None, &[OFF, ON, OFF, OFF]);
    assert_eq!(
        turned(&three),
        [(1, Turn::OnTarget(false), Truth::True, Vec::new())]
    );
}

#[test]
fn a_rule_that_would_not_fire_may_make_room_for_another() {
    let policy = policies::policy("bilingual-secondary");
    let two = of_rule("tutor-2-ks3-4", None, &[OFF, OFF, ON]);
    let level_1 = number(&policy, "tutor-1");
    assert_eq!(
        turned(&two),
        [0, 1].map(|subject| (subject, Turn::OnTarget(true), Truth::False, vec![level_1]))
    );
    // From three one way down stays with the tutor; one way up does not.
    let coordinator = number(&policy, "tutor-coordinator-ks3-4");
    let three = of_rule("tutor-2-ks3-4", None, &[OFF, OFF, ON, OFF]);
    assert_eq!(
        turned(&three),
        [(2, Turn::OnTarget(false), Truth::False, vec![coordinator])]
    );
}

#[test]
fn what_turns_a_rule_is_what_the_rule_counts() {
    let low = ("5", "3", Belief::Yes);
    // Below the floor in three, on target in all: a 4 would do.
    let floor = of_rule("key-stage-ks3-4", None, &[low, low, low]);
    assert_eq!(
        turned(&floor),
        [0, 1, 2].map(|subject| (subject, Turn::BelowFloor(false), Truth::False, Vec::new()))
    );
    let to: Vec<CellValue> = floor.iter().map(|one| one.change.to).collect();
    assert_eq!(to, [CellValue::Current(grade("gcse-9-1", "4")); 3]);
}

#[test]
fn a_rule_of_one_subject_is_told_by_its_own_values() {
    let far = ("7", "5", Belief::No);
    let subject = of_rule("subject", Some(1), &[OFF, far]);
    let found: Vec<(u16, CellValue, Turn)> = subject
        .iter()
        .map(|one| (one.subject, one.change.to, one.turn))
        .collect();
    assert_eq!(
        found,
        [
            (1, CellValue::Answer(true), Turn::OnTarget(true)),
            (1, CellValue::Current(grade("gcse-9-1", "6")), Turn::Grade),
        ]
    );
    // Another key stage is not asked, and there is no rule of such a number.
    assert_eq!(of_rule("key-stage-ks5", None, &[OFF, OFF]), []);
    let policy = policies::policy("bilingual-secondary");
    let nobody = PupilInputs {
        subjects: &[],
        key_stage: Some(KeyStage::Ks3),
        terms: EventTerms::default(),
        cells: &[Cell::default()],
    };
    assert_eq!(rule_changes(&policy, &nobody, u8::MAX, None), []);
}

#[test]
fn a_rule_that_cannot_be_told_yet_names_the_subject_that_would_tell() {
    let policy = policies::policy("banded-secondary");
    let baf = |label| GradeEntry::Grade(grade("baf", label));
    let red = Cell {
        target: baf("E="),
        predicted: baf("S="),
        ..Cell::default()
    };
    let open = Cell {
        subject: 2,
        target: baf("S="),
        ..Cell::default()
    };
    let cells = [red, Cell { subject: 1, ..red }, open];
    let pupil = PupilInputs {
        subjects: &[SubjectSetting::default(); 3],
        key_stage: Some(KeyStage::Ks3),
        terms: terms("0", false),
        cells: &cells,
    };
    let changes = rule_changes(&policy, &pupil, 0, None);
    let told: Vec<(u16, CellValue, Turn, Truth)> = changes
        .iter()
        .map(|one| (one.subject, one.change.to, one.turn, one.truth))
        .collect();
    let current = |label| CellValue::Current(grade("baf", label));
    let colour = Turn::Colour;
    // Red already in two: the two may cease to be, which tells that the rule does not fire; and
    // the third may be red or not.
    let white = (2, current("S="), colour(Rag::White), Truth::False);
    assert!(told.contains(&white), "{told:?}");
    let red = (2, current("F="), colour(Rag::Red), Truth::True);
    assert!(told.contains(&red), "{told:?}");
    let better = CellValue::Predicted(grade("baf", "S+"));
    assert!(
        told.contains(&(0, better, colour(Rag::Amber), Truth::False)),
        "{told:?}"
    );
    // Where a target waits for a choice it is looked for as well.
    let conflict = Cell {
        subject: 2,
        target: GradeEntry::Conflict,
        predicted: baf("S="),
        ..Cell::default()
    };
    let cells = [cells[0], cells[1], conflict];
    let changes = rule_changes(
        &policy,
        &PupilInputs {
            cells: &cells,
            ..pupil
        },
        0,
        None,
    );
    let third: Vec<&RuleChange> = changes.iter().filter(|one| one.subject == 2).collect();
    assert!(third.iter().any(|one| one.truth == Truth::True));
    assert!(
        third
            .iter()
            .all(|one| matches!(one.change.to, CellValue::Target(_)))
    );
}

#[test]
fn steps_of_a_scale_begin_beside_the_grade() {
    let scales = ScaleSet::shipped();
    let labels = |scale: &str, grades: &mut dyn Iterator<Item = Grade>| -> Vec<String> {
        let scale = scales.get(scale).unwrap();
        grades.map(|grade| scale.label(grade)).collect()
    };
    let baf = scales.get("baf").unwrap();
    let of = |label| baf.parse(label).unwrap();
    assert_eq!(labels("baf", &mut baf.above(of("S+"))), ["E-", "E=", "E+"]);
    assert_eq!(labels("baf", &mut baf.below(of("S-"))), ["F+", "F=", "F-"]);
    // A band has grades of its own on both sides.
    assert_eq!(
        labels("baf", &mut baf.above(of("S"))).first().unwrap(),
        "S="
    );
    assert_eq!(
        labels("baf", &mut baf.below(of("S"))).first().unwrap(),
        "S="
    );
    let spanish = scales.get("spanish-0-10").unwrap();
    let mark = |label| spanish.parse(label).unwrap();
    assert_eq!(spanish.single_grades().count(), 101);
    assert_eq!(
        labels("spanish-0-10", &mut spanish.above(mark("9.75"))),
        ["9.8", "9.9", "10"]
    );
    assert_eq!(
        labels("spanish-0-10", &mut spanish.below(mark("0.25"))),
        ["0.2", "0.1", "0"]
    );
    assert_eq!(spanish.above(mark("10")).count(), 0);
    assert_eq!(spanish.below(mark("0")).count(), 0);
    assert_eq!(
        baf.above(mark("5")).count() + baf.below(mark("5")).count(),
        0
    );
}
