//! What the store does, written once over what a home must bring: transactions with reads and writes.

use crate::chain;
use crate::dump::{self, Dump};
use crate::error::{StoreError, StoreErrorKind};
use crate::load::{Loaded, LogEntry, Parts, RawContents, check, check_log, describe};
use crate::manifest::{LogHead, Manifest, MetaBody};
use crate::plan::{Appended, Fold, PreparedFold, Replacement, Write, plan_append, plan_replace};
use crate::record::{Key, Record, Shelf};

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reading only.
    Read,
    /// Reading and writing, complete only when it is on the disk.
    StrictWrite,
}

/// A record as it was read, or the key of something that is not one.
pub(crate) type Read = Result<Record, String>;

/// Which records of a store are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Range {
    /// All.
    All,
    /// Log entries after this number.
    After(u64),
    /// Chunks of the state.
    Parts(Parts),
}

impl Range {
    pub(crate) fn holds(&self, key: &Key) -> bool {
        match (self, key) {
            (Self::After(last), Key::Number(number)) => number > last,
            (Self::Parts(parts), Key::Text(text)) => parts.hold(text),
            _ => true,
        }
    }

    /// What a start reads of a store.
    fn at_start(shelf: Shelf, parts: &Parts) -> Self {
        match shelf {
            Shelf::State => Self::Parts(parts.clone()),
            _ => Self::All,
        }
    }
}

/// A transaction. Dropped without commit it leaves nothing behind.
pub(crate) trait Transaction {
    /// One record. `Unreadable` if the browser cannot read it, `Damaged` if it is not a record.
    async fn get(&self, shelf: Shelf, key: &Key) -> Result<Option<Record>, StoreError>;
    /// The records of a store that lie in a range.
    async fn all(&self, shelf: Shelf, range: &Range) -> Result<Vec<Read>, StoreError>;
    /// All keys of a store.
    async fn keys(&self, shelf: Shelf) -> Result<Vec<Key>, StoreError>;
    /// Count of records in a store.
    async fn count(&self, shelf: Shelf) -> Result<u64, StoreError>;
    /// Issues a write; its failure may show only at the commit.
    fn write(&self, write: Write) -> Result<(), StoreError>;
    /// Resolves when everything has completed.
    async fn commit(self) -> Result<(), StoreError>;
}

/// A connection to a database.
pub(crate) trait Home {
    type Transaction<'a>: Transaction
    where
        Self: 'a;
    fn begin(
        &self,
        purpose: Purpose,
        shelves: &[Shelf],
    ) -> Result<Self::Transaction<'_>, StoreError>;
    fn database_name(&self) -> String;
    fn schema(&self) -> u32;
}

/// The stores that a start reads; of the history it only counts the records.
pub(crate) const READ_AT_START: [Shelf; 3] = [Shelf::Meta, Shelf::State, Shelf::Log];

pub(crate) async fn load(home: &impl Home, parts: &Parts) -> Result<Loaded, StoreError> {
    let gathered = match read_together(home, &READ_AT_START, parts).await {
        Err(error) if error.kind == StoreErrorKind::Unreadable => {
            read_one_by_one(home, &READ_AT_START, parts).await?
        }
        other => other?,
    };
    Ok(gathered.checked(parts))
}

#[derive(Default)]
pub(crate) struct Gathered {
    contents: RawContents,
    bad_shapes: Vec<(Shelf, String)>,
}

impl Gathered {
    pub(crate) fn checked(mut self, parts: &Parts) -> Loaded {
        self.contents.unreadable.append(&mut self.bad_shapes);
        check(self.contents, parts)
    }

    pub(crate) fn count_history(&mut self, count: u64) {
        self.contents.history_count = count;
    }

    pub(crate) fn put(&mut self, shelf: Shelf, reads: Vec<Read>) {
        let mut records = Vec::with_capacity(reads.len());
        for read in reads {
            match read {
                Ok(record) => records.push(record),
                Err(key) => self.bad_shapes.push((shelf, key)),
            }
        }
        self.contents.shelves.put(shelf, records);
    }

    /// Notes the hash of a chunk's body that was worked out already.
    pub(crate) fn note_hash(&mut self, key: String, hash: String) {
        self.contents.hashes.push((key, hash));
    }
}

/// Reads in one transaction, so that no other tab can fold in between.
async fn read_together(
    home: &impl Home,
    shelves: &[Shelf],
    parts: &Parts,
) -> Result<Gathered, StoreError> {
    let tx = home.begin(Purpose::Read, &Shelf::ALL)?;
    let mut gathered = Gathered::default();
    for &shelf in shelves {
        gathered.put(shelf, tx.all(shelf, &Range::at_start(shelf, parts)).await?);
    }
    gathered.contents.history_count = tx.count(Shelf::History).await?;
    tx.commit().await?;
    Ok(gathered)
}

/// Reads record by record, each in its own transaction, because one record that cannot be read takes its whole
/// transaction with it.
async fn read_one_by_one(
    home: &impl Home,
    shelves: &[Shelf],
    parts: &Parts,
) -> Result<Gathered, StoreError> {
    let mut gathered = Gathered::default();
    for &shelf in shelves {
        let range = Range::at_start(shelf, parts);
        let keys = in_own_transaction(home, shelf).await?;
        let mut reads = Vec::with_capacity(keys.len());
        for key in keys.into_iter().filter(|key| range.holds(key)) {
            match get_alone(home, shelf, &key).await {
                Ok(Some(record)) => reads.push(Ok(record)),
                Ok(None) => {}
                Err(error)
                    if matches!(
                        error.kind,
                        StoreErrorKind::Unreadable | StoreErrorKind::Damaged
                    ) =>
                {
                    gathered.contents.unreadable.push((shelf, key.to_string()));
                }
                Err(error) => return Err(error),
            }
        }
        gathered.put(shelf, reads);
    }
    let tx = home.begin(Purpose::Read, &[Shelf::History])?;
    gathered.contents.history_count = tx.count(Shelf::History).await?;
    tx.commit().await?;
    Ok(gathered)
}

async fn in_own_transaction(home: &impl Home, shelf: Shelf) -> Result<Vec<Key>, StoreError> {
    let tx = home.begin(Purpose::Read, &[shelf])?;
    let keys = tx.keys(shelf).await?;
    tx.commit().await?;
    Ok(keys)
}

async fn get_alone(
    home: &impl Home,
    shelf: Shelf,
    key: &Key,
) -> Result<Option<Record>, StoreError> {
    let tx = home.begin(Purpose::Read, &[shelf])?;
    let record = tx.get(shelf, key).await?;
    tx.commit().await?;
    Ok(record)
}

async fn meta_body<T: MetaBody>(tx: &impl Transaction) -> Result<Option<T>, StoreError> {
    let record = tx.get(Shelf::Meta, &Key::text(T::KEY)).await?;
    record.as_ref().map(T::of_record).transpose()
}

/// The head of the log. That it is missing is fine only where nothing was ever written.
async fn log_head(tx: &impl Transaction, manifest_exists: bool) -> Result<LogHead, StoreError> {
    match meta_body::<LogHead>(tx).await? {
        Some(head) => Ok(head),
        None if !manifest_exists && tx.count(Shelf::Log).await? == 0 => Ok(LogHead::default()),
        None => Err(StoreError::damaged(LogHead::KEY)),
    }
}

pub(crate) async fn append_all(
    home: &impl Home,
    bodies: Vec<Vec<u8>>,
    written_ms: Option<u64>,
) -> Result<Appended, StoreError> {
    let tx = home.begin(Purpose::StrictWrite, &[Shelf::Meta, Shelf::Log])?;
    let mut head = match meta_body::<LogHead>(&tx).await? {
        Some(head) => head,
        None => {
            let manifest = tx.get(Shelf::Meta, &Key::text(Manifest::KEY)).await?;
            log_head(&tx, manifest.is_some()).await?
        }
    };
    if head.link.is_empty() && head.number > 0 {
        head.link = link_of_log(&tx).await?;
    }
    let (writes, appended) = plan_append(&head, bodies, written_ms)?;
    for write in writes {
        tx.write(write)?;
    }
    tx.commit().await?;
    Ok(appended)
}

/// The link of the last entry, where the release that wrote it made none.
async fn link_of_log(tx: &impl Transaction) -> Result<String, StoreError> {
    let manifest = meta_body::<Manifest>(tx).await?.unwrap_or_default();
    let mut link = manifest.link;
    for read in tx.all(Shelf::Log, &Range::All).await? {
        let record = read.map_err(StoreError::damaged)?;
        link = chain::link(&link, record.hash.as_deref().unwrap_or_default());
    }
    Ok(link)
}

pub(crate) async fn replace(
    home: &impl Home,
    replacement: Replacement,
) -> Result<Manifest, StoreError> {
    let (writes, manifest) = plan_replace(replacement)?;
    let tx = home.begin(Purpose::StrictWrite, &Shelf::ALL)?;
    for write in writes {
        tx.write(write)?;
    }
    tx.commit().await?;
    Ok(manifest)
}

pub(crate) async fn log_after(home: &impl Home, number: u64) -> Result<Vec<LogEntry>, StoreError> {
    let tx = home.begin(Purpose::Read, &[Shelf::Meta, Shelf::Log])?;
    let manifest = meta_body::<Manifest>(&tx).await?;
    let head = log_head(&tx, manifest.is_some()).await?;
    let folded_through = manifest.unwrap_or_default().folded_through;
    if number < folded_through {
        return Err(StoreError::new(
            StoreErrorKind::LogFolded { folded_through },
            "log",
        ));
    }
    let reads = tx.all(Shelf::Log, &Range::After(number)).await?;
    tx.commit().await?;
    let records = reads
        .into_iter()
        .collect::<Result<Vec<_>, _>>()
        .map_err(StoreError::damaged)?;
    let mut problems = Vec::new();
    let entries = check_log(
        records,
        Some(number),
        Some((head.number.max(number), "")),
        None,
        &mut problems,
    );
    match problems.first() {
        None => Ok(entries),
        Some(problem) => Err(StoreError::damaged(describe(problem))),
    }
}

pub(crate) async fn fold(home: &impl Home, fold: Fold) -> Result<Manifest, StoreError> {
    // Hashing a whole school takes a while: it is done before the transaction is opened.
    let prepared = PreparedFold::new(fold)?;
    let tx = home.begin(Purpose::StrictWrite, &Shelf::ALL)?;
    let manifest = meta_body::<Manifest>(&tx).await?;
    let head = log_head(&tx, manifest.is_some()).await?;
    if manifest.is_none()
        && (tx.count(Shelf::State).await? > 0 || tx.count(Shelf::History).await? > 0)
    {
        return Err(StoreError::damaged(Manifest::KEY));
    }
    let log = tx.all(Shelf::Log, &Range::All).await?;
    let log = log
        .into_iter()
        .collect::<Result<Vec<_>, _>>()
        .map_err(StoreError::damaged)?;
    let (writes, manifest) = prepared.plan(manifest.unwrap_or_default(), &head, log)?;
    for write in writes {
        tx.write(write)?;
    }
    tx.commit().await?;
    Ok(manifest)
}

pub(crate) async fn history_keys(home: &impl Home) -> Result<Vec<String>, StoreError> {
    let keys = in_own_transaction(home, Shelf::History).await?;
    Ok(keys.into_iter().map(|key| key.to_string()).collect())
}

pub(crate) async fn history(home: &impl Home, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    match get_alone(home, Shelf::History, &Key::text(key)).await? {
        None => Ok(None),
        Some(record) if record.is_intact(Shelf::History) => Ok(Some(record.body)),
        Some(_) => Err(StoreError::damaged(key)),
    }
}

pub(crate) async fn mend_history(
    home: &impl Home,
    key: &str,
    body: Vec<u8>,
) -> Result<(), StoreError> {
    if let Ok(Some(_)) = history(home, key).await {
        return Err(StoreError::new(StoreErrorKind::KeyTaken, key));
    }
    let record = Record::sealed(Shelf::History, Key::text(key), None, body);
    let tx = home.begin(Purpose::StrictWrite, &[Shelf::History])?;
    tx.write(Write::Put(Shelf::History, record))?;
    tx.commit().await
}

pub(crate) async fn raw_dump(home: &impl Home) -> Result<Vec<u8>, StoreError> {
    let gathered = match read_together(home, &Shelf::ALL, &Parts::All).await {
        Err(error) if error.kind == StoreErrorKind::Unreadable => {
            read_one_by_one(home, &Shelf::ALL, &Parts::All).await?
        }
        other => other?,
    };
    let Gathered {
        contents,
        bad_shapes,
    } = gathered;
    let mut unreadable = contents.unreadable;
    unreadable.extend(bad_shapes);
    dump::write(&Dump {
        database: home.database_name(),
        schema: home.schema(),
        shelves: contents.shelves,
        unreadable,
    })
}
