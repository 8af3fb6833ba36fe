//! The npm tools of `package-lock.json`, installed once for each state of the lock file into the
//! cache, and linked into the checkout as `node_modules`.

use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use crate::command::{command, quiet_output, run};
use crate::place::Place;
use crate::trouble::Trouble;

/// The oldest Node that the tools run on.
const NODE_MAJOR: u32 = 20;
/// Written last, so that an installation that was interrupted is made anew.
const COMPLETE: &str = ".complete";

/// Makes sure that `node_modules` holds what the lock file names.
pub fn installed(place: &Place) -> Result<(), Trouble> {
    node(place)?;
    let files = ["package.json", "package-lock.json"];
    let mut hasher = DefaultHasher::new();
    for name in files {
        let path = place.root.join(name);
        hasher.write(&std::fs::read(&path).map_err(Trouble::file(&path))?);
    }
    let folder = place.cache.join(format!("npm-{:016x}", hasher.finish()));
    if !folder.join(COMPLETE).is_file() {
        println!("installing the npm tools (once for each lock file)");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
        for name in files {
            let to = folder.join(name);
            std::fs::copy(place.root.join(name), &to).map_err(Trouble::file(&to))?;
        }
        run(command(place, "npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder))?;
        let done = folder.join(COMPLETE);
        std::fs::write(&done, "").map_err(Trouble::file(&done))?;
    }
    link(
        &folder.join("node_modules"),
        &place.root.join("node_modules"),
    )
}

fn node(place: &Place) -> Result<(), Trouble> {
    let major = quiet_output(command(place, "node").arg("--version"))
        .as_deref()
        .and_then(major_version);
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        Some(major) => Err(Trouble::Missing {
            what: "A newer Node",
            remedy: format!("Install Node {NODE_MAJOR} or newer; Node {major} is here."),
        }),
        None => Err(Trouble::Missing {
            what: "Node",
            remedy: format!("Install Node {NODE_MAJOR} or newer, with npm."),
        }),
    }
}

fn major_version(printed: &str) -> Option<u32> {
    printed
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn link(target: &Path, link: &Path) -> Result<(), Trouble> {
    if std::fs::read_link(link).is_ok_and(|now| now == target) {
        return Ok(());
    }
    match std::fs::symlink_metadata(link) {
        Ok(found) if found.is_symlink() => {
            std::fs::remove_file(link).map_err(Trouble::file(link))?;
        }
        Ok(_) => {
            return Err(Trouble::Usage(
                "`node_modules` is a real folder here; remove it, its place is the cache."
                    .to_owned(),
            ));
        }
        Err(_) => {}
    }
    symlink(target, link).map_err(Trouble::file(link))
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(target, link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major_version("v20.11.1\n"), Some(20));
        assert_eq!(major_version("20"), None);
        assert_eq!(major_version(""), None);
    }
}
