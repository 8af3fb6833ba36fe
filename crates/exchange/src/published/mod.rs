//! National figures as the Department for Education publishes them: the transition matrices of key stage 4 and of
//! 16 to 18, which count pupils by subject, start and grade.
//!
//! Both are tables in a CSV file, with a letter where a number is not available: `z` where it does not apply, `c` where
//! it is confidential. The order of the columns counts for nothing.

mod key_stage_4;
mod sixteen_to_eighteen;

use std::collections::BTreeMap;

use flightpath_school::national::OutcomesDocument;

use crate::table::{RowRef, Table};

/// What is wrong with such a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishedProblem {
    /// It has the column of bands of neither file, so it is another one.
    #[error("neither `{}` nor `{}`", key_stage_4::BAND, sixteen_to_eighteen::BAND)]
    OtherFile,
    /// It has no such column.
    #[error("no column `{0}`")]
    NoColumn(&'static str),
    /// It has no row of all pupils in England.
    #[error("no row of all pupils in England")]
    NoRows,
    /// It has no result of an A or AS level by average GCSE points.
    #[error("no result of an A or AS level")]
    NoALevels,
    /// Its name does not say the year, and nothing else in it does.
    #[error("the name `{file}` says no year")]
    NoYearInName {
        /// What it is called.
        file: String,
    },
    /// A band of scores or points that cannot be read.
    #[error("line {line}: `{entered}` is no band of scores")]
    UnknownBand {
        /// From 1.
        line: u32,
        /// What stands there.
        entered: String,
    },
    /// A year that cannot be read.
    #[error("line {line}: `{entered}` is no year")]
    UnknownYear {
        /// From 1.
        line: u32,
        /// What stands there.
        entered: String,
    },
    /// A count that is neither a number nor a letter for one that is not available.
    #[error("line {line}, column `{column}`: `{entered}` is no number of pupils")]
    NotACount {
        /// From 1.
        line: u32,
        /// The column's header.
        column: String,
        /// What stands there.
        entered: String,
    },
    /// A second row for the same subject and band.
    #[error("line {line}: {subject} has another row for the same scores")]
    Twice {
        /// From 1.
        line: u32,
        /// The subject.
        subject: String,
    },
    /// A second row for the same subject, band and grade.
    #[error("line {line}: {subject} has another row for {band} and grade {grade}")]
    GradeTwice {
        /// From 1.
        line: u32,
        /// The subject.
        subject: String,
        /// The band as it stands there.
        band: String,
        /// The grade.
        grade: String,
    },
}

/// What such a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// A document for each qualification and year, in the order of their years.
    pub documents: Vec<OutcomesDocument>,
    /// What could not be read; a row with a problem is left out.
    pub problems: Vec<PublishedProblem>,
}

/// A band of starts, in hundredths of a KS2 score or of a GCSE point: its two ends.
type Band = (i64, i64);
/// By subject and band, the counts by grade; none where they are not available.
type Counts = BTreeMap<(String, Band), Vec<u32>>;

/// More pupils than there are in England are a slip.
const MOST_PUPILS: u32 = 10_000_000;

/// Reads a file of transition matrices, of key stage 4 or of 16 to 18 as its columns say. The name of the file counts
/// where it alone says the year.
pub fn transition_matrices(table: &Table, file: &str) -> Published {
    let columns = Columns::of(table);
    let has = |band: &str| columns.find(&[band]).is_some();
    if has(key_stage_4::BAND) {
        key_stage_4::read(table)
    } else if has(sixteen_to_eighteen::BAND) {
        sixteen_to_eighteen::read(table, file)
    } else {
        Published {
            problems: vec![PublishedProblem::OtherFile],
            ..Published::default()
        }
    }
}

struct Columns<'a> {
    headers: &'a [String],
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Columns<'a> {
        Columns {
            headers: &table.headers,
        }
    }

    /// The place of the column that has one of these names.
    fn find(&self, names: &[&str]) -> Option<usize> {
        let is = |header: &String| names.iter().any(|name| header.eq_ignore_ascii_case(name));
        self.headers.iter().position(is)
    }

    /// The places of the columns that count these grades; nothing where one of them is not there.
    fn all(&self, grades: &[(&str, &str)]) -> Option<Vec<usize>> {
        let places = grades.iter().map(|(column, _)| self.find(&[column]));
        places.collect()
    }
}

/// A count; nothing where it is not available.
fn count_of(table: &Table, row: RowRef<'_>, place: usize) -> Result<Option<u32>, PublishedProblem> {
    let cell = row.cell(place);
    match cell.parse() {
        Ok(count) if count <= MOST_PUPILS => Ok(Some(count)),
        Err(_) if is_not_available(cell) => Ok(None),
        _ => Err(PublishedProblem::NotACount {
            line: row.line(),
            column: table.headers.get(place).cloned().unwrap_or_default(),
            entered: cell.to_owned(),
        }),
    }
}

/// Letters and signs that stand in place of a number in official statistics.
fn is_not_available(cell: &str) -> bool {
    cell.is_empty()
        || ["z", "c", "x", "k", "u", "low", ":", "~", "."].contains(&cell.to_lowercase().as_str())
}

/// The document with the bands that were counted.
fn filled(mut document: OutcomesDocument, counts: Counts) -> OutcomesDocument {
    let mut bands: Vec<Band> = counts.keys().map(|(_, band)| *band).collect();
    bands.sort_unstable();
    bands.dedup();
    for ((subject, band), counts) in counts {
        let rows = document
            .subjects
            .entry(subject)
            .or_insert_with(|| vec![Vec::new(); bands.len()]);
        if let Ok(place) = bands.binary_search(&band)
            && let Some(row) = rows.get_mut(place)
        {
            *row = counts;
        }
    }
    document.bands_in_hundredths = bands;
    document
}
