//! The master tracking file of a subject: earlier years, target, assessments and events in the order of their dates.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "small/mod.rs"]
mod small;

use flightpath_school::journal::Draft;
use flightpath_school::markbook::{Instead, Mark, MarkEntry, Measured, Typed};
use flightpath_school::model::scale::Position;
use flightpath_school::model::{CivilDate, ColumnKey, Field, Id, Value, keys};
use flightpath_school::policy::{Policy, Rag};
use flightpath_school::view::class_changes::Classes;
use flightpath_school::view::markbook::{
    AssessmentEdit, Place, add, mark_cell, write_mark, write_moderated,
};
use flightpath_school::view::master::{Held, Master, heights, master};
use flightpath_school::view::standing::{Grades, Standing};
use flightpath_school::view::{Pupil, classes, events};
use proptest::prelude::*;
use small::{Small, YEAR, shipped};

struct Scene {
    small: Small,
    maths: Id,
    policy: Policy,
}

fn day(month: u8, day: u8) -> CivilDate {
    CivilDate::new(2026, month, day).unwrap()
}

impl Scene {
    /// Two classes of maths in Year 10, last year's grades, targets, and an event in October.
    fn new() -> Scene {
        let mut small = Small::default();
        for (id, name) in [(1, "Abara"), (2, "Boyd"), (3, "Cole")] {
            small.pupil(id, name, 10);
        }
        let maths = small.subject("Maths");
        let mut scene = Scene {
            small,
            maths,
            policy: shipped("bilingual-secondary"),
        };
        scene.small.class(maths, "10/Ma1", &[1, 2]);
        scene.small.class(maths, "10/Ma2", &[3]);
        for (pupil, target, achieved) in [(1, "6", "5"), (2, "5", "4"), (3, "7", "6")] {
            scene.grade(Field::Target, pupil, target);
            scene.small.grade(
                Field::Achieved,
                YEAR.previous(),
                maths,
                pupil,
                "gcse-9-1",
                achieved,
            );
        }
        scene
    }

    fn grade(&mut self, field: Field, pupil: u128, label: &str) {
        let maths = self.maths;
        self.small
            .grade(field, YEAR, maths, pupil, "gcse-9-1", label);
    }

    fn event(&mut self, name: &str, opens: CivilDate, grades: &[(u128, &str)]) {
        let id = keys::event(YEAR, name);
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::EventName, Value::text(name));
        write(Field::EventYear, Value::whole(i64::from(YEAR.0)));
        write(Field::EventOpens, Value::Date(opens));
        write(Field::EventFields, Value::text("current"));
        let key = ColumnKey::per_event(Field::Current, YEAR, self.maths, id);
        for (pupil, label) in grades {
            draft.write(key, Id(*pupil), Value::grade("gcse-9-1", label));
        }
        self.small.carry_out(&draft);
    }

    fn test(&mut self, id: u128, class: &str, private: bool, marks: &[(u128, i64)]) {
        self.called("Unit test", id, class, private, marks);
    }

    fn called(&mut self, title: &str, id: u128, class: &str, private: bool, marks: &[(u128, i64)]) {
        let class = keys::class(YEAR, self.maths, class);
        let edits = [
            AssessmentEdit::Title(title.to_owned()),
            AssessmentEdit::Date(Some(day(11, 20))),
            AssessmentEdit::Measured(Measured::Marks { most: 40_000 }),
            AssessmentEdit::Private(private),
        ];
        let mut draft = Draft::default();
        add(&mut draft, YEAR, class, Id(id), &edits).unwrap();
        self.small.carry_out(&draft);
        let place = self.place(id);
        let mut draft = Draft::default();
        for (pupil, mark) in marks {
            let typed = Typed::Mark(Mark::Number(*mark));
            write_mark(&mut draft, &self.small.school, place, Id(*pupil), &typed);
        }
        self.small.carry_out(&draft);
    }

    /// Where the marks of an assessment are kept.
    fn place(&self, assessment: u128) -> Place {
        Place {
            year: YEAR,
            subject: self.maths,
            assessment: Id(assessment),
        }
    }

    fn file(&self) -> Master {
        self.file_of(|_| true)
    }

    /// The file, of some pupils.
    fn file_of(&self, wanted: impl Fn(&Pupil) -> bool) -> Master {
        let school = &self.small.school;
        let mut pupils = self.small.pupils();
        pupils.retain(wanted);
        let subject = self.small.subjects().into_iter().next().unwrap();
        let mut grades = Grades::default();
        grades.keep_up(school, &self.policy);
        let all = events(school, YEAR);
        let judged: Vec<_> = all
            .iter()
            .map(|event| {
                let own = std::slice::from_ref(&subject);
                let standing = Standing::of(school, &self.policy, &grades, event, own, &pupils);
                (event, standing)
            })
            .collect();
        let classes = classes(school, YEAR);
        master(
            school,
            &self.policy,
            YEAR,
            &subject,
            &pupils,
            &classes,
            &judged,
        )
    }
}

#[test]
fn columns_stand_in_the_order_of_their_dates_and_one_test_of_two_classes_is_one() {
    let mut scene = Scene::new();
    scene.event("December", day(12, 1), &[(1, "5")]);
    scene.event("October", day(10, 13), &[(1, "4"), (2, "5")]);
    scene.test(500, "10/Ma1", false, &[(1, 30_000), (2, 20_000)]);
    scene.test(501, "10/Ma2", false, &[(3, 36_500)]);
    scene.test(502, "10/Ma1", true, &[(1, 1_000)]);
    let file = scene.file();
    let titles: Vec<&str> = file
        .columns
        .iter()
        .map(|column| column.title.as_str())
        .collect();
    assert_eq!(titles, ["", "", "October", "Unit test", "December"]);
    assert_eq!(file.columns[0].held, Held::Achieved(YEAR.previous()));
    assert_eq!(
        file.columns[3].held,
        Held::Assessment(vec![Id(500), Id(501)])
    );
    let texts: Vec<Vec<&str>> = file
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect();
    assert_eq!(
        texts,
        [
            ["5", "6", "4", "30", "5"],
            ["4", "5", "5", "20", ""],
            ["6", "7", "", "36.5", ""],
        ]
    );
    assert_eq!(file.rows[2].class_name, "10/Ma2");
    let marks: Vec<_> = file.rows[2].cells.iter().map(|cell| cell.mark).collect();
    assert_eq!(
        marks,
        [None, None, None, Some(36_500), None],
        "a grade is no mark, though its scale has numbers"
    );
    assert_eq!(
        file.rows[0].cells[2].rag,
        Some(Rag::Red),
        "two below the target"
    );
    assert_eq!(
        file.rows[1].cells[4].rag, None,
        "nothing there has no colour"
    );
}

#[test]
fn an_assessment_that_can_hold_nothing_for_those_shown_has_no_column() {
    let mut scene = Scene::new();
    scene.small.pupil(4, "Diaz", 8);
    scene.small.class(scene.maths, "8/Ma1", &[4]);
    scene.called("First", 500, "10/Ma1", false, &[(1, 30_000)]);
    scene.called("Second", 501, "10/Ma2", false, &[(3, 20_000)]);
    scene.called("Mock", 502, "8/Ma1", false, &[(4, 10_000)]);
    let of = |scene: &Scene, pupils: &[u128]| {
        let file = scene.file_of(|pupil| pupils.contains(&pupil.id.0));
        let titles = file.columns.into_iter().map(|column| column.title);
        let mut titles: Vec<_> = titles.filter(|title| !title.is_empty()).collect();
        titles.sort();
        titles
    };
    assert_eq!(of(&scene, &[1, 2, 3, 4]), ["First", "Mock", "Second"]);
    assert_eq!(of(&scene, &[1, 2]), ["First"]);
    assert_eq!(
        of(&scene, &[2]),
        ["First"],
        "of the own class, though no mark is there yet"
    );
    assert_eq!(of(&scene, &[4]), ["Mock"]);

    // Who has moved has a mark in the class before; whose class was merged too.
    let (first, second) = (
        keys::class(YEAR, scene.maths, "10/Ma1"),
        keys::class(YEAR, scene.maths, "10/Ma2"),
    );
    let moved = Classes::of(&scene.small.school, YEAR).move_to(second, &[Id(1)]);
    scene.small.carry_out(&moved.unwrap());
    assert_eq!(of(&scene, &[1]), ["First", "Second"]);
    let merged = Classes::of(&scene.small.school, YEAR).merge(second, first);
    scene.small.carry_out(&merged.unwrap());
    assert_eq!(of(&scene, &[3]), ["First", "Second"]);
    let file = scene.file_of(|pupil| pupil.id == Id(3));
    let marks = file.rows[0].cells.iter().filter_map(|cell| cell.mark);
    assert_eq!(
        marks.collect::<Vec<_>>(),
        [20_000],
        "the mark of the class that was given up"
    );
    // A mark that was taken back is none.
    let place = Place {
        year: YEAR,
        subject: scene.maths,
        assessment: Id(501),
    };
    let mut draft = Draft::default();
    write_mark(
        &mut draft,
        &scene.small.school,
        place,
        Id(3),
        &Typed::Cleared,
    );
    scene.small.carry_out(&draft);
    assert_eq!(of(&scene, &[3]), ["First"]);
}

#[test]
fn one_test_of_two_classes_is_the_same_column_whoever_is_shown() {
    let mut scene = Scene::new();
    scene.test(500, "10/Ma1", false, &[(1, 30_000)]);
    scene.test(501, "10/Ma2", false, &[(3, 20_000)]);
    let held = |pupil: u128| {
        let file = scene.file_of(|shown| shown.id == Id(pupil));
        file.columns.into_iter().last().unwrap().held
    };
    assert!(matches!(held(1), Held::Assessment(ids) if ids.len() == 2));
    assert_eq!(held(1), held(3));
}

#[test]
fn a_way_is_drawn_from_grades_of_one_scale() {
    let mut scene = Scene::new();
    scene.event("October", day(10, 13), &[(1, "4"), (2, "6")]);
    let file = scene.file();
    assert_eq!(heights(&file.rows[0].way), [7, 0]);
    assert_eq!(heights(&file.rows[1].way), [0, 7]);
    assert!(heights(&file.rows[2].way).is_empty(), "one grade is no way");
    let level = [Position::from_whole_grades(5); 3];
    assert_eq!(heights(&level), [3, 3, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is found by where it was written is what is found by looking into every assessment for every pupil.
    #[test]
    fn a_mark_is_that_of_the_own_class_else_the_first_of_another(
        marks in proptest::collection::vec((0_usize..3, 1_u128..4, 0_i64..41), 0..14),
        gone in proptest::collection::vec((0_usize..3, 1_u128..4), 0..4),
        moved in proptest::option::of(1_u128..4),
    ) {
        let mut scene = Scene::new();
        let tests = [(500, "10/Ma1"), (501, "10/Ma2"), (502, "10/Ma1")];
        for (id, class) in tests {
            scene.test(id, class, false, &[(1, 5_000)]);
        }
        let place = |assessment: usize| Place {
            year: YEAR,
            subject: keys::subject("Maths"),
            assessment: Id(tests[assessment].0),
        };
        let written = marks.into_iter().map(|(test, pupil, mark)| {
            (test, pupil, Typed::Mark(Mark::Number(mark * 1_000)))
        });
        let emptied = gone.into_iter().map(|(test, pupil)| (test, pupil, Typed::Cleared));
        for (test, pupil, typed) in written.chain(emptied) {
            let mut draft = Draft::default();
            write_mark(&mut draft, &scene.small.school, place(test), Id(pupil), &typed);
            if scene.small.school.step(&draft, small::info(2, 1)).is_some() {
                scene.small.carry_out(&draft);
            }
        }
        if let Some(pupil) = moved {
            let key = ColumnKey::per_subject(Field::Class, YEAR, scene.maths);
            let other = keys::class(YEAR, scene.maths, "10/Ma3");
            scene.small.write(key, Id(pupil), Value::Reference(other));
        }
        let file = scene.file();
        let column = file.columns.iter().position(|column| matches!(column.held, Held::Assessment(_)));
        let column = column.unwrap();
        let Held::Assessment(ids) = &file.columns[column].held else { panic!() };
        prop_assert_eq!(ids.len(), 3);
        for row in &file.rows {
            let of = |test: usize| mark_cell(&scene.small.school, place(test), row.pupil.position).entry;
            let class_of = |test: usize| keys::class(YEAR, scene.maths, tests[test].1);
            let order = |test: &usize| {
                let at = ids.iter().position(|id| *id == Id(tests[*test].0));
                (Some(class_of(*test)) != row.class, at)
            };
            let mut looked_at = vec![0, 1, 2];
            looked_at.sort_by_key(order);
            let found = looked_at.into_iter().map(of).find(|entry| *entry != MarkEntry::Blank);
            let mark = match found {
                Some(MarkEntry::Mark(Mark::Number(thousandths))) => Some(thousandths),
                _ => None,
            };
            prop_assert_eq!(row.cells[column].mark, mark);
        }
    }
}

#[test]
fn why_there_is_no_grade_or_mark_is_in_its_place() {
    let mut scene = Scene::new();
    scene.event("October", day(10, 13), &[(1, "5")]);
    let october = keys::event(YEAR, "October");
    let code = ColumnKey::per_event(Field::NoGrade, YEAR, scene.maths, october);
    let mut draft = Draft::default();
    draft.write(code, Id(1), Value::text("absent"));
    draft.write(code, Id(2), Value::text("not-yet-taught"));
    scene.small.carry_out(&draft);
    scene.test(100, "10/Ma1", false, &[(1, 20_000)]);
    let place = scene.place(100);
    let mut draft = Draft::default();
    let typed = Typed::Instead(Instead::NotHandedIn);
    write_mark(&mut draft, &scene.small.school, place, Id(2), &typed);
    scene.small.carry_out(&draft);

    let file = scene.file();
    let cell = |pupil: u128, wanted: fn(&Held) -> bool| {
        let mut columns = file.columns.iter();
        let column = columns.position(|column| wanted(&column.held)).unwrap();
        let mut rows = file.rows.iter();
        let row = rows.find(|row| row.pupil.id == Id(pupil)).unwrap();
        (
            row.cells[column].text.clone(),
            row.cells[column].code.clone(),
        )
    };
    let event = |held: &Held| matches!(held, Held::Event(_));
    let test = |held: &Held| matches!(held, Held::Assessment(_));
    // A grade says enough, whatever was said before it was there.
    assert_eq!(cell(1, event), ("5".to_owned(), String::new()));
    assert_eq!(cell(2, event), (String::new(), "not-yet-taught".to_owned()));
    assert_eq!(cell(3, event), (String::new(), String::new()));
    assert_eq!(cell(1, test), ("20".to_owned(), String::new()));
    assert_eq!(cell(2, test), (String::new(), "not-handed-in".to_owned()));
}

#[test]
fn a_moderated_mark_of_a_pupil_who_has_none_is_no_mark_of_the_file() {
    let mut scene = Scene::new();
    scene.test(100, "10/Ma1", false, &[(1, 20_000)]);
    let place = scene.place(100);
    let mut draft = Draft::default();
    let school = &scene.small.school;
    let absent = Typed::Instead(Instead::Absent);
    write_mark(&mut draft, school, place, Id(2), &absent);
    for pupil in [1, 2] {
        let moderated = Typed::Mark(Mark::Number(33_000));
        write_moderated(&mut draft, school, place, Id(pupil), &moderated);
    }
    scene.small.carry_out(&draft);
    let file = scene.file();
    let mut columns = file.columns.iter();
    let test = columns.position(|column| matches!(column.held, Held::Assessment(_)));
    let cell = |pupil: u128| {
        let mut rows = file.rows.iter();
        let row = rows.find(|row| row.pupil.id == Id(pupil)).unwrap();
        row.cells[test.unwrap()].clone()
    };
    assert_eq!((cell(1).text.as_str(), cell(1).mark), ("33", Some(33_000)));
    assert_eq!((cell(2).code.as_str(), cell(2).mark), ("absent", None));
    assert_eq!(cell(2).rank, None);
}
