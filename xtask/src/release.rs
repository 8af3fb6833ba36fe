//! The release identity that the page and its worker compare: they are two downloads, and a host
//! that was updated between the two must not make one talk to the other's successor.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::place::Place;
use crate::trouble::Trouble;

/// The variable that page and worker read at compile time (`option_env!`).
pub const VARIABLE: &str = "FLIGHTPATH_RELEASE";

/// Version and a hash of everything that page and worker share: the crates and their dependencies.
/// What only the page holds is left out, so that a change of a style does not build the worker.
pub fn release(place: &Place) -> Result<String, Trouble> {
    let mut files = vec![place.root.join("Cargo.lock"), place.root.join("Cargo.toml")];
    sources(&place.root.join("crates"), &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for path in files {
        let bytes = std::fs::read(&path).map_err(Trouble::file(&path))?;
        if let Ok(inside) = path.strip_prefix(&place.root) {
            hasher.write(inside.to_string_lossy().as_bytes());
        }
        // The length keeps the end of one file from reading as the start of the next.
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    Ok(format!(
        "{}-{:016x}",
        env!("CARGO_PKG_VERSION"),
        hasher.finish()
    ))
}

/// Source and data files below a folder, without tests and build output.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    for entry in std::fs::read_dir(folder).map_err(Trouble::file(folder))? {
        let path = entry.map_err(Trouble::file(folder))?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() {
            if !["tests", "benches", "fuzz", "target", "examples"]
                .iter()
                .any(|skipped| name == *skipped)
            {
                sources(&path, files)?;
            }
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn place() -> (PathBuf, Place) {
        let root = std::env::temp_dir().join(format!("flightpath-release-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("crates/a/src")).unwrap();
        std::fs::create_dir_all(root.join("crates/a/tests")).unwrap();
        std::fs::write(root.join("Cargo.lock"), "").unwrap();
        std::fs::write(root.join("Cargo.toml"), "").unwrap();
        let cache = root.join("cache");
        (root.clone(), Place { root, cache })
    }

    #[test]
    fn changes_with_a_source_and_not_with_a_test() {
        let (root, place) = place();
        std::fs::write(root.join("crates/a/src/lib.rs"), "one").unwrap();
        let first = release(&place).unwrap();
        std::fs::write(root.join("crates/a/tests/t.rs"), "test").unwrap();
        assert_eq!(release(&place).unwrap(), first);
        std::fs::write(root.join("crates/a/src/lib.rs"), "two").unwrap();
        assert_ne!(release(&place).unwrap(), first);
        std::fs::remove_dir_all(root).unwrap();
    }
}
