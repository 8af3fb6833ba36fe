//! A small mark beside the database that says a school exists on this computer, so that vanished data never looks
//! like a plain first run. It holds nothing of any pupil. Where everything of the site is cleared, it goes as well.

use web_sys::Storage;

use crate::error::{StoreError, StoreErrorKind};

/// `boot.js` reads it as well.
const MARKER_KEY: &str = "flightpath.school-exists";
/// What it says where nothing is known of what to read first.
const SOME: &str = "1";

/// What the mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A school was kept on this computer: an empty database has lost it.
    SchoolExisted,
    /// No school was kept, or everything was cleared.
    Absent,
    /// The browser does not let the page look.
    Unreadable,
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Reads the mark.
#[must_use]
pub fn marker() -> Marker {
    match storage().map(|storage| storage.get_item(MARKER_KEY)) {
        Some(Ok(Some(_))) => Marker::SchoolExisted,
        Some(Ok(None)) => Marker::Absent,
        Some(Err(_)) | None => Marker::Unreadable,
    }
}

/// The key from which on the chunks of the state are wanted first, as the mark says.
#[must_use]
pub fn read_first() -> Option<String> {
    let said = storage()?.get_item(MARKER_KEY).ok()??;
    (said != SOME).then_some(said)
}

/// Sets the mark: to be called when the first step of a school has been acknowledged. With it goes the key from
/// which on the chunks of the state are wanted first at the next start.
///
/// # Errors
/// [`Unavailable`](StoreErrorKind::Unavailable) where the browser does not let the page.
pub fn set_marker(read_first: Option<&str>) -> Result<(), StoreError> {
    change(|storage| storage.set_item(MARKER_KEY, read_first.unwrap_or(SOME)))
}

/// Takes the mark away: to be called when a person removes everything from this computer.
///
/// # Errors
/// [`Unavailable`](StoreErrorKind::Unavailable) where the browser does not let the page.
pub fn clear_marker() -> Result<(), StoreError> {
    change(|storage| storage.remove_item(MARKER_KEY))
}

fn change(
    act: impl FnOnce(&Storage) -> Result<(), wasm_bindgen::JsValue>,
) -> Result<(), StoreError> {
    let refused = || StoreError::new(StoreErrorKind::Unavailable, "localStorage");
    act(&storage().ok_or_else(refused)?).map_err(|_| refused())
}
