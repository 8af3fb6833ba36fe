//! Whom a row means: by UPN, then by admission number, then by name and date of birth together.

use std::collections::HashMap;

use flightpath_school::journal::School;
use flightpath_school::model::{CivilDate, ColumnKey, Field, Id, Table as Rows, Value};

use super::{AskWhy, Candidate, IdentityKey};

/// What says who somebody is; empty texts are absent keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    pub upn: String,
    pub admission: String,
    pub name: String,
    pub birth: Option<CivilDate>,
}

/// An admission number as it is compared: spreadsheets take zeros off its front.
pub(super) fn admission_key(text: &str) -> String {
    let text = text.trim();
    let plain = text.trim_start_matches('0');
    if !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        plain.to_owned()
    } else {
        text.to_lowercase()
    }
}

/// A name as it is compared, where both parts are known or the file has but one.
pub(super) fn name_key(surname: &str, forename: &str) -> String {
    let part = |text: &str| {
        text.split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (surname, forename) = (part(surname), part(forename));
    if surname.is_empty() && forename.is_empty() {
        String::new()
    } else {
        format!("{surname}\n{forename}")
    }
}

#[derive(Debug, Clone)]
struct Person {
    who: Candidate,
    id: Id,
    keys: Keys,
    /// The first row of the file that means this person, with what it said.
    seen: Option<(u32, Keys)>,
}

/// Whether a row and a person are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    ByUpn,
    ByAdmission,
    ByNameAndBirth,
    Ask(AskWhy),
    /// Another UPN, but the same name and date of birth.
    Twin,
    Different,
}

fn both<'a>(a: &'a str, b: &'a str) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| a == b)
}

/// A lower key counts only where the higher one is absent on one side.
fn compare(row: &Keys, person: &Keys) -> Verdict {
    let same_name = both(&row.name, &person.name) == Some(true);
    let births = row.birth.zip(person.birth).map(|(a, b)| a == b);
    let same_name_and_birth = same_name && births == Some(true);
    let admission = both(&row.admission, &person.admission);
    match both(&row.upn, &person.upn) {
        Some(true) => return Verdict::ByUpn,
        Some(false) if admission == Some(true) => return Verdict::Ask(AskWhy::OtherUpn),
        Some(false) if same_name_and_birth => return Verdict::Twin,
        Some(false) => return Verdict::Different,
        None => {}
    }
    match admission {
        Some(true) => return Verdict::ByAdmission,
        Some(false) if same_name_and_birth => {
            return Verdict::Ask(AskWhy::OtherAdmissionNumber);
        }
        Some(false) => return Verdict::Different,
        None => {}
    }
    match births {
        _ if !same_name => Verdict::Different,
        Some(true) => Verdict::ByNameAndBirth,
        Some(false) => Verdict::Different,
        None => Verdict::Ask(AskWhy::NameAlone),
    }
}

/// Whom a row means.
#[derive(Debug, Clone)]
pub(super) enum Match {
    /// Somebody known; the other one, if any, has the same admission number.
    Known {
        place: usize,
        by: IdentityKey,
        also_admission: Option<Candidate>,
    },
    /// Nobody known; the other one, if any, has the same name and date of birth.
    Nobody { twin: Option<Candidate> },
    /// To be asked.
    Ask {
        why: AskWhy,
        candidates: Vec<Candidate>,
    },
}

/// Everybody known: the school's pupils, then those whom the file adds.
#[derive(Debug, Default)]
pub(super) struct People {
    people: Vec<Person>,
    by_upn: HashMap<String, Vec<usize>>,
    by_admission: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_row: HashMap<u32, usize>,
    by_pupil: HashMap<Id, usize>,
}

impl People {
    pub fn of(school: &School) -> People {
        let mut people = People::default();
        let text = |field, pupil| {
            school
                .text(&ColumnKey::lasting(field), pupil)
                .unwrap_or_default()
        };
        for pupil in school.rows(Rows::Pupils).iter().copied() {
            let birth = school
                .one(&ColumnKey::lasting(Field::BirthDate), pupil)
                .and_then(Value::as_date);
            let keys = Keys {
                upn: text(Field::Upn, pupil).to_uppercase(),
                admission: admission_key(text(Field::AdmissionNumber, pupil)),
                name: name_key(text(Field::Surname, pupil), text(Field::Forename, pupil)),
                birth,
            };
            let place = people.add(Candidate::Pupil(pupil), pupil, keys);
            people.by_pupil.insert(pupil, place);
        }
        people
    }

    fn add(&mut self, who: Candidate, id: Id, keys: Keys) -> usize {
        let place = self.people.len();
        self.people.push(Person {
            who,
            id,
            keys: Keys::default(),
            seen: None,
        });
        self.learn(place, &keys);
        place
    }

    /// Adds the keys that a person did not have.
    fn learn(&mut self, place: usize, keys: &Keys) {
        let Some(person) = self.people.get_mut(place) else {
            return;
        };
        let known = &mut person.keys;
        for (known, new, index) in [
            (&mut known.upn, &keys.upn, &mut self.by_upn),
            (
                &mut known.admission,
                &keys.admission,
                &mut self.by_admission,
            ),
            (&mut known.name, &keys.name, &mut self.by_name),
        ] {
            if known.is_empty() && !new.is_empty() {
                known.clone_from(new);
                index.entry(new.clone()).or_default().push(place);
            }
        }
        known.birth = known.birth.or(keys.birth);
    }

    /// Adds the new pupil of a row.
    pub fn add_row(&mut self, row: u32, id: Id, keys: Keys) {
        let place = self.add(Candidate::Row(row), id, keys.clone());
        self.by_row.insert(row, place);
        self.saw(place, row, keys);
    }

    /// Notes that a row means this person; later rows are compared with what it says.
    pub fn saw(&mut self, place: usize, row: u32, keys: Keys) {
        self.learn(place, &keys);
        if let Some(person) = self.people.get_mut(place)
            && person.seen.is_none()
        {
            person.seen = Some((row, keys));
        }
    }

    pub fn id(&self, place: usize) -> Option<Id> {
        self.people.get(place).map(|person| person.id)
    }

    pub fn who(&self, place: usize) -> Option<Candidate> {
        self.people.get(place).map(|person| person.who)
    }

    /// Where a candidate that the user chose stands.
    pub fn place_of(&self, candidate: Candidate) -> Option<usize> {
        match candidate {
            Candidate::Pupil(id) => self.by_pupil.get(&id).copied(),
            Candidate::Row(row) => self.by_row.get(&row).copied(),
        }
    }

    /// The earlier row that means the same person but says otherwise who it is.
    pub fn contradiction(&self, place: usize, keys: &Keys) -> Option<(u32, IdentityKey)> {
        let (row, earlier) = self.people.get(place)?.seen.as_ref()?;
        let births = earlier.birth.zip(keys.birth);
        let differs = if both(&earlier.admission, &keys.admission) == Some(false) {
            IdentityKey::AdmissionNumber
        } else if both(&earlier.name, &keys.name) == Some(false) {
            IdentityKey::Name
        } else if births.is_some_and(|(earlier, here)| earlier != here) {
            IdentityKey::BirthDate
        } else {
            return None;
        };
        Some((*row, differs))
    }

    /// Whom these keys mean.
    pub fn find(&self, keys: &Keys) -> Match {
        let listed = |index: &HashMap<String, Vec<usize>>, key: &str| {
            index.get(key).map_or(&[][..], Vec::as_slice).to_vec()
        };
        let mut places = listed(&self.by_upn, &keys.upn);
        places.extend(listed(&self.by_admission, &keys.admission));
        places.extend(listed(&self.by_name, &keys.name));
        places.sort_unstable();
        places.dedup();
        let mut verdicts: Vec<(Verdict, usize)> = Vec::new();
        for place in places {
            if let Some(person) = self.people.get(place) {
                verdicts.push((compare(keys, &person.keys), place));
            }
        }
        let with = |wanted: Verdict| -> Vec<usize> {
            verdicts
                .iter()
                .filter(|(verdict, _)| *verdict == wanted)
                .map(|(_, place)| *place)
                .collect()
        };
        for (wanted, by) in [
            (Verdict::ByUpn, IdentityKey::Upn),
            (Verdict::ByAdmission, IdentityKey::AdmissionNumber),
            (Verdict::ByNameAndBirth, IdentityKey::Name),
        ] {
            match with(wanted).as_slice() {
                [] => {}
                [place] => {
                    let also = verdicts.iter().find(|(verdict, other)| {
                        *verdict == Verdict::Ask(AskWhy::OtherUpn) && other != place
                    });
                    return Match::Known {
                        place: *place,
                        by,
                        also_admission: also.and_then(|(_, other)| self.who(*other)),
                    };
                }
                several => {
                    return Match::Ask {
                        why: AskWhy::SeveralFit,
                        candidates: several
                            .iter()
                            .filter_map(|place| self.who(*place))
                            .collect(),
                    };
                }
            }
        }
        for why in [
            AskWhy::OtherUpn,
            AskWhy::OtherAdmissionNumber,
            AskWhy::NameAlone,
        ] {
            let candidates: Vec<Candidate> = with(Verdict::Ask(why))
                .into_iter()
                .filter_map(|place| self.who(place))
                .collect();
            if !candidates.is_empty() {
                return Match::Ask { why, candidates };
            }
        }
        Match::Nobody {
            twin: with(Verdict::Twin)
                .first()
                .and_then(|place| self.who(*place)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(upn: &str, admission: &str, name: &str, day: u8) -> Keys {
        Keys {
            upn: upn.to_owned(),
            admission: admission.to_owned(),
            name: name.to_owned(),
            birth: CivilDate::new(2012, 1, day),
        }
    }

    #[test]
    fn lower_keys_count_only_where_higher_ones_are_absent() {
        let whole = keys("U1", "7", "hall", 1);
        for (row, verdict) in [
            (keys("U1", "8", "khan", 2), Verdict::ByUpn),
            (keys("", "7", "khan", 2), Verdict::ByAdmission),
            (keys("", "", "hall", 1), Verdict::ByNameAndBirth),
            (keys("U2", "7", "hall", 1), Verdict::Ask(AskWhy::OtherUpn)),
            (
                keys("", "8", "hall", 1),
                Verdict::Ask(AskWhy::OtherAdmissionNumber),
            ),
            // 0 is no day, so the date of birth is absent.
            (keys("", "", "hall", 0), Verdict::Ask(AskWhy::NameAlone)),
            (keys("U2", "8", "hall", 1), Verdict::Twin),
            (keys("U2", "", "hall", 0), Verdict::Different),
            (keys("", "", "hall", 2), Verdict::Different),
            (keys("", "8", "hall", 0), Verdict::Different),
        ] {
            assert_eq!(compare(&row, &whole), verdict, "{row:?}");
            assert_eq!(compare(&whole, &row), verdict, "{row:?}");
        }
    }

    #[test]
    fn zeros_before_admission_numbers_do_not_count() {
        assert_eq!(admission_key("01001"), admission_key("1001"));
        assert_eq!(admission_key("000"), "000");
        assert_ne!(admission_key("A01"), admission_key("A1"));
    }
}
