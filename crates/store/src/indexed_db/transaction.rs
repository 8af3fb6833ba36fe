//! One transaction. Nothing but requests of this transaction may be awaited while it is open: the browser commits it
//! as soon as control returns to it with no request pending.

use indexed_db_futures::KeyRange;
use indexed_db_futures::error::Error;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction as library;
use wasm_bindgen::JsValue;

use super::javascript::{
    key_of_js, key_to_js, kind_of_exception, number_to_js, read_error, record_of_js, record_to_js,
    store_error, thrown,
};
use crate::error::{StoreError, StoreErrorKind};
use crate::load::Parts;
use crate::operations::{Range, Read, Transaction};
use crate::plan::Write;
use crate::record::{Key, Record, Shelf};

pub(crate) struct IndexedDbTransaction<'a> {
    transaction: library::Transaction<'a>,
}

impl<'a> IndexedDbTransaction<'a> {
    pub(super) fn new(transaction: library::Transaction<'a>) -> Self {
        Self { transaction }
    }

    fn store(&self, shelf: Shelf) -> Result<ObjectStore<'_>, StoreError> {
        self.transaction
            .object_store(shelf.name())
            .map_err(|error| store_error(&error))
    }
}

fn key_range(range: &Range) -> Option<KeyRange<JsValue>> {
    match range {
        // Asking for each of many keys takes longer than passing over a few.
        Range::All | Range::Parts(_) => None,
        Range::After(number) => Some(KeyRange::LowerBound(number_to_js(*number), true)),
    }
}

impl Transaction for IndexedDbTransaction<'_> {
    async fn get(&self, shelf: Shelf, key: &Key) -> Result<Option<Record>, StoreError> {
        let store = self.store(shelf)?;
        let request = store
            .get::<JsValue, _, _>(key_to_js(key))
            .primitive()
            .map_err(|error| read_error(&error))?;
        match request.await.map_err(|error| read_error(&error))? {
            None => Ok(None),
            Some(value) => record_of_js(&value)
                .map(Some)
                .map_err(|_| StoreError::damaged(key.to_string())),
        }
    }

    async fn all(&self, shelf: Shelf, range: &Range) -> Result<Vec<Read>, StoreError> {
        if *range == Range::Parts(Parts::Just(Vec::new())) {
            return Ok(Vec::new());
        }
        let store = self.store(shelf)?;
        let all = store.get_all::<JsValue>();
        let request = match key_range(range) {
            None => all.primitive(),
            Some(range) => all.with_query::<JsValue, _>(range).primitive(),
        };
        request
            .map_err(|error| read_error(&error))?
            .await
            .map_err(|error| read_error(&error))?
            .map(|value| {
                value
                    .map(|value| record_of_js(&value))
                    .map_err(|error| read_error(&error))
            })
            .filter(|read| match read {
                Ok(Ok(record)) => range.holds(&record.key),
                _ => true,
            })
            .collect()
    }

    async fn keys(&self, shelf: Shelf) -> Result<Vec<Key>, StoreError> {
        let store = self.store(shelf)?;
        let request = store
            .get_all_keys::<JsValue>()
            .primitive()
            .map_err(|error| read_error(&error))?;
        let mut keys = Vec::new();
        for value in request.await.map_err(|error| read_error(&error))? {
            // A key of another kind (a date) is none of ours; reading what has it would find no record either.
            keys.extend(key_of_js(&value.map_err(|error| read_error(&error))?));
        }
        Ok(keys)
    }

    async fn count(&self, shelf: Shelf) -> Result<u64, StoreError> {
        let store = self.store(shelf)?;
        let request = store
            .count()
            .primitive()
            .map_err(|error| read_error(&error))?;
        request
            .await
            .map(u64::from)
            .map_err(|error| read_error(&error))
    }

    fn write(&self, write: Write) -> Result<(), StoreError> {
        // The requests are not awaited: one that fails takes the transaction with it, and the commit tells.
        match write {
            Write::Put(shelf, record) => {
                let value = record_to_js(&record).map_err(thrown)?;
                self.store(shelf)?.as_sys().put(&value).map_err(thrown)?;
            }
            Write::Add(shelf, record) => {
                let value = record_to_js(&record).map_err(thrown)?;
                self.store(shelf)?.as_sys().add(&value).map_err(thrown)?;
            }
            Write::Remove(shelf, key) => {
                self.store(shelf)?
                    .as_sys()
                    .delete(&key_to_js(&key))
                    .map_err(thrown)?;
            }
            Write::Clear(shelf) => {
                self.store(shelf)?.as_sys().clear().map_err(thrown)?;
            }
            Write::RemoveLogThrough(last) => {
                // Spelled out, because the library makes an open bound of `..=last`.
                let range: KeyRange<JsValue> = KeyRange::UpperBound(number_to_js(last), false);
                self.store(Shelf::Log)?
                    .delete::<JsValue, _>(range)
                    .primitive()
                    .map_err(|error| store_error(&error))?;
            }
        }
        Ok(())
    }

    async fn commit(self) -> Result<(), StoreError> {
        // The library says only that the transaction was aborted; the raw one says why.
        let raw = self.transaction.as_sys().clone();
        let Err(error) = self.transaction.commit().await else {
            return Ok(());
        };
        if let Some(exception) = raw.error() {
            return Err(StoreError::new(
                kind_of_exception(&exception.name()),
                exception.message(),
            ));
        }
        let mut failure = store_error(&error);
        if matches!(error, Error::MissingData(_)) {
            failure.kind = StoreErrorKind::Aborted;
        }
        Err(failure)
    }
}
