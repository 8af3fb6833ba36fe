//! The markbook of a class as the school keeps it: read, written, moderated, and given to an event.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "small/mod.rs"]
mod small;

use std::collections::BTreeMap;

use flightpath_school::journal::{Draft, Shown};
use flightpath_school::markbook::{
    AssessmentKind, Boundaries, Boundary, Instead, Mark, MarkEntry, Measured, Method, Typed,
    WHOLE_PERCENT, WhyLeftOut, by_class,
};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{CivilDate, ColumnKey, Field, Id, Value, keys};
use flightpath_school::policy::{Policy, Rag};
use flightpath_school::view::interventions::{InterventionEdit, begin, fill_in, intervention};
use flightpath_school::view::markbook::{
    AssessmentEdit, Feeding, Markbook, NotFed, NotWritten, Place, WhyNotFed, add, assessments,
    change, feed, last_order, last_with_grades, markbook, moderation, move_moderated, of_the_same,
    pupils_of, remove, set_effort, set_evidence, set_method, set_note, write_feed, write_mark,
    write_moderated,
};
use flightpath_school::view::standing::{Grades, Standing};
use flightpath_school::view::{EventState, TrackingEvent, classes, events};
use small::{Small, YEAR, shipped};

const TEST: Id = Id(500);

/// Three pupils of Year 10 in one class of maths, on GCSE grades.
struct Scene {
    small: Small,
    maths: Id,
    class: Id,
    policy: Policy,
}

impl Scene {
    fn new() -> Scene {
        let mut small = Small::default();
        for (id, name) in [(1, "Abara"), (2, "Boyd"), (3, "Cole")] {
            small.pupil(id, name, 10);
        }
        let maths = small.subject("Maths");
        let mut scene = Scene {
            small,
            maths,
            class: Id(0),
            policy: shipped("bilingual-secondary"),
        };
        scene.class = scene.small.class(maths, "10/Ma1", &[1, 2, 3]);
        for (pupil, target) in [(1, "6"), (2, "5"), (3, "7")] {
            let field = Field::Target;
            let maths = scene.maths;
            scene
                .small
                .grade(field, YEAR, maths, pupil, "gcse-9-1", target);
        }
        scene
    }

    fn event(&mut self, name: &str, state: EventState, fields: &str) -> TrackingEvent {
        let id = keys::event(YEAR, name);
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::EventName, Value::text(name));
        write(Field::EventYear, Value::whole(i64::from(YEAR.0)));
        write(Field::EventState, Value::text(state.name()));
        write(Field::EventFields, Value::text(fields));
        self.small.carry_out(&draft);
        let all = events(&self.small.school, YEAR);
        all.into_iter().find(|event| event.id == id).unwrap()
    }

    fn place(&self, assessment: Id) -> Place {
        Place {
            year: YEAR,
            subject: self.maths,
            assessment,
        }
    }

    fn add(&mut self, class: Id, id: Id, edits: &[AssessmentEdit]) {
        let mut draft = Draft::default();
        add(&mut draft, YEAR, class, id, edits).unwrap();
        self.small.carry_out(&draft);
    }

    fn test(&mut self) {
        let order = last_order(&self.small.school, YEAR, self.class);
        let class = self.class;
        let edits = [
            AssessmentEdit::Title(" Unit test ".to_owned()),
            AssessmentEdit::Date(CivilDate::new(2026, 11, 20)),
            AssessmentEdit::Kind(AssessmentKind::Test),
            AssessmentEdit::Category("Autumn".to_owned()),
            AssessmentEdit::Measured(Measured::Marks { most: 40_000 }),
            AssessmentEdit::Weight(2000),
            AssessmentEdit::Order(order),
        ];
        self.add(class, TEST, &edits);
    }

    fn typed(&mut self, assessment: Id, typed: &[(u128, Typed)]) {
        let mut draft = Draft::default();
        for (pupil, typed) in typed {
            let place = self.place(assessment);
            write_mark(&mut draft, &self.small.school, place, Id(*pupil), typed);
        }
        self.small.carry_out(&draft);
    }

    fn bound(&mut self, boundaries: Boundaries) -> Result<(), NotWritten> {
        let mut draft = Draft::default();
        let scales = ScaleSet::shipped();
        let scale = scales.get(&boundaries.scale);
        let edit = AssessmentEdit::Boundaries(Some(boundaries));
        change(&mut draft, YEAR, TEST, &edit, scale)?;
        self.small.carry_out(&draft);
        Ok(())
    }

    fn book(&self) -> Markbook {
        let all = classes(&self.small.school, YEAR);
        let class = all.iter().find(|class| class.id == self.class).unwrap();
        let subjects = self.small.subjects();
        let pupils = self.small.pupils();
        markbook(&self.small.school, YEAR, class, &subjects[0], &pupils, None)
    }

    fn current(&self, event: &TrackingEvent, pupil: u128) -> Shown<'_> {
        let school = &self.small.school;
        school.shown(&event.grade_column(self.maths), Id(pupil))
    }
}

fn marks(mark: i64) -> Mark {
    Mark::Number(mark * 1000)
}

fn boundaries(scale: &str, out_of: i64, of: &[(&str, i64)]) -> Boundaries {
    let scales = ScaleSet::shipped();
    let from = of.iter().map(|(grade, from)| Boundary {
        grade: (*grade).to_owned(),
        from: from * 1000,
    });
    Boundaries::new(scales.get(scale).unwrap(), out_of, from.collect())
}

const OF_40: [(&str, i64); 5] = [("7", 32), ("6", 26), ("5", 20), ("4", 14), ("U", 0)];

#[test]
fn an_assessment_is_added_changed_and_taken_away() {
    let mut scene = Scene::new();
    scene.test();
    let book = scene.book();
    let [test] = book.assessments.as_slice() else {
        panic!("one assessment")
    };
    assert_eq!((test.title.as_str(), test.weight), ("Unit test", 2000));
    assert_eq!(test.measured, Some(Measured::Marks { most: 40_000 }));
    assert_eq!(book.weights, 2000);
    assert_eq!(last_order(&scene.small.school, YEAR, scene.class), 1000);
    assert!(!test.private);

    let mut draft = Draft::default();
    let mut refused = |edit| change(&mut draft, YEAR, TEST, &edit, None);
    assert_eq!(
        refused(AssessmentEdit::Title("  ".to_owned())),
        Err(NotWritten::NoTitle)
    );
    let none = Measured::Marks { most: 0 };
    assert!(matches!(
        refused(AssessmentEdit::Measured(none)),
        Err(NotWritten::BadMost { .. })
    ));
    assert!(matches!(
        refused(AssessmentEdit::Weight(-1)),
        Err(NotWritten::BadWeight { .. })
    ));
    assert!(draft.is_empty());

    change(&mut draft, YEAR, TEST, &AssessmentEdit::Private(true), None).unwrap();
    scene.small.carry_out(&draft);
    assert!(scene.book().assessments[0].private);
    let mut draft = Draft::default();
    remove(&mut draft, YEAR, TEST);
    scene.small.carry_out(&draft);
    assert!(scene.book().assessments.is_empty());
    assert_eq!(scene.book().weights, 0);
}

#[test]
fn an_assessment_that_does_not_hold_is_not_added_at_all() {
    let mut draft = Draft::default();
    let edits = [
        AssessmentEdit::Title("Test".to_owned()),
        AssessmentEdit::Weight(-1),
    ];
    assert!(add(&mut draft, YEAR, Id(1), TEST, &edits).is_err());
    assert!(draft.is_empty());
}

#[test]
fn what_is_written_into_a_cell_is_read_from_it() {
    let mut scene = Scene::new();
    scene.test();
    scene.typed(
        TEST,
        &[
            (1, Typed::Late(Some(marks(14)))),
            (2, Typed::Instead(Instead::Absent)),
            (3, Typed::Mark(marks(30))),
        ],
    );
    let cells = |scene: &Scene| -> Vec<_> {
        let book = scene.book();
        book.rows
            .into_iter()
            .map(|row| row.cells[0].clone())
            .collect()
    };
    let read = cells(&scene);
    assert_eq!(
        (&read[0].entry, read[0].late),
        (&MarkEntry::Mark(marks(14)), true)
    );
    assert_eq!(read[1].entry, MarkEntry::Instead(Instead::Absent));
    assert_eq!(
        (&read[2].entry, read[2].late),
        (&MarkEntry::Mark(marks(30)), false)
    );
    // The same again writes nothing; a mark in place of a word takes its place.
    let mut draft = Draft::default();
    let (school, place) = (&scene.small.school, scene.place(TEST));
    write_mark(&mut draft, school, place, Id(3), &Typed::Mark(marks(30)));
    assert!(draft.is_empty());
    scene.typed(TEST, &[(1, Typed::Cleared), (2, Typed::Mark(marks(22)))]);
    let read = cells(&scene);
    assert_eq!((&read[0].entry, read[0].late), (&MarkEntry::Blank, false));
    assert_eq!(read[1].entry, MarkEntry::Mark(marks(22)));

    let mut draft = Draft::default();
    let (school, place) = (&scene.small.school, scene.place(TEST));
    set_note(&mut draft, school, place, Id(1), " left early ");
    set_evidence(&mut draft, school, place, Id(1), "folder 3");
    let scales = ScaleSet::shipped();
    let attitude = scales.get("atl").unwrap();
    assert!(set_effort(
        &mut draft,
        school,
        place,
        Id(1),
        Some((attitude, "Good"))
    ));
    assert!(!set_effort(
        &mut draft,
        school,
        place,
        Id(2),
        Some((attitude, "Blue"))
    ));
    assert!(write_moderated(
        &mut draft,
        school,
        place,
        Id(2),
        &Typed::Mark(marks(20))
    ));
    assert!(!write_moderated(
        &mut draft,
        school,
        place,
        Id(3),
        &Typed::Late(None)
    ));
    scene.small.carry_out(&draft);
    let read = cells(&scene);
    assert_eq!(
        (read[0].note.as_str(), read[0].evidence.as_str()),
        ("left early", "folder 3")
    );
    assert_eq!(read[0].effort, Some(("atl".to_owned(), "Good".to_owned())));
    assert_eq!(read[1].counting(), Some(&marks(20)));
    assert_eq!(read[2].counting(), Some(&marks(30)));
}

#[test]
fn weights_of_which_two_wait_for_a_choice_weigh_nothing() {
    let mut scene = Scene::new();
    scene.test();
    let here = scene.small.school.clone();
    let write = |weight| {
        let mut draft = Draft::default();
        change(
            &mut draft,
            YEAR,
            TEST,
            &AssessmentEdit::Weight(weight),
            None,
        )
        .unwrap();
        draft
    };
    let one = here.step(&write(1000), small::info(7, 1)).unwrap();
    let other = here.step(&write(3000), small::info(8, 1)).unwrap();
    scene.small.school.apply(&one);
    scene.small.school.apply(&other);
    let test = &scene.book().assessments[0];
    assert_eq!(
        (test.weight, test.several.as_slice()),
        (0, &[Field::AssessmentWeight][..])
    );
}

#[test]
fn boundaries_that_do_not_hold_are_not_written() {
    let mut scene = Scene::new();
    scene.test();
    let bad = scene.bound(boundaries("gcse-9-1", 40_000, &[("7", 20), ("6", 26)]));
    assert!(matches!(bad, Err(NotWritten::Boundaries(_))));
    assert_eq!(scene.book().assessments[0].boundaries, None);
    let good = boundaries("gcse-9-1", 40_000, &OF_40);
    scene.bound(good.clone()).unwrap();
    assert_eq!(scene.book().assessments[0].boundaries, Some(good));
}

#[test]
fn a_column_beside_the_targets() {
    let mut scene = Scene::new();
    scene.test();
    scene.bound(boundaries("gcse-9-1", 40_000, &OF_40)).unwrap();
    // Grades 7, 5 and 5 beside targets 6, 5 and 7.
    scene.typed(
        TEST,
        &[
            (1, Typed::Mark(marks(33))),
            (2, Typed::Mark(marks(20))),
            (3, Typed::Mark(marks(25))),
        ],
    );
    let shares = scene.book().rag_shares(&scene.policy, 0);
    assert_eq!((shares.green, shares.white, shares.red), (1, 1, 1));
    let summary = scene.book().summary(&scene.policy, 0).unwrap();
    assert_eq!((summary.count, summary.median), (3, Some(25_000)));
    let means = scene.book().means(&scene.policy, &BTreeMap::new());
    assert_eq!(means[0].value, Some(82_500));
}

#[test]
fn the_last_event_stands_beside_the_marks() {
    let mut scene = Scene::new();
    let october = scene.event("October", EventState::Closed, "current");
    let december = scene.event("December", EventState::Open, "current");
    let key = october.grade_column(scene.maths);
    scene.small.write(key, Id(1), Value::grade("gcse-9-1", "4"));
    let all = [october.clone(), december];
    let school = &scene.small.school;
    let pupils = scene.small.pupils();
    let last = last_with_grades(school, &all, scene.maths, &pupils).unwrap();
    assert_eq!(last.id, october.id);
    let mut grades = Grades::default();
    grades.keep_up(school, &scene.policy);
    let subjects = scene.small.subjects();
    let standing = Standing::of(school, &scene.policy, &grades, last, &subjects, &pupils);
    let all = classes(school, YEAR);
    let last = Some((last, &standing));
    let book = markbook(school, YEAR, &all[0], &subjects[0], &pupils, last);
    let one = book.rows[0].last.as_ref().unwrap();
    assert_eq!(
        (one.current.as_str(), one.rag.colour()),
        ("4", Some(Rag::Red))
    );
    let other = book.rows[1].last.as_ref().unwrap();
    assert_eq!((other.current.as_str(), other.rag.colour()), ("", None));
}

#[test]
fn the_last_event_is_that_of_the_class_and_not_of_another() {
    let mut scene = Scene::new();
    scene.small.pupil(4, "Diaz", 10);
    let other = scene.small.class(scene.maths, "10/Ma2", &[4]);
    let october = scene.event("October", EventState::Closed, "current");
    let december = scene.event("December", EventState::Open, "current");
    let grade = |label| Value::grade("gcse-9-1", label);
    let column = |event: &TrackingEvent| event.grade_column(scene.maths);
    let (first, second) = (column(&october), column(&december));
    scene.small.write(first, Id(1), grade("4"));
    scene.small.write(second, Id(4), grade("5"));
    let all = [october.clone(), december.clone()];
    let last = |scene: &Scene, class: Id| {
        let school = &scene.small.school;
        let held = classes(school, YEAR);
        let class = held.iter().find(|held| held.id == class).unwrap();
        let pupils = scene.small.pupils();
        let own: Vec<_> = (pupils_of(school, YEAR, class, &pupils).into_iter())
            .cloned()
            .collect();
        last_with_grades(school, &all, scene.maths, &own).map(|event| event.id)
    };
    assert_eq!(last(&scene, scene.class), Some(october.id));
    assert_eq!(last(&scene, other), Some(december.id));
    // A grade that was taken back is none.
    scene.small.write(first, Id(1), Value::Blank);
    assert_eq!(last(&scene, scene.class), None);
    scene.small.write(second, Id(3), grade("6"));
    assert_eq!(last(&scene, scene.class), Some(december.id));
}

#[test]
fn what_goes_on_for_a_pupil_stands_beside_the_marks() {
    let mut scene = Scene::new();
    let day = |day| CivilDate::new(2026, 10, day).unwrap();
    for (id, pupil, subject) in [
        (70, 1, Some(scene.maths)),
        (71, 1, None),
        (72, 2, Some(Id(51))),
        (73, 3, Some(scene.maths)),
    ] {
        let mut draft = Draft::default();
        begin(&mut draft, Id(id), Id(pupil), subject, day(12));
        scene.small.carry_out(&draft);
    }
    let ended = intervention(&scene.small.school, Id(73)).unwrap();
    let mut draft = Draft::default();
    let end = InterventionEdit::Finished(Some(day(30)));
    fill_in(&mut draft, &ended, &end).unwrap();
    scene.small.carry_out(&draft);
    let beside: Vec<Vec<Id>> = (scene.book().rows.iter())
        .map(|row| row.interventions.iter().map(|held| held.id).collect())
        .collect();
    // What is in another subject, or has ended, is not there.
    assert_eq!(beside, [vec![Id(71), Id(70)], vec![], vec![]]);
}

#[test]
fn an_event_takes_grades_from_a_test_and_replaces_only_what_it_is_told_to() {
    let mut scene = Scene::new();
    scene.test();
    scene.small.pupil(4, "Diaz", 10);
    let key = ColumnKey::per_subject(Field::Class, YEAR, scene.maths);
    scene.small.write(key, Id(4), Value::Reference(scene.class));
    scene.small.pupil(5, "Evans", 10);
    scene.small.write(key, Id(5), Value::Reference(scene.class));
    scene
        .small
        .grade(Field::Target, YEAR, scene.maths, 5, "a-level", "B");
    scene.small.pupil(7, "Gray", 10);
    let class = Value::Reference(scene.class);
    scene.small.write(key, Id(7), class);
    scene.small.pupil(6, "Fox", 10);
    scene.small.write(key, Id(6), Value::Reference(scene.class));
    scene
        .bound(boundaries("gcse-9-1", 40_000, &OF_40[..4]))
        .unwrap();
    scene.typed(
        TEST,
        &[
            (1, Typed::Mark(marks(33))),
            (2, Typed::Mark(marks(26))),
            (3, Typed::Mark(marks(20))),
            (4, Typed::Instead(Instead::Absent)),
            (5, Typed::Mark(marks(20))),
            (6, Typed::Mark(marks(3))),
            (7, Typed::Mark(marks(20))),
        ],
    );
    let event = scene.event("December", EventState::Open, "current evidence");
    let current = event.grade_column(scene.maths);
    scene
        .small
        .write(current, Id(2), Value::grade("gcse-9-1", "4"));
    scene
        .small
        .write(current, Id(3), Value::grade("gcse-9-1", "5"));
    let code = event.code_column(scene.maths);
    scene.small.write(code, Id(7), Value::text("disapplied"));

    let book = scene.book();
    let subjects = scene.small.subjects();
    let from = Feeding::Assessment(0);
    let school = &scene.small.school;
    let found = feed(school, &scene.policy, &book, &subjects[0], &event, &from).unwrap();
    let new: Vec<_> = found
        .new
        .iter()
        .map(|fed| (fed.pupil, fed.label.as_str()))
        .collect();
    assert_eq!(new, [(Id(1), "7")]);
    assert_eq!(found.same, [Id(3)]);
    let others: Vec<_> = (found.others.iter())
        .map(|other| (other.fed.pupil, other.now[0].as_str()))
        .collect();
    assert_eq!(others, [(Id(2), "4"), (Id(7), "disapplied")]);
    let scales = WhyNotFed::ScalesDiffer {
        grade: "gcse-9-1".to_owned(),
        subject: "a-level".to_owned(),
    };
    let left = [
        (Id(4), WhyNotFed::NoMark),
        (Id(5), scales),
        (Id(6), WhyNotFed::BelowBoundaries),
    ];
    assert_eq!(found.left_out, left);

    let mut draft = Draft::default();
    write_feed(
        &mut draft,
        school,
        &event,
        scene.maths,
        &found,
        |_| false,
        "Unit test",
    );
    scene.small.carry_out(&draft);
    let seven = Value::grade("gcse-9-1", "7");
    assert_eq!(scene.current(&event, 1), Shown::One(&seven));
    assert_eq!(
        scene.current(&event, 2),
        Shown::One(&Value::grade("gcse-9-1", "4"))
    );
    assert_eq!(scene.small.school.text(&code, Id(7)), Some("disapplied"));
    let evidence = ColumnKey::per_event(Field::Evidence, YEAR, scene.maths, event.id);
    assert_eq!(scene.small.school.text(&evidence, Id(1)), Some("Unit test"));
    assert_eq!(scene.small.school.text(&evidence, Id(3)), None);

    let mut draft = Draft::default();
    let school = &scene.small.school;
    let found = feed(school, &scene.policy, &book, &subjects[0], &event, &from).unwrap();
    assert!(found.new.is_empty());
    write_feed(
        &mut draft,
        school,
        &event,
        scene.maths,
        &found,
        |_| true,
        "Unit test",
    );
    scene.small.carry_out(&draft);
    assert_eq!(
        scene.current(&event, 2),
        Shown::One(&Value::grade("gcse-9-1", "6"))
    );
    assert_eq!(scene.small.school.shown(&code, Id(7)), Shown::Nothing);
}

#[test]
fn an_event_takes_grades_from_the_mean() {
    let mut scene = Scene::new();
    scene.test();
    scene.typed(TEST, &[(1, Typed::Mark(marks(30)))]);
    let event = scene.event("December", EventState::Open, "current");
    let subjects = scene.small.subjects();
    let fed = |scene: &Scene, event: &TrackingEvent| {
        let (school, book) = (&scene.small.school, scene.book());
        feed(
            school,
            &scene.policy,
            &book,
            &subjects[0],
            event,
            &Feeding::Mean,
        )
    };
    assert_eq!(fed(&scene, &event), Err(NotFed::NoBoundaries));
    let method = Method {
        boundaries: Some(boundaries(
            "gcse-9-1",
            WHOLE_PERCENT,
            &[("6", 75), ("1", 10)],
        )),
        ..Method::default()
    };
    let mut draft = Draft::default();
    set_method(&mut draft, scene.class, &method);
    scene.small.carry_out(&draft);
    assert_eq!(scene.book().method, method);
    let found = fed(&scene, &event).unwrap();
    assert_eq!((found.new.len(), found.new[0].label.as_str()), (1, "6"));
    assert_eq!(found.left_out.len(), 2);
    let closed = TrackingEvent {
        state: EventState::Closed,
        ..event.clone()
    };
    assert_eq!(fed(&scene, &closed), Err(NotFed::NotOpen));
    let comments = TrackingEvent {
        fields: vec![Field::Comment],
        ..event
    };
    assert_eq!(fed(&scene, &comments), Err(NotFed::NotAsked));
}

#[test]
fn a_test_without_boundaries_gives_an_event_nothing() {
    let mut scene = Scene::new();
    scene.test();
    let event = scene.event("December", EventState::Open, "current");
    let subjects = scene.small.subjects();
    let (school, book) = (&scene.small.school, scene.book());
    for (place, expected) in [(0, NotFed::NoBoundaries), (1, NotFed::NoAssessment)] {
        let from = Feeding::Assessment(place);
        let found = feed(school, &scene.policy, &book, &subjects[0], &event, &from);
        assert_eq!(found, Err(expected));
    }
}

#[test]
fn categories_are_shown_with_what_each_weighs() {
    let mut scene = Scene::new();
    scene.test();
    for (id, title, category, weight) in [
        (600, "Essay", "Spring", 1500),
        (601, "Quiz", "Autumn", 500),
        (602, "Loose", "", 1000),
    ] {
        let class = scene.class;
        let order = last_order(&scene.small.school, YEAR, class);
        let edits = [
            AssessmentEdit::Title(title.to_owned()),
            AssessmentEdit::Category(category.to_owned()),
            AssessmentEdit::Weight(weight),
            AssessmentEdit::Order(order),
        ];
        scene.add(class, Id(id), &edits);
    }
    let book = scene.book();
    let categories = book.categories();
    let shown: Vec<_> = categories
        .iter()
        .map(|held| (held.name.as_str(), held.assessments, held.weights))
        .collect();
    assert_eq!(
        shown,
        [("Autumn", 2, 2500), ("Spring", 1, 1500), ("", 1, 1000)]
    );
    let sum: i64 = categories.iter().map(|held| held.weights).sum();
    assert_eq!(sum, book.weights);
    // Who types it with other capitals means the same one; who puts right the only one that is so, does.
    assert_eq!(book.category_as_written(" spring ", None), "Spring");
    assert_eq!(book.category_as_written("spring", Some(Id(601))), "Spring");
    assert_eq!(book.category_as_written("spring", Some(Id(600))), "spring");
    assert_eq!(book.category_as_written("Summer", None), "Summer");
    assert_eq!(book.category_as_written(" ", None), "");
}

#[test]
fn moderation_goes_across_the_classes_of_a_subject() {
    let mut scene = Scene::new();
    scene.small.pupil(4, "Diaz", 10);
    let other = scene.small.class(scene.maths, "10/Ma2", &[4]);
    let work = [
        AssessmentEdit::Title("Practical".to_owned()),
        AssessmentEdit::Kind(AssessmentKind::NonExamined),
        AssessmentEdit::Measured(Measured::Marks { most: 50_000 }),
    ];
    let class = scene.class;
    scene.add(class, Id(600), &work);
    scene.add(other, Id(601), &work);
    scene.test();
    scene.typed(
        Id(600),
        &[(1, Typed::Mark(marks(40))), (2, Typed::Mark(marks(30)))],
    );
    scene.typed(Id(601), &[(4, Typed::Mark(marks(25)))]);
    let mut draft = Draft::default();
    let (school, place) = (&scene.small.school, scene.place(Id(600)));
    write_moderated(&mut draft, school, place, Id(1), &Typed::Mark(marks(35)));
    scene.small.carry_out(&draft);

    let all = classes(&scene.small.school, YEAR);
    let pupils = scene.small.pupils();
    let scales = ScaleSet::shipped();
    let school = &scene.small.school;
    let rows = moderation(school, &scales, YEAR, scene.maths, &all, &pupils);
    let sides: Vec<_> = rows
        .iter()
        .map(|row| (row.pupil.id, row.shares.original, row.shares.moderated))
        .collect();
    let expected = [
        (Id(1), Some(80_000), Some(70_000)),
        (Id(2), Some(60_000), None),
        (Id(3), None, None),
        (Id(4), Some(50_000), None),
    ];
    assert_eq!(sides, expected);
    let shares: Vec<_> = rows.iter().map(|row| row.shares).collect();
    let by = by_class(&shares);
    assert_eq!(
        (by[0].class, by[0].marked, by[0].mean_difference),
        (class, 2, Some(-10_000))
    );
    assert_eq!((by[1].class, by[1].moderated), (other, 0));
    // What is moderated counts in the markbook.
    assert_eq!(assessments(school, YEAR, class).len(), 2);
    let mean = &scene.book().means(&scene.policy, &BTreeMap::new())[0];
    assert_eq!(mean.value, Some(70_000));
}

#[test]
fn the_same_assessment_is_moderated_across_classes_and_what_is_private_stays_so() {
    let mut scene = Scene::new();
    scene.small.pupil(4, "Diaz", 10);
    scene.small.pupil(5, "Eze", 10);
    let open = scene.small.class(scene.maths, "10/Ma2", &[4]);
    let kept = scene.small.class(scene.maths, "10/Ma3", &[5]);
    // Another year group does work of the same title.
    scene.small.pupil(6, "Fox", 11);
    let older = scene.small.class(scene.maths, "11/Ma1", &[6]);
    let (own, maths) = (scene.class, scene.maths);
    let work = |title: &str, private| {
        [
            AssessmentEdit::Title(title.to_owned()),
            AssessmentEdit::Kind(AssessmentKind::NonExamined),
            AssessmentEdit::Measured(Measured::Marks { most: 50_000 }),
            AssessmentEdit::Private(private),
        ]
    };
    scene.add(own, Id(600), &work("Practical", true));
    scene.add(own, Id(601), &work("Essay", false));
    scene.add(open, Id(602), &work(" practical", false));
    scene.add(kept, Id(603), &work("Practical", true));
    scene.add(older, Id(604), &work("Practical", false));
    let typed = |mark| Typed::Mark(marks(mark));
    scene.typed(
        Id(600),
        &[(1, typed(48)), (2, Typed::Instead(Instead::Absent))],
    );
    scene.typed(Id(602), &[(4, typed(20))]);
    let rows = |scene: &Scene| {
        let school = &scene.small.school;
        let (all, pupils) = (classes(school, YEAR), scene.small.pupils());
        let rows = moderation(school, &ScaleSet::shipped(), YEAR, maths, &all, &pupils);
        let own = assessments(school, YEAR, own);
        let like = own.iter().find(|held| held.id == Id(600)).unwrap();
        of_the_same(rows, like)
    };
    let found = rows(&scene);
    let who: Vec<_> = found
        .iter()
        .map(|row| (row.assessment.id, row.pupil.id))
        .collect();
    let expected = [(600, 1), (600, 2), (600, 3), (602, 4)];
    assert_eq!(who, expected.map(|(of, pupil)| (Id(of), Id(pupil))));

    // Three marks up: never beyond the highest, and an absent pupil gets none.
    let mut draft = Draft::default();
    let school = &scene.small.school;
    move_moderated(&mut draft, school, (YEAR, maths), &found, own, 3000);
    scene.small.carry_out(&draft);
    let moved: Vec<_> = rows(&scene)
        .iter()
        .map(|row| row.cell.moderated.mark().cloned())
        .collect();
    assert_eq!(moved, [Some(marks(50)), None, None, None]);
}

#[test]
fn a_moderated_mark_waits_until_there_is_a_mark_again() {
    let mut scene = Scene::new();
    scene.test();
    let edit = AssessmentEdit::Kind(AssessmentKind::NonExamined);
    let mut draft = Draft::default();
    change(&mut draft, YEAR, TEST, &edit, None).unwrap();
    scene.small.carry_out(&draft);
    scene.bound(boundaries("gcse-9-1", 40_000, &OF_40)).unwrap();
    scene.typed(
        TEST,
        &[(1, Typed::Mark(marks(20))), (2, Typed::Mark(marks(20)))],
    );
    let mut draft = Draft::default();
    let (school, place) = (&scene.small.school, scene.place(TEST));
    write_moderated(&mut draft, school, place, Id(1), &Typed::Mark(marks(33)));
    scene.small.carry_out(&draft);
    let event = scene.event("December", EventState::Open, "current");
    // The mean, marks that count, the grade that an event takes, and marks moderated of the first pupil.
    let seen = |scene: &Scene| {
        let book = scene.book();
        let mean = book.means(&scene.policy, &BTreeMap::new())[0].value;
        let count = book.summary(&scene.policy, 0).unwrap().count;
        let (school, subjects) = (&scene.small.school, scene.small.subjects());
        let from = Feeding::Assessment(0);
        let found = feed(school, &scene.policy, &book, &subjects[0], &event, &from).unwrap();
        let mut fed = found.new.into_iter();
        let fed = fed.find(|fed| fed.pupil == Id(1)).map(|fed| fed.label);
        let (all, pupils) = (classes(school, YEAR), scene.small.pupils());
        let scales = ScaleSet::shipped();
        let rows = moderation(school, &scales, YEAR, scene.maths, &all, &pupils);
        let shares: Vec<_> = rows.iter().map(|row| row.shares).collect();
        let by = &by_class(&shares)[0];
        (mean, count, fed, (by.marked, by.moderated))
    };
    let seven = (Some(82_500), 2, Some("7".to_owned()), (2, 1));
    assert_eq!(seen(&scene), seven);
    for gone in [Typed::Cleared, Typed::Instead(Instead::Absent)] {
        scene.typed(TEST, &[(1, gone)]);
        assert_eq!(seen(&scene), (None, 1, None, (1, 0)));
        let cell = &scene.book().rows[0].cells[0];
        assert_eq!(
            (cell.moderated_from(), cell.moderated_waits()),
            (None, true)
        );
    }
    scene.typed(TEST, &[(1, Typed::Mark(marks(21)))]);
    assert_eq!(seen(&scene), seven);
    let book = scene.book();
    let from = book.rows[0].cells[0].moderated_from();
    assert_eq!(from, Some((Some(&marks(21)), &marks(33))));
    assert!(!book.rows[0].cells[0].moderated_waits());
    assert_eq!(book.rows[1].cells[0].moderated_from(), None);
}

#[test]
fn another_highest_mark_keeps_the_grades_and_says_which_marks_do_not_fit() {
    let mut scene = Scene::new();
    scene.test();
    scene.bound(boundaries("gcse-9-1", 40_000, &OF_40)).unwrap();
    let typed = |mark| Typed::Mark(marks(mark));
    scene.typed(TEST, &[(1, typed(33)), (2, typed(20)), (3, typed(15))]);
    let event = scene.event("December", EventState::Open, "current");
    let measure = |scene: &mut Scene, measured| {
        let mut draft = Draft::default();
        change(
            &mut draft,
            YEAR,
            TEST,
            &AssessmentEdit::Measured(measured),
            None,
        )
        .unwrap();
        scene.small.carry_out(&draft);
    };
    // Who gets which grade at the event, who gets none, and how many marks do not fit.
    let seen = |scene: &Scene| {
        let book = scene.book();
        let unreadable = book.summary(&scene.policy, 0).unwrap().unreadable;
        let (school, subjects) = (&scene.small.school, scene.small.subjects());
        let from = Feeding::Assessment(0);
        let found = feed(school, &scene.policy, &book, &subjects[0], &event, &from).unwrap();
        let new: Vec<_> = (found.new.into_iter())
            .map(|fed| (fed.pupil.0, fed.label))
            .collect();
        let left: Vec<_> = (found.left_out.into_iter())
            .map(|(pupil, why)| (pupil.0, why))
            .collect();
        (new, left, unreadable)
    };
    let graded = |grades: &[(u128, &str)]| -> Vec<(u128, String)> {
        let each = grades.iter();
        each.map(|(pupil, grade)| (*pupil, (*grade).to_owned()))
            .collect()
    };
    let (two, three) = (
        graded(&[(1, "7"), (2, "5"), (3, "4")]),
        graded(&[(1, "6"), (2, "4")]),
    );
    assert_eq!(seen(&scene), (two, Vec::new(), 0));
    // Of 50 a 6 begins at 33 and a 4 at 18: 26 and 14 of 40, in proportion.
    measure(&mut scene, Measured::Marks { most: 50_000 });
    let (new, left, unreadable) = seen(&scene);
    assert_eq!((&new[..2], left, unreadable), (&three[..], Vec::new(), 0));
    measure(&mut scene, Measured::Marks { most: 30_000 });
    let (new, left, unreadable) = seen(&scene);
    assert_eq!(new.len(), 2);
    assert_eq!((left, unreadable), (vec![(1, WhyNotFed::Unreadable)], 1));
    let book = scene.book();
    let misfits: Vec<_> = (book.rows.iter())
        .map(|row| row.cells[0].misfit(&book.assessments[0], scene.policy.scales()))
        .collect();
    let over = marks(33);
    assert_eq!(misfits, [Some((&over, WhyLeftOut::OutOfRange)), None, None]);
    // Marks where grades are entered now.
    let scale = "gcse-9-1".to_owned();
    measure(&mut scene, Measured::Grades { scale });
    let (new, left, unreadable) = seen(&scene);
    assert_eq!((new.len(), unreadable), (0, 3));
    assert!(left.iter().all(|(_, why)| *why == WhyNotFed::Unreadable));
    let book = scene.book();
    let misfit = book.rows[1].cells[0].misfit(&book.assessments[0], scene.policy.scales());
    assert_eq!(misfit, Some((&marks(20), WhyLeftOut::Unreadable)));
}
