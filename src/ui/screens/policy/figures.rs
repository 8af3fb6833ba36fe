//! The national figures that targets go by: which year, from where, and loading another.

use flightpath_exchange::published::PublishedProblem;
use flightpath_school::model::Id;
use flightpath_school::national::Qualification;
use flightpath_school::view::{LoadedFigures, loaded_figures};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{FiguresFault, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::chances::source_words;
use crate::ui::parts::choice::{Choice, Option2};
use crate::ui::parts::file_button::FileButton;
use crate::ui::say::Words;
use crate::ui::screens::import::trouble;

/// So many problems of a file are written out.
const MOST_PROBLEMS: usize = 5;

/// The year that ships, in the combo box.
const SHIPPED: &str = "";

/// One publication that targets go by.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    qualification: Qualification,
    scale: String,
    source: String,
    /// The year that expected points remain those of, where the figures in use hold none themselves.
    expected_of: Option<u16>,
    /// The years at hand: key and words.
    years: Vec<Option2>,
    chosen: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Waiting,
    Reading,
    Loaded(Vec<u16>),
    Refused(FiguresFault),
}

fn of(i18n: Words, qualification: Qualification) -> &'static str {
    match qualification {
        Qualification::Gcse => t_string!(i18n, policy.figures_gcse),
        Qualification::CombinedScience => t_string!(i18n, policy.figures_combined),
        Qualification::ALevel => t_string!(i18n, policy.figures_a_level),
        Qualification::AsLevel => t_string!(i18n, policy.figures_as_level),
    }
}

/// The national figures of the policy.
#[component]
pub fn FiguresView() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let stage = RwSignal::new(Stage::default());
    let lines = Memo::new(move |_| {
        app.with(|core| {
            let loaded = loaded_figures(core.school());
            let shipped = core.figures()?;
            let lines = shipped.publications().map(|publication| {
                let outcomes = &publication.outcomes;
                let own: Vec<&LoadedFigures> = loaded
                    .iter()
                    .filter(|one| one.outcomes.scale == outcomes.scale)
                    .collect();
                let in_use = own.iter().find(|one| one.in_use);
                let shipped_year = outcomes.source().year.to_string();
                let mut years = vec![(
                    SHIPPED.to_owned(),
                    t_string!(i18n, policy.figures_shipped, year = shipped_year).to_string(),
                )];
                years.extend(own.iter().map(|one| {
                    let year = one.outcomes.source().year.to_string();
                    let words = t_string!(i18n, policy.figures_loaded, year = year);
                    (one.id.to_string(), words.to_string())
                }));
                let shown = in_use.map_or(outcomes, |one| &one.outcomes);
                let holds_none = outcomes.has_value_added() && !shown.has_value_added();
                Line {
                    qualification: outcomes.qualification,
                    scale: outcomes.scale.clone(),
                    source: source_words(i18n, shown.source()),
                    expected_of: holds_none.then(|| outcomes.source_of_expected().year),
                    years,
                    chosen: in_use.map_or_else(String::new, |one| one.id.to_string()),
                }
            });
            Some(lines.collect::<Vec<Line>>())
        })
    });
    let take = move |files: Vec<web_sys::File>| {
        let Some(file) = files.into_iter().next() else {
            return;
        };
        stage.set(Stage::Reading);
        spawn_local(async move {
            let outcome = app.load_figures(file).await;
            let _ = stage.try_set(match outcome {
                Ok(years) => Stage::Loaded(years),
                Err(fault) => Stage::Refused(fault),
            });
        });
    };
    let rows = move || {
        let lines = lines.get().unwrap_or_default();
        lines.into_iter().map(|line| row(i18n, line)).collect_view()
    };
    view! {
        <section class="section pack" aria-labelledby="figures">
            <h2 id="figures">{t_string!(i18n, policy.figures)}</h2>
            <p class="hint">{t_string!(i18n, policy.figures_hint)}</p>
            <Show
                when=move || lines.with(Option::is_some)
                fallback=move || view! { <p>{t_string!(i18n, targets.figures_missing)}</p> }
            >
                <ul class="figures">{rows}</ul>
                <FileButton
                    label=t_string!(i18n, policy.figures_load)
                    accept=".csv,text/csv"
                    take=take
                />
            </Show>
            <div aria-live="polite">{move || told(i18n, &stage.get())}</div>
        </section>
    }
}

fn row(i18n: Words, line: Line) -> AnyView {
    let app = use_app();
    let name = of(i18n, line.qualification);
    let Line {
        scale,
        source,
        expected_of,
        years,
        chosen,
        ..
    } = line;
    let left_out = expected_of.map(|year| {
        let words = t_string!(i18n, policy.figures_left_out, year = year.to_string());
        view! { <span class="hint">{words.to_string()}</span> }
    });
    if let [(_, only)] = years.as_slice() {
        return view! {
            <li>
                <strong>{name}</strong>
                " "
                {only.clone()}
                <span class="hint">{source}</span>
            </li>
        }
        .into_any();
    }
    let choose = move |key: String| app.choose_figures(&scale, key.parse::<Id>().ok());
    view! {
        <li>
            <Choice
                label=name
                options=Signal::stored(years)
                value=Signal::stored(chosen)
                on_change=choose
            />
            <span class="hint">{source}</span>
            {left_out}
        </li>
    }
    .into_any()
}

fn told(i18n: Words, stage: &Stage) -> AnyView {
    let refused = |words: Vec<String>| {
        let rest: Vec<_> = words
            .iter()
            .skip(1)
            .map(|words| view! { <li>{words.clone()}</li> })
            .collect();
        let lead = words.first().cloned();
        view! {
            <div class="problem" role="alert">
                <p>{lead}</p>
                <ul>{rest}</ul>
            </div>
        }
        .into_any()
    };
    match stage {
        Stage::Waiting => ().into_any(),
        Stage::Reading => view! { <p>{t_string!(i18n, policy.figures_reading)}</p> }.into_any(),
        Stage::Loaded(years) => {
            let years: Vec<String> = years.iter().map(u16::to_string).collect();
            let words = t_string!(i18n, policy.figures_taken, years = years.join(", "));
            view! { <p>{words.to_string()}</p> }.into_any()
        }
        Stage::Refused(FiguresFault::File(why)) => refused(vec![trouble(i18n, why)]),
        Stage::Refused(FiguresFault::NothingNew) => {
            refused(vec![t_string!(i18n, policy.figures_nothing_new).to_owned()])
        }
        Stage::Refused(FiguresFault::Uneven(error)) => {
            let words = t_string!(i18n, policy.figures_uneven, why = error.to_string());
            refused(vec![words.to_string()])
        }
        Stage::Refused(FiguresFault::Content(problems)) => {
            let mut words = vec![t_string!(i18n, policy.figures_refused).to_owned()];
            words.extend(
                problems
                    .iter()
                    .take(MOST_PROBLEMS)
                    .map(|one| problem(i18n, one)),
            );
            let more = problems.len().saturating_sub(MOST_PROBLEMS);
            if more > 0 {
                words.push(t_string!(i18n, policy.figures_more, n = more).to_string());
            }
            refused(words)
        }
    }
}

fn problem(i18n: Words, problem: &PublishedProblem) -> String {
    match problem {
        PublishedProblem::NoColumn(name) => {
            t_string!(i18n, policy.p_no_column, name = *name).to_string()
        }
        PublishedProblem::OtherFile => t_string!(i18n, policy.p_other_file).to_owned(),
        PublishedProblem::NoRows => t_string!(i18n, policy.p_no_rows).to_owned(),
        PublishedProblem::NoALevels => t_string!(i18n, policy.p_no_a_levels).to_owned(),
        PublishedProblem::NoYearInName { file } => {
            t_string!(i18n, policy.p_no_year_in_name, file = file.clone()).to_string()
        }
        PublishedProblem::UnknownBand { line, entered } => {
            t_string!(i18n, policy.p_band, line = *line, entered = entered.clone()).to_string()
        }
        PublishedProblem::UnknownYear { line, entered } => {
            t_string!(i18n, policy.p_year, line = *line, entered = entered.clone()).to_string()
        }
        PublishedProblem::NotACount {
            line,
            column,
            entered,
        } => t_string!(
            i18n,
            policy.p_count,
            line = *line,
            column = column.clone(),
            entered = entered.clone()
        )
        .to_string(),
        PublishedProblem::Twice { line, subject } => t_string!(
            i18n,
            policy.p_twice,
            line = *line,
            subject = subject.clone()
        )
        .to_string(),
        PublishedProblem::GradeTwice {
            line,
            subject,
            band,
            grade,
        } => t_string!(
            i18n,
            policy.p_grade_twice,
            line = *line,
            subject = subject.clone(),
            band = band.clone(),
            grade = grade.clone()
        )
        .to_string(),
    }
}
