//! What travels over the clipboard: text with tabulators, as Excel, LibreOffice and Google Sheets write and read it.

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};

use crate::keys::Way;
use crate::place::{Block, Place, Size};

/// Rows of texts; they need not be of one length.
pub type Texts = Vec<Vec<String>>;

/// Reads what a spreadsheet has copied. Cells with line breaks are quoted in it, with quotes inside doubled; a quote in a
/// cell that is not quoted from its beginning to its end is a quote.
pub fn read(text: &str) -> Texts {
    let text = well_quoted(text.trim_start_matches('\u{feff}'));
    let mut reader = ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader
        .records()
        .filter_map(Result::ok)
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// What a reader of quoted texts takes as it was meant: a cell that begins with a quote and is not quoted is quoted, and
/// so is the one cell of an empty line, which would be passed over.
fn well_quoted(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.is_empty() {
        return text;
    }
    let mut rest = text.strip_suffix('\n').unwrap_or(&text);
    let mut whole = String::with_capacity(rest.len() + 2);
    let mut begins = true;
    loop {
        let quoted = quoted_length(rest);
        let length = quoted.unwrap_or_else(|| rest.find(ENDS).unwrap_or(rest.len()));
        let (cell, after) = rest.split_at(length);
        let is_empty_line = begins && cell.is_empty() && !after.starts_with('\t');
        if is_empty_line || quoted.is_none() && cell.starts_with('"') {
            whole.push('"');
            whole.push_str(&cell.replace('"', "\"\""));
            whole.push('"');
        } else {
            whole.push_str(cell);
        }
        let Some(end) = after.chars().next() else {
            return whole;
        };
        whole.push(end);
        begins = end == '\n';
        rest = &after[end.len_utf8()..];
    }
}

/// What ends a cell that is not quoted.
const ENDS: [char; 2] = ['\t', '\n'];

/// How long the quoted cell is with which a text begins; nothing where it begins with none, or with one that only begins
/// with a quote.
fn quoted_length(text: &str) -> Option<usize> {
    let mut letters = text.strip_prefix('"')?.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter != '"' {
            continue;
        }
        // Behind the quote that the text begins with.
        let after = at + 2;
        match text[after..].chars().next() {
            Some('"') => letters.next(),
            Some('\t' | '\n') | None => return Some(after),
            Some(_) => return None,
        };
    }
    None
}

/// A cell of a table in a page may span so many rows and columns as far as it is believed.
const WIDEST_SPAN: usize = 200;

/// A cell of a table in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanning {
    /// What it says.
    pub text: String,
    /// How many rows it spans; at least 1.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
}

/// The rows of a table in a page, each with the cells that begin in it, as rows of texts: a text stands where its cell
/// begins, and what else the cell spans is empty.
pub fn unfolded(rows: Vec<Vec<Spanning>>) -> Texts {
    let mut table: Vec<Vec<Option<String>>> = vec![Vec::new(); rows.len()];
    for (row, cells) in rows.into_iter().enumerate() {
        let mut column = 0;
        for cell in cells {
            let taken = |column| matches!(table[row].get(column), Some(Some(_)));
            while taken(column) {
                column += 1;
            }
            let columns = cell.columns.clamp(1, WIDEST_SPAN);
            let spanned = table.iter_mut().skip(row);
            for into in spanned.take(cell.rows.clamp(1, WIDEST_SPAN)) {
                into.resize(into.len().max(column + columns), None);
                for at in &mut into[column..column + columns] {
                    at.get_or_insert_default();
                }
            }
            table[row][column] = Some(cell.text);
            column += columns;
        }
    }
    let rows = table.into_iter();
    rows.map(|row| row.into_iter().map(Option::unwrap_or_default).collect())
        .collect()
}

/// Writes a block as a spreadsheet reads it.
pub fn write(rows: &Texts) -> String {
    let mut writer = WriterBuilder::new()
        .delimiter(b'\t')
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        if writer.write_record(row).is_err() {
            break;
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    text.strip_suffix("\r\n").unwrap_or(&text).to_owned()
}

/// Where pasted texts go: one text fills the whole chosen block, a block is repeated where it fits a whole number of
/// times, and is laid down once where it does not.
pub fn spread(texts: &Texts, chosen: Block) -> Vec<(Place, &str)> {
    let height = texts.len();
    let width = texts.iter().map(Vec::len).max().unwrap_or(0);
    if height == 0 || width == 0 {
        return Vec::new();
    }
    let times = |chosen: usize, own: usize| {
        if chosen.is_multiple_of(own) {
            chosen / own
        } else {
            1
        }
    };
    let (down, along) = (times(chosen.height(), height), times(chosen.width(), width));
    let mut cells = Vec::new();
    for row in 0..height * down {
        for column in 0..width * along {
            let text = texts
                .get(row % height)
                .and_then(|line| line.get(column % width));
            if let Some(text) = text {
                let first = chosen.first();
                let place = Place::new(first.row + row, first.column + column);
                cells.push((place, text.as_str()));
            }
        }
    }
    cells
}

/// How many of the places lie beyond the last row or column.
pub fn outside(cells: &[(Place, &str)], size: Size) -> usize {
    let beyond = |place: Place| place.row >= size.rows || place.column >= size.columns;
    cells.iter().filter(|(place, _)| beyond(*place)).count()
}

/// From which cell each of the places is filled, when the edge of a block is pulled: its rows or columns in turn.
pub fn fill(from: Block, into: Block, way: Way) -> Vec<(Place, Place)> {
    into.places()
        .map(|place| {
            let source = match way {
                Way::Down | Way::Up => {
                    let beyond = place.row - into.first().row;
                    Place::new(from.first().row + beyond % from.height(), place.column)
                }
                Way::Left | Way::Right => {
                    let beyond = place.column - into.first().column;
                    Place::new(place.row, from.first().column + beyond % from.width())
                }
            };
            (place, source)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(rows: &[&[&str]]) -> Texts {
        rows.iter()
            .map(|row| row.iter().map(|text| (*text).to_owned()).collect())
            .collect()
    }

    #[test]
    fn cells_that_span_others_push_them_aside() {
        let cell = |text: &str, rows, columns| Spanning {
            text: text.to_owned(),
            rows,
            columns,
        };
        let one = |text| cell(text, 1, 1);
        let down = vec![vec![cell("9", 2, 1), one("7")], vec![one("8")]];
        assert_eq!(unfolded(down), texts(&[&["9", "7"], &["", "8"]]));
        let across = vec![
            vec![cell("9", 1, 2), one("7")],
            vec![one("6"), one("5"), one("4")],
        ];
        assert_eq!(
            unfolded(across),
            texts(&[&["9", "", "7"], &["6", "5", "4"]])
        );
        let both = vec![
            vec![one("a"), cell("b", 2, 2)],
            vec![cell("c", 3, 1), one("d")],
            vec![one("e")],
        ];
        assert_eq!(
            unfolded(both),
            texts(&[&["a", "b", ""], &["c", "", "", "d"], &["", "e"]])
        );
        let nonsense = vec![vec![cell("x", usize::MAX, 0)], vec![]];
        assert_eq!(unfolded(nonsense), texts(&[&["x"], &[""]]));
        let wide = unfolded(vec![vec![cell("x", 1, usize::MAX)]]);
        assert_eq!(wide[0].len(), WIDEST_SPAN);
    }

    #[test]
    fn what_spreadsheets_copy() {
        assert_eq!(read("7\t8\r\n9\t\r\n"), texts(&[&["7", "8"], &["9", ""]]));
        assert_eq!(read("7\n\n9\n"), texts(&[&["7"], &[""], &["9"]]));
        assert_eq!(
            read("\"two\nlines\"\t\"a \"\"word\"\"\"\r\n"),
            texts(&[&["two\nlines", "a \"word\""]])
        );
        assert_eq!(read("5"), texts(&[&["5"]]));
        assert_eq!(read("7\r\n\r\n"), texts(&[&["7"], &[""]]));
        assert_eq!(
            read("\r\n\"two\nlines\"\r\n\r\n7\r\n"),
            texts(&[&[""], &["two\nlines"], &[""], &["7"]])
        );
        assert_eq!(read(""), Texts::new());
        // An inch and a cell that only begins with a quote take nothing of the cells below them.
        assert_eq!(
            read("Grew 2\" this term\n\n\nFor row four\n"),
            texts(&[&["Grew 2\" this term"], &[""], &[""], &["For row four"]])
        );
        assert_eq!(
            read("\"Well done\t5\n\"Good\" he said\n\"\n\"\"\"\"\n"),
            texts(&[
                &["\"Well done", "5"],
                &["\"Good\" he said"],
                &["\""],
                &["\""]
            ])
        );
    }

    #[test]
    fn one_text_fills_the_block_and_a_block_is_repeated_only_whole() {
        let chosen = Block::between(Place::new(1, 1), Place::new(4, 1));
        assert_eq!(spread(&texts(&[&["A"]]), chosen).len(), 4);
        let twice = texts(&[&["A"], &["B"]]);
        let cells = spread(&twice, chosen);
        assert_eq!(cells.len(), 4);
        assert_eq!(cells[2], (Place::new(3, 1), "A"));
        let odd = texts(&[&["A"], &["B"], &["C"]]);
        assert_eq!(spread(&odd, chosen).len(), 3);
        let size = Size {
            rows: 3,
            columns: 2,
        };
        assert_eq!(outside(&spread(&odd, chosen), size), 1);
    }

    #[test]
    fn a_pulled_edge_repeats_what_is_there() {
        let from = Block::between(Place::new(0, 0), Place::new(1, 0));
        let into = Block::between(Place::new(2, 0), Place::new(4, 0));
        let rows: Vec<usize> = fill(from, into, Way::Down)
            .into_iter()
            .map(|(_, source)| source.row)
            .collect();
        assert_eq!(rows, [0, 1, 0]);
    }

    proptest! {
        #[test]
        fn what_is_copied_is_read_as_it_was(
            rows in (1_usize..5, 1_usize..5).prop_flat_map(|(height, width)| {
                let cell = "[a-z0-9 \"\n\t,;é=]{0,6}";
                proptest::collection::vec(proptest::collection::vec(cell, width), height)
            })
        ) {
            prop_assert_eq!(read(&write(&rows)), rows);
        }
    }
}
