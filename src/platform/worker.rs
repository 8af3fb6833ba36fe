//! The worker that reads files: started from a blob, and stopped by ending it.
//!
//! A worker started from an address would escape the page's policy; one started from a blob stands
//! under it (`importScripts` then needs a whole address). Each file gets a worker of its own, so
//! that whatever a file does to it, the next one starts clean.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use flightpath_exchange::table::{ReadError, Table};
use flightpath_worker::protocol::{Ask, Reply, Request, release};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent};

pub use flightpath_worker::protocol::Stage;

use super::{clock, page};

/// The worker's files, beside the page.
const PROGRAM: &str = "flightpath-worker.js";
const WASM: &str = "flightpath-worker_bg.wasm";
/// A worker that has said nothing for so long hangs, and is ended. The largest file that is read
/// takes a tenth of it on a slow laptop.
const LONGEST_SILENCE_MS: i64 = 30_000;
/// How often the silence is looked at.
const WATCH_EVERY_MS: i32 = 1_000;
/// There is one question to each worker.
const QUESTION: u32 = 1;

/// What comes from the worker.
#[derive(Debug)]
pub enum Heard {
    /// How far it is.
    Stage(Stage),
    /// The file was read. Nothing follows.
    Table(Box<Table>),
    /// It was not. Nothing follows.
    Failed(Trouble),
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The file itself says no.
    File(ReadError),
    /// The browser could not give the file's bytes: it was moved or changed since it was chosen.
    NotGiven,
    /// The worker could not be loaded or started.
    NotStarted,
    /// The worker is of another release than the page: the host was updated in between.
    OtherRelease,
    /// It said nothing for too long and was ended.
    Silent,
    /// It broke.
    Broke,
}

type OnMessage = Closure<dyn FnMut(MessageEvent)>;
type OnError = Closure<dyn FnMut(Event)>;

struct Shared {
    worker: web_sys::Worker,
    bootstrap: String,
    heard_at_ms: Cell<i64>,
    over: Cell<bool>,
    tell: Box<dyn Fn(Heard)>,
    on_message: RefCell<Option<OnMessage>>,
    on_error: RefCell<Option<OnError>>,
}

/// A file that is being read. When this is dropped, the worker is ended.
pub struct Reading(Rc<Shared>);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Starts a worker and has it read a file, whose bytes come along, or a text. It tells how far it
/// is, and at last the table or why there is none.
///
/// # Errors
/// [`Trouble::NotStarted`], when the browser gives no worker.
pub fn read(
    ask: Ask,
    bytes: Option<&[u8]>,
    tell: impl Fn(Heard) + 'static,
) -> Result<Reading, Trouble> {
    let bootstrap = bootstrap().ok_or(Trouble::NotStarted)?;
    let worker = web_sys::Worker::new(&bootstrap).map_err(|_| Trouble::NotStarted)?;
    let question = question(ask, bytes).ok_or(Trouble::NotStarted)?;
    let shared = Rc::new(Shared {
        worker,
        bootstrap,
        heard_at_ms: Cell::new(clock::now().0),
        over: Cell::new(false),
        tell: Box::new(tell),
        on_message: RefCell::new(None),
        on_error: RefCell::new(None),
    });
    let started = Rc::new(Cell::new(false));
    let question = Cell::new(Some(question));
    let on_message = {
        let (shared, started) = (Rc::clone(&shared), Rc::clone(&started));
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            started.set(true);
            shared.hear(&event.data(), &question);
        })
    };
    let on_error = {
        let shared = Rc::clone(&shared);
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The page tells of it in its own words.
            event.prevent_default();
            shared.finish(Heard::Failed(if started.get() {
                Trouble::Broke
            } else {
                Trouble::NotStarted
            }));
        })
    };
    let worker = &shared.worker;
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    *shared.on_message.borrow_mut() = Some(on_message);
    *shared.on_error.borrow_mut() = Some(on_error);
    wasm_bindgen_futures::spawn_local(watch(Rc::clone(&shared)));
    Ok(Reading(shared))
}

/// The address of a blob whose script loads the worker's program.
fn bootstrap() -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    let address = |name: &str| {
        let whole = web_sys::Url::new_with_base(name, &base).ok()?.href();
        serde_json::to_string(&whole).ok()
    };
    let (program, wasm) = (address(PROGRAM)?, address(WASM)?);
    // An empty message says that the program did not start.
    let source = format!(
        "importScripts({program});\n\
         wasm_bindgen({{ module_or_path: {wasm} }}).catch(() => postMessage(''));"
    );
    script_address(&source)
}

/// The address of a blob with this script, for a worker.
pub fn script_address(source: &str) -> Option<String> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of1(&JsValue::from_str(source));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}

/// The message with the question, and what of it is handed over rather than copied.
fn question(ask: Ask, bytes: Option<&[u8]>) -> Option<(Array, Array)> {
    let request = Request { id: QUESTION, ask };
    let text = JsValue::from_str(&serde_json::to_string(&request).ok()?);
    Some(match bytes {
        Some(bytes) => {
            let buffer = Uint8Array::from(bytes).buffer();
            (Array::of2(&text, &buffer), Array::of1(&buffer))
        }
        None => (Array::of1(&text), Array::new()),
    })
}

impl Shared {
    fn hear(&self, data: &JsValue, question: &Cell<Option<(Array, Array)>>) {
        if self.over.get() {
            return;
        }
        self.heard_at_ms.set(clock::now().0);
        let reply = data
            .as_string()
            .and_then(|text| serde_json::from_str::<Reply>(&text).ok());
        match reply {
            Some(Reply::Ready { release: theirs }) if theirs != release() => {
                self.finish(Heard::Failed(Trouble::OtherRelease));
            }
            Some(Reply::Ready { .. }) => {
                let posted = question.take().is_some_and(|(message, handed_over)| {
                    self.worker
                        .post_message_with_transfer(&message, &handed_over)
                        .is_ok()
                });
                if !posted {
                    self.finish(Heard::Failed(Trouble::Broke));
                }
            }
            Some(Reply::Progress { stage, .. }) => (self.tell)(Heard::Stage(stage)),
            Some(Reply::Table { table, .. }) => self.finish(Heard::Table(table)),
            Some(Reply::Failed { error, .. }) => {
                self.finish(Heard::Failed(Trouble::File(error)));
            }
            Some(Reply::NotUnderstood) => self.finish(Heard::Failed(Trouble::OtherRelease)),
            None => self.finish(Heard::Failed(Trouble::NotStarted)),
        }
    }

    fn finish(&self, last: Heard) {
        if !self.over.get() {
            self.end();
            (self.tell)(last);
        }
    }

    /// Ends the worker, whatever it is doing.
    fn end(&self) {
        if self.over.replace(true) {
            return;
        }
        self.worker.terminate();
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        let _ = web_sys::Url::revoke_object_url(&self.bootstrap);
        // They hold this state, which holds them. A closure that is running now lives until it
        // has come back.
        drop(self.on_message.take());
        drop(self.on_error.take());
    }
}

/// Ends a worker that hangs.
async fn watch(shared: Rc<Shared>) {
    while !shared.over.get() {
        page::rest(WATCH_EVERY_MS).await;
        if clock::now().0 - shared.heard_at_ms.get() > LONGEST_SILENCE_MS {
            shared.finish(Heard::Failed(Trouble::Silent));
        }
    }
}
