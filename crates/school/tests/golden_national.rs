//! Every row of the worked cases of open benchmarks and value added, and what must hold of each pupil benchmark on its
//! own cohort.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod shipped;

use flightpath_school::model::scale::ScaleSet;
use flightpath_school::national::{
    Attainment8, AttainmentEstimates, BetweenSchools, Entry, EntryKind, Exact, FEWEST_RESULTS,
    GcseSize, NoBenchmark, Outcomes, Start, Step, average_gcse_points,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn gcse() -> Outcomes {
    Outcomes::from_json(include_str!("../figures/gcse-2024.json")).unwrap()
}

fn combined_science() -> Outcomes {
    Outcomes::from_json(include_str!("../figures/combined-science-2024.json")).unwrap()
}

fn a_level() -> Outcomes {
    Outcomes::from_json(include_str!("../figures/a-level-2025.json")).unwrap()
}

fn as_level() -> Outcomes {
    Outcomes::from_json(include_str!("../figures/as-level-2025.json")).unwrap()
}

fn between() -> BetweenSchools {
    BetweenSchools::from_json(include_str!("../figures/between-schools-2019.json")).unwrap()
}

fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// A decimal of up to four places, without going through a floating-point number.
fn ten_thousandths(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let rest: i64 = format!("{rest:0<4}").parse().unwrap();
    whole.parse::<i64>().unwrap() * 10_000 + sign * rest
}

fn start(text: &str) -> Start {
    Start::from_ten_thousandths(ten_thousandths(text))
}

fn four_places(number: Exact) -> String {
    format!("{:.4}", number.as_number())
}

const NEXT: &str = "next method";

#[derive(Debug, Deserialize)]
struct PupilCase {
    qualification: String,
    subject: String,
    prior_from: String,
    top_percent: u8,
    target: String,
}

#[test]
fn pupil_benchmarks() {
    let (gcse, a_level) = (gcse(), a_level());
    let cases: Vec<PupilCase> = rows(include_str!("golden/benchmarks.csv"));
    assert!(cases.len() > 100);
    for case in cases {
        let outcomes = match case.qualification.as_str() {
            "GCSE" => &gcse,
            "A level" => &a_level,
            other => panic!("{other}"),
        };
        let distribution = outcomes.distribution(&case.subject, start(&case.prior_from));
        let target = match distribution {
            Ok(found) => found.grades[found.top(case.top_percent)].as_str(),
            Err(NoBenchmark::TooFew { results }) => {
                assert!(results < FEWEST_RESULTS);
                NEXT
            }
            Err(other) => panic!("{other:?}: {case:?}"),
        };
        assert_eq!(target, case.target, "{case:?}");
    }
}

#[derive(Debug, Deserialize)]
struct SchoolCase {
    subject: String,
    ks2_mean: String,
    top_percent_of_schools: u8,
    expected_points: String,
    target_fine: String,
    target_whole: String,
}

#[test]
fn school_benchmarks() {
    let (gcse, between, scales) = (gcse(), between(), ScaleSet::shipped());
    let label = |scale: &str, position| {
        let scale = scales.get(scale).unwrap();
        let grade = scale.at_or_under(position).unwrap();
        assert_eq!(grade.lowest(), position, "there is such a grade");
        scale.label(grade)
    };
    let cases: Vec<SchoolCase> = rows(include_str!("golden/school_benchmarks.csv"));
    assert!(cases.len() > 100);
    for case in cases {
        let start = start(&case.ks2_mean);
        let percent = case.top_percent_of_schools;
        let found = gcse.school_benchmark(&between, &case.subject, start, percent);
        match found {
            Ok(found) => {
                assert_eq!(
                    four_places(found.expected),
                    case.expected_points,
                    "{case:?}"
                );
                let fine = label("gcse-9-1-fine", found.position(Step::Third));
                let whole = label("gcse-9-1", found.position(Step::Whole));
                assert_eq!((fine, whole), (case.target_fine, case.target_whole));
            }
            Err(_) => assert_eq!(case.target_fine, NEXT, "{found:?}"),
        }
    }
}

#[derive(Debug, Deserialize)]
struct ALevelCase {
    subject: String,
    average_gcse: String,
    top_percent_of_schools: u8,
    expected_points: String,
    target: String,
}

#[test]
fn a_level_school_benchmarks() {
    let (a_level, between) = (a_level(), between());
    let cases: Vec<ALevelCase> = rows(include_str!("golden/a_level_school_benchmarks.csv"));
    assert!(cases.len() > 40);
    for case in cases {
        let start = start(&case.average_gcse);
        let percent = case.top_percent_of_schools;
        match a_level.school_benchmark(&between, &case.subject, start, percent) {
            Ok(found) => {
                let points = a_level.expected_points(&case.subject, start).unwrap();
                let points = format!("{:.3}", points.as_number());
                assert_eq!(points, case.expected_points, "{case:?}");
                let place = found.position(Step::Whole).as_grades();
                let grade = a_level.grades.iter().zip(0_u8..);
                let mut grade = grade.filter(|(_, at)| (f64::from(*at) - place).abs() < 0.1);
                assert_eq!(grade.next().unwrap().0, &case.target, "{case:?}");
            }
            Err(_) => assert_eq!(case.target, NEXT, "{case:?}"),
        }
    }
}

#[test]
fn combined_science_reads_to_pairs_and_as_levels_have_no_schools() {
    let (science, between, scales) = (combined_science(), between(), ScaleSet::shipped());
    let scale = scales.get("combined-science").unwrap();
    let mut last = None;
    for half in 160..=240 {
        let start = Start::from_hundredths(half * 50);
        let found = science
            .school_benchmark(&between, "Combined Science", start, 20)
            .unwrap();
        let position = found.position(Step::Half);
        assert_eq!(scale.at_or_under(position).unwrap().lowest(), position);
        assert!(last <= Some(position), "a better start never gives less");
        last = Some(position);
    }
    assert_eq!(
        as_level().school_benchmark(&between, "Mathematics", Start::from_hundredths(600), 20),
        Err(NoBenchmark::NoUplift)
    );
}

/// At least p % of a band reach the target, and fewer than p % reach the next grade.
#[test]
fn each_pupil_benchmark_holds_on_its_own_cohort() {
    let mut checked = 0;
    for outcomes in [gcse(), combined_science(), a_level(), as_level()] {
        for subject in outcomes.subjects() {
            for band in outcomes.bands(subject).unwrap() {
                if band.results() < FEWEST_RESULTS {
                    continue;
                }
                for percent in 1..=100_u8 {
                    let place = band.top(percent);
                    let enough = u64::from(percent) * u64::from(band.results());
                    assert!(u64::from(band.reaching(place)) * 100 >= enough);
                    assert!(
                        place + 1 == band.grades.len()
                            || u64::from(band.reaching(place + 1)) * 100 < enough
                    );
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 50_000, "{checked}");
}

#[derive(Debug, Deserialize)]
struct ValueAddedCase {
    case: String,
    ks2_reading: u8,
    ks2_maths: u8,
    entries: String,
    english_doubled: String,
    maths_doubled: String,
    ebacc_three: String,
    open_three: String,
    attainment8: String,
    progress8: String,
    english_element: String,
    maths_element: String,
    ebacc_element: String,
    open_element: String,
}

fn exact(text: &str) -> Exact {
    Exact::ten_thousandths(ten_thousandths(text))
}

fn entries_of(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for one in text.split(';') {
        let (subject, grade) = one.trim().rsplit_once(' ').unwrap();
        let kind = match subject {
            "English Language" => EntryKind::EnglishLanguage,
            "English Literature" => EntryKind::EnglishLiterature,
            "Maths" => EntryKind::Maths,
            "Combined Science" | "History" | "French" => EntryKind::EBacc,
            _ => EntryKind::Open,
        };
        match grade.split_once('-') {
            Some((first, second)) => {
                let both = (exact(first) + exact(second)).over(2);
                entries.extend([Entry { kind, points: both }; 2]);
            }
            None => entries.push(Entry {
                kind,
                points: exact(grade),
            }),
        }
    }
    entries
}

#[test]
fn attainment_8_and_progress_8() {
    let figures = include_str!("../figures/attainment8-2024.json");
    let estimates = AttainmentEstimates::from_json(figures).unwrap();
    let cases: Vec<ValueAddedCase> = rows(include_str!("golden/value_added.csv"));
    assert!(cases.len() > 2);
    for case in cases {
        let stated = Attainment8 {
            english: exact(&case.english_doubled),
            maths: exact(&case.maths_doubled),
            ebacc: exact(&case.ebacc_three),
            open: exact(&case.open_three),
        };
        if !case.entries.is_empty() {
            assert_eq!(
                Attainment8::of(&entries_of(&case.entries)),
                stated,
                "{}",
                case.case
            );
        }
        assert_eq!(stated.total(), exact(&case.attainment8));
        let start = Start::ks2_mean(case.ks2_reading, case.ks2_maths);
        let progress = estimates.progress8(start, &stated).unwrap();
        for (found, wanted) in [
            (progress.progress8, &case.progress8),
            (progress.english, &case.english_element),
            (progress.maths, &case.maths_element),
            (progress.ebacc, &case.ebacc_element),
            (progress.open, &case.open_element),
        ] {
            assert_eq!(
                Start::from_exact(found),
                self::start(wanted),
                "{}",
                case.case
            );
        }
        assert!(estimates.ebacc(start).unwrap().science > Exact::ZERO);
    }
    assert_eq!(estimates.estimate(Start::from_hundredths(12_050)), None);
}

#[test]
fn the_average_gcse_counts_the_double_award_twice_and_a_short_course_half() {
    let full = |points: i64| (GcseSize::Full, Exact::whole(points));
    assert_eq!(average_gcse_points(&[full(9), full(9)]), None);
    let three = average_gcse_points(&[full(5), full(6), full(8)]).unwrap();
    assert_eq!(Some(three), Exact::new(19, 3));
    let science = (GcseSize::Double, Exact::new(11, 2).unwrap());
    let short = (GcseSize::Short, Exact::whole(4));
    // (2 × 5.5 + 7 + 4 / 2) / 3.5
    assert_eq!(
        average_gcse_points(&[science, full(7), short]),
        Exact::new(40, 7)
    );
}

#[test]
fn a_level_value_added_is_what_lies_above_the_expected_points() {
    let a_level = a_level();
    let start = Start::from_hundredths(490);
    let expected = a_level.expected("Mathematics", start).unwrap();
    let reached = Exact::whole(4);
    assert_eq!(four_places(reached - expected), "1.9792");
    assert!(a_level.standard_deviation("Mathematics").unwrap() > Exact::ZERO);
}

#[test]
fn subjects_are_found_by_the_names_that_schools_use() {
    let figures = shipped::figures();
    let of = |scale: &str, subject: &str, start: Start| {
        let (publication, _) = figures.for_scale(scale).unwrap();
        publication
            .chances(subject, start)
            .map(|found| found.results())
    };
    let ks2 = Start::ks2_mean(104, 105);
    let average = Start::from_hundredths(640);
    for (scale, start, as_schools_write, published) in [
        ("gcse-9-1", ks2, "maths ", "Mathematics"),
        ("gcse-9-1-fine", ks2, "MATHEMATICS", "Mathematics"),
        ("gcse-9-1", ks2, "PE", "Physical Education"),
        ("gcse-9-1", ks2, "RS", "Religious Studies"),
        ("gcse-9-1", ks2, "Geog", "Geography"),
        ("combined-science", ks2, "Trilogy", "Science"),
        ("a-level", average, "further maths", "Mathematics (Further)"),
    ] {
        let found = of(scale, published, start);
        assert!(found.is_ok(), "{published}");
        assert_eq!(
            of(scale, as_schools_write, start),
            found,
            "{as_schools_write}"
        );
    }
    assert_eq!(
        of("gcse-9-1", "Woodwork", ks2),
        Err(NoBenchmark::UnknownSubject)
    );
    assert!(figures.for_scale("baf").is_none());
}

#[test]
fn figures_that_do_not_fit_are_refused() {
    let text = include_str!("../figures/gcse-2024.json");
    assert!(Outcomes::from_json(&text.replacen("\"format\": 1", "\"format\": 2", 1)).is_err());
    assert!(Outcomes::from_json(&text.replacen("[[0,2,0,0,", "[[0,2,0,", 1)).is_err());
    assert!(Outcomes::from_json("{}").is_err());
}

/// Reads the published tables where they stand beside the project, if they do.
#[test]
fn the_figures_are_those_that_were_published() {
    let published = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/reference/national"
    );
    let table = |name: &str| std::fs::read(format!("{published}/{name}")).ok();
    for (outcomes, name) in [
        (gcse(), "gcse_outcomes_by_ks2_2024.csv"),
        (
            combined_science(),
            "combined_science_outcomes_by_ks2_2024.csv",
        ),
        (a_level(), "a_level_outcomes_by_average_gcse_2025.csv"),
        (as_level(), "as_level_outcomes_by_average_gcse_2025.csv"),
    ] {
        let Some(table) = table(name) else { continue };
        let mut reader = csv::Reader::from_reader(table.as_slice());
        let heads = reader.headers().unwrap().clone();
        let grades: Vec<usize> = (0..heads.len())
            .filter(|at| heads[*at].starts_with("grade_"))
            .collect();
        let (mut bands, mut results) = (0, 0);
        for row in reader.records() {
            let row = row.unwrap();
            let from = start(&row[1]);
            let band = outcomes
                .bands(&row[0])
                .unwrap()
                .find(|band| band.from == from)
                .unwrap();
            let counts: Vec<u32> = grades.iter().map(|at| row[*at].parse().unwrap()).collect();
            assert_eq!(band.counts, counts, "{name}: {} from {}", &row[0], &row[1]);
            bands += 1;
            results += band.results();
        }
        let all = outcomes
            .subjects()
            .flat_map(|subject| outcomes.bands(subject).unwrap());
        assert_eq!(
            all.map(|band| band.results()).sum::<u32>(),
            results,
            "{name}: nothing beside them"
        );
        assert!(bands > 10);
    }
}
