//! The markbook: what was typed into a mark's cell, grade boundaries, means and moderation.
//!
//! Nothing here reads the school: it is given assessments and marks, and answers with numbers and
//! reasons. Numbers are whole thousandths (of a mark, a per cent, a weight), so that the order of
//! assessments and pupils never shows in a sum.

pub mod assessment;
pub mod boundaries;
pub mod mark;
pub mod mean;
pub mod moderation;
mod number;
pub mod series;
pub mod share;
pub mod spread;
pub mod summary;
pub mod typed;

pub use assessment::{Assessment, AssessmentKind, Measured};
pub use boundaries::{Boundaries, Boundary, BoundaryProblem, WHOLE_PERCENT};
pub use mark::{Instead, Mark, MarkEntry};
pub use mean::{Counted, LeftOut, Mean, Method, Sheet, StandardTo, means, means_by_category};
pub use moderation::{ClassDifference, Moderated, by_class};
pub use number::thousandths_text;
pub use series::read_series;
pub use share::{WhyLeftOut, percent};
pub use spread::Spread;
pub use summary::{RagShares, Summary, summary};
pub use typed::{Accepted, NotRead, NotReadKind, Typed, read, word_instead, written};
