//! Operators: fast paths for small ints and floats, in-place strings, then the protocol.

use super::binary_operator_of;
use crate::python::code::Op;
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, CompareOp, float, int, str, types};
use crate::python::vm::program::{Loaded, Program};
use crate::python::vm::{PyResult, Vm};
use num_integer::Integer;

/// `left op right` for exact ints and floats; `None` where the protocol must decide.
pub(super) type FastBinary = fn(&mut Vm, Addr, Addr) -> Option<Own>;

/// The fast way of every argument of `BINARY_OP`, in the order of [`binary_operator_of`]. The loop calls these
/// instead of having them inside, so that its own variables stay in registers.
pub(super) const FAST_BINARY: [FastBinary; 26] = {
    const ONCE: [FastBinary; 13] = [
        |vm, a, b| vm.fast_arithmetic(a, b, |a, b| a + b, |a, b| a + b),
        |vm, a, b| vm.fast_int(a, b, |a, b| Some(a & b)),
        |vm, a, b| vm.fast_int(a, b, |a, b| (b != 0).then(|| Integer::div_floor(&a, &b))),
        |vm, a, b| vm.fast_int(a, b, |a, b| matches!(b, 0..32).then(|| a << b)),
        |_, _, _| None,
        |vm, a, b| vm.fast_arithmetic(a, b, |a, b| a * b, |a, b| a * b),
        |vm, a, b| vm.fast_int(a, b, |a, b| (b != 0).then(|| Integer::mod_floor(&a, &b))),
        |vm, a, b| vm.fast_int(a, b, |a, b| Some(a | b)),
        |_, _, _| None,
        |vm, a, b| vm.fast_int(a, b, |a, b| (b >= 0).then(|| a >> b.min(63))),
        |vm, a, b| vm.fast_arithmetic(a, b, |a, b| a - b, |a, b| a - b),
        |vm, a, b| vm.fast_divide(a, b),
        |vm, a, b| vm.fast_int(a, b, |a, b| Some(a ^ b)),
    ];
    let mut all = [ONCE[0]; 26];
    let mut i = 0;
    while i < 26 {
        all[i] = ONCE[i % 13];
        i += 1;
    }
    all
};

impl Vm {
    /// The value of an int of at most one digit: `lv_tag` below two digits.
    #[inline(always)]
    pub(crate) fn compact_int(&self, object: Addr) -> Option<i64> {
        let tag = self.word(object, 16);
        if tag >= 16 {
            return None;
        }
        let sign = 1 - (tag & 3) as i64;
        Some(sign * i64::from(self.heap.space.half(object.at(24))))
    }

    /// The value of an exact int of at most one digit.
    #[inline(always)]
    pub(crate) fn small_int(&self, object: Addr) -> Option<i64> {
        if self.type_of(object) == types::INT {
            self.compact_int(object)
        } else {
            None
        }
    }

    /// [`Vm::is_true`] with the two bools first.
    #[inline(always)]
    pub(super) fn truth(&mut self, value: Addr) -> PyResult<bool> {
        match value {
            object::TRUE => Ok(true),
            object::FALSE | object::NONE => Ok(false),
            _ => self.is_true(value),
        }
    }

    /// An operator on operands of the simple kinds, whose result needs no Python code.
    #[inline(never)]
    pub(super) fn operate(&mut self, operator: Loaded, left: Addr, right: Addr) -> Option<Own> {
        match operator.op {
            Op::BinaryOp => FAST_BINARY[operator.arg as usize](self, left, right),
            Op::CompareOp => {
                if let Some(a) = self.small_int(left)
                    && let Some(b) = self.small_int(right)
                {
                    // The argument's low bits: 2 for less, 4 for greater, 8 for equal. CPython: `COMPARISON_BIT`.
                    let found = 1 << (2 * u32::from(a >= b) + u32::from(a <= b));
                    return Some(self.bool(operator.arg & found != 0));
                }
                let op = CompareOp::from_number(operator.arg >> 5);
                let truth = self.fast_compare(left, right, op)?;
                Some(self.bool(truth))
            }
            _ => {
                let found = self.fast_subscript(left, right)?;
                Some(self.incref(found))
            }
        }
    }

    /// `left op right` for small ints.
    #[inline(always)]
    fn fast_int(
        &mut self,
        left: Addr,
        right: Addr,
        op: impl Fn(i64, i64) -> Option<i64>,
    ) -> Option<Own> {
        let (a, b) = (self.small_int(left)?, self.small_int(right)?);
        Some(int::new(self, op(a, b)?))
    }

    /// `left op right` for ints of at most two digits and for floats.
    #[inline(always)]
    fn fast_arithmetic(
        &mut self,
        left: Addr,
        right: Addr,
        on_ints: impl Fn(i64, i64) -> i64,
        on_floats: impl Fn(f64, f64) -> f64,
    ) -> Option<Own> {
        if self.type_of(left) == types::INT && self.type_of(right) == types::INT {
            let (a, b) = (self.compact_int(left)?, self.compact_int(right)?);
            return Some(int::new(self, on_ints(a, b)));
        }
        let (a, b) = self.fast_floats(left, right)?;
        Some(float::new(self, on_floats(a, b)))
    }

    fn fast_divide(&mut self, left: Addr, right: Addr) -> Option<Own> {
        if self.type_of(left) == types::INT && self.type_of(right) == types::INT {
            return None;
        }
        let (a, b) = self.fast_floats(left, right)?;
        (b != 0.0).then(|| float::new(self, a / b))
    }

    /// Two floats, one of which may be a small int.
    #[inline(always)]
    fn fast_floats(&self, left: Addr, right: Addr) -> Option<(f64, f64)> {
        let value = |object| {
            let ty = self.type_of(object);
            if ty == types::FLOAT {
                Some(float::value(self, object))
            } else if ty == types::INT {
                self.compact_int(object).map(|value| value as f64)
            } else {
                None
            }
        };
        Some((value(left)?, value(right)?))
    }

    /// `left op right` or `left op= right` by the number of the instruction.
    pub(super) fn binary_operator(&mut self, left: Addr, right: Addr, arg: u32) -> PyResult<Own> {
        let op = binary_operator_of(arg);
        if arg < 13 {
            self.binary_op(left, right, op)
        } else {
            self.inplace_op(left, right, op)
        }
    }

    /// `left + right` for two strings taken off the stack, both owned. When the next instruction stores the
    /// result into the local that holds `left`, the local gives its reference up first, so that a string
    /// with no other owner grows where it is. CPython: `BINARY_OP_INPLACE_ADD_UNICODE`, `unicode_concatenate`.
    pub(super) fn concat_in_place(
        &mut self,
        program: &Program,
        fp: Addr,
        next: Loaded,
        left: Addr,
        right: Addr,
    ) -> PyResult<Own> {
        let _ = program;
        if next.op == Op::StoreFast {
            let slot = 8 * u64::from(next.arg);
            if self.field(fp, slot) == left {
                self.set_word(fp, slot, 0);
                self.release(left);
            }
        }
        let result = str::append_in_place(self, Own::from_addr(left), right);
        self.release(right);
        result
    }

    pub(super) fn unary_negative(&mut self, value: Addr) -> PyResult<Own> {
        if let Some(small) = self.small_int(value) {
            return Ok(int::new(self, -small));
        }
        match self.slots(value).negative {
            Some(negative) => negative(self, value),
            None => Err(self.bad_unary("-", value)),
        }
    }

    pub(super) fn unary_positive(&mut self, value: Addr) -> PyResult<Own> {
        match self.slots(value).positive {
            Some(positive) => positive(self, value),
            None => Err(self.bad_unary("+", value)),
        }
    }

    pub(super) fn unary_invert(&mut self, value: Addr) -> PyResult<Own> {
        match self.slots(value).invert {
            Some(invert) => invert(self, value),
            None => Err(self.bad_unary("~", value)),
        }
    }

    #[cold]
    fn bad_unary(&mut self, operator: &str, value: Addr) -> crate::python::vm::Raised {
        let name = self.type_name(value);
        self.type_error(format!("bad operand type for unary {operator}: '{name}'"))
    }
}
