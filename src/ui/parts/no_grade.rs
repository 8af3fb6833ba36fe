//! Why there is no grade or mark: the codes that the school keeps, as they are called.

use flightpath_school::markbook::Instead;

use crate::i18n::t_string;
use crate::ui::say::Words;

/// The codes that stand in place of an event's grade, as they are kept and as they are called.
pub fn codes(i18n: Words) -> [(&'static str, &'static str); 4] {
    [
        ("new", t_string!(i18n, tracking.code_new)),
        ("absent", t_string!(i18n, tracking.code_absent)),
        ("not-yet-taught", t_string!(i18n, tracking.code_not_taught)),
        ("disapplied", t_string!(i18n, tracking.code_disapplied)),
    ]
}

/// What a code in place of a grade or a mark is called; itself where it is none that is known.
pub fn called(i18n: Words, code: &str) -> String {
    let of_grade = codes(i18n).into_iter().find(|(key, _)| *key == code);
    let of_mark = || {
        Instead::named(code).map(|instead| match instead {
            Instead::Absent => t_string!(i18n, tracking.code_absent),
            Instead::Exempt => t_string!(i18n, tracking.code_exempt),
            Instead::NotHandedIn => t_string!(i18n, tracking.code_not_handed_in),
        })
    };
    of_grade
        .map(|(_, name)| name)
        .or_else(of_mark)
        .unwrap_or(code)
        .to_owned()
}
