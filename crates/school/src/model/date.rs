//! Dates without clocks or zones: civil dates, academic years, year groups and moments.

use core::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// A date of the calendar, such as a date of birth; no machine's time zone ever touches it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate(Date);

impl CivilDate {
    /// 1 January 1970.
    pub const UNIX_EPOCH: CivilDate = CivilDate(time::macros::date!(1970 - 01 - 01));

    /// The date, or nothing where the calendar has no such day (31 February).
    pub fn new(year: i32, month: u8, day: u8) -> Option<CivilDate> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day)
            .ok()
            .map(CivilDate)
    }

    /// Reads `2026-11-22`.
    pub fn from_iso(text: &str) -> Option<CivilDate> {
        let mut parts = text.split('-');
        let date = CivilDate::new(
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        );
        if parts.next().is_some() { None } else { date }
    }

    /// The civil date at a moment in Coordinated Universal Time.
    pub fn at(moment: Moment) -> Option<CivilDate> {
        time::UtcDateTime::from_unix_timestamp(moment.0.div_euclid(1000))
            .ok()
            .map(|at| CivilDate(at.date()))
    }

    /// Year of the calendar.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// Day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// Days since an arbitrary fixed day; differences are days.
    pub fn day_number(self) -> i32 {
        self.0.to_julian_day()
    }

    /// The date so many days later (or earlier, if negative), within the calendar's range.
    pub fn plus_days(self, days: i32) -> Option<CivilDate> {
        self.0
            .to_julian_day()
            .checked_add(days)
            .and_then(|day| Date::from_julian_day(day).ok())
            .map(CivilDate)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl fmt::Debug for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for CivilDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.to_julian_day().serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for CivilDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let day = Deserialize::deserialize(deserializer)?;
            let date = Date::from_julian_day(day).map(CivilDate);
            return date.map_err(|_| serde::de::Error::custom("not a date"));
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        CivilDate::from_iso(&text).ok_or_else(|| serde::de::Error::custom("not a date"))
    }
}

/// Milliseconds since 1970 in UTC, as the author's clock had them: for display and sorting only,
/// never to choose between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// The school year that begins in the autumn of this calendar year: 2026 is 2026/27.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AcademicYear(pub u16);

impl AcademicYear {
    /// The academic year in which a date lies; years begin on 1 September, English maintained
    /// schools' statutory start.
    pub fn of(date: CivilDate) -> AcademicYear {
        let year = if date.month() >= 9 {
            date.year()
        } else {
            date.year() - 1
        };
        AcademicYear(u16::try_from(year).unwrap_or(0))
    }

    /// The year of the calendar in which it has this month, 1 to 12.
    pub fn calendar_year(self, month: u8) -> u16 {
        if month >= 9 { self } else { self.next() }.0
    }

    /// The year before.
    pub fn previous(self) -> AcademicYear {
        AcademicYear(self.0.saturating_sub(1))
    }

    /// The year after.
    pub fn next(self) -> AcademicYear {
        AcademicYear(self.0.saturating_add(1))
    }
}

impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (u32::from(self.0) + 1) % 100)
    }
}

/// A year group from Nursery 1 to Year 14, as a number that sorts: N1 = −2, N2 = −1, R = 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct YearGroup(i8);

impl YearGroup {
    /// The year group with this number, from −2 (N1) to 14.
    pub fn new(number: i64) -> Option<YearGroup> {
        i8::try_from(number)
            .ok()
            .filter(|number| (-2..=14).contains(number))
            .map(YearGroup)
    }

    /// All of them, the youngest first.
    pub fn all() -> impl Iterator<Item = YearGroup> {
        (-2..=14).map(YearGroup)
    }

    /// The year group above, where there is one.
    pub fn above(self) -> Option<YearGroup> {
        YearGroup::new(i64::from(self.0) + 1)
    }

    /// −2 (N1) to 14.
    pub fn number(self) -> i8 {
        self.0
    }

    /// Reads `8`, `Y8`, `Yr 8`, `Year  8`, `R`, `Reception`, `N1`, `Nursery 2`.
    pub fn parse(text: &str) -> Option<YearGroup> {
        let lower: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '.')
            .flat_map(char::to_lowercase)
            .collect();
        match lower.as_str() {
            "r" | "yr" | "reception" | "yearr" => return Some(YearGroup(0)),
            "n1" | "nursery1" => return Some(YearGroup(-2)),
            "n2" | "nursery2" | "nursery" | "n" => return Some(YearGroup(-1)),
            _ => {}
        }
        let digits = ["yeargroup", "year", "yr", "y"]
            .iter()
            .find_map(|prefix| lower.strip_prefix(prefix))
            .unwrap_or(&lower);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits
            .parse::<i64>()
            .ok()
            .filter(|number| *number >= 1)
            .and_then(YearGroup::new)
    }
}

impl fmt::Display for YearGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            -2 => f.write_str("N1"),
            -1 => f.write_str("N2"),
            0 => f.write_str("R"),
            number => write!(f, "{number}"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn year_groups_are_read_as_schools_write_them() {
        for text in ["8", "Y8", "Year 8", "Year  8", "yr8", "Yr. 8"] {
            assert_eq!(
                YearGroup::parse(text).map(YearGroup::number),
                Some(8),
                "{text}"
            );
        }
        for text in ["15", "Year 15", "0", "8B", "", "-1", "Year", "eight"] {
            assert_eq!(YearGroup::parse(text), None, "{text}");
        }
        assert_eq!(YearGroup::parse("R").unwrap().to_string(), "R");
    }

    #[test]
    fn there_is_no_31_february() {
        assert_eq!(CivilDate::new(2014, 2, 31), None);
        assert_eq!(
            CivilDate::from_iso("2014-02-28").unwrap().to_string(),
            "2014-02-28"
        );
    }

    #[test]
    fn the_year_begins_in_september() {
        let year = |text| AcademicYear::of(CivilDate::from_iso(text).unwrap()).0;
        assert_eq!(year("2026-08-31"), 2025);
        assert_eq!(year("2026-09-01"), 2026);
        assert_eq!(AcademicYear(1999).to_string(), "1999/00");
    }
}
