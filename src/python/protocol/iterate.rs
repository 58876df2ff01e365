//! Iteration. CPython: `PyObject_GetIter`, `PyIter_Next`, `PySequence_List`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NOT_IMPLEMENTED, flags, iterator, types};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `iter(object)`
    pub fn get_iter(&mut self, object: Addr) -> PyResult<Own> {
        let Some(iter) = self.slots(object).iter else {
            if self.is_sequence(object) {
                return iterator::new(self, object);
            }
            let name = self.type_name(object);
            return Err(self.type_error(format!("'{name}' object is not iterable")));
        };
        let result = iter(self, object)?;
        if self.slots(result.addr()).iternext.is_none() {
            let name = self.type_name(result.addr());
            return Err(self.type_error(format!("iter() returned non-iterator of type '{name}'")));
        }
        Ok(result)
    }

    /// Whether the object can be indexed by position: `PySequence_Check`.
    pub fn is_sequence(&self, object: Addr) -> bool {
        !self.has_flag(object, flags::DICT_SUBCLASS) && self.slots(object).sq_item.is_some()
    }

    /// Whether `next()` works on it: `PyIter_Check`.
    pub fn is_iterator(&self, object: Addr) -> bool {
        self.slots(object).iternext.is_some()
    }

    /// The next item of an iterator, or `None` at its end (a `StopIteration` is cleared). Counts a step, so
    /// a native loop over an endless iterator ends at the limit.
    #[inline]
    pub fn iter_next(&mut self, iterator: Addr) -> PyResult<Option<Own>> {
        self.check_steps(1)?;
        let Some(next) = self.slots(iterator).iternext else {
            let name = self.type_name(iterator);
            return Err(self.type_error(format!("'{name}' object is not an iterator")));
        };
        match next(self, iterator) {
            Err(_) if self.raised_is(types::STOP_ITERATION) => {
                self.clear_raised();
                Ok(None)
            }
            // A generator's value goes with a `StopIteration`.
            Ok(None) if self.raised.is_some() => {
                self.clear_raised();
                Ok(None)
            }
            result => result,
        }
    }

    /// All items of an iterable.
    pub fn collect(&mut self, iterable: Addr) -> PyResult<Vec<Own>> {
        let iterator = self.get_iter(iterable)?;
        let mut items = Vec::new();
        while let Some(item) = self.iter_next(iterator.addr())? {
            items.push(item);
        }
        self.decref(iterator);
        Ok(items)
    }

    /// `operator.length_hint(object, default)`
    pub fn length_hint(&mut self, object: Addr, default: usize) -> PyResult<usize> {
        let slots = self.slots(object);
        if slots.sq_length.is_some() || slots.mp_length.is_some() {
            let length = self.len(object);
            if let Some(length) = self.ignore_raised(length, types::TYPE_ERROR)? {
                return Ok(length);
            }
        }
        let hint = self.call_special(object, self.names.__length_hint__, &[]);
        let Some(Some(hint)) = self.ignore_raised(hint, types::TYPE_ERROR)? else {
            return Ok(default);
        };
        if hint.addr() == NOT_IMPLEMENTED {
            self.decref(hint);
            return Ok(default);
        }
        if !self.has_flag(hint.addr(), flags::LONG_SUBCLASS) {
            let name = self.type_name(hint.addr());
            return Err(self.type_error(format!("__length_hint__ must be an integer, not {name}")));
        }
        let value = self.index_value(hint.addr(), types::OVERFLOW_ERROR)?;
        self.decref(hint);
        usize::try_from(value).map_err(|_| self.value_error("__length_hint__() should return >= 0"))
    }
}
