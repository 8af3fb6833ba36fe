//! The second copy: the same school in files of the browser's own, beside its database.
//!
//! Browsers lose databases: to damage, eviction, a cut file that looks whole from inside. Files fail in other ways
//! and at other times, so what one of the two has lost the other still has.
//!
//! | file                            | holds |
//! |---------------------------------|-------|
//! | `log-<number>`                  | what tabs have appended, one at a time, as [linked text](crate::read_linked) |
//! | `history-<key>`                 | a history record: the SHA-256 of its body, a line end, the body |
//! | `snapshot-<last>-<generation>`  | a whole state, see `snapshot.rs` |
//! | `set-aside-<milliseconds>`      | a rescue file of a database that was found damaged |
//!
//! A step is *saved* when the database has completed its transaction and [`SecondCopy::append`] has come back.
//! Everything else here is done by whoever holds the lock of the writer: [`SecondCopy::settle`] at the start,
//! [`SecondCopy::keep_up`] after the log was folded.
//!
//! What was flushed survives a power cut, the *name* of a file that was made shortly before may not: browsers write
//! names to the disk in their own time. So the logs are few, keep their names for good, and each start takes the first
//! that no other tab holds; and what a snapshot makes superfluous in them stays until the snapshot has been there for a
//! while.

mod compare;
mod files;
mod opfs;
mod rebuild;
mod settle;
mod snapshot;

pub use files::{Files, FilesError, MemoryFiles};
pub use opfs::OpfsFiles;
pub use settle::{Difference, Settled};
pub use snapshot::SnapshotHead;

use std::cell::OnceCell;

use compare::{Entries, Reach};
use rebuild::{Rebuilt, Sources};

use crate::chain::{Linked, read_linked};
use crate::error::StoreError;
use crate::load::{Contents, Loaded};
use crate::manifest::Manifest;
use crate::port::Store;
use crate::record::body_hash;

const LOG: &str = "log-";
const HISTORY: &str = "history-";
const SET_ASIDE: &str = "set-aside-";
/// So many snapshots are kept.
pub const SNAPSHOTS_KEPT: usize = 10;
/// So many tabs can keep a log each.
const MOST_LOGS: u8 = 100;
/// After so long the name of a file is on the disk: systems write what waits at least every half minute.
const ON_THE_DISK_MS: u64 = 120_000;
/// So many damaged databases are kept aside.
const SET_ASIDE_KEPT: usize = 2;

/// Why the second copy could not be kept: the files, or the database that it is to be compared with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopyError {
    /// The files.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A snapshot as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Name of its file.
    pub name: String,
    /// What it says of itself.
    pub head: SnapshotHead,
}

/// The second copy, as one tab keeps it.
pub struct SecondCopy<F> {
    files: F,
    own_log: OnceCell<String>,
}

/// A log in the files.
struct LogFile {
    name: String,
    /// Number of its last entry; 0 where it holds none.
    last: u64,
}

/// What lies in the files, as far as a comparison needs it.
#[derive(Default)]
struct Found {
    /// The newest first.
    snapshots: Vec<Snapshot>,
    logs: Vec<LogFile>,
    history: Vec<String>,
    entries: Entries,
    /// Names of files that are no more than damage.
    spoilt: Vec<String>,
}

impl Found {
    fn is_empty(&self) -> bool {
        self.snapshots.is_empty() && self.entries.last() == 0
    }

    /// Where the newest snapshot and the logs together have come to.
    fn reach(&self) -> Reach {
        let base = self.snapshots.first().map_or_else(Reach::default, |one| {
            Reach::new(one.head.manifest.folded_through, &one.head.manifest.link)
        });
        match self.entries.follow(&base).last() {
            Some(last) => Reach::new(last.number, &last.link),
            None => base,
        }
    }
}

impl<F: Files> SecondCopy<F> {
    /// The second copy in this folder.
    pub fn new(files: F) -> Self {
        Self {
            files,
            own_log: OnceCell::new(),
        }
    }

    /// The folder.
    pub fn files(&self) -> &F {
        &self.files
    }

    /// The log that this tab alone appends to from now on.
    async fn own_log(&self) -> Result<&str, FilesError> {
        if let Some(name) = self.own_log.get() {
            return Ok(name);
        }
        for number in 0..MOST_LOGS {
            let name = format!("{LOG}{number:02}");
            // Whatever a crash has torn ends with this line.
            match self.files.append(&name, b"\n".to_vec()).await {
                Ok(()) => return Ok(self.own_log.get_or_init(|| name)),
                Err(FilesError::Held) => {}
                Err(error) => return Err(error),
            }
        }
        Err(FilesError::Held)
    }

    /// Appends entries to this tab's log. They are on the disk when this resolves.
    ///
    /// # Errors
    /// When the files refuse: nothing of it counts then.
    pub async fn append(&self, entries: &[Linked]) -> Result<(), FilesError> {
        let text = entries.iter().flat_map(Linked::to_text).collect();
        self.files.append(self.own_log().await?, text).await
    }

    /// Whether there is anything of a school in the files.
    ///
    /// # Errors
    /// When the files cannot be reached.
    pub async fn holds_anything(&self) -> Result<bool, FilesError> {
        let found = self.find().await?;
        Ok(!found.is_empty())
    }

    /// The snapshots that there are, the newest first.
    ///
    /// # Errors
    /// When the files cannot be reached.
    pub async fn snapshots(&self) -> Result<Vec<Snapshot>, FilesError> {
        Ok(self.find().await?.snapshots)
    }

    /// The state in a snapshot; nothing where it is damaged.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn snapshot(&self, name: &str) -> Result<Option<Contents>, FilesError> {
        let file = self.files.read(name, usize::MAX).await?;
        Ok(snapshot::read(&file))
    }

    /// Brings the second copy level with the database after its log was folded: new history records, and where `note`
    /// names a reason for one a snapshot. With a snapshot the history of both is looked through, and what it makes
    /// superfluous goes.
    ///
    /// # Errors
    /// When the files or the database refuse, or a snapshot is wanted of a database that is not whole. What there was
    /// before is still there then.
    pub async fn keep_up(
        &self,
        database: &impl Store,
        note: Option<&str>,
        now_ms: u64,
    ) -> Result<(), CopyError> {
        let found = self.find().await?;
        let Some(note) = note else {
            return self.copy_history(database, &found).await;
        };
        // No snapshot is made of what is not whole: the next start looks into it.
        let Loaded::Whole(contents) = database.load().await? else {
            return Err(StoreError::damaged("database").into());
        };
        self.look_through_history(database, &found).await?;
        self.level(&contents, (note, now_ms), &found).await
    }

    /// Looks through the history of both, and mends a record that is damaged in one from the other. How many records of
    /// the database were mended.
    ///
    /// # Errors
    /// When the files or the database refuse.
    pub async fn mend_history(&self, database: &impl Store) -> Result<usize, CopyError> {
        let found = self.find().await?;
        self.look_through_history(database, &found).await
    }

    async fn look_through_history(
        &self,
        database: &impl Store,
        found: &Found,
    ) -> Result<usize, CopyError> {
        let copied = self.history(found).await?;
        let mut mended = 0;
        for key in database.history_keys().await? {
            let copy = copied.iter().find(|(other, _)| *other == key);
            match (database.history(&key).await, copy) {
                (Ok(Some(body)), None) => self.write_history(&key, &body).await?,
                (Err(_), Some((_, body))) => {
                    database.mend_history(&key, body.clone()).await?;
                    mended += 1;
                }
                _ => {}
            }
        }
        Ok(mended)
    }

    async fn write_history(&self, key: &str, body: &[u8]) -> Result<(), FilesError> {
        let mut file = format!("{}\n", body_hash(body)).into_bytes();
        file.extend_from_slice(body);
        self.files.write(&history_name(key), file).await
    }

    async fn copy_history(&self, database: &impl Store, found: &Found) -> Result<(), CopyError> {
        for key in database.history_keys().await? {
            // One that is damaged is not passed on.
            if !found.history.contains(&history_name(&key))
                && let Ok(Some(body)) = database.history(&key).await
            {
                self.write_history(&key, &body).await?;
            }
        }
        Ok(())
    }

    /// Writes a snapshot of a whole database and the entries that the logs lack, then takes away what is no longer
    /// needed.
    async fn level(
        &self,
        contents: &Contents,
        (note, now_ms): (&str, u64),
        found: &Found,
    ) -> Result<(), CopyError> {
        let name = snapshot::name(&contents.manifest);
        if contents.manifest.generation > 0 {
            // Writing over the one that is there would leave none, if the browser were ended in between.
            let is_there = found.snapshots.iter().any(|one| one.name == name)
                && self.snapshot_manifest(&name).await?.as_ref() == Some(&contents.manifest);
            if !is_there {
                let file = snapshot::write(contents, note, now_ms)
                    .ok_or_else(|| StoreError::damaged(name.as_str()))?;
                self.files.write(&name, file).await?;
                // Only what reads back counts.
                if self.snapshot_manifest(&name).await?.is_none() {
                    return Err(FilesError::Refused("read back".to_owned()).into());
                }
            }
        }
        self.empty_logs(found, now_ms).await?;
        let mut lacking = compare::linked_log(contents);
        lacking.retain(|entry| !found.entries.holds(entry));
        self.append(&lacking).await?;
        let others = found.snapshots.iter().filter(|one| one.name != name);
        let too_old = others.skip(SNAPSHOTS_KEPT - 1).map(|one| &one.name);
        let spoilt = found.spoilt.iter().filter(|spoilt| **spoilt != name);
        for superfluous in too_old.chain(spoilt) {
            match self.files.remove(superfluous).await {
                Ok(()) | Err(FilesError::Held) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The manifest of a snapshot; nothing where it is not whole.
    async fn snapshot_manifest(&self, name: &str) -> Result<Option<Manifest>, FilesError> {
        let file = self.files.read(name, usize::MAX).await?;
        Ok(snapshot::read(&file).map(|contents| contents.manifest))
    }

    /// Empties the logs of which a snapshot holds everything that is on the disk with its name.
    async fn empty_logs(&self, found: &Found, now_ms: u64) -> Result<(), FilesError> {
        let is_on_the_disk = |one: &&Snapshot| one.head.made_ms + ON_THE_DISK_MS <= now_ms;
        let safe = found.snapshots.iter().find(is_on_the_disk);
        let safe = safe.map_or(0, |one| one.head.manifest.folded_through);
        let superfluous = |log: &&LogFile| (1..=safe).contains(&log.last);
        self.empty(found.logs.iter().filter(superfluous)).await
    }

    async fn empty(&self, logs: impl Iterator<Item = &LogFile>) -> Result<(), FilesError> {
        for log in logs {
            match self.files.write(&log.name, Vec::new()).await {
                // Another tab is still writing to it, and empties it itself.
                Ok(()) | Err(FilesError::Held) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Keeps what a damaged database still holds as a file.
    async fn set_aside(&self, database: &impl Store, now_ms: u64) -> Result<(), CopyError> {
        let dump = database.raw_dump().await?;
        self.files
            .write(&format!("{SET_ASIDE}{now_ms:015}"), dump)
            .await?;
        let names = self.files.names().await?;
        let aside: Vec<_> = names
            .iter()
            .filter(|name| name.starts_with(SET_ASIDE))
            .collect();
        for old in aside.iter().rev().skip(SET_ASIDE_KEPT) {
            self.files.remove(old).await?;
        }
        Ok(())
    }

    async fn find(&self) -> Result<Found, FilesError> {
        let mut found = Found::default();
        for name in self.files.names().await? {
            if snapshot::is_name(&name) {
                let start = self.files.read(&name, snapshot::HEAD_BYTES).await;
                match start.map(|start| snapshot::read_head(&start).map(|(head, _)| head)) {
                    Ok(Some(head)) => found.snapshots.insert(0, Snapshot { name, head }),
                    // A name without a file is what a power cut leaves of one that was just removed.
                    Ok(None) | Err(FilesError::Missing) => found.spoilt.push(name),
                    Err(error) => return Err(error),
                }
            } else if name.starts_with(LOG) {
                match self.files.read(&name, usize::MAX).await {
                    Ok(text) => {
                        let entries = read_linked(&text).entries;
                        found.logs.push(LogFile {
                            name,
                            last: entries.iter().map(|one| one.number).max().unwrap_or(0),
                        });
                        found.entries.add(entries);
                    }
                    // Another tab is writing to it; what it has acknowledged the database has, too.
                    Err(FilesError::Held | FilesError::Missing) => {}
                    Err(error) => return Err(error),
                }
            } else if name.starts_with(HISTORY) {
                found.history.push(name);
            }
        }
        Ok(found)
    }

    /// The history records that fit their hashes: key and body.
    async fn history(&self, found: &Found) -> Result<Vec<(String, Vec<u8>)>, FilesError> {
        let mut records = Vec::new();
        for name in &found.history {
            match self.files.read(name, usize::MAX).await {
                Ok(file) => records.extend(read_history(name, file)),
                Err(FilesError::Missing) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(records)
    }
}

/// The history record in a file, where it fits its hash: key and body.
fn read_history(name: &str, mut file: Vec<u8>) -> Option<(String, Vec<u8>)> {
    let line_end = file.iter().position(|byte| *byte == b'\n')?;
    let body = file.split_off(line_end + 1);
    let stated = file.strip_suffix(b"\n")?;
    (stated == body_hash(&body).as_bytes()).then(|| (history_key(name), body))
}

/// What a database and the files of a second copy, by their names, come to together, as in a rescue file. `witness` is
/// the number of the last entry that somebody else remembers, 0 where nobody does.
pub(crate) fn rebuilt(
    loaded: &Loaded,
    mut history: Vec<(String, Vec<u8>)>,
    files: Vec<(String, Vec<u8>)>,
    witness: u64,
) -> Rebuilt {
    let mut snapshots: Vec<Contents> = Vec::new();
    let mut entries = Entries::default();
    for (name, body) in files {
        if snapshot::is_name(&name) {
            snapshots.extend(snapshot::read(&body));
        } else if name.starts_with(LOG) {
            entries.add(read_linked(&body).entries);
        } else if name.starts_with(HISTORY)
            && let Some(record) = read_history(&name, body)
            && history.iter().all(|(key, _)| *key != record.0)
        {
            history.push(record);
        }
    }
    snapshots.sort_by_key(|one| std::cmp::Reverse(one.manifest.folded_through));
    Sources {
        loaded,
        snapshots,
        entries,
        history,
        witness,
    }
    .rebuild()
}

/// File names hold no slash; a key holds no tilde.
fn history_name(key: &str) -> String {
    format!("{HISTORY}{}", key.replace('/', "~"))
}

fn history_key(name: &str) -> String {
    name.trim_start_matches(HISTORY).replace('~', "/")
}
