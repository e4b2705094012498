//! One line each, as editors and compilers write and read them.

use std::io::{self, Write};

use super::Shown;
use super::summary::Summary;
use crate::spelling::{one_line, printable};

pub(super) fn write(shown: &Shown<'_>, to: &mut dyn Write) -> io::Result<()> {
    for finding in shown.findings {
        writeln!(to, "{}", printable(&one_line(&finding.to_string())))?;
    }
    writeln!(to, "{}", Summary::of(shown))
}
