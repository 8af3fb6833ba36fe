//! Storing what was done: a queue, a writer, and the truth about both.

use std::collections::BTreeSet;
use std::rc::Rc;

use flightpath_school::journal::Step;
use flightpath_school::journal::block::parts_of_list;
use flightpath_school::model::Moment;
use flightpath_school::view;
use flightpath_store::marker;
use flightpath_store::{
    Appended, Contents, Fold, IndexedDbStore, Loaded, Manifest, Store, StoreError, StoreErrorKind,
    tabs,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::App;
use super::copy::Twice;
use crate::platform::clock;

/// The lock that the one writer of all tabs holds.
pub(super) const WRITER: &str = "flightpath-writer";
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
    folded_ms: Option<u64>,
    log_bytes: usize,
    dirty: BTreeSet<String>,
    /// Whether the store holds steps that have not been read.
    unread_history: bool,
    snapshot_due: bool,
}

/// What one folding takes in.
pub(super) struct ToFold {
    generation: u64,
    last_entry: u64,
    log_bytes: usize,
    /// Names of the parts of the state that have changed since they were written.
    pub(super) parts: BTreeSet<String>,
    /// Whether much has changed at once, so that a snapshot is wanted.
    pub(super) snapshot_due: bool,
}

impl ToFold {
    /// A fold of the whole log up to here, without any part in it.
    pub(super) fn fold(&self) -> Fold {
        Fold {
            expected_generation: self.generation,
            folded_through: self.last_entry,
            ..Fold::default()
        }
    }
}

impl Pending {
    pub(super) fn push(&mut self, body: Vec<u8>) {
        self.queue.push(body);
    }

    /// The steps that wait to be stored.
    pub(super) fn waiting(&self) -> Vec<Step> {
        let bodies = self.queue.iter();
        bodies
            .filter_map(|body| Step::from_json(body).ok())
            .collect()
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
        self.folded_ms = contents.manifest.written_ms;
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

    /// Asks for a snapshot at the next folding, which comes soon.
    pub(super) fn want_snapshot(&mut self) {
        self.snapshot_due = true;
    }

    pub(super) fn snapshot_due(&self) -> bool {
        self.snapshot_due
    }

    /// Takes out what is to be folded, all that was done up to now. What is done while it is being folded waits for the
    /// next time.
    pub(super) fn take_for_folding(&mut self) -> ToFold {
        ToFold {
            generation: self.generation,
            last_entry: self.last_entry,
            log_bytes: std::mem::take(&mut self.log_bytes),
            parts: std::mem::take(&mut self.dirty),
            snapshot_due: std::mem::take(&mut self.snapshot_due),
        }
    }

    /// Puts back what could not be folded.
    pub(super) fn not_folded(&mut self, taken: ToFold) {
        self.log_bytes += taken.log_bytes;
        self.dirty.extend(taken.parts);
        self.snapshot_due |= taken.snapshot_due;
    }

    /// When the log was last folded, by this computer's clock.
    pub(super) fn folded_at(&self) -> Option<Moment> {
        let at = i64::try_from(self.folded_ms?).ok()?;
        Some(Moment(at))
    }

    /// Whether there is nothing to fold.
    pub(super) fn is_folded(&self) -> bool {
        self.last_entry == self.folded_through && self.dirty.is_empty()
    }

    /// Notes that the log was folded.
    pub(super) fn folded(&mut self, manifest: &Manifest) {
        self.generation = manifest.generation;
        self.folded_through = manifest.folded_through;
    }

    fn due_for_folding(&self) -> bool {
        self.snapshot_due
            || self.log_bytes > LONGEST_LOG_BYTES
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

    /// Stores what waits, unless somebody is at it already, or it is not yet known whether the database holds all that
    /// the second copy does.
    pub(super) fn store_soon(&self) {
        let compared = self.twice.get_untracked() != Twice::Comparing;
        let start = compared
            && self
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
            let (outcome, _) = tabs::with_lock(WRITER, || async {
                let now = u64::try_from(clock::now().0).ok();
                let appended = store.append_all(bodies.clone(), now).await?;
                if let Some(copy) = self.copy.get_value() {
                    copy.append(self, bodies.clone(), &appended).await;
                }
                Ok::<_, StoreError>(appended)
            })
            .await;
            match outcome {
                Ok(Appended { last, .. }) => {
                    self.note_year();
                    marker::note_last(last);
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

    /// Reads everything anew, and joins with it what waits to be stored. Whether it is whole.
    pub(super) async fn read_anew(self, store: &IndexedDbStore) -> bool {
        let Ok(Loaded::Whole(contents)) = store.load().await else {
            return false;
        };
        let whole = self.take_contents(&contents);
        self.settle();
        self.refresh();
        whole
    }

    /// Takes in what other tabs have stored since. Where not everything is read yet, whoever reads it does so at the end;
    /// what is left of a damaged store stays as it was found.
    pub(super) async fn catch_up(self) {
        if !self.all_here.get_untracked() || !self.can_change() {
            return;
        }
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
                self.read_anew(&store).await;
            }
            Err(_) => {}
        }
    }

    /// Folds the log into the state when it has grown long.
    pub(super) async fn fold_if_due(self) {
        let due = |core: &super::Core| core.pending.due_for_folding();
        if self.core.try_with_value(due) == Some(true) {
            self.fold(None).await;
        }
    }
}
