//! What of the two results as a whole is said before anything else: their files, plans and days.

use std::collections::BTreeSet;

use super::plan_change::asks_otherwise;
use super::{Comparison, dashed};
use crate::number::show;
use crate::report::change::{What, changes};
use crate::report::result::{Assessed, Published};
use crate::report::words::Words;
use crate::spelling::{one_line, printable};

impl<'a> Comparison<'a> {
    /// The two results, and what of their inputs and their plan is another.
    pub(super) fn head(&self, words: &Words) -> Vec<(String, String)> {
        let [before, after] = self.results;
        let name = |result: &Published, name: &str| {
            let supposed = if result.supposed().is_empty() { "" } else { words.no_result };
            let as_of = result.as_of().map(|day| words.with_aside(words.provisional, day));
            let as_of = as_of.map(|text| format!("{}{text}", words.comma)).unwrap_or_default();
            let text = format!("{name}{}{}{supposed}{as_of}", words.comma, result.plan().id);
            printable(&one_line(&text))
        };
        let [old, new] = self.names;
        let mut lines = vec![
            (words.before_that.to_owned(), name(before, old)),
            (words.after_that.to_owned(), name(after, new)),
        ];
        if self.by_codes {
            lines.push((words.texts.to_owned(), words.two_languages.to_owned()));
        } else if after.lang() != self.lang {
            lines.push((words.texts.to_owned(), words.other_language.to_owned()));
        }
        if !self.regions.is_empty() {
            let regions = printable(&self.regions.join(words.list_comma));
            lines.push((words.region.to_owned(), regions));
        }
        if let Some(unit) = after.unit() {
            let name = words.unit.to_owned();
            lines.push((name, printable(unit)));
        }
        const HASH: &str = "SHA-256";
        let files = [words.word("plan_files"), words.inputs];
        let [plan, inputs] = files.map(|of| words.with_aside(of, HASH));
        let of_years = |otherwise: bool, id: &'static str| match otherwise {
            true => words.with_aside(words.the_same, words.word(id)),
            false => words.the_same.to_owned(),
        };
        let plans = files_from_to(&self.target_files(words), words);
        let same_plan = || of_years(self.asks_otherwise(), "asks_otherwise");
        lines.push((plan, plans.unwrap_or_else(same_plan)));
        let values = files_from_to(&self.input_files(), words);
        let same_values = || of_years(self.has_other_values(), "has_other_values");
        lines.push((inputs, values.unwrap_or_else(same_values)));
        let from_to =
            |[old, new]: [String; 2]| printable(&format!("{} → {}", dashed(old), dashed(new)));
        for fact in self.facts(words) {
            lines.push((fact.name.to_owned(), from_to([fact.before, fact.after])));
        }
        if before.version() != after.version() {
            let versions = self.results.map(|result| result.version().to_owned());
            lines.push(("assess".to_owned(), from_to(versions)));
        }
        lines
    }

    /// Whether the plan asks something else of a later year, or counts it otherwise.
    fn asks_otherwise(&self) -> bool {
        self.other_years().any(|(before, after)| {
            before.has_other_rules(after)
                || changes(&before.compared, &after.compared).iter().any(asks_otherwise)
        })
    }

    /// Whether an item has another value in a later year.
    fn has_other_values(&self) -> bool {
        self.other_years().any(|(before, after)| {
            let changes = changes(&before.compared, &after.compared);
            let mut what = changes.iter().flat_map(|change| &change.what);
            what.any(|(what, ..)| *what == What::Value)
        })
    }

    /// The pairs of two different years.
    fn other_years(&self) -> impl Iterator<Item = &(Assessed, Assessed)> {
        self.pairs().filter(|(before, after)| before.compared.year != after.compared.year)
    }

    /// The files of each plan with their hashes.
    fn target_files(&self, words: &Words) -> [Named<'a>; 2] {
        self.results.map(|of| {
            let plan = of.plan();
            let own = (plan.file.as_deref().unwrap_or(words.built_in), plan.sha256.as_str());
            let letters = plan.letters.iter().map(|one| (one.file.as_str(), one.sha256.as_str()));
            std::iter::once(own).chain(letters).collect()
        })
    }

    /// The files of values of each result with their hashes.
    fn input_files(&self) -> [Named<'a>; 2] {
        self.results.map(|of| {
            of.measured().map(|input| (input.file.as_str(), input.sha256.as_str())).collect()
        })
    }

    /// What of the plan, and of what the results are, is another.
    pub(super) fn facts(&self, words: &Words) -> Vec<Fact> {
        let comma = words.comma;
        let only = |of: &Published, other: &Published| {
            let own = of.plan().readings.iter();
            let own = own.filter(|reading| !other.plan().readings.contains(reading));
            own.cloned().collect::<Vec<_>>().join(comma)
        };
        let standing = |of: &Published| {
            let provisional =
                of.as_of().map(|day| words.with_aside(words.provisional, day)).into_iter();
            let supposed = of.supposed().iter();
            let supposed = supposed.map(|one| {
                format!("{}{}{} = {}", words.supposed, words.colon, one.item, one.value)
            });
            let all: Vec<String> = provisional.chain(supposed).collect();
            if all.is_empty() { words.final_result.to_owned() } else { all.join(comma) }
        };
        let documents = |of: &Published| {
            let documents = of.plan().layers.iter();
            let names = documents.map(|one| {
                one.number
                    .as_ref()
                    .or(one.date.as_ref())
                    .map_or(words.word("the_plan"), |name| name)
            });
            names.collect::<Vec<_>>().join(" + ")
        };
        let [before, after] = self.results;
        let facts = [
            Fact::new("plan", words.plan, self.results.map(|of| of.plan().id.clone())),
            Fact::new("standing", words.standing, self.results.map(standing)),
            Fact::new("documents", words.word("plan_documents"), self.results.map(documents)),
            Fact::new(
                "total",
                words.scale,
                self.results.map(|of| show(of.plan().total.normalize())),
            ),
            Fact::new("readings", words.readings, [only(before, after), only(after, before)]),
        ];
        let says = |fact: &Fact| !(self.by_codes && fact.code == "readings");
        facts.into_iter().filter(says).filter(|fact| fact.before != fact.after).collect()
    }

    /// That two results are the same in all that is compared, and which of their files are not.
    pub(super) fn nothing_changed(&self, words: &Words) -> String {
        let is_other = [self.target_files(words), self.input_files()]
            .map(|[old, new]| hashes(&old) != hashes(&new));
        match is_other {
            [false, false] => words.nothing_changed.to_owned(),
            [true, false] => words.nothing_compared.to_owned(),
            [false, true] => words.word("nothing_compared_of_inputs").to_owned(),
            [true, true] => words.word("nothing_compared_of_all").to_owned(),
        }
    }
}

/// Something of the plan, or of what the results are, that is another.
pub(super) struct Fact {
    pub(super) code: &'static str,
    name: &'static str,
    pub(super) before: String,
    pub(super) after: String,
}

impl Fact {
    fn new(code: &'static str, name: &'static str, [before, after]: [String; 2]) -> Self {
        Self { code, name, before, after }
    }
}

type Named<'a> = Vec<(&'a str, &'a str)>;

fn hashes<'f>(files: &Named<'f>) -> BTreeSet<&'f str> {
    files.iter().map(|(_, sha256)| *sha256).collect()
}

/// Which files are others, by the beginnings of their hashes; none where they are the same.
fn files_from_to([old, new]: &[Named<'_>; 2], words: &Words) -> Option<String> {
    let short = |sha256: &str| sha256.chars().take(12).collect::<String>();
    let (had, has) = (hashes(old), hashes(new));
    if had == has {
        return None;
    }
    let gone = old.iter().filter(|(_, sha256)| !has.contains(sha256));
    let came = new.iter().filter(|(_, sha256)| !had.contains(sha256));
    let (mut gone, mut came): (Vec<_>, Vec<_>) = (gone.collect(), came.collect());
    let mut told = Vec::new();
    gone.retain(|(name, old)| {
        let Some(at) = came.iter().position(|(other, _)| other == name) else { return true };
        let (_, new) = came.remove(at);
        told.push(format!("{name} {} → {}", short(old), short(new)));
        false
    });
    let named = |files: &[&(&str, &str)]| {
        let files = files.iter().map(|(name, sha256)| format!("{name} {}", short(sha256)));
        dashed(files.collect::<Vec<_>>().join(words.list_comma))
    };
    if !gone.is_empty() || !came.is_empty() {
        told.push(format!("{} → {}", named(&gone), named(&came)));
    }
    Some(printable(&told.join(words.comma)))
}
