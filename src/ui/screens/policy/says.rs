//! A policy pack in plain sentences: targets, tables, scales, judgements, triggers.

use flightpath_school::model::scale::{Position, ScaleSet};
use flightpath_school::policy::{
    Condition, CorridorRow, FlightPath, Floor, Level, LookupTable, PolicyPack, RagThresholds,
    RagUnit, ScaleDefault, ScaleGrade, TableRows, Told, TriggerRule,
};
use leptos::prelude::*;

use super::{practice, year};
use crate::app::App;
use crate::i18n::t_string;
use crate::ui::parts::policy_words as words;
use crate::ui::parts::practice_words::horizon_sentence;
use crate::ui::parts::why::{condition_words, obligation_name, owner_name, scope_name, told_name};
use crate::ui::say::Words;

/// Everything that a pack says.
pub fn says(i18n: Words, app: App, pack: &PolicyPack) -> AnyView {
    let mut scales = app.with(|core| core.own_scales());
    scales.add_definitions(&pack.own_scales);
    let academic_year = app.year();
    let heading = t_string!(i18n, policy.says, name = pack.name.clone()).to_string();
    view! {
        <section class="section pack" aria-labelledby="says">
            <h2 id="says">{heading}</h2>
            <p>{for_whom(i18n, pack)}</p>
            {targets(i18n, pack)}
            {practice::of_targets(i18n, pack)}
            {tables(i18n, pack, &scales)}
            {practice::section(t_string!(i18n, policy.scales), scale_lines(i18n, pack, &scales))}
            {status(i18n, pack, &scales)}
            {triggers(i18n, pack)}
            {year::calendar(i18n, pack, academic_year)}
            {levels(i18n, pack)}
            {practice::of_year(i18n, pack)}
            <p class="hint">{t_string!(i18n, policy.ours)}</p>
        </section>
    }
    .into_any()
}

/// All that a pack says in single lines, under the same headings for every pack.
pub fn parts_of(i18n: Words, app: App, pack: &PolicyPack) -> Vec<(&'static str, Vec<String>)> {
    let mut scales = app.with(|core| core.own_scales());
    scales.add_definitions(&pack.own_scales);
    let alone = pack.targets.len() == 1;
    let mut targets = Vec::new();
    for chain in &pack.targets {
        let who = words::who(i18n, &chain.when, alone);
        let horizon = horizon_sentence(i18n, chain.horizon).to_owned();
        let limits = chain.clamp.as_ref().map(|clamp| words::limits(i18n, clamp));
        let methods = chain.methods.iter().zip(1_u32..);
        let methods = methods
            .map(|(method, number)| format!("{number}. {}", words::method(i18n, pack, method)));
        let lines = [horizon].into_iter().chain(limits).chain(methods);
        targets.extend(lines.map(|line| format!("{who}: {line}")));
    }
    let mut tables = Vec::new();
    for table in &pack.tables {
        let name = words::table_name(i18n, table);
        let rows = table_rows(i18n, table).into_iter();
        tables.extend(rows.map(|[from, to, grade]| format!("{name}: {from}–{to} {grade}")));
    }
    let colours = pack.status.rag.iter().map(|thresholds| {
        let [names, green, amber, red] = rag_cells(i18n, thresholds, &scales);
        format!(
            "{names}: {} {green}; {} {amber}; {} {red}",
            t_string!(i18n, policy.rag_green),
            t_string!(i18n, policy.rag_amber),
            t_string!(i18n, policy.rag_red)
        )
    });
    let corridor = corridor_rows(i18n, pack)
        .into_iter()
        .map(|row| row.join(", "));
    let judging = path_lines(i18n, pack)
        .into_iter()
        .chain(corridor)
        .chain(colours);
    let triggers = pack.triggers.iter().map(|rule| rule_line(i18n, rule));
    let mut parts = vec![
        (t_string!(i18n, edit.s_basics), vec![for_whom(i18n, pack)]),
        (t_string!(i18n, policy.targets), targets),
        (t_string!(i18n, policy.tables), tables),
        (
            t_string!(i18n, policy.scales),
            scale_lines(i18n, pack, &scales),
        ),
        (t_string!(i18n, policy.status), judging.collect()),
        (
            t_string!(i18n, policy.floors),
            floor_lines(i18n, pack, &scales),
        ),
        (t_string!(i18n, policy.triggers), triggers.collect()),
        (
            t_string!(i18n, policy.calendar),
            year::lines(i18n, pack, app.year()),
        ),
        (t_string!(i18n, policy.levels), level_lines(i18n, pack)),
    ];
    parts.extend(practice::parts(i18n, pack));
    parts
}

/// The year groups and curricula that a pack is for.
pub fn for_whom(i18n: Words, pack: &PolicyPack) -> String {
    let curricula: Vec<String> = (pack.curricula.iter())
        .map(|key| words::curriculum(i18n, key))
        .collect();
    t_string!(
        i18n,
        policy.for_years,
        years = words::years(i18n, &pack.years),
        curricula = t_string!(
            i18n,
            policy.curricula_n,
            count = i32::try_from(curricula.len()).unwrap_or(i32::MAX),
            names = words::joined(i18n, &curricula)
        )
        .to_string()
    )
    .to_string()
}

/// From, to and target of each row.
fn table_rows(i18n: Words, table: &LookupTable) -> Vec<[String; 3]> {
    let rows = (0..).map_while(|place| table.rows.row(place));
    rows.map(|(from, to, grade)| [from, words::row_end(i18n, &to), grade.to_owned()])
        .collect()
}

fn targets(i18n: Words, pack: &PolicyPack) -> AnyView {
    let alone = pack.targets.len() == 1;
    let chains: Vec<_> = pack
        .targets
        .iter()
        .map(|chain| {
            let methods: Vec<_> = chain
                .methods
                .iter()
                .map(|method| view! { <li>{words::method(i18n, pack, method)}</li> })
                .collect();
            let limits = chain.clamp.as_ref().map(|clamp| words::limits(i18n, clamp));
            view! {
                <h4>{words::who(i18n, &chain.when, alone)}</h4>
                <p>{horizon_sentence(i18n, chain.horizon)}" "{limits}</p>
                <ol>{methods}</ol>
            }
        })
        .collect();
    view! {
        <section class="section">
            <h3>{t_string!(i18n, policy.targets)}</h3>
            <p>{t_string!(i18n, policy.targets_lead)}</p>
            {chains}
        </section>
    }
    .into_any()
}

fn tables(i18n: Words, pack: &PolicyPack, scales: &ScaleSet) -> Option<AnyView> {
    if pack.tables.is_empty() {
        return None;
    }
    let tables: Vec<_> = pack
        .tables
        .iter()
        .map(|table| table_view(i18n, table, scales))
        .collect();
    Some(
        view! {
            <section class="section">
                <h3>{t_string!(i18n, policy.tables)}</h3>
                <div class="cards">{tables}</div>
            </section>
        }
        .into_any(),
    )
}

/// A table of targets with where it comes from.
pub fn table_view(i18n: Words, table: &LookupTable, scales: &ScaleSet) -> AnyView {
    let (source, made_for) = (table.source.clone(), table.year.clone());
    let caption = match &table.rows {
        TableRows::Scores(_) => {
            t_string!(i18n, policy.table_scores, source = source, year = made_for).to_string()
        }
        TableRows::EightPointAverages(_) => t_string!(
            i18n,
            policy.table_eight_point,
            source = source,
            year = made_for
        )
        .to_string(),
        TableRows::Grades { scale, .. } => t_string!(
            i18n,
            policy.table_grades,
            source = source,
            year = made_for,
            scale = words::scale(scales, scale)
        )
        .to_string(),
    };
    let rows = table_rows(i18n, table);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|[from, to, grade]| {
            view! {
                <tr>
                    <td class="num">{from}</td>
                    <td class="num">{to}</td>
                    <td class="grade">{grade}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="card">
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">
                            {t_string!(i18n, policy.col_from)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, policy.col_to)}
                        </th>
                        <th scope="col" class="grade">
                            {t_string!(i18n, policy.col_target)}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Which grades are used for whom, a sentence each.
pub fn scale_lines(i18n: Words, pack: &PolicyPack, scales: &ScaleSet) -> Vec<String> {
    let alone = pack.scales.len() == 1;
    let line = |entry: &ScaleDefault| {
        t_string!(
            i18n,
            policy.subjects_of,
            who = words::who(i18n, &entry.when, alone),
            scale = words::scale(scales, &entry.scale)
        )
        .to_string()
    };
    pack.scales.iter().map(line).collect()
}

fn status(i18n: Words, pack: &PolicyPack, scales: &ScaleSet) -> AnyView {
    let floors: Vec<_> = floor_lines(i18n, pack, scales)
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let no_floors = floors.is_empty();
    view! {
        <section class="section">
            <h3>{t_string!(i18n, policy.status)}</h3>
            <p>{t_string!(i18n, policy.on_target)}" "{path_lines(i18n, pack).join(" ")}</p>
            {corridor(i18n, pack)}
            {colours(i18n, pack, scales)}
            <h4>{t_string!(i18n, policy.floors)}</h4>
            {if no_floors {
                view! { <p>{t_string!(i18n, policy.no_floors)}</p> }.into_any()
            } else {
                view! { <ul>{floors}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// When a grade has which colour, as a table.
pub fn colours(i18n: Words, pack: &PolicyPack, scales: &ScaleSet) -> AnyView {
    let rag: Vec<_> = (pack.status.rag.iter())
        .map(|thresholds| rag_row(i18n, thresholds, scales))
        .collect();
    view! {
        <div
            class="table-frame"
            tabindex="0"
            role="region"
            aria-label=t_string!(i18n, policy.rag_caption)
        >
            <table>
                <caption>{t_string!(i18n, policy.rag_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, policy.rag_scales)}</th>
                        <th scope="col">
                            <span class="rag" data-rag="green">
                                {t_string!(i18n, policy.rag_green)}
                            </span>
                        </th>
                        <th scope="col">
                            <span class="rag" data-rag="white">
                                {t_string!(i18n, policy.rag_white)}
                            </span>
                        </th>
                        <th scope="col">
                            <span class="rag" data-rag="amber">
                                {t_string!(i18n, policy.rag_amber)}
                            </span>
                        </th>
                        <th scope="col">
                            <span class="rag" data-rag="red">
                                {t_string!(i18n, policy.rag_red)}
                            </span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rag}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The floors, a sentence each.
pub fn floor_lines(i18n: Words, pack: &PolicyPack, scales: &ScaleSet) -> Vec<String> {
    let line = |floor: &Floor| {
        let grade = |grade: &ScaleGrade| {
            t_string!(
                i18n,
                policy.floor_grade,
                grade = grade.grade.clone(),
                scale = words::scale(scales, &grade.scale)
            )
            .to_string()
        };
        let grades: Vec<String> = floor.grades.iter().map(grade).collect();
        t_string!(
            i18n,
            policy.floor,
            curriculum = words::curriculum(i18n, &floor.curriculum),
            stages = words::key_stages(i18n, &floor.key_stages),
            grades = words::either(i18n, &grades)
        )
        .to_string()
    };
    pack.status.floors.iter().map(line).collect()
}

/// What the flight path is, and what is let pass besides.
pub fn path_lines(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let rules = &pack.status;
    let tolerance = (rules.tolerance > Position::ZERO).then(|| {
        t_string!(
            i18n,
            policy.tolerance,
            amount = words::grades(i18n, rules.tolerance)
        )
        .to_string()
    });
    let path = match rules.flight_path {
        FlightPath::Allowance => t_string!(i18n, policy.path_allowance),
        FlightPath::StraightLine => t_string!(i18n, policy.path_straight),
        FlightPath::Corridor => t_string!(i18n, policy.path_corridor),
    };
    tolerance.into_iter().chain([path.to_owned()]).collect()
}

/// Scales, green, amber and red in words.
fn rag_cells(i18n: Words, thresholds: &RagThresholds, scales: &ScaleSet) -> [String; 4] {
    let names: Vec<String> = if thresholds.scales.is_empty() {
        vec![
            match thresholds.unit {
                RagUnit::FineSteps => t_string!(i18n, policy.rag_other_fine),
                RagUnit::WholeGrades => t_string!(i18n, policy.rag_other_whole),
            }
            .to_owned(),
        ]
    } else {
        let name = |key: &String| words::scale(scales, key);
        thresholds.scales.iter().map(name).collect()
    };
    let side = |from: Position| {
        let amount = amount(i18n, thresholds.unit, from);
        if from > Position::ZERO {
            t_string!(i18n, policy.above, amount = amount).to_string()
        } else {
            t_string!(i18n, policy.below, amount = amount).to_string()
        }
    };
    let green = if thresholds.green_from == Position::ZERO {
        t_string!(i18n, policy.at_target).to_owned()
    } else {
        side(thresholds.green_from)
    };
    let lower = |to: Position| {
        if to == Position::ZERO {
            t_string!(i18n, policy.at_target_below).to_owned()
        } else {
            side(to)
        }
    };
    [
        words::joined(i18n, &names),
        green,
        lower(thresholds.amber_to),
        lower(thresholds.red_to),
    ]
}

fn rag_row(i18n: Words, thresholds: &RagThresholds, scales: &ScaleSet) -> AnyView {
    let [names, green, amber, red] = rag_cells(i18n, thresholds, scales);
    view! {
        <tr>
            <th scope="row">{names}</th>
            <td>{green}</td>
            <td>{t_string!(i18n, policy.between)}</td>
            <td>{amber}</td>
            <td>{red}</td>
        </tr>
    }
    .into_any()
}

/// Where current grades are expected, by event and target.
pub fn corridor(i18n: Words, pack: &PolicyPack) -> Option<AnyView> {
    let rows: Vec<_> = corridor_rows(i18n, pack)
        .into_iter()
        .map(|[event, targets, expected]| {
            view! {
                <tr>
                    <th scope="row">{event}</th>
                    <td>{targets}</td>
                    <td>{expected}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <table>
                <caption>{t_string!(i18n, pack.corridor_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, pack.corridor_event)}</th>
                        <th scope="col">{t_string!(i18n, pack.corridor_targets)}</th>
                        <th scope="col">{t_string!(i18n, pack.corridor_expected)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

fn corridor_rows(i18n: Words, pack: &PolicyPack) -> Vec<[String; 3]> {
    let range = |from: &String, to: &String| {
        t_string!(i18n, pack.range, from = from.clone(), to = to.clone()).to_string()
    };
    let row = |row: &CorridorRow| {
        let event = pack.event(&row.event);
        [
            event.map_or_else(|| row.event.clone(), words::event_name),
            range(&row.from, &row.to),
            range(&row.lowest, &row.highest),
        ]
    };
    let is_corridor = pack.status.flight_path == FlightPath::Corridor;
    let rows = pack.status.corridor.iter().filter(|_| is_corridor);
    rows.map(row).collect()
}

fn amount(i18n: Words, unit: RagUnit, distance: Position) -> String {
    let size = if distance < Position::ZERO {
        -distance
    } else {
        distance
    };
    match unit {
        RagUnit::WholeGrades => words::grades(i18n, size),
        RagUnit::FineSteps if size == Position::from_whole_grades(1) => {
            t_string!(i18n, policy.one_fine_step).to_owned()
        }
        RagUnit::FineSteps => {
            t_string!(i18n, policy.fine_steps_n, n = size.to_string()).to_string()
        }
    }
}

fn triggers(i18n: Words, pack: &PolicyPack) -> AnyView {
    view! {
        <section class="section">
            <h3>{t_string!(i18n, policy.triggers)}</h3>
            {rules(i18n, pack)}
        </section>
    }
    .into_any()
}

/// The rules as a list.
pub fn rules(i18n: Words, pack: &PolicyPack) -> AnyView {
    if pack.triggers.is_empty() {
        return view! { <p>{t_string!(i18n, policy.no_triggers)}</p> }.into_any();
    }
    let rules = pack.triggers.iter();
    let rules: Vec<_> = rules.map(|rule| trigger(i18n, rule)).collect();
    view! { <ul>{rules}</ul> }.into_any()
}

/// A rule: how it begins, its parts where it has several, and what follows.
fn trigger_words(i18n: Words, rule: &TriggerRule) -> (String, Vec<String>, String) {
    let who = scope_name(i18n, rule.scope);
    let stages = words::key_stages(i18n, &rule.key_stages);
    let (lead, parts) = match &rule.when {
        Condition::Any(parts) if parts.len() > 1 => (
            t_string!(i18n, policy.trigger_any, who = who, stages = stages).to_string(),
            parts
                .iter()
                .map(|part| condition_words(i18n, part))
                .collect(),
        ),
        condition => (
            t_string!(
                i18n,
                policy.trigger,
                who = who,
                stages = stages,
                condition = lower_first(&condition_words(i18n, condition))
            )
            .to_string(),
            Vec::new(),
        ),
    };
    (lead, parts, follows(i18n, rule))
}

/// What follows where a rule fires.
pub fn follows(i18n: Words, rule: &TriggerRule) -> String {
    let owner = owner_name(i18n, rule.outcome.owner);
    let mut follows = vec![match rule.outcome.level {
        None => t_string!(i18n, policy.goes_to, owner = owner).to_string(),
        Some(level) => t_string!(
            i18n,
            policy.goes_to_level,
            owner = owner,
            level = level.to_string()
        )
        .to_string(),
    }];
    if !rule.outcome.told.is_empty() {
        let told = |told: &Told| told_name(i18n, *told);
        let names: Vec<String> = rule.outcome.told.iter().map(told).collect();
        follows.push(t_string!(i18n, policy.told, names = words::joined(i18n, &names)).to_string());
    }
    if !rule.on {
        follows.push(t_string!(i18n, policy.trigger_off).to_owned());
    }
    follows.join(" ")
}

/// A rule in one line.
pub fn rule_line(i18n: Words, rule: &TriggerRule) -> String {
    let (lead, parts, follows) = trigger_words(i18n, rule);
    let parts = if parts.is_empty() {
        String::new()
    } else {
        format!("{}.", parts.join("; "))
    };
    let words = [lead, parts, follows];
    let words = words.into_iter().filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn trigger(i18n: Words, rule: &TriggerRule) -> AnyView {
    let (lead, parts, follows) = trigger_words(i18n, rule);
    let parts: Vec<_> = parts
        .into_iter()
        .map(|part| view! { <li>{part}</li> })
        .collect();
    let several = !parts.is_empty();
    view! {
        <li>
            {lead}
            {several.then(|| view! { <ul>{parts}</ul> })}
            " "
            {follows}
        </li>
    }
    .into_any()
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// What each level asks for, a sentence each.
pub fn level_lines(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let line = |level: &Level| {
        let obliges: Vec<String> = (level.obliges.iter())
            .map(|obligation| obligation_name(i18n, *obligation))
            .collect();
        t_string!(
            i18n,
            policy.level,
            n = level.level.to_string(),
            obliges = words::joined(i18n, &obliges)
        )
        .to_string()
    };
    pack.levels.iter().map(line).collect()
}

fn levels(i18n: Words, pack: &PolicyPack) -> AnyView {
    let levels: Vec<_> = level_lines(i18n, pack)
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let none = levels.is_empty();
    view! {
        <section class="section">
            <h3>{t_string!(i18n, policy.levels)}</h3>
            {if none {
                view! { <p>{t_string!(i18n, policy.no_levels)}</p> }.into_any()
            } else {
                view! { <ul>{levels}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}
