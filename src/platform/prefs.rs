//! Small preferences of this person on this computer; never anything of a pupil.

use flightpath_grid::{Layout, OnEnter};
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

const DRAFT: &str = "flightpath-policy-draft";

/// The policy that was being edited here and is not saved yet, as its document.
pub fn policy_draft() -> Option<String> {
    LocalStorage::get(DRAFT).ok()
}

/// Keeps the policy that is being edited, or nothing any more.
pub fn keep_policy_draft(document: Option<&str>) {
    match document {
        Some(document) => {
            let _ = LocalStorage::set(DRAFT, document);
        }
        None => LocalStorage::delete(DRAFT),
    }
}

/// How this person wants the grid of this name.
pub fn layout(name: &str) -> Layout {
    LocalStorage::get(layout_key(name)).unwrap_or_default()
}

/// Keeps how this person wants the grid of this name. What rows are filtered by may be of a pupil and is not kept.
pub fn keep_layout(name: &str, layout: &Layout) {
    let mut layout = layout.clone();
    layout.filters.clear();
    if layout == Layout::default() {
        LocalStorage::delete(layout_key(name));
    } else {
        let _ = LocalStorage::set(layout_key(name), &layout);
    }
}

fn layout_key(name: &str) -> String {
    format!("flightpath-grid/{name}")
}

const ON_ENTER: &str = "flightpath-grids/enter";

/// Where this person wants Enter to go, in all grids.
pub fn on_enter() -> OnEnter {
    let name: Option<String> = LocalStorage::get(ON_ENTER).ok();
    name.map_or_else(OnEnter::default, |name| OnEnter::named(&name))
}

/// Keeps where this person wants Enter to go.
pub fn keep_on_enter(on_enter: OnEnter) {
    if on_enter == OnEnter::default() {
        LocalStorage::delete(ON_ENTER);
    } else {
        let _ = LocalStorage::set(ON_ENTER, on_enter.name());
    }
}

/// Keeps the preferences. Where the browser forbids it they last as long as the tab.
pub fn save(prefs: &Prefs) {
    let _ = LocalStorage::set(KEY, prefs);
}
