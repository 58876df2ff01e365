//! Local variables: which reads may find nothing, and instructions that handle two variables at once.

use super::{BlockId, Graph, IrOp};
use crate::python::code::Op;

/// How many locals are followed from block to block: as many as a mask has bits.
const FOLLOWED_MAX: u32 = 64;

impl Graph {
    /// Turns `LOAD_FAST` of a variable that may be unbound into `LOAD_FAST_CHECK`.
    pub(super) fn check_uninitialized_locals(&mut self, nlocals: u32, nparams: u32) {
        if nlocals == 0 {
            return;
        }
        if nlocals > FOLLOWED_MAX {
            self.check_many_locals(nlocals);
        }
        self.clear_visited();
        for block in &mut self.blocks {
            block.unsafe_locals = 0;
        }
        let bits = |n: u32| {
            if n >= FOLLOWED_MAX {
                u64::MAX
            } else {
                (1 << n) - 1
            }
        };
        let mut stack = Vec::new();
        self.push_unsafe(0, bits(nlocals) & !bits(nparams), &mut stack);
        for block in self.order() {
            self.scan_locals(block, &mut stack);
        }
        while let Some(block) = stack.pop() {
            self.blocks[block].visited = false;
            self.scan_locals(block, &mut stack);
        }
    }

    fn push_unsafe(&mut self, block: BlockId, mask: u64, stack: &mut Vec<BlockId>) {
        let both = self.blocks[block].unsafe_locals | mask;
        if self.blocks[block].unsafe_locals != both {
            self.blocks[block].unsafe_locals = both;
            if !std::mem::replace(&mut self.blocks[block].visited, true) {
                stack.push(block);
            }
        }
    }

    fn scan_locals(&mut self, block: BlockId, stack: &mut Vec<BlockId>) {
        let mut mask = self.blocks[block].unsafe_locals;
        for index in 0..self.blocks[block].instrs.len() {
            let instr = self.blocks[block].instrs[index];
            if let Some(handler) = instr.except {
                self.push_unsafe(handler, mask, stack);
            }
            if instr.arg >= FOLLOWED_MAX {
                continue;
            }
            let bit = 1u64 << instr.arg;
            match instr.op {
                IrOp::Real(Op::DeleteFast | Op::LoadFastAndClear) | IrOp::StoreFastMaybeNull => {
                    mask |= bit
                }
                IrOp::Real(Op::StoreFast | Op::LoadFastCheck) => mask &= !bit,
                IrOp::Real(Op::LoadFast) => {
                    if mask & bit != 0 {
                        self.blocks[block].instrs[index].op = IrOp::Real(Op::LoadFastCheck);
                    }
                    mask &= !bit;
                }
                _ => {}
            }
        }
        if let (true, Some(next)) = (
            self.blocks[block].has_fallthrough(),
            self.blocks[block].next,
        ) {
            self.push_unsafe(next, mask, stack);
        }
        if let Some(&last) = self.blocks[block].last()
            && let (true, Some(target)) = (last.op.is_jump(), last.target)
        {
            self.push_unsafe(target, mask, stack);
        }
    }

    /// The locals beyond the mask: each block starts with all of them unknown.
    fn check_many_locals(&mut self, nlocals: u32) {
        let mut known_in = vec![0u32; nlocals as usize];
        let mut number = 0;
        for block in self.order() {
            number += 1;
            for instr in &mut self.blocks[block].instrs {
                if instr.arg < FOLLOWED_MAX {
                    continue;
                }
                let Some(known) = known_in.get_mut(instr.arg as usize) else {
                    continue;
                };
                match instr.op {
                    IrOp::Real(Op::DeleteFast | Op::LoadFastAndClear)
                    | IrOp::StoreFastMaybeNull => *known = 0,
                    IrOp::Real(Op::StoreFast) => *known = number,
                    IrOp::Real(Op::LoadFast) => {
                        if *known != number {
                            instr.op = IrOp::Real(Op::LoadFastCheck);
                        }
                        *known = number;
                    }
                    _ => {}
                }
            }
        }
    }

    /// `LOAD_FAST a; LOAD_FAST b` becomes one instruction when both numbers fit into four bits.
    pub(super) fn insert_superinstructions(&mut self) {
        for block in self.order() {
            let instrs = &mut self.blocks[block].instrs;
            for index in 1..instrs.len() {
                let (first, second) = (instrs[index - 1], instrs[index]);
                let op = match (first.op, second.op) {
                    (IrOp::Real(Op::LoadFast), IrOp::Real(Op::LoadFast)) => Op::LoadFastLoadFast,
                    (IrOp::Real(Op::StoreFast), IrOp::Real(Op::LoadFast)) => Op::StoreFastLoadFast,
                    (IrOp::Real(Op::StoreFast), IrOp::Real(Op::StoreFast)) => {
                        Op::StoreFastStoreFast
                    }
                    _ => continue,
                };
                let (line1, line2) = (first.loc.line, second.loc.line);
                if line1 >= 0 && line2 >= 0 && line1 != line2 || first.arg >= 16 || second.arg >= 16
                {
                    continue;
                }
                instrs[index - 1].set(op, first.arg << 4 | second.arg);
                instrs[index].set_nop();
            }
        }
        self.remove_redundant_nops();
    }
}
