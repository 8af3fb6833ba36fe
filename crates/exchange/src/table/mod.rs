//! A text file of rows and columns, read without knowing yet what the columns are.

mod delimiter;
mod header;
mod parse;

use serde::{Deserialize, Serialize};

pub use delimiter::Delimiter;
pub use header::HeaderChoice;
pub use parse::{from_bytes, from_text};

use crate::csv_out::unmarked;
use crate::text::{Encoding, EncodingWhy, ForeignFile};

/// Largest file that is read, in bytes: far above any school's export, far below what stops a tab.
pub const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Most cells that are read.
pub const MOST_CELLS: usize = 3_000_000;
/// Most columns that are read: a hundred subjects with twenty columns each.
pub const MOST_COLUMNS: usize = 2_000;

/// What the user chose instead of the guesses; nothing chosen, everything is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadOptions {
    /// Encoding of the bytes.
    pub encoding: Option<Encoding>,
    /// What stands between two fields.
    pub delimiter: Option<Delimiter>,
    /// Which row holds the headers.
    pub header: Option<HeaderChoice>,
}

/// Where a row of data stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct RowMark {
    /// Line of the file in which the row begins, from 1.
    line: u32,
    /// Index of its first cell.
    first_cell: u32,
}

/// A file of rows and columns: headers, and fields as they stand in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Encoding that the file was read in.
    pub encoding: Encoding,
    /// Why this encoding.
    pub encoding_why: EncodingWhy,
    /// What stands between two fields.
    pub delimiter: Delimiter,
    /// Which record holds the headers.
    pub header: HeaderChoice,
    /// Line of the header row, from 1; nothing where the file has none.
    pub header_line: Option<u32>,
    /// The headers, trimmed, one a column; empty texts where the file has none.
    pub headers: Vec<String>,
    /// The records above the header row: titles and dates of printing.
    pub above: Vec<String>,
    /// What is odd about the file as a whole.
    pub oddities: Vec<Oddity>,
    text: String,
    #[serde(with = "as_lengths")]
    cell_ends: Vec<u32>,
    rows: Vec<RowMark>,
}

/// Places written as their distances, which take less than half the room.
mod as_lengths {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(ends: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let starts = core::iter::once(&0).chain(ends);
        serializer.collect_seq(
            ends.iter()
                .zip(starts)
                .map(|(end, start)| end.saturating_sub(*start)),
        )
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let mut ends = Vec::<u32>::deserialize(deserializer)?;
        let mut end = 0_u32;
        for length in &mut ends {
            end = end.saturating_add(*length);
            *length = end;
        }
        Ok(ends)
    }
}

/// Something about a file that its reader should see, though it could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// A row from this line runs over so many lines: probably a quote that is never closed.
    LongQuote {
        /// Line on which the row begins.
        line: u32,
        /// How many lines it takes.
        lines: u32,
    },
    /// The file holds characters that stand for bytes which its encoding does not know.
    UnknownCharacters {
        /// How many.
        count: u32,
    },
    /// Rows without any content were passed over.
    EmptyRows {
        /// How many.
        count: u32,
    },
}

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadError {
    /// Not a text file.
    #[error("not a text file: {0:?}")]
    NotText(ForeignFile),
    /// Larger than the program reads.
    #[error("{bytes} bytes, more than {most}")]
    TooLarge {
        /// Size in bytes.
        bytes: usize,
        /// Largest size in bytes.
        most: usize,
    },
    /// More cells than the program reads.
    #[error("more than {most} cells, at line {line}")]
    TooManyCells {
        /// Line where the limit was passed.
        line: u32,
        /// Most cells.
        most: usize,
    },
    /// More columns than the program reads.
    #[error("{columns} columns, more than {most}, at line {line}")]
    TooManyColumns {
        /// Line of the row.
        line: u32,
        /// Its columns.
        columns: usize,
        /// Most columns.
        most: usize,
    },
    /// Nothing but white space.
    #[error("empty")]
    Empty,
    /// Headers, but no row below them.
    #[error("no row below the headers")]
    NoRows,
    /// The bytes are not in the encoding that was chosen.
    #[error("not in {0:?}")]
    WrongEncoding(Encoding),
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct RowRef<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// How many rows of data there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row of data.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many columns the headers name.
    pub fn width(&self) -> usize {
        self.headers.len()
    }

    /// A row by its index from 0.
    pub fn row(&self, index: usize) -> Option<RowRef<'_>> {
        (index < self.rows.len()).then_some(RowRef { table: self, index })
    }

    /// All rows of data.
    pub fn rows(&self) -> impl Iterator<Item = RowRef<'_>> {
        (0..self.rows.len()).map(|index| RowRef { table: self, index })
    }

    /// The cells of a column from top to bottom, trimmed; empty where a row is too short.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows().map(move |row| row.cell(column))
    }

    /// The id under which the mapping of files with these headers is remembered.
    pub fn source_id(&self) -> flightpath_school::model::Id {
        flightpath_school::model::keys::source(self.headers.iter().map(String::as_str))
    }

    fn raw(&self, cell: usize) -> &str {
        let end = |cell: usize| self.cell_ends.get(cell).map(|end| *end as usize);
        let start = match cell.checked_sub(1) {
            Some(before) => end(before),
            None => Some(0),
        };
        match (start, end(cell)) {
            (Some(start), Some(end)) => self.text.get(start..end).unwrap_or(""),
            _ => "",
        }
    }
}

impl<'a> RowRef<'a> {
    /// Number of the row among the rows of data, from 1.
    pub fn number(&self) -> u32 {
        u32::try_from(self.index + 1).unwrap_or(u32::MAX)
    }

    /// Line of the file in which the row begins, from 1.
    pub fn line(&self) -> u32 {
        self.mark(self.index).map_or(0, |mark| mark.line)
    }

    /// How many fields the row has.
    pub fn len(&self) -> usize {
        let cells = self.cells();
        cells.end - cells.start
    }

    /// Whether the row has no field.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A field as it stands in the file, without the quotes around it.
    pub fn raw(&self, column: usize) -> &'a str {
        let cells = self.cells();
        cells
            .start
            .checked_add(column)
            .filter(|cell| *cell < cells.end)
            .map_or("", |cell| self.table.raw(cell))
    }

    /// A field without white space around it and without the mark that keeps spreadsheets from
    /// taking it for a formula; empty where the row is too short.
    pub fn cell(&self, column: usize) -> &'a str {
        unmarked(self.raw(column)).trim()
    }

    /// All fields as they stand in the file.
    pub fn fields(&self) -> impl Iterator<Item = &'a str> {
        let table = self.table;
        self.cells().map(move |cell| table.raw(cell))
    }

    fn mark(&self, index: usize) -> Option<&'a RowMark> {
        self.table.rows.get(index)
    }

    fn cells(&self) -> core::ops::Range<usize> {
        let total = self.table.cell_ends.len();
        let first = |index| {
            self.mark(index)
                .map_or(total, |mark| mark.first_cell as usize)
        };
        let start = first(self.index).min(total);
        start..first(self.index + 1).clamp(start, total)
    }
}
