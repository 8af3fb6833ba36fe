//! How marks spread around their mean.

use super::number::rounded;

/// Mean and standard deviation of some marks, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The mean.
    pub mean: i64,
    /// The standard deviation of all of them (not of a sample).
    pub deviation: i64,
}

impl Spread {
    /// Of values in thousandths; nothing where there are none. The sums are whole numbers, so that
    /// the order of the values does not matter.
    pub fn of(values: &[i64]) -> Option<Spread> {
        let count = i128::try_from(values.len())
            .ok()
            .filter(|count| *count > 0)?;
        let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
        let squares: i128 = values
            .iter()
            .map(|value| i128::from(*value) * i128::from(*value))
            .sum();
        // n²σ² = nΣx² − (Σx)², of which four times the root is taken, to round to the nearest.
        let within = u128::try_from(count * squares - sum * sum).ok()?;
        let twice_root = i128::try_from(within.checked_mul(4)?.isqrt()).ok()?;
        Some(Spread {
            mean: rounded(sum, count)?,
            deviation: rounded(twice_root, 2 * count)?,
        })
    }

    /// Where a value of this spread lies in another: as many standard deviations from its mean.
    /// Nothing where all values here are equal.
    pub fn moved(self, value: i64, to: Spread) -> Option<i64> {
        let above = i128::from(value) - i128::from(self.mean);
        let moved = rounded(above * i128::from(to.deviation), i128::from(self.deviation))?;
        moved.checked_add(to.mean)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_deviation_by_hand() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, deviation 2.
        let marks: Vec<i64> = [2, 4, 4, 4, 5, 5, 7, 9].map(|mark| mark * 1000).into();
        let spread = Spread::of(&marks).unwrap();
        assert_eq!((spread.mean, spread.deviation), (5000, 2000));
        // 9 is two deviations above: 130 where the mean is 100 and the deviation 15.
        let to = Spread {
            mean: 100_000,
            deviation: 15_000,
        };
        assert_eq!(spread.moved(9000, to), Some(130_000));
        assert_eq!(spread.moved(4000, to), Some(92_500));
        // 1, 2, 3, 4: deviation √1.25 = 1.118.
        let spread = Spread::of(&[1000, 2000, 3000, 4000]).unwrap();
        assert_eq!((spread.mean, spread.deviation), (2500, 1118));
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[7000, 7000]).unwrap().moved(7000, to), None);
    }
}
