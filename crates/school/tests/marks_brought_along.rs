//! Who comes from another class of the subject brings along the marks that were given there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "small/mod.rs"]
mod small;

use std::collections::BTreeMap;

use flightpath_school::journal::{Draft, Step};
use flightpath_school::markbook::{
    AssessmentKind, Instead, Mark, MarkEntry, Mean, Measured, Method, StandardTo, Typed,
};
use flightpath_school::model::{CivilDate, Id};
use flightpath_school::policy::Policy;
use flightpath_school::view::class_changes::Classes;
use flightpath_school::view::classes;
use flightpath_school::view::markbook::{
    AssessmentEdit, Markbook, Place, add, change, markbook, remove, set_method, write_mark,
};
use small::{Small, YEAR, info, shipped};

/// Two classes of maths: Abara and Boyd in 7A, Cole and Diaz in 7B; each has a test in October, 7A one in December too.
struct Scene {
    small: Small,
    maths: Id,
    a: Id,
    b: Id,
    policy: Policy,
}

const OCTOBER_A: Id = Id(500);
const OCTOBER_B: Id = Id(501);
const DECEMBER_A: Id = Id(502);

fn marks(mark: i64) -> Typed {
    Typed::Mark(Mark::Number(mark * 1000))
}

impl Scene {
    fn new() -> Scene {
        let mut small = Small::default();
        for (id, name) in [(1, "Abara"), (2, "Boyd"), (3, "Cole"), (4, "Diaz")] {
            small.pupil(id, name, 7);
        }
        let maths = small.subject("Maths");
        let (a, b) = (
            small.class(maths, "7A", &[1, 2]),
            small.class(maths, "7B", &[3, 4]),
        );
        let policy = shipped("bilingual-secondary");
        let mut scene = Scene {
            small,
            maths,
            a,
            b,
            policy,
        };
        scene.test(OCTOBER_A, a, "Fractions", (10, 5), 40);
        scene.test(OCTOBER_B, b, "Decimals", (10, 8), 20);
        scene.test(DECEMBER_A, a, "Angles", (12, 3), 40);
        scene.typed(OCTOBER_A, &[(1, marks(20)), (2, marks(30))]);
        scene.typed(OCTOBER_B, &[(3, marks(15)), (4, marks(5))]);
        scene.typed(DECEMBER_A, &[(1, marks(10)), (2, marks(40))]);
        scene
    }

    fn test(&mut self, id: Id, class: Id, title: &str, (month, day): (u8, u8), most: i64) {
        let edits = [
            AssessmentEdit::Title(title.to_owned()),
            AssessmentEdit::Date(CivilDate::new(2026, month, day)),
            AssessmentEdit::Kind(AssessmentKind::Test),
            AssessmentEdit::Measured(Measured::Marks { most: most * 1000 }),
        ];
        let mut draft = Draft::default();
        add(&mut draft, YEAR, class, id, &edits).unwrap();
        self.small.carry_out(&draft);
    }

    fn typed(&mut self, assessment: Id, typed: &[(u128, Typed)]) {
        let place = Place {
            year: YEAR,
            subject: self.maths,
            assessment,
        };
        let mut draft = Draft::default();
        for (pupil, typed) in typed {
            write_mark(&mut draft, &self.small.school, place, Id(*pupil), typed);
        }
        self.small.carry_out(&draft);
    }

    fn changed(&mut self, id: Id, edit: &AssessmentEdit) {
        let mut draft = Draft::default();
        change(&mut draft, YEAR, id, edit, None).unwrap();
        self.small.carry_out(&draft);
    }

    /// Carries out as a step that can be undone.
    fn step(&mut self, draft: &Draft) -> Step {
        let step = self.small.school.step(draft, info(2, 1)).unwrap();
        self.small.school.apply(&step);
        step
    }

    fn moved_to_a(&mut self, pupil: u128) -> Step {
        let draft = Classes::of(&self.small.school, YEAR).move_to(self.a, &[Id(pupil)]);
        self.step(&draft.unwrap())
    }

    fn book(&self, class: Id) -> Markbook {
        let all = classes(&self.small.school, YEAR);
        let class = all.iter().find(|held| held.id == class).unwrap();
        let subjects = self.small.subjects();
        let pupils = self.small.pupils();
        markbook(&self.small.school, YEAR, class, &subjects[0], &pupils, None)
    }

    fn means(&self, class: Id) -> Vec<Mean> {
        self.book(class).means(&self.policy, &BTreeMap::new())
    }
}

/// Titles of what was brought along, each with the class that it comes from.
fn brought(book: &Markbook) -> Vec<(&str, &str)> {
    let all = book.brought.iter();
    all.map(|held| (held.assessment.title.as_str(), held.from.as_str()))
        .collect()
}

fn values(means: &[Mean]) -> Vec<Option<i64>> {
    means.iter().map(|mean| mean.value).collect()
}

#[test]
fn who_is_moved_brings_marks_along_and_undo_takes_them_back() {
    let mut scene = Scene::new();
    let before = scene.book(scene.a);
    assert!(before.brought.is_empty(), "nobody has moved");
    let there = scene.means(scene.b)[0].value;
    let step = scene.moved_to_a(3);
    let book = scene.book(scene.a);
    assert_eq!(brought(&book), [("Decimals", "7B")]);
    let entries: Vec<_> = book
        .rows
        .iter()
        .map(|row| row.brought[0].entry.clone())
        .collect();
    let mark = MarkEntry::Mark(Mark::Number(15_000));
    assert_eq!(entries, [MarkEntry::Blank, MarkEntry::Blank, mark]);
    // The mean is what it was in the class before.
    let means = scene.means(scene.a);
    assert_eq!(values(&means), [Some(37_500), Some(87_500), Some(75_000)]);
    assert_eq!(means[2].value, there);
    assert_eq!(means[2].counted[0].assessment, OCTOBER_B);
    assert!(
        means[0].left_out.is_empty(),
        "an empty cell of another class's test is nothing to be said"
    );
    // What is the class's own stays so.
    assert_eq!(
        (book.assessments.len(), book.weights),
        (2, before.weights),
        "the class's own"
    );
    assert_eq!(book.categories(), before.categories());
    assert!(book.rows.iter().all(|row| row.cells.len() == 2));
    assert_eq!(book.summary(&scene.policy, 2), None);
    assert!(scene.book(scene.b).brought.is_empty());

    let undo = scene.small.school.undoing(&step, info(2, 2)).step.unwrap();
    scene.small.school.apply(&undo);
    assert_eq!(scene.book(scene.a), before);
}

#[test]
fn who_comes_from_a_class_that_was_merged_brings_marks_along_from_it() {
    let mut scene = Scene::new();
    let draft = Classes::of(&scene.small.school, YEAR).merge(scene.b, scene.a);
    let step = scene.step(&draft.unwrap());
    let book = scene.book(scene.a);
    assert_eq!(brought(&book), [("Decimals", "7B")]);
    assert_eq!(
        values(&scene.means(scene.a)),
        [Some(37_500), Some(87_500), Some(75_000), Some(25_000)]
    );
    let undo = scene.small.school.undoing(&step, info(2, 2)).step.unwrap();
    scene.small.school.apply(&undo);
    assert!(scene.book(scene.a).brought.is_empty());
    assert_eq!(
        values(&scene.means(scene.b)),
        [Some(75_000), Some(25_000)],
        "the class that came back"
    );
}

#[test]
fn what_was_assessed_before_a_pupil_came_is_not_missing() {
    let mut scene = Scene::new();
    scene.moved_to_a(3);
    let book = scene.book(scene.a);
    // Fractions lay before the last test in 7B, Angles after it; the empty cells of Decimals are nobody's.
    assert_eq!(book.missing(), 1);
    scene.typed(DECEMBER_A, &[(1, Typed::Cleared)]);
    assert_eq!(scene.book(scene.a).missing(), 2);
    scene.typed(OCTOBER_A, &[(1, Typed::Cleared)]);
    assert_eq!(scene.book(scene.a).missing(), 3);
    scene.typed(OCTOBER_A, &[(2, Typed::Cleared)]);
    assert_eq!(
        scene.book(scene.a).missing(),
        2,
        "what nobody has a mark for has not been set yet"
    );
}

#[test]
fn who_stood_absent_brings_that_along_and_who_has_nothing_brings_nothing() {
    let mut scene = Scene::new();
    scene.typed(
        OCTOBER_B,
        &[(3, Typed::Instead(Instead::Absent)), (4, Typed::Cleared)],
    );
    scene.moved_to_a(4);
    assert!(scene.book(scene.a).brought.is_empty());
    scene.moved_to_a(3);
    assert_eq!(brought(&scene.book(scene.a)), [("Decimals", "7B")]);
    let means = scene.means(scene.a);
    assert_eq!(means[2].value, None);
    let absent = means[2].left_out.iter().map(|cell| cell.assessment);
    assert!(absent.collect::<Vec<_>>().contains(&OCTOBER_B));
    assert!(
        means[3]
            .left_out
            .iter()
            .all(|cell| cell.assessment != OCTOBER_B),
        "an empty cell of a test brought along"
    );
}

#[test]
fn what_a_teacher_keeps_private_or_has_taken_away_is_not_brought_along() {
    let mut scene = Scene::new();
    scene.moved_to_a(3);
    scene.changed(OCTOBER_B, &AssessmentEdit::Private(true));
    assert!(scene.book(scene.a).brought.is_empty());
    scene.changed(OCTOBER_B, &AssessmentEdit::Private(false));
    assert_eq!(scene.book(scene.a).brought.len(), 1);
    let mut draft = Draft::default();
    remove(&mut draft, YEAR, OCTOBER_B);
    scene.small.carry_out(&draft);
    assert!(scene.book(scene.a).brought.is_empty());
}

#[test]
fn another_subjects_marks_stay_there_and_columns_stand_by_date() {
    let mut scene = Scene::new();
    let art = scene.small.subject("Art");
    let other = scene.small.class(art, "7Art", &[3]);
    scene.test(Id(600), other, "Portrait", (10, 1), 10);
    let place = Place {
        year: YEAR,
        subject: art,
        assessment: Id(600),
    };
    let mut draft = Draft::default();
    write_mark(&mut draft, &scene.small.school, place, Id(3), &marks(7));
    scene.small.carry_out(&draft);
    scene.test(Id(601), scene.b, "Primes", (9, 20), 10);
    scene.typed(Id(601), &[(3, marks(9))]);
    scene.moved_to_a(3);
    assert_eq!(
        brought(&scene.book(scene.a)),
        [("Primes", "7B"), ("Decimals", "7B")]
    );
}

#[test]
fn a_standard_score_is_that_of_the_class_before() {
    let mut scene = Scene::new();
    for class in [scene.a, scene.b] {
        let method = Method {
            standard: Some(StandardTo::default()),
            ..Method::default()
        };
        let mut draft = Draft::default();
        set_method(&mut draft, class, &method);
        scene.small.carry_out(&draft);
    }
    let there = scene.means(scene.b)[0].value;
    assert_eq!(there, Some(115_000), "one deviation above");
    scene.moved_to_a(3);
    assert_eq!(scene.means(scene.a)[2].value, there);
}

#[test]
fn columns_are_counted_through_the_own_ones_and_those_brought_along() {
    let mut scene = Scene::new();
    scene.moved_to_a(3);
    let book = scene.book(scene.a);
    let title = |place| book.assessment_at(place).map(|held| held.title.as_str());
    assert_eq!(
        [title(0), title(1), title(2), title(3)],
        [Some("Fractions"), Some("Angles"), Some("Decimals"), None]
    );
    let from = |place| book.brought_at(place).map(|held| held.from.as_str());
    assert_eq!([from(1), from(2), from(3)], [None, Some("7B"), None]);
    let mark = |row, place| book.cell_at(row, place).and_then(|cell| cell.counting());
    assert_eq!(mark(2, 2), Some(&Mark::Number(15_000)));
    assert_eq!(mark(0, 0), Some(&Mark::Number(20_000)));
    assert_eq!(book.cell_at(0, 3), None);
}
