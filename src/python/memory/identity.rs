//! Numbers for objects that pictures show: an address may be used again, a number is not.

use super::Addr;
use super::QuickMap;

/// The numbers of the blocks that were shown and still live.
#[derive(Default)]
pub struct Identities {
    numbers: QuickMap<Addr, u64>,
    last: u64,
}

impl Identities {
    /// The number of the object whose block starts here, a new one if it has none.
    pub fn number(&mut self, block: Addr) -> u64 {
        *self.numbers.entry(block).or_insert_with(|| {
            self.last += 1;
            self.last
        })
    }

    /// The block was freed, or its object died and lives again as another.
    pub fn forget(&mut self, block: Addr) {
        self.numbers.remove(&block);
    }

    /// A block that was resized is elsewhere: a string that grows in place of its old self.
    pub fn moved(&mut self, from: Addr, to: Addr) {
        if from != to
            && let Some(number) = self.numbers.remove(&from)
        {
            self.numbers.insert(to, number);
        }
    }

    /// Whether nothing was numbered.
    pub fn is_empty(&self) -> bool {
        self.last == 0
    }
}
