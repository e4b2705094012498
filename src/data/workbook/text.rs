//! Texts of `.xls` workbooks (MS-XLS 2.5.293, 2.5.294).

use encoding_rs::Encoding;

use super::record::{Bytes, broken};
use super::refused::Refused;

/// How a workbook writes its texts.
#[derive(Clone, Copy)]
pub(super) enum Writing {
    /// Excel 5 and 95: bytes in the code page of the machine.
    CodePage(&'static Encoding),
    /// Excel 97 and later.
    Unicode,
}

impl Writing {
    /// The encoding of a code page. Chinese Windows is taken for one that is not known.
    pub(super) fn of_code_page(number: u16) -> Self {
        let label = match number {
            874 | 1250..=1258 => format!("windows-{number}"),
            932 => "shift_jis".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10_000 | 0x8000 => "macintosh".to_owned(),
            367 | 0x8001 => "windows-1252".to_owned(),
            65_001 => "utf-8".to_owned(),
            _ => "gbk".to_owned(),
        };
        Self::CodePage(Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::GBK))
    }

    /// A text with its length in two bytes before it.
    pub(super) fn long(self, from: &mut Continued) -> Result<String, Refused> {
        let length = from.now.short_index()?;
        self.text(length, from)
    }

    /// A text with its length in one byte before it.
    pub(super) fn short(self, from: &mut Continued) -> Result<String, Refused> {
        let length = usize::from(from.now.u8()?);
        self.text(length, from)
    }

    fn text(self, length: usize, from: &mut Continued) -> Result<String, Refused> {
        match self {
            Self::CodePage(encoding) => Ok(encoding.decode(from.now.take(length)?).0.into_owned()),
            Self::Unicode => {
                let flags = from.now.u8()?;
                from.signs(length, flags)
            }
        }
    }
}

/// A record and the ones behind it that continue it.
pub(super) struct Continued<'a> {
    /// The part of the record that is being read.
    pub(super) now: Bytes<'a>,
    /// The stream behind it.
    pub(super) rest: Bytes<'a>,
}

impl Continued<'_> {
    /// A text of the table of shared texts: its runs and how it is pronounced come behind it.
    pub(super) fn shared_text(&mut self) -> Result<String, Refused> {
        self.go_on()?;
        let length = self.now.short_index()?;
        let flags = self.now.u8()?;
        let runs = if flags & 8 == 8 { self.now.short_index()? } else { 0 };
        let pronounced = if flags & 4 == 4 { self.now.index()? } else { 0 };
        let text = self.signs(length, flags)?;
        self.pass(runs.saturating_mul(4).saturating_add(pronounced))?;
        Ok(text)
    }

    /// Signs of one or two bytes each. Each record that goes on with them says that anew.
    fn signs(&mut self, length: usize, mut flags: u8) -> Result<String, Refused> {
        let (mut text, mut left) = (String::new(), length);
        while left > 0 {
            if self.go_on()? {
                flags = self.now.u8()?;
            }
            let is_wide = flags & 1 == 1;
            let here = left.min(if is_wide { self.now.0.len() / 2 } else { self.now.0.len() });
            if here == 0 {
                return Err(broken());
            }
            match is_wide {
                true => text += &self.now.utf16(here)?,
                false => text.extend(self.now.take(here)?.iter().map(|&byte| char::from(byte))),
            }
            left -= here;
        }
        Ok(text)
    }

    fn pass(&mut self, mut bytes: usize) -> Result<(), Refused> {
        while bytes > 0 {
            self.go_on()?;
            let here = bytes.min(self.now.0.len());
            if here == 0 {
                return Err(broken());
            }
            self.now.take(here)?;
            bytes -= here;
        }
        Ok(())
    }

    /// Goes on to the next record where this one is read to its end, and says whether it did.
    fn go_on(&mut self) -> Result<bool, Refused> {
        if !self.now.0.is_empty() {
            return Ok(false);
        }
        match (self.rest.u16()?, self.rest.short_index()?) {
            (0x3C, length) => self.now = Bytes(self.rest.take(length)?),
            _ => return Err(broken()),
        }
        Ok(true)
    }
}
