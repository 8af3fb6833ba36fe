//! Worked examples of a policy: made-up pupils put before the engine, one for each thing that the policy says.
//!
//! What they bring along is chosen by what the policy asks for; what comes of it is the engine's answer, made when
//! somebody looks. A policy that changes changes its examples.

mod case;
mod floors;
mod judged;
mod made_up;
mod rules;
mod scene;
mod targets;

pub use case::{Case, Cases};
pub use floors::{FloorExample, at_floors};
pub use judged::{answers, forecasts, through_the_year};
pub use made_up::MadeUpSubject;
pub use rules::{Ladder, in_one_subject, ladders};
pub use targets::{Known, TargetExample, TargetRow, target_examples};
