//! The machine's clock.

use flightpath_school::model::{CivilDate, Moment};

/// Now, as this machine has it. For display and sorting only.
pub fn now() -> Moment {
    // A clock past the year 280,000 is no clock.
    #[allow(clippy::cast_possible_truncation)]
    Moment(js_sys::Date::now() as i64)
}

/// Today's date where the person sits.
pub fn today() -> CivilDate {
    let date = js_sys::Date::new_0();
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = i32::try_from(date.get_full_year()).unwrap_or(2000);
    CivilDate::new(year, small(date.get_month() + 1), small(date.get_date()))
        .unwrap_or(CivilDate::UNIX_EPOCH)
}

/// Today's date and the time of day where the person sits, `2026-11-28-091405`: for names of files, which sort by it.
pub fn stamp() -> String {
    let date = js_sys::Date::new_0();
    let (hours, minutes, seconds) = (date.get_hours(), date.get_minutes(), date.get_seconds());
    format!("{}-{hours:02}{minutes:02}{seconds:02}", today())
}

/// A moment as the person's own date and time, `22 Nov 2026, 09:15`, in their zone.
pub fn local_text(moment: Moment, language: &str) -> String {
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(moment.0 as f64));
    let options = js_sys::Object::new();
    for (key, value) in [
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ] {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    date.to_locale_string(language, &options).into()
}

/// A civil date in words: `7 Jul 2026`, or only the month, `Jul`.
pub fn civil_text(date: CivilDate, language: &str, parts: DateParts) -> String {
    let days = f64::from(date.day_number() - CivilDate::UNIX_EPOCH.day_number());
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(days * 86_400_000.0));
    let options = js_sys::Object::new();
    let wanted: &[(&str, &str)] = match parts {
        DateParts::Whole => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
        DateParts::Month => &[("month", "short")],
    };
    // A civil date has no zone: it is handed over, and read, as midnight in UTC.
    for (key, value) in wanted.iter().chain(&[("timeZone", "UTC")]) {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    at.to_locale_date_string(language, &options).into()
}

/// How much of a date is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateParts {
    /// Day, month and year.
    Whole,
    /// The month alone.
    Month,
}
