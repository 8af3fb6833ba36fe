//! Where things are: the checkout, the cache outside it, and the tools in the cache.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::trouble::Trouble;

/// The folders a command works with.
#[derive(Debug, Clone)]
pub struct Place {
    /// The checkout: the folder that holds `Trunk.toml`.
    pub root: PathBuf,
    /// The cache outside the checkout: `$FLIGHTPATH_CACHE`, else `$XDG_CACHE_HOME/flightpath`,
    /// else `~/.cache/flightpath`.
    pub cache: PathBuf,
}

impl Place {
    /// Finds the checkout and the cache.
    pub fn find() -> Result<Self, Trouble> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        // A compiled xtask may have been copied with its target folder into another checkout, so
        // the folder it is started for goes before the one it was compiled in.
        let started_for = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = started_for
            .as_deref()
            .unwrap_or(manifest)
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| Trouble::Unreadable("xtask has no parent folder".to_owned()))?;
        let cache = cache_folder(|name| std::env::var_os(name)).ok_or_else(|| {
            Trouble::Usage(
                "No home folder is known: set FLIGHTPATH_CACHE to a folder for tools.".to_owned(),
            )
        })?;
        // Relative paths would mean another folder for every tool that runs elsewhere.
        let cache = std::path::absolute(&cache).map_err(Trouble::file(&cache))?;
        std::fs::create_dir_all(&cache).map_err(Trouble::file(&cache))?;
        Ok(Self { root, cache })
    }

    /// The root that `cargo install --root` gets.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// The installed tools themselves.
    pub fn tools_bin(&self) -> PathBuf {
        self.tools().join("bin")
    }

    /// The built program.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where cargo compiles.
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |folder| self.root.join(folder))
    }

    /// The search path for programs: our tools first, then those of npm, then the system's.
    pub fn path_variable(&self) -> OsString {
        let mut folders = vec![
            self.tools_bin(),
            self.root.join("node_modules").join(".bin"),
        ];
        if let Some(path) = std::env::var_os("PATH") {
            folders.extend(std::env::split_paths(&path));
        }
        std::env::join_paths(folders)
            .unwrap_or_else(|_| std::env::var_os("PATH").unwrap_or_default())
    }

    /// The first program of that name on our search path.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        std::env::split_paths(&self.path_variable())
            .map(|folder| folder.join(name))
            .find(|candidate| candidate.is_file())
    }
}

fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(own) = set("FLIGHTPATH_CACHE") {
        return Some(PathBuf::from(own));
    }
    set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .map(|folder| folder.join("flightpath"))
}

/// What a folder holds, in order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Trouble::file(folder))? {
        found.push(entry.map_err(Trouble::file(folder))?.path());
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Option<PathBuf> {
        cache_folder(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn own_variable_goes_first_then_the_desktop_standard_then_home() {
        let own = ("FLIGHTPATH_CACHE", "/a");
        let standard = ("XDG_CACHE_HOME", "/b");
        let home = ("HOME", "/c");
        assert_eq!(with(&[own, standard, home]), Some(PathBuf::from("/a")));
        assert_eq!(
            with(&[standard, home]),
            Some(PathBuf::from("/b/flightpath"))
        );
        assert_eq!(with(&[home]), Some(PathBuf::from("/c/.cache/flightpath")));
        assert_eq!(with(&[("HOME", "")]), None);
    }
}
