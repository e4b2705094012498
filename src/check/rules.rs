//! The rules, one a file.

pub(super) mod bad_allow;
mod unit_spelling;
pub(super) mod unknown_code;
mod unknown_key;
pub(super) mod unused_allow;

use super::Rule;

/// Every rule, by code.
pub const RULES: &[&Rule] = &[
    &bad_allow::RULE,
    &unit_spelling::RULE,
    &unknown_code::RULE,
    &unknown_key::RULE,
    &unused_allow::RULE,
];
