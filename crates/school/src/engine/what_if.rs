//! What alone would have to be different for another answer: of a proposed target, of a judgement,
//! of a rule.
//!
//! Each way is tried by asking the engine again with one value in the place of another, so what is
//! said is what the engine would say. That is far more work than the answer itself: it is done when
//! a person asks *why?*, and never for a whole school.

mod input;
mod judgement;
mod rule;
mod target;

pub use input::{KnownInput, TargetInput};
pub use judgement::{CellChange, CellValue, JudgementChanges, judgement_changes};
pub use rule::{PupilInputs, RuleChange, Turn, rule_changes};
pub use target::{LackingInput, TargetChange, TargetChanges, target_changes};
