//! Files in and out.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A file that a person chose, dropped or pasted.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its name; empty for a paste.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Larger files are not read into memory.
pub const MOST_BYTES: f64 = 200.0 * 1024.0 * 1024.0;

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    /// Larger than [`MOST_BYTES`].
    TooLarge,
    /// The browser could not read it: it was moved, or permission was withdrawn.
    Refused,
}

/// Reads a file whole.
pub async fn read(file: web_sys::File) -> Result<Incoming, NotRead> {
    if file.size() > MOST_BYTES {
        return Err(NotRead::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| NotRead::Refused)?;
    Ok(Incoming {
        name: file.name(),
        bytes: js_sys::Uint8Array::new(&buffer).to_vec(),
    })
}

/// Hands the person a file to keep.
///
/// # Errors
/// Where the browser makes no file or no link to it.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has its own hold on the bytes once the click has been taken.
    let revoke = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = web_sys::Url::revoke_object_url(&address);
    });
    if let Some(window) = web_sys::window() {
        let _ = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000);
    }
    Ok(())
}

/// The files of an input element, which is emptied so that the same file can be chosen again.
pub fn chosen(event: &web_sys::Event) -> Vec<web_sys::File> {
    let Some(input) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
    else {
        return Vec::new();
    };
    let files = input.files().map(|list| listed(&list)).unwrap_or_default();
    input.set_value("");
    files
}

/// The files of a drop.
pub fn dropped(event: &web_sys::DragEvent) -> Vec<web_sys::File> {
    event
        .data_transfer()
        .and_then(|data| data.files())
        .map(|list| listed(&list))
        .unwrap_or_default()
}

fn listed(list: &web_sys::FileList) -> Vec<web_sys::File> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}
