//! Where the second copy lies: a folder of files, as a port with two homes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use thiserror::Error;

/// Why the second copy could not be reached.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FilesError {
    /// The browser offers no files of its own here, or forbids them, as some do in a private window.
    #[error("the browser keeps no files for this page")]
    Unavailable,
    /// The disk, or the browser's share of it, is full.
    #[error("there is no room left")]
    Full,
    /// There is no file of that name.
    #[error("there is no such file")]
    Missing,
    /// Another tab holds the file.
    #[error("another tab holds the file")]
    Held,
    /// Anything else, in the browser's own word.
    #[error("the browser refused: {0}")]
    Refused(String),
}

/// A folder of files. What a call has written is on the disk, flushed, when it resolves.
// Everything here runs on the one thread of a tab, so the futures need not be Send.
#[allow(async_fn_in_trait)]
pub trait Files {
    /// Names of all files, in order.
    ///
    /// # Errors
    /// When the folder cannot be reached.
    async fn names(&self) -> Result<Vec<String>, FilesError>;

    /// The bytes of a file, `most` from its start.
    ///
    /// # Errors
    /// [`Missing`](FilesError::Missing), or when it cannot be read.
    async fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FilesError>;

    /// Makes a file of these bytes, over one that may be there.
    ///
    /// # Errors
    /// Then there may be a part of it.
    async fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError>;

    /// Puts bytes to the end of a file, making it where there is none. The file stays held by this tab.
    ///
    /// # Errors
    /// Then nothing of it is there, but for a crash: then there may be a part.
    async fn append(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError>;

    /// Removes a file. One that is not there is no error.
    ///
    /// # Errors
    /// [`Held`](FilesError::Held) where another tab holds it.
    async fn remove(&self, name: &str) -> Result<(), FilesError>;
}

/// A folder in memory, for tests: it outlives its users, and can be damaged and told to fail.
#[derive(Clone, Default)]
pub struct MemoryFiles(Rc<RefCell<Folder>>);

#[derive(Default)]
struct Folder {
    files: BTreeMap<String, Vec<u8>>,
    fails: Option<FilesError>,
    /// Names that a power cut leaves.
    on_disk: BTreeSet<String>,
    /// Names that a power cut has left of files that had just been removed.
    ghosts: BTreeSet<String>,
}

impl MemoryFiles {
    /// An empty folder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every call fails in this way, or none does.
    pub fn fail(&self, how: Option<FilesError>) {
        self.0.borrow_mut().fails = how;
    }

    /// Everything in the folder, past every rule.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.borrow().files.clone()
    }

    /// Puts this in place of everything in the folder, as damage does.
    pub fn set(&self, files: BTreeMap<String, Vec<u8>>) {
        self.0.borrow_mut().files = files;
    }

    /// So much time passes that the system has put every name on the disk.
    pub fn names_reach_the_disk(&self) {
        let mut folder = self.0.borrow_mut();
        folder.on_disk = folder.files.keys().cloned().collect();
        folder.ghosts.clear();
    }

    /// The power is cut: what was flushed is there, as far as its name is, and names of removed files come back.
    pub fn cut_power(&self) {
        let mut folder = self.0.borrow_mut();
        let Folder {
            files,
            on_disk,
            ghosts,
            ..
        } = &mut *folder;
        files.retain(|name, _| on_disk.contains(name));
        let gone = on_disk.iter().filter(|name| !files.contains_key(*name));
        *ghosts = gone.cloned().collect();
    }

    fn folder(&self) -> Result<std::cell::RefMut<'_, Folder>, FilesError> {
        let folder = self.0.borrow_mut();
        match &folder.fails {
            Some(error) => Err(error.clone()),
            None => Ok(folder),
        }
    }
}

impl Files for MemoryFiles {
    async fn names(&self) -> Result<Vec<String>, FilesError> {
        let folder = self.folder()?;
        let names: BTreeSet<&String> = folder.files.keys().chain(&folder.ghosts).collect();
        Ok(names.into_iter().cloned().collect())
    }

    async fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, FilesError> {
        let folder = self.folder()?;
        let bytes = folder.files.get(name).ok_or(FilesError::Missing)?;
        Ok(bytes.iter().take(most).copied().collect())
    }

    async fn write(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        let mut folder = self.folder()?;
        folder.ghosts.remove(name);
        folder.files.insert(name.to_owned(), bytes);
        Ok(())
    }

    async fn append(&self, name: &str, mut bytes: Vec<u8>) -> Result<(), FilesError> {
        let mut folder = self.folder()?;
        folder.ghosts.remove(name);
        let file = folder.files.entry(name.to_owned()).or_default();
        file.append(&mut bytes);
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), FilesError> {
        let mut folder = self.folder()?;
        folder.ghosts.remove(name);
        folder.files.remove(name);
        Ok(())
    }
}
