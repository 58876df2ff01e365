//! `_IOBase` and the three kinds of stream below it. CPython: Modules/_io/iobase.c.

use super::{call_name, dealloc_stream, unsupported};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, NONE, Slots, TypeSpec, buffer, bytes, flags, int, list, object, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the instance dict of the bases.
const DICT: u64 = 16;
/// Offset of the weak references of the bases.
const WEAKREFS: u64 = 24;

/// `_io._IOBase`
pub static SPEC: TypeSpec = TypeSpec {
    slots: |slots| {
        fill(slots);
        slots.iter = Some(iter);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("seek", "(offset, whence=0, /)", |vm, _, _| {
            Err(unsupported(vm, "seek"))
        }),
        Method::new("tell", "()", |vm, stream, _| {
            let (zero, one) = (int::new(vm, 0), int::new(vm, 1));
            call_name(vm, stream, "seek", &[zero.into_addr(), one.into_addr()])
        }),
        Method::new("truncate", "(size=None, /)", |vm, _, _| {
            Err(unsupported(vm, "truncate"))
        }),
        Method::new("flush", "()", |vm, stream, _| {
            check_closed(vm, stream)?;
            Ok(vm.none())
        }),
        Method::new("close", "()", close),
        Method::new("seekable", "()", no),
        Method::new("readable", "()", no),
        Method::new("writable", "()", no),
        Method::new("_checkClosed", "()", |vm, stream, _| {
            check_closed(vm, stream)?;
            Ok(vm.none())
        }),
        Method::new("_checkSeekable", "()", |vm, stream, _| {
            check_can(vm, stream, "seekable")
        }),
        Method::new("_checkReadable", "()", |vm, stream, _| {
            check_can(vm, stream, "readable")
        }),
        Method::new("_checkWritable", "()", |vm, stream, _| {
            check_can(vm, stream, "writable")
        }),
        Method::new("fileno", "()", |vm, _, _| Err(unsupported(vm, "fileno"))),
        Method::new("isatty", "()", |vm, stream, _| {
            check_closed(vm, stream)?;
            Ok(vm.bool(false))
        }),
        Method::new("__enter__", "()", |vm, stream, _| {
            check_closed(vm, stream)?;
            Ok(vm.incref(stream))
        }),
        Method::new("__exit__", "(*args)", |vm, stream, _| {
            call_name(vm, stream, "close", &[])
        }),
        Method::new("readline", "(size=-1, /)", readline),
        Method::new("readlines", "(hint=-1, /)", readlines),
        Method::new("writelines", "(lines, /)", writelines),
    ],
    getset: &[
        GetSet::write("__dict__", object::get_dict, |vm, stream, _, value| {
            object::set_dict(vm, stream, value)
        }),
        GetSet::read("closed", |vm, stream| {
            let closed = is_marked_closed(vm, stream)?;
            Ok(vm.bool(closed))
        }),
    ],
    ..base(types::IO_BASE, "_io._IOBase", types::OBJECT)
};

/// `_io._RawIOBase`
pub static RAW_SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("read", "(size=-1, /)", raw_read),
        Method::new("readall", "()", readall),
        Method::new("readinto", "(b, /)", |vm, _, _| {
            Err(vm.not_implemented_error(""))
        }),
        Method::new("write", "(b, /)", |vm, _, _| {
            Err(vm.not_implemented_error(""))
        }),
    ],
    ..base(types::RAW_IO_BASE, "_io._RawIOBase", types::IO_BASE)
};

/// `_io._BufferedIOBase`
pub static BUFFERED_SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("detach", "()", |vm, _, _| Err(unsupported(vm, "detach"))),
        Method::new("read", "(size=-1, /)", |vm, _, _| {
            Err(unsupported(vm, "read"))
        }),
        Method::new("read1", "(size=-1, /)", |vm, _, _| {
            Err(unsupported(vm, "read1"))
        }),
        Method::new("readinto", "(buffer, /)", readinto),
        Method::new("readinto1", "(buffer, /)", readinto),
        Method::new("write", "(b, /)", |vm, _, _| Err(unsupported(vm, "write"))),
    ],
    ..base(
        types::BUFFERED_IO_BASE,
        "_io._BufferedIOBase",
        types::IO_BASE,
    )
};

/// `_io._TextIOBase`
pub static TEXT_SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("detach", "()", |vm, _, _| Err(unsupported(vm, "detach"))),
        Method::new("read", "(size=-1, /)", |vm, _, _| {
            Err(unsupported(vm, "read"))
        }),
        Method::new("readline", "(size=-1, /)", |vm, _, _| {
            Err(unsupported(vm, "readline"))
        }),
        Method::new("write", "(s, /)", |vm, _, _| Err(unsupported(vm, "write"))),
    ],
    getset: &[
        GetSet::read("encoding", |vm, _| Ok(vm.none())),
        GetSet::read("newlines", |vm, _| Ok(vm.none())),
        GetSet::read("errors", |vm, _| Ok(vm.none())),
    ],
    ..base(types::TEXT_IO_BASE, "_io._TextIOBase", types::IO_BASE)
};

const fn base(address: Addr, name: &'static str, base: Addr) -> TypeSpec {
    TypeSpec {
        base,
        basicsize: 32,
        flags: flags::HAVE_GC | flags::BASETYPE,
        dictoffset: DICT as u32,
        weaklistoffset: WEAKREFS as u32,
        slots: fill,
        ..TypeSpec::new(address, name)
    }
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(|vm, stream| dealloc_stream(vm, stream, DICT, WEAKREFS, &[]));
    slots.traverse = Some(|vm, stream, visit| {
        if let Some(dict) = vm.field(stream, DICT).some() {
            visit(dict);
        }
    });
    slots.clear = Some(|vm, stream| vm.set_field(stream, DICT, None));
}

fn no(vm: &mut Vm, _: Addr, _: Args) -> PyResult<Own> {
    Ok(vm.bool(false))
}

/// Whether `close` of the base marked the stream, by an attribute as CPython does.
fn is_marked_closed(vm: &mut Vm, stream: Addr) -> PyResult<bool> {
    let name = crate::python::object::str::intern(vm, "__IOBase_closed");
    let mark = vm.get_attr_opt(stream, name.addr())?;
    vm.decref(name);
    let closed = mark.is_some();
    vm.xdecref(mark);
    Ok(closed)
}

/// `ValueError` for a closed stream.
pub(super) fn check_closed(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    let closed = vm.get_attr_name(stream, "closed")?;
    let is_closed = vm.is_true(closed.addr())?;
    vm.decref(closed);
    if is_closed {
        return Err(vm.value_error("I/O operation on closed file."));
    }
    Ok(())
}

fn check_can(vm: &mut Vm, stream: Addr, what: &str) -> PyResult<Own> {
    let can = call_name(vm, stream, what, &[])?;
    if can.addr() != crate::python::object::TRUE {
        return Err(unsupported(vm, &format!("File or stream is not {what}.")));
    }
    Ok(can)
}

fn close(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    if !is_marked_closed(vm, stream)? {
        let flushed = call_name(vm, stream, "flush", &[])?;
        vm.decref(flushed);
        let name = crate::python::object::str::intern(vm, "__IOBase_closed");
        vm.set_attr(stream, name.addr(), Some(crate::python::object::TRUE))?;
        vm.decref(name);
    }
    Ok(vm.none())
}

pub(super) fn iter(vm: &mut Vm, stream: Addr) -> PyResult<Own> {
    check_closed(vm, stream)?;
    Ok(vm.incref(stream))
}

pub(super) fn next(vm: &mut Vm, stream: Addr) -> PyResult<Option<Own>> {
    let line = call_name(vm, stream, "readline", &[])?;
    if vm.len(line.addr())? == 0 {
        vm.decref(line);
        return Ok(None);
    }
    Ok(Some(line))
}

/// Byte by byte, for streams that only read.
fn readline(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let limit = super::size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    let mut line = Vec::new();
    while line.len() < limit && line.last() != Some(&b'\n') {
        let one = int::new(vm, 1);
        let byte = call_name(vm, stream, "read", &[one.addr()])?;
        vm.decref(one);
        if !bytes::check(vm, byte.addr()) {
            let given = vm.type_name(byte.addr());
            return Err(vm.error(
                types::OS_ERROR,
                format!("read() should have returned a bytes object, not '{given}'"),
            ));
        }
        let part = bytes::as_slice(vm, byte.addr()).to_vec();
        vm.decref(byte);
        if part.is_empty() {
            break;
        }
        line.extend(part);
    }
    bytes::try_new(vm, &line)
}

fn readlines(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let hint = super::size_arg(vm, args.get(vm, 0))?.filter(|hint| *hint > 0);
    let lines = list::new(vm);
    let iterator = vm.get_iter(stream)?;
    let mut total = 0;
    while let Some(line) = vm.iter_next(iterator.addr())? {
        total += vm.len(line.addr())?;
        list::append(vm, lines.addr(), line)?;
        if hint.is_some_and(|hint| total > hint) {
            break;
        }
    }
    vm.decref(iterator);
    Ok(lines)
}

fn writelines(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_closed(vm, stream)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    while let Some(line) = vm.iter_next(iterator.addr())? {
        let written = call_name(vm, stream, "write", &[line.addr()])?;
        vm.decref(written);
        vm.decref(line);
    }
    vm.decref(iterator);
    Ok(vm.none())
}

/// `readinto` by way of `read`.
fn readinto(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let target = args.get(vm, 0);
    let Some(room) = buffer::get(vm, target).filter(|room| !room.readonly) else {
        let given = vm.type_name(target);
        return Err(vm.type_error(format!(
            "readinto() argument must be read-write bytes-like object, not {given}"
        )));
    };
    let size = int::from_usize(vm, room.len);
    let data = call_name(vm, stream, "read", &[size.addr()])?;
    vm.decref(size);
    let content = buffer::content(vm, data.addr())?;
    vm.decref(data);
    store(vm, target, &content)
}

/// Copies bytes into a buffer that can be written; gives their number.
pub(super) fn store(vm: &mut Vm, target: Addr, content: &[u8]) -> PyResult<Own> {
    match buffer::get(vm, target) {
        Some(room) if !room.readonly && room.len >= content.len() => {
            vm.heap
                .space
                .bytes_mut(room.data, content.len())
                .copy_from_slice(content);
            Ok(int::from_usize(vm, content.len()))
        }
        _ => Err(vm.value_error("read() returned too much data")),
    }
}

fn raw_read(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let Some(size) = super::size_arg(vm, args.get(vm, 0))? else {
        return call_name(vm, stream, "readall", &[]);
    };
    let room = crate::python::object::bytearray::new(vm, &[])?;
    crate::python::object::bytearray::resize(vm, room.addr(), size)?;
    let count = call_name(vm, stream, "readinto", &[room.addr()])?;
    if count.addr() == NONE {
        vm.decref(room);
        return Ok(count);
    }
    let used = vm.index_value(count.addr(), types::OVERFLOW_ERROR)?;
    vm.decref(count);
    let content = buffer::content(vm, room.addr())?;
    vm.decref(room);
    bytes::try_new(
        vm,
        &content[..usize::try_from(used).unwrap_or(0).min(content.len())],
    )
}

fn readall(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    let mut all = Vec::new();
    loop {
        let size = int::new(vm, 8192);
        let data = call_name(vm, stream, "read", &[size.addr()])?;
        vm.decref(size);
        if data.addr() == NONE {
            vm.decref(data);
            break;
        }
        let content = buffer::content(vm, data.addr())?;
        vm.decref(data);
        if content.is_empty() {
            break;
        }
        all.extend(content);
        vm.check_steps(1)?;
    }
    bytes::try_new(vm, &all)
}
