//! Whether what is said to change an answer does so once somebody writes it down.

use flightpath_school::engine::Truth;
use flightpath_school::engine::status::Judgement;
use flightpath_school::engine::what_if::{CellValue, KnownInput};
use flightpath_school::journal::{Draft, School};
use flightpath_school::model::scale::{Grade, ScaleSet};
use flightpath_school::model::{ColumnKey, Field, Id, Measure, Value};
use flightpath_school::policy::{GradeMeasure, Policy, PolicyPack};
use flightpath_school::view::standing::{Grades, Standing, proposal};
use flightpath_school::view::what_if::{changes_in_subject, changes_of_rule, proposal_changes};
use flightpath_school::view::{self, Pupil, TrackingEvent};

use super::{YEAR, entries, school, step_info};

fn policy() -> Policy {
    let pack = PolicyPack::by_key(&view::setting(school()).pack).unwrap();
    Policy::new(pack, &ScaleSet::shipped()).unwrap()
}

fn with(key: ColumnKey, row: Id, value: Value) -> School {
    let mut changed = school().clone();
    let mut draft = Draft::default();
    draft.write(key, row, value);
    let step = changed.step(&draft, step_info(2)).unwrap();
    changed.apply(&step);
    changed
}

fn written(policy: &Policy, grade: Grade) -> Value {
    let scale = policy.scales().by_id(grade.scale()).unwrap();
    Value::grade(scale.key(), &scale.label(grade))
}

fn standing(school: &School, policy: &Policy, event: &TrackingEvent, pupil: &Pupil) -> Standing {
    let mut grades = Grades::default();
    grades.keep_up(school, policy);
    let subjects = view::subjects(school);
    Standing::of(
        school,
        policy,
        &grades,
        event,
        &subjects,
        std::slice::from_ref(pupil),
    )
}

#[test]
fn another_input_written_down_gives_the_named_target() {
    let policy = policy();
    let mut tried = 0;
    for (pupil, subject) in entries(school(), YEAR).iter().step_by(97) {
        let Some(changes) = proposal_changes(school(), &policy, YEAR, subject, pupil) else {
            continue;
        };
        for change in changes.nearest {
            let lasting = |measure| ColumnKey::lasting(Field::Prior(measure));
            let per_subject = |field, year| ColumnKey::per_subject(field, year, subject.id);
            let (key, value) = match change.to {
                KnownInput::Ks2Reading(score) => {
                    (lasting(Measure::Ks2Reading), Value::whole(score.into()))
                }
                KnownInput::Ks2Maths(score) => {
                    (lasting(Measure::Ks2Maths), Value::whole(score.into()))
                }
                KnownInput::AverageGcse(start) => {
                    let thousandths = start.ten_thousandths() / 10;
                    (lasting(Measure::AverageGcse), Value::Number(thousandths))
                }
                KnownInput::EightPointAverage(average) => {
                    let value = Value::Number(average.thousandths());
                    (lasting(Measure::AverageGcseEightPoint), value)
                }
                KnownInput::Grade(GradeMeasure::CatPredictedGcse, grade) => {
                    let key = lasting(Measure::CatPredictedGcse);
                    (key, written(&policy, grade))
                }
                KnownInput::Grade(GradeMeasure::EyfsOutcome | GradeMeasure::KeyStage1, _) => {
                    panic!("no secondary policy starts there")
                }
                KnownInput::Grade(GradeMeasure::Benchmark(_), grade) => {
                    (per_subject(Field::Estimate, YEAR), written(&policy, grade))
                }
                KnownInput::LastYear(grade) => {
                    let key = per_subject(Field::Achieved, YEAR.previous());
                    (key, written(&policy, grade))
                }
            };
            let changed = with(key, pupil.id, value);
            let proposal = proposal(&changed, &policy, YEAR, subject, pupil).unwrap();
            let proposed = proposal.grade.map(|proposed| proposed.grade);
            assert_eq!(
                proposed, change.proposed,
                "{} {}",
                pupil.surname, subject.name
            );
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn another_grade_written_down_turns_status_and_rule_as_named() {
    let policy = policy();
    let year = YEAR.previous();
    let event = view::events(school(), year)
        .into_iter()
        .find(|event| event.asks().contains(&Field::OnTarget))
        .unwrap();
    let column = |subject: Id, to: CellValue| match to {
        CellValue::Target(_) => ColumnKey::per_subject(Field::Target, year, subject),
        CellValue::Current(_) => event.grade_column(subject),
        CellValue::Predicted(_) => ColumnKey::per_event(Field::Predicted, year, subject, event.id),
        CellValue::Answer(_) => ColumnKey::per_event(Field::OnTarget, year, subject, event.id),
    };
    let value = |to: CellValue| match to {
        CellValue::Target(grade) | CellValue::Current(grade) | CellValue::Predicted(grade) => {
            written(&policy, grade)
        }
        CellValue::Answer(yes) => Value::Flag(yes),
    };
    let (mut judged, mut turned) = (0, 0);
    for pupil in view::pupils(school(), year).iter().step_by(53) {
        let now = standing(school(), &policy, &event, pupil);
        let then = |subject: Id, to: CellValue| {
            let changed = with(column(subject, to), pupil.id, value(to));
            standing(&changed, &policy, &event, pupil)
        };
        let Some(first) = now.pupil(pupil.id).unwrap().cells.first() else {
            continue;
        };
        let subject = now.subject(first.subject).unwrap().id;
        let changes = changes_in_subject(&policy, &now, pupil, subject).unwrap();
        for change in changes.on_target.iter().chain(&changes.colour) {
            let then = then(subject, change.to);
            let found: Judgement = then.cell(pupil.id, subject).unwrap().1.judgement;
            assert_eq!(found, change.judgement, "{}", pupil.surname);
            judged += 1;
        }
        for firing in now.reasons(&policy, pupil.id) {
            for change in changes_of_rule(&policy, &now, pupil, &firing)
                .iter()
                .take(3)
            {
                let subject = now.subject(change.subject).unwrap().id;
                let reasons = then(subject, change.change.to).reasons(&policy, pupil.id);
                let truth = |rule: u8| {
                    let same = reasons
                        .iter()
                        .find(|one| one.rule == rule && one.subject == firing.subject);
                    same.map_or(Truth::False, |one| one.truth)
                };
                assert_eq!(truth(firing.rule), change.truth, "{}", pupil.surname);
                for other in &change.instead {
                    assert_eq!(truth(*other), Truth::True, "{}", pupil.surname);
                }
                turned += 1;
            }
        }
    }
    assert!(judged > 20 && turned > 5, "{judged} {turned}");
}
