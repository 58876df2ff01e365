//! `StringIO`: text in memory. CPython: Modules/_io/stringio.c.
//!
//! The text lies in a heap block of 4 bytes a code point:
//!
//! ```text
//!    16  buf     24  pos     32  string_size     40  buf_size     48  closed
//!    56  newline mode        64  line ends seen  144 dict         152 weak references
//! ```

use super::newline::Newline;
use super::{dealloc_stream, size_arg};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, arg};
use crate::python::object::{
    GetSet, Method, NONE, TypeSpec, dict, flags, int, object, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const BUF: u64 = 16;
const POS: u64 = 24;
const SIZE: u64 = 32;
const ROOM: u64 = 40;
const CLOSED: u64 = 48;
const NEWLINE: u64 = 56;
const SEEN: u64 = 64;
const DICT: u64 = 144;
const WEAKREFS: u64 = 152;

/// `_io.StringIO`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::TEXT_IO_BASE,
    basicsize: 168,
    flags: flags::HAVE_GC | flags::BASETYPE,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    slots: |slots| {
        slots.dealloc = Some(|vm, stream| {
            let block = vm.field(stream, BUF);
            vm.heap.free(block);
            dealloc_stream(vm, stream, DICT, WEAKREFS, &[]);
        });
        slots.traverse = Some(|vm, stream, visit| {
            if let Some(dict) = vm.field(stream, DICT).some() {
                visit(dict);
            }
        });
        slots.clear = Some(|vm, stream| vm.set_field(stream, DICT, None));
        slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
        slots.init = Some(init);
        slots.iter = Some(super::base::iter);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("close", "()", close),
        Method::new("getvalue", "()", getvalue),
        Method::new("read", "(size=-1, /)", read),
        Method::new("readline", "(size=-1, /)", readline),
        Method::new("tell", "()", tell),
        Method::new("truncate", "(pos=None, /)", truncate),
        Method::new("seek", "(pos, whence=0, /)", seek),
        Method::new("write", "(s, /)", write_method),
        Method::new("seekable", "()", yes),
        Method::new("readable", "()", yes),
        Method::new("writable", "()", yes),
        Method::new("__getstate__", "()", getstate),
        Method::new("__setstate__", "(state, /)", setstate),
    ],
    getset: &[
        GetSet::read("closed", |vm, stream| {
            let closed = vm.word(stream, CLOSED) != 0;
            Ok(vm.bool(closed))
        }),
        GetSet::read("newlines", |vm, stream| {
            check_open(vm, stream)?;
            let seen = vm.word(stream, SEEN);
            Ok(super::newline::seen_object(vm, seen))
        }),
        GetSet::read("line_buffering", |vm, stream| {
            check_open(vm, stream)?;
            Ok(vm.bool(false))
        }),
    ],
    doc: Some(
        "Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value of object.  The \
         newline\nargument is like the one of TextIOWrapper's constructor.",
    ),
    ..TypeSpec::new(types::STRING_IO, "_io.StringIO")
};

fn init(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<()> {
    let [initial, newline] = args.bind(vm, "StringIO", "(initial_value='', newline='\\n')")?;
    let newline = if newline.is_null() {
        Newline::Lf
    } else {
        Newline::of_arg(vm, newline)?
    };
    if !initial.is_null() && initial != NONE && !str::check(vm, initial) {
        let given = str::arg::type_text(vm, initial);
        return Err(vm.type_error(format!("initial_value must be str or None, not {given}")));
    }
    for field in [POS, SIZE, CLOSED, SEEN] {
        vm.set_word(stream, field, 0);
    }
    vm.set_word(stream, NEWLINE, newline as u64);
    make_room(vm, stream, 0)?;
    if !initial.is_null() && initial != NONE {
        write(vm, stream, initial)?;
        vm.set_word(stream, POS, 0);
    }
    Ok(())
}

fn check_open(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    if vm.word(stream, CLOSED) != 0 {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    Ok(())
}

fn yes(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    Ok(vm.bool(true))
}

fn newline_of(vm: &Vm, stream: Addr) -> Newline {
    Newline::of_number(vm.word(stream, NEWLINE))
}

/// The code points `start..end` of the text.
fn points(vm: &Vm, stream: Addr, start: usize, end: usize) -> &[u32] {
    let end = end.min(vm.word(stream, SIZE) as usize);
    let start = start.min(end);
    vm.heap
        .space
        .units(vm.field(stream, BUF).at(4 * start as u64), end - start)
}

fn close(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    let block = vm.field(stream, BUF);
    vm.heap.free(block);
    for field in [BUF, ROOM, SIZE] {
        vm.set_word(stream, field, 0);
    }
    vm.set_word(stream, CLOSED, 1);
    Ok(vm.none())
}

fn getvalue(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let text = points(vm, stream, 0, usize::MAX).to_vec();
    str::try_from_code_points(vm, &text)
}

/// Gives back the code points from the position to `end` and moves there.
fn take(vm: &mut Vm, stream: Addr, end: usize) -> PyResult<Own> {
    let start = vm.word(stream, POS) as usize;
    let part = points(vm, stream, start, end).to_vec();
    vm.set_word(stream, POS, (start + part.len()) as u64);
    str::try_from_code_points(vm, &part)
}

fn read(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let size = size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    let end = (vm.word(stream, POS) as usize).saturating_add(size);
    take(vm, stream, end)
}

/// Reads to the end of the line, at most `limit` code points.
fn line(vm: &mut Vm, stream: Addr, limit: usize) -> PyResult<Own> {
    let start = vm.word(stream, POS) as usize;
    let rest = points(vm, stream, start, usize::MAX);
    let width = newline_of(vm, stream).line_len(rest).min(limit);
    take(vm, stream, start + width)
}

fn readline(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let limit = size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    line(vm, stream, limit)
}

fn next(vm: &mut Vm, stream: Addr) -> PyResult<Option<Own>> {
    check_open(vm, stream)?;
    if vm.type_of(stream) != types::STRING_IO {
        return super::base::next(vm, stream);
    }
    let line = line(vm, stream, usize::MAX)?;
    if str::len(vm, line.addr()) == 0 {
        vm.decref(line);
        return Ok(None);
    }
    Ok(Some(line))
}

fn tell(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let pos = vm.word(stream, POS);
    Ok(int::from_u64(vm, pos))
}

fn truncate(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let size = args.get(vm, 0);
    let size = if size.is_null() || size == NONE {
        vm.word(stream, POS) as isize
    } else {
        vm.index_value(size, types::OVERFLOW_ERROR)?
    };
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.value_error(format!("Negative size value {size}")));
    };
    if size < vm.word(stream, SIZE) as usize {
        vm.set_word(stream, SIZE, size as u64);
    }
    Ok(int::from_usize(vm, size))
}

fn seek(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let pos = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let whence = match args.opt(vm, 1) {
        Some(whence) => arg::c_int(vm, whence)?,
        None => 0,
    };
    let pos = match (whence, pos) {
        (0, ..0) => return Err(vm.value_error(format!("Negative seek position {pos}"))),
        (0, pos) => pos as u64,
        (1, 0) => vm.word(stream, POS),
        (2, 0) => vm.word(stream, SIZE),
        (1 | 2, _) => return Err(vm.error(types::OS_ERROR, "Can't do nonzero cur-relative seeks")),
        _ => {
            return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
        }
    };
    vm.set_word(stream, POS, pos);
    Ok(int::from_u64(vm, pos))
}

fn write_method(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let text = args.get(vm, 0);
    if !str::check(vm, text) {
        let given = vm.type_name(text);
        return Err(vm.type_error(format!("string argument expected, got '{given}'")));
    }
    check_open(vm, stream)?;
    write(vm, stream, text)?;
    Ok(int::from_usize(vm, str::len(vm, text)))
}

/// Makes room for `len` code points and one more, which CPython wants to find line ends. CPython: `resize_buffer`.
fn make_room(vm: &mut Vm, stream: Addr, len: usize) -> PyResult<()> {
    let (room, size) = (vm.word(stream, ROOM) as usize, len + 1);
    let room = if size < room {
        return Ok(());
    } else if size <= room + room / 8 {
        size + (size >> 3) + if size < 9 { 3 } else { 6 }
    } else {
        size + 1
    };
    let block = vm.field(stream, BUF);
    let Ok(block) = vm.heap.try_realloc(block, 4 * room) else {
        return Err(vm.memory_error());
    };
    vm.set_word(stream, BUF, block.0);
    vm.set_word(stream, ROOM, room as u64);
    Ok(())
}

/// Writes at the position; a gap behind the old end is filled with NULs.
fn write(vm: &mut Vm, stream: Addr, text: Addr) -> PyResult<()> {
    let mut seen = vm.word(stream, SEEN);
    let text = newline_of(vm, stream).translated(str::view(vm, text).to_vec(), &mut seen);
    vm.set_word(stream, SEEN, seen);
    let (pos, size) = (
        vm.word(stream, POS) as usize,
        vm.word(stream, SIZE) as usize,
    );
    let Some(end) = pos
        .checked_add(text.len())
        .filter(|end| *end < isize::MAX as usize / 8)
    else {
        return Err(vm.overflow_error("new position too large"));
    };
    if text.is_empty() {
        return Ok(());
    }
    make_room(vm, stream, end)?;
    let block = vm.field(stream, BUF);
    if pos > size {
        vm.heap
            .space
            .fill(block.at(4 * size as u64), 4 * (pos - size), 0);
    }
    vm.heap
        .space
        .units_mut::<u32>(block.at(4 * pos as u64), text.len())
        .copy_from_slice(&text);
    vm.set_word(stream, POS, end as u64);
    vm.set_word(stream, SIZE, size.max(end) as u64);
    Ok(())
}

fn getstate(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let value = getvalue(vm, stream, args)?;
    let newline = newline_of(vm, stream).object(vm);
    let pos = tell(vm, stream, args)?;
    let namespace = vm.field(stream, DICT).some();
    let namespace = match namespace {
        Some(namespace) => dict::copy(vm, namespace)?,
        None => vm.none(),
    };
    Ok(tuple::from_owned(vm, vec![value, newline, pos, namespace]))
}

fn setstate(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    if vm.type_of(state) != types::TUPLE || tuple::len(vm, state) < 4 {
        let given = vm.type_name(state);
        return Err(vm.type_error(format!(
            "_io.StringIO.__setstate__ argument should be 4-tuple, got {given}"
        )));
    }
    let parts = tuple::items(vm, state);
    let arguments = vm.push_args(&parts[..2], Addr::NULL, 0)?;
    let made = init(vm, stream, arguments);
    vm.pop_args(arguments);
    made?;
    let pos = vm.index_value(parts[2], types::OVERFLOW_ERROR)?;
    vm.set_word(stream, POS, pos.max(0) as u64);
    if parts[3] != NONE {
        let namespace = object::get_dict(vm, stream)?;
        dict::update(vm, namespace.addr(), parts[3])?;
        vm.decref(namespace);
    }
    Ok(vm.none())
}
