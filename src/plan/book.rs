//! A plan with all that amends it, and how it is for a region in a year.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, ItemChange, What};
use super::comparison::{Anchor, Comparison};
use super::indicator::Indicator;
use super::outline::Outline;
use super::rule::Method;
use super::target::{Ask, Target};
use super::{Plan, read};
use crate::diagnostic::{Diagnostic, Findings, Level};
use crate::source::{Place, Source};
use crate::spelling::fold_name;
use crate::year::Year;

/// A plan with its letters (年度文件), and what it changes itself by region and year.
#[derive(Clone, Debug)]
pub struct Book {
    plan: Plan,
    /// In the order in which they take effect.
    changes: Vec<Change>,
    /// The layer of each letter, as they were given.
    layers: Vec<usize>,
    warnings: Vec<Diagnostic>,
}

impl Book {
    /// Reads a plan and the letters that amend it, in any order.
    ///
    /// # Errors
    ///
    /// Every fault of the plan; or, where it has none, every fault of the letters: what they
    /// change that is not there, that is so already, or that two of one date would have different.
    pub fn read(plan: &Source, letters: &[Source]) -> Result<Self, Findings> {
        let letters: Vec<_> = letters.iter().map(Outline::of).collect();
        Self::of(&Outline::of(plan), &letters)
    }

    /// Reads a plan and its letters, as [`read`](Self::read) does, where their outlines are needed
    /// for more.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn of(plan: &Outline<'_>, letters: &[Outline<'_>]) -> Result<Self, Findings> {
        let mut draft = read::plan(plan)?;
        let mut faults = Vec::new();
        let order = in_order(letters);
        for letter in &order {
            if let Err(found) = read::amend(letter, &mut draft) {
                faults.extend(found.to_vec());
            }
        }
        // What a letter with faults would change is not known, nor then what others change.
        let Some((plan, mut changes, places)) = draft.finish().filter(|_| faults.is_empty()) else {
            return Err(Findings::sorted(faults));
        };
        // Of one document, what it says of some regions goes before what it says of all.
        changes.sort_by_key(|change| (change.layer, !change.regions.is_empty()));
        // The plan itself is the first layer.
        let layer = |letter| order.iter().position(|other| std::ptr::eq(*other, letter));
        let layers = letters.iter().filter_map(|letter| Some(layer(letter)? + 1)).collect();
        let book = Self { plan, changes, layers, warnings: Vec::new() };
        let (faults, warnings) = Rehearsal::of(&book, &places);
        if faults.is_empty() {
            Ok(Self { warnings, ..book })
        } else {
            Err(Findings::sorted(faults))
        }
    }

    /// What a target file is, as far as the keys at its top tell.
    pub fn kind_of(source: &Source) -> FileKind {
        read::kind_of(source)
    }

    /// The plan before it is changed, with every item that it ever has.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The plan for a region in a year; itself, where nothing changes it.
    pub fn at(&self, region: &str, year: Year) -> Cow<'_, Plan> {
        if !self.has_changes() {
            return Cow::Borrowed(&self.plan);
        }
        let mut plan = self.plan.clone();
        for index in self.in_force(region, year) {
            if let Some(change) = self.changes.get(index) {
                change.apply(&mut plan);
            }
        }
        for index in 0..plan.indicators.len() {
            self.except_unasked(&mut plan, index, year);
        }
        Cow::Owned(plan)
    }

    /// The plan of the year before a year for a region, asking of this year what it asks of that one
    /// (上年方案): by it this year's values come to what they would come to, had the plan not
    /// changed. None of the first year, before which the plan asks nothing.
    pub(crate) fn before(&self, region: &str, year: Year) -> Option<Plan> {
        let former = year.before();
        if !self.has_before(year) {
            return None;
        }
        let mut plan = self.at(region, former).into_owned();
        plan.indicators.iter_mut().for_each(|item| item.ask_again(former));
        Some(plan)
    }

    /// Whether the year before a year is one of the plan's, too.
    pub fn has_before(&self, year: Year) -> bool {
        let years = self.plan.about.years;
        years.contains(year) && years.contains(year.before())
    }

    /// Whether a letter, given by its place among those that were read, has a say in what the plan asks of
    /// a year in any region.
    pub fn has_say(&self, letter: usize, year: Year) -> bool {
        let Some(layer) = self.layers.get(letter).copied() else { return false };
        let is_asked = |item: &Indicator| {
            item.targets.iter().any(|target| target.layer == layer && target.years.contains(year))
        };
        // A target may be a share of a later one, or take from others which way is better.
        let bears = |change: &Change| {
            change.years.contains(year)
                || change.what.is_of_targets()
                    && change.what.item().is_some_and(|index| self.rests_on_others(index, year))
        };
        let mut changes = self.changes.iter().filter(|change| change.layer == layer);
        self.plan.indicators.iter().any(is_asked) || changes.any(bears)
    }

    /// Whether a target that an item has in a year, for any region, is worked out from that of a later one, or
    /// leaves it to the others which way is better.
    fn rests_on_others(&self, index: usize, year: Year) -> bool {
        let Some(item) = self.plan.indicators.get(index) else { return false };
        let changed = self.changes.iter().filter_map(|change| match &change.what {
            What::Item(own, ItemChange::Target(target)) if *own == index => Some(target.as_ref()),
            _ => None,
        });
        let mut targets = item.targets.iter().chain(changed);
        targets.any(|target| {
            let is_a_share = |asked: &Comparison| {
                let from = asked.derived().map(|derived| derived.from);
                matches!(from, Some(Anchor::Target(_) | Anchor::WayTo(_)))
            };
            let is_open = |asked: &Comparison| {
                let is_used =
                    matches!(asked, Comparison::Scored) || item.rule.worse_than_last_year.is_some();
                is_used && item.better.is_none() && asked.better().is_none()
            };
            target.years.contains(year)
                && (target.comparison().is_some_and(is_open)
                    || target.comparisons().any(is_a_share))
        })
    }

    /// Leaves regions that nothing is asked of out of the ranking of an item.
    fn except_unasked(&self, plan: &mut Plan, index: usize, year: Year) {
        let Some(item) = plan.indicators.get_mut(index) else { return };
        let Method::Rank(rank) = &mut item.rule.method else { return };
        let is_unasked = |region: &&str| {
            let Some(mut there) = self.plan.indicators.get(index).cloned() else { return false };
            for change in self.changes.iter().filter(|change| change.is_for(region)) {
                change.apply_to_item(index, &mut there);
            }
            !there.target(year).is_some_and(|target| target.is_in_force(year))
        };
        let unasked = self.regions().into_iter().filter(is_unasked);
        rank.except = unasked.map(str::to_owned).collect();
    }

    /// Whether anything changes it, in any year or region.
    pub fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Which changes make the plan what it is for a region in a year: of two regions for which they
    /// are the same, so is the plan of that year.
    pub fn in_force(&self, region: &str, year: Year) -> Vec<usize> {
        let bears = |change: &Change| change.bears_on(year) && change.is_for(region);
        let changes = self.changes.iter().enumerate();
        changes.filter(|(_, change)| bears(change)).map(|(index, _)| index).collect()
    }

    /// What is odd about the letters and yet may be meant: a target that gets weaker, a change that
    /// takes the place of another letter's.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The regions that the plan or a letter names, for a change or for a ranking.
    pub fn named_regions(&self) -> Vec<&str> {
        let ranked = self.plan.indicators.iter().flat_map(|item| match &item.rule.method {
            Method::Rank(rank) => rank.among.as_slice(),
            _ => &[],
        });
        let mut regions = self.regions();
        regions.extend(ranked.map(String::as_str));
        let mut seen = BTreeSet::new();
        regions.retain(|region| seen.insert(fold_name(region)));
        regions
    }

    /// The regions that any change names.
    fn regions(&self) -> Vec<&str> {
        let mut regions: BTreeMap<String, &str> = BTreeMap::new();
        for region in self.changes.iter().flat_map(|change| &change.regions) {
            regions.entry(fold_name(region)).or_insert(region);
        }
        regions.into_values().collect()
    }
}

/// What a target file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A plan, with its id where that can be read.
    Plan(Option<String>),
    /// A letter.
    Letter {
        /// The id of the plan that it amends.
        amends: String,
        /// Where it says so.
        place: Place,
    },
}

/// The letters by the dates of their documents, and by name where these are the same.
fn in_order<'a, 's>(letters: &'a [Outline<'s>]) -> Vec<&'a Outline<'s>> {
    let mut order: Vec<_> = letters.iter().map(|letter| (read::date(letter), letter)).collect();
    order.sort_by(|a, b| (a.0, a.1.source().name()).cmp(&(b.0, b.1.source().name())));
    order.into_iter().map(|(_, letter)| letter).collect()
}

/// The code of a warning of a target that gets weaker.
const WEAKER: &str = "weaker-target";

/// The code of a note on a change that a later letter's takes the place of.
const OVERRIDDEN: &str = "overridden-change";

/// Every change applied for every year and every region that makes a difference.
struct Rehearsal<'a> {
    book: &'a Book,
    places: &'a [read::Places],
    /// By change, whether it ever changed anything.
    effective: Vec<bool>,
    /// By change, whether it was already said to loosen a target, or to contradict.
    said: Vec<bool>,
    /// The contradictions of items that were said.
    blamed: BTreeSet<(usize, String)>,
    faults: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Rehearsal<'a> {
    fn of(book: &'a Book, places: &'a [read::Places]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let count = book.changes.len();
        let (effective, said) = (vec![false; count], vec![false; count]);
        let (faults, warnings) = (Vec::new(), Vec::new());
        let mut rehearsal =
            Self { book, places, effective, said, blamed: BTreeSet::new(), faults, warnings };
        if count > 0 {
            let mut tried = BTreeSet::new();
            let regions = book.regions().into_iter().chain([""]);
            for region in regions {
                for year in book.plan.about().years.iter() {
                    if tried.insert((year, book.in_force(region, year))) {
                        rehearsal.run(region, year);
                    }
                }
            }
            rehearsal.refuse_idle();
        }
        (rehearsal.faults, rehearsal.warnings)
    }

    /// Changes the plan for a region and a year, one after the other.
    fn run(&mut self, region: &str, year: Year) {
        let book = self.book;
        let mut plan = book.plan.clone();
        let mut last: BTreeMap<_, usize> = BTreeMap::new();
        let mut changed = Vec::new();
        let in_force = book.in_force(region, year).into_iter();
        let in_force: Vec<_> =
            in_force.filter_map(|index| Some((index, book.changes.get(index)?))).collect();
        for &(index, change) in &in_force {
            if change.years.contains(year) {
                let earlier = change.what.subject().and_then(|of| last.insert(of, index));
                if !change.holds(&plan, year) {
                    changed.push((index, change));
                    match earlier {
                        Some(earlier) if self.are_equal(earlier, change) => {
                            self.refuse_quarrel(earlier, index);
                        }
                        Some(earlier) => self.note_override(earlier, change),
                        None => {}
                    }
                }
                self.warn_of_loosening(index, change, &plan, year);
            }
            change.apply(&mut plan);
        }
        for (index, change) in changed {
            if change.matters_to(&plan, year)
                && let Some(effective) = self.effective.get_mut(index)
            {
                *effective = true;
            }
        }
        self.refuse_contradictions(&plan, year, &in_force);
    }

    /// What contradicts itself once everything is changed, at the last change of it.
    fn refuse_contradictions(&mut self, plan: &Plan, year: Year, in_force: &[(usize, &Change)]) {
        for (index, item) in plan.indicators().iter().enumerate() {
            let is_changed = |change: &Change| change.what.is_of_item(index);
            if !self.book.changes.iter().any(is_changed) {
                continue;
            }
            let is_blamed = |change: &Change| is_changed(change) && change.what.bears_on_points();
            let own = in_force.iter().rev().find(|(_, change)| is_blamed(change));
            for fault in read::contradictions_in(item, year) {
                if !self.blamed.insert((index, fault.message().to_owned())) {
                    continue;
                }
                match (own, self.places.get(index)) {
                    (Some((at, _)), _) => self.say(*at, |change| fault.at(change.place.clone())),
                    (None, Some(places)) => self.faults.push(places.show(fault)),
                    (None, None) => {}
                }
            }
        }
        for &(at, change) in in_force.iter().rev() {
            if let Some((code, message, help)) = change.contradicts(plan) {
                self.say(at, |change| {
                    Diagnostic::error(code, message).at(change.place.clone(), "").help(help)
                });
            }
        }
    }

    /// Says something of a change, once.
    fn say(&mut self, index: usize, fault: impl FnOnce(&Change) -> Diagnostic) {
        if let (Some(said), Some(change)) = (self.said.get_mut(index), self.book.changes.get(index))
            && !*said
        {
            *said = true;
            self.faults.push(fault(change));
        }
    }

    /// Whether nothing says which of two changes holds: they are of one date, and neither is the
    /// more particular one of a single document.
    fn are_equal(&self, earlier: usize, later: &Change) -> bool {
        let layers = self.book.plan.layers();
        let date = |layer: usize| layers.get(layer).and_then(|layer| layer.date);
        self.book.changes.get(earlier).is_some_and(|earlier| {
            if earlier.layer == later.layer {
                earlier.regions.is_empty() == later.regions.is_empty()
            } else {
                date(earlier.layer) == date(later.layer)
            }
        })
    }

    /// Two changes of one date that would have the same thing different.
    fn refuse_quarrel(&mut self, earlier: usize, later: usize) {
        let Some(first) = self.book.changes.get(earlier) else { return };
        self.say(later, |second| {
            let message = "two changes of one date disagree";
            let fault = Diagnostic::error("changes-disagree", message);
            let fault = fault.at(second.place.clone(), "the second");
            let fault = fault.at(first.place.clone(), "the first");
            fault.help("keep one, or give the later letter its own date")
        });
    }

    /// A letter that changes what another had changed.
    fn note_override(&mut self, earlier: usize, later: &Change) {
        let Some(first) = self.book.changes.get(earlier) else { return };
        let are_letters = first.layer > 0 && later.layer > 0 && first.layer != later.layer;
        let is_said = self.warnings.iter().any(|said| {
            said.code == OVERRIDDEN && said.labels.first().is_some_and(|at| at.place == later.place)
        });
        if are_letters && !is_said {
            let message = "the change takes the place of an earlier letter's";
            let note = Diagnostic::new(Level::Note, OVERRIDDEN, message);
            let note = note.at(later.place.clone(), "this one holds");
            let note = note.at(first.place.clone(), "the earlier one");
            self.warnings.push(note.help("mend it, if both were to hold"));
        }
    }

    fn refuse_idle(&mut self) {
        let idle = self.effective.iter().enumerate().filter(|(_, effective)| !**effective);
        let idle: Vec<usize> = idle.map(|(index, _)| index).collect();
        for index in idle {
            self.say(index, |change| {
                let (message, help) = match &change.what {
                    What::Item(_, ItemChange::Waive(_) | ItemChange::Drop(_)) => (
                        "nothing is asked there that could be lifted",
                        "mend the years or the regions, or leave it out",
                    ),
                    What::Item(..) => (
                        "the plan already says so, or asks nothing of the item",
                        "mend it, or leave it out",
                    ),
                    _ => ("the plan already says so", "mend it, or leave it out"),
                };
                let message = format!("the change changes nothing: {message}");
                Diagnostic::error("changes-nothing", message)
                    .at(change.place.clone(), "")
                    .help(help)
            });
        }
    }

    fn warn_of_loosening(&mut self, index: usize, change: &Change, plan: &Plan, year: Year) {
        let What::Item(item, ItemChange::Target(new)) = &change.what else { return };
        if change.layer == 0 {
            // What the plan itself says of some regions is no loosening.
            return;
        }
        let old = plan.indicators().get(*item).and_then(|item| item.target(year));
        let Some(old) = old.and_then(Target::comparison) else { return };
        let known = self.warnings.iter().any(|warning| {
            let is_here = warning.labels.first().is_some_and(|label| label.place == change.place);
            warning.code == WEAKER && is_here
        });
        let is_weaker = match &new.ask {
            Ask::Firm(new) | Ask::Expected(new) => new.is_weaker_than(old),
            Ask::Pending(_) => true,
            Ask::Dropped(_) => false,
        };
        if known || !is_weaker || self.said.get(index).copied().unwrap_or_default() {
            return;
        }
        let new = new.comparison().map_or("pending".to_owned(), ToString::to_string);
        let message = format!("the target of {year} gets weaker: from `{old}` to `{new}`");
        let warning = Diagnostic::warning(WEAKER, message).at(change.place.clone(), "");
        self.warnings.push(warning.help("mend it, if that is not meant"));
    }
}
