//! What the machine tells the heap while allocations are traced: which code runs, called from where.

use super::Vm;
use crate::python::code::{Code, Op};
use crate::python::memory::tracemalloc::Place;
use crate::python::memory::{Addr, QuickMap};
use crate::python::object::code::INDEX;
use std::sync::Arc;

/// The code objects that ran while allocations were traced, numbered.
#[derive(Default)]
pub struct TracedCodes {
    codes: Vec<Arc<Code>>,
    numbers: QuickMap<usize, u32>,
}

impl TracedCodes {
    fn number(&mut self, code: &Arc<Code>) -> u32 {
        let codes = &mut self.codes;
        *self
            .numbers
            .entry(Arc::as_ptr(code) as usize)
            .or_insert_with(|| {
                codes.push(code.clone());
                codes.len() as u32 - 1
            })
    }

    /// File and line of a place; `<unknown>` and 0 outside of Python code.
    pub fn location(&self, place: Place) -> (&str, u32) {
        let Some(code) = self.codes.get(place.code as usize) else {
            return ("<unknown>", 0);
        };
        let instructions = &code.positions[..(place.pc as usize).min(code.positions.len())];
        let line = instructions
            .iter()
            .rev()
            .map(|position| position.line)
            .find(|line| *line != 0);
        (&code.filename, line.unwrap_or(code.first_line))
    }
}

/// The index of the first `RESUME`: what stands before it makes cells, or the generator.
/// CPython: `co_firsttraceable`.
fn first_traceable(code: &Code) -> u32 {
    let resume = code
        .instructions
        .iter()
        .position(|instruction| instruction.op == Op::Resume);
    resume.unwrap_or_default() as u32
}

impl Vm {
    /// A frame of `code` begins, called from the instruction that runs. To be called when
    /// `vm.heap.is_traced()`.
    #[cold]
    #[inline(never)]
    pub fn traced_enter(&mut self, code: Addr) {
        let program = self.program(code);
        let number = self.traced_codes.number(&program.code);
        let pc = self.heap.pc;
        let first = first_traceable(&program.code);
        self.heap.trace_mut().enter(number, first, pc);
    }

    /// The running frame ends. To be called when `vm.heap.is_traced()`.
    #[cold]
    #[inline(never)]
    pub fn traced_leave(&mut self) {
        self.heap.trace_mut().leave();
    }

    /// Starts tracing with so many frames a block.
    pub fn start_tracing(&mut self, limit: usize) {
        self.heap.set_traced(true);
        self.heap.trace_mut().set_limit(limit);
        let mut caller = 0;
        for frame in &self.frames {
            let program = self.programs[self.word(frame.code, INDEX) as usize].as_ref();
            let code = &program.expect("a frame's code has its program").code;
            let number = self.traced_codes.number(code);
            let first = first_traceable(code);
            self.heap.trace_mut().enter(number, first, caller);
            caller = frame.pc as usize;
        }
    }

    /// Stops tracing and forgets everything.
    pub fn stop_tracing(&mut self) {
        self.heap.set_traced(false);
        self.traced_codes = TracedCodes::default();
    }
}
