//! The manifest, which says what a whole state consists of, and the head of the log.

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::record::{Key, Record, Shelf, body_hash};

/// Key of the manifest in `meta`.
pub(crate) const MANIFEST_KEY: &str = "manifest";
/// Key of the head of the log in `meta`.
pub(crate) const LOG_HEAD_KEY: &str = "log-head";

/// A chunk or small value that the manifest vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Key of the record.
    pub key: String,
    /// Length of its body in bytes.
    pub length: u64,
    /// SHA-256 of its body, lower-case hexadecimal digits.
    pub hash: String,
}

impl Listed {
    pub(crate) fn of(key: &str, body: &[u8]) -> Self {
        Self {
            key: key.to_owned(),
            length: body.len() as u64,
            hash: body_hash(body),
        }
    }
}

/// What a whole state consists of. Each fold writes the next one. Its record carries a seal, and the length of
/// `chunks` is the count of chunks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Number of folds so far; 0 before the first.
    pub generation: u64,
    /// The state holds every log entry up to this number.
    pub folded_through: u64,
    /// Chunks of the state, in the order of their keys.
    pub chunks: Vec<Listed>,
    /// The caller's small values in `meta`, in the order of their keys.
    pub meta: Vec<Listed>,
    /// Count of history records.
    pub history_count: u64,
    /// Clock of this computer at the fold, milliseconds since 1970; to be shown, never to be compared.
    pub written_ms: Option<u64>,
    /// Link of the last entry that the state holds; empty where the chain begins after it, see
    /// [`Linked`](crate::Linked).
    #[serde(default)]
    pub link: String,
}

/// The last acknowledged log entry, so that a lost tail shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogHead {
    /// Number of the last entry; 0 before the first.
    pub(crate) number: u64,
    /// Clock of this computer, milliseconds since 1970; to be shown, never to be compared.
    pub(crate) written_ms: Option<u64>,
    /// Link of the last entry. Empty where an earlier release wrote it, which made no chain.
    #[serde(default)]
    pub(crate) link: String,
}

pub(crate) trait MetaBody: Serialize + for<'de> Deserialize<'de> {
    const KEY: &'static str;

    fn to_record(&self) -> Result<Record, StoreError> {
        let body = serde_json::to_vec(self)
            .map_err(|error| StoreError::damaged(format!("{}: {error}", Self::KEY)))?;
        Ok(Record::sealed(
            Shelf::Meta,
            Key::text(Self::KEY),
            None,
            body,
        ))
    }

    fn of_record(record: &Record) -> Result<Self, StoreError> {
        if !record.is_intact(Shelf::Meta) {
            return Err(StoreError::damaged(Self::KEY));
        }
        serde_json::from_slice(&record.body)
            .map_err(|error| StoreError::damaged(format!("{}: {error}", Self::KEY)))
    }
}

impl MetaBody for Manifest {
    const KEY: &'static str = MANIFEST_KEY;
}

impl MetaBody for LogHead {
    const KEY: &'static str = LOG_HEAD_KEY;
}
