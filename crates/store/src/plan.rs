//! What an append or a fold writes, worked out without a database, so that both homes write the same.

use crate::error::{StoreError, StoreErrorKind};
use crate::manifest::{LOG_HEAD_KEY, Listed, LogHead, MANIFEST_KEY, Manifest, MetaBody};
use crate::record::{Key, Record, Shelf};

/// One write inside a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Write {
    /// Writes over what has the same key.
    Put(Shelf, Record),
    /// Fails the transaction if the key is taken.
    Add(Shelf, Record),
    /// Removes the record, if there is one.
    Remove(Shelf, Key),
    /// Removes the log entries up to and with this number.
    RemoveLogThrough(u64),
}

/// A new state to be written in one transaction, see [`Store::fold`](crate::Store::fold).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fold {
    /// Generation of the manifest that the caller started from.
    pub expected_generation: u64,
    /// The new state holds every log entry up to this number; they are dropped from the log.
    pub folded_through: u64,
    /// Chunks that are new or changed: key and body.
    pub chunks_put: Vec<(String, Vec<u8>)>,
    /// Keys of chunks that are no longer part of the state. A key that is not there is no error.
    pub chunks_removed: Vec<String>,
    /// Small values of the caller to be kept in `meta`: key and body.
    pub meta_put: Vec<(String, Vec<u8>)>,
    /// New history records: key and body. History is append-only; a key that is taken fails the fold.
    pub history: Vec<(String, Vec<u8>)>,
    /// Clock of this computer, milliseconds since 1970; kept to be shown, never compared.
    pub written_ms: Option<u64>,
}

/// A fold with everything hashed before the transaction is opened.
pub(crate) struct PreparedFold {
    expected_generation: u64,
    folded_through: u64,
    chunks_listed: Vec<Listed>,
    meta_listed: Vec<Listed>,
    chunks_removed: Vec<String>,
    history_count: u64,
    written_ms: Option<u64>,
    writes: Vec<Write>,
}

impl PreparedFold {
    pub(crate) fn new(fold: Fold) -> Result<Self, StoreError> {
        refuse_repeated(
            fold.chunks_put
                .iter()
                .map(|(key, _)| key)
                .chain(&fold.chunks_removed),
        )?;
        refuse_repeated(fold.meta_put.iter().map(|(key, _)| key))?;
        if let Some((key, _)) = fold
            .meta_put
            .iter()
            .find(|(key, _)| key == MANIFEST_KEY || key == LOG_HEAD_KEY)
        {
            return Err(StoreError::new(StoreErrorKind::ReservedKey, key.as_str()));
        }
        let list = |pairs: &[(String, Vec<u8>)]| {
            pairs
                .iter()
                .map(|(key, body)| Listed::of(key, body))
                .collect()
        };
        let chunks_listed = list(&fold.chunks_put);
        let meta_listed = list(&fold.meta_put);
        let history_count = fold.history.len() as u64;
        let mut writes = Vec::new();
        for key in &fold.chunks_removed {
            writes.push(Write::Remove(Shelf::State, Key::text(key)));
        }
        for (key, body) in fold.chunks_put {
            writes.push(Write::Put(Shelf::State, Record::listed(&key, body)));
        }
        for (key, body) in fold.meta_put {
            writes.push(Write::Put(Shelf::Meta, Record::listed(&key, body)));
        }
        for (key, body) in fold.history {
            writes.push(Write::Add(
                Shelf::History,
                Record::sealed(Shelf::History, Key::Text(key), None, body),
            ));
        }
        Ok(Self {
            expected_generation: fold.expected_generation,
            folded_through: fold.folded_through,
            chunks_listed,
            meta_listed,
            chunks_removed: fold.chunks_removed,
            history_count,
            written_ms: fold.written_ms,
            writes,
        })
    }

    /// The writes of this fold over what the database holds at this moment, and the manifest they leave.
    pub(crate) fn plan(
        self,
        manifest: Manifest,
        head: &LogHead,
    ) -> Result<(Vec<Write>, Manifest), StoreError> {
        if manifest.generation != self.expected_generation {
            let kind = StoreErrorKind::GenerationMoved {
                expected: self.expected_generation,
                found: manifest.generation,
            };
            return Err(StoreError::new(kind, MANIFEST_KEY));
        }
        if self.folded_through < manifest.folded_through || self.folded_through > head.number {
            let kind = StoreErrorKind::FoldOutOfRange {
                asked: self.folded_through,
                folded_through: manifest.folded_through,
                last: head.number,
            };
            return Err(StoreError::new(kind, LOG_HEAD_KEY));
        }
        let mut chunks = manifest.chunks;
        chunks.retain(|one| !self.chunks_removed.contains(&one.key));
        let mut meta = manifest.meta;
        list_in_order(&mut chunks, self.chunks_listed);
        list_in_order(&mut meta, self.meta_listed);
        let manifest = Manifest {
            generation: manifest.generation + 1,
            folded_through: self.folded_through,
            chunks,
            meta,
            history_count: manifest.history_count + self.history_count,
            written_ms: self.written_ms,
        };
        let mut writes = self.writes;
        writes.push(Write::RemoveLogThrough(self.folded_through));
        writes.push(Write::Put(Shelf::Meta, head.to_record()?));
        writes.push(Write::Put(Shelf::Meta, manifest.to_record()?));
        Ok((writes, manifest))
    }
}

/// The writes of an append, and the number of its last entry.
pub(crate) fn plan_append(
    head: &LogHead,
    bodies: Vec<Vec<u8>>,
    written_ms: Option<u64>,
) -> Result<(Vec<Write>, u64), StoreError> {
    let mut writes = Vec::with_capacity(bodies.len() + 1);
    let mut last = head.number;
    for body in bodies {
        let number = last + 1;
        let record = Record::sealed(Shelf::Log, Key::Number(number), Some(last), body);
        writes.push(Write::Add(Shelf::Log, record));
        last = number;
    }
    if last != head.number {
        let head = LogHead {
            number: last,
            written_ms,
        };
        writes.push(Write::Put(Shelf::Meta, head.to_record()?));
    }
    Ok((writes, last))
}

/// Puts entries into a list that is in the order of their keys, in place of those of the same key.
fn list_in_order(list: &mut Vec<Listed>, entries: Vec<Listed>) {
    for entry in entries {
        match list.binary_search_by(|one| one.key.cmp(&entry.key)) {
            Ok(place) => {
                if let Some(one) = list.get_mut(place) {
                    *one = entry;
                }
            }
            Err(place) => list.insert(place, entry),
        }
    }
}

fn refuse_repeated<'a>(keys: impl Iterator<Item = &'a String>) -> Result<(), StoreError> {
    // Dozens of keys at the most.
    let mut seen = Vec::new();
    for key in keys {
        if seen.contains(&key) {
            return Err(StoreError::new(StoreErrorKind::KeyTaken, key.as_str()));
        }
        seen.push(key);
    }
    Ok(())
}
