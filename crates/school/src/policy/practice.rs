//! How a school goes about its targets: who sets, checks and approves them, what else has a target, who does what when,
//! which groups are looked at, and how reports word it.

use serde::{Deserialize, Serialize};

use super::calendar::MonthDay;
use super::selector::KeyStage;

/// Someone with a part in the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The class or subject teacher.
    Teacher,
    /// The form tutor.
    Tutor,
    /// The head of department or subject.
    SubjectLeader,
    /// The key stage coordinator.
    Coordinator,
    /// The head of house.
    HeadOfHouse,
    /// The assistant head for data.
    DataLead,
    /// The special needs coordinator.
    SenCoordinator,
    /// The head of the school or phase.
    Head,
    /// The governors.
    Governors,
    /// The pupil.
    Pupil,
    /// The parents.
    Parents,
}

impl Party {
    /// All of them.
    pub const ALL: [Party; 11] = [
        Party::Teacher,
        Party::Tutor,
        Party::SubjectLeader,
        Party::Coordinator,
        Party::HeadOfHouse,
        Party::DataLead,
        Party::SenCoordinator,
        Party::Head,
        Party::Governors,
        Party::Pupil,
        Party::Parents,
    ];
}

/// From when on a change of a target needs approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalFrom {
    /// As soon as it is set: any change.
    Set,
    /// Once parents know it.
    #[default]
    Published,
}

/// Whose targets are, and who has a say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetLife {
    /// Who puts them forward.
    pub issued_by: Party,
    /// Who checks them before parents see them.
    pub checked_by: Party,
    /// From when on a change needs a reason and approval.
    #[serde(default)]
    pub approval_from: ApprovalFrom,
    /// Who approves a change then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approved_by: Vec<Party>,
    /// Whether each is agreed with the pupil.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub agreed_with_pupil: bool,
    /// Whether pupils assess themselves against it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub self_assessed: bool,
    /// When all targets are looked at again each year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<MonthDay>,
}

impl Default for TargetLife {
    fn default() -> TargetLife {
        TargetLife {
            issued_by: Party::Teacher,
            checked_by: Party::SubjectLeader,
            approval_from: ApprovalFrom::Published,
            approved_by: Vec::new(),
            agreed_with_pupil: false,
            self_assessed: false,
            reviewed: None,
        }
    }
}

/// What a target that is no grade is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherTargetKind {
    /// Personal and social skills.
    PersonalAndSocial,
    /// Attendance.
    Attendance,
    /// Behaviour.
    Behaviour,
    /// Something else that the school names.
    Other,
}

/// In what such a target is measured, where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherMeasure {
    /// In words alone.
    #[default]
    Words,
    /// In per cent, such as attendance.
    Percent,
    /// In a number of times or things.
    Count,
}

/// A kind of target besides grades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherTarget {
    /// Stable key within the pack.
    pub key: String,
    /// What it is about.
    pub kind: OtherTargetKind,
    /// The school's own name for it; empty where the kind's is enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// In what it is measured.
    #[serde(default)]
    pub measured_in: OtherMeasure,
    /// Whether every pupil is to have one.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub everyone: bool,
}

/// Targets for whole cohorts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortTargets {
    /// At which key stages they are set.
    pub key_stages: Vec<KeyStage>,
    /// The day by which they are published, where the policy names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<MonthDay>,
}

/// A thing that somebody does about targets and tracking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Read last year's reports and name those who fell behind.
    ReviewLastYear,
    /// Assess new children on entry.
    AssessOnEntry,
    /// Set a target for every pupil in every subject.
    SetTargets,
    /// Explain targets to parents at a welcome meeting.
    WelcomeMeeting,
    /// Hold a formal assessment that the event's grades rest on.
    FormalAssessment,
    /// Analyse the event.
    Analyse,
    /// Talk the analysis over with subject leaders.
    LeadersMeet,
    /// Talk it over in the subject teams and decide levels of help.
    TeamsMeet,
    /// Tell form tutors who is off target.
    TellTutors,
    /// Read the master tracking file for trends.
    ReadMasterFile,
    /// Talk over each child's progress with the head teacher.
    ProgressMeeting,
    /// Review the targets of pupils with special needs.
    ReviewSenTargets,
    /// Tell parents how their child is getting on.
    TellParents,
    /// Evaluate outcomes with the governors.
    EvaluateOutcomes,
    /// Publish the cohort targets.
    PublishTargets,
}

impl DutyKind {
    /// All of them, in the order of a year.
    pub const ALL: [DutyKind; 15] = [
        DutyKind::ReviewLastYear,
        DutyKind::AssessOnEntry,
        DutyKind::SetTargets,
        DutyKind::WelcomeMeeting,
        DutyKind::FormalAssessment,
        DutyKind::Analyse,
        DutyKind::LeadersMeet,
        DutyKind::TeamsMeet,
        DutyKind::TellTutors,
        DutyKind::ReadMasterFile,
        DutyKind::ProgressMeeting,
        DutyKind::ReviewSenTargets,
        DutyKind::TellParents,
        DutyKind::EvaluateOutcomes,
        DutyKind::PublishTargets,
    ];
}

/// What the time of a duty is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The first day of the school year, 1 September.
    YearStart,
    /// The opening of each event.
    EventOpens,
    /// The deadline of each event.
    EventDeadline,
    /// Each month.
    Month,
    /// Each term.
    Term,
}

/// Who does what by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// What.
    pub what: DutyKind,
    /// Who.
    pub who: Party,
    /// What the time is counted from.
    pub from: Anchor,
    /// Weeks after that; before it where negative.
    #[serde(default)]
    pub weeks: i8,
    /// The one event that it is about; all of them where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

/// What happens at the end of the year where a target was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndOfYear {
    /// Key of the scale of attitude to learning.
    pub scale: String,
    /// From this attitude down, summer work and a meeting are proposed.
    pub low_effort: String,
    /// From this attitude up, the report values the work done.
    pub high_effort: String,
}

/// Pupils who are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Pupil premium.
    PupilPremium,
    /// Free school meals.
    FreeMeals,
    /// Special needs.
    Sen,
    /// English as an additional language.
    Eal,
    /// Looked after.
    LookedAfter,
    /// Ethnicity.
    Ethnicity,
    /// Gender.
    Gender,
    /// More and less able, by prior attainment.
    PriorAttainment,
}

impl GroupKind {
    /// All of them.
    pub const ALL: [GroupKind; 8] = [
        GroupKind::PupilPremium,
        GroupKind::FreeMeals,
        GroupKind::Sen,
        GroupKind::Eal,
        GroupKind::LookedAfter,
        GroupKind::Ethnicity,
        GroupKind::Gender,
        GroupKind::PriorAttainment,
    ];
}

/// Which groups are looked at, and how small one may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// The groups.
    pub kinds: Vec<GroupKind>,
    /// A group of fewer pupils is hidden in what is shared without names.
    pub smallest: u16,
}

impl Default for Groups {
    fn default() -> Groups {
        Groups {
            kinds: GroupKind::ALL.to_vec(),
            smallest: 6,
        }
    }
}

/// Where a wording stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordingPlace {
    /// The letter that tells parents how targets work.
    TargetLetter,
    /// The report of a pupil who met the target.
    TargetMet,
    /// The report of one who missed it although they worked hard.
    MissedWithEffort,
    /// The report of one who missed it and could have worked harder.
    MissedWithoutEffort,
    /// What the tutor's comment is about.
    TutorComment,
}

impl WordingPlace {
    /// All of them.
    pub const ALL: [WordingPlace; 5] = [
        WordingPlace::TargetLetter,
        WordingPlace::TargetMet,
        WordingPlace::MissedWithEffort,
        WordingPlace::MissedWithoutEffort,
        WordingPlace::TutorComment,
    ];
}

/// How a report or a letter says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Where it stands.
    pub place: WordingPlace,
    /// The words.
    pub text: String,
}
