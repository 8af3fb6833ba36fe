//! Grade boundaries: from which mark on there is which grade.

use serde::{Deserialize, Serialize};

use super::number::rounded;
use super::share::percent;
use crate::model::scale::Scale;

/// The highest value of boundaries in per cent, in thousandths.
pub const WHOLE_PERCENT: i64 = 100_000;

/// The lowest mark that gets a grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundary {
    /// Label of the grade.
    pub grade: String,
    /// In thousandths of a mark.
    pub from: i64,
}

/// The boundaries of an assessment, of the mean of a class, or of an exam series, best grade first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boundaries {
    /// Key of the grades' scale.
    pub scale: String,
    /// The highest mark that they are for, in thousandths; [`WHOLE_PERCENT`] for the mean.
    pub out_of: i64,
    /// The boundaries, best grade first.
    pub from: Vec<Boundary>,
    /// The exam series that they were scaled from; empty for others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub series: String,
}

/// What is wrong with boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoundaryProblem {
    /// The scale is not known.
    UnknownScale {
        /// Its key.
        scale: String,
    },
    /// There are none.
    None,
    /// The scale has no such grade.
    UnknownGrade {
        /// Its label.
        grade: String,
    },
    /// A grade has two boundaries.
    Twice {
        /// Its label.
        grade: String,
    },
    /// A grade begins at or above the mark where a better one does.
    NotDescending {
        /// Its label.
        grade: String,
        /// Label of the better grade.
        better: String,
    },
    /// A boundary below nought or above the highest mark.
    OutOfRange {
        /// Label of the grade.
        grade: String,
        /// Its boundary, in thousandths.
        from: i64,
        /// The highest mark, in thousandths.
        most: i64,
    },
}

impl Boundaries {
    /// Boundaries in the order of the scale, best first; grades that it does not know come last, as
    /// they were given, for [`problems`](Boundaries::problems) to name.
    pub fn new(scale: &Scale, out_of: i64, mut from: Vec<Boundary>) -> Boundaries {
        from.sort_by_key(|boundary| {
            let grade = scale.parse(&boundary.grade).ok();
            core::cmp::Reverse(grade.map(|grade| grade.lowest()))
        });
        Boundaries {
            scale: scale.key().to_owned(),
            out_of,
            from,
            series: String::new(),
        }
    }

    /// Boundaries from percentages in thousandths: a grade begins at the lowest whole mark that is at
    /// least its percentage of the highest.
    pub fn of_percentages(scale: &Scale, out_of: i64, percentages: &[Boundary]) -> Boundaries {
        let from = percentages.iter().map(|boundary| {
            let product = i128::from(boundary.from) * i128::from(out_of);
            let whole = i128::from(WHOLE_PERCENT) * 1000;
            let marks = product.div_euclid(whole) + i128::from(product.rem_euclid(whole) != 0);
            Boundary {
                grade: boundary.grade.clone(),
                from: i64::try_from(marks * 1000).unwrap_or(i64::MAX),
            }
        });
        Boundaries::new(scale, out_of, from.collect())
    }

    /// These boundaries for another highest mark, in proportion, each to the nearest whole mark,
    /// halves up. `series` names the exam series whose boundaries these are; may be empty.
    pub fn scaled(&self, out_of: i64, series: &str) -> Boundaries {
        let from = self.from.iter().map(|boundary| {
            let product = i128::from(boundary.from) * i128::from(out_of);
            let marks = rounded(product, i128::from(self.out_of) * 1000);
            Boundary {
                grade: boundary.grade.clone(),
                from: marks.map_or(boundary.from, |marks| marks.saturating_mul(1000)),
            }
        });
        Boundaries {
            scale: self.scale.clone(),
            out_of,
            from: from.collect(),
            series: series.to_owned(),
        }
    }

    /// All boundaries moved by so many thousandths of a mark. A grade that begins at nought goes on
    /// doing so: every mark from nought up has it, however hard the paper was.
    ///
    /// # Errors
    /// The first boundary that would lie at or below nought, or above the highest mark.
    pub fn shifted(&self, by: i64) -> Result<Boundaries, BoundaryProblem> {
        let moved = |boundary: &Boundary| {
            let from = match boundary.from {
                0 => 0,
                from => from.saturating_add(by),
            };
            if (boundary.from != 0 && from <= 0) || from > self.out_of {
                return Err(BoundaryProblem::OutOfRange {
                    grade: boundary.grade.clone(),
                    from,
                    most: self.out_of,
                });
            }
            Ok(Boundary {
                grade: boundary.grade.clone(),
                from,
            })
        };
        let from: Result<Vec<Boundary>, BoundaryProblem> = self.from.iter().map(moved).collect();
        Ok(Boundaries {
            from: from?,
            ..self.clone()
        })
    }

    /// Everything that is wrong with them; `scale` is theirs, where it is known.
    pub fn problems(&self, scale: Option<&Scale>) -> Vec<BoundaryProblem> {
        let Some(scale) = scale.filter(|scale| scale.key() == self.scale) else {
            return vec![BoundaryProblem::UnknownScale {
                scale: self.scale.clone(),
            }];
        };
        if self.from.is_empty() {
            return vec![BoundaryProblem::None];
        }
        let mut problems = Vec::new();
        let mut graded = Vec::new();
        for boundary in &self.from {
            let grade = || boundary.grade.clone();
            match scale.parse(&boundary.grade) {
                Err(_) => problems.push(BoundaryProblem::UnknownGrade { grade: grade() }),
                Ok(parsed) => graded.push((parsed.lowest(), boundary)),
            }
            if !(0..=self.out_of).contains(&boundary.from) {
                problems.push(BoundaryProblem::OutOfRange {
                    grade: grade(),
                    from: boundary.from,
                    most: self.out_of,
                });
            }
        }
        graded.sort_by_key(|(place, _)| core::cmp::Reverse(*place));
        for ((better_place, better), (place, worse)) in graded.iter().zip(graded.iter().skip(1)) {
            let grade = worse.grade.clone();
            if better_place == place {
                problems.push(BoundaryProblem::Twice { grade });
            } else if worse.from >= better.from {
                problems.push(BoundaryProblem::NotDescending {
                    grade,
                    better: better.grade.clone(),
                });
            }
        }
        problems
    }

    /// The best grade whose boundary the mark reaches; nothing below all of them.
    pub fn grade(&self, mark: i64) -> Option<&str> {
        // Scaled to few marks, two grades may begin at the same one. Of equals the last is taken.
        self.from
            .iter()
            .rev()
            .filter(|boundary| boundary.from <= mark)
            .max_by_key(|boundary| boundary.from)
            .map(|boundary| boundary.grade.as_str())
    }

    /// What each boundary is of the highest mark, in thousandths of a per cent.
    pub fn percentages(&self) -> Vec<Boundary> {
        let share = |boundary: &Boundary| {
            Some(Boundary {
                grade: boundary.grade.clone(),
                from: percent(boundary.from, self.out_of)?,
            })
        };
        self.from.iter().filter_map(share).collect()
    }

    /// The text that a cell keeps.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`Boundaries::text`]; nothing where a later release wrote it otherwise.
    pub fn read(text: &str) -> Option<Boundaries> {
        serde_json::from_str(text).ok()
    }
}
