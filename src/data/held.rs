//! The values of a region, held small: there may be hundreds of millions, and few say more than a
//! number and its line. Those stand in pages, twelve bytes each; the others are kept as they are.

use std::borrow::Cow;

use super::measured::Measured;
use super::{Origin, Value};
use crate::number::Short;
use crate::plan::{Plan, Quantity};
use crate::year::Year;

/// The values of a region, by year and in the plan's order.
#[derive(Clone, Debug)]
pub(super) struct Held {
    widths: Widths,
    /// By their keys.
    pages: Vec<Page>,
    /// What does not fit into a page, by its key.
    others: Vec<(Key, Measured)>,
}

/// A year and a quantity, small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(Year, bool, u32);

/// How many slots the pages of items and of inputs have, and how many years most likely have one.
#[derive(Clone, Copy, Debug)]
struct Widths {
    items: u32,
    inputs: u32,
    years: u32,
}

/// The plain values of quantities beside each other, in a year, from one file.
#[derive(Clone, Debug)]
struct Page {
    /// That of its first slot.
    key: Key,
    file: u32,
    slots: Box<[Slot]>,
}

/// A plain value and its line; none is there where the number is none.
#[derive(Clone, Copy, Debug)]
#[repr(Rust, packed(4))]
struct Slot {
    number: Option<Short>,
    line: u32,
}

impl Key {
    pub(super) fn new(year: Year, quantity: Quantity) -> Self {
        let (is_input, index) = match quantity {
            Quantity::Item(index) => (false, index),
            Quantity::Input(index) => (true, index),
        };
        // No plan has so many: its text would be longer than can be read.
        Self(year, is_input, u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn quantity(self) -> Quantity {
        let Self(_, is_input, index) = self;
        let index = index as usize;
        if is_input { Quantity::Input(index) } else { Quantity::Item(index) }
    }

    /// That of some slot of the page that this is the key of.
    fn behind(self, at: usize) -> Self {
        let Self(year, is_input, index) = self;
        Self(year, is_input, index + at as u32)
    }
}

impl Widths {
    /// Pages are full where a region has all values of a year, and little is wasted where it has few.
    fn of(plan: &Plan) -> Self {
        let width = |count: usize| {
            const MOST: usize = 64;
            let pages = count.div_ceil(MOST).max(1);
            count.div_ceil(pages).max(1) as u32
        };
        let years = plan.about().years.iter().count() as u32;
        Self { items: width(plan.indicators().len()), inputs: width(plan.inputs().len()), years }
    }

    /// The page that a value belongs into, by its key, and its slot there.
    fn place(self, Key(year, is_input, index): Key) -> (Key, usize) {
        let width = self.of_kind(is_input);
        // Most plans have a page for all that there is.
        let at = if index < width { index } else { index % width };
        (Key(year, is_input, index - at), at as usize)
    }

    fn of_kind(self, is_input: bool) -> u32 {
        if is_input { self.inputs } else { self.items }
    }
}

impl Page {
    fn measured(&self, at: usize) -> Option<Measured> {
        let Slot { number, line } = *self.slots.get(at)?;
        Some(Measured::new(Value::Number(number?.decimal()), Origin::plain(self.file, line)))
    }

    fn all(&self) -> impl Iterator<Item = (Key, Measured)> {
        let slots = 0..self.slots.len();
        slots.filter_map(|at| Some((self.key.behind(at), self.measured(at)?)))
    }
}

impl Held {
    pub(super) fn new(plan: &Plan) -> Self {
        Self { widths: Widths::of(plan), pages: Vec::new(), others: Vec::new() }
    }

    pub(super) fn get(&self, year: Year, quantity: Quantity) -> Option<Cow<'_, Measured>> {
        let key = Key::new(year, quantity);
        let plain = || {
            let (page, at) = self.widths.place(key);
            self.page(page).ok().and_then(|found| self.pages.get(found)?.measured(at))
        };
        self.other(key).map(Cow::Borrowed).or_else(|| plain().map(Cow::Owned))
    }

    /// A value of which there is more to say than its number and its line.
    pub(super) fn other(&self, key: Key) -> Option<&Measured> {
        if self.others.is_empty() {
            return None;
        }
        let at = find(&self.others, key, |(key, _)| *key).ok()?;
        self.others.get(at).map(|(_, measured)| measured)
    }

    /// Where a page is, or would be.
    fn page(&self, key: Key) -> Result<usize, usize> {
        find(&self.pages, key, |page| page.key)
    }

    /// Puts a value where there is none, or gives back it and the one that is there.
    pub(super) fn add(
        &mut self,
        key: Key,
        measured: Measured,
    ) -> Result<(), (&mut Measured, Measured)> {
        let plain = measured.plain();
        if let Some((number, file, line)) = plain
            && self.other(key).is_none()
            && self.add_plain(key, number, (file, line))
        {
            return Ok(());
        }
        self.turn_out(key);
        match find(&self.others, key, |(key, _)| *key) {
            Ok(at) => match self.others.get_mut(at) {
                Some((_, first)) => Err((first, measured)),
                None => Ok(()),
            },
            Err(at) => {
                self.others.insert(at, (key, measured));
                Ok(())
            }
        }
    }

    /// Puts a plain value where there is none and a page has room for it.
    pub(super) fn add_plain(&mut self, key: Key, number: Short, (file, line): (u32, u32)) -> bool {
        let (first, at) = self.widths.place(key);
        let page = match self.page(first) {
            Ok(page) => page,
            Err(page) => {
                let width = self.widths.of_kind(first.1) as usize;
                let slots = vec![Slot { number: None, line: 0 }; width].into_boxed_slice();
                if self.pages.is_empty() {
                    self.pages.reserve_exact(self.widths.years as usize);
                }
                self.pages.insert(page, Page { key: first, file, slots });
                page
            }
        };
        let is_other = !self.others.is_empty() && self.other(key).is_some();
        let page = self.pages.get_mut(page).filter(|page| page.file == file && !is_other);
        let slot = page.and_then(|page| page.slots.get_mut(at));
        let Some(slot) = slot.filter(|slot| { slot.number }.is_none()) else { return false };
        *slot = Slot { number: Some(number), line };
        true
    }

    /// Puts what stands in a page among the others.
    fn turn_out(&mut self, key: Key) {
        let (first, at) = self.widths.place(key);
        let Ok(page) = self.page(first) else { return };
        let Some(page) = self.pages.get_mut(page) else { return };
        let Some(measured) = page.measured(at) else { return };
        if let Some(slot) = page.slots.get_mut(at) {
            slot.number = None;
        }
        if let Err(at) = find(&self.others, key, |(key, _)| *key) {
            self.others.insert(at, (key, measured));
        }
    }

    /// Those of a year.
    pub(super) fn of_year(&self, year: Year) -> impl Iterator<Item = Quantity> {
        let plain = self.pages.iter().filter(move |page| page.key.0 == year).flat_map(Page::all);
        let others = self.others.iter().filter(move |(key, _)| key.0 == year);
        let keys = plain.map(|(key, _)| key).chain(others.map(|(key, _)| *key));
        keys.map(Key::quantity)
    }

    /// Those of a year of which there is more to say than a number and a line, in the plan's order.
    pub(super) fn others_of_year(&self, year: Year) -> impl Iterator<Item = (Quantity, &Measured)> {
        let of_year = self.others.iter().filter(move |(key, _)| key.0 == year);
        of_year.map(|(key, measured)| (key.quantity(), measured))
    }

    /// The last year of which there is one.
    pub(super) fn latest_year(&self) -> Option<Year> {
        let plain = self.pages.iter().flat_map(Page::all).map(|(key, _)| key);
        plain.chain(self.others.iter().map(|(key, _)| *key)).map(|key| key.0).max()
    }

    /// Frees what was held ready for more.
    pub(super) fn close(&mut self) {
        self.pages.shrink_to_fit();
        self.others.shrink_to_fit();
    }
}

/// Adds plain values of a region that are beside each other, one after the other.
pub(super) struct Adding<'h> {
    held: &'h mut Held,
    file: u32,
    /// Where the page of the last value is.
    page: usize,
}

impl<'h> Adding<'h> {
    pub(super) fn to(held: &'h mut Held, file: u32) -> Self {
        Self { held, file, page: 0 }
    }

    /// Puts a value where there is none and a page has room for it.
    pub(super) fn add(&mut self, key: Key, number: Short, line: u32) -> bool {
        let (first, at) = self.held.widths.place(key);
        let page = self.held.pages.get_mut(self.page);
        let page = page.filter(|page| page.key == first && page.file == self.file);
        if let Some(page) = page.filter(|_| self.held.others.is_empty())
            && let Some(slot) = page.slots.get_mut(at)
            && { slot.number }.is_none()
        {
            *slot = Slot { number: Some(number), line };
            return true;
        }
        let is_added = self.held.add_plain(key, number, (self.file, line));
        self.page = self.held.page(first).unwrap_or_default();
        is_added
    }
}

/// Reads the numbers of a region in a year, one after the other.
pub(super) struct Numbers<'h> {
    held: &'h Held,
    page: Option<&'h Page>,
}

impl<'h> Numbers<'h> {
    pub(super) fn of(held: &'h Held) -> Self {
        Self { held, page: None }
    }

    /// The number of a value, if there is one; none where it is no number or a long one.
    pub(super) fn get(&mut self, key: Key) -> Option<Option<Short>> {
        if let Some(other) = self.held.other(key) {
            return match other.value {
                Value::Number(number) | Value::Progress(number) => Short::of(number).map(Some),
                Value::Class(_) | Value::NotApplicable(_) => None,
            };
        }
        let (first, at) = self.held.widths.place(key);
        if self.page.is_none_or(|page| page.key != first) {
            let page = self.held.page(first);
            self.page = page.ok().and_then(|page| self.held.pages.get(page));
        }
        let page = self.page.filter(|page| page.key == first);
        Some(page.and_then(|page| page.slots.get(at)?.number))
    }
}

/// Where something of a key is among others in their order, or would be.
fn find<T>(all: &[T], key: Key, key_of: impl Fn(&T) -> Key) -> Result<usize, usize> {
    // Files have their rows in order, mostly.
    match all.last().map(&key_of) {
        Some(last) if last == key => Ok(all.len() - 1),
        Some(last) if last > key => all.binary_search_by_key(&key, key_of),
        _ => Err(all.len()),
    }
}
