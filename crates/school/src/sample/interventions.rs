//! What is done for pupils who fell behind: some of it goes on, some has ended.

use super::classes::Entry;
use super::marks::{Then, subjects_behind};
use super::people::Person;
use super::random::{Purpose, Stream};
use super::words;
use crate::journal::Draft;
use crate::model::{CivilDate, ColumnKey, Field, Id, Value};
use crate::policy::EventField;
use crate::view::EventState;
use crate::view::interventions::begin;

/// How many of those who fall behind in a subject get help there: most catch up in lessons.
const SHARE: f64 = 0.14;

/// Writes the intervention for a pupil in a subject, if there was one. `strains` are what kept the pupil from working
/// at each event.
pub(super) fn write(
    draft: &mut Draft,
    then: &Then<'_>,
    (person, entry): (&Person, &Entry),
    subject: (usize, Id),
    strains: &[f64],
) {
    let about = [person.number, subject.0, usize::from(then.years_ago)];
    let mut chance = Stream::of(then.seed, Purpose::Intervention, &about);
    let told = then.events.iter().enumerate().find_map(|(number, event)| {
        let judged = event.state != EventState::Planned
            && event.calendar.fields.contains(&EventField::Current);
        let behind = subjects_behind(*strains.get(number)?, entry.of);
        (judged && entry.weakness < behind).then_some((event.deadline?, behind))
    });
    let Some((deadline, behind)) = told.filter(|_| chance.chance(SHARE)) else {
        return;
    };
    let after = |days: usize| {
        let day = deadline.plus_days(i32::try_from(days).ok()?)?;
        (day <= then.today).then_some(day)
    };
    let Some(begun) = after(2 + chance.below(8)) else {
        return;
    };
    let id = Id::derived(
        "sample-intervention",
        &[&person.id.to_string(), &subject.1.to_string()],
    );
    begin(draft, id, person.id, Some(subject.1), begun);
    let level = match behind {
        0 | 1 => 1,
        2 | 3 => 2,
        _ => 3,
    };
    let ended: Option<CivilDate> = after(16 + chance.below(10)).filter(|_| chance.chance(0.3));
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
    write(Field::InterventionLevel, Value::whole(level));
    let plan = words::plan(&mut chance, level);
    write(Field::InterventionPlan, Value::text(plan));
    let reason = words::referral(&mut chance);
    write(Field::InterventionReason, Value::text(reason));
    if let Some(ended) = ended {
        write(Field::InterventionFinished, Value::Date(ended));
    }
}
