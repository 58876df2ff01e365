//! Code that only an exception reaches goes behind all other code.

use super::{Block, BlockId, Graph, Instr, IrOp};
use crate::python::compiler::ast::Loc;

impl Graph {
    pub(super) fn push_cold_blocks_to_end(&mut self) {
        if self.blocks[0].next.is_none() {
            return;
        }
        self.mark_warm_and_cold();
        for block in self.order() {
            if let (true, true, Some(next)) = (
                self.blocks[block].cold,
                self.blocks[block].has_fallthrough(),
                self.blocks[block].next,
            ) && self.blocks[next].warm
            {
                self.blocks[next].labelled = true;
                let mut jump = Instr::new(IrOp::JumpNoInterrupt, 0, Loc::NONE);
                jump.target = Some(next);
                self.insert_after(
                    block,
                    Block {
                        instrs: vec![jump],
                        cold: true,
                        predecessors: 1,
                        ..Block::default()
                    },
                );
            }
        }
        let (cold, warm): (Vec<BlockId>, Vec<BlockId>) = self
            .order()
            .into_iter()
            .partition(|&block| block != 0 && self.blocks[block].cold);
        let order: Vec<BlockId> = warm.into_iter().chain(cold.iter().copied()).collect();
        for (index, &block) in order.iter().enumerate() {
            self.blocks[block].next = order.get(index + 1).copied();
        }
        if !cold.is_empty() {
            self.remove_redundant_nops_and_jumps();
        }
    }

    fn mark_warm_and_cold(&mut self) {
        self.clear_visited();
        self.blocks[0].visited = true;
        let mut stack = vec![0];
        while let Some(block) = stack.pop() {
            self.blocks[block].warm = true;
            for target in self.successors(block) {
                if !std::mem::replace(&mut self.blocks[target].visited, true) {
                    stack.push(target);
                }
            }
        }
        self.clear_visited();
        let mut stack: Vec<BlockId> = self
            .order()
            .into_iter()
            .filter(|&block| self.blocks[block].handler)
            .collect();
        for &block in &stack {
            self.blocks[block].visited = true;
        }
        while let Some(block) = stack.pop() {
            self.blocks[block].cold = true;
            for target in self.successors(block) {
                if !self.blocks[target].warm
                    && !std::mem::replace(&mut self.blocks[target].visited, true)
                {
                    stack.push(target);
                }
            }
        }
    }

    /// Where control goes from a block, exceptions apart.
    fn successors(&self, block: BlockId) -> Vec<BlockId> {
        let block = &self.blocks[block];
        let next = block.next.filter(|_| block.has_fallthrough());
        let jumps = block
            .instrs
            .iter()
            .filter(|instr| instr.op.is_jump())
            .filter_map(|instr| instr.target);
        next.into_iter().chain(jumps).collect()
    }
}
