//! Calling objects. CPython: `PyObject_Vectorcall` and its relatives.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

impl Vm {
    /// `callable(*args)`
    pub fn call(&mut self, callable: Addr, args: &[Addr]) -> PyResult<Own> {
        let pushed = self.push_args(args, Addr::NULL, 0)?;
        let result = self.call_args(callable, pushed);
        self.pop_args(pushed);
        result
    }

    /// `callable(*positional, **keywords)`; `names` is a tuple of as many `str` as `keywords` has values.
    pub fn call_keywords(
        &mut self,
        callable: Addr,
        positional: &[Addr],
        names: Addr,
        keywords: &[Addr],
    ) -> PyResult<Own> {
        let values = [positional, keywords].concat();
        let pushed = self.push_args(&values, names, keywords.len())?;
        let result = self.call_args(callable, pushed);
        self.pop_args(pushed);
        result
    }

    /// Calls with arguments that lie on the data stack.
    pub fn call_args(&mut self, _callable: Addr, _args: Args) -> PyResult<Own> {
        todo!()
    }

    /// `callable(*args, **kwargs)` for a tuple and a dict or `NULL`: `PyObject_Call`.
    pub fn call_tuple_dict(
        &mut self,
        _callable: Addr,
        _args: Addr,
        _kwargs: Addr,
    ) -> PyResult<Own> {
        todo!()
    }

    /// `object.name(*args)`
    pub fn call_method(&mut self, _object: Addr, _name: Addr, _args: &[Addr]) -> PyResult<Own> {
        todo!()
    }

    /// Whether the object can be called: `callable(object)`.
    pub fn is_callable(&self, object: Addr) -> bool {
        self.slots(object).call.is_some()
    }
}
