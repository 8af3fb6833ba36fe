//! All figures that ship, and which of them answer for a subject.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::figures::{BetweenSchools, FiguresError, SubjectNames};
use super::outcomes::{Distribution, NoBenchmark, Outcomes, Qualification};
use super::schools::{SchoolBenchmark, Step};
use super::start::Start;

/// The open national figures that benchmarks come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    publications: Vec<Arc<Publication>>,
    between: Arc<BetweenSchools>,
    names: Arc<SubjectNames>,
}

/// The results of one qualification, with all names that its subjects go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The results.
    pub outcomes: Outcomes,
    /// The name of a subject in the figures, by the names that schools give it, in small letters.
    names: BTreeMap<String, String>,
}

impl Publication {
    fn new(outcomes: Outcomes, names: &SubjectNames) -> Publication {
        let is_advanced = matches!(
            outcomes.qualification,
            Qualification::ALevel | Qualification::AsLevel
        );
        let aliases = names.of(is_advanced);
        let own = outcomes.subjects().map(|subject| (subject, subject));
        let names = aliases
            .chain(own)
            .map(|(name, subject)| (plain(name), subject.to_owned()))
            .collect();
        Publication { outcomes, names }
    }

    /// The name that the figures have for a subject; the one it was given where they know none.
    fn name<'a>(&'a self, subject: &'a str) -> &'a str {
        match self.outcomes.qualification {
            // The double award is one subject, whatever a school calls it.
            Qualification::CombinedScience => self.outcomes.subjects().next().unwrap_or(subject),
            _ => self.names.get(&plain(subject)).map_or(subject, |name| name),
        }
    }

    /// What pupils with this start have reached in a subject, by any name that schools give it.
    ///
    /// # Errors
    /// [`NoBenchmark`] where too few did.
    pub fn chances<'a>(
        &'a self,
        subject: &'a str,
        start: Start,
    ) -> Result<Distribution<'a>, NoBenchmark> {
        self.outcomes.distribution(self.name(subject), start)
    }
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Figures {
    /// The documents in which they lie, in the order in which [`Figures::read`] takes them.
    pub const DOCUMENTS: [&'static str; 6] = [
        "gcse-2024",
        "combined-science-2024",
        "a-level-2025",
        "as-level-2025",
        "between-schools-2019",
        "subject-names",
    ];

    /// Reads the documents.
    ///
    /// # Errors
    /// A [`FiguresError`] of the first that cannot be read; nothing is used of the others.
    pub fn read(documents: [&str; 6]) -> Result<Figures, FiguresError> {
        let [gcse, science, a_level, as_level, between, names] = documents;
        let names = SubjectNames::from_json(names)?;
        let publication = |text| {
            Ok(Arc::new(Publication::new(
                Outcomes::from_json(text)?,
                &names,
            )))
        };
        Ok(Figures {
            publications: vec![
                publication(gcse)?,
                publication(science)?,
                publication(a_level)?,
                publication(as_level)?,
            ],
            between: Arc::new(BetweenSchools::from_json(between)?),
            names: Arc::new(names),
        })
    }

    /// The figures with other publications in the place of those on the same scales. What is there of value added stays
    /// where the other holds none.
    #[must_use]
    pub fn with(&self, others: impl IntoIterator<Item = Outcomes>) -> Figures {
        let mut figures = self.clone();
        for mut outcomes in others {
            let mut before = figures.publications.iter();
            if let Some(before) = before.find(|one| one.outcomes.scale == outcomes.scale) {
                outcomes = outcomes.or_value_added_of(&before.outcomes);
            }
            figures
                .publications
                .retain(|one| one.outcomes.scale != outcomes.scale);
            let publication = Publication::new(outcomes, &figures.names);
            figures.publications.push(Arc::new(publication));
        }
        figures
    }

    /// All publications.
    pub fn publications(&self) -> impl Iterator<Item = &Publication> {
        self.publications.iter().map(|one| &**one)
    }

    /// The results that answer for subjects graded on a scale, and to what a benchmark is read there; nothing for scales
    /// that no published results are on.
    pub fn for_scale(&self, scale: &str) -> Option<(&Publication, Step)> {
        let (published, step) = match scale {
            "gcse-9-1-fine" => ("gcse-9-1", Step::Third),
            "combined-science" => (scale, Step::Half),
            other => (other, Step::Whole),
        };
        let mut publications = self.publications.iter();
        let found = publications.find(|one| one.outcomes.scale == published)?;
        Some((&**found, step))
    }

    /// The benchmark of the top `percent` of schools in a subject, by any name that schools give it.
    ///
    /// # Errors
    /// [`NoBenchmark`].
    pub fn school_benchmark(
        &self,
        publication: &Publication,
        subject: &str,
        start: Start,
        percent: u8,
    ) -> Result<SchoolBenchmark, NoBenchmark> {
        let name = publication.name(subject);
        let outcomes = &publication.outcomes;
        outcomes.school_benchmark(&self.between, name, start, percent)
    }
}
