//! Adding an event that is not in the policy's calendar.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{CivilDate, ColumnKey, Field, Value, keys};
use flightpath_school::view::EventState;
use flightpath_school::view::calendar::USUAL_FIELDS;
use leptos::prelude::*;

use super::words;
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::text_field::TextField;

/// What an event can ask for.
const FIELDS: [Field; 9] = [
    Field::Current,
    Field::Predicted,
    Field::Achieved,
    Field::OnTarget,
    Field::AtlClass,
    Field::AtlHome,
    Field::SpokenEnglish,
    Field::Comment,
    Field::Evidence,
];

/// What is wrong with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    NoName,
    Taken,
    Dates,
    NoFields,
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    opens: RwSignal<String>,
    deadline: RwSignal<String>,
    fields: RwSignal<Vec<Field>>,
}

impl Form {
    fn new() -> Form {
        Form {
            name: RwSignal::new(String::new()),
            opens: RwSignal::new(String::new()),
            deadline: RwSignal::new(String::new()),
            fields: RwSignal::new(USUAL_FIELDS.to_vec()),
        }
    }

    fn add(self, app: App) -> Result<(), Problem> {
        let name = self.name.get_untracked().trim().to_owned();
        if keys::slug(&name).is_empty() {
            return Err(Problem::NoName);
        }
        let year = app.lists().with_untracked(|lists| lists.year);
        let id = keys::event(year, &name);
        let taken = app.lists().with_untracked(|lists| {
            lists
                .events
                .iter()
                .any(|event| event.id == id || event.name.eq_ignore_ascii_case(&name))
        });
        if taken {
            return Err(Problem::Taken);
        }
        let opens = CivilDate::from_iso(&self.opens.get_untracked());
        let deadline = CivilDate::from_iso(&self.deadline.get_untracked());
        if matches!((opens, deadline), (Some(opens), Some(deadline)) if deadline < opens) {
            return Err(Problem::Dates);
        }
        let asks: Vec<String> = FIELDS
            .iter()
            .filter(|field| self.fields.with_untracked(|fields| fields.contains(field)))
            .map(ToString::to_string)
            .collect();
        if asks.is_empty() {
            return Err(Problem::NoFields);
        }
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::EventName, Value::text(&name));
        write(Field::EventYear, Value::whole(i64::from(year.0)));
        write(Field::EventState, Value::text(EventState::Planned.name()));
        write(Field::EventFields, Value::text(&asks.join(" ")));
        for (field, date) in [(Field::EventOpens, opens), (Field::EventDeadline, deadline)] {
            if let Some(date) = date {
                write(field, Value::Date(date));
            }
        }
        app.dispatch(
            Action::Event {
                event: name,
                state: EventState::Planned.name().to_owned(),
            },
            &draft,
        );
        self.name.set(String::new());
        self.opens.set(String::new());
        self.deadline.set(String::new());
        Ok(())
    }
}

/// A form for an event of the school's own.
#[component]
pub fn AddEvent() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let form = Form::new();
    let problem = RwSignal::new(None::<Problem>);
    let problem_words = move || {
        problem.get().map(|problem| match problem {
            Problem::NoName => t_string!(i18n, tracking.add_no_name).to_owned(),
            Problem::Taken => {
                t_string!(i18n, tracking.add_taken, year = app.year().to_string()).to_string()
            }
            Problem::Dates => t_string!(i18n, tracking.add_dates).to_owned(),
            Problem::NoFields => t_string!(i18n, tracking.add_no_fields).to_owned(),
        })
    };
    view! {
        <details class="section">
            <summary>{t_string!(i18n, tracking.add_title)}</summary>
            <form on:submit=move |event| {
                event.prevent_default();
                problem.set(form.add(app).err());
            }>
                <div class="toolbar">
                    <TextField label=t_string!(i18n, tracking.add_name) text=form.name />
                    <TextField label=t_string!(i18n, tracking.opens) text=form.opens kind="date" />
                    <TextField label=t_string!(i18n, tracking.deadline) text=form.deadline kind="date" />
                </div>
                <fieldset class="choices across">
                    <legend>{t_string!(i18n, tracking.add_asks)}</legend>
                    {FIELDS
                        .into_iter()
                        .map(|field| {
                            view! {
                                <label>
                                    <input
                                        type="checkbox"
                                        prop:checked=move || {
                                            form.fields.with(|fields| fields.contains(&field))
                                        }
                                        on:change=move |_| {
                                            form.fields
                                                .update(|fields| {
                                                    if fields.contains(&field) {
                                                        fields.retain(|held| *held != field);
                                                    } else {
                                                        fields.push(field);
                                                    }
                                                });
                                        }
                                    />
                                    {words::field_name(i18n, field)}
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <p class="problem" role="alert">
                    {problem_words}
                </p>
                <button type="submit">{t_string!(i18n, tracking.add)}</button>
            </form>
        </details>
    }
}
