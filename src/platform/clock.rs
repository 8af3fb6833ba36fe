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
