//! Files as bytes.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use assess::report::Input;
use assess::spelling::printable;
use sha2::{Digest, Sha256};

/// The name of standard input.
pub(super) const STDIN: &str = "-";

/// What was read, under the name that it was asked for by.
pub(super) struct Bytes {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Bytes {
    /// Reads a file; `-` is standard input.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let name = printable(&path.display().to_string());
        let bytes = if path.as_os_str() == STDIN {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
            bytes
        } else {
            if path.is_dir() {
                bail!("`{name}` is a folder, not a file: name the files in it");
            }
            fs::read(path).with_context(|| format!("cannot read `{name}`"))?
        };
        Ok(Self { name, bytes })
    }

    /// What is said of it in a report.
    pub(super) fn input(&self, rows: usize) -> Input {
        Input { name: self.name.clone(), sha256: sha256(&self.bytes), rows }
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
