//! The home in the browser's IndexedDB.

mod early;
mod javascript;
mod schema;
mod transaction;

use std::cell::Cell;
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::error::{StoreError, StoreErrorKind};
use crate::load::{Loaded, LogEntry, Parts};
use crate::manifest::Manifest;
use crate::operations::{self, Home, Purpose};
use crate::plan::{Appended, Fold, Replacement};
use crate::port::{Opened, Store, StoreEvent};
use crate::record::Shelf;
use crate::{SCHEMA_VERSION, indexed_db::transaction::IndexedDbTransaction};

/// A connection to a database in the browser. Dropping it closes it.
pub struct IndexedDbStore {
    database: Database,
    closed: Rc<Cell<bool>>,
    // Kept alive as long as the browser may call them.
    _on_version_change: Closure<dyn FnMut()>,
    _on_close: Closure<dyn FnMut()>,
}

impl IndexedDbStore {
    /// Opens the database of this name, making or upgrading it. While another tab holds an older version open,
    /// `on_event` is told [`StoreEvent::Blocked`] and the future waits until that tab lets go.
    ///
    /// # Errors
    /// [`NewerDatabase`](StoreErrorKind::NewerDatabase) for one from a newer program, which is left as it is;
    /// [`Unavailable`](StoreErrorKind::Unavailable) where the browser forbids or lacks a database;
    /// [`Damaged`](StoreErrorKind::Damaged) where object stores are missing.
    pub async fn open(
        name: &str,
        on_event: impl Fn(StoreEvent) + 'static,
    ) -> Result<(Self, Opened), StoreError> {
        let on_event: Rc<dyn Fn(StoreEvent)> = Rc::new(on_event);
        let old_version = Rc::new(Cell::new(None));
        let request = Database::open(name)
            .with_version(SCHEMA_VERSION)
            .with_on_blocked({
                let on_event = Rc::clone(&on_event);
                move |_| {
                    on_event(StoreEvent::Blocked);
                    Ok(())
                }
            })
            .with_on_upgrade_needed({
                let old_version = Rc::clone(&old_version);
                move |event, database| {
                    let old = javascript::whole_number(event.old_version()).unwrap_or_default();
                    old_version.set(Some(old));
                    schema::migrate(&database, old)
                }
            })
            .build();
        let database = match request {
            Ok(request) => request.await,
            Err(error) => Err(error),
        };
        let database = match database {
            Ok(database) => database,
            Err(error) => return Err(open_error(name, error).await),
        };
        let names: Vec<String> = database.object_store_names().collect();
        if let Some(missing) = Shelf::ALL
            .iter()
            .find(|shelf| !names.iter().any(|name| name == shelf.name()))
        {
            database.close();
            return Err(StoreError::damaged(missing.name()));
        }
        let old_version = old_version.get();
        let opened = Opened {
            existed: old_version != Some(0),
            upgraded_from: old_version
                .filter(|old| *old != 0)
                .and_then(|old| u32::try_from(old).ok()),
            schema: SCHEMA_VERSION,
        };
        Ok((Self::connected(database, on_event), opened))
    }

    /// What the page has read of the database of this name while the program was on its way, checked like all that
    /// is read, and the keys of the chunks that it looked for: once, and only where it is of this version.
    pub async fn read_ahead(name: &str) -> Option<(Vec<String>, Loaded)> {
        early::read(name).await
    }

    fn connected(database: Database, on_event: Rc<dyn Fn(StoreEvent)>) -> Self {
        let closed = Rc::new(Cell::new(false));
        let on_version_change = {
            let (database, closed, on_event) =
                (database.clone(), Rc::clone(&closed), Rc::clone(&on_event));
            Closure::<dyn FnMut()>::new(move || {
                // Letting go at once is what lets the newer program in; transactions under way still complete.
                database.as_sys().close();
                if !closed.replace(true) {
                    on_event(StoreEvent::NewerVersionWanted);
                }
            })
        };
        let on_close = {
            let closed = Rc::clone(&closed);
            Closure::<dyn FnMut()>::new(move || {
                if !closed.replace(true) {
                    on_event(StoreEvent::ClosedByBrowser);
                }
            })
        };
        database
            .as_sys()
            .set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        database
            .as_sys()
            .set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Self {
            database,
            closed,
            _on_version_change: on_version_change,
            _on_close: on_close,
        }
    }

    /// Deletes the database of this name with everything in it. Other connections are asked to close; while one does
    /// not, `on_event` is told [`StoreEvent::Blocked`] and the future waits.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn delete(
        name: &str,
        on_event: impl Fn(StoreEvent) + 'static,
    ) -> Result<(), StoreError> {
        let request = Database::delete_by_name(name).map_err(simple_open_error)?;
        let on_blocked = Closure::<dyn FnMut()>::new(move || on_event(StoreEvent::Blocked));
        let raw: web_sys::IdbOpenDbRequest = request.as_sys().clone().unchecked_into();
        raw.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
        let answer = request.await;
        raw.set_onblocked(None);
        answer.map_err(|error| javascript::store_error(&error))
    }
}

impl Drop for IndexedDbStore {
    fn drop(&mut self) {
        let raw = self.database.as_sys();
        raw.set_onversionchange(None);
        raw.set_onclose(None);
        raw.close();
    }
}

async fn open_error(name: &str, error: OpenDbError) -> StoreError {
    let error = match error {
        OpenDbError::Base(error) => error,
        other => return simple_open_error(other),
    };
    if javascript::exception_name(&error).as_deref() != Some("VersionError") {
        return javascript::store_error(&error);
    }
    // A VersionError says that the database exists, so opening it without a version cannot make one.
    let found = match Database::open(name).build() {
        Ok(request) => match request.await {
            Ok(database) => {
                let version = javascript::whole_number(database.version()).unwrap_or_default();
                database.close();
                version
            }
            Err(_) => 0,
        },
        Err(_) => 0,
    };
    StoreError::new(StoreErrorKind::NewerDatabase { found }, name)
}

/// Errors before there is a request. The library says `VersionZero` for whatever `indexedDB.open` throws, which with
/// a version that is never 0 is a browser that forbids the database.
fn simple_open_error(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => javascript::store_error(&error),
        other => StoreError::new(StoreErrorKind::Unavailable, other.to_string()),
    }
}

impl Home for IndexedDbStore {
    type Transaction<'a> = IndexedDbTransaction<'a>;

    fn begin(
        &self,
        purpose: Purpose,
        shelves: &[Shelf],
    ) -> Result<Self::Transaction<'_>, StoreError> {
        if self.closed.get() {
            return Err(StoreError::new(StoreErrorKind::Closed, "connection"));
        }
        let names: Vec<_> = shelves.iter().map(|shelf| shelf.name()).collect();
        let builder = self.database.transaction(names.as_slice());
        let begun = match purpose {
            Purpose::Read => builder.with_mode(TransactionMode::Readonly).build(),
            Purpose::StrictWrite => {
                let mut options = TransactionOptions::new();
                options.set_durability(TransactionDurability::Strict);
                builder
                    .with_mode(TransactionMode::Readwrite)
                    .with_options(options)
                    .build()
            }
        };
        match begun {
            Ok(transaction) => Ok(IndexedDbTransaction::new(transaction)),
            // The only state in which a database refuses a transaction is a closing one.
            Err(Error::DomException(
                indexed_db_futures::error::DomException::InvalidStateError(error),
            )) => Err(StoreError::new(StoreErrorKind::Closed, error.message())),
            Err(error) => Err(javascript::store_error(&error)),
        }
    }

    fn database_name(&self) -> String {
        self.database.name()
    }

    fn schema(&self) -> u32 {
        SCHEMA_VERSION
    }
}

impl Store for IndexedDbStore {
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
        self.closed.set(true);
        self.database.as_sys().close();
    }
}
