//! An event of 2,000 pupils with 12 subjects each under the bilingual policy, made up from a seed,
//! and its evaluation as a whole and pupil by pupil. `benches/rules.mjs` times it.

mod event;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use event::{Event, NotMade, PUPILS, SUBJECTS};
