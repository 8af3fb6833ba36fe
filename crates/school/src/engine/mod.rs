//! Targets, status and triggers: pure functions of a [`Policy`](crate::policy::Policy) and plain
//! inputs, each answer with its reasons as data.
//!
//! Whole events are judged by [`event::evaluate`], which allocates nothing per judgement; one
//! pupil after a keystroke by [`event::evaluate_pupil`], which is the very same code. Reasons of
//! rules are made on demand by [`triggers::explain`]; so is what alone would change an answer, by
//! [`what_if`].

pub mod event;
pub mod flight;
pub mod status;
pub mod targets;
pub mod triggers;
mod truth;
pub mod what_if;

pub use truth::{Count, Truth};
