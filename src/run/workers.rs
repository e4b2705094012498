//! Work that is shared among threads and comes back in order, so that their number never shows.

use std::sync::mpsc;
use std::thread;

/// So many pieces are made at a time.
const BATCH: usize = 32;

/// So many batches of a thread may wait to be taken: memory does not grow with the pieces.
const AHEAD: usize = 2;

/// Makes something of each piece, on so many threads, and gives it on in the order of the pieces.
pub(super) fn in_order<T: Copy + Sync, R: Send, X>(
    pieces: &[T],
    threads: usize,
    make: impl Fn(T) -> R + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = R>) -> X,
) -> X {
    // To start threads takes longer than to make a few.
    if threads < 2 || pieces.len() <= BATCH {
        return take(&mut pieces.iter().copied().map(make));
    }
    let make = &make;
    thread::scope(|scope| {
        let start = |first: usize| {
            let (send, receive) = mpsc::sync_channel(AHEAD);
            scope.spawn(move || {
                for batch in pieces.chunks(BATCH).skip(first).step_by(threads) {
                    let made: Vec<R> = batch.iter().copied().map(make).collect();
                    if send.send(made).is_err() {
                        // Nobody takes more.
                        return;
                    }
                }
            });
            receive
        };
        let batches: Vec<_> = (0..threads).map(start).collect();
        let mut next = batches.iter().cycle();
        let mut made = std::iter::from_fn(|| next.next()?.recv().ok()).flatten();
        take(&mut made)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_in_order_on_any_number_of_threads() {
        let pieces: Vec<usize> = (0..1000).collect();
        for threads in [1, 2, 3, 7, 64] {
            let made = in_order(&pieces, threads, |piece| piece * 2, |all| all.collect::<Vec<_>>());
            assert_eq!(made, (0..1000).map(|piece| piece * 2).collect::<Vec<_>>());
            let first = in_order(&pieces, threads, |piece| piece, |all| all.nth(40));
            assert_eq!(first, Some(40), "and what is not taken is not waited for");
        }
    }
}
