//! Positions on a scale and distances between them, exactly.

use core::fmt;
use core::ops::{Add, Neg, Sub};
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A place on a scale, or the distance between two, in whole grades.
///
/// Kept as a whole number of 1/3000 grades, so that thirds (fine grades), halves (Combined
/// Science) and thousandths (decimal marks) are all exact and `7=` to `5+` is 1⅔ and nothing else.
/// Written as `2`, `0.5` or `5/3`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position(i32);

impl Position {
    /// Nought grades.
    pub const ZERO: Position = Position(0);
    /// One whole grade in the unit that positions are kept in.
    pub const UNITS_PER_GRADE: i32 = 3000;

    /// A number of whole grades.
    pub const fn from_whole_grades(grades: i16) -> Position {
        Position(grades as i32 * Self::UNITS_PER_GRADE)
    }

    /// From 1/3000 grades.
    pub const fn from_units(units: i32) -> Position {
        Position(units)
    }

    /// In 1/3000 grades.
    pub const fn units(self) -> i32 {
        self.0
    }

    /// In whole grades, for a plot; never for a comparison.
    pub fn as_grades(self) -> f64 {
        f64::from(self.0) / f64::from(Self::UNITS_PER_GRADE)
    }
}

impl Add for Position {
    type Output = Position;
    fn add(self, other: Position) -> Position {
        Position(self.0.saturating_add(other.0))
    }
}

impl Sub for Position {
    type Output = Position;
    fn sub(self, other: Position) -> Position {
        Position(self.0.saturating_sub(other.0))
    }
}

impl Neg for Position {
    type Output = Position;
    fn neg(self) -> Position {
        Position(self.0.saturating_neg())
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = i64::from(self.0);
        let per_grade = i64::from(Self::UNITS_PER_GRADE);
        let sign = if units < 0 { "-" } else { "" };
        let size = units.abs();
        if size % 3 == 0 {
            let thousandths = size / 3;
            let (whole, rest) = (thousandths / 1000, thousandths % 1000);
            if rest == 0 {
                return write!(f, "{sign}{whole}");
            }
            let digits = format!("{rest:03}");
            return write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'));
        }
        let mut divisor = (size, per_grade);
        while divisor.1 != 0 {
            divisor = (divisor.1, divisor.0 % divisor.1);
        }
        write!(f, "{sign}{}/{}", size / divisor.0, per_grade / divisor.0)
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Position({self})")
    }
}

/// A text that is no position: neither `2` nor `0.5` nor `5/3`, or finer than 1/3000 of a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of grades such as 2, 0.5 or 5/3")]
pub struct NotAPosition;

impl FromStr for Position {
    type Err = NotAPosition;

    fn from_str(text: &str) -> Result<Position, NotAPosition> {
        let (negative, size) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let number = |digits: &str| -> Result<i64, NotAPosition> {
            if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit())
            {
                return Err(NotAPosition);
            }
            digits.parse().map_err(|_| NotAPosition)
        };
        let per_grade = i64::from(Self::UNITS_PER_GRADE);
        let (numerator, denominator) = if let Some((above, below)) = size.split_once('/') {
            (number(above)?, number(below)?)
        } else if let Some((whole, decimals)) = size.split_once('.') {
            let scale = match decimals.len() {
                1 => 10,
                2 => 100,
                3 => 1000,
                _ => return Err(NotAPosition),
            };
            (number(whole)? * scale + number(decimals)?, scale)
        } else {
            (number(size)?, 1)
        };
        if denominator == 0 || (numerator * per_grade) % denominator != 0 {
            return Err(NotAPosition);
        }
        let units = numerator * per_grade / denominator;
        i32::try_from(if negative { -units } else { units })
            .map(Position)
            .map_err(|_| NotAPosition)
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Position, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Position;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of grades such as 2, \"0.5\" or \"5/3\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Position, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, grades: i64) -> Result<Position, E> {
                i16::try_from(grades)
                    .map(Position::from_whole_grades)
                    .map_err(|_| E::custom(NotAPosition))
            }
            fn visit_u64<E: de::Error>(self, grades: u64) -> Result<Position, E> {
                i16::try_from(grades)
                    .map(Position::from_whole_grades)
                    .map_err(|_| E::custom(NotAPosition))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
