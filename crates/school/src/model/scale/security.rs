//! How safe a fine grade is: 6+ is close to 7, 6- is not secure.

use super::Scale;
use super::grade::Grade;

/// What a fine grade says about the whole grade that it is a third of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Security {
    /// The lowest third: the whole grade may still be lost.
    NotSecure {
        /// The whole grade.
        whole: String,
    },
    /// The middle third.
    Secure {
        /// The whole grade.
        whole: String,
    },
    /// The highest third.
    CloseToNext {
        /// The next whole grade; nothing above the best.
        next: Option<String>,
    },
}

/// The thirds of a whole grade, lowest first, as labels end.
const THIRDS: [char; 3] = ['-', '=', '+'];

impl Scale {
    /// How safe a grade is; nothing where the scale has no thirds of whole grades, or where the grade is a band or a
    /// split one.
    pub fn security(&self, grade: Grade) -> Option<Security> {
        let ranks = grade.ranks()?;
        if grade.scale() != self.id() || ranks.lowest != ranks.highest {
            return None;
        }
        let rank = usize::from(ranks.lowest);
        let (whole, third) = self.third(rank)?;
        let owned = whole.to_owned();
        Some(match third {
            '-' => Security::NotSecure { whole: owned },
            '=' => Security::Secure { whole: owned },
            _ => Security::CloseToNext {
                next: self.third(rank + 1).map(|(next, _)| next.to_owned()),
            },
        })
    }

    /// The whole grade and the third that a rank is; nothing where it is not one of three.
    fn third(&self, rank: usize) -> Option<(&str, char)> {
        let label = self.labels().nth(rank)?;
        let third = label
            .chars()
            .next_back()
            .filter(|last| THIRDS.contains(last))?;
        let whole = label
            .strip_suffix(third)
            .filter(|whole| !whole.is_empty())?;
        // A plus alone, as in the steps of primary schools, is no third.
        let has = |third: char| {
            let of_it = |label: &str| label.strip_suffix(third) == Some(whole);
            self.labels().any(of_it)
        };
        THIRDS.into_iter().all(has).then_some((whole, third))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::ScaleSet;
    use super::*;

    fn of(scale: &str, label: &str) -> Option<Security> {
        let scales = ScaleSet::shipped();
        let scale = scales.get(scale).unwrap();
        scale.security(scale.parse(label).unwrap())
    }

    fn close(next: &str) -> Option<Security> {
        let next = Some(next.to_owned());
        Some(Security::CloseToNext { next })
    }

    #[test]
    fn a_fine_grade_is_not_secure_secure_or_close_to_the_next() {
        let whole = || "6".to_owned();
        assert_eq!(
            of("gcse-9-1-fine", "6-"),
            Some(Security::NotSecure { whole: whole() })
        );
        assert_eq!(
            of("gcse-9-1-fine", "6"),
            Some(Security::Secure { whole: whole() })
        );
        assert_eq!(of("gcse-9-1-fine", "6+"), close("7"));
        assert_eq!(of("baf", "F+"), close("S"));
        assert_eq!(
            of("baf", "S-"),
            Some(Security::NotSecure {
                whole: "S".to_owned()
            })
        );
    }

    #[test]
    fn above_the_best_grade_there_is_none() {
        let best = Some(Security::CloseToNext { next: None });
        assert_eq!(of("gcse-9-1-fine", "9+"), best);
        assert_eq!(of("baf", "E+"), best);
    }

    #[test]
    fn whole_grades_bands_splits_marks_and_other_steps_say_nothing() {
        for (scale, label) in [
            ("gcse-9-1", "6"),
            ("gcse-9-1-fine", "U"),
            ("baf", "S"),
            ("a-level", "B/C"),
            ("combined-science", "5-4"),
            ("primary-fine", "2b+"),
            ("spanish-0-10", "7.5"),
        ] {
            assert_eq!(of(scale, label), None, "{scale} {label}");
        }
    }
}
