//! Why what was typed into a target's cell is no grade, in words.

use flightpath_school::model::scale::{GradeProblemKind, Scale};
use flightpath_school::view::typed::NotTyped;

use crate::i18n::t_string;
use crate::ui::say::Words;

/// The sentence that stands beside the cell.
pub fn problem_words(i18n: Words, scale: &Scale, entered: &str, not: NotTyped) -> String {
    let entered = entered.to_owned();
    match not {
        NotTyped::Several(could) => t_string!(
            i18n,
            targets.bad_many,
            entered = entered,
            grades = could.join(", ")
        )
        .to_string(),
        NotTyped::Problem(GradeProblemKind::OutOfRange { lowest, highest }) => t_string!(
            i18n,
            targets.bad_mark,
            entered = entered,
            lowest = lowest.to_string(),
            highest = highest.to_string()
        )
        .to_string(),
        NotTyped::Problem(GradeProblemKind::TooManyDecimals { .. }) => {
            t_string!(i18n, targets.bad_decimals, entered = entered).to_string()
        }
        NotTyped::Problem(GradeProblemKind::NotNeighbours) => {
            t_string!(i18n, targets.bad_split, entered = entered).to_string()
        }
        NotTyped::Problem(GradeProblemKind::Unknown | GradeProblemKind::Empty) => {
            let labels: Vec<&str> = scale.labels().collect();
            if labels.is_empty() {
                t_string!(i18n, targets.bad_number, entered = entered).to_string()
            } else {
                t_string!(
                    i18n,
                    targets.bad_grade,
                    entered = entered,
                    grades = labels.join(" ")
                )
                .to_string()
            }
        }
    }
}
