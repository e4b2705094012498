//! `.xlsx` and `.xlsm`: parts of XML (ECMA-376, part 1, 18).

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::amount::Amount;
use super::archive::Archive;
use super::format::{Format, Written};
use super::grid::{Area, Grid};
use super::moment::Epoch;
use super::refused::Refused;
use super::rels::Rels;
use super::shared::{Entry, STYLE_LIMIT, Shared, Texts};
use super::xml::{Node, Tag, Xml};
use super::{Book, Kind, Sheet, Workbook};

pub(super) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut book: Book,
) -> Result<Workbook, Refused> {
    let rels = Rels::read(archive, "xl/_rels/workbook.xml.rels")?;
    let (epoch, listed) = contents(&archive.needed("xl/workbook.xml")?)?;
    let part = |kind, usual| rels.part(kind).unwrap_or(usual);
    let texts = archive.part(part("sharedStrings", "xl/sharedStrings.xml"))?.unwrap_or_default();
    let styles = archive.part(part("styles", "xl/styles.xml"))?.unwrap_or_default();
    let shared = Shared { texts: shared_texts(&texts)?, formats: formats(&styles)?, epoch };
    for entry in listed {
        let Some(path) = rels.worksheet(&entry.id) else { continue };
        if book.wants(&entry.name, entry.is_visible) {
            book.add(sheet(&entry.name, &archive.needed(path)?, &shared)?)?;
        }
    }
    book.close(Kind::Xlsx)
}

fn contents(bytes: &[u8]) -> Result<(Epoch, Vec<Entry>), Refused> {
    let mut xml = Xml::new(bytes)?;
    let (mut epoch, mut listed) = (Epoch::Of1900, Vec::new());
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        match tag.local() {
            "workbookPr" if is_true(tag.attribute("date1904").as_deref()) => epoch = Epoch::Of1904,
            "sheet" => listed.extend(entry(&tag)),
            _ => {}
        }
    }
    Ok((epoch, listed))
}

fn entry(tag: &Tag) -> Option<Entry> {
    let state = tag.attribute("state").unwrap_or_default();
    Some(Entry {
        name: tag.attribute("name")?,
        id: tag.local_attribute("id")?,
        is_visible: !state.to_lowercase().ends_with("hidden"),
    })
}

fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}

fn shared_texts(bytes: &[u8]) -> Result<Texts, Refused> {
    let mut xml = Xml::new(bytes)?;
    let mut texts = Texts::default();
    while let Some(node) = xml.node()? {
        if matches!(&node, Node::Open(tag) if tag.local() == "si") {
            texts.add(text(&mut xml)?)?;
        }
    }
    Ok(texts)
}

/// The text in the tag that was opened last: its runs, without how they are pronounced.
fn text(xml: &mut Xml) -> Result<String, Refused> {
    let (outside, mut text) = (xml.depth() - 1, String::new());
    while xml.depth() > outside {
        match xml.node()? {
            Some(Node::Open(tag)) if matches!(tag.local(), "rPh" | "phoneticPr") => xml.skip()?,
            Some(Node::Open(tag)) if tag.local() == "t" => text += &content(xml)?,
            None => break,
            _ => {}
        }
    }
    Ok(unescaped(&text))
}

/// What is written in the tag that was opened last.
fn content(xml: &mut Xml) -> Result<String, Refused> {
    let (outside, mut text) = (xml.depth() - 1, String::new());
    while xml.depth() > outside {
        match xml.node()? {
            Some(Node::Text(part)) => text += &part,
            None => break,
            _ => {}
        }
    }
    Ok(text)
}

/// Excel writes signs that XML does not allow as `_x000D_`, and `_` itself as `_x005F_`.
fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once("_x") {
        plain += before;
        rest = behind;
        match escaped(behind) {
            Some((sign, behind)) => {
                plain.push(sign);
                rest = behind;
            }
            None => plain += "_x",
        }
    }
    plain + rest
}

/// The sign of `000D_`, and what is behind it.
fn escaped(text: &str) -> Option<(char, &str)> {
    let (code, rest) = text.split_at_checked(5)?;
    let code = code.strip_suffix('_')?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let sign = char::from_u32(u32::from_str_radix(code, 16).ok().filter(|_| is_code)?)?;
    Some((sign, rest))
}

/// The number formats of the cells' styles.
fn formats(bytes: &[u8]) -> Result<Vec<Format>, Refused> {
    let mut xml = Xml::new(bytes)?;
    let (mut codes, mut ids) = (BTreeMap::new(), Vec::new());
    let mut section = String::new();
    while let Some(node) = xml.node()? {
        let Node::Open(tag) = node else { continue };
        let id = || tag.number("numFmtId");
        match (section.as_str(), tag.local()) {
            ("numFmts", "numFmt") => drop(id().map(|id| codes.insert(id, code(&tag)))),
            ("cellXfs", "xf") if ids.len() < STYLE_LIMIT => ids.push(id().unwrap_or_default()),
            (_, name) if xml.depth() == 2 => section = name.to_owned(),
            _ => {}
        }
    }
    let builtin = |id| u32::try_from(id).map_or(Format::General, Format::builtin);
    let format = |id: usize| codes.get(&id).copied().unwrap_or_else(|| builtin(id));
    Ok(ids.into_iter().map(format).collect())
}

fn code(tag: &Tag) -> Format {
    Format::of_code(&tag.attribute("formatCode").unwrap_or_default())
}

fn sheet(name: &str, bytes: &[u8], shared: &Shared) -> Result<Sheet, Refused> {
    let mut xml = Xml::new(bytes)?;
    let mut grid = Grid::new(name);
    // Rows and cells need not say where they are: they follow the last one.
    let (mut row, mut column) = (0_usize, 0_usize);
    while let Some(node) = xml.node()? {
        match node {
            Node::Open(tag) if tag.local() == "col" => {
                grid.has_hidden |= is_true(tag.attribute("hidden").as_deref());
            }
            Node::Open(tag) if tag.local() == "row" => {
                grid.has_hidden |= is_true(tag.attribute("hidden").as_deref());
                row = tag.number("r").and_then(|row| row.checked_sub(1)).unwrap_or(row);
                column = 0;
            }
            Node::Close(tag) if tag.local_name().into_inner() == "row" => {
                row = row.saturating_add(1);
            }
            Node::Open(tag) if tag.local() == "c" => {
                let place = tag.attribute("r").and_then(|place| position(&place));
                (row, column) = place.unwrap_or((row, column));
                grid.put(row, column, cell(&mut xml, &tag, shared)?)?;
                column = column.saturating_add(1);
            }
            Node::Open(tag) if tag.local() == "mergeCell" => {
                tag.attribute("ref").and_then(|area| merged(&area)).into_iter().for_each(|area| {
                    grid.merge(area);
                });
            }
            _ => {}
        }
    }
    grid.close()
}

fn cell(xml: &mut Xml, tag: &Tag, shared: &Shared) -> Result<Written, Refused> {
    let (outside, mut value, mut inline) = (xml.depth() - 1, String::new(), String::new());
    while xml.depth() > outside {
        match xml.node()? {
            Some(Node::Open(tag)) if tag.local() == "v" => value = content(xml)?,
            Some(Node::Open(tag)) if tag.local() == "is" => inline = text(xml)?,
            None => break,
            _ => {}
        }
    }
    match tag.attribute("t").as_deref() {
        Some("inlineStr") => Ok(inline.into()),
        Some("str") => Ok(unescaped(&value).into()),
        Some("s") if value.is_empty() => Ok(Written::default()),
        Some("s") => shared.text(value.trim().parse().unwrap_or(usize::MAX)),
        Some("b") if value.is_empty() => Ok(Written::default()),
        Some("b") => {
            Ok(if is_true(Some(value.trim())) { "TRUE" } else { "FALSE" }.to_owned().into())
        }
        Some("d") => {
            Ok(value.trim_end_matches('Z').trim_end_matches("T00:00:00").to_owned().into())
        }
        Some("e") => Ok(value.into()),
        _ => Ok(match Amount::from_text(value.trim()) {
            None => value.into(),
            number => shared.number(number, tag.number("s").unwrap_or_default()),
        }),
    }
}

/// `B3:C5`.
fn merged(area: &str) -> Option<Area> {
    let (first, last) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    Some(Area { rows: top..=bottom, columns: left..=right })
}

/// The row and the column of `C12`, both from 0.
fn position(name: &str) -> Option<(usize, usize)> {
    let name = name.trim().replace('$', "");
    let at = name.find(|sign: char| !sign.is_ascii_alphabetic())?;
    let (letters, digits) = name.split_at_checked(at)?;
    let column = letters.bytes().try_fold(0_usize, |sum, byte| {
        let letter = usize::from(byte.to_ascii_uppercase() - b'A') + 1;
        sum.checked_mul(26)?.checked_add(letter)
    })?;
    Some((digits.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_positions() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("$XFD$1048576"), Some((1_048_575, 16_383)));
        for none in ["", "A", "1", "A0", "1A", "é1", "A1B", "ZZZZZZZZZZZZZZZZZZZZ1"] {
            assert_eq!(position(none), None, "{none}");
        }
    }

    #[test]
    fn names_and_reads_the_same_cells() {
        for column in [0, 25, 26, 51, 701, 702, 16_383] {
            assert_eq!(position(&super::super::cell_name(12, column)), Some((11, column)));
        }
    }

    #[test]
    fn unescapes_signs() {
        let plain = unescaped;
        assert_eq!(plain("a_x000D_b"), "a\rb");
        assert_eq!(plain("_x005F_x000D_"), "_x000D_");
        for same in ["a_xb", "_x", "_x00", "_x字00D_", "_xD800_", ""] {
            assert_eq!(plain(same), same);
        }
    }
}
