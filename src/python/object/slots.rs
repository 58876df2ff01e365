//! Type slots: what a type can do, as function pointers. CPython: the `tp_*`, `nb_*`, `sq_*`, `mp_*` fields.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// `repr`, `str`, `iter`, `neg` …: one object in, a new reference out.
pub type UnaryFn = fn(&mut Vm, Addr) -> PyResult<Own>;
/// A binary operator; `NotImplemented` as a value says "not mine".
pub type BinaryFn = fn(&mut Vm, Addr, Addr) -> PyResult<Own>;
/// `pow`; the third operand may be `None`.
pub type TernaryFn = fn(&mut Vm, Addr, Addr, Addr) -> PyResult<Own>;
/// `bool(x)`
pub type BoolFn = fn(&mut Vm, Addr) -> PyResult<bool>;
/// `len(x)`
pub type LenFn = fn(&mut Vm, Addr) -> PyResult<usize>;
/// `hash(x)`; never -1.
pub type HashFn = fn(&mut Vm, Addr) -> PyResult<i64>;
/// `x * n`, `x[i]` with an index that is already an integer.
pub type IndexFn = fn(&mut Vm, Addr, isize) -> PyResult<Own>;
/// `x[i] = v`, `del x[i]` (`None`) with an integer index.
pub type SetIndexFn = fn(&mut Vm, Addr, isize, Option<Addr>) -> PyResult<()>;
/// `x[k] = v`, `x.k = v`, `del` with `None`.
pub type SetFn = fn(&mut Vm, Addr, Addr, Option<Addr>) -> PyResult<()>;
/// `k in x`
pub type ContainsFn = fn(&mut Vm, Addr, Addr) -> PyResult<bool>;
/// `x < y` and the other five.
pub type CompareFn = fn(&mut Vm, Addr, Addr, CompareOp) -> PyResult<Own>;
/// The next item, or `None` at the end, without a `StopIteration`.
pub type NextFn = fn(&mut Vm, Addr) -> PyResult<Option<Own>>;
/// `x(...)`, `cls.__new__(cls, ...)`. For `new`, the first address is the class.
pub type CallFn = fn(&mut Vm, Addr, Args) -> PyResult<Own>;
/// `__init__`
pub type InitFn = fn(&mut Vm, Addr, Args) -> PyResult<()>;
/// `__get__`: descriptor, instance or `None`, class or `None`.
pub type DescrGetFn = fn(&mut Vm, Addr, Option<Addr>, Option<Addr>) -> PyResult<Own>;
/// Frees what the object holds and the object; its count is 0.
pub type DeallocFn = fn(&mut Vm, Addr);
/// `__del__`: runs the finalizer; its errors are printed, not raised.
pub type FinalizeFn = fn(&mut Vm, Addr);
/// Calls the visitor with every reference the collector may follow, in CPython's order.
pub type TraverseFn = fn(&Vm, Addr, &mut dyn FnMut(Addr));
/// Drops the references that could close a cycle.
pub type ClearFn = fn(&mut Vm, Addr);

/// Rich comparison operators, numbered as CPython's `Py_LT` … `Py_GE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// The operator for exchanged operands.
    pub const fn swapped(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }

    /// As written in Python.
    pub const fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }

    /// What the operator says about a three-way comparison.
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Lt => ordering.is_lt(),
            CompareOp::Le => ordering.is_le(),
            CompareOp::Eq => ordering.is_eq(),
            CompareOp::Ne => ordering.is_ne(),
            CompareOp::Gt => ordering.is_gt(),
            CompareOp::Ge => ordering.is_ge(),
        }
    }

    /// From CPython's number.
    #[inline(always)]
    pub fn from_number(number: u32) -> CompareOp {
        match number {
            0 => CompareOp::Lt,
            1 => CompareOp::Le,
            2 => CompareOp::Eq,
            3 => CompareOp::Ne,
            4 => CompareOp::Gt,
            _ => CompareOp::Ge,
        }
    }
}

/// The binary operators, in the order of CPython's `NB_*` numbers (the argument of `BINARY_OP`); the
/// in-place form of operator `n` is `n + 13`, as there. `DivMod` is last: it has no instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `&`
    And,
    /// `//`
    FloorDivide,
    /// `<<`
    LShift,
    /// `@`
    MatrixMultiply,
    /// `*`
    Multiply,
    /// `%`
    Remainder,
    /// `|`
    Or,
    /// `**`
    Power,
    /// `>>`
    RShift,
    /// `-`
    Subtract,
    /// `/`
    TrueDivide,
    /// `^`
    Xor,
}

/// How many binary operators have a number.
pub const BINARY_OPS: usize = 13;

/// What a type can do. A `None` is a NULL slot of CPython's; inheritance fills most of them from the base.
#[derive(Clone, Default)]
#[allow(missing_docs)] // every field is CPython's slot of that name
pub struct Slots {
    pub dealloc: Option<DeallocFn>,
    pub finalize: Option<FinalizeFn>,
    pub traverse: Option<TraverseFn>,
    pub clear: Option<ClearFn>,
    /// References of a type without collector support, for the audit only: `range`, code objects.
    pub references: Option<TraverseFn>,
    pub repr: Option<UnaryFn>,
    pub str: Option<UnaryFn>,
    pub hash: Option<HashFn>,
    pub call: Option<CallFn>,
    pub getattro: Option<BinaryFn>,
    pub setattro: Option<SetFn>,
    pub richcompare: Option<CompareFn>,
    pub iter: Option<UnaryFn>,
    pub iternext: Option<NextFn>,
    pub descr_get: Option<DescrGetFn>,
    pub descr_set: Option<SetFn>,
    pub init: Option<InitFn>,
    pub new: Option<CallFn>,
    /// `nb_add` … `nb_xor`; `nb_power` takes the third operand through [`Slots::power`].
    pub binary: [Option<BinaryFn>; BINARY_OPS],
    /// `nb_inplace_add` …
    pub inplace: [Option<BinaryFn>; BINARY_OPS],
    pub power: Option<TernaryFn>,
    pub inplace_power: Option<TernaryFn>,
    pub divmod: Option<BinaryFn>,
    pub negative: Option<UnaryFn>,
    pub positive: Option<UnaryFn>,
    pub absolute: Option<UnaryFn>,
    pub invert: Option<UnaryFn>,
    pub bool: Option<BoolFn>,
    pub int: Option<UnaryFn>,
    pub float: Option<UnaryFn>,
    pub index: Option<UnaryFn>,
    pub sq_length: Option<LenFn>,
    pub sq_concat: Option<BinaryFn>,
    pub sq_repeat: Option<IndexFn>,
    pub sq_item: Option<IndexFn>,
    pub sq_ass_item: Option<SetIndexFn>,
    pub sq_contains: Option<ContainsFn>,
    pub sq_inplace_concat: Option<BinaryFn>,
    pub sq_inplace_repeat: Option<IndexFn>,
    pub mp_length: Option<LenFn>,
    pub mp_subscript: Option<BinaryFn>,
    pub mp_ass_subscript: Option<SetFn>,
    pub am_await: Option<UnaryFn>,
    pub am_aiter: Option<UnaryFn>,
    pub am_anext: Option<UnaryFn>,
}

impl Slots {
    /// Whether no slot is filled.
    pub fn is_empty(&self) -> bool {
        let beside_ops = self.dealloc.is_some()
            || self.traverse.is_some()
            || self.clear.is_some()
            || self.references.is_some();
        self.filled() == 0 && !beside_ops
    }
}
