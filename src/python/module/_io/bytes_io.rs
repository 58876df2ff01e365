//! `BytesIO`: bytes in memory. CPython: Modules/_io/bytesio.c.
//!
//! The content lies in a `bytes` object that nobody else sees while it is written to; `getvalue` gives that
//! object away, and the next write makes a new one.

use super::{dealloc_stream, size_arg};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::arg;
use crate::python::object::{
    EMPTY_BYTES, GetSet, Method, NONE, OB_REFCNT, OB_SIZE, TypeSpec, buffer, bytes, dict, flags,
    int, list, memoryview, object, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const BUF: u64 = 16;
const POS: u64 = 24;
const SIZE: u64 = 32;
const DICT: u64 = 40;
const WEAKREFS: u64 = 48;
/// Offset of `exports`: views that `getbuffer` gave.
pub const EXPORTS: u64 = 56;

/// `_io.BytesIO`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::BUFFERED_IO_BASE,
    basicsize: 64,
    flags: flags::HAVE_GC | flags::BASETYPE,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    slots: |slots| {
        slots.dealloc = Some(|vm, stream| dealloc_stream(vm, stream, DICT, WEAKREFS, &[BUF]));
        slots.traverse = Some(|vm, stream, visit| {
            for field in [DICT, BUF] {
                if let Some(object) = vm.field(stream, field).some() {
                    visit(object);
                }
            }
        });
        slots.clear = Some(|vm, stream| vm.set_field(stream, DICT, None));
        slots.new = Some(new_slot);
        slots.init = Some(init);
        slots.iter = Some(super::base::iter);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("readable", "()", yes),
        Method::new("seekable", "()", yes),
        Method::new("writable", "()", yes),
        Method::new("close", "()", close),
        Method::new("flush", "()", |vm, stream, _| {
            check_open(vm, stream)?;
            Ok(vm.none())
        }),
        Method::new("isatty", "()", |vm, stream, _| {
            check_open(vm, stream)?;
            Ok(vm.bool(false))
        }),
        Method::new("tell", "()", tell),
        Method::new("write", "(b, /)", write_method),
        Method::new("writelines", "(lines, /)", writelines),
        Method::new("read1", "(size=-1, /)", read),
        Method::new("readinto", "(buffer, /)", readinto),
        Method::new("readline", "(size=-1, /)", readline),
        Method::new("readlines", "(size=None, /)", readlines),
        Method::new("read", "(size=-1, /)", read),
        Method::new("getbuffer", "()", |vm, stream, _| {
            check_open(vm, stream)?;
            unshare(vm, stream)?;
            memoryview::new(vm, stream)
        }),
        Method::new("getvalue", "()", getvalue),
        Method::new("seek", "(pos, whence=0, /)", seek),
        Method::new("truncate", "(size=None, /)", truncate),
        Method::new("__getstate__", "()", getstate),
        Method::new("__setstate__", "(object, /)", setstate),
        Method::new("__sizeof__", "()", sizeof),
    ],
    getset: &[GetSet::read("closed", |vm, stream| {
        let closed = vm.field(stream, BUF).is_null();
        Ok(vm.bool(closed))
    })],
    doc: Some("Buffered I/O implementation using an in-memory bytes buffer."),
    ..TypeSpec::new(types::BYTES_IO, "_io.BytesIO")
};

fn new_slot(vm: &mut Vm, class: Addr, _: Args) -> PyResult<Own> {
    let stream = object::generic_alloc(vm, class, 0)?;
    let empty = bytes::new(vm, b"");
    vm.init_field(stream.addr(), BUF, empty);
    Ok(stream)
}

fn init(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<()> {
    let [initial] = args.bind(vm, "BytesIO", "(initial_bytes=b'')")?;
    check_exports(vm, stream)?;
    vm.set_word(stream, POS, 0);
    vm.set_word(stream, SIZE, 0);
    if initial.is_null() || initial == NONE {
        return Ok(());
    }
    let content = buffer::to_bytes(vm, initial)?;
    let size = bytes::len(vm, content.addr()) as u64;
    vm.set_field(stream, BUF, Some(content));
    vm.set_word(stream, SIZE, size);
    Ok(())
}

/// The bytes that views of the stream show.
pub fn buffer(vm: &Vm, stream: Addr) -> Option<(Addr, usize)> {
    let content = vm.field(stream, BUF).some()?;
    Some((content.at(bytes::DATA), vm.word(stream, SIZE) as usize))
}

fn check_open(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    if vm.field(stream, BUF).is_null() {
        return Err(vm.value_error("I/O operation on closed file."));
    }
    Ok(())
}

fn check_exports(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    if vm.word(stream, EXPORTS) != 0 {
        return Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

fn yes(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    Ok(vm.bool(true))
}

/// Whether somebody else has the content too.
fn is_shared(vm: &Vm, stream: Addr) -> bool {
    vm.word(vm.field(stream, BUF), OB_REFCNT) != 1
}

/// The content in an object of `room` bytes that nobody else sees.
fn set_room(vm: &mut Vm, stream: Addr, room: usize) -> PyResult<()> {
    let old = vm.field(stream, BUF);
    let kept = (vm.word(stream, SIZE) as usize).min(room);
    let Ok(block) = vm.heap.try_alloc(bytes::DATA as usize + room + 1) else {
        return Err(vm.memory_error());
    };
    bytes::fill_header(vm, block, room);
    vm.heap
        .space
        .copy(old.at(bytes::DATA), block.at(bytes::DATA), kept);
    vm.set_field(stream, BUF, Some(Own::from_addr(block)));
    Ok(())
}

fn unshare(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    let (size, buf) = (vm.word(stream, SIZE) as usize, vm.field(stream, BUF));
    if is_shared(vm, stream) && buf != EMPTY_BYTES {
        set_room(vm, stream, size)
    } else {
        Ok(())
    }
}

/// Makes room for `size` bytes: `resize_buffer`.
fn make_room(vm: &mut Vm, stream: Addr, size: usize) -> PyResult<()> {
    let room = vm.word(vm.field(stream, BUF), OB_SIZE) as usize;
    let wanted = if size < room / 2 {
        size + 1
    } else if size < room {
        return unshare(vm, stream);
    } else if size as f64 <= room as f64 * 1.125 {
        size + (size >> 3) + if size < 9 { 3 } else { 6 }
    } else {
        size + 1
    };
    if is_shared(vm, stream) {
        return set_room(vm, stream, wanted);
    }
    let block = vm.field(stream, BUF);
    let Ok(block) = vm
        .heap
        .try_realloc(block, bytes::DATA as usize + wanted + 1)
    else {
        return Err(vm.memory_error());
    };
    vm.set_word(block, OB_SIZE, wanted as u64);
    vm.set_word(stream, BUF, block.0);
    Ok(())
}

fn write(vm: &mut Vm, stream: Addr, content: &[u8]) -> PyResult<()> {
    if content.is_empty() {
        return Ok(());
    }
    let (pos, size) = (
        vm.word(stream, POS) as usize,
        vm.word(stream, SIZE) as usize,
    );
    let Some(end) = pos
        .checked_add(content.len())
        .filter(|end| *end < isize::MAX as usize / 8)
    else {
        return Err(vm.overflow_error("new buffer size too large"));
    };
    if end > vm.word(vm.field(stream, BUF), OB_SIZE) as usize {
        make_room(vm, stream, end)?;
    } else {
        unshare(vm, stream)?;
    }
    let data = vm.field(stream, BUF).at(bytes::DATA);
    if pos > size {
        vm.heap.space.fill(data.at(size as u64), pos - size, 0);
    }
    vm.heap
        .space
        .bytes_mut(data.at(pos as u64), content.len())
        .copy_from_slice(content);
    vm.set_word(stream, POS, end as u64);
    vm.set_word(stream, SIZE, size.max(end) as u64);
    Ok(())
}

fn write_method(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let content = buffer::content(vm, args.get(vm, 0))?;
    check_exports(vm, stream)?;
    write(vm, stream, &content)?;
    Ok(int::from_usize(vm, content.len()))
}

fn writelines(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    while let Some(line) = vm.iter_next(iterator.addr())? {
        check_open(vm, stream)?;
        let content = buffer::content(vm, line.addr())?;
        check_exports(vm, stream)?;
        write(vm, stream, &content)?;
        vm.decref(line);
    }
    vm.decref(iterator);
    Ok(vm.none())
}

fn close(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_exports(vm, stream)?;
    vm.set_field(stream, BUF, None);
    Ok(vm.none())
}

/// What is there from the position on.
fn rest(vm: &Vm, stream: Addr) -> &[u8] {
    let (pos, size) = (
        vm.word(stream, POS) as usize,
        vm.word(stream, SIZE) as usize,
    );
    let data = vm.field(stream, BUF).at(bytes::DATA + pos as u64);
    vm.heap.space.bytes(data, size.saturating_sub(pos))
}

/// Reads `count` bytes and moves behind them; all of an unshared content is that object itself.
fn take(vm: &mut Vm, stream: Addr, count: usize) -> PyResult<Own> {
    let pos = vm.word(stream, POS);
    let content = vm.field(stream, BUF);
    vm.set_word(stream, POS, pos + count as u64);
    if count > 1 && pos == 0 && count == bytes::len(vm, content) && vm.word(stream, EXPORTS) == 0 {
        return Ok(vm.incref(content));
    }
    bytes::from_memory(vm, content.at(bytes::DATA + pos), count)
}

fn read(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let size = size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    let count = rest(vm, stream).len().min(size);
    take(vm, stream, count)
}

fn readinto(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let target = args.get(vm, 0);
    let Some(room) = buffer::get(vm, target).filter(|room| !room.readonly) else {
        let given = vm.type_name(target);
        return Err(vm.type_error(format!(
            "readinto() argument must be read-write bytes-like object, not {given}"
        )));
    };
    let count = rest(vm, stream).len().min(room.len);
    let content = rest(vm, stream)[..count].to_vec();
    let pos = vm.word(stream, POS);
    vm.set_word(stream, POS, pos + count as u64);
    super::base::store(vm, target, &content)
}

/// The length of the line at the position.
fn line_len(vm: &Vm, stream: Addr) -> usize {
    let rest = rest(vm, stream);
    memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1)
}

fn readline(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let limit = size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    let count = line_len(vm, stream).min(limit);
    take(vm, stream, count)
}

fn next(vm: &mut Vm, stream: Addr) -> PyResult<Option<Own>> {
    check_open(vm, stream)?;
    match line_len(vm, stream) {
        0 => Ok(None),
        count => take(vm, stream, count).map(Some),
    }
}

fn readlines(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let most = size_arg(vm, args.get(vm, 0))?.filter(|most| *most > 0);
    let (lines, mut total) = (list::new(vm), 0);
    loop {
        let count = line_len(vm, stream);
        if count == 0 {
            return Ok(lines);
        }
        let line = take(vm, stream, count)?;
        list::append(vm, lines.addr(), line)?;
        total += count;
        if most.is_some_and(|most| total >= most) {
            return Ok(lines);
        }
    }
}

fn getvalue(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let (size, content) = (vm.word(stream, SIZE) as usize, vm.field(stream, BUF));
    if size < 2 {
        let short = vm.heap.space.bytes(content.at(bytes::DATA), size).to_vec();
        return Ok(bytes::new(vm, &short));
    }
    if size != bytes::len(vm, content) && vm.word(stream, EXPORTS) == 0 {
        set_room(vm, stream, size)?;
    } else if size != bytes::len(vm, content) {
        return bytes::from_memory(vm, content.at(bytes::DATA), size);
    }
    let content = vm.field(stream, BUF);
    Ok(vm.incref(content))
}

fn tell(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let pos = vm.word(stream, POS);
    Ok(int::from_u64(vm, pos))
}

fn seek(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let pos = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let whence = match args.opt(vm, 1) {
        Some(whence) => arg::c_int(vm, whence)?,
        None => 0,
    };
    let from = match whence {
        0 if pos < 0 => return Err(vm.value_error(format!("negative seek value {pos}"))),
        0 => 0,
        1 => vm.word(stream, POS) as isize,
        2 => vm.word(stream, SIZE) as isize,
        _ => return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let Some(pos) = from.checked_add(pos) else {
        return Err(vm.overflow_error("new position too large"));
    };
    vm.set_word(stream, POS, pos.max(0) as u64);
    Ok(int::new(vm, pos.max(0) as i64))
}

fn truncate(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    check_exports(vm, stream)?;
    let size = args.get(vm, 0);
    let size = if size.is_null() || size == NONE {
        vm.word(stream, POS) as isize
    } else {
        vm.index_value(size, types::OVERFLOW_ERROR)?
    };
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.value_error(format!("negative size value {size}")));
    };
    if size < vm.word(stream, SIZE) as usize {
        vm.set_word(stream, SIZE, size as u64);
        set_room(vm, stream, size)?;
    }
    Ok(int::from_usize(vm, size))
}

fn getstate(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let (value, pos) = (getvalue(vm, stream, args)?, tell(vm, stream, args)?);
    let namespace = match vm.field(stream, DICT).some() {
        Some(namespace) => dict::copy(vm, namespace)?,
        None => vm.none(),
    };
    Ok(tuple::from_owned(vm, vec![value, pos, namespace]))
}

fn setstate(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let state = args.get(vm, 0);
    if vm.type_of(state) != types::TUPLE || tuple::len(vm, state) < 3 {
        let given = vm.type_name(state);
        return Err(vm.type_error(format!(
            "_io.BytesIO.__setstate__ argument should be 3-tuple, got {given}"
        )));
    }
    let parts = tuple::items(vm, state);
    let content = buffer::content(vm, parts[0])?;
    check_exports(vm, stream)?;
    vm.set_word(stream, POS, 0);
    vm.set_word(stream, SIZE, 0);
    write(vm, stream, &content)?;
    let pos = vm.index_value(parts[1], types::OVERFLOW_ERROR)?;
    vm.set_word(stream, POS, pos.max(0) as u64);
    if parts[2] != NONE {
        let namespace = object::get_dict(vm, stream)?;
        dict::update(vm, namespace.addr(), parts[2])?;
        vm.decref(namespace);
    }
    Ok(vm.none())
}

fn sizeof(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    let own = object::basic_size_of(vm, stream);
    let content = vm.field(stream, BUF);
    let held = if content.is_null() || is_shared(vm, stream) {
        0
    } else {
        33 + bytes::len(vm, content) as u64
    };
    Ok(int::from_u64(vm, own + held))
}
