//! Prints the times of a native run as JSON: `flightpath-bench-rules <runs>`; with `facts` instead
//! of a number, the cells for the rival.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use flightpath_bench_rules::{Event, PUPILS};
use serde::Serialize;

#[derive(Serialize)]
struct Times {
    /// Milliseconds for the whole event, run by run.
    whole_ms: Vec<f64>,
    /// Milliseconds for one pupil, the mean of all pupils, run by run.
    pupil_ms: Vec<f64>,
    /// In how many cells the subject trigger fires.
    fired: usize,
    /// Rules that fire for pupils beyond their subjects.
    pupil_rules_fired: usize,
}

#[allow(
    clippy::disallowed_methods,
    reason = "measuring is what this program is for"
)]
fn timed(work: impl FnOnce()) -> f64 {
    let since = Instant::now();
    work();
    since.elapsed().as_secs_f64() * 1000.0
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = std::env::args().nth(1).unwrap_or_default();
    let mut event = Event::made_up()?;
    let text = if asked == "facts" {
        serde_json::to_string(&event.for_rival())?
    } else {
        let runs: usize = asked.parse()?;
        // Memory is brought in and caches are warm before the first run counts, as in a tab.
        event.whole();
        event.one_by_one();
        let whole_ms = (0..runs).map(|_| timed(|| event.whole())).collect();
        let pupil_ms = (0..runs)
            .map(|_| timed(|| event.one_by_one()) / PUPILS as f64)
            .collect();
        serde_json::to_string(&Times {
            whole_ms,
            pupil_ms,
            fired: event.fired(),
            pupil_rules_fired: event.pupil_rules_fired(),
        })?
    };
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}
