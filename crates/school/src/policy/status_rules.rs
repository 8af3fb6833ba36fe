//! How far is far: RAG thresholds, floors and the flight path.

use serde::{Deserialize, Serialize};

use super::selector::KeyStage;
use crate::model::scale::Position;

/// The colour of a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rag {
    /// Significantly below.
    Red,
    /// Slightly below.
    Amber,
    /// At.
    White,
    /// Above.
    Green,
}

/// In what a distance is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RagUnit {
    /// Difference of rank.
    FineSteps,
    /// Difference of position.
    WholeGrades,
}

/// Where the colours of some scales begin. Between `green_from` and `amber_to` lies white, so
/// there can be no gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RagThresholds {
    /// Keys of the scales; empty for all scales of the unit that no earlier entry names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<String>,
    /// The unit of the three numbers. Fine steps are whole numbers.
    pub unit: RagUnit,
    /// Green from this distance up.
    pub green_from: Position,
    /// Amber from this distance down.
    pub amber_to: Position,
    /// Red from this distance down.
    pub red_to: Position,
}

/// The lowest grade that is not below the floor, for a curriculum at some key stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// Key of the curriculum.
    pub curriculum: String,
    /// At which key stages.
    pub key_stages: Vec<KeyStage>,
    /// The floor on each scale that the curriculum may use: key of the scale and grade.
    pub grades: Vec<ScaleGrade>,
}

/// A grade and its scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleGrade {
    /// Key of the scale.
    pub scale: String,
    /// Label of the grade.
    pub grade: String,
}

/// Which kind of flight path the plot shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlightPath {
    /// The target less each event's allowance.
    Allowance,
    /// A straight line from the starting point to the target, by date.
    StraightLine,
    /// Lowest and highest grade for each event and band of targets, from [`StatusRules::corridor`].
    Corridor,
}

/// Where the current grade of pupils with these targets is expected at one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorridorRow {
    /// Key of the calendar's event.
    pub event: String,
    /// Key of the scale of all four grades.
    pub scale: String,
    /// Lowest target that it is for.
    pub from: String,
    /// Highest target that it is for.
    pub to: String,
    /// The lowest grade that is expected then.
    pub lowest: String,
    /// The highest grade that is expected then.
    pub highest: String,
}

/// How a pupil's subject is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRules {
    /// The path that a plot shows. The allowances of the events decide *on target* where only a
    /// current grade is known.
    pub flight_path: FlightPath,
    /// How far below the expected grade a current grade may lie and still be on target, in whole
    /// grades, besides the event's allowance.
    #[serde(default)]
    pub tolerance: Position,
    /// The rows of a corridor. Where it has none for an event and a target, the event's allowance counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corridor: Vec<CorridorRow>,
    /// The colours' thresholds; the first entry that fits a scale counts.
    pub rag: Vec<RagThresholds>,
    /// The floors. Where a curriculum has none at a key stage, nothing lies below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<Floor>,
}
