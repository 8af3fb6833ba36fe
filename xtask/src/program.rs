//! The program itself: compiled, split at the points that `src/ui/fetched.rs` names, bound to
//! JavaScript and optimised, with its style sheets. Trunk cannot split, so this is done beside it;
//! page and worker are Trunk's.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::command::{cargo, command, run};
use crate::place::{Place, files};
use crate::trouble::Trouble;
use crate::{no_paths, release, styles};

const NAME: &str = "flightpath";
const WASM: &str = "wasm32-unknown-unknown";
/// The national figures, which the program fetches when it first needs them.
const FIGURES: &str = "crates/school/figures";
/// The published schema of policy packs, for whoever writes one with other tools.
const SCHEMA: &str = "crates/school/schema";
/// What `index.html` writes for the folder that the program comes to lie in.
const PLACEHOLDER: &str = "program-folder";
/// What current Rust emits; wasm-opt takes nothing for granted.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the program's files; gives the folder that holds them, and nothing else.
pub fn build(place: &Place, release: &str) -> Result<PathBuf, Trouble> {
    let target = place.target();
    run(cargo(place)
        .args(["rustc", "--release", "--offline", "--target", WASM])
        .args(["--package", NAME, "--bin", NAME])
        // The splitter needs to know what refers to what.
        .args(["--", "-Clink-arg=--emit-relocs"])
        .env(release::VARIABLE, release)
        .env(no_paths::VARIABLE, no_paths::flags(&target)))?;
    let compiled = target
        .join(WASM)
        .join("release")
        .join(NAME)
        .with_extension("wasm");
    let split = emptied(&target.join("program-split"))?;
    run(command(place, "wasm-split-cli")
        .arg(&compiled)
        .arg(&split)
        .args(["--out-name", NAME])
        // It warns of each section of names that it does not know.
        .env("RUST_LOG", "error"))?;
    let ready = emptied(&target.join("program-ready"))?;
    let main = split.join(NAME).with_extension("wasm");
    run(command(place, "wasm-bindgen")
        // The exports are what the parts are linked to.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", NAME, "--out-dir"])
        .arg(&ready)
        .arg(&main))?;
    for file in files(&split)?.iter().filter(|file| **file != main) {
        let to = ready.join(file.file_name().unwrap_or_default());
        std::fs::copy(file, &to).map_err(Trouble::file(&to))?;
    }
    for file in files(&ready)? {
        if file.extension().is_some_and(|kind| kind == "wasm") {
            optimise(place, &file)?;
        }
    }
    for file in files(&place.root.join(FIGURES))? {
        let to = ready.join(file.file_name().unwrap_or_default());
        std::fs::copy(&file, &to).map_err(Trouble::file(&to))?;
    }
    styles::bundle(&place.root.join("style"), &ready)?;
    Ok(ready)
}

/// Puts the program into the built page's folder, below a name that is made of its content: what
/// a browser keeps of another release never mixes with this one.
pub fn install(place: &Place, ready: &Path) -> Result<(), Trouble> {
    let mut hasher = DefaultHasher::new();
    let files = files(ready)?;
    for file in &files {
        let bytes = std::fs::read(file).map_err(Trouble::file(file))?;
        hasher.write(
            file.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .as_bytes(),
        );
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    let name = format!("program-{:016x}", hasher.finish());
    let folder = emptied(&place.dist().join(&name))?;
    for file in &files {
        let to = folder.join(file.file_name().unwrap_or_default());
        std::fs::copy(file, &to).map_err(Trouble::file(&to))?;
    }
    for file in self::files(&place.root.join(SCHEMA))? {
        let to = place.dist().join(file.file_name().unwrap_or_default());
        std::fs::copy(&file, &to).map_err(Trouble::file(&to))?;
    }
    let page = place.dist().join("index.html");
    let text = std::fs::read_to_string(&page).map_err(Trouble::file(&page))?;
    if !text.contains(PLACEHOLDER) {
        return Err(Trouble::Unreadable(format!(
            "public/index.html does not name the program's folder, `{PLACEHOLDER}`"
        )));
    }
    std::fs::write(&page, text.replace(PLACEHOLDER, &name)).map_err(Trouble::file(&page))
}

/// Makes a part as small as it gets on the way. `-Oz` makes a part smaller as it lies, and larger as it is sent: what it
/// folds together was alike, and compresses to nothing. Functions in the order of their names lie beside their like.
fn optimise(place: &Place, part: &Path) -> Result<(), Trouble> {
    run(command(place, "wasm-opt")
        .args(["-Os", "--reorder-functions-by-name"])
        .args(["--strip-debug", "--strip-producers"])
        .args(FEATURES)
        .arg(part)
        .arg("-o")
        .arg(part)
        // It warns of a section of names that it is about to drop.
        .stderr(std::process::Stdio::null()))
}

fn emptied(folder: &Path) -> Result<PathBuf, Trouble> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
    Ok(folder.to_path_buf())
}
