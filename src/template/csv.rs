//! A return as CSV. Texts stand as they are, for they are read again as names; what opens the file
//! in a spreadsheet program takes a text that begins with `=` for a formula.

use std::io::{self, Write};

use super::Template;

pub(super) fn write(template: &Template<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut file = csv::Writer::from_writer(out);
    file.write_record(template.columns().map(|column| column.name(template.lang)))?;
    for row in &template.rows {
        file.write_record(template.columns().map(|column| template.cell(row, column)))?;
    }
    file.flush()
}
