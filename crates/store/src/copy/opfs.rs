//! The files in the browser: its *origin private file system*, reached through a worker (`keeper.js`).

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

use super::files::{Files, FilesError};
use crate::tabs::promise;

/// A worker that has not answered for so long never will: a large snapshot on a slow disk takes a tenth of it.
const PATIENCE_MS: i32 = 20_000;

/// Answers that are still to come, by the number of the question.
type Waiting = Rc<RefCell<HashMap<u32, Function>>>;

/// The folder `flightpath` of this browser. Dropping it ends the worker and lets go of what it holds.
pub struct OpfsFiles {
    worker: Worker,
    waiting: Waiting,
    next: Cell<u32>,
    ended: Rc<Cell<bool>>,
    patience_ms: i32,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl OpfsFiles {
    /// The program of the worker: to be made into the address that [`OpfsFiles::start`] wants.
    pub const SCRIPT: &'static str = include_str!("keeper.js");

    /// Starts the worker from an address of [`OpfsFiles::SCRIPT`].
    ///
    /// # Errors
    /// [`Unavailable`](FilesError::Unavailable) where the browser gives no worker.
    pub fn start(address: &str) -> Result<Self, FilesError> {
        Self::start_with_patience(address, PATIENCE_MS)
    }

    /// As [`OpfsFiles::start`], for a worker that is given up when it has not answered for so many milliseconds.
    ///
    /// # Errors
    /// As there.
    pub fn start_with_patience(address: &str, patience_ms: i32) -> Result<Self, FilesError> {
        let worker = Worker::new(address).map_err(|_| FilesError::Unavailable)?;
        let waiting = Waiting::default();
        let ended = Rc::new(Cell::new(false));
        let on_message = {
            let waiting = Rc::clone(&waiting);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let answer = event.data();
                let id = field(&answer, "id").as_f64();
                // Numbers that this module gave.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let resolve = id.and_then(|id| waiting.borrow_mut().remove(&(id as u32)));
                if let Some(resolve) = resolve {
                    let _ = resolve.call1(&JsValue::UNDEFINED, &answer);
                }
            })
        };
        let on_error = {
            let (waiting, ended) = (Rc::clone(&waiting), Rc::clone(&ended));
            Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
                event.prevent_default();
                ended.set(true);
                for (_, resolve) in waiting.take() {
                    let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::NULL);
                }
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            waiting,
            next: Cell::new(0),
            ended,
            patience_ms,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Whether the worker has broken down or was given up: nothing is answered any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.ended.get()
    }

    async fn ask(&self, task: &str, name: &str, more: Option<More>) -> Result<JsValue, FilesError> {
        let gone = || FilesError::Refused("Worker".to_owned());
        if self.ended.get() {
            return Err(gone());
        }
        let id = self.next.get();
        self.next.set(id.wrapping_add(1));
        let question = Object::new();
        let set = |key: &str, value: &JsValue| {
            Reflect::set(&question, &JsValue::from_str(key), value).map_err(|_| gone())
        };
        set("id", &JsValue::from(id))?;
        set("task", &JsValue::from_str(task))?;
        set("name", &JsValue::from_str(name))?;
        let handed_over = Array::new();
        match more {
            Some(More::Bytes(bytes)) => {
                let bytes = Uint8Array::from(bytes.as_slice());
                handed_over.push(&bytes.buffer());
                set("bytes", &bytes)?;
            }
            Some(More::Most(most)) => {
                // More than any file has is all of it.
                #[allow(clippy::cast_precision_loss)]
                set("most", &JsValue::from_f64(most as f64))?;
            }
            None => {}
        }
        let (answered, resolve) = promise();
        self.waiting.borrow_mut().insert(id, resolve);
        self.worker
            .post_message_with_transfer(&question, &handed_over)
            .map_err(|_| gone())?;
        let (too_late, give_up) = promise();
        let window = web_sys::window().ok_or_else(gone)?;
        let timer = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&give_up, self.patience_ms)
            .map_err(|_| gone())?;
        let first = Promise::race(&Array::of2(&answered, &too_late));
        let answer = JsFuture::from(first).await.map_err(|_| gone())?;
        window.clear_timeout_with_handle(timer);
        if answer.is_undefined() {
            // Whoever waits may hold a lock for which all tabs wait.
            self.ended.set(true);
            self.worker.terminate();
        }
        if !answer.is_object() {
            return Err(gone());
        }
        match field(&answer, "error").as_string() {
            Some(name) => Err(error_of(name)),
            None => Ok(field(&answer, "value")),
        }
    }
}

enum More {
    Bytes(Vec<u8>),
    Most(usize),
}

impl Drop for OpfsFiles {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn error_of(name: String) -> FilesError {
    match name.as_str() {
        "QuotaExceededError" => FilesError::Full,
        "NotFoundError" => FilesError::Missing,
        "NoModificationAllowedError" | "InvalidModificationError" => FilesError::Held,
        // A TypeError: there is no such thing in this browser.
        "SecurityError" | "NotAllowedError" | "TypeError" => FilesError::Unavailable,
        _ => FilesError::Refused(name),
    }
}

impl Files for OpfsFiles {
    async fn names(&self) -> Result<Vec<String>, FilesError> {
        let answer = self.ask("names", "", None).await?;
        let mut names: Vec<String> = Array::from(&answer)
            .iter()
            .filter_map(|name| name.as_string())
            .collect();
        names.sort();
        Ok(names)
    }

    async fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FilesError> {
        let answer = self.ask("read", name, Some(More::Most(most))).await?;
        Ok(Uint8Array::new(&answer).to_vec())
    }

    async fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.ask("write", name, Some(More::Bytes(bytes)))
            .await
            .map(|_| ())
    }

    async fn append(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.ask("append", name, Some(More::Bytes(bytes)))
            .await
            .map(|_| ())
    }

    async fn remove(&self, name: &str) -> Result<(), FilesError> {
        match self.ask("remove", name, None).await {
            Ok(_) | Err(FilesError::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
