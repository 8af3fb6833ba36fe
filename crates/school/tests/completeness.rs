//! What is missing of an event, by class and by teacher.
#![allow(clippy::unwrap_used)]

mod small;

use flightpath_school::model::{ColumnKey, Field, Id, Value, keys};
use flightpath_school::view::completeness::{ClassTally, Taken, TeacherTally, by_teacher};
use flightpath_school::view::{EventState, TrackingEvent, classes};
use proptest::prelude::*;
use small::{Small, YEAR};

fn event() -> TrackingEvent {
    TrackingEvent {
        id: keys::event(YEAR, "october"),
        year: YEAR,
        key: "october".to_owned(),
        name: "October".to_owned(),
        opens: None,
        deadline: None,
        state: EventState::Open,
        fields: vec![Field::Current],
        pack: String::new(),
    }
}

struct Scene {
    small: Small,
    maths: Id,
    pupils: u128,
}

impl Scene {
    fn new() -> Scene {
        let mut small = Small::default();
        let maths = small.subject("Maths");
        Scene {
            small,
            maths,
            pupils: 0,
        }
    }

    /// A class of so many pupils, of whom the first `here` have an answer.
    fn class(&mut self, name: &str, taught_by: &str, all: u128, here: u128) -> Id {
        let own: Vec<u128> = (self.pupils + 1..=self.pupils + all).collect();
        self.pupils += all;
        for pupil in &own {
            self.small.pupil(*pupil, &format!("P{pupil:03}"), 8);
        }
        let class = self.small.class(self.maths, name, &own);
        if !taught_by.is_empty() {
            let key = ColumnKey::lasting(Field::ClassTeacher);
            self.small.write(key, class, Value::text(taught_by));
        }
        let key = ColumnKey::per_event(Field::Current, YEAR, self.maths, event().id);
        for pupil in own.into_iter().zip(0..here).map(|(pupil, _)| pupil) {
            let grade = Value::grade("gcse-9-1", "5");
            self.small.write(key, Id(pupil), grade);
        }
        class
    }

    fn of_classes(&self) -> Vec<ClassTally> {
        let (subjects, pupils) = (self.small.subjects(), self.small.pupils());
        let taken = Taken::of(&self.small.school, YEAR, &subjects, &pupils);
        taken.by_class(&self.small.school, None, &event())
    }

    fn of_teachers(&self) -> Vec<TeacherTally> {
        by_teacher(&self.of_classes(), &classes(&self.small.school, YEAR))
    }

    /// Name, classes, answers that are in, and those asked for.
    fn lines(&self) -> Vec<(String, usize, usize, usize)> {
        self.of_teachers()
            .into_iter()
            .map(|held| {
                let classes = held.classes.len();
                (held.teacher, classes, held.tally.here, held.tally.all)
            })
            .collect()
    }
}

fn line(name: &str, classes: usize, here: usize, all: usize) -> (String, usize, usize, usize) {
    (name.to_owned(), classes, here, all)
}

#[test]
fn a_class_of_two_teachers_counts_for_each_and_who_misses_most_comes_first() {
    let mut scene = Scene::new();
    scene.class("8/Ma1", "Ms Byrne", 4, 4);
    scene.class("8/Ma2", "Ms Byrne, Mr Adeyemi", 5, 2);
    scene.class("8/Ma3", "Mr Adeyemi", 3, 1);
    scene.class("8/Ma4", "Mr Cole", 2, 2);
    assert_eq!(
        scene.lines(),
        [
            line("Mr Adeyemi", 2, 3, 8),
            line("Ms Byrne", 2, 6, 9),
            line("Mr Cole", 1, 2, 2),
        ],
    );
}

#[test]
fn what_has_no_teachers_name_comes_last_with_those_in_no_class() {
    let mut scene = Scene::new();
    scene.class("8/Ma1", "", 6, 1);
    scene.class("8/Ma2", "ms byrne ,, ", 2, 1);
    let third = scene.class("8/Ma3", "Ms Byrne", 2, 0);
    // One is taken out of the class, and takes the subject still.
    let key = ColumnKey::per_subject(Field::Target, YEAR, scene.maths);
    let pupil = Id(scene.pupils);
    scene.small.write(key, pupil, Value::grade("gcse-9-1", "6"));
    let key = ColumnKey::per_subject(Field::Class, YEAR, scene.maths);
    scene.small.write(key, pupil, Value::Blank);
    assert_eq!(
        scene.lines(),
        [line("ms byrne", 2, 1, 3), line("", 2, 1, 7)],
    );
    let of_classes = scene.of_classes();
    let held = |class| of_classes.iter().find(|held| held.class == class).unwrap();
    let row = |id| {
        scene
            .small
            .school
            .rows(flightpath_school::model::Table::Pupils)
            .iter()
            .position(|held| *held == id)
    };
    assert_eq!(held(Some(third)).first_missing, row(Id(scene.pupils - 1)));
    assert_eq!(held(None).first_missing, row(pupil));
}

#[test]
fn a_class_that_has_everything_has_nobody_missing() {
    let mut scene = Scene::new();
    scene.class("8/Ma1", "Ms Byrne", 3, 3);
    let of_classes = scene.of_classes();
    assert_eq!(of_classes.len(), 1);
    assert_eq!(of_classes[0].first_missing, None);
    assert_eq!(of_classes[0].tally.missing(), 0);
}

proptest! {
    #[test]
    fn without_shared_classes_the_teachers_add_up_to_the_event(
        all in proptest::collection::vec((0_usize..3, 1_u128..4, 0_u128..4), 1..6),
    ) {
        let mut scene = Scene::new();
        for (place, (teacher, pupils, here)) in all.into_iter().enumerate() {
            let taught_by = ["", "Ms Byrne", "Mr Cole"][teacher];
            scene.class(&format!("8/Ma{place}"), taught_by, pupils, here);
        }
        let (subjects, pupils) = (scene.small.subjects(), scene.small.pupils());
        let taken = Taken::of(&scene.small.school, YEAR, &subjects, &pupils);
        let whole = taken.tally(&scene.small.school, None, &event());
        let of_teachers = scene.of_teachers();
        let sum = |of: fn(&TeacherTally) -> usize| of_teachers.iter().map(of).sum::<usize>();
        prop_assert_eq!(sum(|held| held.tally.all), whole.all);
        prop_assert_eq!(sum(|held| held.tally.here), whole.here);
    }
}
