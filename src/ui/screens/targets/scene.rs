//! Which subject, year group and class are looked at, and the pupils in them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use flightpath_school::journal::{Reading, School};
use flightpath_school::model::{ColumnKey, Field, Id, Value, YearGroup};
use flightpath_school::view::order::{by_text, natural};
use flightpath_school::view::{Pupil, Subject, Takers, takers};

use crate::app::Lists;

/// Which subject.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// The first one by name.
    #[default]
    First,
    /// All at once.
    All,
    /// This one.
    One(Id),
}

/// Which part of a year group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Group {
    /// Everyone.
    #[default]
    All,
    /// A class of the subject.
    Class(Id),
    /// A form, where the subject has no classes or none is picked.
    Form(String),
}

impl Group {
    /// What the combo box calls it.
    pub fn key(&self) -> String {
        match self {
            Group::All => String::new(),
            Group::Class(id) => format!("class:{id}"),
            Group::Form(name) => format!("form:{name}"),
        }
    }

    /// Reads what the combo box calls it.
    pub fn of_key(key: &str) -> Group {
        match key.split_once(':') {
            Some(("class", id)) => id.parse().map_or(Group::All, Group::Class),
            Some(("form", name)) => Group::Form(name.to_owned()),
            _ => Group::All,
        }
    }
}

/// What the person has picked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// The subject.
    pub subject: Which,
    /// The year group; none for all.
    pub year_group: Option<YearGroup>,
    /// The class or form.
    pub group: Group,
}

thread_local! {
    // So that somebody who comes back to the screen finds what was picked there.
    static LAST: RefCell<Picked> = RefCell::default();
}

impl Picked {
    /// What was picked the last time in this tab.
    pub fn last() -> Picked {
        LAST.with(|last| last.try_borrow().map(|last| last.clone()))
            .unwrap_or_default()
    }

    /// Keeps it for the next time.
    pub fn keep(&self) {
        LAST.with(|last| {
            if let Ok(mut last) = last.try_borrow_mut() {
                *last = self.clone();
            }
        });
    }
}

/// The pupils of what was picked, and what else could be picked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// The subject; none for all at once.
    pub subject: Option<Subject>,
    /// Whether anybody is known to take it. If not, everyone stands here.
    pub is_taken: bool,
    /// The pupils, by name.
    pub pupils: Vec<Pupil>,
    /// The year group, if one is picked and there.
    pub year_group: Option<YearGroup>,
    /// The year groups that can be picked.
    pub year_groups: Vec<YearGroup>,
    /// The class or form, if one is picked and there.
    pub group: Group,
    /// Name of the class or form.
    pub group_name: String,
    /// The classes or forms that can be picked, with their names.
    pub groups: Vec<(Group, String)>,
}

/// The pupils of what was picked, whatever the subject.
pub fn people(school: &School, lists: &Lists, picked: &Picked) -> Scene {
    let picked = Picked {
        subject: Which::All,
        ..picked.clone()
    };
    scene(school, lists, &picked)
}

/// The pupils of what was picked.
pub fn scene(school: &School, lists: &Lists, picked: &Picked) -> Scene {
    let subject = match picked.subject {
        Which::All => None,
        Which::First => lists.subjects.first(),
        // One that is gone gives way to the first.
        Which::One(id) => lists.subject(id).or(lists.subjects.first()),
    };
    let taking = subject.map(|subject| takers(school, lists.year, subject.id));
    let listed = |takers: &Takers| {
        let theirs = |pupil: &&Pupil| takers.contains(pupil.position);
        lists.pupils.iter().filter(theirs).cloned().collect()
    };
    let mut pupils: Vec<Pupil> = taking.as_ref().map(listed).unwrap_or_default();
    let is_taken = !pupils.is_empty();
    if !is_taken {
        pupils.clone_from(&lists.pupils);
    }
    let mut year_groups: Vec<YearGroup> =
        pupils.iter().filter_map(|pupil| pupil.year_group).collect();
    year_groups.sort_unstable();
    year_groups.dedup();
    let year_group = picked
        .year_group
        .filter(|picked| year_groups.contains(picked));
    if year_group.is_some() {
        pupils.retain(|pupil| pupil.year_group == year_group);
    }
    let mut scene = Scene {
        subject: subject.cloned(),
        is_taken,
        year_group,
        year_groups,
        pupils,
        ..Scene::default()
    };
    match subject {
        Some(subject) => scene.pick_group(school, lists, subject, &picked.group),
        None => scene.pick_any_group(school, lists, &picked.group),
    }
    scene
}

/// In which class each pupil learns a subject.
struct InClass<'a>(Reading<'a>);

impl<'a> InClass<'a> {
    fn of(school: &'a School, lists: &Lists, subject: Id) -> InClass<'a> {
        InClass(school.reading(&ColumnKey::per_subject(Field::Class, lists.year, subject)))
    }

    fn class(&self, pupil: &Pupil) -> Option<Id> {
        let class = self.0.one(pupil.position);
        class.and_then(Value::as_reference)
    }
}

impl Scene {
    /// The classes of the subject, or the forms where it has none.
    fn pick_group(&mut self, school: &School, lists: &Lists, subject: &Subject, picked: &Group) {
        let in_class = InClass::of(school, lists, subject.id);
        let here: BTreeSet<Id> = self
            .pupils
            .iter()
            .filter_map(|pupil| in_class.class(pupil))
            .collect();
        self.groups = lists
            .classes
            .iter()
            .filter(|class| here.contains(&class.id))
            .map(|class| (Group::Class(class.id), class.name.clone()))
            .collect();
        if self.groups.is_empty() {
            self.groups = self.forms();
        }
        self.narrow(school, lists, picked);
    }

    /// The forms, and with a year group its classes in every subject: those of a whole school are
    /// more than anybody looks through.
    fn pick_any_group(&mut self, school: &School, lists: &Lists, picked: &Group) {
        self.groups = self.forms();
        if self.year_group.is_some() {
            let theirs = lists.classes.iter().filter(|class| {
                let in_class = InClass::of(school, lists, class.subject);
                let mut pupils = self.pupils.iter();
                pupils.any(|pupil| in_class.class(pupil) == Some(class.id))
            });
            let named = theirs.map(|class| (Group::Class(class.id), class.name.clone()));
            self.groups.extend(named.collect::<Vec<_>>());
        }
        self.narrow(school, lists, picked);
    }

    fn forms(&self) -> Vec<(Group, String)> {
        let forms: BTreeSet<&str> = self
            .pupils
            .iter()
            .map(|pupil| pupil.form.as_str())
            .filter(|form| !form.is_empty())
            .collect();
        let forms: Vec<&str> = forms.into_iter().collect();
        let keyed = forms.iter().map(|form| natural(form)).zip(0..);
        let form = |place: usize| {
            let form = *forms.get(place)?;
            Some((Group::Form(form.to_owned()), form.to_owned()))
        };
        by_text(keyed.collect(), false)
            .into_iter()
            .filter_map(form)
            .collect()
    }

    /// Leaves the pupils of the group, if it is there.
    fn narrow(&mut self, school: &School, lists: &Lists, picked: &Group) {
        let found = self.groups.iter().find(|(group, _)| group == picked);
        let Some((group, name)) = found.cloned() else {
            return;
        };
        match &group {
            Group::All => {}
            Group::Class(id) => {
                let class = lists.classes.iter().find(|class| class.id == *id);
                if let Some(class) = class {
                    let in_class = InClass::of(school, lists, class.subject);
                    self.pupils
                        .retain(|pupil| in_class.class(pupil) == Some(*id));
                }
            }
            Group::Form(form) => self.pupils.retain(|pupil| pupil.form == *form),
        }
        (self.group, self.group_name) = (group, name);
    }
}
