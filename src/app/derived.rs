//! Lists that many screens show, made once for each change of the school.

use flightpath_school::journal::School;
use flightpath_school::model::{AcademicYear, CivilDate, Id};
use flightpath_school::view::{
    Class, EventState, Pupil, Setting, Subject, TrackingEvent, classes, events, pupils, setting,
    subjects,
};

/// Longer than anybody is at school.
const LONGEST_AGO: u16 = 20;

/// Pupils, subjects, classes and events of the year that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// What holds for the whole school.
    pub setting: Setting,
    /// The year that is looked at.
    pub year: AcademicYear,
    /// Every year of which something is known, with the school's own and the one before it, the latest first.
    pub years: Vec<AcademicYear>,
    /// Its pupils, by name.
    pub pupils: Vec<Pupil>,
    /// Subjects, by name.
    pub subjects: Vec<Subject>,
    /// Classes of the year, by name.
    pub classes: Vec<Class>,
    /// Tracking events of the year, by date.
    pub events: Vec<TrackingEvent>,
    today: CivilDate,
}

impl Default for Lists {
    fn default() -> Self {
        Lists::of(&School::default(), None, CivilDate::UNIX_EPOCH)
    }
}

impl Lists {
    /// The lists of a year; without one, of the school's own, else of the year of today.
    pub fn of(school: &School, year: Option<AcademicYear>, today: CivilDate) -> Lists {
        let setting = setting(school);
        let year = year
            .or(setting.year)
            .unwrap_or_else(|| AcademicYear::of(today));
        let own = setting.year.unwrap_or(year);
        let is_known = |year: &AcademicYear| {
            let mut keys = school.columns().map(|(key, _)| key);
            [own, own.previous()].contains(year)
                || keys.any(|key| key.year() == Some(*year) && school.reading(key).shows_anything())
        };
        let years = (own.0.saturating_sub(LONGEST_AGO)..=own.0.saturating_add(1)).rev();
        Lists {
            year,
            years: years.map(AcademicYear).filter(is_known).collect(),
            pupils: pupils(school, year)
                .into_iter()
                .filter(|pupil| {
                    let of_own_year = setting.year == Some(year) && !pupil.had_left(year);
                    of_own_year || pupil.year_group.is_some()
                })
                .collect(),
            subjects: subjects(school),
            classes: classes(school, year),
            events: events(school, year),
            setting,
            today,
        }
    }

    /// A pupil of the year.
    pub fn pupil(&self, id: Id) -> Option<&Pupil> {
        self.pupils.iter().find(|pupil| pupil.id == id)
    }

    /// A subject.
    pub fn subject(&self, id: Id) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.id == id)
    }

    /// The chosen event, else the open one, else the last that has begun, else the first.
    pub fn event(&self, chosen: Option<Id>) -> Option<&TrackingEvent> {
        let find = |test: &dyn Fn(&TrackingEvent) -> bool| {
            self.events.iter().rev().find(|event| test(event))
        };
        find(&|event| Some(event.id) == chosen)
            .or_else(|| find(&|event| event.state == EventState::Open))
            .or_else(|| find(&|event| event.opens.is_some_and(|opens| opens <= self.today)))
            .or_else(|| self.events.first())
    }
}
