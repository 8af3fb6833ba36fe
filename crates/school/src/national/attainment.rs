//! Attainment 8, Progress 8, value added in the English Baccalaureate and the average GCSE.
//!
//! Source of the rules: Department for Education, *Secondary accountability measures* (2024); of the estimates: the key
//! stage 4 ready reckoner of that year.

use serde::Deserialize;

use super::exact::Exact;
use super::figures::{FiguresError, Source, read};
use super::start::Start;

/// What an entry counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// GCSE English Language.
    EnglishLanguage,
    /// GCSE English Literature.
    EnglishLiterature,
    /// GCSE Mathematics.
    Maths,
    /// A science, computer science, geography, history or a language. Combined Science is two entries.
    EBacc,
    /// Any other approved qualification.
    Open,
}

/// A qualification that was sat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it counts as.
    pub kind: EntryKind,
    /// Its points, 9 to 0; 5.5 for each of the two entries of a 6-5 in Combined Science.
    pub points: Exact,
}

/// The points of the four elements, over ten slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attainment8 {
    /// The better English, doubled where both papers were sat.
    pub english: Exact,
    /// Maths, doubled.
    pub maths: Exact,
    /// The best three of the Baccalaureate subjects.
    pub ebacc: Exact,
    /// The best three of what is left, the other English among it.
    pub open: Exact,
}

impl Attainment8 {
    /// Fills the slots from what was sat, to the pupil's best.
    pub fn of(entries: &[Entry]) -> Attainment8 {
        let of_kind = |kind: EntryKind| {
            let entries = entries.iter().filter(move |entry| entry.kind == kind);
            entries.map(|entry| entry.points)
        };
        let best_first = |points: &mut Vec<Exact>| points.sort_by(|one, other| other.cmp(one));
        let sum = |points: &[Exact]| points.iter().fold(Exact::ZERO, |sum, one| sum + *one);
        let double = |points: Exact| points + points;
        let mut left = Vec::new();
        let language = of_kind(EntryKind::EnglishLanguage).max();
        let literature = of_kind(EntryKind::EnglishLiterature).max();
        let english = match (language, literature) {
            (Some(language), Some(literature)) => {
                left.push(language.min(literature));
                double(language.max(literature))
            }
            (one, other) => one.or(other).unwrap_or(Exact::ZERO),
        };
        let mut ebacc: Vec<Exact> = of_kind(EntryKind::EBacc).collect();
        best_first(&mut ebacc);
        let (slots, rest) = ebacc.split_at(ebacc.len().min(3));
        left.extend_from_slice(rest);
        left.extend(of_kind(EntryKind::Open));
        best_first(&mut left);
        left.truncate(3);
        Attainment8 {
            english,
            maths: double(of_kind(EntryKind::Maths).max().unwrap_or(Exact::ZERO)),
            ebacc: sum(slots),
            open: sum(&left),
        }
    }

    /// The total over ten slots.
    pub fn total(&self) -> Exact {
        self.english + self.maths + self.ebacc + self.open
    }
}

/// How far above the pupils with the same start, in grades a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress8 {
    /// Over all ten slots.
    pub progress8: Exact,
    /// Over the two of English.
    pub english: Exact,
    /// Over the two of maths.
    pub maths: Exact,
    /// Over the three of the Baccalaureate.
    pub ebacc: Exact,
    /// Over the three open ones.
    pub open: Exact,
}

/// What pupils with the same start reached in the Baccalaureate subjects, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EBaccEstimates {
    /// In the sciences.
    pub science: Exact,
    /// In the humanities.
    pub humanities: Exact,
    /// In languages.
    pub languages: Exact,
}

/// What pupils with the same start reached on average, in hundredths; a list in the document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Row {
    /// Lowest and highest start; both belong to the row.
    from: i64,
    to: i64,
    /// A little off the sum of the elements, as it is published: it counts.
    total: i64,
    english_doubled: i64,
    maths_doubled: i64,
    ebacc_sum: i64,
    open_sum: i64,
}

/// Estimates of Attainment 8 by start.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AttainmentEstimates {
    #[serde(flatten)]
    source: Source,
    rows: Vec<Row>,
    /// Science, humanities, languages, in the same order.
    ebacc_rows: Vec<(i64, i64, i64)>,
}

impl Row {
    fn elements(&self) -> Attainment8 {
        Attainment8 {
            english: Exact::hundredths(self.english_doubled),
            maths: Exact::hundredths(self.maths_doubled),
            ebacc: Exact::hundredths(self.ebacc_sum),
            open: Exact::hundredths(self.open_sum),
        }
    }
}

impl AttainmentEstimates {
    /// Reads the document.
    ///
    /// # Errors
    /// A [`FiguresError`].
    pub fn from_json(text: &str) -> Result<AttainmentEstimates, FiguresError> {
        let estimates: AttainmentEstimates = read(text)?;
        if estimates.rows.len() != estimates.ebacc_rows.len() {
            return Err(FiguresError::Uneven {
                subject: "EBacc".to_owned(),
            });
        }
        Ok(estimates)
    }

    /// Where the figures come from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The row of a start, and its place.
    fn row(&self, start: Start) -> Option<(usize, &Row)> {
        let start = start.ten_thousandths();
        let mut rows = self.rows.iter().enumerate();
        rows.find(|(_, row)| (row.from * 100..=row.to * 100).contains(&start))
    }

    /// What the elements come to on average for pupils with this KS2 mean; nothing outside the table.
    pub fn estimate(&self, start: Start) -> Option<Attainment8> {
        self.row(start).map(|(_, row)| row.elements())
    }

    /// Progress 8 and its elements.
    pub fn progress8(&self, start: Start, reached: &Attainment8) -> Option<Progress8> {
        let (_, row) = self.row(start)?;
        let estimate = row.elements();
        Some(Progress8 {
            progress8: (reached.total() - Exact::hundredths(row.total)).over(10),
            english: (reached.english - estimate.english).over(2),
            maths: (reached.maths - estimate.maths).over(2),
            ebacc: (reached.ebacc - estimate.ebacc).over(3),
            open: (reached.open - estimate.open).over(3),
        })
    }

    /// What pupils with this KS2 mean reached in the Baccalaureate subjects; value added is what is above it.
    pub fn ebacc(&self, start: Start) -> Option<EBaccEstimates> {
        let (place, _) = self.row(start)?;
        let (science, humanities, languages) = *self.ebacc_rows.get(place)?;
        Some(EBaccEstimates {
            science: Exact::hundredths(science),
            humanities: Exact::hundredths(humanities),
            languages: Exact::hundredths(languages),
        })
    }
}

/// How much a GCSE counts in the average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GcseSize {
    /// A short course.
    Short,
    /// A GCSE.
    Full,
    /// Combined Science.
    Double,
}

/// The average of GCSE points, for A-level benchmarks: GCSEs alone count, the double award twice, a short course half.
/// Nothing for two or fewer.
pub fn average_gcse_points(gcses: &[(GcseSize, Exact)]) -> Option<Exact> {
    let halves = |size: GcseSize| match size {
        GcseSize::Short => 1_u32,
        GcseSize::Full => 2,
        GcseSize::Double => 4,
    };
    let taken: u32 = gcses.iter().map(|(size, _)| halves(*size)).sum();
    let sum = gcses.iter().fold(Exact::ZERO, |sum, (size, points)| {
        sum + *points * Exact::whole(i64::from(halves(*size)))
    });
    (taken > 4).then(|| sum.over(taken))
}
