//! The words of reports in both languages.

use super::change::{Brief, Change, What};
use super::line::signed;
use super::summary::Ranking;
use jiff::civil::Date;

use crate::assessment::{Assessment, Counts, Item, LeewayCount, State, Why};
use crate::number::show;
use crate::plan::{Combine, Document};
use crate::text::Lang;
use crate::year::Year;

/// The fixed words of a language.
pub(super) struct Words {
    pub(super) lang: Lang,
    pub(super) plan: &'static str,
    pub(super) built_in: &'static str,
    pub(super) region: &'static str,
    pub(super) year: &'static str,
    pub(super) place: &'static str,
    pub(super) every_item: &'static str,
    pub(super) by_unit: &'static str,
    pub(super) over_years: &'static str,
    pub(super) leads: &'static str,
    pub(super) supports: &'static str,
    pub(super) ranking: &'static str,
    pub(super) by_groups: &'static str,
    pub(super) worth: &'static str,
    pub(super) role: &'static str,
    pub(super) outcome: &'static str,
    pub(super) items_sheet: &'static str,
    pub(super) groups_sheet: &'static str,
    pub(super) units_sheet: &'static str,
    pub(super) basis_sheet: &'static str,
    pub(super) date: &'static str,
    pub(super) circular_number: &'static str,
    pub(super) circular_to: &'static str,
    pub(super) circular_issuer: &'static str,
    pub(super) outcome_heading: &'static str,
    pub(super) provisional: &'static str,
    pub(super) left: &'static str,
    pub(super) out_of_reach: &'static str,
    pub(super) safe: &'static str,
    pub(super) reckoned: &'static str,
    pub(super) comparison: &'static str,
    pub(super) before_that: &'static str,
    pub(super) after_that: &'static str,
    pub(super) the_same: &'static str,
    pub(super) nothing_changed: &'static str,
    pub(super) gained: &'static str,
    pub(super) what_changed: &'static str,
    pub(super) newly_assessed: &'static str,
    pub(super) no_longer_assessed: &'static str,
    pub(super) by_others: &'static str,
    pub(super) nothing_moved: &'static str,
    pub(super) score: &'static str,
    pub(super) range: &'static str,
    pub(super) grade: &'static str,
    pub(super) no_grade: &'static str,
    pub(super) nothing_to_score: &'static str,
    pub(super) items: &'static str,
    pub(super) near: &'static str,
    pub(super) attention: &'static str,
    pub(super) nothing_needs_attention: &'static str,
    pub(super) by_group: &'static str,
    pub(super) no_group: &'static str,
    pub(super) owed: &'static str,
    pub(super) unit: &'static str,
    pub(super) no_unit: &'static str,
    pub(super) clause: &'static str,
    pub(super) indicator: &'static str,
    pub(super) target: &'static str,
    pub(super) value: &'static str,
    pub(super) state: &'static str,
    pub(super) points: &'static str,
    pub(super) sum: &'static str,
    pub(super) source: &'static str,
    pub(super) note: &'static str,
    pub(super) readings: &'static str,
    pub(super) inputs: &'static str,
    pub(super) total: &'static str,
    pub(super) limit: &'static str,
    pub(super) checks: &'static str,
    pub(super) self_checked: &'static str,
    pub(super) verified: &'static str,
    pub(super) difference: &'static str,
    pub(super) levers: &'static str,
    pub(super) lost: &'static str,
    pub(super) each_unit: &'static str,
    pub(super) gain: &'static str,
    pub(super) targets: &'static str,
    pub(super) document: &'static str,
    pub(super) group: &'static str,
    pub(super) measured_in: &'static str,
    pub(super) aliases: &'static str,
    pub(super) lead: &'static str,
    pub(super) support: &'static str,
    pub(super) counts_so: &'static str,
    pub(super) no_values: &'static str,
    pub(super) nothing_asked: &'static str,
    pub(super) supposes_last_year: &'static str,
    pub(super) supposed: &'static str,
    /// Behind what was supposed.
    pub(super) no_result: &'static str,
    /// Between the parts of a list in running text.
    pub(super) comma: &'static str,
    /// Between the names of a list.
    pub(super) list_comma: &'static str,
    pub(super) colon: &'static str,
}

static ZH: Words = Words {
    lang: Lang::Zh,
    plan: "方案",
    built_in: "程序内置",
    region: "地区",
    year: "年份",
    place: "名次",
    every_item: "各项得分",
    by_unit: "按责任单位",
    over_years: "历年变化",
    leads: "牵头",
    supports: "配合",
    ranking: "地区排名（按总分，同分同名次）",
    by_groups: "各组得分",
    worth: "分值",
    role: "牵头/配合",
    outcome: "汇总",
    items_sheet: "指标",
    groups_sheet: "分组",
    units_sheet: "责任单位",
    basis_sheet: "口径与来源",
    date: "日期",
    circular_number: "×××〔　　　　〕×号",
    circular_to: "各责任单位：",
    circular_issuer: "（发文机关）",
    outcome_heading: "总体情况",
    provisional: "年中暂定",
    left: "余量",
    out_of_reach: "已无法达到",
    safe: "已确保达到",
    reckoned: "推算",
    comparison: "两次考核结果比较",
    before_that: "之前",
    after_that: "之后",
    the_same: "相同",
    nothing_changed: "没有变化。",
    gained: "增减",
    what_changed: "变化",
    newly_assessed: "新列入考核",
    no_longer_assessed: "不再考核",
    by_others: "因其所依据的其他数据变化",
    nothing_moved: "各项得分没有变化。",
    score: "总分",
    range: "总分区间",
    grade: "等次",
    no_grade: "未评定",
    nothing_to_score: "无可计分项",
    items: "项数",
    near: "临界",
    attention: "需要关注",
    nothing_needs_attention: "没有需要关注的项。",
    by_group: "其他各项（按组）",
    no_group: "未分组",
    owed: "责任单位未完成事项",
    unit: "责任单位",
    no_unit: "（未指明）",
    clause: "条款",
    indicator: "指标",
    target: "目标",
    value: "实际值",
    state: "状态",
    points: "得分",
    sum: "算式",
    source: "数据来源",
    note: "说明",
    readings: "计分口径",
    inputs: "输入文件",
    targets: "各年目标",
    document: "依据",
    group: "分组",
    measured_in: "计量单位",
    aliases: "别名",
    lead: "责任单位",
    support: "配合单位",
    counts_so: "计分方法",
    nothing_asked: "该年度没有可以计分的目标。",
    supposed: "假设",
    no_result: "（试算，不是考核结果）",
    supposes_last_year: "（缺上年数据，此处按不差于上年计；考核时则按缺数据处理。）",
    no_values: "得分取决于其他数据：用 --data 给出。",
    total: "得分合计",
    limit: "等次限制",
    checks: "自查与核定（以核定值计）",
    self_checked: "自查值",
    verified: "核定值",
    difference: "核定减自查",
    levers: "失分与提升空间",
    lost: "失分",
    each_unit: "每一单位可得",
    gain: "补足可提高总分",
    comma: "；",
    list_comma: "、",
    colon: "：",
};

static EN: Words = Words {
    lang: Lang::En,
    plan: "Plan",
    built_in: "built in",
    region: "Region",
    year: "Year",
    place: "Place",
    every_item: "Every item",
    by_unit: "By responsible unit",
    over_years: "Over the years",
    leads: "leads",
    supports: "supports",
    ranking: "Ranking of regions, by the score; equal scores share a place",
    by_groups: "Points by group",
    worth: "Worth",
    role: "Role",
    outcome: "Outcome",
    items_sheet: "Items",
    groups_sheet: "Groups",
    units_sheet: "Units",
    basis_sheet: "Basis",
    date: "Date",
    circular_number: "No. …",
    circular_to: "To the responsible units:",
    circular_issuer: "(issuing office)",
    outcome_heading: "Outcome",
    provisional: "Provisional",
    left: "Left to lose",
    out_of_reach: "out of reach",
    safe: "safe, whatever comes",
    reckoned: "Reckoned",
    comparison: "Two results compared",
    before_that: "Before",
    after_that: "After",
    the_same: "the same",
    nothing_changed: "Nothing changed.",
    gained: "Gained",
    what_changed: "What changed",
    newly_assessed: "newly assessed",
    no_longer_assessed: "no longer assessed",
    by_others: "for other values that it rests on changed",
    nothing_moved: "No item's points changed.",
    score: "Score",
    range: "Range",
    grade: "Grade",
    no_grade: "none",
    nothing_to_score: "nothing to score",
    items: "Items",
    near: "near",
    attention: "Needs attention",
    nothing_needs_attention: "Nothing needs attention.",
    by_group: "The others, by group",
    no_group: "In no group",
    owed: "What responsible units owe",
    unit: "Unit",
    no_unit: "(not named)",
    clause: "Clause",
    indicator: "Indicator",
    target: "Target",
    value: "Value",
    state: "State",
    points: "Points",
    sum: "Sum",
    source: "Value from",
    note: "Note",
    readings: "Readings",
    inputs: "Inputs",
    targets: "Targets by year",
    document: "By",
    group: "Group",
    measured_in: "Measured in",
    aliases: "Also called",
    lead: "Lead",
    support: "Support",
    counts_so: "Counts so",
    nothing_asked: "There is no target in that year that could be scored.",
    supposed: "Supposed",
    no_result: " (a trial, no result)",
    supposes_last_year: "(Last year's value is not known here and taken to be no better; in an assessment the item would be missing.)",
    no_values: "What it earns depends on other values: give them with --data.",
    total: "Earned",
    limit: "Limit",
    checks: "Self-checked and verified (the verified value counts)",
    self_checked: "Self-checked",
    verified: "Verified",
    difference: "Difference",
    levers: "Points lost, and what would bring them back",
    lost: "Lost",
    each_unit: "One unit brings",
    gain: "All of it adds to the score",
    comma: "; ",
    list_comma: ", ",
    colon: ": ",
};

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    /// `珲春市 2021年`, `珲春市, 2021`.
    pub(super) fn region_year(&self, assessment: &Assessment<'_>) -> String {
        let (region, year) = (assessment.region, assessment.year);
        match self.lang {
            Lang::Zh => format!("{region} {year}年"),
            Lang::En => format!("{region}, {year}"),
        }
    }

    /// A state with its warning: `达标（临界）`, `met, near`.
    pub(super) fn state_of(&self, item: &Item<'_>) -> String {
        let state = item.state.name(self.lang);
        match self.lang {
            _ if !item.near => state.to_owned(),
            Lang::Zh => format!("{state}（{}）", self.near),
            Lang::En => format!("{state}, {}", self.near),
        }
    }

    /// How many items are in each state that any is in: `达标 37（临界 4）、未达标 3`.
    pub(super) fn counts(&self, counts: &Counts) -> String {
        let parts = State::ALL.into_iter().filter(|&state| counts.get(state) > 0).map(|state| {
            let near = match counts.near() {
                near if near > 0 && state == State::Met => match self.lang {
                    Lang::Zh => format!("（{} {near}）", self.near),
                    Lang::En => format!(" ({near} {})", self.near),
                },
                _ => String::new(),
            };
            match self.lang {
                Lang::Zh => format!("{} {}{near}", state.name(self.lang), counts.get(state)),
                Lang::En => format!("{} {}{near}", counts.get(state), state.name(self.lang)),
            }
        });
        let separator = match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        };
        parts.collect::<Vec<_>>().join(separator)
    }

    /// What a unit owes: `missed: a; b`.
    pub(super) fn owes(&self, state: State, names: &[String]) -> Option<String> {
        let colon = self.colon;
        (!names.is_empty())
            .then(|| format!("{}{colon}{}", state.name(self.lang), names.join(self.comma)))
    }

    /// How the parts of a group make it up, where they are not just added.
    pub(super) fn combine(&self, combine: Combine) -> &'static str {
        match (combine, self.lang) {
            (Combine::Sum, _) => "",
            (Combine::Mean, Lang::Zh) => "各部分得分率的平均",
            (Combine::Mean, Lang::En) => "mean of its parts' shares",
            (Combine::Lowest, Lang::Zh) => "各部分得分率的最低",
            (Combine::Lowest, Lang::En) => "lowest of its parts' shares",
            (Combine::Weighted, Lang::Zh) => "各部分得分率的加权平均",
            (Combine::Weighted, Lang::En) => "weighted mean of its parts' shares",
        }
    }

    /// That the items of one unit alone are listed.
    pub(super) fn listed_alone(&self, unit: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{unit}（以下仅列其牵头、配合的项；总分和项数为全部）"),
            Lang::En => format!(
                "{unit} (only what it leads or supports is listed; score and counts are of all)"
            ),
        }
    }

    /// The titles of what was self-checked beside what was verified.
    pub(super) fn check_titles(&self) -> [&'static str; 5] {
        [self.indicator, self.self_checked, self.verified, self.difference, self.source]
    }

    /// What was self-checked beside what was verified, in a sentence.
    pub(super) fn check(&self, own: &str, found: &str, difference: &str) -> String {
        let Self { self_checked, verified, comma, .. } = self;
        let by = if difference.is_empty() { String::new() } else { format!(" ({difference})") };
        format!("{self_checked} {own}{comma}{verified} {found}{by}")
    }

    /// A name with the year that its value is of.
    pub(super) fn of_year(&self, name: &str, year: Year) -> String {
        match self.lang {
            Lang::Zh => self.with_aside(name, &format!("{year}年")),
            Lang::En => self.with_aside(name, &year.to_string()),
        }
    }

    /// A text with another in brackets behind it.
    pub(super) fn with_aside(&self, text: &str, aside: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{text}（{aside}）"),
            Lang::En => format!("{text} ({aside})"),
        }
    }

    /// A grade that something limits.
    pub(super) fn limited_grade(&self, given: &str, by_score: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{given}（按分数为{by_score}，受限）"),
            Lang::En => format!("{given} ({by_score} by the score, limited)"),
        }
    }

    /// What limits the grade.
    pub(super) fn limited_to(&self, grade: &str, clause: Option<&str>, why: &str) -> String {
        match (self.lang, clause) {
            (Lang::Zh, Some(clause)) => format!("不高于{grade}（{clause}）：{why}"),
            (Lang::Zh, None) => format!("不高于{grade}：{why}"),
            (Lang::En, Some(clause)) => format!("at most {grade} ({clause}): {why}"),
            (Lang::En, None) => format!("at most {grade}: {why}"),
        }
    }

    /// An item with its state: `PM2.5 is missed`.
    pub(super) fn is_in_state(&self, item: &Item<'_>) -> String {
        let (name, state) = (item.indicator.name.get(self.lang), item.state.name(self.lang));
        match self.lang {
            Lang::Zh => format!("{name}{state}"),
            Lang::En => format!("{name} is {state}"),
        }
    }

    /// A condition that strikes because a value is not there.
    pub(super) fn undecided(&self, reason: &str, lack: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{reason}（{lack}，无法排除）"),
            Lang::En => format!("{reason} ({lack}, so it cannot be ruled out)"),
        }
    }

    /// What one unit of a value brings.
    pub(super) fn per_unit(&self, points: &str, unit: Option<&str>) -> String {
        match (self.lang, unit) {
            (_, None) => points.to_owned(),
            (Lang::Zh, Some("%")) => format!("{points}（每个百分点）"),
            (Lang::Zh, Some(unit)) => format!("{points}（每 {unit}）"),
            (Lang::En, Some("%")) => format!("{points} (a percentage point)"),
            (Lang::En, Some(unit)) => format!("{points} (a {unit})"),
        }
    }

    /// Which items are enough for the next grade.
    pub(super) fn enough(&self, grade: &str, from: &str, sets: &[String]) -> String {
        match (self.lang, sets) {
            (Lang::Zh, [one]) => format!("补足{one}即可按分数达到{grade}（{from}）。"),
            (Lang::Zh, []) => format!("全部补足仍达不到{grade}（{from}）。"),
            (Lang::En, []) => format!("All of them together do not reach {grade} ({from})."),
            (Lang::Zh, sets) => {
                format!("补足其中任一组即可按分数达到{grade}（{from}）：{}。", sets.join("；"))
            }
            (Lang::En, sets) => {
                format!("Enough for {grade} ({from}) by the score: {}.", sets.join("; or "))
            }
        }
    }

    /// Up to when the values are, where the year is not over.
    pub(super) fn as_of(&self, day: Date) -> String {
        match self.lang {
            Lang::Zh => format!("数据截至 {day}，年度未结束，结果为暂定"),
            Lang::En => format!("values up to {day}; the year is not over"),
        }
    }

    /// The title over what is left during the year.
    pub(super) fn leeway(&self, day: Date) -> String {
        match self.lang {
            Lang::Zh => format!("年内余量（截至 {day}，暂定）"),
            Lang::En => format!("What is left to lose (as of {day}, provisional)"),
        }
    }

    /// The titles over it.
    pub(super) fn leeway_titles(&self) -> [&'static str; 5] {
        [self.indicator, self.target, self.value, self.left, self.reckoned]
    }

    /// Some days: `33 天`, `33 days`.
    pub(super) fn days(&self, days: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{days} 天"),
            Lang::En if days == "1" => "1 day".to_owned(),
            Lang::En => format!("{days} days"),
        }
    }

    /// What a leeway is reckoned from.
    pub(super) fn leeway_count(&self, count: &LeewayCount) -> String {
        match (*count, self.lang) {
            (LeewayCount::Count { allowed, counted }, Lang::Zh) => {
                format!("全年至多 {}，已有 {}", show(allowed), show(counted))
            }
            (LeewayCount::Count { allowed, counted }, Lang::En) => {
                format!("at most {} in the year, {} so far", show(allowed), show(counted))
            }
            (LeewayCount::Days { year, elapsed, allowed, lost }, Lang::Zh) => {
                let allowed = allowed.max(0);
                format!("全年 {year} 天中至多可失 {allowed} 天；已过 {elapsed} 天，失 {lost} 天")
            }
            (LeewayCount::Days { year, elapsed, allowed, lost }, Lang::En) => {
                let allowed = allowed.max(0);
                format!("{allowed} of {year} days may be lost; {lost} of {elapsed} so far were")
            }
        }
    }

    /// A value beside its target: `Value: 28; Target: ≤ 30`.
    pub(super) fn standing(&self, value: &str, target: &str) -> String {
        let Self { value: of_value, target: of_target, colon, comma, .. } = self;
        format!("{of_value}{colon}{value}{comma}{of_target}{colon}{target}")
    }

    /// The scores of two assessments: `2021 → 2022: 86.5 → 90 (+3.5), good → excellent`.
    pub(super) fn score_from_to(&self, before: &Brief, after: &Brief) -> String {
        let none = || self.nothing_to_score.to_owned();
        let [one, other] = [before.score, after.score];
        let by = one.zip(other).map(|(one, other)| signed(other.saturating_sub(one)));
        let [one, other] = [one, other].map(|score| score.map_or_else(none, show));
        let score = format!("{}{}{one} → {other}", self.score, self.colon);
        let score = by.map_or_else(|| score.clone(), |by| self.with_aside(&score, &by));
        let grade = if before.grade == after.grade {
            String::new()
        } else {
            let comma = self.comma;
            format!("{comma}{}{}{} → {}", self.grade, self.colon, before.grade, after.grade)
        };
        if before.region == after.region && before.year == after.year {
            return format!("{score}{grade}");
        }
        let [from, to] = [before, after].map(|brief| {
            match (before.region == after.region, before.year == after.year) {
                (true, _) => brief.year.clone(),
                (false, true) => brief.region.clone(),
                (false, false) => format!("{} {}", brief.region, brief.year),
            }
        });
        format!("{from} → {to}{}{score}{grade}", self.colon)
    }

    /// The title of the circular: `关于珲春市 2021年…考核结果的通报`.
    pub(super) fn circular_title(&self, of: &str, plan: &str) -> String {
        match self.lang {
            Lang::Zh => format!("关于{of}《{plan}》考核结果的通报"),
            Lang::En => format!("{plan}: results of {of}"),
        }
    }

    /// Its first paragraph.
    pub(super) fn circular_opening(&self, plan: &str, documents: &str) -> String {
        match self.lang {
            Lang::Zh if documents.is_empty() => {
                format!("根据《{plan}》，对目标任务完成情况进行了考核。现将考核结果通报如下。")
            }
            Lang::En if documents.is_empty() => format!(
                "The targets and tasks of “{plan}” were assessed. The results are as follows."
            ),
            Lang::Zh => format!(
                "根据《{plan}》（{documents}），对目标任务完成情况进行了考核。现将考核结果通报如下。"
            ),
            Lang::En => format!(
                "The targets and tasks of “{plan}” ({documents}) were assessed. The results are as follows."
            ),
        }
    }

    /// The day under it, or room for one.
    pub(super) fn circular_date(&self, date: Option<Date>) -> String {
        match (date, self.lang) {
            (Some(date), Lang::Zh) => {
                format!("{}年{}月{}日", date.year(), date.month(), date.day())
            }
            (Some(date), Lang::En) => date.to_string(),
            (None, Lang::Zh) => "　　　　年　　月　　日".to_owned(),
            (None, Lang::En) => "(date)".to_owned(),
        }
    }

    /// The title over the items of an assessment, behind the text.
    pub(super) fn attachment(&self, of: &str) -> String {
        match self.lang {
            Lang::Zh => format!("附件：{of}各项指标考核结果"),
            Lang::En => format!("Annex: every item of {of}"),
        }
    }

    /// The title over a ranking, or over the years of a region.
    pub(super) fn ranking_heading(&self, ranking: &Ranking) -> &'static str {
        if ranking.has_places() { self.ranking } else { self.over_years }
    }

    /// From which year to which: `2021–2022`.
    pub(super) fn years(&self, years: &[Year]) -> String {
        let text = match (years.iter().min(), years.iter().max()) {
            (Some(first), Some(last)) if first != last => {
                format!("{first}{}{last}", self.lang.dash())
            }
            (first, _) => first.map(ToString::to_string).unwrap_or_default(),
        };
        match self.lang {
            Lang::Zh => format!("{text}年"),
            Lang::En => text,
        }
    }

    /// What became of an item: `PM2.5 (−2): value 28 → 33 μg/m³; state met → missed`.
    pub(super) fn change(&self, change: &Change<'_>) -> String {
        let name = change.after.or(change.before).map_or("", |item| &item.name);
        let gain = if change.gain.is_zero() { String::new() } else { signed(change.gain) };
        let name = if gain.is_empty() { name.to_owned() } else { self.with_aside(name, &gain) };
        format!("{name}{}{}", self.colon, self.what_changed_of(change))
    }

    /// What of an item changed: `Value 28 → 33 μg/m³; State met → missed`.
    pub(super) fn what_changed_of(&self, change: &Change<'_>) -> String {
        let what = match (change.before, change.after) {
            (None, _) => self.newly_assessed.to_owned(),
            (_, None) => self.no_longer_assessed.to_owned(),
            _ => {
                let what =
                    change.what.iter().map(|(what, old, new)| self.before_after(*what, old, new));
                what.collect::<Vec<_>>().join(self.comma)
            }
        };
        if what.is_empty() { self.by_others.to_owned() } else { what }
    }

    /// Which region and years are compared.
    pub(super) fn pair_title(&self, before: &Brief, after: &Brief) -> String {
        let years = if before.year == after.year {
            after.year.clone()
        } else {
            format!("{} → {}", before.year, after.year)
        };
        match self.lang {
            Lang::Zh => format!("{} {years}年", after.region),
            Lang::En => format!("{}, {years}", after.region),
        }
    }

    /// What the changes of all items come to.
    pub(super) fn items_together(&self, gain: &str) -> String {
        match self.lang {
            Lang::Zh => format!("各项得分合计变化 {gain}；与总分变化的差额来自分组、权重和折算。"),
            Lang::En => format!(
                "The items together: {gain}; groups, weights and the scale make the rest of the score's change."
            ),
        }
    }

    /// What only one result has.
    pub(super) fn only_in(&self, name: &str, what: &str) -> String {
        match self.lang {
            Lang::Zh => format!("仅见于 {name}：{what}"),
            Lang::En => format!("Only in {name}: {what}"),
        }
    }

    /// One thing that changed: `target ≤ 30 → ≤ 28 μg/m³`.
    fn before_after(&self, what: What, old: &str, new: &str) -> String {
        let name = match what {
            What::Rule => self.counts_so,
            What::Worth => self.worth,
            What::Target => self.target,
            What::Value => self.value,
            What::State => self.state,
        };
        let none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        format!("{name} {} → {}", none(old), none(new))
    }

    /// A target that another took the place of.
    pub(super) fn before(&self, target: &str) -> String {
        match self.lang {
            Lang::Zh => format!("此前 {target}"),
            Lang::En => format!("before: {target}"),
        }
    }

    /// The title over values and their points.
    pub(super) fn values_of(&self, region: &str, year: Year, target: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{region} {year}年的得分（目标：{target}）"),
            Lang::En => format!("What a value earns in {region}, {year} (target: {target})"),
        }
    }

    /// What is of note about a value.
    pub(super) fn why(&self, why: Why) -> &'static str {
        match (why, self.lang) {
            (Why::Own, Lang::Zh) => "该值",
            (Why::Own, Lang::En) => "this value",
            (Why::Target, Lang::Zh) => "目标值",
            (Why::Target, Lang::En) => "the target",
            (Why::JustShort, Lang::Zh) => "略差于目标",
            (Why::JustShort, Lang::En) => "just short of it",
            (Why::NothingLeft, Lang::Zh) => "扣完",
            (Why::NothingLeft, Lang::En) => "nothing is left",
            (Why::BonusEnds, Lang::Zh) => "加分到顶",
            (Why::BonusEnds, Lang::En) => "the bonus ends",
            (Why::Between, _) => "",
        }
    }

    /// A document by its number, else by its date.
    pub(super) fn document(&self, document: Option<&Document>) -> String {
        let number = document.and_then(|document| document.number.clone());
        let date = document.and_then(|document| document.date).map(|date| date.to_string());
        let fallback = match self.lang {
            Lang::Zh => "方案",
            Lang::En => "the plan",
        };
        number.or(date).unwrap_or_else(|| fallback.to_owned())
    }

    /// By which document a target is, and what it was before.
    pub(super) fn target_by(&self, document: &str, before: &[(String, String)]) -> String {
        let before: String = before
            .iter()
            .map(|(target, document)| match self.lang {
                Lang::Zh => format!("；此前 {target}（{document}）"),
                Lang::En => format!("; before that {target}, by {document}"),
            })
            .collect();
        match self.lang {
            Lang::Zh => format!("目标依据 {document}{before}"),
            Lang::En => format!("target by {document}{before}"),
        }
    }

    /// What else of an item a document changed, by its key.
    pub(super) fn changed_by(&self, key: &str, document: &str) -> String {
        let name = match (key, self.lang) {
            ("score", Lang::Zh) => "计分方法",
            ("score", Lang::En) => "its score",
            ("lead", Lang::Zh) => self.lead,
            ("lead", Lang::En) => "its lead units",
            ("support", Lang::Zh) => self.support,
            ("support", Lang::En) => "its supporting units",
            ("weight", Lang::Zh) => "权重",
            ("clause", Lang::Zh) => self.clause,
            ("not-applicable", Lang::Zh) => "不适用时的计分",
            ("not-applicable", Lang::En) => "what it counts where it does not apply",
            ("unmet-limits-grade", Lang::Zh) => "对等次的限制",
            ("unmet-limits-grade", Lang::En) => "how it limits the grade",
            (key, Lang::En) => return format!("its {key} by {document}"),
            (key, Lang::Zh) => return format!("{key} 依据 {document}"),
        };
        match self.lang {
            Lang::Zh => format!("{name}依据 {document}"),
            Lang::En => format!("{name} by {document}"),
        }
    }

    /// Points that a document changed.
    pub(super) fn points_by(&self, before: &str, document: &str) -> String {
        match self.lang {
            Lang::Zh => format!("分值原为 {before}，依据 {document} 调整"),
            Lang::En => format!("worth {before} before {document}"),
        }
    }

    /// A further aim beside a target.
    pub(super) fn stretch(&self, comparison: &str, met: Option<bool>) -> String {
        match (self.lang, met) {
            (Lang::Zh, None) => format!("力争 {comparison}"),
            (Lang::Zh, Some(true)) => format!("力争 {comparison}，已达到"),
            (Lang::Zh, Some(false)) => format!("力争 {comparison}，未达到"),
            (Lang::En, None) => format!("stretch {comparison}"),
            (Lang::En, Some(true)) => format!("stretch {comparison}, reached"),
            (Lang::En, Some(false)) => format!("stretch {comparison}, not reached"),
        }
    }

    /// A waiver whose end is past.
    pub(super) fn expired(&self, until: &str) -> String {
        match self.lang {
            Lang::Zh => format!("豁免已于 {until} 到期，不再有效"),
            Lang::En => format!("a waiver ended on {until} and has no effect"),
        }
    }

    /// A waiver in force.
    pub(super) fn waived(&self, reason: &str, by: &str, until: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{reason}（批准：{by}，至 {until}）"),
            Lang::En => format!("{reason} (approved by {by}, until {until})"),
        }
    }
}
