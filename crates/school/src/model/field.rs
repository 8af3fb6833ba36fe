//! Every kind of thing that can be known, each with a name that files and the store keep for ever.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::{Value, ValueKind};

/// What the rows of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row: the school itself.
    School,
    /// A row per pupil.
    Pupils,
    /// A row per subject.
    Subjects,
    /// A row per class (teaching group) of a year.
    Classes,
    /// A row per tracking event of a year.
    Events,
    /// A row per scale that the school added.
    Scales,
    /// A row per kind of file that was imported, known by its headers.
    Sources,
    /// A row per publication of national figures that the school loaded.
    Figures,
}

impl Table {
    /// All tables, in the order in which their fields stand.
    pub const ALL: [Table; 8] = [
        Table::School,
        Table::Pupils,
        Table::Subjects,
        Table::Classes,
        Table::Events,
        Table::Scales,
        Table::Sources,
        Table::Figures,
    ];
}

/// Which coordinates besides the row a field needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// One value a row, for ever: a name, a date of birth.
    Lasting,
    /// One value a row and academic year: a form.
    Yearly,
    /// One value a row, year and subject: a target.
    PerSubject,
    /// One value a row, subject and tracking event: a current grade.
    PerEvent,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $table:ident, $extent:ident, $kind:ident;)*) => {
        /// One kind of fact about a row of a [`Table`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $name,)*
            /// A measure of attainment before the present key stage.
            Prior(Measure),
            /// Where a prior attainment value came from: file and date.
            PriorSource(Measure),
        }

        impl Field {
            /// All fields but those of [`Measure`]s.
            pub const PLAIN: &[Field] = &[$(Field::$name,)*];

            fn plain_name(self) -> &'static str {
                match self {
                    $(Field::$name => $text,)*
                    Field::Prior(_) => "prior",
                    Field::PriorSource(_) => "prior-source",
                }
            }

            /// What the rows of this field's columns are.
            pub fn table(self) -> Table {
                match self {
                    $(Field::$name => Table::$table,)*
                    Field::Prior(_) | Field::PriorSource(_) => Table::Pupils,
                }
            }

            /// Which coordinates besides the row this field needs.
            pub fn extent(self) -> Extent {
                match self {
                    $(Field::$name => Extent::$extent,)*
                    Field::Prior(_) | Field::PriorSource(_) => Extent::Lasting,
                }
            }

            /// The kind of value that this field holds.
            pub fn kind(self) -> ValueKind {
                match self {
                    $(Field::$name => ValueKind::$kind,)*
                    Field::Prior(measure) => measure.kind(),
                    Field::PriorSource(_) => ValueKind::Text,
                }
            }
        }
    };
}

fields! {
    /// The school's name.
    SchoolName = "school-name", School, Lasting, Text;
    /// The academic year that the school works in, as the calendar year of its autumn.
    CurrentYear = "current-year", School, Lasting, Number;
    /// Key of the policy pack in force.
    Pack = "pack", School, Lasting, Text;
    /// Whether everything here was made up by the program.
    MadeUp = "made-up", School, Lasting, Flag;

    /// Legal or used surname.
    Surname = "surname", Pupils, Lasting, Text;
    /// Preferred forename.
    Forename = "forename", Pupils, Lasting, Text;
    /// Unique pupil number, 13 characters; may be temporary.
    Upn = "upn", Pupils, Lasting, Text;
    /// The school's own number for the pupil.
    AdmissionNumber = "admission-number", Pupils, Lasting, Text;
    /// Date of birth.
    BirthDate = "birth-date", Pupils, Lasting, Date;
    /// Sex as the school's system has it: F, M or another letter.
    Sex = "sex", Pupils, Lasting, Text;
    /// Ethnicity, as the school's system words it.
    Ethnicity = "ethnicity", Pupils, Lasting, Text;
    /// Language spoken at home.
    HomeLanguage = "home-language", Pupils, Lasting, Text;
    /// Whether the pupil was taken off the list.
    PupilGone = "pupil-gone", Pupils, Lasting, Flag;
    /// Year group, −2 (N1) to 14.
    YearGroup = "year-group", Pupils, Yearly, Number;
    /// Form (tutor group).
    Form = "form", Pupils, Yearly, Text;
    /// House.
    House = "house", Pupils, Yearly, Text;
    /// SEN status: N none, K support, E education, health and care plan.
    Sen = "sen", Pupils, Yearly, Text;
    /// Pupil premium.
    PupilPremium = "pupil-premium", Pupils, Yearly, Flag;
    /// English as an additional language.
    Eal = "eal", Pupils, Yearly, Flag;
    /// Free school meals now or in the last six years.
    FreeMeals = "free-meals", Pupils, Yearly, Flag;
    /// Looked after by the local authority.
    LookedAfter = "looked-after", Pupils, Yearly, Flag;
    /// Attendance in percent of sessions.
    Attendance = "attendance", Pupils, Yearly, Number;
    /// The class in which the pupil learns the subject.
    Class = "class", Pupils, PerSubject, Reference;
    /// Target grade at its horizon.
    Target = "target", Pupils, PerSubject, Grade;
    /// How far the target has come: agreed, checked, published.
    TargetState = "target-state", Pupils, PerSubject, Text;
    /// When the target reached that state.
    TargetDate = "target-date", Pupils, PerSubject, Date;
    /// Why another grade than the proposed one was set.
    TargetReason = "target-reason", Pupils, PerSubject, Text;
    /// An imported estimate for the subject (FFT, Alps, local authority).
    Estimate = "estimate", Pupils, PerSubject, Grade;
    /// Grade achieved at the end of the year.
    Achieved = "achieved", Pupils, PerSubject, Grade;
    /// Grade the pupil works at.
    Current = "current", Pupils, PerEvent, Grade;
    /// Forecast grade.
    Predicted = "predicted", Pupils, PerEvent, Grade;
    /// The teacher's belief that the target will be met.
    OnTarget = "on-target", Pupils, PerEvent, Flag;
    /// Attitude to learning in class.
    AtlClass = "atl-class", Pupils, PerEvent, Grade;
    /// Attitude to learning at home.
    AtlHome = "atl-home", Pupils, PerEvent, Grade;
    /// Level of spoken English.
    SpokenEnglish = "spoken-english", Pupils, PerEvent, Grade;
    /// The teacher's comment.
    Comment = "comment", Pupils, PerEvent, Text;
    /// Which formal assessment the grade rests on.
    Evidence = "evidence", Pupils, PerEvent, Text;
    /// Why there is no grade: new, absent, not yet taught, disapplied.
    NoGrade = "no-grade", Pupils, PerEvent, Text;

    /// The subject's name as the school writes it.
    SubjectName = "subject-name", Subjects, Lasting, Text;
    /// Curriculum: uk, spanish.
    Curriculum = "curriculum", Subjects, Lasting, Text;
    /// Key of the scale that this subject uses instead of the policy's.
    SubjectScale = "subject-scale", Subjects, Lasting, Text;
    /// Whether everybody takes the subject until classes say who does.
    SubjectForAll = "subject-for-all", Subjects, Lasting, Flag;
    /// Whether the subject was taken off the list.
    SubjectGone = "subject-gone", Subjects, Lasting, Flag;

    /// The class's name, such as 8B/Ma1.
    ClassName = "class-name", Classes, Lasting, Text;
    /// The subject that the class learns.
    ClassSubject = "class-subject", Classes, Lasting, Reference;
    /// The academic year of the class.
    ClassYear = "class-year", Classes, Lasting, Number;
    /// Who teaches it; several names are separated by commas.
    ClassTeacher = "class-teacher", Classes, Lasting, Text;

    /// The event's name, such as October.
    EventName = "event-name", Events, Lasting, Text;
    /// Key of the policy's calendar entry that the event follows.
    EventKey = "event-key", Events, Lasting, Text;
    /// The academic year of the event.
    EventYear = "event-year", Events, Lasting, Number;
    /// Date from which grades are entered.
    EventOpens = "event-opens", Events, Lasting, Date;
    /// Date by which grades must be in.
    EventDeadline = "event-deadline", Events, Lasting, Date;
    /// State: planned, open, closed.
    EventState = "event-state", Events, Lasting, Text;
    /// Fields that the event asks for, by their names, separated by spaces.
    EventFields = "event-fields", Events, Lasting, Text;
    /// Pack key and version that evaluates the closed event.
    EventPack = "event-pack", Events, Lasting, Text;

    /// The scale's definition as JSON.
    ScaleDefinition = "scale-definition", Scales, Lasting, Text;

    /// The mapping of columns last used for this kind of file, as JSON.
    SourceMapping = "source-mapping", Sources, Lasting, Text;

    /// A publication of national figures, as JSON.
    FiguresDocument = "figures-document", Figures, Lasting, Text;
    /// Whether the school goes by it.
    FiguresInUse = "figures-in-use", Figures, Lasting, Flag;
}

/// A measure of prior attainment, with its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// KS2 reading scaled score, 80–120.
    Ks2Reading,
    /// KS2 maths scaled score, 80–120.
    Ks2Maths,
    /// KS2 grammar, punctuation and spelling scaled score, 80–120.
    Ks2Gps,
    /// CAT4 verbal standard age score, 59–141.
    CatVerbal,
    /// CAT4 quantitative standard age score, 59–141.
    CatQuantitative,
    /// CAT4 non-verbal standard age score, 59–141.
    CatNonVerbal,
    /// CAT4 spatial standard age score, 59–141.
    CatSpatial,
    /// CAT4 mean standard age score, 59–141.
    CatMean,
    /// GCSE grade predicted from CAT4, on the fine 9–1 scale.
    CatPredictedGcse,
    /// Average GCSE points per entry on the 9–1 scale, 0–9.
    AverageGcse,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 10] = [
        Measure::Ks2Reading,
        Measure::Ks2Maths,
        Measure::Ks2Gps,
        Measure::CatVerbal,
        Measure::CatQuantitative,
        Measure::CatNonVerbal,
        Measure::CatSpatial,
        Measure::CatMean,
        Measure::CatPredictedGcse,
        Measure::AverageGcse,
    ];

    /// The name that files keep.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Ks2Reading => "ks2-reading",
            Measure::Ks2Maths => "ks2-maths",
            Measure::Ks2Gps => "ks2-gps",
            Measure::CatVerbal => "cat-verbal",
            Measure::CatQuantitative => "cat-quantitative",
            Measure::CatNonVerbal => "cat-non-verbal",
            Measure::CatSpatial => "cat-spatial",
            Measure::CatMean => "cat-mean",
            Measure::CatPredictedGcse => "cat-predicted-gcse",
            Measure::AverageGcse => "average-gcse",
        }
    }

    /// Lowest and highest value in the measure's own unit, both allowed; a grade has none.
    ///
    /// Sources: Standards and Testing Agency (KS2 80–120), GL Assessment (SAS 59–141).
    pub fn range(self) -> Option<(i64, i64)> {
        match self {
            Measure::Ks2Reading | Measure::Ks2Maths | Measure::Ks2Gps => Some((80, 120)),
            Measure::CatVerbal
            | Measure::CatQuantitative
            | Measure::CatNonVerbal
            | Measure::CatSpatial
            | Measure::CatMean => Some((59, 141)),
            Measure::AverageGcse => Some((0, 9)),
            Measure::CatPredictedGcse => None,
        }
    }

    /// Codes that may stand in place of a score, as the Standards and Testing Agency gives them.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Measure::Ks2Reading | Measure::Ks2Maths | Measure::Ks2Gps => &[
                "A", "B", "N", "H", "J", "L", "M", "Q", "U", "T", "F", "P", "AS", "NS",
            ],
            _ => &[],
        }
    }

    fn kind(self) -> ValueKind {
        match self {
            Measure::CatPredictedGcse => ValueKind::Grade,
            _ => ValueKind::Score,
        }
    }
}

impl Field {
    /// Whether a value may stand in this field; a blank always may.
    pub fn accepts(self, value: &Value) -> bool {
        self.kind().holds(value)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Prior(measure) | Field::PriorSource(measure) => {
                write!(f, "{}:{}", self.plain_name(), measure.name())
            }
            plain => f.write_str(plain.plain_name()),
        }
    }
}

/// A text that names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such field: {0}")]
pub struct UnknownField(pub String);

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        let unknown = || UnknownField(text.to_owned());
        if let Some((kind, measure)) = text.split_once(':') {
            let measure = Measure::ALL
                .into_iter()
                .find(|each| each.name() == measure)
                .ok_or_else(unknown)?;
            return match kind {
                "prior" => Ok(Field::Prior(measure)),
                "prior-source" => Ok(Field::PriorSource(measure)),
                _ => Err(unknown()),
            };
        }
        Field::PLAIN
            .iter()
            .copied()
            .find(|field| field.plain_name() == text)
            .ok_or_else(unknown)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
