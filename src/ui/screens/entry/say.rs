//! Sentences of the entry grid.

use flightpath_school::model::Field;

use super::sheet::Held;
use super::typed::Bad;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// A cell's content as it is shown: the value, or the code in its place.
pub fn shown(i18n: Words, held: &Held) -> String {
    let Some(code) = held.code.as_deref() else {
        return held.text.clone();
    };
    let mut named = codes(i18n).into_iter();
    named
        .find(|(key, _)| *key == code)
        .map_or(code, |(_, name)| name)
        .to_owned()
}

/// The codes that say why there is no grade, as they are kept and as they are called.
pub fn codes(i18n: Words) -> [(&'static str, &'static str); 4] {
    [
        ("new", t_string!(i18n, tracking.code_new)),
        ("absent", t_string!(i18n, tracking.code_absent)),
        ("not-yet-taught", t_string!(i18n, tracking.code_not_taught)),
        ("disapplied", t_string!(i18n, tracking.code_disapplied)),
    ]
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
