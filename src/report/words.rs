//! The words of reports in both languages.

use crate::assessment::{Assessment, Item, State};
use crate::plan::Combine;
use crate::text::Lang;

/// The fixed words of a language.
pub(super) struct Words {
    pub(super) lang: Lang,
    pub(super) plan: &'static str,
    pub(super) built_in: &'static str,
    pub(super) region: &'static str,
    pub(super) year: &'static str,
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
    /// Between the parts of a list in running text.
    pub(super) comma: &'static str,
    pub(super) colon: &'static str,
}

static ZH: Words = Words {
    lang: Lang::Zh,
    plan: "方案",
    built_in: "程序内置",
    region: "地区",
    year: "年份",
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
    comma: "；",
    colon: "：",
};

static EN: Words = Words {
    lang: Lang::En,
    plan: "Plan",
    built_in: "built in",
    region: "Region",
    year: "Year",
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
    comma: "; ",
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
    pub(super) fn counts(&self, assessment: &Assessment<'_>) -> String {
        let counts = &assessment.counts;
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

    /// How firm a target is that is not firm: `（预期）`.
    pub(super) fn expected(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "（预期）",
            Lang::En => " (expected)",
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
