//! Backups into a folder by the program itself, where the browser can do that.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{BackupFolder, FolderState, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::folder;

#[component]
pub fn Folder() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let chosen = RwSignal::new(None::<BackupFolder>);
    spawn_local(async move {
        let found = app.backup_folder().await;
        let _ = chosen.try_set(found);
    });
    let choose = move |_| {
        spawn_local(async move {
            if let Some(folder) = app.choose_backup_folder().await {
                let _ = chosen.try_set(Some(folder));
            }
        });
    };
    let allow = move |_| {
        spawn_local(async move {
            let folder = app.allow_backup_folder().await;
            let _ = chosen.try_set(folder);
        });
    };
    let forget = move |_| {
        spawn_local(async move {
            app.forget_backup_folder().await;
            let _ = chosen.try_set(None);
        });
    };
    let words = move || match chosen.get() {
        None => t_string!(i18n, safety.folder_none).to_owned(),
        Some(BackupFolder { name, state }) => match state {
            FolderState::Allowed => t_string!(i18n, safety.folder_is, name = name).to_string(),
            FolderState::Asks => t_string!(i18n, safety.folder_asks, name = name).to_string(),
            FolderState::Failed => t_string!(i18n, safety.folder_failed, name = name).to_string(),
        },
    };
    let asks = move || {
        chosen
            .get()
            .is_some_and(|folder| folder.state == FolderState::Asks)
    };
    let is_chosen = move || chosen.with(Option::is_some);
    folder::can_be_chosen().then(|| {
        view! {
            <p role="status">{words}</p>
            <p class="actions">
                <Show when=asks>
                    <button on:click=allow>{t_string!(i18n, safety.folder_allow)}</button>
                </Show>
                <button on:click=choose>{t_string!(i18n, safety.folder_choose)}</button>
                <Show when=is_chosen>
                    <button on:click=forget>{t_string!(i18n, safety.folder_forget)}</button>
                </Show>
            </p>
        }
    })
}
