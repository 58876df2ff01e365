//! The peephole optimiser: short patterns inside a block, and jumps to jumps.

use super::{BlockId, Consts, Graph, Instr, IrOp};
use crate::python::code::{Const, Op, PyStr};
use crate::python::compiler::fold;
use crate::python::version::Constants;
use num_traits::ToPrimitive;

/// `CompareOp`'s bit for a result that is `True` or `False`.
const COMPARE_TO_BOOL: u32 = 16;

impl Graph {
    pub(super) fn optimize_block(&mut self, block: BlockId, consts: &mut Consts) {
        self.optimize_constants(block, consts);
        let mut index = 0;
        while index < self.blocks[block].instrs.len() {
            index = self.optimize_at(block, index, consts);
        }
    }

    /// Looks at one instruction; gives the index of the next one to look at.
    fn optimize_at(&mut self, block: BlockId, index: usize, consts: &mut Consts) -> usize {
        let instr = self.blocks[block].instrs[index];
        let target = instr
            .target
            .filter(|_| instr.op.is_jump())
            .and_then(|t| self.next_nonempty(Some(t)));
        let target = target.and_then(|target| self.blocks[target].instrs.first().copied());
        if let Some(target) = target {
            let threaded = match (instr.op, target.op) {
                (IrOp::Jump, IrOp::Jump) => self.thread_jump(block, index, target, IrOp::Jump),
                (IrOp::Jump | IrOp::JumpNoInterrupt, IrOp::Jump | IrOp::JumpNoInterrupt) => {
                    let op = if target.op == IrOp::Jump {
                        IrOp::Jump
                    } else {
                        instr.op
                    };
                    self.thread_jump(block, index, target, op)
                }
                (
                    IrOp::Real(
                        Op::PopJumpIfFalse
                        | Op::PopJumpIfTrue
                        | Op::PopJumpIfNone
                        | Op::PopJumpIfNotNone,
                    ),
                    IrOp::Jump,
                ) => self.thread_jump(block, index, target, instr.op),
                _ => false,
            };
            return if threaded { index } else { index + 1 };
        }
        let IrOp::Real(op) = instr.op else {
            return index + 1;
        };
        let instrs = &mut self.blocks[block].instrs;
        let (head, tail) = instrs.split_at_mut(index + 1);
        let (Some(this), next) = (head.last_mut(), tail.first_mut()) else {
            return index + 1;
        };
        match (op, next) {
            (Op::BuildTuple, Some(next))
                if next.is(Op::UnpackSequence)
                    && next.arg == instr.arg
                    && matches!(instr.arg, 1..=3) =>
            {
                this.set_nop();
                match instr.arg {
                    1 => next.set_nop(),
                    n => next.set(Op::Swap, n),
                }
            }
            (Op::BuildTuple, _) => fold_tuple(instrs, index, consts),
            (Op::StoreFast, Some(next))
                if next.is(Op::StoreFast)
                    && next.arg == instr.arg
                    && next.loc.line == instr.loc.line =>
            {
                this.set(Op::PopTop, 0);
            }
            (Op::LoadGlobal, Some(next)) if next.is(Op::PushNull) && instr.arg & 1 == 0 => {
                this.arg |= 1;
                next.set_nop();
            }
            (Op::CompareOp, Some(next)) if next.is(Op::ToBool) => {
                this.set_nop();
                next.set(Op::CompareOp, instr.arg | COMPARE_TO_BOOL);
            }
            (Op::ContainsOp | Op::IsOp, Some(next)) if next.is(Op::ToBool) => {
                this.set_nop();
                next.set(op, instr.arg);
            }
            (Op::ContainsOp | Op::IsOp, Some(next)) if next.is(Op::UnaryNot) => {
                this.set_nop();
                next.set(op, instr.arg ^ 1);
            }
            (Op::ToBool, Some(next)) if next.is(Op::ToBool) => this.set_nop(),
            (Op::UnaryNot, Some(next)) if next.is(Op::ToBool) => {
                this.set_nop();
                next.set(Op::UnaryNot, 0);
            }
            (Op::UnaryNot, Some(next)) if next.is(Op::UnaryNot) => {
                this.set_nop();
                next.set_nop();
            }
            (Op::Swap, _) if instr.arg == 1 => this.set_nop(),
            (Op::Swap, _) => {
                let last = self.shorten_swaps(block, index);
                self.apply_static_swaps(block, last);
                return last + 1;
            }
            _ => {}
        }
        index + 1
    }

    /// A jump to a jump goes on to its target. The `NOP` left behind stays if a line needs it.
    fn thread_jump(&mut self, block: BlockId, index: usize, target: Instr, op: IrOp) -> bool {
        let instrs = &mut self.blocks[block].instrs;
        if index + 1 != instrs.len() || instrs[index].target == target.target {
            return false;
        }
        instrs[index].set_nop();
        instrs.push(Instr {
            op,
            arg: 0,
            loc: target.loc,
            target: target.target,
            except: None,
        });
        true
    }

    /// Patterns that start with a constant.
    fn optimize_constants(&mut self, block: BlockId, consts: &mut Consts) {
        let instrs = &mut self.blocks[block].instrs;
        let mut constant = None;
        let mut index = 0;
        while index < instrs.len() {
            let instr = instrs[index];
            let copy = constant.is_some() && instr.is(Op::Copy) && instr.arg == 1;
            if !copy {
                constant = instr.is(Op::LoadConst).then_some(instr.arg);
            }
            if let (Some(arg), Some(next)) = (constant, instrs.get(index + 1).copied()) {
                let truth = || consts.values.get(arg as usize).is_some_and(fold::truth);
                match next.op {
                    IrOp::Real(Op::PopJumpIfFalse | Op::PopJumpIfTrue) => {
                        let jumps = truth() == next.is(Op::PopJumpIfTrue);
                        instrs[index].set_nop();
                        if jumps {
                            instrs[index + 1].op = IrOp::Jump;
                        } else {
                            instrs[index + 1].set_nop();
                        }
                    }
                    IrOp::Real(Op::IsOp)
                        if consts.values.get(arg as usize) == Some(&Const::None) =>
                    {
                        compare_with_none(instrs, index);
                    }
                    IrOp::Real(Op::ReturnValue) if self.returns_constants => {
                        instrs[index].set_nop();
                        index += 1;
                        instrs[index].set(Op::ReturnConst, arg);
                    }
                    IrOp::Real(Op::ToBool) => {
                        let truth = truth();
                        instrs[index].set_nop();
                        instrs[index + 1].set(Op::LoadConst, consts.add(Const::Bool(truth)));
                    }
                    _ => {}
                }
            }
            index += 1;
        }
    }

    /// Drops constants that no instruction uses any more; the first one stays: it may be the docstring. Those that have an
    /// instruction of their own go to the end; gives how many.
    pub(super) fn remove_unused_consts(
        &mut self,
        consts: &mut Consts,
        constants: Constants,
    ) -> u32 {
        let uses = |instr: &Instr| instr.is(Op::LoadConst) || instr.is(Op::ReturnConst);
        let order = self.order();
        let mut used = vec![false; consts.values.len()];
        if let Some(first) = used.first_mut() {
            *first = true;
        }
        for instr in order
            .iter()
            .flat_map(|&block| &self.blocks[block].instrs)
            .filter(|i| uses(i))
        {
            used[instr.arg as usize] = true;
        }
        let hides = |at: usize| at > 0 && has_own_load(&consts.values[at], constants);
        let kept = |hidden: bool| {
            let all = (0..used.len()).filter(|at| used[*at]);
            all.filter(move |at| hides(*at) == hidden)
        };
        let (listed, hidden): (Vec<usize>, Vec<usize>) =
            (kept(false).collect(), kept(true).collect());
        let mut number = vec![0; used.len()];
        let mut values = Vec::with_capacity(listed.len() + hidden.len());
        for &at in listed.iter().chain(&hidden) {
            number[at] = values.len() as u32;
            values.push(consts.values[at].clone());
        }
        consts.values = values;
        for block in order {
            for instr in self.blocks[block].instrs.iter_mut().filter(|i| uses(i)) {
                instr.arg = number[instr.arg as usize];
            }
        }
        hidden.len() as u32
    }
}

/// Whether a constant is loaded by an instruction of its own: `LOAD_SMALL_INT`, `LOAD_COMMON_CONSTANT`.
pub fn has_own_load(value: &Const, constants: Constants) -> bool {
    let is_common = constants == Constants::Common;
    match value {
        Const::Int(value) => {
            let small = value.to_i64();
            let by_number = small.is_some_and(|value| (0..256).contains(&value));
            constants != Constants::InTree && by_number || is_common && small == Some(-1)
        }
        Const::None | Const::Bool(_) => is_common,
        Const::Str(PyStr::Utf8(text)) => is_common && text.is_empty(),
        _ => false,
    }
}

/// `LOAD_CONST None; IS_OP; POP_JUMP_IF_TRUE` is `POP_JUMP_IF_NONE`.
fn compare_with_none(instrs: &mut [Instr], index: usize) {
    let mut jump = index + 2;
    if instrs.get(jump).is_some_and(|i| i.is(Op::ToBool)) {
        instrs[jump].set_nop();
        jump += 1;
    }
    let Some(&Instr {
        op: IrOp::Real(op @ (Op::PopJumpIfFalse | Op::PopJumpIfTrue)),
        ..
    }) = instrs.get(jump)
    else {
        return;
    };
    let inverted = (instrs[index + 1].arg != 0) != (op == Op::PopJumpIfFalse);
    instrs[index].set_nop();
    instrs[index + 1].set_nop();
    instrs[jump].op = IrOp::Real(if inverted {
        Op::PopJumpIfNotNone
    } else {
        Op::PopJumpIfNone
    });
}

/// A tuple of constants that only became constant here.
fn fold_tuple(instrs: &mut [Instr], index: usize, consts: &mut Consts) {
    let size = instrs[index].arg as usize;
    let Some(start) = index.checked_sub(size) else {
        return;
    };
    if !instrs[start..index].iter().all(|i| i.is(Op::LoadConst)) {
        return;
    }
    let items: Option<Vec<Const>> = instrs[start..index]
        .iter()
        .map(|i| consts.values.get(i.arg as usize).cloned())
        .collect();
    let Some(items) = items else { return };
    instrs[start..index].iter_mut().for_each(Instr::set_nop);
    instrs[index].set(Op::LoadConst, consts.add(Const::Tuple(items)));
}
