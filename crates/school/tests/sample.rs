//! The sample school: complete, believable, the same every time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test may stop, tell what it measured, and look at the clock for that"
)]

#[path = "sample/changes.rs"]
mod changes;
#[path = "sample/marks.rs"]
mod marks;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;
use std::time::Instant;

use flightpath_school::journal::{Action, Draft, School, StepInfo};
use flightpath_school::markbook::{Instead, LeftOut, MarkEntry, WhyLeftOut};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{
    AcademicYear, CivilDate, ColumnKey, Dot, Field, Id, Measure, Moment, ReplicaId, Value, keys,
    upn,
};
use flightpath_school::policy::{EventField, Policy, PolicyPack};
use flightpath_school::sample;
use flightpath_school::view::markbook::{assessments, markbook};
use flightpath_school::view::targets::TargetEntry;
use flightpath_school::view::{self, EventState, Pupil, TrackingEvent};

const YEAR: AcademicYear = AcademicYear(2026);

fn date(iso: &str) -> CivilDate {
    CivilDate::from_iso(iso).unwrap()
}

fn step_info(sequence: u64) -> StepInfo {
    StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(1)),
            sequence,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::SampleSchool,
        reason: None,
    }
}

fn made(seed: u64, today: &str) -> (Draft, School) {
    let begun = Instant::now();
    let draft = sample::draft(seed, date(today));
    let drafted = begun.elapsed();
    let mut school = School::default();
    let step = school.step(&draft, step_info(1)).unwrap();
    let stepped = begun.elapsed();
    school.apply(&step);
    let applied = begun.elapsed();
    eprintln!(
        "{today}: {} cells; draft {drafted:?}, step {:?}, apply {:?}",
        draft.len(),
        stepped - drafted,
        applied - stepped
    );
    assert_eq!(
        step.cell_count(),
        draft.len(),
        "no cell is blank or left out"
    );
    (draft, school)
}

static NOVEMBER: LazyLock<(Draft, School)> = LazyLock::new(|| made(1, "2026-11-22"));

fn school() -> &'static School {
    &NOVEMBER.1
}

fn grade_place(scales: &ScaleSet, value: &Value) -> (String, f64) {
    let (key, label) = value.as_grade().unwrap();
    let scale = scales.get(key).unwrap_or_else(|| panic!("scale {key}"));
    let grade = scale
        .parse(label)
        .unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(scale.label(grade), label);
    (key.to_owned(), grade.lowest().as_grades())
}

/// Subjects that a pupil takes in a year, by class.
fn entries(school: &School, year: AcademicYear) -> Vec<(Pupil, view::Subject)> {
    let pupils = view::pupils(school, year);
    let mut entries = Vec::new();
    for subject in view::subjects(school) {
        let key = ColumnKey::per_subject(Field::Class, year, subject.id);
        for pupil in &pupils {
            if school.one(&key, pupil.id).is_some() {
                entries.push((pupil.clone(), subject.clone()));
            }
        }
    }
    entries
}

fn result<'a>(
    school: &'a School,
    field: Field,
    event: &TrackingEvent,
    entry: &(Pupil, view::Subject),
) -> Option<&'a Value> {
    let key = ColumnKey::of(field, Some(event.year), Some(entry.1.id), Some(event.id)).unwrap();
    school.one(&key, entry.0.id)
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

#[track_caller]
fn within(what: &str, value: f64, lowest: f64, highest: f64) {
    eprintln!("{what}: {value:.3}");
    assert!(
        (lowest..=highest).contains(&value),
        "{what}: {value} is not within {lowest} to {highest}"
    );
}

#[test]
fn the_same_seed_and_day_give_the_same_school() {
    let cells = |seed, today| {
        let draft = sample::draft(seed, date(today));
        draft
            .cells()
            .map(|(key, row, values)| (*key, row, values.to_vec()))
            .collect::<Vec<_>>()
    };
    let first = cells(7, "2026-11-22");
    assert!(first == cells(7, "2026-11-22"));
    assert!(first != cells(8, "2026-11-22"));
}

#[test]
fn it_says_that_it_is_made_up() {
    let setting = view::setting(school());
    assert!(setting.made_up);
    assert!(setting.name.contains("made up"));
    assert_eq!(setting.year, Some(YEAR));
    assert_eq!(setting.pack, sample::PACK);
    assert!(PolicyPack::by_key(&setting.pack).is_some());
}

#[test]
fn every_value_fits_its_field_and_every_grade_its_scale() {
    let scales = ScaleSet::shipped();
    let mut seen: BTreeSet<Field> = BTreeSet::new();
    for (key, _, values) in NOVEMBER.0.cells() {
        seen.insert(key.field());
        for value in values {
            assert!(key.field().accepts(value), "{key}: {value:?}");
            assert!(!value.is_blank());
            if value.as_grade().is_some() {
                grade_place(&scales, value);
            }
            if let (Field::Prior(measure), Some(score)) = (key.field(), value.as_thousandths()) {
                let (lowest, highest) = measure.range().unwrap();
                assert!((lowest * 1000..=highest * 1000).contains(&score));
            }
            if let (Field::Prior(measure), Value::Code(code)) = (key.field(), value) {
                assert!(measure.codes().contains(&code.as_ref()));
            }
        }
    }
    // Nobody of today sat GCSEs graded A*–G.
    let of_secondary = Measure::ALL
        .iter()
        .take_while(|measure| **measure != Measure::EyfsReading)
        .filter(|measure| **measure != Measure::AverageGcseEightPoint);
    for measure in of_secondary.copied() {
        assert!(seen.contains(&Field::Prior(measure)), "{measure:?}");
        assert!(seen.contains(&Field::PriorSource(measure)), "{measure:?}");
    }
}

#[test]
fn people_are_as_many_and_as_various_as_in_a_school() {
    let pupils = view::pupils(school(), YEAR);
    within("pupils", pupils.len() as f64, 1050.0, 1150.0);
    let share = |what: &str, holds: &dyn Fn(&Pupil) -> bool, lowest: f64, highest: f64| {
        let count = pupils.iter().filter(|pupil| holds(pupil)).count();
        within(what, count as f64 / pupils.len() as f64, lowest, highest);
    };
    share("girls", &|p| p.sex == "F", 0.44, 0.56);
    share("SEN K", &|p| p.sen == "K", 0.08, 0.16);
    share("SEN E", &|p| p.sen == "E", 0.015, 0.05);
    share("PP", &|p| p.pupil_premium == Some(true), 0.17, 0.27);
    share("EAL", &|p| p.eal == Some(true), 0.13, 0.23);
    share("FSM", &|p| p.free_meals == Some(true), 0.15, 0.26);
    share("LAC", &|p| p.looked_after == Some(true), 0.002, 0.02);
    let both = pupils
        .iter()
        .filter(|p| p.free_meals == Some(true) && p.pupil_premium == Some(true))
        .count();
    let fed = pupils.iter().filter(|p| p.free_meals == Some(true)).count();
    assert_eq!(both, fed, "free meals bring the premium");

    let attendance: Vec<f64> = pupils
        .iter()
        .map(|p| p.attendance.unwrap() as f64 / 1000.0)
        .collect();
    within("attendance", mean(&attendance), 93.0, 95.5);
    let away = attendance.iter().filter(|a| **a < 90.0).count();
    within("often away", away as f64 / pupils.len() as f64, 0.05, 0.2);

    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    let mut upns = HashSet::new();
    let mut numbers = HashSet::new();
    let mut names = HashSet::new();
    for pupil in &pupils {
        *forms.entry(&pupil.form).or_default() += 1;
        assert_eq!(upn::check(&pupil.upn), upn::UpnCheck::Valid);
        assert!(pupil.upn[1..].starts_with("999"));
        assert!(upns.insert(&pupil.upn));
        assert!(numbers.insert(&pupil.admission_number));
        assert!(names.insert(pupil.name()), "{}", pupil.name());
        let year_group = i32::from(pupil.year_group.unwrap().number());
        let born = AcademicYear::of(pupil.birth_date.unwrap());
        assert_eq!(i32::from(born.0), i32::from(YEAR.0) - year_group - 5);
    }
    assert!(forms.values().all(|size| (15..=30).contains(size)));
    assert_eq!(forms.keys().filter(|form| form.starts_with('7')).count(), 6);
    assert!(forms.contains_key("12A") && forms.contains_key("13A"));
}

#[test]
fn last_year_everyone_was_a_year_younger() {
    let now = view::pupils(school(), YEAR);
    let mut here = 0;
    for pupil in &now {
        let then = view::pupils::pupil(school(), YEAR.previous(), pupil.id).unwrap();
        let year_group = pupil.year_group.unwrap().number();
        if let Some(before) = then.year_group {
            here += 1;
            assert_eq!(before.number(), year_group - 1);
            assert!(before.number() >= 7);
            assert!(!then.form.is_empty());
        } else {
            assert!(then.form.is_empty());
        }
    }
    within("here last year", here as f64 / now.len() as f64, 0.75, 0.85);
}

#[test]
fn classes_are_of_a_size_to_teach() {
    for year in [YEAR, YEAR.previous()] {
        let classes = view::classes(school(), year);
        let mut sizes: BTreeMap<Id, usize> = BTreeMap::new();
        for (pupil, subject) in entries(school(), year) {
            let key = ColumnKey::per_subject(Field::Class, year, subject.id);
            let class = school()
                .one(&key, pupil.id)
                .unwrap()
                .as_reference()
                .unwrap();
            *sizes.entry(class).or_default() += 1;
        }
        assert_eq!(sizes.len(), classes.len());
        for class in &classes {
            let size = sizes[&class.id];
            assert!((1..=30).contains(&size), "{}: {size}", class.name);
            assert!(!class.teacher.is_empty());
            assert_eq!(class.id, keys::class(year, class.subject, &class.name));
        }
        let teachers: HashSet<&str> = classes.iter().map(|c| c.teacher.as_str()).collect();
        within("classes", classes.len() as f64, 300.0, 500.0);
        within("teachers", teachers.len() as f64, 70.0, 130.0);
    }
}

#[test]
fn pupils_take_as_many_subjects_as_their_key_stage_asks() {
    let mut count: BTreeMap<Id, (i8, usize, usize)> = BTreeMap::new();
    for (pupil, subject) in entries(school(), YEAR) {
        let entry = count
            .entry(pupil.id)
            .or_insert((pupil.year_group.unwrap().number(), 0, 0));
        entry.1 += 1;
        entry.2 += usize::from(subject.curriculum == "spanish");
    }
    assert_eq!(count.len(), view::pupils(school(), YEAR).len());
    for (year_group, subjects, spanish) in count.values() {
        let usual = match year_group {
            7..=9 => 14..=14,
            10 | 11 => 9..=11,
            _ => 5..=6,
        };
        assert!(usual.contains(subjects), "{subjects} in Year {year_group}");
        assert_eq!(*spanish, 2);
    }
}

#[test]
fn grades_are_on_the_scale_that_the_policy_names() {
    let pack = PolicyPack::by_key(sample::PACK).unwrap();
    for year in [YEAR, YEAR.previous()] {
        for (pupil, subject) in entries(school(), year) {
            let key = ColumnKey::per_subject(Field::Target, year, subject.id);
            let Some(target) = school().one(&key, pupil.id) else {
                continue;
            };
            let year_group = pupil.year_group.unwrap().number();
            let scale = pack
                .scale_for(&keys::slug(&subject.name), &subject.curriculum, year_group)
                .unwrap();
            assert_eq!(target.as_grade().unwrap().0, scale, "{}", subject.name);
        }
    }
}

#[test]
fn last_year_is_complete() {
    let year = YEAR.previous();
    let pack = PolicyPack::by_key(sample::PACK).unwrap();
    let events = view::events(school(), year);
    assert_eq!(events.len(), 6);
    assert!(events.iter().all(|e| e.state == EventState::Closed));
    for event in &events {
        assert!(view::pinned_policy(event).is_some());
        assert_eq!(
            view::policy_named(school(), &event.pack).as_ref(),
            Some(&pack)
        );
    }
    let entries = entries(school(), year);
    let of = |field, entry: &(Pupil, view::Subject)| {
        let key = ColumnKey::per_subject(field, year, entry.1.id);
        school().one(&key, entry.0.id)
    };
    let mut codes = 0;
    let mut comments = 0;
    for entry in &entries {
        assert!(of(Field::Target, entry).is_some());
        assert!(of(Field::TargetDate, entry).is_some());
        assert_eq!(
            of(Field::TargetState, entry).and_then(Value::as_text),
            Some("published")
        );
        let year_group = entry.0.year_group.unwrap().number();
        for event in &events {
            let calendar = pack.event(&event.key).unwrap();
            let code = result(school(), Field::NoGrade, event, entry).is_some();
            codes += usize::from(code);
            for asked in calendar.fields_for(year_group) {
                let answered = |field| result(school(), field, event, entry).is_some();
                match asked {
                    EventField::Current => assert!(answered(Field::Current) != code),
                    EventField::Achieved => assert!(answered(Field::Achieved) != code),
                    EventField::OnTarget => assert!(answered(Field::OnTarget) != code),
                    EventField::Evidence => assert!(answered(Field::Evidence) != code),
                    EventField::AtlClass => assert!(answered(Field::AtlClass)),
                    EventField::AtlHome => assert!(answered(Field::AtlHome)),
                    EventField::SpokenEnglish => assert_eq!(
                        answered(Field::SpokenEnglish),
                        entry.1.curriculum == "uk" && entry.1.name != "French"
                    ),
                    EventField::Comment => {
                        comments += 1;
                        assert!(answered(Field::Comment) != code);
                    }
                    EventField::Target | EventField::Predicted => {}
                }
            }
        }
    }
    assert!(comments > 0);
    let asked = entries.len() * 5;
    within("no grade", codes as f64 / asked as f64, 0.002, 0.03);
}

#[test]
fn this_year_stands_where_the_day_says() {
    let events = view::events(school(), YEAR);
    let states: Vec<EventState> = events.iter().map(|event| event.state).collect();
    let keys: Vec<&str> = events.iter().map(|event| event.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "september",
            "october",
            "december",
            "february",
            "spring",
            "june"
        ]
    );
    assert_eq!(states[..2], [EventState::Closed, EventState::Open]);
    assert!(states[2..].iter().all(|s| *s == EventState::Planned));
    assert!(!events[0].pack.is_empty());
    assert!(events[1].pack.is_empty());
    assert_eq!(
        events[1].asks(),
        [Field::Current, Field::OnTarget, Field::Evidence]
    );

    let entries = entries(school(), YEAR);
    let filled = |event: &TrackingEvent| {
        let answers = entries.iter().filter(|entry| {
            [Field::Current, Field::NoGrade]
                .into_iter()
                .any(|field| result(school(), field, event, entry).is_some())
        });
        answers.count() as f64 / entries.len() as f64
    };
    within("October filled", filled(&events[1]), 0.8, 0.9);
    within("December filled", filled(&events[2]), 0.0, 0.0);

    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &entries {
        let key = ColumnKey::per_subject(Field::TargetState, YEAR, entry.1.id);
        *states
            .entry(school().text(&key, entry.0.id).unwrap_or("none"))
            .or_default() += 1;
    }
    let of = |state: &str| states[state] as f64 / entries.len() as f64;
    within("published", of("published"), 0.5, 0.75);
    within("checked", of("checked"), 0.1, 0.3);
    within("agreed", of("agreed"), 0.1, 0.3);
    within("no target", of("none"), 0.005, 0.03);
    let key = |subject| ColumnKey::per_subject(Field::Achieved, YEAR, subject);
    assert!(
        entries
            .iter()
            .all(|e| school().one(&key(e.1.id), e.0.id).is_none())
    );
}

#[test]
fn on_any_day_one_event_is_open() {
    for (today, open) in [
        ("2026-09-01", "september"),
        ("2026-09-20", "september"),
        ("2027-02-20", "february"),
        ("2027-07-01", "june"),
        ("2027-08-31", "june"),
    ] {
        let (_, school) = made(3, today);
        let events = view::events(&school, YEAR);
        let states: Vec<EventState> = events.iter().map(|event| event.state).collect();
        let mut opens: Vec<&str> = Vec::new();
        for event in &events {
            if event.state == EventState::Open {
                opens.push(&event.key);
            }
        }
        assert_eq!(opens, [open], "{today}");
        // Closed ones come before it, planned ones after.
        let mut sorted = states.clone();
        sorted.sort_by_key(|state| core::cmp::Reverse(*state));
        assert_eq!(states, sorted);
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_are_survived() {
    for today in [
        CivilDate::new(-5, 1, 1).unwrap(),
        CivilDate::new(1, 1, 1).unwrap(),
        CivilDate::new(9999, 12, 31).unwrap(),
    ] {
        assert!(!sample::draft(0, today).is_empty());
    }
}

#[test]
fn no_past_date_is_in_the_future() {
    let today = date("2026-11-22");
    for (key, _, values) in NOVEMBER.0.cells() {
        let past = matches!(key.field(), Field::TargetDate | Field::BirthDate);
        for day in values.iter().filter_map(Value::as_date).filter(|_| past) {
            assert!(day <= today, "{key}: {day}");
        }
    }
}

#[test]
fn each_class_has_a_believable_markbook() {
    let policy = PolicyPack::by_key(sample::PACK).unwrap();
    let policy = Policy::new(policy, &ScaleSet::shipped()).unwrap();
    let pupils = view::pupils(school(), YEAR);
    let subjects = view::subjects(school());
    let classes = view::classes(school(), YEAR);
    let mut cells = 0_usize;
    let mut states = [0_usize; 4];
    let mut means = Vec::new();
    let mut moderated = 0_usize;
    for class in &classes {
        let subject = subjects
            .iter()
            .find(|subject| subject.id == class.subject)
            .unwrap();
        let book = markbook(school(), YEAR, class, subject, &pupils, None);
        let count = book.assessments.len();
        assert!((6..=10).contains(&count), "{}: {count}", class.name);
        assert!(!book.rows.is_empty());
        assert!(book.brought.is_empty(), "nobody has moved");
        assert!(book.weights > 0);
        for assessment in &book.assessments {
            assert!(assessment.measured.is_some() && !assessment.title.is_empty());
            if let Some(boundaries) = &assessment.boundaries {
                let scale = policy.scales().get(&boundaries.scale);
                let problems = boundaries.problems(scale);
                assert!(
                    problems.is_empty(),
                    "{}: {}: {problems:?}",
                    class.name,
                    assessment.title
                );
            }
            if assessment.date > Some(date("2026-11-22")) {
                let place = book.assessments.iter().position(|a| a.id == assessment.id);
                let summary = book.summary(&policy, place.unwrap()).unwrap();
                assert_eq!(summary.blank, book.rows.len(), "not before its day");
            }
        }
        for row in &book.rows {
            for cell in &row.cells {
                assert!(cell.several.is_empty());
                match &cell.entry {
                    MarkEntry::Mark(_) => cells += 1,
                    MarkEntry::Instead(Instead::Absent) => states[0] += 1,
                    MarkEntry::Instead(Instead::Exempt) => states[1] += 1,
                    MarkEntry::Instead(Instead::NotHandedIn) => states[2] += 1,
                    MarkEntry::Blank => {}
                    other => panic!("{other:?}"),
                }
                states[3] += usize::from(cell.late);
                moderated += usize::from(cell.moderated != MarkEntry::Blank);
            }
        }
        for (mean, row) in book.means(&policy, &BTreeMap::new()).iter().zip(&book.rows) {
            let unreadable = |cell: &LeftOut| {
                matches!(
                    cell.why,
                    WhyLeftOut::Unreadable | WhyLeftOut::OutOfRange | WhyLeftOut::NotMeasured
                )
            };
            assert!(!mean.left_out.iter().any(unreadable), "{}", class.name);
            let target = match &row.target.entry {
                TargetEntry::Grade { scale, label } => {
                    grade_place(policy.scales(), &Value::grade(scale, label))
                }
                _ => continue,
            };
            if let (Some(mean), "gcse-9-1") = (mean.value, target.0.as_str()) {
                means.push((target.1, mean as f64 / 1000.0));
            }
        }
    }
    eprintln!(
        "{} classes, {cells} marks, {states:?}, {moderated} moderated",
        classes.len()
    );
    within(
        "marks a pupil",
        cells as f64 / pupils.len() as f64,
        30.0,
        70.0,
    );
    let share = |count: usize| count as f64 / cells as f64;
    within("absent", share(states[0]), 0.01, 0.06);
    within("exempt", share(states[1]), 0.0005, 0.005);
    within("not handed in", share(states[2]), 0.003, 0.03);
    within("late", share(states[3]), 0.003, 0.05);
    assert!(moderated > 20);
    within("means and targets", marks::correlation(&means), 0.7, 0.98);
}

#[test]
fn last_year_has_no_markbooks() {
    let last = view::classes(school(), YEAR.previous());
    let none = |class: &view::Class| assessments(school(), YEAR.previous(), class.id).is_empty();
    assert!(last.iter().all(none));
}

#[test]
fn some_of_those_who_fell_behind_are_helped_and_some_of_that_has_ended() {
    let today = date("2026-11-29");
    let (_, school) = made(1, "2026-11-29");
    let all = view::interventions::interventions(&school, YEAR);
    let open = all.iter().filter(|held| held.is_open()).count();
    let pupils: BTreeSet<Id> = all.iter().map(|held| held.pupil).collect();
    assert!(
        open >= 20 && all.len() - open >= 5,
        "{open} of {}",
        all.len()
    );
    assert!(pupils.len() < 250);
    let levels: BTreeSet<_> = all.iter().filter_map(|held| held.level).collect();
    assert_eq!(levels.len(), 3);
    for held in &all {
        assert!(held.begun <= today && !held.plan.is_empty() && !held.reason.is_empty());
        assert!(
            held.finished
                .is_none_or(|end| held.begun <= end && end <= today)
        );
    }
}
