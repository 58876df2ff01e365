//! Jumps: those that are not needed, and which way the others go.

use super::{Block, BlockId, Graph, Instr, IrOp};
use crate::python::code::Op;

impl Graph {
    /// Removes jumps to where control goes anyway.
    pub(super) fn remove_redundant_jumps(&mut self) -> bool {
        let mut changed = false;
        for block in self.order() {
            let Some(&last) = self.blocks[block].last() else {
                continue;
            };
            if last.op.is_unconditional_jump()
                && self.next_nonempty(last.target) == self.next_nonempty(self.blocks[block].next)
                && let Some(last) = self.blocks[block].instrs.last_mut()
            {
                last.set_nop();
                changed = true;
            }
        }
        changed
    }

    /// Gives each jump its direction. Conditional jumps only go forward: a backward one becomes the
    /// opposite jump over a plain one.
    pub(super) fn normalize_jumps(&mut self) {
        self.clear_visited();
        let mut next = Some(0);
        while let Some(block) = next {
            self.blocks[block].visited = true;
            self.normalize_jump(block);
            next = self.blocks[block].next;
        }
    }

    fn normalize_jump(&mut self, block: BlockId) {
        let Some(&last) = self.blocks[block].last() else {
            return;
        };
        let (true, Some(target)) = (last.op.is_jump(), last.target) else {
            return;
        };
        let forward = !self.blocks[target].visited;
        let op = match (last.op, forward) {
            (IrOp::Jump, true) | (IrOp::JumpNoInterrupt, true) => Op::JumpForward,
            (IrOp::Jump, false) => Op::JumpBackward,
            (IrOp::JumpNoInterrupt, false) => Op::JumpBackwardNoInterrupt,
            (_, true) => return,
            (IrOp::Real(Op::PopJumpIfNone), false) => Op::PopJumpIfNotNone,
            (IrOp::Real(Op::PopJumpIfNotNone), false) => Op::PopJumpIfNone,
            (IrOp::Real(Op::PopJumpIfFalse), false) => Op::PopJumpIfTrue,
            (IrOp::Real(Op::PopJumpIfTrue), false) => Op::PopJumpIfFalse,
            _ => return,
        };
        let over = self.blocks[block].next;
        if let Some(last) = self.blocks[block].instrs.last_mut() {
            last.op = IrOp::Real(op);
        }
        if !last.op.is_unconditional_jump() {
            let mut jump = Instr::new(IrOp::Jump, 0, last.loc);
            jump.target = Some(target);
            let (cold, start_depth) = (self.blocks[block].cold, self.blocks[target].start_depth);
            self.insert_after(
                block,
                Block {
                    instrs: vec![jump],
                    cold,
                    start_depth,
                    ..Block::default()
                },
            );
            if let Some(last) = self.blocks[block].instrs.last_mut() {
                last.target = over;
            }
        }
    }
}
