//! The messages of each language, which translators edit: `catalogue/*.ftl`.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::{LazyLock, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use rustc_hash::{FxBuildHasher, FxHashMap};
use unic_langid::LanguageIdentifier;

use crate::text::Lang;

/// The messages of a language.
pub(crate) struct Catalogue {
    /// What puts something in; the messages are kept beside it.
    bundle: FluentBundle<FluentResource>,
    messages: FxHashMap<&'static str, Message>,
}

/// A message, which is read when it is asked for first: a run needs few of them.
struct Message {
    source: &'static str,
    read: OnceLock<Option<Read>>,
}

/// What a message says.
struct Read {
    pattern: Pattern<&'static str>,
    /// Its text, if nothing is put in.
    word: Option<Cow<'static, str>>,
}

static ZH: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::new("zh-CN", include_str!("catalogue/zh.ftl")));
static EN: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::new("en", include_str!("catalogue/en.ftl")));

/// The titles of the columns of items in a workbook, as messages: by these a report is known again.
pub(crate) const ITEMS_SHEET: [&str; 16] = [
    "region",
    "year",
    "clause",
    "indicator",
    "group",
    "target",
    "value",
    "measured_in",
    "state",
    "worth",
    "points",
    "sum",
    "lead",
    "support",
    "source",
    "note",
];

impl Catalogue {
    /// The messages of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }

    fn new(tag: &str, source: &'static str) -> Self {
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks around what is put in would stand in every file that is written.
        bundle.set_use_isolating(false);
        Self { bundle, messages: messages(source) }
    }

    /// What a message says; none where there is no such message, which a test rules out.
    fn read(&self, id: &str) -> Option<&Read> {
        self.messages.get(id)?.read()
    }

    /// A message in which nothing is put in; its name where there is none.
    pub(crate) fn word(&'static self, id: &'static str) -> &'static str {
        let word = self.read(id).and_then(|read| read.word.as_deref());
        debug_assert!(word.is_some(), "{id} is no word");
        word.unwrap_or(id)
    }

    /// A message with texts put in.
    pub(crate) fn say(&self, id: &str, args: &[(&str, &dyn Display)]) -> String {
        let args = args.iter().map(|(name, text)| (*name, text.to_string()));
        self.put_in(id, &args.collect())
    }

    /// A message that counts something, `$count`.
    pub(crate) fn count(&self, id: &str, count: i64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        self.put_in(id, &args)
    }

    fn put_in(&self, id: &str, args: &FluentArgs<'_>) -> String {
        let text = self.format(id, args);
        debug_assert!(text.is_ok(), "{id}: {text:?}");
        text.unwrap_or_else(|_| id.to_owned())
    }

    /// A message with what is put in; what is wrong where it lacks any of that, or is not there.
    fn format(&self, id: &str, args: &FluentArgs<'_>) -> Result<String, Vec<FluentError>> {
        let read = self.read(id).ok_or_else(Vec::new)?;
        let mut faults = Vec::new();
        let text = self.bundle.format_pattern(&read.pattern, Some(args), &mut faults).into_owned();
        if faults.is_empty() { Ok(text) } else { Err(faults) }
    }
}

/// There are about so many messages.
const MESSAGES: usize = 400;

/// Where the messages of a file stand, by their names. A message begins a line with its name, and goes
/// on in lines that begin with a blank.
fn messages(source: &'static str) -> FxHashMap<&'static str, Message> {
    let goes_on = |end: &usize| source.as_bytes().get(end + 1) == Some(&b' ');
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).filter(|end| !goes_on(end));
    let mut begin = 0;
    let mut messages = FxHashMap::with_capacity_and_hasher(MESSAGES, FxBuildHasher);
    for end in ends {
        let message = source.get(begin..=end).unwrap_or_default();
        begin = end + 1;
        if let Some((name, _)) = message.split_once(' ')
            && name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        {
            messages.insert(name, Message { source: message, read: OnceLock::new() });
        }
    }
    messages
}

impl Message {
    fn read(&self) -> Option<&Read> {
        let read = || {
            if let Some(text) = self.plain() {
                let elements = vec![PatternElement::TextElement { value: text }];
                return Some(Read::of(Pattern { elements }));
            }
            let resource = parser::parse_runtime(self.source).ok()?;
            resource.body.into_iter().find_map(|entry| match entry {
                Entry::Message(message) => message.value.map(Read::of),
                _ => None,
            })
        };
        self.read.get_or_init(read).as_ref()
    }

    /// Its text, if it stands on one line and nothing is put in, as in most.
    fn plain(&self) -> Option<&'static str> {
        let text = self.source.get(self.source.find('=')? + 1..)?.trim_matches([' ', '\r', '\n']);
        memchr::memchr3(b'{', b'}', b'\n', text.as_bytes()).is_none().then_some(text)
    }
}

impl Read {
    fn of(pattern: Pattern<&'static str>) -> Self {
        let word = text(&pattern);
        Self { pattern, word }
    }
}

/// The text of a message in which nothing is put in but quoted blanks.
fn text(pattern: &Pattern<&'static str>) -> Option<Cow<'static, str>> {
    let piece = |element: &PatternElement<&'static str>| match element {
        PatternElement::TextElement { value } => Some(*value),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => Some(*value),
        PatternElement::Placeable { .. } => None,
    };
    if let [element] = pattern.elements.as_slice() {
        return piece(element).map(Cow::Borrowed);
    }
    pattern.elements.iter().map(piece).collect::<Option<String>>().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// The code that asks for messages.
    const CODE: [&str; 33] = [
        include_str!("report/words.rs"),
        include_str!("assessment/absence.rs"),
        include_str!("assessment/state.rs"),
        include_str!("assessment/sum.rs"),
        include_str!("data.rs"),
        include_str!("data/input.rs"),
        include_str!("plan/comparison.rs"),
        include_str!("plan/target.rs"),
        include_str!("report/change.rs"),
        include_str!("report/compare/regions.rs"),
        include_str!("report/compare/bridge.rs"),
        include_str!("report/compare/cause.rs"),
        include_str!("report/compare/causes.rs"),
        include_str!("report/compare.rs"),
        include_str!("report/compare/mover.rs"),
        include_str!("report/compare/moving.rs"),
        include_str!("report/compare/different.rs"),
        include_str!("report/compare/groups.rs"),
        include_str!("report/compare/head.rs"),
        include_str!("report/compare/lines.rs"),
        include_str!("report/compare/moved.rs"),
        include_str!("report/compare/overview.rs"),
        include_str!("report/compare/plan_change.rs"),
        include_str!("report/compare/shared.rs"),
        include_str!("report/compare/single.rs"),
        include_str!("report/compare/why.rs"),
        include_str!("report/readings.rs"),
        include_str!("report/result.rs"),
        include_str!("report/result/assessed.rs"),
        include_str!("report/result/assessment.rs"),
        include_str!("report/result/item.rs"),
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

    /// What is read message by message is what the whole file says.
    #[test]
    fn every_message_is_found() {
        for source in [include_str!("catalogue/zh.ftl"), include_str!("catalogue/en.ftl")] {
            let found = super::messages(source);
            let whole = parser::parse_runtime(source).unwrap();
            assert_eq!(found.len(), whole.body.len());
            for entry in whole.body {
                let Entry::Message(message) = entry else { panic!("{entry:?}") };
                let read = found[message.id.name].read().unwrap();
                assert_eq!(Some(&read.pattern), message.value.as_ref(), "{}", message.id.name);
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
        assert_eq!(differ, ["calendar_day", "rule_bonus", "rule_bonus_up_to", "rule_off"]);
        assert!(zh.len() > 100);
    }

    /// Each text in quotes, behind the code before it.
    fn quoted(code: &str) -> Vec<(String, String)> {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "").replace("'\"'", "");
        let pieces: Vec<_> = code.split('"').collect();
        let pairs = pieces.chunks_exact(2);
        pairs.map(|pair| (pair[0].trim_end().to_owned(), pair[1].to_owned())).collect()
    }

    /// The fields of the words of reports.
    fn fields() -> Vec<String> {
        let (words, _) = CODE[0].split_once("words! {").unwrap().1.split_once("\n}").unwrap();
        let fields = words.lines().filter_map(|line| line.trim().strip_suffix(','));
        fields.map(str::to_owned).collect()
    }

    /// The messages of a family begin alike: `state_met`, `state_missed`.
    fn family(name: &str) -> Option<&str> {
        name.split_once('_').map(|(family, _)| family)
    }

    /// What is asked for is there, and what is there is asked for.
    #[test]
    fn every_message_is_used() {
        let en = messages(include_str!("catalogue/en.ftl"));
        let families: BTreeSet<_> = en.keys().filter_map(|name| family(name)).collect();
        // A call names a message, if it is a name at all; so does an arm, if it is of a family.
        let is_name = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
        let names = CODE.into_iter().flat_map(quoted).filter(|(before, text)| {
            let calls = ["say(", "word(", "count("].iter().any(|call| before.ends_with(call));
            let arms = ["=>", "{"].iter().any(|arm| before.ends_with(arm));
            let is_family = family(text).is_some_and(|family| families.contains(family));
            let is_asked = is_name(text) && (calls || arms && is_family);
            is_asked || en.contains_key(text.as_str())
        });
        let used: BTreeSet<_> = fields().into_iter().chain(names.map(|(_, text)| text)).collect();
        let unused: Vec<_> = en.keys().filter(|name| !used.contains(**name)).collect();
        assert!(unused.is_empty(), "{unused:?}");
        let lacking: Vec<_> = used.iter().filter(|name| !en.contains_key(name.as_str())).collect();
        assert!(lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn nothing_is_put_in_a_word() {
        let en = messages(include_str!("catalogue/en.ftl"));
        let words = CODE.into_iter().flat_map(quoted);
        let words = words.filter(|(before, _)| before.ends_with("word(")).map(|(_, text)| text);
        for word in fields().into_iter().chain(words) {
            assert!(en[word.as_str()].is_empty(), "{word}");
            for catalogue in [Lang::Zh, Lang::En].map(Catalogue::of) {
                assert!(catalogue.read(&word).unwrap().word.is_some(), "{word}");
            }
        }
    }

    #[test]
    fn a_language_counts_in_its_manner() {
        let [zh, en] = [Lang::Zh, Lang::En].map(Catalogue::of);
        assert_eq!([1, 2].map(|count| en.count("days", count)), ["1 day", "2 days"]);
        assert_eq!([1, 2].map(|count| zh.count("days", count)), ["1 天", "2 天"]);
    }
}
