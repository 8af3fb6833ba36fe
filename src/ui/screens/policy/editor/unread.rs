//! Texts that were typed and cannot be read: mistakes like any other, though the draft keeps the last good value.

use std::collections::BTreeSet;

use leptos::prelude::*;

/// A text that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadText {
    /// The place of the document that it was meant for.
    pub place: String,
    /// What the control of that place is called.
    pub label: String,
    /// What was typed.
    pub text: String,
}

/// The unread texts of a draft. They outlive the section in which they were typed.
pub type UnreadTexts = RwSignal<Vec<UnreadText>>;

/// Where a place of the document lies after a row of the list `list` went to another number, or away.
pub fn moved(place: &str, list: &str, to: impl Fn(usize) -> Option<usize>) -> Option<String> {
    let row = place
        .strip_prefix(list)
        .and_then(|rest| rest.strip_prefix('['))
        .and_then(|rest| rest.split_once(']'))
        .and_then(|(number, rest)| Some((number.parse().ok()?, rest)));
    match row {
        Some((number, rest)) => to(number).map(|number| format!("{list}[{number}]{rest}")),
        None => Some(place.to_owned()),
    }
}

/// The places whose controls are on screen: a text whose control goes away while its section stays has nothing left
/// that it could be about.
#[derive(Clone, Copy)]
pub struct OnScreen(StoredValue<BTreeSet<String>>);

impl OnScreen {
    /// None yet.
    pub fn new() -> OnScreen {
        OnScreen(StoredValue::new(BTreeSet::new()))
    }

    /// The control of a place is there, until the view that is built now goes away.
    pub fn stands(self, place: &str) {
        let place = place.to_owned();
        let _ = self
            .0
            .try_update_value(|places| places.insert(place.clone()));
        on_cleanup(move || {
            let _ = self.0.try_update_value(|places| places.remove(&place));
        });
    }

    /// Whether the control of a place is there.
    pub fn has(self, place: &str) -> bool {
        self.0
            .try_with_value(|places| places.contains(place))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    fn without_row(number: usize, gone: usize) -> Option<usize> {
        (number != gone).then(|| number - usize::from(number > gone))
    }

    #[test]
    fn a_text_goes_with_its_row() {
        let after = |place| moved(place, "tables[1].scores", |row| without_row(row, 2));
        assert_eq!(
            after("tables[1].scores[4].from").as_deref(),
            Some("tables[1].scores[3].from")
        );
        assert_eq!(after("tables[1].scores[2].from"), None);
        assert_eq!(
            after("tables[1].scores[0].to").as_deref(),
            Some("tables[1].scores[0].to")
        );
    }

    #[test]
    fn a_text_of_another_list_stays() {
        for place in [
            "tables[1].year",
            "tables[2].scores[2].from",
            "tables[1].scores",
            "name",
        ] {
            let after = moved(place, "tables[1].scores", |row| without_row(row, 2));
            assert_eq!(after.as_deref(), Some(place));
        }
    }
}
