//! Borrowed loads of locals. CPython 3.14: `optimize_load_fast` (Python/flowgraph.c), `LOAD_FAST_BORROW`.
//!
//! From 3.14 on, reading a fast local pushes a reference that is not counted when the local surely outlives it: what was
//! read is consumed in the same basic block, and the local is neither stored nor deleted in between. A call hands such a
//! reference on to the parameter of the callee.
//!
//! The engine's stack counts every reference; that is what makes it simple. The difference can only be seen by asking for a
//! count. So who asks is told the stored count less the references that CPython would have borrowed, which follow from
//! where each frame stands.

use super::Vm;
use super::frame::{After, Frame};
use super::program::{Loaded, Program};
use crate::python::code::Op;
use crate::python::memory::Addr;
use crate::python::object::{exception, types};

/// Which loads of a code object borrow.
#[derive(Debug)]
pub struct Borrows {
    /// The first instruction of each basic block in order, with the height of the stack there.
    blocks: Vec<(usize, usize)>,
    /// Whether the load at each instruction borrows.
    is_borrowed: Vec<bool>,
}

/// A value on the stack: the load it comes from and the local that it read; `None` for anything else.
type Slot = Option<(usize, u32)>;

impl Borrows {
    /// Finds them out.
    pub fn of(program: &Program) -> Borrows {
        let code = &*program.instructions;
        let starts = block_starts(program);
        let mut is_borrowed: Vec<bool> = code
            .iter()
            .map(|instruction| matches!(instruction.op, Op::LoadFast | Op::LoadFastLoadFast))
            .collect();
        let heights = heights(program);
        let blocks: Vec<(usize, usize)> = starts
            .iter()
            .filter_map(|start| Some((*start, heights[*start]?)))
            .collect();
        for (start, height) in &blocks {
            let mut stack = Stack::new(*height);
            for (at, instruction) in code.iter().enumerate().skip(*start) {
                if at > *start && starts.binary_search(&at).is_ok() {
                    break;
                }
                stack.step(at, *instruction, &mut is_borrowed);
            }
            // What the block leaves on the stack outlives it.
            for (load, _) in stack.slots.into_iter().flatten() {
                is_borrowed[load] = false;
            }
        }
        Borrows {
            blocks,
            is_borrowed,
        }
    }

    /// The stack before instruction `pc` runs: for each value the local that it borrows from.
    fn stack_at(&self, program: &Program, pc: usize) -> Vec<Option<u32>> {
        let block = self.blocks.partition_point(|(start, _)| *start <= pc);
        let Some((start, height)) = block.checked_sub(1).map(|block| self.blocks[block]) else {
            return Vec::new();
        };
        let mut stack = Stack::new(height);
        let mut flags = self.is_borrowed.clone();
        for at in start..pc {
            stack.step(at, program.instructions[at], &mut flags);
        }
        let borrowed = |slot: Slot| slot.filter(|(load, _)| self.is_borrowed[*load]);
        let slots = stack.slots.into_iter();
        slots
            .map(|slot| borrowed(slot).map(|(_, local)| local))
            .collect()
    }
}

/// The abstract stack of one basic block.
struct Stack {
    slots: Vec<Slot>,
}

impl Stack {
    fn new(height: usize) -> Stack {
        Stack {
            slots: vec![None; height],
        }
    }

    fn pop(&mut self) -> Slot {
        self.slots.pop().flatten()
    }

    /// Runs an instruction; clears the flag of each load whose reference must be counted.
    fn step(&mut self, at: usize, instruction: Loaded, is_borrowed: &mut [bool]) {
        let arg = instruction.arg;
        match instruction.op {
            Op::LoadFast => self.slots.push(Some((at, arg))),
            Op::LoadFastAndClear => {
                self.kill(arg, is_borrowed);
                self.slots.push(None);
            }
            Op::LoadFastLoadFast => {
                self.slots
                    .extend([Some((at, arg >> 4)), Some((at, arg & 15))]);
            }
            Op::DeleteFast => self.kill(arg, is_borrowed),
            Op::StoreFast => self.store(arg, is_borrowed),
            Op::StoreFastLoadFast => {
                self.store(arg >> 4, is_borrowed);
                self.slots.push(None);
            }
            Op::StoreFastStoreFast => {
                self.store(arg >> 4, is_borrowed);
                self.store(arg & 15, is_borrowed);
            }
            Op::Copy => {
                let copied = self.slots.len().checked_sub(arg as usize);
                let copied = copied.and_then(|i| self.slots[i]);
                self.slots.push(copied);
            }
            Op::Swap => {
                let top = self.slots.len().saturating_sub(1);
                if let Some(other) = self.slots.len().checked_sub(arg as usize) {
                    self.slots.swap(top, other);
                }
            }
            Op::LoadAttr | Op::LoadSuperAttr => {
                let owner = self.pop();
                if instruction.op == Op::LoadSuperAttr {
                    self.pop();
                    self.pop();
                }
                self.slots.push(None);
                if arg & 1 != 0 {
                    self.slots.push(owner);
                }
            }
            // What is iterated stays on the stack: its load counts.
            Op::GetIterPair => {
                if let Some((load, _)) = self.pop() {
                    is_borrowed[load] = false;
                }
                self.slots.extend([None, None]);
            }
            Op::EndSend | Op::SetFunctionAttribute => {
                let top = self.pop();
                self.pop();
                self.slots.push(top);
            }
            Op::PushExcInfo => {
                let top = self.pop();
                self.slots.extend([None, top]);
            }
            op => {
                let (kept, inputs, outputs) = op.operands(arg);
                let rest = self.slots.len().saturating_sub(inputs - kept);
                self.slots.truncate(rest);
                self.slots.resize(rest + outputs - kept, None);
            }
        }
    }

    /// The local is given up: what was read from it before must be counted.
    fn kill(&mut self, local: u32, is_borrowed: &mut [bool]) {
        for (load, read) in self.slots.iter().flatten() {
            if *read == local {
                is_borrowed[*load] = false;
            }
        }
    }

    fn store(&mut self, local: u32, is_borrowed: &mut [bool]) {
        let stored = self.pop();
        self.kill(local, is_borrowed);
        if let Some((load, _)) = stored {
            is_borrowed[load] = false;
        }
    }
}

/// The first instructions of the basic blocks, sorted.
fn block_starts(program: &Program) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, instruction) in program.instructions.iter().enumerate() {
        if instruction.op.is_jump() {
            starts.push(instruction.arg as usize);
        }
        if instruction.op.is_jump() || instruction.op.is_exit() {
            starts.push(at + 1);
        }
    }
    let handlers = program.code.exception_table.iter();
    starts.extend(handlers.map(|entry| entry.target as usize));
    starts.sort_unstable();
    starts.dedup();
    starts.retain(|start| *start < program.instructions.len());
    starts
}

/// The height of the stack before each instruction; `None` where nothing leads.
fn heights(program: &Program) -> Vec<Option<usize>> {
    let code = &*program.instructions;
    let mut heights = vec![None; code.len()];
    let mut open = vec![(0, 0)];
    for entry in &program.code.exception_table {
        // A handler finds the value raised, and where the instruction pointer was if it asked for that.
        let height = entry.depth as usize + 1 + usize::from(entry.lasti);
        open.push((entry.target as usize, height));
    }
    while let Some((mut at, mut height)) = open.pop() {
        while let Some(known) = heights.get_mut(at) {
            if known.is_some() {
                break;
            }
            *known = Some(height);
            let Loaded { op, arg, .. } = code[at];
            let after = (height as i64 + i64::from(op.stack_effect(arg))).max(0) as usize;
            if op.is_jump() {
                open.push((arg as usize, after));
            }
            if op.is_exit() {
                break;
            }
            at += 1;
            height = after;
        }
    }
    heights
}

impl Vm {
    /// What CPython would have counted: `Py_REFCNT`.
    pub fn visible_refcount(&self, object: Addr) -> u64 {
        if self.is_immortal(object) {
            return self.immortal_refcount(object);
        }
        let count = self.refcount(object) + self.held_beside_exception(object);
        let count = self.as_frames_hold(object, count);
        if !self.profile.loads_borrow {
            return count;
        }
        let frames = &self.frames;
        let borrowed =
            (0..frames.len()).map(|i| self.borrowed_by(&frames[i], frames.get(i + 1), object));
        count.saturating_sub(borrowed.sum())
    }

    /// The count of a function less its frames, where only their callers hold it. While `__init__` runs the first time that
    /// a class is called in a place, C holds it once more: `lookup_method` of `slot_tp_init`.
    fn as_frames_hold(&self, object: Addr, count: u64) -> u64 {
        if self.type_of(object) != types::FUNCTION {
            return count;
        }
        let runs_it = self.frames.iter().filter(|frame| frame.function == object);
        runs_it.fold(count, |count, frame| {
            let by_frame = u64::from(!self.profile.frames_hold_function);
            let by_slot = u64::from(matches!(frame.after, After::ColdInit(_)));
            count + by_slot - by_frame
        })
    }

    /// The reference to a traceback beside the exception that is being handled, which versions count that keep type,
    /// value and traceback of it one by one.
    fn held_beside_exception(&self, object: Addr) -> u64 {
        let holds = self.profile.handled_in_three
            && self.type_of(object) == types::TRACEBACK
            && self.handled().is_some_and(|exception| {
                self.field(exception, exception::offsets::TRACEBACK) == object
            });
        u64::from(holds)
    }

    /// How many counted references to the object a frame has that CPython would have borrowed: on its stack, and in the
    /// parameters of the frame it called.
    fn borrowed_by(&self, frame: &Frame, callee: Option<&Frame>, object: Addr) -> u64 {
        let program = self.program_ref(frame.code);
        let pc = match callee {
            Some(_) => frame.current(),
            None => self.heap.pc.saturating_sub(1),
        };
        let stack = program.borrows().stack_at(program, pc);
        let holds = |slot: &&Option<u32>| {
            slot.is_some_and(|local| self.field(frame.base, 8 * u64::from(local)) == object)
        };
        let count = |slots: &[Option<u32>]| slots.iter().filter(holds).count() as u64;
        let Some(callee) = callee.filter(|callee| {
            !matches!(
                callee.after,
                After::Leave | After::Kept | After::ColdInit(_)
            )
        }) else {
            return count(&stack);
        };
        let instruction = program.instructions[pc];
        let (kept, inputs, _) = instruction.op.operands(instruction.arg);
        let (below, taken) = stack.split_at(stack.len().saturating_sub(inputs - kept));
        let given = match callee.after {
            After::Push if matches!(instruction.op, Op::Call | Op::CallKw) => count(taken),
            _ => 0,
        };
        count(below) + given.min(self.parameters_that_are(callee, object))
    }

    /// How many parameters of a frame still hold the object.
    fn parameters_that_are(&self, frame: &Frame, object: Addr) -> u64 {
        let code = &self.program_ref(frame.code).code;
        let parameters = u64::from(code.argcount) + u64::from(code.kwonlyargcount);
        let held = (0..parameters).filter(|i| self.field(frame.base, 8 * i) == object);
        held.count() as u64
    }
}
