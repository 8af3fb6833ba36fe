//! Settings: the person, the look, the school's name, the store.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Id, Value};
use leptos::prelude::*;

use crate::app::{Phase, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::fetched::{self, shown};
use crate::ui::parts::choice::Choice;
use crate::ui::route::Route;

#[component]
pub fn Settings() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let looks = Signal::derive(move || {
        vec![
            (String::new(), t_string!(i18n, shell.look_system).to_owned()),
            (
                "light".to_owned(),
                t_string!(i18n, shell.look_light).to_owned(),
            ),
            (
                "dark".to_owned(),
                t_string!(i18n, shell.look_dark).to_owned(),
            ),
        ]
    });
    let rows = Signal::derive(move || {
        vec![
            (
                String::new(),
                t_string!(i18n, shell.rows_compact).to_owned(),
            ),
            (
                "comfortable".to_owned(),
                t_string!(i18n, shell.rows_comfortable).to_owned(),
            ),
        ]
    });
    let rename = move |name: String| {
        let mut draft = Draft::default();
        draft.write(
            ColumnKey::lasting(Field::SchoolName),
            Id::ONLY,
            Value::text(name.trim()),
        );
        app.dispatch(Action::Settings, &draft);
    };
    view! {
        <div class="page narrow">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, shell.settings_title)}
                </h1>
                <p class="answer">{t_string!(i18n, shell.settings_answer)}</p>
            </header>
            <section class="section">
                <h2>{t_string!(i18n, shell.settings_you)}</h2>
                <label class="field">
                    <span>{t_string!(i18n, shell.settings_name)}</span>
                    <input
                        type="text"
                        autocomplete="name"
                        prop:value=move || app.prefs.with(|prefs| prefs.author.clone())
                        on:change:target=move |event| {
                            let name = event.target().value();
                            app.prefs.update(|prefs| prefs.author = name);
                        }
                    />
                    <span class="hint">{t_string!(i18n, shell.settings_name_hint)}</span>
                </label>
                <p class="hint">{t_string!(i18n, shell.settings_role_hint)}</p>
            </section>
            <Show when=move || app.phase.get() == Phase::Ready>
                <section class="section">
                    <h2>{t_string!(i18n, shell.settings_school)}</h2>
                    <label class="field">
                        <span>{t_string!(i18n, shell.settings_school_name)}</span>
                        <input
                            type="text"
                            prop:value=move || app.setting().name
                            on:change:target=move |event| rename(event.target().value())
                        />
                    </label>
                </section>
                <section class="section">
                    <h2>{t_string!(i18n, new_year.settings_year)}</h2>
                    <p>
                        {move || {
                            let year = app.setting().year.map(|year| year.to_string());
                            t_string!(
                                i18n,
                                new_year.settings_now,
                                year = year.unwrap_or_default()
                            )
                                .to_string()
                        }}
                    </p>
                    <p class="actions">
                        <a class="button" href=Route::NewYear.href()>
                            {t_string!(i18n, new_year.settings_link)}
                        </a>
                    </p>
                </section>
            </Show>
            <section class="section">
                <h2>{t_string!(i18n, shell.settings_look)}</h2>
                <div class="toolbar">
                    <Choice
                        label=t_string!(i18n, shell.settings_look)
                        options=looks
                        value=Signal::derive(move || app.prefs.with(|prefs| prefs.look.clone()))
                        on_change=move |look| app.prefs.update(|prefs| prefs.look = look)
                    />
                    <Choice
                        label=t_string!(i18n, shell.settings_rows)
                        options=rows
                        value=Signal::derive(move || app.prefs.with(|prefs| prefs.rows.clone()))
                        on_change=move |rows| app.prefs.update(|prefs| prefs.rows = rows)
                    />
                </div>
            </section>
            {shown(fetched::safety())}
        </div>
    }
}
