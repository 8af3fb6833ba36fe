//! What is known of one row of a table whose fields last: for views that read a row at a time.

use crate::journal::{School, Shown};
use crate::model::{CivilDate, ColumnKey, Field, Id, Value};

/// The lasting facts of one row. A cell of which two values wait for a choice reads as empty.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    school: &'a School,
    row: Id,
}

impl<'a> Facts<'a> {
    pub(super) fn of(school: &'a School, row: Id) -> Facts<'a> {
        Facts { school, row }
    }

    fn one(self, field: Field) -> Option<&'a Value> {
        self.school.one(&ColumnKey::lasting(field), self.row)
    }

    /// The words of a field; empty where there are none.
    pub(super) fn text(self, field: Field) -> String {
        let text = self.one(field).and_then(Value::as_text);
        text.unwrap_or_default().to_owned()
    }

    /// The number of a field, in thousandths.
    pub(super) fn thousandths(self, field: Field) -> Option<i64> {
        self.one(field)?.as_thousandths()
    }

    /// The whole number of a field.
    pub(super) fn whole(self, field: Field) -> Option<i64> {
        self.one(field)?.as_whole()
    }

    pub(super) fn date(self, field: Field) -> Option<CivilDate> {
        self.one(field)?.as_date()
    }

    /// The row that a field points to.
    pub(super) fn row_of(self, field: Field) -> Option<Id> {
        self.one(field)?.as_reference()
    }

    /// Those of the fields of which two values wait for a choice.
    pub(super) fn several(self, fields: &[Field]) -> Vec<Field> {
        let waits = |field: &&Field| {
            let shown = self.school.shown(&ColumnKey::lasting(**field), self.row);
            matches!(shown, Shown::Several(_))
        };
        fields.iter().filter(waits).copied().collect()
    }
}
