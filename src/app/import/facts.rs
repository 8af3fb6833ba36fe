//! The columns of a file at a glance.

use flightpath_exchange::cells;
use flightpath_exchange::table::Table;

/// How many values are shown of a column.
const SAMPLES: usize = 3;

/// A column at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnFacts {
    /// Its first different values that are not blank.
    pub samples: Vec<String>,
    /// How many cells are blank.
    pub blanks: usize,
    /// Its numbers, where all values are numbers.
    pub numbers: Option<Numbers>,
}

/// The numbers of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Smallest, in thousandths.
    pub least: i64,
    /// Largest, in thousandths.
    pub most: i64,
    /// How many decimals they have at most.
    pub decimals: u8,
}

/// The columns of a table at a glance.
pub fn of(table: &Table) -> Vec<ColumnFacts> {
    (0..table.width())
        .map(|column| facts(table.column(column)))
        .collect()
}

fn facts<'a>(values: impl Iterator<Item = &'a str>) -> ColumnFacts {
    let mut facts = ColumnFacts::default();
    let mut all_numbers = true;
    for value in values {
        if cells::is_blank(value) {
            facts.blanks += 1;
            continue;
        }
        if facts.samples.len() < SAMPLES && !facts.samples.iter().any(|known| known == value) {
            facts.samples.push(value.to_owned());
        }
        match cells::thousandths(value).filter(|_| all_numbers) {
            Some(number) => facts.numbers = Some(joined(facts.numbers, number)),
            None => all_numbers = false,
        }
    }
    facts.numbers = facts.numbers.filter(|_| all_numbers);
    facts
}

fn joined(numbers: Option<Numbers>, number: i64) -> Numbers {
    let decimals = match number {
        _ if number % 1000 == 0 => 0,
        _ if number % 100 == 0 => 1,
        _ if number % 10 == 0 => 2,
        _ => 3,
    };
    match numbers {
        None => Numbers {
            least: number,
            most: number,
            decimals,
        },
        Some(known) => Numbers {
            least: known.least.min(number),
            most: known.most.max(number),
            decimals: known.decimals.max(decimals),
        },
    }
}

impl ColumnFacts {
    /// Lowest mark, highest mark and decimals of a scale that would hold the column: from nought,
    /// up to the next number that marks are usually out of.
    pub fn likely_scale(&self) -> Option<(i32, i32, u8)> {
        const USUAL: [i64; 15] = [5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100, 120, 150];
        let numbers = self.numbers?;
        let most = numbers.most.div_euclid(1000) + i64::from(numbers.most % 1000 != 0);
        let highest = USUAL
            .into_iter()
            .find(|usual| *usual >= most)
            .unwrap_or(most);
        let lowest = numbers.least.div_euclid(1000).min(0);
        Some((
            i32::try_from(lowest).ok()?,
            i32::try_from(highest).ok()?,
            numbers.decimals,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_seen_at_a_glance() {
        let seen = facts(["11", "", "0", "11", "13", "19", "-"].into_iter());
        assert_eq!(seen.samples, ["11", "0", "13"]);
        assert_eq!(seen.blanks, 2);
        assert_eq!(seen.likely_scale(), Some((0, 20, 0)));
        let halves = facts(["7.5", "9,25"].into_iter());
        assert_eq!(halves.likely_scale(), Some((0, 10, 2)));
        let words = facts(["7", "absent"].into_iter());
        assert_eq!(words.numbers, None);
        assert_eq!(words.likely_scale(), None);
    }
}
