//! Where things stand in a target file, for who has something to say of them after they were read.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_parser::lexer::TokenKind;

use crate::source::{Place, Source};

/// The tables, lists and values of a target file with their places, as far as it is TOML.
#[derive(Debug)]
pub struct Outline<'s> {
    source: &'s Source,
    pub(super) root: Spanned<DeTable<'s>>,
    /// What of the file is no TOML.
    pub(super) faults: Vec<toml::de::Error>,
}

/// A value in a target file.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'o> {
    source: &'o Source,
    value: &'o Spanned<DeValue<'o>>,
}

impl<'s> Outline<'s> {
    /// The outline of a file.
    pub fn of(source: &'s Source) -> Self {
        let (root, faults) = DeTable::parse_recoverable(source.text());
        Self { source, root, faults }
    }

    /// The file.
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// Where the file begins.
    pub fn start(&self) -> Place {
        self.source.place(0..0)
    }

    /// The value of a key at the top.
    pub fn get(&self, key: &str) -> Option<Spot<'_>> {
        let value = self.root.get_ref().get(key)?;
        Some(Spot { source: self.source, value })
    }

    /// The table in a list of tables, such as `[[indicator]]`, that has an id.
    pub fn by_id(&self, list: &str, id: &str) -> Option<Spot<'_>> {
        let has = |spot: &Spot<'_>| spot.get("id").and_then(|(_, spot)| spot.text()) == Some(id);
        self.get(list)?.items().find(has)
    }
}

impl<'o> Spot<'o> {
    /// Its place; of a table with a header, that.
    pub fn place(self) -> Place {
        self.source.place(self.value.span())
    }

    /// The text that it is.
    pub fn text(self) -> Option<&'o str> {
        self.value.get_ref().as_str()
    }

    /// A key of the table that it is, with its place, and the value.
    pub fn get(self, key: &str) -> Option<(Place, Self)> {
        self.entries().find(|(name, ..)| *name == key).map(|(_, place, value)| (place, value))
    }

    /// The keys of the table that it is, with their places and values.
    pub fn entries(self) -> impl Iterator<Item = (&'o str, Place, Self)> {
        let table = self.value.get_ref().as_table();
        table.into_iter().flatten().map(move |(key, value)| {
            let place = self.source.place(key.span());
            (key.get_ref().as_ref(), place, Self { value, ..self })
        })
    }

    /// The elements of the list that it is.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let list = self.value.get_ref().as_array();
        list.into_iter().flat_map(|list| list.iter()).map(move |value| Self { value, ..self })
    }
}

/// What of a target file comes before its first table with a header: the keys at its top.
pub(super) fn top(text: &str) -> &str {
    let (mut depth, mut begins_line) = (0_usize, true);
    for token in toml_parser::Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket if begins_line && depth == 0 => {
                return text.get(..token.span().start()).unwrap_or_default();
            }
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        begins_line = match token.kind() {
            TokenKind::Newline => true,
            kind => begins_line && kind == TokenKind::Whitespace,
        };
    }
    text
}

/// The comments of a target file, each from its `#` to the end of its line.
pub fn comments(source: &Source) -> Vec<Place> {
    let tokens = toml_parser::Source::new(source.text()).lex();
    let comments = tokens.filter(|token| token.kind() == TokenKind::Comment);
    comments.map(|token| source.place(token.span().start()..token.span().end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_ends_where_the_first_table_begins() {
        for (above, below) in [
            ("plan = 'p'\n", "[about]\ntitle = 't'\n"),
            ("amends = 'p'\n", "  [[set]]\n"),
            ("a = [\n  [1, 2],\n[3],\n]\nplan = 'p'\n", "[about]\n"),
            ("a = { b = [\n[1]] }\nplan = 'p' # [x]\n# [y]\n", "[about]\n[more]\n"),
            ("a = '''\n[no]\n'''\nplan = 'p'\n", "[about]\n"),
            ("", "[about]\n"),
            ("plan = 'p'\n", ""),
        ] {
            assert_eq!(top(&format!("{above}{below}")).trim_end(), above.trim_end());
        }
        // Of a list without an end nothing is told apart.
        assert_eq!(top("a = [\n[about]\n"), "a = [\n[about]\n");
    }
}
