//! Flightpath: target setting, tracking and intervention for a school, in one browser tab.

mod app;
mod platform;
mod ui;

/// The sentences of `locales/`, as code that `build.rs` writes.
// `expect_used`: it reads the name of a language that it wrote itself. `deprecated`: plural forms
// are picked by count ("ranges"); ICU's plural rules, which the library would rather have, cost the
// first download more than English and Spanish need.
// The rest: it writes more than is used, in a style that nobody reads.
#[allow(warnings, clippy::all, clippy::expect_used)]
mod sentences {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
use sentences::i18n;

fn main() {
    ui::mount();
}
