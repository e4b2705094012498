//! Looking over target files: rules as data, what is allowed, and what is found.

mod allow;
mod levels;
mod page;
mod rule;
mod rules;

use std::borrow::Cow;
use std::cell::OnceCell;

use jiff::civil::Date;

pub use self::levels::{Levels, Setting};
pub use self::page::{list, page};
pub use self::rule::{By, Nature, Rule};
pub use self::rules::RULES;
use crate::diagnostic::{Diagnostic, Findings, Level};
use crate::plan::{Book, Indicator, Outline, Plan, Spot};
use crate::source::{Place, Source};
use crate::spelling::nearest;
use crate::year::{Year, Years};

/// A plan and its letters that were read, to be looked over.
pub struct Checked<'a> {
    /// What was read.
    pub book: &'a Book,
    /// The day on which it is looked over.
    pub today: Date,
    /// The plan's file.
    file: &'a Outline<'a>,
    /// The letters.
    pub letters: &'a [Outline<'a>],
    years: OnceCell<Vec<(Year, Cow<'a, Plan>)>>,
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// What is said of a code that no rule has.
pub fn no_rule(code: &str) -> String {
    match nearest(code, RULES.iter().map(|rule| rule.code)).first() {
        Some(near) => format!("no rule is `{code}`; did you mean `{near}`?"),
        None => format!("no rule is `{code}`; `assess check --explain all` lists them"),
    }
}

/// What is found in a plan and its letters, given their files with the plan's first; `today` is the
/// day by which what was to come is late. What a file allows is left out, and `levels` goes before
/// what the plan says of them.
pub fn check(plan: &Source, letters: &[Source], levels: &Levels, today: Date) -> Findings {
    let file = Outline::of(plan);
    let letters: Vec<_> = letters.iter().map(Outline::of).collect();
    let book = match Book::of(&file, &letters) {
        Ok(book) => book,
        Err(found) => return found,
    };
    let checked = Checked::of(&book, &file, &letters, today);
    let files = checked.files();
    let mut found = book.warnings().to_vec();
    let levels = levels.over(Levels::of_plan(&checked, &mut found));
    // What is left out need not be looked for, but where comments may be about it.
    let is_wanted = |rule: &Rule| !levels.allow(rule.code) || allow::has_comments(&files);
    for rule in RULES.iter().filter(|rule| is_wanted(rule)) {
        if let By::Look(look) = rule.by {
            look(&checked, &mut found);
        }
    }
    Findings::sorted(allow::settle(found, &files, &levels))
}

/// What the reader warns of, without what the files allow.
pub fn warnings(book: &Book, plan: &Outline<'_>, letters: &[Outline<'_>]) -> Vec<Diagnostic> {
    let warnings = book.warnings().iter().filter(|found| found.level > Level::Note);
    let warnings: Vec<_> = warnings.cloned().collect();
    if warnings.is_empty() {
        return warnings;
    }
    let checked = Checked::of(book, plan, letters, Date::MIN);
    let levels = Levels::of_plan(&checked, &mut Vec::new());
    let mut kept = allow::without_allowed(warnings, &checked.files());
    kept.retain(|finding| !levels.allow(finding.code));
    kept
}

impl<'a> Checked<'a> {
    fn of(book: &'a Book, file: &'a Outline<'a>, letters: &'a [Outline<'a>], today: Date) -> Self {
        Self { book, today, file, letters, years: OnceCell::new() }
    }
}

impl Checked<'_> {
    /// The value of a key at the top of the plan's file.
    pub fn top(&self, key: &str) -> Option<Spot<'_>> {
        self.file.get(key)
    }

    /// The table of an item, in the plan or the letter that adds it.
    pub fn item(&self, item: &Indicator) -> Option<Spot<'_>> {
        self.table("indicator", &item.id)
    }

    /// The table of a list, such as `[[group]]`, that has an id.
    pub fn table(&self, list: &str, id: &str) -> Option<Spot<'_>> {
        self.outlines().find_map(|file| file.by_id(list, id))
    }

    /// Where the target of some years stands; else where an item's targets do.
    pub fn place_of_target(&self, item: &Indicator, years: Years) -> Place {
        let targets = self.item(item).and_then(|table| table.get("targets"));
        let of_years = |(key, ..): &(&str, Place, Spot<'_>)| key.parse() == Ok(years);
        let target = targets.and_then(|(_, targets)| targets.entries().find(of_years));
        target.map_or_else(|| self.place_in_item(item, "targets"), |(_, _, spot)| spot.place())
    }

    /// The plan for its own region in each of its years.
    pub fn years(&self) -> &[(Year, Cow<'_, Plan>)] {
        self.years.get_or_init(|| {
            let about = self.book.plan().about();
            about.years.iter().map(|year| (year, self.book.at(&about.region, year))).collect()
        })
    }

    /// The years in which the plan neither sets a target of an item nor says that one is pending,
    /// and those in which it does; of an item that a letter adds, none.
    pub fn years_by_target(&self, index: usize) -> (Vec<Year>, Vec<Year>) {
        let item = self.book.plan().indicators().get(index);
        if item.is_none_or(|item| item.targets.is_empty()) {
            return (Vec::new(), Vec::new());
        }
        let has_none = |(year, plan): &&(Year, Cow<'_, Plan>)| {
            plan.indicators().get(index).is_some_and(|item| item.target(*year).is_none())
        };
        let (unsaid, said): (Vec<_>, Vec<_>) = self.years().iter().partition(has_none);
        let years =
            |of: Vec<&(Year, Cow<'_, Plan>)>| of.into_iter().map(|(year, _)| *year).collect();
        (years(unsaid), years(said))
    }

    /// Where a key of an item's table has its value; where it is not there, the table's head.
    pub fn place_in_item(&self, item: &Indicator, key: &str) -> Place {
        self.place_in(self.item(item), key)
    }

    /// Where a key of a table has its value; where it is not there, the table's head.
    pub fn place_in(&self, table: Option<Spot<'_>>, key: &str) -> Place {
        let value = table.and_then(|table| table.get(key)).map(|(_, value)| value);
        value.or(table).map_or_else(|| self.start(), Spot::place)
    }

    fn files(&self) -> Vec<&Source> {
        self.outlines().map(Outline::source).collect()
    }

    fn outlines(&self) -> impl Iterator<Item = &Outline<'_>> {
        std::iter::once(self.file).chain(self.letters)
    }

    /// Where the plan's file begins.
    fn start(&self) -> Place {
        self.file.start()
    }
}
