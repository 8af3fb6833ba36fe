//! Fields of a document that this program does not know: told apart from what it knows, and put back when the document
//! is written.

use serde_json::{Map, Value};

/// The elements of a list are told apart by this field, where they have it.
const KEY: &str = "key";

/// What of a document as written is not in the known part of it. Lists are compared element by element; `null` stands
/// where everything is known.
pub(super) fn without(written: Value, known: &Value) -> Value {
    match (written, known) {
        (Value::Object(written), Value::Object(known)) => {
            let mut left = Map::new();
            for (name, value) in written {
                let rest = match known.get(&name) {
                    // A list or a value left out because it is empty is not unknown.
                    None if is_nothing(&value) => Value::Null,
                    None => value,
                    Some(known) => without(value, known),
                };
                if !rest.is_null() {
                    left.insert(name, rest);
                }
            }
            if left.is_empty() {
                return Value::Null;
            }
            // So that it finds its place again when the list has changed.
            if let Some(key) = known.get(KEY) {
                left.insert(KEY.to_owned(), key.clone());
            }
            Value::Object(left)
        }
        (Value::Array(written), Value::Array(known)) => {
            let rest = written.into_iter().zip(known);
            let rest: Vec<Value> = rest
                .map(|(written, known)| without(written, known))
                .collect();
            if rest.iter().all(Value::is_null) {
                return Value::Null;
            }
            Value::Array(rest)
        }
        // The program's own spelling of a value that it knows.
        _ => Value::Null,
    }
}

/// Puts unknown fields back where they were. What is known stays as it is.
pub(super) fn put_back(whole: &mut Value, unknown: &Value) {
    match (whole, unknown) {
        (Value::Object(whole), Value::Object(unknown)) => {
            for (name, value) in unknown {
                match whole.get_mut(name) {
                    Some(known) => put_back(known, value),
                    None => {
                        whole.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        (Value::Array(whole), Value::Array(unknown)) => {
            // Without keys there is no telling which is which once the list has changed.
            let unchanged = whole.len() == unknown.len();
            for (place, value) in unknown.iter().enumerate() {
                let own = match value.get(KEY) {
                    Some(key) => whole.iter_mut().find(|held| held.get(KEY) == Some(key)),
                    None => whole.get_mut(place).filter(|_| unchanged),
                };
                if let Some(own) = own {
                    put_back(own, value);
                }
            }
        }
        _ => {}
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}
