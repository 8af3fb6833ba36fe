//! Elements, made and changed. What a browser refuses to do here it refuses for want of memory, and then the page is lost
//! anyway: such refusals are passed over.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// An element that takes its place in a grid as a number: a text would have to be brought over to the browser first,
    /// for each of the cells that a scroll brings into sight.
    #[wasm_bindgen(extends = Element)]
    type Numbered;
    #[wasm_bindgen(method, setter = ariaColIndex)]
    fn set_column(this: &Numbered, number: usize);
    #[wasm_bindgen(method, setter = ariaRowIndex)]
    fn set_row(this: &Numbered, number: usize);
}

/// Sets `aria-colindex`.
pub fn number_column(element: &Element, number: usize) {
    element.unchecked_ref::<Numbered>().set_column(number);
}

/// Sets `aria-rowindex`.
pub fn number_row(element: &Element, number: usize) {
    element.unchecked_ref::<Numbered>().set_row(number);
}

/// The page's document.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// A new element of a class, inside another.
pub fn inside(parent: &Element, name: &str, class: &str) -> Option<HtmlElement> {
    let element = document()?.create_element(name).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    parent.append_child(&element).ok()?;
    element.dyn_into().ok()
}

/// Sets an attribute.
pub fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Sets an attribute, or takes it away.
pub fn set_or_not(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Sets a length of an element's own style, in CSS pixels.
pub fn pixels(element: &HtmlElement, property: &str, length: usize) {
    let _ = element
        .style()
        .set_property(property, &format!("{length}px"));
}

/// A length that the browser tells, as whole CSS pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn whole(length: f64) -> usize {
    // Not a number becomes 0, and so does what lies before the beginning.
    length.clamp(0.0, 1e9) as usize
}

/// A length as the browser takes it for scrolling.
pub fn length(pixels: usize) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}
