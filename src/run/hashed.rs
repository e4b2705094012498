//! The SHA-256 of a file that is read anyway, on a thread of its own.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use sha2::{Digest, Sha256};

use super::input::hex;

/// So many pieces may wait to be hashed: memory does not grow with the file.
const AHEAD: usize = 2;

/// A piece has so many bytes: to wake a thread takes as long as to hash some thousand.
const PIECE: usize = 1 << 19;

/// A reader of a file that has each byte hashed when it is first read, in the order of the file.
pub(super) struct Hashed<'r, R> {
    inner: &'r mut R,
    /// Where the next byte is read.
    at: u64,
    /// How many bytes from the beginning were given to be hashed.
    given: u64,
    /// What was given and is not yet a piece.
    piece: Vec<u8>,
    pieces: SyncSender<Vec<u8>>,
}

/// The thread that hashes.
pub(super) struct Hashing<'scope>(ScopedJoinHandle<'scope, String>);

impl<'r, R: Read + Seek> Hashed<'r, R> {
    /// Begins to hash, and to read from the beginning.
    pub(super) fn begin<'scope>(
        inner: &'r mut R,
        scope: &'scope Scope<'scope, '_>,
    ) -> io::Result<(Self, Hashing<'scope>)> {
        inner.rewind()?;
        let (pieces, come) = sync_channel::<Vec<u8>>(AHEAD);
        let hashing = scope.spawn(move || {
            let mut hasher = Sha256::new();
            come.iter().for_each(|piece| hasher.update(piece));
            hex(&hasher.finalize())
        });
        Ok((Self { inner, at: 0, given: 0, piece: Vec::new(), pieces }, Hashing(hashing)))
    }

    /// Has hashed what was not read so far.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.seek(SeekFrom::Start(self.given))?;
        io::copy(&mut self, &mut io::sink())?;
        self.send()
    }

    /// Has hashed what was given so far.
    fn send(&mut self) -> io::Result<()> {
        self.pieces.send(std::mem::take(&mut self.piece)).map_err(io::Error::other)
    }
}

impl Hashing<'_> {
    /// The hash in hexadecimal, once all was given.
    pub(super) fn wait(self) -> io::Result<String> {
        let ended = |_| io::Error::other("the thread that hashes it ended");
        self.0.join().map_err(ended)
    }
}

impl<R: Read + Seek> Read for Hashed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let end = self.at + count as u64;
        if self.at <= self.given && self.given < end {
            let known = usize::try_from(self.given - self.at).unwrap_or(count);
            let new = buffer.get(known..count).unwrap_or_default();
            self.piece.extend_from_slice(new);
            self.given = end;
            if self.piece.len() >= PIECE {
                self.send()?;
            }
        }
        self.at = end;
        Ok(count)
    }
}

impl<R: Seek> Seek for Hashed<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.inner.seek(to)?;
        Ok(self.at)
    }
}
