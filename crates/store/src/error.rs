//! What can go wrong with the store, told apart by what a caller can do about it.

use thiserror::Error;

/// The kind of a [`StoreError`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The browser offers no database here, or forbids it.
    #[error("the browser keeps no database for this page")]
    Unavailable,
    /// The database was written by a newer version of the program. It was left as it is.
    #[error("the database has version {found}, newer than this program knows")]
    NewerDatabase {
        /// Version found, where the browser told it.
        found: u64,
    },
    /// The disk, or the browser's share of it, is full. Nothing of the transaction was kept.
    #[error("there is no room left")]
    QuotaExceeded,
    /// The connection was closed: by a newer version in another tab, by the browser, or by the caller.
    #[error("the connection to the database is closed")]
    Closed,
    /// The browser gave the transaction up. Nothing of it was kept.
    #[error("the transaction was given up")]
    Aborted,
    /// Another tab folded first: the caller holds an older state and must load again.
    #[error("the state is at generation {found}, not {expected}")]
    GenerationMoved {
        /// Generation the caller started from.
        expected: u64,
        /// Generation in the database.
        found: u64,
    },
    /// A fold asks to drop log entries that do not exist, or to go back.
    #[error("cannot fold through {asked}: folded through {folded_through}, last entry {last}")]
    FoldOutOfRange {
        /// Number the fold asked for.
        asked: u64,
        /// Number the state already holds.
        folded_through: u64,
        /// Number of the last acknowledged entry.
        last: u64,
    },
    /// The entries asked for are already part of the state: the caller must load again.
    #[error("log entries up to {folded_through} are already folded")]
    LogFolded {
        /// Number the state already holds.
        folded_through: u64,
    },
    /// A record of that key exists, and records of that store are never overwritten; or a key was given twice.
    #[error("the key is taken")]
    KeyTaken,
    /// The key belongs to the store itself.
    #[error("the key is reserved")]
    ReservedKey,
    /// The browser could not read a record.
    #[error("a record could not be read")]
    Unreadable,
    /// What was read contradicts itself: a bad hash, a missing manifest, a missing object store.
    #[error("the database is damaged")]
    Damaged,
    /// The file is no rescue file, or was cut short.
    #[error("not a rescue file")]
    NotARescueFile,
    /// Anything else the browser answered.
    #[error("the browser refused")]
    Refused,
}

/// A failure of the store. `detail` holds the browser's own words or a key, never a body.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} ({detail})")]
pub struct StoreError {
    /// What happened.
    pub kind: StoreErrorKind,
    /// For a report: where, in the browser's or the store's own words.
    pub detail: String,
}

impl StoreError {
    /// An error of the given kind.
    pub fn new(kind: StoreErrorKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
        }
    }

    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        Self::new(StoreErrorKind::Damaged, detail)
    }
}
