//! Keeping in step with the same school in other tabs.

use flightpath_store::tabs::TabChannel;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::App;
use crate::platform::{page, prefs};

/// The channel between tabs; it says only that something was stored, never what.
const CHANNEL: &str = "flightpath";

/// Catches up whenever another tab has stored something, and when this one is looked at again.
pub fn listen(app: App) {
    let channel = TabChannel::open(CHANNEL, move |_| spawn_local(app.catch_up()));
    if let Ok(channel) = channel {
        let _ = app
            .core
            .try_update_value(|core| core.pending.set_channel(channel));
    }
    page::on_window("focus", move |_| spawn_local(app.catch_up()));
    // Else this tab would write over what was preferred in the other, as the name that goes with changes.
    page::on_window("storage", move |_| {
        let prefs = prefs::load();
        if app.prefs.with_untracked(|own| *own != prefs) {
            app.prefs.set(prefs);
        }
    });
}
