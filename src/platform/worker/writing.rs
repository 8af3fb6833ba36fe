//! The worker that writes workbooks.

use std::cell::Cell;
use std::rc::Rc;

use flightpath_worker::workbook::{Fault, Order, Reply, bytes, message};
use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{Asked, NoAnswer, Question, Said, ask};

const PROGRAM: &str = "flightpath-workbook";

/// Why there is no workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotWritten {
    /// The writer says no.
    Fault(Fault),
    /// The worker gave no answer.
    Worker(NoAnswer),
}

type Written = Result<Vec<u8>, NotWritten>;

/// Starts a worker and has it write a workbook: its bytes.
///
/// # Errors
/// A [`NotWritten`].
pub async fn workbook(order: &Order) -> Written {
    let order = bytes(order).ok_or(NotWritten::Fault(Fault::Refused))?;
    let written = Rc::new(Cell::new(None));
    let mut asked = Err(NoAnswer::NotStarted);
    let come = Promise::new(&mut |done, _| asked = write(&order, Rc::clone(&written), done));
    let asked = asked.map_err(NotWritten::Worker)?;
    let _ = JsFuture::from(come).await;
    drop(asked);
    let broke = Err(NotWritten::Worker(NoAnswer::Broke));
    written.take().unwrap_or(broke)
}

/// Asks a worker; what comes of it is there when `done` is called.
fn write(
    order: &[u8],
    written: Rc<Cell<Option<Written>>>,
    done: Function,
) -> Result<Asked, NoAnswer> {
    let tell = Rc::new(move |answer: Written| {
        written.set(Some(answer));
        let _ = done.call0(&JsValue::NULL);
    });
    let fail = {
        let tell = Rc::clone(&tell);
        move |why| tell(Err(NotWritten::Worker(why)))
    };
    let hear = move |data: &JsValue| {
        if !Array::is_array(data) {
            return None;
        }
        let parts = Array::from(data);
        let last = |answer| {
            let tell = Rc::clone(&tell);
            Said::Last(Box::new(move || tell(answer)))
        };
        Some(match message(&Uint8Array::new(&parts.get(0)).to_vec())? {
            Reply::Ready { release } => Said::Ready { release },
            Reply::Written => last(Ok(Uint8Array::new(&parts.get(1)).to_vec())),
            Reply::Failed(fault) => last(Err(NotWritten::Fault(fault))),
            Reply::NotUnderstood => Said::NotUnderstood,
        })
    };
    let order = Uint8Array::from(order);
    let question = Question {
        program: PROGRAM,
        handed_over: Array::of1(&order.buffer()),
        message: Array::of1(&order),
    };
    ask(question, Box::new(hear), Box::new(fail))
}
