//! Checking what was read: whole, or damaged with every problem named.

use crate::chain;
use crate::error::StoreError;
use crate::manifest::{LOG_HEAD_KEY, Listed, LogHead, MANIFEST_KEY, Manifest, MetaBody};
use crate::record::{Key, Record, Shelf, body_hash};

/// An acknowledged step that is not folded yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number; entries count up by one, over the whole life of the database.
    pub number: u64,
    /// The caller's bytes.
    pub body: Vec<u8>,
}

/// Which chunks of the state are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Parts {
    /// All of them.
    #[default]
    All,
    /// Those with these keys, as far as they are there.
    Just(Vec<String>),
    /// All but those with these keys.
    Without(Vec<String>),
}

impl Parts {
    /// Whether the chunk of this key is one of them.
    #[must_use]
    pub fn hold(&self, key: &str) -> bool {
        match self {
            Self::All => true,
            Self::Just(keys) => keys.iter().any(|one| one == key),
            Self::Without(keys) => !keys.iter().any(|one| one == key),
        }
    }
}

/// What the database holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// What the state consists of; of generation 0 before the first fold.
    pub manifest: Manifest,
    /// The caller's small values, in the order of their keys.
    pub meta: Vec<(String, Vec<u8>)>,
    /// Chunks of the state that were asked for, in the order of their keys.
    pub chunks: Vec<(String, Vec<u8>)>,
    /// Steps to be applied to the state, in order.
    pub log: Vec<LogEntry>,
}

/// One thing that does not agree. Keys only, never a body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadProblem {
    /// There are records and no manifest.
    ManifestMissing,
    /// The manifest does not fit its seal or cannot be understood.
    ManifestDamaged,
    /// A chunk that the manifest lists is not there.
    ChunkMissing {
        /// Key of the chunk.
        key: String,
    },
    /// A chunk has another length or hash than the manifest says.
    ChunkDamaged {
        /// Key of the chunk.
        key: String,
        /// Length the manifest says, bytes.
        expected_length: u64,
        /// Length found, bytes.
        found_length: u64,
    },
    /// A chunk that the manifest does not list.
    ChunkUnlisted {
        /// Key of the chunk.
        key: String,
    },
    /// A small value of the caller is missing.
    MetaMissing {
        /// Key of the value.
        key: String,
    },
    /// A small value of the caller is damaged.
    MetaDamaged {
        /// Key of the value.
        key: String,
    },
    /// A small value that the manifest does not list.
    MetaUnlisted {
        /// Key of the value.
        key: String,
    },
    /// The entries of the log are not those that the head was written after.
    ChainBroken,
    /// The head of the log is missing, so that a lost tail could not be seen.
    LogHeadMissing,
    /// The head of the log does not fit its seal.
    LogHeadDamaged,
    /// Log entries between two that are there are missing.
    LogGap {
        /// First number that is missing.
        first_missing: u64,
        /// Last number that is missing.
        last_missing: u64,
    },
    /// Acknowledged entries at the end are missing.
    LogTailMissing {
        /// First number that is missing.
        first_missing: u64,
        /// Number of the last acknowledged entry.
        last_acknowledged: u64,
    },
    /// An entry has a number beyond the head.
    LogBeyondHead {
        /// Its number.
        number: u64,
    },
    /// An entry that the state already holds is still there. It is left out of what is given.
    LogAlreadyFolded {
        /// Its number.
        number: u64,
    },
    /// An entry does not fit its seal. It is left out of what is given.
    LogDamaged {
        /// Its number.
        number: u64,
    },
    /// History holds another count of records than the manifest says.
    HistoryCount {
        /// Count the manifest says.
        expected: u64,
        /// Count found.
        found: u64,
    },
    /// The browser could not read a record, or it has not the shape of one.
    RecordUnreadable {
        /// Its store.
        shelf: Shelf,
        /// Its key, as far as it can be told.
        key: String,
    },
}

impl LoadProblem {
    /// Whether manifest, chunks and small values are as they should be all the same.
    #[must_use]
    pub fn leaves_the_state(&self) -> bool {
        match self {
            Self::ManifestMissing
            | Self::ManifestDamaged
            | Self::ChunkMissing { .. }
            | Self::ChunkDamaged { .. }
            | Self::MetaMissing { .. }
            | Self::MetaDamaged { .. } => false,
            Self::RecordUnreadable { shelf, .. } => matches!(shelf, Shelf::Log | Shelf::History),
            // What is there beside the state is left behind.
            Self::ChunkUnlisted { .. }
            | Self::MetaUnlisted { .. }
            | Self::ChainBroken
            | Self::LogHeadMissing
            | Self::LogHeadDamaged
            | Self::LogGap { .. }
            | Self::LogTailMissing { .. }
            | Self::LogBeyondHead { .. }
            | Self::LogAlreadyFolded { .. }
            | Self::LogDamaged { .. }
            | Self::HistoryCount { .. } => true,
        }
    }
}

/// The answer of [`Store::load`](crate::Store::load).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// The database holds nothing at all: a first run, or everything vanished (ask the marker).
    Fresh,
    /// Everything agrees with the manifest.
    Whole(Contents),
    /// Something does not agree. What is given may be shown only as a part, and is to be saved before anything else.
    Damaged {
        /// What could be read and fits its hash; without a manifest, also what could not be checked.
        salvage: Contents,
        /// Every problem found; never empty.
        problems: Vec<LoadProblem>,
    },
}

/// Everything that was read, unchecked.
#[derive(Debug, Clone, Default)]
pub(crate) struct RawContents {
    pub(crate) shelves: Shelves,
    pub(crate) history_count: u64,
    pub(crate) unreadable: Vec<(Shelf, String)>,
    /// Hashes of the bodies of chunks, by their keys, where they were worked out already.
    pub(crate) hashes: Vec<(String, String)>,
}

/// Records by store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shelves([Vec<Record>; Shelf::ALL.len()]);

impl Shelves {
    pub(crate) fn of(&self, shelf: Shelf) -> &[Record] {
        let mut pairs = Shelf::ALL.into_iter().zip(&self.0);
        pairs
            .find(|(other, _)| *other == shelf)
            .map_or(&[], |(_, records)| records)
    }

    /// Takes the records of a store out.
    pub(crate) fn take(&mut self, shelf: Shelf) -> Vec<Record> {
        self.place(shelf).map(std::mem::take).unwrap_or_default()
    }

    pub(crate) fn put(&mut self, shelf: Shelf, records: Vec<Record>) {
        if let Some(place) = self.place(shelf) {
            *place = records;
        }
    }

    fn place(&mut self, shelf: Shelf) -> Option<&mut Vec<Record>> {
        Shelf::ALL
            .into_iter()
            .zip(&mut self.0)
            .find_map(|(other, records)| (other == shelf).then_some(records))
    }
}

/// Compares what was read with the manifest and the head of the log.
pub(crate) fn check(mut raw: RawContents, parts: &Parts) -> Loaded {
    let mut meta = raw.shelves.take(Shelf::Meta);
    let state = raw.shelves.take(Shelf::State);
    let log = raw.shelves.take(Shelf::Log);
    if meta.is_empty()
        && state.is_empty()
        && log.is_empty()
        && raw.history_count == 0
        && raw.unreadable.is_empty()
    {
        return Loaded::Fresh;
    }
    let mut problems: Vec<_> = raw
        .unreadable
        .into_iter()
        .map(|(shelf, key)| LoadProblem::RecordUnreadable { shelf, key })
        .collect();
    let manifest_read = take_meta::<Manifest>(&mut meta);
    let head_read = take_meta::<LogHead>(&mut meta);
    let manifest = match manifest_read {
        Some(Ok(manifest)) => Some(manifest),
        Some(Err(_)) => {
            problems.push(LoadProblem::ManifestDamaged);
            None
        }
        None if meta.is_empty()
            && state.is_empty()
            && raw.history_count == 0
            && starts_at_one(&log) =>
        {
            Some(Manifest::default())
        }
        None => {
            problems.push(LoadProblem::ManifestMissing);
            None
        }
    };
    let head = match head_read {
        Some(Ok(head)) => Some(head),
        Some(Err(_)) => {
            problems.push(LoadProblem::LogHeadDamaged);
            None
        }
        None => {
            problems.push(LoadProblem::LogHeadMissing);
            None
        }
    };
    let (chunks, meta) = match &manifest {
        Some(manifest) => {
            if manifest.history_count != raw.history_count {
                problems.push(LoadProblem::HistoryCount {
                    expected: manifest.history_count,
                    found: raw.history_count,
                });
            }
            let asked_for = manifest.chunks.iter().filter(|one| parts.hold(&one.key));
            (
                check_listed(
                    asked_for,
                    state,
                    &raw.hashes,
                    &CHUNK_PROBLEMS,
                    &mut problems,
                ),
                check_listed(
                    manifest.meta.iter(),
                    meta,
                    &[],
                    &META_PROBLEMS,
                    &mut problems,
                ),
            )
        }
        None => (pairs(state), pairs(meta)),
    };
    let folded_through = manifest.as_ref().map(|manifest| manifest.folded_through);
    let log = check_log(
        log,
        folded_through,
        head.as_ref().map(|head| (head.number, head.link.as_str())),
        manifest.as_ref().map(|manifest| manifest.link.as_str()),
        &mut problems,
    );
    let contents = Contents {
        manifest: manifest.unwrap_or_default(),
        meta,
        chunks,
        log,
    };
    if problems.is_empty() {
        Loaded::Whole(contents)
    } else {
        Loaded::Damaged {
            salvage: contents,
            problems,
        }
    }
}

/// Checks log entries against their seals, for gaps, and against number and link of the head (empty: none is known);
/// `link` is that of the last entry before these, where it is known.
pub(crate) fn check_log(
    mut log: Vec<Record>,
    folded_through: Option<u64>,
    head: Option<(u64, &str)>,
    link: Option<&str>,
    problems: &mut Vec<LoadProblem>,
) -> Vec<LogEntry> {
    log.sort_by(|a, b| a.key.cmp(&b.key));
    let mut entries = Vec::with_capacity(log.len());
    let mut last_seen = folded_through;
    let mut link = link.map(str::to_owned);
    for record in log {
        let Key::Number(number) = record.key else {
            problems.push(LoadProblem::RecordUnreadable {
                shelf: Shelf::Log,
                key: record.key.to_string(),
            });
            continue;
        };
        if folded_through.is_some_and(|folded| number <= folded) {
            problems.push(LoadProblem::LogAlreadyFolded { number });
            continue;
        }
        if let Some(last) = last_seen
            && number > last.saturating_add(1)
        {
            problems.push(LoadProblem::LogGap {
                first_missing: last + 1,
                last_missing: number - 1,
            });
        }
        last_seen = Some(number);
        if head.is_some_and(|(head, _)| number > head) {
            problems.push(LoadProblem::LogBeyondHead { number });
        }
        if record.is_intact(Shelf::Log) && record.previous == number.checked_sub(1) {
            entries.push(LogEntry {
                number,
                body: record.body,
            });
        } else {
            problems.push(LoadProblem::LogDamaged { number });
        }
        link = match (link, &record.hash) {
            (Some(before), Some(seal)) => Some(chain::link(&before, seal)),
            _ => None,
        };
    }
    if let Some((head, head_link)) = head {
        let last = last_seen.unwrap_or_default();
        if last < head {
            problems.push(LoadProblem::LogTailMissing {
                first_missing: last + 1,
                last_acknowledged: head,
            });
        }
        if folded_through.is_some_and(|folded| folded > head) {
            problems.push(LoadProblem::LogHeadDamaged);
        }
        let fits = |link: &str| head_link.is_empty() || head_link == link;
        // A gap or a damaged entry breaks the chain as well, and was told already.
        if problems.is_empty() && !link.as_deref().is_none_or(fits) {
            problems.push(LoadProblem::ChainBroken);
        }
    }
    entries
}

fn take_meta<T: MetaBody>(meta: &mut Vec<Record>) -> Option<Result<T, StoreError>> {
    let position = meta
        .iter()
        .position(|record| record.key == Key::text(T::KEY))?;
    Some(T::of_record(&meta.remove(position)))
}

fn starts_at_one(log: &[Record]) -> bool {
    log.first()
        .is_none_or(|record| record.key == Key::Number(1))
}

fn pairs(records: Vec<Record>) -> Vec<(String, Vec<u8>)> {
    records
        .into_iter()
        .map(|record| (record.key.to_string(), record.body))
        .collect()
}

struct ListedProblems {
    missing: fn(String) -> LoadProblem,
    damaged: fn(&Listed, u64) -> LoadProblem,
    unlisted: fn(String) -> LoadProblem,
}

const CHUNK_PROBLEMS: ListedProblems = ListedProblems {
    missing: |key| LoadProblem::ChunkMissing { key },
    damaged: |listed, found_length| LoadProblem::ChunkDamaged {
        key: listed.key.clone(),
        expected_length: listed.length,
        found_length,
    },
    unlisted: |key| LoadProblem::ChunkUnlisted { key },
};

const META_PROBLEMS: ListedProblems = ListedProblems {
    missing: |key| LoadProblem::MetaMissing { key },
    damaged: |listed, _| LoadProblem::MetaDamaged {
        key: listed.key.clone(),
    },
    unlisted: |key| LoadProblem::MetaUnlisted { key },
};

fn check_listed<'a>(
    listed: impl Iterator<Item = &'a Listed>,
    records: Vec<Record>,
    hashes: &[(String, String)],
    as_problem: &ListedProblems,
    problems: &mut Vec<LoadProblem>,
) -> Vec<(String, Vec<u8>)> {
    let mut found = pairs(records);
    let mut whole = Vec::with_capacity(found.len());
    for one in listed {
        let Some(place) = found.iter().position(|(key, _)| *key == one.key) else {
            problems.push((as_problem.missing)(one.key.clone()));
            continue;
        };
        let (key, body) = found.remove(place);
        let known = hashes.iter().find(|(of, _)| *of == key);
        let hash = known.map_or_else(|| body_hash(&body), |(_, hash)| hash.clone());
        if one.length == body.len() as u64 && one.hash == hash {
            whole.push((key, body));
        } else {
            problems.push((as_problem.damaged)(one, body.len() as u64));
        }
    }
    problems.extend(found.into_iter().map(|(key, _)| (as_problem.unlisted)(key)));
    whole
}

/// Names a record for a report, whatever is wrong with the log's head.
pub(crate) fn describe(problem: &LoadProblem) -> String {
    match problem {
        LoadProblem::LogHeadMissing | LoadProblem::LogHeadDamaged => LOG_HEAD_KEY.to_owned(),
        LoadProblem::ManifestMissing | LoadProblem::ManifestDamaged => MANIFEST_KEY.to_owned(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// What is whole, and how many problems there are, of one chunk listed with the body `A`.
    fn checked(body: &[u8], hash: Option<&str>) -> (usize, usize) {
        let listed = Listed::of("a", b"A");
        let records = vec![Record::listed("a", body.to_vec())];
        let hashes: Vec<_> = hash
            .map(|hash| ("a".to_owned(), hash.to_owned()))
            .into_iter()
            .collect();
        let mut problems = Vec::new();
        let whole = check_listed(
            std::iter::once(&listed),
            records,
            &hashes,
            &CHUNK_PROBLEMS,
            &mut problems,
        );
        (whole.len(), problems.len())
    }

    #[test]
    fn a_hash_that_was_worked_out_before_counts_like_our_own() {
        assert_eq!(checked(b"A", None), (1, 0));
        assert_eq!(checked(b"A", Some(&body_hash(b"A"))), (1, 0));
        assert_eq!(checked(b"B", None), (0, 1));
        assert_eq!(checked(b"B", Some(&body_hash(b"B"))), (0, 1));
        assert_eq!(checked(b"A", Some(&body_hash(b"B"))), (0, 1));
        // A hash of a body of another length is not of this one, whatever it says.
        assert_eq!(checked(b"AA", Some(&body_hash(b"A"))), (0, 1));
    }
}
