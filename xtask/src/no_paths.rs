//! Keeps the folders of the machine that builds out of what is built: a panic's place is told from the crate on. The
//! same sources give the same bytes on another machine, and fewer.

use std::path::{Path, PathBuf};

/// Cargo adds what this variable holds to the flags of `.cargo/config.toml`.
pub const VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The flags for [`VARIABLE`]. Folders whose names hold a space are left in: the variable parts its flags by spaces. Those
/// of the checkout are relative already, and to name it would compile every crate anew for each checkout.
pub fn flags(target: &Path) -> String {
    let sources = cargo_home().map(|home| home.join("registry").join("src"));
    let registries = sources
        .and_then(|sources| std::fs::read_dir(sources).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders: Vec<PathBuf> = registries.chain([target.to_path_buf()]).collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|folder| folder.to_str())
        .filter(|folder| !folder.contains(char::is_whitespace))
        .map(|folder| format!("--remap-path-prefix={folder}="))
        .collect::<Vec<_>>()
        .join(" ")
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().map(|home| home.join(".cargo")),
        |home| Some(PathBuf::from(home)),
    )
}
