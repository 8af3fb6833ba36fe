//! One cell of a file as the value of a field.

use flightpath_school::model::scale::Scale;
use flightpath_school::model::{Measure, Value};

use super::CellReason;
use crate::cells::{self, DateOrder};

/// Most characters of a name or code.
const LONGEST_TEXT: usize = 200;
/// Most characters of a comment.
const LONGEST_COMMENT: usize = 4_000;

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reading<'a> {
    Text,
    AdmissionNumber,
    Upn,
    Comment,
    Date {
        order: DateOrder,
        latest_year: u16,
    },
    Sex,
    Sen,
    YearGroup,
    Flag,
    Percent,
    Score(Measure),
    Grade(&'a Scale),
    /// A measure's grade, or a code in its place.
    Assessed(&'a Scale, Measure),
}

/// Text without differences that no reader sees: line ends of one kind.
pub(super) fn tidy(text: &str) -> String {
    text.trim().replace("\r\n", "\n").replace('\r', "\n")
}

/// Reads a cell that is not blank.
pub(super) fn read(text: &str, reading: Reading<'_>) -> Result<Value, CellReason> {
    match reading {
        Reading::Text | Reading::AdmissionNumber => kept(text, LONGEST_TEXT),
        Reading::Comment => kept(text, LONGEST_COMMENT),
        Reading::Upn => Ok(Value::text(&text.to_uppercase())),
        Reading::Date { order, latest_year } => cells::date(text, order, latest_year)
            .map(Value::Date)
            .ok_or(CellReason::NotADate),
        Reading::Sex => cells::sex(text).map(Value::text).ok_or(CellReason::NotASex),
        Reading::Sen => cells::sen(text)
            .map(Value::text)
            .ok_or(CellReason::NotASenStatus),
        // The row has been refused already where this is no year group.
        Reading::YearGroup => flightpath_school::model::YearGroup::parse(text)
            .map(|year| Value::whole(i64::from(year.number())))
            .ok_or(CellReason::NotANumber),
        Reading::Flag => cells::flag(text)
            .map(Value::Flag)
            .ok_or(CellReason::NotAFlag),
        Reading::Percent => in_range(text.trim_end_matches(['%', ' ']), 0, 100),
        Reading::Score(measure) => score(text, measure),
        Reading::Grade(scale) => grade(text, scale),
        // A code first: what the measure has as a code is no grade, on whatever scale.
        Reading::Assessed(scale, measure) => match code(text, measure) {
            Some(code) => Ok(code),
            None => grade(text, scale),
        },
    }
}

fn grade(text: &str, scale: &Scale) -> Result<Value, CellReason> {
    scale
        .parse(text)
        .map(|grade| Value::grade(scale.key(), &scale.label(grade)))
        .map_err(|_| CellReason::NotAGrade {
            scale: scale.key().to_owned(),
        })
}

fn code(text: &str, measure: Measure) -> Option<Value> {
    let code = measure.code(text)?;
    Some(Value::Code(code.into()))
}

fn kept(text: &str, most: usize) -> Result<Value, CellReason> {
    let text = tidy(text);
    if text.chars().count() > most {
        return Err(CellReason::TooLong { most });
    }
    Ok(Value::text(&text))
}

fn in_range(text: &str, lowest: i64, highest: i64) -> Result<Value, CellReason> {
    let value = cells::thousandths(text).ok_or(CellReason::NotANumber)?;
    if (lowest * 1000..=highest * 1000).contains(&value) {
        Ok(Value::Number(value))
    } else {
        Err(CellReason::OutOfRange { lowest, highest })
    }
}

/// A score within the measure's range, or a code that may stand for one.
fn score(text: &str, measure: Measure) -> Result<Value, CellReason> {
    if let Some(code) = code(text, measure) {
        return Ok(code);
    }
    let Some((lowest, highest)) = measure.range() else {
        return Err(CellReason::NotANumber);
    };
    in_range(text, lowest, highest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn scores_keep_to_their_range() {
        let read = |text| read(text, Reading::Score(Measure::Ks2Reading));
        assert_eq!(read("80"), Ok(Value::whole(80)));
        assert_eq!(read("120"), Ok(Value::whole(120)));
        assert_eq!(
            read("131"),
            Err(CellReason::OutOfRange {
                lowest: 80,
                highest: 120
            })
        );
        assert_eq!(
            read("79"),
            Err(CellReason::OutOfRange {
                lowest: 80,
                highest: 120
            })
        );
        assert_eq!(read("b"), Ok(Value::Code("B".into())));
        assert_eq!(read("Z"), Err(CellReason::NotANumber));
    }

    #[test]
    fn a_code_in_place_of_a_teacher_assessment_is_kept_and_never_a_grade() {
        let scales = flightpath_school::model::scale::ScaleSet::shipped();
        let read = |text, scale: &str| {
            let scale = scales.get(scale).unwrap();
            read(text, Reading::Assessed(scale, Measure::Ks2WritingTa))
        };
        for (text, code) in [("A", "A"), ("d", "D"), ("M", "M"), ("U", "U")] {
            assert_eq!(read(text, "primary-ta"), Ok(Value::Code(code.into())));
        }
        // Not even where the scale has a grade of this name.
        assert_eq!(read("A", "gcse-a-g"), Ok(Value::Code("A".into())));
        assert_eq!(
            read("exs", "primary-ta"),
            Ok(Value::grade("primary-ta", "EXS"))
        );
        assert!(matches!(
            read("H", "primary-ta"),
            Err(CellReason::NotAGrade { .. })
        ));
    }

    #[test]
    fn averages_of_the_old_scale_end_at_eight() {
        let read = |text| read(text, Reading::Score(Measure::AverageGcseEightPoint));
        assert_eq!(read("6.1"), Ok(Value::Number(6_100)));
        assert_eq!(
            read("8.5"),
            Err(CellReason::OutOfRange {
                lowest: 0,
                highest: 8
            })
        );
    }

    #[test]
    fn attendance_may_bear_its_sign() {
        assert_eq!(read("96.6 %", Reading::Percent), Ok(Value::Number(96_600)));
        assert!(matches!(
            read("101", Reading::Percent),
            Err(CellReason::OutOfRange { .. })
        ));
    }

    #[test]
    fn endless_text_is_refused() {
        assert!(read(&"x".repeat(200), Reading::Text).is_ok());
        assert_eq!(
            read(&"x".repeat(201), Reading::Text),
            Err(CellReason::TooLong { most: 200 })
        );
    }
}
