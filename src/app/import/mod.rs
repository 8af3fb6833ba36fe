//! An import on its way: the file that is read, what its columns mean, and the plan.
//!
//! It is kept while the tab lives, so that looking at another screen loses nothing of it.

mod edit;
mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use flightpath_exchange::mapping::{GuessFrom, Mapping, Role, guess};
use flightpath_exchange::plan::{
    Answer, Counts, Plan, PlanFrom, PlanOptions, Problem, Warning, plan,
};
use flightpath_exchange::table::{MOST_BYTES, ReadError, ReadOptions, Table};
use flightpath_school::journal::Action;
use flightpath_school::model::scale::{Scale, ScaleSet};
use flightpath_school::model::{AcademicYear, ColumnKey, Dot, Field, Id, Value};
use flightpath_school::view;
use flightpath_worker::protocol::Ask;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::App;
use super::core::{Core, USUAL_PACK};
use crate::platform::worker::{self, Heard};
use crate::platform::{clock, files, page, random};

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
    /// Whether the plan is being made anew.
    pub planning: RwSignal<bool>,
    /// Whether the import is being carried out.
    pub applying: RwSignal<bool>,
    /// The import that was carried out.
    pub applied: RwSignal<Option<Applied>>,
    /// Files that wait for their turn.
    pub waiting: RwSignal<Vec<web_sys::File>, LocalStorage>,
    year: RwSignal<Option<AcademicYear>>,
    answers: RwSignal<BTreeMap<u32, Answer>>,
    made: RwSignal<Vec<Scale>>,
    scales_chosen: RwSignal<BTreeSet<usize>>,
    source: RwSignal<Option<Rc<Source>>, LocalStorage>,
    reading: StoredValue<Option<worker::Reading>, LocalStorage>,
    /// Raised whenever a reading begins or is given up, so that late news is known as such.
    round: StoredValue<u32>,
    /// Raised whenever a plan is asked for.
    ticket: StoredValue<u32>,
}

impl Desk {
    /// An empty desk.
    pub fn new(app: App) -> Desk {
        let desk = Desk {
            app,
            progress: RwSignal::new(Progress::Nothing),
            name: RwSignal::new(String::new()),
            options: RwSignal::new(ReadOptions::default()),
            file: RwSignal::new_local(None),
            mapping: RwSignal::new(Mapping::default()),
            remembered: RwSignal::new(false),
            planned: RwSignal::new_local(None),
            planning: RwSignal::new(false),
            applying: RwSignal::new(false),
            applied: RwSignal::new(None),
            waiting: RwSignal::new_local(Vec::new()),
            year: RwSignal::new(None),
            answers: RwSignal::new(BTreeMap::new()),
            made: RwSignal::new(Vec::new()),
            scales_chosen: RwSignal::new(BTreeSet::new()),
            source: RwSignal::new_local(None),
            reading: StoredValue::new_local(None),
            round: StoredValue::new(0),
            ticket: StoredValue::new(0),
        };
        Effect::new(move |_| {
            app.track();
            desk.mapping.track();
            desk.made.track();
            desk.answers.track();
            let _ = desk.year();
            let open = desk.file.with(Option::is_some);
            // After the import the plan stays as it was carried out.
            if open && desk.applied.with(Option::is_none) {
                desk.plan_soon();
            }
        });
        desk
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

    /// Takes files: the first is read now, the others wait.
    pub fn take_files(&self, files: Vec<web_sys::File>) {
        let mut files = files.into_iter();
        if let Some(first) = files.next() {
            self.waiting.set(files.collect());
            self.take_file(first);
        }
    }

    /// Goes on with the next file that waits.
    pub fn take_next(&self) {
        let next = self
            .waiting
            .try_update(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0)))
            .flatten();
        if let Some(next) = next {
            self.take_file(next);
        }
    }

    fn take_file(&self, file: web_sys::File) {
        self.clear();
        self.name.set(file.name());
        // Told before the file is read into memory.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is a whole number, and a conversion from floats keeps to the range"
        )]
        let bytes = file.size() as usize;
        if bytes > MOST_BYTES {
            let most = MOST_BYTES;
            self.fail(Trouble::File(ReadError::TooLarge { bytes, most }));
            return;
        }
        self.progress.set(Progress::Busy(None));
        let (desk, round) = (*self, self.next_round());
        spawn_local(async move {
            let given = files::read(file).await;
            if desk.round.try_get_value() != Some(round) {
                return;
            }
            match given {
                Ok(incoming) => {
                    desk.source.set(Some(Rc::new(Source::File {
                        name: incoming.name,
                        bytes: incoming.bytes,
                    })));
                    desk.read();
                }
                Err(_) => desk.fail(Trouble::NotGiven),
            }
        });
    }

    /// Takes a paste.
    pub fn take_paste(&self, text: String) {
        self.clear();
        self.waiting.set(Vec::new());
        self.name.set(String::new());
        self.source.set(Some(Rc::new(Source::Paste(text))));
        self.read();
    }

    /// Gives up reading, or puts the open file away.
    pub fn clear(&self) {
        self.next_round();
        self.reading.set_value(None);
        self.progress.set(Progress::Nothing);
        self.applied.set(None);
        self.file.set(None);
        self.planned.set(None);
        self.source.set(None);
        self.options.set(ReadOptions::default());
        self.mapping.set(Mapping::default());
        self.answers.set(BTreeMap::new());
        self.made.set(Vec::new());
        self.scales_chosen.set(BTreeSet::new());
        self.remembered.set(false);
        self.year.set(None);
    }

    /// Goes back from an import that was undone to its plan.
    pub fn back_to_plan(&self) {
        self.applied.set(None);
    }

    fn next_round(&self) -> u32 {
        self.round
            .try_update_value(|round| {
                *round = round.wrapping_add(1);
                *round
            })
            .unwrap_or(0)
    }

    fn fail(&self, trouble: Trouble) {
        self.reading.set_value(None);
        self.progress.set(Progress::Failed(trouble));
    }

    /// Reads the file anew with other choices about it.
    pub fn choose(&self, change: impl FnOnce(&mut ReadOptions)) {
        self.options.update(change);
        self.read();
    }

    fn read(&self) {
        let Some(source) = self.source.get_untracked() else {
            return;
        };
        let options = self.options.get_untracked();
        self.progress.set(Progress::Busy(None));
        let (desk, round) = (*self, self.next_round());
        let tell = move |heard| {
            if desk.round.try_get_value() == Some(round) {
                desk.hear(heard);
            }
        };
        let started = match source.as_ref() {
            Source::File { bytes, .. } => worker::read(Ask::Read { options }, Some(bytes), tell),
            Source::Paste(text) => {
                let text = text.clone();
                worker::read(Ask::ReadText { text, options }, None, tell)
            }
        };
        match started {
            Ok(reading) => self.reading.set_value(Some(reading)),
            Err(trouble) => self.fail(trouble),
        }
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Stage(stage) => self.progress.set(Progress::Busy(Some(stage))),
            Heard::Failed(trouble) => self.fail(trouble),
            Heard::Table(table) => {
                self.reading.set_value(None);
                self.show(*table);
            }
        }
    }

    /// Puts a file on the desk that was read, for the first time or in another way.
    fn show(&self, table: Table) {
        let name = self
            .source
            .with_untracked(|source| source.as_ref().map(|source| source.name().to_owned()))
            .unwrap_or_default();
        let same_headers = self.file.with_untracked(|file| {
            file.as_ref().is_some_and(|file| {
                file.table.source_id() == table.source_id() && file.table.width() == table.width()
            })
        });
        // Another encoding of the same columns takes nothing back that was chosen about them.
        if !same_headers {
            let found = self
                .app
                .core
                .try_with_value(|core| {
                    Mapping::remembered(&table, core.school())
                        .map(|mapping| (mapping, true))
                        .unwrap_or_else(|| (self.guess(core, &table), false))
                })
                .unwrap_or_default();
            self.mapping.set(found.0);
            self.remembered.set(found.1);
            self.scales_chosen.set(BTreeSet::new());
        }
        self.answers.set(BTreeMap::new());
        self.planned.set(None);
        self.file.set(Some(Rc::new(Opened {
            columns: facts::of(&table),
            name,
            table,
        })));
        self.progress.set(Progress::Open);
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

    fn plan_soon(&self) {
        let desk = *self;
        self.planning.set(true);
        let ticket = self
            .ticket
            .try_update_value(|ticket| {
                *ticket = ticket.wrapping_add(1);
                *ticket
            })
            .unwrap_or(0);
        spawn_local(async move {
            page::breathe().await;
            if desk.ticket.try_get_value() == Some(ticket) {
                desk.planned.set(desk.plan().map(Rc::new));
                desk.planning.set(false);
            }
        });
    }

    fn plan(&self) -> Option<Planned> {
        let file = self.file.get_untracked()?;
        let mapping = self.mapping.get_untracked();
        let today = clock::today();
        let source = if file.name.is_empty() {
            today.to_string()
        } else {
            format!("{}, {today}", file.name)
        };
        let options = PlanOptions {
            year: untrack(|| self.year()),
            source,
            answers: self.answers.get_untracked(),
        };
        let plan = self.app.core.try_with_value(|core| {
            plan(
                &PlanFrom {
                    table: &file.table,
                    mapping: &mapping,
                    school: core.school(),
                    scales: &self.scales_in(core),
                    options: &options,
                },
                &mut random::id,
            )
        })?;
        let mut problems: BTreeMap<u32, Vec<Problem>> = BTreeMap::new();
        for problem in plan.problems(&file.table) {
            problems.entry(problem.row).or_default().push(problem);
        }
        let comes_back = plan
            .rows
            .iter()
            .any(|row| row.warnings.contains(&Warning::WasGone));
        Some(Planned {
            counts: plan.counts(),
            changes: comes_back || plan.changes_anything(),
            twins: twins(&mapping),
            problems,
            plan,
        })
    }

    /// Whether the plan can be carried out now.
    pub fn can_apply(&self) -> bool {
        !self.planning.get()
            && !self.applying.get()
            && self.planned.with(|planned| {
                planned
                    .as_ref()
                    .is_some_and(|planned| planned.is_ready() && planned.changes)
            })
    }

    /// Carries the plan out as one step.
    pub fn apply(&self) {
        let Some(planned) = self.planned.get_untracked() else {
            return;
        };
        if !untrack(|| self.can_apply()) {
            return;
        }
        let (desk, app) = (*self, self.app);
        self.applying.set(true);
        spawn_local(async move {
            page::breathe().await;
            let mut draft = planned.plan.draft();
            let setting = app.peek(view::setting);
            if setting.year.is_none() {
                let year = untrack(|| desk.year());
                draft.write(
                    ColumnKey::lasting(Field::CurrentYear),
                    Id::ONLY,
                    Value::whole(i64::from(year.0)),
                );
            }
            if setting.pack.is_empty() {
                draft.write(
                    ColumnKey::lasting(Field::Pack),
                    Id::ONLY,
                    Value::text(USUAL_PACK),
                );
            }
            let counts = planned.counts;
            let action = Action::Import {
                file: desk.name.get_untracked(),
                new: counts.new,
                changed: counts.changed,
            };
            if let Some(step) = app.dispatch(action, &draft) {
                desk.applied.set(Some(Applied { step, counts }));
                app.prefs.update(|prefs| prefs.told_of_private = true);
            }
            desk.applying.set(false);
        });
    }

    /// Whether the import that was carried out still holds: it was not undone.
    pub fn holds(&self) -> bool {
        self.holding().is_some()
    }

    /// The step by which the import holds.
    fn holding(&self) -> Option<Dot> {
        let applied = self.applied.get()?;
        self.app.with(|core| core.holding(applied.step))
    }

    /// Undoes the import that was carried out.
    pub fn undo(&self) {
        if let Some(step) = untrack(|| self.holding()) {
            self.app.undo_step(step);
        }
    }

    /// Whether redoing does the import again, and nothing else first.
    pub fn can_redo(&self) -> bool {
        let applied = self.applied.get();
        applied.is_some_and(|applied| self.app.with(|core| core.redoes(applied.step)))
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

/// Columns that mean the same as an earlier one.
fn twins(mapping: &Mapping) -> Vec<(usize, usize)> {
    let mut twins = Vec::new();
    for (later, column) in mapping.columns.iter().enumerate() {
        let earlier = mapping.column_of(&column.role);
        if let Some(earlier) = earlier.filter(|earlier| *earlier < later)
            && column.role != Role::Ignore
        {
            twins.push((earlier, later));
        }
    }
    twins
}
