//! Removing what does nothing, unless a line of the source would vanish with it.

use super::{BlockId, Graph};
use crate::python::code::Op;
use crate::python::compiler::ast::Loc;

impl Graph {
    /// Removes the `NOP`s of a block that no line needs; says whether there were any.
    fn remove_nops_of(&mut self, id: BlockId) -> bool {
        let found = self.blocks[id].instrs.iter().position(|i| i.is(Op::Nop));
        let Some(first) = found else { return false };
        let mut instrs = std::mem::take(&mut self.blocks[id].instrs);
        let count = instrs.len();
        let mut kept = first;
        let mut before = match first {
            0 => Loc::NONE.line,
            _ => instrs[first - 1].loc.line,
        };
        let mut given = None;
        for index in first..count {
            let mut instr = instrs[index];
            if let Some(loc) = given.take() {
                instr.loc = loc;
            }
            let line = instr.loc.line;
            if instr.is(Op::Nop) {
                if line == Loc::NONE.line || line == before {
                    continue;
                }
                match instrs.get(index + 1) {
                    Some(next) if next.loc.line == line => continue,
                    Some(next) if next.loc.line == Loc::NONE.line => {
                        given = Some(instr.loc);
                        continue;
                    }
                    Some(_) => {}
                    None if self.first_line_after(id) == Some(line) => continue,
                    None => {}
                }
            }
            before = line;
            instrs[kept] = instr;
            kept += 1;
        }
        instrs.truncate(kept);
        self.blocks[id].instrs = instrs;
        kept < count
    }

    /// The line of the first instruction that runs behind the block.
    fn first_line_after(&self, id: BlockId) -> Option<i32> {
        let next = self.next_nonempty(self.blocks[id].next)?;
        let real = |instr: &&super::Instr| !(instr.is(Op::Nop) && instr.loc.line == Loc::NONE.line);
        Some(
            self.blocks[next]
                .instrs
                .iter()
                .find(real)
                .map_or(Loc::NONE.line, |instr| instr.loc.line),
        )
    }

    pub(super) fn remove_redundant_nops(&mut self) -> bool {
        let mut removed = false;
        for block in self.order() {
            removed |= self.remove_nops_of(block);
        }
        removed
    }

    /// A constant or copy that is dropped right away is never made.
    pub(super) fn remove_redundant_nops_and_pairs(&mut self) {
        loop {
            let mut changed = false;
            let mut before: Option<(BlockId, usize)> = None;
            for block in self.order() {
                self.remove_nops_of(block);
                if self.blocks[block].labelled {
                    before = None;
                }
                for index in 0..self.blocks[block].instrs.len() {
                    if self.blocks[block].instrs[index].is(Op::PopTop)
                        && let Some((b, i)) = before
                        && let Some(made) = self.blocks[b].instrs.get_mut(i)
                        && (made.is(Op::LoadConst) || made.is(Op::Copy) && made.arg == 1)
                    {
                        made.set_nop();
                        self.blocks[block].instrs[index].set_nop();
                        changed = true;
                    }
                    before = Some((block, index));
                }
                let ends_in_jump = self.blocks[block]
                    .last()
                    .is_some_and(|last| last.op.is_jump());
                if ends_in_jump || !self.blocks[block].has_fallthrough() {
                    before = None;
                }
            }
            if !changed {
                return;
            }
        }
    }

    pub(super) fn remove_redundant_nops_and_jumps(&mut self) {
        loop {
            let nops = self.remove_redundant_nops();
            let jumps = self.remove_redundant_jumps();
            if !nops && !jumps {
                return;
            }
        }
    }
}
