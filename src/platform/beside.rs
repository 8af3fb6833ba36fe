//! Files that lie beside the program, on the same host.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A file that was asked for and is on its way.
pub struct Asked(Promise);

/// Asks for a file in the program's folder; nothing where it is not known where that is.
pub fn ask(name: &str) -> Option<Asked> {
    let window = web_sys::window()?;
    // boot.js is told where the program lies.
    let boot = window.document()?.get_element_by_id("boot")?;
    let program = boot.get_attribute("data-program")?;
    let (folder, _) = program.rsplit_once('/')?;
    Some(Asked(window.fetch_with_str(&format!("{folder}/{name}"))))
}

impl Asked {
    /// Its text; nothing where it cannot be fetched.
    pub async fn text(self) -> Option<String> {
        let answer = JsFuture::from(self.0).await.ok()?;
        let answer: web_sys::Response = answer.dyn_into().ok()?;
        if !answer.ok() {
            return None;
        }
        JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
    }
}
