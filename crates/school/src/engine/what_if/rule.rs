//! Which one subject would make a rule come out differently.

use super::judgement::{
    CellChange, CellValue, Values, lacking_for_floor, lacking_for_status, ways,
};
use crate::engine::event::{CellOutcome, RuleBits, SubjectSetting, evaluate_pupil};
use crate::engine::status::{Cell, EventTerms, Judgement, Setting, judge};
use crate::engine::triggers::{Facts, count_truth, subject_truth};
use crate::engine::truth::{Count, Truth};
use crate::policy::{CompiledCondition, KeyStage, Policy, Rag, Scope};

/// A pupil at an event, as [`evaluate_pupil`] takes one.
#[derive(Debug, Clone, Copy)]
pub struct PupilInputs<'a> {
    /// The subjects that cells name by their place here.
    pub subjects: &'a [SubjectSetting],
    /// The pupil's key stage; none where the year group is not known.
    pub key_stage: Option<KeyStage>,
    /// What of the event bears on the pupil's judgements.
    pub terms: EventTerms,
    /// What is known, subject by subject.
    pub cells: &'a [Cell],
}

/// What in a subject makes a rule come out differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// It would be on target (or off it).
    OnTarget(bool),
    /// It would be below the floor (or not).
    BelowFloor(bool),
    /// It would have this colour.
    Colour(Rag),
    /// The grade itself, or several of the others together.
    Grade,
}

/// Another value in one subject, with which a rule would come out differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The subject's place.
    pub subject: u16,
    /// The value, and what the subject would then come to.
    pub change: CellChange,
    /// What of it the rule goes by.
    pub turn: Turn,
    /// How the rule would come out: true or false.
    pub truth: Truth,
    /// Numbers of the other rules of the same scope that would fire then, and do not now.
    pub instead: Vec<u8>,
}

/// Which change in a single subject would make a rule come out differently: a new answer of the
/// teacher, or the nearest other prediction or current grade. A target is not lowered to silence a
/// rule; it is looked for only where none stands there, as are the grades that are missing.
///
/// A rule of scope *subject* is asked of the subject at the given place. Empty where no single
/// subject would, or the rule is not asked of the pupil's key stage.
pub fn rule_changes(
    policy: &Policy,
    pupil: &PupilInputs<'_>,
    rule: u8,
    subject: Option<u16>,
) -> Vec<RuleChange> {
    let asked = Asked::of(policy, pupil, rule);
    asked.map_or_else(Vec::new, |asked| asked.changes(subject))
}

/// A rule with the pupil of whom it is asked.
struct Asked<'a> {
    policy: &'a Policy,
    pupil: &'a PupilInputs<'a>,
    rule: u8,
    scope: Scope,
    condition: &'a CompiledCondition,
    judgements: Vec<Judgement>,
}

impl<'a> Asked<'a> {
    fn of(policy: &'a Policy, pupil: &'a PupilInputs<'a>, rule: u8) -> Option<Asked<'a>> {
        let source = policy.pack().triggers.get(usize::from(rule))?;
        if !source.on || !source.key_stages.contains(&pupil.key_stage?) {
            return None;
        }
        let mut asked = Asked {
            policy,
            pupil,
            rule,
            scope: source.scope,
            condition: &policy.rules().get(usize::from(rule))?.condition,
            judgements: Vec::new(),
        };
        let judged = pupil.cells.iter().map(|cell| asked.judge(cell));
        asked.judgements = judged.collect();
        Some(asked)
    }

    fn changes(&self, subject: Option<u16>) -> Vec<RuleChange> {
        let mut changes = Vec::new();
        for place in 0..self.pupil.cells.len() {
            let of_place = self.one(place).filter(|one| match self.scope {
                Scope::Subject => subject == Some(one.cell.subject),
                _ => true,
            });
            for truth in [Truth::False, Truth::True] {
                changes.extend(of_place.iter().flat_map(|one| one.turned_to(truth)));
            }
        }
        changes
    }

    fn one(&self, place: usize) -> Option<One<'_>> {
        let cell = self.pupil.cells.get(place)?;
        let own = self.judgements.get(place)?;
        let others = self.counts_without(place);
        let now = self.truth(&others, own, cell);
        Some(One {
            asked: self,
            place,
            cell,
            own,
            others,
            now,
        })
    }

    fn judge(&self, cell: &Cell) -> Judgement {
        let subject = self.pupil.subjects.get(usize::from(cell.subject));
        let setting = Setting {
            key_stage: self.pupil.key_stage,
            curriculum: subject.and_then(|subject| subject.curriculum),
        };
        judge(self.policy, self.pupil.terms, setting, cell)
    }

    /// Every count of the policy over the pupil's subjects but one.
    fn counts_without(&self, place: usize) -> Vec<Count> {
        let mut counts = vec![Count::default(); self.policy.counted().len()];
        let others = self.pupil.cells.iter().zip(&self.judgements).enumerate();
        for (_, (cell, judgement)) in others.filter(|(other, _)| *other != place) {
            self.count(&mut counts, judgement, cell);
        }
        counts
    }

    fn count(&self, counts: &mut [Count], judgement: &Judgement, cell: &Cell) {
        let current = cell.current;
        for (what, count) in self.policy.counted().iter().zip(counts) {
            count.add(subject_truth(what, &Facts { judgement, current }));
        }
    }

    /// How the rule comes out with one subject added to the others.
    fn truth(&self, others: &[Count], judgement: &Judgement, cell: &Cell) -> Truth {
        match self.condition {
            CompiledCondition::Subject(condition) => {
                let current = cell.current;
                subject_truth(condition, &Facts { judgement, current })
            }
            CompiledCondition::Pupil(condition) => {
                let mut counts = others.to_vec();
                self.count(&mut counts, judgement, cell);
                count_truth(condition, &counts)
            }
        }
    }

    fn fired(&self, cells: &[Cell], place: usize) -> RuleBits {
        let PupilInputs {
            subjects,
            key_stage,
            terms,
            ..
        } = *self.pupil;
        let mut outcomes: Vec<CellOutcome> = Vec::new();
        let whole = evaluate_pupil(
            self.policy,
            subjects,
            key_stage,
            terms,
            cells,
            &mut outcomes,
        );
        match self.scope {
            Scope::Subject => outcomes
                .get(place)
                .map_or_else(RuleBits::default, |outcome| outcome.rules.fired),
            _ => whole.rules.fired,
        }
    }
}

/// One of the pupil's subjects beside the others.
struct One<'a> {
    asked: &'a Asked<'a>,
    place: usize,
    cell: &'a Cell,
    own: &'a Judgement,
    others: Vec<Count>,
    /// How the rule comes out now.
    now: Truth,
}

impl One<'_> {
    /// The changes in this subject with which the rule comes out so. Where it cannot be told yet
    /// one of them is enough: it is a matter of what becomes known, not of which way there is.
    fn turned_to(&self, truth: Truth) -> Vec<RuleChange> {
        if truth == self.now {
            return Vec::new();
        }
        let most = match self.now {
            Truth::Unknown => 1,
            Truth::True | Truth::False => usize::MAX,
        };
        let found = self.ways().filter_map(|values| {
            let mut judged = values.map(|to| CellChange {
                to,
                judgement: self.asked.judge(&to.put(*self.cell)),
            });
            judged.find(|change| self.truth(change) == truth)
        });
        let told = found.map(|change| RuleChange {
            subject: self.cell.subject,
            turn: self.turn(&change.judgement, truth),
            truth,
            instead: self.instead(change.to),
            change,
        });
        told.take(most).collect()
    }

    fn ways(&self) -> impl Iterator<Item = Values<'_>> {
        let lacking = [lacking_for_status(self.own), lacking_for_floor(self.own)];
        let has_target = self.cell.target.grade().is_some();
        let Asked { policy, pupil, .. } = self.asked;
        let ways = ways(policy, pupil.terms, self.cell, &lacking).into_iter();
        ways.map(move |values| -> Values<'_> {
            Box::new(values.filter(move |to| !(has_target && matches!(to, CellValue::Target(_)))))
        })
    }

    fn truth(&self, change: &CellChange) -> Truth {
        let cell = change.to.put(*self.cell);
        self.asked.truth(&self.others, &change.judgement, &cell)
    }

    /// What of a new judgement is alone enough for the rule's new answer.
    fn turn(&self, new: &Judgement, truth: Truth) -> Turn {
        let own = *self.own;
        let enough = |judgement| self.asked.truth(&self.others, &judgement, self.cell) == truth;
        let on_target = Judgement {
            on_target: new.on_target,
            ..own
        };
        let floor = Judgement {
            floor: new.floor,
            ..own
        };
        let rag = Judgement {
            rag: new.rag,
            ..own
        };
        match new.rag.colour() {
            _ if enough(on_target) => Turn::OnTarget(new.on_target.is_true()),
            _ if enough(floor) => Turn::BelowFloor(new.floor.below().is_true()),
            Some(colour) if enough(rag) => Turn::Colour(colour),
            _ => Turn::Grade,
        }
    }

    /// The other rules of the same scope that fire once a value is put in, and did not before.
    fn instead(&self, to: CellValue) -> Vec<u8> {
        let asked = self.asked;
        let mut cells = asked.pupil.cells.to_vec();
        let before = asked.fired(&cells, self.place);
        if let Some(cell) = cells.get_mut(self.place) {
            *cell = to.put(*cell);
        }
        let after = asked.fired(&cells, self.place);
        let same_scope = |rule: &u8| {
            let source = asked.policy.pack().triggers.get(usize::from(*rule));
            source.is_some_and(|source| source.scope == asked.scope)
        };
        let newly = after.iter().filter(|rule| !before.contains(*rule));
        newly
            .filter(|rule| *rule != asked.rule && same_scope(rule))
            .collect()
    }
}
