//! `TextIOWrapper`: text over a stream of bytes; `sys.stdout`, `sys.stderr`, `sys.stdin`. CPython:
//! Modules/_io/textio.c. Nothing is held back: what is written goes down at once.

use super::newline::{self, Newline};
use super::{buffered, call_name, dealloc_stream, size_arg};
use crate::python::memory::{Addr, Own};
use crate::python::module::add;
use crate::python::object::{
    EMPTY_STR, GetSet, Member, MemberKind, Method, NONE, TypeSpec, buffer, codec, dict, flags, int,
    object, str, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const BUFFER: u64 = 32;
const ENCODING: u64 = 40;
/// The text that was decoded and not read yet.
const DECODED: u64 = 48;
const ERRORS: u64 = 72;
const NEWLINE: u64 = 80;
const LINE_BUFFERING: u64 = 88;
const WRITE_THROUGH: u64 = 96;
const FINALIZING: u64 = 104;
const SEEN: u64 = 112;
/// Whether `next` has run ahead, so that the position cannot be told.
const AHEAD: u64 = 120;
const WEAKREFS: u64 = 176;
const DICT: u64 = 184;

/// `_io.TextIOWrapper`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::TEXT_IO_BASE,
    basicsize: 200,
    flags: flags::HAVE_GC | flags::BASETYPE,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    slots: |slots| {
        slots.dealloc = Some(|vm, stream| {
            dealloc_stream(
                vm,
                stream,
                DICT,
                WEAKREFS,
                &[BUFFER, ENCODING, DECODED, ERRORS],
            );
        });
        slots.traverse = Some(|vm, stream, visit| {
            for field in [BUFFER, ENCODING, DECODED, ERRORS, DICT] {
                if let Some(object) = vm.field(stream, field).some() {
                    visit(object);
                }
            }
        });
        slots.clear = Some(|vm, stream| {
            for field in [BUFFER, DICT] {
                vm.set_field(stream, field, None);
            }
        });
        slots.repr = Some(repr);
        slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
        slots.init = Some(init);
        slots.iter = Some(super::base::iter);
        slots.iternext = Some(next);
    },
    methods: &[
        Method::new("detach", "()", detach),
        Method::new(
            "reconfigure",
            "(*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
            reconfigure,
        ),
        Method::new("write", "(text, /)", write),
        Method::new("read", "(size=-1, /)", read),
        Method::new("readline", "(size=-1, /)", readline),
        Method::new("flush", "()", flush),
        Method::new("close", "()", close),
        Method::new("fileno", "()", |vm, stream, _| {
            pass(vm, stream, "fileno", &[])
        }),
        Method::new("seekable", "()", |vm, stream, _| {
            pass(vm, stream, "seekable", &[])
        }),
        Method::new("readable", "()", |vm, stream, _| {
            pass(vm, stream, "readable", &[])
        }),
        Method::new("writable", "()", |vm, stream, _| {
            pass(vm, stream, "writable", &[])
        }),
        Method::new("isatty", "()", |vm, stream, _| {
            pass(vm, stream, "isatty", &[])
        }),
        Method::new("seek", "(cookie, whence=0, /)", seek),
        Method::new("tell", "()", tell),
        Method::new("truncate", "(pos=None, /)", |vm, stream, args| {
            let arguments = args.to_vec(vm);
            pass(vm, stream, "truncate", &arguments)
        }),
    ],
    getset: &[
        GetSet::read("name", |vm, stream| {
            let buffer = below(vm, stream)?;
            vm.get_attr_name(buffer, "name")
        }),
        GetSet::read("closed", |vm, stream| {
            let buffer = below(vm, stream)?;
            vm.get_attr_name(buffer, "closed")
        }),
        GetSet::read("newlines", |vm, stream| {
            let seen = vm.word(stream, SEEN);
            Ok(newline::seen_object(vm, seen))
        }),
        GetSet::read("errors", |vm, stream| {
            let errors = vm.field(stream, ERRORS);
            Ok(vm.incref(if errors.is_null() { NONE } else { errors }))
        }),
        GetSet::read("_CHUNK_SIZE", |vm, _| Ok(int::new(vm, 8192))),
    ],
    members: &[
        member("encoding", MemberKind::ObjectOrNone, ENCODING),
        member("buffer", MemberKind::ObjectOrNone, BUFFER),
        member("line_buffering", MemberKind::Bool, LINE_BUFFERING),
        member("write_through", MemberKind::Bool, WRITE_THROUGH),
        member("_finalizing", MemberKind::Bool, FINALIZING),
    ],
    ..TypeSpec::new(types::TEXT_IO, "_io.TextIOWrapper")
};

const fn member(name: &'static str, kind: MemberKind, offset: u64) -> Member {
    Member {
        name,
        kind,
        offset: offset as u32,
        writable: false,
    }
}

/// Makes `sys.stdin`, `sys.stdout` and `sys.stderr`, and the originals that keep them.
pub fn install_streams(vm: &mut Vm, sys: Addr) -> PyResult<()> {
    let names = [
        ("stdin", "__stdin__", "r"),
        ("stdout", "__stdout__", "w"),
        ("stderr", "__stderr__", "w"),
    ];
    for (descriptor, (name, original, mode)) in names.into_iter().enumerate() {
        let stream = standard(vm, descriptor as u64, mode)?;
        if descriptor == 1 {
            vm.stdout_object = vm.incref(stream.addr()).into_addr();
        }
        if descriptor == 2 {
            vm.stderr_object = vm.incref(stream.addr()).into_addr();
        }
        let kept = vm.incref(stream.addr());
        add(vm, sys, original, kept);
        add(vm, sys, name, stream);
    }
    Ok(())
}

fn standard(vm: &mut Vm, descriptor: u64, mode: &str) -> PyResult<Own> {
    let stream = object::generic_alloc(vm, types::TEXT_IO, 0)?;
    let buffer = buffered::standard(vm, descriptor)?;
    vm.init_field(stream.addr(), BUFFER, buffer);
    let encoding = str::intern(vm, "utf-8");
    vm.init_field(stream.addr(), ENCODING, encoding);
    let errors = str::intern(
        vm,
        if descriptor == 2 {
            "backslashreplace"
        } else {
            "strict"
        },
    );
    vm.init_field(stream.addr(), ERRORS, errors);
    vm.set_word(
        stream.addr(),
        NEWLINE,
        if descriptor == 0 {
            Newline::Universal
        } else {
            Newline::Lf
        } as u64,
    );
    vm.set_word(stream.addr(), LINE_BUFFERING, u64::from(descriptor == 2));
    let namespace = object::get_dict(vm, stream.addr())?;
    let mode = str::new(vm, mode);
    dict::set_name(vm, namespace.addr(), "mode", mode);
    vm.decref(namespace);
    Ok(stream)
}

fn init(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<()> {
    let [buffer, encoding, errors, newline, line_buffering, write_through] = args.bind(
        vm,
        "TextIOWrapper",
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
    )?;
    let newline = if newline.is_null() {
        Newline::Universal
    } else {
        Newline::of_arg(vm, newline)?
    };
    let encoding = codec::none_is_null(encoding);
    let encoding = if encoding.is_null() {
        str::intern(vm, "utf-8")
    } else {
        str::arg::string(vm, "TextIOWrapper", "argument 'encoding'", encoding)?;
        if str::is(vm, encoding, "locale") {
            str::intern(vm, "utf-8")
        } else {
            check_encoding(vm, encoding)?;
            vm.incref(encoding)
        }
    };
    let errors = codec::none_is_null(errors);
    let errors = if errors.is_null() {
        str::intern(vm, "strict")
    } else {
        str::arg::string(vm, "TextIOWrapper", "argument 'errors'", errors)?;
        vm.incref(errors)
    };
    let (lines, through) = (flag(vm, line_buffering)?, flag(vm, write_through)?);
    let buffer = vm.incref(buffer);
    vm.set_field(stream, BUFFER, Some(buffer));
    vm.set_field(stream, ENCODING, Some(encoding));
    vm.set_field(stream, ERRORS, Some(errors));
    vm.set_field(stream, DECODED, None);
    vm.set_word(stream, NEWLINE, newline as u64);
    vm.set_word(stream, LINE_BUFFERING, u64::from(lines));
    vm.set_word(stream, WRITE_THROUGH, u64::from(through));
    Ok(())
}

/// `LookupError` for an encoding that nobody knows: the stream is made only with one that works.
fn check_encoding(vm: &mut Vm, encoding: Addr) -> PyResult<()> {
    let codecs = vm.import_module("_codecs")?;
    let look = vm.get_attr_name(codecs.addr(), "lookup")?;
    let found = vm.call(look.addr(), &[encoding])?;
    for part in [codecs, look, found] {
        vm.decref(part);
    }
    Ok(())
}

/// `UnsupportedOperation: not readable` and its sibling.
fn check_can(vm: &mut Vm, stream: Addr, what: &str) -> PyResult<()> {
    let can = pass(vm, stream, what, &[])?;
    let is = vm.is_true(can.addr())?;
    vm.decref(can);
    match is {
        true => Ok(()),
        false => Err(super::unsupported(vm, &format!("not {what}"))),
    }
}

fn flag(vm: &mut Vm, given: Addr) -> PyResult<bool> {
    if given.is_null() {
        Ok(false)
    } else {
        vm.is_true(given)
    }
}

/// The stream of bytes below.
fn below(vm: &mut Vm, stream: Addr) -> PyResult<Addr> {
    match vm.field(stream, BUFFER).some() {
        Some(buffer) => Ok(buffer),
        None => Err(vm.value_error("underlying buffer has been detached")),
    }
}

fn pass(vm: &mut Vm, stream: Addr, name: &str, args: &[Addr]) -> PyResult<Own> {
    let buffer = below(vm, stream)?;
    call_name(vm, buffer, name, args)
}

fn check_open(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    let buffer = below(vm, stream)?;
    if buffered::descriptor(vm, buffer).is_some() {
        return Ok(());
    }
    let closed = vm.get_attr_name(buffer, "closed")?;
    let is_closed = vm.is_true(closed.addr())?;
    vm.decref(closed);
    if is_closed {
        return Err(vm.value_error("I/O operation on closed file."));
    }
    Ok(())
}

fn write(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    let text = args.get(vm, 0);
    if !str::check(vm, text) {
        return Err(str::arg::bad_argument(vm, "write", "argument", "str", text));
    }
    check_open(vm, stream)?;
    let length = int::from_usize(vm, str::len(vm, text));
    let buffer = below(vm, stream)?;
    let newline = Newline::of_number(vm.word(stream, NEWLINE));
    if let Some(descriptor) = buffered::descriptor(vm, buffer)
        && str::is_ascii(vm, text)
        && newline == Newline::Lf
    {
        let plain = str::to_rust(vm, text);
        buffered::emit(vm, descriptor, &plain)?;
        return Ok(length);
    }
    check_can(vm, stream, "writable")?;
    let out = newline.written(&str::view(vm, text).to_vec());
    let out = str::try_from_code_points(vm, &out)?;
    let (encoding, errors) = (vm.field(stream, ENCODING), vm.field(stream, ERRORS));
    let encoded = codec::encode(vm, out.addr(), encoding, errors)?;
    let written = call_name(vm, buffer, "write", &[encoded.addr()])?;
    for used in [out, encoded, written] {
        vm.decref(used);
    }
    Ok(length)
}

/// Everything that is left below, decoded and behind what was decoded before.
fn decode_all(vm: &mut Vm, stream: Addr) -> PyResult<()> {
    check_can(vm, stream, "readable")?;
    let data = pass(vm, stream, "read", &[])?;
    let content = buffer::content(vm, data.addr())?;
    let (encoding, errors) = (vm.field(stream, ENCODING), vm.field(stream, ERRORS));
    let text = codec::decode(vm, data.addr(), &content, encoding, errors)?;
    vm.decref(data);
    let mut points = str::view(vm, text.addr()).to_vec();
    vm.decref(text);
    let mut seen = vm.word(stream, SEEN);
    if Newline::of_number(vm.word(stream, NEWLINE)) == Newline::Universal {
        points = newline::universal(&points, &mut seen);
    }
    vm.set_word(stream, SEEN, seen);
    let old = vm.field(stream, DECODED).some().unwrap_or(EMPTY_STR);
    let mut all = str::view(vm, old).to_vec();
    all.extend(points);
    let all = str::try_from_code_points(vm, &all)?;
    vm.set_field(stream, DECODED, Some(all));
    Ok(())
}

/// Takes `count` code points of the decoded text.
fn take(vm: &mut Vm, stream: Addr, count: usize) -> PyResult<Own> {
    let text = vm.field(stream, DECODED).some().unwrap_or(EMPTY_STR);
    let part = str::substring(vm, text, 0, count)?;
    let rest = str::substring(vm, text, count, usize::MAX)?;
    vm.set_field(stream, DECODED, Some(rest));
    Ok(part)
}

fn read(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let size = size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    decode_all(vm, stream)?;
    take(vm, stream, size)
}

fn readline(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    let limit = size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    decode_all(vm, stream)?;
    let text = vm.field(stream, DECODED).some().unwrap_or(EMPTY_STR);
    let newline = Newline::of_number(vm.word(stream, NEWLINE));
    let width = newline.line_len(&str::view(vm, text).to_vec()).min(limit);
    take(vm, stream, width)
}

fn flush(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    check_open(vm, stream)?;
    pass(vm, stream, "flush", &[])
}

fn close(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    let buffer = below(vm, stream)?;
    if buffered::descriptor(vm, buffer).is_some() {
        return Ok(vm.none());
    }
    pass(vm, stream, "close", &[])
}

fn detach(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    let flushed = pass(vm, stream, "flush", &[])?;
    vm.decref(flushed);
    let buffer = below(vm, stream)?;
    let buffer = vm.incref(buffer);
    vm.set_field(stream, BUFFER, None);
    Ok(buffer)
}

fn seek(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    vm.set_word(stream, AHEAD, 0);
    vm.set_field(stream, DECODED, None);
    let arguments = args.to_vec(vm);
    pass(vm, stream, "seek", &arguments)
}

/// A line; while lines come one by one, the position below is ahead.
fn next(vm: &mut Vm, stream: Addr) -> PyResult<Option<Own>> {
    vm.set_word(stream, AHEAD, 1);
    let line = super::base::next(vm, stream)?;
    if line.is_none() {
        vm.set_word(stream, AHEAD, 0);
    }
    Ok(line)
}

/// The position below, less what was read from there and not given out yet.
fn tell(vm: &mut Vm, stream: Addr, _: Args) -> PyResult<Own> {
    if vm.word(stream, AHEAD) != 0 {
        return Err(vm.error(types::OS_ERROR, "telling position disabled by next() call"));
    }
    let place = pass(vm, stream, "tell", &[])?;
    let Some(rest) = vm.field(stream, DECODED).some() else {
        return Ok(place);
    };
    let (encoding, errors) = (vm.field(stream, ENCODING), vm.field(stream, ERRORS));
    let encoded = codec::encode(vm, rest, encoding, errors)?;
    let left = vm.len(encoded.addr())? as i64;
    vm.decref(encoded);
    let at = int::as_i64(vm, place.addr()).unwrap_or(left);
    vm.decref(place);
    Ok(int::new(vm, at - left))
}

fn reconfigure(vm: &mut Vm, stream: Addr, args: Args) -> PyResult<Own> {
    for (i, field) in [(0, ENCODING), (1, ERRORS)] {
        let given = codec::none_is_null(args.get(vm, i));
        if !given.is_null() {
            let given = str::arg::string(vm, "reconfigure", "argument", given)?;
            let given = vm.incref(given);
            vm.set_field(stream, field, Some(given));
        }
    }
    if let Some(newline) = args.opt(vm, 2) {
        let newline = Newline::of_arg(vm, newline)?;
        vm.set_word(stream, NEWLINE, newline as u64);
    }
    for (i, field) in [(3, LINE_BUFFERING), (4, WRITE_THROUGH)] {
        let given = codec::none_is_null(args.get(vm, i));
        if !given.is_null() {
            let on = vm.is_true(given)?;
            vm.set_word(stream, field, u64::from(on));
        }
    }
    Ok(vm.none())
}

fn repr(vm: &mut Vm, stream: Addr) -> PyResult<Own> {
    let mut text = "<_io.TextIOWrapper".to_string();
    for name in ["name", "mode"] {
        let key = str::intern(vm, name);
        let value = vm.get_attr_opt(stream, key.addr())?;
        vm.decref(key);
        if let Some(value) = value {
            text += &format!(" {name}={}", vm.repr_text(value.addr())?);
            vm.decref(value);
        }
    }
    let encoding = vm.field(stream, ENCODING);
    if !encoding.is_null() {
        text += &format!(" encoding={}", vm.repr_text(encoding)?);
    }
    str::try_new(vm, &(text + ">"))
}
