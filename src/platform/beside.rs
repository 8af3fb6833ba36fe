//! Files that lie beside the program, on the same host.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlLinkElement};

/// A file that was asked for and is on its way.
pub struct Asked(Promise);

/// Asks for a file in the program's folder; nothing where it is not known where that is.
pub fn ask(name: &str) -> Option<Asked> {
    let window = web_sys::window()?;
    let address = address_of(&window.document()?, name)?;
    Some(Asked(window.fetch_with_str(&address)))
}

/// The address of a file in the program's folder.
fn address_of(document: &Document, name: &str) -> Option<String> {
    // boot.js is told where the program lies.
    let boot = document.get_element_by_id("boot")?;
    let program = boot.get_attribute("data-program")?;
    let (folder, _) = program.rsplit_once('/')?;
    Some(format!("{folder}/{name}"))
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

/// Brings a style sheet of the program's folder into the page: whether it is there. One that cannot be fetched is asked
/// for again the next time.
pub async fn style(name: &str) -> bool {
    let Some(link) = link_of(name) else {
        return false;
    };
    if link.sheet().is_some() {
        return true;
    }
    let come = Promise::new(&mut |done, _| {
        for event in ["load", "error"] {
            let _ = link.add_event_listener_with_callback(event, &done);
        }
    });
    let _ = JsFuture::from(come).await;
    let here = link.sheet().is_some();
    if !here {
        link.remove();
    }
    here
}

/// The page's link to a style sheet of the program's folder, made where it has none.
fn link_of(name: &str) -> Option<HtmlLinkElement> {
    let document = web_sys::window()?.document()?;
    let id = format!("style-{name}");
    if let Some(link) = document.get_element_by_id(&id) {
        return link.dyn_into().ok();
    }
    let link: HtmlLinkElement = document.create_element("link").ok()?.dyn_into().ok()?;
    link.set_id(&id);
    link.set_rel("stylesheet");
    link.set_href(&address_of(&document, name)?);
    document.head()?.append_child(&link).ok()?;
    Some(link)
}
