//! From the documents of earlier formats to today's.

use serde_json::Value;

/// Brings a document of an earlier format to [`FORMAT`](super::FORMAT), one format at a time. What is not as that format
/// had it is left for the reader to refuse.
pub(super) fn migrate(document: &mut Value, from: u64) {
    if from < 2 {
        events_have_kinds(document);
        limits_belong_to_chains(document);
    }
    if let Some(format) = document.get_mut("format") {
        *format = Value::from(super::FORMAT);
    }
}

/// Format 1 called the kind of an event its name.
fn events_have_kinds(document: &mut Value) {
    let events = document.get_mut("calendar").and_then(Value::as_array_mut);
    for event in events
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        if let Some(kind) = event.remove("name") {
            event.insert("kind".to_owned(), kind);
        }
    }
}

/// Format 1 had limits at each lookup; the first of a chain counted for the whole of it in all packs that there were.
fn limits_belong_to_chains(document: &mut Value) {
    let scale_of = |document: &Value, table: &str| {
        let tables = document.get("tables")?.as_array()?;
        let held = tables
            .iter()
            .find(|held| held.get("key").and_then(Value::as_str) == Some(table))?;
        held.get("scale").cloned()
    };
    let before = document.clone();
    let chains = document.get_mut("targets").and_then(Value::as_array_mut);
    for chain in chains
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        let mut first = None;
        let methods = chain.get_mut("methods").and_then(Value::as_array_mut);
        for method in methods
            .into_iter()
            .flatten()
            .filter_map(Value::as_object_mut)
        {
            let Some(mut clamp) = method.remove("clamp") else {
                continue;
            };
            let table = method.get("table").and_then(Value::as_str);
            let scale = table.and_then(|table| scale_of(&before, table));
            if let (Some(clamp), Some(scale)) = (clamp.as_object_mut(), scale) {
                clamp.insert("scale".to_owned(), scale);
            }
            first = first.or(Some(clamp));
        }
        if let Some(clamp) = first {
            chain.insert("clamp".to_owned(), clamp);
        }
    }
}
