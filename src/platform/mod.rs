//! What only the browser can do: the clock, randomness, files, preferences and workers.
//!
//! This is the one place where the clock and randomness come from, hence the exceptions below.
//! Nothing here knows a pupil; nothing here is known to `school` or `exchange`.

pub mod beside;
#[allow(
    clippy::disallowed_methods,
    reason = "the clock enters the program here"
)]
pub mod clock;
pub mod files;
pub mod folder;
pub mod keys;
pub mod page;
pub mod prefs;
#[allow(
    clippy::disallowed_methods,
    reason = "randomness enters the program here"
)]
pub mod random;
pub mod worker;
