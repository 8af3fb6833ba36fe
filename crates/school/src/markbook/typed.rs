//! What somebody types into the cell of a mark.

use super::assessment::Measured;
use super::mark::{Instead, Mark};
use super::number::thousandths_text;
use crate::model::scale::{GradeProblemKind, Scale, read_thousandths};
use crate::view::plain;
use crate::view::typed::{NotTyped, typed_grade};

/// What a text in the cell of a mark means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// The cell is to be empty.
    Cleared,
    /// A mark or grade.
    Mark(Mark),
    /// Handed in late, with the mark where it has one yet.
    Late(Option<Mark>),
    /// A word instead of a mark.
    Instead(Instead),
}

/// What a cell takes besides the words for absent, exempt, late and not handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// Marks from nought up, with up to three decimals.
    Marks {
        /// The highest mark, in thousandths.
        most: i64,
    },
    /// Grades.
    Grades {
        /// Key of the scale.
        scale: String,
        /// Their labels, worst first; none on a scale of numbers.
        labels: Vec<String>,
    },
    /// Nothing: it is not said what is entered, or its scale is not known.
    Nothing,
}

/// What is wrong with a text in the cell of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReadKind {
    /// It is neither a mark nor one of the words.
    NoMark,
    /// A mark below nought or above the highest.
    OutOfRange,
    /// More than three decimals.
    TooManyDecimals,
    /// The beginning of several grades: their labels.
    Several(Vec<String>),
    /// No grade of the scale.
    NoGrade(GradeProblemKind),
    /// It is not said what is entered for the assessment, or its scale is not known.
    NotMeasured,
}

/// A text that is no mark, with what would be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRead {
    /// What was typed.
    pub entered: String,
    /// What is wrong with it.
    pub kind: NotReadKind,
    /// What is accepted.
    pub accepted: Accepted,
}

const ABSENT: [&str; 6] = ["absent", "abs", "ab", "ausente", "aus", "a"];
const EXEMPT: [&str; 7] = ["exempt", "ex", "excused", "exc", "exento", "exenta", "x"];
const NOT_HANDED_IN: [&str; 6] = [
    "not handed in",
    "nhi",
    "no work",
    "no entregado",
    "not-handed-in",
    "n",
];
const LATE: [&str; 4] = ["late", "tarde", "lt", "l"];

/// Reads what was typed for an assessment. `scale` is that of its grades, where grades are entered.
///
/// A grade goes before a word: `A` is a grade where the scale has one, and *absent* where marks are
/// entered. But see [`word_instead`]: `x` stands for U in some lists, and who types it means *exempt*.
///
/// # Errors
/// [`NotRead`], with what is accepted.
pub fn read(
    text: &str,
    measured: Option<&Measured>,
    scale: Option<&Scale>,
) -> Result<Typed, NotRead> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Typed::Cleared);
    }
    if let Some(instead) = word_instead(text, scale) {
        return Ok(Typed::Instead(instead));
    }
    let own = own_mark(text, measured, scale);
    if let Ok(mark) = own {
        return Ok(Typed::Mark(mark));
    }
    let plain = plain(text);
    if LATE.contains(&plain.as_str()) {
        return Ok(Typed::Late(None));
    }
    let kind = match (without_late(text), own) {
        (Some(rest), _) => match any_mark(rest, measured, scale) {
            Ok(mark) => return Ok(Typed::Late(Some(mark))),
            Err(kind) => kind,
        },
        (None, _) => match any_mark(text, measured, scale) {
            Ok(mark) => return Ok(Typed::Mark(mark)),
            Err(kind) => kind,
        },
    };
    Err(NotRead {
        entered: text.to_owned(),
        kind,
        accepted: accepted(measured, scale),
    })
}

/// What the cells of an assessment take.
pub fn accepted(measured: Option<&Measured>, scale: Option<&Scale>) -> Accepted {
    match (measured, scale) {
        (Some(Measured::Marks { most }), _) => Accepted::Marks { most: *most },
        (Some(Measured::Grades { .. }), Some(scale)) => Accepted::Grades {
            scale: scale.key().to_owned(),
            labels: scale.all_labels(),
        },
        _ => Accepted::Nothing,
    }
}

/// How a cell is shown where it is typed; reading it gives the same again.
pub fn written(typed: &Typed) -> String {
    let mark = |mark: &Mark| match mark {
        Mark::Number(thousandths) => thousandths_text(*thousandths),
        Mark::Grade { label, .. } => label.clone(),
    };
    match typed {
        Typed::Cleared => String::new(),
        Typed::Mark(of) => mark(of),
        Typed::Late(None) => "late".to_owned(),
        Typed::Late(Some(of)) => format!("late {}", mark(of)),
        Typed::Instead(Instead::Absent) => "abs".to_owned(),
        Typed::Instead(Instead::Exempt) => "ex".to_owned(),
        Typed::Instead(Instead::NotHandedIn) => "nhi".to_owned(),
    }
}

/// A number with up to three decimals, in thousandths.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    read_thousandths(text).ok().flatten()
}

/// The word in place of a mark or a grade that a text is; nothing where it is a grade. A word is no other spelling of the
/// lowest grade, though: who types it does not mean nought.
pub fn word_instead(text: &str, scale: Option<&Scale>) -> Option<Instead> {
    let text = text.trim();
    let is_grade = |scale: &Scale| {
        let Ok(grade) = scale.parse(text) else {
            return false;
        };
        let label = scale.label(grade);
        label.eq_ignore_ascii_case(text) || scale.labels().next() != Some(label.as_str())
    };
    if scale.is_some_and(is_grade) {
        return None;
    }
    instead(&plain(text))
}

fn instead(plain: &str) -> Option<Instead> {
    [
        (&ABSENT[..], Instead::Absent),
        (&EXEMPT[..], Instead::Exempt),
        (&NOT_HANDED_IN[..], Instead::NotHandedIn),
    ]
    .into_iter()
    .find(|(words, _)| words.contains(&plain))
    .map(|(_, instead)| instead)
}

/// What is left of `late 14`, `14 late` or `14L`.
fn without_late(text: &str) -> Option<&str> {
    let spaced = |part: &str| part.starts_with(char::is_whitespace) || part.starts_with(':');
    for word in LATE {
        let before = text.get(..word.len()).zip(text.get(word.len()..));
        if let Some((first, rest)) = before
            && plain(first) == word
            && spaced(rest)
        {
            return Some(rest.trim_start_matches([':', ' ', '\t']).trim());
        }
        let Some(start) = text.len().checked_sub(word.len()) else {
            continue;
        };
        let after = text.get(..start).zip(text.get(start..));
        if let Some((rest, last)) = after
            && plain(last) == word
            && rest.ends_with(|letter: char| letter.is_whitespace() || letter.is_ascii_digit())
        {
            return Some(rest.trim());
        }
    }
    None
}

/// A mark, or a grade in full.
fn own_mark(
    text: &str,
    measured: Option<&Measured>,
    scale: Option<&Scale>,
) -> Result<Mark, NotReadKind> {
    match (measured, scale) {
        (Some(Measured::Marks { most }), _) => number(text, *most).map(Mark::Number),
        (Some(Measured::Grades { .. }), Some(scale)) => match scale.parse(text) {
            Ok(grade) => Ok(Mark::Grade {
                scale: scale.key().to_owned(),
                label: scale.label(grade),
            }),
            Err(problem) => Err(NotReadKind::NoGrade(problem.kind)),
        },
        _ => Err(NotReadKind::NotMeasured),
    }
}

/// A mark, or a grade by its first letters.
fn any_mark(
    text: &str,
    measured: Option<&Measured>,
    scale: Option<&Scale>,
) -> Result<Mark, NotReadKind> {
    match (measured, scale) {
        (Some(Measured::Grades { .. }), Some(scale)) => match typed_grade(scale, text) {
            Ok(label) => Ok(Mark::Grade {
                scale: scale.key().to_owned(),
                label,
            }),
            Err(NotTyped::Several(labels)) => Err(NotReadKind::Several(labels)),
            Err(NotTyped::Problem(kind)) => Err(NotReadKind::NoGrade(kind)),
        },
        _ => own_mark(text, measured, scale),
    }
}

/// `14`, `14.5`, `14,5`, or `14/40` where that is the highest mark.
fn number(text: &str, most: i64) -> Result<i64, NotReadKind> {
    let digits = match text.split_once('/') {
        Some((mark, of)) if thousandths(of.trim()) == Some(most) => mark.trim_end(),
        _ => text,
    };
    match read_thousandths(digits) {
        Err(_) => Err(NotReadKind::TooManyDecimals),
        Ok(None) => Err(NotReadKind::NoMark),
        Ok(Some(mark)) if (0..=most).contains(&mark) => Ok(mark),
        Ok(Some(_)) => Err(NotReadKind::OutOfRange),
    }
}
