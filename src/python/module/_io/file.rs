//! `FileIO`: an open file of the program's own files in memory. CPython: Modules/_io/fileio.c.
//!
//! ```text
//! FileIO   16 dict   24 weakreflist   32 fd, -1 when closed   40 flags
//! ```

use super::dealloc_stream;
use crate::python::files::{Errno, flags as how};
use crate::python::memory::{Addr, Own};
use crate::python::module::posix::{self, path};
use crate::python::object::{
    GetSet, Method, NONE, Slots, TypeSpec, buffer, bytes, dict, flags, int, object, str, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const DICT: u64 = 16;
const WEAKREFS: u64 = 24;
const DESCRIPTOR: u64 = 32;
const FLAGS: u64 = 40;

const READABLE: u64 = 1;
const WRITABLE: u64 = 2;
const CREATED: u64 = 4;
const APPENDING: u64 = 8;
const CLOSES: u64 = 16;

/// `_io.FileIO`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::RAW_IO_BASE,
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, file| {
            let _ = close_descriptor(vm, file);
            dealloc_stream(vm, file, DICT, WEAKREFS, &[]);
        });
        slots.traverse = Some(|vm, file, visit| {
            if let Some(dict) = vm.field(file, DICT).some() {
                visit(dict);
            }
        });
        slots.clear = Some(|vm, file| vm.set_field(file, DICT, None));
        slots.repr = Some(repr);
        slots.new = Some(|vm, class, _| {
            let file = object::generic_alloc(vm, class, 0)?;
            vm.set_word(file.addr(), DESCRIPTOR, u64::MAX);
            Ok(file)
        });
        slots.init = Some(init);
    },
    methods: &[
        Method::new("read", "(size=-1, /)", read),
        Method::new("readall", "()", |vm, file, _| read(vm, file, Args::NONE)),
        Method::new("readinto", "(buffer, /)", readinto),
        Method::new("readline", "(size=-1, /)", readline),
        Method::new("write", "(b, /)", write),
        Method::new("seek", "(pos, whence=0, /)", seek),
        Method::new("tell", "()", |vm, file, _| {
            let descriptor = opened(vm, file)?;
            let place = vm.files().seek(descriptor, 0, 1);
            let place = posix::done(vm, place, &[])?;
            Ok(int::from_u64(vm, place))
        }),
        Method::new("truncate", "(size=None, /)", truncate),
        Method::new("close", "()", close),
        Method::new("flush", "()", |vm, file, _| {
            opened(vm, file)?;
            Ok(vm.none())
        }),
        Method::new("fileno", "()", |vm, file, _| {
            let descriptor = opened(vm, file)?;
            Ok(int::new(vm, i64::from(descriptor)))
        }),
        Method::new("seekable", "()", |vm, file, _| {
            opened(vm, file)?;
            Ok(vm.bool(true))
        }),
        Method::new("readable", "()", |vm, file, _| has(vm, file, READABLE)),
        Method::new("writable", "()", |vm, file, _| has(vm, file, WRITABLE)),
        Method::new("isatty", "()", |vm, file, _| {
            opened(vm, file)?;
            Ok(vm.bool(false))
        }),
    ],
    getset: &[
        GetSet::read("closed", |vm, file| {
            let closed = vm.word(file, DESCRIPTOR) == u64::MAX;
            Ok(vm.bool(closed))
        }),
        GetSet::read("closefd", |vm, file| {
            let closes = vm.word(file, FLAGS) & CLOSES != 0;
            Ok(vm.bool(closes))
        }),
        GetSet::read("mode", |vm, file| {
            let mode = mode_text(vm, file);
            Ok(str::new(vm, mode))
        }),
    ],
    ..TypeSpec::new(types::FILE_IO, "_io.FileIO")
};

/// The mode as `open` would take it.
fn mode_text(vm: &Vm, file: Addr) -> &'static str {
    let flags = vm.word(file, FLAGS);
    let reads = flags & READABLE != 0;
    match flags & (CREATED | APPENDING | WRITABLE) {
        kind if kind & CREATED != 0 && reads => "xb+",
        kind if kind & CREATED != 0 => "xb",
        kind if kind & APPENDING != 0 && reads => "ab+",
        kind if kind & APPENDING != 0 => "ab",
        kind if kind & WRITABLE != 0 && reads => "rb+",
        0 => "rb",
        _ => "wb",
    }
}

/// What a mode asks for: our flags, and those of `open`.
fn parse_mode(vm: &mut Vm, mode: &str) -> PyResult<(u64, i32)> {
    let (mut ours, mut open, mut kinds, mut plus) = (0, 0, 0, 0);
    for letter in mode.chars() {
        match letter {
            'x' => {
                kinds += 1;
                ours |= CREATED | WRITABLE;
                open |= how::EXCLUSIVE | how::CREATE;
            }
            'r' => {
                kinds += 1;
                ours |= READABLE;
            }
            'w' => {
                kinds += 1;
                ours |= WRITABLE;
                open |= how::CREATE | how::TRUNCATE;
            }
            'a' => {
                kinds += 1;
                ours |= WRITABLE | APPENDING;
                open |= how::CREATE | how::APPEND;
            }
            'b' => {}
            '+' => {
                plus += 1;
                ours |= READABLE | WRITABLE;
            }
            _ => return Err(vm.value_error(format!("invalid mode: {mode}"))),
        }
    }
    if kinds != 1 || plus > 1 {
        return Err(vm.value_error(
            "Must have exactly one of create/read/write/append mode and at most one plus",
        ));
    }
    open |= match ours & (READABLE | WRITABLE) {
        READABLE => 0,
        WRITABLE => how::WRITE,
        _ => how::READ_WRITE,
    };
    Ok((ours, open))
}

fn init(vm: &mut Vm, file: Addr, args: Args) -> PyResult<()> {
    let [given, mode, closefd, opener] =
        args.bind(vm, "FileIO", "(file, mode='r', closefd=True, opener=None)")?;
    let mode = match mode.some() {
        Some(mode) => {
            str::arg::string(vm, "FileIO", "argument 'mode'", mode)?;
            str::to_rust(vm, mode)
        }
        None => "r".to_owned(),
    };
    let (mut ours, open) = parse_mode(vm, &mode)?;
    close_descriptor(vm, file)?;
    let closes = closefd.is_null() || vm.is_true(closefd)?;
    if closes {
        ours |= CLOSES;
    }
    let is_number = !str::check(vm, given) && vm.slots(given).index.is_some();
    let descriptor = if is_number {
        let number = vm.index_value(given, types::OVERFLOW_ERROR)?;
        if number < 0 {
            return Err(vm.value_error("negative file descriptor"));
        }
        number as i32
    } else if !closes {
        return Err(vm.value_error("Cannot use closefd=False with file name"));
    } else if !opener.is_null() && opener != NONE {
        call_opener(vm, opener, given, open)?
    } else {
        let path = path::argument(vm, "open", "path", path::Takes::Names, given)?;
        let path::Place::Name(name) = &path.place else {
            return Err(path::os_error(vm, Errno::BADF, &[given]));
        };
        if open & 3 == 0 {
            vm.show_known_file(name);
        }
        let descriptor = vm.files().open(name, open, 0o666);
        posix::done(vm, descriptor, &[given])?
    };
    vm.set_word(file, DESCRIPTOR, descriptor as u64);
    vm.set_word(file, FLAGS, ours);
    if descriptor > 2 {
        check_no_folder(vm, file, descriptor, given)?;
    }
    if ours & APPENDING != 0 {
        let _ = vm.files().seek(descriptor, 0, 2);
    }
    let namespace = object::get_dict(vm, file)?;
    let name = vm.incref(given);
    dict::set_name(vm, namespace.addr(), "name", name);
    vm.decref(namespace);
    Ok(())
}

fn call_opener(vm: &mut Vm, opener: Addr, path: Addr, open: i32) -> PyResult<i32> {
    // `O_CLOEXEC`, as always.
    let number = int::new(vm, i64::from(open | 0o2_000_000));
    let made = vm.call(opener, &[path, number.addr()])?;
    vm.decref(number);
    if vm.slots(made.addr()).index.is_none() {
        return Err(vm.type_error("expected integer from opener"));
    }
    let descriptor = vm.index_value(made.addr(), types::OVERFLOW_ERROR)?;
    vm.decref(made);
    if descriptor < 0 {
        return Err(vm.value_error(format!("opener returned {descriptor}")));
    }
    Ok(descriptor as i32)
}

fn check_no_folder(vm: &mut Vm, file: Addr, descriptor: i32, given: Addr) -> PyResult<()> {
    let files = vm.files();
    let found = files
        .opened(descriptor)
        .map(|open| files.node(open.node).is_folder());
    match posix::done(vm, found, &[given])? {
        true => {
            let _ = close_descriptor(vm, file);
            Err(path::os_error(vm, Errno::ISDIR, &[given]))
        }
        false => Ok(()),
    }
}

fn close_descriptor(vm: &mut Vm, file: Addr) -> PyResult<()> {
    let descriptor = vm.word(file, DESCRIPTOR);
    vm.set_word(file, DESCRIPTOR, u64::MAX);
    if descriptor == u64::MAX || vm.word(file, FLAGS) & CLOSES == 0 || descriptor < 3 {
        return Ok(());
    }
    let closed = vm.files().close(descriptor as i32);
    posix::done(vm, closed, &[])
}

/// The number of the open file.
fn opened(vm: &mut Vm, file: Addr) -> PyResult<i32> {
    match vm.word(file, DESCRIPTOR) {
        u64::MAX => Err(vm.value_error("I/O operation on closed file")),
        descriptor => Ok(descriptor as i32),
    }
}

fn opened_for(vm: &mut Vm, file: Addr, flag: u64) -> PyResult<i32> {
    let descriptor = opened(vm, file)?;
    if vm.word(file, FLAGS) & flag == 0 {
        let what = if flag == READABLE {
            "reading"
        } else {
            "writing"
        };
        return Err(super::unsupported(vm, &format!("File not open for {what}")));
    }
    Ok(descriptor)
}

fn has(vm: &mut Vm, file: Addr, flag: u64) -> PyResult<Own> {
    opened(vm, file)?;
    let has = vm.word(file, FLAGS) & flag != 0;
    Ok(vm.bool(has))
}

fn read(vm: &mut Vm, file: Addr, args: Args) -> PyResult<Own> {
    let descriptor = opened_for(vm, file, READABLE)?;
    let size = super::size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    let content = vm.files().read(descriptor, size);
    let content = posix::done(vm, content, &[])?;
    bytes::try_new(vm, &content)
}

fn readinto(vm: &mut Vm, file: Addr, args: Args) -> PyResult<Own> {
    let descriptor = opened_for(vm, file, READABLE)?;
    let target = args.get(vm, 0);
    let Some(room) = buffer::get(vm, target).filter(|room| !room.readonly) else {
        let given = vm.type_name(target);
        return Err(vm.type_error(format!(
            "readinto() argument must be read-write bytes-like object, not {given}"
        )));
    };
    let content = vm.files().read(descriptor, room.len);
    let content = posix::done(vm, content, &[])?;
    super::base::store(vm, target, &content)
}

/// A line without asking for it byte by byte: what is behind it is given back.
fn readline(vm: &mut Vm, file: Addr, args: Args) -> PyResult<Own> {
    let descriptor = opened_for(vm, file, READABLE)?;
    let limit = super::size_arg(vm, args.get(vm, 0))?.unwrap_or(usize::MAX);
    let mut line = Vec::new();
    while line.len() < limit && line.last() != Some(&b'\n') {
        let wanted = (limit - line.len()).min(256);
        let part = vm.files().read(descriptor, wanted);
        let part = posix::done(vm, part, &[])?;
        if part.is_empty() {
            break;
        }
        let end = part.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(part.len(), |end| end + 1);
        line.extend(&part[..used]);
        let back = used as i64 - part.len() as i64;
        let _ = vm.files().seek(descriptor, back, 1);
    }
    bytes::try_new(vm, &line)
}

fn write(vm: &mut Vm, file: Addr, args: Args) -> PyResult<Own> {
    let descriptor = opened_for(vm, file, WRITABLE)?;
    let given = args.get(vm, 0);
    if str::check(vm, given) {
        return Err(buffer::required_error(vm, given));
    }
    let content = buffer::content(vm, given)?;
    vm.check_steps(content.len() as u64 / 64)?;
    if let 1 | 2 = descriptor {
        let text = String::from_utf8_lossy(&content).into_owned();
        super::buffered::emit(vm, descriptor as u64, &text)?;
        return Ok(int::from_usize(vm, content.len()));
    }
    let written = vm.files().write(descriptor, &content);
    let written = posix::done(vm, written, &[])?;
    Ok(int::from_usize(vm, written))
}

fn seek(vm: &mut Vm, file: Addr, args: Args) -> PyResult<Own> {
    let descriptor = opened(vm, file)?;
    let offset = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let whence = match args.opt(vm, 1) {
        Some(whence) => super::super::int_argument(vm, whence)?,
        None => 0,
    };
    let place = vm.files().seek(descriptor, offset as i64, whence);
    let place = posix::done(vm, place, &[])?;
    Ok(int::from_u64(vm, place))
}

fn truncate(vm: &mut Vm, file: Addr, args: Args) -> PyResult<Own> {
    let descriptor = opened_for(vm, file, WRITABLE)?;
    let len = match args.opt(vm, 0).filter(|given| *given != NONE) {
        Some(given) => {
            let len = vm.index_value(given, types::OVERFLOW_ERROR)?;
            match u64::try_from(len) {
                Ok(len) => len,
                Err(_) => return Err(path::os_error(vm, Errno::INVAL, &[])),
            }
        }
        None => {
            let place = vm.files().seek(descriptor, 0, 1);
            posix::done(vm, place, &[])?
        }
    };
    let result = vm.files().truncate(descriptor, len);
    posix::done(vm, result, &[])?;
    Ok(int::from_u64(vm, len))
}

fn close(vm: &mut Vm, file: Addr, _: Args) -> PyResult<Own> {
    close_descriptor(vm, file)?;
    Ok(vm.none())
}

fn repr(vm: &mut Vm, file: Addr) -> PyResult<Own> {
    let class = vm.tp_name(file);
    if vm.word(file, DESCRIPTOR) == u64::MAX {
        return Ok(str::new(vm, &format!("<{class} [closed]>")));
    }
    let closes = if vm.word(file, FLAGS) & CLOSES != 0 {
        "True"
    } else {
        "False"
    };
    let mode = mode_text(vm, file);
    let key = str::intern(vm, "name");
    let name = vm.get_attr_opt(file, key.addr())?;
    vm.decref(key);
    let shown = match name {
        Some(name) => {
            let shown = vm.repr_text(name.addr())?;
            vm.decref(name);
            format!("name={shown}")
        }
        None => format!("fd={}", vm.word(file, DESCRIPTOR)),
    };
    str::try_new(
        vm,
        &format!("<{class} {shown} mode='{mode}' closefd={closes}>"),
    )
}
