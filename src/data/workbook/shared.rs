//! What the sheets of an Excel workbook share.

use super::CELL_LIMIT;
use super::amount::Amount;
use super::format::{Format, Written};
use super::moment::Epoch;
use super::record;
use super::refused::Refused;

/// The styles that Excel can tell apart are fewer: more are not worth the memory.
pub(super) const STYLE_LIMIT: usize = 1 << 16;

/// A sheet as the workbook lists it.
pub(super) struct Entry {
    pub(super) name: String,
    /// What the workbook knows its part by.
    pub(super) id: String,
    pub(super) is_visible: bool,
}

/// The texts that cells share: an empty one takes more memory than it takes in its part.
#[derive(Default)]
pub(super) struct Texts(Vec<String>);

impl Texts {
    pub(super) fn add(&mut self, text: String) -> Result<(), Refused> {
        if self.0.len() == CELL_LIMIT {
            return Err(Refused::too_large());
        }
        self.0.push(text);
        Ok(())
    }
}

/// Cells point at their texts and styles by number.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) texts: Texts,
    /// The number formats of the styles.
    pub(super) formats: Vec<Format>,
    pub(super) epoch: Epoch,
}

impl Shared {
    pub(super) fn text(&self, at: usize) -> Result<Written, Refused> {
        let gone = || Refused::damaged("a cell points at a text that is not there");
        Ok(self.texts.0.get(at).cloned().ok_or_else(gone)?.into())
    }

    /// A number in a style. What is no number is Excel's own error for that.
    pub(super) fn number(&self, number: Option<Amount>, style: usize) -> Written {
        let format = self.formats.get(style).copied().unwrap_or_default();
        match number {
            Some(number) => format.write(number, self.epoch),
            None => record::error(0x24).to_owned().into(),
        }
    }
}
