//! Everything that a plan does not take as it stands, one after another with its place.

use serde::Serialize;

use super::{
    AskWhy, CellOutcome, CellReason, Note, Plan, PlannedRow, RowOutcome, RowReason, Warning,
};
use crate::csv_out::{CsvOut, NotWritten};
use crate::table::Table;

/// What is the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The row is refused.
    RowRefused(RowReason),
    /// It has to be asked whom the row means.
    Ask(AskWhy),
    /// The cell is refused, and the rest of the row is taken.
    CellRefused(CellReason),
    /// People have written several values, of which an import chooses none.
    CellInConflict,
    /// Taken, but it may be wrong.
    Warned(Warning),
    /// Taken, and worth seeing.
    Noted(Note),
}

/// Something about the file, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Number among the rows of data, from 1.
    pub row: u32,
    /// Line of the file, from 1.
    pub line: u32,
    /// Column of the file, from 0, where one column is meant.
    pub column: Option<usize>,
    /// Header of that column.
    pub header: String,
    /// What stands in the file there.
    pub value: String,
    /// What is the matter.
    pub what: ProblemKind,
}

/// Headings of the two columns that a CSV of refused rows has before those of the file.
#[derive(Debug, Clone, Copy)]
pub struct RefusedHeadings<'a> {
    /// Heading of the row's number.
    pub row: &'a str,
    /// Heading of the reasons.
    pub reason: &'a str,
}

impl Plan {
    /// Everything that is refused, asked about, warned of or noted, in the order of the file.
    pub fn problems(&self, table: &Table) -> Vec<Problem> {
        self.rows
            .iter()
            .flat_map(|row| row_problems(row, table))
            .collect()
    }

    /// The rows that are refused, left to be asked about, or have a refused cell, as CSV: their
    /// number, the reasons as `say` words them, and the fields as they stand in the file.
    ///
    /// # Errors
    /// [`NotWritten`], when the writer of CSV refuses.
    pub fn refused_csv(
        &self,
        table: &Table,
        headings: RefusedHeadings<'_>,
        say: impl Fn(&Problem) -> String,
    ) -> Result<Vec<u8>, NotWritten> {
        let mut out = CsvOut::default();
        let headers = table.headers.iter().map(String::as_str);
        out.row([headings.row, headings.reason].into_iter().chain(headers))?;
        for row in &self.rows {
            let reasons: Vec<String> = row_problems(row, table)
                .iter()
                .filter(|problem| {
                    !matches!(problem.what, ProblemKind::Warned(_) | ProblemKind::Noted(_))
                })
                .map(&say)
                .collect();
            let Some(index) = (row.number as usize).checked_sub(1) else {
                continue;
            };
            if let Some(fields) = table.row(index).filter(|_| !reasons.is_empty()) {
                let number = row.number.to_string();
                let reason = reasons.join("; ");
                let cells = (0..fields.len()).map(|column| fields.cell(column));
                out.row([number.as_str(), reason.as_str()].into_iter().chain(cells))?;
            }
        }
        out.finish()
    }
}

fn row_problems(row: &PlannedRow, table: &Table) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |column: Option<usize>, what: ProblemKind| {
        let header = column.and_then(|column| table.headers.get(column));
        let index = (row.number as usize).checked_sub(1);
        let fields = index.and_then(|index| table.row(index));
        let value = column.and_then(|column| fields.map(|fields| fields.cell(column)));
        problems.push(Problem {
            row: row.number,
            line: row.line,
            column,
            header: header.cloned().unwrap_or_default(),
            value: value.unwrap_or_default().to_owned(),
            what,
        });
    };
    match &row.outcome {
        RowOutcome::Refused(reason) => {
            let column = match reason {
                RowReason::BadUpn { column, .. }
                | RowReason::BadYearGroup { column, .. }
                | RowReason::UnknownKind { column, .. } => Some(*column),
                _ => None,
            };
            add(column, ProblemKind::RowRefused(reason.clone()));
        }
        RowOutcome::Ask { why, .. } => add(None, ProblemKind::Ask(*why)),
        RowOutcome::New | RowOutcome::Changed | RowOutcome::Same | RowOutcome::SameAsRow(_) => {}
    }
    for cell in &row.cells {
        match &cell.outcome {
            CellOutcome::Refused { reason, .. } => {
                add(Some(cell.column), ProblemKind::CellRefused(reason.clone()));
            }
            CellOutcome::InConflict { .. } => add(Some(cell.column), ProblemKind::CellInConflict),
            CellOutcome::New(_)
            | CellOutcome::Changed { .. }
            | CellOutcome::Same
            | CellOutcome::KeptBecauseBlank => {}
        }
    }
    for warning in &row.warnings {
        add(None, ProblemKind::Warned(warning.clone()));
    }
    for note in &row.notes {
        let (Note::LooksLikeFormula { column } | Note::LineBreak { column }) = note;
        add(Some(*column), ProblemKind::Noted(note.clone()));
    }
    problems
}
