//! The control flow graph: instructions in blocks, made better and put into their final order.
//!
//! The passes and their order are those of CPython 3.13 (Python/flowgraph.c), because what they leave
//! behind can be seen: in `dis`, in tracebacks, in where a trace function is called.

mod assemble;
mod cold;
mod exceptions;
mod jumps;
mod lines;
mod locals;
mod nops;
mod optimize;
mod reach;
mod swaps;

pub use assemble::{Layout, assemble};

use super::ast::Loc;
use super::codegen::Consts;
use super::ir::{IrOp, Sequence};
use crate::python::code::Op;
use crate::python::version::Constants;

/// A block, by its place in [`Graph::blocks`].
pub type BlockId = usize;

/// An instruction of a block.
#[derive(Clone, Copy, Debug)]
pub struct Instr {
    /// What to do.
    pub op: IrOp,
    /// The argument; nothing for a jump.
    pub arg: u32,
    /// Where it comes from.
    pub loc: Loc,
    /// Where it jumps to.
    pub target: Option<BlockId>,
    /// The handler that guards it.
    pub except: Option<BlockId>,
}

impl Instr {
    fn new(op: impl Into<IrOp>, arg: u32, loc: Loc) -> Instr {
        Instr {
            op: op.into(),
            arg,
            loc,
            target: None,
            except: None,
        }
    }

    fn is(&self, op: Op) -> bool {
        self.op == IrOp::Real(op)
    }

    /// Turns it into `op arg`; the place and the handler stay.
    fn set(&mut self, op: Op, arg: u32) {
        self.op = IrOp::Real(op);
        self.arg = arg;
        self.target = None;
    }

    fn set_nop(&mut self) {
        self.set(Op::Nop, 0);
    }
}

/// Instructions of which only the last may leave.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The instructions.
    pub instrs: Vec<Instr>,
    /// The block behind this one in the code.
    pub next: Option<BlockId>,
    /// Some jump goes here, or went here.
    labelled: bool,
    predecessors: u32,
    /// An exception handler starts here.
    handler: bool,
    /// The handler wants the index of the raising instruction.
    preserve_lasti: bool,
    visited: bool,
    warm: bool,
    cold: bool,
    /// Depth of the stack at its start, once known.
    start_depth: Option<i32>,
    unsafe_locals: u64,
}

impl Block {
    fn last(&self) -> Option<&Instr> {
        self.instrs.last()
    }

    fn has_fallthrough(&self) -> bool {
        self.last()
            .is_none_or(|last| !last.op.is_scope_exit() && !last.op.is_unconditional_jump())
    }

    fn exits_scope(&self) -> bool {
        self.last().is_some_and(|last| last.op.is_scope_exit())
    }

    fn has_no_lines(&self) -> bool {
        self.instrs.iter().all(|instr| instr.loc.line < 0)
    }
}

/// The blocks of a code object. The first one is the entry.
pub struct Graph {
    /// All blocks ever made, in no order; [`Block::next`] gives the order.
    pub blocks: Vec<Block>,
    /// Whether a constant that is returned at once is returned by one instruction, as up to 3.13.
    pub returns_constants: bool,
}

impl Graph {
    /// Cuts a sequence into blocks: one starts at each place that is jumped to and behind each jump or exit.
    pub fn new(sequence: &Sequence) -> Graph {
        let code = &sequence.instructions;
        let target_of = |arg: u32| {
            sequence
                .labels
                .get(arg as usize)
                .copied()
                .unwrap_or(u32::MAX) as usize
        };
        let mut is_target = vec![false; code.len() + 1];
        for ir in code.iter().filter(|ir| ir.has_target()) {
            if let Some(slot) = is_target.get_mut(target_of(ir.arg)) {
                *slot = true;
            }
        }
        // As many instructions as a block that starts at `index` is likely to have.
        let room = |index: usize| {
            let inner = code[index..].iter().zip(&is_target[index + 1..]);
            let inner = inner.take_while(|(ir, next)| !ir.op.is_terminator() && !**next);
            Block {
                instrs: Vec::with_capacity(inner.count() + 1),
                ..Block::default()
            }
        };
        let mut blocks = vec![room(0)];
        let mut block_at = vec![0; code.len() + 1];
        for (index, ir) in code.iter().enumerate() {
            let current = blocks.len() - 1;
            let ended = blocks[current]
                .last()
                .is_some_and(|last| last.op.is_terminator());
            if ended
                || (is_target[index]
                    && !(blocks[current].instrs.is_empty() && !blocks[current].labelled))
            {
                blocks[current].next = Some(current + 1);
                blocks.push(room(index));
            }
            let current = blocks.len() - 1;
            blocks[current].labelled |= is_target[index];
            block_at[index] = current;
            let mut instr = Instr::new(ir.op, ir.arg, ir.loc);
            if ir.has_target() {
                instr.target = Some(target_of(ir.arg)); // an index for now
            }
            blocks[current].instrs.push(instr);
        }
        for instr in blocks.iter_mut().flat_map(|block| &mut block.instrs) {
            if let Some(target) = &mut instr.target {
                *target = block_at.get(*target).copied().unwrap_or(0);
                instr.arg = 0;
            }
        }
        Graph {
            blocks,
            returns_constants: true,
        }
    }

    /// The blocks in the order of the code.
    fn order(&self) -> Vec<BlockId> {
        let mut order = Vec::with_capacity(self.blocks.len());
        order.extend(std::iter::successors(Some(0), |&block: &BlockId| {
            self.blocks[block].next
        }));
        order
    }

    fn next_nonempty(&self, mut block: Option<BlockId>) -> Option<BlockId> {
        while let Some(id) = block
            && self.blocks[id].instrs.is_empty()
        {
            block = self.blocks[id].next;
        }
        block
    }

    /// Adds a block behind `before`.
    fn insert_after(&mut self, before: BlockId, mut block: Block) -> BlockId {
        let id = self.blocks.len();
        block.next = self.blocks[before].next;
        self.blocks.push(block);
        self.blocks[before].next = Some(id);
        id
    }

    fn clear_visited(&mut self) {
        self.blocks
            .iter_mut()
            .for_each(|block| block.visited = false);
    }

    /// Everything that is done before the layout of the frame is known.
    /// Optimises; gives how many constants at the end are not listed.
    pub fn optimize(
        &mut self,
        consts: &mut Consts,
        constants: Constants,
        nlocals: u32,
        nparams: u32,
    ) -> u32 {
        self.returns_constants = constants == Constants::InTree;
        self.mark_handlers();
        self.label_exception_targets();
        self.optimize_blocks(consts);
        let hidden = self.remove_unused_consts(consts, constants);
        self.check_uninitialized_locals(nlocals, nparams);
        self.insert_superinstructions();
        self.push_cold_blocks_to_end();
        self.resolve_lines();
        hidden
    }

    fn optimize_blocks(&mut self, consts: &mut Consts) {
        self.inline_small_blocks();
        self.remove_unreachable();
        self.resolve_lines();
        for block in self.order() {
            self.optimize_block(block, consts);
        }
        self.remove_redundant_nops_and_pairs();
        self.remove_unreachable();
        self.remove_redundant_nops_and_jumps();
    }
}
