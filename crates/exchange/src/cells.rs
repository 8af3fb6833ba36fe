//! Single cells read as dates, numbers, flags and codes, in all the ways schools write them.

use serde::{Deserialize, Serialize};

use flightpath_school::model::CivilDate;

/// The order of day, month and year in dates of numbers; ISO dates are read in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 22/11/2026, as in Britain and Spain.
    DayMonthYear,
    /// 11/22/2026, as in the United States.
    MonthDayYear,
    /// 2026/11/22.
    YearMonthDay,
}

impl DateOrder {
    /// All orders, likeliest first.
    pub const ALL: [DateOrder; 3] = [
        DateOrder::DayMonthYear,
        DateOrder::YearMonthDay,
        DateOrder::MonthDayYear,
    ];
}

/// Months by the first three letters, English then Spanish where it differs.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb"],
    &["mar"],
    &["apr", "abr"],
    &["may"],
    &["jun"],
    &["jul"],
    &["aug", "ago"],
    &["sep"],
    &["oct"],
    &["nov"],
    &["dec", "dic"],
];

fn month_of(word: &str) -> Option<u8> {
    let start: String = word.chars().flat_map(char::to_lowercase).take(3).collect();
    MONTHS
        .iter()
        .position(|names| names.contains(&start.as_str()))
        .and_then(|index| u8::try_from(index + 1).ok())
}

/// Whether a cell holds no value: empty, or only dashes.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—'))
}

/// The three parts of a date, without a time that follows them.
fn parts(text: &str) -> Option<[&str; 3]> {
    let date = match text.split_once(['T', ' ']) {
        Some((date, rest)) if rest.contains(':') => date,
        _ => text,
    };
    let mut parts = date
        .split(['/', '-', '.', ' ', ','])
        .filter(|part| !part.is_empty());
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

fn number(text: &str) -> Option<i32> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// A year of four digits, or of two: those up to `latest` are of its century, others of the one
/// before.
fn year(text: &str, latest: u16) -> Option<i32> {
    let number = number(text)?;
    match text.len() {
        4 => Some(number),
        2 => {
            let century = i32::from(latest) / 100 * 100;
            let year = century + number;
            Some(if year > i32::from(latest) {
                year - 100
            } else {
                year
            })
        }
        _ => None,
    }
}

fn small(text: &str) -> Option<u8> {
    (text.len() <= 2)
        .then(|| number(text))
        .flatten()
        .and_then(|number| u8::try_from(number).ok())
}

/// Reads a date; `latest_year` tells the century of years of two digits.
pub fn date(text: &str, order: DateOrder, latest_year: u16) -> Option<CivilDate> {
    let [first, second, third] = parts(text.trim())?;
    if let Some(month) = month_of(second).filter(|_| number(second).is_none()) {
        return CivilDate::new(year(third, latest_year)?, month, small(first)?);
    }
    if first.len() == 4 {
        return CivilDate::new(number(first)?, small(second)?, small(third)?);
    }
    let (y, m, d) = match order {
        DateOrder::DayMonthYear => (third, second, first),
        DateOrder::MonthDayYear => (third, first, second),
        DateOrder::YearMonthDay => (first, second, third),
    };
    CivilDate::new(year(y, latest_year)?, small(m)?, small(d)?)
}

/// How the dates of a column can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderOfColumn {
    /// Every date reads in one way only, or all ways agree.
    Certain(DateOrder),
    /// This date, and no date that settles it, reads in two ways.
    TwoWays {
        /// The first such date of the column.
        example: String,
    },
    /// No dates.
    NoDates,
}

/// The order of the dates of a column, if it can be known.
pub fn order_of<'a>(cells: impl Iterator<Item = &'a str>) -> OrderOfColumn {
    let mut day_first = 0_usize;
    let mut month_first = 0_usize;
    let mut year_first = 0_usize;
    let mut same_either_way = 0_usize;
    let mut two_ways: Option<&str> = None;
    for cell in cells {
        let Some([first, second, third]) = parts(cell) else {
            continue;
        };
        if first.len() == 4 && number(first).is_some() {
            year_first += 1;
            continue;
        }
        if month_of(second).is_some() && number(second).is_none() {
            same_either_way += 1;
            continue;
        }
        let (Some(first), Some(second), Some(_)) = (small(first), small(second), number(third))
        else {
            continue;
        };
        match (first, second) {
            (13.., 1..=12) => day_first += 1,
            (1..=12, 13..) => month_first += 1,
            (a, b) if a == b => same_either_way += 1,
            (1..=12, 1..=12) => two_ways = two_ways.or(Some(cell)),
            _ => {}
        }
    }
    match (day_first, month_first, two_ways) {
        (0, 0, Some(example)) => OrderOfColumn::TwoWays {
            example: example.to_owned(),
        },
        (0, 0, None) if year_first > 0 => OrderOfColumn::Certain(DateOrder::YearMonthDay),
        (0, 0, None) if same_either_way > 0 => OrderOfColumn::Certain(DateOrder::DayMonthYear),
        (0, 0, None) => OrderOfColumn::NoDates,
        (_, 0, _) => OrderOfColumn::Certain(DateOrder::DayMonthYear),
        (0, _, _) => OrderOfColumn::Certain(DateOrder::MonthDayYear),
        // Both orders are proved, so the column holds mistakes; the more frequent order is right
        // for more rows, and the others are refused as no dates.
        (day, month, _) if day >= month => OrderOfColumn::Certain(DateOrder::DayMonthYear),
        _ => OrderOfColumn::Certain(DateOrder::MonthDayYear),
    }
}

/// Reads a decimal number, with point or comma, as thousandths; finer parts are refused.
pub fn thousandths(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 3 {
        return None;
    }
    if !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    let value = whole * 1000 + part;
    Some(if negative { -value } else { value })
}

/// Reads yes or no, in English, Spanish or with signs.
pub fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "1" | "x" | "✓" | "✔" | "s" | "si" | "sí" => Some(true),
        "n" | "no" | "f" | "false" | "0" | "✗" | "✘" => Some(false),
        _ => None,
    }
}

/// Reads a sex: F, M, or the single letter of another code.
pub fn sex(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "f" | "female" | "girl" | "g" | "woman" | "mujer" => Some("F"),
        "m" | "male" | "boy" | "b" | "man" | "hombre" | "varón" => Some("M"),
        "x" | "other" | "non-binary" => Some("X"),
        "u" | "unknown" | "not known" | "not specified" => Some("U"),
        _ => None,
    }
}

/// Reads an SEN status: N none, K support, E education, health and care plan.
pub fn sen(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "n" | "none" | "no" | "no sen" | "no special educational need" => Some("N"),
        "k" | "sen support" | "support" | "s" => Some("K"),
        "e"
        | "ehcp"
        | "ehc plan"
        | "education, health and care plan"
        | "education health and care plan" => Some("E"),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        date(text, DateOrder::DayMonthYear, 2026).map(|date| date.to_string())
    }

    #[test]
    fn dates_as_schools_write_them() {
        for text in [
            "02/01/2012",
            "2/1/2012",
            "02-01-12",
            "2012-01-02",
            "2 January 2012",
            "02-ene-2012",
            "02.01.2012",
            "02/01/2012 00:00:00",
            "2012-01-02T00:00:00",
        ] {
            assert_eq!(read(text).as_deref(), Some("2012-01-02"), "{text}");
        }
        for text in [
            "31/02/2014",
            "1/2",
            "x",
            "",
            "1/2/3/4",
            "41000",
            "01/02/123",
            "00/00/0000",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("01/02/98").as_deref(), Some("1998-02-01"));
        assert_eq!(
            date("01/02/2012", DateOrder::MonthDayYear, 2026)
                .unwrap()
                .to_string(),
            "2012-01-02"
        );
    }

    #[test]
    fn a_column_shows_its_order_or_is_asked_about() {
        let of = |cells: &[&str]| order_of(cells.iter().copied());
        assert_eq!(
            of(&["01/02/2012", "31/02/2014"]),
            OrderOfColumn::Certain(DateOrder::DayMonthYear)
        );
        assert_eq!(
            of(&["01/02/2012", "02/28/2014"]),
            OrderOfColumn::Certain(DateOrder::MonthDayYear)
        );
        assert_eq!(
            of(&["", "01/02/2012", "03/03/2012"]),
            OrderOfColumn::TwoWays {
                example: "01/02/2012".to_owned()
            }
        );
        assert_eq!(
            of(&["2012-02-01"]),
            OrderOfColumn::Certain(DateOrder::YearMonthDay)
        );
        assert_eq!(of(&["x", ""]), OrderOfColumn::NoDates);
    }

    #[test]
    fn numbers_in_thousandths() {
        for (text, value) in [
            ("96.6", 96_600),
            ("96,60", 96_600),
            ("-0.5", -500),
            ("103", 103_000),
        ] {
            assert_eq!(thousandths(text), Some(value), "{text}");
        }
        for text in ["", ".", "1.2345", "1e3", "9999999999", "--1", "1.2.3", "٣"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
        assert_eq!(thousandths("1.5000"), Some(1_500));
    }
}
