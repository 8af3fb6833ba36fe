//! A small mark beside the database that says a school exists on this computer, so that vanished data never looks
//! like a plain first run. It holds nothing of any pupil. Where everything of the site is cleared, it goes as well.

use web_sys::Storage;

use crate::error::{StoreError, StoreErrorKind};

/// `boot.js` reads it as well: keys with commas between them.
const MARKER_KEY: &str = "flightpath.school-exists";
const LAST_KEY: &str = "flightpath.last-entry";
const COPY_KEY: &str = "flightpath.kept-twice";

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

/// Sets the mark: to be called when the first step of a school has been acknowledged. With it go the
/// keys of the chunks that the page may read ahead at the next start.
///
/// # Errors
/// [`Unavailable`](StoreErrorKind::Unavailable) where the browser does not let the page.
pub fn set_marker(read_ahead: &[String]) -> Result<(), StoreError> {
    change(|storage| storage.set_item(MARKER_KEY, &read_ahead.join(",")))
}

/// Remembers the number of the last entry that was saved, as one of so many, so that a loss shows of which database and
/// second copy both know nothing any more. It may be behind: browsers keep it a moment later.
///
/// A number below the one that is remembered is of a database that has lost something, which has to show: it changes
/// nothing. Unless it is a new school's, whose entries begin with the first.
pub fn note_stored(last: u64, entries: u64) {
    if last == entries || last > last_noted() {
        // Without it nothing is lost that is not lost anyway.
        let _ = change(|storage| storage.set_item(LAST_KEY, &last.to_string()));
    }
}

/// Forgets what [`note_stored`] remembers: to be called when a person goes on with less.
pub fn forget_last() {
    let _ = change(|storage| storage.remove_item(LAST_KEY));
}

/// The number that [`note_stored`] remembers; 0 where there is none.
#[must_use]
pub fn last_noted() -> u64 {
    storage()
        .and_then(|storage| storage.get_item(LAST_KEY).ok().flatten())
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// Remembers that a second copy was made here, so that one that is gone is told from one that never was.
pub fn note_copy() {
    // Without it a copy that is gone is made again without a word.
    let _ = change(|storage| storage.set_item(COPY_KEY, "1"));
}

/// Whether a second copy was ever made here.
#[must_use]
pub fn copy_noted() -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(COPY_KEY), Ok(Some(_))))
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
