//! Steps, the only way to change data; cells with contexts, which are what merges.
//!
//! A [`Cell`](cell::Cell) holds its values, each with the [`Dot`](crate::model::Dot) of the step
//! that wrote it, and the context of that cell alone: which steps its writers had seen. A write
//! replaces what it had seen; values that had not seen each other are all kept until a person
//! chooses. Nothing depends on the order of files, on names or on clocks.

pub mod block;
pub mod cell;
pub mod merge;
pub mod pool;
pub mod restore;
pub mod school;
pub mod seal;
pub mod step;
pub mod stored;
pub mod undo;

pub use cell::{Cell, Context};
pub use school::{Changed, Reading, School, Shown};
pub use seal::{Link, Seal};
pub use step::{Action, Draft, Effect, Noted, Step, StepInfo};
