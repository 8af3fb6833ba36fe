//! What pupils with the same start have reached: the distribution, and the pupil benchmark from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::figures::{FORMAT, FiguresError, Source, malformed, read};
use super::start::Start;

/// A band with fewer results gives no benchmark.
pub const FEWEST_RESULTS: u32 = 30;

/// What the results are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// A GCSE, by the mean of the KS2 scaled scores.
    Gcse,
    /// The double award, by the same.
    CombinedScience,
    /// An A level, by the average GCSE points.
    ALevel,
    /// An AS level, by the same.
    AsLevel,
}

/// Whether the second number of a band belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// 80 to 89.5: both belong to the band.
    Included,
    /// 4 to below 5.
    Excluded,
}

/// What students with the same start reach on average, as the Department publishes it for value added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValueAdded {
    /// Where it comes from: the publication itself, or an older one where that holds none.
    pub(super) source: Source,
    pub(super) subjects: BTreeMap<String, Expected>,
}

/// Expected points of one subject at given starts, straight lines between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Expected {
    pub(super) standard_deviation: i64,
    /// Start and points (10 for each grade), in ten-thousandths.
    pub(super) knots: Vec<(i64, i64)>,
}

/// The results of one qualification in one year, by subject, start and grade.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "OutcomesDocument")]
pub struct Outcomes {
    source: Source,
    /// What the results are of.
    pub qualification: Qualification,
    /// Key of the scale of the grades.
    pub scale: String,
    /// Worst first.
    pub grades: Vec<String>,
    bands_in_hundredths: Vec<(i64, i64)>,
    band_ends: Ends,
    subjects: BTreeMap<String, Vec<Vec<u32>>>,
    pub(super) value_added: ValueAdded,
    /// Mean grades of each subject at the middles of its usable bands, worked out when the document is read.
    pub(super) means: BTreeMap<String, Vec<(Exact, Exact)>>,
}

/// A publication as a document, which is how it is kept and read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomesDocument {
    /// The format, 1.
    pub format: u32,
    /// The year of the results.
    pub year: u16,
    /// Who has published them.
    pub publisher: String,
    /// In what.
    pub title: String,
    /// Under which licence.
    pub licence: String,
    /// What the results are of.
    pub qualification: Qualification,
    /// Key of the scale of the grades.
    pub scale: String,
    /// Worst first.
    pub grades: Vec<String>,
    /// Lowest and highest start of each band, in hundredths.
    pub bands_in_hundredths: Vec<(i64, i64)>,
    /// Whether the second number of a band belongs to it.
    pub band_ends: Ends,
    /// By subject, for each band the count of results at each grade; an empty list where there are none.
    pub subjects: BTreeMap<String, Vec<Vec<u32>>>,
    /// Expected points by subject, of A levels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    expected_in_ten_thousandths: BTreeMap<String, Expected>,
}

impl OutcomesDocument {
    /// The document as text, and what it says.
    ///
    /// # Errors
    /// A [`FiguresError`] where its numbers do not fit together.
    pub fn checked(&self) -> Result<(String, Outcomes), FiguresError> {
        let text = serde_json::to_string(self).map_err(malformed)?;
        let outcomes = Outcomes::from_json(&text)?;
        Ok((text, outcomes))
    }

    /// A publication of the Department for Education, without results yet.
    pub fn without_results(
        qualification: Qualification,
        scale: &str,
        grades: Vec<String>,
        year: u16,
        title: String,
    ) -> Self {
        OutcomesDocument {
            format: FORMAT,
            year,
            publisher: "Department for Education".to_owned(),
            title,
            licence: "Open Government Licence v3.0".to_owned(),
            qualification,
            scale: scale.to_owned(),
            grades,
            bands_in_hundredths: Vec::new(),
            band_ends: match qualification {
                Qualification::Gcse | Qualification::CombinedScience => Ends::Included,
                Qualification::ALevel | Qualification::AsLevel => Ends::Excluded,
            },
            subjects: BTreeMap::new(),
            expected_in_ten_thousandths: BTreeMap::new(),
        }
    }
}

impl From<OutcomesDocument> for Outcomes {
    fn from(flat: OutcomesDocument) -> Outcomes {
        let source = Source {
            year: flat.year,
            publisher: flat.publisher,
            title: flat.title,
            licence: flat.licence,
        };
        let mut outcomes = Outcomes {
            source: source.clone(),
            qualification: flat.qualification,
            scale: flat.scale,
            grades: flat.grades,
            bands_in_hundredths: flat.bands_in_hundredths,
            band_ends: flat.band_ends,
            subjects: flat.subjects,
            value_added: ValueAdded {
                source,
                subjects: flat.expected_in_ten_thousandths,
            },
            means: BTreeMap::new(),
        };
        let means = outcomes.subjects().map(|subject| {
            let means = outcomes.means_of(subject);
            (subject.to_owned(), means)
        });
        outcomes.means = means.collect();
        outcomes
    }
}

/// Why there is no benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBenchmark {
    /// The figures do not know the subject.
    UnknownSubject,
    /// The start lies in no band of the figures.
    NoBand,
    /// No expected points are published for the subject, which a school benchmark of A level needs.
    NoValueAdded,
    /// Too few pupils with this start took the subject.
    TooFew {
        /// How many results there are.
        results: u32,
    },
    /// The figures say nothing of the top so many per cent of schools, or of schools at all (AS level).
    NoUplift,
}

/// Results of pupils with the same start in one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distribution<'a> {
    /// Lowest start of the band.
    pub from: Start,
    /// Highest start, or where the next band begins.
    pub to: Start,
    /// Worst first.
    pub grades: &'a [String],
    /// Results by grade; pupils without a result are left out.
    pub counts: &'a [u32],
}

impl Distribution<'_> {
    /// All results.
    pub fn results(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// How many reached this grade (its place, from the worst) or a better one.
    pub fn reaching(&self, place: usize) -> u32 {
        self.counts.iter().skip(place).sum()
    }

    /// The pupil benchmark: place of the best grade that at least `percent` of these pupils have reached.
    pub fn top(&self, percent: u8) -> usize {
        let enough = u64::from(percent) * u64::from(self.results());
        let reached = |place: &usize| u64::from(self.reaching(*place)) * 100 >= enough;
        (0..self.counts.len()).rev().find(reached).unwrap_or(0)
    }

    /// Sum of the values of the results and their number.
    pub(super) fn mean(&self, value: impl Fn(usize) -> Option<Exact>) -> Option<Exact> {
        let mut sum = Exact::ZERO;
        for (place, count) in self.counts.iter().enumerate() {
            sum = sum + value(place)? * Exact::whole(i64::from(*count));
        }
        (self.results() > 0).then(|| sum.over(self.results()))
    }
}

impl Outcomes {
    /// Reads the document of a publication.
    ///
    /// # Errors
    /// A [`FiguresError`]; nothing is used of figures that do not fit together.
    pub fn from_json(text: &str) -> Result<Outcomes, FiguresError> {
        let outcomes: Outcomes = read(text)?;
        let (bands, grades) = (outcomes.bands_in_hundredths.len(), outcomes.grades.len());
        // A band in which nobody took the subject is an empty list.
        let fits = |counts: &Vec<u32>| counts.is_empty() || counts.len() == grades;
        for (subject, rows) in &outcomes.subjects {
            if rows.len() != bands || !rows.iter().all(fits) {
                return Err(FiguresError::Uneven {
                    subject: subject.clone(),
                });
            }
        }
        Ok(outcomes)
    }

    /// Where the figures come from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Where the expected points of the school benchmark come from: value added for A level, the results themselves for
    /// GCSE.
    pub fn source_of_expected(&self) -> &Source {
        match self.qualification {
            Qualification::ALevel => &self.value_added.source,
            _ => &self.source,
        }
    }

    /// Whether it holds value added of its own, or of an older publication.
    pub fn has_value_added(&self) -> bool {
        !self.value_added.subjects.is_empty()
    }

    /// The same results with the value added of an older publication, where they have none themselves: the files of
    /// results that are published each year do not hold it.
    #[must_use]
    pub(super) fn or_value_added_of(mut self, older: &Outcomes) -> Outcomes {
        if !self.has_value_added() {
            self.value_added = older.value_added.clone();
        }
        self
    }

    /// The subjects, by the names that the figures give them.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.subjects.keys().map(String::as_str)
    }

    /// All bands of a subject, also those with few results; nothing where the subject is not known.
    pub fn bands(&self, subject: &str) -> Option<impl Iterator<Item = Distribution<'_>>> {
        let rows = self.subjects.get(subject)?;
        let bands = self.bands_in_hundredths.iter().zip(rows);
        Some(bands.map(|((from, to), counts)| Distribution {
            from: Start::from_hundredths(*from),
            to: Start::from_hundredths(*to),
            grades: &self.grades,
            counts,
        }))
    }

    fn holds(&self, band: &Distribution<'_>, start: Start) -> bool {
        band.from <= start
            && match self.band_ends {
                Ends::Included => start <= band.to,
                Ends::Excluded => start < band.to,
            }
    }

    /// What pupils with this start have reached in a subject.
    ///
    /// # Errors
    /// [`NoBenchmark`] where too few did.
    pub fn distribution(
        &self,
        subject: &str,
        start: Start,
    ) -> Result<Distribution<'_>, NoBenchmark> {
        let mut bands = self.bands(subject).ok_or(NoBenchmark::UnknownSubject)?;
        let band = bands
            .find(|band| self.holds(band, start))
            .ok_or(NoBenchmark::NoBand)?;
        match band.results() {
            results if results < FEWEST_RESULTS => Err(NoBenchmark::TooFew { results }),
            _ => Ok(band),
        }
    }
}
