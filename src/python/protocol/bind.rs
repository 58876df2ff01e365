//! Binding arguments to the parameters of native functions.

use crate::python::memory::Addr;
use crate::python::vm::{Args, PyResult, Signature, Vm};

/// Binds `args` to `signature`'s parameters; see [`Signature::bind`].
pub fn bind(
    _signature: &Signature,
    _vm: &mut Vm,
    _function: &str,
    _args: Args,
    _values: &mut [Addr],
) -> PyResult<()> {
    todo!()
}
