//! Identities: 128-bit, `Copy`, written as 32 hexadecimal digits.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// The identity of a pupil, subject, class, event, scale or record.
///
/// Pupils get random ids (given by the caller); things that a policy pack, a calendar or a class
/// list names get an id [derived](Id::derived) from their keys, so that ten teachers who import
/// the same list make the same things.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u128);

impl Id {
    /// The id of the one row of a table that has only one row.
    pub const ONLY: Id = Id(0);

    /// The id that the given key parts always have: the first 128 bits of the SHA-256 of the
    /// parts, each with its length before it so that no two lists of parts run together.
    pub fn derived(kind: &str, parts: &[&str]) -> Id {
        let mut hash = Sha256::new();
        for part in core::iter::once(&kind).chain(parts) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut first = [0_u8; 16];
        for (to, from) in first.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Id(u128::from_be_bytes(first))
    }

    /// A UUID of version 7 from the milliseconds since 1970 and 80 random bits: ids made later
    /// sort later, which keeps new pupils together.
    pub fn random(unix_ms: u64, random: [u8; 10]) -> Id {
        let mut bytes = [0_u8; 16];
        let (time, rest) = bytes.split_at_mut(6);
        for (to, from) in time
            .iter_mut()
            .zip(unix_ms.to_be_bytes().into_iter().skip(2))
        {
            *to = from;
        }
        for (to, from) in rest.iter_mut().zip(random) {
            *to = from;
        }
        let value = u128::from_be_bytes(bytes);
        let versioned = (value & !(0xF_u128 << 76)) | (0x7_u128 << 76);
        Id((versioned & !(0x3_u128 << 62)) | (0x2_u128 << 62))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({:032x})", self.0)
    }
}

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of 32 hexadecimal digits")]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAnId);
        }
        u128::from_str_radix(text, 16).map(Id).map_err(|_| NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.to_le_bytes().serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let bytes = Deserialize::deserialize(deserializer)?;
            return Ok(Id(u128::from_le_bytes(bytes)));
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One run of the program in one tab: drawn anew at each start and never read from disk, because
/// a page cannot know that its profile was copied or restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReplicaId(pub Id);

/// Which step wrote a value: the `sequence`th step (from 1) of a replica.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dot {
    /// Who wrote.
    pub replica: ReplicaId,
    /// The number of the step, from 1.
    pub sequence: u64,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_tell_parts_apart() {
        assert_ne!(
            Id::derived("class", &["ab", "c"]),
            Id::derived("class", &["a", "bc"])
        );
        assert_eq!(Id::derived("class", &["ab"]), Id::derived("class", &["ab"]));
    }

    #[test]
    fn random_ids_sort_by_time_and_name_their_version() {
        let early = Id::random(1_700_000_000_000, [0xFF; 10]);
        let late = Id::random(1_700_000_000_001, [0; 10]);
        assert!(early < late);
        let text = early.to_string();
        assert_eq!(text.chars().nth(12), Some('7'));
        assert!(matches!(text.chars().nth(16), Some('8' | '9' | 'a' | 'b')));
        assert_eq!(text.parse::<Id>().unwrap(), early);
    }

    #[test]
    fn a_sign_is_no_hexadecimal_digit() {
        assert!("+0000000000000000000000000000001".parse::<Id>().is_err());
    }
}
