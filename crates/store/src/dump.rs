//! Everything in the database as one JSON file.

use serde::Serialize;

use crate::error::StoreError;
use crate::load::Shelves;
use crate::record::{Key, Record, Shelf, hexadecimal};

/// Version of the rescue file, the value of its first member `flightpath-rescue`.
///
/// ```text
/// {"flightpath-rescue": 1, "database": "flightpath", "schema": 1,
///  "meta": […], "state": […], "log": […], "history": […],
///  "unreadable": [{"store": "state", "key": "…"}]}
/// ```
///
/// Each record is `{"key", "version", "body", "previous"?, "hash"?}` as in the database; a key in `log` is a number.
/// `body` is text; where the bytes are not UTF-8, `body_hex` holds them in hexadecimal digits instead. Records that
/// could not be read, or that are no records, are named in `unreadable`; the rescue page adds what it can of such a
/// `value` there, the stores that a newer program made in `other`, a member for each, and in `copy` the files of the
/// second copy which hold what the database may lack, each `{"name", "body"}` or `{"name", "body_hex"}`; without a
/// database `schema` is 0. `last` is the number of the last entry that was acknowledged, where the browser remembers it.
/// Nothing is checked: a file from a damaged database is as damaged as that.
pub const RESCUE_FORMAT: u32 = 1;

/// Everything that goes into a rescue file.
pub(crate) struct Dump {
    pub(crate) database: String,
    pub(crate) schema: u32,
    pub(crate) shelves: Shelves,
    pub(crate) unreadable: Vec<(Shelf, String)>,
}

#[derive(Serialize)]
struct DumpFile<'a> {
    #[serde(rename = "flightpath-rescue")]
    format: u32,
    database: &'a str,
    schema: u32,
    meta: Vec<DumpRecord<'a>>,
    state: Vec<DumpRecord<'a>>,
    log: Vec<DumpRecord<'a>>,
    history: Vec<DumpRecord<'a>>,
    unreadable: Vec<DumpFault<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum DumpKey<'a> {
    Number(u64),
    Text(&'a str),
}

#[derive(Serialize)]
struct DumpRecord<'a> {
    key: DumpKey<'a>,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_hex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<&'a str>,
}

#[derive(Serialize)]
struct DumpFault<'a> {
    store: &'static str,
    key: &'a str,
}

impl<'a> From<&'a Record> for DumpRecord<'a> {
    fn from(record: &'a Record) -> Self {
        let text = std::str::from_utf8(&record.body).ok();
        Self {
            key: match &record.key {
                Key::Number(number) => DumpKey::Number(*number),
                Key::Text(text) => DumpKey::Text(text),
            },
            version: record.version,
            body: text,
            body_hex: text.is_none().then(|| hexadecimal(&record.body)),
            previous: record.previous,
            hash: record.hash.as_deref(),
        }
    }
}

pub(crate) fn write(dump: &Dump) -> Result<Vec<u8>, StoreError> {
    let records = |shelf| -> Vec<DumpRecord<'_>> {
        let records = dump.shelves.of(shelf);
        records.iter().map(DumpRecord::from).collect()
    };
    let file = DumpFile {
        format: RESCUE_FORMAT,
        database: &dump.database,
        schema: dump.schema,
        meta: records(Shelf::Meta),
        state: records(Shelf::State),
        log: records(Shelf::Log),
        history: records(Shelf::History),
        unreadable: dump
            .unreadable
            .iter()
            .map(|(shelf, key)| DumpFault {
                store: shelf.name(),
                key,
            })
            .collect(),
    };
    serde_json::to_vec(&file).map_err(|error| StoreError::damaged(error.to_string()))
}
