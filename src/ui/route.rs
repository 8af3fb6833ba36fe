//! The addresses of the screens, in the fragment of the page's address.

use flightpath_school::model::Id;

/// A part of the targets' screen besides the grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetsPart {
    /// Targets that are no grades.
    Other,
    /// Targets of whole cohorts.
    Cohorts,
    /// Who fell behind last year.
    LastYear,
}

impl TargetsPart {
    /// All of them, in the order of their tabs.
    pub const ALL: [TargetsPart; 3] = [
        TargetsPart::Other,
        TargetsPart::Cohorts,
        TargetsPart::LastYear,
    ];

    fn name(self) -> &'static str {
        match self {
            TargetsPart::Other => "other",
            TargetsPart::Cohorts => "cohorts",
            TargetsPart::LastYear => "last-year",
        }
    }
}

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// What waits.
    Home,
    /// All pupils.
    Pupils,
    /// One pupil.
    Pupil(Id),
    /// The year's classes.
    Classes,
    /// The markbook of one class.
    Class(Id),
    /// The pupils and teachers of one class.
    ClassPupils(Id),
    /// Setting and reviewing targets.
    Targets,
    /// Another part of it.
    TargetsOf(TargetsPart),
    /// The year's tracking events.
    Events,
    /// Entering grades of one event.
    Event(Id),
    /// The master tracking file of a subject.
    Master,
    /// Who needs someone.
    Interventions,
    /// Files in and out.
    Exchange,
    /// Importing a list.
    Import,
    /// The policy in force.
    Policy,
    /// Every change.
    History,
    /// Settings.
    Settings,
    /// The end of the school year.
    NewYear,
    /// How policies work, and the list of those that ship.
    Help,
    /// One of them from its first number to its last.
    HelpOn(Walked),
    /// Nothing is there.
    Unknown,
}

/// A policy that ships, by which the help has a page on it. Its key alone stands here: what it says is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walked {
    /// Bilingual secondary.
    Bilingual,
    /// Banded secondary.
    Banded,
    /// Secondary with personal targets.
    Personal,
    /// Primary.
    Primary,
    /// General secondary.
    General,
}

impl Walked {
    /// All of them, as the help lists them.
    pub const ALL: [Walked; 5] = [
        Walked::Bilingual,
        Walked::Banded,
        Walked::Personal,
        Walked::Primary,
        Walked::General,
    ];

    /// The key of the policy.
    pub fn key(self) -> &'static str {
        match self {
            Walked::Bilingual => "bilingual-secondary",
            Walked::Banded => "banded-secondary",
            Walked::Personal => "personal-targets-secondary",
            Walked::Primary => "primary",
            Walked::General => "general-secondary",
        }
    }

    /// The policy of this key, if it ships.
    pub fn of(key: &str) -> Option<Walked> {
        Walked::ALL.into_iter().find(|walked| walked.key() == key)
    }
}

impl Route {
    /// Reads a fragment such as `/pupils/01…`.
    pub fn parse(fragment: &str) -> Route {
        let path = fragment.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let head = parts.next();
        let id = parts.next();
        let part = parts.next();
        if parts.next().is_some() {
            return Route::Unknown;
        }
        if let Some(part) = part {
            return match (head, id.map(str::parse), part) {
                (Some("classes"), Some(Ok(id)), "pupils") => Route::ClassPupils(id),
                _ => Route::Unknown,
            };
        }
        match (head, id) {
            (None, None) => Route::Home,
            (Some("pupils"), None) => Route::Pupils,
            (Some("pupils"), Some(id)) => id.parse().map_or(Route::Unknown, Route::Pupil),
            (Some("classes"), None) => Route::Classes,
            (Some("classes"), Some(id)) => id.parse().map_or(Route::Unknown, Route::Class),
            (Some("targets"), None) => Route::Targets,
            (Some("targets"), Some(part)) => TargetsPart::ALL
                .into_iter()
                .find(|each| each.name() == part)
                .map_or(Route::Unknown, Route::TargetsOf),
            (Some("events"), None) => Route::Events,
            (Some("events"), Some(id)) => id.parse().map_or(Route::Unknown, Route::Event),
            (Some("master"), None) => Route::Master,
            (Some("interventions"), None) => Route::Interventions,
            (Some("exchange"), None) => Route::Exchange,
            (Some("exchange"), Some("import")) => Route::Import,
            (Some("policy"), None) => Route::Policy,
            (Some("history"), None) => Route::History,
            (Some("settings"), None) => Route::Settings,
            (Some("settings"), Some("new-year")) => Route::NewYear,
            (Some("help"), None) => Route::Help,
            (Some("help"), Some(key)) => Walked::of(key).map_or(Route::Unknown, Route::HelpOn),
            _ => Route::Unknown,
        }
    }

    /// The fragment, without `#`.
    pub fn fragment(self) -> String {
        match self {
            Route::Home | Route::Unknown => "/".to_owned(),
            Route::Pupils => "/pupils".to_owned(),
            Route::Pupil(id) => format!("/pupils/{id}"),
            Route::Classes => "/classes".to_owned(),
            Route::Class(id) => format!("/classes/{id}"),
            Route::ClassPupils(id) => format!("/classes/{id}/pupils"),
            Route::Targets => "/targets".to_owned(),
            Route::TargetsOf(part) => format!("/targets/{}", part.name()),
            Route::Events => "/events".to_owned(),
            Route::Event(id) => format!("/events/{id}"),
            Route::Master => "/master".to_owned(),
            Route::Interventions => "/interventions".to_owned(),
            Route::Exchange => "/exchange".to_owned(),
            Route::Import => "/exchange/import".to_owned(),
            Route::Policy => "/policy".to_owned(),
            Route::History => "/history".to_owned(),
            Route::Settings => "/settings".to_owned(),
            Route::NewYear => "/settings/new-year".to_owned(),
            Route::Help => "/help".to_owned(),
            Route::HelpOn(walked) => format!("/help/{}", walked.key()),
        }
    }

    /// The address for a link.
    pub fn href(self) -> String {
        format!("#{}", self.fragment())
    }

    /// Whether a link to `self` leads to the part of the program that `here` belongs to.
    pub fn holds(self, here: Route) -> bool {
        self == here
            || matches!(
                (self, here),
                (Route::Pupils, Route::Pupil(_))
                    | (Route::Classes, Route::Class(_) | Route::ClassPupils(_))
                    | (Route::Targets, Route::TargetsOf(_))
                    | (Route::Events, Route::Event(_))
                    | (Route::Exchange, Route::Import)
                    | (Route::Settings, Route::NewYear)
                    | (Route::Help, Route::HelpOn(_))
            )
    }
}

#[cfg(test)]
mod tests {
    use flightpath_school::policy::PolicyPack;

    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        let id = Id(0x0123_4567_89ab_cdef);
        for route in [
            Route::Home,
            Route::Pupils,
            Route::Pupil(id),
            Route::Classes,
            Route::Class(id),
            Route::ClassPupils(id),
            Route::Targets,
            Route::TargetsOf(TargetsPart::Other),
            Route::TargetsOf(TargetsPart::Cohorts),
            Route::TargetsOf(TargetsPart::LastYear),
            Route::Events,
            Route::Event(id),
            Route::Master,
            Route::Interventions,
            Route::Exchange,
            Route::Import,
            Route::Policy,
            Route::History,
            Route::Settings,
            Route::NewYear,
            Route::Help,
            Route::HelpOn(Walked::Banded),
        ] {
            assert_eq!(Route::parse(&route.fragment()), route);
        }
        assert_eq!(Route::parse("/pupils/xyz"), Route::Unknown);
        assert_eq!(Route::parse("/nowhere"), Route::Unknown);
        assert_eq!(Route::parse("/settings/deep/down"), Route::Unknown);
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("/help/nobody"), Route::Unknown);
    }

    #[test]
    fn every_policy_that_ships_has_a_page_in_the_help() {
        let mut shipped: Vec<String> = PolicyPack::shipped()
            .into_iter()
            .map(|pack| pack.key)
            .collect();
        let mut walked: Vec<&str> = Walked::ALL.map(Walked::key).to_vec();
        shipped.sort();
        walked.sort();
        assert_eq!(walked, shipped);
    }
}
