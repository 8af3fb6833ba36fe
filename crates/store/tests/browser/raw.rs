//! The database behind the store's back.

use flightpath_store::{Key, Record, Shelf};
use indexed_db_futures::KeyPath;
use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use js_sys::{Function, JSON, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

pub async fn open(name: &str, version: Option<u32>) -> Database {
    match version {
        Some(version) => Database::open(name)
            .with_version(version)
            .build()
            .unwrap()
            .await
            .unwrap(),
        None => Database::open(name).build().unwrap().await.unwrap(),
    }
}

pub fn version(database: &Database) -> u32 {
    database.version() as u32
}

pub async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let set_timeout: Function = Reflect::get(&js_sys::global(), &"setTimeout".into())
            .unwrap()
            .unchecked_into();
        set_timeout
            .call2(&JsValue::UNDEFINED, &resolve, &milliseconds.into())
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

fn key_value(key: &Key) -> JsValue {
    match key {
        Key::Number(number) => (*number as f64).into(),
        Key::Text(text) => text.into(),
    }
}

pub async fn get(name: &str, shelf: Shelf, key: &Key) -> Option<Record> {
    let database = open(name, None).await;
    let transaction = database.transaction(shelf.name()).build().unwrap();
    let store = transaction.object_store(shelf.name()).unwrap();
    let value: Option<JsValue> = store
        .get(key_value(key))
        .primitive()
        .unwrap()
        .await
        .unwrap();
    let value = value?;
    let field = |name: &str| Reflect::get(&value, &name.into()).unwrap();
    let record = Record {
        key: key.clone(),
        version: field("version").as_f64().unwrap() as u32,
        body: field("body").unchecked_into::<Uint8Array>().to_vec(),
        previous: field("previous").as_f64().map(|number| number as u64),
        hash: field("hash").as_string(),
    };
    drop(store);
    drop(transaction);
    database.close();
    Some(record)
}

pub async fn put(name: &str, shelf: Shelf, record: &Record) {
    let object = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&object, &name.into(), &value).unwrap();
    set("key", key_value(&record.key));
    set("version", record.version.into());
    set("body", Uint8Array::from(record.body.as_slice()).into());
    if let Some(previous) = record.previous {
        set("previous", (previous as f64).into());
    }
    if let Some(hash) = &record.hash {
        set("hash", hash.into());
    }
    put_value(name, shelf, &object).await;
}

pub async fn put_json(name: &str, shelf: Shelf, json: &str) {
    put_value(name, shelf, &JSON::parse(json).unwrap()).await;
}

async fn put_value(name: &str, shelf: Shelf, value: &JsValue) {
    let database = open(name, None).await;
    let transaction = database
        .transaction(shelf.name())
        .with_mode(TransactionMode::Readwrite)
        .build()
        .unwrap();
    transaction
        .object_store(shelf.name())
        .unwrap()
        .as_sys()
        .put(value)
        .unwrap();
    transaction.commit().await.unwrap();
    database.close();
}

pub async fn remove(name: &str, shelf: Shelf, key: &Key) {
    let database = open(name, None).await;
    let transaction = database
        .transaction(shelf.name())
        .with_mode(TransactionMode::Readwrite)
        .build()
        .unwrap();
    transaction
        .object_store(shelf.name())
        .unwrap()
        .as_sys()
        .delete(&key_value(key))
        .unwrap();
    transaction.commit().await.unwrap();
    database.close();
}

/// Makes the object stores of the file's schema, which are the same for all, and fills them from a rescue file whose
/// bodies are text.
pub async fn make_from_rescue_file(name: &str, file: &str) {
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    let database = Database::open(name)
        .with_version(file["schema"].as_u64().unwrap() as u32)
        .with_on_upgrade_needed(|_, database| {
            for shelf in Shelf::ALL {
                database
                    .create_object_store(shelf.name())
                    .with_key_path(KeyPath::from("key"))
                    .build()?;
            }
            Ok(())
        })
        .build()
        .unwrap()
        .await
        .unwrap();
    database.close();
    for shelf in Shelf::ALL {
        for record in file[shelf.name()].as_array().unwrap() {
            let record = Record {
                key: match record["key"].as_u64() {
                    Some(number) => Key::Number(number),
                    None => Key::Text(record["key"].as_str().unwrap().to_owned()),
                },
                version: record["version"].as_u64().unwrap() as u32,
                body: record["body"].as_str().unwrap().as_bytes().to_vec(),
                previous: record["previous"].as_u64(),
                hash: record["hash"].as_str().map(str::to_owned),
            };
            put(name, shelf, &record).await;
        }
    }
}

/// An address from which a worker with this program can be started.
pub fn script_address(program: &str) -> String {
    let make = Function::new_with_args(
        "program",
        "return URL.createObjectURL(new Blob([program], {type: 'text/javascript'}))",
    );
    let address = make.call1(&JsValue::UNDEFINED, &program.into()).unwrap();
    address.as_string().unwrap()
}
