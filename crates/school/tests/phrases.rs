//! The comment bank: what is kept, what is refused, and what stands in a phrase's places.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod small;

use flightpath_school::journal::Draft;
use flightpath_school::model::Id;
use flightpath_school::view::phrases::{
    NotKept, Own, Phrase, Piece, add, joined, phrases, pieces, take_away,
};
use proptest::prelude::*;
use small::Small;

fn keep(small: &mut Small, heading: &str, text: &str, subject: Option<Id>) {
    let mut draft = Draft::default();
    let held = phrases(&small.school);
    add(&mut draft, &held, heading, text, subject).unwrap();
    small.carry_out(&draft);
}

fn refused(small: &Small, text: &str, subject: Option<Id>) -> NotKept {
    let mut draft = Draft::default();
    let held = phrases(&small.school);
    let refused = add(&mut draft, &held, "", text, subject).unwrap_err();
    assert!(draft.is_empty());
    refused
}

fn phrase(text: &str) -> Phrase {
    Phrase {
        id: Id(1),
        heading: String::new(),
        text: text.to_owned(),
        subject: None,
    }
}

fn of_alice(own: Own) -> Option<String> {
    let known = match own {
        Own::Forename => "Alice",
        Own::Subject => "Maths",
        Own::Current => "6",
        Own::They => "she",
        Own::Them | Own::Their => "her",
        Own::Target => return None,
    };
    Some(known.to_owned())
}

#[test]
fn phrases_stand_by_heading_and_by_their_words() {
    let mut small = Small::default();
    keep(&mut small, "Strength", "Works hard.", None);
    keep(&mut small, "Next step", " Revise fractions. ", Some(Id(50)));
    keep(&mut small, "Strength", "Asks good questions.", None);
    let held = phrases(&small.school);
    let texts: Vec<&str> = held.iter().map(|phrase| phrase.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Revise fractions.", "Asks good questions.", "Works hard."]
    );
    assert!(held[0].fits(Id(50)) && !held[0].fits(Id(51)));
    assert!(held[1].fits(Id(51)));
}

#[test]
fn what_says_nothing_or_is_held_already_is_refused() {
    let mut small = Small::default();
    keep(&mut small, "", "Works hard.", None);
    assert_eq!(refused(&small, "  ", None), NotKept::Empty);
    assert_eq!(refused(&small, "Works hard. ", None), NotKept::Known);
    // The same words for one subject are another phrase.
    keep(&mut small, "", "Works hard.", Some(Id(50)));
    assert_eq!(
        refused(&small, "{Forename} likes {sport} and {food}", None),
        NotKept::Unknown(vec!["sport".to_owned(), "food".to_owned()])
    );
}

#[test]
fn a_phrase_that_is_taken_away_is_gone() {
    let mut small = Small::default();
    keep(&mut small, "", "Works hard.", None);
    let mut draft = Draft::default();
    take_away(&mut draft, phrases(&small.school)[0].id);
    small.carry_out(&draft);
    assert!(phrases(&small.school).is_empty());
    keep(&mut small, "Effort", "Works hard.", None);
    assert_eq!(phrases(&small.school)[0].heading, "Effort");
}

#[test]
fn the_same_phrase_added_by_two_people_is_one() {
    let add_apart = |subject| {
        let mut small = Small::default();
        keep(&mut small, "", "Works hard.", subject);
        phrases(&small.school)[0].id
    };
    assert_eq!(add_apart(None), add_apart(None));
    assert_ne!(add_apart(None), add_apart(Some(Id(50))));
}

#[test]
fn what_is_the_pupils_own_stands_in_its_places() {
    let text = "{Forename} works at {current} in {subject}. {They} knows {their} strengths.";
    assert_eq!(
        phrase(text).filled(of_alice).unwrap(),
        "Alice works at 6 in Maths. She knows her strengths."
    );
}

#[test]
fn what_is_not_known_of_the_pupil_is_named_once() {
    let text = "{forename} aims at {target}; {target} is near.";
    assert_eq!(phrase(text).filled(of_alice), Err(vec![Own::Target]));
    assert_eq!(
        phrase("{Forename}").filled(|_| Some(String::new())),
        Err(vec![Own::Forename])
    );
}

#[test]
fn a_phrase_is_put_behind_what_the_comment_says() {
    assert_eq!(joined("", "Works hard."), "Works hard.");
    assert_eq!(joined("Good. ", "Works hard."), "Good. Works hard.");
}

proptest! {
    #[test]
    fn a_text_without_places_is_the_same_for_everybody(text in "[^{}]*") {
        prop_assert_eq!(phrase(&text).filled(|_| None), Ok(text));
    }

    #[test]
    fn pieces_lose_no_word(text in "([a-z {}]|\\{forename\\}|\\{They\\}){0,12}") {
        let mut words = 0;
        for piece in pieces(&text) {
            if let Piece::Words(piece) = piece {
                prop_assert!(text.contains(piece));
                words += piece.len();
            }
        }
        let places: usize = pieces(&text).iter().filter(|piece| !matches!(piece, Piece::Words(_))).count();
        prop_assert!(words + places * 2 <= text.len());
        if places == 0 {
            prop_assert_eq!(words, text.len());
        }
    }
}
