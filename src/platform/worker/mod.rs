//! Workers: started from a blob, asked one thing, and stopped by ending them.
//!
//! A worker started from an address would escape the page's policy; one started from a blob stands
//! under it (`importScripts` then needs a whole address). Each question gets a worker of its own, so
//! that whatever it does to it, the next one starts clean.

mod reading;
mod writing;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use flightpath_worker::protocol::release;
use js_sys::Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent};

pub use reading::{Heard, Stage, Trouble, read};
pub use writing::{NotWritten, workbook};

use super::{clock, page};

/// A worker that has said nothing for so long hangs, and is ended. The largest file that is read
/// takes a tenth of it on a slow laptop.
const LONGEST_SILENCE_MS: i64 = 30_000;
/// How often the silence is looked at.
const WATCH_EVERY_MS: i32 = 1_000;

/// Why a worker gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// It could not be loaded or started.
    NotStarted,
    /// It is of another release than the page: the host was updated in between.
    OtherRelease,
    /// It said nothing for too long and was ended.
    Silent,
    /// It broke.
    Broke,
}

/// What is asked, and of which worker.
struct Question {
    /// The worker's files, beside the page, begin like this.
    program: &'static str,
    /// The message.
    message: Array,
    /// What of it is handed over rather than copied.
    handed_over: Array,
}

/// What a message of a worker comes to.
enum Said {
    /// It hears, and is of this release.
    Ready {
        /// The release.
        release: String,
    },
    /// It is at work.
    Busy,
    /// It has said its last, which this tells on.
    Last(Box<dyn FnOnce()>),
    /// It does not know the message that it got.
    NotUnderstood,
}

type OnMessage = Closure<dyn FnMut(MessageEvent)>;
type OnError = Closure<dyn FnMut(Event)>;
/// Reads a message; nothing where it is none of the worker's own.
type Hear = Box<dyn Fn(&JsValue) -> Option<Said>>;

struct Shared {
    worker: web_sys::Worker,
    bootstrap: String,
    heard_at_ms: Cell<i64>,
    over: Cell<bool>,
    hear: Hear,
    fail: Box<dyn Fn(NoAnswer)>,
    on_message: RefCell<Option<OnMessage>>,
    on_error: RefCell<Option<OnError>>,
}

/// A worker that was asked. When this is dropped, the worker is ended.
pub struct Asked(Rc<Shared>);

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Starts a worker and asks it. Its messages go to `hear`; where it comes to no last one, `fail` is told why.
fn ask(question: Question, hear: Hear, fail: Box<dyn Fn(NoAnswer)>) -> Result<Asked, NoAnswer> {
    let bootstrap = bootstrap(question.program).ok_or(NoAnswer::NotStarted)?;
    let worker = web_sys::Worker::new(&bootstrap).map_err(|_| NoAnswer::NotStarted)?;
    let shared = Rc::new(Shared {
        worker,
        bootstrap,
        heard_at_ms: Cell::new(clock::now().0),
        over: Cell::new(false),
        hear,
        fail,
        on_message: RefCell::new(None),
        on_error: RefCell::new(None),
    });
    let started = Rc::new(Cell::new(false));
    let question = Cell::new(Some(question));
    let on_message = {
        let (shared, started) = (Rc::clone(&shared), Rc::clone(&started));
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            started.set(true);
            shared.heard(&event.data(), &question);
        })
    };
    let on_error = {
        let shared = Rc::clone(&shared);
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The page tells of it in its own words.
            event.prevent_default();
            shared.give_up(if started.get() {
                NoAnswer::Broke
            } else {
                NoAnswer::NotStarted
            });
        })
    };
    let worker = &shared.worker;
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    *shared.on_message.borrow_mut() = Some(on_message);
    *shared.on_error.borrow_mut() = Some(on_error);
    wasm_bindgen_futures::spawn_local(watch(Rc::clone(&shared)));
    Ok(Asked(shared))
}

/// The address of a blob whose script loads a worker's program.
fn bootstrap(program: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    let address = |ending: &str| {
        let name = format!("{program}{ending}");
        let whole = web_sys::Url::new_with_base(&name, &base).ok()?.href();
        serde_json::to_string(&whole).ok()
    };
    let (program, wasm) = (address(".js")?, address("_bg.wasm")?);
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

impl Shared {
    fn heard(&self, data: &JsValue, question: &Cell<Option<Question>>) {
        if self.over.get() {
            return;
        }
        self.heard_at_ms.set(clock::now().0);
        match (self.hear)(data) {
            Some(Said::Ready { release: theirs }) if theirs != release() => {
                self.give_up(NoAnswer::OtherRelease);
            }
            Some(Said::Ready { .. }) => {
                let posted = question.take().is_some_and(|question| {
                    self.worker
                        .post_message_with_transfer(&question.message, &question.handed_over)
                        .is_ok()
                });
                if !posted {
                    self.give_up(NoAnswer::Broke);
                }
            }
            Some(Said::Busy) => {}
            Some(Said::Last(tell)) => {
                self.end();
                tell();
            }
            Some(Said::NotUnderstood) => self.give_up(NoAnswer::OtherRelease),
            None => self.give_up(NoAnswer::NotStarted),
        }
    }

    fn give_up(&self, why: NoAnswer) {
        if !self.over.get() {
            self.end();
            (self.fail)(why);
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
            shared.give_up(NoAnswer::Silent);
        }
    }
}
