//! Any bytes as a file of measured values; the first byte says with which options.

#![no_main]

use assess_fuzz::{PLAN, options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((&first, bytes)) = data.split_first() {
        read(&PLAN, options(first), "values.csv", None, bytes);
    }
});
