//! The messages of each language, which translators edit: `catalogue/*.ftl`.

use std::fmt::Display;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use fluent_syntax::ast::PatternElement;
use unic_langid::LanguageIdentifier;

use crate::text::Lang;

/// The messages of a language.
pub(crate) struct Catalogue {
    bundle: FluentBundle<&'static FluentResource>,
}

static ZH_FTL: LazyLock<FluentResource> = LazyLock::new(|| read(include_str!("catalogue/zh.ftl")));
static EN_FTL: LazyLock<FluentResource> = LazyLock::new(|| read(include_str!("catalogue/en.ftl")));
static ZH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new("zh-CN", &ZH_FTL));
static EN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new("en", &EN_FTL));

/// What can be read of a file; a test holds that it is all.
fn read(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

impl Catalogue {
    /// The messages of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    fn new(tag: &str, resource: &'static FluentResource) -> Self {
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks around what is put in would stand in every file that is written.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { bundle }
    }

    /// A message in which nothing is put in; its name where there is none, which a test rules out.
    pub(crate) fn word(&'static self, id: &str) -> &'static str {
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        match pattern.map(|pattern| pattern.elements.as_slice()) {
            Some([PatternElement::TextElement { value }]) => value,
            // A blank at an end is a piece of its own.
            _ => self.say(id, &[]).leak(),
        }
    }

    /// A message with texts put in.
    pub(crate) fn say(&self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        let args = args.iter().map(|(name, text)| (*name, text.to_string()));
        self.format(id, &args.collect())
    }

    /// A message that counts something, `$count`.
    pub(crate) fn count(&self, id: &str, count: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        self.format(id, &args)
    }

    fn format(&self, id: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        let Some(pattern) = pattern else { return id.to_owned() };
        let mut faults: Vec<FluentError> = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
        debug_assert!(faults.is_empty(), "{id}: {faults:?}");
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern};
    use fluent_syntax::parser;

    use super::*;

    /// The code that asks for messages.
    const CODE: [&str; 4] = [
        include_str!("report/words.rs"),
        include_str!("report/readings.rs"),
        include_str!("report/rules.rs"),
        include_str!("report/sums.rs"),
    ];

    /// The variables of every message.
    fn messages(source: &'static str) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        let resource = parser::parse(source).unwrap();
        let message = |entry: &Entry<&'static str>| match entry {
            Entry::Message(message) => {
                let mut found = BTreeSet::new();
                variables(message.value.as_ref().unwrap(), &mut found);
                Some((message.id.name, found))
            }
            Entry::Junk { content } => panic!("{content}"),
            _ => None,
        };
        let all: Vec<_> = resource.body.iter().filter_map(message).collect();
        let count = all.len();
        let all: BTreeMap<_, _> = all.into_iter().collect();
        assert_eq!(all.len(), count, "a message stands twice");
        all
    }

    fn variables(pattern: &Pattern<&'static str>, found: &mut BTreeSet<&'static str>) {
        let mut inline = |expression: &InlineExpression<&'static str>| {
            if let InlineExpression::VariableReference { id } = expression {
                found.insert(id.name);
            }
        };
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression: Expression::Inline(expression) } => {
                    inline(expression);
                }
                PatternElement::Placeable { expression: Expression::Select { selector, .. } } => {
                    inline(selector);
                }
            }
        }
    }

    #[test]
    fn no_message_lacks_a_language() {
        let zh = messages(include_str!("catalogue/zh.ftl"));
        let en = messages(include_str!("catalogue/en.ftl"));
        let names = |all: &BTreeMap<&'static str, _>| all.keys().copied().collect::<Vec<_>>();
        assert_eq!(names(&zh), names(&en));
        // Only these are put together otherwise in one language than in the other.
        let differ = zh.iter().zip(&en).filter(|((_, zh), (_, en))| zh != en);
        let differ: Vec<_> = differ.map(|((name, _), _)| *name).collect();
        assert_eq!(differ, ["circular_date", "rule_bonus", "rule_bonus_up_to", "rule_off"]);
        assert!(zh.len() > 100);
    }

    /// What is asked for is there, and what is there is asked for.
    #[test]
    fn every_message_is_used() {
        let en = messages(include_str!("catalogue/en.ftl"));
        let (words, _) = CODE[0].split_once("words! {").unwrap().1.split_once("\n}").unwrap();
        let fields = words.lines().filter_map(|line| line.trim().strip_suffix(','));
        // Each text in quotes, behind the code before it.
        let quoted = CODE.iter().flat_map(|code| {
            let pieces: Vec<_> = code.split('"').collect();
            pieces.chunks_exact(2).map(|pair| (pair[0].trim_end(), pair[1])).collect::<Vec<_>>()
        });
        // A call or an arm names a message, if it is a name at all.
        let is_name = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
        let names = quoted.filter(|(before, text)| {
            let calls = ["say(", "word(", "count(", "=>", "{"];
            let is_asked = is_name(text) && calls.iter().any(|call| before.ends_with(call));
            is_asked || en.contains_key(text)
        });
        let used: BTreeSet<&str> = fields.chain(names.map(|(_, text)| text)).collect();
        let unused: Vec<_> = en.keys().filter(|name| !used.contains(*name)).collect();
        assert!(unused.is_empty(), "{unused:?}");
        let lacking: Vec<_> = used.iter().filter(|name| !en.contains_key(**name)).collect();
        assert!(lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn a_language_counts_in_its_manner() {
        let [zh, en] = [Lang::Zh, Lang::En].map(Catalogue::of);
        assert_eq!([1, 2].map(|count| en.count("days", count)), ["1 day", "2 days"]);
        assert_eq!([1, 2].map(|count| zh.count("days", count)), ["1 天", "2 天"]);
    }
}
