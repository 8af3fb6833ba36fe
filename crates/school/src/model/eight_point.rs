//! The average of GCSEs graded A* to G.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::scale::{NotAPosition, Position};

/// Average GCSE points per entry on the old scale of eight points: A* is 8, G is 1.
///
/// An average of GCSEs graded 9–1 is a [`Start`](crate::national::Start), and nothing makes one of the other: the
/// two count differently (a C is 5, the 4 that took its place is 4). Kept as a place on the scale A*–G, where a
/// grade's points are its place, so that thresholds are exact.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct EightPointAverage(Position);

impl EightPointAverage {
    /// No points: no GCSE passed.
    pub const LOWEST: EightPointAverage = EightPointAverage(Position::ZERO);
    /// Every GCSE an A*.
    pub const HIGHEST: EightPointAverage = EightPointAverage(Position::from_whole_grades(8));

    /// From thousandths of a point, as cells keep numbers; nothing where it is below nought or above eight.
    pub fn from_thousandths(thousandths: i64) -> Option<EightPointAverage> {
        let units = i64::from(Position::UNITS_PER_GRADE) / 1000 * thousandths;
        let average = EightPointAverage(Position::from_units(i32::try_from(units).ok()?));
        average.is_possible().then_some(average)
    }

    /// In thousandths of a point.
    pub fn thousandths(self) -> i64 {
        i64::from(self.0.units()) * 1000 / i64::from(Position::UNITS_PER_GRADE)
    }

    /// Whether it lies between no points and eight.
    pub fn is_possible(self) -> bool {
        (Self::LOWEST..=Self::HIGHEST).contains(&self)
    }
}

impl fmt::Display for EightPointAverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for EightPointAverage {
    type Err = NotAPosition;

    fn from_str(text: &str) -> Result<EightPointAverage, NotAPosition> {
        text.parse().map(EightPointAverage)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn it_is_exact_and_keeps_to_its_range() {
        let read = |text: &str| text.parse::<EightPointAverage>().unwrap();
        assert_eq!(
            EightPointAverage::from_thousandths(6_100),
            Some(read("6.1"))
        );
        assert!(EightPointAverage::from_thousandths(6_099).unwrap() < read("6.1"));
        assert_eq!(read("6.1").to_string(), "6.1");
        assert_eq!(
            EightPointAverage::from_thousandths(8_000),
            Some(EightPointAverage::HIGHEST)
        );
        assert_eq!(EightPointAverage::from_thousandths(8_001), None);
        assert_eq!(EightPointAverage::from_thousandths(-1), None);
        assert_eq!(EightPointAverage::from_thousandths(i64::MAX / 4), None);
        assert!(!read("8.1").is_possible());
        assert!("6.1234".parse::<EightPointAverage>().is_err());
    }
}
