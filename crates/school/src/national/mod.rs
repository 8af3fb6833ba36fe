//! Open national figures: what pupils with the same start have reached, how far schools lie apart, and what is worked
//! out from them.
//!
//! The figures lie in `crates/school/figures`, one document for each publication, with its year and source; they are
//! given to this module as text, so that the program can fetch them when they are first asked for. All are those of the
//! Department for Education, published under the Open Government Licence v3.0.
//!
//! Two kinds of benchmark come from them, which are never to be confused: the *pupil benchmark*, "the top so many per
//! cent of pupils with the same start" ([`Distribution::top`]), and the much milder *school benchmark*, "as in the top
//! so many per cent of schools" ([`Outcomes::school_benchmark`]).

mod attainment;
mod exact;
mod figures;
mod library;
mod outcomes;
mod schools;
mod start;

pub use attainment::{
    Attainment8, AttainmentEstimates, EBaccEstimates, Entry, EntryKind, GcseSize, Progress8,
    average_gcse_points,
};
pub use exact::Exact;
pub use figures::{BetweenSchools, FiguresError, Source, SubjectNames};
pub use library::{Figures, Publication};
pub use outcomes::{
    Distribution, Ends, FEWEST_RESULTS, NoBenchmark, Outcomes, OutcomesDocument, Qualification,
};
pub use schools::{SchoolBenchmark, Step};
pub use start::Start;
