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
    /// How many pages and slots it is likely to have.
    likely: [usize; 2],
    /// By their keys.
    pages: Vec<Page>,
    /// The slots of all pages, in the order in which these came.
    slots: Vec<Slot>,
    /// What does not fit into a page, by its key.
    others: Vec<(Key, Measured)>,
}

/// A year and a quantity, small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(Year, bool, u32);

/// How many slots the pages of items and of inputs have.
#[derive(Clone, Copy, Debug)]
struct Widths {
    items: u32,
    inputs: u32,
}

/// The plain values of quantities beside each other, in a year, from one file.
#[derive(Clone, Copy, Debug)]
struct Page {
    /// That of its first slot.
    key: Key,
    file: u32,
    /// Where its slots begin.
    start: u32,
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
        Self { items: width(plan.indicators().len()), inputs: width(plan.inputs().len()) }
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

impl Held {
    /// Nothing as yet, with the room that another region came to need: files have the same of each.
    pub(super) fn new(plan: &Plan, like: Option<&Self>) -> Self {
        let (pages, slots, others) = Default::default();
        let likely = like.map(|like| [like.pages.len(), like.slots.len()]).unwrap_or_default();
        Self { widths: Widths::of(plan), likely, pages, slots, others }
    }

    pub(super) fn get(&self, year: Year, quantity: Quantity) -> Option<Cow<'_, Measured>> {
        let key = Key::new(year, quantity);
        let plain = || {
            let (page, at) = self.widths.place(key);
            self.page(page).ok().and_then(|found| self.measured(self.pages.get(found)?, at))
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

    /// The slots of a page.
    fn slots(&self, page: &Page) -> &[Slot] {
        let width = self.widths.of_kind(page.key.1);
        self.slots.get(page.start as usize..(page.start + width) as usize).unwrap_or_default()
    }

    fn slot_mut(&mut self, page: &Page, at: usize) -> Option<&mut Slot> {
        self.slots.get_mut(page.start as usize + at)
    }

    fn measured(&self, page: &Page, at: usize) -> Option<Measured> {
        let Slot { number, line } = *self.slots(page).get(at)?;
        Some(Measured::new(Value::Number(number?.decimal()), Origin::plain(page.file, line)))
    }

    /// The keys of the values in a page.
    fn keys(&self, page: &Page) -> impl Iterator<Item = Key> {
        let first = page.key;
        let slots = self.slots(page).iter().enumerate();
        slots.filter_map(move |(at, slot)| { slot.number }.map(|_| first.behind(at)))
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
                let Ok(start) = u32::try_from(self.slots.len()) else { return false };
                self.open(first);
                self.pages.insert(page, Page { key: first, file, start });
                page
            }
        };
        let is_other = !self.others.is_empty() && self.other(key).is_some();
        let page = self.pages.get(page).copied();
        let Some(page) = page.filter(|page| page.file == file && !is_other) else { return false };
        let slot = self.slot_mut(&page, at);
        let Some(slot) = slot.filter(|slot| { slot.number }.is_none()) else { return false };
        *slot = Slot { number: Some(number), line };
        true
    }

    /// Makes the slots of one more page.
    fn open(&mut self, first: Key) {
        let width = self.widths.of_kind(first.1) as usize;
        let [pages, slots] = self.likely;
        if self.pages.capacity() == self.pages.len() {
            self.pages.reserve_exact(pages.saturating_sub(self.pages.len()).max(1));
        }
        if self.slots.capacity() - self.slots.len() < width {
            let more = slots.saturating_sub(self.slots.len()).max(self.slots.len() / 4);
            self.slots.reserve_exact(more.max(width));
        }
        self.slots.resize(self.slots.len() + width, Slot { number: None, line: 0 });
    }

    /// Puts what stands in a page among the others.
    fn turn_out(&mut self, key: Key) {
        let (first, at) = self.widths.place(key);
        let Ok(page) = self.page(first) else { return };
        let Some(page) = self.pages.get(page).copied() else { return };
        let Some(measured) = self.measured(&page, at) else { return };
        if let Some(slot) = self.slot_mut(&page, at) {
            slot.number = None;
        }
        if let Err(at) = find(&self.others, key, |(key, _)| *key) {
            self.others.insert(at, (key, measured));
        }
    }

    /// Whether there is one of a year. A page is opened for a value, and what is turned out of it is
    /// among the others.
    pub(super) fn has_year(&self, year: Year) -> bool {
        self.pages.iter().any(|page| page.key.0 == year)
            || self.others.iter().any(|(key, _)| key.0 == year)
    }

    /// Those of a year of which there is more to say than a number and a line, in the plan's order.
    pub(super) fn others_of_year(&self, year: Year) -> impl Iterator<Item = (Quantity, &Measured)> {
        let of_year = self.others.iter().filter(move |(key, _)| key.0 == year);
        of_year.map(|(key, measured)| (key.quantity(), measured))
    }

    /// The last year of which there is one.
    pub(super) fn latest_year(&self) -> Option<Year> {
        let plain = self.pages.iter().flat_map(|page| self.keys(page));
        plain.chain(self.others.iter().map(|(key, _)| *key)).map(|key| key.0).max()
    }

    /// Frees what was held ready for more.
    pub(super) fn close(&mut self) {
        self.pages.shrink_to_fit();
        self.slots.shrink_to_fit();
        self.others.shrink_to_fit();
    }
}

/// Adds plain values of a region that are beside each other, one after the other.
pub(super) struct Adding<'h> {
    held: &'h mut Held,
    file: u32,
    /// The page of the last value.
    page: Option<Page>,
}

impl<'h> Adding<'h> {
    pub(super) fn to(held: &'h mut Held, file: u32) -> Self {
        Self { held, file, page: None }
    }

    /// Puts a value where there is none and a page has room for it.
    pub(super) fn add(&mut self, key: Key, number: Short, line: u32) -> bool {
        let (first, at) = self.held.widths.place(key);
        let page = self.page.filter(|page| page.key == first && self.held.others.is_empty());
        if let Some(page) = page
            && let Some(slot) = self.held.slot_mut(&page, at)
            && { slot.number }.is_none()
        {
            *slot = Slot { number: Some(number), line };
            return true;
        }
        let is_added = self.held.add_plain(key, number, (self.file, line));
        let page = self.held.page(first).ok().and_then(|page| self.held.pages.get(page));
        self.page = page.filter(|page| page.file == self.file).copied();
        is_added
    }
}

/// Reads the numbers of a region in a year, one after the other.
pub(super) struct Numbers<'h> {
    held: &'h Held,
    /// The key of the last page that was asked for, and its slots; none of a page that is not there.
    page: Option<(Key, &'h [Slot])>,
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
        let slots = match self.page {
            Some((key, slots)) if key == first => slots,
            _ => {
                let page = self.held.page(first).ok().and_then(|page| self.held.pages.get(page));
                let slots = page.map(|page| self.held.slots(page)).unwrap_or_default();
                self.page = Some((first, slots));
                slots
            }
        };
        Some(slots.get(at).and_then(|slot| slot.number))
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
