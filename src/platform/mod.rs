//! What only the browser can do: the clock, randomness, files, preferences and workers.
//!
//! Nothing here knows a pupil; nothing here is known to `school` or `exchange`.

pub mod clock;
pub mod files;
pub mod keys;
pub mod page;
pub mod prefs;
pub mod random;
pub mod worker;
