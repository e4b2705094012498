//! Reads the records of a CSV file and does nothing with them: the least that any program has to do.

use std::env;
use std::error::Error;

use csv::ByteRecord;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("which file?")?;
    let mut reader = csv::Reader::from_path(path)?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {}
    Ok(())
}
