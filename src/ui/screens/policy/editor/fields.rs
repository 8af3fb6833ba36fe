//! Controls of the editor: each shows one thing of the draft, writes it back, and says what is wrong with it.

use core::fmt::Display;
use core::str::FromStr;
use std::sync::Arc;

use flightpath_school::model::keys;
use flightpath_school::policy::MonthDay;
use leptos::prelude::*;

use super::super::problems::problem_line;
use super::desk::Desk;
use super::lens::Lens;
use super::unread::UnreadText;
use crate::i18n::t_string;
use crate::ui::parts::policy_words;

// The controls are made once for all kinds of values: what differs is behind these.
type Show = Arc<dyn Fn() -> String + Send + Sync>;
type Take<In, Out> = Box<dyn Fn(&In) -> Out>;
type Checked = Arc<dyn Fn() -> bool + Send + Sync>;
/// The number of the choice that holds.
pub type Chosen = Arc<dyn Fn() -> Option<usize> + Send + Sync>;

/// The id of the control for a place of the document.
pub fn id_of(place: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let mut id = String::from("e-");
    id.extend(place.chars().map(plain));
    id
}

/// What is wrong at a place, a line each.
pub fn faults(desk: Desk, place: &str) -> AnyView {
    let (place, id) = (place.to_owned(), format!("{}-problem", id_of(place)));
    (move || {
        let lines: Vec<_> = desk
            .problems_at(&place)
            .iter()
            .map(|problem| view! { <span>{problem_line(desk, problem)}</span> })
            .collect();
        (!lines.is_empty()).then(|| view! { <p class="problem" id=id.clone()>{lines}</p> })
    })
    .into_any()
}

fn is_faulty(desk: Desk, place: &str) -> bool {
    !desk.problems_at(place).is_empty()
}

/// A control with its label, and below it what is wrong.
fn framed(desk: Desk, label: &str, place: &str, control: AnyView) -> AnyView {
    view! {
        <div class="field">
            <label for=id_of(place)>{label.to_owned()}</label>
            {control}
            {faults(desk, place)}
        </div>
    }
    .into_any()
}

/// A text field, whose text is taken when it is left. `take` says whether it could be read; what could not stays in
/// the field, and is a mistake of the draft until it is mended.
fn entry(
    desk: Desk,
    label: &str,
    place: &str,
    kind: &'static str,
    show: Show,
    take: Take<str, bool>,
) -> AnyView {
    desk.stands(place);
    let id = id_of(place);
    let (of_value, of_mark) = (place.to_owned(), place.to_owned());
    let shown = Memo::new(move |_| desk.unread_at(&of_value).unwrap_or_else(|| show()));
    let unread = Memo::new(move |_| desk.unread_at(&of_mark).is_some());
    let here = place.to_owned();
    let faulty = move || (unread.get() || is_faulty(desk, &here)).to_string();
    let (own_place, own_label) = (place.to_owned(), label.to_owned());
    let read = move |typed: String| {
        let is_read = take(&typed);
        let text = (!is_read).then(|| UnreadText {
            place: own_place.clone(),
            label: own_label.clone(),
            text: typed.trim().to_owned(),
        });
        desk.set_unread(&own_place, text);
    };
    let unread_id = format!("{id}-unread");
    let control = view! {
        <input
            id=id.clone()
            type="text"
            class=kind
            inputmode=if kind == "num" { "decimal" } else { "text" }
            autocomplete="off"
            aria-invalid=faulty
            aria-describedby=format!("{unread_id} {id}-problem")
            prop:value=move || shown.get()
            on:change:target=move |event| read(event.target().value())
        />
        <Show when=move || unread.get()>
            <p class="problem" id=unread_id.clone()>
                {t_string!(desk.i18n, edit.unread)}
            </p>
        </Show>
    };
    framed(desk, label, place, control.into_any())
}

/// A line of text.
pub fn text(desk: Desk, label: &str, place: &str, lens: Lens<String>) -> AnyView {
    let shown = lens.clone();
    entry(
        desk,
        label,
        place,
        "text",
        Arc::new(move || desk.get(&shown).unwrap_or_default()),
        Box::new(move |typed| {
            desk.set(&lens, |text| *text = typed.trim().to_owned());
            true
        }),
    )
}

/// Several lines of text.
pub fn area(desk: Desk, label: &str, place: &str, lens: Lens<String>) -> AnyView {
    let shown = lens.clone();
    let control = view! {
        <textarea
            id=id_of(place)
            rows="3"
            prop:value=move || desk.get(&shown).unwrap_or_default()
            on:change:target=move |event| {
                let typed = event.target().value();
                desk.set(&lens, |text| *text = typed.trim().to_owned());
            }
        ></textarea>
    };
    framed(desk, label, place, control.into_any())
}

/// A number, or whatever else is written as a short text.
pub fn number<T>(desk: Desk, label: &str, place: &str, lens: Lens<T>) -> AnyView
where
    T: Display + FromStr + Clone + Send + Sync + 'static,
{
    let shown = lens.clone();
    entry(
        desk,
        label,
        place,
        "num",
        Arc::new(move || {
            let value = desk.get(&shown);
            value.map_or_else(String::new, |value| value.to_string())
        }),
        Box::new(
            move |typed| match typed.trim().replace(',', ".").parse::<T>() {
                Ok(value) => {
                    desk.set(&lens, |held| *held = value);
                    true
                }
                Err(_) => false,
            },
        ),
    )
}

/// A number that may be left out.
pub fn number_or_none<T>(desk: Desk, label: &str, place: &str, lens: Lens<Option<T>>) -> AnyView
where
    T: Display + FromStr + Clone + Send + Sync + 'static,
{
    let shown = lens.clone();
    entry(
        desk,
        label,
        place,
        "num",
        Arc::new(move || {
            let value = desk.get(&shown).flatten();
            value.map_or_else(String::new, |value| value.to_string())
        }),
        Box::new(move |typed| {
            let typed = typed.trim();
            let value = (!typed.is_empty()).then(|| typed.parse::<T>());
            match value.transpose() {
                Ok(value) => {
                    desk.set(&lens, |held| *held = value);
                    true
                }
                Err(_) => false,
            }
        }),
    )
}

/// Words with commas between them, such as subjects.
pub fn names(desk: Desk, label: &str, place: &str, lens: Lens<Vec<String>>) -> AnyView {
    let shown = lens.clone();
    entry(
        desk,
        label,
        place,
        "text",
        Arc::new(move || {
            let keys = desk.get(&shown).unwrap_or_default();
            let names: Vec<String> = keys.iter().map(|key| policy_words::plain(key)).collect();
            names.join(", ")
        }),
        Box::new(move |typed| {
            let keys = typed.split(',').map(keys::slug);
            let keys: Vec<String> = keys.filter(|key| !key.is_empty()).collect();
            desk.set(&lens, |held| *held = keys);
            true
        }),
    )
}

/// One choice of several, each with its words. `reshapes` where what is on screen depends on it.
pub fn pick<T>(
    desk: Desk,
    label: &str,
    place: &str,
    options: Vec<(T, String)>,
    lens: Lens<T>,
    reshapes: bool,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let words: Vec<String> = options.iter().map(|(_, words)| words.clone()).collect();
    let values: Vec<T> = options.into_iter().map(|(value, _)| value).collect();
    let (held, known) = (lens.clone(), values.clone());
    let chosen = move || {
        let value = desk.get(&held)?;
        known.iter().position(|known| *known == value)
    };
    let id = id_of(place);
    let take = move |number: usize| {
        let Some(value) = values.get(number).cloned() else {
            return;
        };
        if reshapes {
            desk.reshape(&lens, id.clone(), |held| *held = value);
        } else {
            desk.set(&lens, |held| *held = value);
        }
    };
    pick_number(desk, label, place, words, Arc::new(chosen), Box::new(take))
}

/// One choice of several, by number; a blank stands in front where none is chosen.
pub fn pick_number(
    desk: Desk,
    label: &str,
    place: &str,
    options: Vec<String>,
    chosen: Chosen,
    take: Box<dyn Fn(usize)>,
) -> AnyView {
    let here = place.to_owned();
    let now = chosen.clone();
    let value = move || now().map_or_else(String::new, |number| number.to_string());
    // Read once: what is on screen is built anew only when its shape changes.
    let none = untrack(|| chosen()).is_none();
    let none = none.then(|| view! { <option value="">""</option> });
    let control = view! {
        <select
            id=id_of(place)
            aria-invalid=move || is_faulty(desk, &here).to_string()
            aria-describedby=format!("{}-problem", id_of(place))
            prop:value=value
            on:change:target=move |event| {
                if let Ok(number) = event.target().value().parse() {
                    take(number);
                }
            }
        >
            {none}
            {options
                .into_iter()
                .enumerate()
                .map(|(number, words)| {
                    let chosen = chosen.clone();
                    view! {
                        <option value=number.to_string() selected=move || chosen() == Some(number)>
                            {words}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    };
    framed(desk, label, place, control.into_any())
}

/// A grade of a scale: picked where it has grades, typed where it is a scale of numbers.
pub fn grade(desk: Desk, label: &str, place: &str, scale: &str, lens: Lens<String>) -> AnyView {
    let labels = desk
        .scales()
        .get(scale)
        .map(|scale| scale.target_labels())
        .unwrap_or_default();
    if labels.is_empty() {
        return text(desk, label, place, lens);
    }
    let options = labels
        .into_iter()
        .map(|label| (label.clone(), label))
        .collect();
    pick(desk, label, place, options, lens, false)
}

/// Several of a list, ticked.
pub fn ticks<T>(
    desk: Desk,
    legend: &str,
    place: &str,
    options: Vec<(T, String)>,
    lens: Lens<Vec<T>>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let all: Vec<T> = options.iter().map(|(value, _)| value.clone()).collect();
    let boxes = options.into_iter().map(|(value, words)| {
        let (held, known) = (lens.clone(), value.clone());
        let (changed, order) = (lens.clone(), all.clone());
        let checked = move || desk.get(&held).is_some_and(|list| list.contains(&known));
        let toggle = move |on: bool| {
            desk.set(&changed, |list| {
                list.retain(|held| *held != value);
                if on {
                    list.push(value.clone());
                }
                let rank = |held: &T| order.iter().position(|known| known == held);
                list.sort_by_key(rank);
            });
        };
        checkbox(None, words, Arc::new(checked), Box::new(toggle))
    });
    tick_group(desk, legend, place, boxes.collect())
}

fn tick_group(desk: Desk, legend: &str, place: &str, boxes: Vec<AnyView>) -> AnyView {
    view! {
        <fieldset class="ticks" id=id_of(place) tabindex="-1">
            <legend>{legend.to_owned()}</legend>
            {boxes}
            {faults(desk, place)}
        </fieldset>
    }
    .into_any()
}

fn checkbox(
    id: Option<String>,
    words: String,
    checked: Checked,
    toggle: Box<dyn Fn(bool)>,
) -> AnyView {
    view! {
        <label class="tick">
            <input
                id=id
                type="checkbox"
                prop:checked=move || checked()
                on:change:target=move |event| toggle(event.target().checked())
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}

/// Yes or no.
pub fn tick(desk: Desk, label: &str, place: &str, lens: Lens<bool>) -> AnyView {
    let shown = lens.clone();
    checkbox(
        Some(id_of(place)),
        label.to_owned(),
        Arc::new(move || desk.get(&shown).unwrap_or_default()),
        Box::new(move |on| desk.set(&lens, |held| *held = on)),
    )
}

/// Whether a part is there at all.
pub fn tick_part<T: Clone + Send + Sync + 'static>(
    desk: Desk,
    label: &str,
    place: &str,
    lens: Lens<Option<T>>,
    new: fn() -> T,
) -> AnyView {
    let (shown, id) = (lens.clone(), id_of(&format!("{place}-is-there")));
    let focus = id.clone();
    checkbox(
        Some(id),
        label.to_owned(),
        Arc::new(move || desk.get(&shown).flatten().is_some()),
        Box::new(move |on| {
            desk.reshape(&lens, focus.clone(), |held| *held = on.then(new));
        }),
    )
}

/// A day of the year.
pub fn day(desk: Desk, label: &str, place: &str, lens: Lens<MonthDay>) -> AnyView {
    let i18n = desk.i18n;
    let months: Vec<(u8, String)> = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]
        .into_iter()
        .map(|month| (month, policy_words::month(i18n, month).to_owned()))
        .collect();
    let day_label = t_string!(i18n, edit.day_of, what = label.to_owned()).to_string();
    let month_label = t_string!(i18n, edit.month_of, what = label.to_owned()).to_string();
    view! {
        <div class="day">
            {number(desk, &day_label, &format!("{place}.day"), lens.part(|day| &mut day.day))}
            {pick(
                desk,
                &month_label,
                &format!("{place}.month"),
                months,
                lens.part(|day| &mut day.month),
                false,
            )} {faults(desk, place)}
        </div>
    }
    .into_any()
}
