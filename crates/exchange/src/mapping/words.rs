//! What the words of a header speak for.

use flightpath_school::model::Measure;

use super::vocabulary::{EVENTS, KINDS, whole};
use super::{ResultKind, Role};

/// Where the words of a text stand; signs but `%` separate.
fn places(text: &str) -> Vec<(usize, usize)> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let of_word = c.is_alphanumeric() || c == '%';
        let end = at + c.len_utf8();
        match places.last_mut() {
            Some(last) if of_word && in_word => last.1 = end,
            _ if of_word => places.push((at, end)),
            _ => {}
        }
        in_word = of_word;
    }
    places
}

/// The words of a text in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    places(text)
        .into_iter()
        .filter_map(|(from, to)| text.get(from..to))
        .map(str::to_lowercase)
        .collect()
}

/// Measures of prior attainment by their words, in any order.
fn prior(words: &[String]) -> Option<Measure> {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let teacher_or_derived = has(&[
        "ta",
        "teacher",
        "level",
        "progress",
        "stanine",
        "rank",
        "target",
        "percentile",
        "date",
        "prediction",
        "expected",
    ]);
    if has(&["ks2"]) && !teacher_or_derived {
        if has(&["gps", "spag", "grammar", "gaps"]) {
            return Some(Measure::Ks2Gps);
        }
        if has(&["read", "reading", "rd", "re"]) {
            return Some(Measure::Ks2Reading);
        }
        if has(&["ma", "mat", "math", "maths", "mathematics"]) {
            return Some(Measure::Ks2Maths);
        }
    }
    if has(&["ks2"]) && has(&["ta", "teacher"]) && !has(&["progress", "target", "date"]) {
        return ks2_teacher_assessment(words);
    }
    if has(&["phonics"]) && !teacher_or_derived {
        return Some(Measure::Phonics);
    }
    if has(&["mtc", "multiplication"]) && !teacher_or_derived {
        return Some(Measure::Multiplication);
    }
    if has(&["ks1", "eyfs", "fsp", "elg"]) {
        return early(words);
    }
    if has(&["cat", "cat4", "cats"]) && !teacher_or_derived {
        if has(&["gcse"]) {
            return Some(Measure::CatPredictedGcse);
        }
        if has(&["nv", "nvr", "nonverbal", "non"]) {
            return Some(Measure::CatNonVerbal);
        }
        if has(&["v", "vr", "verbal"]) {
            return Some(Measure::CatVerbal);
        }
        if has(&["q", "quant", "quantitative", "qr"]) {
            return Some(Measure::CatQuantitative);
        }
        if has(&["s", "sp", "spatial"]) {
            return Some(Measure::CatSpatial);
        }
        if has(&["mean", "m", "avg", "average", "overall"]) {
            return Some(Measure::CatMean);
        }
    }
    if has(&["gcse", "gcses"]) && has(&["average", "avg", "mean", "aps"]) {
        return Some(average_gcse(words));
    }
    None
}

/// Which points an average is of: those of the old scale only where the header says so.
fn average_gcse(words: &[String]) -> Measure {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let eight_points = has(&["8", "eight"]) && has(&["point", "points", "pt", "pts"]);
    let letters = has(&["a"]) && has(&["g"]);
    if eight_points || letters || has(&["8pt", "8pts", "8point", "legacy", "old"]) {
        Measure::AverageGcseEightPoint
    } else {
        Measure::AverageGcse
    }
}

/// What a teacher assessment at the end of key stage 2 is about.
fn ks2_teacher_assessment(words: &[String]) -> Option<Measure> {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    if has(&["writing", "write", "wr", "writ"]) {
        Some(Measure::Ks2WritingTa)
    } else if has(&["read", "reading", "rd", "re"]) {
        Some(Measure::Ks2ReadingTa)
    } else if has(&["ma", "mat", "math", "maths", "mathematics"]) {
        Some(Measure::Ks2MathsTa)
    } else if has(&["sci", "science"]) {
        Some(Measure::Ks2ScienceTa)
    } else {
        None
    }
}

/// Measures of the early years and of key stage 1: teacher assessments where a score is not named.
fn early(words: &[String]) -> Option<Measure> {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let is_score = has(&["score", "ss", "scaled"]);
    let early_years = has(&["eyfs", "fsp", "elg"]);
    if has(&["writing", "write", "wr"]) {
        Some(if early_years {
            Measure::EyfsWriting
        } else {
            Measure::Ks1Writing
        })
    } else if has(&["read", "reading", "rd", "re"]) {
        Some(match (early_years, is_score) {
            (true, _) => Measure::EyfsReading,
            (false, true) => Measure::Ks1ReadingScore,
            (false, false) => Measure::Ks1Reading,
        })
    } else if has(&["ma", "mat", "math", "maths", "mathematics"]) {
        Some(match (early_years, is_score) {
            (true, _) => Measure::EyfsMaths,
            (false, true) => Measure::Ks1MathsScore,
            (false, false) => Measure::Ks1Maths,
        })
    } else {
        None
    }
}

/// Where a phrase stands among words.
fn find(words: &[String], phrase: &str) -> Option<(usize, usize)> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words
        .windows(phrase.len())
        .position(|window| window.iter().map(String::as_str).eq(phrase.iter().copied()))
        .map(|start| (start, start + phrase.len()))
}

fn is_number(word: &str) -> bool {
    word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where a phrase for an event stands, with a number after it or run into it (`Autumn 2`, `AP1`).
fn find_event(words: &[String]) -> Option<(usize, usize)> {
    for phrase in EVENTS {
        if let Some((start, end)) = find(words, phrase) {
            let numbered = words.get(end).is_some_and(|word| is_number(word));
            // Short codes are events only with their number: "T 1", not "T".
            if numbered {
                return Some((start, end + 1));
            }
            if phrase.len() > 2 && !matches!(*phrase, "term" | "half term" | "data drop") {
                return Some((start, end));
            }
        }
        let run_in = words
            .iter()
            .position(|word| word.strip_prefix(phrase).is_some_and(is_number));
        if let Some(start) = run_in {
            return Some((start, start + 1));
        }
    }
    None
}

/// The kind of result that a text names by itself, such as a cell of a kind column.
pub fn result_kind(text: &str) -> Option<ResultKind> {
    let words = words(text);
    KINDS
        .iter()
        .find(|(phrase, _)| find(&words, phrase).is_some())
        .map(|(_, kind)| *kind)
}

/// The words of a header as they are written, signs between them kept, without those cut out.
fn rest(header: &str, cuts: &[(usize, usize)]) -> Option<String> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut goes_on = false;
    for (index, (from, to)) in places(header).into_iter().enumerate() {
        if cuts
            .iter()
            .any(|(first, after)| (*first..*after).contains(&index))
        {
            goes_on = false;
            continue;
        }
        // A bracket that closes right after the word belongs to it.
        let bracket = header.get(to..).is_some_and(|after| after.starts_with(')'));
        let to = if bracket { to + 1 } else { to };
        match runs.last_mut() {
            Some(last) if goes_on => last.1 = to,
            _ => runs.push((from, to)),
        }
        goes_on = true;
    }
    let texts: Vec<&str> = runs
        .into_iter()
        .filter_map(|(from, to)| header.get(from..to))
        .map(|text| {
            if text.contains('(') {
                text
            } else {
                text.trim_end_matches(')')
            }
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// What a header's words speak for, and its rank among headers of the same role. `is_subject`
/// knows the school's subjects and the usual ones by name.
pub(super) fn read(header: &str, is_subject: impl Fn(&str) -> bool) -> Option<(Role, u8)> {
    let words = words(header);
    if words.is_empty() {
        return None;
    }
    if let Some(found) = whole(&words.join(" ")) {
        return Some(found);
    }
    if let Some(measure) = prior(&words) {
        return Some((Role::Prior(measure), 0));
    }
    let event = find_event(&words);
    let event_name = event.and_then(|(from, to)| {
        let others = [(0, from), (to, usize::MAX)];
        rest(header, &others)
    });
    let kind = KINDS
        .iter()
        .find_map(|(phrase, kind)| find(&words, phrase).map(|place| (place, *kind)));
    if let Some((place, kind)) = kind {
        let cuts: Vec<(usize, usize)> = core::iter::once(place).chain(event).collect();
        return Some((
            Role::Result {
                subject: rest(header, &cuts),
                kind,
                event: event_name.filter(|_| kind.has_event()),
            },
            0,
        ));
    }
    for (word, class) in [("class", true), ("set", true), ("teacher", false)] {
        if let Some(place) = find(&words, word) {
            let subject = rest(header, &[place]).filter(|name| is_subject(name));
            if subject.is_some() {
                let role = if class {
                    Role::Class { subject }
                } else {
                    Role::Teacher { subject }
                };
                return Some((role, 0));
            }
        }
    }
    if let [word] = words.as_slice() {
        // Period grades as in Portugal: G1, G2, G3.
        if word.strip_prefix('g').is_some_and(is_number) {
            return Some((
                Role::Result {
                    subject: None,
                    kind: ResultKind::Current,
                    event: Some(header.trim().to_owned()),
                },
                1,
            ));
        }
    }
    let subject = rest(header, event.as_slice()).filter(|name| is_subject(name));
    subject.map(|subject| {
        (
            Role::Result {
                subject: Some(subject),
                kind: ResultKind::Current,
                event: event_name,
            },
            1,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::GroupFlag;

    fn result(header: &str) -> Option<(Option<String>, ResultKind, Option<String>)> {
        match read(header, |name| name == "English" || name == "Maths") {
            Some((
                Role::Result {
                    subject,
                    kind,
                    event,
                },
                _,
            )) => Some((subject, kind, event)),
            _ => None,
        }
    }

    #[test]
    fn wide_headers_are_taken_apart() {
        let some = |text: &str| Some(text.to_owned());
        for (header, subject, kind, event) in [
            ("English Target", some("English"), ResultKind::Target, None),
            (
                "English Autumn Pred",
                some("English"),
                ResultKind::Predicted,
                some("Autumn"),
            ),
            ("Maths AtL", some("Maths"), ResultKind::AtlClass, None),
            (
                "Art & Design - Current - AP1",
                some("Art & Design"),
                ResultKind::Current,
                some("AP1"),
            ),
            (
                "Spring 2 Maths On Target?",
                some("Maths"),
                ResultKind::OnTarget,
                some("Spring 2"),
            ),
            (
                "Target Grade: Music",
                some("Music"),
                ResultKind::Target,
                None,
            ),
            ("Predicted", None, ResultKind::Predicted, None),
            ("G2", None, ResultKind::Current, some("G2")),
            ("English", some("English"), ResultKind::Current, None),
            (
                "Maths October",
                some("Maths"),
                ResultKind::Current,
                some("October"),
            ),
        ] {
            assert_eq!(result(header), Some((subject, kind, event)), "{header}");
        }
    }

    #[test]
    fn headers_of_the_systems_in_use() {
        for (header, role) in [
            ("Adno", Role::AdmissionNumber),
            ("Legal Surname", Role::Surname),
            ("Preferred Forename", Role::Forename),
            ("Reg", Role::Form),
            ("FSM6", Role::Group(GroupFlag::FreeMeals)),
            ("Att %", Role::Attendance),
            ("KS2 Read SS", Role::Prior(Measure::Ks2Reading)),
            ("KS2 Ma SS", Role::Prior(Measure::Ks2Maths)),
            ("KS2 GPS Scaled Score", Role::Prior(Measure::Ks2Gps)),
            ("CAT4 Mean SAS", Role::Prior(Measure::CatMean)),
            ("KS1 Reading TA", Role::Prior(Measure::Ks1Reading)),
            ("KS2 Maths TA", Role::Prior(Measure::Ks2MathsTa)),
            (
                "KS2 Writing Teacher Assessment",
                Role::Prior(Measure::Ks2WritingTa),
            ),
            ("KS2 TA Sci", Role::Prior(Measure::Ks2ScienceTa)),
            ("KS2 Reading TA", Role::Prior(Measure::Ks2ReadingTa)),
            (
                "KS1 Maths Scaled Score",
                Role::Prior(Measure::Ks1MathsScore),
            ),
            ("EYFS Writing", Role::Prior(Measure::EyfsWriting)),
            ("Phonics Score", Role::Prior(Measure::Phonics)),
            ("CAT4 Non-Verbal SAS", Role::Prior(Measure::CatNonVerbal)),
            ("CAT4 Verbal SAS", Role::Prior(Measure::CatVerbal)),
            ("Average GCSE", Role::Prior(Measure::AverageGcse)),
            ("GCSE APS (9-1)", Role::Prior(Measure::AverageGcse)),
            (
                "Average GCSE (8 point)",
                Role::Prior(Measure::AverageGcseEightPoint),
            ),
            (
                "GCSE average A*-G",
                Role::Prior(Measure::AverageGcseEightPoint),
            ),
            ("Avg GCSE 8pt", Role::Prior(Measure::AverageGcseEightPoint)),
            (
                "prior:average-gcse-8-point",
                Role::Prior(Measure::AverageGcseEightPoint),
            ),
            (
                "English Teacher",
                Role::Teacher {
                    subject: Some("English".to_owned()),
                },
            ),
        ] {
            let found = read(header, |name| name == "English").map(|(role, _)| role);
            assert_eq!(found, Some(role), "{header}");
        }
        for header in [
            "famsup",
            "reason",
            "KS2 Maths TA Progress",
            "absences",
            "Pstatus",
            "CAT4 Stanine",
            "",
        ] {
            assert_eq!(read(header, |_| false), None, "{header}");
        }
    }

    #[test]
    fn kinds_are_read_from_cells() {
        assert_eq!(result_kind("Predicted Grade"), Some(ResultKind::Predicted));
        assert_eq!(result_kind("On Target"), Some(ResultKind::OnTarget));
        assert_eq!(result_kind("Banana"), None);
    }
}
