//! Undoing and doing again. The part of the program that makes steps comes with whatever screen makes them; here it is
//! fetched when it is needed, so that no start waits for it.

use flightpath_school::journal::Action;
use flightpath_school::model::{Dot, Moment};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;

use super::{App, Core, Missing, Notice};
use crate::platform::clock;

/// Which way to go through what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
fn go(app: App, way: Way) -> Result<(), Missing> {
    match way {
        Way::Undo => app.undo_with(Core::undo_last),
        Way::Redo => app.redo(),
    }
    Ok(())
}

impl App {
    /// Undoes one step of the history.
    pub fn undo_step(self, of: Dot) {
        spawn_local(async move {
            self.all_read().await;
            self.undo_with(|core, author, at| core.undo(of, author, at));
        });
    }

    /// Undoes the last step; where the log holds none, the history is read first.
    pub fn undo_soon(self) {
        self.go_soon(Way::Undo);
    }

    /// Does the last undone step again; where the log holds none, the history is read first.
    pub fn redo_soon(self) {
        self.go_soon(Way::Redo);
    }

    fn go_soon(self, way: Way) {
        spawn_local(async move {
            // The step may stand in the history alone.
            self.all_read().await;
            let known = self.core.try_with_value(|core| match way {
                Way::Undo => core.can_undo(),
                Way::Redo => core.can_redo(),
            });
            if known != Some(true) {
                self.read_history().await;
            }
            if go(self, way).await.is_err() {
                self.notice.set(Some(Notice::NotFetched));
            }
        });
    }

    fn undo_with(&self, undo: impl FnOnce(&mut Core, String, Moment) -> Option<(Action, usize)>) {
        if !self.can_change() {
            return;
        }
        let author = self.author();
        let outcome = self
            .core
            .try_update_value(|core| undo(core, author, clock::now()));
        match outcome.flatten() {
            Some((action, left)) => {
                self.changed();
                self.notice.set(Some(Notice::Undone { action, left }));
            }
            None => self.notice.set(Some(Notice::NothingToUndo)),
        }
    }

    fn redo(&self) {
        if !self.can_change() {
            return;
        }
        let author = self.author();
        let outcome = self
            .core
            .try_update_value(|core| core.redo_last(author, clock::now()))
            .flatten();
        match outcome {
            Some(action) => {
                self.changed();
                self.notice.set(Some(Notice::Redone { action }));
            }
            None => self.notice.set(Some(Notice::NothingToRedo)),
        }
    }
}
