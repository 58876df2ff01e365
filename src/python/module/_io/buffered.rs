//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`, `BufferedRWPair`: they pass on what they are asked. The
//! writers below `sys.stdout` and `sys.stderr` have no stream below them: their bytes are the program's output.

use super::{call_name, dealloc_stream};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, Slots, TypeSpec, buffer, flags, int, object, str, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// Offset of the stream below, `NULL` for a standard stream.
const RAW: u64 = 16;
/// Offset of the second stream of a pair.
const WRITER: u64 = 24;
/// Offset of the number of a standard stream: 1 or 2.
const DESCRIPTOR: u64 = 32;
const DICT: u64 = 136;
const WEAKREFS: u64 = 144;

const fn spec(address: Addr, name: &'static str) -> TypeSpec {
    TypeSpec {
        base: types::BUFFERED_IO_BASE,
        basicsize: 152,
        flags: flags::HAVE_GC | flags::BASETYPE,
        dictoffset: DICT as u32,
        weaklistoffset: WEAKREFS as u32,
        slots: fill,
        methods: METHODS,
        getset: GETSET,
        ..TypeSpec::new(address, name)
    }
}

/// `_io.BufferedReader`
pub static READER_SPEC: TypeSpec = spec(types::BUFFERED_READER, "_io.BufferedReader");
/// `_io.BufferedWriter`
pub static WRITER_SPEC: TypeSpec = spec(types::BUFFERED_WRITER, "_io.BufferedWriter");
/// `_io.BufferedRandom`
pub static RANDOM_SPEC: TypeSpec = spec(types::BUFFERED_RANDOM, "_io.BufferedRandom");
/// `_io.BufferedRWPair`
pub static RW_PAIR_SPEC: TypeSpec = spec(types::BUFFERED_RW_PAIR, "_io.BufferedRWPair");

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(|vm, stream| dealloc_stream(vm, stream, DICT, WEAKREFS, &[RAW, WRITER]));
    slots.traverse = Some(|vm, stream, visit| {
        for field in [DICT, RAW, WRITER] {
            if let Some(object) = vm.field(stream, field).some() {
                visit(object);
            }
        }
    });
    slots.clear = Some(|vm, stream| {
        for field in [RAW, WRITER, DICT] {
            vm.set_field(stream, field, None);
        }
    });
    slots.repr = Some(repr);
    slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
    slots.init = Some(init);
}

const METHODS: &[Method] = &[
    Method::new("detach", "()", detach),
    Method::new("read", "(size=-1, /)", |vm, stream, args| {
        pass(vm, stream, "read", args)
    }),
    Method::new("read1", "(size=-1, /)", |vm, stream, args| {
        pass(vm, stream, "read", args)
    }),
    Method::new("readinto", "(buffer, /)", |vm, stream, args| {
        pass(vm, stream, "readinto", args)
    }),
    Method::new("readline", "(size=-1, /)", |vm, stream, args| {
        pass(vm, stream, "readline", args)
    }),
    Method::new("peek", "(size=0, /)", peek),
    Method::new("write", "(buffer, /)", write),
    Method::new("flush", "()", flush),
    Method::new("close", "()", |vm, stream, args| {
        pass(vm, stream, "close", args)
    }),
    Method::new("seek", "(target, whence=0, /)", |vm, stream, args| {
        pass(vm, stream, "seek", args)
    }),
    Method::new("tell", "()", |vm, stream, args| {
        pass(vm, stream, "tell", args)
    }),
    Method::new("truncate", "(pos=None, /)", |vm, stream, args| {
        pass(vm, stream, "truncate", args)
    }),
    Method::new("fileno", "()", fileno),
    Method::new("isatty", "()", isatty),
    Method::new("seekable", "()", |vm, stream, args| {
        answer(vm, stream, "seekable", args, false)
    }),
    Method::new("readable", "()", |vm, stream, args| {
        answer(vm, stream, "readable", args, false)
    }),
    Method::new("writable", "()", |vm, stream, args| {
        answer(vm, stream, "writable", args, true)
    }),
];

const GETSET: &[GetSet] = &[
    GetSet::read("raw", |vm, stream| {
        let raw = below(vm, stream)?;
        Ok(vm.incref(raw))
    }),
    GetSet::read("closed", |vm, stream| match vm.field(stream, RAW).some() {
        Some(raw) => vm.get_attr_name(raw, "closed"),
        None => Ok(vm.bool(false)),
    }),
    GetSet::read("mode", |vm, stream| match vm.field(stream, RAW).some() {
        Some(raw) => vm.get_attr_name(raw, "mode"),
        None => Ok(str::new(vm, "wb")),
    }),
    GetSet::read("name", |vm, stream| match vm.field(stream, RAW).some() {
        Some(raw) => vm.get_attr_name(raw, "name"),
        None => Ok(str::new(vm, standard_name(vm, stream))),
    }),
];

/// `'<stdout>'` or `'<stderr>'`
fn standard_name(vm: &Vm, stream: Addr) -> &'static str {
    ["<stdin>", "<stdout>", "<stderr>"][vm.word(stream, DESCRIPTOR) as usize % 3]
}

/// The writer below a standard stream.
pub(super) fn standard(vm: &mut Vm, descriptor: u64) -> PyResult<Own> {
    let class = if descriptor == 0 {
        types::BUFFERED_READER
    } else {
        types::BUFFERED_WRITER
    };
    let stream = object::generic_alloc(vm, class, 0)?;
    vm.set_word(stream.addr(), DESCRIPTOR, descriptor);
    Ok(stream)
}

/// The number of a standard stream, `None` for any other.
pub(super) fn descriptor(vm: &Vm, stream: Addr) -> Option<u64> {
    let ty = vm.type_of(stream);
    let standard = (ty == types::BUFFERED_WRITER || ty == types::BUFFERED_READER)
        && vm.field(stream, RAW).is_null();
    standard.then(|| vm.word(stream, DESCRIPTOR))
}

/// Appends to the program's output.
pub(super) fn emit(vm: &mut Vm, descriptor: u64, text: &str) -> PyResult<()> {
    if descriptor == 2 {
        vm.write_stderr(text);
    } else {
        vm.write_stdout(text);
    }
    if vm.stop.is_some() {
        Err(Raised)
    } else {
        Ok(())
    }
}

fn init(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<()> {
    if vm.type_check(stream, types::BUFFERED_RW_PAIR) {
        let [reader, writer, _size] = args.bind(
            vm,
            "BufferedRWPair",
            "(reader, writer, buffer_size=8192, /)",
        )?;
        let (reader, writer) = (vm.incref(reader), vm.incref(writer));
        vm.set_field(stream, RAW, Some(reader));
        vm.set_field(stream, WRITER, Some(writer));
        return Ok(());
    }
    let name = vm.type_name(stream);
    let [raw, _size] = args.bind(vm, &name, "(raw, buffer_size=8192)")?;
    let raw = vm.incref(raw);
    vm.set_field(stream, RAW, Some(raw));
    Ok(())
}

/// The stream below; a standard stream has none that can be reached.
fn below(vm: &mut Vm, stream: Addr) -> PyResult<Addr> {
    match vm.field(stream, RAW).some() {
        Some(raw) => Ok(raw),
        None => Err(super::unsupported(vm, "underlying stream is not available")),
    }
}

fn pass(vm: &mut Vm, stream: Addr, name: &str, args: Args) -> PyResult<Own> {
    if descriptor(vm, stream) == Some(0) {
        // Nothing comes in.
        return Ok(crate::python::object::bytes::new(vm, b""));
    }
    let raw = below(vm, stream)?;
    let reads = matches!(name, "read" | "readinto" | "readline");
    if reads && vm.type_check(stream, types::BUFFERED_WRITER) {
        return Err(super::unsupported(
            vm,
            if name == "readline" { "read" } else { name },
        ));
    }
    if reads {
        check_open(vm, raw, "read of closed file")?;
    }
    let arguments = args.to_vec(vm);
    call_name(vm, raw, name, &arguments)
}

/// `ValueError` for a file that is closed below.
fn check_open(vm: &mut Vm, raw: Addr, message: &str) -> PyResult<()> {
    if vm.type_of(raw) != types::FILE_IO {
        return Ok(());
    }
    let closed = vm.get_attr_name(raw, "closed")?;
    let is_closed = vm.is_true(closed.addr())?;
    vm.decref(closed);
    match is_closed {
        true => Err(vm.value_error(message)),
        false => Ok(()),
    }
}

fn answer(vm: &mut Vm, stream: Addr, name: &str, args: Args, standard: bool) -> PyResult<Own> {
    match descriptor(vm, stream) {
        Some(0) => Ok(vm.bool(name == "readable")),
        Some(_) => Ok(vm.bool(standard)),
        None => pass(vm, stream, name, args),
    }
}

fn peek(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let at = pass(vm, stream, "tell", Args::NONE)?;
    let data = pass(vm, stream, "read", args)?;
    let raw = below(vm, stream)?;
    let back = call_name(vm, raw, "seek", &[at.addr()])?;
    vm.decref(back);
    vm.decref(at);
    Ok(data)
}

fn write(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let data = args.get(vm, 0);
    if str::check(vm, data) {
        return Err(buffer::required_error(vm, data));
    }
    if vm.type_check(stream, types::BUFFERED_READER) {
        return Err(super::unsupported(vm, "write"));
    }
    if let Some(number) = descriptor(vm, stream) {
        let content = buffer::content(vm, data)?;
        emit(vm, number, &String::from_utf8_lossy(&content))?;
        return Ok(int::from_usize(vm, content.len()));
    }
    let target = vm.field(stream, WRITER).some();
    let target = match target {
        Some(writer) => writer,
        None => below(vm, stream)?,
    };
    check_open(vm, target, "write to closed file")?;
    call_name(vm, target, "write", &[data])
}

fn flush(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    if descriptor(vm, stream).is_some() {
        return Ok(vm.none());
    }
    pass(vm, stream, "flush", args)
}

fn fileno(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    match descriptor(vm, stream) {
        Some(number) => Ok(int::from_u64(vm, number)),
        None => pass(vm, stream, "fileno", args),
    }
}

fn isatty(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    if descriptor(vm, stream).is_some() {
        return Ok(vm.bool(false));
    }
    pass(vm, stream, "isatty", args)
}

fn detach(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    let raw = below(vm, stream)?;
    let raw = vm.incref(raw);
    vm.set_field(stream, RAW, None);
    Ok(raw)
}

fn repr(vm: &mut Vm, stream: Addr) -> PyResult<Own> {
    let class = vm.type_data(vm.type_of(stream)).full_name.to_string();
    let name = str::intern(vm, "name");
    let shown = vm.get_attr_opt(stream, name.addr())?;
    vm.decref(name);
    let text = match shown {
        Some(name) => {
            let shown = vm.repr_text(name.addr())?;
            vm.decref(name);
            format!("<{class} name={shown}>")
        }
        None => format!("<{class}>"),
    };
    str::try_new(vm, &text)
}
