//! Which handler guards which instruction.

use super::{BlockId, Graph, IrOp};
use crate::python::code::Op;

/// `RESUME`'s argument: the two low bits say where, this one that only the generator's own handler is around.
const RESUME_DEPTH_1: u32 = 4;

impl Graph {
    pub(super) fn mark_handlers(&mut self) {
        let targets: Vec<BlockId> = self
            .blocks
            .iter()
            .flat_map(|block| &block.instrs)
            .filter(|instr| instr.op.is_block_push())
            .filter_map(|instr| instr.target)
            .collect();
        for target in targets {
            self.blocks[target].handler = true;
        }
    }

    /// Walks the code with the stack of open handlers.
    pub(super) fn label_exception_targets(&mut self) {
        self.clear_visited();
        self.blocks[0].visited = true;
        let mut todo: Vec<(BlockId, Vec<BlockId>)> = vec![(0, Vec::new())];
        while let Some((block, mut handlers)) = todo.pop() {
            let mut yield_depth = None;
            for index in 0..self.blocks[block].instrs.len() {
                let mut instr = self.blocks[block].instrs[index];
                let handler = handlers.last().copied();
                match instr.op {
                    op if op.is_block_push() => {
                        let Some(target) = instr.target else { continue };
                        self.visit(target, &handlers, &mut todo);
                        self.blocks[target].preserve_lasti |= op != IrOp::SetupFinally;
                        handlers.push(target);
                    }
                    IrOp::PopBlock => {
                        handlers.pop();
                        instr.set_nop();
                    }
                    op if op.is_jump() => {
                        instr.except = handler;
                        if let Some(target) = instr.target {
                            self.visit(target, &handlers, &mut todo);
                        }
                    }
                    IrOp::Real(Op::YieldValue) => {
                        instr.except = handler;
                        yield_depth = Some(handlers.len());
                    }
                    IrOp::Real(Op::Resume) => {
                        instr.except = handler;
                        if instr.arg != 0 && yield_depth.take() == Some(1) {
                            instr.arg |= RESUME_DEPTH_1;
                        }
                    }
                    IrOp::Real(Op::ReturnGenerator) => {}
                    _ => instr.except = handler,
                }
                self.blocks[block].instrs[index] = instr;
            }
            if self.blocks[block].has_fallthrough()
                && let Some(next) = self.blocks[block].next
            {
                self.visit(next, &handlers, &mut todo);
            }
        }
    }

    fn visit(
        &mut self,
        block: BlockId,
        handlers: &[BlockId],
        todo: &mut Vec<(BlockId, Vec<BlockId>)>,
    ) {
        if !std::mem::replace(&mut self.blocks[block].visited, true) {
            todo.push((block, handlers.to_vec()));
        }
    }
}
