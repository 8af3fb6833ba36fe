//! Marks of non-examined assessments of all classes of a subject, before and after moderation.

use super::super::groups::Class;
use super::super::plain::plain;
use super::super::pupils::Pupil;
use super::{Assessment, MarkCell, MarkColumns, Place, assessments, pupils_of, write_moderated};
use crate::journal::{Draft, School};
use crate::markbook::share::share;
use crate::markbook::{AssessmentKind, Mark, Measured, Moderated, Typed};
use crate::model::scale::ScaleSet;
use crate::model::{AcademicYear, Id};

/// A pupil's non-examined assessment with both marks side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModerationRow {
    /// The class.
    pub class: Id,
    /// The pupil.
    pub pupil: Pupil,
    /// The assessment.
    pub assessment: Assessment,
    /// What stands in its cells.
    pub cell: MarkCell,
    /// Both marks as shares of what can be reached, to be compared across classes.
    pub shares: Moderated,
}

/// The non-examined assessments of all classes of a subject, in the order of classes and pupils given.
pub fn moderation(
    school: &School,
    scales: &ScaleSet,
    year: AcademicYear,
    subject: Id,
    classes: &[Class],
    pupils: &[Pupil],
) -> Vec<ModerationRow> {
    let mut rows = Vec::new();
    for class in classes.iter().filter(|class| class.subject == subject) {
        let own = pupils_of(school, year, class, pupils);
        for assessment in assessments(school, year, class.id) {
            if assessment.kind != AssessmentKind::NonExamined {
                continue;
            }
            let columns = MarkColumns::of(school, year, subject, assessment.id);
            for pupil in &own {
                let cell = columns.cell(pupil.position);
                let part = |mark| share(&assessment, mark, scales).ok();
                let shares = Moderated {
                    class: class.id,
                    pupil: pupil.id,
                    original: cell.entry.mark().and_then(part),
                    moderated: cell.moderated_counting().and_then(part),
                };
                rows.push(ModerationRow {
                    class: class.id,
                    pupil: (*pupil).clone(),
                    assessment: assessment.clone(),
                    cell,
                    shares,
                });
            }
        }
    }
    rows
}

/// The rows of the assessments that are the same as `like`: itself, and those of other classes with its
/// title, of pupils in the year groups of its class: another year's coursework is another one. What another teacher keeps for their own eyes is left out.
pub fn of_the_same(rows: Vec<ModerationRow>, like: &Assessment) -> Vec<ModerationRow> {
    let title = plain(like.title.trim());
    let own = rows.iter().filter(|row| row.assessment.id == like.id);
    let years: Vec<_> = own.map(|row| row.pupil.year_group).collect();
    let same = |row: &ModerationRow| {
        let other = &row.assessment;
        let is_other = other.class != like.class && years.contains(&row.pupil.year_group);
        other.id == like.id || (is_other && !other.private && plain(other.title.trim()) == title)
    };
    rows.into_iter().filter(same).collect()
}

/// Moves the marks that count of all pupils of a class by so many thousandths of a mark, as moderated
/// marks: never below nought nor above the highest mark. Grades are left as they are.
pub fn move_moderated(
    draft: &mut Draft,
    school: &School,
    (year, subject): (AcademicYear, Id),
    rows: &[ModerationRow],
    class: Id,
    by: i64,
) {
    for row in rows.iter().filter(|row| row.class == class) {
        let (Some(Mark::Number(mark)), Some(Measured::Marks { most })) =
            (row.cell.counting(), &row.assessment.measured)
        else {
            continue;
        };
        let place = Place {
            year,
            subject,
            assessment: row.assessment.id,
        };
        let moved = Mark::Number(mark.saturating_add(by).clamp(0, *most));
        write_moderated(draft, school, place, row.pupil.id, &Typed::Mark(moved));
    }
}
