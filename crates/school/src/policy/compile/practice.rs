//! What a pack says of people, measures, duties and the end of the year.

use super::checker::Checker;
use super::repeated;
use crate::model::Measure;
use crate::policy::calendar::MonthDay;
use crate::policy::pack::PolicyPack;
use crate::policy::problem::PackProblemKind;

pub(super) fn check(pack: &PolicyPack, check: &mut Checker<'_>) {
    for (at, name) in pack.measures.iter().enumerate() {
        if !Measure::ALL.iter().any(|measure| measure.name() == name) {
            let kind = PackProblemKind::UnknownMeasure(name.clone());
            check.add(format!("measures[{at}]"), kind);
        }
    }
    let others = pack.other_targets.iter().map(|other| &other.key);
    repeated(check, "other_targets", others);
    for (at, duty) in pack.duties.iter().enumerate() {
        if let Some(event) = duty.event.as_ref().filter(|key| pack.event(key).is_none()) {
            let kind = PackProblemKind::UnknownEvent(event.clone());
            check.add(format!("duties[{at}]"), kind);
        }
    }
    let mut day = |place: &str, day: Option<MonthDay>| {
        if day.is_some_and(|day| !day.exists()) {
            check.add(place.to_owned(), PackProblemKind::BadDay);
        }
    };
    day("target_life.reviewed", pack.target_life.reviewed);
    let cohorts = pack.cohort_targets.as_ref();
    day(
        "cohort_targets.published",
        cohorts.and_then(|cohorts| cohorts.published),
    );
    for (at, event) in pack.calendar.iter().enumerate() {
        day(&format!("calendar[{at}].home"), event.home);
    }
    if cohorts.is_some_and(|cohorts| cohorts.key_stages.is_empty()) {
        check.add("cohort_targets".to_owned(), PackProblemKind::Empty);
    }
    if let Some(end) = &pack.end_of_year
        && let Some(scale) = check.scale("end_of_year", &end.scale)
    {
        let low = check.grade("end_of_year.low_effort", scale, &end.low_effort);
        let high = check.grade("end_of_year.high_effort", scale, &end.high_effort);
        if low
            .zip(high)
            .is_some_and(|(low, high)| high.lowest() <= low.highest())
        {
            check.add("end_of_year".to_owned(), PackProblemKind::Backwards);
        }
    }
}
