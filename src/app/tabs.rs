//! Keeping in step with the same school in other tabs.

use flightpath_store::tabs::TabChannel;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{App, Phase};
use crate::platform::page;

/// The channel between tabs; it says only that something was stored, never what.
const CHANNEL: &str = "flightpath";

/// Catches up whenever another tab has stored something, and when this one is looked at again. While the store is
/// still being read it does not: whoever reads it catches up at the end.
pub fn listen(app: App) {
    let catch_up = move || {
        if app.phase.get_untracked() != Phase::Loading {
            spawn_local(app.catch_up());
        }
    };
    let channel = TabChannel::open(CHANNEL, move |_| catch_up());
    if let Ok(channel) = channel {
        let _ = app
            .core
            .try_update_value(|core| core.pending.set_channel(channel));
    }
    page::on_window("focus", move |_| catch_up());
}
