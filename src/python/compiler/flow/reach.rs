//! Which code can be reached, and code that is copied to where it is reached from.

use super::{BlockId, Graph, IrOp};

/// `MAX_COPY_SIZE`: an exit of at most this many instructions is copied rather than jumped to.
const COPY_SIZE_MAX: usize = 4;

impl Graph {
    /// Counts the ways into each block and empties the blocks without one.
    pub(super) fn remove_unreachable(&mut self) {
        for block in &mut self.blocks {
            block.visited = false;
            block.predecessors = 0;
        }
        self.blocks[0].predecessors = 1;
        self.blocks[0].visited = true;
        let mut stack = vec![0];
        while let Some(block) = stack.pop() {
            let mut next = Vec::new();
            if self.blocks[block].has_fallthrough() {
                next.extend(self.blocks[block].next);
            }
            let targets = self.blocks[block]
                .instrs
                .iter()
                .filter_map(|instr| instr.target);
            next.extend(targets);
            for target in next {
                self.blocks[target].predecessors += 1;
                if !std::mem::replace(&mut self.blocks[target].visited, true) {
                    stack.push(target);
                }
            }
        }
        for block in &mut self.blocks {
            if block.predecessors == 0 {
                block.instrs.clear();
                block.handler = false;
            }
        }
    }

    /// Copies small exits, and endings without a line, in place of the jumps to them.
    pub(super) fn inline_small_blocks(&mut self) {
        loop {
            let mut changed = false;
            for block in self.order() {
                changed |= self.inline_target(block);
            }
            if !changed {
                return;
            }
        }
    }

    fn inline_target(&mut self, block: BlockId) -> bool {
        let Some(&last) = self.blocks[block].last() else {
            return false;
        };
        let (true, Some(target)) = (last.op.is_unconditional_jump(), last.target) else {
            return false;
        };
        let small_exit =
            self.blocks[target].exits_scope() && self.blocks[target].instrs.len() <= COPY_SIZE_MAX;
        let artificial =
            self.blocks[target].has_no_lines() && !self.blocks[target].has_fallthrough();
        if !small_exit && !artificial || target == block {
            return false;
        }
        let copied = self.blocks[target].instrs.clone();
        let instrs = &mut self.blocks[block].instrs;
        if let Some(jump) = instrs.last_mut() {
            jump.set_nop();
        }
        instrs.extend(copied);
        if artificial
            && let Some(end) = instrs.last_mut()
            && end.op.is_unconditional_jump()
            && last.op == IrOp::Jump
        {
            end.op = IrOp::Jump;
        }
        self.blocks[target].predecessors = self.blocks[target].predecessors.saturating_sub(1);
        true
    }
}
