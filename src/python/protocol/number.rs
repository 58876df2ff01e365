//! Operators. CPython: `PyNumber_Add` and its siblings, `binary_op1`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, NONE, NOT_IMPLEMENTED, flags, float, int, slots::BinaryFn, types,
};
use crate::python::vm::{PyResult, Raised, Vm};

impl BinaryOp {
    /// All of them, in CPython's order.
    pub const ALL: [BinaryOp; 13] = {
        use BinaryOp::*;
        [
            Add,
            And,
            FloorDivide,
            LShift,
            MatrixMultiply,
            Multiply,
            Remainder,
            Or,
            Power,
            RShift,
            Subtract,
            TrueDivide,
            Xor,
        ]
    };

    /// As written in Python, for messages.
    pub const fn symbol(self) -> &'static str {
        [
            "+",
            "&",
            "//",
            "<<",
            "@",
            "*",
            "%",
            "|",
            "** or pow()",
            ">>",
            "-",
            "/",
            "^",
        ][self as usize]
    }

    /// The in-place form.
    pub const fn inplace_symbol(self) -> &'static str {
        [
            "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
        ][self as usize]
    }
}

impl Vm {
    /// `left op right`
    #[inline]
    pub fn binary_op(&mut self, left: Addr, right: Addr, op: BinaryOp) -> PyResult<Own> {
        if op == BinaryOp::Power {
            return self.power(left, right, NONE);
        }
        match self.try_binary_op(left, right, op)? {
            Some(result) => Ok(result),
            None => self.binary_op_fallback(left, right, op, op.symbol()),
        }
    }

    /// `left op right` by the number slots, `None` when both sides decline. CPython: `binary_op1`.
    pub fn try_binary_op(
        &mut self,
        left: Addr,
        right: Addr,
        op: BinaryOp,
    ) -> PyResult<Option<Own>> {
        let slot = |vm: &Vm, object| vm.slots(object).binary[op as usize];
        self.ask_both(left, right, slot(self, left), slot(self, right))
    }

    fn ask_both(
        &mut self,
        left: Addr,
        right: Addr,
        mine: Option<BinaryFn>,
        theirs: Option<BinaryFn>,
    ) -> PyResult<Option<Own>> {
        let (left_type, right_type) = (self.type_of(left), self.type_of(right));
        let theirs = theirs.filter(|theirs| {
            left_type != right_type && !mine.is_some_and(|mine| std::ptr::fn_addr_eq(mine, *theirs))
        });
        let right_first =
            mine.is_some() && theirs.is_some() && self.is_subtype(right_type, left_type);
        let order = if right_first {
            [theirs, mine]
        } else {
            [mine, theirs]
        };
        for slot in order.into_iter().flatten() {
            let result = slot(self, left, right)?;
            if result.addr() != NOT_IMPLEMENTED {
                return Ok(Some(result));
            }
            self.decref(result);
        }
        Ok(None)
    }

    /// Sequences: `+` concatenates and `*` repeats where no number slot took it.
    fn binary_op_fallback(
        &mut self,
        left: Addr,
        right: Addr,
        op: BinaryOp,
        symbol: &str,
    ) -> PyResult<Own> {
        match op {
            BinaryOp::Add => {
                if let Some(concat) = self.slots(left).sq_concat {
                    return concat(self, left, right);
                }
            }
            BinaryOp::Multiply => {
                if let Some(repeat) = self.slots(left).sq_repeat {
                    return self.sequence_repeat(left, right, repeat);
                }
                if let Some(repeat) = self.slots(right).sq_repeat {
                    return self.sequence_repeat(right, left, repeat);
                }
            }
            _ => {}
        }
        Err(self.unsupported_operands(left, right, symbol))
    }

    fn sequence_repeat(
        &mut self,
        sequence: Addr,
        count: Addr,
        repeat: crate::python::object::slots::IndexFn,
    ) -> PyResult<Own> {
        if self.slots(count).index.is_none() {
            let name = self.type_name(count);
            return Err(self.type_error(format!(
                "can't multiply sequence by non-int of type '{name}'"
            )));
        }
        let count = self.index_value(count, types::OVERFLOW_ERROR)?;
        repeat(self, sequence, count)
    }

    /// Raises `TypeError: unsupported operand type(s) for +: 'int' and 'str'`.
    #[cold]
    pub fn unsupported_operands(&mut self, left: Addr, right: Addr, symbol: &str) -> Raised {
        let (left_name, right_name) = (self.type_name(left), self.type_name(right));
        let mut message =
            format!("unsupported operand type(s) for {symbol}: '{left_name}' and '{right_name}'");
        if symbol == ">>" && left_name == "builtin_function_or_method" && self.is_print(left) {
            message.push_str(". Did you mean \"print(<message>, file=<output_stream>)\"?");
        }
        self.type_error(message)
    }

    fn is_print(&mut self, function: Addr) -> bool {
        match self.builtin("print") {
            Ok(print) => {
                let same = print.addr() == function;
                self.decref(print);
                same
            }
            Err(_) => {
                self.clear_raised();
                false
            }
        }
    }

    /// `pow(base, exponent, modulus)`; `**` with `None` as the modulus. CPython: `ternary_op`.
    pub fn power(&mut self, base: Addr, exponent: Addr, modulus: Addr) -> PyResult<Own> {
        self.power_as(base, exponent, modulus, BinaryOp::Power.symbol())
    }

    fn power_as(
        &mut self,
        base: Addr,
        exponent: Addr,
        modulus: Addr,
        symbol: &str,
    ) -> PyResult<Own> {
        let (base_type, exponent_type) = (self.type_of(base), self.type_of(exponent));
        let (mine, theirs) = (self.slots(base).power, self.slots(exponent).power);
        let theirs = theirs.filter(|theirs| {
            base_type != exponent_type
                && !mine.is_some_and(|mine| std::ptr::fn_addr_eq(mine, *theirs))
        });
        let right_first =
            mine.is_some() && theirs.is_some() && self.is_subtype(exponent_type, base_type);
        let order = if right_first {
            [theirs, mine]
        } else {
            [mine, theirs]
        };
        let last = self.slots(modulus).power.filter(|last| {
            let same =
                |other: Option<_>| other.is_some_and(|other| std::ptr::fn_addr_eq(other, *last));
            !same(mine) && !same(theirs)
        });
        for slot in order.into_iter().chain([last]).flatten() {
            let result = slot(self, base, exponent, modulus)?;
            if result.addr() != NOT_IMPLEMENTED {
                return Ok(result);
            }
            self.decref(result);
        }
        if modulus == NONE {
            return Err(self.unsupported_operands(base, exponent, symbol));
        }
        let names = [base, exponent, modulus].map(|object| self.type_name(object));
        Err(self.type_error(format!(
            "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
            names[0], names[1], names[2]
        )))
    }

    /// `left op= right`: the new value for the name. CPython: `binary_iop1` and its callers.
    pub fn inplace_op(&mut self, left: Addr, right: Addr, op: BinaryOp) -> PyResult<Own> {
        if op == BinaryOp::Power {
            if let Some(power) = self.slots(left).inplace_power {
                let result = power(self, left, right, NONE)?;
                if result.addr() != NOT_IMPLEMENTED {
                    return Ok(result);
                }
                self.decref(result);
            }
            let symbol = self.profile.messages.power_in_place;
            return self.power_as(left, right, NONE, symbol);
        }
        if let Some(inplace) = self.slots(left).inplace[op as usize] {
            let result = inplace(self, left, right)?;
            if result.addr() != NOT_IMPLEMENTED {
                return Ok(result);
            }
            self.decref(result);
        }
        if let Some(result) = self.try_binary_op(left, right, op)? {
            return Ok(result);
        }
        if op == BinaryOp::Add
            && let Some(concat) = self.slots(left).sq_inplace_concat
        {
            return concat(self, left, right);
        }
        if op == BinaryOp::Multiply
            && let Some(repeat) = self.slots(left).sq_inplace_repeat
        {
            return self.sequence_repeat(left, right, repeat);
        }
        self.binary_op_fallback(left, right, op, op.inplace_symbol())
    }

    /// `divmod(left, right)`
    pub fn divmod(&mut self, left: Addr, right: Addr) -> PyResult<Own> {
        let (mine, theirs) = (self.slots(left).divmod, self.slots(right).divmod);
        match self.ask_both(left, right, mine, theirs)? {
            Some(result) => Ok(result),
            None => Err(self.unsupported_operands(left, right, "divmod()")),
        }
    }

    /// `-x`, `+x`, `~x`: `slot` picks the operator, `symbol` names it in the error.
    pub fn unary_op(
        &mut self,
        object: Addr,
        slot: fn(&crate::python::object::Slots) -> Option<crate::python::object::slots::UnaryFn>,
        symbol: &str,
    ) -> PyResult<Own> {
        match slot(self.slots(object)) {
            Some(function) => function(self, object),
            None => {
                let name = self.type_name(object);
                Err(self.type_error(format!("bad operand type for {symbol}: '{name}'")))
            }
        }
    }

    /// `operator.index(object)`: an int, perhaps of a subclass.
    pub fn index(&mut self, object: Addr) -> PyResult<Own> {
        if self.has_flag(object, flags::LONG_SUBCLASS) {
            return Ok(self.incref(object));
        }
        let Some(index) = self.slots(object).index else {
            let name = self.type_name(object);
            return Err(self.type_error(format!(
                "'{name}' object cannot be interpreted as an integer"
            )));
        };
        let result = index(self, object)?;
        if !self.has_flag(result.addr(), flags::LONG_SUBCLASS) {
            let name = self.type_name(result.addr());
            return Err(self.type_error(format!("__index__ returned non-int (type {name})")));
        }
        if !int::check_exact(self, result.addr()) {
            let name = self.type_name(result.addr());
            let message = int::convert::subclass_returned("__index__", &name);
            self.warn(types::DEPRECATION_WARNING, &message)?;
        }
        Ok(result)
    }

    /// `operator.index(object)` as a number. One that does not fit raises `class`, or is clipped to the
    /// nearest end when `class` is `NULL`. CPython: `PyNumber_AsSsize_t`.
    pub fn index_value(&mut self, object: Addr, class: Addr) -> PyResult<isize> {
        let index = self.index(object)?;
        let value = int::as_i64(self, index.addr());
        let negative = value.is_none() && int::is_negative(self, index.addr());
        self.decref(index);
        match value {
            Some(value) => Ok(value as isize),
            None if class.is_null() => Ok(if negative { isize::MIN } else { isize::MAX }),
            None => {
                let name = self.type_name(object);
                Err(self.error(
                    class,
                    format!("cannot fit '{name}' into an index-sized integer"),
                ))
            }
        }
    }

    /// A float's or an int's value, or what `__float__` and `__index__` give: `PyFloat_AsDouble`.
    pub fn as_double(&mut self, object: Addr) -> PyResult<f64> {
        if self.type_check(object, types::FLOAT) {
            return Ok(float::value(self, object));
        }
        if let Some(convert) = self.slots(object).float {
            let result = convert(self, object)?;
            if !self.type_check(result.addr(), types::FLOAT) {
                let (name, got) = (self.type_name(object), self.type_name(result.addr()));
                return Err(
                    self.type_error(format!("{name}.__float__ returned non-float (type {got})"))
                );
            }
            let value = float::value(self, result.addr());
            self.decref(result);
            return Ok(value);
        }
        if self.slots(object).index.is_some() {
            let index = self.index(object)?;
            let value = int::as_f64(self, index.addr());
            self.decref(index);
            return value;
        }
        let name = self.type_name(object);
        Err(self.type_error(format!("must be real number, not {name}")))
    }
}
