//! The program from outside: a whole world in, the exact output and exit code out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets the unexpected is to fail"
)]

mod arrows;
mod bad_data;
mod bad_rules;
mod bad_targets;
mod browser;
mod check;
mod commands;
mod examples;
mod folders;
mod formats;
mod found;
mod judging;
mod limits;
mod notice;
mod properties;
mod published;
mod reading;
mod readme;
mod reports;
mod rules;
mod same_values;
mod schema;
mod scoring;
mod sql;
mod styles;
mod template;
mod world;
