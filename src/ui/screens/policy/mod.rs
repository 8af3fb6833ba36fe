//! Policy: which one holds, what it says, and what another one would change.

mod effect;
mod figures;
mod practice;
mod says;
mod year;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{Notice, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::policy_words;
use crate::ui::route::Route;
use crate::ui::say::Words;

fn about(i18n: Words, pack: &PolicyPack) -> String {
    match pack.key.as_str() {
        "banded-secondary" => t_string!(i18n, policy.about_banded).to_owned(),
        "bilingual-secondary" => t_string!(i18n, policy.about_bilingual).to_owned(),
        "general-secondary" => t_string!(i18n, policy.about_general).to_owned(),
        "personal-targets-secondary" => t_string!(i18n, policy.about_personal).to_owned(),
        "primary" => t_string!(i18n, policy.about_primary).to_owned(),
        _ => t_string!(
            i18n,
            policy.about_other,
            years = policy_words::years(i18n, &pack.years)
        )
        .to_string(),
    }
}

#[component]
pub fn PolicyScreen() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let packs = StoredValue::new(PolicyPack::shipped());
    // The rules that the program goes by now, whether or not somebody chose them.
    let in_force =
        Memo::new(move |_| app.with(|core| core.policy().map(|policy| policy.pack().clone())));
    let picked = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| {
        let key = picked
            .get()
            .or_else(|| in_force.with(|pack| pack.as_ref().map(|pack| pack.key.clone())))
            .unwrap_or_default();
        packs.with_value(|packs| packs.iter().find(|pack| pack.key == key).cloned())
    });
    let chosen = Memo::new(move |_| app.setting().pack);
    let new = Memo::new(move |_| {
        let shown = shown.with(|pack| pack.as_ref().map(|pack| pack.key.clone()));
        shown.is_some_and(|shown| chosen.with(|chosen| *chosen != shown))
    });
    let save = move |_| {
        let Some(pack) = shown.get_untracked() else {
            return;
        };
        let mut draft = Draft::default();
        draft.write(
            ColumnKey::lasting(Field::Pack),
            Id::ONLY,
            Value::text(&pack.key),
        );
        if app.setting().year.is_none() {
            draft.write(
                ColumnKey::lasting(Field::CurrentYear),
                Id::ONLY,
                Value::whole(i64::from(app.year().0)),
            );
        }
        let action = Action::ChoosePolicy {
            pack: pack.key.clone(),
        };
        if app.dispatch(action.clone(), &draft).is_some() {
            app.notice.set(Some(Notice::Done {
                action,
                cells: draft.len(),
            }));
            // The first policy makes the school, and the screen is made anew.
            spawn_local(async {
                page::breathe().await;
                page::focus("page-title");
            });
        }
        let _ = picked.try_set(None);
    };
    let answer = move || {
        let Some(pack) = in_force.get() else {
            return String::new();
        };
        if chosen.with(String::is_empty) {
            t_string!(i18n, policy.answer_none, name = pack.name).to_string()
        } else {
            let version = pack.version.to_string();
            t_string!(i18n, policy.answer, name = pack.name, version = version).to_string()
        }
    };
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, policy.title)}
                </h1>
                <div class="page-actions">
                    <button class="primary" disabled=move || !new.get() on:click=save>
                        {t_string!(i18n, policy.save)}
                    </button>
                </div>
                <p class="answer">{answer}</p>
            </header>
            <fieldset class="choices">
                <legend>{t_string!(i18n, policy.choose)}</legend>
                {packs
                    .with_value(|packs| {
                        packs
                            .iter()
                            .map(|pack| {
                                let (key, to_pick) = (pack.key.clone(), pack.key.clone());
                                let own = pack.key.clone();
                                let checked = move || {
                                    shown.with(|pack| pack.as_ref().is_some_and(|p| p.key == key))
                                };
                                let holds = move || chosen.with(|chosen| *chosen == own);
                                view! {
                                    <label>
                                        <input
                                            type="radio"
                                            name="pack"
                                            prop:checked=checked
                                            on:change=move |_| picked.set(Some(to_pick.clone()))
                                        />
                                        <span>
                                            <strong>{pack.name.clone()}</strong>
                                            " "
                                            <Show when=holds>
                                                <span class="chip" data-kind="done">
                                                    {t_string!(i18n, policy.in_force)}
                                                </span>
                                            </Show>
                                        </span>
                                        <span class="hint">{about(i18n, pack)}</span>
                                    </label>
                                }
                            })
                            .collect_view()
                    })}
            </fieldset>
            <effect::EffectView shown=shown new=new />
            <figures::FiguresView />
            <Show when=move || no_pupils.get() && !chosen.with(String::is_empty)>
                <p class="actions">
                    <a class="button primary" href=Route::Import.href()>
                        {t_string!(i18n, policy.next_import)}
                    </a>
                </p>
            </Show>
            {move || shown.get().map(|pack| says::says(i18n, app, &pack))}
        </div>
    }
}
