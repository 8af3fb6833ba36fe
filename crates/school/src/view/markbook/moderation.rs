//! Marks of non-examined assessments of all classes of a subject, before and after moderation.

use super::super::groups::Class;
use super::super::pupils::Pupil;
use super::{Assessment, MarkCell, MarkColumns, assessments, pupils_of};
use crate::journal::School;
use crate::markbook::share::share;
use crate::markbook::{AssessmentKind, Moderated};
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
                    moderated: cell.moderated.mark().and_then(part),
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
