//! The worker's side of the browser.

use flightpath_workbook::workbook;
use flightpath_worker::hearing::hear;
use flightpath_worker::protocol::release;
use flightpath_worker::workbook::{Order, Reply, bytes, message};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

/// Hears messages from now on.
pub fn start() {
    let Some(scope) = hear(heard) else { return };
    let release = release().to_owned();
    say(&scope, &Reply::Ready { release }, None);
}

fn say(scope: &DedicatedWorkerGlobalScope, reply: &Reply, workbook: Option<&[u8]>) {
    let Some(reply) = bytes(reply) else { return };
    let parts = Array::of1(&Uint8Array::from(reply.as_slice()));
    let handed_over = Array::new();
    if let Some(workbook) = workbook {
        let buffer = Uint8Array::from(workbook).buffer();
        parts.push(&buffer);
        handed_over.push(&buffer);
    }
    // Posting bytes cannot fail: there is nothing in them that could not be copied.
    let _ = scope.post_message_with_transfer(&parts, &handed_over);
}

fn heard(scope: &DedicatedWorkerGlobalScope, data: &JsValue) {
    let order = Array::from(data).get(0);
    let Some(Order { sheet, at }) = message(&Uint8Array::new(&order).to_vec()) else {
        say(scope, &Reply::NotUnderstood, None);
        return;
    };
    match workbook(&sheet, at) {
        Ok(bytes) => say(scope, &Reply::Written, Some(&bytes)),
        Err(fault) => say(scope, &Reply::Failed(fault), None),
    }
}
