//! How a worker hears: the same in each of them.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Hears messages from now on, for as long as the worker lives; gives the worker's side of the browser, to answer from.
/// Nothing outside of a worker.
pub fn hear(
    heard: impl Fn(&DedicatedWorkerGlobalScope, &JsValue) + 'static,
) -> Option<DedicatedWorkerGlobalScope> {
    let scope = js_sys::global()
        .dyn_into::<DedicatedWorkerGlobalScope>()
        .ok()?;
    let own = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        heard(&own, &event.data());
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    Some(scope)
}
