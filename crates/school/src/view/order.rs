//! Order of lists: one sort for all of them, because each sort that the compiler makes for a type
//! of its own weighs as much as a screen's table.

use crate::model::Id;

/// Puts things in order of a text; of equal texts, the smaller id goes first.
pub(super) fn in_order<T>(things: Vec<T>, key: impl Fn(&T) -> (String, Id)) -> Vec<T> {
    let keyed = things
        .iter()
        .enumerate()
        .map(|(place, thing)| {
            let (text, id) = key(thing);
            (text, id, place)
        })
        .collect();
    let mut waiting: Vec<Option<T>> = things.into_iter().map(Some).collect();
    places_in_order(keyed)
        .into_iter()
        .filter_map(|place| waiting.get_mut(place).and_then(Option::take))
        .collect()
}

/// A text as a key in whose order numbers stand as people count: `7/Ma1` before `10/Ma1`.
pub fn natural(text: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else {
            push_number(&mut key, &mut digits);
            key.push(letter);
        }
    }
    push_number(&mut key, &mut digits);
    key
}

/// Numbers of up to twelve digits are all equally long; longer ones stay as they are.
fn push_number(key: &mut String, digits: &mut String) {
    if !digits.is_empty() {
        key.push_str(&format!("{digits:0>12}"));
        digits.clear();
    }
}

/// Places in order of a text, the other way round where that is asked for; of equal texts, the
/// smaller place goes first either way.
pub fn by_text(keyed: Vec<(String, usize)>, descending: bool) -> Vec<usize> {
    let keyed = keyed
        .into_iter()
        .map(|(text, place)| {
            let id = u128::try_from(place).unwrap_or(u128::MAX);
            (text, Id(if descending { !id } else { id }), place)
        })
        .collect();
    let mut places = places_in_order(keyed);
    if descending {
        places.reverse();
    }
    places
}

fn places_in_order(mut keyed: Vec<(String, Id, usize)>) -> Vec<usize> {
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, _, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_keep_their_places_either_way() {
        let keyed = || {
            ["b", "a", "b"]
                .map(str::to_owned)
                .into_iter()
                .zip(0..)
                .collect()
        };
        assert_eq!(by_text(keyed(), false), [1, 0, 2]);
        assert_eq!(by_text(keyed(), true), [0, 2, 1]);
    }

    #[test]
    fn numbers_stand_as_people_count() {
        let names = ["10/Ma1", "7/Ma10", "7/Ma2", "9A", "Year 7", "10B", ""];
        let ordered = in_order(names.to_vec(), |name| (natural(name), Id(0)));
        assert_eq!(
            ordered,
            ["", "7/Ma2", "7/Ma10", "9A", "10/Ma1", "10B", "Year 7"]
        );
    }

    #[test]
    fn equal_texts_go_by_id_and_nothing_is_lost() {
        let things = vec![("b", 1), ("a", 3), ("a", 2)];
        let ordered = in_order(things, |(text, id)| ((*text).to_owned(), Id(*id)));
        assert_eq!(ordered, [("a", 2), ("a", 3), ("b", 1)]);
    }
}
