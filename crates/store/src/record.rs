//! Records: what lies in the object stores.

use std::fmt;

use sha2::{Digest, Sha256};

/// Version of the layout of a record, written into each.
pub const RECORD_VERSION: u32 = 1;

/// One of the four object stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Manifest, head of the log, the caller's small values.
    Meta,
    /// The folded state in chunks.
    State,
    /// Acknowledged steps that are not folded yet.
    Log,
    /// All steps, append-only.
    History,
}

impl Shelf {
    /// All of them, in the order of the schema.
    pub const ALL: [Self; 4] = [Self::Meta, Self::State, Self::Log, Self::History];

    /// The object store's name in the database and in a rescue file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::State => "state",
            Self::Log => "log",
            Self::History => "history",
        }
    }
}

/// Key of a record: text, or a whole number in the log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Number of a log entry.
    Number(u64),
    /// Key in any other store.
    Text(String),
}

impl Key {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One record as it lies in an object store. See the crate's page for its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Key, unique in its store.
    pub key: Key,
    /// Layout of the record, [`RECORD_VERSION`].
    pub version: u32,
    /// The caller's bytes.
    pub body: Vec<u8>,
    /// Number of the log entry before; in the log alone.
    pub previous: Option<u64>,
    /// Seal over store, key, previous and body; absent where the manifest holds the hash.
    pub hash: Option<String>,
}

impl Record {
    /// A record whose hash the manifest holds.
    pub(crate) fn listed(key: &str, body: Vec<u8>) -> Self {
        Self {
            key: Key::text(key),
            version: RECORD_VERSION,
            body,
            previous: None,
            hash: None,
        }
    }

    /// A record with its own seal.
    pub(crate) fn sealed(shelf: Shelf, key: Key, previous: Option<u64>, body: Vec<u8>) -> Self {
        let hash = Some(seal(shelf, &key, previous, &body));
        Self {
            key,
            version: RECORD_VERSION,
            body,
            previous,
            hash,
        }
    }

    /// Whether the seal fits what the record says. A record without a seal does not.
    pub(crate) fn is_intact(&self, shelf: Shelf) -> bool {
        self.hash.as_deref() == Some(seal(shelf, &self.key, self.previous, &self.body).as_str())
    }
}

/// The seal of a record, see the crate's page.
pub(crate) fn seal(shelf: Shelf, key: &Key, previous: Option<u64>, body: &[u8]) -> String {
    let previous = previous
        .map(|number| number.to_string())
        .unwrap_or_default();
    let mut hasher = Sha256::new();
    hasher.update(format!("{}\n{key}\n{previous}\n", shelf.name()));
    hasher.update(body);
    hexadecimal(&hasher.finalize())
}

/// SHA-256 of a body, as the manifest lists it.
pub(crate) fn body_hash(body: &[u8]) -> String {
    hexadecimal(&Sha256::digest(body))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_body_hash_is_plain_sha_256() {
        // FIPS 180-4, the example of "abc".
        assert_eq!(
            body_hash(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_seal_notices_every_field() {
        let record = Record::sealed(Shelf::Log, Key::Number(7), Some(6), b"step".to_vec());
        assert!(record.is_intact(Shelf::Log));
        assert!(!record.is_intact(Shelf::History));
        assert!(
            !Record {
                key: Key::Number(8),
                ..record.clone()
            }
            .is_intact(Shelf::Log)
        );
        assert!(
            !Record {
                previous: Some(5),
                ..record.clone()
            }
            .is_intact(Shelf::Log)
        );
        assert!(
            !Record {
                body: b"Step".to_vec(),
                ..record.clone()
            }
            .is_intact(Shelf::Log)
        );
        assert!(
            !Record {
                hash: None,
                ..record
            }
            .is_intact(Shelf::Log)
        );
    }
}
