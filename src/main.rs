//! Flightpath: target setting, tracking and intervention for a school, in one browser tab.

// Plural forms are picked by count ("ranges" of leptos_i18n): ICU's plural rules, which it would
// rather have, cost the first download more than English and Spanish need.
#![allow(deprecated)]

mod app;
mod platform;
mod ui;

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

fn main() {
    ui::mount();
}
