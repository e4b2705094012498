//! Where the cells of a CSV record stand in its text. The csv crate reads the cells; it does not
//! say where they were.

use std::ops::Range;

/// The cells of one record, as ranges of its text, quotation marks included.
pub(super) fn cells(record: &str, delimiter: u8) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, byte) in record.bytes().enumerate() {
        match byte {
            b'"' => quoted = opens_or_closes(record, start, at, quoted),
            _ if byte == delimiter && !quoted => {
                cells.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(start..record.len());
    cells
}

/// The first cell whose quotation mark is not closed, or closed before the cell ends: then a row
/// may have swallowed others.
pub(super) fn ill_quoted(record: &str, delimiter: u8) -> Option<usize> {
    if !record.contains('"') {
        return None;
    }
    cells(record, delimiter).into_iter().position(|range| {
        let cell = record.get(range).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let Some(opened) = cell.strip_prefix('"') else { return false };
        let inside = opened.strip_suffix('"');
        inside.is_none_or(|inside| inside.replace("\"\"", "").contains('"'))
    })
}

/// A mark opens only at the start of a cell; inside a quoted cell every one toggles, so that a
/// doubled mark leaves it quoted.
fn opens_or_closes(record: &str, start: usize, at: usize, quoted: bool) -> bool {
    let begins_quoted = record.as_bytes().get(start) == Some(&b'"');
    if begins_quoted { !quoted } else { at == start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(record: &str) -> Vec<&str> {
        cells(record, b',').into_iter().map(|range| record.get(range).unwrap()).collect()
    }

    #[test]
    fn cells_are_found_between_commas_outside_quotes() {
        assert_eq!(texts("a,b"), ["a", "b"]);
        assert_eq!(texts(",名称,"), ["", "名称", ""]);
        assert_eq!(texts("\"a,b\",c"), ["\"a,b\"", "c"]);
        assert_eq!(texts("\"say \"\"a,b\"\"\",c"), ["\"say \"\"a,b\"\"\"", "c"]);
        assert_eq!(texts("5\" pipe,c"), ["5\" pipe", "c"]);
    }

    #[test]
    fn an_ill_quoted_cell_is_found() {
        assert_eq!(ill_quoted("a,\"b\nc,d\n", b','), Some(1));
        assert_eq!(ill_quoted("a,\"b\nc\"d,e", b','), Some(1));
        assert_eq!(ill_quoted("\"a\",\"b\"\"\"", b','), None);
        assert_eq!(ill_quoted("5\" pipe", b','), None);
        assert_eq!(ill_quoted("a,\"《\"十四五\"规划,第3页》\"", b','), Some(1));
        assert_eq!(ill_quoted("\"say \"hi\" now\"", b','), Some(0));
    }

    proptest! {
        #[test]
        fn there_are_as_many_cells_as_the_csv_crate_reads(
            written in proptest::collection::vec("[a,\"指 ]{0,6}", 1..6),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&written).unwrap();
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(cells(text.trim_end_matches('\n'), b',').len(), written.len());
        }

        #[test]
        fn what_is_well_quoted_is_read_alike(record in "[a,\"指 ]{0,12}") {
            if ill_quoted(&record, b',').is_none() {
                let mut options = csv::ReaderBuilder::new();
                let mut reader = options.has_headers(false).flexible(true).from_reader(record.as_bytes());
                let read = reader.records().next().map_or(1, |record| record.unwrap().len());
                prop_assert_eq!(cells(&record, b',').len(), read);
            }
        }
    }
}
