//! What the browser says of keeping the data.

use flightpath_store::persistence;

/// Whether the browser keeps the data, and how much room there is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Keeping {
    /// The browser's promise; nothing where it does not say.
    pub promised: Option<bool>,
    /// Megabytes used and allowed.
    pub room_mb: Option<(f64, f64)>,
}

/// Asks the browser; never awaited before the first screen.
pub async fn keeping() -> Keeping {
    let promised = persistence::persisted().await;
    let mb = |bytes: f64| bytes / 1_000_000.0;
    let room_mb = persistence::estimate()
        .await
        .and_then(|room| Some((mb(room.usage_bytes?), mb(room.quota_bytes?))));
    Keeping { promised, room_mb }
}

/// Asks the browser to keep the data, and what it says then.
pub async fn ask_to_keep() -> Keeping {
    persistence::request_persist().await;
    keeping().await
}
