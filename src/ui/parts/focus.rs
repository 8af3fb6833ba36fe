//! The focus and the view, where they go to something that is not on screen yet.

use leptos::task::spawn_local;

use crate::platform::page;

/// Scrolls as far as is needed to see the end of the element with this id, once the page shows what was changed.
pub fn bring_soon(id: &'static str) {
    spawn_local(async move {
        page::breathe().await;
        page::bring(id);
    });
}

/// Moves the focus to the element with this id once the page shows what was changed.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    spawn_local(async move {
        page::breathe().await;
        page::focus(&id);
    });
}
