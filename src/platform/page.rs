//! The page itself: its address, its look, its title.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .map(|hash| hash.trim_start_matches('#').to_owned())
        .unwrap_or_default()
}

/// Goes to a fragment, as if a link had been followed.
pub fn go(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Sets an attribute of the root element; an empty value takes it away.
pub fn mark(attribute: &str, value: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = if value.is_empty() {
            root.remove_attribute(attribute)
        } else {
            root.set_attribute(attribute, value)
        };
    }
}

/// Names the tab.
pub fn title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The height of the window in whole CSS pixels; a usual one where it cannot be told.
pub fn height() -> usize {
    let height = web_sys::window()
        .and_then(|window| window.inner_height().ok())
        .and_then(|height| height.as_f64())
        .filter(|height| (1.0..100_000.0).contains(height));
    // In range, as was just checked.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    height.map_or(1_000, |height| height as usize)
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Moves the focus to the element with this id, if it is there.
pub fn focus(id: &str) {
    let element = element(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Scrolls what is behind an element with this id, if it is there, so that what ends so many CSS pixels below the
/// window's upper edge ends above it.
pub fn lift_above(id: &str, bottom: f64) {
    let Some(element) = element(id) else { return };
    let hidden = bottom - element.get_bounding_client_rect().top();
    if hidden > 0.0
        && let Ok(Some(work)) = element.closest(".work")
    {
        work.scroll_by_with_x_and_y(0.0, hidden);
    }
}

/// Takes the focus off whatever has it, which makes a field tell what was typed.
pub fn let_go_of_focus() {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element())
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.blur();
    }
}

/// Calls back whenever the window hears an event of this name, for as long as the page lives.
pub fn on_window(name: &str, callback: impl FnMut(web_sys::Event) + 'static) {
    let callback = Closure::<dyn FnMut(web_sys::Event)>::new(callback);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    }
    callback.forget();
}

/// Gives the browser time to paint, then goes on.
pub async fn breathe() {
    rest(0).await;
}

/// How long a full screen takes to be drawn without the help of a graphics card.
const DRAWING_MS: i32 = 100;

/// Goes on when what is on screen now has been painted; at once where nothing is painted, as in a
/// tab that is not looked at.
pub async fn painted() {
    // Called back before a frame is painted: before the second the first one was. Then it still has
    // to be drawn, which what follows is not to hold up.
    frame().await;
    frame().await;
    rest(DRAWING_MS).await;
}

/// A tab that is left while its next frame is waited for paints none, and has to go on nevertheless.
const LONGEST_FRAME_MS: i32 = 1_000;

async fn frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let hidden = web_sys::window().is_none_or(|window| {
            let set = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, LONGEST_FRAME_MS);
            set.is_err()
                || window.document().is_none_or(|document| document.hidden())
                || window.request_animation_frame(&resolve).is_err()
        });
        if hidden {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Goes on after so many milliseconds.
pub async fn rest(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
