//! Policy: which one holds, what it says, what another one would change, and writing one's own.

mod compare;
mod editor;
mod effect;
mod figures;
pub mod practice;
mod problems;
pub mod says;
pub mod year;

use flightpath_school::policy::{PackError, PolicyPack};
use flightpath_school::view::rival_policies;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{Offered, PolicyFault, blank_policy, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::{files, prefs};
use crate::ui::parts::choice::Choice;
use crate::ui::parts::file_button::FileButton;
use crate::ui::parts::focus::focus_soon;
use crate::ui::parts::policy_words;
use crate::ui::route::Route;
use crate::ui::say::Words;
use editor::{Editor, UnreadTexts};

/// What a policy's file is.
const MEDIA_TYPE: &str = "application/json";

fn about(i18n: Words, offered: &Offered) -> String {
    let pack = &offered.pack;
    match pack.key.as_str() {
        _ if offered.is_kept => {
            let version = pack.version.to_string();
            t_string!(i18n, policy.own_version, version = version).to_string()
        }
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

fn fault_words(i18n: Words, file: String, fault: PolicyFault) -> String {
    match fault {
        PolicyFault::Unreadable => t_string!(i18n, policy.unreadable, file = file).to_string(),
        PolicyFault::Pack(PackError::NotAPack) => {
            t_string!(i18n, policy.not_a_pack, file = file).to_string()
        }
        PolicyFault::Pack(PackError::UnknownFormat { found }) => {
            let found = found.to_string();
            t_string!(i18n, policy.later_format, file = file, found = found).to_string()
        }
        PolicyFault::Pack(PackError::Malformed {
            line,
            column,
            message,
        }) => t_string!(
            i18n,
            policy.malformed,
            file = file,
            line = line.to_string(),
            column = column.to_string(),
            message = message
        )
        .to_string(),
    }
}

/// What is on the screen's desk.
#[derive(Clone, Copy)]
struct Scene {
    offered: Memo<Vec<Offered>>,
    /// The policy that is looked at, by name.
    picked: RwSignal<Option<String>>,
    /// The draft; means nothing while there is none.
    draft: RwSignal<PolicyPack>,
    has_draft: RwSignal<bool>,
    /// What was typed into the draft and cannot be read.
    unread: UnreadTexts,
    editing: RwSignal<bool>,
    /// What became of a file.
    told: RwSignal<Option<String>>,
}

impl Scene {
    fn new() -> Scene {
        let app = use_app();
        let kept = prefs::policy_draft().and_then(|text| PolicyPack::from_json(&text).ok());
        let has_draft = kept.is_some();
        let scene = Scene {
            offered: Memo::new(move |_| {
                app.track();
                app.offered_policies()
            }),
            picked: RwSignal::new(None),
            draft: RwSignal::new(kept.unwrap_or_else(blank_policy)),
            has_draft: RwSignal::new(has_draft),
            unread: RwSignal::new(Vec::new()),
            editing: RwSignal::new(false),
            told: RwSignal::new(None),
        };
        // Nothing is lost by closing the tab.
        Effect::new(move |_| {
            let text = scene.draft.with(|draft| draft.to_json().ok());
            if scene.has_draft.get() {
                prefs::keep_policy_draft(text.as_deref());
            }
        });
        scene
    }

    fn begin(self, pack: PolicyPack) {
        self.draft.set(pack);
        self.unread.set(Vec::new());
        self.has_draft.set(true);
        self.go_on();
    }

    fn go_on(self) {
        self.editing.set(true);
        focus_soon("editor-section");
    }

    fn close(self) {
        let _ = self.editing.try_set(false);
        focus_soon("page-title");
    }

    fn discard(self) {
        self.has_draft.set(false);
        self.unread.set(Vec::new());
        prefs::keep_policy_draft(None);
        self.close();
    }
}

#[component]
pub fn PolicyScreen() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let scene = Scene::new();
    // The rules that the program goes by now, whether or not somebody chose them.
    let in_force =
        Memo::new(move |_| app.with(|core| core.policy().map(|policy| policy.pack().clone())));
    let chosen = Memo::new(move |_| app.setting().pack);
    let looked_at = Memo::new(move |_| {
        let name = scene.picked.get().unwrap_or_else(|| chosen.get());
        scene.offered.with(|offered| {
            let named = offered.iter().find(|one| one.name == name);
            let usual = || {
                let own = in_force.get();
                offered.iter().find(|one| Some(&one.pack) == own.as_ref())
            };
            named.or_else(usual).cloned()
        })
    });
    let shown = Memo::new(move |_| match scene.editing.get() {
        true => Some(scene.draft.get()),
        false => looked_at.with(|looked_at| looked_at.as_ref().map(|one| one.pack.clone())),
    });
    let new = Memo::new(move |_| {
        if scene.editing.get() {
            let sound = shown.with(|shown| {
                let scales = app.with(|core| core.own_scales());
                shown
                    .as_ref()
                    .is_some_and(|pack| pack.problems(&scales).is_empty())
            });
            let all_read = scene.unread.with(Vec::is_empty);
            return sound && all_read && shown.with(|shown| *shown != in_force.get());
        }
        looked_at.with(|one| {
            one.as_ref()
                .is_some_and(|one| chosen.with(|name| *name != one.name))
        })
    });
    let save = move |_| {
        if scene.editing.get_untracked() {
            app.save_policy(scene.draft.get_untracked());
            scene.discard();
        } else if let Some(offered) = looked_at.get_untracked() {
            app.choose_policy(&offered);
            // The first policy makes the school, and the screen is made anew.
            scene.close();
        }
        let _ = scene.picked.try_set(None);
    };
    let answer = move || {
        let Some(pack) = in_force.get() else {
            return String::new();
        };
        let rivals = app.with(|core| rival_policies(core.school()));
        if !rivals.is_empty() {
            let named = |rival: &PolicyPack| {
                let (name, version) = (rival.name.clone(), rival.version.to_string());
                t_string!(i18n, policy.compare_named, name = name, version = version).to_string()
            };
            let names: Vec<String> = rivals.iter().map(named).collect();
            let names = policy_words::joined(i18n, &names);
            return t_string!(i18n, policy.answer_rivals, names = names, name = pack.name)
                .to_string();
        }
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
                    {move || actions(i18n, scene, looked_at)}
                    <button class="primary" disabled=move || !new.get() on:click=save>
                        {t_string!(i18n, policy.save)}
                    </button>
                </div>
                <p class="answer">{answer}</p>
                <p aria-live="polite">{move || scene.told.get()}</p>
            </header>
            <Show when=move || !scene.editing.get()>
                {move || choices(i18n, scene, looked_at, chosen)}
                {move || looked_at.get().and_then(|one| super::help::link(i18n, &one))}
            </Show>
            <effect::EffectView shown=shown new=new />
            <Show when=move || no_pupils.get() && !chosen.with(String::is_empty)>
                <p class="actions">
                    <a class="button primary" href=Route::Import.href()>
                        {t_string!(i18n, policy.next_import)}
                    </a>
                </p>
            </Show>
            <Show
                when=move || scene.editing.get()
                fallback=move || {
                    view! {
                        <figures::FiguresView />
                        <Comparison scene=scene shown=shown />
                        {move || shown.get().map(|pack| says::says(i18n, app, &pack))}
                    }
                }
            >
                <Editor draft=scene.draft unread=scene.unread />
                <Comparison scene=scene shown=shown />
            </Show>
        </div>
    }
}

/// What can be done besides saving.
fn actions(i18n: Words, scene: Scene, looked_at: Memo<Option<Offered>>) -> AnyView {
    let app = use_app();
    if scene.editing.get() {
        return view! {
            <button on:click=move |_| scene.discard()>{t_string!(i18n, policy.discard)}</button>
            <button on:click=move |_| scene.close()>{t_string!(i18n, policy.close_editor)}</button>
        }
        .into_any();
    }
    let export = move |_| {
        let Some(offered) = looked_at.get_untracked() else {
            return;
        };
        if let Ok(text) = offered.pack.to_json() {
            let name = format!("{} {}.policy.json", offered.pack.name, offered.pack.version);
            let _ = files::download(&name, MEDIA_TYPE, text.as_bytes());
        }
    };
    let take = move |files: Vec<web_sys::File>| {
        let Some(file) = files.into_iter().next() else {
            return;
        };
        spawn_local(async move {
            let name = file.name();
            match app.read_policy(file).await {
                Ok(pack) => {
                    let words = t_string!(i18n, policy.taken_in, name = pack.name.clone());
                    let _ = scene.told.try_set(Some(words.to_string()));
                    scene.begin(pack);
                }
                Err(fault) => {
                    let _ = scene.told.try_set(Some(fault_words(i18n, name, fault)));
                }
            }
        });
    };
    let begin = if scene.has_draft.get() {
        let name = scene.draft.with(|draft| draft.name.clone());
        let name = if name.is_empty() {
            t_string!(i18n, policy.no_name_yet).to_owned()
        } else {
            name
        };
        view! {
            <button on:click=move |_| scene.discard()>{t_string!(i18n, policy.discard)}</button>
            <button on:click=move |_| scene.go_on()>
                {t_string!(i18n, policy.go_on, name = name).to_string()}
            </button>
        }
        .into_any()
    } else {
        let edit = move |_| {
            if let Some(offered) = looked_at.get_untracked() {
                scene.begin(offered.pack);
            }
        };
        view! {
            <FileButton
                label=t_string!(i18n, policy.import_it)
                accept=".json,application/json"
                take=take
            />
            <button on:click=move |_| scene.begin(blank_policy())>
                {t_string!(i18n, policy.new_policy)}
            </button>
            <button on:click=edit>{t_string!(i18n, policy.edit_it)}</button>
        }
        .into_any()
    };
    view! {
        <button on:click=export>{t_string!(i18n, policy.export_it)}</button>
        {begin}
    }
    .into_any()
}

/// The policies to pick from.
fn choices(
    i18n: Words,
    scene: Scene,
    looked_at: Memo<Option<Offered>>,
    chosen: Memo<String>,
) -> AnyView {
    let offered = scene.offered.get();
    let choices: Vec<_> = offered
        .into_iter()
        .map(|offered| {
            let (name, own, to_pick) = (
                offered.name.clone(),
                offered.name.clone(),
                offered.name.clone(),
            );
            let checked = move || {
                looked_at.with(|looked_at| looked_at.as_ref().is_some_and(|one| one.name == name))
            };
            let holds = move || chosen.with(|chosen| *chosen == own);
            view! {
                <label>
                    <input
                        type="radio"
                        name="pack"
                        prop:checked=checked
                        on:change=move |_| scene.picked.set(Some(to_pick.clone()))
                    />
                    <span>
                        <strong>{offered.pack.name.clone()}</strong>
                        " "
                        <Show when=holds>
                            <span class="chip" data-kind="done">
                                {t_string!(i18n, policy.in_force)}
                            </span>
                        </Show>
                    </span>
                    <span class="hint">{about(i18n, &offered)}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="choices">
            <legend>{t_string!(i18n, policy.choose)}</legend>
            {choices}
        </fieldset>
    }
    .into_any()
}

/// The policy on screen beside another one.
#[component]
fn Comparison(scene: Scene, shown: Memo<Option<PolicyPack>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let with = RwSignal::new(String::new());
    let named = move |pack: &PolicyPack| {
        let (name, version) = (pack.name.clone(), pack.version.to_string());
        t_string!(i18n, policy.compare_named, name = name, version = version).to_string()
    };
    let options = move || {
        let none = (
            String::new(),
            t_string!(i18n, policy.compare_none).to_owned(),
        );
        let others = scene.offered.with(|offered| {
            let others = offered.iter();
            others
                .map(|one| (one.name.clone(), named(&one.pack)))
                .collect::<Vec<_>>()
        });
        [none].into_iter().chain(others).collect::<Vec<_>>()
    };
    let body = move || {
        let other = with.get();
        let other = scene.offered.with(|offered| {
            offered
                .iter()
                .find(|one| one.name == other)
                .map(|one| one.pack.clone())
        })?;
        let one = shown.get()?;
        let one_name = match scene.editing.get() {
            true => t_string!(i18n, policy.compare_draft).to_owned(),
            false => named(&one),
        };
        Some(compare::compared(
            i18n,
            app,
            (&one_name, &one),
            (&named(&other), &other),
        ))
    };
    view! {
        <section class="section pack">
            <Choice
                label=t_string!(i18n, policy.compare)
                options=Signal::derive(options)
                value=with
                on_change=move |name| with.set(name)
            />
            {body}
        </section>
    }
}
