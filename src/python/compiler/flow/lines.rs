//! Places for the instructions that have none.

use super::{Block, BlockId, Graph};
use crate::python::compiler::ast::Loc;

impl Graph {
    /// Gives artificial instructions the place of what runs before them.
    pub(super) fn resolve_lines(&mut self) {
        self.duplicate_exits_without_line();
        self.propagate_lines();
    }

    fn is_exit_or_check_without_line(&self, block: BlockId) -> bool {
        let block = &self.blocks[block];
        (block.exits_scope() || block.instrs.iter().any(|instr| instr.op.has_eval_break()))
            && block.has_no_lines()
    }

    /// An exit that several jumps share has several lines: each jump gets its own.
    fn duplicate_exits_without_line(&mut self) {
        for block in self.order() {
            let Some(&last) = self.blocks[block].last() else {
                continue;
            };
            let (true, Some(target)) = (last.op.is_jump(), self.next_nonempty(last.target)) else {
                continue;
            };
            if self.blocks[target].predecessors > 1 && self.is_exit_or_check_without_line(target) {
                let mut instrs = self.blocks[target].instrs.clone();
                if let Some(first) = instrs.first_mut() {
                    first.loc = last.loc;
                }
                let copy = Block {
                    instrs,
                    predecessors: 1,
                    labelled: true,
                    ..Block::default()
                };
                let copy = self.insert_after(target, copy);
                self.blocks[target].predecessors -= 1;
                if let Some(last) = self.blocks[block].instrs.last_mut() {
                    last.target = Some(copy);
                }
            }
        }
        for block in self.order() {
            if let (true, Some(next), Some(&last)) = (
                self.blocks[block].has_fallthrough(),
                self.blocks[block].next,
                self.blocks[block].last(),
            ) && self.is_exit_or_check_without_line(next)
                && let Some(first) = self.blocks[next].instrs.first_mut()
            {
                first.loc = last.loc;
            }
        }
    }

    fn propagate_lines(&mut self) {
        for block in self.order() {
            let mut loc = Loc::NONE;
            for instr in &mut self.blocks[block].instrs {
                if instr.loc.line == Loc::NONE.line {
                    instr.loc = loc;
                } else {
                    loc = instr.loc;
                }
            }
            let Some(&last) = self.blocks[block].last() else {
                continue;
            };
            if self.blocks[block].has_fallthrough() {
                self.propagate_to(self.blocks[block].next, loc);
            }
            if last.op.is_jump() {
                self.propagate_to(last.target, loc);
            }
        }
    }

    fn propagate_to(&mut self, block: Option<BlockId>, loc: Loc) {
        if let Some(block) = block
            && self.blocks[block].predecessors == 1
            && let Some(first) = self.blocks[block].instrs.first_mut()
            && first.loc.line == Loc::NONE.line
        {
            first.loc = loc;
        }
    }
}
