//! Tables as CSV for spreadsheets: UTF-8 with a byte order mark, rows ended as RFC 4180 says, and
//! no cell that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// First characters that make a spreadsheet take a cell for a formula, or that hide such a one
/// (tab and line ends are passed over by some).
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// The mark that makes spreadsheets take a cell for text.
const MARK: char = '\'';

/// A number as a spreadsheet reads it, such as −0.5 or +2: no formula.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let (whole, part) = digits
        .split_once(['.', ','])
        .map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && part.is_none_or(all_digits)
}

/// Whether a spreadsheet could take this text for a formula.
pub fn looks_like_formula(text: &str) -> bool {
    text.starts_with(FORMULA_STARTS) && !is_plain_number(text)
}

/// A text that no spreadsheet takes for a formula: the mark goes before one that looks like a
/// formula, and before one that already bears the mark, so that it can be taken off again.
pub fn marked(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text.trim_start_matches(MARK)) {
        Cow::Owned(format!("{MARK}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text without the mark that [`marked`] put there.
pub fn unmarked(text: &str) -> &str {
    match text.strip_prefix(MARK) {
        Some(rest) if looks_like_formula(rest.trim_start_matches(MARK)) => rest,
        _ => text,
    }
}

/// Writes rows as one CSV file.
#[derive(Debug)]
pub struct CsvOut {
    writer: csv::Writer<Vec<u8>>,
}

impl Default for CsvOut {
    fn default() -> Self {
        CsvOut {
            writer: csv::WriterBuilder::new()
                .flexible(true)
                .terminator(csv::Terminator::CRLF)
                .from_writer("\u{FEFF}".as_bytes().to_vec()),
        }
    }
}

/// CSV could not be written; writing to memory does not fail, so this should never be seen.
#[derive(Debug, thiserror::Error)]
#[error("CSV could not be written")]
pub struct NotWritten;

impl CsvOut {
    /// Adds a row.
    ///
    /// # Errors
    /// [`NotWritten`], when the writer of CSV refuses.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), NotWritten> {
        for cell in cells {
            self.writer
                .write_field(marked(cell).as_bytes())
                .map_err(|_| NotWritten)?;
        }
        self.writer
            .write_record(core::iter::empty::<&[u8]>())
            .map_err(|_| NotWritten)
    }

    /// The bytes of the whole file.
    ///
    /// # Errors
    /// [`NotWritten`], when the writer of CSV refuses.
    pub fn finish(self) -> Result<Vec<u8>, NotWritten> {
        self.writer.into_inner().map_err(|_| NotWritten)
    }
}

/// A whole table as CSV: the headers, then the rows.
///
/// # Errors
/// [`NotWritten`], when the writer of CSV refuses.
pub fn table<'a, R>(
    headers: impl IntoIterator<Item = &'a str>,
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, NotWritten>
where
    R: IntoIterator<Item = &'a str>,
{
    let mut out = CsvOut::default();
    out.row(headers)?;
    for row in rows {
        out.row(row)?;
    }
    out.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_marked_and_numbers_are_not() {
        for formula in [
            "=1+1", "+cmd", "-2+3", "@x", "\t=1", "\r=1", "-", "=", "--1", "'=1",
        ] {
            let out = marked(formula);
            assert!(out.starts_with('\''), "{formula:?}");
            assert_eq!(unmarked(&out), formula);
        }
        for plain in [
            "-0.5", "+2", "-1,5", "O'Neill", "'tis", "'-5", "", "5-", "12%", "-3%",
        ] {
            assert_eq!(marked(plain), plain);
            assert_eq!(unmarked(plain), plain);
        }
    }

    #[test]
    fn a_table_is_written_for_spreadsheets() {
        let bytes = table(["A", "B"], [["x,y", "=1"], ["a\"b", ""], ["", ""]]).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{FEFF}A,B\r\n\"x,y\",'=1\r\n\"a\"\"b\",\r\n,\r\n"
        );
    }
}
