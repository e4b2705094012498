//! Mending target files: the edits that findings bring are made in the text, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use assess::diagnostic::{Diagnostic, Fix};
use assess::source::{Place, Source};
use similar::TextDiff;

use super::input::STDIN;
use super::targets::Target;
use super::unfinished::unfinished;

/// Makes the edits that findings bring in the texts; gives back how many findings that mends, or
/// none where nothing can be mended.
pub(super) fn mend(found: &[Diagnostic], texts: &mut [Target]) -> Option<usize> {
    let fixes: Vec<&Fix> = found.iter().filter_map(|finding| finding.fix.as_deref()).collect();
    let mut count = 0;
    for target in texts {
        let (text, mended) = edited(&target.source, &fixes);
        if mended > 0 {
            *target = target.with(text);
            count += mended;
        }
    }
    (count > 0).then_some(count)
}

/// What became of some texts, as `diff -u` writes it.
pub(super) fn difference(old: &[Target], new: &[Target]) -> String {
    let mut all = String::new();
    for (old, new) in changed(old, new) {
        let name = old.source.name();
        let difference = TextDiff::from_lines(old.source.text(), new.source.text());
        all += &difference.unified_diff().header(name, name).to_string();
    }
    all
}

/// Writes the files whose texts have changed.
pub(super) fn write(old: &[Target], new: &[Target]) -> Result<()> {
    for (old, new) in changed(old, new) {
        let Some(path) = old.file.as_deref().filter(|path| path.as_os_str() != STDIN) else {
            continue;
        };
        replace(path, old.source.text(), new.source.text())
            .with_context(|| format!("cannot mend `{}`", path.display()))?;
    }
    Ok(())
}

fn changed<'t>(
    old: &'t [Target],
    new: &'t [Target],
) -> impl Iterator<Item = (&'t Target, &'t Target)> {
    old.iter().zip(new).filter(|(old, new)| old.source.text() != new.source.text())
}

/// A file's text with the edits of fixes made, of fixes that overlap the first, and how many fixes
/// that were.
fn edited(source: &Source, fixes: &[&Fix]) -> (String, usize) {
    let mut taken: BTreeMap<usize, (&Place, &str)> = BTreeMap::new();
    let mut count = 0;
    for fix in fixes {
        let is_free = |place: &Place| {
            let own = place.range();
            let mut others = taken.values().map(|(other, _)| other.range());
            others.all(|other| own.end <= other.start || other.end <= own.start)
        };
        if fix.edits.iter().all(|(place, _)| place.source() == source && is_free(place)) {
            taken.extend(
                fix.edits.iter().map(|(place, text)| (place.range().start, (place, text.as_str()))),
            );
            count += 1;
        }
    }
    let mut text = source.text().to_owned();
    for (place, new) in taken.into_values().rev() {
        text.replace_range(place.range(), new);
    }
    (text, count)
}

/// Writes a file's new text in place of the one that was read, whole or not at all; a byte order
/// mark and what the file may be done with stay.
fn replace(path: &Path, old: &str, new: &str) -> Result<()> {
    let path = path.canonicalize()?;
    let bytes = fs::read(&path)?;
    let mark = if bytes.starts_with("\u{feff}".as_bytes()) { "\u{feff}" } else { "" };
    if bytes != format!("{mark}{old}").as_bytes() {
        bail!("it was changed since it was read: run again");
    }
    let rights = path.metadata()?.permissions();
    if rights.readonly() {
        bail!("it is write-protected");
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = unfinished(folder)?;
    file.as_file().set_permissions(rights)?;
    write!(file, "{mark}{new}")?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}
