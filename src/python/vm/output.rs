//! What a program writes: two byte buffers with one limit.

use super::{Stop, Vm};

impl Vm {
    /// Appends to what the program printed. Past the limit the run stops.
    pub fn write_stdout(&mut self, text: &str) {
        if self.allow_output(text.len()) {
            self.stdout.extend_from_slice(text.as_bytes());
        }
    }

    /// Appends to what the program wrote to standard error: `PySys_WriteStderr`.
    pub fn write_stderr(&mut self, text: &str) {
        if self.allow_output(text.len()) {
            self.stderr.extend_from_slice(text.as_bytes());
        }
    }

    fn allow_output(&mut self, len: usize) -> bool {
        let fits = self.stdout.len() + self.stderr.len() + len <= self.limits.output_bytes;
        if !fits && self.stop.is_none() {
            self.stop = Some(Stop::Output);
        }
        fits
    }
}
