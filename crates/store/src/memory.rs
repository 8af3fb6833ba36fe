//! The home in memory: for tests, and for a window in which nothing may be kept. It behaves like the browser's home,
//! and can be told to fail like it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use crate::SCHEMA_VERSION;
use crate::error::{StoreError, StoreErrorKind};
use crate::load::{Loaded, LogEntry, Parts};
use crate::manifest::Manifest;
use crate::operations::{self, Home, Purpose, Range, Read, Transaction};
use crate::plan::{Appended, Fold, Replacement, Write};
use crate::port::{Opened, Store, StoreEvent};
use crate::record::{Key, Record, Shelf};

/// What a database on a disk is to the browser: it outlives its connections, and several may be open at once.
#[derive(Clone, Default)]
pub struct MemoryDisk(Rc<RefCell<DiskState>>);

#[derive(Default)]
struct DiskState {
    /// 0 until the database is made.
    schema: u32,
    records: BTreeMap<(Shelf, Key), Stored>,
    quota_bytes: Option<u64>,
    fail_next_commit: Option<StoreErrorKind>,
    connections: Vec<Weak<Connection>>,
}

#[derive(Clone)]
enum Stored {
    Record(Record),
    /// Its key can be listed, its value cannot be read, as after damage to the browser's files.
    Unreadable,
}

struct Connection {
    closed: Cell<bool>,
    on_event: Box<dyn Fn(StoreEvent)>,
}

impl MemoryDisk {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on a commit that would leave more bytes of bodies than this fails for lack of room.
    pub fn set_quota_bytes(&self, quota_bytes: Option<u64>) {
        self.0.borrow_mut().quota_bytes = quota_bytes;
    }

    /// Lets the next commit of a write fail in this way, with nothing kept.
    pub fn fail_next_commit(&self, kind: StoreErrorKind) {
        self.0.borrow_mut().fail_next_commit = Some(kind);
    }

    /// Writes a record past every rule, as damage does.
    pub fn put_raw(&self, shelf: Shelf, record: Record) {
        self.0
            .borrow_mut()
            .records
            .insert((shelf, record.key.clone()), Stored::Record(record));
    }

    /// Reads a record past every rule.
    #[must_use]
    pub fn get_raw(&self, shelf: Shelf, key: &Key) -> Option<Record> {
        match self.0.borrow().records.get(&(shelf, key.clone())) {
            Some(Stored::Record(record)) => Some(record.clone()),
            _ => None,
        }
    }

    /// Keys of all records of a store.
    #[must_use]
    pub fn keys_raw(&self, shelf: Shelf) -> Vec<Key> {
        let state = self.0.borrow();
        let here = state.records.keys().filter(|(other, _)| *other == shelf);
        here.map(|(_, key)| key.clone()).collect()
    }

    /// Removes a record past every rule.
    pub fn remove_raw(&self, shelf: Shelf, key: &Key) {
        self.0.borrow_mut().records.remove(&(shelf, key.clone()));
    }

    /// Makes a record unreadable: it is listed, and reading it fails.
    pub fn make_unreadable(&self, shelf: Shelf, key: &Key) {
        self.0
            .borrow_mut()
            .records
            .insert((shelf, key.clone()), Stored::Unreadable);
    }

    /// Does what a newer program in another tab does: every connection closes itself and tells, then the database
    /// has this version.
    pub fn upgrade_elsewhere(&self, schema: u32) {
        self.close_connections();
        self.0.borrow_mut().schema = schema;
    }

    /// Deletes the database; every connection closes itself and tells. The disk's settings stay.
    pub fn delete(&self) {
        self.close_connections();
        let mut state = self.0.borrow_mut();
        state.schema = 0;
        state.records.clear();
    }

    fn close_connections(&self) {
        // Taken out first: a listener may well open the disk again.
        let connections = std::mem::take(&mut self.0.borrow_mut().connections);
        for connection in connections.iter().filter_map(Weak::upgrade) {
            if !connection.closed.replace(true) {
                (connection.on_event)(StoreEvent::NewerVersionWanted);
            }
        }
    }
}

/// A connection to a [`MemoryDisk`].
pub struct MemoryStore {
    disk: MemoryDisk,
    connection: Rc<Connection>,
}

impl MemoryStore {
    /// Opens or makes the database on this disk.
    ///
    /// # Errors
    /// [`NewerDatabase`](StoreErrorKind::NewerDatabase), and the disk is left as it is.
    // Async like the browser's home, so that one test can open both.
    #[allow(clippy::unused_async)]
    pub async fn open(
        disk: &MemoryDisk,
        on_event: impl Fn(StoreEvent) + 'static,
    ) -> Result<(Self, Opened), StoreError> {
        let connection = Rc::new(Connection {
            closed: Cell::new(false),
            on_event: Box::new(on_event),
        });
        let mut state = disk.0.borrow_mut();
        if state.schema > SCHEMA_VERSION {
            let kind = StoreErrorKind::NewerDatabase {
                found: u64::from(state.schema),
            };
            return Err(StoreError::new(kind, "memory"));
        }
        let existed = state.schema != 0;
        let upgraded_from = (existed && state.schema < SCHEMA_VERSION).then_some(state.schema);
        state.schema = SCHEMA_VERSION;
        state.connections.retain(|other| other.strong_count() > 0);
        state.connections.push(Rc::downgrade(&connection));
        drop(state);
        Ok((
            Self {
                disk: disk.clone(),
                connection,
            },
            Opened {
                existed,
                upgraded_from,
                schema: SCHEMA_VERSION,
            },
        ))
    }
}

/// Reads see the disk as it is, writes wait for the commit.
pub(crate) struct MemoryTransaction<'a> {
    disk: &'a MemoryDisk,
    writes: RefCell<Vec<Write>>,
}

impl MemoryTransaction<'_> {
    fn unreadable(shelf: Shelf, key: &Key) -> StoreError {
        StoreError::new(
            StoreErrorKind::Unreadable,
            format!("{}/{key}", shelf.name()),
        )
    }
}

impl Transaction for MemoryTransaction<'_> {
    async fn get(&self, shelf: Shelf, key: &Key) -> Result<Option<Record>, StoreError> {
        match self.disk.0.borrow().records.get(&(shelf, key.clone())) {
            None => Ok(None),
            Some(Stored::Record(record)) => Ok(Some(record.clone())),
            Some(Stored::Unreadable) => Err(Self::unreadable(shelf, key)),
        }
    }

    async fn all(&self, shelf: Shelf, range: &Range) -> Result<Vec<Read>, StoreError> {
        let state = self.disk.0.borrow();
        let mut reads = Vec::new();
        for ((_, key), stored) in state
            .records
            .iter()
            .filter(|((other, key), _)| *other == shelf && range.holds(key))
        {
            match stored {
                Stored::Record(record) => reads.push(Ok(record.clone())),
                Stored::Unreadable => return Err(Self::unreadable(shelf, key)),
            }
        }
        Ok(reads)
    }

    async fn keys(&self, shelf: Shelf) -> Result<Vec<Key>, StoreError> {
        let state = self.disk.0.borrow();
        Ok(state
            .records
            .keys()
            .filter(|(other, _)| *other == shelf)
            .map(|(_, key)| key.clone())
            .collect())
    }

    async fn count(&self, shelf: Shelf) -> Result<u64, StoreError> {
        let state = self.disk.0.borrow();
        Ok(state
            .records
            .keys()
            .filter(|(other, _)| *other == shelf)
            .count() as u64)
    }

    fn write(&self, write: Write) -> Result<(), StoreError> {
        self.writes.borrow_mut().push(write);
        Ok(())
    }

    async fn commit(self) -> Result<(), StoreError> {
        let writes = self.writes.into_inner();
        if writes.is_empty() {
            return Ok(());
        }
        let mut state = self.disk.0.borrow_mut();
        if let Some(kind) = state.fail_next_commit.take() {
            return Err(StoreError::new(kind, "injected"));
        }
        let mut records = state.records.clone();
        for write in writes {
            match write {
                Write::Put(shelf, record) => {
                    records.insert((shelf, record.key.clone()), Stored::Record(record));
                }
                Write::Add(shelf, record) => {
                    let place = (shelf, record.key.clone());
                    if records.contains_key(&place) {
                        return Err(StoreError::new(StoreErrorKind::KeyTaken, shelf.name()));
                    }
                    records.insert(place, Stored::Record(record));
                }
                Write::Remove(shelf, key) => {
                    records.remove(&(shelf, key));
                }
                Write::Clear(shelf) => records.retain(|(other, _), _| *other != shelf),
                Write::RemoveLogThrough(last) => {
                    records.retain(
                        |(shelf, key), _| !matches!((shelf, key), (Shelf::Log, Key::Number(number)) if *number <= last),
                    );
                }
            }
        }
        if let Some(quota) = state.quota_bytes {
            let bytes: u64 = records
                .values()
                .map(|stored| match stored {
                    Stored::Record(record) => record.body.len() as u64,
                    Stored::Unreadable => 0,
                })
                .sum();
            if bytes > quota {
                return Err(StoreError::new(
                    StoreErrorKind::QuotaExceeded,
                    format!("{bytes} of {quota} bytes"),
                ));
            }
        }
        state.records = records;
        Ok(())
    }
}

impl Home for MemoryStore {
    type Transaction<'a> = MemoryTransaction<'a>;

    fn begin(&self, _: Purpose, _: &[Shelf]) -> Result<Self::Transaction<'_>, StoreError> {
        if self.connection.closed.get() {
            return Err(StoreError::new(StoreErrorKind::Closed, "memory"));
        }
        Ok(MemoryTransaction {
            disk: &self.disk,
            writes: RefCell::default(),
        })
    }

    fn database_name(&self) -> String {
        "memory".to_owned()
    }

    fn schema(&self) -> u32 {
        SCHEMA_VERSION
    }
}

impl Store for MemoryStore {
    async fn load_parts(&self, parts: &Parts) -> Result<Loaded, StoreError> {
        operations::load(self, parts).await
    }

    async fn append_all(
        &self,
        bodies: Vec<Vec<u8>>,
        written_ms: Option<u64>,
    ) -> Result<Appended, StoreError> {
        operations::append_all(self, bodies, written_ms).await
    }

    async fn log_after(&self, number: u64) -> Result<Vec<LogEntry>, StoreError> {
        operations::log_after(self, number).await
    }

    async fn fold(&self, fold: Fold) -> Result<Manifest, StoreError> {
        operations::fold(self, fold).await
    }

    async fn replace(&self, replacement: Replacement) -> Result<Manifest, StoreError> {
        operations::replace(self, replacement).await
    }

    async fn history_keys(&self) -> Result<Vec<String>, StoreError> {
        operations::history_keys(self).await
    }

    async fn history(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        operations::history(self, key).await
    }

    async fn mend_history(&self, key: &str, body: Vec<u8>) -> Result<(), StoreError> {
        operations::mend_history(self, key, body).await
    }

    async fn raw_dump(&self) -> Result<Vec<u8>, StoreError> {
        operations::raw_dump(self).await
    }

    fn close(&self) {
        self.connection.closed.set(true);
    }
}
