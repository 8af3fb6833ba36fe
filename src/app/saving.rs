//! Storing what was done: a queue, a writer, and the truth about both.

use std::collections::BTreeSet;
use std::rc::Rc;

use flightpath_school::journal::Step;
use flightpath_school::journal::block::parts_of_list;
use flightpath_school::model::Moment;
use flightpath_school::view;
use flightpath_store::marker;
use flightpath_store::{
    Appended, Contents, Fold, IndexedDbStore, Loaded, LogEntry, Manifest, Store, StoreError,
    StoreErrorKind, tabs,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::copy::Twice;
use super::{App, Phase, Shut};
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

/// Whether the steps that are no longer in the log have been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum History {
    /// They have, or there are none.
    #[default]
    Read,
    /// They have not.
    Unread,
    /// Somebody is at it.
    BeingRead,
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
    history: History,
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
        self.history = match contents.manifest.history_count {
            0 => History::Read,
            _ => History::Unread,
        };
    }

    /// How often the state that the school in memory began from had been folded.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) fn store(&self) -> Option<Rc<IndexedDbStore>> {
        self.store.clone()
    }

    /// Whether the steps that are no longer in the log have been read.
    pub(super) fn history(&self) -> History {
        self.history
    }

    /// Begins to read the history: the store that holds it. Nothing where it is read, or somebody is at it.
    pub(super) fn begin_history(&mut self) -> Option<Rc<IndexedDbStore>> {
        if self.history != History::Unread {
            return None;
        }
        let store = self.store()?;
        self.history = History::BeingRead;
        Some(store)
    }

    /// Notes whether the history that was begun could be read. Where the school was read anew meanwhile, there may be
    /// more of it.
    pub(super) fn end_history(&mut self, could: bool) {
        if self.history == History::BeingRead {
            self.history = if could {
                History::Read
            } else {
                History::Unread
            };
        }
    }

    pub(super) fn set_channel(&mut self, channel: tabs::TabChannel) {
        self.channel = Some(channel);
    }

    /// Takes from the queue what was stored: so many of its first, up to the entry of this number. Whether it follows
    /// what the school in memory holds; else another tab has stored something before it.
    ///
    /// They stay in the queue until then: where the school is read anew meanwhile, they are joined with it.
    fn stored(&mut self, count: usize, last: u64) -> bool {
        let stored = self.queue.drain(..count.min(self.queue.len()));
        self.log_bytes += stored.map(|body| body.len()).sum::<usize>();
        let follows = last.saturating_sub(count as u64) <= self.last_entry;
        if follows {
            self.last_entry = self.last_entry.max(last);
        }
        self.tell();
        follows
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

    /// Stores what waits, unless somebody is at it already, it is not yet known whether the database holds all that the
    /// second copy does, or it is known that it does not.
    pub(super) fn store_soon(&self) {
        let compared = self.twice.get_untracked() != Twice::Comparing;
        let damaged = matches!(self.phase.get_untracked(), Phase::Damaged { .. });
        let start = compared
            && !damaged
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
            let waiting = |core: &super::Core| (core.pending.store(), core.pending.queue.clone());
            let Some((Some(store), bodies)) = self.core.try_with_value(waiting) else {
                self.stop_writing(Saved::Not(Unsaved::Closed));
                return;
            };
            if bodies.is_empty() {
                self.stop_writing(Saved::All);
                self.fold_if_due().await;
                return;
            }
            let count = bodies.len();
            let (outcome, _) = tabs::with_lock(WRITER, || async {
                let now = u64::try_from(clock::now().0).ok();
                let appended = store.append_all(bodies.clone(), now).await?;
                if let Some(copy) = self.copy.get_value() {
                    copy.append(self, bodies, &appended).await;
                }
                Ok::<_, StoreError>(appended)
            })
            .await;
            match outcome {
                Ok(Appended { last, .. }) => {
                    self.note_year();
                    marker::note_stored(last, count as u64);
                    let stored = |core: &mut super::Core| core.pending.stored(count, last);
                    if self.core.try_update_value(stored) == Some(false) {
                        self.catch_up().await;
                    }
                }
                Err(error) => {
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
        let held = |core: &super::Core| core.pending.last_entry;
        let before = self.core.try_with_value(held).unwrap_or_default();
        let whole = self.take_contents(&contents);
        // What this tab stored while all of it was being read is not in there.
        let read = self.core.try_with_value(held).unwrap_or_default();
        if read < before {
            spawn_local(self.catch_up());
        }
        if !whole {
            self.shut_by_newer();
        }
        self.settle();
        self.refresh();
        whole
    }

    /// Takes in entries that follow what the school in memory holds.
    fn take_entries(self, entries: Vec<LogEntry>) {
        let read = self.core.try_update_value(|core| {
            entries.into_iter().try_for_each(|entry| {
                let step = Step::from_json(&entry.body).ok()?;
                if entry.number > core.pending.last_entry {
                    core.pending.last_entry = entry.number;
                    core.pending.log_bytes += entry.body.len();
                    core.take_in_or_join(step);
                }
                Some(())
            })
        });
        if read == Some(None) {
            self.shut_by_newer();
        }
    }

    /// Nothing is changed any more, because a newer program has stored what this one cannot read.
    fn shut_by_newer(self) {
        self.phase.set(Phase::Shut(Shut::Newer));
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
                self.take_entries(entries);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(generation: u64, folded_through: u64) -> Manifest {
        Manifest {
            generation,
            folded_through,
            ..Manifest::default()
        }
    }

    fn with_one_stored() -> Pending {
        let mut pending = Pending::default();
        pending.push(vec![0; 10]);
        pending.dirty("lasting".to_owned());
        pending.want_snapshot();
        assert!(pending.stored(1, 1));
        pending
    }

    #[test]
    fn what_comes_while_something_is_folded_waits_for_the_next_time() {
        let mut pending = with_one_stored();
        let taken = pending.take_for_folding();
        assert!(taken.parts.contains("lasting") && taken.snapshot_due);
        assert_eq!(taken.fold().folded_through, 1);
        // A change to the same part, and an import.
        pending.dirty("lasting".to_owned());
        pending.want_snapshot();
        pending.folded(&manifest(1, 1));
        assert!(!pending.is_folded() && pending.due_for_folding());
        let next = pending.take_for_folding();
        assert!(next.parts.contains("lasting") && next.snapshot_due);
        assert_eq!(next.fold().expected_generation, 1);
    }

    #[test]
    fn what_could_not_be_folded_is_folded_the_next_time() {
        let mut pending = with_one_stored();
        let taken = pending.take_for_folding();
        pending.dirty("classes".to_owned());
        pending.not_folded(taken);
        assert!(pending.due_for_folding());
        let next = pending.take_for_folding();
        assert_eq!(Vec::from_iter(&next.parts), ["classes", "lasting"]);
        assert_eq!(next.log_bytes, 10);
    }

    #[test]
    fn what_is_on_its_way_to_the_store_waits_until_it_is_there() {
        let mut pending = with_one_stored();
        pending.push(vec![0; 20]);
        pending.push(vec![0; 30]);
        // Only the first of the two was taken along; another tab has stored an entry before it.
        assert!(!pending.stored(1, 3), "entry 2 has to be caught up with");
        assert_eq!(pending.queue, [vec![0; 30]]);
        assert_eq!((pending.last_entry, pending.log_bytes), (1, 30));
        // It was, and one more of the other tab.
        pending.last_entry = 5;
        assert!(pending.stored(1, 4));
        assert_eq!(pending.last_entry, 5);
        assert!(pending.queue.is_empty());
    }

    #[test]
    fn a_history_that_could_not_be_read_is_read_another_time() {
        let mut pending = Pending::default();
        let contents = |history_count| Contents {
            manifest: Manifest {
                history_count,
                ..Manifest::default()
            },
            ..Contents::default()
        };
        pending.stands_at(&contents(0));
        assert_eq!(pending.history(), History::Read);
        pending.stands_at(&contents(2));
        pending.history = History::BeingRead;
        assert!(pending.begin_history().is_none(), "somebody is at it");
        pending.end_history(false);
        assert_eq!(pending.history(), History::Unread);
        pending.history = History::BeingRead;
        // Read anew meanwhile: there is more than what was begun.
        pending.stands_at(&contents(3));
        pending.end_history(true);
        assert_eq!(pending.history(), History::Unread);
    }
}
