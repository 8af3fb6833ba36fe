//! Where a school is kept.
//!
//! The store is a port, [`Store`], with two homes that behave alike: [`MemoryStore`] for tests and for a window
//! in which nothing may be kept, and `IndexedDbStore` in the browser. It keeps bytes and knows no pupil: callers
//! give and get serialized bodies, and the format inside a body (with its own version) is the caller's.
//!
//! # Shape
//!
//! Four object stores without indexes, keyed by the record's own `key`:
//!
//! | store     | key                     | holds |
//! |-----------|-------------------------|-------|
//! | `meta`    | text                    | `manifest`, `log-head`, and the caller's small values |
//! | `state`   | text                    | the folded state, in chunks |
//! | `log`     | whole number, from 1    | steps that are acknowledged and not yet folded |
//! | `history` | text given by the caller| all steps, kept, never needed to open |
//!
//! A record is `{key, version, body, previous?, hash?}`. `version` is [`RECORD_VERSION`], the layout of the record.
//! `previous` is the number of the log entry before. `hash` is the SHA-256, in lower-case hexadecimal digits, of the
//! text `store\nkey\nprevious\n` (with `previous` empty where there is none) followed by the body. Chunks and the
//! caller's small values carry no hash of their own: the manifest lists each with its length and the SHA-256 of
//! its body.
//!
//! # Promises
//!
//! * [`Store::append`] resolves only after a strict transaction has completed.
//! * [`Store::fold`] is one transaction: changed chunks, manifest, history and the shortened log change together.
//! * [`Store::load`] never gives partial data as whole: what does not agree with the manifest is
//!   [`Loaded::Damaged`], with every problem found as data.
//!
//! A rollback of the whole database (a file cut by the system) looks whole from inside. Noticing that needs a second
//! copy; [`LogEntry`] numbers and [`Manifest::generation`] are what such a copy compares itself with.

mod chain;
mod copy;
mod dump;
mod error;
mod load;
mod manifest;
mod memory;
mod operations;
mod plan;
mod port;
mod record;
mod rescue;

mod indexed_db;
pub mod keepsake;
pub mod marker;
pub mod persistence;
pub mod tabs;

pub use chain::{Linked, LinkedRead, read_linked};
pub use copy::{
    CopyError, Difference, Files, FilesError, MemoryFiles, OpfsFiles, SNAPSHOTS_KEPT, SecondCopy,
    Settled, Snapshot, SnapshotHead,
};
pub use dump::RESCUE_FORMAT;
pub use error::{StoreError, StoreErrorKind};
pub use indexed_db::IndexedDbStore;
pub use load::{Contents, LoadProblem, Loaded, LogEntry, Parts};
pub use manifest::{Listed, Manifest};
pub use memory::{MemoryDisk, MemoryStore};
pub use plan::{Appended, Fold, Replacement};
pub use port::{Opened, Store, StoreEvent};
pub use record::{Key, RECORD_VERSION, Record, Shelf};
pub use rescue::{Rescued, read_rescue_file};

/// Version of the set of object stores. A database of a higher version is refused and left as it is.
pub const SCHEMA_VERSION: u32 = 9;

/// Name of the database that the program and the rescue page use.
pub const DATABASE_NAME: &str = "flightpath";
