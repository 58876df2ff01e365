//! Exceptions with fields of their own: `AttributeError.name`, `OSError.errno`, `SyntaxError.lineno` …

use super::offsets::{ARGS, OWN};
use super::set_args;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Member, MemberKind, NONE, Slots, buffer, flags, int, object, str, tuple, types,
};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `StopIteration.value`.
pub const STOP_ITERATION_VALUE: u64 = OWN;
/// Offset of `SystemExit.code`.
pub const SYSTEM_EXIT_CODE: u64 = OWN;
/// Offset of `NameError.name`.
pub const NAME_ERROR_NAME: u64 = OWN;
/// Offset of `ImportError.name_from`; from 3.12 on.
const NAME_FROM: u64 = OWN + 24;
const ATTRIBUTE_OBJ: u64 = OWN;
/// Offset of `AttributeError.name`.
pub(super) const ATTRIBUTE_NAME: u64 = OWN + 8;
/// Offset of `OSError.filename`.
pub(super) const OS_FILENAME: u64 = 80;
/// Offset of `OSError.filename2`.
pub(super) const OS_FILENAME2: u64 = 88;
const IMPORT_NAMES: [(&str, u64); 3] = [("name", 72), ("path", 80), ("name_from", NAME_FROM)];

/// What the version's `ImportError` knows besides its message.
pub(super) fn import_names(vm: &Vm) -> &'static [(&'static str, u64)] {
    match vm.profile.version >= Version::V3_12 {
        true => &IMPORT_NAMES,
        false => &IMPORT_NAMES[..2],
    }
}

/// Offsets of `SyntaxError`'s fields.
pub const SYNTAX_ERROR: SyntaxErrorFields = SyntaxErrorFields {
    msg: 64,
    filename: 72,
    lineno: 80,
    offset: 88,
    text: 96,
    end_lineno: 112,
    end_offset: 120,
};

/// Where `SyntaxError` keeps what it knows.
#[allow(missing_docs)] // CPython's field names
pub struct SyntaxErrorFields {
    pub msg: u64,
    pub filename: u64,
    pub lineno: u64,
    pub offset: u64,
    pub end_lineno: u64,
    pub end_offset: u64,
    pub text: u64,
}

/// Offsets of `UnicodeError`'s fields.
pub const UNICODE_ERROR: UnicodeErrorFields = UnicodeErrorFields {
    encoding: 64,
    object: 72,
    start: 80,
    end: 88,
    reason: 96,
};

/// Where `UnicodeDecodeError` and its siblings keep what they know; `start` and `end` are integers.
#[allow(missing_docs)] // CPython's field names
pub struct UnicodeErrorFields {
    pub encoding: u64,
    pub object: u64,
    pub start: u64,
    pub end: u64,
    pub reason: u64,
}

const fn field(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::ObjectOrNone,
        offset: offset as u32,
        writable: true,
    }
}

const fn number(name: &'static str, offset: u64) -> Member {
    Member {
        name,
        kind: MemberKind::Int64,
        offset: offset as u32,
        writable: true,
    }
}

pub(super) static ATTRIBUTE_MEMBERS: &[Member] =
    &[field("name", ATTRIBUTE_NAME), field("obj", ATTRIBUTE_OBJ)];
pub(super) static IMPORT_MEMBERS: &[Member] = &[
    field("msg", 64),
    field("name", 72),
    field("path", 80),
    field("name_from", NAME_FROM),
];
pub(super) static VALUE_MEMBERS: &[Member] = &[field("value", STOP_ITERATION_VALUE)];
pub(super) static CODE_MEMBERS: &[Member] = &[field("code", SYSTEM_EXIT_CODE)];
pub(super) static NAME_MEMBERS: &[Member] = &[field("name", NAME_ERROR_NAME)];
pub(super) static OS_MEMBERS: &[Member] = &[
    field("errno", 64),
    field("strerror", 72),
    field("filename", 80),
    field("filename2", 88),
];
pub(super) static SYNTAX_MEMBERS: &[Member] = &[
    field("msg", SYNTAX_ERROR.msg),
    field("filename", SYNTAX_ERROR.filename),
    field("lineno", SYNTAX_ERROR.lineno),
    field("offset", SYNTAX_ERROR.offset),
    field("text", SYNTAX_ERROR.text),
    field("end_lineno", SYNTAX_ERROR.end_lineno),
    field("end_offset", SYNTAX_ERROR.end_offset),
    field("print_file_and_line", 104),
];
pub(super) static UNICODE_MEMBERS: &[Member] = &[
    field("encoding", UNICODE_ERROR.encoding),
    field("object", UNICODE_ERROR.object),
    number("start", UNICODE_ERROR.start),
    number("end", UNICODE_ERROR.end),
    field("reason", UNICODE_ERROR.reason),
];

/// Which family an exception's class belongs to.
pub(super) fn family(vm: &Vm, class: Addr) -> Addr {
    // `UnicodeError` itself has no fields.
    const FAMILIES: [Addr; 11] = [
        types::STOP_ITERATION,
        types::ATTRIBUTE_ERROR,
        types::NAME_ERROR,
        types::OS_ERROR,
        types::IMPORT_ERROR,
        types::SYSTEM_EXIT,
        types::SYNTAX_ERROR,
        types::UNICODE_DECODE_ERROR,
        types::UNICODE_ENCODE_ERROR,
        types::UNICODE_TRANSLATE_ERROR,
        types::BASE_EXCEPTION_GROUP,
    ];
    let order = &vm.type_data(class).mro;
    order
        .iter()
        .copied()
        .find(|ancestor| FAMILIES.contains(ancestor))
        .unwrap_or(types::BASE_EXCEPTION)
}

/// The reference fields that an exception's own kind adds.
pub(super) fn own_references(vm: &Vm, this: Addr) -> &'static [u64] {
    let version = vm.profile.version;
    match family(vm, vm.type_of(this)) {
        types::NAME_ERROR | types::ATTRIBUTE_ERROR if version < Version::V3_10 => &[],
        types::STOP_ITERATION | types::NAME_ERROR | types::SYSTEM_EXIT => &[64],
        types::ATTRIBUTE_ERROR | types::BASE_EXCEPTION_GROUP => &[64, 72],
        types::IMPORT_ERROR if version < Version::V3_12 => &[64, 72, 80],
        types::IMPORT_ERROR | types::OS_ERROR => &[64, 72, 80, 88],
        types::SYNTAX_ERROR if version < Version::V3_10 => &[64, 72, 80, 88, 96, 104],
        types::SYNTAX_ERROR => &[64, 72, 80, 88, 112, 120, 96, 104],
        types::UNICODE_DECODE_ERROR
        | types::UNICODE_ENCODE_ERROR
        | types::UNICODE_TRANSLATE_ERROR => &[64, 72, 96],
        _ => &[],
    }
}

/// Whether instances need their own `__init__` to be right.
pub(super) fn needs_init(vm: &Vm, class: Addr) -> bool {
    !matches!(
        family(vm, class),
        types::BASE_EXCEPTION | types::ATTRIBUTE_ERROR | types::NAME_ERROR
    )
}

/// Gives the `AttributeError` that is being raised its `obj` and `name`.
pub fn set_attribute_error_context(vm: &mut Vm, object: Addr, name: Addr) {
    let Some(exception) = vm.raised.take() else {
        return;
    };
    let has_fields = vm.profile.version >= Version::V3_10;
    if has_fields && vm.type_of(exception.addr()) == types::ATTRIBUTE_ERROR {
        let (object, name) = (vm.incref(object), vm.incref(name));
        vm.set_field(exception.addr(), ATTRIBUTE_OBJ, Some(object));
        vm.set_field(exception.addr(), ATTRIBUTE_NAME, Some(name));
    }
    vm.raised = Some(exception);
}

fn set(vm: &mut Vm, this: Addr, offset: u64, value: Addr) {
    let value = value.some().map(|value| vm.incref(value));
    vm.set_field(this, offset, value);
}

/// Sets fields from keyword arguments, and takes away those that are not given; any other keyword is an error in CPython's words.
fn keyword_fields(vm: &mut Vm, this: Addr, args: Args, known: &[(&str, u64)]) -> PyResult<()> {
    for (_, offset) in known {
        vm.set_field(this, *offset, None);
    }
    for (name, value) in args.keywords(vm) {
        let text = str::to_rust(vm, name);
        match known.iter().find(|(known, _)| *known == text) {
            Some((_, offset)) => set(vm, this, *offset, value),
            None => {
                let class = vm.type_name(this);
                return Err(vm.type_error(format!(
                    "{class}() got an unexpected keyword argument '{text}'"
                )));
            }
        }
    }
    Ok(())
}

pub(super) fn attribute_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| {
        if vm.profile.version < Version::V3_10 {
            return super::init(vm, this, args);
        }
        set_args(vm, this, args);
        keyword_fields(
            vm,
            this,
            args,
            &[("name", ATTRIBUTE_NAME), ("obj", ATTRIBUTE_OBJ)],
        )
    });
}

pub(super) fn name_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| {
        if vm.profile.version < Version::V3_10 {
            return super::init(vm, this, args);
        }
        set_args(vm, this, args);
        keyword_fields(vm, this, args, &[("name", NAME_ERROR_NAME)])
    });
}

pub(super) fn import_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| {
        set_args(vm, this, args);
        keyword_fields(vm, this, args, import_names(vm))?;
        let message = match args.len() {
            1 => args.get(vm, 0),
            _ => Addr::NULL,
        };
        set(vm, this, 64, message);
        Ok(())
    });
    slots.str = Some(|vm, this| match vm.field(this, 64).some() {
        Some(message) if vm.is_exact_str(message) => Ok(vm.incref(message)),
        _ => super::to_str(vm, this),
    });
}

pub(super) fn stop_iteration_slots(slots: &mut Slots) {
    slots.init = Some(first_argument);
}

fn first_argument(vm: &mut Vm, this: Addr, args: Args) -> PyResult<()> {
    super::init(vm, this, args)?;
    let value = args.opt(vm, 0).unwrap_or(NONE);
    set(vm, this, OWN, value);
    Ok(())
}

/// `SystemExit.code` is `None`, the argument, or all of them.
pub(super) fn system_exit_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| {
        super::init(vm, this, args)?;
        match args.len() {
            0 => {}
            1 => set(vm, this, SYSTEM_EXIT_CODE, args.get(vm, 0)),
            _ => set(vm, this, SYSTEM_EXIT_CODE, vm.field(this, ARGS)),
        }
        Ok(())
    });
}

pub(super) fn key_error_slots(slots: &mut Slots) {
    // A key is shown by its repr, so that the empty string is seen.
    slots.str = Some(|vm, this| match super::args(vm, this).as_slice() {
        [key] => vm.repr(*key),
        _ => super::to_str(vm, this),
    });
}

/// The subclass of `OSError` for an error number: `OSError(2, …)` is a `FileNotFoundError`.
fn os_error_class(vm: &Vm, errno: Addr) -> Option<Addr> {
    if !vm.has_flag(errno, flags::LONG_SUBCLASS) {
        return None;
    }
    Some(match int::as_i64(vm, errno)? {
        1 | 13 => types::PERMISSION_ERROR,
        2 => types::FILE_NOT_FOUND_ERROR,
        3 => types::PROCESS_LOOKUP_ERROR,
        4 => types::INTERRUPTED_ERROR,
        10 => types::CHILD_PROCESS_ERROR,
        11 | 114 | 115 => types::BLOCKING_IO_ERROR,
        17 => types::FILE_EXISTS_ERROR,
        20 => types::NOT_A_DIRECTORY_ERROR,
        21 => types::IS_A_DIRECTORY_ERROR,
        32 | 108 => types::BROKEN_PIPE_ERROR,
        103 => types::CONNECTION_ABORTED_ERROR,
        104 => types::CONNECTION_RESET_ERROR,
        110 => types::TIMEOUT_ERROR,
        111 => types::CONNECTION_REFUSED_ERROR,
        _ => return None,
    })
}

pub(super) fn os_error_slots(slots: &mut Slots) {
    slots.new = Some(|vm, class, args| {
        let mut class = class;
        if class == types::OS_ERROR
            && (2..=5).contains(&args.len())
            && let Some(specific) = os_error_class(vm, args.get(vm, 0))
        {
            class = specific;
        }
        let this = super::new_slot(vm, class, args)?;
        fill_os_error(vm, this.addr(), args);
        Ok(this)
    });
    slots.init = Some(|_, _, _| Ok(()));
    slots.str = Some(|vm, this| {
        let [errno, strerror, filename, filename2] =
            [64, 72, 80, 88].map(|offset| vm.field(this, offset));
        if !filename.is_null() {
            let (errno, strerror) = (object::or_none(vm, errno), object::or_none(vm, strerror));
            let mut text = format!(
                "[Errno {}] {}: {}",
                str::text_of(vm, errno.addr())?,
                str::text_of(vm, strerror.addr())?,
                vm.repr_text(filename)?
            );
            if !filename2.is_null() {
                text.push_str(&format!(" -> {}", vm.repr_text(filename2)?));
            }
            vm.decref(errno);
            vm.decref(strerror);
            return Ok(str::new(vm, &text));
        }
        if !errno.is_null() && !strerror.is_null() {
            let text = format!(
                "[Errno {}] {}",
                str::text_of(vm, errno)?,
                str::text_of(vm, strerror)?
            );
            return Ok(str::new(vm, &text));
        }
        super::to_str(vm, this)
    });
}

fn fill_os_error(vm: &mut Vm, this: Addr, args: Args) {
    if !(2..=5).contains(&args.len()) {
        return;
    }
    set(vm, this, 64, args.get(vm, 0));
    set(vm, this, 72, args.get(vm, 1));
    if let Some(filename) = args.opt(vm, 2).filter(|filename| *filename != NONE) {
        set(vm, this, 80, filename);
        if let Some(filename2) = args.opt(vm, 4) {
            set(vm, this, 88, filename2);
        }
        // The file's name is not one of `args`, for the sake of old code that unpacks two.
        let two = [args.get(vm, 0), args.get(vm, 1)];
        let two = tuple::new(vm, &two);
        vm.set_field(this, ARGS, Some(two));
    }
}

pub(super) fn syntax_error_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| {
        super::init(vm, this, args)?;
        if let Some(message) = args.opt(vm, 0) {
            set(vm, this, SYNTAX_ERROR.msg, message);
        }
        let Some(details) = args.opt(vm, 1).filter(|_| args.len() == 2) else {
            return Ok(());
        };
        let items = vm.collect(details)?;
        let offsets = [
            SYNTAX_ERROR.filename,
            SYNTAX_ERROR.lineno,
            SYNTAX_ERROR.offset,
            SYNTAX_ERROR.text,
            SYNTAX_ERROR.end_lineno,
            SYNTAX_ERROR.end_offset,
        ];
        if vm.profile.version < Version::V3_10 && items.len() != 4 {
            return Err(vm.index_error("tuple index out of range"));
        }
        if items.len() != 4 && items.len() != 6 {
            let text = if items.len() < 4 {
                "at least 4"
            } else {
                "at most 6"
            };
            return Err(vm.type_error(format!(
                "function takes {text} arguments ({} given)",
                items.len()
            )));
        }
        for (item, offset) in items.into_iter().zip(offsets) {
            vm.set_field(this, offset, Some(item));
        }
        Ok(())
    });
    slots.str = Some(|vm, this| {
        let message = object::or_none(vm, vm.field(this, SYNTAX_ERROR.msg));
        let text = str::text_of(vm, message.addr())?;
        vm.decref(message);
        let filename = vm
            .field(this, SYNTAX_ERROR.filename)
            .some()
            .filter(|name| vm.is_exact_str(*name));
        let line = vm.field(this, SYNTAX_ERROR.lineno).some().and_then(|line| {
            vm.has_flag(line, flags::LONG_SUBCLASS)
                .then(|| int::as_i64(vm, line))
                .flatten()
        });
        let filename = filename
            .map(|name| str::to_rust(vm, name))
            .map(|name| name.rsplit('/').next().unwrap_or_default().to_string());
        let text = match (filename, line) {
            (Some(name), Some(line)) => format!("{text} ({name}, line {line})"),
            (Some(name), None) => format!("{text} ({name})"),
            (None, Some(line)) => format!("{text} (line {line})"),
            (None, None) => text,
        };
        Ok(str::new(vm, &text))
    });
}

pub(super) fn unicode_decode_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| unicode_init(vm, this, args, true));
    slots.str = Some(|vm, this| unicode_str(vm, this, "decode"));
}

pub(super) fn unicode_encode_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| unicode_init(vm, this, args, true));
    slots.str = Some(|vm, this| unicode_str(vm, this, "encode"));
}

pub(super) fn unicode_translate_slots(slots: &mut Slots) {
    slots.init = Some(|vm, this, args| unicode_init(vm, this, args, false));
    slots.str = Some(|vm, this| unicode_str(vm, this, "translate"));
}

fn unicode_init(vm: &mut Vm, this: Addr, args: Args, has_encoding: bool) -> PyResult<()> {
    super::init(vm, this, args)?;
    let expected = if has_encoding { 5 } else { 4 };
    if args.len() != expected {
        return Err(vm.type_error(format!(
            "function takes exactly {expected} arguments ({} given)",
            args.len()
        )));
    }
    let shift = usize::from(has_encoding);
    if has_encoding {
        set(vm, this, UNICODE_ERROR.encoding, args.get(vm, 0));
    }
    let object = args.get(vm, shift);
    match vm.type_check(this, types::UNICODE_DECODE_ERROR) {
        // What cannot be decoded may be any buffer; its bytes are kept.
        true => {
            let content = buffer::to_bytes(vm, object)?;
            vm.set_field(this, UNICODE_ERROR.object, Some(content));
        }
        false => set(vm, this, UNICODE_ERROR.object, object),
    }
    let start = vm.index_value(args.get(vm, shift + 1), types::OVERFLOW_ERROR)?;
    let end = vm.index_value(args.get(vm, shift + 2), types::OVERFLOW_ERROR)?;
    vm.set_word(this, UNICODE_ERROR.start, start as u64);
    vm.set_word(this, UNICODE_ERROR.end, end as u64);
    set(vm, this, UNICODE_ERROR.reason, args.get(vm, shift + 3));
    Ok(())
}

/// `'utf-8' codec can't decode byte 0xff in position 0: invalid start byte`
fn unicode_str(vm: &mut Vm, this: Addr, verb: &str) -> PyResult<Own> {
    let object = vm.field(this, UNICODE_ERROR.object);
    if object.is_null() {
        return Ok(str::new(vm, ""));
    }
    let (start, end) = (
        vm.word(this, UNICODE_ERROR.start) as i64,
        vm.word(this, UNICODE_ERROR.end) as i64,
    );
    let reason = str::text_of(vm, vm.field(this, UNICODE_ERROR.reason))?;
    let codec = match vm.field(this, UNICODE_ERROR.encoding).some() {
        Some(encoding) => format!("'{}' codec ", str::text_of(vm, encoding)?),
        None => String::new(),
    };
    let one = if end == start + 1 && start >= 0 {
        unit_at(vm, object, start as usize)
    } else {
        None
    };
    let what = match (one, verb) {
        (Some(byte), "decode") => format!("byte 0x{byte:02x} in position {start}"),
        (Some(point), _) => {
            let escaped = match point {
                0..=0xFF => format!("\\x{point:02x}"),
                0x100..=0xFFFF => format!("\\u{point:04x}"),
                _ => format!("\\U{point:08x}"),
            };
            format!("character '{escaped}' in position {start}")
        }
        (None, "decode") => format!("bytes in position {start}-{}", end - 1),
        (None, _) => format!("characters in position {start}-{}", end - 1),
    };
    Ok(str::new(
        vm,
        &format!("{codec}can't {verb} {what}: {reason}"),
    ))
}

fn unit_at(vm: &Vm, object: Addr, index: usize) -> Option<u32> {
    if vm.has_flag(object, flags::UNICODE_SUBCLASS) {
        return match str::view(vm, object) {
            str::View::Latin1(units) => units.get(index).map(|unit| u32::from(*unit)),
            str::View::Ucs2(units) => units.get(index).map(|unit| u32::from(*unit)),
            str::View::Ucs4(units) => units.get(index).copied(),
        };
    }
    if vm.has_flag(object, flags::BYTES_SUBCLASS) {
        return crate::python::object::bytes::as_slice(vm, object)
            .get(index)
            .map(|byte| u32::from(*byte));
    }
    None
}
