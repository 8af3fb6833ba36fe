//! Tools that are installed when missing. Versions are pinned here, except that of wasm-bindgen,
//! which is read from Cargo.lock so that the program and the tool cannot drift apart.

use std::path::PathBuf;

use crate::command::{command, quiet_output, run};
use crate::place::Place;
use crate::trouble::Trouble;

const TRUNK: &str = "0.21.14";
/// Splits the program into parts that are fetched when they are needed.
const WASM_SPLIT: &str = "0.2.4";
const CARGO_DENY: &str = "0.20.2";
/// Any release will do; this one is installed where none is.
const NEXTEST: &str = "0.9.143";

/// What a build needs beyond the compiler.
pub fn for_build(place: &Place) -> Result<(), Trouble> {
    wasm_target(place)?;
    wasm_bindgen(place)?;
    wasm_split(place)?;
    installed(place, "trunk", "trunk", TRUNK)
}

/// The splitter. It does not tell its version, so cargo's own list of what it installed is asked.
fn wasm_split(place: &Place) -> Result<(), Trouble> {
    const PACKAGE: &str = "wasm_split_cli_support";
    let listed = std::fs::read_to_string(place.tools().join(".crates.toml")).unwrap_or_default();
    if listed.contains(&format!("\"{PACKAGE} {WASM_SPLIT} "))
        && place.program("wasm-split-cli").is_some()
    {
        return Ok(());
    }
    install(place, PACKAGE, WASM_SPLIT, &["--features", "build-binary"])
}

/// The wasm-bindgen tools at the very version of the library.
pub fn wasm_bindgen(place: &Place) -> Result<(), Trouble> {
    let path = place.root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(Trouble::file(&path))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        Trouble::Unreadable("Cargo.lock names no wasm-bindgen: run `cargo update -w`.".to_owned())
    })?;
    installed(place, "wasm-bindgen", "wasm-bindgen-cli", version)?;
    installed(
        place,
        "wasm-bindgen-test-runner",
        "wasm-bindgen-cli",
        version,
    )
}

/// cargo-deny at the pinned version.
pub fn cargo_deny(place: &Place) -> Result<(), Trouble> {
    installed(place, "cargo-deny", "cargo-deny", CARGO_DENY)
}

/// cargo-nextest, of whatever version is there.
pub fn nextest(place: &Place) -> Result<(), Trouble> {
    if quiet_output(command(place, "cargo-nextest").args(["nextest", "--version"])).is_some() {
        return Ok(());
    }
    install(place, "cargo-nextest", NEXTEST, &[])
}

/// The standard library for the browser.
pub fn wasm_target(place: &Place) -> Result<(), Trouble> {
    const TARGET: &str = "wasm32-unknown-unknown";
    // Asked of the compiler first: a toolchain that did not come from rustup may have the target.
    let library = quiet_output(command(place, "rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]));
    let there = library
        .map(|folder| PathBuf::from(folder.trim()))
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .is_some_and(|mut files| files.next().is_some());
    if there {
        return Ok(());
    }
    println!("installing the {TARGET} target");
    run(command(place, "rustup").args(["target", "add", TARGET])).map_err(|trouble| match trouble {
        Trouble::NotStarted { .. } => Trouble::Missing {
            what: "The Rust target wasm32-unknown-unknown",
            remedy: "Install Rust with rustup, or add this target to your toolchain.".to_owned(),
        },
        other => other,
    })
}

/// The browsers and the driver that tests run in.
#[derive(Debug, Clone)]
pub struct Browsers {
    /// Chromium.
    pub chromium: PathBuf,
    /// Its driver, of the same release.
    pub chromedriver: PathBuf,
    /// Firefox.
    pub firefox: PathBuf,
}

/// Finds the browsers, installing them where the system's package manager lets us.
pub fn browsers(place: &Place) -> Result<Browsers, Trouble> {
    if let Some(found) = find_browsers(place) {
        return Ok(found);
    }
    let root = quiet_output(command(place, "id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if root && place.program("apt-get").is_some() {
        println!("installing chromium, chromium-driver and firefox-esr");
        let apt = |arguments: &[&str]| {
            run(command(place, "apt-get")
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive"))
        };
        // A failure is told below in words that help more than apt's.
        let packages = ["chromium", "chromium-driver", "firefox-esr"];
        let _ = apt(&["update", "-q"]);
        let _ = apt(&[
            &["install", "-y", "-q", "--no-install-recommends"],
            &packages[..],
        ]
        .concat());
    }
    find_browsers(place).ok_or_else(|| Trouble::Missing {
        what: "A browser for the tests",
        remedy: "Install Chromium with its driver of the same release, and Firefox \
                 (Debian: chromium chromium-driver firefox-esr), or name them in \
                 CHROMIUM, CHROMEDRIVER and FIREFOX."
            .to_owned(),
    })
}

fn find_browsers(place: &Place) -> Option<Browsers> {
    let find = |variable: &str, names: &[&str]| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .filter(|path| path.is_file())
            .or_else(|| names.iter().find_map(|name| place.program(name)))
    };
    Some(Browsers {
        chromium: find(
            "CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome"],
        )?,
        chromedriver: find("CHROMEDRIVER", &["chromedriver"])?,
        firefox: find("FIREFOX", &["firefox-esr", "firefox"])?,
    })
}

/// Makes sure that `program` is there in exactly that version.
fn installed(place: &Place, program: &str, package: &str, version: &str) -> Result<(), Trouble> {
    let printed = quiet_output(command(place, program).arg("--version"));
    if printed.is_some_and(|text| text.split_whitespace().any(|word| word == version)) {
        return Ok(());
    }
    install(place, package, version, &[])
}

fn install(place: &Place, package: &str, version: &str, more: &[&str]) -> Result<(), Trouble> {
    println!("installing {package} {version} (once, some minutes)");
    run(command(place, "cargo")
        .args([
            "install",
            "--locked",
            "--force",
            package,
            "--version",
            version,
        ])
        .args(more)
        .arg("--root")
        .arg(place.tools())
        // Away from the checkout, whose toolchain file and cargo settings are not meant for tools.
        .current_dir(&place.cache)
        .env("CARGO_TARGET_DIR", place.cache.join("tools-target")))?;
    // Some hundred megabytes that nothing needs again.
    let _ = std::fs::remove_dir_all(place.cache.join("tools-target"));
    Ok(())
}

/// The version of a package in a lock file of cargo.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package_of_exactly_this_name() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.1\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.129\"
";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
