//! What happens between instructions when something is due: limits, a collection.

use crate::python::gc;
use crate::python::vm::{PyResult, Raised, Stop, Vm};

/// How many steps may pass before memory is looked at again.
const STRIDE: u64 = 4096;

impl Vm {
    /// Asks for `Vm::on_break` before the next jump, call or function entry.
    #[inline]
    pub fn request_break(&mut self) {
        self.break_at = 0;
    }

    #[cold]
    fn check_limits(&mut self) -> PyResult<()> {
        if self.stop.is_some() {
            return Err(Raised);
        }
        if self.steps >= self.limits.steps {
            return Err(self.stop_with(Stop::Steps));
        }
        if self.heap.is_over_limit() {
            return Err(self.stop_with(Stop::Heap));
        }
        if self.stdout.len() + self.stderr.len() > self.limits.output_bytes {
            return Err(self.stop_with(Stop::Output));
        }
        if self.deadline_passed() {
            return Err(self.stop_with(Stop::Time));
        }
        // A collection that is due keeps the counter at zero until the loop has run it.
        if self.break_at != 0 || !self.gc_due {
            self.break_at = (self.steps + STRIDE).min(self.limits.steps);
        }
        Ok(())
    }

    /// Looks at the clock, for native code that takes long.
    ///
    /// # Errors
    /// The program stops when its time is up.
    pub fn check_deadline(&mut self) -> PyResult<()> {
        if self.deadline_passed() {
            return Err(self.stop_with(Stop::Time));
        }
        Ok(())
    }

    fn deadline_passed(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| std::time::Instant::now() >= deadline)
    }

    /// Something is due: limits are checked, a collection runs.
    #[cold]
    #[inline(never)]
    pub(crate) fn on_break(&mut self) -> PyResult<()> {
        self.check_limits()?;
        if self.gc_due {
            gc::run_due(self);
            self.break_at = (self.steps + STRIDE).min(self.limits.steps);
        }
        if self.stop.is_some() {
            return Err(Raised);
        }
        Ok(())
    }
}
