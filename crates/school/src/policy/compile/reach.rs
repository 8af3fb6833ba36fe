//! What nothing ever reaches: an entry of a list behind others that take all of its pupils, and tables whose grades the
//! subjects of their chain are not graded in.

use super::checker::Checker;
use crate::policy::pack::PolicyPack;
use crate::policy::problem::PackProblemKind;
use crate::policy::selector::{Selector, SubjectRole};
use crate::policy::target_rules::{TableRows, TargetMethod};

/// One kind of pupil and subject: year group, curriculum, key of the subject (empty for one that the pack does not
/// name), role.
type Case<'a> = (i8, &'a str, &'a str, SubjectRole);

pub(super) fn check(pack: &PolicyPack, check: &mut Checker<'_>) {
    let scales: Vec<&Selector> = pack.scales.iter().map(|entry| &entry.when).collect();
    shadowed(pack, check, "scales", &scales);
    let chains: Vec<&Selector> = pack.targets.iter().map(|chain| &chain.when).collect();
    shadowed(pack, check, "targets", &chains);
    for (at, chain) in pack.targets.iter().enumerate() {
        let graded: Vec<&str> = cases(pack, &chain.when)
            .into_iter()
            .filter_map(|(year, curriculum, subject, _)| pack.scale_for(subject, curriculum, year))
            .collect();
        for (number, method) in chain.methods.iter().enumerate() {
            let place = format!("targets[{at}].methods[{number}]");
            tables_fit(pack, check, &place, method, &graded);
        }
    }
}

/// Whether every case that an entry selects was selected by one before it.
fn shadowed(pack: &PolicyPack, check: &mut Checker<'_>, list: &str, entries: &[&Selector]) {
    for (at, own) in entries.iter().enumerate() {
        let before = entries.get(..at).unwrap_or_default();
        let taken = |(year, curriculum, subject, role): &Case<'_>| {
            before
                .iter()
                .any(|entry| entry.selects(*year, curriculum, subject, *role))
        };
        let cases = cases(pack, own);
        if cases.is_empty() || cases.iter().all(taken) {
            check.add(format!("{list}[{at}]"), PackProblemKind::Unreachable);
        }
    }
}

fn cases<'a>(pack: &'a PolicyPack, when: &'a Selector) -> Vec<Case<'a>> {
    let years = pack
        .years
        .iter()
        .filter(|year| when.years.is_empty() || when.years.contains(year));
    let curricula: Vec<&str> = pack
        .curricula
        .iter()
        .filter(|key| when.curricula.is_empty() || when.curricula.contains(key))
        .map(String::as_str)
        .collect();
    let subjects: Vec<(&str, SubjectRole)> = if when.subjects.is_empty() {
        SubjectRole::ALL
            .into_iter()
            .filter(|role| when.roles.is_empty() || when.roles.contains(role))
            .map(|role| ("", role))
            .collect()
    } else {
        when.subjects
            .iter()
            .map(|key| (key.as_str(), pack.role_of(key)))
            .collect()
    };
    let mut cases = Vec::new();
    for year in years {
        for curriculum in &curricula {
            cases.extend(
                subjects
                    .iter()
                    .map(|(subject, role)| (*year, *curriculum, *subject, *role)),
            );
        }
    }
    cases
}

/// A table gives grades of a scale that subjects of its chain are graded in, and reads grades of the scale that its
/// measure has.
fn tables_fit(
    pack: &PolicyPack,
    check: &mut Checker<'_>,
    place: &str,
    method: &TargetMethod,
    graded: &[&str],
) {
    let key = method.table();
    let Some(table) = key.and_then(|key| pack.tables.iter().find(|held| held.key == key)) else {
        return;
    };
    let other = |scale: &str, needed: &str| PackProblemKind::OtherScale {
        scale: scale.to_owned(),
        needed: needed.to_owned(),
    };
    if let Some(needed) = graded
        .first()
        .filter(|_| !graded.contains(&table.scale.as_str()))
    {
        check.add(place.to_owned(), other(&table.scale, needed));
    }
    if let (TargetMethod::GradeLookup { measure, .. }, TableRows::Grades { scale, .. }) =
        (method, &table.rows)
        && let Some(needed) = measure.scale().filter(|needed| needed != scale)
    {
        check.add(place.to_owned(), other(scale, needed));
    }
}
