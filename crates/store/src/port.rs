//! The port: what every home of the store can do.

use crate::error::StoreError;
use crate::load::{Loaded, LogEntry, Parts};
use crate::manifest::Manifest;
use crate::plan::{Appended, Fold, Replacement};

/// What happened to a connection without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreEvent {
    /// Opening or deleting waits for another tab that holds the database open.
    Blocked,
    /// Another tab wants to upgrade or delete the database. This connection has closed itself; every further call
    /// answers [`Closed`](crate::StoreErrorKind::Closed).
    NewerVersionWanted,
    /// The browser closed the connection, as it does when a person clears the data of the site.
    ClosedByBrowser,
}

/// How a database was found when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// Whether it was there before.
    pub existed: bool,
    /// The version it was upgraded from, if it was.
    pub upgraded_from: Option<u32>,
    /// The version it has now.
    pub schema: u32,
}

/// Where a school is kept. Two connections to one database may live side by side (two tabs): numbers and generations
/// are read inside each transaction, never remembered.
// Everything here runs on the one thread of a tab, so the futures need not be Send.
#[allow(async_fn_in_trait)]
pub trait Store {
    /// Reads everything that is needed to open, and checks it.
    ///
    /// # Errors
    /// When the database could not be read at all. What was read and does not agree is [`Loaded::Damaged`].
    async fn load(&self) -> Result<Loaded, StoreError> {
        self.load_parts(&Parts::All).await
    }

    /// Like [`Store::load`] with some chunks of the state only: what is not asked for is neither read nor checked.
    ///
    /// # Errors
    /// As [`Store::load`].
    async fn load_parts(&self, parts: &Parts) -> Result<Loaded, StoreError>;

    /// Appends steps to the log in one strict transaction: all or none. `written_ms` is the clock of this computer, milliseconds since
    /// 1970: kept to be shown (when was the last change?), never compared.
    ///
    /// # Errors
    /// After any error nothing of it is kept.
    async fn append_all(
        &self,
        bodies: Vec<Vec<u8>>,
        written_ms: Option<u64>,
    ) -> Result<Appended, StoreError>;

    /// Appends one step and returns its number, once the strict transaction has completed.
    ///
    /// # Errors
    /// After any error nothing of it is kept.
    async fn append(&self, body: Vec<u8>, written_ms: Option<u64>) -> Result<u64, StoreError> {
        let appended = self.append_all(vec![body], written_ms).await?;
        Ok(appended.last)
    }

    /// Log entries after this number, in order: what another tab has added since.
    ///
    /// # Errors
    /// [`LogFolded`](crate::StoreErrorKind::LogFolded) when some of them are already part of the state;
    /// [`Damaged`](crate::StoreErrorKind::Damaged) when the log has gaps or bad seals.
    async fn log_after(&self, number: u64) -> Result<Vec<LogEntry>, StoreError>;

    /// Writes a new state in one strict transaction and returns its manifest.
    ///
    /// # Errors
    /// [`GenerationMoved`](crate::StoreErrorKind::GenerationMoved) when another tab folded first. After any error
    /// nothing of it is kept.
    async fn fold(&self, fold: Fold) -> Result<Manifest, StoreError>;

    /// Puts a whole database in the place of what there is, in one strict transaction: to be called when what there is
    /// cannot be mended otherwise, and has been put aside.
    ///
    /// # Errors
    /// [`Damaged`](crate::StoreErrorKind::Damaged) when the log does not follow the state. After any error nothing
    /// has changed.
    async fn replace(&self, replacement: Replacement) -> Result<Manifest, StoreError>;

    /// Keys of all history records, in order.
    ///
    /// # Errors
    /// When they could not be read.
    async fn history_keys(&self) -> Result<Vec<String>, StoreError>;

    /// One history record, or `None` if there is none of that key.
    ///
    /// # Errors
    /// [`Damaged`](crate::StoreErrorKind::Damaged) when it does not fit its seal.
    async fn history(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes a history record again that is damaged or cannot be read.
    ///
    /// # Errors
    /// [`KeyTaken`](crate::StoreErrorKind::KeyTaken) where it is as it should be.
    async fn mend_history(&self, key: &str, body: Vec<u8>) -> Result<(), StoreError>;

    /// Everything there is as one JSON file, checked or not: the same that the rescue page writes. For its form see
    /// [`RESCUE_FORMAT`](crate::RESCUE_FORMAT).
    ///
    /// # Errors
    /// When nothing could be read. Single records that cannot be read are named in the file.
    async fn raw_dump(&self) -> Result<Vec<u8>, StoreError>;

    /// Closes this connection. Transactions under way complete; further calls answer
    /// [`Closed`](crate::StoreErrorKind::Closed).
    fn close(&self);
}
