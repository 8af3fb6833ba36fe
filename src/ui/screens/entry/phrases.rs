//! The comment bank beside the grid: phrases for one pupil after the other.

mod bank;

use std::collections::BTreeMap;

use flightpath_school::journal::Draft;
use flightpath_school::model::{Field, Value};
use flightpath_school::view::phrases::{Lacking, Own, Phrase, joined, phrases};
use flightpath_school::view::plain;
use leptos::prelude::*;

use super::state::Grid;
use crate::i18n::t_string;
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::typed_cells::EachByItself;
use crate::ui::say::Words;
use bank::Bank;

/// Opens the phrases for the comment in a row, and for those of the other pupils from there, in the order in which the
/// grid shows them now: a pupil whom a filter drops once the comment is there does not take the next one's place.
pub fn show_phrases(grid: Grid, drawer: Drawer, row: usize) {
    let title = t_string!(grid.i18n, phrases.title).to_owned();
    let rows = grid.shown_rows.get_value();
    drawer.show(title, Some(super::GRID.to_owned()), move || {
        view! { <Phrases grid=grid rows=rows.clone() row=row /> }.into_any()
    });
}

/// A comment as it stands, and what its phrases need to know of the pupil.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct About {
    name: String,
    comment: String,
    conflict: bool,
    known: BTreeMap<Own, String>,
}

impl About {
    /// A phrase as it would stand in this comment, or what of the pupil it would need that nobody knows.
    fn filled(&self, phrase: &Phrase) -> Result<String, Lacking> {
        phrase.filled(|own| self.known.get(&own).cloned())
    }
}

/// What the language calls the pupil, by the sex that the school keeps.
fn pronouns(i18n: Words, sex: &str) -> [(Own, &'static str); 3] {
    match sex {
        "F" => [
            (Own::They, t_string!(i18n, phrases.she)),
            (Own::Them, t_string!(i18n, phrases.her)),
            (Own::Their, t_string!(i18n, phrases.her_own)),
        ],
        "M" => [
            (Own::They, t_string!(i18n, phrases.he)),
            (Own::Them, t_string!(i18n, phrases.him)),
            (Own::Their, t_string!(i18n, phrases.his_own)),
        ],
        _ => [
            (Own::They, t_string!(i18n, phrases.they)),
            (Own::Them, t_string!(i18n, phrases.them)),
            (Own::Their, t_string!(i18n, phrases.their_own)),
        ],
    }
}

fn own_name(i18n: Words, own: Own) -> &'static str {
    match own {
        Own::Forename => t_string!(i18n, phrases.own_forename),
        Own::Subject => t_string!(i18n, phrases.own_subject),
        Own::Target => t_string!(i18n, phrases.own_target),
        Own::Current => t_string!(i18n, phrases.own_current),
        Own::They | Own::Them | Own::Their => t_string!(i18n, phrases.own_pronoun),
    }
}

fn about(grid: Grid, row: usize) -> Option<About> {
    grid.topic.with(|topic| {
        let topic = topic.as_ref()?;
        let pupil = topic.pupils.get(row)?;
        grid.sheet.with(|sheet| {
            let shown = sheet.rows.get(row)?;
            let held = |field| {
                let place = topic.fields.iter().position(|own| *own == field)?;
                shown.held.get(place)
            };
            let comment = held(Field::Comment)?;
            let grade = [Field::Current, Field::Achieved].into_iter().find_map(held);
            let current = grade.map(|held| held.text.clone()).unwrap_or_default();
            let mut known = BTreeMap::from([
                (Own::Forename, pupil.forename.clone()),
                (Own::Subject, topic.subject.name.clone()),
                (Own::Target, shown.target.clone()),
                (Own::Current, current),
            ]);
            let pronouns = pronouns(grid.i18n, &pupil.sex).into_iter();
            known.extend(pronouns.map(|(own, word)| (own, word.to_owned())));
            Some(About {
                name: shown.name.clone(),
                comment: comment.text.clone(),
                conflict: comment.conflict,
                known,
            })
        })
    })
}

/// Puts a phrase behind what the comment says already, as a step.
fn put_in(grid: Grid, row: usize, about: &About, phrase: &str) {
    let place = grid.topic.with_untracked(|topic| {
        let topic = topic.as_ref()?;
        let pupil = topic.pupils.get(row)?;
        Some((topic.column(Field::Comment), pupil.id))
    });
    let Some((key, pupil)) = place else { return };
    let mut draft = Draft::default();
    draft.write(key, pupil, Value::text(&joined(&about.comment, phrase)));
    grid.carry_out(None, &draft);
}

#[component]
fn Phrases(
    grid: Grid,
    /// The rows to go through, one after the other.
    rows: Vec<usize>,
    /// The first that is looked at.
    row: usize,
) -> impl IntoView {
    let i18n = grid.i18n;
    let at = RwSignal::new(rows.iter().position(|one| *one == row).unwrap_or_default());
    let last = rows.len().saturating_sub(1);
    let row = Memo::new(move |_| rows.get(at.get()).copied().unwrap_or(row));
    let wanted = RwSignal::new(String::new());
    let told = RwSignal::new(String::new());
    let about = Memo::new(move |_| about(grid, row.get()));
    let subject = Memo::new(move |_| {
        grid.topic
            .with(|topic| topic.as_ref().map(|topic| topic.subject.id))
    });
    let bank = Memo::new(move |_| grid.app.read(phrases));
    let fitting = Memo::new(move |_| {
        let wanted = plain(wanted.get().trim());
        let subject = subject.get();
        let fits = |phrase: &&Phrase| {
            subject.is_some_and(|subject| phrase.fits(subject))
                && (plain(&phrase.text).contains(&wanted)
                    || plain(&phrase.heading).contains(&wanted))
        };
        bank.with(|bank| bank.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let add = move |phrase: &Phrase| {
        let Some(about) = about.get_untracked().filter(|about| !about.conflict) else {
            return;
        };
        if let Ok(text) = about.filled(phrase) {
            put_in(grid, row.get_untracked(), &about, &text);
            told.set(t_string!(i18n, phrases.added, pupil = about.name, phrase = text).to_string());
        }
    };
    let add_first = move || {
        let first = fitting.with_untracked(|fitting| {
            let about = about.get_untracked()?;
            let can = |phrase: &&Phrase| about.filled(phrase).is_ok();
            fitting.iter().find(can).cloned()
        });
        if let Some(first) = first {
            add(&first);
            wanted.set(String::new());
        }
    };
    let name = move || about.get().map(|about| about.name);
    let comment = move || {
        let comment = about.get().map(|about| about.comment).unwrap_or_default();
        if comment.is_empty() {
            t_string!(i18n, phrases.says_nothing).to_owned()
        } else {
            comment
        }
    };
    let conflict = move || {
        let conflict = about.with(|about| about.as_ref().is_some_and(|about| about.conflict));
        conflict.then(|| t_string!(i18n, phrases.two_values))
    };
    view! {
        <div class="stack">
            <h3>{name}</h3>
            <p aria-live="polite">{comment}</p>
            <p class="problem">{conflict}</p>
            <div class="toolbar">
                <button
                    disabled=move || at.get() == 0
                    on:click=move |_| at.update(|at| *at = at.saturating_sub(1))
                >
                    {t_string!(i18n, phrases.previous)}
                </button>
                <button
                    disabled=move || { at.get() >= last }
                    on:click=move |_| at.update(|at| *at += 1)
                >
                    {t_string!(i18n, phrases.next)}
                </button>
            </div>
            <label class="field">
                <span>{t_string!(i18n, phrases.find)}</span>
                <input
                    type="search"
                    aria-describedby="phrases-hint"
                    prop:value=move || wanted.get()
                    on:input:target=move |event| wanted.set(event.target().value())
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            add_first();
                        }
                    }
                />
            </label>
            <p class="hint" id="phrases-hint">
                {t_string!(i18n, phrases.find_hint)}
            </p>
            <p class="visually-hidden" role="status">
                {told}
            </p>
            {move || {
                let about = about.get()?;
                Some(fitting.with(|fitting| list(i18n, fitting, &about, add)))
            }}
            <Bank grid=grid bank=bank subject=subject />
        </div>
    }
}

/// The phrases under their headings, each as the pupil's comment would say it.
fn list(
    i18n: Words,
    fitting: &[Phrase],
    about: &About,
    add: impl Fn(&Phrase) + Copy + 'static,
) -> AnyView {
    if fitting.is_empty() {
        return view! { <p class="hint">{t_string!(i18n, phrases.none_fits)}</p> }.into_any();
    }
    let groups = fitting.chunk_by(|one, other| one.heading == other.heading);
    let groups = groups.map(|group| {
        let heading = group.first().map(|phrase| phrase.heading.clone());
        let heading = heading.filter(|heading| !heading.is_empty());
        let heading = heading.unwrap_or_else(|| t_string!(i18n, phrases.other).to_owned());
        let each = group.iter().map(|phrase| {
            let (text, lacking) = match about.filled(phrase) {
                Ok(text) => (text, None),
                Err(lacking) => {
                    let names = lacking.into_iter().map(|own| own_name(i18n, own));
                    let names: Vec<_> = names.collect();
                    let why = t_string!(i18n, phrases.needs, what = names.join(", "));
                    (phrase.text.clone(), Some(why.to_string()))
                }
            };
            let disabled = lacking.is_some() || about.conflict;
            let phrase = phrase.clone();
            view! {
                <li>
                    <button class="phrase" disabled=disabled on:click=move |_| add(&phrase)>
                        {text}
                    </button>
                    {lacking.map(|why| view! { <span class="hint">{why}</span> })}
                </li>
            }
        });
        view! {
            <h4>{heading}</h4>
            <ul class="phrases">{each.collect_view()}</ul>
        }
    });
    groups.collect_view().into_any()
}
