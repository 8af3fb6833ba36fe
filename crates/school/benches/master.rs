//! The master tracking file of each subject of the sample school with seven years in it, for the whole school, as the
//! screen asks for it: every event of the year judged, and every row read. It may take 100 ms for a subject.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement looks at the clock, tells what it found, and may stop"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use flightpath_school::journal::{Action, School, StepInfo};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{AcademicYear, CivilDate, Dot, Id, Moment, ReplicaId};
use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::sample;
use flightpath_school::view::master::master;
use flightpath_school::view::standing::{Grades, Standing};
use flightpath_school::view::{Pupil, Subject, classes, events, pupils, subjects};

const YEAR: AcademicYear = AcademicYear(2026);
const YEARS: u16 = 7;
const ROUNDS: usize = 7;
const LIMIT: Duration = Duration::from_millis(100);

/// The sample school as it was each November, one year over the other.
fn school() -> School {
    let mut school = School::default();
    for (sequence, ago) in (1..).zip((0..YEARS).rev()) {
        let day = CivilDate::new(i32::from(YEAR.0 - ago), 11, 22).unwrap();
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(1)),
                sequence,
            },
            author: String::new(),
            at: Moment(0),
            action: Action::SampleSchool,
            reason: None,
        };
        let step = school.step(&sample::draft(1, day), info).unwrap();
        school.apply(&step);
    }
    school
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let school = school();
    let policy = Policy::new(
        PolicyPack::by_key(sample::PACK).unwrap(),
        &ScaleSet::shipped(),
    )
    .unwrap();
    let mut grades = Grades::default();
    grades.keep_up(&school, &policy);
    let (pupils, subjects): (Vec<Pupil>, Vec<Subject>) = (pupils(&school, YEAR), subjects(&school));
    let (classes, events) = (classes(&school, YEAR), events(&school, YEAR));
    let cells: usize = school.columns().map(|(_, held)| held.codes().count()).sum();
    println!(
        "{} pupils, {} subjects, {} events, {} columns, {cells} cells",
        pupils.len(),
        subjects.len(),
        events.len(),
        school.columns().count(),
    );
    let mut slowest = Duration::ZERO;
    for subject in &subjects {
        let own = std::slice::from_ref(subject);
        let (mut judging, mut whole, mut size) = (Vec::new(), Vec::new(), (0, 0));
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let judged: Vec<_> = events
                .iter()
                .map(|event| {
                    let standing = Standing::of(&school, &policy, &grades, event, own, &pupils);
                    (event, standing)
                })
                .collect();
            judging.push(begun.elapsed());
            let file = master(&school, &policy, YEAR, subject, &pupils, &classes, &judged);
            whole.push(begun.elapsed());
            size = (file.rows.len(), file.columns.len());
            black_box(&file);
        }
        let (judging, whole) = (median(judging), median(whole));
        println!(
            "{:>24}: {:>4} rows, {:>2} columns: {:>6.1} ms, judging {:.1} ms of it",
            subject.name,
            size.0,
            size.1,
            whole.as_secs_f64() * 1e3,
            judging.as_secs_f64() * 1e3,
        );
        slowest = slowest.max(whole);
    }
    println!("slowest: {:.1} ms", slowest.as_secs_f64() * 1e3);
    if slowest > LIMIT {
        println!("too slow: it may take {} ms", LIMIT.as_millis());
        std::process::exit(1);
    }
}
