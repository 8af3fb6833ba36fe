//! What chosen cells come to.

/// Some cells in a few numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// How many cells hold anything.
    pub filled: usize,
    /// How many hold a number.
    pub numbers: usize,
    /// Mean of the numbers.
    pub mean: Option<f64>,
    /// The middle one of the numbers; of an even number of them, the mean of the middle two.
    pub median: Option<f64>,
}

impl Tally {
    /// Of cells: for each that holds anything, its number where it has one.
    pub fn of(cells: impl IntoIterator<Item = Option<f64>>) -> Tally {
        let mut tally = Tally::default();
        let mut numbers = Vec::new();
        for cell in cells {
            tally.filled += 1;
            numbers.extend(cell.filter(|number| number.is_finite()));
        }
        numbers.sort_by(f64::total_cmp);
        tally.numbers = numbers.len();
        let middle = numbers.len() / 2;
        tally.median = numbers
            .get(middle)
            .map(|upper| match middle.checked_sub(1) {
                Some(lower) if numbers.len().is_multiple_of(2) => (numbers[lower] + upper) / 2.0,
                _ => *upper,
            });
        if !numbers.is_empty() {
            // A grid has far fewer cells than a double counts exactly.
            #[allow(clippy::cast_precision_loss)]
            let count = numbers.len() as f64;
            tally.mean = Some(numbers.iter().sum::<f64>() / count);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_filled_and_no_more() {
        let tally = Tally::of([Some(4.0), None, Some(1.0), Some(10.0)]);
        assert_eq!((tally.filled, tally.numbers), (4, 3));
        assert_eq!((tally.mean, tally.median), (Some(5.0), Some(4.0)));
        assert_eq!(Tally::of([Some(1.0), Some(2.0)]).median, Some(1.5));
        assert_eq!(Tally::of([None]).mean, None);
    }
}
