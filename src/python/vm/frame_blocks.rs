//! The memory of frames where every call makes a frame object: CPython up to 3.10.
//!
//! When a call ends its frame is not freed: the code object keeps it for its next call (a *zombie frame*), and if it has
//! one already, a list of free frames does. So the first call of a function takes memory that stays. CPython:
//! Objects/frameobject.c, `frame_alloc`, `frame_dealloc`.
//!
//! Here a frame runs on the data stack in every version; its block lies beside it, empty. Whoever asks for the frame object
//! gets that block as one.

use super::Vm;
use super::program::Program;
use crate::python::memory::Addr;
use crate::python::object::{OB_REFCNT, alloc, types};

/// Frames in the list: `PyFrame_MAXFREELIST`.
const FREE_FRAMES_MAX: usize = 200;

/// Free frames before the program's module runs, as `sys._debugmallocstats()` tells.
const FRAMES_AT_START: usize = 2;

/// Words of a free frame that a program finds.
const WORDS_AT_START: u64 = 32;

/// The words for locals and stack of a block that nobody uses.
const WORDS: u64 = 24;

impl Vm {
    /// A block for a call of this code; `NULL` where frames have none.
    #[inline(always)]
    pub(crate) fn take_frame_block(&mut self, program: &Program) -> Addr {
        match self.profile.frame_size {
            Some(size) => self.make_frame_block(program, size),
            None => Addr::NULL,
        }
    }

    #[inline(never)]
    fn make_frame_block(&mut self, program: &Program, size: u32) -> Addr {
        let zombie = program.zombie.replace(Addr::NULL);
        if !zombie.is_null() {
            self.set_word(zombie, OB_REFCNT, 0);
            return zombie;
        }
        let words = u64::from(program.nlocalsplus + program.told_stacksize);
        self.free_frame_block(size, words)
    }

    /// A block from the list of free frames if it is large enough, else a new one.
    pub(super) fn free_frame_block(&mut self, size: u32, words: u64) -> Addr {
        if let Some(block) = self.free_frames.pop() {
            if self.word(block, WORDS) >= words {
                return block;
            }
            alloc::free(self, block);
        }
        self.new_frame_block(size, words)
    }

    /// A block with so many words for locals and stack; `NULL` where there is no memory.
    pub(super) fn new_frame_block(&mut self, size: u32, words: u64) -> Addr {
        match alloc::alloc_sized(self, types::FRAME, size as usize + 8 * words as usize) {
            Ok(made) => {
                let block = made.into_addr();
                self.set_word(block, OB_REFCNT, 0);
                self.set_word(block, WORDS, words);
                block
            }
            Err(_) => {
                self.clear_raised();
                Addr::NULL
            }
        }
    }

    /// The call has ended, its words are gone; the code object still lives.
    pub(crate) fn give_frame_block(&mut self, block: Addr, code: Addr) {
        if block.is_null() {
            return;
        }
        self.set_word(block, OB_REFCNT, 0);
        let program = self.program_ref(code);
        let words = u64::from(program.nlocalsplus + program.told_stacksize);
        if program.zombie.get().is_null() {
            program.zombie.set(block);
        } else {
            self.keep_frame_block(block, words);
        }
    }

    /// Puts a block into the list of free frames.
    pub(super) fn keep_frame_block(&mut self, block: Addr, words: u64) {
        if block.is_null() {
            return;
        }
        if self.free_frames.len() < FREE_FRAMES_MAX {
            self.set_word(block, WORDS, words);
            self.free_frames.push(block);
        } else {
            alloc::free(self, block);
        }
    }

    /// Those that the start leaves in the list: one for the program's own module, and one large enough for small functions.
    pub(super) fn leave_free_frames(&mut self) {
        let Some(size) = self.profile.frame_size else {
            return;
        };
        for _ in 0..FRAMES_AT_START {
            let block = self.new_frame_block(size, WORDS_AT_START);
            self.keep_frame_block(block, WORDS_AT_START);
        }
    }

    /// A full collection empties the list: `_PyFrame_ClearFreeList`.
    pub(crate) fn clear_free_frames(&mut self) {
        while let Some(block) = self.free_frames.pop() {
            alloc::free(self, block);
        }
    }
}
