//! National figures that the school loaded itself, and which years it goes by.

use crate::journal::{Draft, School};
use crate::model::{ColumnKey, Field, Id, Table, Value};
use crate::national::{FiguresError, Outcomes, OutcomesDocument};

const DOCUMENT: Field = Field::FiguresDocument;
const IN_USE: Field = Field::FiguresInUse;

/// A publication that the school loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedFigures {
    /// Its row.
    pub id: Id,
    /// The figures.
    pub outcomes: Outcomes,
    /// Whether the school goes by it.
    pub in_use: bool,
}

/// Everything that the school loaded, in the order of scales and years. What cannot be read is not there.
pub fn loaded_figures(school: &School) -> Vec<LoadedFigures> {
    let rows = school.rows(Table::Figures).iter();
    let mut loaded: Vec<LoadedFigures> = rows
        .filter_map(|id| {
            let text = school.text(&ColumnKey::lasting(DOCUMENT), *id)?;
            let in_use = school.one(&ColumnKey::lasting(IN_USE), *id);
            Some(LoadedFigures {
                id: *id,
                outcomes: Outcomes::from_json(text).ok()?,
                in_use: in_use.and_then(Value::as_flag) == Some(true),
            })
        })
        .collect();
    loaded.sort_by(|one, other| {
        let key =
            |loaded: &LoadedFigures| (loaded.outcomes.scale.clone(), loaded.outcomes.source().year);
        key(one).cmp(&key(other))
    });
    loaded
}

/// Writes a publication, which the school goes by from then on. The same one loaded again takes the place of the first.
///
/// # Errors
/// A [`FiguresError`] where its numbers do not fit together; nothing is written then.
pub fn load_figures(
    draft: &mut Draft,
    school: &School,
    document: &OutcomesDocument,
) -> Result<Id, FiguresError> {
    let (text, outcomes) = document.checked()?;
    let year = document.year.to_string();
    let id = Id::derived("figures", &[&document.scale, &year]);
    draft.write(ColumnKey::lasting(DOCUMENT), id, Value::text(&text));
    choose_figures(draft, school, &outcomes.scale, Some(id));
    draft.write(ColumnKey::lasting(IN_USE), id, Value::Flag(true));
    Ok(id)
}

/// Goes by one of the publications on a scale; by the one that ships where none is named.
pub fn choose_figures(draft: &mut Draft, school: &School, scale: &str, chosen: Option<Id>) {
    let others = loaded_figures(school).into_iter();
    for other in others.filter(|one| one.outcomes.scale == scale) {
        let is_chosen = Value::Flag(Some(other.id) == chosen);
        draft.write(ColumnKey::lasting(IN_USE), other.id, is_chosen);
    }
}
