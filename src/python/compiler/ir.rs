//! Instructions before they are assembled: the real ones, and those that only the compiler knows.

use super::ast::Loc;
use crate::python::code::Op;

/// A place in a [`Sequence`] that jumps name before it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(pub u32);

/// An opcode, real or of the compiler's own. CPython: pseudo instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IrOp {
    /// An instruction of the machine.
    Real(Op),
    /// `JUMP`: forward or backward, as it turns out.
    Jump,
    /// `JUMP_NO_INTERRUPT`: the same where no loop is closed, so that nobody has to look for signals there.
    JumpNoInterrupt,
    /// `SETUP_FINALLY`: from here to `POP_BLOCK` an exception goes to the target.
    SetupFinally,
    /// `SETUP_CLEANUP`: the same, and the raising instruction's index is kept.
    SetupCleanup,
    /// `SETUP_WITH`: as `SETUP_CLEANUP`, with the result of `__enter__` on the stack.
    SetupWith,
    /// `POP_BLOCK`
    PopBlock,
    /// `STORE_FAST_MAYBE_NULL`
    StoreFastMaybeNull,
    /// `LOAD_CLOSURE`: loads the cell itself.
    LoadClosure,
}

impl From<Op> for IrOp {
    fn from(op: Op) -> IrOp {
        IrOp::Real(op)
    }
}

impl IrOp {
    /// Whether its argument is a place to jump to when it runs.
    pub fn is_jump(self) -> bool {
        match self {
            IrOp::Real(op) => op.is_jump(),
            _ => self.is_unconditional_jump(),
        }
    }

    /// Whether it always jumps.
    pub fn is_unconditional_jump(self) -> bool {
        use Op::{JumpBackward, JumpBackwardNoInterrupt, JumpForward};
        match self {
            IrOp::Jump | IrOp::JumpNoInterrupt => true,
            IrOp::Real(op) => matches!(op, JumpForward | JumpBackward | JumpBackwardNoInterrupt),
            _ => false,
        }
    }

    /// Whether it opens a guarded region.
    pub fn is_block_push(self) -> bool {
        matches!(
            self,
            IrOp::SetupFinally | IrOp::SetupCleanup | IrOp::SetupWith
        )
    }

    /// Whether it leaves the code: a return or a raise.
    pub fn is_scope_exit(self) -> bool {
        use Op::{InterpreterExit, RaiseVarargs, Reraise, ReturnConst, ReturnValue};
        matches!(
            self,
            IrOp::Real(ReturnValue | ReturnConst | RaiseVarargs | Reraise | InterpreterExit)
        )
    }

    /// Whether a block ends with it.
    pub fn is_terminator(self) -> bool {
        self.is_jump() || self.is_scope_exit()
    }

    /// Whether the machine looks for signals and the collector's wishes there.
    pub fn has_eval_break(self) -> bool {
        use Op::{Call, CallFunctionEx, CallKw, JumpBackward, Resume};
        matches!(
            self,
            IrOp::Jump | IrOp::Real(Call | CallFunctionEx | CallKw | JumpBackward | Resume)
        )
    }

    /// Words of the stack that it needs beyond what it leaves there.
    pub fn headroom(self) -> i32 {
        match self {
            IrOp::Real(op) => op.headroom(),
            _ => 0,
        }
    }

    /// By how much the stack grows, when it jumps or when it does not.
    pub fn stack_effect(self, arg: u32, jump: bool) -> i32 {
        match self {
            IrOp::Real(op) => op.stack_effect(arg),
            IrOp::Jump | IrOp::JumpNoInterrupt | IrOp::PopBlock => 0,
            IrOp::SetupFinally | IrOp::SetupWith => jump as i32,
            IrOp::SetupCleanup => 2 * jump as i32,
            IrOp::StoreFastMaybeNull => -1,
            IrOp::LoadClosure => 1,
        }
    }
}

/// One instruction of a [`Sequence`]; a jump's argument is a label's number.
#[derive(Clone, Copy, Debug)]
pub struct Ir {
    /// What to do.
    pub op: IrOp,
    /// The argument.
    pub arg: u32,
    /// Where it comes from.
    pub loc: Loc,
}

impl Ir {
    /// Whether its argument is a label.
    pub fn has_target(&self) -> bool {
        self.op.is_jump() || self.op.is_block_push()
    }
}

/// Instructions in the order in which the tree is walked, with labels.
#[derive(Debug, Default)]
pub struct Sequence {
    /// The instructions.
    pub instructions: Vec<Ir>,
    /// The index that each label stands for; `u32::MAX` while it is not placed.
    pub labels: Vec<u32>,
}

impl Sequence {
    /// A new label, to be placed later.
    pub fn label(&mut self) -> Label {
        self.labels.push(u32::MAX);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label here.
    pub fn place(&mut self, label: Label) {
        let here = self.instructions.len() as u32;
        if let Some(slot) = self.labels.get_mut(label.0 as usize) {
            *slot = here;
        }
    }

    /// Appends an instruction.
    pub fn push(&mut self, op: IrOp, arg: u32, loc: Loc) {
        self.instructions.push(Ir { op, arg, loc });
    }

    /// Puts an instruction before all others.
    pub fn push_front(&mut self, op: IrOp, arg: u32, loc: Loc) {
        self.instructions.insert(0, Ir { op, arg, loc });
        for label in &mut self.labels {
            *label = label.saturating_add(1);
        }
    }
}
