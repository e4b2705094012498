//! How high a text stands in a cell: spreadsheet programs do not fit the height of merged cells,
//! nor of rows that are printed before they are opened.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many lines a text takes in a cell of a width, where it is broken between words and at any
/// Chinese character. A Chinese character is as wide as two digits.
pub(crate) fn line_count(text: &str, width: u16) -> u16 {
    let width = usize::from(width.max(1));
    let lines: usize = text.lines().map(|line| wrapped(line, width)).sum();
    u16::try_from(lines.max(1)).unwrap_or(u16::MAX)
}

fn wrapped(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for piece in pieces(line) {
        let bare = piece.trim_end().width();
        if used > 0 && used + bare > width {
            lines += 1;
            used = 0;
        }
        // A word longer than the line is broken anywhere.
        let broken = bare.saturating_sub(1) / width;
        lines += broken;
        used += piece.width().saturating_sub(broken * width);
    }
    lines
}

/// Words with the blank after them, and Chinese characters one by one.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let is_wide = |c: char| c.width() == Some(2);
    line.split_inclusive(move |c: char| c == ' ' || is_wide(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_at_chinese_characters() {
        for (text, width, lines) in [
            ("", 10, 1),
            ("森林覆盖率", 10, 1),
            ("森林覆盖率高", 10, 2),
            ("one two three", 8, 2),
            ("one two three", 7, 2),
            ("one two three", 5, 3),
            ("abcdefghijklmno", 5, 3),
            ("a\nb", 5, 2),
        ] {
            assert_eq!(line_count(text, width), lines, "{text} in {width}");
        }
    }
}
