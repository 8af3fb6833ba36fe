//! The transition matrices of key stage 4, which count pupils by GCSE subject, KS2 score and grade: a row for each
//! subject, score band and breakdown of the pupils, a column for each grade.
//!
//! The order of the columns and some of their names change from year to year.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use flightpath_school::national::{OutcomesDocument, Qualification};

use super::{Band, Columns, Counts, Published, PublishedProblem, count_of, filled};
use crate::table::{RowRef, Table};

/// The column by which the file is known.
pub(super) const BAND: &str = "ks2_scaled_score_group";

/// Names that a column has had.
const YEAR: &[&str] = &["time_period"];
const SUBJECT: &[&str] = &["subject", "subjects"];
/// Columns that must hold the whole, where they are there.
const WHOLES: &[(&[&str], &[&str])] = &[
    (&["geographic_level"], &["national"]),
    (
        &["breakdown_topic", "characteristic_type"],
        &["total", "all pupils"],
    ),
    (
        &["breakdown", "characteristic_value"],
        &["total", "all pupils"],
    ),
    (&["sex", "gender"], &["total", "all pupils"]),
];

/// The grades of GCSEs by the column that counts them.
const GCSE: [(&str, &str); 10] = [
    ("num_u", "U"),
    ("num_1", "1"),
    ("num_2", "2"),
    ("num_3", "3"),
    ("num_4", "4"),
    ("num_5", "5"),
    ("num_6", "6"),
    ("num_7", "7"),
    ("num_8", "8"),
    ("num_9", "9"),
];
/// The grades of the double award.
const COMBINED: [(&str, &str); 18] = [
    ("num_uu", "U"),
    ("num_11", "1-1"),
    ("num_21", "2-1"),
    ("num_22", "2-2"),
    ("num_32", "3-2"),
    ("num_33", "3-3"),
    ("num_43", "4-3"),
    ("num_44", "4-4"),
    ("num_54", "5-4"),
    ("num_55", "5-5"),
    ("num_65", "6-5"),
    ("num_66", "6-6"),
    ("num_76", "7-6"),
    ("num_77", "7-7"),
    ("num_87", "8-7"),
    ("num_88", "8-8"),
    ("num_98", "9-8"),
    ("num_99", "9-9"),
];

/// What a year is called and counts: the GCSEs and the double award.
type Years = BTreeMap<u16, (String, [Counts; 2])>;

/// Where things stand in a row.
struct Places {
    year: usize,
    subject: usize,
    band: usize,
    version: Option<usize>,
    /// The counts of the GCSEs and of the double award, where the file has them.
    grades: [Option<Vec<usize>>; 2],
}

/// Reads a file of transition matrices of key stage 4.
pub(super) fn read(table: &Table) -> Published {
    let columns = Columns::of(table);
    let mut published = Published::default();
    let wanted = [("time_period", YEAR), ("subject", SUBJECT), (BAND, &[BAND])];
    let found = wanted.map(|(name, names)| columns.find(names).ok_or(name));
    let [Ok(year), Ok(subject), Ok(band)] = found else {
        let missing = found.into_iter().filter_map(Result::err);
        published.problems = missing.map(PublishedProblem::NoColumn).collect();
        return published;
    };
    let places = Places {
        year,
        subject,
        band,
        version: columns.find(&["version"]),
        grades: [columns.all(&GCSE), columns.all(&COMBINED)],
    };
    if places.grades.iter().all(Option::is_none) {
        published.problems.push(PublishedProblem::NoColumn("num_1"));
        return published;
    }
    let wholes: Vec<(usize, &[&str])> = WHOLES
        .iter()
        .filter_map(|(names, whole)| Some((columns.find(names)?, *whole)))
        .collect();
    let mut years = Years::new();
    for row in table.rows() {
        let is_whole = |(place, whole): &(usize, &[&str])| {
            let cell = row.cell(*place);
            whole.iter().any(|one| cell.eq_ignore_ascii_case(one))
        };
        if !wholes.iter().all(is_whole) {
            continue;
        }
        let taken = taken_in(table, row, &places, &mut years);
        published.problems.extend(taken.err());
    }
    for (year, (version, [gcse, combined])) in years {
        let title = match version.as_str() {
            "" => "key stage 4 transition matrices".to_owned(),
            version => format!("key stage 4 transition matrices, {version}"),
        };
        let make = |qualification, scale, grades: &[(&str, &str)], counts: Counts| {
            let grades = grades
                .iter()
                .map(|(_, grade)| (*grade).to_owned())
                .collect();
            let document = OutcomesDocument::without_results(
                qualification,
                scale,
                grades,
                year,
                title.clone(),
            );
            (!counts.is_empty()).then(|| filled(document, counts))
        };
        published
            .documents
            .extend(make(Qualification::Gcse, "gcse-9-1", &GCSE, gcse));
        published.documents.extend(make(
            Qualification::CombinedScience,
            "combined-science",
            &COMBINED,
            combined,
        ));
    }
    if published.documents.is_empty() && published.problems.is_empty() {
        published.problems.push(PublishedProblem::NoRows);
    }
    published
}

/// Takes a row of the whole into its year.
fn taken_in(
    table: &Table,
    row: RowRef<'_>,
    places: &Places,
    years: &mut Years,
) -> Result<(), PublishedProblem> {
    let Some(band) = band_of(row, places.band)? else {
        return Ok(());
    };
    let (version, counts) = years.entry(year_of(row, places.year)?).or_default();
    if let Some(place) = places.version {
        *version = row.cell(place).to_lowercase();
    }
    for (counts, grades) in counts.iter_mut().zip(&places.grades) {
        let Some(grades) = grades else { continue };
        let Found::Counts(found) = counts_of(table, row, grades)? else {
            continue;
        };
        let subject = row.cell(places.subject).to_owned();
        let Entry::Vacant(free) = counts.entry((subject, band)) else {
            return Err(PublishedProblem::Twice {
                line: row.line(),
                subject: row.cell(places.subject).to_owned(),
            });
        };
        free.insert(found);
    }
    Ok(())
}

/// What a row counts of one qualification.
enum Found {
    /// Nothing: its subject is of another one.
    NotHere,
    /// The counts by grade; none where one of them is not available.
    Counts(Vec<u32>),
}

fn counts_of(table: &Table, row: RowRef<'_>, places: &[usize]) -> Result<Found, PublishedProblem> {
    let mut counts = Vec::with_capacity(places.len());
    for place in places {
        counts.extend(count_of(table, row, *place)?);
    }
    Ok(match counts.len() {
        0 => Found::NotHere,
        all if all == places.len() => Found::Counts(counts),
        _ => Found::Counts(Vec::new()),
    })
}

/// `202324` and `2024` are the results of summer 2024.
fn year_of(row: RowRef<'_>, place: usize) -> Result<u16, PublishedProblem> {
    let cell = row.cell(place);
    let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    let year = match (digits, cell.len()) {
        (true, 4) => cell.parse().ok(),
        (true, 6) => cell
            .get(4..)
            .and_then(|end| end.parse::<u16>().ok())
            .map(|end| 2000 + end),
        _ => None,
    };
    year.ok_or_else(|| PublishedProblem::UnknownYear {
        line: row.line(),
        entered: cell.to_owned(),
    })
}

/// `Less than 80` is 0 to 79.5, `80 - 89.5` is that; pupils without a score and sums are no band.
fn band_of(row: RowRef<'_>, place: usize) -> Result<Option<Band>, PublishedProblem> {
    let cell = row.cell(place);
    let small = cell.to_lowercase();
    if small == "total" || small.starts_with("no ") {
        return Ok(None);
    }
    let band = match small.strip_prefix("less than ") {
        Some(end) => hundredths(end).map(|end| (0, end - 50)),
        None => small
            .split_once(['-', '–'])
            .and_then(|(from, to)| Some((hundredths(from)?, hundredths(to)?)))
            .filter(|(from, to)| from <= to),
    };
    band.map(Some).ok_or_else(|| PublishedProblem::UnknownBand {
        line: row.line(),
        entered: cell.to_owned(),
    })
}

/// A score in halves.
fn hundredths(text: &str) -> Option<i64> {
    let text = text.trim();
    match text.strip_suffix(".5") {
        Some(whole) => whole
            .parse::<u8>()
            .ok()
            .map(|whole| i64::from(whole) * 100 + 50),
        None => text.parse::<u8>().ok().map(|whole| i64::from(whole) * 100),
    }
}
