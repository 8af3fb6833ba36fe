//! Pupils, subjects, events and what is known of them, as columns of dictionary-coded cells.

pub mod column;
pub mod date;
pub mod eight_point;
pub mod field;
pub mod id;
pub mod keys;
pub mod scale;
pub mod upn;
pub mod value;

pub use column::ColumnKey;
pub use date::{AcademicYear, CivilDate, Moment, YearGroup};
pub use eight_point::EightPointAverage;
pub use field::{Field, Measure, PrimarySubject, Table};
pub use id::{Dot, Id, ReplicaId};
pub use value::Value;
