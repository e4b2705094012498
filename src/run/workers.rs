//! Work that is shared among threads and comes back in order, so that their number never shows.

use std::sync::mpsc;
use std::thread;

/// So many pieces are made before threads could be started.
const FEW: usize = 64;

/// So many batches of a thread may wait to be taken: memory does not grow with the pieces.
const AHEAD: usize = 4;

/// Makes something of each of so many pieces, so many at a time on so many threads, and gives it on in
/// their order. To wake a thread takes as long as to make something small.
pub(super) fn in_order<R: Send, X>(
    count: usize,
    (threads, batch): (usize, usize),
    make: impl Fn(usize) -> R + Sync,
    take: impl FnOnce(&mut dyn Iterator<Item = R>) -> X,
) -> X {
    // To start threads takes longer than to make a few; and every thread is to have its part.
    let batch = batch.min(count.div_ceil(threads.max(1))).max(1);
    if threads < 2 || count <= FEW {
        return take(&mut (0..count).map(make));
    }
    let make = &make;
    thread::scope(|scope| {
        let start = |first: usize| {
            let (send, receive) = mpsc::sync_channel(AHEAD);
            scope.spawn(move || {
                for start in (0..count).step_by(batch).skip(first).step_by(threads) {
                    let made: Vec<R> = (start..count.min(start + batch)).map(make).collect();
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
        for threads in [1, 2, 3, 7, 64] {
            let made =
                in_order(1000, (threads, 64), |piece| piece * 2, |all| all.collect::<Vec<_>>());
            assert_eq!(made, (0..1000).map(|piece| piece * 2).collect::<Vec<_>>());
            let first = in_order(1000, (threads, 64), |piece| piece, |all| all.nth(40));
            assert_eq!(first, Some(40), "and what is not taken is not waited for");
        }
    }
}
