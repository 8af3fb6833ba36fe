//! `cargo xtask test`: every check, one stage after the other, the quick ones first. The first
//! stage that fails ends the run; the last line says how many checks and tests passed and failed.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::command::{cargo, checked, command, run, watch};
use crate::place::Place;
use crate::tools::{self, Browsers};
use crate::trouble::Trouble;
use crate::{USAGE, bundle, npm, rings, source_rules};

/// Crates with code for the browser.
const BROWSER_CRATES: [&str; 4] = [
    "flightpath",
    "flightpath-store",
    "flightpath-worker",
    "flightpath-workbook",
];
/// Crates whose documentation holds examples that run natively.
const LIBRARIES: [&str; 3] = [
    "flightpath-school",
    "flightpath-exchange",
    "flightpath-store",
];
const WASM: &str = "wasm32-unknown-unknown";

/// How many checks or tests passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
}

impl Count {
    const ONE: Self = Self {
        passed: 1,
        failed: 0,
    };

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

type Run = fn(&Place, &mut Count) -> Result<(), Trouble>;

struct Stage {
    name: &'static str,
    /// Whether `check` runs it as well.
    quick: bool,
    run: Run,
}

const fn stage(name: &'static str, quick: bool, run: Run) -> Stage {
    Stage { name, quick, run }
}

const STAGES: [Stage; 10] = [
    stage("format", true, format),
    stage("rings", true, rings_and_sources),
    stage("dependencies", false, dependencies),
    stage("lints", true, lints),
    stage("lints-wasm", true, lints_wasm),
    stage("native", true, native),
    stage("browser-units", false, browser_units),
    stage("build", false, build),
    stage("sizes", false, sizes),
    stage("journeys", false, journeys),
];

/// Everything, or the stages that `--only` names.
pub fn test(place: &Place, arguments: &[String]) -> Result<(), Trouble> {
    let only = only(arguments)?;
    run_stages(place, |stage| only.is_empty() || only.contains(&stage.name))
}

/// The quick stages.
pub fn check(place: &Place) -> Result<(), Trouble> {
    run_stages(place, |stage| stage.quick)
}

fn only(arguments: &[String]) -> Result<Vec<&'static str>, Trouble> {
    let mut names = Vec::new();
    let mut rest = arguments.iter();
    while let Some(flag) = rest.next() {
        let name = rest.next().filter(|_| flag == "--only");
        let Some(name) = name else {
            return Err(Trouble::Usage(USAGE.to_owned()));
        };
        let known = STAGES.iter().find(|stage| stage.name == name.as_str());
        let Some(known) = known else {
            let all: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
            return Err(Trouble::Usage(format!(
                "There is no stage `{name}`; there are: {}.",
                all.join(", ")
            )));
        };
        names.push(known.name);
    }
    Ok(names)
}

fn run_stages(place: &Place, wanted: impl Fn(&Stage) -> bool) -> Result<(), Trouble> {
    let mut total = Count::default();
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut failure = None;
    for stage in STAGES.iter().filter(|stage| wanted(stage)) {
        println!("\n== {}", stage.name);
        let start = Instant::now();
        let mut count = Count::default();
        let result = (stage.run)(place, &mut count);
        if result.is_err() && count.failed == 0 {
            count.failed = 1;
        }
        total.add(count);
        times.push((stage.name, start.elapsed()));
        println!("== {}: {:.1} s", stage.name, start.elapsed().as_secs_f64());
        if let Err(trouble) = result {
            eprintln!("{trouble}");
            failure = Some(stage.name);
            break;
        }
    }
    println!();
    for (name, time) in times {
        println!("{name:>14} {:7.1} s", time.as_secs_f64());
    }
    if let Some(name) = failure {
        println!("stopped in stage {name}: cargo xtask test --only {name}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    match failure {
        None => Ok(()),
        Some(_) => Err(Trouble::AlreadyTold),
    }
}

fn format(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    run(cargo(place).args(["fmt", "--all", "--check"]))?;
    count.add(Count::ONE);
    Ok(())
}

fn rings_and_sources(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    rings::check(place)?;
    count.add(Count::ONE);
    source_rules::check(place)?;
    count.add(Count::ONE);
    Ok(())
}

fn dependencies(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    tools::cargo_deny(place)?;
    let deny = |arguments: &[&str]| {
        let mut line = command(place, "cargo-deny");
        line.args(["--log-level", "error"]);
        line.args(arguments);
        line
    };
    run(&mut deny(&["check", "licenses", "sources", "bans"]))?;
    count.add(Count::ONE);
    // The advisories live on a host that not every machine reaches; that is no fault of the code.
    if run(&mut deny(&["fetch", "db"])).is_err() {
        println!(
            "advisories: their database cannot be reached from here, so they were not checked"
        );
        return Ok(());
    }
    run(&mut deny(&["check", "advisories"]))?;
    count.add(Count::ONE);
    Ok(())
}

fn lints(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    run(cargo(place).args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    count.add(Count::ONE);
    Ok(())
}

fn lints_wasm(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    tools::wasm_target(place)?;
    let mut line = cargo(place);
    line.args(["clippy", "--target", WASM]);
    for package in BROWSER_CRATES {
        line.args(["-p", package]);
    }
    run(line.args(["--", "-D", "warnings"]))?;
    count.add(Count::ONE);
    Ok(())
}

fn native(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    tools::nextest(place)?;
    counted(
        command(place, "cargo-nextest").args([
            "nextest",
            "run",
            "--workspace",
            "--no-fail-fast",
            "--status-level=fail",
            "--final-status-level=fail",
            "--color=never",
        ]),
        count,
    )?;
    // nextest does not run the examples in the documentation.
    let mut line = cargo(place);
    line.args(["test", "--quiet", "--doc"]);
    for package in LIBRARIES {
        line.args(["-p", package]);
    }
    counted(&mut line, count)
}

fn browser_units(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    tools::wasm_target(place)?;
    tools::wasm_bindgen(place)?;
    let browsers = tools::browsers(place)?;
    let mut any = false;
    for package in BROWSER_CRATES {
        let folder = match package.strip_prefix("flightpath-") {
            Some(name) => place.root.join("crates").join(name),
            None => place.root.clone(),
        };
        if !folder.join("tests").join("browser.rs").is_file() {
            continue;
        }
        any = true;
        counted(
            cargo(place)
                .args(["test", "-p", package, "--target", WASM])
                .args(["--test", "browser"])
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    "wasm-bindgen-test-runner",
                )
                .env("CHROMEDRIVER", &browsers.chromedriver)
                .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
            count,
        )?;
    }
    if any {
        Ok(())
    } else {
        Err(Trouble::Unreadable(
            "no crate has a tests/browser.rs: nothing tries the store in a browser".to_owned(),
        ))
    }
}

fn build(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    bundle::build(place)?;
    count.add(Count::ONE);
    Ok(())
}

fn sizes(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    built(place)?;
    run(command(place, "node").args(["benches/sizes.mjs", "--check"]))?;
    count.add(Count::ONE);
    Ok(())
}

fn journeys(place: &Place, count: &mut Count) -> Result<(), Trouble> {
    built(place)?;
    npm::installed(place)?;
    let Browsers {
        chromium, firefox, ..
    } = tools::browsers(place)?;
    let mut files = Vec::new();
    for folder in ["tests/support", "tests/journeys"] {
        let path = place.root.join(folder);
        for entry in std::fs::read_dir(&path).map_err(Trouble::file(&path))? {
            let name = entry.map_err(Trouble::file(&path))?.file_name();
            let name = name.to_string_lossy();
            if name.ends_with(".test.mjs") {
                files.push(format!("{folder}/{name}"));
            }
        }
    }
    files.sort();
    counted(
        command(place, "node")
            // What a test that took too long left running is not waited for.
            .args(["--test", "--test-force-exit", "--test-concurrency=1"])
            .arg("--test-reporter=./tests/support/reporter.mjs")
            .arg("--test-reporter-destination=stdout")
            .args(files)
            .env("CHROMIUM", chromium)
            .env("FIREFOX", firefox),
        count,
    )
}

fn built(place: &Place) -> Result<(), Trouble> {
    if place.dist().join("index.html").is_file() {
        Ok(())
    } else {
        Err(Trouble::Usage(
            "There is no dist/ yet: run `cargo xtask build` first.".to_owned(),
        ))
    }
}

/// Runs a test runner and adds up what it reports.
fn counted(line: &mut Command, count: &mut Count) -> Result<(), Trouble> {
    let mut here = Count::default();
    let status = watch(line, &mut |text| {
        if let Some(more) = counts_in(text) {
            here.add(more);
        }
    })?;
    count.add(here);
    checked(line, status)
}

/// The counts in a runner's closing line, as nextest ("3 tests run: 2 passed, 1 failed"), cargo's
/// own harness and wasm-bindgen's ("test result: ok. 2 passed; 0 failed") and ours ("2 passed,
/// 0 failed") write it.
fn counts_in(line: &str) -> Option<Count> {
    let line = line.trim();
    let counts = if let Some((_, counts)) = line.split_once(" run: ") {
        line.starts_with("Summary").then_some(counts)?
    } else if let Some(counts) = line.strip_prefix("test result: ") {
        counts
    } else {
        // Ours stands alone on its line.
        let [_, "passed,", _, "failed"] = line.split(' ').collect::<Vec<_>>()[..] else {
            return None;
        };
        line
    };
    let before = |word: &str| -> Option<u64> {
        let (head, _) = counts.split_once(word)?;
        head.trim_end().rsplit(' ').next()?.parse().ok()
    };
    Some(Count {
        passed: before(" passed")?,
        failed: before(" failed").unwrap_or(0) + before(" timed out").unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn count(passed: u64, failed: u64) -> Option<Count> {
        Some(Count { passed, failed })
    }

    #[test]
    fn the_closing_lines_of_every_runner_are_read() {
        let nextest = "     Summary [   0.012s] 3 tests run: 2 passed, 1 failed, 0 skipped";
        assert_eq!(counts_in(nextest), count(2, 1));
        let slow = "     Summary [  11.2s] 5 tests run: 5 passed (1 slow), 0 skipped";
        assert_eq!(counts_in(slow), count(5, 0));
        let cargo = "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured";
        assert_eq!(counts_in(cargo), count(4, 2));
        assert_eq!(counts_in("7 passed, 0 failed"), count(7, 0));
        assert_eq!(counts_in("a pupil with 7 passed, 0 failed"), None);
    }

    #[test]
    fn only_takes_stages_that_exist() {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        assert_eq!(
            only(&words("--only lints --only build")).unwrap(),
            ["lints", "build"]
        );
        assert!(only(&words("--only nothing")).is_err());
        assert!(only(&words("--only")).is_err());
        assert!(only(&words("lints")).is_err());
    }
}
