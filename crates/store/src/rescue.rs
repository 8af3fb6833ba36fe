//! Reading a rescue file back, checked as strictly as a database.

use serde::Deserialize;

use crate::SCHEMA_VERSION;
use crate::copy;
use crate::dump::RESCUE_FORMAT;
use crate::error::{StoreError, StoreErrorKind};
use crate::load::{Loaded, Parts, RawContents, Shelves, check};
use crate::plan::Replacement;
use crate::record::{Key, Record, Shelf};

/// What a rescue file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// What opening needs, checked against the manifest in the file: database and second copy together, where the file
    /// holds both.
    pub loaded: Loaded,
    /// How many acknowledged entries are not in the file; nothing where parts of the state are missing, of which nobody
    /// can say that, and 0 where nothing is known to be missing.
    pub missing: Option<u64>,
    /// History records that fit their seals, in the file's order.
    pub history: Vec<(String, Vec<u8>)>,
    /// Keys of history records that do not.
    pub history_damaged: Vec<String>,
}

#[derive(Deserialize)]
struct RescueFile {
    #[serde(rename = "flightpath-rescue")]
    format: u64,
    schema: u64,
    meta: Vec<RescueRecord>,
    state: Vec<RescueRecord>,
    log: Vec<RescueRecord>,
    history: Vec<RescueRecord>,
    #[serde(default)]
    copy: Vec<RescueCopy>,
    #[serde(default)]
    unreadable: Vec<RescueFault>,
    /// Number of the last entry that was acknowledged, where the browser remembers it.
    #[serde(default)]
    last: u64,
}

/// A file of the second copy.
#[derive(Deserialize)]
struct RescueCopy {
    name: String,
    body: Option<String>,
    body_hex: Option<String>,
}

/// Read first and alone, because a newer file may have any other shape.
#[derive(Deserialize)]
struct RescueHead {
    #[serde(rename = "flightpath-rescue")]
    format: u64,
    schema: u64,
}

#[derive(Deserialize)]
struct RescueRecord {
    key: RescueKey,
    version: u32,
    body: Option<String>,
    body_hex: Option<String>,
    previous: Option<u64>,
    hash: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RescueKey {
    Number(u64),
    Text(String),
}

#[derive(Deserialize)]
struct RescueFault {
    store: String,
    key: String,
}

/// Reads a rescue file, see [`RESCUE_FORMAT`]. Its size is the caller's to cap.
///
/// # Errors
/// [`NotARescueFile`](StoreErrorKind::NotARescueFile) for anything else, also one that was cut short;
/// [`NewerDatabase`](StoreErrorKind::NewerDatabase) for one that a newer program wrote. Damage inside is no error
/// but [`Loaded::Damaged`].
pub fn read_rescue_file(file: &[u8]) -> Result<Rescued, StoreError> {
    let foreign = |error: serde_json::Error| {
        // The place is told, the text at it (which may hold names) is not.
        StoreError::new(
            StoreErrorKind::NotARescueFile,
            format!("line {}, column {}", error.line(), error.column()),
        )
    };
    let head: RescueHead = serde_json::from_slice(file).map_err(foreign)?;
    if head.format > u64::from(RESCUE_FORMAT) || head.schema > u64::from(SCHEMA_VERSION) {
        let kind = StoreErrorKind::NewerDatabase { found: head.schema };
        return Err(StoreError::new(
            kind,
            format!("rescue file of format {}", head.format),
        ));
    }
    let file: RescueFile = serde_json::from_slice(file).map_err(foreign)?;
    if file.format == 0 || (file.schema == 0 && file.copy.is_empty()) {
        return Err(StoreError::new(StoreErrorKind::NotARescueFile, "version 0"));
    }
    let mut unreadable: Vec<(Shelf, String)> = Vec::new();
    for fault in file.unreadable {
        if let Some(shelf) = Shelf::ALL
            .into_iter()
            .find(|shelf| shelf.name() == fault.store)
        {
            unreadable.push((shelf, fault.key));
        }
    }
    let mut shelves = Shelves::default();
    let read = [
        (Shelf::Meta, file.meta),
        (Shelf::State, file.state),
        (Shelf::Log, file.log),
        (Shelf::History, file.history),
    ];
    for (shelf, rescued) in read {
        let mut records = Vec::with_capacity(rescued.len());
        for record in rescued {
            match record.into_record() {
                Ok(record) => records.push(record),
                Err(key) => unreadable.push((shelf, key)),
            }
        }
        shelves.put(shelf, records);
    }
    let mut history = Vec::new();
    let mut history_damaged = Vec::new();
    let records = shelves.take(Shelf::History);
    let history_count = records.len() as u64;
    for record in records {
        if record.is_intact(Shelf::History) {
            history.push((record.key.to_string(), record.body));
        } else {
            history_damaged.push(record.key.to_string());
        }
    }
    let contents = RawContents {
        shelves,
        history_count,
        unreadable,
        hashes: Vec::new(),
    };
    let loaded = check(contents, &Parts::All);
    let files: Vec<_> = file
        .copy
        .into_iter()
        .filter_map(|file| Some((file.name, body_of(file.body, file.body_hex)?)))
        .collect();
    if files.is_empty() && file.last == 0 {
        let missing = matches!(loaded, Loaded::Whole(_) | Loaded::Fresh).then_some(0);
        return Ok(Rescued {
            loaded,
            missing,
            history,
            history_damaged,
        });
    }
    let rebuilt = copy::rebuilt(&loaded, history, files, file.last);
    let problems = match loaded {
        Loaded::Damaged { problems, .. } => problems,
        Loaded::Whole(_) | Loaded::Fresh => Vec::new(),
    };
    let Replacement { contents, history } = rebuilt.replacement;
    // The second copy may hold what was damaged in the database.
    history_damaged.retain(|damaged| history.iter().all(|(key, _)| key != damaged));
    Ok(Rescued {
        loaded: match rebuilt.missing {
            None => Loaded::Whole(contents),
            Some(_) => Loaded::Damaged {
                salvage: contents,
                problems,
            },
        },
        missing: rebuilt.missing.unwrap_or(Some(0)),
        history,
        history_damaged,
    })
}

fn body_of(text: Option<String>, digits: Option<String>) -> Option<Vec<u8>> {
    match (text, digits) {
        (Some(text), None) => Some(text.into_bytes()),
        (None, Some(digits)) => bytes_of_hexadecimal(&digits),
        _ => None,
    }
}

impl RescueRecord {
    fn into_record(self) -> Result<Record, String> {
        let key = match self.key {
            RescueKey::Number(number) => Key::Number(number),
            RescueKey::Text(text) => Key::Text(text),
        };
        match body_of(self.body, self.body_hex) {
            Some(body) => Ok(Record {
                key,
                version: self.version,
                body,
                previous: self.previous,
                hash: self.hash,
            }),
            None => Err(key.to_string()),
        }
    }
}

fn bytes_of_hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let values: Vec<u8> = digits
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|value| u8::try_from(value).ok())
        })
        .collect::<Option<_>>()?;
    let (pairs, rest) = values.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
