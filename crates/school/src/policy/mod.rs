//! The policy of a school as data: the policy pack, its checks and the packs that ship.
//!
//! A pack is one JSON document with a format number, a key and a version. [`PolicyPack`] is that
//! document; [`Policy`] is the same made ready for the engine, with every grade read and every
//! name resolved.

mod calendar;
mod compile;
mod condition;
mod migrate;
mod pack;
mod practice;
mod problem;
mod selector;
mod status_rules;
mod target_rules;
mod trigger_rules;
mod unknown;

pub use calendar::{CalendarEvent, EventField, EventKind, FieldException, MonthDay, ReportKind};
pub use compile::{
    CompiledBand, CompiledChain, CompiledCondition, CompiledFloor, CompiledMethod, CompiledRows,
    CompiledRule, CompiledScale, CompiledTable, CurriculumIndex, KeyStagePlan, MAX_RULES, Policy,
    PupilCondition, SubjectCondition,
};
pub use condition::Condition;
pub use pack::{FORMAT, PackError, PolicyPack, SubjectRoles};
pub use practice::{
    Anchor, ApprovalFrom, CohortTargets, Duty, DutyKind, EndOfYear, GroupKind, Groups,
    OtherMeasure, OtherTarget, OtherTargetKind, Party, TargetLife, Wording, WordingPlace,
};
pub use problem::{PackProblem, PackProblemKind};
pub use selector::{KeyStage, ScaleDefault, Selector, SubjectRole};
pub use status_rules::{
    CorridorRow, FlightPath, Floor, Rag, RagThresholds, RagUnit, ScaleGrade, StatusRules,
};
pub use target_rules::{
    AverageRow, Clamp, GradeMeasure, GradeRow, Horizon, LookupTable, MissingOne, Rounding, RowEnd,
    SCHOOL_PERCENTS, ScoreChoice, ScoreMeasure, ScoreRow, TableKind, TableRows, TargetChain,
    TargetMethod,
};
pub use trigger_rules::{Level, Obligation, Outcome, Owner, Scope, Told, TriggerRule};
