//! An import on its way: the file that is read, what its columns mean, and the plan.
//!
//! It is kept while the tab lives, so that looking at another screen loses nothing of it.

mod carrying;
mod edit;
mod facts;
mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flightpath_exchange::mapping::{GuessFrom, Mapping, guess};
use flightpath_exchange::plan::{Answer, Counts, Given, Plan, Problem};
use flightpath_exchange::table::{ReadOptions, Table};
use flightpath_school::model::scale::{Scale, ScaleSet};
use flightpath_school::model::{AcademicYear, ColumnKey, Dot, Field, Id};
use leptos::prelude::*;

use super::App;
use super::core::Core;
use crate::platform::worker;

pub use crate::platform::worker::{Stage, Trouble};
pub use facts::ColumnFacts;

/// What is read: a file's bytes, or a paste.
enum Source {
    File { name: String, bytes: Vec<u8> },
    Paste(String),
}

impl Source {
    /// Name of the file; empty for a paste.
    fn name(&self) -> &str {
        match self {
            Source::File { name, .. } => name,
            Source::Paste(_) => "",
        }
    }
}

/// How far the reading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// No file has been chosen.
    Nothing,
    /// A file is being read; nothing yet while the worker starts.
    Busy(Option<Stage>),
    /// It could not be read.
    Failed(Trouble),
    /// It is open.
    Open,
}

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    /// Name of the file; empty for a paste.
    pub name: String,
    /// Its rows.
    pub table: Table,
    /// Its columns at a glance.
    pub columns: Vec<ColumnFacts>,
}

/// A plan with what the screen shows of it.
#[derive(Debug)]
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// How many of everything.
    pub counts: Counts,
    /// Everything that is not taken as it stands, by the number of its row.
    pub problems: BTreeMap<u32, Vec<Problem>>,
    /// Columns that mean the same as an earlier one: (earlier, later).
    pub twins: Vec<(usize, usize)>,
    /// Whether applying it would change anything about pupils.
    pub changes: bool,
}

impl Planned {
    /// Whether everything that must be answered is answered.
    pub fn is_ready(&self) -> bool {
        self.plan.is_ready() && self.twins.is_empty()
    }
}

/// An import that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// The step.
    pub step: Dot,
    /// How many of everything it took in and left out.
    pub counts: Counts,
}

/// What has become of the wish to have the plan carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Nobody has asked, or it was done.
    No,
    /// A plan that does this is carried out, now or when it has been made anew.
    Yes(Counts),
    /// Made anew, the plan does something else than was seen: it has to be looked at first.
    Differs,
}

/// The import on its way, a handle that the import screen gets by context.
#[derive(Clone, Copy)]
pub struct Desk {
    app: App,
    /// How far the reading is.
    pub progress: RwSignal<Progress>,
    /// Name of the file that is read or open; empty for a paste.
    pub name: RwSignal<String>,
    /// What the user chose instead of the guesses about the file.
    pub options: RwSignal<ReadOptions>,
    /// The open file.
    pub file: RwSignal<Option<Rc<Opened>>, LocalStorage>,
    /// What its columns mean.
    pub mapping: RwSignal<Mapping>,
    /// Whether the mapping is that of an earlier import of such a file.
    pub remembered: RwSignal<bool>,
    /// What an import would do.
    pub planned: RwSignal<Option<Rc<Planned>>, LocalStorage>,
    /// While the plan is being made anew: how many rows are known to be planned.
    pub planning: RwSignal<Option<usize>>,
    /// Whether somebody has asked for the import to be carried out.
    pub wanted: RwSignal<Wanted>,
    /// The import that was carried out.
    pub applied: RwSignal<Option<Applied>>,
    /// Whether the browser, asked at the first import, has not promised to keep the data.
    pub not_kept: RwSignal<bool>,
    /// Files that wait for their turn.
    pub waiting: RwSignal<Vec<web_sys::File>, LocalStorage>,
    /// What has been given for changes of targets that the policy guards.
    pub approval: RwSignal<Given>,
    year: RwSignal<Option<AcademicYear>>,
    answers: RwSignal<BTreeMap<u32, Answer>>,
    made: RwSignal<Vec<Scale>>,
    scales_chosen: RwSignal<BTreeSet<usize>>,
    source: RwSignal<Option<Rc<Source>>, LocalStorage>,
    reading: StoredValue<Option<worker::Asked>, LocalStorage>,
    /// Raised whenever a reading begins or is given up, so that late news is known as such.
    round: StoredValue<u32>,
    /// Raised whenever a plan is asked for.
    ticket: StoredValue<u32>,
}

impl Desk {
    /// An empty desk.
    pub fn new(app: App) -> Desk {
        Desk {
            app,
            progress: RwSignal::new(Progress::Nothing),
            name: RwSignal::new(String::new()),
            options: RwSignal::new(ReadOptions::default()),
            file: RwSignal::new_local(None),
            mapping: RwSignal::new(Mapping::default()),
            remembered: RwSignal::new(false),
            planned: RwSignal::new_local(None),
            planning: RwSignal::new(None),
            wanted: RwSignal::new(Wanted::No),
            applied: RwSignal::new(None),
            not_kept: RwSignal::new(false),
            waiting: RwSignal::new_local(Vec::new()),
            year: RwSignal::new(None),
            answers: RwSignal::new(BTreeMap::new()),
            approval: RwSignal::new(Given::default()),
            made: RwSignal::new(Vec::new()),
            scales_chosen: RwSignal::new(BTreeSet::new()),
            source: RwSignal::new_local(None),
            reading: StoredValue::new_local(None),
            round: StoredValue::new(0),
            ticket: StoredValue::new(0),
        }
    }

    /// Plans anew whenever the file, its meaning or the school changes, for as long as the screen
    /// lives that calls it: not from the start of the program, which need not know how to plan.
    pub fn follow(&self) {
        let desk = *self;
        Effect::new(move |_| {
            desk.app.track();
            desk.mapping.track();
            desk.made.track();
            desk.answers.track();
            desk.approval.track();
            let _ = desk.year();
            let open = desk.file.with(Option::is_some);
            // After the import the plan stays as it was carried out.
            if open && desk.applied.with(Option::is_none) {
                desk.plan_soon();
            }
        });
    }

    /// The academic year that the file is of: the chosen one, else the one that is looked at.
    pub fn year(&self) -> AcademicYear {
        let looked_at = self.app.year();
        self.year.get().unwrap_or(looked_at)
    }

    /// Says of which academic year the file is.
    pub fn choose_year(&self, year: AcademicYear) {
        self.year.set(Some(year));
    }

    /// Answers whom a row means.
    pub fn answer(&self, row: u32, answer: Option<Answer>) {
        self.answers.update(|answers| match answer {
            Some(answer) => {
                answers.insert(row, answer);
            }
            None => {
                answers.remove(&row);
            }
        });
    }

    /// The answer about a row.
    pub fn answer_of(&self, row: u32) -> Option<Answer> {
        self.answers.with(|answers| answers.get(&row).copied())
    }

    /// Whether this is the first import on this computer.
    pub fn is_first(&self) -> bool {
        !self.app.prefs.with(|prefs| prefs.told_of_private)
    }

    /// Gives up reading, or puts the open file away.
    pub fn clear(&self) {
        self.next_round();
        self.next_ticket();
        self.reading.set_value(None);
        self.planning.set(None);
        self.wanted.set(Wanted::No);
        self.progress.set(Progress::Nothing);
        self.applied.set(None);
        self.not_kept.set(false);
        self.file.set(None);
        self.planned.set(None);
        self.source.set(None);
        self.options.set(ReadOptions::default());
        self.mapping.set(Mapping::default());
        self.answers.set(BTreeMap::new());
        self.approval.set(Given::default());
        self.made.set(Vec::new());
        self.scales_chosen.set(BTreeSet::new());
        self.remembered.set(false);
        self.year.set(None);
    }

    /// Goes back from an import that was undone to its plan.
    pub fn back_to_plan(&self) {
        self.applied.set(None);
    }

    fn guess(&self, core: &Core, table: &Table) -> Mapping {
        guess(
            table,
            &GuessFrom {
                school: core.school(),
                scales: &self.scales_in(core),
                preferred: &preferred(core),
            },
        )
    }

    fn scales_in(&self, core: &Core) -> ScaleSet {
        let mut scales = core.scales();
        for scale in self.made.get_untracked() {
            // Its key comes from its content: a scale that is there already is the same one.
            let _ = scales.insert(scale);
        }
        scales
    }

    /// Hands the person a table.
    pub fn hand_over(&self, name: &str, bytes: &[u8]) {
        self.app.hand_over(name, "text/csv;charset=utf-8", bytes);
    }

    /// A pupil of the school by name, with the form of the file's year: `Hall, Ann (8B)`.
    pub fn who(&self, pupil: Id) -> String {
        let year = untrack(|| self.year());
        self.app.peek(|school| {
            let text = |key: ColumnKey| school.text(&key, pupil).unwrap_or_default();
            let surname = text(ColumnKey::lasting(Field::Surname));
            let forename = text(ColumnKey::lasting(Field::Forename));
            let number = text(ColumnKey::lasting(Field::AdmissionNumber));
            let form = text(ColumnKey::yearly(Field::Form, year));
            let name = match (surname.is_empty(), forename.is_empty()) {
                (false, false) => format!("{surname}, {forename}"),
                _ => format!("{surname}{forename}"),
            };
            let more: Vec<&str> = [form, number]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            match (name.is_empty(), more.is_empty()) {
                (_, true) => name,
                (true, false) => more.join(", "),
                (false, false) => format!("{name} ({})", more.join(", ")),
            }
        })
    }
}

/// Raises a number by which late news is known as such.
fn next(number: StoredValue<u32>) -> u32 {
    number
        .try_update_value(|number| {
            *number = number.wrapping_add(1);
            *number
        })
        .unwrap_or(0)
}

/// The import on its way, from any component.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

/// The scales that the policy uses. Packs name special cases first and the usual scale last; what
/// fits several goes to the usual one.
fn preferred(core: &Core) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let pack = core.policy().map(|policy| policy.pack());
    for entry in pack.into_iter().flat_map(|pack| pack.scales.iter().rev()) {
        if !keys.contains(&entry.scale) {
            keys.push(entry.scale.clone());
        }
    }
    keys
}
