//! How a text is spelled: which spellings are one, which names are near, what may be shown of it.

use unicode_normalization::UnicodeNormalization;

/// What is left of a spelling when width, case, blanks, brackets and quotation marks are taken
/// as one: `细颗粒物（PM２.5）浓度` and `细颗粒物 (pm2.5) 浓度` fold to the same text.
pub fn fold(spelling: &str) -> String {
    let mut folded = String::with_capacity(spelling.len());
    each_kept(spelling, |c| push_lower(c, &mut folded));
    folded
}

/// As [`fold`], but the case stays: where `mW` and `MW` are two things.
pub fn fold_but_case(spelling: &str) -> String {
    let mut folded = String::with_capacity(spelling.len());
    each_kept(spelling, |c| folded.push(c));
    folded
}

/// Gives each character that a spelling keeps, in half width.
pub(crate) fn each_kept(spelling: &str, mut keep: impl FnMut(char)) {
    let mut give = |c: char| {
        if is_of_word(c) || !is_dressing(c) {
            keep(c);
        }
    };
    if spelling.chars().all(is_plain) {
        spelling.chars().map(narrow).for_each(&mut give);
    } else {
        spelling.nfkc().for_each(&mut give);
    }
}

/// Adds a character in small letters.
pub(crate) fn push_lower(c: char, to: &mut String) {
    match c {
        '\0'..='\u{7f}' => to.push(c.to_ascii_lowercase()),
        '\u{4e00}'..='\u{9fff}' => to.push(c),
        _ => to.extend(c.to_lowercase()),
    }
}

/// Whether a character is one of those that most names are of: each is kept as it is.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether a text is nothing but words of such characters with single blanks between them.
pub fn is_of_words(text: &str) -> bool {
    text.split(' ').all(|word| !word.is_empty() && word.chars().all(is_of_word))
}

/// Whether a character is one of the most usual, of which NFKC makes but half-width ones.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{7f}'
            | '·'
            | '—'
            | '‘'..='’'
            | '“'..='”'
            | '\u{3000}'..='\u{3002}'
            | '\u{3008}'..='\u{3011}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ff01}'..='\u{ff5e}'
    )
}

/// As [`fold`], for the names of indicators, regions and columns: punctuation says nothing there,
/// and 其它 is 其他.
pub fn fold_name(name: &str) -> String {
    fold_plain_name(name).unwrap_or_else(|| {
        let mut folded = String::with_capacity(name.len());
        name.nfkc().for_each(|c| keep_of_name(c, &mut folded));
        folded
    })
}

/// As [`fold_name`], of names of the most usual characters alone: their words are taken as they are.
fn fold_plain_name(name: &str) -> Option<String> {
    let mut folded = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(end) = rest.find(|c| !is_of_word(c) || c == '它') {
        let (word, behind) = rest.split_at(end);
        folded.push_str(word);
        let mut behind = behind.chars();
        keep_of_name(behind.next().filter(|c| is_plain(*c)).map(narrow)?, &mut folded);
        rest = behind.as_str();
    }
    folded.push_str(rest);
    folded.make_ascii_lowercase();
    Some(folded)
}

/// Adds a character of a name, in half width, to what it folds to.
fn keep_of_name(c: char, to: &mut String) {
    match c {
        '它' if to.ends_with('其') => to.push('他'),
        _ if is_dressing(c) || is_punctuation(c) => {}
        _ => push_lower(c, to),
    }
}

fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '、' | ','
            | '。'
            | ';'
            | ':'
            | '·'
            | '•'
            | '‧'
            | '・'
            | '‐'
            | '‒'
            | '–'
            | '—'
            | '―'
            | '−'
            | '-'
            | '_'
            | '*'
            | '#'
    )
}

/// The name without the number (序号) in front of it: `1.`, `1、`, `（1）`, `一、`, `（一）`, `①`.
/// None where there is no such number, or nothing behind it: `2.5微米` is a name.
pub fn without_number(name: &str) -> Option<&str> {
    let name = name.trim();
    let rest = after_sign(name).or_else(|| after_bracket(name)).or_else(|| after_mark(name))?;
    Some(rest.trim()).filter(|rest| !rest.is_empty())
}

/// What is behind a number that is one character.
fn after_sign(name: &str) -> Option<&str> {
    name.strip_prefix(|c| matches!(c, '\u{2460}'..='\u{249b}' | '\u{3220}'..='\u{3229}'))
}

/// What is behind a number in brackets, of which the first may lack.
fn after_bracket(name: &str) -> Option<&str> {
    let inside = name.strip_prefix(['(', '（']).unwrap_or(name);
    let (number, rest) = inside.split_once([')', '）'])?;
    is_ordinal(number.trim()).then_some(rest)
}

/// What is behind a number and a point or comma.
fn after_mark(name: &str) -> Option<&str> {
    let (number, rest) = name.split_once(['.', '．', '、'])?;
    let goes_on = rest.starts_with(|c: char| c.is_numeric());
    (is_ordinal(number.trim()) && !goes_on).then_some(rest)
}

/// Whether all of a text is a number as lists have them, Chinese or not, of at most three signs.
fn is_ordinal(text: &str) -> bool {
    let is_digit = |c| matches!(c, '0'..='9' | '０'..='９');
    let is_numeral = |c| "一二三四五六七八九十百".contains(c);
    let is_short = (1..=3).contains(&text.chars().count());
    is_short && (text.chars().all(is_digit) || text.chars().all(is_numeral))
}

/// Whether a character is a Chinese one.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The text with its full-width letters, digits and signs in half width, and the minus sign
/// of print as a hyphen; nothing else changes.
pub fn half_width(text: &str) -> String {
    text.chars().map(narrow).collect()
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' => '-',
        _ => c,
    }
}

/// Whether a terminal obeys a character instead of showing it: control characters, and marks that
/// change the direction of writing; or no XML may hold it (Char of XML 1.0).
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Whether a text holds such a character.
pub fn has_obeyed(text: &str) -> bool {
    // With one of these each of them begins; most texts have none.
    let may_begin = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef);
    // All bytes are looked at, many at a time.
    let may_hold = text.bytes().fold(false, |found, byte| found | may_begin(byte));
    may_hold && text.contains(is_obeyed)
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
        || matches!(
            c,
            '\u{200b}'
                | '\u{feff}'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '〔'
                | '〕'
                | '【'
                | '】'
                | '〖'
                | '〗'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '「'
                | '」'
                | '『'
                | '』'
                | '"'
                | '\''
                | '`'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '„'
                | '′'
                | '″'
        )
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
    fn the_characters_of_words_are_kept() {
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for c in all.filter(|c| is_of_word(*c)) {
            assert!(!is_dressing(c) && !is_punctuation(c) && is_plain(c));
            assert_eq!(c.to_lowercase().to_string(), c.to_ascii_lowercase().to_string());
            assert_eq!(c.nfkc().to_string(), c.to_string());
        }
    }

    proptest::proptest! {
        #[test]
        fn names_fold_alike_by_either_way(
            name in "([a-zA-Z0-9]|[一-丈其它]|[（）()·—，、：.＿ｚＡ　 ]|\\PC){0,12}",
        ) {
            let mut folded = String::new();
            name.nfkc().for_each(|c| keep_of_name(c, &mut folded));
            proptest::prop_assert_eq!(fold_plain_name(&name).unwrap_or(folded.clone()), folded);
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_found_in_a_text() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(has_obeyed(&format!("a{c}一")), is_obeyed(c), "{c:?}");
        }
    }

    #[test]
    fn of_plain_characters_normalization_makes_half_width_ones() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_plain(*c)) {
            for text in [format!("{c}"), format!("a{c}一"), format!("{c}{c}")] {
                assert_eq!(
                    text.nfkc().collect::<String>(),
                    text.chars().map(narrow).collect::<String>()
                );
            }
        }
    }

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
    fn punctuation_says_nothing_in_a_name() {
        for (one, other) in [
            ("大气、水、土壤", "大气，水;土壤"),
            ("＊其它指标：", "其他指标"),
            ("PM2.5—年均", "pm2.5-年均"),
            ("克孜勒苏·柯尔克孜", "克孜勒苏•柯尔克孜"),
        ] {
            assert_eq!(fold_name(one), fold_name(other), "{one}");
        }
        assert_ne!(fold_name("PM2.5"), fold_name("PM25"));
        assert_ne!(fold_name("PM2.5/1h"), fold_name("PM2.5"));
    }

    #[test]
    fn the_number_of_a_list_is_no_part_of_a_name() {
        for name in [
            "1.森林",
            "1、森林",
            "（1）森林",
            "(1) 森林",
            "1）森林",
            "一、森林",
            "（一）森林",
            "①森林",
            "⑴森林",
            "㈠森林",
            "12． 森林",
            " 十二、 森林 ",
        ] {
            assert_eq!(without_number(name), Some("森林"), "{name}");
        }
        for name in ["森林", "2.5微米颗粒物", "1", "1.", "（一）", "", "2021年、2022年", "三北工程"]
        {
            assert_eq!(without_number(name), None, "{name}");
        }
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
