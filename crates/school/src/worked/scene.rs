//! Who an example is about: a year group, a subject, its scale, and a target.

use super::made_up::{Grades, MadeUpSubject};
use crate::engine::event::{CellOutcome, PupilOutcome, SubjectSetting, evaluate_pupil};
use crate::engine::status::{Belief, Cell, EventTerms, GradeEntry, Horizon};
use crate::model::keys;
use crate::model::scale::{Grade, Scale};
use crate::policy::{CalendarEvent, EventField, KeyStage, Policy};

/// A year group and a subject of a policy, with what made-up pupils have there.
pub(super) struct Scene<'a> {
    pub(super) policy: &'a Policy,
    pub(super) year: i8,
    pub(super) curriculum: &'a str,
    pub(super) subject: MadeUpSubject,
    pub(super) scale: &'a Scale,
    pub(super) grades: Grades,
    /// The day that targets are for.
    horizon: Horizon,
}

impl<'a> Scene<'a> {
    pub(super) fn of(policy: &'a Policy, year: i8, curriculum: &'a str) -> Option<Scene<'a>> {
        let pack = policy.pack();
        let subject = MadeUpSubject::usual(year, curriculum);
        let key = keys::slug(subject.name());
        let scale = pack.scale_for(&key, curriculum, year)?;
        let scale = policy.scales().get(scale)?;
        let chain = pack.chain_for(&key, curriculum, year);
        Some(Scene {
            policy,
            year,
            curriculum,
            subject,
            scale,
            grades: Grades::on(scale)?,
            horizon: chain.map_or_else(Horizon::default, |chain| chain.horizon),
        })
    }

    /// In the usual curriculum, in the first year group from Year 1 on.
    pub(super) fn usual(policy: &'a Policy) -> Option<Scene<'a>> {
        let years = &policy.pack().years;
        let grown = years.iter().find(|year| **year >= 1);
        let year = *grown.or_else(|| years.first())?;
        Scene::of(policy, year, policy.pack().usual_curriculum())
    }

    /// In the first year group of a key stage.
    pub(super) fn in_key_stage(policy: &'a Policy, stage: KeyStage) -> Option<Scene<'a>> {
        let mut years = policy.pack().years.iter();
        let year = *years.find(|year| KeyStage::of_year(**year) == Some(stage))?;
        Scene::of(policy, year, policy.pack().usual_curriculum())
    }

    /// The events that ask this year group for one of some things, with their places in the calendar.
    pub(super) fn asking(&self, any: &[EventField]) -> Vec<(usize, &'a CalendarEvent)> {
        let asks = |event: &CalendarEvent| {
            let fields = event.fields_for(self.year).iter();
            fields.into_iter().any(|field| any.contains(field))
        };
        let calendar = self.policy.pack().calendar.iter().enumerate();
        calendar.filter(|(_, event)| asks(event)).collect()
    }

    pub(super) fn asks(&self, event: &CalendarEvent, field: EventField) -> bool {
        event.fields_for(self.year).contains(&field)
    }

    /// What bears on judgements at an event.
    pub(super) fn terms(&self, event: &CalendarEvent) -> EventTerms {
        EventTerms::of(self.policy.pack(), &event.key, self.year)
    }

    /// The first subject with its target and nothing else, at an event.
    pub(super) fn cell(&self, event: &CalendarEvent) -> Cell {
        Cell {
            target: GradeEntry::Grade(self.grades.target),
            // As in a school: compared only where the event says what its predictions are for.
            target_horizon: event
                .predicts
                .map_or_else(Horizon::default, |_| self.horizon),
            predicted_horizon: event.predicts.unwrap_or_default(),
            ..Cell::default()
        }
    }

    /// The same with a grade, which is also the forecast where the event asks for one, and with the teacher's answer
    /// where it asks for that.
    pub(super) fn answered(&self, event: &CalendarEvent, grade: Grade, belief: Belief) -> Cell {
        let asked = |field| self.asks(event, field);
        Cell {
            current: GradeEntry::Grade(grade),
            predicted: if asked(EventField::Predicted) {
                GradeEntry::Grade(grade)
            } else {
                GradeEntry::Missing
            },
            belief: if asked(EventField::OnTarget) {
                belief
            } else {
                Belief::Missing
            },
            ..self.cell(event)
        }
    }

    /// What the engine says of a pupil with these cells, each in a subject of its own.
    pub(super) fn outcome(
        &self,
        event: &CalendarEvent,
        cells: &[Cell],
    ) -> (Vec<CellOutcome>, PupilOutcome) {
        let setting = SubjectSetting {
            curriculum: self.policy.curriculum(self.curriculum),
        };
        let subjects = vec![setting; cells.len()];
        let mut outcomes = Vec::new();
        let whole = evaluate_pupil(
            self.policy,
            &subjects,
            KeyStage::of_year(self.year),
            self.terms(event),
            cells,
            &mut outcomes,
        );
        (outcomes, whole)
    }
}
