//! What a person types into the entry grid, read as a value.

use flightpath_school::markbook::word_instead;
use flightpath_school::model::scale::{GradeProblemKind, Scale, ScaleKind};
use flightpath_school::model::{Field, Value};

/// What a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A value of the field; blank where the text was empty.
    Value(Value),
    /// A code that says why there is no grade, as the store keeps it: `new`, `absent`,
    /// `not-yet-taught` or `disapplied`.
    NoGrade(&'static str),
}

/// Why a text cannot stand in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bad {
    /// No such grade.
    Grade {
        /// Name of the scale.
        scale: String,
        /// Its grades, worst first.
        grades: Vec<String>,
    },
    /// No mark of a scale of numbers.
    Mark {
        /// Name of the scale.
        scale: String,
        /// Lowest mark in points.
        lowest: i32,
        /// Highest mark in points.
        highest: i32,
    },
    /// More decimals than the scale has.
    Decimals {
        /// Name of the scale.
        scale: String,
        /// How many it has.
        most: u8,
    },
    /// The beginning of more than one grade.
    Several {
        /// The grades that it could become.
        grades: Vec<String>,
    },
    /// Neither yes nor no.
    Belief,
    /// There is no scale to read it on.
    NoScale,
}

/// Reads a text for a field. `scale` is the one that the pupil is graded on there; `answers` says
/// whether the field holds what makes the event complete, in whose place a code may stand.
///
/// # Errors
/// What is wrong with it, as [`Bad`].
pub fn read(field: Field, scale: Option<&Scale>, answers: bool, text: &str) -> Result<Typed, Bad> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Typed::Value(Value::Blank));
    }
    match field {
        Field::Comment | Field::Evidence => Ok(Typed::Value(Value::text(text))),
        Field::OnTarget => belief(text)
            .map(|yes| Typed::Value(Value::Flag(yes)))
            .ok_or(Bad::Belief),
        _ => {
            let code = answers.then(|| code(text)).flatten();
            grade(scale, code, text)
        }
    }
}

fn grade(scale: Option<&Scale>, code: Option<&'static str>, text: &str) -> Result<Typed, Bad> {
    let Some(scale) = scale else {
        return code.map(Typed::NoGrade).ok_or(Bad::NoScale);
    };
    // Some lists write X for U. Who types it means that there is no grade, for which an event has words of its own.
    let no_grade = || word_instead(text, Some(scale)).is_some();
    let problem = match scale.parse(text) {
        Ok(_) if no_grade() => return code.map(Typed::NoGrade).ok_or_else(|| bad_grade(scale)),
        Ok(grade) => {
            let label = scale.label(grade);
            return Ok(Typed::Value(Value::grade(scale.key(), &label)));
        }
        Err(problem) => problem.kind,
    };
    if let Some(code) = code {
        return Ok(Typed::NoGrade(code));
    }
    let name = scale.name().to_owned();
    let mut completions = scale.complete(text);
    match (completions.pop(), completions.is_empty()) {
        (Some(only), true) => {
            return Ok(Typed::Value(Value::grade(scale.key(), &only)));
        }
        (Some(last), false) => {
            completions.push(last);
            return Err(Bad::Several {
                grades: completions,
            });
        }
        (None, _) => {}
    }
    Err(match (problem, &scale.definition().kind) {
        (GradeProblemKind::TooManyDecimals { most }, _) => Bad::Decimals { scale: name, most },
        (_, ScaleKind::Decimal(decimal)) => Bad::Mark {
            scale: name,
            lowest: decimal.lowest,
            highest: decimal.highest,
        },
        (_, ScaleKind::Graded(_)) => bad_grade(scale),
    })
}

fn bad_grade(scale: &Scale) -> Bad {
    Bad::Grade {
        scale: scale.name().to_owned(),
        grades: scale.labels().map(str::to_owned).collect(),
    }
}

/// The rest of what somebody has begun to type, where only one grade begins so.
pub fn completion(field: Field, scale: Option<&Scale>, typed: &str) -> Option<String> {
    if matches!(field, Field::Comment | Field::Evidence | Field::OnTarget) {
        return None;
    }
    flightpath_school::view::typed::completion(scale?, typed)
}

fn belief(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "true" | "1" | "✓" => Some(true),
        "n" | "no" | "false" | "0" | "✗" => Some(false),
        _ => None,
    }
}

/// The code that a text begins, with enough letters that it can be nothing else.
fn code(text: &str) -> Option<&'static str> {
    let plain: String = text
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let begins = |whole: &str, least: usize| plain.len() >= least && whole.starts_with(&plain);
    if plain == "new" {
        Some("new")
    } else if begins("absent", 3) {
        Some("absent")
    } else if begins("not taught", 5) || begins("not yet taught", 5) {
        Some("not-yet-taught")
    } else if begins("disapplied", 3) {
        Some("disapplied")
    } else {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use flightpath_school::model::scale::ScaleSet;

    fn reads(field: Field, scale: &str, text: &str) -> Result<Typed, Bad> {
        let scales = ScaleSet::shipped();
        read(
            field,
            scales.get(scale),
            matches!(field, Field::Current | Field::Achieved),
            text,
        )
    }

    fn grade(scale: &str, label: &str) -> Result<Typed, Bad> {
        Ok(Typed::Value(Value::grade(scale, label)))
    }

    #[test]
    fn a_word_for_no_grade_is_not_nought() {
        for text in ["x", "X", " x "] {
            let read = reads(Field::Current, "gcse-9-1", text);
            assert!(matches!(read, Err(Bad::Grade { .. })), "{text}: {read:?}");
        }
        assert_eq!(reads(Field::Current, "a-level", "a"), grade("a-level", "A"));
        let ungraded = reads(Field::Current, "gcse-9-1", "ungraded");
        assert_eq!(ungraded, grade("gcse-9-1", "U"));
    }

    #[test]
    fn first_letters_make_a_grade_where_only_one_begins_so() {
        assert_eq!(
            reads(Field::AtlClass, "atl", "out"),
            grade("atl", "Outstanding")
        );
        assert_eq!(reads(Field::AtlClass, "atl", " g "), grade("atl", "Good"));
        assert_eq!(
            reads(Field::Current, "gcse-9-1", "7"),
            grade("gcse-9-1", "7")
        );
        let scales = ScaleSet::shipped();
        assert_eq!(
            completion(Field::AtlClass, scales.get("atl"), "Ou").as_deref(),
            Some("Outstanding")
        );
        assert_eq!(
            completion(Field::Current, scales.get("gcse-9-1"), "7"),
            None
        );
        assert_eq!(completion(Field::Comment, scales.get("atl"), "Ou"), None);
    }

    #[test]
    fn what_is_no_grade_is_told_with_the_grades_there_are() {
        match reads(Field::Current, "gcse-9-1", "10") {
            Err(Bad::Grade { grades, .. }) => {
                assert_eq!(grades.first().map(String::as_str), Some("U"));
                assert_eq!(grades.last().map(String::as_str), Some("9"));
            }
            other => assert_eq!(other, Err(Bad::NoScale), "another kind of answer"),
        }
        assert_eq!(
            reads(Field::Current, "spanish-0-10", "12"),
            Err(Bad::Mark {
                scale: ScaleSet::shipped()
                    .get("spanish-0-10")
                    .unwrap()
                    .name()
                    .to_owned(),
                lowest: 0,
                highest: 10
            })
        );
        assert_eq!(
            reads(Field::Current, "no such scale", "5"),
            Err(Bad::NoScale)
        );
        assert_eq!(reads(Field::OnTarget, "", "perhaps"), Err(Bad::Belief));
    }

    #[test]
    fn a_code_stands_in_place_of_a_grade_and_only_there() {
        for (text, code) in [
            ("absent", "absent"),
            ("Abs", "absent"),
            ("NEW", "new"),
            ("not taught", "not-yet-taught"),
            ("not yet taught", "not-yet-taught"),
            ("not-yet-taught", "not-yet-taught"),
            ("disapplied", "disapplied"),
        ] {
            assert_eq!(
                reads(Field::Current, "gcse-9-1", text),
                Ok(Typed::NoGrade(code)),
                "{text}"
            );
        }
        assert!(reads(Field::Predicted, "gcse-9-1", "absent").is_err());
        // A grade comes first: A is an A, D is a D.
        assert_eq!(reads(Field::Current, "a-level", "a"), grade("a-level", "A"));
        assert_eq!(reads(Field::Current, "a-level", "D"), grade("a-level", "D"));
    }

    #[test]
    fn nothing_typed_takes_the_value_away() {
        for field in [Field::Current, Field::OnTarget, Field::Comment] {
            assert_eq!(
                reads(field, "gcse-9-1", "  "),
                Ok(Typed::Value(Value::Blank))
            );
        }
        assert_eq!(
            reads(Field::OnTarget, "", "Y"),
            Ok(Typed::Value(Value::Flag(true)))
        );
    }
}
