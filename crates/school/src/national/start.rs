//! Where a pupil starts from.

use super::exact::Exact;

/// A pupil's start, in ten-thousandths: the mean of the KS2 scaled scores in reading and maths, or the average of the
/// GCSE points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Start(i64);

impl Start {
    /// The mean of two KS2 scaled scores.
    pub fn ks2_mean(reading: u8, maths: u8) -> Start {
        Start((i64::from(reading) + i64::from(maths)) * 5_000)
    }

    /// From ten-thousandths.
    pub const fn from_ten_thousandths(number: i64) -> Start {
        Start(number)
    }

    /// From hundredths.
    pub const fn from_hundredths(number: i64) -> Start {
        Start(number * 100)
    }

    /// From a fraction, to the nearest ten-thousandth.
    pub fn from_exact(number: Exact) -> Start {
        Start(number.nearest(10_000))
    }

    /// In ten-thousandths.
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// As a fraction.
    pub fn exact(self) -> Exact {
        Exact::ten_thousandths(self.0)
    }
}
