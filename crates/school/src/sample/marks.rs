//! Targets and the results of tracking events.

use std::collections::HashMap;
use std::rc::Rc;

use super::assessments::{Books, Grading, Group};
use super::classes::{Entries, Entry};
use super::curriculum::{Department, SUBJECTS, Taught};
use super::events::SampleEvent;
use super::interventions;
use super::ladder::{Ladder, Ladders};
use super::people::Person;
use super::random::{Purpose, Stream};
use super::targets::{Aim, Progress, Reached, aim, level, progress, uplift};
use super::words;
use crate::journal::{Draft, Noted};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value, keys};
use crate::policy::{EventField, PolicyPack};
use crate::view::EventState;

/// From how much strain on, counted in standard deviations of its parts, a pupil falls behind in
/// one, in two or three, and in four or more subjects.
const STRAIN: [f64; 3] = [0.84, 1.24, 1.68];

/// The year that marks are made for.
pub(super) struct Then<'a> {
    pub seed: u64,
    pub pack: &'a PolicyPack,
    pub people: &'a [Person],
    pub subjects: &'a [Id],
    pub events: &'a [SampleEvent<'a>],
    pub year: AcademicYear,
    /// 0 for the current year, 1 for the one before.
    pub years_ago: u8,
    pub today: CivilDate,
}

/// A pupil's subject in a year.
struct Case<'a> {
    person: &'a Person,
    subject: usize,
    taught: &'a Taught,
    year_group: u8,
    ladder: &'a Ladder,
    target: usize,
    /// What is the same at all events of the year: haste, bonus, liking of the subject.
    haste: f64,
    bonus: f64,
    liking: f64,
}

/// Columns of one subject, filled before they are written at once.
#[derive(Default)]
struct Sheet {
    columns: HashMap<(usize, Field), Vec<(Id, Noted)>>,
}

impl Sheet {
    fn add(&mut self, event: usize, field: Field, person: &Person, value: Noted) {
        let column = self.columns.entry((event, field)).or_default();
        column.push((person.id, value));
    }
}

/// Scales and words that every subject uses.
struct Kit {
    attitude: Option<Ladder>,
    spoken: Option<Ladder>,
    yes: Noted,
    no: Noted,
}

/// What a year group's subject is graded on.
struct Graded {
    ladder: Ladder,
    is_gcse: bool,
    /// What its marks are given on; nothing in a year without markbooks.
    grading: Option<Rc<Grading>>,
}

/// Writes targets, results and grades achieved of a year.
pub(super) fn write(
    draft: &mut Draft,
    then: &Then<'_>,
    entries: &Entries,
    ladders: &mut Ladders,
    reached: &mut Reached,
) {
    let kit = Kit {
        attitude: ladders.of("atl", draft),
        spoken: ladders.of("cefr", draft),
        yes: draft.note(Value::Flag(true)),
        no: draft.note(Value::Flag(false)),
    };
    let behind: Vec<Vec<f64>> = then
        .people
        .iter()
        .map(|person| then.strain(person))
        .collect();
    let mut gradings = HashMap::new();
    for ((subject, taught), id) in SUBJECTS.iter().enumerate().zip(then.subjects) {
        let key = keys::slug(taught.name);
        let uplift = uplift(then.pack, taught.curriculum);
        let by_year: Vec<Option<Graded>> = (0..=13)
            .map(|year_group| {
                let scale = then
                    .pack
                    .scale_for(&key, taught.curriculum, year_group)
                    .filter(|_| year_group >= 7)?;
                let is_gcse = scale == "gcse-9-1" || scale == "combined-science";
                let ladder = ladders.of(scale, draft)?;
                let is_marked = then.years_ago == 0;
                let grading = is_marked.then(|| grading(&mut gradings, scale, ladders, draft));
                Some(Graded {
                    ladder,
                    is_gcse,
                    grading: grading.flatten(),
                })
            })
            .collect();
        let mut sheet = Sheet::default();
        let mut books = Books::new(then.seed, then.year, then.today, *id);
        for entry in entries.get(subject).into_iter().flatten() {
            let Some(person) = then.people.get(entry.person) else {
                continue;
            };
            let year_group = person.year_group_then(then.years_ago);
            let Some(Some(Graded {
                ladder,
                is_gcse,
                grading,
            })) = by_year.get(usize::from(year_group))
            else {
                continue;
            };
            let about = [person.number, subject, usize::from(then.years_ago)];
            let mut chance = Stream::of(then.seed, Purpose::Target, &about);
            let level = level(person, entry.talent, then.years_ago);
            let has_estimate = year_group >= 12 && taught.curriculum == "uk";
            let proposed = if has_estimate {
                let estimate = ladder.nearest(ladder.place(level + 0.35));
                if let Some(noted) = estimate.and_then(|rung| ladder.noted(rung)) {
                    sheet.add(0, Field::Estimate, person, noted);
                }
                estimate
            } else {
                reached
                    .before(person, subject, year_group, ladder)
                    .zip(uplift)
                    .and_then(|(before, uplift)| ladder.at_or_under(before + uplift))
            };
            let Some(aim) = aim(&mut chance, ladder, level, proposed) else {
                continue;
            };
            let target = aim.rung;
            then.target(draft, &mut sheet, &mut chance, (person, entry), ladder, aim);
            let mut chance = Stream::of(then.seed, Purpose::Year, &about);
            let case = Case {
                person,
                subject,
                taught,
                year_group,
                ladder,
                target,
                haste: 0.6 + 0.8 * chance.unit(),
                bonus: 0.3 * chance.normal().max(-0.5),
                liking: chance.normal(),
            };
            let strains = behind.get(entry.person).map_or(&[][..], Vec::as_slice);
            for (number, event) in then.events.iter().enumerate() {
                let strain = strains.get(number).copied().unwrap_or(0.0);
                let is_behind = entry.weakness < subjects_behind(strain, entry.of);
                let answered = event.state != EventState::Planned
                    && (event.state == EventState::Closed || then.is_in(entry, person, number));
                if answered {
                    let achieved =
                        then.results(draft, &mut sheet, &kit, &case, number, event, is_behind);
                    if let Some(rung) = achieved {
                        reached.note(person, subject, year_group, ladder.at(rung), *is_gcse);
                    }
                }
            }
            if then.years_ago == 0 {
                let whose = (person, entry);
                interventions::write(draft, then, whose, (subject, *id), strains);
            }
            if let Some(grading) = grading {
                let group = Group {
                    taught,
                    year_group,
                    grading,
                    effort: rung(
                        kit.attitude.as_ref(),
                        2.4 + 0.75 * person.effort + 0.25 * case.liking,
                    ),
                };
                books.add(draft, person, entry, &group, |progress| {
                    let last = strains.len().saturating_sub(1);
                    let now = ((progress * last as f64) as usize).min(last);
                    let strain = strains.get(now).copied().unwrap_or(0.0);
                    let is_behind = entry.weakness < subjects_behind(strain, entry.of);
                    let about = [person.number, subject, now];
                    let mut chance = Stream::of(then.seed, Purpose::Assessment, &about);
                    current(&mut chance, &case, progress, is_behind)
                });
            }
        }
        books.write(draft);
        for ((number, field), cells) in sheet.columns {
            let event = then.events.get(number).map(|event| event.id);
            if let Some(key) = ColumnKey::of(field, Some(then.year), Some(*id), event) {
                draft.write_column(key, cells);
            }
        }
    }
}

/// What marks on a scale share, made when the scale is first met.
fn grading(
    known: &mut HashMap<String, Rc<Grading>>,
    scale: &str,
    ladders: &Ladders,
    draft: &mut Draft,
) -> Option<Rc<Grading>> {
    if let Some(grading) = known.get(scale) {
        return Some(Rc::clone(grading));
    }
    let grading = Rc::new(Grading::new(ladders.scale(scale)?, draft));
    known.insert(scale.to_owned(), Rc::clone(&grading));
    Some(grading)
}

/// In how many of so many subjects a pupil under this much strain falls behind.
pub(super) fn subjects_behind(strain: f64, of: usize) -> usize {
    let [one, some, many] = STRAIN;
    let subjects = if strain < one {
        0
    } else if strain < some {
        1
    } else if strain < (some + many) / 2.0 {
        2
    } else if strain < many {
        3
    } else {
        4 + ((strain - many) * 6.0) as usize
    };
    subjects.min(of)
}

impl Then<'_> {
    /// What keeps a pupil from working, at each event of the year: mean 0, deviation about 1.
    fn strain(&self, person: &Person) -> Vec<f64> {
        let about = [person.number, usize::from(self.years_ago)];
        let mut chance = Stream::of(self.seed, Purpose::Strain, &about);
        let away = (95.0 - person.attendance_then(self.years_ago)).clamp(-4.0, 16.0);
        let all_year = 0.8 * chance.normal() - 0.42 * person.effort + 0.04 * away;
        self.events
            .iter()
            .map(|_| all_year + 0.3 * chance.normal())
            .collect()
    }

    /// Whether the class has sent in this pupil's grades at an event that is still open: some
    /// classes have sent nothing, some are at half.
    fn is_in(&self, entry: &Entry, person: &Person, event: usize) -> bool {
        let class = Stream::of(self.seed, Purpose::Entry, &[entry.class, event]).unit();
        if class < 0.11 {
            return false;
        }
        let share = if class < 0.18 { 0.5 } else { 0.995 };
        Stream::of(
            self.seed,
            Purpose::Entry,
            &[entry.class, event, person.number],
        )
        .chance(share)
    }

    fn target(
        &self,
        draft: &mut Draft,
        sheet: &mut Sheet,
        chance: &mut Stream,
        (person, entry): (&Person, &Entry),
        ladder: &Ladder,
        aim: Aim,
    ) {
        let asking = self
            .events
            .iter()
            .enumerate()
            .find(|(_, event)| event.calendar.fields.contains(&EventField::Target));
        let is_open = asking.is_some_and(|(_, event)| event.state == EventState::Open);
        let is_past_year = self.years_ago > 0;
        let forgotten = !is_past_year && chance.chance(0.015);
        let missing = asking.is_some_and(|(number, _)| !self.is_in(entry, person, number));
        let Some(noted) = ladder.noted(aim.rung) else {
            return;
        };
        if forgotten || (is_open && missing) {
            return;
        }
        sheet.add(0, Field::Target, person, noted);
        let about = [entry.class, usize::from(self.years_ago)];
        let mut class = Stream::of(self.seed, Purpose::Teaching, &about);
        let when = (asking.and_then(|(_, event)| event.opens), self.today);
        let Progress { state, on } = progress(&mut class, is_past_year, is_open, when);
        sheet.add(
            0,
            Field::TargetState,
            person,
            draft.note(Value::text(state)),
        );
        if let Some(date) = on {
            sheet.add(0, Field::TargetDate, person, draft.note(Value::Date(date)));
        }
        if aim.is_own {
            let reason = draft.note(Value::text(words::target_reason(chance)));
            sheet.add(0, Field::TargetReason, person, reason);
        }
    }

    /// Writes what an event asks for; the rung of the grade achieved, if it asks for that.
    #[expect(
        clippy::too_many_arguments,
        reason = "one call, whose parts have nothing in common"
    )]
    fn results(
        &self,
        draft: &mut Draft,
        sheet: &mut Sheet,
        kit: &Kit,
        case: &Case<'_>,
        number: usize,
        event: &SampleEvent<'_>,
        is_behind: bool,
    ) -> Option<usize> {
        let year_group = i8::try_from(case.year_group).unwrap_or(i8::MAX);
        let asked = event.calendar.fields_for(year_group);
        let about = [
            case.person.number,
            case.subject,
            number,
            usize::from(self.years_ago),
        ];
        let mut chance = Stream::of(self.seed, Purpose::Event, &about);
        let asks_grade =
            asked.contains(&EventField::Current) || asked.contains(&EventField::Achieved);
        let code = self
            .no_grade(&mut chance, case, event)
            .filter(|_| asks_grade);
        let person = case.person;
        if let Some(code) = code {
            let code = draft.note(Value::text(code));
            sheet.add(number, Field::NoGrade, person, code);
        }
        let graded = code.is_none();
        let worse = if is_behind { 0.8 } else { 0.0 };
        let attitude =
            2.95 + 0.7 * person.effort + 0.4 * case.liking + 0.25 * chance.normal() - worse;
        let mut achieved = None;
        for field_asked in asked {
            let noted = match field_asked {
                EventField::Current if graded => {
                    let place = current(&mut chance, case, event.progress, is_behind);
                    case.ladder
                        .nearest(place)
                        .and_then(|rung| case.ladder.noted(rung))
                }
                EventField::Predicted if graded => {
                    let missed = if is_behind { -1.0 } else { 0.0 };
                    case.ladder
                        .raised(case.target, missed)
                        .and_then(|rung| case.ladder.noted(rung))
                }
                EventField::Achieved if graded => {
                    achieved = achieved_rung(&mut chance, case, is_behind);
                    achieved.and_then(|rung| case.ladder.noted(rung))
                }
                EventField::OnTarget if graded => {
                    let doubtful = chance.chance(0.002);
                    Some(if is_behind || doubtful {
                        kit.no
                    } else {
                        kit.yes
                    })
                }
                EventField::Evidence if graded => {
                    let words = words::evidence(case.taught.department, number);
                    Some(draft.note(Value::text(words)))
                }
                EventField::AtlClass => rung(kit.attitude.as_ref(), attitude),
                EventField::AtlHome => rung(
                    kit.attitude.as_ref(),
                    attitude - 0.2 + 0.35 * chance.normal(),
                ),
                EventField::SpokenEnglish if speaks_english(case.taught) => {
                    let place = spoken(person, case, event.progress);
                    rung(kit.spoken.as_ref(), place)
                }
                EventField::Comment if graded => {
                    let how = attitude.round().clamp(0.0, 4.0) as usize;
                    let text = words::comment(&mut chance, case.taught.department, how);
                    Some(draft.note(Value::text(&text)))
                }
                _ => None,
            };
            if let Some(noted) = noted {
                sheet.add(number, field_asked.field(), person, noted);
            }
        }
        achieved
    }

    /// Why there is no grade, for the few where there is none.
    fn no_grade(
        &self,
        chance: &mut Stream,
        case: &Case<'_>,
        event: &SampleEvent<'_>,
    ) -> Option<&'static str> {
        let person = case.person;
        let is_new = self.years_ago == 0 && person.joined_late && !person.was_here;
        let later = matches!(
            case.taught.department,
            Department::Drama | Department::Technology
        );
        if is_new && event.progress < 0.3 && chance.chance(0.2) {
            Some("new")
        } else if person.attendance_then(self.years_ago) < 80.0 && chance.chance(0.08) {
            Some("absent")
        } else if person.sen == "E"
            && case.taught.department == Department::French
            && person.number.is_multiple_of(3)
        {
            Some("disapplied")
        } else if later && case.year_group == 7 && person.form == 0 && event.progress < 0.3 {
            Some("not-yet-taught")
        } else if chance.chance(0.004) {
            Some("absent")
        } else {
            None
        }
    }
}

fn rung(ladder: Option<&Ladder>, place: f64) -> Option<Noted> {
    let ladder = ladder?;
    ladder.noted(ladder.nearest(place)?)
}

/// Whether the subject is taught in English, so that its teacher hears the pupil speak it.
fn speaks_english(taught: &Taught) -> bool {
    !matches!(taught.department, Department::Spanish | Department::French)
}

/// Where a pupil works at: below the target by less and less as the year goes on, and further
/// below when behind.
fn current(chance: &mut Stream, case: &Case<'_>, progress: f64, is_behind: bool) -> f64 {
    let target = case.ladder.at(case.target);
    let still_to_come = 0.9 * (1.0 - progress) * case.haste;
    let usual = target - still_to_come + case.bonus + 0.15 * chance.normal();
    if is_behind {
        let short = (1.0 + 0.8 * chance.unit()) * (0.7 + 0.5 * progress);
        usual.min(target - still_to_come) - short
    } else {
        usual
    }
}

/// What is achieved at the end of the year: the target or a little more, less when behind.
fn achieved_rung(chance: &mut Stream, case: &Case<'_>, is_behind: bool) -> Option<usize> {
    let luck = chance.unit();
    let marks = chance.unit();
    let change = match (is_behind, case.ladder.is_decimal()) {
        (true, true) => -0.4 - 1.5 * marks,
        (true, false) if luck < 0.25 => -2.0,
        (true, false) => -1.0,
        (false, _) if luck < 0.006 => -1.0,
        (false, true) => (case.bonus + 0.6 * marks).max(0.0),
        (false, false) if luck > 0.76 - 0.3 * case.bonus => 1.0,
        (false, false) => 0.0,
    };
    case.ladder.raised(case.target, change)
}

/// Where a pupil's spoken English lies on the European scale, A1 being 0.
fn spoken(person: &Person, case: &Case<'_>, progress: f64) -> f64 {
    let start = if person.eal {
        1.9 + 0.28 * (f64::from(case.year_group) - 7.0) + 0.2 * progress
    } else {
        4.7
    };
    start + 0.35 * person.ability + 0.25 * person.verbal + 0.15 * case.liking
}
