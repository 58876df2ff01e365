//! Operators: fast paths for small ints and floats, in-place strings, then the protocol.

use super::binary_operator_of;
use crate::python::code::{Instruction, Op};
use crate::python::memory::{Addr, Own};
use crate::python::object::{float, int, str, types};
use crate::python::vm::program::Program;
use crate::python::vm::{PyResult, Vm};

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

    /// `left op right` for small ints and floats; `None` where the protocol must decide.
    #[inline(always)]
    pub(super) fn fast_binary(&mut self, left: Addr, right: Addr, arg: u32) -> Option<Own> {
        let (ty, other) = (self.type_of(left), self.type_of(right));
        if ty == types::INT && other == types::INT {
            let (a, b) = (self.compact_int(left)?, self.compact_int(right)?);
            // Add, And, FloorDivide, LShift, MatMul, Multiply, Remainder, Or, Power, RShift, Subtract, …
            let value = match arg {
                0 | 13 => a + b,
                10 | 23 => a - b,
                5 | 18 => a * b,
                1 | 14 => a & b,
                7 | 20 => a | b,
                12 | 25 => a ^ b,
                2 | 15 if b != 0 => num_integer::Integer::div_floor(&a, &b),
                6 | 19 if b != 0 => num_integer::Integer::mod_floor(&a, &b),
                9 | 22 if b >= 0 => a >> b.min(63),
                3 | 16 if (0..32).contains(&b) => a << b,
                _ => return None,
            };
            return Some(int::new(self, value));
        }
        if ty == types::FLOAT {
            let a = float::value(self, left);
            let b = if other == types::FLOAT {
                float::value(self, right)
            } else if other == types::INT {
                self.compact_int(right)? as f64
            } else {
                return None;
            };
            return self.fast_float(a, b, arg);
        }
        if ty == types::INT && other == types::FLOAT {
            let a = self.compact_int(left)? as f64;
            let b = float::value(self, right);
            return self.fast_float(a, b, arg);
        }
        None
    }

    #[inline(always)]
    fn fast_float(&mut self, a: f64, b: f64, arg: u32) -> Option<Own> {
        let value = match arg {
            0 | 13 => a + b,
            10 | 23 => a - b,
            5 | 18 => a * b,
            11 | 24 if b != 0.0 => a / b,
            _ => return None,
        };
        Some(float::new(self, value))
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
        next: Instruction,
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
