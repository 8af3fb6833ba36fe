//! The bank of phrases that comments are made of, and what stands in their places for one pupil.

use crate::journal::{Draft, School};
use crate::model::{ColumnKey, Field, Id, Table, Value};

use super::facts::Facts;
use super::plain;

/// A place in a phrase for what is the pupil's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Own {
    /// The forename.
    Forename,
    /// The subject's name.
    Subject,
    /// The target grade.
    Target,
    /// The current grade at the event.
    Current,
    /// She, he or they.
    They,
    /// Her, him or them.
    Them,
    /// Her, his or their.
    Their,
}

impl Own {
    /// All of them.
    pub const ALL: [Own; 7] = [
        Own::Forename,
        Own::Subject,
        Own::Target,
        Own::Current,
        Own::They,
        Own::Them,
        Own::Their,
    ];

    /// Its name between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Own::Forename => "forename",
            Own::Subject => "subject",
            Own::Target => "target",
            Own::Current => "current",
            Own::They => "they",
            Own::Them => "them",
            Own::Their => "their",
        }
    }

    fn named(name: &str) -> Option<Own> {
        let mut all = Own::ALL.into_iter();
        all.find(|own| own.name().eq_ignore_ascii_case(name))
    }
}

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that are the same for everybody.
    Words(&'a str),
    /// A place for what is the pupil's own.
    Own {
        /// What stands there.
        own: Own,
        /// Whether it begins with a capital, as `{They}` does.
        capital: bool,
    },
    /// A place of a name that nobody knows.
    Unknown(&'a str),
}

/// A phrase in pieces. A brace that is not closed is a character like any other.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            found.push(Piece::Words(before));
        }
        let name = name.trim();
        found.push(
            Own::named(name).map_or(Piece::Unknown(name), |own| Piece::Own {
                own,
                capital: name.starts_with(char::is_uppercase),
            }),
        );
        rest = behind;
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

/// Why a phrase cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// It says nothing.
    Empty,
    /// It has places of these names, which nobody knows.
    Unknown(Vec<String>),
    /// The bank holds the same phrase for the same subject already.
    Known,
}

/// A phrase of the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Its row.
    pub id: Id,
    /// The heading that it stands under; empty where it has none.
    pub heading: String,
    /// Its words.
    pub text: String,
    /// The subject that it is for; nothing for every subject.
    pub subject: Option<Id>,
}

/// What cannot be put into a phrase, because it is not known of the pupil.
pub type Lacking = Vec<Own>;

impl Phrase {
    /// Whether it can be used in a subject.
    pub fn fits(&self, subject: Id) -> bool {
        self.subject.is_none_or(|own| own == subject)
    }

    /// The phrase for one pupil.
    ///
    /// # Errors
    /// What it needs of the pupil that `know` does not know.
    pub fn filled(&self, know: impl Fn(Own) -> Option<String>) -> Result<String, Lacking> {
        let mut filled = String::new();
        let mut lacking = Lacking::new();
        for piece in pieces(&self.text) {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                // A later program may know it; as it stands, nobody is told nonsense.
                Piece::Unknown(name) => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
                Piece::Own { own, capital } => match know(own).filter(|text| !text.is_empty()) {
                    Some(text) if capital => push_capital(&mut filled, &text),
                    Some(text) => filled.push_str(&text),
                    None if lacking.contains(&own) => {}
                    None => lacking.push(own),
                },
            }
        }
        if lacking.is_empty() {
            Ok(filled)
        } else {
            Err(lacking)
        }
    }
}

fn push_capital(to: &mut String, text: &str) {
    let mut letters = text.chars();
    if let Some(first) = letters.next() {
        to.extend(first.to_uppercase());
    }
    to.push_str(letters.as_str());
}

/// The phrases of the bank, by heading and then by their words.
pub fn phrases(school: &School) -> Vec<Phrase> {
    let rows = school.rows(Table::Phrases).iter();
    let mut found: Vec<Phrase> = rows
        .filter_map(|id| {
            let facts = Facts::of(school, *id);
            let text = facts.text(Field::PhraseText);
            (!text.is_empty()).then(|| Phrase {
                id: *id,
                heading: facts.text(Field::PhraseHeading),
                text,
                subject: facts.row_of(Field::PhraseSubject),
            })
        })
        .collect();
    found.sort_by(|one, other| {
        let key = |phrase: &Phrase| (plain(&phrase.heading), plain(&phrase.text), phrase.id);
        key(one).cmp(&key(other))
    });
    found
}

/// Adds a phrase to the bank. Two people who add the same one for the same subject add one.
///
/// # Errors
/// [`NotKept`]; nothing is written then.
pub fn add(
    draft: &mut Draft,
    held: &[Phrase],
    heading: &str,
    text: &str,
    subject: Option<Id>,
) -> Result<(), NotKept> {
    let (heading, text) = (heading.trim(), text.trim());
    if text.is_empty() {
        return Err(NotKept::Empty);
    }
    let unknown: Vec<String> = pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Unknown(name) => Some(name.to_owned()),
            _ => None,
        })
        .collect();
    if !unknown.is_empty() {
        return Err(NotKept::Unknown(unknown));
    }
    let same = |phrase: &Phrase| phrase.text == text && phrase.subject == subject;
    if held.iter().any(same) {
        return Err(NotKept::Known);
    }
    let place = subject.map(|subject| subject.to_string());
    let id = Id::derived("phrase", &[&place.unwrap_or_default(), text]);
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
    write(Field::PhraseText, Value::text(text));
    // One that was taken out and comes back may come under another heading.
    write(Field::PhraseHeading, Value::text(heading));
    if let Some(subject) = subject {
        write(Field::PhraseSubject, Value::Reference(subject));
    }
    Ok(())
}

/// Takes a phrase out of the bank. Comments that were made of it stay as they are.
pub fn take_away(draft: &mut Draft, id: Id) {
    draft.write(ColumnKey::lasting(Field::PhraseText), id, Value::Blank);
}

/// A comment with a phrase behind what it says already.
pub fn joined(comment: &str, phrase: &str) -> String {
    let comment = comment.trim_end();
    if comment.is_empty() {
        phrase.to_owned()
    } else {
        format!("{comment} {phrase}")
    }
}
