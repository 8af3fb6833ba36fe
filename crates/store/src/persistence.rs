//! Whether the browser promises to keep the data, and how much room there is. Never to be awaited before the first
//! screen: a browser may ask the person first, or not answer for seconds.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

/// Room for this site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Bytes used, as the browser estimates.
    pub usage_bytes: Option<f64>,
    /// Bytes it allows.
    pub quota_bytes: Option<f64>,
}

fn manager() -> Option<StorageManager> {
    let navigator = super::tabs::global_member("navigator")?;
    let manager = js_sys::Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    manager.is_object().then(|| manager.unchecked_into())
}

/// Whether the browser has promised to keep the data. `None`: it cannot be asked (as from a double-clicked file).
pub async fn persisted() -> Option<bool> {
    JsFuture::from(manager()?.persisted().ok()?)
        .await
        .ok()?
        .as_bool()
}

/// Asks the browser to keep the data. `None`: it cannot be asked.
pub async fn request_persist() -> Option<bool> {
    JsFuture::from(manager()?.persist().ok()?)
        .await
        .ok()?
        .as_bool()
}

/// How much room is used and allowed. `None`: it cannot be asked.
pub async fn estimate() -> Option<Estimate> {
    let answer = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = answer.unchecked_into();
    Some(Estimate {
        usage_bytes: estimate.get_usage(),
        quota_bytes: estimate.get_quota(),
    })
}
