//! The tables of a code object as CPython encodes them: lines (PEP 626), exceptions.

use super::code::unit_offsets;
use crate::python::code::{Code, Op, Position};

/// `co_lines()`: start and end offset in bytes, line; neighbours of one line are joined.
pub fn line_ranges(code: &Code) -> Vec<(usize, usize, Option<u32>)> {
    let offsets = unit_offsets(code);
    let mut rows: Vec<(usize, usize, Option<u32>)> = Vec::new();
    for (i, position) in code.positions.iter().enumerate() {
        let line = has_line(code, i).then_some(position.line);
        let (start, end) = (2 * offsets[i], 2 * offsets[i + 1]);
        match rows.last_mut() {
            Some(last) if last.2 == line => last.1 = end,
            _ => rows.push((start, end, line)),
        }
    }
    rows
}

/// Whether an instruction has a line. The `RESUME` of a module has one that no text has: 0.
pub fn has_line(code: &Code, i: usize) -> bool {
    code.positions[i].line != 0 || code.instructions[i].op == Op::Resume
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 64 {
        out.push(0x40 | (value & 0x3F) as u8);
        value >>= 6;
    }
    out.push(value as u8);
}

fn signed_varint(out: &mut Vec<u8>, value: i64) {
    let folded = if value < 0 {
        ((-value as u64) << 1) | 1
    } else {
        (value as u64) << 1
    };
    varint(out, folded);
}

/// `co_linetable`. The format is described in CPython's Objects/locations.md.
pub fn line_table(code: &Code) -> Vec<u8> {
    let offsets = unit_offsets(code);
    let mut out = Vec::new();
    let mut line = i64::from(code.first_line);
    let mut i = 0;
    while i < code.positions.len() {
        let position = code.positions[i];
        let mut end = i + 1;
        while end < code.positions.len() && code.positions[end] == position {
            end += 1;
        }
        let mut units = offsets[end] - offsets[i];
        while units > 0 {
            let size = units.min(8);
            write_entry(&mut out, position, size, &mut line);
            units -= size;
        }
        i = end;
    }
    out
}

fn write_entry(out: &mut Vec<u8>, position: Position, size: usize, line: &mut i64) {
    let first = |kind: u8| 0x80 | kind << 3 | (size - 1) as u8;
    if position.line == 0 {
        out.push(first(15));
        return;
    }
    let delta = i64::from(position.line) - *line;
    let (column, end_column) = (position.column, position.end_column);
    if position.end_line == position.line {
        if delta == 0 && column < 80 && end_column >= column && end_column - column < 16 {
            out.push(first((column / 8) as u8));
            out.push(((column & 7) as u8) << 4 | (end_column - column) as u8);
            return;
        }
        if (0..3).contains(&delta) && column < 128 && end_column < 128 {
            out.push(first(10 + delta as u8));
            out.extend([column as u8, end_column as u8]);
            *line += delta;
            return;
        }
    }
    out.push(first(14));
    signed_varint(out, delta);
    varint(
        out,
        u64::from(position.end_line.saturating_sub(position.line)),
    );
    varint(out, u64::from(column) + 1);
    varint(out, u64::from(end_column) + 1);
    *line += delta;
}

/// `co_exceptiontable`.
pub fn exception_table(code: &Code) -> Vec<u8> {
    let offsets = unit_offsets(code);
    let at = |i: u32| offsets.get(i as usize).copied().unwrap_or(0) as u32;
    let mut out = Vec::new();
    for entry in &code.exception_table {
        let (start, end, target) = (at(entry.start), at(entry.end), at(entry.target));
        write_item(&mut out, start, 0x80);
        write_item(&mut out, end - start, 0);
        write_item(&mut out, target, 0);
        write_item(&mut out, entry.depth << 1 | u32::from(entry.lasti), 0);
    }
    out
}

fn write_item(out: &mut Vec<u8>, value: u32, first: u8) {
    let mut mark = first;
    let mut started = false;
    for shift in [24, 18, 12, 6] {
        if started || value >> shift != 0 {
            out.push((value >> shift & 0x3F) as u8 | 0x40 | mark);
            mark = 0;
            started = true;
        }
    }
    out.push((value & 0x3F) as u8 | mark);
}
