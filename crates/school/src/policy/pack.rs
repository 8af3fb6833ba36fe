//! The policy pack: one JSON document.

use serde::{Deserialize, Serialize};

use super::calendar::CalendarEvent;
use super::selector::{ScaleDefault, Selector, SubjectRole};
use super::status_rules::StatusRules;
use super::target_rules::{LookupTable, TargetChain};
use super::trigger_rules::{Level, TriggerRule};

/// The format of the document that this program reads and writes. Fields that it does not know
/// are let pass; another format is refused.
pub const FORMAT: u32 = 1;

/// Which subjects read which prior attainment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRoles {
    /// Keys of subjects that count as English.
    pub english: Vec<String>,
    /// Keys of subjects that count as maths.
    pub maths: Vec<String>,
}

/// A school's policy as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPack {
    /// [`FORMAT`].
    pub format: u32,
    /// Stable key.
    pub key: String,
    /// Raised with each change; a closed event keeps the version that judged it.
    pub version: u32,
    /// Name for people.
    pub name: String,
    /// Year groups that it is for.
    pub years: Vec<u8>,
    /// Keys of the curricula, the usual one first.
    pub curricula: Vec<String>,
    /// Which subjects are English and maths.
    pub subject_roles: SubjectRoles,
    /// The scale of each subject.
    pub scales: Vec<ScaleDefault>,
    /// Tables that the chains read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<LookupTable>,
    /// Chains of methods for targets; the first that fits counts.
    pub targets: Vec<TargetChain>,
    /// How subjects are judged.
    pub status: StatusRules,
    /// The year's tracking events, in order.
    pub calendar: Vec<CalendarEvent>,
    /// The triggers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<TriggerRule>,
    /// What each level of intervention obliges people to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
}

/// Why a text is no policy pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It is a pack of a format that this program does not know.
    #[error("a policy pack of format {found}; this program knows format {FORMAT}")]
    UnknownFormat {
        /// The format it names.
        found: u64,
    },
    /// It does not say that it is a pack.
    #[error("not a policy pack")]
    NotAPack,
    /// It is not well formed, or a field is missing or of the wrong kind.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the reader of JSON says.
        message: String,
    },
}

impl PolicyPack {
    /// Reads a pack. It is not checked yet: see [`PolicyPack::problems`].
    ///
    /// # Errors
    /// A [`PackError`]: an unknown format is told apart from a damaged text.
    pub fn from_json(text: &str) -> Result<PolicyPack, PackError> {
        let malformed = |error: serde_json::Error| PackError::Malformed {
            line: error.line(),
            column: error.column(),
            message: error.to_string(),
        };
        let any: serde_json::Value = serde_json::from_str(text).map_err(malformed)?;
        match any.get("format").and_then(serde_json::Value::as_u64) {
            None => Err(PackError::NotAPack),
            Some(found) if found != u64::from(FORMAT) => Err(PackError::UnknownFormat { found }),
            Some(_) => serde_json::from_str(text).map_err(malformed),
        }
    }

    /// The pack as JSON, laid out for people.
    ///
    /// # Errors
    /// None that a pack can cause; the writer's own are passed on.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// The packs that ship with the program.
    pub fn shipped() -> Vec<PolicyPack> {
        [
            include_str!("../../packs/banded-secondary.json"),
            include_str!("../../packs/bilingual-secondary.json"),
            include_str!("../../packs/general-secondary.json"),
        ]
        .into_iter()
        // The files are part of the program; a test shows that all of them load.
        .filter_map(|text| PolicyPack::from_json(text).ok())
        .collect()
    }

    /// The shipped pack with this key.
    pub fn by_key(key: &str) -> Option<PolicyPack> {
        PolicyPack::shipped()
            .into_iter()
            .find(|pack| pack.key == key)
    }

    /// What a subject is to the lookup of prior attainment.
    pub fn role_of(&self, subject: &str) -> SubjectRole {
        let names = |list: &[String]| list.iter().any(|key| key == subject);
        if names(&self.subject_roles.english) {
            SubjectRole::English
        } else if names(&self.subject_roles.maths) {
            SubjectRole::Maths
        } else {
            SubjectRole::Other
        }
    }

    /// The curriculum of a subject about which the school says nothing.
    pub fn usual_curriculum(&self) -> &str {
        self.curricula.first().map_or("", String::as_str)
    }

    /// Key of the scale that a subject uses by default; none where the pack says nothing.
    pub fn scale_for(&self, subject: &str, curriculum: &str, year: u8) -> Option<&str> {
        let role = self.role_of(subject);
        let fits = |when: &Selector| when.selects(year, curriculum, subject, role);
        self.scales
            .iter()
            .find(|entry| fits(&entry.when))
            .map(|entry| entry.scale.as_str())
    }

    /// The event of the calendar with this key.
    pub fn event(&self, key: &str) -> Option<&CalendarEvent> {
        self.calendar.iter().find(|event| event.key == key)
    }
}
