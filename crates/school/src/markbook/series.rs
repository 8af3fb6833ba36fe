//! Grade boundaries as examination boards publish them for a series.

use super::boundaries::Boundary;
use crate::model::scale::{Scale, read_thousandths};

/// Reads a list of grades, each with the lowest mark that got it: a grade and a mark on each line, or, as
/// boards print it, a line of grades and one of marks below it. Spaces, tabs and semicolons stand between them.
///
/// # Errors
/// The first line that is neither.
pub fn read_series(text: &str, scale: &Scale) -> Result<Vec<Boundary>, String> {
    let lines: Vec<(&str, Vec<&str>)> = text
        .lines()
        .map(|line| (line.trim(), words(line)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    if let [(_, grades), (_, marks)] = lines.as_slice() {
        let marks: Option<Vec<i64>> = marks.iter().map(|mark| number(mark)).collect();
        if let Some(marks) = marks.filter(|marks| marks.len() == grades.len())
            && grades.iter().all(|grade| scale.parse(grade).is_ok())
        {
            return Ok(grades.iter().zip(marks).map(boundary).collect());
        }
    }
    let read = |(line, words): &(&str, Vec<&str>)| {
        let (mark, grade) = words.split_last().ok_or_else(|| (*line).to_owned())?;
        let mark = number(mark).filter(|_| !grade.is_empty());
        let mark = mark.ok_or_else(|| (*line).to_owned())?;
        Ok(boundary((&grade.join(" ").as_str(), mark)))
    };
    lines.iter().map(read).collect()
}

fn words(line: &str) -> Vec<&str> {
    let between = |letter: char| letter.is_whitespace() || letter == ';';
    let words = line.split(between);
    words.filter(|word| !word.is_empty()).collect()
}

fn number(word: &str) -> Option<i64> {
    read_thousandths(word).ok().flatten()
}

fn boundary((grade, from): (&&str, i64)) -> Boundary {
    Boundary {
        grade: (*grade).to_owned(),
        from,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::scale::ScaleSet;

    fn read(text: &str) -> Result<Vec<(String, i64)>, String> {
        let scales = ScaleSet::shipped();
        let from = read_series(text, scales.get("gcse-9-1").unwrap())?;
        let each = from.into_iter();
        Ok(each.map(|held| (held.grade, held.from / 1000)).collect())
    }

    #[test]
    fn grades_and_marks_are_read_line_by_line_or_as_two_lines() {
        let expected = Ok(vec![
            ("9".to_owned(), 201),
            ("8".to_owned(), 176),
            ("7".to_owned(), 151),
        ]);
        for text in [
            "9\t201\r\n8\t176\r\n7\t151",
            "9 201\n\n 8; 176 \n7   151\n",
            "9\t8\t7\n201\t176\t151",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            read("9 201\n8 176"),
            Ok(vec![("9".to_owned(), 201), ("8".to_owned(), 176)])
        );
        assert_eq!(read(" \n"), Ok(Vec::new()));
    }

    #[test]
    fn a_line_without_a_mark_is_named() {
        assert_eq!(read("9 201\n8 high"), Err("8 high".to_owned()));
        assert_eq!(read("201"), Err("201".to_owned()));
    }
}
