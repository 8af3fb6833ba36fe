//! What happened, with the way back and the ways on.

use leptos::prelude::*;

use super::apply::save_refused;
use crate::app::import::use_desk;
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::route::Route;

#[component]
pub fn Outcome() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let desk = use_desk();
    let counts = move || {
        desk.applied
            .get()
            .map(|applied| applied.counts)
            .unwrap_or_default()
    };
    let left_out = move || {
        let counts = counts();
        counts.refused + counts.ask > 0 || counts.cells_refused > 0
    };
    let locked = move || !app.can_change();
    view! {
        <section class="section" aria-labelledby="import-outcome">
            <h2 id="import-outcome">
                {move || {
                    if desk.holds() {
                        t_string!(i18n, import.done)
                    } else {
                        t_string!(i18n, import.undone)
                    }
                }}
            </h2>
            <dl class="facts across">
                <div>
                    <dt>{t_string!(i18n, import.count_new)}</dt>
                    <dd>{move || counts().new_pupils}</dd>
                </div>
                <div>
                    <dt>{t_string!(i18n, import.count_changed)}</dt>
                    <dd>{move || counts().changed_pupils}</dd>
                </div>
                <div>
                    <dt>{t_string!(i18n, import.count_same)}</dt>
                    <dd>{move || counts().same}</dd>
                </div>
                <div>
                    <dt>{t_string!(i18n, import.count_values)}</dt>
                    <dd>
                        {move || counts().cells_new + counts().cells_changed}
                    </dd>
                </div>
                <div>
                    <dt>{t_string!(i18n, import.count_refused)}</dt>
                    <dd>{move || counts().refused + counts().ask}</dd>
                </div>
                <div>
                    <dt>{t_string!(i18n, import.count_cells_refused)}</dt>
                    <dd>{move || counts().cells_refused}</dd>
                </div>
            </dl>
            <Show when=move || desk.not_kept.get()>
                <p class="banner" data-kind="info" role="status">
                    {t_string!(i18n, import.not_kept)}
                </p>
            </Show>
            <div class="actions">
                <Show
                    when=move || desk.holds()
                    fallback=move || {
                        view! {
                            <Show when=move || desk.can_redo()>
                                <button disabled=locked on:click=move |_| app.redo_soon()>
                                    {t_string!(i18n, import.do_again)}
                                </button>
                            </Show>
                            <button class="quiet" on:click=move |_| desk.back_to_plan()>
                                {t_string!(i18n, import.back_to_plan)}
                            </button>
                        }
                    }
                >
                    <a class="button primary" href=Route::Pupils.href()>
                        {t_string!(i18n, import.see_pupils)}
                    </a>
                    <a class="button" href=Route::Targets.href()>
                        {t_string!(i18n, import.set_targets)}
                    </a>
                    <button disabled=locked on:click=move |_| desk.undo()>
                        {t_string!(i18n, import.undo)}
                    </button>
                </Show>
                <Show when=left_out>
                    <button class="quiet" on:click=move |_| save_refused(i18n, desk)>
                        {t_string!(i18n, import.save_refused)}
                    </button>
                </Show>
            </div>
        </section>
    }
}
