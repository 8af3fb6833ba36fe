//! What a grid shows, as a table to take away.

use flightpath_exchange::sheet_out::{Cell, Sheet as Table};
use flightpath_sheet::{Column, Look, Problem, Sheet, Source};

use super::Held;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// The pupil stays in view in a workbook; more might leave no room for the rest.
const FROZEN: u16 = 1;

/// The rows and columns that are shown, in the order in which they are, with the name of a file for them. Beside a column
/// with RAG marks there is one with their letters, beside one of marks one with the grades that they come to. What was
/// typed and is not stored is not in it, nor what somebody keeps for their own eyes.
pub fn file_of(i18n: Words, held: Held, name: &str) -> Option<(String, Table)> {
    let source = held.cells()?.source;
    let (rows, mut columns) = held.with(Sheet::shown);
    columns.retain(|column| !source.is_private(*column));
    let known = source.columns();
    let beside = [t_string!(i18n, words.rag), t_string!(i18n, grid.grade)];
    let mut titles = Vec::with_capacity(columns.len());
    let mut table: Vec<Vec<Cell>> = rows.iter().map(|_| Vec::new()).collect();
    for (place, column) in columns.iter().filter_map(|at| Some((*at, known.get(*at)?))) {
        let title = title_of(column);
        let written: Vec<Written> = rows
            .iter()
            .map(|row| Written::of(source.as_ref(), *row, place))
            .collect();
        let kept = [0, 1].map(|at| written.iter().any(|cell| cell.beside[at] != Cell::Empty));
        titles.push(title.clone());
        let more = beside.iter().zip(kept).filter(|(_, kept)| *kept);
        titles.extend(more.map(|(name, _)| format!("{title} {name}")));
        for (row, Written { cell, beside }) in table.iter_mut().zip(written) {
            row.push(cell);
            let more = beside.into_iter().zip(kept).filter(|(_, kept)| *kept);
            row.extend(more.map(|(cell, _)| cell));
        }
    }
    // No system takes a stroke in the name of a file.
    let file = name.replace('/', "-");
    Some((file, Table::new(name, titles, FROZEN, table)))
}

fn title_of(column: &Column) -> String {
    format!("{} {}", column.title, column.unit)
        .trim()
        .to_owned()
}

/// A cell as a file has it, with the letter of its RAG mark and the grade that it comes to.
#[derive(Default)]
struct Written {
    cell: Cell,
    beside: [Cell; 2],
}

impl Written {
    fn of(source: &dyn Source, row: usize, column: usize) -> Written {
        let mut look = Look::default();
        source.look(row, column, &mut look);
        if look.problem == Problem::Error {
            return Written::default();
        }
        let letter = look.rag.map(|(_, letter)| letter).unwrap_or_default();
        let mark = source.mark(row, column);
        let grade = mark.as_ref().map(|mark| mark.grade.clone());
        let cell = match mark {
            Some(mark) if mark.is_grade => Cell::text(mark.text),
            Some(mark) => Cell::as_typed(mark.text),
            None if source.number(row, column).is_some() => Cell::as_typed(look.text),
            // A grade is a text, though it may be written with a digit.
            None => Cell::text(look.text),
        };
        Written {
            cell,
            beside: [Cell::text(letter), Cell::text(grade.unwrap_or_default())],
        }
    }
}
