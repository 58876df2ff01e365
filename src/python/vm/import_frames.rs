//! The frames of the functions that import a module, where frames take memory: CPython up to 3.10.
//!
//! Importing is native here. In CPython five functions of `importlib` call each other for it, and a module that is
//! imported by another one finds their zombie frames taken: it takes five more, and when both are imported five go into
//! the list of free frames. Functions that are called for the first time find them there. Measured with
//! `sys._debugmallocstats()` after chains of modules that import each other.

use super::Vm;
use crate::python::memory::Addr;

/// One of the functions that import a module. CPython: Lib/importlib/_bootstrap.py.
#[derive(Clone, Copy, Debug)]
pub(super) enum ImportFunction {
    /// `_find_and_load`
    FindAndLoad,
    /// `_find_and_load_unlocked`
    FindAndLoadUnlocked,
    /// `_load_unlocked`
    LoadUnlocked,
    /// `exec_module` of a file's loader.
    ExecModule,
    /// `_call_with_frames_removed`
    CallWithFramesRemoved,
}

/// The words for locals and stack of each. Measured: `co_nlocals` and `co_stacksize` of 3.10; 3.9's third has one less.
const WORDS: [u64; 5] = [12, 17, 14, 8, 7];

/// The blocks of their frames.
#[derive(Debug, Default)]
pub struct ImportFrames {
    /// The zombie frame of each, or `NULL`.
    zombies: [Addr; 5],
    /// Those of the calls that run.
    running: Vec<(ImportFunction, Addr)>,
}

impl ImportFrames {
    /// How many of the functions run.
    pub(super) fn depth(&self) -> usize {
        self.running.len()
    }
}

impl Vm {
    /// The start has called all of them.
    pub(super) fn leave_import_frames(&mut self) {
        let Some(size) = self.profile.frame_size else {
            return;
        };
        for (at, words) in WORDS.iter().enumerate() {
            self.import_frames.zombies[at] = self.new_frame_block(size, *words);
        }
    }

    /// One of the functions is called.
    pub(super) fn enter_import(&mut self, function: ImportFunction) {
        let Some(size) = self.profile.frame_size else {
            return;
        };
        let at = function as usize;
        let zombie = std::mem::take(&mut self.import_frames.zombies[at]);
        let block = match zombie.is_null() {
            true => self.free_frame_block(size, WORDS[at]),
            false => zombie,
        };
        self.import_frames.running.push((function, block));
    }

    /// The functions return, down to `depth` of them.
    pub(super) fn leave_import(&mut self, depth: usize) {
        while self.import_frames.running.len() > depth {
            let Some((function, block)) = self.import_frames.running.pop() else {
                return;
            };
            let at = function as usize;
            if self.import_frames.zombies[at].is_null() {
                self.import_frames.zombies[at] = block;
            } else {
                self.keep_frame_block(block, WORDS[at]);
            }
        }
    }
}
