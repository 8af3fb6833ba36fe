//! What a person changes about the meaning of a file's columns.

use flightpath_exchange::cells::DateOrder;
use flightpath_exchange::mapping::{
    BlankMeans, ColumnMapping, GuessFrom, Mapping, NumberRows, Role, Sureness, Why, guess_scale,
};
use flightpath_school::model::scale::{Scale, ScaleProblem};
use leptos::prelude::*;

use super::{Desk, preferred};

impl Desk {
    /// What a column means, and again whenever that changes.
    pub fn column(&self, index: usize) -> ColumnMapping {
        self.mapping
            .with(|mapping| mapping.columns.get(index).cloned())
            .unwrap_or_default()
    }

    fn edit(&self, index: usize, change: impl FnOnce(&mut ColumnMapping)) {
        self.mapping.update(|mapping| {
            if let Some(column) = mapping.columns.get_mut(index) {
                change(column);
                column.why = Why::Chosen;
                column.sure = Sureness::Certain;
            }
        });
    }

    fn edit_file(&self, change: impl FnOnce(&mut Mapping)) {
        self.mapping.update(change);
    }

    /// Gives a column a meaning. Another column that had it loses it, except results and classes,
    /// whose subject or event may yet be named.
    pub fn set_role(&self, index: usize, role: Role) {
        let scale = if role.needs_scale() {
            self.fitting_scale(index, &role)
        } else {
            None
        };
        let stays = matches!(
            role,
            Role::Ignore | Role::Result { .. } | Role::Class { .. } | Role::Teacher { .. }
        );
        self.mapping.update(|mapping| {
            for (other, column) in mapping.columns.iter_mut().enumerate() {
                let both_names = matches!(
                    (&column.role, &role),
                    (Role::FullName(_), Role::FullName(_))
                );
                if other != index && !stays && (column.role == role || both_names) {
                    *column = ColumnMapping {
                        why: Why::RoleTaken(index),
                        ..ColumnMapping::default()
                    };
                }
            }
            if let Some(column) = mapping.columns.get_mut(index) {
                *column = ColumnMapping::chosen(role);
                column.scale = scale;
            }
        });
    }

    fn fitting_scale(&self, index: usize, role: &Role) -> Option<String> {
        let file = self.file.get_untracked()?;
        self.app.core.try_with_value(|core| {
            guess_scale(
                &file.table,
                index,
                role,
                &GuessFrom {
                    school: core.school(),
                    scales: &self.scales_in(core),
                    preferred: &preferred(core),
                },
            )
        })?
    }

    /// Names the subject of a column; nothing for that of the row or the file.
    pub fn set_subject(&self, index: usize, name: &str) {
        let name = named(name);
        self.edit(index, |column| {
            if let Role::Result { subject, .. }
            | Role::Class { subject }
            | Role::Teacher { subject } = &mut column.role
            {
                *subject = name;
            }
        });
    }

    /// Names the tracking event of a column; nothing for that of the row or the file.
    pub fn set_event(&self, index: usize, name: &str) {
        let name = named(name);
        self.edit(index, |column| {
            if let Role::Result { event, .. } = &mut column.role {
                *event = name;
            }
        });
    }

    /// Chooses the scale of a column of grades.
    pub fn set_scale(&self, index: usize, key: &str) {
        let key = named(key);
        self.scales_chosen.update(|chosen| {
            chosen.insert(index);
        });
        self.edit(index, |column| column.scale = key);
    }

    /// Chooses the order of a column's dates.
    pub fn set_dates(&self, index: usize, dates: Option<DateOrder>) {
        self.edit(index, |column| column.dates = dates);
    }

    /// Chooses what blank says in a group's column.
    pub fn set_blank(&self, index: usize, blank: BlankMeans) {
        self.edit(index, |column| column.blank = Some(blank));
    }

    /// Names the tracking event of results that name none.
    pub fn set_default_event(&self, name: &str) {
        let name = named(name);
        self.edit_file(|mapping| mapping.default_event = name);
    }

    /// Names the subject of results that name none.
    pub fn set_single_subject(&self, name: &str) {
        let name = named(name);
        self.edit_file(|mapping| mapping.single_subject = name);
    }

    /// Numbers the rows, or stops it. `surname` stands before the number in the pupils' names;
    /// their admission numbers begin with the name of the file, so that two files stay apart.
    pub fn set_number_rows(&self, surname: Option<String>) {
        let admission_prefix = self.name.with_untracked(|name| {
            let stem = name
                .rsplit_once('.')
                .map_or(name.as_str(), |(stem, _)| stem);
            match flightpath_school::model::keys::slug(stem) {
                slug if slug.is_empty() => String::new(),
                slug => format!("{slug}-"),
            }
        });
        self.edit_file(|mapping| {
            mapping.number_rows = surname.map(|surname| NumberRows {
                admission_prefix,
                surname,
            });
        });
    }

    /// Whether pupils who are not in the school are added from a file without year groups.
    pub fn set_add_missing(&self, add: bool) {
        self.edit_file(|mapping| mapping.add_missing_pupils = add);
    }

    /// The scales at hand with their names: those of the school, then those just made.
    pub fn scales(&self) -> Vec<(String, String)> {
        let mut scales: Vec<(String, String)> = self.app.with(|core| {
            let named = |scale: &Scale| (scale.key().to_owned(), scale.name().to_owned());
            core.scales().iter().map(named).collect()
        });
        self.made.with(|made| {
            for scale in made {
                if !scales.iter().any(|(key, _)| key == scale.key()) {
                    scales.push((scale.key().to_owned(), scale.name().to_owned()));
                }
            }
        });
        scales
    }

    /// The name of a scale.
    pub fn scale_name(&self, key: &str) -> Option<String> {
        let made = self.made.with_untracked(|made| {
            let scale = made.iter().find(|scale| scale.key() == key);
            scale.map(|scale| scale.name().to_owned())
        });
        made.or_else(|| {
            self.app.core.try_with_value(|core| {
                core.scales().get(key).map(|scale| scale.name().to_owned())
            })?
        })
    }

    /// Makes a scale on the spot, for a column and for the other columns of the same kind of
    /// result whose scale nobody has chosen.
    ///
    /// # Errors
    /// Why these bounds make no scale.
    pub fn make_scale(
        &self,
        index: usize,
        name: &str,
        lowest: i32,
        highest: i32,
        decimals: u8,
    ) -> Result<(), ScaleProblem> {
        let scale = Scale::made_decimal(name, lowest, highest, decimals)?;
        let key = scale.key().to_owned();
        self.made.update(|made| {
            made.retain(|known| known.key() != key);
            made.push(scale);
        });
        let kind_of = |role: &Role| match role {
            Role::Result { kind, .. } => Some(*kind),
            _ => None,
        };
        let kind = kind_of(&untrack(|| self.column(index)).role);
        let chosen = self.scales_chosen.get_untracked();
        let alike: Vec<usize> = self.mapping.with_untracked(|mapping| {
            (0..mapping.columns.len())
                .filter(|other| {
                    let role = mapping.columns.get(*other).map(|column| &column.role);
                    *other == index
                        || kind.is_some()
                            && role.and_then(kind_of) == kind
                            && !chosen.contains(other)
                })
                .collect()
        });
        for column in alike {
            self.set_scale(column, &key);
        }
        Ok(())
    }
}

/// A name without white space around it; nothing where nothing is left.
fn named(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
