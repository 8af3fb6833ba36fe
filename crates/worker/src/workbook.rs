//! What the page and the worker that writes workbooks say to each other.
//!
//! A message is an array of bytes in postcard and, for a workbook, its own bytes, which are transferred rather than
//! copied. There is one order to each worker.

use flightpath_exchange::sheet_out::Sheet;
use flightpath_school::model::Moment;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What the page asks: a workbook with this sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its only sheet.
    pub sheet: Sheet,
    /// When it is written; the worker has no clock.
    pub at: Moment,
}

/// Why there is no workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It has more rows, columns or characters in a cell than a workbook can hold.
    TooLarge,
    /// The writer refused; no sheet is known for which it does.
    Refused,
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// Said once, when the worker has started and hears.
    Ready {
        /// The worker's [`release`](crate::protocol::release).
        release: String,
    },
    /// The workbook was written; its bytes come along.
    Written,
    /// It was not.
    Failed(Fault),
    /// The message was none that this worker knows.
    NotUnderstood,
}

/// A message as bytes; nothing where it cannot be written, which no message is known to do.
pub fn bytes(message: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_allocvec(message).ok()
}

/// A message from its bytes; nothing where they are none.
pub fn message<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use flightpath_exchange::sheet_out::Cell;
    use flightpath_school::model::CivilDate;

    use super::*;

    #[test]
    fn messages_are_read_as_they_are_written() {
        let order = Order {
            sheet: Sheet::new(
                "Maths",
                vec!["A".into(), "B".into(), "C".into(), "D".into()],
                1,
                vec![vec![
                    Cell::text("=1"),
                    Cell::whole(-3),
                    Cell::Date(CivilDate::new(2014, 2, 28).unwrap()),
                    Cell::Empty,
                ]],
            ),
            at: Moment(1_764_400_000_000),
        };
        assert_eq!(message::<Order>(&bytes(&order).unwrap()), Some(order));
        for reply in [
            Reply::Ready {
                release: crate::protocol::release().to_owned(),
            },
            Reply::Written,
            Reply::Failed(Fault::TooLarge),
            Reply::NotUnderstood,
        ] {
            assert_eq!(message::<Reply>(&bytes(&reply).unwrap()), Some(reply));
        }
        assert_eq!(message::<Reply>(&[]), None);
    }
}
