//! The worker's side of the browser.

use std::cell::Cell;

use flightpath_exchange::table::{ReadError, ReadOptions, Table, from_bytes, from_text};
use flightpath_exchange::text::Encoding;
use flightpath_worker::hearing::hear;
use flightpath_worker::protocol::{Ask, Reply, Request, Stage, release};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{DedicatedWorkerGlobalScope, TextDecoder, TextDecoderOptions};

/// Hears messages from now on.
pub fn start() {
    let Some(scope) = hear(heard) else { return };
    say(
        &scope,
        &Reply::Ready {
            release: release().to_owned(),
        },
    );
}

fn say(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    if let Ok(text) = serde_json::to_string(reply) {
        // Posting a text cannot fail: there is nothing in it that could not be copied.
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}

fn heard(scope: &DedicatedWorkerGlobalScope, data: &JsValue) {
    let parts = Array::from(data);
    let request = parts
        .get(0)
        .as_string()
        .and_then(|text| serde_json::from_str::<Request>(&text).ok());
    let Some(Request { id, ask }) = request else {
        say(scope, &Reply::NotUnderstood);
        return;
    };
    let reading_since = Cell::new(0.0);
    let progress = |stage| {
        say(scope, &Reply::Progress { id, stage });
        if stage == Stage::Reading {
            reading_since.set(now(scope));
        }
    };
    let read = match ask {
        Ask::Read { options } => read_bytes(&parts.get(1), &options, &progress),
        Ask::ReadText { text, options } => {
            progress(Stage::Reading);
            from_text(&text, &options)
        }
    };
    let reading_us = (now(scope) - reading_since.get()) * 1000.0;
    let reply = match read {
        Ok(table) => {
            progress(Stage::Sending);
            Reply::Table {
                id,
                table: Box::new(table),
                // A conversion from floats keeps to the range by itself.
                reading_us: reading_us as u32,
            }
        }
        Err(error) => Reply::Failed { id, error },
    };
    say(scope, &reply);
}

/// Milliseconds since the worker started.
fn now(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope
        .performance()
        .map_or(0.0, |performance| performance.now())
}

fn read_bytes(
    buffer: &JsValue,
    options: &ReadOptions,
    progress: &impl Fn(Stage),
) -> Result<Table, ReadError> {
    let bytes = Uint8Array::new(buffer);
    let size = usize::try_from(bytes.length()).unwrap_or(usize::MAX);
    if size > flightpath_exchange::table::MOST_BYTES {
        // Told before the bytes are copied.
        return Err(ReadError::TooLarge {
            bytes: size,
            most: flightpath_exchange::table::MOST_BYTES,
        });
    }
    progress(Stage::Decoding);
    from_bytes(&bytes.to_vec(), options, |encoding, bytes| {
        let text = decode(encoding, bytes);
        progress(Stage::Reading);
        text
    })
}

/// The browser knows all encodings. Bytes that are no UTF-8 are an error, so that a wrong choice
/// shows; other encodings put a sign of their own where a character is missing.
fn decode(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(encoding == Encoding::Utf8);
    let decoder = TextDecoder::new_with_label_and_options(encoding.label(), &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
