//! From bytes or text to a [`Table`].

use super::delimiter::{self, Delimiter};
use super::header::{self, HeaderChoice, MOST_ABOVE};
use super::{MOST_BYTES, MOST_CELLS, MOST_COLUMNS, Oddity, ReadError, ReadOptions, RowMark, Table};
use crate::text::{self, Encoding, EncodingWhy};

/// Lines that one row may take before it is pointed out: no name or comment has so many.
const LONG_ROW_LINES: u32 = 50;

/// Reads a file.
///
/// `decode` turns the bytes into text in the encoding given; a byte order mark may be left in.
///
/// # Errors
/// [`ReadError`], when there is nothing that could be shown as a table.
pub fn from_bytes(
    bytes: &[u8],
    options: &ReadOptions,
    decode: impl FnOnce(Encoding, &[u8]) -> Option<String>,
) -> Result<Table, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            most: MOST_BYTES,
        });
    }
    if let Some(foreign) = text::foreign(bytes) {
        return Err(ReadError::NotText(foreign));
    }
    let (encoding, why) = match options.encoding {
        Some(encoding) => (encoding, EncodingWhy::Chosen),
        None => text::detect(bytes),
    };
    let decoded = decode(encoding, bytes).ok_or(ReadError::WrongEncoding(encoding))?;
    let mut table = from_text(&decoded, options)?;
    table.encoding = encoding;
    table.encoding_why = why;
    Ok(table)
}

/// Reads text, such as a paste from a spreadsheet.
///
/// # Errors
/// [`ReadError`], when there is nothing that could be shown as a table.
pub fn from_text(text: &str, options: &ReadOptions) -> Result<Table, ReadError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // UTF-16 may take two bytes where UTF-8 takes three, and never more.
    if text.len() > MOST_BYTES / 2 * 3 {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            most: MOST_BYTES,
        });
    }
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let delimiter = options.delimiter.unwrap_or_else(|| delimiter::detect(text));
    let header = options
        .header
        .unwrap_or_else(|| header::detect(&first_records(text, delimiter)));
    fill(text, delimiter, header)
}

/// The reader that is used for every file: rows of any length, quotes doubled.
pub(super) fn reader(text: &str, delimiter: Delimiter) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .buffer_capacity(64 * 1024)
        .from_reader(text.as_bytes())
}

fn first_records(text: &str, delimiter: Delimiter) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut reader = reader(delimiter::sample(text), delimiter);
    while records.len() < delimiter::SAMPLE_RECORDS
        && matches!(reader.read_record(&mut record), Ok(true))
    {
        records.push(record.iter().map(str::to_owned).collect());
    }
    records
}

/// Counts lines up to a place. What ends a row ends a line: a line feed, or a return without one.
struct Lines<'a> {
    bytes: &'a [u8],
    counted_to: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Lines<'a> {
        Lines {
            bytes: text.as_bytes(),
            counted_to: 0,
            line: 1,
        }
    }

    /// The line of the first content at or after this byte; places must not go back.
    fn line_at(&mut self, byte: usize) -> u32 {
        let empty = self
            .bytes
            .get(byte..)
            .unwrap_or(&[])
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let to = byte.saturating_add(empty).min(self.bytes.len());
        let passed = self.bytes.get(self.counted_to..to).unwrap_or(&[]);
        let ends = memchr::memchr2_iter(b'\n', b'\r', passed)
            .map(|place| self.counted_to + place)
            .filter(|place| {
                self.bytes.get(*place) == Some(&b'\n') || self.bytes.get(place + 1) != Some(&b'\n')
            })
            .count();
        self.line = self
            .line
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.counted_to = self.counted_to.max(to);
        self.line
    }
}

fn offset(number: usize) -> u32 {
    // Texts are at most 75 MB and cells 3 million, which 32 bits hold.
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn fill(text: &str, delimiter: Delimiter, header: HeaderChoice) -> Result<Table, ReadError> {
    let mut table = Table {
        encoding: Encoding::Utf8,
        encoding_why: EncodingWhy::AlreadyText,
        delimiter,
        header,
        header_line: None,
        headers: Vec::new(),
        above: Vec::new(),
        oddities: Vec::new(),
        text: String::new(),
        cell_ends: Vec::new(),
        rows: Vec::new(),
    };
    let header_record = match header {
        HeaderChoice::None => None,
        HeaderChoice::Record(index) => Some(index as usize),
    };
    let mut lines = Lines::new(text);
    let mut reader = reader(text, delimiter);
    // Bytes, not text: a text cut at delimiters and line ends is text again, and each field of its
    // own would be looked through for that a second time.
    let mut record = csv::ByteRecord::new();
    let mut fields: Vec<u8> = Vec::with_capacity(text.len());
    let mut index = 0_usize;
    let mut empty_rows = 0_u32;
    let mut widest = 0_usize;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        // Rows may have any length, and nothing else can fail.
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            break;
        }
        let line = lines.line_at(start);
        if record.len() > MOST_COLUMNS {
            return Err(ReadError::TooManyColumns {
                line,
                columns: record.len(),
                most: MOST_COLUMNS,
            });
        }
        let this = index;
        index += 1;
        match header_record {
            Some(header) if this < header => {
                if table.above.len() < MOST_ABOVE {
                    let words: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
                    table.above.push(words.join(" "));
                }
                continue;
            }
            Some(header) if this == header => {
                table.headers = record
                    .iter()
                    .map(String::from_utf8_lossy)
                    .map(|cell| crate::csv_out::unmarked(&cell).trim().to_owned())
                    .collect();
                table.header_line = Some(line);
                continue;
            }
            _ => {}
        }
        if is_empty(record.as_slice()) {
            empty_rows = empty_rows.saturating_add(1);
            continue;
        }
        if table.cell_ends.len() + record.len() > MOST_CELLS {
            return Err(ReadError::TooManyCells {
                line,
                most: MOST_CELLS,
            });
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        note_long_row(&mut table, text, line, start, end);
        widest = widest.max(record.len());
        push(&mut table, &mut fields, &record, line);
    }
    table.text = String::from_utf8(fields)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    if header_record.is_none() {
        table.headers = vec![String::new(); widest];
    }
    if table.rows.is_empty() {
        return Err(ReadError::NoRows);
    }
    if empty_rows > 0 {
        table.oddities.push(Oddity::EmptyRows { count: empty_rows });
    }
    let unknown = text.matches('\u{FFFD}').count();
    if unknown > 0 {
        table.oddities.push(Oddity::UnknownCharacters {
            count: offset(unknown),
        });
    }
    Ok(table)
}

/// Whether the fields of a record hold nothing but white space.
fn is_empty(fields: &[u8]) -> bool {
    !fields.iter().any(u8::is_ascii_graphic) && String::from_utf8_lossy(fields).trim().is_empty()
}

/// Takes over a record with one copy of its text.
fn push(table: &mut Table, fields: &mut Vec<u8>, record: &csv::ByteRecord, line: u32) {
    let base = fields.len();
    table.rows.push(RowMark {
        line,
        first_cell: offset(table.cell_ends.len()),
    });
    fields.extend_from_slice(record.as_slice());
    for field in 0..record.len() {
        let end = record.range(field).map_or(0, |range| range.end);
        table.cell_ends.push(offset(base + end));
    }
}

fn note_long_row(table: &mut Table, text: &str, line: u32, start: usize, end: usize) {
    let bytes = text.as_bytes().get(start..end).unwrap_or(&[]);
    if bytes.len() < LONG_ROW_LINES as usize {
        return;
    }
    let lines = offset(memchr::memchr_iter(b'\n', bytes).count());
    let known = table
        .oddities
        .iter()
        .any(|oddity| matches!(oddity, Oddity::LongQuote { .. }));
    if lines > LONG_ROW_LINES && !known {
        table.oddities.push(Oddity::LongQuote { line, lines });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        from_text(text, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let table = table("Title\r\n\r\na,b\r\n1,\"x\r\ny\"\r\n\r\n3,4\r\n,\r\n5,6");
        assert_eq!(table.header_line, Some(3));
        assert_eq!(table.headers, ["a", "b"]);
        let lines: Vec<u32> = table.rows().map(|row| row.line()).collect();
        assert_eq!(lines, [4, 7, 9]);
        assert_eq!(table.row(0).unwrap().cell(1), "x\r\ny");
        assert_eq!(table.row(2).unwrap().number(), 3);
        assert_eq!(table.oddities, [Oddity::EmptyRows { count: 1 }]);
        assert_eq!(table.above, ["Title"]);
    }

    #[test]
    fn old_macintosh_line_ends_are_lines() {
        let table = table("a,b\r1,2\r3,4\r");
        assert_eq!(
            table.rows().map(|row| row.line()).collect::<Vec<_>>(),
            [2, 3]
        );
    }

    #[test]
    fn every_row_has_a_line_of_its_own_however_lines_end() {
        let table = table("a,b\r\n1,2\r3,4\n5,\"x\ry\"\r\r\n7,8\n");
        let lines: Vec<u32> = table.rows().map(|row| row.line()).collect();
        assert_eq!(lines, [2, 3, 4, 7]);
    }

    #[test]
    fn short_and_long_rows_keep_their_length() {
        let table = table("a,b,c\n1,2\n1,2,3,4\n1,2,3");
        let lengths: Vec<usize> = table.rows().map(|row| row.len()).collect();
        assert_eq!(lengths, [2, 4, 3]);
        assert_eq!(table.row(0).unwrap().cell(2), "");
        assert_eq!(table.row(1).unwrap().cell(9), "");
    }

    #[test]
    fn limits_are_errors() {
        let wide = "a,".repeat(MOST_COLUMNS + 1);
        assert!(matches!(
            from_text(&wide, &ReadOptions::default()),
            Err(ReadError::TooManyColumns { .. })
        ));
        let row = "1,".repeat(1_499) + "1\n";
        let header = (0..1_500).map(|n| format!("h{n}")).collect::<Vec<_>>();
        let many = header.join(",") + "\n" + &row.repeat(2_001);
        assert_eq!(
            from_text(&many, &ReadOptions::default()),
            Err(ReadError::TooManyCells {
                line: 2002,
                most: MOST_CELLS
            })
        );
        assert_eq!(
            from_text(" \n ", &ReadOptions::default()),
            Err(ReadError::Empty)
        );
        assert_eq!(
            from_text("a,b\n", &ReadOptions::default()),
            Err(ReadError::NoRows)
        );
    }

    #[test]
    fn a_quote_that_never_ends_is_pointed_out() {
        let text = String::from("a,b\n1,\"x\n") + &"2,3\n".repeat(60);
        assert!(matches!(
            table(&text).oddities.as_slice(),
            [Oddity::LongQuote { line: 2, .. }]
        ));
    }

    #[test]
    fn what_the_user_chose_wins() {
        let options = ReadOptions {
            delimiter: Some(Delimiter::Semicolon),
            header: Some(HeaderChoice::None),
            encoding: Some(Encoding::Windows1252),
        };
        let table = from_bytes(b"a;b\n1;2", &options, |encoding, bytes| {
            assert_eq!(encoding, Encoding::Windows1252);
            String::from_utf8(bytes.to_vec()).ok()
        })
        .unwrap();
        assert_eq!((table.len(), table.width()), (2, 2));
        assert_eq!(table.header_line, None);
        assert_eq!(table.encoding_why, EncodingWhy::Chosen);
    }
}
