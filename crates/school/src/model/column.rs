//! Which column a cell stands in.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::AcademicYear;
use super::field::{Extent, Field};
use super::id::Id;

/// A column: a field with the year, subject and event or assessment that it needs, and no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnKey {
    field: Field,
    year: Option<AcademicYear>,
    subject: Option<Id>,
    /// The tracking event, or the assessment.
    event: Option<Id>,
}

impl ColumnKey {
    /// The column of a field, from those of the given coordinates that it needs, `event` being the
    /// assessment where it is kept for each; nothing where one that it needs is not given.
    pub fn of(
        field: Field,
        year: Option<AcademicYear>,
        subject: Option<Id>,
        event: Option<Id>,
    ) -> Option<ColumnKey> {
        let (wants_year, wants_subject, wants_event) = match field.extent() {
            Extent::Lasting => (false, false, false),
            Extent::Yearly => (true, false, false),
            Extent::PerSubject => (true, true, false),
            Extent::PerEvent | Extent::PerAssessment => (true, true, true),
        };
        let missing = (wants_year && year.is_none())
            || (wants_subject && subject.is_none())
            || (wants_event && event.is_none());
        if missing {
            return None;
        }
        Some(ColumnKey {
            field,
            year: year.filter(|_| wants_year),
            subject: subject.filter(|_| wants_subject),
            event: event.filter(|_| wants_event),
        })
    }

    /// The column of a field that lasts; of another field, one without coordinates, which no
    /// cell can be read from.
    pub fn lasting(field: Field) -> ColumnKey {
        ColumnKey {
            field,
            year: None,
            subject: None,
            event: None,
        }
    }

    /// The column of a yearly field.
    pub fn yearly(field: Field, year: AcademicYear) -> ColumnKey {
        ColumnKey {
            year: Some(year),
            ..ColumnKey::lasting(field)
        }
    }

    /// The column of a field per subject and year.
    pub fn per_subject(field: Field, year: AcademicYear, subject: Id) -> ColumnKey {
        ColumnKey {
            subject: Some(subject),
            ..ColumnKey::yearly(field, year)
        }
    }

    /// The column of a field per subject and tracking event.
    pub fn per_event(field: Field, year: AcademicYear, subject: Id, event: Id) -> ColumnKey {
        ColumnKey {
            event: Some(event),
            ..ColumnKey::per_subject(field, year, subject)
        }
    }

    /// The column of a field per subject and assessment of the year.
    pub fn per_assessment(
        field: Field,
        year: AcademicYear,
        subject: Id,
        assessment: Id,
    ) -> ColumnKey {
        ColumnKey::per_event(field, year, subject, assessment)
    }

    /// What is known in this column.
    pub fn field(&self) -> Field {
        self.field
    }

    /// The academic year, where the field has one.
    pub fn year(&self) -> Option<AcademicYear> {
        self.year
    }

    /// The subject, where the field has one.
    pub fn subject(&self) -> Option<Id> {
        self.subject
    }

    /// The tracking event, where the field has one.
    pub fn event(&self) -> Option<Id> {
        self.event
            .filter(|_| self.field.extent() == Extent::PerEvent)
    }

    /// The assessment, where the field has one.
    pub fn assessment(&self) -> Option<Id> {
        self.event
            .filter(|_| self.field.extent() == Extent::PerAssessment)
    }

    /// Whether the coordinates are those that the field needs.
    pub fn is_whole(&self) -> bool {
        ColumnKey::of(self.field, self.year, self.subject, self.event) == Some(*self)
    }
}

impl fmt::Display for ColumnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.field)?;
        if let Some(year) = self.year {
            write!(f, "/{}", year.0)?;
        }
        for id in [self.subject, self.event].into_iter().flatten() {
            write!(f, "/{id}")?;
        }
        Ok(())
    }
}

/// A text that names no column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such column: {0}")]
pub struct UnknownColumn(pub String);

impl FromStr for ColumnKey {
    type Err = UnknownColumn;

    fn from_str(text: &str) -> Result<Self, UnknownColumn> {
        let unknown = || UnknownColumn(text.to_owned());
        let mut parts = text.split('/');
        let field = parts
            .next()
            .and_then(|name| name.parse().ok())
            .ok_or_else(unknown)?;
        let year = parts
            .next()
            .map(|year| year.parse().map(AcademicYear).map_err(|_| unknown()))
            .transpose()?;
        let mut id = || {
            parts
                .next()
                .map(|id| id.parse().map_err(|_| unknown()))
                .transpose()
        };
        let key = ColumnKey {
            field,
            year,
            subject: id()?,
            event: id()?,
        };
        if key.is_whole() && parts.next().is_none() {
            Ok(key)
        } else {
            Err(unknown())
        }
    }
}

impl Serialize for ColumnKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ColumnKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::field::Measure;

    #[test]
    fn keys_are_read_as_they_are_written() {
        let subject = Id::derived("subject", &["maths"]);
        let event = Id::derived("event", &["2026", "october"]);
        for key in [
            ColumnKey::lasting(Field::Surname),
            ColumnKey::lasting(Field::Prior(Measure::Ks2Maths)),
            ColumnKey::yearly(Field::Form, AcademicYear(2026)),
            ColumnKey::per_subject(Field::Target, AcademicYear(2026), subject),
            ColumnKey::per_event(Field::Current, AcademicYear(2026), subject, event),
            ColumnKey::per_assessment(Field::Mark, AcademicYear(2026), subject, event),
        ] {
            assert_eq!(key.to_string().parse::<ColumnKey>().unwrap(), key);
        }
    }

    #[test]
    fn a_column_with_wrong_coordinates_is_refused() {
        for text in [
            "form",
            "surname/2026",
            "target/2026",
            "form/2026/x",
            "nonsense",
            "",
        ] {
            assert!(text.parse::<ColumnKey>().is_err(), "{text}");
        }
    }
}
