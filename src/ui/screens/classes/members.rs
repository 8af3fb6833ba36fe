//! The pupils of a class, and moving some of them.

use std::collections::BTreeSet;

use flightpath_school::model::Id;
use leptos::prelude::*;

use super::class::{Here, Member};
use crate::i18n::t_string;
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::choice::Choice;
use crate::ui::parts::text_field::TextField;
use crate::ui::route::Route;

/// What stands for a class that is yet to be made.
const NEW: &str = "new";
/// What stands for no class.
const NONE: &str = "none";

/// A tick box for each of some pupils.
pub(super) fn tick(here: Here, chosen: RwSignal<BTreeSet<Id>>, member: &Member) -> AnyView {
    let id = member.id;
    let name = t_string!(here.i18n, classes.choose_one, name = member.name.clone()).to_string();
    view! {
        <input
            type="checkbox"
            aria-label=name
            prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
            on:change:target=move |event| {
                let ticked = event.target().checked();
                chosen
                    .update(|chosen| {
                        if ticked {
                            chosen.insert(id);
                        } else {
                            chosen.remove(&id);
                        }
                    });
            }
        />
    }
    .into_any()
}

/// Who is in the class.
#[component]
pub(super) fn Members(here: Here) -> impl IntoView {
    let Here {
        app, i18n, members, ..
    } = here;
    let chosen = RwSignal::new(BTreeSet::<Id>::new());
    // Somebody who is in the class no longer is not moved from it.
    let ticked = Memo::new(move |_| {
        members.with(|members| {
            chosen.with(|chosen| {
                let own = members.iter().filter(|member| chosen.contains(&member.id));
                own.map(|member| member.id).collect::<Vec<_>>()
            })
        })
    });
    let caption = move || t_string!(i18n, classes.pupils_caption, class = here.name()).to_string();
    let all_ticked = move || ticked.with(Vec::len) == members.with(Vec::len);
    let any = Memo::new(move |_| members.with(|members| !members.is_empty()));
    view! {
        <Show when=move || any.get()>
            <Show when=move || app.can_change()>
                <Move here=here ticked=ticked />
            </Show>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table>
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <td class="mark tick-cell">
                                <input
                                    type="checkbox"
                                    aria-label=t_string!(i18n, classes.choose_all)
                                    prop:checked=all_ticked
                                    on:change:target=move |event| {
                                        let all = event.target().checked();
                                        chosen
                                            .set(
                                                members
                                                    .with_untracked(|members| {
                                                        let ids = members.iter().filter(|_| all);
                                                        ids.map(|member| member.id).collect()
                                                    }),
                                            );
                                    }
                                />
                            </td>
                            <th scope="col">{t_string!(i18n, words.pupil)}</th>
                            <th scope="col">{t_string!(i18n, words.form)}</th>
                            <th scope="col">{t_string!(i18n, words.year_group)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || members.get() key=Member::clone let:member>
                            <tr>
                                <td class="mark tick-cell">{tick(here, chosen, &member)}</td>
                                <th scope="row">
                                    <a href=Route::Pupil(member.id).href()>{member.name}</a>
                                </th>
                                <td>{member.form}</td>
                                <td>{member.year}</td>
                            </tr>
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

/// Moves those who are ticked to another class, a new one, or none.
#[component]
fn Move(here: Here, ticked: Memo<Vec<Id>>) -> impl IntoView {
    let Here { i18n, .. } = here;
    let to = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let others = Memo::new(move |_| here.others());
    let options = Signal::derive(move || {
        let others = others.get();
        let each = others.into_iter().map(|(id, name)| (id.to_string(), name));
        let rest = [
            (
                NEW.to_owned(),
                t_string!(i18n, classes.new_class).to_owned(),
            ),
            (
                NONE.to_owned(),
                t_string!(i18n, classes.no_class).to_owned(),
            ),
        ];
        each.chain(rest).collect::<Vec<_>>()
    });
    // The one that was chosen may be gone by now; then it is the first.
    let target = Memo::new(move |_| {
        let wanted = to.get();
        options.with(|options| {
            let held = options.iter().find(|(key, _)| *key == wanted);
            held.or(options.first())
                .map(|(key, _)| key.clone())
                .unwrap_or_default()
        })
    });
    let is_new = Memo::new(move |_| target.with(|target| target == NEW));
    let go = move || {
        let pupils = ticked.get_untracked();
        let wanted = target.get_untracked();
        let done = here.carry_out(|classes, own| match wanted.as_str() {
            NEW => classes
                .split(own, &name.get_untracked(), "", &pupils)
                .map(|(draft, _)| draft),
            NONE => classes.take_out(own, &pupils),
            other => match other.parse() {
                Ok(other) => classes.move_to(other, &pupils),
                Err(_) => Err(flightpath_school::view::class_changes::ClassProblem::NoClass),
            },
        });
        if done {
            let _ = name.try_set(String::new());
        }
    };
    view! {
        <form
            class="toolbar"
            on:submit=move |event| {
                event.prevent_default();
                go();
            }
        >
            <Choice
                label=t_string!(i18n, classes.move_to)
                options=options
                value=target
                on_change=move |key| to.set(key)
            />
            <Show when=move || is_new.get()>
                <TextField label=t_string!(i18n, classes.new_name) text=name described_by="split-hint" />
            </Show>
            <button type="submit">
                {move || {
                    let n = ticked.with(Vec::len);
                    t_string!(i18n, classes.move_n, count = count(n), n = counted(n)).to_string()
                }}
            </button>
        </form>
        <Show when=move || is_new.get()>
            <p class="hint" id="split-hint">
                {t_string!(i18n, classes.new_teachers_hint)}
            </p>
        </Show>
    }
}
