//! `cargo xtask soak`: the long trial of what is promised about data, in real browsers.

use crate::command::{command, run};
use crate::place::Place;
use crate::trouble::Trouble;
use crate::{bundle, npm, tools};

/// Builds the program and runs `tests/soak/soak.mjs` with these arguments.
pub fn soak(place: &Place, arguments: &[String]) -> Result<(), Trouble> {
    let browsers = tools::browsers(place)?;
    bundle::build(place)?;
    npm::installed(place)?;
    run(command(place, "node")
        .arg("tests/soak/soak.mjs")
        .args(arguments)
        .env("CHROMIUM", &browsers.chromium)
        .env("FIREFOX", &browsers.firefox))
}
