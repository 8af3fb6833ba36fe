//! What stands between two fields.

use serde::{Deserialize, Serialize};

/// A character that separates fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, as spreadsheets write where the comma is the decimal sign.
    Semicolon,
    /// The tabulator, as spreadsheets copy and paste.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All delimiters, likeliest first.
    pub const ALL: [Delimiter; 4] = [
        Delimiter::Comma,
        Delimiter::Semicolon,
        Delimiter::Tab,
        Delimiter::Pipe,
    ];

    /// The character.
    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Pipe => b'|',
        }
    }
}

/// How much of a file the guess looks at, in bytes and records.
const SAMPLE_BYTES: usize = 64 * 1024;
pub(super) const SAMPLE_RECORDS: usize = 50;

/// The beginning of a text, cut between two characters.
pub(super) fn sample(text: &str) -> &str {
    let mut end = SAMPLE_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// The number of fields that most records have, and how many records have it.
pub(super) fn usual_width(widths: &[usize]) -> (usize, usize) {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .filter_map(|run| run.first().map(|width| (*width, run.len())))
        .max_by_key(|(width, times)| (*times, *width))
        .unwrap_or((0, 0))
}

/// The delimiter that cuts the text into the most even rows; `sep=;` in the first line decides.
pub(super) fn detect(text: &str) -> Delimiter {
    let first = text.lines().next().unwrap_or("").trim_matches('"');
    if let Some(named) = first.strip_prefix("sep=") {
        let named = Delimiter::ALL
            .into_iter()
            .find(|each| named.as_bytes() == [each.byte()]);
        if let Some(named) = named {
            return named;
        }
    }
    let sample = sample(text);
    let mut best = (Delimiter::Comma, 0, 0);
    // What is not there cuts nothing.
    let there = |each: &Delimiter| memchr::memchr(each.byte(), sample.as_bytes()).is_some();
    for delimiter in Delimiter::ALL.into_iter().filter(there) {
        let mut widths: Vec<usize> = Vec::new();
        let mut reader = super::parse::reader(sample, delimiter);
        let mut record = csv::ByteRecord::new();
        while widths.len() < SAMPLE_RECORDS
            && matches!(reader.read_byte_record(&mut record), Ok(true))
        {
            widths.push(record.len());
        }
        // The last record of a cut sample is cut too.
        if sample.len() < text.len() && widths.len() > 1 && widths.len() < SAMPLE_RECORDS {
            widths.pop();
        }
        let several: Vec<usize> = widths.iter().copied().filter(|width| *width > 1).collect();
        let (width, times) = usual_width(&several);
        let share = (times * 1000).checked_div(widths.len()).unwrap_or(0);
        if (share, width) > (best.1, best.2) {
            best = (delimiter, share, width);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_rows_tell_the_delimiter() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", Delimiter::Comma),
            ("a;b;c\n1,5;2,5;x\n1,5;3;y\n", Delimiter::Semicolon),
            ("Name\tForm\nHall, Ann\t8B\nLow, Ben\t8C", Delimiter::Tab),
            ("a|b\n1|2", Delimiter::Pipe),
            (
                "a,b\n\"x;y;z\",\"1;2;3\"\n\"u;v;w\",\"4;5;6\"",
                Delimiter::Comma,
            ),
            ("sep=;\na,b;c\n", Delimiter::Semicolon),
            ("just one column\nx\n", Delimiter::Comma),
            ("", Delimiter::Comma),
        ] {
            assert_eq!(detect(text), delimiter, "{text}");
        }
    }
}
