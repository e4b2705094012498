//! Number formats (数字格式): what they make of a number, as far as it counts.

use super::amount::Amount;
use super::moment::{Epoch, Moment};

/// A cell's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// What it holds.
    pub(super) text: String,
    /// What it shows, where that has fewer digits.
    pub(super) shown: Option<String>,
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self { text, shown: None }
    }
}

/// What a format does with a number. Formats that are not listed leave it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    General,
    /// So many decimals.
    Fixed(u32),
    /// A hundred times the number, with so many decimals if that is known.
    PerCent(Option<u32>),
    /// A date or a time.
    Moment(Moment),
    /// With words beside the number, a unit perhaps, or with thousands left away.
    Dressed,
}

impl Format {
    /// A format of Excel's own (ECMA-376, 18.8.30). Those from 27 on are of Chinese Excel.
    pub(super) fn builtin(id: u32) -> Self {
        match id {
            1 | 3 | 5 | 6 | 37 | 38 | 41 | 42 => Self::Fixed(0),
            2 | 4 | 7 | 8 | 39 | 40 | 43 | 44 => Self::Fixed(2),
            9 => Self::PerCent(Some(0)),
            10 => Self::PerCent(Some(2)),
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Moment(Moment::Date),
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Self::Moment(Moment::Time),
            46 => Self::Moment(Moment::Span),
            _ => Self::General,
        }
    }

    /// A format by its code, as `0.00%`, `#,##0.0_ ` or `yyyy"年"m"月"`.
    pub(super) fn of_code(code: &str) -> Self {
        let folded = code.trim_start().to_ascii_lowercase();
        if folded.starts_with("general") || folded.starts_with("g/") {
            return Self::General;
        }
        let Some(signs) = signs(&folded) else { return Self::Moment(Moment::Span) };
        if signs.contains('%') {
            return Self::PerCent(decimals(&signs));
        }
        if folded.starts_with(';')
            || has_words(&folded)
            || is_scaled(&signs) && moment(&signs).is_none()
        {
            return Self::Dressed;
        }
        if signs.contains("e+") || signs.contains("e-") {
            return Self::General;
        }
        match moment(&signs) {
            Some(moment) => Self::Moment(moment),
            None => decimals(&signs).map_or(Self::General, Self::Fixed),
        }
    }

    /// What a cell of this format holds.
    pub(super) fn write(self, number: Amount, epoch: Epoch) -> Written {
        match self {
            Self::General => number.to_string().into(),
            Self::Fixed(decimals) => compared(number, Some(decimals), ""),
            Self::PerCent(decimals) => compared(number.hundredfold(), decimals, "%"),
            Self::Dressed => Written {
                text: number.to_string(),
                shown: Some("it with words or on a scale of its format".to_owned()),
            },
            Self::Moment(moment) => {
                moment.write(number, epoch).unwrap_or_else(|| number.to_string()).into()
            }
        }
    }
}

fn compared(number: Amount, decimals: Option<u32>, unit: &str) -> Written {
    let fewer = decimals.filter(|&decimals| number.rounded(decimals) != number);
    let shown = fewer.map(|decimals| number.fixed(decimals) + unit);
    Written { text: format!("{number}{unit}"), shown }
}

/// The signs of a code's first section that are no literal text. None if it counts hours, minutes
/// or seconds on, as `[h]:mm` does.
fn signs(code: &str) -> Option<String> {
    let mut signs = String::new();
    let mut chars = code.chars();
    while let Some(sign) = chars.next() {
        match sign {
            ';' => break,
            '"' => chars.by_ref().take_while(|&sign| sign != '"').for_each(drop),
            // A literal sign, the width of one, and one to fill the cell with.
            '\\' | '_' | '*' => drop(chars.next()),
            '[' => {
                let inner = chars.by_ref().take_while(|&sign| sign != ']').collect::<String>();
                let first = inner.chars().next().filter(|first| "hms".contains(*first));
                if first.is_some_and(|first| inner.chars().all(|sign| sign == first)) {
                    return None;
                }
            }
            _ => signs.push(sign),
        }
    }
    Some(signs.replace("am/pm", "h").replace("a/p", "h"))
}

/// Whether a number's format writes words beside it, which may be another unit than the column's;
/// those that go without saying are no such.
fn has_words(code: &str) -> bool {
    let quoted = code.split('"').skip(1).step_by(2);
    let is_word = |text: &str| {
        let text = text.trim();
        text.chars().any(char::is_alphabetic)
            && !["年", "月", "日", "元", "天", "个", "人", "次"].contains(&text)
    };
    quoted.into_iter().any(is_word)
}

/// Whether thousands are left away: `#,##0,`.
fn is_scaled(signs: &str) -> bool {
    let places = |sign: &char| "0#?,.".contains(*sign);
    signs.chars().filter(places).collect::<String>().split('.').any(|part| part.ends_with(','))
}

fn moment(signs: &str) -> Option<Moment> {
    let time = signs.contains(['h', 's']);
    let date = signs.contains(['y', 'd']) || signs.contains('m') && !time;
    match (date, time) {
        (true, _) => Some(Moment::Date),
        (false, true) => Some(Moment::Time),
        (false, false) => None,
    }
}

/// The decimals of a plain number's format. None for fractions, and for thousands left away.
fn decimals(signs: &str) -> Option<u32> {
    let places = |sign: &char| "0#?,.".contains(*sign);
    let shape = signs.chars().filter(places).collect::<String>();
    let (whole, part) = shape.split_once('.').unwrap_or((&shape, ""));
    let is_plain = !whole.is_empty() && !whole.ends_with(',') && !part.contains([',', '.']);
    let is_plain = is_plain && !signs.contains('/');
    is_plain.then(|| u32::try_from(part.len()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes() {
        let date = Format::Moment(Moment::Date);
        let time = Format::Moment(Moment::Time);
        for (code, format) in [
            ("General", Format::General),
            ("G/通用格式", Format::General),
            ("@", Format::General),
            ("0", Format::Fixed(0)),
            ("0.00_ ", Format::Fixed(2)),
            ("0.00_);[Red]\\(0.00\\)", Format::Fixed(2)),
            ("#,##0.0#", Format::Fixed(2)),
            ("#,##0.00\"元\"", Format::Fixed(2)),
            ("[$¥-804]#,##0.00", Format::Fixed(2)),
            ("0.0,", Format::Dressed),
            ("#,##0,", Format::Dressed),
            ("# ?/?", Format::General),
            ("0.00E+00", Format::General),
            ("0%", Format::PerCent(Some(0))),
            ("0.00%;[Red]-0.00%", Format::PerCent(Some(2))),
            ("0.0\"%\"", Format::Fixed(1)),
            ("0.0\\%", Format::Fixed(1)),
            ("yyyy", date),
            ("yyyy\"年\"m\"月\"d\"日\"", date),
            ("[$-804]yyyy/m/d h:mm", date),
            ("m/d", date),
            ("h:mm:ss AM/PM", time),
            ("mm:ss.0", time),
            ("[h]:mm", Format::Moment(Moment::Span)),
            ("[Red]0.0", Format::Fixed(1)),
            ("\"", Format::General),
            ("[", Format::General),
            ("", Format::General),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
    }

    #[test]
    fn says_what_is_held_and_what_is_shown() {
        let write = |format: Format, number: f64| {
            let written = format.write(Amount::from_f64(number).unwrap(), Epoch::Of1900);
            (written.text, written.shown)
        };
        let shown = |text: &str| Some(text.to_owned());
        assert_eq!(write(Format::PerCent(Some(2)), 0.8153), ("81.53%".into(), None));
        assert_eq!(write(Format::PerCent(Some(2)), 0.871), ("87.1%".into(), None));
        assert_eq!(write(Format::PerCent(Some(0)), 0.871), ("87.1%".into(), shown("87%")));
        assert_eq!(write(Format::PerCent(None), 0.871), ("87.1%".into(), None));
        assert_eq!(
            write(Format::Fixed(2), 260.0 / 3.0),
            ("86.6666666666667".into(), shown("86.67"))
        );
        assert_eq!(write(Format::Fixed(2), 0.1 + 0.2), ("0.3".into(), None));
        assert_eq!(write(Format::Moment(Moment::Date), -1.0), ("-1".into(), None));
    }
}
