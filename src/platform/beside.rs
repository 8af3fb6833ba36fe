//! Files that lie beside the program, on the same host.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The text of a file in the program's folder; nothing where it cannot be fetched.
pub async fn text(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    // boot.js is told where the program lies.
    let boot = window.document()?.get_element_by_id("boot")?;
    let program = boot.get_attribute("data-program")?;
    let (folder, _) = program.rsplit_once('/')?;
    let asked = window.fetch_with_str(&format!("{folder}/{name}"));
    let answer = JsFuture::from(asked).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
