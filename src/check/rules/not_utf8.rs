//! `not-utf8`

use crate::check::rule::{By, Nature, Rule};
use crate::diagnostic::Level;

pub(in crate::check) const RULE: Rule = Rule {
    code: "not-utf8",
    level: Level::Error,
    nature: Nature::Fact,
    summary: "A target file is not in UTF-8.",
    why: "It was saved by an editor in GBK. A target file is law that is kept for years: it \
          has one encoding, so that nobody's machine reads other signs. Save it in UTF-8.",
    bad: "",
    good: "",
    fix: None,
    by: By::Reader,
};
