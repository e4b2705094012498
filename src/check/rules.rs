//! The rules, one a file.

mod ambiguous_name;
pub(super) mod bad_allow;
mod bad_bands;
mod bad_change;
mod bad_classes;
mod bad_comparison;
mod bad_formula;
mod bad_limit;
mod bad_line;
mod bad_number;
mod bad_rank;
mod bad_states;
mod bad_target;
mod bad_target_year;
mod bad_years;
mod better_contradicts;
mod beyond_cap;
mod beyond_floor;
mod bonus_without_limit;
mod bonus_without_room;
mod changes_disagree;
mod changes_nothing;
mod clause_disagrees;
mod control_character;
mod duplicate_id;
mod empty_group;
mod empty_list;
mod empty_name;
mod empty_range;
mod empty_text;
mod floor_above_cap;
mod formula_cycle;
mod formula_without_value;
mod grade_order;
mod group_cycle;
mod group_depth;
mod idle_waiver;
mod implausible_per_cent;
mod listed_twice;
mod missing_key;
mod missing_language;
mod needless_alias;
mod needless_bonus;
mod needless_change;
mod needless_key;
mod needless_unit;
mod needs_cycle;
mod needs_number;
mod never_assessable;
mod never_counts;
mod never_pays;
mod never_zero;
mod no_base_year;
mod no_direction;
mod no_document;
mod no_indicators;
mod no_lead;
mod not_proportional;
mod not_toml;
mod not_utf8;
mod nothing_asked;
mod odd_direction;
mod odd_weights;
mod out_of_range;
mod overlapping_bands;
mod overridden_change;
mod pending_overdue;
mod points_off_total;
mod region_outside_letter;
mod two_methods;
mod unit_names_differ;
mod unit_spelling;
mod unknown_class;
pub(super) mod unknown_code;
mod unknown_format;
mod unknown_grade;
mod unknown_group;
mod unknown_indicator;
mod unknown_key;
mod unknown_plan;
mod unknown_region;
mod unknown_unit;
mod unknown_word;
mod unreachable_band;
mod unreachable_grade;
pub(super) mod unused_allow;
mod weaker_later;
mod weaker_target;
mod wrong_type;
mod wrong_way;
mod year_gap;
mod year_outside_plan;
mod years_overlap;
mod years_unsaid;
mod zero_out_of_reach;

use super::Rule;

/// Every rule, by code.
pub const RULES: &[&Rule] = &[
    &ambiguous_name::RULE,
    &bad_allow::RULE,
    &bad_bands::RULE,
    &bad_change::RULE,
    &bad_classes::RULE,
    &bad_comparison::RULE,
    &bad_formula::RULE,
    &bad_limit::RULE,
    &bad_line::RULE,
    &bad_number::RULE,
    &bad_rank::RULE,
    &bad_states::RULE,
    &bad_target::RULE,
    &bad_target_year::RULE,
    &bad_years::RULE,
    &better_contradicts::RULE,
    &beyond_cap::RULE,
    &beyond_floor::RULE,
    &bonus_without_limit::RULE,
    &bonus_without_room::RULE,
    &changes_disagree::RULE,
    &changes_nothing::RULE,
    &clause_disagrees::RULE,
    &control_character::RULE,
    &duplicate_id::RULE,
    &empty_group::RULE,
    &empty_list::RULE,
    &empty_name::RULE,
    &empty_range::RULE,
    &empty_text::RULE,
    &floor_above_cap::RULE,
    &formula_cycle::RULE,
    &formula_without_value::RULE,
    &grade_order::RULE,
    &group_cycle::RULE,
    &group_depth::RULE,
    &idle_waiver::RULE,
    &implausible_per_cent::RULE,
    &listed_twice::RULE,
    &missing_key::RULE,
    &missing_language::RULE,
    &needless_alias::RULE,
    &needless_bonus::RULE,
    &needless_change::RULE,
    &needless_key::RULE,
    &needless_unit::RULE,
    &needs_cycle::RULE,
    &needs_number::RULE,
    &never_assessable::RULE,
    &never_counts::RULE,
    &never_pays::RULE,
    &never_zero::RULE,
    &no_base_year::RULE,
    &no_direction::RULE,
    &no_document::RULE,
    &no_indicators::RULE,
    &no_lead::RULE,
    &not_proportional::RULE,
    &not_toml::RULE,
    &not_utf8::RULE,
    &nothing_asked::RULE,
    &odd_direction::RULE,
    &odd_weights::RULE,
    &out_of_range::RULE,
    &overlapping_bands::RULE,
    &overridden_change::RULE,
    &pending_overdue::RULE,
    &points_off_total::RULE,
    &region_outside_letter::RULE,
    &two_methods::RULE,
    &unit_names_differ::RULE,
    &unit_spelling::RULE,
    &unknown_class::RULE,
    &unknown_code::RULE,
    &unknown_format::RULE,
    &unknown_grade::RULE,
    &unknown_group::RULE,
    &unknown_indicator::RULE,
    &unknown_key::RULE,
    &unknown_plan::RULE,
    &unknown_region::RULE,
    &unknown_unit::RULE,
    &unknown_word::RULE,
    &unreachable_band::RULE,
    &unreachable_grade::RULE,
    &unused_allow::RULE,
    &weaker_later::RULE,
    &weaker_target::RULE,
    &wrong_type::RULE,
    &wrong_way::RULE,
    &year_gap::RULE,
    &year_outside_plan::RULE,
    &years_overlap::RULE,
    &years_unsaid::RULE,
    &zero_out_of_reach::RULE,
];
