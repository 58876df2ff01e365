//! Frames: one call of Python code in progress.
//!
//! A running frame is a Rust [`Frame`]; its fast locals and value stack are words of simulated memory:
//!
//! ```text
//! data stack  ├ locals… │ cells… │ free… ├ value stack … ┤ next frame
//!             base                       base + 8 * nlocalsplus   top = vm.stack_top
//! ```
//!
//! A generator's frame has its words inside the generator object, so that resuming copies nothing. While
//! nobody runs it, and when a frame object outlives its call, the Rust fields are kept in nine words before the
//! locals, which CPython's `_PyInterpreterFrame` has in the same place (see [`parked`]).

use super::{PyResult, Vm, pair};
use crate::python::memory::{Addr, STACK_END, STACK_RESERVE};

/// Who keeps a frame's locals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The data stack.
    Thread,
    /// A generator, coroutine or asynchronous generator.
    Generator(Addr),
}

/// What happens when a frame returns or yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// The value is pushed for the caller, a frame of the same loop.
    Push,
    /// The loop ends and gives the value to Rust.
    Leave,
    /// It was `__init__`: the value must be `None`, and the new object (owned) is pushed instead.
    Init(Addr),
    /// A function's call whose operands are on the caller's stack yet: the value is pushed in their place.
    Kept,
    /// [`After::Init`] for a call that has not been specialised: the operands are on the caller's stack yet, and the tuple of
    /// the arguments with them.
    ColdInit(Addr),
    /// A `for` loop of the caller resumed a generator: a return ends that loop at this instruction.
    ForIter(u32),
    /// The same for a loop that has two words on the stack.
    ForIterPair(u32),
    /// `yield from` of the caller resumed a generator: a return continues at this instruction.
    Send(u32),
}

/// A running frame. CPython: `_PyInterpreterFrame`.
pub struct Frame {
    /// The code object, owned.
    pub code: Addr,
    /// The function, owned; `NULL` for none.
    pub function: Addr,
    /// Its globals, borrowed from the function.
    pub globals: Addr,
    /// Its builtins, borrowed from the function.
    pub builtins: Addr,
    /// The locals' mapping of module and class bodies, owned, or `NULL`.
    pub locals: Addr,
    /// The first fast local.
    pub base: Addr,
    /// One past the last value, while another frame runs.
    pub sp: Addr,
    /// The end of the data stack in use while this frame runs.
    pub top: Addr,
    /// The next instruction, while another frame runs.
    pub pc: u32,
    /// Who keeps the locals.
    pub owner: Owner,
    /// What happens at the return.
    pub after: After,
    /// The frame object, owned, or `NULL` while nobody asked for one.
    pub object: Addr,
    /// Its block, see `frame_blocks`; `NULL` for none.
    pub block: Addr,
}

/// Offsets of a frame that is not running, from the address of its parked words; its locals follow them.
pub mod parked {
    /// The code object, owned.
    pub const CODE: u64 = 0;
    /// The number of values that the frame owns: all locals and the value stack.
    pub const COUNT: u64 = 8;
    /// The function, owned.
    pub const FUNCTION: u64 = 16;
    /// The globals.
    pub const GLOBALS: u64 = 24;
    /// The builtins.
    pub const BUILTINS: u64 = 32;
    /// The locals' mapping, owned, or `NULL`.
    pub const LOCALS: u64 = 40;
    /// The frame object, or `NULL`. Owned by a generator, borrowed (itself) in a frame object.
    pub const OBJECT: u64 = 48;
    /// The next instruction.
    pub const PC: u64 = 56;
    /// The block of the frame, or `NULL`; in versions without it a generator's number of items.
    pub const BLOCK: u64 = 64;
    /// The first fast local.
    pub const SIZE: u64 = 72;
}

impl Frame {
    /// Whether it is a call of a function or class by its caller in the same loop, and nobody asked for a frame
    /// object.
    #[inline(always)]
    pub fn is_plain_call(&self) -> bool {
        matches!(self.after, After::Push | After::Init(_))
            && self.owner == Owner::Thread
            && self.object.is_null()
            && self.locals.is_null()
            && self.block.is_null()
    }

    /// The instruction that runs or ran last.
    pub fn current(&self) -> usize {
        (self.pc as usize).saturating_sub(1)
    }

    /// The line of that instruction.
    pub fn line(&self, vm: &Vm) -> u32 {
        let program = vm.program_ref(self.code);
        let mut pc = self.current();
        loop {
            let line = program.line(pc);
            if line != 0 || pc == 0 {
                return if line == 0 {
                    program.code.first_line
                } else {
                    line
                };
            }
            pc -= 1;
        }
    }
}

impl Vm {
    /// Room for a frame of `bytes` on the data stack from the end of the running frame, and whether one
    /// more frame is allowed at all.
    #[inline(always)]
    pub fn frame_room(&mut self, bytes: u64) -> PyResult<Addr> {
        let base = self.stack_top;
        if self.frames.len() as u32 >= self.limits.recursion || !self.stack_holds(base.at(bytes)) {
            return Err(self.too_deep());
        }
        Ok(base)
    }

    /// Whether the data stack may reach up to `end`; if so, it is taken to have done it.
    #[inline(always)]
    pub fn stack_holds(&mut self, end: Addr) -> bool {
        self.stack_high = self.stack_high.max(end);
        end.0 + STACK_RESERVE <= STACK_END.0
    }

    /// Raises the `RecursionError` of Python calls.
    #[cold]
    pub fn too_deep(&mut self) -> super::Raised {
        self.recursion_error("maximum recursion depth exceeded")
    }

    /// The running frame, if Python code is running.
    #[inline]
    pub fn frame(&self) -> Option<&Frame> {
        self.frames.last()
    }

    /// Drops what a finished frame holds, first local first, after it was taken off `vm.frames`.
    /// `count` is how many words from its base it owns.
    pub fn clear_frame(&mut self, frame: Frame, count: u64) {
        // The dying frame's words must survive the finalizers that clearing them may run.
        let top = self.stack_top;
        self.stack_top = Addr(frame.top.0.max(top.0));
        let mut gone = false;
        if !frame.object.is_null() {
            gone = super::super::object::frame::outlive(self, &frame, count);
        }
        if !gone {
            self.clear_words(frame.base, count);
            self.decref_word(frame.locals.0);
            self.decref_word(frame.function.0);
            self.give_frame_block(frame.block, frame.code);
            self.decref_word(frame.code.0);
        }
        self.stack_top = top;
    }

    /// How many words from its base a frame owns, when its stack ends at `sp`.
    #[inline(always)]
    pub fn frame_words(frame: &Frame, sp: Addr) -> u64 {
        (sp.0 - frame.base.0) / 8
    }

    /// Writes a frame that stops running into the parked words at `at`. The references move there.
    pub fn park_frame(&mut self, frame: &Frame, at: Addr) {
        self.set_word(at, parked::CODE, frame.code.0);
        self.set_word(at, parked::COUNT, Vm::frame_words(frame, frame.sp));
        self.set_word(at, parked::FUNCTION, frame.function.0);
        self.set_word(at, parked::GLOBALS, frame.globals.0);
        self.set_word(at, parked::BUILTINS, frame.builtins.0);
        self.set_word(at, parked::LOCALS, frame.locals.0);
        self.set_word(at, parked::OBJECT, frame.object.0);
        self.set_word(at, parked::PC, u64::from(frame.pc));
        self.park_block(at, frame.block);
    }

    /// The frame from parked words whose locals follow them. The references move into it.
    #[inline]
    pub fn unpark_frame(&mut self, at: Addr, owner: Owner, after: After) -> Frame {
        let code = self.field(at, parked::CODE);
        let base = at.at(parked::SIZE);
        Frame {
            code,
            function: self.field(at, parked::FUNCTION),
            globals: self.field(at, parked::GLOBALS),
            builtins: self.field(at, parked::BUILTINS),
            locals: self.field(at, parked::LOCALS),
            base,
            sp: base.at(8 * self.word(at, parked::COUNT)),
            top: self.stack_top,
            pc: self.word(at, parked::PC) as u32,
            owner,
            after,
            object: self.field(at, parked::OBJECT),
            block: self.parked_block(at),
        }
    }

    /// The block of a parked frame, in versions that have them.
    pub fn parked_block(&self, at: Addr) -> Addr {
        match self.profile.frame_size {
            Some(_) => self.field(at, parked::BLOCK),
            None => Addr::NULL,
        }
    }

    /// Writes it.
    pub fn park_block(&mut self, at: Addr, block: Addr) {
        if self.profile.frame_size.is_some() {
            self.set_word(at, parked::BLOCK, block.0);
        }
    }

    /// Visits every reference that parked words at `at` hold.
    pub fn traverse_parked(&self, at: Addr, visit: &mut dyn FnMut(Addr)) {
        let mut each = |address: Addr| {
            if !address.is_null() {
                visit(address);
            }
        };
        each(self.field(at, parked::LOCALS));
        each(self.field(at, parked::FUNCTION));
        each(self.field(at, parked::CODE));
        for i in 0..self.word(at, parked::COUNT) {
            let value = self.field(at, parked::SIZE + 8 * i);
            if !pair::is_index(value.0) {
                each(value);
            }
        }
    }

    /// Drops every reference that parked words at `at` hold, locals first.
    pub fn clear_parked(&mut self, at: Addr) {
        self.clear_parked_locals(at);
        let word = self.word(at, parked::FUNCTION);
        self.set_word(at, parked::FUNCTION, 0);
        self.decref_word(word);
        let block = self.parked_block(at);
        self.park_block(at, Addr::NULL);
        self.give_frame_block(block, self.field(at, parked::CODE));
    }

    /// Drops the locals, but not the function: `_PyFrame_ClearLocals`.
    pub fn clear_parked_locals(&mut self, at: Addr) {
        let count = self.word(at, parked::COUNT);
        self.set_word(at, parked::COUNT, 0);
        self.clear_words(at.at(parked::SIZE), count);
        let word = self.word(at, parked::LOCALS);
        self.set_word(at, parked::LOCALS, 0);
        self.decref_word(word);
    }

    /// Drops the `count` references at `from`, in the order of the version.
    #[inline(always)]
    fn clear_words(&mut self, from: Addr, count: u64) {
        let backwards = self.profile.frames_clear_backwards;
        for i in 0..count {
            let at = 8 * if backwards { count - 1 - i } else { i };
            let word = self.word(from, at);
            self.set_word(from, at, 0);
            self.drop_stack_word(word);
        }
    }
}
