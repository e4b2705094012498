//! The texts of the form in Chinese and English.

use crate::text::Lang;

/// The texts of the form in a language.
pub(super) struct Words {
    pub(super) comma: &'static str,
    pub(super) sheet: &'static str,
    pub(super) font: &'static str,
    pub(super) how: &'static str,
    pub(super) not_applicable: &'static str,
    pub(super) value: &'static str,
    pub(super) number: &'static str,
    pub(super) task: &'static str,
    pub(super) class: &'static str,
    pub(super) signatures: [&'static str; 3],
    pub(super) footer: &'static str,
}

impl Words {
    pub(super) fn of(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self {
                comma: "，",
                sheet: "填报表",
                font: "SimSun",
                how: "填报说明：只填黄色单元格；没有数据的留空；不适用的填“不适用”，并在备注中说明原因。",
                not_applicable: "不适用",
                value: "数值",
                number: "请填数字，不带单位，单位以单位栏为准；不适用的填“不适用”，并在备注中说明原因。",
                task: "请填“完成”或“未完成”，或填进度，如 60%；不适用的填“不适用”，并在备注中说明原因。",
                class: "请填表中的类别；不适用的填“不适用”，并在备注中说明原因。",
                signatures: ["填报人：", "审核人：", "填报日期："],
                footer: "&C第 &P 页，共 &N 页",
            },
            Lang::En => Self {
                comma: ", ",
                sheet: "Return",
                font: "Arial",
                how: "How to fill it in: fill the yellow cells only; leave a value empty where there \
                      are no data; where something does not apply, write “not applicable” and \
                      say why in the note.",
                not_applicable: "not applicable",
                value: "Value",
                number: "Write a number in the unit of the row, without the unit; or “not \
                         applicable”, and say why in the note.",
                task: "Write “done” or “not done”, or the progress, such as 60%; or “not \
                       applicable”, and say why in the note.",
                class: "Choose one of the classes; or “not applicable”, and say why in the note.",
                signatures: ["Reported by:", "Checked by:", "Date:"],
                footer: "&CPage &P of &N",
            },
        }
    }
}
