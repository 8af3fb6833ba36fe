//! Turns the sentences in `locales/` into typed keys, checked when the program is compiled.

use std::error::Error;
use std::path::PathBuf;

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

/// One file of sentences for each of these, in `locales/<language>/`.
const NAMESPACES: [&str; 25] = [
    "safety",
    "shell",
    "home",
    "classes",
    "markbook",
    "master",
    "words",
    "pupils",
    "targets",
    "other_targets",
    "cohort_targets",
    "last_year",
    "new_year",
    "tracking",
    "interventions",
    "import",
    "exchange",
    "phrases",
    "policy",
    "pack",
    "edit",
    "history",
    "grid",
    "help",
    "why",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var_os("OUT_DIR").ok_or("cargo gives build scripts an OUT_DIR")?;
    let sentences = TranslationsInfos::parse(
        Config::new("en")?
            .add_namespaces(NAMESPACES)?
            .parse_options(ParseOptions::new().interpolate_display(true)),
    )?;
    sentences.emit_diagnostics();
    sentences.rerun_if_locales_changed();
    sentences.generate_i18n_module(PathBuf::from(out).join("i18n"))?;
    Ok(())
}
