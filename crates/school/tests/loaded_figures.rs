//! A school that loads national figures of another year goes by them, and can go back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod policies;
mod shipped;

use flightpath_school::engine::targets::{
    ScoreEntry, TargetInputs, TargetReason, TargetSource, WhyNot, propose,
};
use flightpath_school::journal::{Action, Draft, School, StepInfo};
use flightpath_school::model::scale::Grade;
use flightpath_school::model::{Dot, Id, Moment, ReplicaId};
use flightpath_school::national::{Figures, FiguresError, NoBenchmark, OutcomesDocument, Start};
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

fn in_use(school: &School) -> Figures {
    shipped::figures().with(
        loaded_figures(school)
            .into_iter()
            .filter(|loaded| loaded.in_use)
            .map(|loaded| loaded.outcomes),
    )
}

fn year_in_use(school: &School) -> u16 {
    let figures = in_use(school);
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

/// A levels of 2026 as the published file gives them: without value added. Maths went better than in the year that
/// ships, and there is a new subject.
fn a_levels_of_2026() -> OutcomesDocument {
    let text = include_str!("../figures/a-level-2025.json");
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    let fields = document.as_object_mut().unwrap();
    fields.remove("expected_in_ten_thousandths");
    fields.insert("year".to_owned(), 2026.into());
    let mut document: OutcomesDocument = serde_json::from_value(document).unwrap();
    let everyone_at_the_top = |counts: &mut Vec<u32>| {
        if let Some((top, others)) = counts.split_last_mut() {
            *top += others.iter().sum::<u32>();
            others.fill(0);
        }
    };
    let mut maths = document.subjects["Mathematics"].clone();
    maths.iter_mut().for_each(everyone_at_the_top);
    for subject in ["Mathematics", "Woodwork"] {
        document.subjects.insert(subject.to_owned(), maths.clone());
    }
    document
}

/// What is proposed in year 12 for a pupil with 6.1 GCSE points on average.
fn proposal(school: &School, subject: &str) -> (Option<Grade>, TargetReason) {
    let policy = policies::policy("bilingual-secondary").with_figures(Some(in_use(school)));
    let scale = policy.scales().get("a-level").unwrap().id();
    let inputs = TargetInputs {
        year_group: 12,
        subject: "subject",
        subject_name: subject,
        role: policy.pack().role_of("subject"),
        curriculum: "uk",
        scale,
        ks2_reading: ScoreEntry::Missing,
        ks2_maths: ScoreEntry::Missing,
        average_gcse: Some(Start::from_hundredths(610)),
        average_gcse_eight_point: None,
        cat_predicted_gcse: None,
        benchmarks: &[],
        eyfs_outcome: None,
        key_stage_1: None,
        last_year: None,
    };
    let proposal = propose(&policy, &inputs);
    (proposal.grade.map(|grade| grade.grade), proposal.reason)
}

#[test]
fn a_levels_of_a_newer_year_give_pupil_benchmarks_and_the_value_added_stays() {
    let mut school = School::default();
    let before = proposal(&school, "Maths");
    let best = Some(policies::grade("a-level", "A*"));
    let mut draft = Draft::default();
    let id = load_figures(&mut draft, &school, &a_levels_of_2026()).unwrap();
    done(&mut school, &draft, 1);

    // Schools: what pupils reach on average is still that of 2025, and says so.
    let maths = proposal(&school, "Maths");
    assert_eq!(maths, before);
    let reason = maths.1;
    let Some((_, TargetSource::Schools { source, .. })) = reason.decided else {
        panic!()
    };
    assert_eq!(source.year, 2025);

    // Pupils: a subject that the value added does not know goes on to them, in the newer year.
    let (grade, reason) = proposal(&school, "woodwork");
    assert_eq!(grade, best);
    assert!(
        reason
            .passed_over
            .iter()
            .any(|(_, why)| *why == WhyNot::NoBenchmark(NoBenchmark::NoValueAdded)),
        "{reason:?}"
    );
    let Some((_, TargetSource::Pupils { chances, .. })) = reason.decided else {
        panic!()
    };
    assert_eq!(chances.source.year, 2026);
    assert_eq!(chances.reaching(6), chances.results());
    assert_eq!(
        (chances.from, chances.to),
        (Start::from_hundredths(600), Start::from_hundredths(700))
    );

    // AS levels are another publication, and the year that ships can be chosen again.
    let figures = in_use(&school);
    let (as_levels, _) = figures.for_scale("as-level").unwrap();
    assert_eq!(as_levels.outcomes.source().year, 2025);
    let mut draft = Draft::default();
    choose_figures(&mut draft, &school, "a-level", None);
    done(&mut school, &draft, 2);
    assert_eq!(proposal(&school, "Maths"), before);
    assert_eq!(proposal(&school, "woodwork").0, None);
    let mut draft = Draft::default();
    choose_figures(&mut draft, &school, "a-level", Some(id));
    done(&mut school, &draft, 3);
    assert_eq!(proposal(&school, "woodwork").0, best);
}
