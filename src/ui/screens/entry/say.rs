//! Sentences of the entry grid.

use flightpath_school::model::Field;

use super::sheet::Held;
use super::typed::Bad;
use crate::i18n::t_string;
use crate::ui::parts::no_grade::called;
use crate::ui::say::Words;

/// A cell's content as it is shown: the value, or the code in its place.
pub fn shown(i18n: Words, held: &Held) -> String {
    let code = held.code.as_deref();
    code.map_or_else(|| held.text.clone(), |code| called(i18n, code))
}

/// Why what was typed is not stored.
pub fn bad(i18n: Words, typed: &str, bad: &Bad) -> String {
    let typed = typed.trim().to_owned();
    match bad {
        Bad::Grade { scale, grades } => t_string!(
            i18n,
            tracking.bad_grade,
            typed = typed,
            scale = scale.clone(),
            grades = grades.join(", ")
        )
        .to_string(),
        Bad::Mark {
            scale,
            lowest,
            highest,
        } => t_string!(
            i18n,
            tracking.bad_mark,
            typed = typed,
            scale = scale.clone(),
            lowest = *lowest,
            highest = *highest
        )
        .to_string(),
        Bad::Decimals { scale, most } => t_string!(
            i18n,
            tracking.bad_decimals,
            count = i32::from(*most),
            typed = typed,
            scale = scale.clone()
        )
        .to_string(),
        Bad::Several { grades } => t_string!(
            i18n,
            tracking.bad_several,
            typed = typed,
            grades = grades.join(", ")
        )
        .to_string(),
        Bad::Belief => t_string!(i18n, tracking.bad_belief, typed = typed).to_string(),
        Bad::NoScale => t_string!(i18n, tracking.bad_no_scale, typed = typed).to_string(),
    }
}

/// Whether a column holds words rather than a grade.
pub fn is_wordy(field: Field) -> bool {
    matches!(field, Field::Comment | Field::Evidence)
}
