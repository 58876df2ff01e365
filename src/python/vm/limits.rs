//! What a program may use, in counters rather than seconds.

use super::{PyResult, Raised, Vm};

/// The limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Backward jumps, calls and native iterations.
    pub steps: u64,
    /// Bytes of heap in use at one time.
    pub heap_bytes: u64,
    /// Bytes written to `stdout` and `stderr` together.
    pub output_bytes: usize,
    /// Python frames; what `sys.setrecursionlimit` changes.
    pub recursion: u32,
    /// Nested native calls, against the host's stack. CPython 3.13: `Py_C_RECURSION_LIMIT`.
    pub native_recursion: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            steps: 300_000_000,
            heap_bytes: 512 << 20,
            output_bytes: 16 << 20,
            recursion: 1000,
            native_recursion: 5000,
        }
    }
}

/// A limit that was exceeded. It ends the program; Python code cannot catch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// [`Limits::steps`]
    Steps,
    /// [`Limits::heap_bytes`]
    Heap,
    /// [`Limits::output_bytes`]
    Output,
    /// The wall-clock backstop.
    Time,
}

impl Vm {
    /// Counts `steps` of work that native code is about to do.
    ///
    /// # Errors
    /// The program stops when that is more than it may use.
    #[inline(always)]
    pub fn check_steps(&mut self, steps: u64) -> PyResult<()> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps <= self.limits.steps {
            Ok(())
        } else {
            Err(self.stop_with(Stop::Steps))
        }
    }

    /// Notes the limit that was exceeded first, and where the main file was.
    #[cold]
    pub(crate) fn note_stop(&mut self, stop: Stop) {
        if self.stop.is_none() {
            self.stop_line = self.main_lines().0;
        }
        self.stop = Some(stop);
    }

    /// Ends the program because of a limit.
    #[cold]
    pub fn stop_with(&mut self, stop: Stop) -> Raised {
        self.clear_raised();
        self.note_stop(stop);
        Raised
    }
}
