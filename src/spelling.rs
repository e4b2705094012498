//! How a text is spelled: which spellings are one, which names are near, what may be shown of it.

use unicode_normalization::UnicodeNormalization;

/// What is left of a spelling when width, case, blanks, brackets and quotation marks are taken
/// as one: `细颗粒物（PM２.5）浓度` and `细颗粒物 (pm2.5) 浓度` fold to the same text.
pub fn fold(spelling: &str) -> String {
    spelling.nfkc().flat_map(char::to_lowercase).filter(|&c| !is_dressing(c)).collect()
}

/// The text with its full-width letters, digits and signs in half width, and the minus sign
/// of print as a hyphen; nothing else changes.
pub fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' => '-',
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// Whether a terminal obeys a character instead of showing it: control characters, and marks that
/// change the direction of writing.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without the characters that a terminal obeys; line ends stay.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if is_obeyed(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// The text on one line, with single blanks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, to be quoted in a message.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let text = one_line(text);
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn is_dressing(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{feff}')
        || "()[]{}<>〔〕【】〖〗《》〈〉「」『』\"'`“”‘’„′″".contains(c)
}

/// How much of two names is compared: what is longer is no slip of the pen, and takes long.
const LONGEST: usize = 100;

fn beginning(name: &str) -> String {
    fold(name).chars().take(LONGEST).collect()
}

/// The known names nearest to an unknown one, best first, at most three; none where nothing is
/// near. Names are compared folded.
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let unknown = beginning(unknown);
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .map(|name| (likeness(&unknown, &beginning(name)), name))
        .filter(|&(likeness, _)| likeness >= 0.5)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|&mut (_, name)| name);
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How alike two folded names are, 0 to 1. A name inside the other is nearer than its length
/// says: `优良天数` for `城市空气质量优良天数比例`.
fn likeness(a: &str, b: &str) -> f64 {
    let contained =
        a.chars().count().min(b.chars().count()) >= 2 && (a.contains(b) || b.contains(a));
    let alike = strsim::normalized_damerau_levenshtein(a, b);
    if contained { alike.max(0.75) } else { alike }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        let name = fold("细颗粒物(PM2.5)浓度");
        for spelling in [
            "细颗粒物（ＰＭ２．５）浓度",
            " 细颗粒物 【pm2.5】 浓度 ",
            "细颗粒物\u{3000}(PM2.5)浓度",
        ] {
            assert_eq!(fold(spelling), name, "{spelling}");
        }
        assert_eq!(fold("秸秆“五化”利用率"), fold("秸秆\"五化\"利用率"));
        assert_eq!(fold("µg/m³"), fold("μg/m3"));
        assert_ne!(fold("PM2.5"), fold("PM25"));
    }

    #[test]
    fn the_nearest_names_are_offered() {
        let known = ["air.pm25", "城市空气质量优良天数比例", "森林覆盖率"];
        assert_eq!(nearest("air.pm2", known), ["air.pm25"]);
        assert_eq!(nearest("优良天数", known), ["城市空气质量优良天数比例"]);
        assert_eq!(nearest("森林复盖率", known), ["森林覆盖率"]);
        assert!(nearest("吨", known).is_empty());
    }
}
