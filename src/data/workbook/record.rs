//! Records of the binary workbooks: bytes that are read one number after the other.

use super::amount::Amount;
use super::refused::Refused;

/// The bytes of a record that are still to be read.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], Refused> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(broken)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refused> {
        self.take(N)?.try_into().map_err(|_| broken())
    }

    pub(super) fn u8(&mut self) -> Result<u8, Refused> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub(super) fn u16(&mut self) -> Result<u16, Refused> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, Refused> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    /// A row, a column, a length, or a place in a list.
    pub(super) fn index(&mut self) -> Result<usize, Refused> {
        usize::try_from(self.u32()?).map_err(|_| broken())
    }

    /// The same in two bytes.
    pub(super) fn short_index(&mut self) -> Result<usize, Refused> {
        Ok(usize::from(self.u16()?))
    }

    /// A binary number; none if it is no number.
    pub(super) fn real(&mut self) -> Result<Option<Amount>, Refused> {
        Ok(Amount::from_f64(f64::from_le_bytes(self.array()?)))
    }

    /// A number in four bytes: its two lowest bits say whether it is whole, and whether it is
    /// hundred times too large (MS-XLS 2.5.217).
    pub(super) fn rk(&mut self) -> Result<Option<Amount>, Refused> {
        let bits = self.u32()?;
        let decimals = if bits & 1 == 1 { 2 } else { 0 };
        if bits & 2 == 2 {
            return Ok(Some(Amount::from_int(bits.cast_signed() >> 2, decimals)));
        }
        let number = f64::from_bits(u64::from(bits & !3) << 32);
        Ok(Amount::from_f64(number).map(|number| number.over_ten_to(decimals)))
    }

    /// So many signs of two bytes.
    pub(super) fn utf16(&mut self, length: usize) -> Result<String, Refused> {
        let bytes = self.take(length.checked_mul(2).ok_or_else(broken)?)?;
        let units = bytes.chunks_exact(2).map(|pair| match pair {
            &[low, high] => u16::from_le_bytes([low, high]),
            _ => 0,
        });
        Ok(char::decode_utf16(units)
            .map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect())
    }
}

pub(super) fn broken() -> Refused {
    Refused::damaged("a record breaks off")
}

/// The word of an error cell (MS-XLS 2.5.10).
pub(super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}

/// The word of a logical value.
pub(super) fn boolean(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}
