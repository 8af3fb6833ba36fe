//! `cargo xtask serve | build | test | bench | soak | check`: everything a person or the CI needs, with
//! whatever tool is missing installed on the way into a cache outside the checkout.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool tells its progress; nothing of a pupil passes through it"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "stages are timed with the machine's clock"
)]

mod bench;
mod bundle;
mod command;
mod no_paths;
mod npm;
mod place;
mod program;
mod release;
mod rings;
mod serve;
mod soak;
mod source_rules;
mod styles;
mod suite;
mod tools;
mod trouble;

use std::process::ExitCode;

use place::Place;
use trouble::Trouble;

const USAGE: &str = "\
cargo xtask serve [--port N]      build Flightpath and serve it on 127.0.0.1 (port 8080)
cargo xtask build                 build Flightpath into dist/
cargo xtask test [--only STAGE]   every check and test; --only may be given more than once
cargo xtask bench [NAME…]         benchmarks, native and in the browser; all, or those named
cargo xtask soak [--kills N …]    the long trial of what is promised about data; takes an hour
cargo xtask check                 the quick part of test: format, lints, rings, native tests";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Trouble::AlreadyTold) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Trouble> {
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", arguments),
    };
    match name {
        "serve" => serve::serve(&Place::find()?, rest),
        "build" => no_more(rest).and_then(|()| bundle::build(&Place::find()?)),
        "test" => suite::test(&Place::find()?, rest),
        "check" => no_more(rest).and_then(|()| suite::check(&Place::find()?)),
        "soak" => soak::soak(&Place::find()?, rest),
        "bench" => bench::bench(&Place::find()?, rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Trouble::Usage(format!(
            "cargo xtask knows no command `{other}`.\n{USAGE}"
        ))),
    }
}

fn no_more(rest: &[String]) -> Result<(), Trouble> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(Trouble::Usage(format!(
            "`{extra}` is not expected here.\n{USAGE}"
        ))),
    }
}
