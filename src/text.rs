//! Texts for people, in one language or two.

mod wrap;

pub(crate) use self::wrap::line_count;

/// A language that reports are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Its code, as in `--lang` and in the tables of a target file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// What stands between the ends of a range: `6～9`, `6–9`.
    pub fn dash(self) -> &'static str {
        match self {
            Self::Zh => "～",
            Self::En => "–",
        }
    }
}

/// A text for people: one string for every language, or one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The same in every language: `"PM2.5"`.
    Plain(String),
    /// One a language: `{ zh = "优秀", en = "excellent" }`.
    Both {
        /// Chinese.
        zh: String,
        /// English.
        en: String,
    },
}

impl Text {
    /// The text in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Self::Plain(text), _) => text,
            (Self::Both { zh, .. }, Lang::Zh) => zh,
            (Self::Both { en, .. }, Lang::En) => en,
        }
    }

    /// Every wording, for looking a name up.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Plain(text) => (text, None),
            Self::Both { zh, en } => (zh, Some(en)),
        };
        std::iter::once(first.as_str()).chain(second.map(String::as_str))
    }
}
