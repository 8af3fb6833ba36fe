//! What an append or a fold writes, worked out without a database, so that both homes write the same.

use crate::chain::{self, Linked};
use crate::error::{StoreError, StoreErrorKind};
use crate::load::Contents;
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
    /// Removes every record of a store.
    Clear(Shelf),
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
    /// What the key of the history record begins with, as `2026-11`: the folded entries go into it as
    /// [linked text](crate::read_linked), under the key `<this>/<number of the last, twelve digits>`.
    pub history_month: String,
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
    history_month: String,
    written_ms: Option<u64>,
    writes: Vec<Write>,
}

/// A whole database to take the place of what there is, see [`Store::replace`](crate::Store::replace).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replacement {
    /// Manifest, chunks, small values and log. The manifest's lists, its count of history records and its generation
    /// are made anew; the generation becomes higher than this one.
    pub contents: Contents,
    /// History records: key and body.
    pub history: Vec<(String, Vec<u8>)>,
}

/// What an append came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appended {
    /// Number of the last entry that there is now.
    pub last: u64,
    /// Link of the entry before the first one appended, then of each that was.
    pub links: Vec<String>,
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
        let chunks_listed = listed_of(&fold.chunks_put);
        let meta_listed = listed_of(&fold.meta_put);
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
        Ok(Self {
            expected_generation: fold.expected_generation,
            folded_through: fold.folded_through,
            chunks_listed,
            meta_listed,
            chunks_removed: fold.chunks_removed,
            history_month: fold.history_month,
            written_ms: fold.written_ms,
            writes,
        })
    }

    /// The writes of this fold over what the database holds at this moment, and the manifest they leave.
    pub(crate) fn plan(
        self,
        manifest: Manifest,
        head: &LogHead,
        log: Vec<Record>,
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
        let mut link = manifest.link.clone();
        let mut head_link = manifest.link;
        let mut folded = Vec::new();
        let mut last = manifest.folded_through;
        for record in log {
            let Key::Number(number) = record.key else {
                return Err(StoreError::damaged(record.key.to_string()));
            };
            if number != last + 1 || !record.is_intact(Shelf::Log) {
                return Err(StoreError::damaged(number.to_string()));
            }
            last = number;
            let entry = Linked::after(&head_link, number, record.body);
            head_link.clone_from(&entry.link);
            if number <= self.folded_through {
                link.clone_from(&entry.link);
                folded.extend(entry.to_text());
            }
        }
        if last != head.number {
            return Err(StoreError::damaged(LOG_HEAD_KEY));
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
            history_count: manifest.history_count + u64::from(!folded.is_empty()),
            written_ms: self.written_ms,
            link,
        };
        let head = LogHead {
            link: head_link,
            ..head.clone()
        };
        let mut writes = self.writes;
        if !folded.is_empty() {
            let key = format!("{}/{:012}", self.history_month, self.folded_through);
            let record = Record::sealed(Shelf::History, Key::Text(key), None, folded);
            writes.push(Write::Add(Shelf::History, record));
        }
        writes.push(Write::RemoveLogThrough(self.folded_through));
        writes.push(Write::Put(Shelf::Meta, head.to_record()?));
        writes.push(Write::Put(Shelf::Meta, manifest.to_record()?));
        Ok((writes, manifest))
    }
}

/// The writes of an append, and what it comes to.
pub(crate) fn plan_append(
    head: &LogHead,
    bodies: Vec<Vec<u8>>,
    written_ms: Option<u64>,
) -> Result<(Vec<Write>, Appended), StoreError> {
    let mut writes = Vec::with_capacity(bodies.len() + 1);
    let mut last = head.number;
    let mut link = head.link.clone();
    let mut links = vec![link.clone()];
    for body in bodies {
        let number = last + 1;
        let record = Record::sealed(Shelf::Log, Key::Number(number), Some(last), body);
        if let Some(seal) = &record.hash {
            link = chain::link(&link, seal);
            links.push(link.clone());
        }
        writes.push(Write::Add(Shelf::Log, record));
        last = number;
    }
    if last != head.number {
        let head = LogHead {
            number: last,
            written_ms,
            link,
        };
        writes.push(Write::Put(Shelf::Meta, head.to_record()?));
    }
    Ok((writes, Appended { last, links }))
}

/// The writes that put a whole database in the place of what there is, and its manifest.
pub(crate) fn plan_replace(replacement: Replacement) -> Result<(Vec<Write>, Manifest), StoreError> {
    let Replacement { contents, history } = replacement;
    let list = |pairs: &[(String, Vec<u8>)]| {
        let mut listed = Vec::new();
        list_in_order(&mut listed, listed_of(pairs));
        listed
    };
    let manifest = Manifest {
        generation: contents.manifest.generation + 1,
        chunks: list(&contents.chunks),
        meta: list(&contents.meta),
        history_count: history.len() as u64,
        ..contents.manifest
    };
    let mut writes: Vec<_> = Shelf::ALL.into_iter().map(Write::Clear).collect();
    let mut head = LogHead {
        number: manifest.folded_through,
        written_ms: manifest.written_ms,
        link: manifest.link.clone(),
    };
    for entry in contents.log {
        if entry.number != head.number + 1 {
            return Err(StoreError::damaged(entry.number.to_string()));
        }
        let record = Record::sealed(
            Shelf::Log,
            Key::Number(entry.number),
            Some(head.number),
            entry.body,
        );
        if let Some(seal) = &record.hash {
            head.link = chain::link(&head.link, seal);
        }
        head.number = entry.number;
        writes.push(Write::Put(Shelf::Log, record));
    }
    for (key, body) in contents.chunks {
        writes.push(Write::Put(Shelf::State, Record::listed(&key, body)));
    }
    for (key, body) in contents.meta {
        writes.push(Write::Put(Shelf::Meta, Record::listed(&key, body)));
    }
    for (key, body) in history {
        let record = Record::sealed(Shelf::History, Key::Text(key), None, body);
        writes.push(Write::Put(Shelf::History, record));
    }
    writes.push(Write::Put(Shelf::Meta, head.to_record()?));
    writes.push(Write::Put(Shelf::Meta, manifest.to_record()?));
    Ok((writes, manifest))
}

fn listed_of(pairs: &[(String, Vec<u8>)]) -> Vec<Listed> {
    pairs
        .iter()
        .map(|(key, body)| Listed::of(key, body))
        .collect()
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
