//! The policy of a school as data: the policy pack, its checks and the packs that ship.
//!
//! A pack is one JSON document with a format number, a key and a version. [`PolicyPack`] is that
//! document; [`Policy`] is the same made ready for the engine, with every grade read and every
//! name resolved.

mod calendar;
mod compile;
mod condition;
mod pack;
mod problem;
mod selector;
mod status_rules;
mod target_rules;
mod trigger_rules;

pub use calendar::{CalendarEvent, EventField, FieldException, MonthDay};
pub use compile::{
    CompiledChain, CompiledCondition, CompiledFloor, CompiledMethod, CompiledRows, CompiledRule,
    CompiledScale, CompiledTable, CurriculumIndex, KeyStagePlan, MAX_RULES, Policy, PupilCondition,
    SubjectCondition,
};
pub use condition::Condition;
pub use pack::{FORMAT, PackError, PolicyPack, SubjectRoles};
pub use problem::{PackProblem, PackProblemKind};
pub use selector::{KeyStage, ScaleDefault, Selector, SubjectRole};
pub use status_rules::{FlightPath, Floor, Rag, RagThresholds, RagUnit, ScaleGrade, StatusRules};
pub use target_rules::{
    Clamp, GradeMeasure, GradeRow, LookupTable, MissingOne, Rounding, ScoreChoice, ScoreMeasure,
    ScoreRow, TableRows, TargetChain, TargetMethod,
};
pub use trigger_rules::{Level, Obligation, Outcome, Owner, Scope, Told, TriggerRule};
