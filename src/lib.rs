//! Scores a yearly environmental target assessment.
pub mod assessment;
pub mod data;
pub mod diagnostic;
pub mod emit;
pub mod number;
pub mod plan;
pub mod report;
pub mod source;
pub mod text;
pub mod unit;
pub mod year;
