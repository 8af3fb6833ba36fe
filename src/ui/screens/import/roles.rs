//! What a column can mean, in groups, each with a key for the list and a name for people.

use flightpath_exchange::mapping::{GroupFlag, NameOrder, ResultKind, Role};
use flightpath_school::model::Measure;

use crate::i18n::t_string;
use crate::ui::parts::cell_words;
use crate::ui::say::Words;

/// A group of the list: its name, and what can be chosen in it.
pub struct RoleGroup {
    pub name: String,
    pub choices: Vec<(String, String)>,
}

/// Every meaning, without subject and event.
fn all() -> Vec<(Heading, Role)> {
    let mut all = vec![(Heading::Out, Role::Ignore)];
    let pupil = [
        Role::Surname,
        Role::Forename,
        Role::FullName(NameOrder::SurnameFirst),
        Role::FullName(NameOrder::ForenameFirst),
        Role::Upn,
        Role::AdmissionNumber,
        Role::BirthDate,
        Role::Sex,
        Role::YearGroup,
        Role::Form,
        Role::House,
        Role::Attendance,
        Role::Ethnicity,
        Role::HomeLanguage,
    ];
    all.extend(pupil.map(|role| (Heading::Pupil, role)));
    all.push((Heading::Groups, Role::Sen));
    all.extend(GroupFlag::ALL.map(|group| (Heading::Groups, Role::Group(group))));
    all.extend(Measure::ALL.map(|measure| (Heading::Prior, Role::Prior(measure))));
    all.extend(ResultKind::ALL.map(|kind| {
        let role = Role::Result {
            subject: None,
            kind,
            event: None,
        };
        (Heading::Results, role)
    }));
    let rows = [
        Role::Class { subject: None },
        Role::Teacher { subject: None },
        Role::SubjectName,
        Role::EventName,
        Role::KindName,
        Role::ResultOfNamedKind,
    ];
    all.extend(rows.map(|role| (Heading::Rows, role)));
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Out,
    Pupil,
    Groups,
    Prior,
    Results,
    Rows,
}

/// The key of a meaning in the list; subject and event make no difference.
pub fn key(role: &Role) -> String {
    match role {
        Role::Ignore => "ignore".to_owned(),
        Role::Surname => "surname".to_owned(),
        Role::Forename => "forename".to_owned(),
        Role::FullName(NameOrder::SurnameFirst) => "surname-first".to_owned(),
        Role::FullName(NameOrder::ForenameFirst) => "forename-first".to_owned(),
        Role::Prior(measure) => format!("prior:{}", measure.name()),
        Role::Result { kind, .. } => format!("result:{}", kind.field()),
        Role::ResultOfNamedKind => "result-of-named-kind".to_owned(),
        Role::SubjectName => "subject-name".to_owned(),
        Role::EventName => "event-name".to_owned(),
        Role::KindName => "kind-name".to_owned(),
        role => role
            .field()
            .map(|field| field.to_string())
            .unwrap_or_default(),
    }
}

/// The meaning with this key. Where the column had a subject or an event, it keeps them.
pub fn by_key(wanted: &str, before: &Role) -> Role {
    let (had_subject, had_event) = match before {
        Role::Result { subject, event, .. } => (subject.clone(), event.clone()),
        Role::Class { subject } | Role::Teacher { subject } => (subject.clone(), None),
        _ => (None, None),
    };
    let found = all().into_iter().find(|(_, role)| key(role) == wanted);
    match found.map(|(_, role)| role).unwrap_or_default() {
        Role::Result { kind, .. } => Role::Result {
            subject: had_subject,
            kind,
            event: had_event.filter(|_| kind.has_event()),
        },
        Role::Class { .. } => Role::Class {
            subject: had_subject,
        },
        Role::Teacher { .. } => Role::Teacher {
            subject: had_subject,
        },
        role => role,
    }
}

/// The list of all meanings in its groups.
pub fn groups(i18n: Words) -> Vec<RoleGroup> {
    let mut groups: Vec<(Heading, RoleGroup)> = Vec::new();
    for (heading, role) in all() {
        let choice = (key(&role), name(i18n, &role));
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, group)) => group.choices.push(choice),
            None => groups.push((
                heading,
                RoleGroup {
                    name: heading_name(i18n, heading),
                    choices: vec![choice],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn heading_name(i18n: Words, heading: Heading) -> String {
    match heading {
        Heading::Out => t_string!(i18n, import.group_out),
        Heading::Pupil => t_string!(i18n, import.group_pupil),
        Heading::Groups => t_string!(i18n, import.group_groups),
        Heading::Prior => t_string!(i18n, import.group_prior),
        Heading::Results => t_string!(i18n, import.group_results),
        Heading::Rows => t_string!(i18n, import.group_rows),
    }
    .to_owned()
}

/// What a column means, in words.
pub fn name(i18n: Words, role: &Role) -> String {
    match role {
        Role::Ignore => t_string!(i18n, import.role_ignore),
        Role::Surname => t_string!(i18n, import.role_surname),
        Role::Forename => t_string!(i18n, import.role_forename),
        Role::FullName(NameOrder::SurnameFirst) => t_string!(i18n, import.role_surname_first),
        Role::FullName(NameOrder::ForenameFirst) => t_string!(i18n, import.role_forename_first),
        Role::Upn => t_string!(i18n, import.role_upn),
        Role::AdmissionNumber => t_string!(i18n, import.role_admission),
        Role::BirthDate => t_string!(i18n, import.role_birth_date),
        Role::Sex => t_string!(i18n, import.role_sex),
        Role::Ethnicity => t_string!(i18n, import.role_ethnicity),
        Role::HomeLanguage => t_string!(i18n, import.role_home_language),
        Role::YearGroup => t_string!(i18n, words.year_group),
        Role::Form => t_string!(i18n, words.form),
        Role::House => t_string!(i18n, import.role_house),
        Role::Sen => t_string!(i18n, import.role_sen),
        Role::Group(GroupFlag::PupilPremium) => t_string!(i18n, import.role_pupil_premium),
        Role::Group(GroupFlag::Eal) => t_string!(i18n, import.role_eal),
        Role::Group(GroupFlag::FreeMeals) => t_string!(i18n, import.role_free_meals),
        Role::Group(GroupFlag::LookedAfter) => t_string!(i18n, import.role_looked_after),
        Role::Attendance => t_string!(i18n, import.role_attendance),
        Role::Prior(measure) => return cell_words::measure(i18n, *measure).to_owned(),
        Role::Result { kind, .. } => return kind_name(i18n, *kind),
        Role::ResultOfNamedKind => t_string!(i18n, import.role_named_kind),
        Role::Class { .. } => t_string!(i18n, words.class),
        Role::Teacher { .. } => t_string!(i18n, import.role_teacher),
        Role::SubjectName => t_string!(i18n, import.role_subject_name),
        Role::EventName => t_string!(i18n, import.role_event_name),
        Role::KindName => t_string!(i18n, import.role_kind_name),
    }
    .to_owned()
}

fn kind_name(i18n: Words, kind: ResultKind) -> String {
    match kind {
        ResultKind::Target => t_string!(i18n, import.kind_target),
        ResultKind::Estimate => t_string!(i18n, import.kind_estimate),
        ResultKind::Achieved => t_string!(i18n, import.kind_achieved),
        ResultKind::Current => t_string!(i18n, import.kind_current),
        ResultKind::Predicted => t_string!(i18n, import.kind_predicted),
        ResultKind::OnTarget => t_string!(i18n, import.kind_on_target),
        ResultKind::AtlClass => t_string!(i18n, import.kind_atl_class),
        ResultKind::AtlHome => t_string!(i18n, import.kind_atl_home),
        ResultKind::SpokenEnglish => t_string!(i18n, import.kind_spoken_english),
        ResultKind::Comment => t_string!(i18n, import.kind_comment),
        ResultKind::Evidence => t_string!(i18n, import.kind_evidence),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_is_found_by_its_key() {
        let all = all();
        for (_, role) in &all {
            assert_eq!(by_key(&key(role), &Role::Ignore), *role);
        }
        let mut keys: Vec<String> = all.iter().map(|(_, role)| key(role)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all.len());
    }

    #[test]
    fn another_kind_of_result_keeps_subject_and_event() {
        let of = |kind, event: Option<&str>| Role::Result {
            subject: Some("Maths".to_owned()),
            kind,
            event: event.map(str::to_owned),
        };
        let before = of(ResultKind::Current, Some("Autumn"));
        assert_eq!(
            by_key("result:predicted", &before),
            of(ResultKind::Predicted, Some("Autumn"))
        );
        assert_eq!(
            by_key("result:target", &before),
            of(ResultKind::Target, None)
        );
    }
}
