//! Between records and the browser's values, and between its exceptions and our errors.

use indexed_db_futures::error::Error;
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{StoreError, StoreErrorKind};
use crate::record::{Key, Record};

/// The largest whole number that a JavaScript number holds without loss.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

pub(super) fn whole_number(value: f64) -> Option<u64> {
    let whole = value.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER).contains(&value);
    // Checked in the line above: no sign, no fraction, in range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    whole.then_some(value as u64)
}

#[allow(clippy::cast_precision_loss)] // Log numbers stay far below 2^53.
pub(super) fn number_to_js(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

pub(super) fn key_to_js(key: &Key) -> JsValue {
    match key {
        Key::Number(number) => number_to_js(*number),
        Key::Text(text) => JsValue::from_str(text),
    }
}

pub(super) fn key_of_js(value: &JsValue) -> Option<Key> {
    value
        .as_string()
        .map(Key::Text)
        .or_else(|| value.as_f64().and_then(whole_number).map(Key::Number))
}

pub(super) fn record_to_js(record: &Record) -> Result<JsValue, JsValue> {
    let object = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&object, &JsValue::from_str(name), value);
    set("key", &key_to_js(&record.key))?;
    set("version", &JsValue::from_f64(f64::from(record.version)))?;
    set("body", &Uint8Array::from(record.body.as_slice()))?;
    if let Some(previous) = record.previous {
        set("previous", &number_to_js(previous))?;
    }
    if let Some(hash) = &record.hash {
        set("hash", &JsValue::from_str(hash))?;
    }
    Ok(object.into())
}

/// The record, or its key as far as it can be told.
pub(super) fn record_of_js(value: &JsValue) -> Result<Record, String> {
    let field =
        |name: &str| Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let Some(key) = key_of_js(&field("key")) else {
        return Err(String::new());
    };
    let read = || {
        let version = u32::try_from(field("version").as_f64().and_then(whole_number)?).ok()?;
        let body = field("body").dyn_into::<Uint8Array>().ok()?.to_vec();
        let previous = match field("previous") {
            absent if absent.is_undefined() => None,
            number => Some(number.as_f64().and_then(whole_number)?),
        };
        let hash = match field("hash") {
            absent if absent.is_undefined() => None,
            text => Some(text.as_string()?),
        };
        Some((version, body, previous, hash))
    };
    match read() {
        Some((version, body, previous, hash)) => Ok(Record {
            key,
            version,
            body,
            previous,
            hash,
        }),
        None => Err(key.to_string()),
    }
}

/// The name of the browser's exception, such as `QuotaExceededError`.
pub(super) fn exception_name(error: &Error) -> Option<String> {
    match error {
        Error::DomException(exception) => {
            let exception: web_sys::DomException = exception.clone().into();
            Some(exception.name())
        }
        _ => None,
    }
}

pub(super) fn kind_of_exception(name: &str) -> StoreErrorKind {
    match name {
        "QuotaExceededError" => StoreErrorKind::QuotaExceeded,
        "SecurityError" | "NotAllowedError" => StoreErrorKind::Unavailable,
        "AbortError" | "TransactionInactiveError" => StoreErrorKind::Aborted,
        "ConstraintError" => StoreErrorKind::KeyTaken,
        "NotReadableError" | "DataError" | "EncodingError" => StoreErrorKind::Unreadable,
        _ => StoreErrorKind::Refused,
    }
}

pub(super) fn store_error(error: &Error) -> StoreError {
    let kind =
        exception_name(error).map_or(StoreErrorKind::Refused, |name| kind_of_exception(&name));
    StoreError::new(kind, error.to_string())
}

/// A failed read. Whatever the browser calls it, a value that it holds did not come.
pub(super) fn read_error(error: &Error) -> StoreError {
    let mut error = store_error(error);
    if error.kind == StoreErrorKind::Refused {
        error.kind = StoreErrorKind::Unreadable;
    }
    error
}

pub(super) fn thrown(value: JsValue) -> StoreError {
    store_error(&Error::from(value))
}
