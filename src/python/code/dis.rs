//! Code as CPython 3.13's `dis` numbers it, and as text for comparing.
//!
//! CPython stores an instruction as a 16-bit unit of opcode and low argument byte, with one `EXTENDED_ARG` unit
//! before it for each further byte and its inline caches behind it. Offsets count bytes, so every unit is two.

use super::{Code, Const, Op, PyStr};
use std::fmt::Write;

/// An instruction with its place in CPython's bytecode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Offset in bytes of the instruction, behind its `EXTENDED_ARG`s. CPython: `dis.Instruction.offset`.
    pub offset: u32,
    /// How many `EXTENDED_ARG`s stand before it.
    pub extended: u32,
    /// What it does.
    pub op: Op,
    /// The argument as CPython has it: for a jump the distance, in units.
    pub arg: u32,
    /// Offset in bytes of the jump's target.
    pub target: Option<u32>,
}

fn extended(arg: u32) -> u32 {
    match arg {
        0..=0xFF => 0,
        0x100..=0xFFFF => 1,
        0x1_0000..=0xFF_FFFF => 2,
        _ => 3,
    }
}

/// The distance of a jump in units, between the unit behind the jump and its caches, and the target.
fn distance(after: u32, target: u32) -> u32 {
    after.abs_diff(target)
}

/// The instructions as `dis` shows them, without `EXTENDED_ARG` and `CACHE`.
pub fn disassemble(code: &Code) -> Vec<Placed> {
    let instructions = &code.instructions;
    // Distances depend on sizes and sizes on distances. CPython starts with the number of the target as the
    // argument and goes on until nothing changes; it may end with an argument that is wider than it has to be.
    let mut args: Vec<u32> = instructions.iter().map(|i| i.arg).collect();
    for round in 0.. {
        let size = |(i, arg): (&super::Instruction, &u32)| 1 + i.op.caches() + extended(*arg);
        let sizes: Vec<u32> = instructions.iter().zip(&args).map(size).collect();
        let starts = starts(&sizes);
        let mut changed = false;
        for (index, instruction) in instructions
            .iter()
            .enumerate()
            .filter(|(_, i)| i.op.is_jump())
        {
            let target = starts.get(instruction.arg as usize).copied().unwrap_or(0);
            let arg = distance(starts[index + 1], target);
            let shrinks = extended(arg) < extended(args[index]);
            changed |= extended(arg) != extended(args[index]);
            if !shrinks || round < ROUNDS_MAX {
                args[index] = arg;
            }
        }
        if !changed || round > 2 * ROUNDS_MAX {
            return place(code, &sizes, &starts);
        }
    }
    Vec::new()
}

/// After so many rounds arguments only grow, so that the search for their sizes ends.
const ROUNDS_MAX: u32 = 100;

/// The unit at which each instruction starts, and the unit behind the last.
fn starts(sizes: &[u32]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(sizes.len() + 1);
    let mut at = 0;
    starts.push(at);
    for size in sizes {
        at += size;
        starts.push(at);
    }
    starts
}

fn place(code: &Code, sizes: &[u32], starts: &[u32]) -> Vec<Placed> {
    let place = |(index, instruction): (usize, &super::Instruction)| {
        let op = instruction.op;
        let extended = sizes[index] - 1 - op.caches();
        let target = op
            .is_jump()
            .then(|| starts.get(instruction.arg as usize).copied().unwrap_or(0));
        Placed {
            offset: 2 * (starts[index] + extended),
            extended,
            op,
            arg: target.map_or(instruction.arg, |target| {
                distance(starts[index + 1], target)
            }),
            target: target.map(|target| 2 * target),
        }
    };
    code.instructions.iter().enumerate().map(place).collect()
}

/// The offset in bytes of each instruction, `EXTENDED_ARG`s included, and of the end.
pub fn offsets(code: &Code) -> Vec<u32> {
    let placed = disassemble(code);
    let mut offsets: Vec<u32> = placed.iter().map(|p| p.offset - 2 * p.extended).collect();
    offsets.push(
        placed
            .last()
            .map_or(0, |last| last.offset + 2 * (1 + last.op.caches())),
    );
    offsets
}

/// Everything there is to see of a code object and those inside it, as text, for comparison with CPython.
pub fn listing(code: &Code) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_code(&mut text, code);
    text
}

fn write_code(out: &mut String, code: &Code) -> std::fmt::Result {
    writeln!(
        out,
        "code {} {} line {}",
        code.qualname, code.name, code.first_line
    )?;
    let (args, posonly, kwonly) = (code.argcount, code.posonlyargcount, code.kwonlyargcount);
    writeln!(
        out,
        "flags {:#x} args {args} {posonly} {kwonly} stack {}",
        code.flags, code.stacksize
    )?;
    writeln!(out, "names {}", code.names.join(" "))?;
    write!(out, "locals ")?;
    for (index, (name, kind)) in code.localsplus.iter().enumerate() {
        let letters = [(kind.local, 'l'), (kind.cell, 'c'), (kind.free, 'f')];
        let letters: String = letters
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, letter)| *letter)
            .collect();
        write!(out, "{}{name}:{letters}", if index > 0 { " " } else { "" })?;
    }
    writeln!(out)?;
    for (index, value) in code.consts.iter().enumerate() {
        write!(out, "const {index} ")?;
        write_const(out, value)?;
        writeln!(out)?;
    }
    for (placed, position) in disassemble(code).iter().zip(&code.positions) {
        write!(out, "{} {}", placed.offset, placed.op.name())?;
        if placed.op.has_arg() {
            write!(out, " {}", placed.arg)?;
        }
        let none = position.line == 0 && position.end_line == 0;
        let number = |n: u32| {
            if none || n == super::Position::NO_COLUMN {
                "-".into()
            } else {
                n.to_string()
            }
        };
        let [line, end_line] = [position.line, position.end_line].map(number);
        let [column, end_column] = [position.column, position.end_column].map(number);
        writeln!(out, " @{line}:{column}-{end_line}:{end_column}")?;
    }
    let offsets = offsets(code);
    let offset = |index: u32| offsets.get(index as usize).copied().unwrap_or(0);
    for entry in &code.exception_table {
        let (start, end, target) = (offset(entry.start), offset(entry.end), offset(entry.target));
        writeln!(
            out,
            "except {start} {end} {target} {} {}",
            entry.depth, entry.lasti as u8
        )?;
    }
    writeln!(out)?;
    for value in &code.consts {
        if let Const::Code(inner) = value {
            write_code(out, inner)?;
        }
    }
    Ok(())
}

fn write_const(out: &mut String, value: &Const) -> std::fmt::Result {
    match value {
        Const::None => write!(out, "None"),
        Const::Ellipsis => write!(out, "Ellipsis"),
        Const::Bool(true) => write!(out, "True"),
        Const::Bool(false) => write!(out, "False"),
        Const::Int(value) => write!(out, "{value:#x}"),
        Const::Float(value) => write!(out, "float {:#018x}", value.to_bits()),
        Const::Complex(real, imag) => write!(
            out,
            "complex {:#018x} {:#018x}",
            real.to_bits(),
            imag.to_bits()
        ),
        Const::Str(PyStr::Utf8(text)) => write_chars(out, '\'', text.chars().map(|c| c as u32)),
        Const::Str(PyStr::CodePoints(points)) => write_chars(out, '\'', points.iter().copied()),
        Const::Bytes(bytes) => {
            out.push('b');
            write_chars(out, '\'', bytes.iter().map(|&b| u32::from(b)))
        }
        Const::Tuple(items) => write_items(out, "tuple", items, false),
        Const::FrozenSet(items) => write_items(out, "frozenset", items, true),
        Const::Code(code) => write!(out, "code {}", code.qualname),
    }
}

fn write_items(out: &mut String, name: &str, items: &[Const], sorted: bool) -> std::fmt::Result {
    let text = |item: &Const| {
        let mut text = String::new();
        let _ = write_const(&mut text, item);
        text
    };
    let mut items: Vec<String> = items.iter().map(text).collect();
    if sorted {
        items.sort();
        items.dedup();
    }
    write!(out, "{name}({})", items.join(", "))
}

fn write_chars(
    out: &mut String,
    quote: char,
    points: impl Iterator<Item = u32>,
) -> std::fmt::Result {
    out.push(quote);
    for point in points {
        match point {
            0x27 | 0x5C => write!(out, "\\{}", point as u8 as char)?,
            0x20..=0x7E => out.push(point as u8 as char),
            _ => write!(out, "\\u{{{point:x}}}")?,
        }
    }
    out.push(quote);
    Ok(())
}
