//! What the entry grid shows: a row for each pupil of a class.

use flightpath_school::engine::Truth;
use flightpath_school::journal::{School, Shown};
use flightpath_school::model::scale::Scale;
use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::policy::{Policy, Rag};
use flightpath_school::view::standing::written_scale;
use flightpath_school::view::unusual::fallen;
use flightpath_school::view::{Pupil, Subject, TrackingEvent};

use crate::app::Core;

/// What stands in one cell that can be typed into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// As it is written.
    pub text: String,
    /// Key of the code that stands in place of the grade; `text` is empty then.
    pub code: Option<String>,
    /// Two values wait for a choice.
    pub conflict: bool,
    /// The event asks for it, and it is not there.
    pub missing: bool,
    /// It lies so far below the grade before that somebody should look once more.
    pub unusual: bool,
}

/// One pupil of the grid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Whose row.
    pub pupil: Option<Id>,
    /// Surname and forename.
    pub name: String,
    /// Form.
    pub form: String,
    /// SEN status, K or E; empty for none.
    pub sen: String,
    /// Target as it is written.
    pub target: String,
    /// Grade of the event before, or of the year before.
    pub last: String,
    /// What can be typed into, in the order of the columns.
    pub held: Vec<Held>,
    /// Whether on target, and the colour; nothing where nothing is known.
    pub status: Option<(Truth, Option<Rag>)>,
}

/// All rows, with what they come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The pupils, by name.
    pub rows: Vec<Row>,
    /// Rows with a grade, or with a code that says why there is none.
    pub here: usize,
    /// Pupils off target.
    pub off_target: usize,
    /// Pupils of whom it is not known.
    pub unknown: usize,
    /// Grades that are unusual beside the one before.
    pub unusual: usize,
}

/// What the grid is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The event.
    pub event: TrackingEvent,
    /// The subject.
    pub subject: Subject,
    /// The pupils, by name.
    pub pupils: Vec<Pupil>,
    /// Columns that can be typed into.
    pub fields: Vec<Field>,
    /// Where the grade before stands.
    pub before: ColumnKey,
}

/// What an event asks of a year group. The calendar may ask leaving years for something else.
pub fn asked_of(policy: Option<&Policy>, event: &TrackingEvent, year: Option<i8>) -> Vec<Field> {
    let exception = policy
        .and_then(|policy| policy.pack().event(&event.key))
        .zip(year)
        .and_then(|(entry, year)| {
            entry
                .exceptions
                .iter()
                .find(|exception| exception.years.contains(&year))
        });
    match exception {
        Some(exception) => exception.fields.iter().map(|f| f.field()).collect(),
        None => event.asks().to_vec(),
    }
}

impl Topic {
    /// The column of a field for this event and subject.
    pub fn column(&self, field: Field) -> ColumnKey {
        ColumnKey::of(
            field,
            Some(self.event.year),
            Some(self.subject.id),
            Some(self.event.id),
        )
        .unwrap_or(ColumnKey::lasting(field))
    }

    /// Whether a field holds the answer that makes the event complete.
    pub fn answers(&self, field: Field) -> bool {
        self.event.answer_column(self.subject.id) == Some(self.column(field))
    }

    /// The scale on which a pupil is graded in a field; nothing where it holds no grade.
    pub fn scale<'a>(
        &self,
        school: &School,
        policy: &'a Policy,
        pupil: &Pupil,
        field: Field,
    ) -> Option<&'a Scale> {
        match field {
            Field::Current | Field::Predicted | Field::Achieved => {
                written_scale(school, policy, self.event.year, &self.subject, pupil)
            }
            Field::AtlClass | Field::AtlHome => policy.scales().get("atl"),
            Field::SpokenEnglish => policy.scales().get("cefr"),
            _ => None,
        }
    }

    /// Reads the rows and judges them.
    pub fn sheet(&self, core: &Core) -> Sheet {
        let school = core.school();
        let subject = std::slice::from_ref(&self.subject);
        let standing = core.standing(&self.event, subject, &self.pupils);
        let columns: Vec<(Field, ColumnKey)> = self
            .fields
            .iter()
            .map(|field| (*field, self.column(*field)))
            .collect();
        let target = ColumnKey::per_subject(Field::Target, self.event.year, self.subject.id);
        let answer = self.event.answer_column(self.subject.id);
        let code_column = self.event.code_column(self.subject.id);
        let mut sheet = Sheet::default();
        for pupil in &self.pupils {
            let one = |key: &ColumnKey| school.shown_at(key, pupil.position).one();
            let code = one(&code_column)
                .and_then(Value::as_text)
                .map(str::to_owned);
            let before = one(&self.before);
            let answered_with_grade = answer.is_some_and(|key| one(&key).is_some());
            let held: Vec<Held> = columns
                .iter()
                .map(|(field, key)| {
                    let mut held = held(school.shown_at(key, pupil.position));
                    if Some(*key) == answer && held.text.is_empty() {
                        held.code.clone_from(&code);
                        held.missing = code.is_none();
                    } else if Some(*key) == answer {
                        let fall = core
                            .policy()
                            .and_then(|policy| fallen(policy, before?, one(key)?));
                        held.unusual = fall.is_some();
                    } else if matches!(field, Field::AtlClass | Field::AtlHome) {
                        // Whoever has a grade has an attitude as well.
                        held.missing = held.text.is_empty() && answered_with_grade;
                    } else if matches!(field, Field::OnTarget | Field::Predicted) {
                        held.missing = held.text.is_empty() && code.is_none();
                    }
                    held
                })
                .collect();
            let status = standing
                .as_ref()
                .and_then(|standing| standing.cell(pupil.id, self.subject.id))
                .map(|(_, outcome)| {
                    let judgement = &outcome.judgement;
                    (judgement.on_target, judgement.rag.colour())
                });
            match status.map(|(on_target, _)| on_target) {
                Some(Truth::True) => {}
                Some(Truth::False) => sheet.off_target += 1,
                Some(Truth::Unknown) | None => sheet.unknown += 1,
            }
            sheet.unusual += held.iter().filter(|held| held.unusual).count();
            let answered = answer.is_none_or(|key| one(&key).is_some()) || code.is_some();
            sheet.here += usize::from(answered);
            sheet.rows.push(Row {
                pupil: Some(pupil.id),
                name: pupil.name(),
                form: pupil.form.clone(),
                sen: pupil.sen_support().to_owned(),
                target: text_of(school.shown_at(&target, pupil.position)),
                last: text_of(school.shown_at(&self.before, pupil.position)),
                held,
                status,
            });
        }
        sheet
    }
}

fn held(shown: Shown<'_>) -> Held {
    Held {
        conflict: matches!(shown, Shown::Several(_)),
        text: text_of(shown),
        code: None,
        missing: false,
        unusual: false,
    }
}

/// Values as they are written; those of a conflict one beside the other.
fn text_of(shown: Shown<'_>) -> String {
    let text = |value: &Value| match value {
        Value::Text(text) | Value::Code(text) | Value::Grade(_, text) => text.to_string(),
        Value::Flag(true) => "Y".to_owned(),
        Value::Flag(false) => "N".to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Number(_) | Value::Reference(_) | Value::Blank => String::new(),
    };
    match shown {
        Shown::Nothing => String::new(),
        Shown::One(value) => text(value),
        Shown::Several(values) => values.into_iter().map(text).collect::<Vec<_>>().join(" | "),
    }
}
