//! Earlier states of the school, in snapshots and backups, and setting it back to one.

use std::borrow::Cow;

use flightpath_school::journal::{Action, School, StepInfo};
use flightpath_school::model::{Dot, Id, Moment, ReplicaId};
use flightpath_store::{Contents, Snapshot, SnapshotHead};
use leptos::prelude::*;

use super::Why;
use super::folding::fold;
use super::keeper::keeper;
use crate::app::App;
use crate::app::loading::Rebuilt;
use crate::platform::clock;

/// An earlier state of the school.
pub struct Earlier {
    /// When it was made, by the clock of the computer that made it.
    pub made: Moment,
    /// Name of the backup; empty for a snapshot.
    pub file: String,
    state: State,
}

enum State {
    Stored(Contents),
    Read(Box<School>),
}

impl Earlier {
    /// What a snapshot holds.
    pub(super) fn of_snapshot(snapshot: &Snapshot, contents: Contents) -> Earlier {
        Earlier {
            made: state_of(&snapshot.head),
            file: String::new(),
            state: State::Stored(contents),
        }
    }

    /// The school as it was; nothing where it does not fit together.
    pub(super) fn school(&self) -> Option<Cow<'_, School>> {
        match &self.state {
            State::Stored(contents) => {
                let rebuilt = Rebuilt::of(contents);
                rebuilt
                    .is_whole()
                    .then(|| Cow::Owned(rebuilt.into_school()))
            }
            State::Read(school) => Some(Cow::Borrowed(school)),
        }
    }

    /// What a backup holds.
    pub fn of_backup(file: String, made: Moment, school: School) -> Earlier {
        Earlier {
            made,
            file,
            state: State::Read(Box::new(school)),
        }
    }
}

/// When the state in a snapshot was what the school was: the snapshot itself may have been made later.
pub fn state_of(head: &SnapshotHead) -> Moment {
    let at = head.manifest.written_ms.unwrap_or(head.made_ms);
    Moment(i64::try_from(at).unwrap_or_default())
}

impl App {
    /// The snapshots that there are, the newest first; of those that hold the same state the first that was made.
    pub async fn snapshots(self) -> Vec<Snapshot> {
        let found = match keeper(self) {
            Ok(keeper) => keeper.copy.snapshots().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let mut states: Vec<Snapshot> = Vec::with_capacity(found.len());
        for snapshot in found {
            let holds = |one: &Snapshot| one.head.manifest.folded_through;
            match states.last_mut() {
                Some(last) if holds(last) == holds(&snapshot) => *last = snapshot,
                _ => states.push(snapshot),
            }
        }
        states
    }

    /// Makes a snapshot now.
    pub async fn snapshot_now(self) {
        fold(self, Some(Why::Asked)).await;
    }

    /// The state in a snapshot; nothing where it is damaged or cannot be had.
    pub async fn earlier(self, snapshot: &Snapshot) -> Option<Earlier> {
        self.all_read().await;
        let keeper = keeper(self).ok()?;
        let contents = keeper.copy.snapshot(&snapshot.name).await.ok()??;
        Some(Earlier::of_snapshot(snapshot, contents))
    }

    /// How many cells setting the school back would change; nothing where the state does not fit together.
    pub fn outlook_back(&self, to: &Earlier) -> Option<usize> {
        let earlier = to.school()?;
        self.core.try_with_value(|core| {
            // A name that no step will have: nothing of this one is kept.
            let info = StepInfo {
                dot: Dot {
                    replica: ReplicaId(Id(0)),
                    sequence: 1,
                },
                author: String::new(),
                at: to.made,
                action: Action::Settings,
                reason: None,
            };
            let step = core.school().restoring(&earlier, info);
            step.map_or(0, |step| step.cell_count())
        })
    }

    /// Sets the whole school back to an earlier state, as one step that can be undone; how many cells changed, and
    /// nothing where all is so already.
    pub fn set_back(&self, to: &Earlier) -> Option<usize> {
        if !self.can_change() {
            return None;
        }
        let earlier = to.school()?;
        let author = self.author();
        let cells = self.core.try_update_value(|core| {
            let action = Action::Restore {
                file: to.file.clone(),
                made: to.made,
            };
            let info = core.next_info(author, clock::now(), action, None);
            let step = core.school().restoring(&earlier, info)?;
            let cells = step.cell_count();
            core.carry_out(step)?;
            Some(cells)
        })??;
        self.changed();
        Some(cells)
    }
}
