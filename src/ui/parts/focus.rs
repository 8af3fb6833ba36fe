//! The focus, where it goes to something that is not on screen yet.

use leptos::task::spawn_local;

use crate::platform::page;

/// Moves the focus to the element with this id once the page shows what was changed.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    spawn_local(async move {
        page::breathe().await;
        page::focus(&id);
    });
}
