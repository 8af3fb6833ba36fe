//! Who is to look after whom, and what that obliges them to.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::selector::KeyStage;

/// At which level of the school a rule works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One subject of a pupil.
    Subject,
    /// The pupil, for the key stage coordinator.
    KeyStage,
    /// The pupil, for the form tutor.
    Tutor,
    /// The pupil, for the head of the school or phase.
    Head,
}

/// Whose a triggered pupil is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The head of department or subject.
    SubjectLeader,
    /// The key stage coordinator.
    Coordinator,
    /// The form tutor.
    Tutor,
    /// The head of house.
    HeadOfHouse,
    /// The head of the school or phase.
    Head,
}

/// Who is told of a triggered pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The parents.
    Parents,
    /// The form tutor.
    Tutor,
    /// The key stage coordinator.
    Coordinator,
    /// The head of the school or phase.
    Head,
}

/// What follows when a rule fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whose the pupil is.
    pub owner: Owner,
    /// The level of intervention, where the rule names one; else people decide it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Who is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
}

/// One trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerRule {
    /// Stable key within the pack.
    pub key: String,
    /// At which level it works.
    pub scope: Scope,
    /// At which key stages.
    pub key_stages: Vec<KeyStage>,
    /// Whether it is in use.
    #[serde(default = "in_use", skip_serializing_if = "is_true")]
    pub on: bool,
    /// What it asks.
    pub when: Condition,
    /// What follows.
    pub outcome: Outcome,
}

fn in_use() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
fn is_true(on: &bool) -> bool {
    *on
}

/// Something that a level of intervention obliges people to do; the interface names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    /// Talk with the pupil.
    TalkWithPupil,
    /// Set extra work.
    ExtraWork,
    /// Tell the parents, by email or in a tutorial.
    TellParents,
    /// One-to-one help or withdrawal from another subject.
    OneToOneOrWithdrawal,
    /// The consent of the Head of Secondary, which withdrawal needs.
    ConsentOfHead,
    /// The consent of the parents, which withdrawal needs.
    ConsentOfParents,
    /// Invite the parents and explain the plan.
    InviteParents,
    /// Involve the SEN department.
    InvolveSen,
    /// Tell the key stage coordinator.
    TellCoordinator,
    /// Tell the head.
    TellHead,
}

/// A level of intervention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// 1 to 3.
    pub level: u8,
    /// What it obliges people to do.
    pub obliges: Vec<Obligation>,
}
