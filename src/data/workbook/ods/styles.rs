//! What the styles of an OpenDocument workbook say of sheets and of numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::super::format::Format;
use super::super::refused::Refused;
use super::super::xml::{Node, Tag, Xml};

/// Styles by their names.
#[derive(Default)]
pub(super) struct Styles {
    /// Those of sheets that are not shown.
    hiding: BTreeSet<String>,
    /// Formats of numbers.
    formats: BTreeMap<String, Format>,
    /// The format that a cell's style names.
    cells: BTreeMap<String, String>,
}

impl Styles {
    /// Reads those of a part.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), Refused> {
        let mut xml = Xml::new(part)?;
        let (mut style, mut format) = (String::new(), String::new());
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            let name = || tag.attribute("style:name").unwrap_or_default();
            match tag.name() {
                "office:body" => break,
                "style:style" => {
                    style = name();
                    self.name_format(&style, &tag);
                }
                "style:table-properties"
                    if tag.attribute("table:display").as_deref() == Some("false") =>
                {
                    self.hiding.insert(style.clone());
                }
                "number:number-style" | "number:currency-style" => {
                    format = name();
                    self.formats.insert(format.clone(), Format::General);
                }
                "number:percentage-style" => {
                    format = name();
                    self.formats.insert(format.clone(), Format::PerCent(None));
                }
                "number:number" => self.add_decimals(&format, &tag),
                _ => {}
            }
        }
        Ok(())
    }

    fn name_format(&mut self, style: &str, tag: &Tag) {
        if let Some(format) = tag.attribute("style:data-style-name") {
            self.cells.insert(style.to_owned(), format);
        }
    }

    /// Says how many decimals a format has, unless it leaves thousands away.
    fn add_decimals(&mut self, format: &str, tag: &Tag) {
        let decimals =
            tag.number("number:decimal-places").and_then(|places| places.try_into().ok());
        let is_plain = tag.attribute("number:display-factor").is_none();
        let (Some(decimals), Some(format)) = (decimals, self.formats.get_mut(format)) else {
            return;
        };
        *format = match format {
            Format::PerCent(_) => Format::PerCent(Some(decimals)),
            _ if is_plain => Format::Fixed(decimals),
            _ => Format::General,
        };
    }

    /// The number format of a cell's style.
    pub(super) fn format(&self, style: &str) -> Format {
        let format = self.cells.get(style).and_then(|name| self.formats.get(name));
        format.copied().unwrap_or_default()
    }

    /// Whether a style hides its sheet.
    pub(super) fn hides(&self, style: &str) -> bool {
        self.hiding.contains(style)
    }
}
