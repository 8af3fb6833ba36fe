//! Messages between page and worker.
//!
//! A message is an array of a JSON text and, for a file, its bytes, which are transferred rather
//! than copied. Every question has a number, and every answer bears that of its question.

use serde::{Deserialize, Serialize};

use flightpath_exchange::table::{ReadError, ReadOptions, Table};

/// The release that this code belongs to. Page and worker are two downloads; they work together
/// only where their releases are the same.
pub fn release() -> &'static str {
    option_env!("FLIGHTPATH_RELEASE").unwrap_or(env!("CARGO_PKG_VERSION"))
}

/// What the page asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Number of the question.
    pub id: u32,
    /// What is asked.
    pub ask: Ask,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Read the file whose bytes come with the message.
    Read {
        /// What the user chose instead of the guesses.
        options: ReadOptions,
    },
    /// Read a paste.
    ReadText {
        /// The text.
        text: String,
        /// What the user chose instead of the guesses.
        options: ReadOptions,
    },
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// Said once, when the worker has started and hears.
    Ready {
        /// The worker's [`release`].
        release: String,
    },
    /// How far the answer to a question is.
    Progress {
        /// Number of the question.
        id: u32,
        /// What is being done.
        stage: Stage,
    },
    /// The file was read.
    Table {
        /// Number of the question.
        id: u32,
        /// The file.
        table: Box<Table>,
        /// How long it took from text to rows, in microseconds, as far as the browser tells.
        reading_us: u32,
    },
    /// The file could not be read.
    Failed {
        /// Number of the question.
        id: u32,
        /// Why.
        error: ReadError,
    },
    /// The message was none that this worker knows.
    NotUnderstood,
}

/// A part of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Bytes become text.
    Decoding,
    /// Text becomes rows.
    Reading,
    /// Rows are sent to the page.
    Sending,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_are_written() {
        let request = Request {
            id: 7,
            ask: Ask::ReadText {
                text: "a,b\n1,\"x\ny\"\n".to_owned(),
                options: ReadOptions::default(),
            },
        };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);

        let Ask::ReadText { text, options } = request.ask else {
            return;
        };
        let table = flightpath_exchange::table::from_text(&text, &options).unwrap();
        for reply in [
            Reply::Ready {
                release: release().to_owned(),
            },
            Reply::Table {
                id: 7,
                table: Box::new(table),
                reading_us: 4_000,
            },
            Reply::Failed {
                id: 7,
                error: ReadError::NoRows,
            },
            Reply::NotUnderstood,
        ] {
            let text = serde_json::to_string(&reply).unwrap();
            assert_eq!(serde_json::from_str::<Reply>(&text).unwrap(), reply);
        }
    }
}
