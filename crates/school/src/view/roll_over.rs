//! From one school year to the next: who moves up, who repeats, who leaves, and what goes along.
//!
//! Grades achieved are not copied: next year's targets read them where they stand (`standing::proposal`). Classes come
//! with the new lists, and targets, events, marks and plans belong to their year. What is known of the next year
//! already is never written over, so that carrying a plan out twice, or by two people, comes to the same.

use std::collections::BTreeMap;

use super::pupils::{Pupil, pupils};
use super::setting::setting;
use crate::journal::{Draft, Reading, School, Shown};
use crate::model::{AcademicYear, ColumnKey, Field, Id, Value, YearGroup};
use crate::policy::KeyStage;

/// What becomes of a pupil at the end of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Going {
    /// Into the next year group.
    Up,
    /// Stays in the year group.
    Repeats,
    /// Leaves the school, and keeps all that is known of the years here.
    Leaves,
}

/// Yearly facts that hold until the next list says otherwise. Attendance is of the year alone.
pub const CARRIED: [Field; 6] = [
    Field::House,
    Field::Sen,
    Field::PupilPremium,
    Field::Eal,
    Field::FreeMeals,
    Field::LookedAfter,
];

/// What a person decides before a new year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The last year group of the school: who is in it, or above, leaves.
    pub last: YearGroup,
    /// Pupils with whom it is otherwise.
    pub marked: BTreeMap<Id, Going>,
}

/// One pupil of the year that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The pupil.
    pub pupil: Pupil,
    /// The year group of the year that ends.
    pub from: YearGroup,
    /// What becomes of the pupil if nobody says otherwise.
    pub usual: Going,
    /// What becomes of the pupil.
    pub going: Going,
    /// The year group where the next year has one already; nothing of it is changed.
    pub held: Option<YearGroup>,
    /// Whether the next year has two year groups, between which somebody has to choose.
    pub disputed: bool,
    /// The form in the next year; empty where none is known.
    pub form: String,
}

impl Line {
    /// The year group in the next year; none for who leaves.
    pub fn to(&self) -> Option<YearGroup> {
        if self.disputed {
            return None;
        }
        self.held.or(match self.going {
            Going::Up => self.from.above(),
            Going::Repeats => Some(self.from),
            Going::Leaves => None,
        })
    }

    /// Whether the next year knows the pupil already, so that nobody decides here.
    pub fn is_settled(&self) -> bool {
        self.held.is_some() || self.disputed
    }
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollOver {
    /// The year that ends.
    pub from: AcademicYear,
    /// The pupils in a year group of it, by name.
    pub lines: Vec<Line>,
    /// Pupils of the list without a year group, or with two: nobody knows where they go.
    pub unplaced: Vec<Pupil>,
    /// Pupils of the next year who are in none of this: late joiners, or a list that is here already.
    pub joiners: Vec<Id>,
    /// How many pupils each yearly fact goes along with, of those that go with any.
    pub carried: Vec<(Field, usize)>,
}

/// The last year group of a school: the end of the key stage that its oldest pupils are in, but no later than the last
/// one that the policy is for. None of an empty school.
pub fn last_year_group(school: &School, from: AcademicYear, policy: &[i8]) -> Option<YearGroup> {
    let here = pupils(school, from);
    let oldest = here.iter().filter_map(|pupil| pupil.year_group).max()?;
    let oldest = oldest.number();
    let stage = KeyStage::of_year(oldest).unwrap_or(KeyStage::Ks5);
    let end = YearGroup::all()
        .map(YearGroup::number)
        .filter(|group| KeyStage::of_year(*group) == Some(stage))
        .max()?;
    let end = match policy.iter().copied().max() {
        Some(last) if last >= oldest => end.min(last),
        _ => end,
    };
    YearGroup::new(i64::from(end))
}

/// The name of a form a year later: one that begins with its year group's number begins with the new one, 7A is 8A and
/// Y7 Oak is Y8 Oak; any other stays.
pub fn form_after(form: &str, from: YearGroup, to: YearGroup) -> String {
    let Some(at) = form.find(|letter: char| letter.is_ascii_digit()) else {
        return form.to_owned();
    };
    let (before, rest) = form.split_at(at);
    let end = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let means_year = ["", "y", "yr", "year"]
        .contains(&before.trim().trim_end_matches('.').to_lowercase().as_str());
    if means_year && number == from.to_string() {
        format!("{before}{to}{after}")
    } else {
        form.to_owned()
    }
}

/// The columns of the next year, by the field.
struct Next<'a> {
    group: Reading<'a>,
    form: Reading<'a>,
    facts: Vec<(Field, Reading<'a>, Reading<'a>)>,
}

impl<'a> Next<'a> {
    fn of(school: &'a School, from: AcademicYear) -> Next<'a> {
        let of = |field, year| school.reading(&ColumnKey::yearly(field, year));
        Next {
            group: of(Field::YearGroup, from.next()),
            form: of(Field::Form, from.next()),
            facts: CARRIED
                .map(|field| (field, of(field, from), of(field, from.next())))
                .to_vec(),
        }
    }

    fn line(&self, pupil: Pupil, from: YearGroup, year: AcademicYear, decided: &Decided) -> Line {
        let usual = if pupil.left_after == Some(year) || from >= decided.last {
            Going::Leaves
        } else {
            Going::Up
        };
        let shown = self.group.shown(pupil.position);
        let held = shown
            .one()
            .and_then(Value::as_whole)
            .and_then(YearGroup::new);
        let mut line = Line {
            usual,
            going: decided.marked.get(&pupil.id).copied().unwrap_or(usual),
            from,
            held,
            disputed: matches!(shown, Shown::Several(_)),
            form: String::new(),
            pupil,
        };
        if let Some(held) = held {
            line.going = if held == from {
                Going::Repeats
            } else {
                Going::Up
            };
        } else if line.going == Going::Up && from.above().is_none() {
            line.going = Going::Leaves;
        }
        line.form = match (self.form.shown(line.pupil.position), line.to()) {
            (Shown::One(form), _) => form.as_text().unwrap_or_default().to_owned(),
            // Two steps up or down: nobody can tell the form.
            (Shown::Nothing, Some(to)) if to == from || Some(to) == from.above() => {
                form_after(&line.pupil.form, from, to)
            }
            _ => String::new(),
        };
        line
    }

    /// The facts that go along with a pupil who is here in the next year.
    fn carried(&self, line: &Line) -> impl Iterator<Item = (Field, &'a Value)> {
        let stays = line.to().is_some();
        let at = line.pupil.position;
        self.facts.iter().filter_map(move |(field, now, next)| {
            let is_free = matches!(next.shown(at), Shown::Nothing);
            let value = now.one(at).filter(|_| stays && is_free)?;
            Some((*field, value))
        })
    }
}

/// What becomes of everybody at the end of a year.
pub fn roll_over(school: &School, from: AcademicYear, decided: &Decided) -> RollOver {
    let next = Next::of(school, from);
    let mut plan = RollOver {
        from,
        lines: Vec::new(),
        unplaced: Vec::new(),
        joiners: Vec::new(),
        carried: Vec::new(),
    };
    let mut counts = [0; CARRIED.len()];
    for pupil in pupils(school, from) {
        let Some(group) = pupil.year_group else {
            if next.group.one(pupil.position).is_some() {
                plan.joiners.push(pupil.id);
            } else if !pupil.had_left(from) {
                plan.unplaced.push(pupil);
            }
            continue;
        };
        let line = next.line(pupil, group, from, decided);
        for (field, _) in next.carried(&line) {
            let place = CARRIED.iter().position(|each| *each == field);
            if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                *count += 1;
            }
        }
        plan.lines.push(line);
    }
    plan.carried = CARRIED
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .collect();
    plan
}

impl RollOver {
    /// The year that begins.
    pub fn to(&self) -> AcademicYear {
        self.from.next()
    }

    /// The pupils of whom something is decided here and who go this way.
    pub fn going(&self, going: Going) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(move |line| !line.is_settled() && line.going == going)
    }

    /// The pupils whom the next year knows already.
    pub fn settled(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_settled())
    }

    /// What has to be written. The school goes on to the year that begins, unless it is there or further.
    pub fn draft(&self, school: &School) -> Draft {
        let mut draft = Draft::default();
        let next = Next::of(school, self.from);
        let yearly = |field| ColumnKey::yearly(field, self.to());
        for line in &self.lines {
            let (id, at) = (line.pupil.id, line.pupil.position);
            if line.is_settled() {
                // Nothing of where the pupil is.
            } else if let Some(to) = line.to() {
                let group = Value::whole(i64::from(to.number()));
                draft.write(yearly(Field::YearGroup), id, group);
                if line.pupil.left_after.is_some() {
                    draft.write(ColumnKey::lasting(Field::LeftAfter), id, Value::Blank);
                }
            } else {
                let last = Value::whole(i64::from(self.from.0));
                draft.write(ColumnKey::lasting(Field::LeftAfter), id, last);
            }
            if line.to().is_some()
                && !line.form.is_empty()
                && matches!(next.form.shown(at), Shown::Nothing)
            {
                draft.write(yearly(Field::Form), id, Value::text(&line.form));
            }
            for (field, value) in next.carried(line) {
                draft.write(yearly(field), id, value.clone());
            }
        }
        if setting(school).year.is_none_or(|year| year < self.to()) {
            let year = Value::whole(i64::from(self.to().0));
            draft.write(ColumnKey::lasting(Field::CurrentYear), Id::ONLY, year);
        }
        draft
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_begins_with_its_year_group_begins_with_the_next() {
        let group = |number| YearGroup::new(number).unwrap();
        for (form, from, after) in [
            ("7A", 7, "8A"),
            ("9 Oak", 9, "10 Oak"),
            ("Y7B", 7, "Y8B"),
            ("Yr 7/2", 7, "Yr 8/2"),
            ("10", 10, "11"),
            ("71", 7, "71"),
            ("H7", 7, "H7"),
            ("8A", 7, "8A"),
            ("Kestrel", 7, "Kestrel"),
            ("", 7, ""),
        ] {
            assert_eq!(
                form_after(form, group(from), group(from + 1)),
                after,
                "{form}"
            );
        }
        assert_eq!(form_after("7A", group(7), group(7)), "7A");
    }
}
