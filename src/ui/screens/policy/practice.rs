//! How the school goes about its targets, in sentences: who sets them, what else has one, duties, groups, wording.

use flightpath_school::model::Measure;
use flightpath_school::model::scale::{ScaleDefinition, ScaleKind};
use flightpath_school::policy::{
    ApprovalFrom, CohortTargets, EndOfYear, OtherTarget, PolicyPack, TargetLife, Wording,
};
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::ui::parts::{cell_words, policy_words, practice_words as words};
use crate::ui::say::Words;

/// One section with a heading and a sentence an item; nothing without an item.
pub fn section(heading: &'static str, items: Vec<String>) -> Option<AnyView> {
    let rows: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section">
                <h3>{heading}</h3>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// Who sets, checks and approves targets, a sentence each.
pub fn life(i18n: Words, life: &TargetLife) -> Vec<String> {
    let names: Vec<String> = (life.approved_by.iter())
        .map(|party| words::party(i18n, *party).to_owned())
        .collect();
    let names = policy_words::joined(i18n, &names);
    let mut says = vec![
        t_string!(
            i18n,
            pack.life_issued,
            issued = words::party(i18n, life.issued_by),
            checked = words::party(i18n, life.checked_by)
        )
        .to_string(),
        match life.approval_from {
            _ if names.is_empty() => t_string!(i18n, pack.life_reason_only).to_owned(),
            ApprovalFrom::Set => t_string!(i18n, pack.life_approval_set, names = names).to_string(),
            ApprovalFrom::Published => {
                t_string!(i18n, pack.life_approval_published, names = names).to_string()
            }
        },
    ];
    if life.agreed_with_pupil {
        says.push(t_string!(i18n, pack.life_agreed).to_owned());
    }
    if life.self_assessed {
        says.push(t_string!(i18n, pack.life_self).to_owned());
    }
    says.extend(
        life.reviewed.map(|day| {
            t_string!(i18n, pack.life_reviewed, day = words::day(i18n, day)).to_string()
        }),
    );
    says
}

/// The measures that the pack names.
pub fn measures(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let named = |name: &String| {
        Measure::ALL
            .into_iter()
            .find(|measure| measure.name() == name)
    };
    let known = pack.measures.iter().filter_map(named);
    known
        .map(|measure| cell_words::measure(i18n, measure).to_owned())
        .collect()
}

/// Targets that are no grades, a sentence each.
pub fn others(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let line = |other: &OtherTarget| {
        let name = words::other_name(i18n, other);
        let measured = words::other_measure(i18n, other.measured_in);
        if other.everyone {
            t_string!(i18n, pack.other_everyone, name = name, measured = measured).to_string()
        } else {
            t_string!(i18n, pack.other_line, name = name, measured = measured).to_string()
        }
    };
    pack.other_targets.iter().map(line).collect()
}

/// Targets for whole cohorts.
pub fn cohorts(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let line = |cohorts: &CohortTargets| {
        let stages = policy_words::key_stages(i18n, &cohorts.key_stages);
        match cohorts.published {
            Some(day) => {
                let day = words::day(i18n, day);
                t_string!(i18n, pack.cohorts_published, stages = stages, day = day).to_string()
            }
            None => t_string!(i18n, pack.cohorts_line, stages = stages).to_string(),
        }
    };
    pack.cohort_targets.iter().map(line).collect()
}

fn own_scales(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let line = |scale: &ScaleDefinition| {
        let grades: Vec<&str> = match &scale.kind {
            ScaleKind::Graded(graded) => graded.grades.iter().map(|g| g.label.as_str()).collect(),
            ScaleKind::Decimal(_) => Vec::new(),
        };
        let (name, grades) = (scale.name.clone(), grades.join(", "));
        t_string!(i18n, pack.own_scale, name = name, grades = grades).to_string()
    };
    pack.own_scales.iter().map(line).collect()
}

/// Who does what when, a sentence each.
pub fn duties(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    pack.duties
        .iter()
        .map(|duty| words::duty(i18n, pack, duty))
        .collect()
}

/// What follows where a target was missed.
pub fn end_of_year(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let line = |end: &EndOfYear| {
        let (low, high) = (end.low_effort.clone(), end.high_effort.clone());
        t_string!(i18n, pack.end_of_year_line, low = low, high = high).to_string()
    };
    pack.end_of_year.iter().map(line).collect()
}

/// Which groups are looked at.
pub fn groups(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let groups: Vec<String> = (pack.groups.kinds.iter())
        .map(|group| words::group(i18n, *group).to_owned())
        .collect();
    let line = t_string!(
        i18n,
        pack.groups_line,
        groups = policy_words::joined(i18n, &groups),
        n = pack.groups.smallest.to_string()
    );
    vec![line.to_string()]
}

/// How letters and reports say it.
pub fn wording(i18n: Words, pack: &PolicyPack) -> Vec<String> {
    let line = |wording: &Wording| {
        format!(
            "{}: “{}”",
            words::wording_place(i18n, wording.place),
            wording.text
        )
    };
    pack.wording.iter().map(line).collect()
}

/// Heading and sentences of a part.
type Part = (&'static str, Vec<String>);

fn parts_of_targets(i18n: Words, pack: &PolicyPack) -> [Part; 5] {
    [
        (t_string!(i18n, pack.life), life(i18n, &pack.target_life)),
        (t_string!(i18n, pack.others), others(i18n, pack)),
        (t_string!(i18n, pack.cohorts), cohorts(i18n, pack)),
        (t_string!(i18n, pack.own_scales), own_scales(i18n, pack)),
        (t_string!(i18n, pack.measures), measures(i18n, pack)),
    ]
}

fn parts_of_year(i18n: Words, pack: &PolicyPack) -> [Part; 4] {
    [
        (t_string!(i18n, pack.duties), duties(i18n, pack)),
        (t_string!(i18n, pack.end_of_year), end_of_year(i18n, pack)),
        (t_string!(i18n, pack.groups), groups(i18n, pack)),
        (t_string!(i18n, pack.wording), wording(i18n, pack)),
    ]
}

/// Every part with its heading.
pub fn parts(i18n: Words, pack: &PolicyPack) -> Vec<Part> {
    let of_targets = parts_of_targets(i18n, pack).into_iter();
    of_targets.chain(parts_of_year(i18n, pack)).collect()
}

fn sections<const PARTS: usize>(parts: [Part; PARTS]) -> AnyView {
    let sections: Vec<_> = (parts.into_iter())
        .map(|(heading, lines)| section(heading, lines))
        .collect();
    sections.into_any()
}

/// What stands before the tracking events: who sets targets, and targets that are no grades.
pub fn of_targets(i18n: Words, pack: &PolicyPack) -> AnyView {
    sections(parts_of_targets(i18n, pack))
}

/// What stands after the tracking events: duties, the end of the year, groups, wording.
pub fn of_year(i18n: Words, pack: &PolicyPack) -> AnyView {
    sections(parts_of_year(i18n, pack))
}
