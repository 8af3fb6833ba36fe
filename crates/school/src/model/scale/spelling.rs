//! How people write grades.

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
