//! Native modules, one file each, named as in Python.

use crate::python::memory::Addr;
use crate::python::object::Method;
use crate::python::vm::{PyResult, Vm};

/// A module written in Rust.
pub struct NativeModule {
    /// `__name__`
    pub name: &'static str,
    /// Its functions.
    pub methods: &'static [Method],
    /// Static types (addresses from `object::types`) that become attributes under their `__name__`; made ready at the import.
    pub types: &'static [Addr],
    /// Adds constants and everything else to the new module object.
    pub init: fn(&mut Vm, Addr) -> PyResult<()>,
}

/// The native modules: one row each.
pub static MODULES: &[&NativeModule] = &[];
