//! The school in memory: tables of rows, and columns of cells over them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cell::Cell;
use super::pool::{Carrier, Code, Pool};
use super::step::{Effect, Step};
use crate::model::field::Extent;
use crate::model::{ColumnKey, Id, Table, Value};

/// What a person sees of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Never written, or written as blank.
    Nothing,
    /// One value.
    One(&'a Value),
    /// Values that had not seen each other; a person has to choose. A blank may be among them.
    Several(Vec<&'a Value>),
}

impl<'a> Shown<'a> {
    fn of(visible: Vec<&'a Value>) -> Shown<'a> {
        match visible.as_slice() {
            [] => Shown::Nothing,
            [value] if value.is_blank() => Shown::Nothing,
            [value] => Shown::One(value),
            _ => Shown::Several(visible),
        }
    }

    /// The value, where there is just one.
    pub fn one(&self) -> Option<&'a Value> {
        match self {
            Shown::One(value) => Some(value),
            _ => None,
        }
    }
}

/// The rows of one table, in the order in which this copy of the school met them.
#[derive(Debug, Clone, Default)]
struct Rows {
    ids: Vec<Id>,
    positions: HashMap<Id, usize>,
}

impl Rows {
    fn position_or_new(&mut self, id: Id) -> usize {
        *self.positions.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() - 1
        })
    }
}

/// One column: two integers a row. Rows past its end were never written.
///
/// A column of a class's marks has cells in a few rows of many: it names them.
#[derive(Debug, Clone)]
pub enum Column {
    /// Every row up to the last that was written.
    Dense {
        /// Numbers of values.
        values: Vec<u32>,
        /// Numbers of stamps.
        stamps: Vec<u32>,
    },
    /// Only rows that were written, in order.
    Sparse(Vec<(u32, Code)>),
}

impl Column {
    fn of(key: &ColumnKey) -> Column {
        match key.field().extent() {
            Extent::PerAssessment => Column::Sparse(Vec::new()),
            _ => Column::Dense {
                values: Vec::new(),
                stamps: Vec::new(),
            },
        }
    }

    /// The code in a row.
    pub fn code(&self, row: usize) -> Code {
        match self {
            Column::Dense { values, stamps } => match (values.get(row), stamps.get(row)) {
                (Some(value), Some(stamp)) => Code {
                    value: *value,
                    stamp: *stamp,
                },
                _ => Code::NEVER,
            },
            Column::Sparse(cells) => {
                let place = cells.binary_search_by_key(&place_of(row), |(row, _)| *row);
                let cell = place.ok().and_then(|place| cells.get(place));
                cell.map_or(Code::NEVER, |(_, code)| *code)
            }
        }
    }

    /// The rows that were written, in order, each with its code.
    pub fn codes(&self) -> impl Iterator<Item = (usize, Code)> + '_ {
        type Parts<'a> = (&'a [u32], &'a [u32], &'a [(u32, Code)]);
        let (values, stamps, cells): Parts<'_> = match self {
            Column::Dense { values, stamps } => (values, stamps, &[]),
            Column::Sparse(cells) => (&[], &[], cells),
        };
        let dense = values.iter().zip(stamps).enumerate();
        let dense = dense.map(|(row, (value, stamp))| {
            let (value, stamp) = (*value, *stamp);
            (row, Code { value, stamp })
        });
        let sparse = cells
            .iter()
            .filter_map(|(row, code)| Some((usize::try_from(*row).ok()?, *code)));
        dense.chain(sparse).filter(|(_, code)| !code.is_never())
    }

    fn is_empty(&self) -> bool {
        match self {
            Column::Dense { values, .. } => values.is_empty(),
            Column::Sparse(cells) => cells.is_empty(),
        }
    }

    fn set(&mut self, row: usize, code: Code) {
        match self {
            Column::Dense { values, stamps } => {
                if row >= values.len() {
                    values.resize(row + 1, 0);
                    stamps.resize(row + 1, 0);
                }
                if let (Some(value), Some(stamp)) = (values.get_mut(row), stamps.get_mut(row)) {
                    *value = code.value;
                    *stamp = code.stamp;
                }
            }
            Column::Sparse(cells) => {
                let row = place_of(row);
                match cells.binary_search_by_key(&row, |(row, _)| *row) {
                    Ok(place) => {
                        if let Some(cell) = cells.get_mut(place) {
                            cell.1 = code;
                        }
                    }
                    Err(place) => cells.insert(place, (row, code)),
                }
            }
        }
    }
}

/// No table has so many rows that a position does not fit.
fn place_of(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A column in hand, into which cells are joined; it goes back where it was when it is dropped.
pub(super) struct Joining<'a> {
    school: &'a mut School,
    key: ColumnKey,
    column: Column,
}

impl Joining<'_> {
    /// Where a row of the column's table is, which it is from now on.
    pub(super) fn position(&mut self, row: Id) -> usize {
        let table = self.key.field().table();
        self.school
            .tables
            .entry(table)
            .or_default()
            .position_or_new(row)
    }

    /// Joins the cell that `there` carries into the school's dictionaries.
    pub(super) fn join(&mut self, position: usize, there: impl FnOnce(&mut Pool) -> Code) {
        let there = there(&mut self.school.pool);
        let here = self.column.code(position);
        let code = self.school.joined(here, there);
        if code != here {
            self.column.set(position, code);
        }
    }
}

impl Drop for Joining<'_> {
    fn drop(&mut self) {
        let column = core::mem::replace(&mut self.column, Column::Sparse(Vec::new()));
        if !column.is_empty() {
            self.school.columns.insert(self.key, column);
        }
    }
}

/// A column with the dictionaries that its numbers point into: for reading many of its cells.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pool: &'a Pool,
    column: Option<&'a Column>,
}

impl<'a> Reading<'a> {
    /// The code of a cell, by the position of its row.
    fn code(&self, position: usize) -> Code {
        self.column
            .map_or(Code::NEVER, |column| column.code(position))
    }

    /// The positions of the rows that were ever written, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + use<'a> {
        let codes = self.column.into_iter().flat_map(Column::codes);
        codes.map(|(row, _)| row)
    }

    /// What a person sees in a cell, by the position of its row.
    pub fn shown(&self, position: usize) -> Shown<'a> {
        let code = self.code(position);
        match self.pool.value(code) {
            Some(Value::Blank) => Shown::Nothing,
            Some(value) => Shown::One(value),
            None => Shown::of(self.pool.visible(code)),
        }
    }

    /// Whether a person sees anything in any of its cells: one whose cells were all taken back shows nothing.
    pub fn shows_anything(&self) -> bool {
        self.rows()
            .any(|position| self.shown(position) != Shown::Nothing)
    }

    /// The one value of a cell; nothing where it is blank or in conflict.
    pub fn one(&self, position: usize) -> Option<&'a Value> {
        self.shown(position).one()
    }
}

/// Which cells a step changed: columns with positions of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Positions of the changed rows, by column.
    pub cells: BTreeMap<ColumnKey, Vec<usize>>,
}

impl Changed {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Tables of which at least one cell changed.
    pub fn tables(&self) -> BTreeSet<Table> {
        self.cells.keys().map(|key| key.field().table()).collect()
    }
}

/// A school: everything that is known of it, each cell with its context.
#[derive(Debug, Clone, Default)]
pub struct School {
    pool: Pool,
    tables: BTreeMap<Table, Rows>,
    columns: BTreeMap<ColumnKey, Column>,
}

impl School {
    /// The rows of a table; a row's position in this list is its position in every column.
    pub fn rows(&self, table: Table) -> &[Id] {
        self.tables
            .get(&table)
            .map_or(&[], |rows| rows.ids.as_slice())
    }

    /// The position of a row in its table.
    pub fn position(&self, table: Table, row: Id) -> Option<usize> {
        self.tables
            .get(&table)
            .and_then(|rows| rows.positions.get(&row).copied())
    }

    /// The dictionaries of all cells.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// A column, if any of its cells was ever written.
    pub fn column(&self, key: &ColumnKey) -> Option<&Column> {
        self.columns.get(key)
    }

    /// All columns that were ever written, in the order of their keys.
    pub fn columns(&self) -> impl Iterator<Item = (&ColumnKey, &Column)> {
        self.columns.iter()
    }

    /// What a person sees in a cell.
    pub fn shown(&self, key: &ColumnKey, row: Id) -> Shown<'_> {
        self.position(key.field().table(), row)
            .map_or(Shown::Nothing, |position| self.shown_at(key, position))
    }

    /// What a person sees in a cell, by the position of its row.
    pub fn shown_at(&self, key: &ColumnKey, position: usize) -> Shown<'_> {
        self.reading(key).shown(position)
    }

    /// A column to read many cells of.
    pub fn reading(&self, key: &ColumnKey) -> Reading<'_> {
        Reading {
            pool: &self.pool,
            column: self.columns.get(key),
        }
    }

    /// The one value of a cell; nothing where it is blank or in conflict.
    pub fn one(&self, key: &ColumnKey, row: Id) -> Option<&Value> {
        self.shown(key, row).one()
    }

    /// The words of a cell.
    pub fn text(&self, key: &ColumnKey, row: Id) -> Option<&str> {
        self.one(key, row).and_then(Value::as_text)
    }

    /// The code of a cell, by the position of its row.
    pub fn code(&self, key: &ColumnKey, position: usize) -> Code {
        self.reading(key).code(position)
    }

    /// The cell in full.
    pub fn cell(&self, key: &ColumnKey, row: Id) -> Cell {
        self.position(key.field().table(), row)
            .map_or_else(Cell::default, |position| {
                self.pool.cell(self.code(key, position))
            })
    }

    /// Carries out a step: joins what it wrote with what is there, so that steps give the same
    /// school in whatever order they come, or sets back what a merge changed.
    pub fn apply(&mut self, step: &Step) -> Changed {
        let mut changed = Changed::default();
        let mut carrier = Carrier::new(step.pool());
        let mut replaced = HashMap::new();
        for column in step.columns() {
            let rows = self.tables.entry(column.key.field().table()).or_default();
            let positions: Vec<usize> = step
                .cells(column)
                .map(|(row, _, _)| rows.position_or_new(row))
                .collect();
            // Taken out of the school while it is worked on, so that a column is looked up once.
            let mut held = self
                .columns
                .remove(&column.key)
                .unwrap_or_else(|| Column::of(&column.key));
            let mut moved = Vec::new();
            for ((_, before, after), position) in step.cells(column).zip(positions) {
                let here = held.code(position);
                let after = carrier.carry(after, &mut self.pool);
                let code = match step.effect() {
                    Effect::Join if self.replaces(after, here, &mut replaced) => after,
                    Effect::Join => self.joined(here, after),
                    Effect::SetBack => {
                        if carrier.carry(before, &mut self.pool) == here {
                            after
                        } else {
                            here
                        }
                    }
                };
                if code != here {
                    held.set(position, code);
                    moved.push(position);
                }
            }
            if !held.is_empty() {
                self.columns.insert(column.key, held);
            }
            if !moved.is_empty() {
                changed.cells.entry(column.key).or_default().extend(moved);
            }
        }
        changed
    }

    /// Takes a column in hand to join many cells of another copy into it; for loading, where
    /// nothing needs to be told.
    pub(super) fn joining(&mut self, key: ColumnKey) -> Joining<'_> {
        let column = self
            .columns
            .remove(&key)
            .unwrap_or_else(|| Column::of(&key));
        Joining {
            school: self,
            key,
            column,
        }
    }

    /// Whether one cell of a single value simply takes the place of another, whose writers saw
    /// nothing that its own have not seen. Known for all cells of the same two stamps.
    fn replaces(&self, new: Code, old: Code, known: &mut HashMap<(u32, u32), bool>) -> bool {
        let (Some(new_dot), Some(old_dot)) = (self.pool.single_dot(new), self.pool.single_dot(old))
        else {
            return false;
        };
        *known.entry((new.stamp, old.stamp)).or_insert_with(|| {
            let new_context = self.pool.single_context(new);
            let old_context = self.pool.single_context(old);
            new_context.has_seen(old_dot)
                && !old_context.has_seen(new_dot)
                && old_context.dots().all(|dot| new_context.has_seen(dot))
        })
    }

    fn joined(&mut self, here: Code, there: Code) -> Code {
        if here.is_never() || here == there {
            return there;
        }
        if there.is_never() {
            return here;
        }
        let merged = self.pool.cell(here).merged(&self.pool.cell(there));
        self.pool.code(&merged)
    }

    /// A hash-like fingerprint of every cell in full, the same for equal schools however they
    /// came about: the cells in order of column and row.
    pub fn cells_in_order(&self) -> Vec<(ColumnKey, Id, Cell)> {
        let mut cells = Vec::new();
        for (key, column) in &self.columns {
            let rows = self.rows(key.field().table());
            for (position, code) in column.codes() {
                if let Some(id) = rows.get(position) {
                    cells.push((*key, *id, self.pool.cell(code)));
                }
            }
        }
        cells.sort();
        cells
    }

    /// Every visible value that is not blank, in order of column and row.
    pub fn visible_in_order(&self) -> Vec<(ColumnKey, Id, Vec<Value>)> {
        let mut cells = Vec::new();
        for (key, column) in &self.columns {
            let rows = self.rows(key.field().table());
            for (position, code) in column.codes() {
                let Some(id) = rows.get(position) else {
                    continue;
                };
                match Shown::of(self.pool.visible(code)) {
                    Shown::Nothing => {}
                    Shown::One(value) => cells.push((*key, *id, vec![value.clone()])),
                    Shown::Several(values) => {
                        cells.push((*key, *id, values.into_iter().cloned().collect()));
                    }
                }
            }
        }
        cells.sort();
        cells
    }
}
