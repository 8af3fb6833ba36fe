//! The transition matrices of 16 to 18, which count students by subject, average GCSE points and grade: a row for each
//! qualification, subject, size, band of points and grade that somebody got.
//!
//! Source of the layout: the Department's own program that writes the file, `background_scripts/data_processing.R` of
//! its public repository `ks5-transition-matrices`. A and AS levels are read and the other qualifications passed over.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use flightpath_school::national::{OutcomesDocument, Qualification};

use super::{Band, Columns, Counts, Published, PublishedProblem, count_of, filled};
use crate::table::{RowRef, Table};

/// The column by which the file is known.
pub(super) const BAND: &str = "prior_attainment_band";

/// A qualification that is read. Another size of it, such as a double award, is another qualification.
struct Level {
    qualification: Qualification,
    scale: &'static str,
    /// The Department's number of it.
    code: &'static str,
    name: &'static str,
    /// In A levels, in hundredths.
    size: i64,
    /// Worst first.
    grades: &'static [&'static str],
}

const LEVELS: [Level; 2] = [
    Level {
        qualification: Qualification::ALevel,
        scale: "a-level",
        code: "111",
        name: "GCE A level",
        size: 100,
        grades: &["U", "E", "D", "C", "B", "A", "A*"],
    },
    // Code 699, “GCE AS level (All)”, also counts students who went on to the A level: it is passed over.
    Level {
        qualification: Qualification::AsLevel,
        scale: "as-level",
        code: "121",
        name: "GCE AS level",
        size: 50,
        grades: &["U", "E", "D", "C", "B", "A"],
    },
];

/// Where things stand in a row.
struct Places {
    /// The code of the qualification or, where the file has none, its name.
    qualification: Named,
    subject: usize,
    size: usize,
    band: usize,
    grade: usize,
    count: usize,
    /// What tells rows of one subject apart: it may have several codes and structures of grades.
    apart: [Option<usize>; 2],
}

enum Named {
    Code(usize),
    Name(usize),
}

/// The results of a subject and band.
#[derive(Default)]
struct Results {
    counts: Vec<u32>,
    /// Whether one of the counts is not available.
    is_hidden: bool,
}

/// What was read of a qualification.
#[derive(Default)]
struct Read {
    results: BTreeMap<(String, Band), Results>,
    /// Subject and what tells it apart, band and place of the grade, of each row.
    rows: BTreeSet<(String, [String; 2], Band, usize)>,
}

/// Reads the file of this name.
pub(super) fn read(table: &Table, file: &str) -> Published {
    let mut published = Published::default();
    let places = match Places::of(&Columns::of(table)) {
        Ok(places) => places,
        Err(missing) => {
            published.problems = missing
                .into_iter()
                .map(PublishedProblem::NoColumn)
                .collect();
            return published;
        }
    };
    let mut levels: [Read; LEVELS.len()] = Default::default();
    for row in table.rows() {
        let read = LEVELS.iter().zip(&mut levels);
        let mut is_this = read.filter(|(level, _)| places.is_of(row, level));
        if let Some((level, read)) = is_this.next() {
            let taken = taken_in(table, row, &places, level, read);
            published.problems.extend(taken.err());
        }
    }
    if published.problems.is_empty() && levels.iter().all(|read| read.results.is_empty()) {
        published.problems.push(PublishedProblem::NoALevels);
    }
    let Some((year, version)) = year_of(file) else {
        let file = file.to_owned();
        published
            .problems
            .insert(0, PublishedProblem::NoYearInName { file });
        return published;
    };
    for (level, read) in LEVELS.iter().zip(levels) {
        if read.results.is_empty() {
            continue;
        }
        let grades = level.grades.iter().map(|grade| (*grade).to_owned());
        let document = OutcomesDocument::without_results(
            level.qualification,
            level.scale,
            grades.collect(),
            year,
            format!("16 to 18 transition matrices, {version}"),
        );
        published.documents.push(filled(document, read.counts()));
    }
    published
}

impl Places {
    /// Or the columns that are missing.
    fn of(columns: &Columns<'_>) -> Result<Places, Vec<&'static str>> {
        let mut missing = Vec::new();
        let mut place = |name: &'static str| {
            let found = columns.find(&[name]);
            found.unwrap_or_else(|| {
                missing.push(name);
                0
            })
        };
        let named = columns.find(&["qualification_code"]).map(Named::Code);
        let places = Places {
            qualification: match (named, columns.find(&["qualification_name"])) {
                (Some(code), _) => code,
                (None, Some(name)) => Named::Name(name),
                (None, None) => Named::Code(place("qualification_code")),
            },
            subject: place("subject_name"),
            size: place("size"),
            band: place(BAND),
            grade: place("grade"),
            count: place("count"),
            apart: [
                columns.find(&["subject_code"]),
                columns.find(&["grade_structure"]),
            ],
        };
        if missing.is_empty() {
            Ok(places)
        } else {
            Err(missing)
        }
    }

    fn is_of(&self, row: RowRef<'_>, level: &Level) -> bool {
        let is_named = match self.qualification {
            Named::Code(place) => row.cell(place) == level.code,
            Named::Name(place) => row.cell(place).eq_ignore_ascii_case(level.name),
        };
        is_named && size(row.cell(self.size)) == Some(level.size)
    }
}

impl Read {
    fn counts(self) -> Counts {
        let known = |results: Results| {
            if results.is_hidden {
                Vec::new()
            } else {
                results.counts
            }
        };
        let results = self.results.into_iter();
        results.map(|(key, one)| (key, known(one))).collect()
    }
}

/// Takes a row of a qualification in.
fn taken_in(
    table: &Table,
    row: RowRef<'_>,
    places: &Places,
    level: &Level,
    read: &mut Read,
) -> Result<(), PublishedProblem> {
    let Some(band) = band_of(row, places.band)? else {
        return Ok(());
    };
    let grade = match row.cell(places.grade) {
        // What the Department's program writes as U.
        "Fail" => "U",
        grade => grade,
    };
    // No result, or one that is none.
    let Some(place) = level.grades.iter().position(|one| *one == grade) else {
        return Ok(());
    };
    let count = count_of(table, row, places.count)?;
    let subject = row.cell(places.subject).to_owned();
    let apart = places
        .apart
        .map(|place| place.map_or_else(String::new, |place| row.cell(place).to_owned()));
    if !read.rows.insert((subject.clone(), apart, band, place)) {
        return Err(PublishedProblem::GradeTwice {
            line: row.line(),
            subject,
            band: row.cell(places.band).to_owned(),
            grade: grade.to_owned(),
        });
    }
    let results = match read.results.entry((subject, band)) {
        Entry::Occupied(entry) => entry.into_mut(),
        Entry::Vacant(free) => free.insert(Results {
            counts: vec![0; level.grades.len()],
            is_hidden: false,
        }),
    };
    let Some(count) = count else {
        results.is_hidden = true;
        return Ok(());
    };
    if let Some(sum) = results.counts.get_mut(place) {
        // The figures know a subject by its name: what it has under several codes is one.
        *sum = sum.saturating_add(count);
    }
    Ok(())
}

/// `<1`, `4-<5` and `9>=`, in hundredths; sums and students without an average are no band.
fn band_of(row: RowRef<'_>, place: usize) -> Result<Option<Band>, PublishedProblem> {
    let cell = row.cell(place);
    let small = cell.to_lowercase();
    if small == "all" || small == "unknown prior" {
        return Ok(None);
    }
    let point = |text: &str| text.trim().parse::<u8>().ok().map(i64::from);
    let from = match small.split_once("-<") {
        Some((from, to)) => point(from).filter(|from| point(to) == Some(from + 1)),
        None if small == "<1" => Some(0),
        None if small == "9>=" || small == ">=9" => Some(9),
        None => None,
    };
    let band = from.filter(|from| *from < 10);
    band.map(|from| Some((from * 100, from * 100 + 100)))
        .ok_or_else(|| PublishedProblem::UnknownBand {
            line: row.line(),
            entered: cell.to_owned(),
        })
}

/// A size such as `1`, `1.0` or `0.5`, in hundredths.
fn size(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = match part.trim_end_matches('0') {
        "" => 0,
        "5" => 50,
        _ => return None,
    };
    whole
        .parse::<u8>()
        .ok()
        .map(|whole| i64::from(whole) * 100 + part)
}

/// The year and what is published then, from a name such as `tm_numbers_percentages_2025A.csv`; nothing where it says
/// none or several.
fn year_of(file: &str) -> Option<(u16, &'static str)> {
    let words = file.split(|sign: char| !sign.is_ascii_alphanumeric());
    let found: BTreeSet<(u16, &str)> = words
        .filter_map(|word| {
            let (year, version) = word.split_at_checked(4)?;
            let version = match version {
                "A" | "a" => "amended",
                "U" | "u" => "unamended",
                _ => return None,
            };
            let year = year
                .parse()
                .ok()
                .filter(|year| (2000..2100).contains(year))?;
            Some((year, version))
        })
        .collect();
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}
