//! Marks that pupils bring along from the classes of the subject that they were in before they were moved, or before
//! their class was merged.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Assessment, AssessmentColumns, MarkCell, MarkColumns, Markbook, MarkbookRow};
use crate::journal::{School, Shown};
use crate::markbook::{MarkEntry, Mean, Sheet, Spread, WhyLeftOut};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table};
use crate::policy::Policy;
use crate::view::groups::Class;
use crate::view::pupils::Pupil;

/// A mark and the moderated mark.
pub(super) type Entries = (MarkEntry, MarkEntry);

/// An assessment of another class of the subject, in which a pupil who is now in the class has an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// The assessment, as the other class has it.
    pub assessment: Assessment,
    /// Name of that class, which may have been given up.
    pub from: String,
    /// What those have there who are not in this class: a standard score is one among them too.
    others: Vec<Entries>,
}

/// What the pupils of a class bring along, by date. What a teacher keeps for their own eyes stays with its class.
pub(super) fn brought(
    school: &School,
    year: AcademicYear,
    class: &Class,
    pupils: &[&Pupil],
) -> Vec<Brought> {
    let columns = AssessmentColumns::of(school, year);
    let of_subject = |key: &ColumnKey| {
        key.field() == Field::Mark
            && key.year() == Some(year)
            && key.subject() == Some(class.subject)
    };
    let keys = school.columns().map(|(key, _)| key);
    let mut found: Vec<Brought> = keys
        .filter(|key| of_subject(key))
        .filter_map(|key| {
            let id = key.assessment()?;
            let position = school.position(Table::Assessments, id)?;
            let of = columns.class.one(position)?.as_reference()?;
            let marks = school.reading(key);
            let has_any = |pupil: &&Pupil| marks.shown(pupil.position) != Shown::Nothing;
            if of == class.id || !pupils.iter().any(has_any) {
                return None;
            }
            let assessment = columns.read(position, id, of)?;
            let name = school.text(&ColumnKey::lasting(Field::ClassName), of);
            (!assessment.private).then(|| Brought {
                others: others(school, year, class, pupils, id),
                from: name.unwrap_or_default().to_owned(),
                assessment,
            })
        })
        .collect();
    found.sort_by(|one, other| one.place().cmp(&other.place()));
    found
}

fn others(
    school: &School,
    year: AcademicYear,
    class: &Class,
    pupils: &[&Pupil],
    assessment: Id,
) -> Vec<Entries> {
    let marks = MarkColumns::of(school, year, class.subject, assessment);
    let is_other = |position: &usize| pupils.iter().all(|pupil| pupil.position != *position);
    marks
        .marked()
        .filter(is_other)
        .map(|position| marks.cell(position).entries())
        .collect()
}

impl Brought {
    /// By date, what has none last.
    fn place(&self) -> (bool, Option<CivilDate>, &str, i64, Id) {
        let Assessment {
            date, order, id, ..
        } = &self.assessment;
        (date.is_none(), *date, &self.from, *order, *id)
    }
}

impl MarkCell {
    pub(super) fn entries(&self) -> Entries {
        (self.entry.clone(), self.moderated.clone())
    }
}

impl MarkbookRow {
    /// The day of the last assessment of another class in which the pupil has an entry.
    fn last_elsewhere(&self, brought: &[Brought]) -> Option<CivilDate> {
        let there = brought.iter().zip(&self.brought);
        there
            .filter(|(_, cell)| cell.entry != MarkEntry::Blank)
            .filter_map(|(brought, _)| brought.assessment.date)
            .max()
    }
}

impl Markbook {
    /// The assessment of a column: the class's own come first, then those brought along.
    pub fn assessment_at(&self, place: usize) -> Option<&Assessment> {
        let own = self.assessments.get(place);
        own.or_else(|| Some(&self.brought_at(place)?.assessment))
    }

    /// What was brought along in a column; nothing for the class's own.
    pub fn brought_at(&self, place: usize) -> Option<&Brought> {
        self.brought.get(place.checked_sub(self.assessments.len())?)
    }

    /// A pupil's cell in a column, counted the same way.
    pub fn cell_at(&self, row: usize, place: usize) -> Option<&MarkCell> {
        let row = self.rows.get(row)?;
        match place.checked_sub(self.assessments.len()) {
            None => row.cells.get(place),
            Some(place) => row.brought.get(place),
        }
    }

    /// How many marks are missing: empty cells of the class's own assessments that have been set, which is those that
    /// anybody has an entry for. What was assessed while a pupil was still assessed in another class is none of theirs.
    pub fn missing(&self) -> usize {
        let elsewhere: Vec<Option<CivilDate>> = self
            .rows
            .iter()
            .map(|row| row.last_elsewhere(&self.brought))
            .collect();
        let missing_of = |(place, assessment): (usize, &Assessment)| {
            let is_blank = |row: &MarkbookRow| {
                let cell = row.cells.get(place);
                cell.is_some_and(|cell| cell.entry == MarkEntry::Blank)
            };
            if self.rows.iter().all(is_blank) {
                return 0;
            }
            let was_here = |until: &Option<CivilDate>| match (assessment.date, until) {
                (Some(date), Some(until)) => date > *until,
                _ => true,
            };
            let rows = self.rows.iter().zip(&elsewhere);
            rows.filter(|(row, until)| is_blank(row) && was_here(until))
                .count()
        };
        self.assessments.iter().enumerate().map(missing_of).sum()
    }

    /// All assessments whose marks come to one.
    pub(super) fn counting_assessments(&self) -> Cow<'_, [Assessment]> {
        if self.brought.is_empty() {
            return Cow::Borrowed(&self.assessments);
        }
        let brought = self.brought.iter().map(|held| &held.assessment);
        Cow::Owned(self.assessments.iter().chain(brought).cloned().collect())
    }

    /// The spreads that standard scores go by besides those of the class: of what was brought along, that of everybody
    /// who has a mark there. Those given come before.
    pub(super) fn spreads(
        &self,
        policy: &Policy,
        given: &BTreeMap<Id, Spread>,
    ) -> BTreeMap<Id, Spread> {
        let mut spreads = BTreeMap::new();
        for (place, held) in self.brought.iter().enumerate() {
            if self.method.standard.is_none() {
                break;
            }
            let here = self.rows.iter().filter_map(|row| row.brought.get(place));
            let all = here.map(MarkCell::entries).chain(held.others.clone());
            let rows: Vec<Vec<Entries>> = all.map(|entries| vec![entries]).collect();
            let sheet = Sheet {
                assessments: core::slice::from_ref(&held.assessment),
                rows: &rows,
                scales: policy.scales(),
            };
            spreads.extend(sheet.spreads());
        }
        spreads.extend(given.iter().map(|(id, spread)| (*id, *spread)));
        spreads
    }

    /// Leaves the empty cells of what was brought along unsaid: nothing was ever to stand there.
    pub(super) fn without_blanks_elsewhere(&self, mut means: Vec<Mean>) -> Vec<Mean> {
        let is_brought = |id: Id| self.brought.iter().any(|held| held.assessment.id == id);
        for mean in &mut means {
            mean.left_out
                .retain(|cell| cell.why != WhyLeftOut::Blank || !is_brought(cell.assessment));
        }
        means
    }
}
