# The words of reports, in Fluent (https://projectfluent.org).
# Every message has the same name in zh.ftl; `{ $name }` is what is put in: it is not translated, and
# may stand elsewhere.

## Words that stand by themselves

plan = Plan
built_in = built in
region = Region
year = Year
place = Place
every_item = Every item
by_unit = By responsible unit
over_years = Over the years
leads = leads
supports = supports
ranking = Ranking of regions, by the score; equal scores share a place
by_groups = Points by group
worth = Worth
role = Role
outcome = Outcome
checks_sheet = Verified
items_sheet = Items
groups_sheet = Groups
units_sheet = Units
basis_sheet = Basis
date = Date
circular_number = No. …
circular_to = To the responsible units:
circular_issuer = (issuing office)
outcome_heading = Outcome
provisional = Provisional
left = Left to lose
out_of_reach = out of reach
safe = safe, whatever comes
reckoned = Reckoned
comparison = Two results compared
before_that = Before
after_that = After
the_same = the same
nothing_changed = Nothing changed.
gained = Gained
what_changed = What changed
newly_counted = newly counted
no_longer_counted = no longer counted
newly_assessed = newly assessed
no_longer_assessed = no longer assessed
by_others = for other values that it rests on changed
nothing_moved = No item's points changed.
score = Score
range = Range
grade = Grade
no_grade = none
nothing_to_score = nothing to score
items = Items
near = near
attention = Needs attention
nothing_needs_attention = Nothing needs attention.
by_group = The others, by group
no_group = In no group
owed = What responsible units owe
unit = Unit
no_unit = (not named)
clause = Clause
indicator = Indicator
target = Target
value = Value
state = State
points = Points
sum = Sum
source = Value from
note = Note
readings = Readings
inputs = Inputs
targets = Targets by year
document = By
group = Group
weight = Weight
combine = Made up as
own_points = Own points
lowest_points = At least
highest_points = At most
group_in = In
added = sum of its parts
scale = Scale
grades = Grades
documents = Documents
standing = Standing
final_result = final
newly_limits = Newly limits the grade
limits_no_longer = No longer limits the grade
no_item_changed = No item changed.
texts = Texts
two_languages = in two languages; ids and figures are compared
measured_in = Measured in
aliases = Also called
lead = Lead
support = Support
counts_so = Counts so
nothing_asked = There is no target in that year that could be scored.
supposed = Supposed
no_result = {" "}(a trial, no result)
supposes_last_year = (Last year's value is not known here and taken to be no better; in an assessment the item would be missing.)
no_values = What it earns depends on other values: give them with --data.
total = Earned
limit = Limit
checks = Self-checked and verified (the verified value counts)
self_checked = Self-checked
verified = Verified
difference = Difference
levers = Points lost, and what would bring them back
lost = Lost
each_unit = One unit brings
gain = All of it adds to the score
comma = ;{" "}
list_comma = ,{" "}
colon = :{" "}
or_else = ; or{" "}
value_comma = ,{" "}
and_also = {" "}and{" "}
formula_when = if{" "}
formula_then = :{" "}
formula_otherwise = ; otherwise{" "}
formula_and = {" "}and{" "}
formula_or = {" "}or{" "}
formula_not = not{" "}

## Messages with something put in

region_year = { $region }, { $year }
listed_alone = { $unit } (only what it leads or supports is listed; score and counts are of all)
with_aside = { $text } ({ $aside })
limited_grade = { $given } ({ $by_score } by the score, limited)
is_in_state = { $name } is { $state }
undecided = { $reason } ({ $lack }, so it cannot be ruled out)
as_of = values up to { $day }; the year is not over
leeway = What is left to lose (as of { $day }, provisional)
circular_title = { $plan }: results of { $of }
attachment = Annex: every item of { $of }
items_together = The items together: { $gain }.
items_and_rest = The items together: { $gain }; what counts newly or no longer, groups, weights, rounding and the scale make the other { $rest } of the score's change.
only_in = Only in { $name }: { $what }
before = before: { $target }
values_of = What a value earns in { $region }, { $year } (target: { $target })
points_by = worth { $before } before { $document }
expired = a waiver ended on { $until } and has no effect
waived = { $reason } (approved by { $by }, until { $until })
state_near = { $state }, near
near_of = {" "}({ $count } near)
count_of = { $count } { $state }{ $near }
mean = mean of its parts' shares
lowest = lowest of its parts' shares
weighted = weighted mean of its parts' shares
in_year = { $year }
limited_to_by = at most { $grade } ({ $clause }): { $why }
limited_to = at most { $grade }: { $why }
per_percentage_point = { $points } (a percentage point)
per_unit = { $points } (a { $unit })
enough_none = All of them together do not reach { $grade } ({ $from }).
enough_one = Enough for { $grade } ({ $from }) by the score: { $sets }.
enough_sets = Enough for { $grade } ({ $from }) by the score: { $sets }.
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
leeway_count = at most { $allowed } in the year, { $counted } so far
leeway_days = { $allowed } of { $year } days may be lost; { $lost } of { $elapsed } so far were
circular_opening = The targets and tasks of “{ $plan }” were assessed. The results are as follows.
circular_opening_by = The targets and tasks of “{ $plan }” ({ $documents }) were assessed. The results are as follows.
no_date = (date)
circular_date = { $date }
why_own = this value
why_target = the target
why_just_short = just short of it
why_nothing_left = nothing is left
why_bonus_ends = the bonus ends
the_plan = the plan
target_before = ; before that { $target }, by { $document }
target_by = target by { $document }{ $before }
changed_score = its score by { $document }
changed_lead = its lead units by { $document }
changed_support = its supporting units by { $document }
changed_weight = its weight by { $document }
changed_clause = its clause by { $document }
changed_not_applicable = what it counts where it does not apply by { $document }
changed_limit = how it limits the grade by { $document }
changed_other = its { $key } by { $document }
stretch = stretch { $comparison }
stretch_reached = stretch { $comparison }, reached
stretch_not_reached = stretch { $comparison }, not reached

## Readings

reading_missing_zero = a missing value earns 0
reading_missing_leave_out = an item without its value is left out
reading_missing_refuse = nothing is scored while a value is missing
reading_not_assessable_zero = a value that is not assessable earns 0
reading_not_assessable_leave_out = an item whose value is not assessable is left out
reading_not_assessable_refuse = nothing is scored while a value is not assessable
reading_not_applicable_leave_out = an item that does not apply is left out
reading_not_applicable_full = an item that does not apply earns all its points
reading_not_applicable_zero = an item that does not apply earns 0
reading_not_applicable_mean = an item that does not apply earns the share of its group's other items
reading_compare_exact = values are compared with all their digits
reading_compare_rounded = values are rounded to the target's digits to be compared and scored
reading_round_even = { $count ->
    [one] the score is rounded to { $count } decimal, half to even
   *[other] the score is rounded to { $count } decimals, half to even
 }
reading_round_up = { $count ->
    [one] the score is rounded to { $count } decimal, half up
   *[other] the score is rounded to { $count } decimals, half up
 }
reading_near = a value that meets its target within { $near }% of it is near
reading_floor = the score is at least { $score }
reading_cap = the score is at most { $score }
reading_no_cap = the score may pass its scale
reading_part_share = part of a unit counts in proportion
reading_part_whole = where an item says so, part of a unit does not count
reading_part_begun = where an item says so, part of a unit counts as one
reading_ties_skip = equal values share the better place, the next are skipped
reading_ties_dense = equal values share the better place, none is skipped
reading_ties_mean = equal values have the mean of their places
reading_worse = an item that must not be worse than last year is missing without last year's value
reading_limits = a limit of the grade strikes where its value is missing
reading_limits_needs = a limit of the grade strikes where its value is missing or not assessable

## How items count
# `$far_spaced` is `$far`, with a blank behind it where it ends in other letters than Chinese ones.

rule_of_target = { $number }% of the target
rule_far_progress = { $number } per cent of progress
rule_far_classes = { $number } class
rule_far_point = { $number } percentage point
rule_far_points = { $number } percentage points
rule_part_share = part of that counts in proportion
rule_part_whole = part of that does not count
rule_part_begun = part of that counts as whole
rule_value = The value is { $formula }.
rule_own_value = value
rule_last_year = last year's { $name }
rule_base_year = the base year's { $name }
rule_in_year = { $name } of { $year }
rule_the_target = target
rule_the_points = points
rule_all_or_nothing = Met: { $met }; missed: none.
rule_off = Met: { $met }; { $points } off for each { $far } on the wrong side of the target, { $part }.
rule_zero_at = {" "}Nothing is left at { $value }.
rule_proportional = Met: { $met }; missed: { $met } × value ÷ target{ $factor }.
rule_round_rate = {" "}The rate in per cent is first rounded to { $digits } decimals.
rule_earns = { $what }: { $points }
rule_line = { $pairs }; straight lines between them, flat outside.
rule_class_earns = { $class }: { $points }
rule_classes = { $classes }.
rule_held_of_target = { $holds }% of the target
rule_else_earns = else { $points }
rule_else_none = else none
rule_bands = The first that holds: { $bands }.
rule_lowest_first = the lowest value first
rule_highest_first = the highest value first
rule_among_all = all regions that have a value
rule_rank = By place among { $among }, { $better }: { $by }; { $ties }.
rule_rank_place = the first earns { $first }, the last { $last }, those between on a straight line by place
rule_rank_value = the best value earns { $first }, the worst { $last }, those between on a straight line by value
rule_place_holds = place { $holds }
rule_place_else = else
rule_reported = The value is the points, given by a person.
rule_formula = Points: { $formula }.
rule_bonus = { $points } more for each { $far } beyond the target, { $part }.
rule_bonus_up_to = { $points } more for each { $far } beyond the target, { $part }, at most { $most }.
rule_worse = Worse than last year: { $points }; without last year's value the item is missing.
rule_round_even = The points are rounded to { $digits } decimals, half to even.
rule_round_up = The points are rounded to { $digits } decimals, half up.
rule_ends = Between { $least } and { $most } points.
rule_limits = While it is missed or missing, the grade is at most { $grade }.
rule_limits_needs = While it is missed, missing or not assessable, the grade is at most { $grade }.
rule_need = Assessable only with { $needs }.
rule_need_of = { $name }: assessable only with { $needs }.

## Sums

sum_at_least = at least { $score } → { $score }
sum_at_most = at most { $score } → { $score }
