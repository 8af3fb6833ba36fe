//! Cells as the store and files keep them: dictionaries, then columns of integers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::pool::{Carrier, Code, Pool};
use super::school::{Column, School};
use crate::model::{AcademicYear, ColumnKey, Field, Id, Table};

/// A set of cells of a school: a part of the stored state, or a whole file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Block {
    pool: Pool,
    rows: Vec<Id>,
    columns: Vec<BlockColumn>,
}

/// The cells of one column: for each its row's number, and its code.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct BlockColumn {
    key: ColumnKey,
    /// Pairs of first row and count, for rows that follow each other.
    rows: Vec<(u32, u32)>,
    /// Value numbers, as [`Code::value_number`].
    values: Vec<u32>,
    /// Pairs of stamp and count.
    stamps: Vec<(u32, u32)>,
}

/// A block whose numbers do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the numbers of a block of cells do not fit together")]
pub struct Unsound;

/// More rows than this in one block are refused before memory is asked for.
const MOST_CELLS: u64 = 10_000_000;

fn push_run(runs: &mut Vec<(u32, u32)>, value: u32) {
    match runs.last_mut() {
        Some((last, count)) if *last == value => *count += 1,
        _ => runs.push((value, 1)),
    }
}

impl Block {
    /// The cells of the columns that `wanted` names.
    pub fn of(school: &School, wanted: impl Fn(&ColumnKey) -> bool) -> Block {
        Block::of_columns(school, school.columns().filter(|(key, _)| wanted(key)))
    }

    /// The cells of these columns, in the order of their keys.
    pub fn of_keys(school: &School, keys: &[ColumnKey]) -> Block {
        let column = |key| Some((key, school.column(key)?));
        Block::of_columns(school, keys.iter().filter_map(column))
    }

    fn of_columns<'a>(
        school: &School,
        columns: impl Iterator<Item = (&'a ColumnKey, &'a Column)>,
    ) -> Block {
        let mut block = Block::default();
        let mut carrier = Carrier::new(school.pool());
        let mut numbers: BTreeMap<Id, u32> = BTreeMap::new();
        for (key, column) in columns {
            let mut out = BlockColumn {
                key: *key,
                rows: Vec::new(),
                values: Vec::new(),
                stamps: Vec::new(),
            };
            let ids = school.rows(key.field().table());
            for (position, code) in column.codes() {
                let Some(id) = ids.get(position) else {
                    continue;
                };
                let number = *numbers.entry(*id).or_insert_with(|| {
                    block.rows.push(*id);
                    u32::try_from(block.rows.len() - 1).unwrap_or(u32::MAX)
                });
                match out.rows.last_mut() {
                    Some((first, count)) if *first + *count == number => *count += 1,
                    _ => out.rows.push((number, 1)),
                }
                let code = carrier.carry(code, &mut block.pool);
                out.values.push(code.value);
                push_run(&mut out.stamps, code.stamp);
            }
            if !out.values.is_empty() {
                block.columns.push(out);
            }
        }
        block
    }

    /// The columns that have cells here.
    pub fn keys(&self) -> impl Iterator<Item = ColumnKey> {
        self.columns.iter().map(|column| column.key)
    }

    /// How many cells the block holds.
    pub fn cell_count(&self) -> usize {
        self.columns.iter().map(|column| column.values.len()).sum()
    }

    /// The steps that wrote the values that stand in the block.
    pub fn dots(&self) -> std::collections::BTreeSet<crate::model::Dot> {
        self.columns
            .iter()
            .flat_map(BlockColumn::codes)
            .flat_map(|(_, code)| self.pool.dots(code))
            .collect()
    }

    /// Adds the cells of this block to a school, joining where it holds the cell already.
    ///
    /// # Errors
    /// Where the block's numbers do not fit together; the school is then unchanged.
    pub fn join_into(&self, school: &mut School) -> Result<(), Unsound> {
        for column in &self.columns {
            column.check(self)?;
        }
        let mut carrier = Carrier::new(&self.pool);
        // A row is looked for once for each table, not once for each of its hundreds of cells.
        let mut places: BTreeMap<Table, Vec<Option<usize>>> = BTreeMap::new();
        for column in &self.columns {
            let table = column.key.field().table();
            let places = places
                .entry(table)
                .or_insert_with(|| vec![None; self.rows.len()]);
            let mut joining = school.joining(column.key);
            for (number, code) in column.codes() {
                let (Some(id), Some(place)) = (self.rows.get(number), places.get_mut(number))
                else {
                    continue;
                };
                let position = *place.get_or_insert_with(|| joining.position(*id));
                joining.join(position, |pool| carrier.carry(code, pool));
            }
        }
        Ok(())
    }
}

impl BlockColumn {
    fn check(&self, block: &Block) -> Result<(), Unsound> {
        let length = u64::try_from(self.values.len()).map_err(|_| Unsound)?;
        let total =
            |runs: &[(u32, u32)]| -> u64 { runs.iter().map(|(_, count)| u64::from(*count)).sum() };
        let rows = u64::try_from(block.rows.len()).map_err(|_| Unsound)?;
        let rows_fit = self
            .rows
            .iter()
            .all(|(first, count)| u64::from(*first) + u64::from(*count) <= rows);
        if length > MOST_CELLS
            || total(&self.rows) != length
            || total(&self.stamps) != length
            || !rows_fit
        {
            return Err(Unsound);
        }
        let stamps = self.stamps.iter().flat_map(|(stamp, count)| {
            core::iter::repeat_n(*stamp, usize::try_from(*count).unwrap_or(0))
        });
        let holds = self.values.iter().zip(stamps).all(|(value, stamp)| {
            *value != 0
                && block.pool.holds(Code {
                    value: *value,
                    stamp,
                })
        });
        if holds { Ok(()) } else { Err(Unsound) }
    }

    /// The cells, each with its place in the block's list of rows.
    fn codes(&self) -> impl Iterator<Item = (usize, Code)> + '_ {
        let rows = self
            .rows
            .iter()
            .flat_map(|(first, count)| *first..first.saturating_add(*count))
            .filter_map(|number| usize::try_from(number).ok());
        let stamps = self.stamps.iter().flat_map(|(stamp, count)| {
            core::iter::repeat_n(*stamp, usize::try_from(*count).unwrap_or(0))
        });
        rows.zip(self.values.iter().zip(stamps))
            .map(|(row, (value, stamp))| {
                (
                    row,
                    Code {
                        value: *value,
                        stamp,
                    },
                )
            })
    }
}

/// The name of the part of the stored state that a column belongs to: what changes together and
/// is read together stands together, and a year's results can be left unread.
pub fn part_of(key: &ColumnKey) -> String {
    if let (Some(year), Some(subject), Some(_)) = (key.year(), key.subject(), key.assessment()) {
        return format!("{}{MARKS}{subject}", year.0);
    }
    match (key.year(), key.event()) {
        (Some(year), Some(event)) => format!("{}-event-{event}", year.0),
        (Some(year), None) if key.subject().is_some() => format!("{}-subjects", year.0),
        (Some(year), None) if key.field().table() == Table::Assessments => {
            format!("{}{ASSESSMENTS}", year.0)
        }
        (Some(year), None) => pupils_of(year),
        (None, _) => match key.field() {
            Field::Prior(_) | Field::PriorSource(_) => PRIOR.to_owned(),
            field => match field.table() {
                Table::Classes => CLASSES,
                Table::Policies
                | Table::OtherTargets
                | Table::CohortTargets
                | Table::Phrases
                | Table::Interventions => PLANS,
                _ => LASTING,
            }
            .to_owned(),
        },
    }
}

/// The columns of each part of the stored state, in order.
pub fn keys_by_part(school: &School) -> BTreeMap<String, Vec<ColumnKey>> {
    let mut parts: BTreeMap<String, Vec<ColumnKey>> = BTreeMap::new();
    for (key, _) in school.columns() {
        parts.entry(part_of(key)).or_default().push(*key);
    }
    parts
}

/// What belongs to no year, but for prior attainment and classes.
const LASTING: &str = "lasting";
const PRIOR: &str = "prior";
const CLASSES: &str = "classes";
/// What the list of pupils never needs: whole policies, targets in words and of cohorts.
const PLANS: &str = "plans";

/// Marks of one subject, after their year.
const MARKS: &str = "-marks-";
/// What was assessed in a year, after it.
const ASSESSMENTS: &str = "-assessments";

fn pupils_of(year: AcademicYear) -> String {
    format!("{}-pupils", year.0)
}

/// The names of the parts that a list of the year's pupils is made of: a tenth of a school.
pub fn parts_of_list(year: AcademicYear) -> [String; 3] {
    [pupils_of(year), LASTING.to_owned(), PRIOR.to_owned()]
}

/// Whether a part belongs to a year long enough ago that this year needs nothing of it: the year before is where
/// targets start from.
pub fn is_of_long_ago(part: &str, this_year: AcademicYear) -> bool {
    let year = part.split_once('-').and_then(|(year, _)| year.parse().ok());
    year.is_some_and(|year: u16| year + 1 < this_year.0)
}

/// Whether only a markbook needs a part: what was assessed, and the marks.
pub fn is_of_markbook(part: &str) -> bool {
    part.ends_with(ASSESSMENTS) || part.contains(MARKS)
}

/// Whether a markbook of this year needs a part, and nothing else does.
pub fn is_of_markbook_in(part: &str, year: AcademicYear) -> bool {
    let its_year = part.split_once('-').map(|(its_year, _)| its_year.parse());
    is_of_markbook(part) && its_year == Some(Ok(year.0))
}

/// The cells of a step's column: rows, value numbers and stamps each in their own list.
pub(super) mod step_cells {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::super::pool::Code;
    use super::push_run;

    #[derive(Serialize, Deserialize)]
    struct Form {
        /// Pairs of first row number and count, for rows that follow each other.
        rows: Vec<(u32, u32)>,
        /// Pairs of value number and count before the step.
        before: Vec<(u32, u32)>,
        before_stamps: Vec<(u32, u32)>,
        after: Vec<u32>,
        after_stamps: Vec<(u32, u32)>,
    }

    pub fn serialize<S: Serializer>(
        cells: &[(u32, Code, Code)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut form = Form {
            rows: Vec::new(),
            before: Vec::new(),
            before_stamps: Vec::new(),
            after: Vec::with_capacity(cells.len()),
            after_stamps: Vec::new(),
        };
        for (row, before, after) in cells {
            match form.rows.last_mut() {
                Some((first, count)) if first.checked_add(*count) == Some(*row) => *count += 1,
                _ => form.rows.push((*row, 1)),
            }
            push_run(&mut form.before, before.value);
            push_run(&mut form.before_stamps, before.stamp);
            form.after.push(after.value);
            push_run(&mut form.after_stamps, after.stamp);
        }
        form.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(u32, Code, Code)>, D::Error> {
        let form = Form::deserialize(deserializer)?;
        let length = form.after.len();
        let fits = |runs: &[(u32, u32)]| -> bool {
            let total: u64 = runs.iter().map(|(_, count)| u64::from(*count)).sum();
            u64::try_from(length) == Ok(total)
        };
        let spread = |runs: Vec<(u32, u32)>| {
            runs.into_iter().flat_map(|(value, count)| {
                core::iter::repeat_n(value, usize::try_from(count).unwrap_or(0))
            })
        };
        let lists = [
            &form.rows,
            &form.before,
            &form.before_stamps,
            &form.after_stamps,
        ];
        if !lists.into_iter().all(|runs| fits(runs)) {
            return Err(serde::de::Error::custom(
                "lists of unequal length in a step",
            ));
        }
        let rows = form
            .rows
            .into_iter()
            .flat_map(|(first, count)| first..first.saturating_add(count));
        let before = spread(form.before).zip(spread(form.before_stamps));
        let after = form.after.into_iter().zip(spread(form.after_stamps));
        Ok(rows
            .zip(before.zip(after))
            .map(|(row, ((before, before_stamp), (after, after_stamp)))| {
                (
                    row,
                    Code {
                        value: before,
                        stamp: before_stamp,
                    },
                    Code {
                        value: after,
                        stamp: after_stamp,
                    },
                )
            })
            .collect())
    }
}
