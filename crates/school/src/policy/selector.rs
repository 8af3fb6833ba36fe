//! Which pupils and subjects a part of a pack is about.

use serde::{Deserialize, Serialize};

/// A key stage of the English system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyStage {
    /// Nursery and Reception (early years foundation stage).
    Eyfs,
    /// Years 1 and 2.
    Ks1,
    /// Years 3 to 6.
    Ks2,
    /// Years 7 to 9.
    Ks3,
    /// Years 10 and 11.
    Ks4,
    /// Years 12 and 13.
    Ks5,
}

impl KeyStage {
    /// All of them, youngest first.
    pub const ALL: [KeyStage; 6] = [
        KeyStage::Eyfs,
        KeyStage::Ks1,
        KeyStage::Ks2,
        KeyStage::Ks3,
        KeyStage::Ks4,
        KeyStage::Ks5,
    ];

    /// The key stage of a year group (−2, Nursery 1, to 13); none for any other.
    pub fn of_year(year_group: i8) -> Option<KeyStage> {
        match year_group {
            -2..=0 => Some(KeyStage::Eyfs),
            1 | 2 => Some(KeyStage::Ks1),
            3..=6 => Some(KeyStage::Ks2),
            7..=9 => Some(KeyStage::Ks3),
            10 | 11 => Some(KeyStage::Ks4),
            12 | 13 => Some(KeyStage::Ks5),
            _ => None,
        }
    }

    pub(crate) fn index(self) -> usize {
        match self {
            KeyStage::Eyfs => 0,
            KeyStage::Ks1 => 1,
            KeyStage::Ks2 => 2,
            KeyStage::Ks3 => 3,
            KeyStage::Ks4 => 4,
            KeyStage::Ks5 => 5,
        }
    }
}

/// What a subject is to the lookup of prior attainment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubjectRole {
    /// Reads the reading score.
    English,
    /// Reads the maths score.
    Maths,
    /// Every other subject.
    Other,
}

impl SubjectRole {
    /// All of them.
    pub const ALL: [SubjectRole; 3] =
        [SubjectRole::English, SubjectRole::Maths, SubjectRole::Other];
}

/// Whom a part of the pack is about; an empty list means everyone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    /// Year groups, −2 (Nursery 1) to 14.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i8>,
    /// Keys of curricula.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curricula: Vec<String>,
    /// Keys of subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Roles of subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<SubjectRole>,
}

impl Selector {
    /// Whether a pupil's subject is meant.
    pub fn selects(&self, year: i8, curriculum: &str, subject: &str, role: SubjectRole) -> bool {
        let holds = |list: &[String], key: &str| list.is_empty() || list.iter().any(|k| k == key);
        (self.years.is_empty() || self.years.contains(&year))
            && holds(&self.curricula, curriculum)
            && holds(&self.subjects, subject)
            && (self.roles.is_empty() || self.roles.contains(&role))
    }
}

/// Which scale a subject uses unless the school says otherwise. The first that fits counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleDefault {
    /// For whom.
    #[serde(default)]
    pub when: Selector,
    /// Key of the scale.
    pub scale: String,
}
