//! The rules, one a file.

pub(super) mod bad_allow;
mod clause_disagrees;
mod empty_group;
mod formula_without_value;
mod idle_waiver;
mod missing_language;
mod needless_alias;
mod never_pays;
mod no_document;
mod no_lead;
mod not_utf8;
mod odd_direction;
mod pending_overdue;
mod points_off_total;
mod unit_names_differ;
mod unit_spelling;
pub(super) mod unknown_code;
mod unknown_key;
mod unknown_plan;
mod unknown_unit;
mod unreachable_grade;
pub(super) mod unused_allow;
mod weaker_later;
mod year_gap;
mod years_unsaid;
mod zero_out_of_reach;

use super::Rule;

/// Every rule, by code.
pub const RULES: &[&Rule] = &[
    &bad_allow::RULE,
    &clause_disagrees::RULE,
    &empty_group::RULE,
    &formula_without_value::RULE,
    &idle_waiver::RULE,
    &missing_language::RULE,
    &needless_alias::RULE,
    &never_pays::RULE,
    &no_document::RULE,
    &no_lead::RULE,
    &not_utf8::RULE,
    &odd_direction::RULE,
    &pending_overdue::RULE,
    &points_off_total::RULE,
    &unit_names_differ::RULE,
    &unit_spelling::RULE,
    &unknown_code::RULE,
    &unknown_key::RULE,
    &unknown_plan::RULE,
    &unknown_unit::RULE,
    &unreachable_grade::RULE,
    &unused_allow::RULE,
    &weaker_later::RULE,
    &year_gap::RULE,
    &years_unsaid::RULE,
    &zero_out_of_reach::RULE,
];
