//! XML parts, read tag by tag.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};

use super::refused::Refused;

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// What comes next in a part. A tag without content is opened and closed.
pub(super) enum Node<'a> {
    Open(Tag<'a>),
    Close(BytesEnd<'a>),
    Text(Cow<'a, str>),
}

/// A tag that opens.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Refused> {
        let text =
            std::str::from_utf8(bytes).map_err(|_| Refused::damaged("a part is not UTF-8"))?;
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, depth: 0 })
    }

    /// The next node; none at the end.
    pub(super) fn node(&mut self) -> Result<Option<Node<'a>>, Refused> {
        loop {
            let event = self.reader.read_event().map_err(|error| damaged(&error))?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    Node::Open(Tag(tag))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(end)
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Node::Text(resolved(&reference).into()),
                Event::Eof if self.depth > 0 => return Err(Refused::damaged("a part breaks off")),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// Passes over the rest of the tag that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Refused> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.node()?.is_some() {}
        Ok(())
    }

    /// How many tags are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The name with its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// An attribute by its name with its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.value(|found, _| found == name)
    }

    /// An attribute by its name without its prefix.
    pub(super) fn local_attribute(&self, name: &str) -> Option<String> {
        self.value(|_, found| found == name)
    }

    fn value(&self, is: impl Fn(&str, &str) -> bool) -> Option<String> {
        // The check for doubles looks at each pair of attributes.
        let mut attributes = self.0.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes
            .find(|found| is(found.key.into_inner(), found.key.local_name().into_inner()))?;
        Some(quick_xml::escape::unescape(&found.value).unwrap_or(Cow::Borrowed("")).into_owned())
    }

    /// An attribute that counts something.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// What `&amp;` or `&#20013;` stands for; nothing for a name that XML does not know.
fn resolved(reference: &BytesRef) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(sign)) => sign.to_string(),
        _ => quick_xml::escape::resolve_xml_entity(reference).unwrap_or_default().to_owned(),
    }
}

fn damaged(error: &quick_xml::Error) -> Refused {
    Refused::damaged(format!("a part is no XML ({error})"))
}
