//! The parts that a workbook of Excel is made of, by the names it gives them.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::archive::Archive;
use super::refused::Refused;
use super::xml::{Node, Xml};

/// What `xl/_rels/workbook.xml.rels` says.
#[derive(Default)]
pub(super) struct Rels {
    by_id: BTreeMap<String, Rel>,
}

/// A part.
pub(super) struct Rel {
    /// `worksheet`, `chartsheet`, `styles`…
    kind: String,
    path: String,
}

impl Rels {
    pub(super) fn read<R: Read + Seek>(
        archive: &mut Archive<R>,
        name: &str,
    ) -> Result<Self, Refused> {
        let bytes = archive.part(name)?.unwrap_or_default();
        let mut xml = Xml::new(&bytes)?;
        let mut rels = Self::default();
        while let Some(node) = xml.node()? {
            let Node::Open(tag) = node else { continue };
            let attributes = ["Id", "Type", "Target"].map(|name| tag.attribute(name));
            if let [Some(id), Some(kind), Some(target)] = attributes {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                rels.by_id.insert(id, Rel { kind, path: absolute(&target) });
            }
        }
        Ok(rels)
    }

    /// The path of a worksheet. None if there is none, or it is a chart or a macro sheet.
    pub(super) fn worksheet(&self, id: &str) -> Option<&str> {
        let rel = self.by_id.get(id).filter(|rel| rel.kind == "worksheet")?;
        Some(&rel.path)
    }

    /// The path of the only part of a kind.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        self.by_id.values().find(|rel| rel.kind == kind).map(|rel| rel.path.as_str())
    }
}

/// A path that is written as seen from the folder `xl`.
fn absolute(target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut folders = if target.starts_with('/') { vec![] } else { vec!["xl"] };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn resolves_paths() {
        assert_eq!(absolute("worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(absolute("/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(absolute("../xl/./a.xml"), "xl/a.xml");
        assert_eq!(absolute("../../../a.xml"), "a.xml");
    }
}
