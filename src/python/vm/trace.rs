//! What a tracer is told: calls, lines, returns, exceptions.

use super::{PyResult, Vm};
use crate::python::memory::Addr;

impl Vm {
    /// A frame begins or goes on.
    pub(crate) fn trace_call(&mut self) {}

    /// The instruction at `pc` is about to run.
    pub(crate) fn trace_line(&mut self, pc: usize) -> PyResult<()> {
        self.see_line(pc);
        Ok(())
    }

    /// The running frame returns or yields.
    pub(crate) fn trace_return(&mut self, _value: Addr) {}

    /// An exception passes the running frame.
    pub(crate) fn trace_exception(&mut self) {}
}
