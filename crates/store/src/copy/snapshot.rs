//! Snapshots: a whole state in one file of the second copy.
//!
//! ```text
//! flightpath-snapshot 1 <length of the head in bytes> <SHA-256 of the head>
//! <head, a JSON object: manifest, note>
//! <bodies of the chunks, then of the small values, as the manifest lists them, one after the other>
//! ```
//!
//! Its name is `snapshot-` and two numbers of twelve digits, the last entry that it holds and the generation, so that
//! the last of the names is the newest.

use serde::{Deserialize, Serialize};

use crate::load::Contents;
use crate::manifest::{Listed, Manifest};
use crate::record::body_hash;

const START: &str = "flightpath-snapshot 1 ";
const PREFIX: &str = "snapshot-";

/// How much of a file is read to find its head: more than any list of parts takes.
pub(super) const HEAD_BYTES: usize = 256 * 1024;

/// What a snapshot says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotHead {
    /// The manifest of the state that it holds.
    pub manifest: Manifest,
    /// A word of the caller, to be shown: why it was made.
    pub note: String,
    /// Clock of this computer when it was made, milliseconds since 1970; to be shown, never to be compared.
    pub made_ms: u64,
}

pub(super) fn name(manifest: &Manifest) -> String {
    format!(
        "{PREFIX}{:012}-{:012}",
        manifest.folded_through, manifest.generation
    )
}

pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// A state as a file. The log of the contents is not part of it.
pub(super) fn write(contents: &Contents, note: &str, made_ms: u64) -> Option<Vec<u8>> {
    let head = SnapshotHead {
        manifest: contents.manifest.clone(),
        note: note.to_owned(),
        made_ms,
    };
    let head = serde_json::to_vec(&head).ok()?;
    let mut file = format!("{START}{} {}\n", head.len(), body_hash(&head)).into_bytes();
    file.extend_from_slice(&head);
    file.push(b'\n');
    for (_, body) in contents.chunks.iter().chain(&contents.meta) {
        file.extend_from_slice(body);
    }
    Some(file)
}

/// The head at the start of a file, and what follows it. Nothing where it does not fit its hash.
pub(super) fn read_head(file: &[u8]) -> Option<(SnapshotHead, &[u8])> {
    let line_end = file.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(file.get(..line_end)?).ok()?;
    let (length, hash) = line.strip_prefix(START)?.split_once(' ')?;
    let from = line_end.checked_add(1)?;
    let to = from.checked_add(length.parse().ok()?)?;
    let head = file.get(from..to)?;
    if body_hash(head) != hash || file.get(to) != Some(&b'\n') {
        return None;
    }
    Some((serde_json::from_slice(head).ok()?, file.get(to + 1..)?))
}

/// The state in a file, where every part of it fits its hash.
pub(super) fn read(file: &[u8]) -> Option<Contents> {
    let (SnapshotHead { manifest, .. }, mut rest) = read_head(file)?;
    let mut take = |listed: &[Listed]| -> Option<Vec<(String, Vec<u8>)>> {
        let mut bodies = Vec::with_capacity(listed.len());
        for one in listed {
            let (body, after) = rest.split_at_checked(usize::try_from(one.length).ok()?)?;
            if body_hash(body) != one.hash {
                return None;
            }
            bodies.push((one.key.clone(), body.to_vec()));
            rest = after;
        }
        Some(bodies)
    };
    let chunks = take(&manifest.chunks)?;
    let meta = take(&manifest.meta)?;
    let whole = rest.is_empty();
    let contents = Contents {
        manifest,
        meta,
        chunks,
        log: Vec::new(),
    };
    whole.then_some(contents)
}
