//! What was assessed: a column of a class's markbook.

use std::borrow::Cow;

use super::boundaries::Boundaries;
use super::number::thousandths_text;
use crate::model::{CivilDate, Field, Id};

/// What kind of work an assessment was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssessmentKind {
    /// Work in class.
    ClassWork,
    /// Work at home.
    HomeLearning,
    /// The key assessment of a half term.
    KeyAssessment,
    /// A test.
    Test,
    /// A mock examination.
    Mock,
    /// An assessment of an examination course that no examiner sets: coursework, a practical.
    NonExamined,
}

impl AssessmentKind {
    /// All of them.
    pub const ALL: [AssessmentKind; 6] = [
        AssessmentKind::ClassWork,
        AssessmentKind::HomeLearning,
        AssessmentKind::KeyAssessment,
        AssessmentKind::Test,
        AssessmentKind::Mock,
        AssessmentKind::NonExamined,
    ];

    /// The name that files keep.
    pub fn name(self) -> &'static str {
        match self {
            AssessmentKind::ClassWork => "class-work",
            AssessmentKind::HomeLearning => "home-learning",
            AssessmentKind::KeyAssessment => "key-assessment",
            AssessmentKind::Test => "test",
            AssessmentKind::Mock => "mock",
            AssessmentKind::NonExamined => "non-examined",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<AssessmentKind> {
        AssessmentKind::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// What is entered for an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// Marks from nought up.
    Marks {
        /// The highest mark, in thousandths; above nought.
        most: i64,
    },
    /// Grades.
    Grades {
        /// Key of their scale.
        scale: String,
    },
}

/// No paper has more marks, in thousandths.
pub const MOST_MARKS: i64 = 10_000_000;

impl Measured {
    /// The text that a cell keeps.
    pub fn text(&self) -> String {
        match self {
            Measured::Marks { most } => format!("marks:{}", thousandths_text(*most)),
            Measured::Grades { scale } => format!("scale:{scale}"),
        }
    }

    /// Reads [`Measured::text`].
    pub fn read(text: &str) -> Option<Measured> {
        match text.split_once(':')? {
            ("marks", most) => {
                let most = super::typed::thousandths(most)?;
                (1..=MOST_MARKS)
                    .contains(&most)
                    .then_some(Measured::Marks { most })
            }
            ("scale", scale) if !scale.is_empty() => Some(Measured::Grades {
                scale: scale.to_owned(),
            }),
            _ => None,
        }
    }
}

/// An assessment of a class. A cell of which two values wait for a choice reads as empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Its row.
    pub id: Id,
    /// The class that was assessed.
    pub class: Id,
    /// What it was.
    pub title: String,
    /// When it was.
    pub date: Option<CivilDate>,
    /// Its kind.
    pub kind: AssessmentKind,
    /// The term or category that the teacher puts it under; may be empty.
    pub category: String,
    /// What is entered; nothing where that is not said, and then no mark counts.
    pub measured: Option<Measured>,
    /// From which mark on there is which grade, as it was set: perhaps for another highest mark. What holds
    /// now says [`boundaries_in_force`](Assessment::boundaries_in_force).
    pub boundaries: Option<Boundaries>,
    /// How much it weighs beside the others, in thousandths; 1,000 where nothing is said. One that weighs
    /// nothing is left out of every mean.
    pub weight: i64,
    /// Whether it is for the teacher's own eyes.
    pub private: bool,
    /// Its place among the assessments of the class.
    pub order: i64,
    /// The fields of which two values wait for a choice.
    pub several: Vec<Field>,
}

impl Assessment {
    /// The boundaries that hold for the highest mark, wherever a grade is worked out or shown: those that
    /// were set, or, where they were set for another highest mark, in proportion, as by
    /// [`Boundaries::scaled`]: each to the nearest whole mark (1,000 thousandths), halves up. Nothing
    /// where none were set or no marks are entered.
    pub fn boundaries_in_force(&self) -> Option<Cow<'_, Boundaries>> {
        let Some(Measured::Marks { most }) = self.measured else {
            return None;
        };
        let held = self.boundaries.as_ref()?;
        Some(if held.out_of == most {
            Cow::Borrowed(held)
        } else {
            Cow::Owned(held.scaled(most, &held.series))
        })
    }
}

/// The weight of an assessment of which nothing is said.
pub const USUAL_WEIGHT: i64 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_entered_is_read_as_it_is_kept() {
        for measured in [
            Measured::Marks { most: 40_000 },
            Measured::Marks { most: 12_500 },
            Measured::Grades {
                scale: "gcse-9-1".to_owned(),
            },
        ] {
            assert_eq!(Measured::read(&measured.text()), Some(measured));
        }
        for text in [
            "", "marks", "marks:0", "marks:-4", "marks:x", "scale:", "40",
        ] {
            assert_eq!(Measured::read(text), None, "{text}");
        }
    }
}
