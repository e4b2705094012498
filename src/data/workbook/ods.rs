//! `.ods`: OpenDocument (part 3 of version 1.3, 9 and 19), a part of XML with all sheets.

mod styles;

use std::io::{Read, Seek};

use self::styles::Styles;
use super::amount::Amount;
use super::archive::Archive;
use super::format::{Format, Written};
use super::grid::{Area, Grid};
use super::moment::Epoch;
use super::refused::Refused;
use super::xml::{Node, Tag, Xml};
use super::{BYTE_LIMIT, Book, Kind, Sheet, Workbook};

pub(super) fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut book: Book,
) -> Result<Workbook, Refused> {
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if is_encrypted(&manifest)? {
        return Err(Refused::password());
    }
    let mut styles = Styles::default();
    styles.read(&archive.part("styles.xml")?.unwrap_or_default())?;
    let content = archive.needed("content.xml")?;
    styles.read(&content)?;
    let mut xml = Xml::new(&content)?;
    while let Some(node) = xml.node()? {
        match node {
            // Older states of cells, and tables of other files.
            Node::Open(tag) if is_aside(tag.name()) => xml.skip()?,
            Node::Open(tag) if tag.name() == "table:table" => {
                table(&mut xml, &tag, &styles, &mut book)?;
            }
            _ => {}
        }
    }
    book.close(Kind::Ods)
}

fn is_encrypted(manifest: &[u8]) -> Result<bool, Refused> {
    let mut xml = Xml::new(manifest)?;
    while let Some(node) = xml.node()? {
        if matches!(node, Node::Open(tag) if tag.local() == "encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "table:tracked-changes"
            | "table:dde-links"
            | "table:shapes"
            | "office:forms"
            | "office:annotation"
            | "text:ruby-text"
    )
}

/// Reads the sheet that was opened last, if it is wanted.
fn table(xml: &mut Xml, tag: &Tag, styles: &Styles, book: &mut Book) -> Result<(), Refused> {
    let name = tag.attribute("table:name").unwrap_or_default();
    let style = tag.attribute("table:style-name").unwrap_or_default();
    // A sheet of another file that a formula looks into: no sheet of this one.
    if style == "ta_extref" || !book.wants(&name, !styles.hides(&style)) {
        return xml.skip();
    }
    let sheet = Reading::new(&name, styles).sheet(xml)?;
    book.add(sheet)
}

/// A sheet that is being read.
struct Reading<'a> {
    grid: Grid,
    styles: &'a Styles,
    /// The styles of columns, each with the first column that is behind them.
    columns: Vec<(usize, String)>,
    row: usize,
}

/// A cell as it is written: it may stand for many that are equal.
struct Run {
    column: usize,
    times: usize,
    written: Written,
    spans: (usize, usize),
}

impl<'a> Reading<'a> {
    fn new(name: &str, styles: &'a Styles) -> Self {
        Self { grid: Grid::new(name), styles, columns: Vec::new(), row: 0 }
    }

    fn sheet(mut self, xml: &mut Xml) -> Result<Sheet, Refused> {
        let outside = xml.depth().saturating_sub(1);
        while xml.depth() > outside {
            match xml.node()? {
                Some(Node::Open(tag)) if is_aside(tag.name()) => xml.skip()?,
                Some(Node::Open(tag)) if tag.name() == "table:table-column" => self.column(&tag),
                Some(Node::Open(tag)) if tag.name() == "table:table-row" => self.row(xml, &tag)?,
                None => break,
                _ => {}
            }
        }
        self.grid.close()
    }

    fn column(&mut self, tag: &Tag) {
        let first = self.columns.last().map_or(0, |(behind, _)| *behind);
        let behind = first.saturating_add(repeats(tag, "table:number-columns-repeated"));
        let style = tag.attribute("table:default-cell-style-name").unwrap_or_default();
        self.columns.push((behind, style));
    }

    fn row(&mut self, xml: &mut Xml, tag: &Tag) -> Result<(), Refused> {
        let style = tag.attribute("table:default-cell-style-name");
        let runs = self.runs(xml, style.as_deref())?;
        let times = repeats(tag, "table:number-rows-repeated");
        let first = self.row;
        self.row = first.saturating_add(times);
        if let Some(last) = runs.iter().map(|run| run.column.saturating_add(run.times - 1)).max() {
            // Says no before anything is repeated.
            self.grid.reach(self.row.saturating_sub(1), last)?;
            for row in first..self.row {
                self.put(row, &runs)?;
            }
        }
        Ok(())
    }

    /// The filled cells of a row.
    fn runs(&self, xml: &mut Xml, style: Option<&str>) -> Result<Vec<Run>, Refused> {
        let outside = xml.depth().saturating_sub(1);
        let (mut runs, mut column) = (Vec::new(), 0_usize);
        while xml.depth() > outside {
            match xml.node()? {
                Some(Node::Open(tag)) if tag.local() == "table-cell" => {
                    let style = tag.attribute("table:style-name").or(style.map(str::to_owned));
                    let format = self.format(style, column);
                    let times = repeats(&tag, "table:number-columns-repeated");
                    let spans = |name: &str| repeats(&tag, name);
                    let spans =
                        (spans("table:number-rows-spanned"), spans("table:number-columns-spanned"));
                    let written = cell(xml, &tag, format)?;
                    if !written.text.is_empty() {
                        runs.push(Run { column, times, written, spans });
                    }
                    column = column.saturating_add(times);
                }
                // What a merge covers is not seen.
                Some(Node::Open(tag)) if tag.local() == "covered-table-cell" => {
                    column = column.saturating_add(repeats(&tag, "table:number-columns-repeated"));
                    xml.skip()?;
                }
                None => break,
                _ => {}
            }
        }
        Ok(runs)
    }

    fn format(&self, style: Option<String>, column: usize) -> Format {
        let at = self.columns.partition_point(|(behind, _)| *behind <= column);
        let of_column = || self.columns.get(at).map(|(_, style)| style.clone());
        self.styles.format(&style.or_else(of_column).unwrap_or_default())
    }

    fn put(&mut self, row: usize, runs: &[Run]) -> Result<(), Refused> {
        for run in runs {
            let (rows, columns) = run.spans;
            for column in run.column..run.column.saturating_add(run.times) {
                self.grid.put(row, column, run.written.clone())?;
                let rows = row..=row.saturating_add(rows - 1);
                self.grid
                    .merge(Area { rows, columns: column..=column.saturating_add(columns - 1) });
            }
        }
        Ok(())
    }
}

/// How often something is there: once, if nothing is said.
fn repeats(tag: &Tag, name: &str) -> usize {
    tag.number(name).unwrap_or(1).max(1)
}

/// The cell that was opened last.
fn cell(xml: &mut Xml, tag: &Tag, format: Format) -> Result<Written, Refused> {
    let text = text(xml)?;
    let value = |name: &str| tag.attribute(&format!("office:{name}"));
    // An error has the type of a text or a number, and LibreOffice's own type beside it.
    if tag.attribute("calcext:value-type").as_deref() == Some("error") {
        return Ok(text.into());
    }
    let number = || Amount::from_text(value("value")?.trim());
    let kind = value("value-type").unwrap_or_default();
    let written = match kind.as_str() {
        "float" | "currency" => number().map(|number| plain(format).write(number, Epoch::Of1900)),
        "percentage" => number().map(|number| per_cent(format).write(number, Epoch::Of1900)),
        "date" => value("date-value").map(|date| midnight(&date).to_owned().into()),
        "time" => value("time-value").map(|time| clock(&time).unwrap_or(time).into()),
        "boolean" => value("boolean-value").map(|value| value.to_uppercase().into()),
        _ => value("string-value").map(Written::from),
    };
    Ok(written.unwrap_or_else(|| text.into()))
}

/// A number is no date here: dates say that they are.
fn plain(format: Format) -> Format {
    match format {
        Format::Fixed(_) => format,
        _ => Format::General,
    }
}

fn per_cent(format: Format) -> Format {
    match format {
        Format::PerCent(_) => format,
        _ => Format::PerCent(None),
    }
}

fn midnight(date: &str) -> &str {
    let whole = date.strip_suffix("T00:00:00");
    whole.unwrap_or(date)
}

/// `PT08H30M00S` as a clock shows it.
fn clock(time: &str) -> Option<String> {
    let (hours, rest) = time.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let (seconds, _) = rest.split_once(['S', '.', ','])?;
    Some(format!("{hours}:{minutes}:{seconds}"))
}

/// The text in the cell that was opened last: its paragraphs, without comments.
fn text(xml: &mut Xml) -> Result<String, Refused> {
    let outside = xml.depth().saturating_sub(1);
    let (mut text, mut paragraphs) = (String::new(), 0);
    while xml.depth() > outside {
        match xml.node()? {
            Some(Node::Open(tag)) if is_aside(tag.name()) => xml.skip()?,
            Some(Node::Open(tag)) if matches!(tag.name(), "text:p" | "text:h") => {
                text += if paragraphs > 0 { "\n" } else { "" };
                paragraphs += 1;
            }
            Some(Node::Open(tag)) => text += &blanks(&tag),
            // A tag of some bytes stands for many blanks.
            _ if text.len() > BYTE_LIMIT => return Err(Refused::too_large()),
            Some(Node::Text(part)) if paragraphs > 0 => text += &part,
            None => break,
            _ => {}
        }
    }
    Ok(text)
}

/// Blanks that are written as tags. A cell of Excel has 32 767 signs at most.
fn blanks(tag: &Tag) -> String {
    match tag.name() {
        "text:s" => " ".repeat(repeats(tag, "text:c").min(32_767)),
        "text:tab" => "\t".to_owned(),
        "text:line-break" => "\n".to_owned(),
        _ => String::new(),
    }
}
