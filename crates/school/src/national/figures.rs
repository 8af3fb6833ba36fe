//! Reading the documents in which the figures lie.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The format of the documents that this program reads.
pub(super) const FORMAT: u32 = 1;

/// Where figures come from; to be named wherever one of them shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Source {
    /// The year of the results.
    pub year: u16,
    /// Who has published them.
    pub publisher: String,
    /// In what.
    pub title: String,
    /// Under which licence.
    pub licence: String,
}

/// Why a text gives no figures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FiguresError {
    /// It is not such a document, or not well formed.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the reader of JSON says.
        message: String,
    },
    /// Figures of a format that this program does not know.
    #[error("figures of format {0}; this program knows format {FORMAT}")]
    UnknownFormat(u32),
    /// A subject has not as many bands, or a band not as many grades, as the document says.
    #[error("the figures of {subject} do not fit the bands and grades of the document")]
    Uneven {
        /// Which subject.
        subject: String,
    },
}

#[derive(Deserialize)]
struct Head {
    format: u32,
}

pub(super) fn malformed(error: serde_json::Error) -> FiguresError {
    FiguresError::Malformed {
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    }
}

/// Reads a document whose format is known.
pub(super) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, FiguresError> {
    let Head { format } = serde_json::from_str(text).map_err(malformed)?;
    if format != FORMAT {
        return Err(FiguresError::UnknownFormat(format));
    }
    serde_json::from_str(text).map_err(malformed)
}

/// How far above the national average the schools at the top lie.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BetweenSchools {
    measures: BTreeMap<String, Uplifts>,
}

/// The uplifts of one measure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Uplifts {
    uplift_in_hundredths: Vec<(u8, i64)>,
}

impl BetweenSchools {
    /// Reads the document.
    ///
    /// # Errors
    /// A [`FiguresError`].
    pub fn from_json(text: &str) -> Result<BetweenSchools, FiguresError> {
        read(text)
    }

    /// In hundredths of a grade, for the top so many per cent of schools.
    pub(super) fn uplift(&self, measure: &str, top_percent: u8) -> Option<i64> {
        let uplifts = &self.measures.get(measure)?.uplift_in_hundredths;
        let found = uplifts.iter().find(|(percent, _)| *percent == top_percent);
        found.map(|(_, uplift)| *uplift)
    }
}

/// How schools call the subjects of the figures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SubjectNames {
    gcse: BTreeMap<String, String>,
    a_level: BTreeMap<String, String>,
}

impl SubjectNames {
    /// Reads the document.
    ///
    /// # Errors
    /// A [`FiguresError`].
    pub fn from_json(text: &str) -> Result<SubjectNames, FiguresError> {
        read(text)
    }

    /// The names that schools give subjects, with those of the figures: of A and AS levels, or of GCSEs.
    pub(super) fn of(&self, is_advanced: bool) -> impl Iterator<Item = (&str, &str)> {
        let names = if is_advanced {
            &self.a_level
        } else {
            &self.gcse
        };
        names
            .iter()
            .map(|(name, published)| (name.as_str(), published.as_str()))
    }
}
