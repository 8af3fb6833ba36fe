//! Kinds of steps, and the steps that a filter leaves.

use std::collections::BTreeSet;

use flightpath_school::journal::Action;

use crate::app::HistoryEntry;
use crate::i18n::t_string;
use crate::ui::say::{self, Words};

/// A kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Files and pastes that came in, the sample school among them.
    Import,
    /// Grades of tracking events, and choices between two of them.
    Entry,
    /// Targets.
    Targets,
    /// Tracking events.
    Events,
    /// Pupils, subjects and classes.
    Pupils,
    /// Settings and the policy.
    Settings,
    /// Undo and redo.
    Undo,
}

impl Kind {
    /// All kinds, as a combo box lists them.
    pub const ALL: [Kind; 7] = [
        Kind::Import,
        Kind::Entry,
        Kind::Targets,
        Kind::Events,
        Kind::Pupils,
        Kind::Settings,
        Kind::Undo,
    ];

    /// The kind of an action.
    pub fn of(action: &Action) -> Kind {
        match action {
            Action::Import { .. }
            | Action::SampleSchool
            | Action::OpenFile { .. }
            | Action::Restore { .. } => Kind::Import,
            Action::Enter { .. }
            | Action::Assessment { .. }
            | Action::Marks { .. }
            | Action::ClassMean
            | Action::FeedEvent { .. }
            | Action::Decide => Kind::Entry,
            Action::SetTargets
            | Action::TargetState { .. }
            | Action::OtherTargets
            | Action::CohortTargets
            | Action::Interventions => Kind::Targets,
            Action::Event { .. } | Action::JudgeAgain { .. } => Kind::Events,
            Action::EditPupils | Action::EditClasses | Action::RollOver { .. } => Kind::Pupils,
            Action::ChoosePolicy { .. }
            | Action::EditPolicy { .. }
            | Action::LoadFigures { .. }
            | Action::Phrases
            | Action::Settings => Kind::Settings,
            Action::Undo { .. } | Action::Redo { .. } => Kind::Undo,
        }
    }

    /// What the combo box keeps.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Import => "import",
            Kind::Entry => "entry",
            Kind::Targets => "targets",
            Kind::Events => "events",
            Kind::Pupils => "pupils",
            Kind::Settings => "settings",
            Kind::Undo => "undo",
        }
    }

    /// The kind with this key.
    pub fn with_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Its name.
    pub fn name(self, i18n: Words) -> &'static str {
        match self {
            Kind::Import => t_string!(i18n, history.kind_import),
            Kind::Entry => t_string!(i18n, history.kind_entry),
            Kind::Targets => t_string!(i18n, history.kind_targets),
            Kind::Events => t_string!(i18n, history.kind_events),
            Kind::Pupils => t_string!(i18n, history.kind_pupils),
            Kind::Settings => t_string!(i18n, history.kind_settings),
            Kind::Undo => t_string!(i18n, history.kind_undo),
        }
    }
}

/// Which steps are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this person; an empty name is those who gave none.
    pub person: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
}

impl Filter {
    /// Whether a step is shown.
    pub fn fits(&self, entry: &HistoryEntry) -> bool {
        self.person
            .as_ref()
            .is_none_or(|person| *person == entry.info.author)
            && self
                .kind
                .is_none_or(|kind| Kind::of(&entry.info.action) == kind)
    }
}

/// Everybody who made a step.
pub fn people(entries: &[HistoryEntry]) -> BTreeSet<String> {
    entries
        .iter()
        .map(|entry| entry.info.author.clone())
        .collect()
}

/// What a step did, in a sentence that names the step which an undo undid.
pub fn sentence(i18n: Words, entry: &HistoryEntry) -> String {
    let action = &entry.info.action;
    match (action, &entry.original) {
        (Action::Undo { .. }, Some(undone)) => {
            let what = say::action(i18n, undone);
            t_string!(i18n, history.undid, what = what).to_string()
        }
        (Action::Redo { .. }, Some(redone)) => {
            let what = say::action(i18n, redone);
            t_string!(i18n, history.redid, what = what).to_string()
        }
        _ => say::action(i18n, action),
    }
}

#[cfg(test)]
mod tests {
    use flightpath_school::journal::StepInfo;
    use flightpath_school::model::{Dot, Id, Moment, ReplicaId};

    use super::*;

    fn entry(author: &str, action: Action) -> HistoryEntry {
        HistoryEntry {
            info: StepInfo {
                dot: Dot {
                    replica: ReplicaId(Id(1)),
                    sequence: 1,
                },
                author: author.to_owned(),
                at: Moment(0),
                action,
                reason: None,
            },
            original: None,
            cells: 1,
            holding: None,
        }
    }

    #[test]
    fn a_filter_tells_a_person_without_a_name_from_everybody() {
        let named = entry("Ms Roe", Action::Settings);
        let nameless = entry("", Action::SetTargets);
        let of = |person: &str| Filter {
            person: Some(person.to_owned()),
            kind: None,
        };
        assert!(Filter::default().fits(&named) && Filter::default().fits(&nameless));
        assert!(of("").fits(&nameless) && !of("").fits(&named));
        assert!(of("Ms Roe").fits(&named) && !of("Ms Roe").fits(&nameless));
    }

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in Kind::ALL {
            assert_eq!(Kind::with_key(kind.key()), Some(kind));
        }
        let targets = Filter {
            person: None,
            kind: Some(Kind::Targets),
        };
        assert!(targets.fits(&entry("", Action::SetTargets)));
        assert!(!targets.fits(&entry("", Action::Settings)));
    }
}
