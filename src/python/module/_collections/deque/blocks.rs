//! The chain of blocks behind a deque: both ends, rotation, access by index. CPython: `deque_append`,
//! `_deque_rotate`, `deque_item`.
//!
//! A block is 66 words: the block to its left, 64 items, the block to its right.

use crate::python::memory::{Addr, Own};
use crate::python::version::Version;
use crate::python::vm::{PyResult, Vm};

/// Items of a block: `BLOCKLEN`.
pub const BLOCK_LEN: i64 = 64;
/// Where an empty deque stands in its only block: `CENTER`.
const CENTER: i64 = (BLOCK_LEN - 1) / 2;
/// Bytes of a block.
pub const BLOCK_BYTES: usize = 8 * (BLOCK_LEN as usize + 2);
/// Blocks that a deque keeps for itself: `MAXFREEBLOCKS`.
const FREE_BLOCKS_MAX: u64 = 16;

/// Offset of `ob_size`.
pub const SIZE: u64 = 16;
/// Offset of `leftblock`.
pub const LEFT_BLOCK: u64 = 24;
/// Offset of `rightblock`.
pub const RIGHT_BLOCK: u64 = 32;
/// Offset of `leftindex`.
pub const LEFT_INDEX: u64 = 40;
/// Offset of `rightindex`.
pub const RIGHT_INDEX: u64 = 48;
/// Offset of `state`, which counts changes.
pub const STATE: u64 = 56;
/// Offset of `maxlen`, -1 for none.
pub const MAXLEN: u64 = 64;
/// Offset of `numfreeblocks`.
const FREE_COUNT: u64 = 72;
/// Offset of `freeblocks`.
const FREE_BLOCKS: u64 = 80;

/// Offset in a block of the block to the left.
const LINK_LEFT: u64 = 0;
/// Offset in a block of the first item.
const DATA: u64 = 8;
/// Offset in a block of the block to the right.
pub const LINK_RIGHT: u64 = 8 + 8 * BLOCK_LEN as u64;

/// The number of items.
#[inline(always)]
pub fn len(vm: &Vm, deque: Addr) -> usize {
    vm.word(deque, SIZE) as usize
}

#[inline(always)]
/// A signed number in a field.
pub fn number(vm: &Vm, deque: Addr, field: u64) -> i64 {
    vm.word(deque, field) as i64
}

#[inline(always)]
fn set_number(vm: &mut Vm, deque: Addr, field: u64, value: i64) {
    vm.set_word(deque, field, value as u64);
}

/// Counts a change, so that iterators notice.
pub fn touch(vm: &mut Vm, deque: Addr) {
    let state = vm.word(deque, STATE);
    vm.set_word(deque, STATE, state.wrapping_add(1));
}

/// The word of item `i` of a block.
#[inline(always)]
pub fn place(block: Addr, i: i64) -> Addr {
    block.at(DATA + 8 * i as u64)
}

/// Whether a deque keeps its free blocks itself. Until 3.10 all deques share them, and where they stand now the
/// structure has the weak references.
fn keeps_blocks(vm: &Vm) -> bool {
    vm.profile.version >= Version::V3_11
}

fn new_block(vm: &mut Vm, deque: Addr) -> PyResult<Addr> {
    if !keeps_blocks(vm) {
        return match vm.deque_blocks.pop() {
            Some(block) => Ok(block),
            None => fresh_block(vm),
        };
    }
    let kept = vm.word(deque, FREE_COUNT);
    if kept > 0 {
        vm.set_word(deque, FREE_COUNT, kept - 1);
        return Ok(vm.field(deque, FREE_BLOCKS + 8 * (kept - 1)));
    }
    fresh_block(vm)
}

fn fresh_block(vm: &mut Vm) -> PyResult<Addr> {
    match vm.heap.try_alloc(BLOCK_BYTES) {
        Ok(block) => Ok(block),
        Err(_) => Err(vm.memory_error()),
    }
}

fn free_block(vm: &mut Vm, deque: Addr, block: Addr) {
    if !keeps_blocks(vm) {
        match vm.deque_blocks.len() < FREE_BLOCKS_MAX as usize {
            true => vm.deque_blocks.push(block),
            false => vm.heap.free(block),
        }
        return;
    }
    let kept = vm.word(deque, FREE_COUNT);
    if kept < FREE_BLOCKS_MAX {
        vm.set_word(deque, FREE_BLOCKS + 8 * kept, block.0);
        vm.set_word(deque, FREE_COUNT, kept + 1);
    } else {
        vm.heap.free(block);
    }
}

/// Gives a new deque, whose words are zero, its first block.
pub fn init(vm: &mut Vm, deque: Addr) -> PyResult<()> {
    let block = new_block(vm, deque)?;
    vm.set_word(deque, LEFT_BLOCK, block.0);
    vm.set_word(deque, RIGHT_BLOCK, block.0);
    set_number(vm, deque, MAXLEN, -1);
    recenter(vm, deque);
    Ok(())
}

fn recenter(vm: &mut Vm, deque: Addr) {
    set_number(vm, deque, LEFT_INDEX, CENTER + 1);
    set_number(vm, deque, RIGHT_INDEX, CENTER);
}

/// Before the first items come from an iterable: starts at the edge that leaves most room.
pub fn start_at_edge(vm: &mut Vm, deque: Addr, left: bool) {
    if len(vm, deque) == 0 {
        let first = if left { 1 } else { BLOCK_LEN - 1 };
        set_number(vm, deque, LEFT_INDEX, first);
        set_number(vm, deque, RIGHT_INDEX, first - 1);
    }
}

fn link(vm: &mut Vm, left: Addr, right: Addr) {
    vm.set_word(left, LINK_RIGHT, right.0);
    vm.set_word(right, LINK_LEFT, left.0);
}

/// Appends, taking over the reference; a bounded deque loses its first item.
pub fn append(vm: &mut Vm, deque: Addr, item: Own) -> PyResult<()> {
    let mut index = number(vm, deque, RIGHT_INDEX);
    if index == BLOCK_LEN - 1 {
        let block = new_block(vm, deque)?;
        let last = vm.field(deque, RIGHT_BLOCK);
        link(vm, last, block);
        vm.set_word(deque, RIGHT_BLOCK, block.0);
        index = -1;
    }
    let size = len(vm, deque) as u64 + 1;
    vm.set_word(deque, SIZE, size);
    set_number(vm, deque, RIGHT_INDEX, index + 1);
    let block = vm.field(deque, RIGHT_BLOCK);
    vm.init_field(place(block, index + 1), 0, item);
    if is_too_long(vm, deque) {
        let lost = pop_left(vm, deque);
        vm.xdecref(lost);
    } else {
        touch(vm, deque);
    }
    Ok(())
}

/// The same at the left end.
pub fn append_left(vm: &mut Vm, deque: Addr, item: Own) -> PyResult<()> {
    let mut index = number(vm, deque, LEFT_INDEX);
    if index == 0 {
        let block = new_block(vm, deque)?;
        let first = vm.field(deque, LEFT_BLOCK);
        link(vm, block, first);
        vm.set_word(deque, LEFT_BLOCK, block.0);
        index = BLOCK_LEN;
    }
    let size = len(vm, deque) as u64 + 1;
    vm.set_word(deque, SIZE, size);
    set_number(vm, deque, LEFT_INDEX, index - 1);
    let block = vm.field(deque, LEFT_BLOCK);
    vm.init_field(place(block, index - 1), 0, item);
    if is_too_long(vm, deque) {
        let lost = pop(vm, deque);
        vm.xdecref(lost);
    } else {
        touch(vm, deque);
    }
    Ok(())
}

fn is_too_long(vm: &Vm, deque: Addr) -> bool {
    let maxlen = number(vm, deque, MAXLEN);
    maxlen >= 0 && len(vm, deque) as i64 > maxlen
}

/// The last item, taken out.
pub fn pop(vm: &mut Vm, deque: Addr) -> Option<Own> {
    let size = len(vm, deque);
    if size == 0 {
        return None;
    }
    let (block, index) = (vm.field(deque, RIGHT_BLOCK), number(vm, deque, RIGHT_INDEX));
    let item = vm.word(place(block, index), 0);
    set_number(vm, deque, RIGHT_INDEX, index - 1);
    vm.set_word(deque, SIZE, size as u64 - 1);
    touch(vm, deque);
    if size == 1 && index == 0 {
        recenter(vm, deque);
    } else if index == 0 {
        let previous = vm.field(block, LINK_LEFT);
        free_block(vm, deque, block);
        vm.set_word(deque, RIGHT_BLOCK, previous.0);
        set_number(vm, deque, RIGHT_INDEX, BLOCK_LEN - 1);
    }
    Own::from_word(item)
}

/// The first item, taken out.
pub fn pop_left(vm: &mut Vm, deque: Addr) -> Option<Own> {
    let size = len(vm, deque);
    if size == 0 {
        return None;
    }
    let (block, index) = (vm.field(deque, LEFT_BLOCK), number(vm, deque, LEFT_INDEX));
    let item = vm.word(place(block, index), 0);
    set_number(vm, deque, LEFT_INDEX, index + 1);
    vm.set_word(deque, SIZE, size as u64 - 1);
    touch(vm, deque);
    if size == 1 && index == BLOCK_LEN - 1 {
        recenter(vm, deque);
    } else if index == BLOCK_LEN - 1 {
        let following = vm.field(block, LINK_RIGHT);
        free_block(vm, deque, block);
        vm.set_word(deque, LEFT_BLOCK, following.0);
        set_number(vm, deque, LEFT_INDEX, 0);
    }
    Own::from_word(item)
}

/// Turns the deque `n` steps to the right, moving as few words as possible: `_deque_rotate`.
pub fn rotate(vm: &mut Vm, deque: Addr, n: i64) -> PyResult<()> {
    let len = len(vm, deque) as i64;
    let half = len >> 1;
    if len <= 1 {
        return Ok(());
    }
    let mut n = n;
    if n > half || n < -half {
        n %= len;
        if n > half {
            n -= len;
        } else if n < -half {
            n += len;
        }
    }
    touch(vm, deque);
    let mut spare = None;
    while n > 0 {
        n -= rotate_right(vm, deque, n, &mut spare)?;
    }
    while n < 0 {
        n += rotate_left(vm, deque, -n, &mut spare)?;
    }
    if let Some(block) = spare {
        free_block(vm, deque, block);
    }
    Ok(())
}

/// Moves up to `n` items that lie together from the right end to the left; how many.
fn rotate_right(vm: &mut Vm, deque: Addr, n: i64, spare: &mut Option<Addr>) -> PyResult<i64> {
    if number(vm, deque, LEFT_INDEX) == 0 {
        let block = match spare.take() {
            Some(block) => block,
            None => new_block(vm, deque)?,
        };
        let first = vm.field(deque, LEFT_BLOCK);
        link(vm, block, first);
        vm.set_word(deque, LEFT_BLOCK, block.0);
        set_number(vm, deque, LEFT_INDEX, BLOCK_LEN);
    }
    let (left, right) = (
        number(vm, deque, LEFT_INDEX),
        number(vm, deque, RIGHT_INDEX),
    );
    let count = n.min(right + 1).min(left);
    let (source, target) = (vm.field(deque, RIGHT_BLOCK), vm.field(deque, LEFT_BLOCK));
    move_items(
        vm,
        place(source, right + 1 - count),
        place(target, left - count),
        count,
    );
    set_number(vm, deque, LEFT_INDEX, left - count);
    set_number(vm, deque, RIGHT_INDEX, right - count);
    if right - count < 0 {
        *spare = Some(source);
        let previous = vm.field(source, LINK_LEFT);
        vm.set_word(deque, RIGHT_BLOCK, previous.0);
        set_number(vm, deque, RIGHT_INDEX, BLOCK_LEN - 1);
    }
    Ok(count)
}

/// The same from the left end to the right.
fn rotate_left(vm: &mut Vm, deque: Addr, n: i64, spare: &mut Option<Addr>) -> PyResult<i64> {
    if number(vm, deque, RIGHT_INDEX) == BLOCK_LEN - 1 {
        let block = match spare.take() {
            Some(block) => block,
            None => new_block(vm, deque)?,
        };
        let last = vm.field(deque, RIGHT_BLOCK);
        link(vm, last, block);
        vm.set_word(deque, RIGHT_BLOCK, block.0);
        set_number(vm, deque, RIGHT_INDEX, -1);
    }
    let (left, right) = (
        number(vm, deque, LEFT_INDEX),
        number(vm, deque, RIGHT_INDEX),
    );
    let count = n.min(BLOCK_LEN - left).min(BLOCK_LEN - 1 - right);
    let (source, target) = (vm.field(deque, LEFT_BLOCK), vm.field(deque, RIGHT_BLOCK));
    move_items(vm, place(source, left), place(target, right + 1), count);
    set_number(vm, deque, LEFT_INDEX, left + count);
    set_number(vm, deque, RIGHT_INDEX, right + count);
    if left + count == BLOCK_LEN {
        *spare = Some(source);
        let following = vm.field(source, LINK_RIGHT);
        vm.set_word(deque, LEFT_BLOCK, following.0);
        set_number(vm, deque, LEFT_INDEX, 0);
    }
    Ok(count)
}

/// Moves words one by one upwards: the ranges may overlap as CPython's loop has them.
fn move_items(vm: &mut Vm, from: Addr, to: Addr, count: i64) {
    for i in 0..count as u64 {
        let word = vm.word(from, 8 * i);
        vm.set_word(to, 8 * i, word);
    }
}

/// The word of item `i`, below the length: from the nearer end.
pub fn find(vm: &Vm, deque: Addr, i: usize) -> Addr {
    let first = number(vm, deque, LEFT_INDEX);
    let at = i as i64 + first;
    let (mut hops, index) = (at / BLOCK_LEN, at % BLOCK_LEN);
    if i < len(vm, deque) >> 1 || hops == 0 {
        let mut block = vm.field(deque, LEFT_BLOCK);
        while hops > 0 {
            block = vm.field(block, LINK_RIGHT);
            hops -= 1;
        }
        return place(block, index);
    }
    let mut back = (first + len(vm, deque) as i64 - 1) / BLOCK_LEN - hops;
    let mut block = vm.field(deque, RIGHT_BLOCK);
    while back > 0 {
        block = vm.field(block, LINK_LEFT);
        back -= 1;
    }
    place(block, index)
}

/// A walk over a deque's items, which must not change meanwhile.
#[derive(Clone, Copy)]
pub struct Walk {
    /// The block.
    pub block: Addr,
    /// The item in it.
    pub index: i64,
}

impl Walk {
    /// From the left end.
    pub fn first(vm: &Vm, deque: Addr) -> Walk {
        Walk {
            block: vm.field(deque, LEFT_BLOCK),
            index: number(vm, deque, LEFT_INDEX),
        }
    }

    /// From the right end.
    pub fn last(vm: &Vm, deque: Addr) -> Walk {
        Walk {
            block: vm.field(deque, RIGHT_BLOCK),
            index: number(vm, deque, RIGHT_INDEX),
        }
    }

    /// The word of the item here.
    pub fn place(self) -> Addr {
        place(self.block, self.index)
    }

    /// One item to the right.
    pub fn right(&mut self, vm: &Vm) {
        self.index += 1;
        if self.index == BLOCK_LEN {
            self.block = vm.field(self.block, LINK_RIGHT);
            self.index = 0;
        }
    }

    /// One item to the left.
    pub fn left(&mut self, vm: &Vm) {
        self.index -= 1;
        if self.index < 0 {
            self.block = vm.field(self.block, LINK_LEFT);
            self.index = BLOCK_LEN - 1;
        }
    }
}

/// Empties the deque, then drops the items, the first first. A new block takes the old ones' place:
/// `deque_clear`.
pub fn clear(vm: &mut Vm, deque: Addr) {
    let count = len(vm, deque);
    if count == 0 {
        return;
    }
    let mut walk = Walk::first(vm, deque);
    let Ok(block) = new_block(vm, deque) else {
        vm.clear_raised();
        while let Some(item) = pop(vm, deque) {
            vm.decref(item);
        }
        return;
    };
    vm.set_word(deque, SIZE, 0);
    vm.set_word(deque, LEFT_BLOCK, block.0);
    vm.set_word(deque, RIGHT_BLOCK, block.0);
    recenter(vm, deque);
    touch(vm, deque);
    for left in (0..count).rev() {
        let (word, current) = (vm.word(walk.place(), 0), walk.block);
        if left > 0 {
            walk.right(vm);
        }
        vm.decref_word(word);
        if walk.block != current || left == 0 {
            free_block(vm, deque, current);
        }
    }
}

/// Frees the blocks of a dead, empty deque.
pub fn free_all(vm: &mut Vm, deque: Addr) {
    let block = vm.field(deque, LEFT_BLOCK);
    vm.set_word(deque, LEFT_BLOCK, 0);
    vm.set_word(deque, RIGHT_BLOCK, 0);
    if !block.is_null() {
        free_block(vm, deque, block);
    }
    if !keeps_blocks(vm) {
        return;
    }
    for i in 0..vm.word(deque, FREE_COUNT) {
        let block = vm.field(deque, FREE_BLOCKS + 8 * i);
        vm.heap.free(block);
    }
    vm.set_word(deque, FREE_COUNT, 0);
}
