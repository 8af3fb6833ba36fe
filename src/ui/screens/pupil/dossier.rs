//! Everything that the pupil's page shows, read from the school at once.

use flightpath_school::engine::Count;
use flightpath_school::engine::status::Judgement;
use flightpath_school::journal::{School, Shown};
use flightpath_school::model::{ColumnKey, Field, Id, Measure};
use flightpath_school::view::standing::Standing;
use flightpath_school::view::{EventState, Pupil, Subject, TrackingEvent};
use leptos::prelude::Get;

use super::flight;
use crate::app::{App, Core, Lists};
use crate::i18n::t_string;
use crate::ui::parts::cell_words;
use crate::ui::parts::plot::Flight;
use crate::ui::parts::why::{Reason, firing_line, firing_reason, scope_name, told_name};
use crate::ui::say::Words;

/// A cell as a person sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct CellShown {
    /// Its column.
    pub key: ColumnKey,
    /// The column in words.
    pub what: String,
    /// Its values in words: none, one, or those that wait for a choice.
    pub texts: Vec<String>,
}

/// A measure of prior attainment and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// The value.
    pub value: CellShown,
    /// Its source.
    pub source: CellShown,
}

/// A tracking event as a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct EventColumn {
    /// Name of the event.
    pub name: String,
    /// Whether its grade is the one achieved.
    pub is_achieved: bool,
    /// Whether forecasts have a column.
    pub has_predicted: bool,
}

/// One subject at one event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventCells {
    /// The grade.
    pub grade: CellShown,
    /// The forecast.
    pub predicted: CellShown,
    /// What it came to, where there is a grade.
    pub judgement: Option<Judgement>,
}

/// One subject of the pupil.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectRow {
    /// The subject.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Grade achieved last year.
    pub start: CellShown,
    /// The target.
    pub target: CellShown,
    /// How far the target has come, in words.
    pub state: Option<CellShown>,
    /// What stands in each event, in the order of the headings.
    pub events: Vec<EventCells>,
    /// The status at the current event.
    pub now: Option<Judgement>,
    /// The flight path.
    pub flight: Option<Flight>,
}

/// A rule that fires, or may yet.
#[derive(Debug, Clone, PartialEq)]
pub struct FiringRow {
    /// At which level of the school.
    pub level: String,
    /// What made it so, in one line.
    pub line: String,
    /// Who is told.
    pub told: String,
    /// Whether it fires; else it cannot be told yet.
    pub fires: bool,
    /// Number of the rule in the pack.
    pub rule: u8,
    /// The subject's place, for a rule about one subject.
    pub subject: Option<u16>,
}

/// The pupil's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The pupil.
    pub pupil: Pupil,
    /// Name of the current event.
    pub event: Option<String>,
    /// Subjects off target there, and how many have anything to judge.
    pub off_target: Option<(Count, usize)>,
    /// Groups and identity.
    pub facts: Vec<CellShown>,
    /// Prior attainment.
    pub priors: Vec<Prior>,
    /// Events with grades, in order.
    pub events: Vec<EventColumn>,
    /// Subjects with a target or a grade, by name.
    pub subjects: Vec<SubjectRow>,
    /// Rules of the current event.
    pub firings: Vec<FiringRow>,
}

const LASTING: [Field; 6] = [
    Field::BirthDate,
    Field::Sex,
    Field::Upn,
    Field::AdmissionNumber,
    Field::Ethnicity,
    Field::HomeLanguage,
];

const YEARLY: [Field; 9] = [
    Field::YearGroup,
    Field::Form,
    Field::House,
    Field::Sen,
    Field::PupilPremium,
    Field::Eal,
    Field::FreeMeals,
    Field::LookedAfter,
    Field::Attendance,
];

/// A cell of a column in words.
pub fn cell(i18n: Words, school: &School, what: String, key: ColumnKey, row: usize) -> CellShown {
    let words = |value| cell_words::value_of(i18n, school, &key, value);
    let texts = match school.shown_at(&key, row) {
        Shown::Nothing => Vec::new(),
        Shown::One(value) => vec![words(value)],
        Shown::Several(values) => values.into_iter().map(words).collect(),
    };
    CellShown { key, what, texts }
}

/// Reads a pupil's page; nothing where the pupil is not on the list of the year.
pub fn dossier(i18n: Words, app: App, id: Id) -> Option<Dossier> {
    let lists = app.lists().get();
    let event = app.event();
    app.with(|core| {
        let pupil = lists.pupil(id)?.clone();
        let reader = Reader {
            i18n,
            core,
            lists: &lists,
            pupil: &pupil,
        };
        Some(reader.read(event.as_ref()))
    })
}

/// Why a rule of the pupil's page fires, or may yet; nothing once it does neither.
pub fn rule_reason(
    i18n: Words,
    app: App,
    id: Id,
    rule: u8,
    subject: Option<u16>,
) -> Option<Reason> {
    let lists = app.lists().get();
    let event = app.event();
    app.with(|core| {
        let pupil = lists.pupil(id)?;
        let reader = Reader {
            i18n,
            core,
            lists: &lists,
            pupil,
        };
        let standing = reader.standing(event.as_ref()?)?;
        let policy = core.policy()?;
        let mut firings = standing.reasons(policy, id).into_iter();
        let firing = firings.find(|one| one.rule == rule && one.subject == subject)?;
        Some(firing_reason(i18n, policy, &standing, pupil, &firing))
    })
}

/// What reads a pupil's page.
struct Reader<'a> {
    i18n: Words,
    core: &'a Core,
    lists: &'a Lists,
    pupil: &'a Pupil,
}

impl Reader<'_> {
    fn read(&self, now: Option<&TrackingEvent>) -> Dossier {
        let standings: Vec<(&TrackingEvent, Standing)> = self
            .lists
            .events
            .iter()
            .filter(|event| self.has_grades(event))
            .filter_map(|event| Some((event, self.standing(event)?)))
            .collect();
        let now = now.and_then(|event| Some((event, self.standing(event)?)));
        let events: Vec<EventColumn> = standings
            .iter()
            .map(|(event, _)| EventColumn {
                name: event.name.clone(),
                is_achieved: event.asks().contains(&Field::Achieved),
                has_predicted: self
                    .lists
                    .subjects
                    .iter()
                    .any(|subject| !self.shown(predicted(event, subject)).texts.is_empty()),
            })
            .collect();
        let off_target = now.as_ref().and_then(|(_, standing)| {
            let own = standing.pupil(self.pupil.id)?;
            (!own.cells.is_empty()).then_some((own.whole.off_target, own.cells.len()))
        });
        Dossier {
            pupil: self.pupil.clone(),
            event: now.as_ref().map(|(event, _)| event.name.clone()),
            off_target,
            facts: self.facts(),
            priors: self.priors(),
            events,
            subjects: self
                .lists
                .subjects
                .iter()
                .filter_map(|subject| {
                    let now = now.as_ref().map(|(_, standing)| standing);
                    self.subject(subject, &standings, now)
                })
                .collect(),
            firings: now
                .as_ref()
                .map(|(event, standing)| self.firings(event, standing))
                .unwrap_or_default(),
        }
    }

    fn standing(&self, event: &TrackingEvent) -> Option<Standing> {
        let pupil = std::slice::from_ref(self.pupil);
        self.core.standing(event, &self.lists.subjects, pupil)
    }

    fn shown(&self, key: ColumnKey) -> CellShown {
        let school = self.core.school();
        let what = cell_words::column(self.i18n, school, &key, self.lists.year);
        cell(self.i18n, school, what, key, self.pupil.position)
    }

    /// Whether an event has grades of this pupil, or is open and asks for them.
    fn has_grades(&self, event: &TrackingEvent) -> bool {
        let asks = event
            .asks()
            .iter()
            .any(|field| matches!(field, Field::Current | Field::Predicted | Field::Achieved));
        let has = || {
            let school = self.core.school();
            self.lists.subjects.iter().any(|subject| {
                [event.grade_column(subject.id), predicted(event, subject)]
                    .iter()
                    .any(|key| school.shown_at(key, self.pupil.position) != Shown::Nothing)
            })
        };
        (asks && event.state == EventState::Open) || has()
    }

    fn facts(&self) -> Vec<CellShown> {
        let lasting = LASTING.into_iter().map(ColumnKey::lasting);
        let yearly = YEARLY
            .into_iter()
            .map(|field| ColumnKey::yearly(field, self.lists.year));
        yearly
            .chain(lasting)
            .map(|key| self.shown(key))
            .filter(|fact| !fact.texts.is_empty())
            .collect()
    }

    fn priors(&self) -> Vec<Prior> {
        Measure::ALL
            .into_iter()
            .map(|measure| Prior {
                value: self.shown(ColumnKey::lasting(Field::Prior(measure))),
                source: self.shown(ColumnKey::lasting(Field::PriorSource(measure))),
            })
            .filter(|prior| !prior.value.texts.is_empty())
            .collect()
    }

    fn subject(
        &self,
        subject: &Subject,
        standings: &[(&TrackingEvent, Standing)],
        now: Option<&Standing>,
    ) -> Option<SubjectRow> {
        let year = self.lists.year;
        let per_subject = |field, year| self.shown(ColumnKey::per_subject(field, year, subject.id));
        let judged = |standing: &Standing| {
            standing
                .cell(self.pupil.id, subject.id)
                .map(|(_, outcome)| outcome.judgement)
        };
        let events: Vec<EventCells> = standings
            .iter()
            .map(|(event, standing)| {
                let grade = self.shown(event.grade_column(subject.id));
                let predicted = self.shown(predicted(event, subject));
                let has_grade = !grade.texts.is_empty() || !predicted.texts.is_empty();
                EventCells {
                    judgement: judged(standing).filter(|_| has_grade),
                    grade,
                    predicted,
                }
            })
            .collect();
        let target = per_subject(Field::Target, year);
        let takes = !target.texts.is_empty()
            || events
                .iter()
                .any(|cells| !cells.grade.texts.is_empty() || !cells.predicted.texts.is_empty())
            || !per_subject(Field::Class, year).texts.is_empty();
        if !takes {
            return None;
        }
        let mut state = per_subject(Field::TargetState, year);
        for text in &mut state.texts {
            *text = state_words(self.i18n, text);
        }
        Some(SubjectRow {
            id: subject.id,
            name: subject.name.clone(),
            start: per_subject(Field::Achieved, year.previous()),
            state: (!target.texts.is_empty() && !state.texts.is_empty()).then_some(state),
            target,
            events,
            now: now.and_then(judged),
            flight: flight::of(self.i18n, self.core, self.lists, self.pupil, subject)
                .filter(Flight::has_points),
        })
    }

    fn firings(&self, event: &TrackingEvent, standing: &Standing) -> Vec<FiringRow> {
        let i18n = self.i18n;
        let Some(policy) = self.core.policy_for(event) else {
            return Vec::new();
        };
        let mut rows: Vec<FiringRow> = standing
            .reasons(&policy, self.pupil.id)
            .iter()
            .map(|firing| {
                let scope = scope_name(i18n, firing.scope);
                let subject = firing.subject.and_then(|place| standing.subject(place));
                let told: Vec<String> = firing
                    .outcome
                    .told
                    .iter()
                    .map(|told| told_name(i18n, *told))
                    .collect();
                FiringRow {
                    level: match subject {
                        Some(subject) => format!("{scope}: {}", subject.name),
                        None => scope,
                    },
                    line: if firing.truth.is_true() {
                        firing_line(i18n, &policy, standing, self.pupil, firing)
                    } else {
                        t_string!(i18n, pupils.may_fire_why).to_owned()
                    },
                    told: told.join(", "),
                    fires: firing.truth.is_true(),
                    rule: firing.rule,
                    subject: firing.subject,
                }
            })
            .collect();
        rows.sort_by_key(|row| !row.fires);
        rows
    }
}

fn predicted(event: &TrackingEvent, subject: &Subject) -> ColumnKey {
    ColumnKey::per_event(Field::Predicted, event.year, subject.id, event.id)
}

fn state_words(i18n: Words, state: &str) -> String {
    match state {
        "proposed" => t_string!(i18n, pupils.state_proposed),
        "agreed" => t_string!(i18n, pupils.state_agreed),
        "checked" => t_string!(i18n, pupils.state_checked),
        "published" => t_string!(i18n, pupils.state_published),
        other => other,
    }
    .to_owned()
}
