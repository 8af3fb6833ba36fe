//! What narrows the list of pupils.

use flightpath_school::model::YearGroup;
use flightpath_school::view::{Pupil, order};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;

use super::list::use_pupils_list;
use super::rows::{Filter, Flag, Group, Sen};
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::choice::{Choice, Option2};
use crate::ui::say::Words;

/// Forms and classes have their own beginnings in the values of one combo box.
const FORM: &str = "form:";
const CLASS: &str = "class:";

fn group_key(group: Option<&Group>) -> String {
    match group {
        None => String::new(),
        Some(Group::Form(form)) => format!("{FORM}{form}"),
        Some(Group::Class(class)) => format!("{CLASS}{class}"),
    }
}

fn group_of(key: &str) -> Option<Group> {
    match (key.strip_prefix(FORM), key.strip_prefix(CLASS)) {
        (Some(form), _) => Some(Group::Form(form.to_owned())),
        (_, Some(class)) => class.parse().ok().map(Group::Class),
        _ => None,
    }
}

const FLAGS: [(Flag, &str); 3] = [
    (Flag::Yes, "yes"),
    (Flag::No, "no"),
    (Flag::Unknown, "unknown"),
];

fn flag_key(flag: Option<Flag>) -> String {
    FLAGS
        .into_iter()
        .find(|(each, _)| Some(*each) == flag)
        .map_or_else(String::new, |(_, key)| key.to_owned())
}

fn flag_of(key: &str) -> Option<Flag> {
    FLAGS
        .into_iter()
        .find(|(_, each)| *each == key)
        .map(|(flag, _)| flag)
}

const SENS: [(Sen, &str); 4] = [
    (Sen::Any, "any"),
    (Sen::Support, "k"),
    (Sen::Plan, "e"),
    (Sen::None, "none"),
];

fn option(key: &str, name: &str) -> Option2 {
    (key.to_owned(), name.to_owned())
}

fn flags(i18n: Words) -> Vec<Option2> {
    vec![
        option("", t_string!(i18n, words.all)),
        option("yes", t_string!(i18n, words.yes)),
        option("no", t_string!(i18n, words.no)),
        option("unknown", t_string!(i18n, pupils.not_known)),
    ]
}

/// The forms of a year group, or of all, by year group.
fn forms(pupils: &[Pupil], year: Option<YearGroup>) -> Vec<&str> {
    let mut forms: Vec<(Option<YearGroup>, &str)> = Vec::new();
    for pupil in pupils {
        if pupil.form.is_empty() || (year.is_some() && pupil.year_group != year) {
            continue;
        }
        // A school has dozens of forms, each with dozens of pupils.
        match forms.iter_mut().find(|(_, form)| *form == pupil.form) {
            Some((held, _)) => *held = (*held).min(pupil.year_group),
            None => forms.push((pupil.year_group, &pupil.form)),
        }
    }
    let keyed = forms.iter().zip(0..).map(|((year, form), place)| {
        let year = year.map_or(0, |year| year.number() + 3);
        (format!("{year:02}{}", order::natural(form)), place)
    });
    let order = order::by_text(keyed.collect(), false);
    let form = |place: usize| forms.get(place).map(|(_, form)| *form);
    order.into_iter().filter_map(form).collect()
}

#[component]
pub fn Filters() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let list = use_pupils_list();
    let filter = list.filter;
    let years = Signal::derive(move || {
        let mut options = vec![option("", t_string!(i18n, words.all))];
        app.lists().with(|lists| {
            let held = |year: &YearGroup| {
                let mut pupils = lists.pupils.iter();
                pupils.any(|pupil| pupil.year_group == Some(*year))
            };
            options.extend(YearGroup::all().filter(held).map(|year| {
                let name = t_string!(i18n, words.year_n, n = year.to_string()).to_string();
                (year.number().to_string(), name)
            }));
        });
        options
    });
    // A school has hundreds of classes, as much to lay out as all that is seen of the list.
    let with_classes = RwSignal::new(filter.with_untracked(|filter| filter.group.is_some()));
    spawn_local_scoped(async move {
        page::painted().await;
        let _ = with_classes.try_set(true);
    });
    let groups = Signal::derive(move || {
        let year = filter.with(|filter| filter.year);
        let with_classes = with_classes.get();
        app.lists().with(|lists| {
            let mut options = vec![option("", t_string!(i18n, words.all))];
            options.extend(forms(&lists.pupils, year).into_iter().map(|form| {
                let name = t_string!(i18n, pupils.form_n, name = form.to_owned()).to_string();
                (format!("{FORM}{form}"), name)
            }));
            let classes = lists.classes.iter().filter(|_| with_classes);
            options.extend(classes.map(|class| {
                let subject = lists
                    .subject(class.subject)
                    .map(|subject| format!(" · {}", subject.name))
                    .unwrap_or_default();
                (
                    format!("{CLASS}{}", class.id),
                    format!("{}{subject}", class.name),
                )
            }));
            options
        })
    });
    let sens = Signal::derive(move || {
        vec![
            option("", t_string!(i18n, words.all)),
            option("any", t_string!(i18n, pupils.sen_any)),
            option("k", t_string!(i18n, pupils.sen_k)),
            option("e", t_string!(i18n, pupils.sen_e)),
            option("none", t_string!(i18n, pupils.sen_none)),
        ]
    });
    let flag_options = Signal::derive(move || flags(i18n));
    let flag = move |of: fn(&Filter) -> Option<Flag>| {
        Signal::derive(move || filter.with(|filter| flag_key(of(filter))))
    };
    let is_filtered = Memo::new(move |_| filter.with(|filter| *filter != Filter::default()));
    view! {
        <div class="toolbar" role="search">
            <label class="field">
                <span>{t_string!(i18n, pupils.search)}</span>
                <input
                    type="search"
                    autocomplete="off"
                    placeholder=t_string!(i18n, pupils.search_hint)
                    prop:value=move || filter.with(|filter| filter.search.clone())
                    on:input:target=move |event| {
                        let search = event.target().value();
                        filter.update(|filter| filter.search = search);
                    }
                />
            </label>
            <Choice
                label=t_string!(i18n, words.year_group)
                options=years
                value=Signal::derive(move || {
                    filter
                        .with(|filter| {
                            filter.year.map(|year| year.number().to_string()).unwrap_or_default()
                        })
                })
                on_change=move |key| {
                    filter
                        .update(|filter| {
                            filter.year = key.parse().ok().and_then(YearGroup::new);
                            filter.group = None;
                        });
                }
            />
            <Choice
                label=t_string!(i18n, words.class)
                options=groups
                value=Signal::derive(move || filter.with(|filter| group_key(filter.group.as_ref())))
                on_change=move |key| filter.update(|filter| filter.group = group_of(&key))
            />
            <Choice
                label=t_string!(i18n, pupils.sen)
                options=sens
                value=Signal::derive(move || {
                    filter
                        .with(|filter| {
                            SENS.into_iter()
                                .find(|(sen, _)| Some(*sen) == filter.sen)
                                .map_or_else(String::new, |(_, key)| key.to_owned())
                        })
                })
                on_change=move |key| {
                    filter
                        .update(|filter| {
                            filter.sen = SENS
                                .into_iter()
                                .find(|(_, each)| *each == key)
                                .map(|(sen, _)| sen);
                        });
                }
            />
            <Choice
                label=t_string!(i18n, pupils.pupil_premium)
                options=flag_options
                value=flag(|filter| filter.pupil_premium)
                on_change=move |key| filter.update(|filter| filter.pupil_premium = flag_of(&key))
            />
            <Choice
                label=t_string!(i18n, pupils.eal)
                options=flag_options
                value=flag(|filter| filter.eal)
                on_change=move |key| filter.update(|filter| filter.eal = flag_of(&key))
            />
            <Choice
                label=t_string!(i18n, pupils.free_meals)
                options=flag_options
                value=flag(|filter| filter.free_meals)
                on_change=move |key| filter.update(|filter| filter.free_meals = flag_of(&key))
            />
            <Show when=move || is_filtered.get()>
                <button class="quiet" on:click=move |_| filter.set(Filter::default())>
                    {t_string!(i18n, pupils.clear)}
                </button>
            </Show>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use flightpath_school::model::Id;

    use super::*;

    #[test]
    fn choices_are_read_as_they_are_written() {
        for group in [Group::Form("8:B".to_owned()), Group::Class(Id(7))] {
            assert_eq!(group_of(&group_key(Some(&group))), Some(group));
        }
        assert_eq!(group_of(&group_key(None)), None);
        for (flag, _) in FLAGS {
            assert_eq!(flag_of(&flag_key(Some(flag))), Some(flag));
        }
    }
}
