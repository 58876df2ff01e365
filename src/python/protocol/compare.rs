//! Comparison, truth and hashing. CPython: `PyObject_RichCompare`, `PyObject_IsTrue`, `PyObject_Hash`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{CompareOp, FALSE, NONE, NOT_IMPLEMENTED, TRUE, str, types};
use crate::python::vm::{PyResult, Raised, Vm};

impl Vm {
    /// `left op right`
    pub fn rich_compare(&mut self, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
        self.enter_native(" in comparison")?;
        let result = self.try_rich_compare(left, right, op);
        self.leave_native();
        result
    }

    fn try_rich_compare(&mut self, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
        let (left_type, right_type) = (self.type_of(left), self.type_of(right));
        let mut reflected_tried = false;
        if left_type != right_type
            && self.slots(right).richcompare.is_some()
            && self.is_subtype(right_type, left_type)
        {
            reflected_tried = true;
            if let Some(result) = self.ask_compare(right, left, op.swapped())? {
                return Ok(result);
            }
        }
        if let Some(result) = self.ask_compare(left, right, op)? {
            return Ok(result);
        }
        if !reflected_tried && let Some(result) = self.ask_compare(right, left, op.swapped())? {
            return Ok(result);
        }
        match op {
            CompareOp::Eq => Ok(self.bool(left == right)),
            CompareOp::Ne => Ok(self.bool(left != right)),
            _ => {
                let (left, right) = (self.type_name(left), self.type_name(right));
                Err(self.type_error(format!(
                    "'{}' not supported between instances of '{left}' and '{right}'",
                    op.symbol()
                )))
            }
        }
    }

    /// One side's answer, `None` for `NotImplemented`.
    fn ask_compare(&mut self, left: Addr, right: Addr, op: CompareOp) -> PyResult<Option<Own>> {
        let Some(richcompare) = self.slots(left).richcompare else {
            return Ok(None);
        };
        let result = richcompare(self, left, right, op)?;
        if result.addr() == NOT_IMPLEMENTED {
            self.decref(result);
            return Ok(None);
        }
        Ok(Some(result))
    }

    /// `left op right` as a truth value, with the identity shortcut of `==` and `!=`: `PyObject_RichCompareBool`.
    pub fn rich_compare_bool(&mut self, left: Addr, right: Addr, op: CompareOp) -> PyResult<bool> {
        if left == right {
            match op {
                CompareOp::Eq => return Ok(true),
                CompareOp::Ne => return Ok(false),
                _ => {}
            }
        }
        let result = self.rich_compare(left, right, op)?;
        let truth = if result.addr() == TRUE || result.addr() == FALSE {
            Ok(result.addr() == TRUE)
        } else {
            self.is_true(result.addr())
        };
        self.decref(result);
        truth
    }

    /// `left is right or left == right`
    pub fn equal(&mut self, left: Addr, right: Addr) -> PyResult<bool> {
        self.rich_compare_bool(left, right, CompareOp::Eq)
    }

    /// `bool(object)`
    #[inline]
    pub fn is_true(&mut self, object: Addr) -> PyResult<bool> {
        match object {
            TRUE => return Ok(true),
            FALSE | NONE => return Ok(false),
            _ => {}
        }
        let slots = self.slots(object);
        if let Some(bool) = slots.bool {
            return bool(self, object);
        }
        if let Some(length) = slots.mp_length.or(slots.sq_length) {
            return Ok(length(self, object)? > 0);
        }
        Ok(true)
    }

    /// `hash(object)`
    #[inline]
    pub fn hash(&mut self, object: Addr) -> PyResult<i64> {
        match self.slots(object).hash {
            Some(hash) => {
                self.enter_native(" while calling a Python object")?;
                let result = hash(self, object);
                self.leave_native();
                result
            }
            None => Err(self.unhashable(object)),
        }
    }

    /// Raises `TypeError: unhashable type: 'list'`.
    #[cold]
    pub fn unhashable(&mut self, object: Addr) -> Raised {
        let name = self.type_name(object);
        self.type_error(format!("unhashable type: '{name}'"))
    }

    /// The same for a key of a container, after hashing failed: `cannot use 'list' as a dict key (unhashable type: 'list')`.
    /// Another exception than `TypeError` stays. CPython 3.14: `dict_unhashable_type`.
    #[cold]
    pub fn unhashable_as(&mut self, key: Addr, role: &str) -> Raised {
        let is_type_error = |vm: &Vm| {
            let raised = vm.raised.as_ref();
            raised.is_some_and(|raised| vm.type_of(raised.addr()) == types::TYPE_ERROR)
        };
        if !is_type_error(self) {
            return Raised;
        }
        let Some(raised) = self.take_raised() else {
            return Raised;
        };
        let text = self.str(raised.addr());
        self.decref(raised);
        let text = match text {
            Ok(text) => text,
            Err(raised) => return raised,
        };
        let reason = str::to_rust(self, text.addr());
        self.decref(text);
        let name = self.type_name(key);
        self.type_error(format!("cannot use '{name}' as {role} ({reason})"))
    }

    /// Whether the object is an exact `str`.
    #[inline(always)]
    pub fn is_exact_str(&self, object: Addr) -> bool {
        self.type_of(object) == types::STR
    }
}

/// `hash` of an address: the default for objects compared by identity. CPython: `_Py_HashPointer`.
pub fn hash_pointer(address: Addr) -> i64 {
    let hash = address.0.rotate_right(4) as i64;
    if hash == -1 { -2 } else { hash }
}
