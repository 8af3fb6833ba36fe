//! Single values of the browser's own kinds, which are no part of a school: the handle of a folder that a person has
//! chosen. They lie in a database of their own.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use wasm_bindgen::JsValue;

use crate::error::{StoreError, StoreErrorKind};

const DATABASE: &str = "flightpath-keepsakes";
const VALUES: &str = "values";

async fn open() -> Result<Database, StoreError> {
    let refused = |error: String| StoreError::new(StoreErrorKind::Unavailable, error);
    Database::open(DATABASE)
        .with_version(1_u32)
        .with_on_upgrade_needed(|_, database| {
            database.create_object_store(VALUES).build()?;
            Ok(())
        })
        .build()
        .map_err(|error| refused(error.to_string()))?
        .await
        .map_err(|error| refused(error.to_string()))
}

/// Keeps a value under a name, in place of what was there.
///
/// # Errors
/// Where the browser does not keep it.
pub async fn keep(name: &str, value: &JsValue) -> Result<(), StoreError> {
    let database = open().await?;
    let refused = |error: indexed_db_futures::error::Error| {
        StoreError::new(StoreErrorKind::Refused, error.to_string())
    };
    let transaction = database
        .transaction(VALUES)
        .with_mode(TransactionMode::Readwrite)
        .build()
        .map_err(refused)?;
    let values = transaction.object_store(VALUES).map_err(refused)?;
    values
        .put(value.clone())
        .with_key(name.to_owned())
        .primitive()
        .map_err(refused)?
        .await
        .map_err(refused)?;
    transaction.commit().await.map_err(refused)?;
    database.close();
    Ok(())
}

/// The value under a name; nothing where there is none, or it is `undefined`.
pub async fn kept(name: &str) -> Option<JsValue> {
    let database = open().await.ok()?;
    let transaction = database.transaction(VALUES).build().ok()?;
    let values = transaction.object_store(VALUES).ok()?;
    let request = values
        .get::<JsValue, _, _>(name.to_owned())
        .primitive()
        .ok()?;
    let value: Option<JsValue> = request.await.ok()?;
    drop(values);
    drop(transaction);
    database.close();
    value.filter(|value| !value.is_undefined())
}
