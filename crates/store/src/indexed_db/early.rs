//! What the page has read of the database while the program was still on its way.
//!
//! `boot.js` leaves it in `window.flightpathRead`: an object of `name`, `parts` (keys of the chunks that it looked
//! for) and `read`, a promise of `{schema, meta, state, log, history, hashes}`: the records of one transaction, the
//! count of the history, and for each chunk the SHA-256 of its body, empty where the browser works none out.
//! Whatever is not as it should be is not used: the store then reads for itself.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::javascript::{record_of_js, whole_number};
use crate::SCHEMA_VERSION;
use crate::load::{Loaded, Parts};
use crate::operations::{Gathered, READ_AT_START};
use crate::record::{Shelf, hexadecimal};

const LEFT_AT: &str = "flightpathRead";

/// What was read of this database, with the keys of the chunks that were looked for. It can be had once: later it is
/// old.
pub(super) async fn read(database: &str) -> Option<(Vec<String>, Loaded)> {
    let window = web_sys::window()?;
    let left = field(&window, LEFT_AT)?;
    Reflect::delete_property(&window, &JsValue::from_str(LEFT_AT)).ok()?;
    if field(&left, "name")?.as_string()? != database {
        return None;
    }
    let parts: Vec<String> = array(&left, "parts")?
        .iter()
        .map(|key| key.as_string())
        .collect::<Option<_>>()?;
    let promise = field(&left, "read")?.dyn_into::<Promise>().ok()?;
    let read = JsFuture::from(promise).await.ok()?;
    if number(&read, "schema")? != u64::from(SCHEMA_VERSION) {
        return None;
    }
    let mut gathered = Gathered::default();
    let hashes = array(&read, "hashes")?;
    for (record, hash) in array(&read, Shelf::State.name())?.iter().zip(hashes.iter()) {
        if let (Some(key), Ok(hash)) = (field(&record, "key"), hash.dyn_into::<Uint8Array>()) {
            gathered.note_hash(key.as_string()?, hexadecimal(&hash.to_vec()));
        }
    }
    for shelf in READ_AT_START {
        let records = array(&read, shelf.name())?;
        gathered.put(
            shelf,
            records.iter().map(|value| record_of_js(&value)).collect(),
        );
    }
    gathered.count_history(number(&read, "history")?);
    let loaded = gathered.checked(&Parts::Just(parts.clone()));
    Some((parts, loaded))
}

fn field(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name)).ok()
}

fn array(of: &JsValue, name: &str) -> Option<Array> {
    field(of, name)?.dyn_into().ok()
}

fn number(of: &JsValue, name: &str) -> Option<u64> {
    field(of, name)?.as_f64().and_then(whole_number)
}
