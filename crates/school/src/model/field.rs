//! Every kind of thing that can be known, each with a name that files and the store keep for ever.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::{Value, ValueKind};
use crate::policy::SubjectRole;

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
    /// A row per version of a policy that the school wrote or was given.
    Policies,
    /// A row per target of a pupil that is no grade.
    OtherTargets,
    /// A row per target of a whole cohort.
    CohortTargets,
    /// A row per assessment of a class, of the markbook.
    Assessments,
    /// A row per phrase of the comment bank.
    Phrases,
    /// A row per intervention for a pupil.
    Interventions,
}

impl Table {
    /// All tables, in the order in which their fields stand.
    pub const ALL: [Table; 14] = [
        Table::School,
        Table::Pupils,
        Table::Subjects,
        Table::Classes,
        Table::Events,
        Table::Scales,
        Table::Sources,
        Table::Figures,
        Table::Policies,
        Table::OtherTargets,
        Table::CohortTargets,
        Table::Assessments,
        Table::Phrases,
        Table::Interventions,
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
    /// One value a row, subject and assessment of the year: a mark.
    PerAssessment,
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
    /// The policy that the school goes by: key of one that ships, or row of one that is kept.
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
    /// The last academic year in which the pupil was here, as the calendar year of its autumn.
    LeftAfter = "left-after", Pupils, Lasting, Number;
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
    /// Who approved a change of the target, by name.
    TargetApproved = "target-approved", Pupils, PerSubject, Text;
    /// Whether the target stays off what pupils and parents see.
    TargetHidden = "target-hidden", Pupils, PerSubject, Flag;
    /// When the target was last looked at again and left as it is.
    TargetReviewed = "target-reviewed", Pupils, PerSubject, Date;
    /// How the pupil sees the way to the target.
    TargetSelf = "target-self", Pupils, PerSubject, Text;
    /// What the pupil does next to reach the target.
    TargetNext = "target-next", Pupils, PerSubject, Text;
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
    /// Whether the class was given up; who was in it keeps what was known there.
    ClassGone = "class-gone", Classes, Lasting, Flag;

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
    /// Row of the policy that judges the closed event; key and version where an earlier release closed it.
    EventPack = "event-pack", Events, Lasting, Text;

    /// The scale's definition as JSON.
    ScaleDefinition = "scale-definition", Scales, Lasting, Text;

    /// The mapping of columns last used for this kind of file, as JSON.
    SourceMapping = "source-mapping", Sources, Lasting, Text;

    /// A publication of national figures, as JSON.
    FiguresDocument = "figures-document", Figures, Lasting, Text;
    /// Whether the school goes by it.
    FiguresInUse = "figures-in-use", Figures, Lasting, Flag;

    /// A policy pack, as JSON.
    PolicyDocument = "policy-document", Policies, Lasting, Text;

    /// Whose target it is.
    OtherPupil = "other-pupil", OtherTargets, Lasting, Reference;
    /// The academic year that it is for.
    OtherYear = "other-year", OtherTargets, Lasting, Number;
    /// Key of its kind in the policy.
    OtherKind = "other-kind", OtherTargets, Lasting, Text;
    /// What is to be reached.
    OtherText = "other-text", OtherTargets, Lasting, Text;
    /// Where the pupil started, in the kind's unit.
    OtherBaseline = "other-baseline", OtherTargets, Lasting, Number;
    /// What is aimed at, in the kind's unit.
    OtherGoal = "other-goal", OtherTargets, Lasting, Number;
    /// The day by which.
    OtherDate = "other-date", OtherTargets, Lasting, Date;
    /// How the pupil sees it.
    OtherSelf = "other-self", OtherTargets, Lasting, Text;
    /// How the teacher sees it.
    OtherTeacher = "other-teacher", OtherTargets, Lasting, Text;
    /// How far it has come: set, agreed, met, missed.
    OtherState = "other-state", OtherTargets, Lasting, Text;

    /// The academic year that a cohort's target is for.
    CohortYear = "cohort-year", CohortTargets, Lasting, Number;
    /// Whose it is, all of the parts named: `year:11`, `class:ID`, `subject:ID`, `group:pupil-premium`,
    /// `key-stage:ks4`, or several with a space between.
    CohortWhom = "cohort-whom", CohortTargets, Lasting, Text;
    /// What is counted: key of a scale and the grade to be reached, `gcse-9-1:5`.
    CohortMeasure = "cohort-measure", CohortTargets, Lasting, Text;
    /// Per cent of the cohort that are to reach it.
    CohortPercent = "cohort-percent", CohortTargets, Lasting, Number;
    /// Per cent that the local authority's indicative figure names.
    CohortIndicative = "cohort-indicative", CohortTargets, Lasting, Number;
    /// Per cent that an imported estimate names.
    CohortEstimate = "cohort-estimate", CohortTargets, Lasting, Number;
    /// When it was published.
    CohortPublished = "cohort-published", CohortTargets, Lasting, Date;

    /// How the marks of the class come to one, as JSON.
    ClassMean = "class-mean", Classes, Lasting, Text;

    /// The class that was assessed.
    AssessmentClass = "assessment-class", Assessments, Yearly, Reference;
    /// What it was.
    AssessmentTitle = "assessment-title", Assessments, Yearly, Text;
    /// When it was.
    AssessmentDate = "assessment-date", Assessments, Yearly, Date;
    /// Its kind: class-work, home-learning, key-assessment, test, mock, non-examined.
    AssessmentKind = "assessment-kind", Assessments, Yearly, Text;
    /// The term or category that the teacher puts it under.
    AssessmentCategory = "assessment-category", Assessments, Yearly, Text;
    /// What is entered: `marks:40` out of so many, or `scale:KEY` for grades of a scale.
    AssessmentMeasure = "assessment-measure", Assessments, Yearly, Text;
    /// From which mark on there is which grade, as JSON.
    AssessmentBoundaries = "assessment-boundaries", Assessments, Yearly, Text;
    /// How much it weighs beside the others.
    AssessmentWeight = "assessment-weight", Assessments, Yearly, Number;
    /// Whether it is for the teacher's own eyes.
    AssessmentPrivate = "assessment-private", Assessments, Yearly, Flag;
    /// Its place among the assessments of the class.
    AssessmentOrder = "assessment-order", Assessments, Yearly, Number;
    /// Whether it was taken away.
    AssessmentGone = "assessment-gone", Assessments, Yearly, Flag;
    /// The mark or grade, or the code that stands instead: absent, exempt, not-handed-in.
    Mark = "mark", Pupils, PerAssessment, Mark;
    /// Whether it was handed in late.
    MarkLate = "mark-late", Pupils, PerAssessment, Flag;
    /// What the teacher notes beside it.
    MarkNote = "mark-note", Pupils, PerAssessment, Text;
    /// Effort, apart from attainment.
    MarkEffort = "mark-effort", Pupils, PerAssessment, Grade;
    /// The mark after moderation, of a non-examined assessment.
    MarkModerated = "mark-moderated", Pupils, PerAssessment, Mark;
    /// What the mark rests on: words, or a link.
    MarkEvidence = "mark-evidence", Pupils, PerAssessment, Text;

    /// The words of a phrase, with places for what is the pupil's own.
    PhraseText = "phrase-text", Phrases, Lasting, Text;
    /// The heading that it stands under.
    PhraseHeading = "phrase-heading", Phrases, Lasting, Text;
    /// The subject that it is for; blank for every subject.
    PhraseSubject = "phrase-subject", Phrases, Lasting, Reference;

    /// Whom an intervention is for.
    InterventionPupil = "intervention-pupil", Interventions, Lasting, Reference;
    /// The subject that it is in; blank where it is for the pupil as a whole.
    InterventionSubject = "intervention-subject", Interventions, Lasting, Reference;
    /// The day on which it began.
    InterventionBegun = "intervention-begun", Interventions, Lasting, Date;
    /// Its level, 1 to 3.
    InterventionLevel = "intervention-level", Interventions, Lasting, Number;
    /// Why it is needed.
    InterventionReason = "intervention-reason", Interventions, Lasting, Text;
    /// What is done: the plan, or the strategy in a word.
    InterventionPlan = "intervention-plan", Interventions, Lasting, Text;
    /// The day on which it ended.
    InterventionFinished = "intervention-finished", Interventions, Lasting, Date;
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
    /// Average GCSE points per entry on the old scale of eight points (A* is 8, G is 1), 0–8.
    AverageGcseEightPoint,
    /// Early years foundation stage: goals of reading, emerging or expected.
    EyfsReading,
    /// Early years foundation stage: the goal of writing.
    EyfsWriting,
    /// Early years foundation stage: goals of maths.
    EyfsMaths,
    /// Phonics screening check, 0–40.
    Phonics,
    /// KS1 reading scaled score, 85–115.
    Ks1ReadingScore,
    /// KS1 maths scaled score, 85–115.
    Ks1MathsScore,
    /// KS1 teacher assessment in reading.
    Ks1Reading,
    /// KS1 teacher assessment in writing.
    Ks1Writing,
    /// KS1 teacher assessment in maths.
    Ks1Maths,
    /// Multiplication tables check, 0–25.
    Multiplication,
    /// KS2 teacher assessment in reading.
    Ks2ReadingTa,
    /// KS2 teacher assessment in writing.
    Ks2WritingTa,
    /// KS2 teacher assessment in maths.
    Ks2MathsTa,
    /// KS2 teacher assessment in science.
    Ks2ScienceTa,
}

/// What of primary school a subject continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrimarySubject {
    /// Reading.
    Reading,
    /// Writing.
    Writing,
    /// Maths.
    Maths,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 25] = [
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
        Measure::AverageGcseEightPoint,
        Measure::EyfsReading,
        Measure::EyfsWriting,
        Measure::EyfsMaths,
        Measure::Phonics,
        Measure::Ks1ReadingScore,
        Measure::Ks1MathsScore,
        Measure::Ks1Reading,
        Measure::Ks1Writing,
        Measure::Ks1Maths,
        Measure::Multiplication,
        Measure::Ks2ReadingTa,
        Measure::Ks2WritingTa,
        Measure::Ks2MathsTa,
        Measure::Ks2ScienceTa,
    ];

    /// The outcome of the early years foundation stage in a subject.
    pub fn eyfs(subject: PrimarySubject) -> Measure {
        match subject {
            PrimarySubject::Reading => Measure::EyfsReading,
            PrimarySubject::Writing => Measure::EyfsWriting,
            PrimarySubject::Maths => Measure::EyfsMaths,
        }
    }

    /// The teacher assessment at the end of key stage 1 in a subject.
    pub fn key_stage_1(subject: PrimarySubject) -> Measure {
        match subject {
            PrimarySubject::Reading => Measure::Ks1Reading,
            PrimarySubject::Writing => Measure::Ks1Writing,
            PrimarySubject::Maths => Measure::Ks1Maths,
        }
    }

    /// Whether it is a grade, which needs a scale to be read.
    pub fn is_grade(self) -> bool {
        matches!(self.kind(), ValueKind::Grade | ValueKind::GradeOrCode)
    }

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
            Measure::AverageGcseEightPoint => "average-gcse-8-point",
            Measure::EyfsReading => "eyfs-reading",
            Measure::EyfsWriting => "eyfs-writing",
            Measure::EyfsMaths => "eyfs-maths",
            Measure::Phonics => "phonics",
            Measure::Ks1ReadingScore => "ks1-reading-score",
            Measure::Ks1MathsScore => "ks1-maths-score",
            Measure::Ks1Reading => "ks1-reading",
            Measure::Ks1Writing => "ks1-writing",
            Measure::Ks1Maths => "ks1-maths",
            Measure::Multiplication => "multiplication",
            Measure::Ks2ReadingTa => "ks2-reading-ta",
            Measure::Ks2WritingTa => "ks2-writing-ta",
            Measure::Ks2MathsTa => "ks2-maths-ta",
            Measure::Ks2ScienceTa => "ks2-science-ta",
        }
    }

    /// Lowest and highest value in the measure's own unit, both allowed; a grade has none.
    ///
    /// Sources: Standards and Testing Agency (KS2 80–120, KS1 85–115, phonics 0–40, multiplication tables 0–25), GL
    /// Assessment (SAS 59–141).
    pub fn range(self) -> Option<(i64, i64)> {
        match self {
            Measure::Ks2Reading | Measure::Ks2Maths | Measure::Ks2Gps => Some((80, 120)),
            Measure::CatVerbal
            | Measure::CatQuantitative
            | Measure::CatNonVerbal
            | Measure::CatSpatial
            | Measure::CatMean => Some((59, 141)),
            Measure::AverageGcse => Some((0, 9)),
            Measure::AverageGcseEightPoint => Some((0, 8)),
            Measure::Phonics => Some((0, 40)),
            Measure::Ks1ReadingScore | Measure::Ks1MathsScore => Some((85, 115)),
            Measure::Multiplication => Some((0, 25)),
            Measure::CatPredictedGcse
            | Measure::EyfsReading
            | Measure::EyfsWriting
            | Measure::EyfsMaths
            | Measure::Ks1Reading
            | Measure::Ks1Writing
            | Measure::Ks1Maths
            | Measure::Ks2ReadingTa
            | Measure::Ks2WritingTa
            | Measure::Ks2MathsTa
            | Measure::Ks2ScienceTa => None,
        }
    }

    /// Codes that may stand in place of a score or of a teacher assessment, as the Standards and Testing Agency and
    /// the Department for Education give or gave them.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Measure::Ks2Reading | Measure::Ks2Maths | Measure::Ks2Gps => &[
                "A", "B", "N", "H", "J", "L", "M", "Q", "U", "T", "F", "P", "AS", "NS",
            ],
            Measure::Ks2ReadingTa
            | Measure::Ks2WritingTa
            | Measure::Ks2MathsTa
            | Measure::Ks2ScienceTa => &["A", "B", "D", "F", "L", "M", "N", "P", "Q", "U"],
            _ => &[],
        }
    }

    /// The code that a text is, as it is kept.
    pub fn code(self, text: &str) -> Option<&'static str> {
        let mut codes = self.codes().iter().copied();
        codes.find(|code| code.eq_ignore_ascii_case(text))
    }

    fn kind(self) -> ValueKind {
        match self {
            Measure::CatPredictedGcse
            | Measure::EyfsReading
            | Measure::EyfsWriting
            | Measure::EyfsMaths
            | Measure::Ks1Reading
            | Measure::Ks1Writing
            | Measure::Ks1Maths => ValueKind::Grade,
            Measure::Ks2ReadingTa
            | Measure::Ks2WritingTa
            | Measure::Ks2MathsTa
            | Measure::Ks2ScienceTa => ValueKind::GradeOrCode,
            _ => ValueKind::Score,
        }
    }
}

impl PrimarySubject {
    /// What a subject of this key and role continues; nothing for a subject that is none of the three.
    pub fn of(subject: &str, role: SubjectRole) -> Option<PrimarySubject> {
        match role {
            SubjectRole::English if subject.contains("writing") => Some(PrimarySubject::Writing),
            SubjectRole::English => Some(PrimarySubject::Reading),
            SubjectRole::Maths => Some(PrimarySubject::Maths),
            SubjectRole::Other => None,
        }
    }
}

impl Field {
    /// What says of a target's grade how it came about: it is about this grade and about no other.
    pub const BESIDE_TARGET: [Field; 4] = [
        Field::TargetReason,
        Field::TargetApproved,
        Field::TargetState,
        Field::TargetDate,
    ];

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
