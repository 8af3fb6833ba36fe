//! Fractions, exactly: a child's target must not hang on the last digit of a floating-point number.

use core::cmp::Ordering;
use core::fmt;
use core::ops::{Add, Mul, Sub};

/// A fraction. Sums of a few figures of up to eight digits are exact.
#[derive(Clone, Copy)]
pub struct Exact {
    over: i128,
    /// Above nought.
    under: i128,
}

impl Exact {
    /// Nought.
    pub const ZERO: Exact = Exact { over: 0, under: 1 };

    /// `over` divided by `under`; nothing where that is nought.
    pub fn new(over: i64, under: i64) -> Option<Exact> {
        Exact::whole(over).divided_by(Exact::whole(under))
    }

    /// So many hundredths.
    pub fn hundredths(number: i64) -> Exact {
        Exact::whole(number).over(100)
    }

    /// So many ten-thousandths.
    pub fn ten_thousandths(number: i64) -> Exact {
        Exact::whole(number).over(10_000)
    }

    /// A whole number.
    pub fn whole(number: i64) -> Exact {
        Exact {
            over: i128::from(number),
            under: 1,
        }
    }

    /// Divided by a whole number above nought; by anything else it stays what it is.
    #[must_use]
    pub fn over(self, number: u32) -> Exact {
        Exact {
            over: self.over,
            under: self.under * i128::from(number.max(1)),
        }
        .shortened()
    }

    /// Divided by another; nothing where that is nought.
    pub fn divided_by(self, other: Exact) -> Option<Exact> {
        let sign = other.over.signum();
        (sign != 0).then(|| {
            Exact {
                over: self.over * other.under * sign,
                under: self.under * other.over * sign,
            }
            .shortened()
        })
    }

    /// The nearest whole number of parts, of which so many make one; halves go up.
    pub fn nearest(self, parts: u32) -> i64 {
        let twice = self.over * i128::from(parts) * 2 + self.under;
        i64::try_from(twice.div_euclid(self.under * 2)).unwrap_or(i64::MAX)
    }

    /// For a plot or a screen; never for a comparison.
    // Digits beyond the fifteenth do not show.
    #[allow(clippy::cast_precision_loss)]
    pub fn as_number(self) -> f64 {
        self.over as f64 / self.under as f64
    }

    fn shortened(self) -> Exact {
        let mut divisor = (self.over.unsigned_abs(), self.under.unsigned_abs());
        while divisor.1 != 0 {
            divisor = (divisor.1, divisor.0 % divisor.1);
        }
        let by = i128::try_from(divisor.0).unwrap_or(1).max(1);
        Exact {
            over: self.over / by,
            under: self.under / by,
        }
    }
}

impl Add for Exact {
    type Output = Exact;
    fn add(self, other: Exact) -> Exact {
        Exact {
            over: self.over * other.under + other.over * self.under,
            under: self.under * other.under,
        }
        .shortened()
    }
}

impl Sub for Exact {
    type Output = Exact;
    fn sub(self, other: Exact) -> Exact {
        self + Exact {
            over: -other.over,
            under: other.under,
        }
    }
}

impl Mul for Exact {
    type Output = Exact;
    fn mul(self, other: Exact) -> Exact {
        Exact {
            over: self.over * other.over,
            under: self.under * other.under,
        }
        .shortened()
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.over, self.under)
    }
}
