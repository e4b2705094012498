//! Any bytes as a workbook. Those that are a ZIP are changed inside, part by part: of a changed
//! packed part little more is seen than that its checksum is wrong.

#![no_main]

use std::io::{Cursor, Read, Write};

use assess_fuzz::{PLAN, options, read};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fuzz_target!(|data: &[u8]| {
    read(&PLAN, options(0), "values.xlsx", None, data);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    // Now and then the container itself.
    if seed % 16 != 0
        && let Some(mutated) = mutate_part(&data[..size], seed as usize / 16)
        && mutated.len() <= max_size
    {
        data[..mutated.len()].copy_from_slice(&mutated);
        return mutated.len();
    }
    fuzzer_mutate(data, size, max_size)
});

/// The ZIP with one of its parts changed; none where it is no ZIP that can be unpacked.
fn mutate_part(bytes: &[u8], seed: usize) -> Option<Vec<u8>> {
    const MOST: usize = 1 << 16;
    let mut parts = unpack(bytes, MOST)?;
    // The parts that say nothing of values are left alone.
    let counts = |name: &str| !name.contains("docProps") && !name.contains("theme");
    let several: Vec<_> = parts.iter_mut().filter(|(name, _)| counts(name)).collect();
    let at = seed.checked_rem(several.len())?;
    let (_, part) = several.into_iter().nth(at)?;
    let size = part.len();
    part.resize(size + 256, 0);
    let most = part.len();
    let size = fuzzer_mutate(part, size, most);
    part.truncate(size);
    pack(&parts)
}

fn unpack(bytes: &[u8], most: usize) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..zip.len().min(40) {
        let part = zip.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        part.take(most as u64).read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    Some(parts)
}

fn pack(parts: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), stored).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
