//! Prior attainment: KS2, CAT4 and, in the sixth form, average GCSE points.

use super::ladder::Ladder;
use super::people::Person;
use super::random::{Purpose, Stream};
use crate::journal::Draft;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Measure, Value};

/// Summers without KS2 tests: Department for Education, *Coronavirus (COVID-19): cancellation of
/// primary assessments* (2020 and 2021).
const NO_KS2: [i32; 2] = [2020, 2021];

/// Writes what is known of a pupil from before. `average_gcse` is that of the school's own
/// results, in points, where the pupil took GCSEs here.
pub(super) fn write(
    draft: &mut Draft,
    seed: u64,
    person: &Person,
    fine_grades: Option<&Ladder>,
    average_gcse: Option<f64>,
    (year, today): (AcademicYear, CivilDate),
) {
    let mut chance = Stream::of(seed, Purpose::Prior, &[person.number]);
    let summer = i32::from(year.0) + 7 - i32::from(person.year_group);
    let mut known = Known {
        draft,
        person,
        today,
    };

    let elsewhere = person.joined_late && chance.chance(0.6);
    let tests = CivilDate::new(summer, 7, 7).filter(|_| !NO_KS2.contains(&summer) && !elsewhere);
    let tilt = [0.3, -0.3, 0.15];
    let measures = [Measure::Ks2Reading, Measure::Ks2Maths, Measure::Ks2Gps];
    for (measure, words) in measures.into_iter().zip(tilt) {
        let latent = 0.84 * person.ability + words * person.verbal + 0.42 * chance.normal();
        let score = (106.0 + 7.0 * latent).round() as i64;
        let (absent, below) = (chance.chance(0.008), score < 88 && chance.chance(0.5));
        let value = if absent {
            Value::Code("A".into())
        } else if below {
            Value::Code("B".into())
        } else {
            Value::whole(score.clamp(80, 120))
        };
        known.write(measure, value, tests, "ks2-results");
    }

    let sat = CivilDate::new(summer, 9, 22).filter(|_| !chance.chance(0.02));
    let mut scores = Vec::new();
    let batteries = [
        (Measure::CatVerbal, 0.4),
        (Measure::CatQuantitative, -0.35),
        (Measure::CatNonVerbal, -0.15),
        (Measure::CatSpatial, -0.3),
    ];
    for (measure, words) in batteries {
        let latent = 0.8 * person.ability + words * person.verbal + 0.45 * chance.normal();
        let score = ((103.0 + 13.0 * latent).round() as i64).clamp(59, 141);
        scores.push(score);
        known.write(measure, Value::whole(score), sat, "cat4");
    }
    let mean = scores.iter().sum::<i64>() as f64 / scores.len().max(1) as f64;
    known.write(
        Measure::CatMean,
        Value::whole(mean.round() as i64),
        sat,
        "cat4",
    );
    let expected = 5.6 + (mean - 103.0) / 10.5 + 0.25 * chance.normal();
    let grade = fine_grades.and_then(|ladder| ladder.noted(ladder.nearest(expected.max(1.0))?));
    let grade = grade.and_then(|noted| known.draft.noted(noted).cloned());
    if let Some(grade) = grade {
        known.write(Measure::CatPredictedGcse, grade, sat, "cat4");
    }

    if person.year_group >= 12 {
        let results = CivilDate::new(summer + 5, 8, 20);
        let points = average_gcse.unwrap_or(6.1 + 0.9 * person.ability + 0.3 * chance.normal());
        let hundredths = (points.clamp(3.0, 9.0) * 100.0).round() as i64;
        let value = Value::Number(hundredths * 10);
        known.write(Measure::AverageGcse, value, results, "gcse-results");
    }
}

struct Known<'a> {
    draft: &'a mut Draft,
    person: &'a Person,
    today: CivilDate,
}

impl Known<'_> {
    /// Writes a value with its source, if it was known by today.
    fn write(&mut self, measure: Measure, value: Value, on: Option<CivilDate>, file: &str) {
        let Some(date) = on.filter(|date| *date <= self.today) else {
            return;
        };
        let source = format!("{file}-{}.csv, {date}", date.year());
        let mut put = |field, value| {
            self.draft
                .write(ColumnKey::lasting(field), self.person.id, value);
        };
        put(Field::Prior(measure), value);
        put(Field::PriorSource(measure), Value::text(&source));
    }
}
