//! Texts and names that a workbook can hold.

use std::borrow::Cow;

/// The longest name of a sheet, in units of UTF-16.
const LONGEST_NAME: usize = 31;
/// What a name of a sheet cannot hold, because references to other sheets are written with it.
const NOT_IN_NAMES: [char; 7] = ['*', '?', ':', '[', ']', '\\', '/'];
/// Excel keeps a sheet of this name for itself, in any writing.
const TAKEN: &str = "history";
/// A sheet cannot be without a name.
const NAMELESS: &str = "Flightpath";

/// Whether XML 1.0 has this character (its production `Char`).
fn is_writable(character: char) -> bool {
    match character {
        '\t' | '\n' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => other >= ' ',
    }
}

/// The text without what XML cannot hold; its lines end as those in a cell do.
pub fn text(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_writable) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.chars().filter(|held| is_writable(*held)).collect())
}

/// A name for a sheet, as near to this one as can be.
pub fn sheet_name(name: &str) -> String {
    let mut clean = String::new();
    let mut units = 0;
    for character in name.trim().chars() {
        if character.is_control() || !is_writable(character) {
            continue;
        }
        let character = if NOT_IN_NAMES.contains(&character) {
            '-'
        } else {
            character
        };
        units += character.len_utf16();
        if units > LONGEST_NAME {
            break;
        }
        clean.push(character);
    }
    let clean = clean.trim_matches(|edge: char| edge == '\'' || edge.is_whitespace());
    if clean.is_empty() {
        NAMELESS.to_owned()
    } else if clean.eq_ignore_ascii_case(TAKEN) {
        format!("{clean}-")
    } else {
        clean.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_sheet_can_have_is_changed_as_little_as_can_be() {
        for (asked, given) in [
            ("Year 9: Maths [set 1/2]", "Year 9- Maths -set 1-2-"),
            ("History", "History-"),
            ("HISTORY", "HISTORY-"),
            ("'tis'", "tis"),
            ("", "Flightpath"),
            (" '\u{1}' ", "Flightpath"),
            (
                "A name that is longer than any sheet's may be",
                "A name that is longer than any",
            ),
            ("Español", "Español"),
        ] {
            assert_eq!(sheet_name(asked), given);
        }
        // Whole characters, though they are counted in halves.
        assert_eq!(sheet_name(&"😀".repeat(20)), "😀".repeat(15));
    }

    #[test]
    fn control_characters_cost_nothing_but_themselves() {
        assert_eq!(text("a\u{0}b\u{1F}c\u{FFFE}d"), "abcd");
        assert_eq!(text("one\r\ntwo\rthree\tfour"), "one\ntwo\nthree\tfour");
        assert_eq!(text("Zoë 😀"), "Zoë 😀");
    }
}
