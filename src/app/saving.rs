//! Storing what was done: a queue, a writer, and the truth about both.

use std::collections::BTreeSet;
use std::rc::Rc;

use flightpath_school::journal::block::{Block, part_of, parts_of_list};
use flightpath_school::journal::{Step, stored};
use flightpath_school::view;
use flightpath_store::marker;
use flightpath_store::{
    Appended, Contents, Fold, IndexedDbStore, Loaded, Store, StoreError, StoreErrorKind, tabs,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::App;
use crate::platform::{clock, page};

/// The lock that the one writer of all tabs holds.
const WRITER: &str = "flightpath-writer";
/// The log is folded into the state when it is longer than this.
const LONGEST_LOG_BYTES: usize = 1024 * 1024;
/// Or has more entries than this.
const MOST_LOG_ENTRIES: u64 = 400;

/// Whether everything that was done is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Saved {
    /// Everything is.
    #[default]
    All,
    /// It is being stored.
    Saving,
    /// It could not be stored.
    Not(Unsaved),
}

/// Why something could not be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaved {
    /// The disk, or the browser's share of it, is full.
    Full,
    /// The connection to the store was closed: by a newer program in another tab, or the browser.
    Closed,
    /// Anything else.
    Failed,
}

/// What waits to be stored.
#[derive(Default)]
pub struct Pending {
    store: Option<Rc<IndexedDbStore>>,
    channel: Option<tabs::TabChannel>,
    queue: Vec<Vec<u8>>,
    writing: bool,
    /// Number of the last log entry that the school in memory holds.
    last_entry: u64,
    generation: u64,
    folded_through: u64,
    log_bytes: usize,
    dirty: BTreeSet<String>,
    /// Whether the store holds steps that have not been read.
    unread_history: bool,
}

impl Pending {
    pub(super) fn push(&mut self, body: Vec<u8>) {
        self.queue.push(body);
    }

    pub(super) fn dirty(&mut self, part: String) {
        self.dirty.insert(part);
    }

    pub(super) fn set_store(&mut self, store: Rc<IndexedDbStore>) {
        self.store = Some(store);
    }

    /// Notes what of the store the school in memory holds.
    pub(super) fn stands_at(&mut self, contents: &Contents) {
        self.generation = contents.manifest.generation;
        self.folded_through = contents.manifest.folded_through;
        self.last_entry = contents
            .log
            .last()
            .map_or(contents.manifest.folded_through, |entry| entry.number);
        self.log_bytes = contents.log.iter().map(|entry| entry.body.len()).sum();
        self.unread_history = contents.manifest.history_count > 0;
    }

    /// How often the state that the school in memory began from had been folded.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) fn store(&self) -> Option<Rc<IndexedDbStore>> {
        self.store.clone()
    }

    /// Whether the store holds steps that have not been read.
    pub(super) fn has_unread_history(&self) -> bool {
        self.unread_history
    }

    /// The store, if its history has not been read yet.
    pub(super) fn take_unread_history(&mut self) -> Option<Rc<IndexedDbStore>> {
        if std::mem::take(&mut self.unread_history) {
            self.store()
        } else {
            None
        }
    }

    pub(super) fn set_channel(&mut self, channel: tabs::TabChannel) {
        self.channel = Some(channel);
    }

    fn tell(&self) {
        if let Some(channel) = &self.channel {
            // A tab that misses this catches up when it next writes or is looked at.
            let _ = channel.post(b"log");
        }
    }

    fn due_for_folding(&self) -> bool {
        self.log_bytes > LONGEST_LOG_BYTES
            || self.last_entry.saturating_sub(self.folded_through) > MOST_LOG_ENTRIES
    }
}

impl App {
    /// Leaves word that a school is here, and of what the page can read ahead at the next start.
    pub(super) fn note_year(&self) {
        let year = self.peek(|school| view::setting(school).year);
        if let Some(year) = year {
            // Without it nothing is lost: the next start reads everything first.
            let _ = marker::set_marker(&parts_of_list(year));
        }
    }

    /// Stores what waits, unless somebody is at it already.
    pub(super) fn store_soon(&self) {
        let start = self
            .core
            .try_update_value(|core| {
                let idle = !core.pending.writing && !core.pending.queue.is_empty();
                core.pending.writing |= idle;
                idle
            })
            .unwrap_or(false);
        if self
            .core
            .try_with_value(|core| core.pending.queue.is_empty())
            == Some(false)
        {
            self.saved.set(Saved::Saving);
        }
        if start {
            let app = *self;
            spawn_local(async move { app.write_queue().await });
        }
    }

    /// Tries again after a failure.
    pub fn store_again(&self) {
        self.store_soon();
    }

    async fn write_queue(self) {
        loop {
            let taken = self.core.try_update_value(|core| {
                (
                    core.pending.store(),
                    std::mem::take(&mut core.pending.queue),
                    core.pending.last_entry,
                )
            });
            let Some((Some(store), bodies, last_entry)) = taken else {
                self.stop_writing(Saved::Not(Unsaved::Closed));
                return;
            };
            if bodies.is_empty() {
                self.stop_writing(Saved::All);
                self.fold_if_due().await;
                return;
            }
            let count = u64::try_from(bodies.len()).unwrap_or(0);
            let bytes: usize = bodies.iter().map(Vec::len).sum();
            let (outcome, _) = tabs::with_lock(WRITER, || {
                let store = Rc::clone(&store);
                let bodies = bodies.clone();
                async move {
                    store
                        .append_all(bodies, u64::try_from(clock::now().0).ok())
                        .await
                }
            })
            .await;
            match outcome {
                Ok(Appended { last, .. }) => {
                    self.note_year();
                    let missed = last.saturating_sub(count) > last_entry;
                    let _ = self.core.try_update_value(|core| {
                        if !missed {
                            core.pending.last_entry = last;
                        }
                        core.pending.log_bytes += bytes;
                        core.pending.tell();
                    });
                    if missed {
                        self.catch_up().await;
                    }
                }
                Err(error) => {
                    // What could not be stored goes back to the head of the queue.
                    let _ = self.core.try_update_value(|core| {
                        let newer = std::mem::replace(&mut core.pending.queue, bodies);
                        core.pending.queue.extend(newer);
                    });
                    self.stop_writing(Saved::Not(match error.kind {
                        StoreErrorKind::QuotaExceeded => Unsaved::Full,
                        StoreErrorKind::Closed => Unsaved::Closed,
                        _ => Unsaved::Failed,
                    }));
                    return;
                }
            }
        }
    }

    fn stop_writing(&self, saved: Saved) {
        let _ = self
            .core
            .try_update_value(|core| core.pending.writing = false);
        self.saved.set(saved);
    }

    /// Takes in what other tabs have stored since.
    pub(super) async fn catch_up(self) {
        let Some((Some(store), last_entry)) = self
            .core
            .try_with_value(|core| (core.pending.store(), core.pending.last_entry))
        else {
            return;
        };
        match store.log_after(last_entry).await {
            Ok(entries) if entries.is_empty() => {}
            Ok(entries) => {
                let _ = self.core.try_update_value(|core| {
                    for entry in entries {
                        if entry.number <= core.pending.last_entry {
                            continue;
                        }
                        core.pending.last_entry = entry.number;
                        core.pending.log_bytes += entry.body.len();
                        if let Ok(step) = Step::from_json(&entry.body) {
                            core.take_in(step);
                        }
                    }
                });
                self.settle();
                self.refresh();
            }
            // Another tab has folded what this one had not read: everything is read anew.
            Err(StoreError {
                kind: StoreErrorKind::LogFolded { .. },
                ..
            }) => {
                if let Ok(Loaded::Whole(contents)) = store.load().await {
                    self.take_contents(&contents);
                    let _ = self.core.try_update_value(|core| {
                        let waiting: Vec<Step> = core
                            .pending
                            .queue
                            .iter()
                            .filter_map(|body| Step::from_json(body).ok())
                            .collect();
                        for step in waiting {
                            core.reapply(&step);
                        }
                    });
                    self.settle();
                    self.refresh();
                }
            }
            Err(_) => {}
        }
    }

    /// Folds the log into the state when it has grown long: parts that changed are written anew,
    /// the steps go to the history.
    async fn fold_if_due(self) {
        if self
            .core
            .try_with_value(|core| core.pending.due_for_folding())
            != Some(true)
        {
            return;
        }
        page::breathe().await;
        let Some(lock) = tabs::TabLock::try_acquire(WRITER).await else {
            return;
        };
        self.catch_up().await;
        let Some(Some(store)) = self.core.try_with_value(|core| core.pending.store()) else {
            return;
        };
        let today = clock::today();
        let Some(fold) = self.core.try_with_value(|core| {
            let mut fold = Fold {
                expected_generation: core.pending.generation,
                folded_through: core.pending.last_entry,
                history_month: format!("{:04}-{:02}", today.year(), today.month()),
                written_ms: u64::try_from(clock::now().0).ok(),
                ..Fold::default()
            };
            for part in &core.pending.dirty {
                let block = Block::of(core.school(), |key| part_of(key) == *part);
                fold.chunks_put
                    .push((part.clone(), stored::write(&block).ok()?));
            }
            Some(fold)
        }) else {
            return;
        };
        let Some(fold) = fold else { return };
        if let Ok(manifest) = store.fold(fold).await {
            let _ = self.core.try_update_value(|core| {
                let pending = &mut core.pending;
                pending.generation = manifest.generation;
                pending.folded_through = manifest.folded_through;
                pending.log_bytes = 0;
                pending.dirty.clear();
            });
        }
        drop(lock);
    }
}
