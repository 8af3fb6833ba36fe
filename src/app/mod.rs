//! What the program holds while it runs: the school, what is derived from it, what waits to be
//! stored; and the one way to change it, [`App::dispatch`].
//!
//! The screens reach data through this module alone.

mod copy;
mod core;
mod derived;
mod exchange;
mod figures;
pub mod import;
mod keeping;
mod ledger;
mod loading;
mod policies;
mod saving;
mod tabs;
mod undo;
mod workbook;

use flightpath_school::journal::{Action, Draft, School};
use flightpath_school::model::{AcademicYear, Dot, Id};
use flightpath_school::view::{self, Setting, Subject, TrackingEvent};
pub use flightpath_store::{Difference, Snapshot};
use std::rc::Rc;

use leptos::prelude::*;

use crate::platform::prefs::{self, Prefs};
pub use crate::platform::worker::{NoAnswer, NotWritten};
use crate::platform::{clock, page};

pub use self::core::Core;
pub use copy::{BackupFolder, Earlier, FolderState, Missing, Once, Twice, fetch_keeping, state_of};
pub use derived::Lists;
pub use exchange::{LeftOut, NotOpened, Opening};
pub use figures::FiguresFault;
pub use keeping::{Keeping, ask_to_keep, keeping};
pub use ledger::{HistoryEntry, StepCell, UndoOutlook, Written};
pub use policies::{Offered, PolicyFault, blank_policy};
pub use saving::{Saved, Unsaved};

/// How far the program has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// The store is being read.
    Loading,
    /// There is no school here yet. `vanished` when one was here before.
    Empty {
        /// A school was on this computer and its data is gone.
        vanished: bool,
    },
    /// A school is open.
    Ready,
    /// What is stored does not fit together: only a part is shown, and nothing can be changed.
    Damaged {
        /// How many faults were found.
        faults: usize,
        /// Whether one can go on with what is left, and how many changes neither copy holds, if that can be told.
        left: Option<Option<u64>>,
    },
    /// The store cannot be opened.
    Shut(Shut),
}

/// Why the store cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// A newer program wrote it.
    Newer,
    /// Another tab holds an older version open.
    Blocked,
    /// The browser keeps no database for this page.
    Unavailable,
    /// It is damaged beyond reading.
    Unreadable,
}

/// What is wrong with the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryFault {
    /// So many of its records are damaged in both copies; their steps are missing from the list.
    Unreadable(usize),
    /// Its steps do not follow one another: something else than this program has changed them. Which ones, as far as
    /// that can be told.
    Changed(Vec<Dot>),
}

/// A short message that appears at the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A step was undone; so many cells had changed since and were left.
    Undone {
        /// What was undone.
        action: Action,
        /// Cells left as they are.
        left: usize,
    },
    /// An undone step was done again.
    Redone {
        /// What was done again.
        action: Action,
    },
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to do again.
    NothingToRedo,
    /// Something was done; the step can be undone.
    Done {
        /// What was done.
        action: Action,
        /// How many cells changed.
        cells: usize,
    },
    /// Nothing needed to change.
    NoChange,
    /// Entries that are no grades were left behind with their screen: so many.
    LeftBehind(usize),
    /// A text was being typed into a cell that is not there any more.
    NoPlace(String),
    /// A paste that was asked about was for rows or columns that have come to be others.
    NotPasted,
    /// The part of the program that does this could not be fetched.
    NotFetched,
    /// A file was handed over.
    Exported {
        /// Its name.
        file: String,
    },
}

/// The program's state, a handle that every screen gets by context.
#[derive(Clone, Copy)]
pub struct App {
    core: StoredValue<Core, LocalStorage>,
    version: RwSignal<u64>,
    /// How far the program has come.
    pub phase: RwSignal<Phase>,
    /// Whether enough has been read for the list of this year's pupils, while the rest is still on
    /// its way.
    pub list_here: RwSignal<bool>,
    /// Whether the markbooks of this year have been read.
    marks_here: RwSignal<bool>,
    /// Whether everything has been read, the years before as well.
    all_here: RwSignal<bool>,
    /// Whether everything is stored.
    pub saved: RwSignal<Saved>,
    /// Whether it is stored twice.
    pub twice: RwSignal<Twice>,
    /// In what the two copies differed at the start, until it was read.
    pub found: RwSignal<Option<Difference>>,
    /// What is wrong with the history, once it was read.
    pub history_fault: RwSignal<Option<HistoryFault>>,
    copy: StoredValue<Option<Rc<dyn copy::Keeper>>, LocalStorage>,
    /// Whether the browser wants to be asked again before backups go into the folder that was chosen.
    pub folder_asks: RwSignal<bool>,
    /// What the person prefers.
    pub prefs: RwSignal<Prefs>,
    /// A short message.
    pub notice: RwSignal<Option<Notice>>,
    /// Whether another tab has asked this one to let go of the store.
    pub let_go: RwSignal<bool>,
    /// The academic year that the person looks at, if not the school's own.
    chosen_year: RwSignal<Option<AcademicYear>>,
    /// The tracking event that the person works on.
    chosen_event: RwSignal<Option<Id>>,
    lists: Memo<Lists>,
}

impl App {
    /// Starts the program's state; [`App::open`] then reads the store.
    pub fn new() -> App {
        let core = StoredValue::new_local(Core::new());
        let version = RwSignal::new(0_u64);
        let chosen_year = RwSignal::new(None);
        let lists = Memo::new(move |_| {
            version.track();
            let year = chosen_year.get();
            core.try_with_value(|core| Lists::of(core.school(), year, clock::today()))
                .unwrap_or_default()
        });
        let app = App {
            core,
            version,
            phase: RwSignal::new(Phase::Loading),
            list_here: RwSignal::new(false),
            marks_here: RwSignal::new(false),
            all_here: RwSignal::new(false),
            saved: RwSignal::new(Saved::default()),
            twice: RwSignal::new(Twice::default()),
            found: RwSignal::new(None),
            copy: StoredValue::new_local(None),
            folder_asks: RwSignal::new(false),
            history_fault: RwSignal::new(None),
            prefs: RwSignal::new(prefs::load()),
            notice: RwSignal::new(None),
            let_go: RwSignal::new(false),
            chosen_year,
            chosen_event: RwSignal::new(None),
            lists,
        };
        Effect::new(move |_| {
            let prefs = app.prefs.get();
            page::mark("data-look", &prefs.look);
            page::mark("data-rows", &prefs.rows);
            prefs::save(&prefs);
        });
        app
    }

    /// Reads the school, and again whenever it has changed.
    pub fn read<T>(&self, read: impl FnOnce(&School) -> T) -> T
    where
        T: Default,
    {
        self.version.track();
        self.peek(read)
    }

    /// Reads the school once.
    pub fn peek<T: Default>(&self, read: impl FnOnce(&School) -> T) -> T {
        self.core
            .try_with_value(|core| read(core.school()))
            .unwrap_or_default()
    }

    /// Reads the school with what is derived from it, and again whenever it has changed.
    pub fn with<T: Default>(&self, read: impl FnOnce(&Core) -> T) -> T {
        self.version.track();
        self.core.try_with_value(read).unwrap_or_default()
    }

    /// Follows every change of the school.
    pub fn track(&self) {
        self.version.track();
    }

    /// What holds for the whole school.
    pub fn setting(&self) -> Setting {
        self.lists.with(|lists| lists.setting.clone())
    }

    /// The academic year that is looked at.
    pub fn year(&self) -> AcademicYear {
        self.lists.with(|lists| lists.year)
    }

    /// Looks at an academic year. Who chooses the school's own follows it when the next one begins.
    pub fn choose_year(&self, year: AcademicYear) {
        let own = self.lists.with_untracked(|lists| lists.setting.year);
        self.chosen_year
            .set(Some(year).filter(|_| own != Some(year)));
        self.chosen_event.set(None);
    }

    /// Everything that lists show, made anew when the school changes.
    pub fn lists(&self) -> Memo<Lists> {
        self.lists
    }

    /// The subjects.
    pub fn subjects(&self) -> Vec<Subject> {
        self.lists.with(|lists| lists.subjects.clone())
    }

    /// The tracking event that the person works on: the chosen one, else the open one, else the
    /// last that has begun.
    pub fn event(&self) -> Option<TrackingEvent> {
        let chosen = self.chosen_event.get();
        self.lists.with(|lists| lists.event(chosen).cloned())
    }

    /// Works on another tracking event.
    pub fn choose_event(&self, event: Id) {
        self.chosen_event.set(Some(event));
    }

    /// The one way to change the school: makes a step of the draft, carries it out, shows it and
    /// stores it. Gives the step's name, or nothing where the draft changes nothing.
    pub fn dispatch(&self, action: Action, draft: &Draft) -> Option<Dot> {
        self.dispatch_because(action, draft, None)
    }

    /// [`App::dispatch`] with the reason that the person gave.
    pub fn dispatch_because(
        &self,
        action: Action,
        draft: &Draft,
        reason: Option<String>,
    ) -> Option<Dot> {
        if !self.can_change() {
            return None;
        }
        let author = self.author();
        let step = self.core.try_update_value(|core| {
            let info = core.next_info(author, clock::now(), action, reason);
            let step = core.school().step(draft, info)?;
            core.carry_out(step)
        })??;
        self.changed();
        Some(step)
    }

    /// Whether changes are taken: not while only a part of a damaged store is shown.
    pub fn can_change(&self) -> bool {
        matches!(
            self.phase.get_untracked(),
            Phase::Ready | Phase::Empty { .. }
        )
    }

    /// The name that goes with changes.
    pub fn author(&self) -> String {
        self.prefs.with_untracked(|prefs| prefs.author.clone())
    }

    /// Whether there may be something to do again: what is stored may not have been read yet.
    pub fn may_redo(&self) -> bool {
        self.with(Core::may_redo)
    }

    /// Whether the school is empty because all of it was undone.
    pub fn was_emptied(&self) -> bool {
        matches!(self.phase.get(), Phase::Empty { .. }) && self.with(Core::has_steps)
    }

    /// Shows what has changed and sees that it is stored.
    fn changed(&self) {
        self.settle();
        self.refresh();
        self.store_soon();
    }

    /// Tells an open school from an empty store: everything may have been undone, or done again.
    fn settle(&self) {
        let phase = self.phase.get_untracked();
        if !matches!(phase, Phase::Ready | Phase::Empty { .. }) {
            return;
        }
        let exists = self
            .core
            .try_with_value(|core| view::setting(core.school()).year.is_some())
            .unwrap_or(false);
        match (exists, phase) {
            (true, Phase::Empty { .. }) => self.phase.set(Phase::Ready),
            (false, Phase::Ready) => {
                self.phase.set(Phase::Empty { vanished: false });
                // The next school is another one.
                self.prefs.update(|prefs| prefs.taken_out_ms = None);
            }
            _ => {}
        }
    }

    fn refresh(&self) {
        self.version.update(|version| *version += 1);
    }
}

/// The program's state, from any component.
pub fn use_app() -> App {
    expect_context::<App>()
}
