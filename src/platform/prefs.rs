//! Small preferences of this person on this computer; never anything of a pupil.

use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

const KEY: &str = "flightpath-preferences";

/// What a person prefers here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// The name that goes with every change; nobody checks it.
    pub author: String,
    /// Key of the role.
    pub role: String,
    /// `light`, `dark` or empty for the system's.
    pub look: String,
    /// `comfortable`, or empty for compact rows.
    pub rows: String,
    /// Whether the rail shows icons only.
    pub rail_folded: bool,
    /// Whether the first import's words about private windows were seen.
    pub told_of_private: bool,
    /// When the school that is here was last taken out as a file, in milliseconds since 1970.
    pub taken_out_ms: Option<i64>,
}

/// The stored preferences, or the usual ones.
pub fn load() -> Prefs {
    LocalStorage::get(KEY).unwrap_or_default()
}

/// Keeps the preferences. Where the browser forbids it they last as long as the tab.
pub fn save(prefs: &Prefs) {
    let _ = LocalStorage::set(KEY, prefs);
}
