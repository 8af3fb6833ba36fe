//! The targets of one subject on screen: whose they are, what is set, what is being typed, what waits for its reason.

use std::collections::BTreeMap;

use flightpath_school::model::Id;
use flightpath_school::model::scale::Scale;
use flightpath_school::view::typed::completion;
use leptos::prelude::*;

use super::ask::Pending;
use super::scene::Scene;
use super::sheet::{Row, Sheet, Start};
use super::{count, place};
use crate::app::App;
use crate::i18n::t_string;
use crate::ui::parts::typed_cells::{Refused, TypedCells};
use crate::ui::say::Words;

/// Whose target: subject and pupil.
pub type Whose = (Id, Id);

/// What is typed for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Its grade.
    Grade,
    /// Why it is another grade than the proposed one, or than the one before.
    Reason,
}

/// A column of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Col {
    /// Surname, forename.
    Pupil,
    /// Form.
    Form,
    /// A starting point.
    Start(Start),
    /// The proposed grade.
    Proposed,
    /// The grade that is set.
    Target,
    /// Why that one.
    Reason,
    /// How far it has come, and what else there is to say of it.
    State,
    /// How safe a fine grade is.
    Security,
    /// Who approved the change that set it.
    Approved,
}

impl Col {
    /// What is typed there.
    pub fn what(self) -> Option<What> {
        match self {
            Col::Target => Some(What::Grade),
            Col::Reason => Some(What::Reason),
            _ => None,
        }
    }
}

/// What all parts of the screen share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The program.
    pub app: App,
    /// What sentences are made in.
    pub i18n: Words,
    /// The pupils of the choice.
    pub scene: Memo<Scene>,
    /// Their rows, in the same order.
    pub sheet: Memo<Sheet>,
    /// The columns of the grid.
    pub columns: Memo<Vec<Col>>,
    /// Grades that wait for a reason.
    pub pending: RwSignal<BTreeMap<Whose, Pending>>,
    /// Texts that could not be read.
    pub refused: RwSignal<BTreeMap<(Whose, What), Refused>>,
    /// Whether somebody wanted to take a reason away, which cannot be.
    pub reason_stays: RwSignal<bool>,
    /// What is being typed into a pupil's target.
    pub typing: RwSignal<Option<(Id, String)>>,
    /// Whether the national chances are shown beside the cell that is typed in.
    pub chances: RwSignal<bool>,
}

fn columns(sheet: &Sheet) -> Vec<Col> {
    let mut columns = vec![Col::Pupil, Col::Form];
    columns.extend(sheet.starts().into_iter().map(Col::Start));
    // The reason stands beside the target: Tab goes there, and Enter from there to the next target.
    columns.extend([Col::Proposed, Col::Target, Col::Reason, Col::State]);
    let any = |has: fn(&Row) -> bool| sheet.rows().iter().any(has);
    if any(|row| row.security.is_some()) {
        columns.push(Col::Security);
    }
    if any(|row| !row.target.approved.is_empty()) {
        columns.push(Col::Approved);
    }
    columns
}

fn answer(i18n: Words, scene: &Scene, sheet: &Sheet) -> String {
    let all = sheet.rows().len();
    let have = sheet.rows().iter().filter(|row| row.is_set()).count();
    let waits = sheet.rows().iter().filter(|row| row.waits()).count();
    let have = if have == all {
        t_string!(i18n, targets.all_have, count = count(all)).to_string()
    } else {
        let pupils = t_string!(i18n, words.pupils_n, count = count(all)).to_string();
        t_string!(i18n, targets.have, count = count(have), pupils = pupils).to_string()
    };
    t_string!(
        i18n,
        targets.answer,
        place = place(i18n, scene),
        have = have,
        waits = t_string!(i18n, targets.waits, count = count(waits)).to_string()
    )
    .to_string()
}

impl Desk {
    /// The targets of whatever is picked.
    pub fn new(app: App, i18n: Words, scene: Memo<Scene>) -> Desk {
        let sheet = Memo::new(move |_| {
            let year = app.year();
            scene.with(|scene| {
                app.with(|core| match (&scene.subject, core.policy()) {
                    (Some(subject), Some(policy)) => {
                        Sheet::of(core.school(), policy, year, subject, &scene.pupils)
                    }
                    _ => Sheet::default(),
                })
            })
        });
        Desk {
            app,
            i18n,
            scene,
            sheet,
            columns: Memo::new(move |_| sheet.with(columns)),
            pending: RwSignal::new(BTreeMap::new()),
            refused: RwSignal::new(BTreeMap::new()),
            reason_stays: RwSignal::new(false),
            typing: RwSignal::new(None),
            chances: RwSignal::new(false),
        }
    }

    /// The first line of the screen.
    pub fn answer(&self, i18n: Words) -> String {
        let scene = self.scene;
        self.sheet
            .with(|sheet| scene.with(|scene| answer(i18n, scene, sheet)))
    }

    /// Reads a row of the grid, without following it.
    pub fn row<T>(self, row: usize, read: impl FnOnce(&Row) -> T) -> Option<T> {
        self.sheet
            .try_with_untracked(|sheet| sheet.rows().get(row).map(read))
            .flatten()
    }

    /// Which column stands there.
    pub fn column(self, column: usize) -> Option<Col> {
        self.columns
            .try_with_untracked(|columns| columns.get(column).copied())
            .flatten()
    }

    /// Whose target stands in a row of the grid.
    pub fn whose(self, row: usize) -> Option<Whose> {
        let subject = self
            .scene
            .try_with_untracked(|scene| scene.subject.as_ref().map(|subject| subject.id))??;
        Some((subject, self.row(row, |row| row.id)?))
    }

    /// The grade that waits there.
    pub fn pending_of(self, whose: Whose) -> Option<Pending> {
        self.pending
            .try_with_untracked(|pending| pending.get(&whose).cloned())
            .flatten()
    }

    /// Leaves a grade that waits.
    pub fn stop_waiting(self, whose: Whose) {
        if self
            .pending
            .with_untracked(|pending| pending.contains_key(&whose))
        {
            self.pending.update(|pending| {
                pending.remove(&whose);
            });
        }
    }

    /// Escape: first what could not be read is left, then a grade that waits.
    pub fn leave(self, row: usize, column: usize) {
        let Some((whose, what)) = self.at(row, column) else {
            return;
        };
        if self.refused_at(row, column).is_some() {
            self.forget((whose, what));
        } else {
            self.stop_waiting(whose);
        }
    }

    /// Names of a subject and a pupil.
    pub fn names(self, (subject, pupil): Whose) -> (String, String) {
        self.app.lists().with_untracked(|lists| {
            let subject = lists.subject(subject).map(|held| held.name.clone());
            let pupil = lists.pupil(pupil).map(|held| held.name());
            (subject.unwrap_or_default(), pupil.unwrap_or_default())
        })
    }

    /// Reads the scale with this key.
    pub fn with_scale<T: Default>(self, key: Option<&str>, read: impl FnOnce(&Scale) -> T) -> T {
        let Some(key) = key else {
            return T::default();
        };
        untrack(|| {
            self.app.with(|core| {
                let scale = core.policy().and_then(|policy| policy.scales().get(key));
                scale.map(read).unwrap_or_default()
            })
        })
    }

    /// Reads the scale that the target of a row is given on.
    pub fn with_scale_of<T: Default>(self, row: usize, read: impl FnOnce(&Scale) -> T) -> T {
        let key = self.row(row, |row| row.scale.clone()).flatten();
        self.with_scale(key.as_deref(), read)
    }
}

impl TypedCells for Desk {
    type At = (Whose, What);

    fn app(self) -> App {
        self.app
    }

    fn is_open(self) -> bool {
        self.app.can_change()
    }

    fn at(self, row: usize, column: usize) -> Option<(Whose, What)> {
        Some((self.whose(row)?, self.column(column)?.what()?))
    }

    fn refused(self) -> RwSignal<BTreeMap<(Whose, What), Refused>> {
        self.refused
    }

    fn stored(self, row: usize, column: usize) -> String {
        let Some((whose, what)) = self.at(row, column) else {
            return String::new();
        };
        // A grade that waits, and what is given of its reason, stand in their cells until it is stored.
        match (self.pending_of(whose), what) {
            (Some(pending), What::Grade) => pending.label().to_owned(),
            (Some(pending), What::Reason) => pending.reason,
            (None, What::Grade) => self
                .row(row, |row| row.label().to_owned())
                .unwrap_or_default(),
            (None, What::Reason) => self
                .row(row, |row| row.target.reason.clone())
                .unwrap_or_default(),
        }
    }

    fn check(self, row: usize, column: usize, text: &str) -> Option<String> {
        let scale = self.row(row, |row| row.scale.clone())?;
        match self.column(column)?.what()? {
            What::Grade => self.read_grade(scale.as_deref(), text).err(),
            What::Reason => self.read_reason(scale.as_deref(), text).err(),
        }
    }

    fn completion(self, row: usize, column: usize, typed: &str) -> Option<String> {
        match self.column(column)?.what()? {
            What::Grade => self.with_scale_of(row, |scale| completion(scale, typed)),
            What::Reason => None,
        }
    }

    fn waiting(self) -> usize {
        self.pending.try_with_untracked(BTreeMap::len).unwrap_or(0)
    }
}
