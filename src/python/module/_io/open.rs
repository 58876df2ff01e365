//! `open`: the streams that a mode asks for, one above the other. CPython: `_io_open_impl`, Modules/_io/_iomodule.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, dict, object, str, types};
use crate::python::vm::{Args, PyResult, Vm};

/// What a mode says.
struct Mode {
    /// The mode of the file below.
    raw: String,
    text: bool,
    updating: bool,
    reading: bool,
}

fn parse_mode(vm: &mut Vm, mode: &str) -> PyResult<Mode> {
    let count = |letter: char| mode.chars().filter(|known| *known == letter).count();
    if mode
        .chars()
        .any(|letter| !"rwaxbt+".contains(letter) || count(letter) > 1)
    {
        return Err(vm.value_error(format!("invalid mode: '{mode}'")));
    }
    let has = |letter: char| mode.contains(letter);
    let (text, binary) = (has('t'), has('b'));
    let kinds: Vec<char> = "xrwa".chars().filter(|letter| has(*letter)).collect();
    if text && binary {
        return Err(vm.value_error("can't have text and binary mode at once"));
    }
    if kinds.len() != 1 {
        return Err(vm.value_error("must have exactly one of create/read/write/append mode"));
    }
    let mut raw: String = kinds.iter().collect();
    if has('+') {
        raw.push('+');
    }
    Ok(Mode {
        raw,
        text: !binary,
        updating: has('+'),
        reading: kinds == ['r'],
    })
}

/// `open(file, mode, …)`
pub fn open(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let given =
        |at: usize| Some(args.get(vm, at)).filter(|given| !given.is_null() && *given != NONE);
    let (encoding, errors, newline) = (given(3), given(4), given(5));
    let (mode, file) = (args.get(vm, 1), args.get(vm, 0));
    if !mode.is_null() && !str::check(vm, mode) {
        return Err(str::arg::bad_argument(
            vm,
            "open",
            "argument 'mode'",
            "str",
            mode,
        ));
    }
    let text = if mode.is_null() {
        "r".to_owned()
    } else {
        str::to_rust(vm, mode)
    };
    check_place(vm, file)?;
    let parsed = parse_mode(vm, &text)?;
    let buffering = match args.opt(vm, 2) {
        Some(size) => super::super::int_argument(vm, size)?,
        None => -1,
    };
    if !parsed.text {
        let refused = [
            (encoding, "an encoding"),
            (errors, "an errors"),
            (newline, "a newline"),
        ];
        for (given, what) in refused {
            if given.is_some() {
                return Err(vm.value_error(format!("binary mode doesn't take {what} argument")));
            }
        }
    }
    let raw = make_raw(vm, file, &parsed, args)?;
    if buffering < -1 {
        return Err(vm.value_error("invalid buffering size"));
    }
    if buffering == 0 {
        if parsed.text {
            return Err(vm.value_error("can't have unbuffered text I/O"));
        }
        return Ok(raw);
    }
    let class = match (parsed.updating, parsed.reading) {
        (true, _) => types::BUFFERED_RANDOM,
        (false, true) => types::BUFFERED_READER,
        (false, false) => types::BUFFERED_WRITER,
    };
    let buffer = vm.call(class, &[raw.addr()])?;
    vm.decref(raw);
    if !parsed.text {
        return Ok(buffer);
    }
    let or_none = |given: Option<Addr>| given.unwrap_or(NONE);
    let lines = vm.bool(buffering == 1);
    let arguments = [
        buffer.addr(),
        or_none(encoding),
        or_none(errors),
        or_none(newline),
        lines.addr(),
    ];
    let stream = vm.call(types::TEXT_IO, &arguments)?;
    vm.decref(lines);
    vm.decref(buffer);
    let namespace = object::get_dict(vm, stream.addr())?;
    let mode = str::new(vm, &text);
    dict::set_name(vm, namespace.addr(), "mode", mode);
    vm.decref(namespace);
    Ok(stream)
}

/// What is no path at all is said before anything else.
fn check_place(vm: &mut Vm, file: Addr) -> PyResult<()> {
    let is_place = str::check(vm, file)
        || crate::python::object::bytes::check(vm, file)
        || vm.slots(file).index.is_some();
    if is_place {
        return Ok(());
    }
    let name = str::intern(vm, "__fspath__");
    let method = vm.get_attr_opt(vm.type_of(file), name.addr())?;
    vm.decref(name);
    match method {
        Some(method) => {
            vm.decref(method);
            Ok(())
        }
        None => {
            let given = vm.type_name(file);
            Err(vm.type_error(format!(
                "expected str, bytes or os.PathLike object, not {given}"
            )))
        }
    }
}

fn make_raw(vm: &mut Vm, file: Addr, parsed: &Mode, args: Args) -> PyResult<Own> {
    let path = match vm.slots(file).index {
        // What stands for a path becomes one, as the stream's name shows.
        None => {
            let posix = vm.import_module("posix")?;
            let fspath = vm.get_attr_name(posix.addr(), "fspath")?;
            let path = vm.call(fspath.addr(), &[file])?;
            vm.decref(fspath);
            vm.decref(posix);
            path
        }
        Some(_) => vm.incref(file),
    };
    let mode = str::new(vm, &parsed.raw);
    let closes = args.opt(vm, 6).unwrap_or(crate::python::object::TRUE);
    let opener = args.opt(vm, 7).unwrap_or(NONE);
    let raw = vm.call(types::FILE_IO, &[path.addr(), mode.addr(), closes, opener])?;
    vm.decref(path);
    vm.decref(mode);
    Ok(raw)
}

/// `open_code(path)`: the file's bytes.
pub fn open_code(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let path = args.get(vm, 0);
    let mode = str::new(vm, "rb");
    let raw = vm.call(types::FILE_IO, &[path, mode.addr()])?;
    vm.decref(mode);
    let buffer = vm.call(types::BUFFERED_READER, &[raw.addr()]);
    vm.decref(raw);
    buffer
}

/// `text_encoding(encoding)`: the encoding, or `'locale'` for `None`.
pub fn text_encoding(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let encoding = args.get(vm, 0);
    Ok(if encoding == NONE {
        str::new(vm, "locale")
    } else {
        vm.incref(encoding)
    })
}
