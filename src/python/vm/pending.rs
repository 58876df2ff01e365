//! What the evaluation loop provides; replaced by it.

use super::{Args, PyResult, Vm};
use crate::python::memory::{Addr, Own};

impl Vm {
    /// Calls native function number `row`.
    pub fn call_native(&mut self, _row: usize, _instance: Addr, _args: Args) -> PyResult<Own> {
        todo!()
    }

    /// `callable(instance, *args)`
    pub fn call_with_self(
        &mut self,
        _callable: Addr,
        _instance: Addr,
        _args: Args,
    ) -> PyResult<Own> {
        todo!()
    }

    /// A name of `builtins`.
    pub fn builtin(&mut self, _name: &str) -> PyResult<Own> {
        todo!()
    }

    /// The globals of the running Python code, `NULL` if none runs.
    pub fn current_globals(&self) -> Addr {
        Addr::NULL
    }

    /// What `super()` without arguments means in the running frame: `__class__` and the first argument.
    pub fn super_arguments(&mut self) -> PyResult<(Addr, Addr)> {
        todo!()
    }

    /// `importlib.import_module(name)` for an absolute name.
    pub fn import_module(&mut self, _name: &str) -> PyResult<Own> {
        todo!()
    }
}
