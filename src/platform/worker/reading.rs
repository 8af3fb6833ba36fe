//! The worker that reads files.

use std::rc::Rc;

use flightpath_exchange::table::{ReadError, Table};
use flightpath_worker::protocol::{Ask, Reply, Request};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

pub use flightpath_worker::protocol::Stage;

use super::{Asked, NoAnswer, Question, Said, ask};

const PROGRAM: &str = "flightpath-worker";
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
    /// The worker gave no answer.
    Worker(NoAnswer),
}

/// Starts a worker and has it read a file, whose bytes come along, or a text. It tells how far it
/// is, and at last the table or why there is none.
///
/// # Errors
/// [`Trouble::Worker`], when the browser gives no worker.
pub fn read(
    what: Ask,
    bytes: Option<&[u8]>,
    tell: impl Fn(Heard) + 'static,
) -> Result<Asked, Trouble> {
    let not_started = Trouble::Worker(NoAnswer::NotStarted);
    let question = question(what, bytes).ok_or(not_started)?;
    let tell = Rc::new(tell);
    let fail = {
        let tell = Rc::clone(&tell);
        move |why| tell(Heard::Failed(Trouble::Worker(why)))
    };
    let hear = move |data: &JsValue| {
        let last = |heard| {
            let tell = Rc::clone(&tell);
            Said::Last(Box::new(move || tell(heard)))
        };
        Some(match serde_json::from_str(&data.as_string()?).ok()? {
            Reply::Ready { release } => Said::Ready { release },
            Reply::Progress { stage, .. } => {
                tell(Heard::Stage(stage));
                Said::Busy
            }
            Reply::Table { table, .. } => last(Heard::Table(table)),
            Reply::Failed { error, .. } => last(Heard::Failed(Trouble::File(error))),
            Reply::NotUnderstood => Said::NotUnderstood,
        })
    };
    ask(question, Box::new(hear), Box::new(fail)).map_err(Trouble::Worker)
}

fn question(ask: Ask, bytes: Option<&[u8]>) -> Option<Question> {
    let request = Request { id: QUESTION, ask };
    let text = JsValue::from_str(&serde_json::to_string(&request).ok()?);
    let (message, handed_over) = match bytes {
        Some(bytes) => {
            let buffer = Uint8Array::from(bytes).buffer();
            (Array::of2(&text, &buffer), Array::of1(&buffer))
        }
        None => (Array::of1(&text), Array::new()),
    };
    Some(Question {
        program: PROGRAM,
        message,
        handed_over,
    })
}
