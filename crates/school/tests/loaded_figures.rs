//! A school that loads national figures of another year goes by them, and can go back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shipped;

use flightpath_school::journal::{Action, Draft, School, StepInfo};
use flightpath_school::model::{Dot, Id, Moment, ReplicaId};
use flightpath_school::national::{FiguresError, OutcomesDocument, Start};
use flightpath_school::view::{choose_figures, load_figures, loaded_figures};

fn done(school: &mut School, draft: &Draft, sequence: u64) {
    let info = StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(1)),
            sequence,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::Settings,
        reason: None,
    };
    let step = school.step(draft, info).unwrap();
    school.apply(&step);
}

fn document(year: u16) -> OutcomesDocument {
    let text = include_str!("../figures/gcse-2024.json");
    let mut document: OutcomesDocument = serde_json::from_str(text).unwrap();
    document.year = year;
    document
}

fn year_in_use(school: &School) -> u16 {
    let figures = shipped::figures().with(
        loaded_figures(school)
            .into_iter()
            .filter(|loaded| loaded.in_use)
            .map(|loaded| loaded.outcomes),
    );
    // Also on the fine scale, by any name of the subject.
    let (publication, _) = figures.for_scale("gcse-9-1-fine").unwrap();
    assert!(
        publication
            .chances("maths", Start::ks2_mean(104, 105))
            .is_ok()
    );
    publication.outcomes.source().year
}

#[test]
fn the_year_that_was_loaded_last_counts_until_another_is_chosen() {
    let mut school = School::default();
    assert_eq!(year_in_use(&school), 2024);
    let mut ids = Vec::new();
    for (year, sequence) in [(2026, 1), (2025, 2)] {
        let mut draft = Draft::default();
        ids.push(load_figures(&mut draft, &school, &document(year)).unwrap());
        done(&mut school, &draft, sequence);
        assert_eq!(year_in_use(&school), year);
    }
    let years: Vec<u16> = loaded_figures(&school)
        .iter()
        .map(|loaded| loaded.outcomes.source().year)
        .collect();
    assert_eq!(years, [2025, 2026]);
    let mut draft = Draft::default();
    choose_figures(&mut draft, &school, "gcse-9-1", Some(ids[0]));
    done(&mut school, &draft, 3);
    assert_eq!(year_in_use(&school), 2026);
    let mut draft = Draft::default();
    choose_figures(&mut draft, &school, "gcse-9-1", None);
    done(&mut school, &draft, 4);
    assert_eq!(year_in_use(&school), 2024);
    // The double award is another publication.
    let mut draft = Draft::default();
    choose_figures(&mut draft, &school, "combined-science", Some(ids[0]));
    assert!(draft.is_empty());
}

#[test]
fn figures_that_do_not_fit_together_are_not_taken() {
    let mut uneven = document(2026);
    uneven.subjects.get_mut("History").unwrap().pop();
    let mut draft = Draft::default();
    let refused = load_figures(&mut draft, &School::default(), &uneven);
    assert!(matches!(refused, Err(FiguresError::Uneven { subject }) if subject == "History"));
    assert!(draft.is_empty());
}
