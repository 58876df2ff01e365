//! `sys._debugmallocstats`: the text about pools, arenas and free lists. CPython: `_PyObject_DebugMallocStats`.

use crate::python::memory::freelist::TUPLE_LENGTH_MAX;
use crate::python::memory::obmalloc::{
    ARENA_SIZE_BYTES, POOL_HEADER_BYTES, POOL_SIZE_BYTES, PymallocStats, SIZE_CLASSES,
};
use crate::python::memory::{Addr, Own};
use crate::python::object::types;
use crate::python::version::Version;
use crate::python::vm::typedata::TP_BASICSIZE;
use crate::python::vm::{Args, PyResult, Vm};
use std::fmt::Write;

/// Writes the text to standard error.
pub fn write(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    let mut text = pymalloc_text(&vm.heap.stats());
    for (kept, kind, size) in free_list_rows(vm) {
        let _ = writeln!(text, "{}", free_list_line(kept, &kind, size));
    }
    vm.write_stderr(&text);
    Ok(vm.none())
}

/// A label and a number with commas, as wide as CPython pads them.
fn number_line(label: &str, value: u64) -> String {
    format!("{label:<35}={:>21}", with_commas(value))
}

fn with_commas(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn pymalloc_text(stats: &PymallocStats) -> String {
    let mut lines = vec![
        format!("Small block threshold = 512, in {SIZE_CLASSES} size classes."),
        String::new(),
        "class   size   num pools   blocks in use  avail blocks".into(),
        "-----   ----   ---------   -------------  ------------".into(),
    ];
    for (class, row) in stats
        .classes
        .iter()
        .enumerate()
        .filter(|(_, row)| row.pools > 0)
    {
        lines.push(format!(
            "{class:5} {:6} {:11} {:15} {:13}",
            row.size, row.pools, row.used_blocks, row.free_blocks
        ));
    }
    lines.push(String::new());
    arena_lines(stats, &mut lines);
    byte_lines(stats, &mut lines);
    lines.extend(map_lines());
    lines.push(String::new());
    lines.join("\n") + "\n"
}

fn arena_lines(stats: &PymallocStats, lines: &mut Vec<String>) {
    let arenas = stats.arenas as u64;
    let reclaimed = stats.arenas_total as u64 - arenas;
    lines.push(number_line(
        "# arenas allocated total",
        stats.arenas_total as u64,
    ));
    lines.push(number_line("# arenas reclaimed", reclaimed));
    lines.push(number_line(
        "# arenas highwater mark",
        stats.arenas_highwater as u64,
    ));
    lines.push(number_line("# arenas allocated current", arenas));
    let label = format!("{arenas} arenas * {ARENA_SIZE_BYTES} bytes/arena");
    lines.push(number_line(&label, arenas * ARENA_SIZE_BYTES));
    lines.push(String::new());
}

fn byte_lines(stats: &PymallocStats, lines: &mut Vec<String>) {
    let sum = |part: fn(&crate::python::memory::obmalloc::ClassStats) -> u64| -> u64 {
        stats.classes.iter().map(part).sum()
    };
    let used = sum(|row| (row.used_blocks * row.size) as u64);
    let available = sum(|row| (row.free_blocks * row.size) as u64);
    let headers = sum(|row| row.pools as u64 * POOL_HEADER_BYTES);
    let quantization =
        sum(|row| row.pools as u64 * ((POOL_SIZE_BYTES - POOL_HEADER_BYTES) % row.size as u64));
    let unused = stats.free_pools as u64 * POOL_SIZE_BYTES;
    lines.push(number_line("# bytes in allocated blocks", used));
    lines.push(number_line("# bytes in available blocks", available));
    let label = format!(
        "{} unused pools * {POOL_SIZE_BYTES} bytes",
        stats.free_pools
    );
    lines.push(number_line(&label, unused));
    lines.push(number_line("# bytes lost to pool headers", headers));
    lines.push(number_line("# bytes lost to quantization", quantization));
    lines.push(number_line(
        "# bytes lost to arena alignment",
        stats.alignment_bytes,
    ));
    let total = used + available + unused + headers + quantization + stats.alignment_bytes;
    lines.push(number_line("Total", total));
    lines.push(String::new());
}

/// The radix tree that tells pymalloc its arenas; the engine has a table instead and shows CPython's sizes.
fn map_lines() -> [String; 9] {
    [
        "arena map counts".into(),
        number_line("# arena map mid nodes", 1),
        number_line("# arena map bot nodes", 1),
        String::new(),
        number_line("# bytes lost to arena map root", 262_144),
        number_line("# bytes lost to arena map mid", 262_144),
        number_line("# bytes lost to arena map bot", 131_072),
        number_line("Total", 655_360),
        String::new(),
    ]
}

/// Bytes of a frame as the text has it up to 3.10, where frames without variables had a free list, always empty here.
const FRAME_BYTES: u64 = 368;

/// How many objects each free list keeps, what they are, and the bytes of one: from 3.15 on with the collector's 16 before
/// it.
fn free_list_rows(vm: &Vm) -> Vec<(usize, String, u64)> {
    let lists = &vm.freelists;
    let version = vm.profile.version;
    let before = u64::from(version >= Version::V3_15) * 16;
    let basic = |ty| vm.word(ty, TP_BASICSIZE);
    let mut rows = vec![(
        lists.dict.len(),
        "PyDictObject".into(),
        basic(types::DICT) + before,
    )];
    if version >= Version::V3_13 {
        rows.push((lists.dict_keys.len(), "PyDictKeysObject".into(), 32));
    }
    rows.push((
        lists.float.len(),
        "PyFloatObject".into(),
        basic(types::FLOAT),
    ));
    if version <= Version::V3_10 {
        rows.push((0, "PyFrameObject".into(), FRAME_BYTES));
    }
    rows.push((
        lists.list.len(),
        "PyListObject".into(),
        basic(types::LIST) + before,
    ));
    let shown = TUPLE_LENGTH_MAX - usize::from(version <= Version::V3_10);
    for (index, list) in lists.tuple.iter().enumerate().take(shown) {
        let length = index + 1;
        let size = basic(types::TUPLE) + before + 8 * length as u64;
        rows.push((list.len(), format!("{length}-sized PyTupleObject"), size));
    }
    rows
}

/// CPython pads the left part to 48 columns, flush right.
fn free_list_line(kept: usize, kind: &str, size: u64) -> String {
    let label = format!("{kept} free {kind}s * {size} bytes each");
    format!("{label:>48} ={:>21}", with_commas(kept as u64 * size))
}
