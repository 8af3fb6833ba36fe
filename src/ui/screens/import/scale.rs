//! A scale of marks, made on the spot.

use flightpath_school::model::scale::ScaleProblem;
use leptos::html::Input;
use leptos::prelude::*;

use super::say;
use crate::app::import::use_desk;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::focus::focus_soon;
use crate::ui::say::Words;

/// What a field without a number is: no scale has such bounds.
enum Refused {
    NotANumber,
    Scale(ScaleProblem),
}

#[component]
pub fn MakeScale(
    /// The column that the scale is for.
    making: RwSignal<Option<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = use_desk();
    let (name, lowest, highest, decimals) = (
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
    );
    let problem = RwSignal::new(String::new());
    let likely = Memo::new(move |_| {
        let index = making.get()?;
        desk.file.with(|file| {
            file.as_ref()
                .and_then(|file| file.columns.get(index))
                .and_then(|facts| facts.likely_scale())
        })
    });
    let bounds = move || likely.get().unwrap_or((0, 100, 0));
    let column = move || {
        making.get().and_then(|index| {
            desk.file
                .with(|file| file.as_ref().map(|file| say::column(i18n, file, index)))
        })
    };
    Effect::new(move |_| {
        if making.get().is_some() {
            problem.set(String::new());
            focus_soon("scale-name");
        }
    });
    let text = |node: NodeRef<Input>| node.get_untracked().map(|input| input.value());
    let make = move || {
        let Some(index) = making.get_untracked() else {
            return;
        };
        let number = |node: NodeRef<Input>| {
            text(node)
                .and_then(|text| text.trim().parse::<i32>().ok())
                .ok_or(Refused::NotANumber)
        };
        let made = number(lowest).and_then(|lowest| {
            let highest = number(highest)?;
            let decimals = u8::try_from(number(decimals)?).map_err(|_| Refused::NotANumber)?;
            let name = text(name).map(|name| name.trim().to_owned());
            let name = name
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| format!("{lowest}–{highest}"));
            desk.make_scale(index, &name, lowest, highest, decimals)
                .map_err(Refused::Scale)
        });
        match made {
            Ok(()) => making.set(None),
            Err(refused) => problem.set(say_refused(i18n, &refused)),
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            make();
        }
        "Escape" => making.set(None),
        _ => {}
    };
    view! {
        <fieldset class="card make-scale" on:keydown=on_key>
            <legend>
                {move || {
                    t_string!(i18n, import.scale_for, column = column().unwrap_or_default())
                        .to_string()
                }}
            </legend>
            <div class="toolbar">
                <label class="field">
                    <span>{t_string!(i18n, import.scale_name)}</span>
                    <input
                        type="text"
                        id="scale-name"
                        node_ref=name
                        prop:value=move || format!("{}–{}", bounds().0, bounds().1)
                    />
                </label>
                <label class="field">
                    <span>{t_string!(i18n, import.scale_lowest)}</span>
                    <input
                        type="number"
                        node_ref=lowest
                        prop:value=move || bounds().0.to_string()
                    />
                </label>
                <label class="field">
                    <span>{t_string!(i18n, import.scale_highest)}</span>
                    <input
                        type="number"
                        node_ref=highest
                        prop:value=move || bounds().1.to_string()
                    />
                </label>
                <label class="field">
                    <span>{t_string!(i18n, import.scale_decimals)}</span>
                    <input
                        type="number"
                        min="0"
                        max="3"
                        node_ref=decimals
                        prop:value=move || bounds().2.to_string()
                    />
                </label>
                <button on:click=move |_| make()>{t_string!(i18n, import.scale_make)}</button>
                <button class="quiet" on:click=move |_| making.set(None)>
                    {t_string!(i18n, import.cancel)}
                </button>
            </div>
            <p class="problem" role="alert">
                {move || problem.get()}
            </p>
        </fieldset>
    }
}

fn say_refused(i18n: Words, refused: &Refused) -> String {
    match refused {
        Refused::NotANumber => t_string!(i18n, import.scale_not_numbers).to_owned(),
        Refused::Scale(ScaleProblem::BadRange { lowest, highest }) => t_string!(
            i18n,
            import.scale_bad_range,
            lowest = *lowest,
            highest = *highest
        )
        .to_string(),
        Refused::Scale(ScaleProblem::TooManyDecimals { most }) => {
            t_string!(i18n, import.scale_decimals_most, most = *most).to_string()
        }
        // The other problems are those of scales with named grades.
        Refused::Scale(_) => t_string!(i18n, import.scale_not_numbers).to_owned(),
    }
}
