//! The policy pack: one JSON document.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::calendar::CalendarEvent;
use super::migrate::migrate;
use super::practice::{CohortTargets, Duty, EndOfYear, Groups, OtherTarget, TargetLife, Wording};
use super::selector::{ScaleDefault, Selector, SubjectRole};
use super::status_rules::{FlightPath, RagThresholds, RagUnit, StatusRules};
use super::target_rules::{Horizon, LookupTable, TargetChain, TargetMethod};
use super::trigger_rules::{Level, TriggerRule};
use super::unknown;
use crate::model::scale::{Position, ScaleDefinition};

/// The format of the document that this program writes. It reads all earlier ones too; a later one is refused. Fields
/// that it does not know are kept.
pub const FORMAT: u32 = 2;

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
    /// Year groups that it is for, −2 (Nursery 1) to 13.
    pub years: Vec<i8>,
    /// Keys of the curricula, the usual one first.
    pub curricula: Vec<String>,
    /// Which subjects are English and maths.
    pub subject_roles: SubjectRoles,
    /// Scales that the policy brings along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_scales: Vec<ScaleDefinition>,
    /// The scale of each subject.
    pub scales: Vec<ScaleDefault>,
    /// Names of the measures of prior attainment that the school uses, such as `ks2-reading`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
    /// Tables that the chains read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<LookupTable>,
    /// Chains of methods for targets; the first that fits counts.
    pub targets: Vec<TargetChain>,
    /// Who sets, checks and approves targets.
    #[serde(default)]
    pub target_life: TargetLife,
    /// Targets that are no grades.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_targets: Vec<OtherTarget>,
    /// Targets for whole cohorts, where the school sets them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort_targets: Option<CohortTargets>,
    /// How subjects are judged.
    pub status: StatusRules,
    /// The year's tracking events, in order.
    pub calendar: Vec<CalendarEvent>,
    /// Who does what by when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// The triggers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<TriggerRule>,
    /// What each level of intervention obliges people to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// What follows where a target was missed at the end of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_of_year: Option<EndOfYear>,
    /// Groups of pupils that are looked at.
    #[serde(default)]
    pub groups: Groups,
    /// How reports and letters say things.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wording: Vec<Wording>,
    /// Fields of the document that this program does not know, kept as they stood.
    #[serde(skip)]
    pub unknown: Value,
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
    /// A pack in which nothing is decided yet but what every policy shares: teachers set targets, and the usual
    /// thresholds of the colours (ours) hold. It is not sound before it has a name, years, scales and a calendar.
    pub fn blank(key: &str) -> PolicyPack {
        let thresholds = |scales: &[&str], unit, [green_from, amber_to, red_to]: [i32; 3]| {
            let units = |halves: i32| Position::from_units(halves * Position::UNITS_PER_GRADE / 2);
            RagThresholds {
                scales: scales.iter().map(|key| (*key).to_owned()).collect(),
                unit,
                green_from: units(green_from),
                amber_to: units(amber_to),
                red_to: units(red_to),
            }
        };
        PolicyPack {
            format: FORMAT,
            key: key.to_owned(),
            version: 1,
            name: String::new(),
            years: Vec::new(),
            curricula: vec!["uk".to_owned()],
            subject_roles: SubjectRoles {
                english: vec!["english".to_owned()],
                maths: vec!["maths".to_owned(), "mathematics".to_owned()],
            },
            own_scales: Vec::new(),
            scales: Vec::new(),
            measures: Vec::new(),
            tables: Vec::new(),
            targets: vec![TargetChain {
                when: Selector::default(),
                horizon: Horizon::EndOfYear,
                clamp: None,
                methods: vec![TargetMethod::Teacher],
            }],
            target_life: TargetLife::default(),
            other_targets: Vec::new(),
            cohort_targets: None,
            status: StatusRules {
                flight_path: FlightPath::Allowance,
                tolerance: Position::ZERO,
                corridor: Vec::new(),
                rag: vec![
                    thresholds(&["gcse-9-1-fine", "baf"], RagUnit::FineSteps, [2, -2, -6]),
                    thresholds(&[], RagUnit::FineSteps, [2, -2, -4]),
                    thresholds(&[], RagUnit::WholeGrades, [1, -1, -3]),
                ],
                floors: Vec::new(),
            },
            calendar: Vec::new(),
            duties: Vec::new(),
            triggers: Vec::new(),
            levels: Vec::new(),
            end_of_year: None,
            groups: Groups::default(),
            wording: Vec::new(),
            unknown: Value::Null,
        }
    }

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
        let mut written: Value = serde_json::from_str(text).map_err(malformed)?;
        let found = written.get("format").and_then(Value::as_u64);
        let found = found.ok_or(PackError::NotAPack)?;
        if !(1..=u64::from(FORMAT)).contains(&found) {
            return Err(PackError::UnknownFormat { found });
        }
        let mut pack: PolicyPack = if found == u64::from(FORMAT) {
            // From the text, so that what is wrong has its line and column.
            serde_json::from_str(text).map_err(malformed)?
        } else {
            migrate(&mut written, found);
            serde_json::from_value(written.clone()).map_err(malformed)?
        };
        if let Ok(known) = serde_json::to_value(&pack) {
            pack.unknown = unknown::without(written, &known);
        }
        Ok(pack)
    }

    /// The pack as JSON, laid out for people, with the fields that this program does not know.
    ///
    /// # Errors
    /// None that a pack can cause; the writer's own are passed on.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        if self.unknown.is_null() {
            return serde_json::to_string_pretty(self);
        }
        let mut whole = serde_json::to_value(self)?;
        unknown::put_back(&mut whole, &self.unknown);
        serde_json::to_string_pretty(&whole)
    }

    /// The packs that ship with the program.
    pub fn shipped() -> Vec<PolicyPack> {
        [
            include_str!("../../packs/banded-secondary.json"),
            include_str!("../../packs/bilingual-secondary.json"),
            include_str!("../../packs/general-secondary.json"),
            include_str!("../../packs/personal-targets-secondary.json"),
            include_str!("../../packs/primary.json"),
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
    pub fn scale_for(&self, subject: &str, curriculum: &str, year: i8) -> Option<&str> {
        let role = self.role_of(subject);
        let fits = |when: &Selector| when.selects(year, curriculum, subject, role);
        self.scales
            .iter()
            .find(|entry| fits(&entry.when))
            .map(|entry| entry.scale.as_str())
    }

    /// The first chain of methods that is for a subject of a year group.
    pub fn chain_for(&self, subject: &str, curriculum: &str, year: i8) -> Option<&TargetChain> {
        let role = self.role_of(subject);
        let fits = |chain: &&TargetChain| chain.when.selects(year, curriculum, subject, role);
        self.targets.iter().find(fits)
    }

    /// The event of the calendar with this key.
    pub fn event(&self, key: &str) -> Option<&CalendarEvent> {
        self.calendar.iter().find(|event| event.key == key)
    }
}
