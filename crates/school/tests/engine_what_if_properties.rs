//! What is said to change an answer does, and nothing nearer does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod drawn;
mod shipped;

use std::sync::LazyLock;

use flightpath_school::engine::Truth;
use flightpath_school::engine::event::evaluate_pupil;
use flightpath_school::engine::status::{
    Belief, Cell, CellField, GradeEntry, Judgement, Setting, judge,
};
use flightpath_school::engine::targets::{ScoreEntry, TargetInputs, propose_grade};
use flightpath_school::engine::what_if::{
    CellChange, CellValue, KnownInput, PupilInputs, judgement_changes, rule_changes, target_changes,
};
use flightpath_school::model::EightPointAverage;
use flightpath_school::model::scale::{Grade, ScaleId};
use flightpath_school::national::Start;
use flightpath_school::policy::{GradeMeasure, Policy, Scope, SubjectRole};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use drawn::{POLICIES, SCALES, pupil, subjects, terms};

static WITH_FIGURES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let policies = POLICIES.iter().cloned();
    policies
        .map(|policy| policy.with_figures(Some(shipped::figures().clone())))
        .collect()
});

/// Every grade that can be written on a scale without naming two, worst first; marks in tenths.
fn singles(scale: &str) -> Vec<Grade> {
    let scale = SCALES.get(scale).unwrap();
    let labels: Vec<String> = match scale.labels().next() {
        Some(_) => scale.labels().map(str::to_owned).collect(),
        None => (0..=100)
            .map(|tenths| format!("{}.{}", tenths / 10, tenths % 10))
            .collect(),
    };
    labels
        .iter()
        .map(|label| scale.parse(label).unwrap())
        .collect()
}

const DRAWN_SCALES: [&str; 5] = [
    "gcse-9-1",
    "gcse-9-1-fine",
    "baf",
    "a-level",
    "spanish-0-10",
];

fn singles_of(id: ScaleId) -> Vec<Grade> {
    let key = DRAWN_SCALES
        .into_iter()
        .find(|key| SCALES.get(key).unwrap().id() == id);
    singles(key.unwrap())
}

/// The grades beside one of their scale: the better ones, then the worse ones, nearest first.
fn beside(grade: Grade) -> [Vec<Grade>; 2] {
    let singles = singles_of(grade.scale());
    let above = singles
        .iter()
        .filter(|other| other.lowest() > grade.lowest());
    let below = singles
        .iter()
        .rev()
        .filter(|other| other.highest() < grade.highest());
    [above.copied().collect(), below.copied().collect()]
}

fn grade_of(scale: &'static str) -> impl Strategy<Value = Option<Grade>> {
    proptest::option::weighted(0.8, select(singles(scale)))
}

fn score() -> impl Strategy<Value = ScoreEntry> {
    prop_oneof![
        6 => (80_u8..=120).prop_map(ScoreEntry::Scaled),
        1 => Just(ScoreEntry::Missing),
        1 => Just(ScoreEntry::Code),
        1 => Just(ScoreEntry::Conflict),
        1 => any::<u8>().prop_map(ScoreEntry::Scaled),
    ]
}

/// The inputs with one of them replaced.
fn proposed(policy: &Policy, inputs: &TargetInputs<'_>, with: &KnownInput) -> Option<Grade> {
    let estimate: [(&str, Grade); 1];
    let mut inputs = *inputs;
    match with {
        KnownInput::Ks2Reading(score) => inputs.ks2_reading = ScoreEntry::Scaled(*score),
        KnownInput::Ks2Maths(score) => inputs.ks2_maths = ScoreEntry::Scaled(*score),
        KnownInput::AverageGcse(average) => inputs.average_gcse = Some(*average),
        KnownInput::EightPointAverage(average) => {
            inputs.average_gcse_eight_point = Some(*average);
        }
        KnownInput::LastYear(grade) => inputs.last_year = Some(*grade),
        KnownInput::Grade(GradeMeasure::CatPredictedGcse, grade) => {
            inputs.cat_predicted_gcse = Some(*grade);
        }
        KnownInput::Grade(GradeMeasure::EyfsOutcome, grade) => inputs.eyfs_outcome = Some(*grade),
        KnownInput::Grade(GradeMeasure::KeyStage1, grade) => inputs.key_stage_1 = Some(*grade),
        KnownInput::Grade(GradeMeasure::Benchmark(source), grade) => {
            estimate = [(source.as_str(), *grade)];
            inputs.benchmarks = &estimate;
        }
    }
    propose_grade(policy, &inputs)
}

/// The values above a known one, then those below it, each nearest first.
fn others(known: &KnownInput) -> [Vec<KnownInput>; 2] {
    fn both<T>(of: [Vec<T>; 2], known: impl Fn(T) -> KnownInput) -> [Vec<KnownInput>; 2] {
        of.map(|values| values.into_iter().map(&known).collect())
    }
    let scores = |own: u8| {
        let above = (80..=120).filter(move |score| *score > own).collect();
        let below = (80..=120).rev().filter(move |score| *score < own).collect();
        [above, below]
    };
    match known {
        KnownInput::Ks2Reading(own) => both(scores(*own), KnownInput::Ks2Reading),
        KnownInput::Ks2Maths(own) => both(scores(*own), KnownInput::Ks2Maths),
        KnownInput::AverageGcse(own) => {
            let all = (0..=900).map(Start::from_hundredths);
            let above = all.clone().filter(|average| average > own).collect();
            let below = all.rev().filter(|average| average < own).collect();
            both([above, below], KnownInput::AverageGcse)
        }
        KnownInput::EightPointAverage(own) => {
            let all = (0..=800)
                .map(|hundredths| EightPointAverage::from_thousandths(hundredths * 10).unwrap());
            let above = all.clone().filter(|average| average > own).collect();
            let below = all.rev().filter(|average| average < own).collect();
            both([above, below], KnownInput::EightPointAverage)
        }
        KnownInput::LastYear(own) => both(beside(*own), KnownInput::LastYear),
        KnownInput::Grade(measure, own) => both(beside(*own), |grade| {
            KnownInput::Grade(measure.clone(), grade)
        }),
    }
}

/// The nearest value on each side of a known one that gives another proposal, with it.
fn nearest(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    known: &KnownInput,
) -> Vec<(KnownInput, Option<Grade>)> {
    let own = propose_grade(policy, inputs);
    let answer = |to: KnownInput| (to.clone(), proposed(policy, inputs, &to));
    let ways = others(known).into_iter();
    ways.filter_map(|values| {
        values
            .into_iter()
            .map(answer)
            .find(|(_, grade)| *grade != own)
    })
    .collect()
}

/// The grades of a field beside its own that give another answer, the nearest on each side.
fn nearest_in_cell<T: PartialEq>(
    cell: &Cell,
    field: CellField,
    answer: impl Fn(&Cell) -> T,
) -> Vec<CellValue> {
    let (entry, value): (GradeEntry, fn(Grade) -> CellValue) = match field {
        CellField::Target => (cell.target, CellValue::Target),
        CellField::Current => (cell.current, CellValue::Current),
        CellField::Predicted => (cell.predicted, CellValue::Predicted),
        CellField::Belief => return Vec::new(),
    };
    let own = answer(cell);
    let ways = entry.grade().map(beside).into_iter().flatten();
    ways.filter_map(|grades| {
        let mut values = grades.into_iter().map(value);
        values.find(|to| answer(&with(cell, *to)) != own)
    })
    .collect()
}

fn with(cell: &Cell, to: CellValue) -> Cell {
    let mut cell = *cell;
    match to {
        CellValue::Target(grade) => cell.target = GradeEntry::Grade(grade),
        CellValue::Current(grade) => cell.current = GradeEntry::Grade(grade),
        CellValue::Predicted(grade) => cell.predicted = GradeEntry::Grade(grade),
        CellValue::Answer(yes) => cell.belief = if yes { Belief::Yes } else { Belief::No },
    }
    cell
}

/// What stands where no grade does; mostly nothing.
fn no_grades() -> Vec<GradeEntry> {
    let mut entries = vec![GradeEntry::Missing; 4];
    entries.extend([
        GradeEntry::NoGradeCode,
        GradeEntry::Conflict,
        GradeEntry::Unreadable,
    ]);
    entries
}

/// A cell whose grades are on one scale, a few of them bands or pairs.
fn cell_on_one_scale() -> impl Strategy<Value = Cell> {
    let belief = select(vec![
        Belief::Missing,
        Belief::Yes,
        Belief::No,
        Belief::Conflict,
    ]);
    let entry = || proptest::result::maybe_ok_weighted(0.8, any::<Index>(), select(no_grades()));
    (0..DRAWN_SCALES.len(), entry(), entry(), entry(), belief).prop_map(
        |(scale, target, current, predicted, belief)| {
            let scale = SCALES.get(DRAWN_SCALES[scale]).unwrap();
            let mut grades = singles(scale.key());
            let several = ["S", "F", "B/C", "NT", "4"].iter();
            grades.extend(several.filter_map(|label| scale.parse(label).ok()));
            let entry = |drawn: Result<Index, GradeEntry>| match drawn {
                Ok(at) => GradeEntry::Grade(*at.get(&grades)),
                Err(other) => other,
            };
            Cell {
                target: entry(target),
                current: entry(current),
                predicted: entry(predicted),
                belief,
                ..Cell::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn the_nearest_other_input_gives_the_named_target(
        pack in select((0..POLICIES.len()).collect::<Vec<_>>()),
        year_group in 7_i8..=13,
        (key, name) in select(vec![
            ("english", "English"), ("maths", "Maths"), ("history", "History"),
            ("combined-science", "Combined Science"),
        ]),
        (reading, maths) in (score(), score()),
        average in proptest::option::of(0_i64..=90_000),
        eight_point in proptest::option::of(0_i64..=8_000),
        cat in grade_of("gcse-9-1-fine"),
        scale in select(DRAWN_SCALES.to_vec()),
        (estimate, last_year) in any::<(Option<Index>, Option<Index>)>(),
    ) {
        let policy = &WITH_FIGURES[pack];
        let grades = singles(scale);
        let of_scale = |at: Option<Index>| at.map(|at| *at.get(&grades));
        let benchmarks: Vec<(&str, Grade)> = of_scale(estimate)
            .into_iter()
            .flat_map(|grade| [("fft20", grade), ("alps", grade)])
            .collect();
        let inputs = TargetInputs {
            year_group,
            subject: key,
            subject_name: name,
            role: policy.pack().role_of(key),
            curriculum: "uk",
            scale: SCALES.get(scale).unwrap().id(),
            ks2_reading: reading,
            ks2_maths: maths,
            average_gcse: average.map(Start::from_ten_thousandths),
            average_gcse_eight_point: eight_point.and_then(EightPointAverage::from_thousandths),
            cat_predicted_gcse: cat,
            benchmarks: &benchmarks,
            eyfs_outcome: None,
            key_stage_1: None,
            last_year: of_scale(last_year),
        };
        let own = propose_grade(policy, &inputs);
        let changes = target_changes(policy, &inputs);
        let mut told: Vec<&KnownInput> = changes.nearest.iter().map(|one| &one.from).collect();
        told.dedup();
        for from in told {
            let said: Vec<(KnownInput, Option<Grade>)> = changes
                .nearest
                .iter()
                .filter(|one| one.from == *from)
                .map(|one| (one.to.clone(), one.proposed))
                .collect();
            prop_assert_eq!(said, nearest(policy, &inputs, from));
        }
        for change in &changes.nearest {
            prop_assert_ne!(change.proposed, own);
            prop_assert_eq!(change.to.propose(policy, &inputs), change.proposed);
        }
        prop_assert!(own.is_none() || changes.lacking.is_empty());
    }

    #[test]
    fn a_looked_up_score_is_never_left_out(
        year_group in 7_i8..=9, reading in 80_u8..=120, maths in 80_u8..=120,
        (key, role) in select(vec![
            ("english", SubjectRole::English), ("maths", SubjectRole::Maths),
            ("history", SubjectRole::Other),
        ]),
    ) {
        let policy = POLICIES.iter().find(|one| one.pack().key == "banded-secondary").unwrap();
        let inputs = TargetInputs {
            year_group,
            subject: key,
            subject_name: "",
            role,
            curriculum: "uk",
            scale: SCALES.get("baf").unwrap().id(),
            ks2_reading: ScoreEntry::Scaled(reading),
            ks2_maths: ScoreEntry::Scaled(maths),
            average_gcse: None,
            average_gcse_eight_point: None,
            cat_predicted_gcse: None,
            benchmarks: &[],
            eyfs_outcome: None,
            key_stage_1: None,
            last_year: None,
        };
        let said = target_changes(policy, &inputs).nearest.into_iter();
        let said: Vec<_> = said.map(|one| (one.to, one.proposed)).collect();
        let mut all = nearest(policy, &inputs, &KnownInput::Ks2Reading(reading));
        all.extend(nearest(policy, &inputs, &KnownInput::Ks2Maths(maths)));
        prop_assert_eq!(said, all);
    }

    #[test]
    fn the_nearest_other_grade_gives_the_named_judgement(
        pack in 0_usize..3, terms in terms(), cell in cell_on_one_scale(),
    ) {
        let policy = &POLICIES[pack];
        let judged = |cell: &Cell| judge(policy, terms, Setting::default(), cell);
        let own = judged(&cell);
        let changes = judgement_changes(policy, terms, Setting::default(), &cell);
        for change in changes.on_target.iter().chain(&changes.colour) {
            prop_assert_eq!(change.judgement, judged(&with(&cell, change.to)));
        }
        prop_assert!(changes.on_target.iter().all(|one| one.judgement.on_target != own.on_target));
        let colour = |judgement: &Judgement| judgement.rag.colour();
        prop_assert!(changes.colour.iter().all(|one| colour(&one.judgement) != colour(&own)));
        for field in [CellField::Predicted, CellField::Current, CellField::Target] {
            let said = |of: &[CellChange]| -> Vec<CellValue> {
                of.iter().map(|one| one.to).filter(|to| to.field() == field).collect()
            };
            let has_grade = match field {
                CellField::Predicted => cell.predicted,
                CellField::Current => cell.current,
                _ => cell.target,
            }.grade().is_some();
            if has_grade {
                let of_status = nearest_in_cell(&cell, field, |cell| judged(cell).on_target);
                prop_assert_eq!(said(&changes.on_target), of_status);
                let of_colour = nearest_in_cell(&cell, field, |cell| colour(&judged(cell)));
                prop_assert_eq!(said(&changes.colour), of_colour);
            }
        }
        // The teacher's answer, where it makes a difference.
        for yes in [true, false] {
            let to = CellValue::Answer(yes);
            let answered = judged(&with(&cell, to)).on_target;
            let differs = answered != own.on_target && answered != Truth::Unknown;
            prop_assert_eq!(changes.on_target.iter().any(|one| one.to == to), differs);
        }
    }

    #[test]
    fn a_change_in_one_subject_turns_the_rule_as_named(
        pack in 0_usize..3, terms in terms(), (key_stage, mixed) in pupil(),
        cells in proptest::collection::vec(cell_on_one_scale(), 0..7), is_mixed in prop::bool::weighted(0.2),
    ) {
        let policy = &POLICIES[pack];
        let settings = subjects(policy);
        let cells: Vec<Cell> = if is_mixed { mixed } else { cells };
        // Each cell another subject; the last ones are of no subject.
        let cells: Vec<Cell> = (0..)
            .zip(cells)
            .map(|(subject, cell)| Cell { subject, ..cell })
            .collect();
        let inputs = PupilInputs { subjects: &settings, key_stage, terms, cells: &cells };
        for (number, rule) in (0..).zip(&policy.pack().triggers) {
            let answer = |cells: &[Cell], subject: Option<u16>| -> Truth {
                truth_of(policy, &PupilInputs { cells, ..inputs }, number, subject)
            };
            let asked: Vec<Option<u16>> = if rule.scope == Scope::Subject {
                cells.iter().map(|cell| Some(cell.subject)).collect()
            } else {
                vec![None]
            };
            for subject in asked {
                let now = answer(&cells, subject);
                let changes = rule_changes(policy, &inputs, number, subject);
                for change in &changes {
                    let mut changed = cells.clone();
                    let cell = &mut changed[usize::from(change.subject)];
                    let before = *cell;
                    *cell = with(cell, change.change.to);
                    prop_assert_ne!(change.truth, now);
                    prop_assert_ne!(change.truth, Truth::Unknown);
                    prop_assert_eq!(answer(&changed, subject), change.truth);
                    for other in &change.instead {
                        prop_assert_ne!(*other, number);
                        let of = |cells: &[Cell]| {
                            truth_of(policy, &PupilInputs { cells, ..inputs }, *other, subject)
                        };
                        prop_assert!(of(&changed).is_true() && !of(&cells).is_true());
                    }
                    // Nothing nearer does.
                    let field = change.change.to.field();
                    let nearer = nearest_in_cell(&before, field, |cell| {
                        let mut changed = cells.clone();
                        changed[usize::from(change.subject)] = *cell;
                        answer(&changed, subject) == change.truth
                    });
                    if now != Truth::Unknown && !nearer.is_empty() {
                        prop_assert!(nearer.contains(&change.change.to));
                    }
                }
                // Where no subject is named, none would do it.
                if changes.is_empty() && now != Truth::Unknown {
                    for (place, cell) in cells.iter().enumerate() {
                        if subject.is_some_and(|subject| subject != cell.subject) {
                            continue;
                        }
                        for field in [CellField::Predicted, CellField::Current] {
                            let turning = nearest_in_cell(cell, field, |cell| {
                                let mut changed = cells.clone();
                                changed[place] = *cell;
                                answer(&changed, subject) == now.opposite()
                            });
                            prop_assert_eq!(turning, []);
                        }
                    }
                }
            }
        }
    }
}

/// How a rule comes out for a pupil, by way of the whole evaluation.
fn truth_of(policy: &Policy, pupil: &PupilInputs<'_>, rule: u8, subject: Option<u16>) -> Truth {
    let mut outcomes = Vec::new();
    let PupilInputs {
        subjects,
        key_stage,
        terms,
        cells,
    } = *pupil;
    let whole = evaluate_pupil(policy, subjects, key_stage, terms, cells, &mut outcomes);
    let rules = match subject {
        Some(subject) => outcomes[usize::from(subject)].rules,
        None => whole.rules,
    };
    if rules.fired.contains(rule) {
        Truth::True
    } else if rules.undecided.contains(rule) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
