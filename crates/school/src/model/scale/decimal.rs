//! Marks of a decimal scale: between points, units of the last decimal and places.

use std::collections::HashMap;

use super::definition::{DecimalScale, ScaleProblem};
use super::grade::Ranks;
use super::position::Position;
use super::spelling::{add_spellings, u8_of};

/// Widest range of a decimal scale, in points.
const WIDEST_RANGE: i64 = 10_000;

pub(super) fn power_of_ten(decimals: u8) -> i64 {
    10_i64.saturating_pow(u32::from(decimals))
}

impl DecimalScale {
    /// Lowest and highest mark in units of the last decimal.
    pub(super) fn bounds(&self) -> (i64, i64) {
        let unit = power_of_ten(self.decimals);
        (
            i64::from(self.lowest) * unit,
            i64::from(self.highest) * unit,
        )
    }

    fn units_of(&self) -> (i64, i64) {
        (
            i64::from(Position::UNITS_PER_GRADE),
            power_of_ten(self.decimals) * i64::from(self.points_per_grade.max(1)),
        )
    }

    pub(super) fn position(&self, mark: i64) -> Position {
        let (per_grade, per_unit) = self.units_of();
        let units = mark.saturating_mul(per_grade) / per_unit;
        Position::from_units(i32::try_from(units).unwrap_or(i32::MAX))
    }

    pub(super) fn mark_under(&self, place: Position) -> i64 {
        let (per_grade, per_unit) = self.units_of();
        (i64::from(place.units()) * per_unit).div_euclid(per_grade)
    }

    /// First and last mark of a band in units of the last decimal.
    pub(super) fn band_marks(&self, band: usize) -> Option<(i64, i64)> {
        let unit = power_of_ten(self.decimals);
        let from = i64::from(self.words.get(band)?.from) * unit;
        let to = match self.words.get(band + 1) {
            Some(next) => i64::from(next.from) * unit - 1,
            None => i64::from(self.highest) * unit,
        };
        Some((from, to))
    }

    pub(super) fn write(&self, mark: i64) -> String {
        let unit = power_of_ten(self.decimals);
        let sign = if mark < 0 { "-" } else { "" };
        let (whole, rest) = (mark.abs() / unit, mark.abs() % unit);
        if rest == 0 {
            return format!("{sign}{whole}");
        }
        let digits = format!("{rest:0width$}", width = usize::from(self.decimals));
        format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// Checks a decimal scale and reads the spellings of its bands.
pub(super) fn decimal_spellings(
    decimal: &DecimalScale,
) -> Result<HashMap<String, Ranks>, ScaleProblem> {
    let range = i64::from(decimal.highest) - i64::from(decimal.lowest);
    let largest = i64::from(
        decimal
            .highest
            .unsigned_abs()
            .max(decimal.lowest.unsigned_abs()),
    );
    if range <= 0 || largest > WIDEST_RANGE || decimal.points_per_grade == 0 {
        return Err(ScaleProblem::BadRange {
            lowest: decimal.lowest,
            highest: decimal.highest,
        });
    }
    let exact = |decimals: u8| {
        let (per_grade, per_unit) = DecimalScale {
            decimals,
            ..decimal.clone()
        }
        .units_of();
        per_grade % per_unit == 0
    };
    if decimal.decimals > 3 || !exact(decimal.decimals) {
        let most = (0..=3_u8)
            .rev()
            .find(|decimals| exact(*decimals))
            .unwrap_or(0);
        return Err(ScaleProblem::TooManyDecimals { most });
    }
    let mut spellings = HashMap::new();
    let mut below = i64::from(decimal.lowest) - 1;
    for (index, band) in decimal.words.iter().enumerate() {
        if i64::from(band.from) <= below || band.from >= decimal.highest {
            return Err(ScaleProblem::BadBand(band.label.clone()));
        }
        below = i64::from(band.from);
        let ranks = Ranks {
            lowest: u8_of(index),
            highest: u8_of(index),
        };
        add_spellings(&mut spellings, &band.label, &band.accepts, ranks)?;
    }
    Ok(spellings)
}
