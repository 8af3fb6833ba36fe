//! What the columns of a file mean: guessed, changed by the user, remembered per kind of file.

mod guess;
mod subjects;
mod vocabulary;
mod words;

use serde::{Deserialize, Serialize};

use flightpath_school::journal::School;
use flightpath_school::model::{ColumnKey, Field, Id, Measure, Value};

pub use guess::{GuessFrom, guess, guess_scale};
pub use words::result_kind;

use crate::cells::DateOrder;
use crate::table::Table;

/// How names stand in a column that holds whole names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameOrder {
    /// `Hall, Ann`.
    SurnameFirst,
    /// `Ann Hall`; what follows the first space is the surname.
    ForenameFirst,
}

/// A group that a pupil is in or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupFlag {
    /// Pupil premium.
    PupilPremium,
    /// English as an additional language.
    Eal,
    /// Free school meals now or in the last six years.
    FreeMeals,
    /// Looked after by the local authority.
    LookedAfter,
}

impl GroupFlag {
    /// All groups.
    pub const ALL: [GroupFlag; 4] = [
        GroupFlag::PupilPremium,
        GroupFlag::Eal,
        GroupFlag::FreeMeals,
        GroupFlag::LookedAfter,
    ];

    /// Where it is kept.
    pub fn field(self) -> Field {
        match self {
            GroupFlag::PupilPremium => Field::PupilPremium,
            GroupFlag::Eal => Field::Eal,
            GroupFlag::FreeMeals => Field::FreeMeals,
            GroupFlag::LookedAfter => Field::LookedAfter,
        }
    }
}

/// What a result says about a pupil in a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultKind {
    /// Target grade.
    Target,
    /// Estimate of another body, such as FFT.
    Estimate,
    /// Grade achieved at the end of the year.
    Achieved,
    /// Grade the pupil works at.
    Current,
    /// Forecast grade.
    Predicted,
    /// The teacher's belief that the target will be met.
    OnTarget,
    /// Attitude to learning in class.
    AtlClass,
    /// Attitude to learning at home.
    AtlHome,
    /// Level of spoken English.
    SpokenEnglish,
    /// The teacher's comment.
    Comment,
    /// Which assessment the grade rests on.
    Evidence,
}

impl ResultKind {
    /// All kinds.
    pub const ALL: [ResultKind; 11] = [
        ResultKind::Target,
        ResultKind::Current,
        ResultKind::Predicted,
        ResultKind::OnTarget,
        ResultKind::AtlClass,
        ResultKind::AtlHome,
        ResultKind::Achieved,
        ResultKind::Estimate,
        ResultKind::SpokenEnglish,
        ResultKind::Comment,
        ResultKind::Evidence,
    ];

    /// Where it is kept.
    pub fn field(self) -> Field {
        match self {
            ResultKind::Target => Field::Target,
            ResultKind::Estimate => Field::Estimate,
            ResultKind::Achieved => Field::Achieved,
            ResultKind::Current => Field::Current,
            ResultKind::Predicted => Field::Predicted,
            ResultKind::OnTarget => Field::OnTarget,
            ResultKind::AtlClass => Field::AtlClass,
            ResultKind::AtlHome => Field::AtlHome,
            ResultKind::SpokenEnglish => Field::SpokenEnglish,
            ResultKind::Comment => Field::Comment,
            ResultKind::Evidence => Field::Evidence,
        }
    }

    /// Whether it is a grade, which needs a scale.
    pub fn is_grade(self) -> bool {
        self.field().kind() == flightpath_school::model::value::ValueKind::Grade
    }

    /// Whether it belongs to a tracking event.
    pub fn has_event(self) -> bool {
        self.field().extent() == flightpath_school::model::field::Extent::PerEvent
    }
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Left out.
    #[default]
    Ignore,
    /// Surname.
    Surname,
    /// Forename.
    Forename,
    /// Whole name.
    FullName(NameOrder),
    /// Unique pupil number.
    Upn,
    /// The school's own number for the pupil.
    AdmissionNumber,
    /// Date of birth.
    BirthDate,
    /// Sex.
    Sex,
    /// Ethnicity.
    Ethnicity,
    /// Language spoken at home.
    HomeLanguage,
    /// Year group.
    YearGroup,
    /// Form.
    Form,
    /// House.
    House,
    /// SEN status.
    Sen,
    /// A group that the pupil is in or not.
    Group(GroupFlag),
    /// Attendance in percent.
    Attendance,
    /// A measure of prior attainment.
    Prior(#[serde(with = "measure_by_name")] Measure),
    /// A result. Without a subject it is that of the row's [`Role::SubjectName`] or of
    /// [`Mapping::single_subject`]; without an event, that of the row's [`Role::EventName`] or
    /// [`Mapping::default_event`].
    Result {
        /// Name of the subject.
        subject: Option<String>,
        /// What it says.
        kind: ResultKind,
        /// Name of the tracking event.
        event: Option<String>,
    },
    /// A result whose kind stands in the row's [`Role::KindName`].
    ResultOfNamedKind,
    /// The class in which the pupil learns the subject.
    Class {
        /// Name of the subject, where the column has it.
        subject: Option<String>,
    },
    /// Who teaches the class.
    Teacher {
        /// Name of the subject, where the column has it.
        subject: Option<String>,
    },
    /// Name of the subject of the row's results.
    SubjectName,
    /// Name of the tracking event of the row's results.
    EventName,
    /// What the row's result is: target, predicted.
    KindName,
}

/// Measures under the names that files keep.
mod measure_by_name {
    use flightpath_school::model::Measure;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(measure: &Measure, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(measure.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Measure, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Measure::ALL
            .into_iter()
            .find(|measure| measure.name() == name)
            .ok_or_else(|| serde::de::Error::custom("no such measure"))
    }
}

impl Role {
    /// Whether only one column of a file may have this role.
    pub fn is_unique(&self) -> bool {
        *self != Role::Ignore
    }

    /// Where a role's values are kept, if the role alone says so.
    pub fn field(&self) -> Option<Field> {
        match self {
            Role::Surname => Some(Field::Surname),
            Role::Forename => Some(Field::Forename),
            Role::Upn => Some(Field::Upn),
            Role::AdmissionNumber => Some(Field::AdmissionNumber),
            Role::BirthDate => Some(Field::BirthDate),
            Role::Sex => Some(Field::Sex),
            Role::Ethnicity => Some(Field::Ethnicity),
            Role::HomeLanguage => Some(Field::HomeLanguage),
            Role::YearGroup => Some(Field::YearGroup),
            Role::Form => Some(Field::Form),
            Role::House => Some(Field::House),
            Role::Sen => Some(Field::Sen),
            Role::Group(group) => Some(group.field()),
            Role::Attendance => Some(Field::Attendance),
            Role::Prior(measure) => Some(Field::Prior(*measure)),
            Role::Result { kind, .. } => Some(kind.field()),
            Role::Class { .. } => Some(Field::Class),
            Role::Teacher { .. } => Some(Field::ClassTeacher),
            Role::Ignore
            | Role::FullName(_)
            | Role::ResultOfNamedKind
            | Role::SubjectName
            | Role::EventName
            | Role::KindName => None,
        }
    }

    /// Whether the values of this role are grades, which need a scale.
    pub fn needs_scale(&self) -> bool {
        match self {
            Role::Result { kind, .. } => kind.is_grade(),
            Role::Prior(measure) => measure.is_grade(),
            Role::ResultOfNamedKind => true,
            _ => false,
        }
    }
}

/// What a blank cell of a group's column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlankMeans {
    /// The pupil is not in the group.
    No,
    /// Nothing is known.
    Unknown,
}

/// Why a column got its role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Nothing spoke for any role.
    #[default]
    Nothing,
    /// The header's words.
    Header,
    /// The header's words, and the values fit.
    HeaderAndValues,
    /// The values alone.
    Values,
    /// The header speaks for a role, but too few values fit it.
    ValuesDoNotFit,
    /// The column with this index has the role already.
    RoleTaken(usize),
    /// It was so at the last import of such a file.
    Remembered,
    /// The user chose it.
    Chosen,
}

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// To be looked at.
    #[default]
    Doubtful,
    /// Probably right.
    Likely,
    /// As good as certain.
    Certain,
}

/// What one column means and how its values are read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ColumnMapping {
    /// What the column means.
    pub role: Role,
    /// Why.
    #[serde(default)]
    pub why: Why,
    /// How sure that is.
    #[serde(default)]
    pub sure: Sureness,
    /// Order of the dates; nothing while the user has yet to be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// What a blank of a group's column means; nothing while the user has yet to be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<BlankMeans>,
    /// Key of the scale of grades.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
}

impl ColumnMapping {
    /// A column whose role the user chose; the scale is to be guessed or chosen next.
    pub fn chosen(role: Role) -> ColumnMapping {
        ColumnMapping {
            role,
            why: Why::Chosen,
            sure: Sureness::Certain,
            ..ColumnMapping::default()
        }
    }
}

/// How to call pupils that a file does not identify: by the number of their row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberRows {
    /// What stands before the number in the admission number.
    pub admission_prefix: String,
    /// The surname, before the number.
    pub surname: String,
}

/// What all columns of a file mean, and what the file as a whole needs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// One entry a column.
    pub columns: Vec<ColumnMapping>,
    /// Tracking event of results whose column and row name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_event: Option<String>,
    /// Subject of results whose column and row name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_subject: Option<String>,
    /// Set where the rows are to be numbered because nothing identifies them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_rows: Option<NumberRows>,
    /// Whether pupils who are not in the school are added even if the file has no year group.
    #[serde(default)]
    pub add_missing_pupils: bool,
}

impl Mapping {
    /// The column that has a role.
    pub fn column_of(&self, role: &Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == *role)
    }

    /// Whether any column passes the test.
    pub fn has(&self, test: impl Fn(&Role) -> bool) -> bool {
        self.columns.iter().any(|column| test(&column.role))
    }

    /// Whether the file says who its pupils are: by number or by name.
    pub fn identifies_pupils(&self) -> bool {
        self.has(|role| {
            matches!(
                role,
                Role::Upn | Role::AdmissionNumber | Role::Surname | Role::FullName(_)
            )
        })
    }

    /// Whether pupils who are not in the school are made from this file's rows.
    pub fn adds_pupils(&self) -> bool {
        let named = self.has(|role| matches!(role, Role::Surname | Role::FullName(_)));
        let placed = self.has(|role| *role == Role::YearGroup);
        self.number_rows.is_some() || self.add_missing_pupils || (named && placed)
    }

    /// Whether a pupil may have several rows, one a result.
    pub fn is_long(&self) -> bool {
        self.has(|role| matches!(role, Role::SubjectName | Role::EventName | Role::KindName))
    }

    /// The mapping that was used when such a file was last imported.
    pub fn remembered(table: &Table, school: &School) -> Option<Mapping> {
        let text = school.text(&ColumnKey::lasting(Field::SourceMapping), table.source_id())?;
        let mut mapping: Mapping = serde_json::from_str(text).ok()?;
        if mapping.columns.len() != table.width() {
            return None;
        }
        for column in &mut mapping.columns {
            column.why = Why::Remembered;
            column.sure = Sureness::Certain;
        }
        Some(mapping)
    }

    /// The cell that remembers this mapping, where another one or none is remembered.
    pub fn to_remember(&self, table: &Table, school: &School) -> Option<(ColumnKey, Id, Value)> {
        let mut plain = self.clone();
        for column in &mut plain.columns {
            column.why = Why::Remembered;
            column.sure = Sureness::Certain;
        }
        if Mapping::remembered(table, school).as_ref() == Some(&plain) {
            return None;
        }
        let text = serde_json::to_string(&plain).ok()?;
        Some((
            ColumnKey::lasting(Field::SourceMapping),
            table.source_id(),
            Value::text(&text),
        ))
    }
}
