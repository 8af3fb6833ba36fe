//! What the page has read of the database while the program was still on its way.
//!
//! `boot.js` leaves it in `window.flightpathRead`: an object of `name`, `from` (the first key of the chunks that
//! it read, empty for all) and `read`, a promise of `{schema, meta, state, log, history}`: the records of one
//! transaction, and the count of the history. Whatever is not as it should be is not used: the store then reads
//! for itself.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::javascript::{record_of_js, whole_number};
use crate::SCHEMA_VERSION;
use crate::load::Parts;
use crate::operations::{Gathered, READ_AT_START};

const LEFT_AT: &str = "flightpathRead";

/// The records, where just these parts of this database were read. They can be had once: later they are old.
pub(super) async fn read(database: &str, parts: &Parts) -> Option<Gathered> {
    let window = web_sys::window()?;
    let left = field(&window, LEFT_AT)?;
    Reflect::delete_property(&window, &JsValue::from_str(LEFT_AT)).ok()?;
    let from = field(&left, "from")?.as_string()?;
    let same_parts = match parts {
        Parts::All => from.is_empty(),
        Parts::From(first) => *first == from,
        Parts::Before(_) => false,
    };
    if !same_parts || field(&left, "name")?.as_string()? != database {
        return None;
    }
    let promise = field(&left, "read")?.dyn_into::<Promise>().ok()?;
    let read = JsFuture::from(promise).await.ok()?;
    if number(&read, "schema")? != u64::from(SCHEMA_VERSION) {
        return None;
    }
    let mut gathered = Gathered::default();
    for shelf in READ_AT_START {
        let records = field(&read, shelf.name())?.dyn_into::<Array>().ok()?;
        gathered.put(
            shelf,
            records.iter().map(|value| record_of_js(&value)).collect(),
        );
    }
    gathered.count_history(number(&read, "history")?);
    Some(gathered)
}

fn field(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name)).ok()
}

fn number(of: &JsValue, name: &str) -> Option<u64> {
    field(of, name)?.as_f64().and_then(whole_number)
}
