//! Attributes, methods and `super()` in the loop.

use crate::python::memory::{Addr, Own};
use crate::python::object::{flags, types};
use crate::python::vm::program::Program;
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `owner.name`
    #[inline(always)]
    pub(super) fn load_attr(
        &mut self,
        _program: &Program,
        _pc: usize,
        owner: Addr,
        name: Addr,
    ) -> PyResult<Own> {
        self.get_attr(owner, name)
    }

    /// `owner.name` to be called: a function that takes `owner` first (`true`), or what to call.
    #[inline(always)]
    pub(super) fn load_method(
        &mut self,
        _program: &Program,
        _pc: usize,
        owner: Addr,
        name: Addr,
    ) -> PyResult<(Own, bool)> {
        Ok((self.get_attr(owner, name)?, false))
    }

    /// `owner.name = value`
    #[inline(always)]
    pub(super) fn store_attr(
        &mut self,
        _program: &Program,
        _pc: usize,
        owner: Addr,
        name: Addr,
        value: Addr,
    ) -> PyResult<()> {
        self.set_attr(owner, name, Some(value))
    }

    /// `super().name` with `super, class, self` below `sp`; `true` when the function takes `self` first.
    pub(super) fn load_super_attr(
        &mut self,
        sp: Addr,
        name: Addr,
        arg: u32,
    ) -> PyResult<(Own, bool)> {
        let (global, class) = (self.field(sp.before(24), 0), self.field(sp.before(16), 0));
        let instance = self.field(sp.before(8), 0);
        let proxy = if arg & 2 == 0 && global != types::SUPER {
            self.call(global, &[])?
        } else {
            self.call(global, &[class, instance])?
        };
        let value = self.get_attr(proxy.addr(), name)?;
        self.decref(proxy);
        let _ = flags::HAVE_GC;
        Ok((value, false))
    }
}
