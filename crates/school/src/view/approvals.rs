//! Who approved a change of a target: a part in the process and a name, as a cell keeps them.

use crate::policy::Party;

/// Somebody who approved a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// As whom; nothing where a file brought a name alone.
    pub party: Option<Party>,
    /// The name.
    pub name: String,
}

/// The names of parties that cells keep.
const NAMES: [(Party, &str); 11] = [
    (Party::Teacher, "teacher"),
    (Party::Tutor, "tutor"),
    (Party::SubjectLeader, "subject-leader"),
    (Party::Coordinator, "coordinator"),
    (Party::HeadOfHouse, "head-of-house"),
    (Party::DataLead, "data-lead"),
    (Party::SenCoordinator, "sen-coordinator"),
    (Party::Head, "head"),
    (Party::Governors, "governors"),
    (Party::Pupil, "pupil"),
    (Party::Parents, "parents"),
];

/// Approvals as one text: `subject-leader: Ann Lee; data-lead: Bo Ray`.
pub fn approvals_text(approvals: &[Approval]) -> String {
    let one = |approval: &Approval| {
        // What parts the text is no part of a name.
        let name = approval.name.trim().replace([';', ':'], ",");
        let party = NAMES
            .iter()
            .find(|(party, _)| Some(*party) == approval.party);
        match party {
            Some((_, party)) => format!("{party}: {name}"),
            None => name,
        }
    };
    let named = approvals
        .iter()
        .filter(|approval| !approval.name.trim().is_empty());
    named.map(one).collect::<Vec<_>>().join("; ")
}

/// Reads [`approvals_text`]; anything else is a name.
pub fn read_approvals(text: &str) -> Vec<Approval> {
    let one = |part: &str| {
        let known = part.split_once(':').and_then(|(key, name)| {
            let (party, _) = NAMES.iter().find(|(_, known)| *known == key.trim())?;
            Some((*party, name))
        });
        let (party, name) = known.map_or((None, part), |(party, name)| (Some(party), name));
        let name = name.trim().to_owned();
        (!name.is_empty()).then_some(Approval { party, name })
    };
    text.split(';').filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approvals_are_read_as_they_are_written() {
        let given: Vec<Approval> = Party::ALL
            .into_iter()
            .map(|party| Approval {
                party: Some(party),
                name: format!("Someone {party:?}"),
            })
            .collect();
        assert_eq!(read_approvals(&approvals_text(&given)), given);
    }

    #[test]
    fn a_name_alone_is_kept_and_no_name_breaks_the_text() {
        let alone = read_approvals(" Ann Lee ;; Dr: Ray ");
        let names: Vec<&str> = alone.iter().map(|each| each.name.as_str()).collect();
        assert_eq!(names, ["Ann Lee", "Dr: Ray"]);
        assert!(alone.iter().all(|each| each.party.is_none()));
        let odd = Approval {
            party: Some(Party::Head),
            name: "Lee; data-lead: Ray".to_owned(),
        };
        let read = read_approvals(&approvals_text(&[odd]));
        assert_eq!(read.len(), 1);
        assert_eq!(approvals_text(&[]), "");
    }
}
