//! The last steps: the layout of the frame, the depth of the stack, and the finished code.

use super::{Graph, Instr, IrOp};
use crate::python::code::{ExceptionEntry, Instruction, Op, Position, flags};
use crate::python::compiler::ast::Loc;

/// What the last steps need to know of a code object.
pub struct Layout {
    /// Number of variables that are fast locals.
    pub nlocals: usize,
    /// For each cell variable the index of the parameter of that name, if it is one.
    pub cell_args: Vec<Option<usize>>,
    /// Number of free variables.
    pub nfree: usize,
    /// `co_flags`
    pub flags: u32,
    /// `co_firstlineno`
    pub first_line: i32,
}

/// The parts of a code object that come from its instructions.
#[allow(missing_docs)]
pub struct Assembled {
    pub instructions: Vec<Instruction>,
    pub positions: Vec<Position>,
    pub exception_table: Vec<ExceptionEntry>,
    pub stacksize: u32,
}

/// Finishes an optimized graph.
pub fn assemble(mut graph: Graph, layout: &Layout) -> Assembled {
    let stacksize = graph.stack_depth();
    graph.insert_prefix(layout);
    graph.fix_cells(layout);
    graph.convert_pseudo();
    graph.normalize_jumps();
    let (instructions, positions, exception_table) = graph.linearize();
    Assembled {
        instructions,
        positions,
        exception_table,
        stacksize,
    }
}

const GENERATOR_LIKE: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

impl Layout {
    /// Where each cell and free variable lies among the fast locals: a parameter that is a cell keeps its place.
    pub fn fixed(&self) -> Vec<usize> {
        let mut next = self.nlocals;
        let mut place = |arg: Option<usize>| {
            arg.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        };
        self.cell_args
            .iter()
            .copied()
            .chain(std::iter::repeat_n(None, self.nfree))
            .map(&mut place)
            .collect()
    }
}

impl Graph {
    fn stack_depth(&mut self) -> u32 {
        self.blocks
            .iter_mut()
            .for_each(|block| block.start_depth = None);
        self.blocks[0].start_depth = Some(0);
        let mut deepest = 0;
        let mut stack = vec![0];
        while let Some(block) = stack.pop() {
            let mut depth = self.blocks[block].start_depth.unwrap_or(0);
            let mut falls = true;
            for index in 0..self.blocks[block].instrs.len() {
                let instr = self.blocks[block].instrs[index];
                let after = depth + instr.op.stack_effect(instr.arg, false);
                deepest = deepest.max(after + instr.op.headroom());
                if let Some(target) = instr.target {
                    let at_target = depth + instr.op.stack_effect(instr.arg, true);
                    deepest = deepest.max(at_target);
                    self.push_depth(target, at_target, &mut stack);
                }
                depth = after;
                if instr.op.is_unconditional_jump() || instr.op.is_scope_exit() {
                    falls = false;
                    break;
                }
            }
            if let (true, Some(next)) = (falls, self.blocks[block].next) {
                self.push_depth(next, depth, &mut stack);
            }
        }
        deepest.max(1) as u32
    }

    fn push_depth(&mut self, block: usize, depth: i32, stack: &mut Vec<usize>) {
        debug_assert!(
            self.blocks[block]
                .start_depth
                .is_none_or(|known| known == depth),
            "stack depth differs"
        );
        if self.blocks[block].start_depth.is_none() {
            self.blocks[block].start_depth = Some(depth);
            stack.push(block);
        }
    }

    /// What every call of the code starts with.
    fn insert_prefix(&mut self, layout: &Layout) {
        let mut prefix = Vec::new();
        if layout.nfree > 0 {
            prefix.push(Instr::new(Op::CopyFreeVars, layout.nfree as u32, Loc::NONE));
        }
        let mut cells: Vec<(usize, usize)> = layout
            .cell_args
            .iter()
            .enumerate()
            .map(|(cell, arg)| (arg.unwrap_or(layout.nlocals + cell), cell))
            .collect();
        cells.sort_unstable();
        prefix.extend(
            cells
                .into_iter()
                .map(|(_, cell)| Instr::new(Op::MakeCell, cell as u32, Loc::NONE)),
        );
        let returns = IrOp::Real(Op::ReturnGenerator);
        let has_own = self.blocks[0]
            .instrs
            .iter()
            .any(|instr| instr.op == returns);
        if layout.flags & GENERATOR_LIKE != 0 && !has_own {
            let loc = Loc::new(layout.first_line, layout.first_line, -1, -1);
            prefix.push(Instr::new(Op::ReturnGenerator, 0, loc));
            prefix.push(Instr::new(Op::PopTop, 0, loc));
        }
        self.blocks[0].instrs.splice(0..0, prefix);
    }

    /// Arguments that number cells become places among the fast locals.
    fn fix_cells(&mut self, layout: &Layout) {
        use Op::{DeleteDeref, LoadDeref, LoadFromDictOrDeref, MakeCell, StoreDeref};
        let fixed = layout.fixed();
        for instr in self.blocks.iter_mut().flat_map(|block| &mut block.instrs) {
            if matches!(
                instr.op,
                IrOp::LoadClosure
                    | IrOp::Real(
                        MakeCell | LoadDeref | StoreDeref | DeleteDeref | LoadFromDictOrDeref
                    )
            ) && let Some(&place) = fixed.get(instr.arg as usize)
            {
                instr.arg = place as u32;
            }
        }
    }

    fn convert_pseudo(&mut self) {
        for instr in self.blocks.iter_mut().flat_map(|block| &mut block.instrs) {
            match instr.op {
                IrOp::LoadClosure => instr.op = IrOp::Real(Op::LoadFast),
                IrOp::StoreFastMaybeNull => instr.op = IrOp::Real(Op::StoreFast),
                op if op.is_block_push() => instr.set_nop(),
                _ => {}
            }
        }
        self.remove_redundant_nops();
    }

    fn linearize(&self) -> (Vec<Instruction>, Vec<Position>, Vec<ExceptionEntry>) {
        let order = self.order();
        let mut offsets = vec![0u32; self.blocks.len()];
        let mut count = 0;
        for &block in &order {
            offsets[block] = count;
            count += self.blocks[block].instrs.len() as u32;
        }
        let mut instructions = Vec::with_capacity(count as usize);
        let mut positions = Vec::with_capacity(count as usize);
        let mut table: Vec<ExceptionEntry> = Vec::new();
        let mut before = None;
        for instr in order.iter().flat_map(|&block| &self.blocks[block].instrs) {
            let at = instructions.len() as u32;
            match instr.except {
                Some(handler) if before == Some(handler) => {
                    if let Some(entry) = table.last_mut() {
                        entry.end = at + 1;
                    }
                }
                Some(handler) => {
                    let lasti = self.blocks[handler].preserve_lasti;
                    let depth = self.blocks[handler].start_depth.unwrap_or(0) - 1 - lasti as i32;
                    let depth = depth.max(0) as u32;
                    table.push(ExceptionEntry {
                        start: at,
                        end: at + 1,
                        target: offsets[handler],
                        depth,
                        lasti,
                    });
                }
                None => {}
            }
            before = instr.except;
            let op = match instr.op {
                IrOp::Real(op) => op,
                _ => Op::Nop,
            };
            let arg = instr.target.map_or(instr.arg, |target| offsets[target]);
            instructions.push(Instruction { op, arg });
            positions.push(position(instr.loc));
        }
        (instructions, positions, table)
    }
}

fn position(loc: Loc) -> Position {
    if loc.line < 0 {
        return Position::default();
    }
    let column = |column: i32| u32::try_from(column).unwrap_or(Position::NO_COLUMN);
    Position {
        line: loc.line as u32,
        end_line: loc.end_line.max(0) as u32,
        column: column(loc.col),
        end_column: column(loc.end_col),
    }
}
