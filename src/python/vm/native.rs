//! The depth of native code that calls itself. CPython: `Py_EnterRecursiveCall`.

use super::{PyResult, Vm};

impl Vm {
    /// Enters native code that can nest as deep as data does: `repr`, `==`, `hash`. `place` completes the
    /// message: `" in comparison"`. [`Vm::leave_native`] leaves it.
    ///
    /// # Errors
    /// `RecursionError` when the host's stack is used up.
    #[inline]
    pub fn enter_native(&mut self, place: &str) -> PyResult<()> {
        if self.native_depth >= self.limits.native_recursion {
            return Err(self.recursion_error(format!("maximum recursion depth exceeded{place}")));
        }
        self.native_depth += 1;
        Ok(())
    }

    /// Leaves what [`Vm::enter_native`] entered.
    #[inline]
    pub fn leave_native(&mut self) {
        self.native_depth -= 1;
    }
}
