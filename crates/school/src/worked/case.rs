//! Judged cases, each a pupil of its own, so that they are told as a school's are.

use super::made_up::MadeUpSubject;
use super::scene::Scene;
use crate::engine::status::{Cell, EventTerms};
use crate::model::{Id, YearGroup, keys};
use crate::view::standing::Standing;
use crate::view::{Pupil, Subject};

/// What is known of a made-up pupil's subject at an event.
#[derive(Debug, Clone)]
pub struct Case {
    /// The pupil.
    pub pupil: Pupil,
    /// Place of the event in the calendar.
    pub event: usize,
    /// What is known.
    pub cell: Cell,
}

/// Cases of one subject and year group, and what they came to.
#[derive(Debug, Clone)]
pub struct Cases {
    /// The year group.
    pub year: i8,
    /// The subject.
    pub subject: MadeUpSubject,
    /// The same as a school has it.
    pub taught: Subject,
    /// The cases.
    pub cases: Vec<Case>,
    /// What they came to, by their pupils.
    pub standing: Standing,
}

impl Cases {
    /// Judges cells at events, given by their places in the calendar.
    pub(super) fn of(scene: &Scene<'_>, cells: Vec<(usize, Cell)>) -> Cases {
        let taught = Subject {
            id: keys::subject(scene.subject.name()),
            name: scene.subject.name().to_owned(),
            curriculum: scene.curriculum.to_owned(),
            scale: scene.scale.key().to_owned(),
        };
        let numbered = cells.into_iter().zip(1_u128..);
        let cases: Vec<Case> = numbered
            .map(|((event, cell), number)| Case {
                pupil: pupil(Id(number), scene.year),
                event,
                cell,
            })
            .collect();
        let terms = |case: &Case| {
            let event = scene.policy.pack().calendar.get(case.event);
            event.map_or_else(EventTerms::default, |event| scene.terms(event))
        };
        let pupils: Vec<_> = cases
            .iter()
            .map(|case| {
                let cells = core::slice::from_ref(&case.cell);
                (&case.pupil, terms(case), cells)
            })
            .collect();
        let standing = Standing::of_cells(scene.policy, core::slice::from_ref(&taught), &pupils);
        Cases {
            year: scene.year,
            subject: scene.subject,
            taught,
            cases,
            standing,
        }
    }
}

/// Somebody of whom nothing is known but the year group.
fn pupil(id: Id, year: i8) -> Pupil {
    Pupil {
        id,
        position: 0,
        surname: String::new(),
        forename: String::new(),
        upn: String::new(),
        admission_number: String::new(),
        birth_date: None,
        sex: String::new(),
        year_group: YearGroup::new(i64::from(year)),
        form: String::new(),
        sen: String::new(),
        pupil_premium: None,
        eal: None,
        free_meals: None,
        looked_after: None,
        attendance: None,
        left_after: None,
    }
}
