//! Targets that are no grades, a kind at a time: for a form, a class, a year group or everyone.

mod board;
mod row;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::policy::{OtherMeasure, OtherTarget};
use flightpath_school::view::other_targets::{OtherState, agree};
use leptos::prelude::*;

use super::bulk::carry_out;
use super::scene::{Picked, people};
use super::tabs::Tabs;
use super::toolbar::People;
use super::{NoPupils, count};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{DateParts, civil_text};
use crate::ui::parts::cell_words::number;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::practice_words::{other_measure, other_name};
use crate::ui::parts::table_out::export_table;
use crate::ui::route::{Route, TargetsPart};
use crate::ui::say::Words;
use board::{Board, PORTION, Which};
use row::OtherRow;

/// A state in words.
fn state_name(i18n: Words, state: OtherState) -> &'static str {
    match state {
        OtherState::Set => t_string!(i18n, other_targets.state_set),
        OtherState::Agreed => t_string!(i18n, other_targets.state_agreed),
        OtherState::Met => t_string!(i18n, other_targets.state_met),
        OtherState::Missed => t_string!(i18n, other_targets.state_missed),
    }
}

/// Targets that are no grades.
#[component]
pub fn OtherTargets() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let picked = RwSignal::new(Picked::last());
    Effect::new(move |_| picked.with(Picked::keep));
    let scene = Memo::new(move |_| {
        let picked = picked.get();
        app.lists()
            .with(|lists| app.read(|school| people(school, lists, &picked)))
    });
    let kinds = Memo::new(move |_| {
        app.with(|core| {
            let policy = core.policy();
            policy.map(|policy| policy.pack().other_targets.clone())
        })
        .unwrap_or_default()
    });
    let wanted = RwSignal::new(String::new());
    let kind = Memo::new(move |_| {
        let wanted = wanted.get();
        kinds.with(|kinds| {
            let named = kinds.iter().find(|kind| kind.key == wanted);
            named.or(kinds.first()).cloned()
        })
    });
    let board = Board::new(app, scene, kind);
    Effect::new(move |_| {
        board.track_shown();
        board.limit.set(PORTION);
    });
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    let there = move || !no_pupils.get() && kind.with(Option::is_some);
    let answer = move || match (no_pupils.get(), kind.get()) {
        (true, _) => t_string!(i18n, targets.no_pupils).to_owned(),
        (_, None) => t_string!(i18n, other_targets.no_kinds).to_owned(),
        (_, Some(kind)) => answer(i18n, board, &kind),
    };
    let body = move || match (no_pupils.get(), kind.get()) {
        (true, _) => view! { <NoPupils /> }.into_any(),
        (_, None) => view! {
            <p class="actions">
                <a class="button" href=Route::Policy.href()>
                    {t_string!(i18n, other_targets.to_policy)}
                </a>
            </p>
        }
        .into_any(),
        (_, Some(kind)) => view! { <Table board=board kind=kind /> }.into_any(),
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, targets.title)}
                </h1>
                <Show when=there>
                    <div class="page-actions">
                        <Actions board=board />
                    </div>
                </Show>
                <p class="answer">{answer}</p>
            </header>
            <Tabs here=Some(TargetsPart::Other) />
            <Show when=there>
                <div class="toolbar">
                    <Kinds kinds=kinds kind=kind wanted=wanted />
                    <People picked=picked scene=scene />
                    <Shown board=board />
                </div>
            </Show>
            {body}
        </div>
    }
}

fn answer(i18n: Words, board: Board, kind: &OtherTarget) -> String {
    let tally = board.tally();
    let have = tally.pupils - tally.without;
    let line = t_string!(
        i18n,
        other_targets.answer,
        kind = capital(&other_name(i18n, kind)),
        have = have.to_string(),
        all = t_string!(i18n, words.pupils_n, count = count(tally.pupils)).to_string(),
        waiting = t_string!(i18n, other_targets.waiting, count = count(tally.waiting)).to_string()
    );
    let met = (tally.met > 0)
        .then(|| t_string!(i18n, other_targets.met, count = count(tally.met)).to_string());
    let none = (kind.everyone && tally.without > 0).then(|| {
        t_string!(i18n, other_targets.still_none, count = count(tally.without)).to_string()
    });
    let parts = [Some(line.to_string()), met, none];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A text with a capital first letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Which kind is looked at.
#[component]
fn Kinds(
    kinds: Memo<Vec<OtherTarget>>,
    kind: Memo<Option<OtherTarget>>,
    wanted: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        kinds.with(|kinds| {
            let each = kinds
                .iter()
                .map(|kind| (kind.key.clone(), capital(&other_name(i18n, kind))));
            each.collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || {
        kind.with(|kind| {
            kind.as_ref()
                .map(|kind| kind.key.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <Choice
            label=t_string!(i18n, other_targets.kind)
            options=options
            value=value
            on_change=move |key| wanted.set(key)
        />
    }
}

/// Which pupils stand in the table.
#[component]
fn Shown(board: Board) -> impl IntoView {
    let i18n = use_i18n();
    let each = [
        ("", Which::All),
        ("without", Which::Without),
        ("set", Which::NotAgreed),
    ];
    let options = Signal::derive(move || {
        let name = |which| match which {
            Which::All => t_string!(i18n, other_targets.show_all),
            Which::Without => t_string!(i18n, other_targets.show_without),
            Which::NotAgreed => t_string!(i18n, other_targets.show_not_agreed),
        };
        let option = |(key, which): (&str, Which)| (key.to_owned(), name(which).to_owned());
        each.map(option).to_vec()
    });
    let value = Signal::derive(move || {
        let which = board.which.get();
        let found = each.iter().find(|(_, each)| *each == which);
        found.map(|(key, _)| (*key).to_owned()).unwrap_or_default()
    });
    view! {
        <Choice
            label=t_string!(i18n, other_targets.show)
            options=options
            value=value
            on_change=move |key| {
                let found = each.iter().find(|(each, _)| *each == key);
                board.which.set(found.map(|(_, which)| *which).unwrap_or_default());
            }
        />
    }
}

/// *Agree*, for all of the choice at once, and the list as a file.
#[component]
fn Actions(board: Board) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let can = Memo::new(move |_| board.tally().waiting);
    let hint =
        move || t_string!(i18n, other_targets.agree_hint, count = count(can.get())).to_string();
    let agree_all = move |_| {
        let mut draft = Draft::default();
        for row in board.theirs() {
            agree(&mut draft, &row);
        }
        carry_out(app, Action::OtherTargets, &draft);
    };
    view! {
        <span class="counted">
            <button
                aria-describedby="agree-others"
                title=hint
                disabled=move || can.get() == 0
                on:click=agree_all
            >
                {t_string!(i18n, targets.agree)}
            </button>
            <span class="hint" aria-hidden="true">
                {can}
            </span>
            <span class="visually-hidden" id="agree-others">
                {hint}
            </span>
        </span>
        <button on:click=move |_| export(app, i18n, board)>
            {t_string!(i18n, other_targets.export)}
        </button>
    }
}

fn heads(i18n: Words, kind: &OtherTarget) -> Vec<&'static str> {
    let mut heads = vec![
        t_string!(i18n, targets.col_pupil),
        t_string!(i18n, targets.col_form),
        t_string!(i18n, other_targets.col_text),
    ];
    if kind.measured_in != OtherMeasure::Words {
        heads.push(t_string!(i18n, other_targets.col_now));
        heads.push(t_string!(i18n, other_targets.col_baseline));
        heads.push(t_string!(i18n, other_targets.col_goal));
    }
    heads.push(t_string!(i18n, other_targets.col_date));
    heads.push(t_string!(i18n, other_targets.col_state));
    heads.push(t_string!(i18n, other_targets.col_own));
    heads.push(t_string!(i18n, other_targets.col_teacher));
    heads
}

fn export(app: App, i18n: Words, board: Board) {
    let Some(kind) = board.kind.get_untracked() else {
        return;
    };
    let measured = kind.measured_in != OtherMeasure::Words;
    let heads = heads(i18n, &kind).into_iter().map(str::to_owned).collect();
    let mut rows: Vec<Vec<String>> = vec![heads];
    for line in board.lines.get_untracked() {
        let (name, form, now) = (line.name, line.form, line.now);
        let of = |read: fn(&_) -> String| line.target.as_ref().map(read).unwrap_or_default();
        let mut row = vec![name, form, of(|target| target.text.clone())];
        if measured {
            row.push(now.map(number).unwrap_or_default());
            row.push(of(|target| target.baseline.map(number).unwrap_or_default()));
            row.push(of(|target| target.goal.map(number).unwrap_or_default()));
        }
        let date = line.target.as_ref().and_then(|target| target.date);
        row.push(
            date.map(|date| civil_text(date, "en-GB", DateParts::Whole))
                .unwrap_or_default(),
        );
        let state = line.target.as_ref().map(|target| target.state);
        row.push(
            state
                .map(|state| state_name(i18n, state).to_owned())
                .unwrap_or_default(),
        );
        row.push(of(|target| target.own.clone()));
        row.push(of(|target| target.teacher.clone()));
        rows.push(row);
    }
    export_table(app, &kind.key, rows);
}

#[component]
fn Table(board: Board, kind: OtherTarget) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let name = other_name(i18n, &kind);
    let measure = other_measure(i18n, kind.measured_in);
    let caption = move || {
        t_string!(
            i18n,
            other_targets.caption,
            kind = capital(&name),
            measure = measure,
            year = app.year().to_string()
        )
        .to_string()
    };
    let label = caption.clone();
    let heads: Vec<_> = heads(i18n, &kind)
        .into_iter()
        .map(|head| view! { <th scope="col">{head}</th> })
        .collect();
    let key = kind.key.clone();
    let all = Memo::new(move |_| board.lines.with(Vec::len));
    let drawn = Memo::new(move |_| board.drawn());
    view! {
        <p class="hint">{t_string!(i18n, other_targets.hint)}</p>
        <div class="table-frame" tabindex="0" role="region" aria-label=label>
            <table class="frozen other-targets">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        {heads} <th scope="col">
                            <span class="visually-hidden">
                                {t_string!(i18n, other_targets.col_more)}
                            </span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || {
                            let key = key.clone();
                            drawn.get().into_iter().map(move |id| (key.clone(), id)).collect::<Vec<_>>()
                        }
                        key=|key| key.clone()
                        children=move |(_, id)| {
                            view! { <OtherRow board=board kind=kind.clone() id=id /> }
                        }
                    />
                </tbody>
            </table>
        </div>
        <Show when=move || { drawn.with(Vec::len) < all.get() }>
            <p class="actions">
                <span class="hint">
                    {move || {
                        t_string!(
                            i18n,
                            targets.shown,
                            shown = drawn.with(Vec::len).to_string(),
                            all = all.get().to_string()
                        )
                            .to_string()
                    }}
                </span>
                <button on:click=move |_| {
                    board.limit.update(|limit| *limit += PORTION);
                }>{t_string!(i18n, targets.more)}</button>
            </p>
        </Show>
    }
}
