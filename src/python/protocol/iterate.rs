//! Iteration. CPython: `PyObject_GetIter`, `PyIter_Next`, `PySequence_List`.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `iter(object)`
    pub fn get_iter(&mut self, _object: Addr) -> PyResult<Own> {
        todo!()
    }

    /// The next item of an iterator, or `None` at its end (a `StopIteration` is cleared). Counts a step, so
    /// a native loop over an endless iterator ends at the limit.
    pub fn iter_next(&mut self, _iterator: Addr) -> PyResult<Option<Own>> {
        todo!()
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
    pub fn length_hint(&mut self, _object: Addr, _default: usize) -> PyResult<usize> {
        todo!()
    }
}
