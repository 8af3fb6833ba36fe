//! What becomes of the cells of a row whose pupil is known.

use flightpath_school::journal::Shown;
use flightpath_school::model::{ColumnKey, Field, Id, Value};

use super::build::{Rows, cell, split_name};
use super::identity;
use super::targets::{self, Target};
use super::values::{self, Reading};
use super::{CellOutcome, CellReason, PlannedCell, PlannedRow};
use crate::cells;
use crate::mapping::ResultKind;
use crate::table::RowRef;

impl<'a> Rows<'a, '_> {
    /// Plans the cell of one column.
    pub(super) fn cell(
        &mut self,
        planned: &mut PlannedRow,
        row: &RowRef<'a>,
        index: usize,
        target: Target<'a>,
        pupil: Id,
        kind: Option<ResultKind>,
    ) {
        let text = row.cell(index);
        let year = self.from.options.year;
        let subject_in_row = cell(row, self.so_far.columns.subject);
        let event_in_row = cell(row, self.so_far.columns.event);
        let of_row = |own: Option<&'a str>, in_row: &'a str| own.unwrap_or(in_row);
        match target {
            Target::Nothing | Target::Wanting(_) => {}
            Target::Pupil {
                key,
                reading,
                blank_is_no,
            } => {
                let text = if blank_is_no && cells::is_blank(text) {
                    "n"
                } else {
                    text
                };
                let wrote = self.put(planned, index, key, pupil, text, reading);
                let source = &self.from.options.source;
                if let Some(source_key) = targets::source_key(&key)
                    && wrote
                    && !source.is_empty()
                {
                    self.so_far
                        .others
                        .push((source_key, pupil, Value::text(source)));
                }
            }
            Target::FullName(order) => {
                if cells::is_blank(text) {
                    return;
                }
                let (surname, forename) = split_name(text, order);
                for (field, part) in [(Field::Surname, surname), (Field::Forename, forename)] {
                    let key = ColumnKey::lasting(field);
                    self.put(planned, index, key, pupil, part, Reading::Text);
                }
            }
            Target::Result {
                kind,
                reading,
                subject,
                event,
            } => {
                let subject = of_row(subject, subject_in_row);
                let event = of_row(event, event_in_row);
                self.result(planned, index, pupil, text, (kind, subject, event), reading);
            }
            Target::NamedKind { scale } => {
                let Some(kind) = kind else { return };
                let scale = targets::scale_of_kind(kind, scale, self.from.scales);
                let default = self.from.mapping.default_event.as_deref().unwrap_or("");
                let event = if event_in_row.is_empty() {
                    default
                } else {
                    event_in_row
                };
                let subject = if subject_in_row.is_empty() {
                    self.from.mapping.single_subject.as_deref().unwrap_or("")
                } else {
                    subject_in_row
                };
                if let Some(reading) = targets::reading_of(kind, Some(scale)) {
                    self.result(planned, index, pupil, text, (kind, subject, event), reading);
                }
            }
            Target::Class { subject } => {
                let name = of_row(subject, subject_in_row);
                let subject = self.so_far.things.subject(name);
                let key = ColumnKey::per_subject(Field::Class, year, subject);
                if cells::is_blank(text) {
                    self.put(planned, index, key, pupil, "", Reading::Text);
                    return;
                }
                let class = self.so_far.things.class(subject, text);
                if self.place(
                    planned,
                    index,
                    key,
                    pupil,
                    text,
                    Ok(Value::Reference(class)),
                ) {
                    self.so_far.things.use_subject(subject, name);
                    self.so_far.things.use_class(class, text, subject);
                }
            }
            Target::Teacher { subject } => {
                if !cells::is_blank(text) {
                    let subject = self.so_far.things.subject(of_row(subject, subject_in_row));
                    self.teacher(planned, index, pupil, subject, text);
                }
            }
        }
    }

    /// A teacher belongs to the class that the file or the school has the pupil in.
    fn teacher(
        &mut self,
        planned: &mut PlannedRow,
        index: usize,
        pupil: Id,
        subject: Id,
        text: &str,
    ) {
        let key = ColumnKey::per_subject(Field::Class, self.from.options.year, subject);
        let class_key = ColumnKey::lasting(Field::ClassTeacher);
        let class = self
            .said_of(&key, pupil)
            .map(|(value, _)| value)
            .or(self.from.school.one(&key, pupil))
            .and_then(Value::as_reference);
        match class {
            Some(class) => {
                self.put(planned, index, class_key, class, text, Reading::Text);
            }
            None => planned.cells.push(PlannedCell {
                column: index,
                key: class_key,
                row: pupil,
                outcome: CellOutcome::Refused {
                    value: text.to_owned(),
                    reason: CellReason::NoClass,
                },
            }),
        }
    }

    fn result(
        &mut self,
        planned: &mut PlannedRow,
        index: usize,
        pupil: Id,
        text: &str,
        (kind, subject_name, event_name): (ResultKind, &str, &str),
        reading: Reading<'_>,
    ) {
        let subject = self.so_far.things.subject(subject_name);
        let event = (!event_name.is_empty()).then(|| self.so_far.things.event(event_name));
        let year = Some(self.from.options.year);
        let Some(key) = ColumnKey::of(kind.field(), year, Some(subject), event) else {
            if !cells::is_blank(text) {
                planned.cells.push(PlannedCell {
                    column: index,
                    key: ColumnKey::lasting(kind.field()),
                    row: pupil,
                    outcome: CellOutcome::Refused {
                        value: text.to_owned(),
                        reason: CellReason::NoEvent,
                    },
                });
            }
            return;
        };
        if self.put(planned, index, key, pupil, text, reading) {
            self.so_far.things.use_subject(subject, subject_name);
            if let Some(event) = key.event() {
                self.so_far
                    .things
                    .use_event(event, event_name, kind.field());
            }
        }
    }

    /// Reads a cell and says what becomes of it; whether it will be written.
    fn put(
        &mut self,
        planned: &mut PlannedRow,
        index: usize,
        key: ColumnKey,
        row: Id,
        text: &str,
        reading: Reading<'_>,
    ) -> bool {
        if cells::is_blank(text) {
            let known = !matches!(self.from.school.shown(&key, row), Shown::Nothing);
            if known {
                planned.cells.push(PlannedCell {
                    column: index,
                    key,
                    row,
                    outcome: CellOutcome::KeptBecauseBlank,
                });
            }
            return false;
        }
        self.place(planned, index, key, row, text, values::read(text, reading))
    }

    fn place(
        &mut self,
        planned: &mut PlannedRow,
        index: usize,
        key: ColumnKey,
        row: Id,
        text: &str,
        read: Result<Value, CellReason>,
    ) -> bool {
        let read = read.and_then(|value| match self.said_of(&key, row) {
            Some((earlier, number)) if *earlier != value => {
                Err(CellReason::OtherInEarlierRow { row: number })
            }
            said => Ok((value, said.is_some())),
        });
        let outcome = match read {
            Err(reason) => CellOutcome::Refused {
                value: text.to_owned(),
                reason,
            },
            Ok((_, true)) => CellOutcome::Same,
            Ok((value, false)) => {
                let said = self.so_far.said.entry(row).or_default();
                said.push((key, value.clone(), planned.number));
                let outcome = compare(self.from.school.shown(&key, row), value, key.field());
                self.guarded(outcome, &key, row, text)
            }
        };
        let writes = matches!(outcome, CellOutcome::New(_) | CellOutcome::Changed { .. });
        planned.cells.push(PlannedCell {
            column: index,
            key,
            row,
            outcome,
        });
        writes
    }

    /// What an earlier cell of the file says of the same, and in which row.
    fn said_of(&self, key: &ColumnKey, row: Id) -> Option<(&Value, u32)> {
        let said = self.so_far.said.get(&row)?;
        said.iter()
            .find(|(held, _, _)| held == key)
            .map(|(_, value, number)| (value, *number))
    }
}

/// What becomes of a value, given what is known.
fn compare(known: Shown<'_>, value: Value, field: Field) -> CellOutcome {
    match known {
        Shown::Nothing => CellOutcome::New(value),
        Shown::One(known) if *known == value => CellOutcome::Same,
        Shown::One(known) => {
            let same_number = field == Field::AdmissionNumber
                && known.as_text().map(identity::admission_key)
                    == value.as_text().map(identity::admission_key);
            if same_number {
                CellOutcome::Same
            } else {
                CellOutcome::Changed {
                    from: known.clone(),
                    to: value,
                }
            }
        }
        Shown::Several(among) => CellOutcome::InConflict {
            among: among.into_iter().cloned().collect(),
            file: value,
        },
    }
}
