//! Which subject, year group and class the grid shows; remembered while the tab lives.

use std::cell::RefCell;
use std::collections::BTreeSet;

use flightpath_school::model::{ColumnKey, Field, Id, Value, YearGroup};
use flightpath_school::view::{Pupil, Subject, takers};
use leptos::prelude::*;

use crate::app::App;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// Part of a year group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// A class of the subject.
    Class(Id),
    /// A form.
    Form(String),
    /// All who take the subject.
    All,
}

impl Group {
    /// The value of its choice.
    pub fn key(&self) -> String {
        match self {
            Group::Class(id) => format!("class/{id}"),
            Group::Form(form) => format!("form/{form}"),
            Group::All => "all".to_owned(),
        }
    }
}

/// What was chosen.
#[derive(Debug, Clone, Default)]
struct Chosen {
    subject: Option<Id>,
    year: Option<YearGroup>,
    group: Option<String>,
}

thread_local! {
    /// What was chosen last in this tab.
    static LAST: RefCell<Chosen> = RefCell::new(Chosen::default());
}

/// Subject, year group and class, each with what can be chosen.
#[derive(Clone, Copy)]
pub struct Choices {
    chosen: RwSignal<Chosen>,
    /// The subject; nothing where the school has none.
    pub subject: Memo<Option<Subject>>,
    /// Their year groups.
    pub years: Memo<Vec<YearGroup>>,
    /// The year group.
    pub year: Memo<Option<YearGroup>>,
    /// Classes or forms of the year group, with their names.
    pub groups: Memo<Vec<(Group, String)>>,
    /// The class.
    pub group: Memo<(Group, String)>,
    /// The pupils of the class, by name.
    pub pupils: Memo<Vec<Pupil>>,
}

impl Choices {
    /// What was chosen last, as far as it is still there.
    pub fn new(app: App, i18n: Words) -> Choices {
        let chosen = RwSignal::new(LAST.with(|last| {
            last.try_borrow()
                .map(|last| last.clone())
                .unwrap_or_default()
        }));
        let subject = Memo::new(move |_| {
            let wanted = chosen.with(|chosen| chosen.subject);
            app.lists().with(|lists| {
                wanted
                    .and_then(|id| lists.subject(id))
                    .or_else(|| lists.subjects.first())
                    .cloned()
            })
        });
        let takers = Memo::new(move |_| {
            let Some(subject) = subject.get() else {
                return Vec::new();
            };
            app.lists().with(|lists| {
                let takers = app.with(|core| takers(core.school(), lists.year, subject.id));
                let own: Vec<Pupil> = lists
                    .pupils
                    .iter()
                    .filter(|pupil| takers.contains(pupil.position))
                    .cloned()
                    .collect();
                // As long as nobody takes it, it may be anybody's.
                if own.is_empty() {
                    lists.pupils.clone()
                } else {
                    own
                }
            })
        });
        let years = Memo::new(move |_| {
            takers.with(|takers| {
                takers
                    .iter()
                    .filter_map(|pupil| pupil.year_group)
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect::<Vec<_>>()
            })
        });
        let year = Memo::new(move |_| {
            let wanted = chosen.with(|chosen| chosen.year);
            years.with(|years| {
                wanted
                    .filter(|year| years.contains(year))
                    .or_else(|| years.first().copied())
            })
        });
        let groups = Memo::new(move |_| groups_of(app, i18n, subject.get(), year.get(), takers));
        let group = Memo::new(move |_| {
            let wanted = chosen.with(|chosen| chosen.group.clone());
            groups.with(|groups| {
                groups
                    .iter()
                    .find(|(group, _)| Some(group.key()) == wanted)
                    .or_else(|| groups.first())
                    .cloned()
                    .unwrap_or((Group::All, String::new()))
            })
        });
        let pupils = Memo::new(move |_| {
            let (group, _) = group.get();
            let year = year.get();
            let subject = subject.get();
            takers.with(|takers| {
                takers
                    .iter()
                    .filter(|pupil| pupil.year_group == year)
                    .filter(|pupil| match (&group, &subject) {
                        (Group::All, _) => true,
                        (Group::Form(form), _) => pupil.form == *form,
                        (Group::Class(class), Some(subject)) => {
                            class_of(app, subject.id, pupil) == Some(*class)
                        }
                        (Group::Class(_), None) => false,
                    })
                    .cloned()
                    .collect::<Vec<_>>()
            })
        });
        Choices {
            chosen,
            subject,
            years,
            year,
            groups,
            group,
            pupils,
        }
    }

    fn change(self, change: impl FnOnce(&mut Chosen)) {
        self.chosen.update(change);
        LAST.with(|last| {
            if let Ok(mut last) = last.try_borrow_mut() {
                *last = self.chosen.get_untracked();
            }
        });
    }

    /// Another subject; the year group stays where it can.
    pub fn choose_subject(self, subject: &str) {
        let subject = subject.parse().ok();
        self.change(|chosen| chosen.subject = subject);
    }

    /// Another year group.
    pub fn choose_year(self, year: &str) {
        let year = year.parse().ok().and_then(YearGroup::new);
        self.change(|chosen| chosen.year = year);
    }

    /// Another class.
    pub fn choose_group(self, group: String) {
        self.change(|chosen| chosen.group = Some(group));
    }

    /// A class of any subject, with the year group of its first pupil.
    pub fn choose_class(self, subject: Id, year: Option<YearGroup>, group: &Group) {
        self.change(|chosen| {
            *chosen = Chosen {
                subject: Some(subject),
                year,
                group: Some(group.key()),
            };
        });
    }
}

fn class_of(app: App, subject: Id, pupil: &Pupil) -> Option<Id> {
    let key = ColumnKey::per_subject(
        Field::Class,
        app.lists().with_untracked(|lists| lists.year),
        subject,
    );
    app.with(|core| {
        core.school()
            .shown_at(&key, pupil.position)
            .one()
            .and_then(Value::as_reference)
    })
}

fn groups_of(
    app: App,
    i18n: Words,
    subject: Option<Subject>,
    year: Option<YearGroup>,
    takers: Memo<Vec<Pupil>>,
) -> Vec<(Group, String)> {
    let (Some(subject), Some(year)) = (subject, year) else {
        return Vec::new();
    };
    let (classes, forms): (BTreeSet<Id>, BTreeSet<String>) = takers.with(|takers| {
        let own = || takers.iter().filter(|pupil| pupil.year_group == Some(year));
        (
            own()
                .filter_map(|pupil| class_of(app, subject.id, pupil))
                .collect(),
            own()
                .map(|pupil| pupil.form.clone())
                .filter(|form| !form.is_empty())
                .collect(),
        )
    });
    let mut groups: Vec<(Group, String)> = app.lists().with(|lists| {
        lists
            .classes
            .iter()
            .filter(|class| class.subject == subject.id && classes.contains(&class.id))
            .map(|class| {
                let name = if class.teacher.is_empty() {
                    class.name.clone()
                } else {
                    t_string!(
                        i18n,
                        tracking.class_of,
                        class = class.name.clone(),
                        teacher = class.teacher.clone()
                    )
                    .to_string()
                };
                (Group::Class(class.id), name)
            })
            .collect()
    });
    if groups.is_empty() {
        groups.extend(forms.into_iter().map(|form| {
            let name = t_string!(i18n, tracking.form_n, form = form.clone()).to_string();
            (Group::Form(form), name)
        }));
    }
    let all = t_string!(i18n, tracking.whole_year, year = year.to_string()).to_string();
    groups.push((Group::All, all));
    groups
}
