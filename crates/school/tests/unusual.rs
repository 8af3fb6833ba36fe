//! A grade two below the one before is told, one below is not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "small/mod.rs"]
mod small;

use flightpath_school::model::Value;
use flightpath_school::model::scale::Position;
use flightpath_school::view::unusual::fallen;
use small::shipped;

#[test]
fn two_grades_below_the_one_before_is_unusual() {
    let policy = shipped("bilingual-secondary");
    let gcse = |label| Value::grade("gcse-9-1", label);
    let below = |before, now| fallen(&policy, &gcse(before), &gcse(now));
    assert_eq!(below("7", "5"), Some(Position::from_whole_grades(2)));
    assert_eq!(below("7", "6"), None);
    assert_eq!(below("5", "7"), None, "a rise is none");
    assert_eq!(
        fallen(&policy, &Value::grade("a-level", "A"), &gcse("1")),
        None,
        "grades of different scales are not compared"
    );
    assert_eq!(fallen(&policy, &Value::Blank, &gcse("1")), None);
}
