//! The chain of log entries, and their form as text.
//!
//! Every entry has a *link*: SHA-256, in lower-case hexadecimal digits, of the link before it, a line end and the
//! entry's seal (see [`Record`](crate::Record)). Two copies of a database whose links agree at one number hold the
//! same entries up to that number; before the first entry, and where an earlier release left none, it is empty.
//!
//! As text, in history records and in the second copy, an entry is a line and its body:
//!
//! ```text
//! entry <number> <length of the body in bytes> <link before, or -> <link>
//! <body>
//! ```

use sha2::{Digest, Sha256};

use crate::record::{Key, Shelf, hexadecimal, seal};

const START: &[u8] = b"entry ";
/// The longest first line: two numbers of twenty digits, two links, and what stands between them.
const LONGEST_LINE: usize = 192;

/// The link of an entry with this seal.
pub(crate) fn link(before: &str, seal: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update("\n");
    hasher.update(seal);
    hexadecimal(&hasher.finalize())
}

/// The seal of a log entry.
pub(crate) fn entry_seal(number: u64, body: &[u8]) -> String {
    seal(
        Shelf::Log,
        &Key::Number(number),
        Some(number.saturating_sub(1)),
        body,
    )
}

/// A log entry with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Its number, from 1.
    pub number: u64,
    /// The link of the entry before it.
    pub before: String,
    /// Its own link.
    pub link: String,
    /// The caller's bytes.
    pub body: Vec<u8>,
}

impl Linked {
    /// An entry after the one with the link `before`.
    pub(crate) fn after(before: &str, number: u64, body: Vec<u8>) -> Self {
        Self {
            link: link(before, &entry_seal(number, &body)),
            before: before.to_owned(),
            number,
            body,
        }
    }

    /// Its form as text.
    #[must_use]
    pub fn to_text(&self) -> Vec<u8> {
        let before = if self.before.is_empty() {
            "-"
        } else {
            &self.before
        };
        let mut text = format!(
            "entry {} {} {before} {}\n",
            self.number,
            self.body.len(),
            self.link
        )
        .into_bytes();
        text.extend_from_slice(&self.body);
        text.push(b'\n');
        text
    }
}

/// Entries read back from their text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkedRead {
    /// Those that fit their links, in the order in which they stand.
    pub entries: Vec<Linked>,
    /// Whether there was nothing else.
    pub whole: bool,
}

/// Reads entries from text. What does not fit is passed over up to the next line that begins an entry, so that
/// damage in one place costs only what lies there.
#[must_use]
pub fn read_linked(text: &[u8]) -> LinkedRead {
    let mut read = LinkedRead {
        whole: true,
        ..LinkedRead::default()
    };
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((entry, after)) = read_one(rest) {
            read.entries.push(entry);
            rest = after;
        } else {
            read.whole = false;
            rest = next_start(rest);
        }
    }
    read
}

/// What follows from the next line on that begins an entry.
fn next_start(text: &[u8]) -> &[u8] {
    let starts = |at: &usize| {
        let line = text.get(at + 1..).unwrap_or_default();
        text.get(*at) == Some(&b'\n') && line.starts_with(START)
    };
    (0..text.len())
        .find(starts)
        .and_then(|at| text.get(at + 1..))
        .unwrap_or_default()
}

fn read_one(text: &[u8]) -> Option<(Linked, &[u8])> {
    let line_end = text
        .iter()
        .take(LONGEST_LINE)
        .position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(text.get(..line_end)?).ok()?;
    let mut words = line.strip_prefix("entry ")?.split(' ');
    let number: u64 = words.next()?.parse().ok()?;
    let length: usize = words.next()?.parse().ok()?;
    let before = words
        .next()
        .map(|word| if word == "-" { "" } else { word })?;
    let stated = words.next()?;
    let from = line_end.checked_add(1)?;
    let to = from.checked_add(length)?;
    let body = text.get(from..to)?;
    if words.next().is_some() || text.get(to) != Some(&b'\n') {
        return None;
    }
    let entry = Linked::after(before, number, body.to_vec());
    (entry.link == stated).then_some((entry, text.get(to + 1..)?))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chain(bodies: Vec<Vec<u8>>) -> Vec<Linked> {
        let mut entries: Vec<Linked> = Vec::new();
        for (body, number) in bodies.into_iter().zip(1..) {
            let before = entries.last().map_or("", |last| &last.link).to_owned();
            entries.push(Linked::after(&before, number, body));
        }
        entries
    }

    fn text(entries: &[Linked]) -> Vec<u8> {
        entries.iter().flat_map(Linked::to_text).collect()
    }

    proptest! {
        #[test]
        fn entries_come_back_from_text(bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..8)) {
            let entries = chain(bodies);
            let read = read_linked(&text(&entries));
            prop_assert_eq!(read, LinkedRead { entries, whole: true });
        }

        /// Damage in one place never gives an entry that was not written, and costs at most the entries it touches.
        #[test]
        fn damage_costs_only_what_it_touches(
            count in 1..8_usize,
            at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let entries = chain((0..count).map(|n| format!("{{\"step\":{n}}}").into_bytes()).collect());
            let mut bytes = text(&entries);
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let read = read_linked(&bytes);
            prop_assert!(!read.whole);
            prop_assert!(read.entries.iter().all(|entry| entries.contains(entry)));
            // The line end of an entry belongs to the line that begins the next one.
            prop_assert!(read.entries.len() + 2 >= count, "{} of {}", read.entries.len(), count);
        }

        #[test]
        fn a_torn_end_costs_the_last_entry(count in 1..8_usize, cut in any::<prop::sample::Index>()) {
            let entries = chain((0..count).map(|n| vec![b'x'; n * 7]).collect());
            let last = entries[count - 1].to_text();
            let bytes = text(&entries);
            let cut = 1 + cut.index(last.len() - 1);
            let read = read_linked(&bytes[..bytes.len() - cut]);
            prop_assert_eq!(&read.entries, &entries[..count - 1]);
            prop_assert_eq!(read.whole, cut == last.len());
        }
    }
}
