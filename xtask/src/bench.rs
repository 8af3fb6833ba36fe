//! `cargo xtask bench`: the native benchmarks of the crates, then `benches/*.mjs`.

use std::path::PathBuf;

use crate::command::{cargo, command, run};
use crate::place::{Place, files};
use crate::trouble::Trouble;
use crate::{bundle, npm, tools};

/// Runs every benchmark, or those whose name is given.
pub fn bench(place: &Place, wanted: &[String]) -> Result<(), Trouble> {
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    let native = native(place)?;
    let scripts = scripts(place)?;
    let known: Vec<&str> = native
        .iter()
        .map(|(_, bench)| bench.as_str())
        .chain(scripts.iter().map(|(name, _)| name.as_str()))
        .collect();
    if let Some(unknown) = wanted.iter().find(|word| !known.contains(&word.as_str())) {
        return Err(Trouble::Usage(format!(
            "There is no benchmark `{unknown}`; there are: {}.",
            known.join(", ")
        )));
    }
    for (package, bench) in native.iter().filter(|(_, bench)| is_wanted(bench)) {
        println!("\n== {bench} (native)");
        run(cargo(place).args(["bench", "--quiet", "-p", package, "--bench", bench]))?;
    }
    let scripts: Vec<_> = scripts.iter().filter(|(name, _)| is_wanted(name)).collect();
    if scripts.is_empty() {
        return Ok(());
    }
    let browsers = tools::browsers(place)?;
    bundle::build(place)?;
    npm::installed(place)?;
    for (name, path) in scripts {
        println!("\n== {name}");
        run(command(place, "node")
            .arg(path)
            .env("CHROMIUM", &browsers.chromium)
            .env("FIREFOX", &browsers.firefox))?;
    }
    Ok(())
}

/// `crates/<package folder>/benches/<name>.rs`, as package and bench name.
fn native(place: &Place) -> Result<Vec<(String, String)>, Trouble> {
    let mut found = Vec::new();
    for folder in files(&place.root.join("crates"))? {
        let benches = folder.join("benches");
        if !benches.is_dir() {
            continue;
        }
        let package = format!("flightpath-{}", stem(&folder));
        for file in files(&benches)? {
            if file.extension().is_some_and(|kind| kind == "rs") {
                found.push((package.clone(), stem(&file)));
            }
        }
    }
    Ok(found)
}

fn scripts(place: &Place) -> Result<Vec<(String, PathBuf)>, Trouble> {
    Ok(files(&place.root.join("benches"))?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "mjs"))
        .map(|path| (stem(&path), path))
        .collect())
}

fn stem(path: &std::path::Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
