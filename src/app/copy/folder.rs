//! Backups into a folder that the person has chosen, by the program itself.

use flightpath_store::keepsake;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::app::{App, exchange};
use crate::platform::clock;
use crate::platform::folder::{self, Folder};

const KEEPSAKE: &str = "backup-folder";
const PREFIX: &str = "flightpath-backup-";
/// So many backups are kept in the folder.
const KEPT: usize = 10;

/// The folder into which backups go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFolder {
    /// Its own name.
    pub name: String,
    /// What is known of it.
    pub state: FolderState,
}

/// Whether backups reach the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderState {
    /// They do.
    Allowed,
    /// The browser wants the person to be asked again.
    Asks,
    /// The last one could not be written.
    Failed,
}

async fn chosen() -> Option<Folder> {
    let folder = keepsake::kept(KEEPSAKE).await?;
    folder.is_object().then(|| folder.unchecked_into())
}

impl App {
    /// The folder that was chosen, if one was.
    pub async fn backup_folder(self) -> Option<BackupFolder> {
        let (folder, is_allowed) = look(self).await?;
        let state = if is_allowed {
            FolderState::Allowed
        } else {
            FolderState::Asks
        };
        Some(BackupFolder {
            name: folder.title(),
            state,
        })
    }

    /// Lets the person choose a folder, and writes the first backup there; what is known of it then.
    pub async fn choose_backup_folder(self) -> Option<BackupFolder> {
        let folder = folder::choose().await?;
        // Without it the folder holds until the tab is closed: the first backup is there all the same.
        let _ = keepsake::keep(KEEPSAKE, folder.as_ref()).await;
        self.first_backup(folder).await
    }

    /// Asks the browser to let the program write to the folder again.
    pub async fn allow_backup_folder(self) -> Option<BackupFolder> {
        let folder = chosen().await?;
        if folder.ask().await {
            return self.first_backup(folder).await;
        }
        self.backup_folder().await
    }

    async fn first_backup(self, folder: Folder) -> Option<BackupFolder> {
        self.folder_asks.set(false);
        let state = if self.back_up_into(&folder).await {
            FolderState::Allowed
        } else {
            FolderState::Failed
        };
        Some(BackupFolder {
            name: folder.title(),
            state,
        })
    }

    /// No longer writes backups into the folder; those that are there stay.
    pub async fn forget_backup_folder(self) {
        self.folder_asks.set(false);
        let _ = keepsake::keep(KEEPSAKE, &JsValue::NULL).await;
    }

    async fn back_up_into(self, folder: &Folder) -> bool {
        let Some(bytes) = exchange::school_file(self).await else {
            return false;
        };
        let name = format!("{PREFIX}{}.json", clock::stamp());
        if !folder.write_file(&name, &bytes).await {
            return false;
        }
        let now = clock::now();
        self.prefs.update(|prefs| prefs.taken_out_ms = Some(now.0));
        let names = folder.names().await;
        let own: Vec<_> = names
            .iter()
            .filter(|name| name.starts_with(PREFIX))
            .collect();
        for old in own.iter().rev().skip(KEPT) {
            folder.remove(old).await;
        }
        true
    }
}

/// Writes a backup into the folder, where one was chosen and the browser allows it.
pub(super) async fn back_up(app: App) {
    if let Some((folder, true)) = look(app).await {
        app.back_up_into(&folder).await;
    }
}

/// The folder, where one was chosen, and whether the browser allows it; Home tells where it has to be asked again.
pub(super) async fn look(app: App) -> Option<(Folder, bool)> {
    let folder = chosen().await?;
    let is_allowed = folder.is_allowed().await;
    app.folder_asks.set(!is_allowed);
    Some((folder, is_allowed))
}
