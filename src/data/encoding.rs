//! From the bytes of a text file to characters: by its byte order mark, else UTF-8, else GB18030,
//! which holds all of GBK and GB2312. Most bytes mean something in GB18030: a text that begins like
//! one in UTF-8 is read as such, and what of it is not is refused where it stands.

use std::fmt;
use std::io::{self, Cursor, Read, Seek};
use std::str::FromStr;

use encoding_rs::{Decoder, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// How the characters of a text file are written as bytes (编码).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A name that is no encoding's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownEncoding;

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no encoding has this name; known are utf-8, gb18030, gbk, big5, utf-16le, …")
    }
}

impl std::error::Error for UnknownEncoding {}

/// By any label of the WHATWG's Encoding Standard: `utf-8`, `gbk`, `windows-1252`.
impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, Self::Err> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
            .map(Self)
            .ok_or(UnknownEncoding)
    }
}

/// Its name in the WHATWG's Encoding Standard; GBK is called by the name of what holds it.
impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.name();
        f.pad(if name == "gb18030" { "GB18030" } else { name })
    }
}

impl Encoding {
    /// Finds out how a text is encoded. One that is not in UTF-8 is read to its end, and has to be
    /// sound; of UTF-8, every record tells for itself.
    pub(super) fn of(
        name: &str,
        text: &mut (impl Read + Seek),
        asked: Option<Self>,
    ) -> io::Result<Result<Self, Diagnostic>> {
        text.rewind()?;
        let told = asked.or(Self::by_mark(text)?);
        text.rewind()?;
        let encoding = match told {
            Some(told) => told,
            None if is_mostly_utf_8(text)? => Self(UTF_8),
            None => Self(GB18030),
        };
        if encoding.0 == UTF_8 {
            return Ok(Ok(encoding));
        }
        text.rewind()?;
        let message = match told {
            Some(told) => format!("the file is not in {told}"),
            None => "the file is neither in UTF-8 nor in GB18030".to_owned(),
        };
        let fault = first_fault(encoding.0, text)?;
        Ok(fault.map_or(Ok(encoding), |fault| Err(fault.refused(name, message))))
    }

    /// By the byte order mark that a text begins with.
    fn by_mark(text: &mut impl Read) -> io::Result<Option<Self>> {
        let mut beginning = Vec::new();
        text.take(3).read_to_end(&mut beginning)?;
        Ok(match beginning.as_slice() {
            mark if mark == MARK => Some(Self(UTF_8)),
            [0xff, 0xfe, ..] => Some(Self(UTF_16LE)),
            [0xfe, 0xff, ..] => Some(Self(UTF_16BE)),
            _ => None,
        })
    }

    /// The characters of a text as UTF-8, without a byte order mark.
    pub(super) fn decode<'t, R: Read + Send + 't>(
        self,
        mut text: R,
    ) -> io::Result<Box<dyn Read + Send + 't>> {
        if self.0 == UTF_8 {
            let mut beginning = Vec::new();
            text.by_ref().take(MARK.len() as u64).read_to_end(&mut beginning)?;
            beginning = beginning.strip_prefix(&MARK).unwrap_or(&beginning).to_vec();
            return Ok(Box::new(Cursor::new(beginning).chain(text)));
        }
        let mut options = DecodeReaderBytesBuilder::new();
        options.encoding(Some(self.0)).strip_bom(true).bom_override(false);
        Ok(Box::new(options.build(text)))
    }
}

/// The byte order mark of a text in UTF-8.
const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// How much of a text is looked at to find out whether it is in UTF-8, in bytes.
const LOOKED_AT: u64 = 1 << 20;

/// Whether the beginning of a text has no place that is not in UTF-8, or fewer than it has Chinese
/// characters that are: of the characters of a text in GB18030, some two in a hundred look like those
/// by chance.
fn is_mostly_utf_8(text: &mut impl Read) -> io::Result<bool> {
    /// The least byte that three or four of a character begin with.
    const LEAD: u8 = 0xe0;
    let mut beginning = Vec::new();
    text.take(LOOKED_AT).read_to_end(&mut beginning)?;
    let goes_on = beginning.len() as u64 == LOOKED_AT;
    let is_sound = match str::from_utf8(&beginning) {
        Ok(_) => true,
        // Its last character may go on.
        Err(error) => goes_on && error.error_len().is_none(),
    };
    if is_sound {
        return Ok(true);
    }
    let (mut characters, mut faults) = (0_usize, 0_usize);
    for chunk in beginning.utf8_chunks() {
        characters += chunk.valid().bytes().filter(|&byte| byte >= LEAD).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    Ok(characters > faults)
}

/// Where a text cannot be decoded: the line, and what of it comes before.
struct Fault {
    line: usize,
    before: String,
}

/// How much of a line is kept to be shown, in bytes.
const SHOWN: usize = 1000;

/// Decodes a text and throws it away, up to the first fault.
fn first_fault(
    encoding: &'static encoding_rs::Encoding,
    text: &mut impl Read,
) -> io::Result<Option<Fault>> {
    const PIECE: usize = 64 * 1024;
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut piece = vec![0; PIECE];
    let mut decoded = Vec::new();
    let mut fault = Fault { line: 1, before: String::new() };
    loop {
        let count = match text.read(&mut piece) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = piece.get(..count).unwrap_or_default();
        let is_sound = decode(&mut decoder, bytes, count == 0, &mut decoded);
        fault.pass(&decoded);
        if !is_sound {
            return Ok(Some(fault));
        }
        if count == 0 {
            return Ok(None);
        }
    }
}

/// Decodes some bytes as far as they are sound.
fn decode(decoder: &mut Decoder, bytes: &[u8], is_last: bool, decoded: &mut Vec<u8>) -> bool {
    decoded.resize(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()), 0);
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(bytes, decoded, is_last);
    decoded.truncate(written);
    // The buffer has room for all that there can be.
    result == encoding_rs::DecoderResult::InputEmpty
}

impl Fault {
    /// Goes past some text.
    fn pass(&mut self, decoded: &[u8]) {
        self.line += decoded.iter().filter(|&&byte| byte == b'\n').count();
        if let Some(tail) = decoded.rsplit(|&byte| byte == b'\n').next() {
            if tail.len() < decoded.len() {
                self.before.clear();
            }
            let tail = tail.get(tail.len().saturating_sub(SHOWN)..).unwrap_or_default();
            self.before.push_str(&String::from_utf8_lossy(tail));
            let start = self.before.ceil_char_boundary(self.before.len().saturating_sub(SHOWN));
            self.before.drain(..start);
        }
    }

    fn refused(self, name: &str, message: String) -> Diagnostic {
        let end = self.before.len();
        let place = Source::excerpt(name, self.before, self.line).place(end..end);
        let found = Diagnostic::error("unknown-encoding", message);
        found.at(place, "the first bytes that are not").help(
            "say its encoding with `--encoding`, or save it as \"CSV UTF-8 (comma delimited)\" in \
             Excel",
        )
    }
}
