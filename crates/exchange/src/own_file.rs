//! The program's own file: a school, or a part of one, with the context of every cell.
//!
//! One JSON object of two members. `flightpath` is the header: the number of the format, who
//! wrote the file and when, what it holds, and the SHA-256 of the body's bytes. `body` holds the
//! cells as a [`Block`] and the steps that wrote them. The number rises when an older program
//! could misread a file; a program refuses numbers that it does not know.

use flightpath_school::journal::block::{Block, Unsound};
use flightpath_school::journal::{School, StepInfo};
use flightpath_school::model::Moment;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// The format that this program writes, and the highest that it reads.
pub const FORMAT: u32 = 1;

/// A file larger than this is not read.
pub const MOST_BYTES: usize = 200 * 1024 * 1024;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Number of the format.
    pub format: u32,
    /// Release of the program that wrote it.
    pub release: String,
    /// Name that the writer gave.
    pub author: String,
    /// The writer's clock.
    pub written: Moment,
    /// Name of the school.
    pub school: String,
    /// How many pupils it holds.
    pub pupils: usize,
    /// How many cells it holds.
    pub cells: usize,
    /// SHA-256 of the body's bytes, in hexadecimal.
    pub sha256: String,
}

/// What a file holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Body {
    /// The cells with their contexts.
    pub cells: Block,
    /// Who wrote them, when, doing what.
    pub steps: Vec<StepInfo>,
}

#[derive(Serialize, Deserialize)]
struct File<'a> {
    flightpath: Header,
    #[serde(borrow)]
    body: &'a RawValue,
}

/// Why a file is not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnFileError {
    /// Larger than [`MOST_BYTES`].
    #[error("the file is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// It does not begin as a file of this program does.
    #[error("not a Flightpath file")]
    Foreign,
    /// It begins as ours, but ends too early or is no JSON from some place on.
    #[error("the file breaks off or is garbled near byte {byte}")]
    Broken {
        /// Where reading failed.
        byte: usize,
    },
    /// A newer program wrote it.
    #[error("the file has format {format}; this program reads up to {FORMAT}")]
    Newer {
        /// The file's format.
        format: u32,
    },
    /// The body is not what the header's hash says.
    #[error("the file was changed or damaged after it was written")]
    Damaged,
    /// The writing of a file failed.
    #[error("the file could not be written: {0}")]
    NotWritten(String),
}

impl From<Unsound> for OwnFileError {
    fn from(_: Unsound) -> Self {
        OwnFileError::Damaged
    }
}

/// Who writes a file and when.
#[derive(Debug, Clone)]
pub struct Writer {
    /// Release of the program.
    pub release: String,
    /// Name that the writer gave.
    pub author: String,
    /// The writer's clock.
    pub written: Moment,
    /// Name of the school.
    pub school: String,
    /// How many pupils the cells are about.
    pub pupils: usize,
}

fn hash(bytes: &[u8]) -> String {
    use core::fmt::Write;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Writes cells as a file.
///
/// # Errors
/// [`OwnFileError::NotWritten`], which no content causes.
pub fn write(cells: Block, steps: Vec<StepInfo>, writer: Writer) -> Result<Vec<u8>, OwnFileError> {
    let failed = |error: serde_json::Error| OwnFileError::NotWritten(error.to_string());
    let count = cells.cell_count();
    let body = serde_json::value::to_raw_value(&Body { cells, steps }).map_err(failed)?;
    let file = File {
        flightpath: Header {
            format: FORMAT,
            release: writer.release,
            author: writer.author,
            written: writer.written,
            school: writer.school,
            pupils: writer.pupils,
            cells: count,
            sha256: hash(body.get().as_bytes()),
        },
        body: &body,
    };
    serde_json::to_vec(&file).map_err(failed)
}

/// How our files begin, white space apart.
const OPENING: &[u8] = b"{\"flightpath\":";

fn begins_as_ours(bytes: &[u8]) -> bool {
    let mut seen = bytes
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .copied();
    OPENING
        .iter()
        .all(|expected| seen.next() == Some(*expected))
}

/// Reads a file whole, or says why not.
///
/// # Errors
/// See [`OwnFileError`]: foreign, broken off, newer or damaged. Nothing of such a file is used.
pub fn read(bytes: &[u8]) -> Result<(Header, Body), OwnFileError> {
    if bytes.len() > MOST_BYTES {
        return Err(OwnFileError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if !begins_as_ours(bytes) {
        return Err(OwnFileError::Foreign);
    }
    // A newer file may have another shape altogether, so its number is looked at by itself.
    #[derive(Deserialize)]
    struct Number {
        format: u32,
    }
    #[derive(Deserialize)]
    struct Probe {
        flightpath: Number,
    }
    if let Ok(probe) = serde_json::from_slice::<Probe>(bytes)
        && probe.flightpath.format > FORMAT
    {
        return Err(OwnFileError::Newer {
            format: probe.flightpath.format,
        });
    }
    let file: File<'_> = serde_json::from_slice(bytes).map_err(|error| OwnFileError::Broken {
        byte: byte_of(bytes, error.line(), error.column()),
    })?;
    let body = file.body.get();
    if hash(body.as_bytes()) != file.flightpath.sha256 {
        return Err(OwnFileError::Damaged);
    }
    let body: Body = serde_json::from_str(body).map_err(|_| OwnFileError::Damaged)?;
    body.cells.join_into(&mut School::default())?;
    Ok((file.flightpath, body))
}

/// The byte at a line and column, both from 1.
fn byte_of(bytes: &[u8], line: usize, column: usize) -> usize {
    let before: usize = bytes
        .split(|byte| *byte == b'\n')
        .take(line.saturating_sub(1))
        .map(|line| line.len() + 1)
        .sum();
    (before + column).min(bytes.len())
}
