//! One cohort's target: what its pupils' targets add up to, and the figures beside it.

use flightpath_exchange::cells::thousandths;
use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{Field, Id};
use flightpath_school::view::cohort_targets::{
    Aggregate, CohortTarget, Figure, Over, aggregate, fill_in, publish, take_away,
};
use leptos::prelude::*;

use super::figure_id;
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{self, DateParts, civil_text};
use crate::platform::page;
use crate::ui::parts::cell_words::{counted, number, plural};
use crate::ui::parts::policy_words::key_stages;
use crate::ui::parts::practice_words;
use crate::ui::say::Words;

/// A cohort's target with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is kept.
    pub target: CohortTarget,
    /// Whose it is, in words.
    pub whom: String,
    /// The grade to be reached, in words.
    pub mark: String,
    /// What the pupils' targets add up to.
    pub targets: Aggregate,
    /// The same for the estimates that were imported for them.
    pub estimates: Aggregate,
    /// The same for what they have achieved.
    pub achieved: Aggregate,
}

/// Whose it is: `Year 11, Maths, pupil premium`.
fn whom_words(i18n: Words, app: App, target: &CohortTarget) -> String {
    let whom = &target.whom;
    app.lists().with(|lists| {
        let subject = whom.subject.and_then(|id| lists.subject(id));
        let class = whom
            .class
            .and_then(|id| lists.classes.iter().find(|class| class.id == id));
        let gone = |named: bool| (!named).then(|| t_string!(i18n, history.row_unknown).to_owned());
        let parts = [
            whom.key_stage.map(|stage| key_stages(i18n, &[stage])),
            whom.year_group
                .map(|year| t_string!(i18n, words.year_n, n = year.to_string()).to_string()),
            subject
                .map(|subject| subject.name.clone())
                .or_else(|| gone(whom.subject.is_none())),
            class
                .map(|class| class.name.clone())
                .or_else(|| gone(whom.class.is_none())),
            whom.group
                .map(|group| practice_words::group(i18n, group.kind()).to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(", ")
    })
}

/// The line of a cohort's target.
pub fn line(i18n: Words, app: App, target: CohortTarget) -> Line {
    let year = app.year();
    let sum = |field| {
        app.lists()
            .with(|lists| {
                app.with(|core| {
                    let over = Over {
                        year,
                        subjects: &lists.subjects,
                        classes: &lists.classes,
                        pupils: &lists.pupils,
                    };
                    let (whom, mark) = (&target.whom, &target.mark);
                    let policy = core.policy()?;
                    Some(aggregate(core.school(), policy, over, whom, mark, field))
                })
            })
            .unwrap_or_default()
    };
    let scale = app.with(|core| {
        let scale = core.policy()?.scales().get(&target.mark.scale)?;
        Some(scale.name().to_owned())
    });
    Line {
        whom: whom_words(i18n, app, &target),
        mark: t_string!(
            i18n,
            cohort_targets.mark,
            grade = target.mark.label.clone(),
            scale = scale.unwrap_or_else(|| target.mark.scale.clone())
        )
        .to_string(),
        targets: sum(Field::Target),
        estimates: sum(Field::Estimate),
        achieved: sum(Field::Achieved),
        target,
    }
}

/// A share to a tenth of a per cent: nobody aims closer.
fn share(thousandths: i64) -> String {
    let tenths = (thousandths + 50).div_euclid(100);
    format!("{} %", number(tenths * 100))
}

/// A share, and what it is a share of.
fn sum_words(i18n: Words, sum: &Aggregate) -> (String, String) {
    let Some(of_all) = sum.share() else {
        return (
            String::new(),
            t_string!(i18n, cohort_targets.none).to_owned(),
        );
    };
    let mut of = t_string!(
        i18n,
        cohort_targets.of,
        reaching = counted(sum.reaching),
        counted = counted(sum.counted)
    )
    .to_string();
    if sum.counted != sum.pupils {
        let pupils = t_string!(i18n, words.pupils_n, count = plural(sum.pupils)).to_string();
        of = t_string!(i18n, cohort_targets.of_pupils, of = of, pupils = pupils).to_string();
    }
    if sum.left_out > 0 {
        let out = t_string!(
            i18n,
            cohort_targets.left_out,
            count = plural(sum.left_out),
            n = counted(sum.left_out)
        );
        of = format!("{of}; {out}");
    }
    (share(of_all), of)
}

/// How far what the pupils' targets add up to lies from the cohort's.
fn beside(i18n: Words, line: &Line) -> Option<String> {
    let distance = line.targets.share()? - line.target.target?;
    // As they are shown: to a tenth.
    let tenths = (distance.abs() + 50).div_euclid(100);
    let points = number(tenths * 100);
    Some(match (tenths, distance > 0) {
        (0, _) => t_string!(i18n, cohort_targets.level).to_owned(),
        (_, true) => t_string!(i18n, cohort_targets.above, points = points).to_string(),
        (_, false) => t_string!(i18n, cohort_targets.below, points = points).to_string(),
    })
}

/// A cohort's row.
#[component]
pub fn CohortRow(line: Memo<Option<Line>>, id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let problem = RwSignal::new(None::<String>);
    let read = move |words: fn(Words, &Line) -> String| {
        move || line.with(|line| line.as_ref().map(|line| words(i18n, line)))
    };
    let sum = move |of: fn(&Line) -> Aggregate| {
        move || {
            line.with(|line| {
                let (share, of) = sum_words(i18n, &of(line.as_ref()?));
                Some(view! {
                    <span>{share}</span>
                    " "
                    <span class="quiet-text">{of}</span>
                })
            })
        }
    };
    let field = move |figure| {
        view! { <FigureField line=line id=id figure=figure problem=problem /> }
    };
    view! {
        <tr>
            <th scope="row" class="wrap">
                {read(|_, line| line.whom.clone())}
            </th>
            <td class="wrap" data-narrow="">
                {read(|_, line| line.mark.clone())}
            </td>
            <td class="num wrap" data-narrow="">
                {sum(|line| line.targets)}
            </td>
            <td class="num wrap" data-narrow="">
                {field(Figure::Target)} <br />
                <span class="quiet-text">
                    {move || line.with(|line| beside(i18n, line.as_ref()?))}
                </span>
            </td>
            <td class="num">{field(Figure::Indicative)}</td>
            <td class="num wrap" data-narrow="">
                {field(Figure::Estimate)} <br />
                <span class="quiet-text">
                    {move || {
                        line.with(|line| {
                            let own = line.as_ref()?.estimates.share()?;
                            Some(
                                t_string!(i18n, cohort_targets.own_estimates, share = share(own))
                                    .to_string(),
                            )
                        })
                    }}
                </span>
            </td>
            <td class="num wrap" data-narrow="">
                {sum(|line| line.achieved)}
            </td>
            <td>
                <Published line=line />
                <span class="problem" role="alert">
                    {move || problem.get()}
                </span>
            </td>
            <td>
                <TakeAway line=line />
            </td>
        </tr>
    }
}

#[component]
fn FigureField(
    line: Memo<Option<Line>>,
    id: Id,
    figure: Figure,
    problem: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let column = match figure {
        Figure::Target => t_string!(i18n, cohort_targets.col_target),
        Figure::Indicative => t_string!(i18n, cohort_targets.col_indicative),
        Figure::Estimate => t_string!(i18n, cohort_targets.col_estimate),
    };
    let label = move || {
        let whom = line.with(|line| line.as_ref().map(|line| line.whom.clone()));
        t_string!(
            i18n,
            cohort_targets.figure_of,
            column = column,
            whom = whom.unwrap_or_default()
        )
        .to_string()
    };
    let held = move || {
        let held = line.try_get_untracked().flatten()?.target.figure(figure)?;
        Some(number(held))
    };
    // A memo, so that a change of another figure does not write over what is being typed in this one.
    let shown = Memo::new(move |_| {
        let held = line.with(|line| line.as_ref()?.target.figure(figure));
        held.map(number).unwrap_or_default()
    });
    let take = move |text: String| {
        let plain = text.trim().trim_end_matches('%').trim_end().to_owned();
        if held().unwrap_or_default() == plain {
            let _ = problem.try_set(None);
            return;
        }
        let typed = match plain.as_str() {
            "" => Some(None),
            plain => thousandths(plain).map(Some),
        };
        let mut draft = Draft::default();
        let taken = typed.map(|typed| fill_in(&mut draft, id, figure, typed));
        if let Some(Ok(())) = taken {
            let _ = problem.try_set(None);
            app.dispatch(Action::CohortTargets, &draft);
        } else {
            let _ = problem.try_set(Some(t_string!(i18n, cohort_targets.no_share).to_owned()));
        }
    };
    view! {
        <input
            id=figure_id(figure, id)
            type="text"
            size="4"
            inputmode="decimal"
            autocomplete="off"
            aria-label=label
            prop:value=move || shown.get()
            on:keydown:target=move |event| {
                if event.key() == "Enter" {
                    event.prevent_default();
                    take(event.target().value());
                }
            }
            on:blur:target=move |event| take(event.target().value())
        />
        " %"
    }
}

#[component]
fn Published(line: Memo<Option<Line>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let state = Memo::new(move |_| {
        line.with(|line| {
            let target = &line.as_ref()?.target;
            Some((target.published, target.target.is_some()))
        })
    });
    let press = move |_| {
        let Some(line) = line.get_untracked() else {
            return;
        };
        let mut draft = Draft::default();
        if publish(&mut draft, &line.target, clock::today()) {
            app.dispatch(Action::CohortTargets, &draft);
            // The button is gone then.
            page::focus("page-title");
        }
    };
    move || match state.get() {
        Some((Some(day), _)) => {
            let day = civil_text(day, "en-GB", DateParts::Whole);
            view! { <span>{day}</span> }.into_any()
        }
        Some((None, true)) => {
            let whom = line.with_untracked(|line| line.as_ref().map(|line| line.whom.clone()));
            let label = t_string!(
                i18n,
                cohort_targets.publish_of,
                whom = whom.unwrap_or_default()
            )
            .to_string();
            view! {
                <button aria-label=label on:click=press>
                    {t_string!(i18n, targets.publish)}
                </button>
            }
            .into_any()
        }
        _ => view! { <span class="quiet-text">{t_string!(i18n, cohort_targets.not_set)}</span> }
            .into_any(),
    }
}

#[component]
fn TakeAway(line: Memo<Option<Line>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let label = move || {
        let whom = line.with(|line| line.as_ref().map(|line| line.whom.clone()));
        let whom = whom.unwrap_or_default();
        t_string!(i18n, cohort_targets.take_away_of, whom = whom).to_string()
    };
    let press = move |_| {
        let Some(line) = line.get_untracked() else {
            return;
        };
        let mut draft = Draft::default();
        app.peek(|school| take_away(&mut draft, school, line.target.id));
        app.dispatch(Action::CohortTargets, &draft);
        page::focus("page-title");
    };
    view! {
        <button class="why" aria-label=label on:click=press>
            {t_string!(i18n, other_targets.take_away)}
        </button>
    }
}
