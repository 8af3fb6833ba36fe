//! How people write grades.

use std::collections::HashMap;

use super::definition::{GradedScale, ScaleProblem};
use super::grade::Ranks;
use super::position::Position;

/// The form in which spellings are compared: lower case, no spaces, one kind of dash, and the
/// words *plus*, *minus* and *equals* at the end as their signs.
pub(super) fn normalise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2212}' | '\u{2010}'..='\u{2015}' | '\u{FE63}' | '\u{FF0D}' => plain.push('-'),
            '\u{FF0B}' => plain.push('+'),
            '\u{FF1D}' => plain.push('='),
            '\u{2217}' | '\u{FF0A}' => plain.push('*'),
            _ if letter.is_whitespace() || letter == '\u{FEFF}' || letter == '\u{200B}' => {}
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    for (word, sign) in [("plus", '+'), ("minus", '-'), ("equals", '=')] {
        if let Some(stem) = plain.strip_suffix(word)
            && !stem.is_empty()
        {
            let mut short = stem.to_owned();
            short.push(sign);
            return short;
        }
    }
    plain
}

/// A mark in units of the last decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// Not a number at all.
    None,
    /// A number with more decimals than allowed.
    TooFine,
    /// The number times ten to the power of the decimals.
    Mark(i64),
}

/// Reads `7`, `7.5` or `7,50` with at most `decimals` decimals that are not nought.
pub(super) fn read_number(text: &str, decimals: u8) -> Number {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits
        .split_once(['.', ','])
        .map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || whole.len() > 9 || fraction.is_some_and(|part| !all_digits(part)) {
        return Number::None;
    }
    let fraction = fraction.unwrap_or("").trim_end_matches('0');
    if fraction.len() > usize::from(decimals) {
        return Number::TooFine;
    }
    let joined = format!("{whole}{fraction:0<width$}", width = usize::from(decimals));
    match joined.parse::<i64>() {
        Ok(mark) => Number::Mark(if negative { -mark } else { mark }),
        Err(_) => Number::None,
    }
}

pub(super) fn u8_of(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(u8::MAX)
}

/// Checks a graded scale and reads the spellings of its grades and bands.
pub(super) fn graded_spellings(
    graded: &GradedScale,
) -> Result<HashMap<String, Ranks>, ScaleProblem> {
    if graded.grades.is_empty() {
        return Err(ScaleProblem::NoGrades);
    }
    if graded.grades.len() > usize::from(u8::MAX) {
        return Err(ScaleProblem::TooManyGrades);
    }
    let mut spellings = HashMap::new();
    let mut below: Option<Position> = None;
    for (rank, grade) in graded.grades.iter().enumerate() {
        if below.is_some_and(|below| below >= grade.position) {
            return Err(ScaleProblem::NotAscending(grade.label.clone()));
        }
        below = Some(grade.position);
        let ranks = Ranks {
            lowest: u8_of(rank),
            highest: u8_of(rank),
        };
        add_spellings(&mut spellings, &grade.label, &grade.accepts, ranks)?;
    }
    for band in &graded.bands {
        let end = |label: &str| spellings.get(&normalise(label)).copied();
        let bad = || ScaleProblem::BadBand(band.label.clone());
        let from = end(&band.from).ok_or_else(bad)?;
        let to = end(&band.to).ok_or_else(bad)?;
        if from.lowest >= to.highest {
            return Err(bad());
        }
        let ranks = Ranks {
            lowest: from.lowest,
            highest: to.highest,
        };
        add_spellings(&mut spellings, &band.label, &band.accepts, ranks)?;
    }
    Ok(spellings)
}

pub(super) fn add_spellings(
    spellings: &mut HashMap<String, Ranks>,
    label: &str,
    accepts: &[String],
    ranks: Ranks,
) -> Result<(), ScaleProblem> {
    for word in core::iter::once(label).chain(accepts.iter().map(String::as_str)) {
        let plain = normalise(word);
        let held = spellings.insert(plain.clone(), ranks);
        if plain.is_empty() || held.is_some_and(|held| held != ranks) {
            return Err(ScaleProblem::Ambiguous(word.to_owned()));
        }
    }
    Ok(())
}
