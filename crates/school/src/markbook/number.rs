//! Numbers in thousandths: divided with halves up, and written as people type them.

/// `numerator / denominator` to the nearest whole number, halves away from nought; nothing where the
/// denominator is nought or the result does not fit.
pub(super) fn rounded(numerator: i128, denominator: i128) -> Option<i64> {
    let (sign, numerator) = if (numerator < 0) == (denominator < 0) {
        (1, numerator.checked_abs()?)
    } else {
        (-1, numerator.checked_abs()?)
    };
    let denominator = denominator.checked_abs()?;
    let twice = numerator.checked_mul(2)?.checked_add(denominator)?;
    let size = twice.checked_div(denominator.checked_mul(2)?)?;
    i64::try_from(sign * size).ok()
}

/// A number of thousandths as it is typed: `14`, `14.5`, `-0.125`.
pub fn thousandths_text(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let (whole, rest) = (size / 1000, size % 1000);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let decimals = format!("{rest:03}");
    format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_nought() {
        assert_eq!(rounded(5, 2), Some(3));
        assert_eq!(rounded(-5, 2), Some(-3));
        assert_eq!(rounded(4, 3), Some(1));
        assert_eq!(rounded(1, 0), None);
    }

    #[test]
    fn numbers_are_written_as_they_are_typed() {
        assert_eq!(thousandths_text(14_000), "14");
        assert_eq!(thousandths_text(14_500), "14.5");
        assert_eq!(thousandths_text(-125), "-0.125");
    }
}
