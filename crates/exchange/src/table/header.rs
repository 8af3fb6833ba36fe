//! Which row holds the headers.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use flightpath_school::model::upn::{self, UpnCheck};

use super::delimiter::usual_width;

/// Where the headers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderChoice {
    /// The file has data only.
    None,
    /// The record with this index from 0; empty lines do not count.
    Record(u32),
}

/// How many records from the top may be titles.
pub(super) const MOST_ABOVE: usize = 30;

/// Whether a text is a value rather than the name of a column.
fn is_value(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let numeric = digits > 0
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.,/:% ".contains(&byte));
    numeric || !matches!(upn::check(text), UpnCheck::Malformed)
}

/// The first record that is as wide as the rest and reads like names of columns.
pub(super) fn detect(records: &[Vec<String>]) -> HeaderChoice {
    let widths: Vec<usize> = records.iter().map(Vec::len).collect();
    let (width, _) = usual_width(&widths);
    let candidate = records.iter().take(MOST_ABOVE).position(|record| {
        let named: Vec<&str> = record
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let distinct: HashSet<&str> = named.iter().copied().collect();
        record.len() == width
            && !record.iter().any(|cell| cell.starts_with("sep="))
            && named.len() * 2 > width
            && distinct.len() * 10 >= named.len() * 9
            && !named.iter().any(|cell| is_value(cell))
    });
    match candidate.and_then(|index| u32::try_from(index).ok()) {
        Some(index) => HeaderChoice::Record(index),
        None => HeaderChoice::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn headers_stand_below_titles() {
        let of = |text| detect(&records(text));
        assert_eq!(of("UPN,Name\n1,x"), HeaderChoice::Record(0));
        assert_eq!(
            of("Report\nPrinted 22/11/2026\nUPN,Name\n1,x\n2,y"),
            HeaderChoice::Record(2)
        );
        assert_eq!(
            of("M823400121001,Hall\nL823400724002,Khan"),
            HeaderChoice::None
        );
        assert_eq!(of("Ann,8B,96.6\nBen,8C,94.0"), HeaderChoice::None);
    }
}
