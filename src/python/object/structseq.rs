//! Struct sequences: the named tuples that C code makes, `sys.version_info`, `time.struct_time`. CPython:
//! `PyStructSequence`, Objects/structseq.c.
//!
//! The first fields are the tuple's items; further ones follow them in memory and are seen by name only.

use super::{
    Member, MemberKind, Method, NONE, OB_SIZE, Slots, TypeSpec, alloc, dict, flags, int, str,
    text::{self, Text},
    tuple, types,
};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::typedata::TP_DICT;
use crate::python::vm::{Args, PyResult, Vm};

/// One type of struct sequence.
pub struct StructSeq {
    /// The type.
    pub ty: Addr,
    /// The names of all fields.
    pub fields: &'static [&'static str],
    /// So many of them are items.
    pub visible: usize,
}

macro_rules! struct_sequences {
    ($($spec:ident $ty:ident $name:literal $visible:literal $flags:expr; $doc:literal [$($field:literal)*])*) => {
        /// Every struct sequence.
        pub static ALL: &[StructSeq] = &[$(StructSeq {
            ty: types::$ty,
            fields: &[$($field),*],
            visible: $visible,
        },)*];

        $(
            #[doc = concat!("`", $name, "`")]
            pub static $spec: TypeSpec = TypeSpec {
                base: types::TUPLE,
                basicsize: 24 + 8 * ([$($field),*].len() as u32 - $visible),
                itemsize: 8,
                flags: flags::HAVE_GC | $flags,
                slots,
                methods: METHODS,
                members: {
                    const MEMBERS: [Member; [$($field),*].len()] = members([$($field),*]);
                    &MEMBERS
                },
                doc: Some($doc),
                ..TypeSpec::new(types::$ty, $name)
            };
        )*
    };
}

const METHODS: &[Method] = &[
    Method::new("__reduce__", "()", reduce),
    Method::new("__replace__", "(**changes)", replace),
];

const fn members<const N: usize>(names: [&'static str; N]) -> [Member; N] {
    let mut members = [const {
        Member {
            name: "",
            kind: MemberKind::ObjectOrNone,
            offset: 0,
            writable: false,
        }
    }; N];
    let mut i = 0;
    while i < N {
        members[i].name = names[i];
        members[i].offset = tuple::ITEMS as u32 + 8 * i as u32;
        i += 1;
    }
    members
}

struct_sequences! {
    FLAGS STRUCT_SEQUENCE_FLAGS "sys.flags" 18 flags::DISALLOW_INSTANTIATION;
    "sys.flags\n\nFlags provided through command line arguments or environment vars."
    ["debug" "inspect" "interactive" "optimize" "dont_write_bytecode" "no_user_site" "no_site"
     "ignore_environment" "verbose" "bytes_warning" "quiet" "hash_randomization" "isolated" "dev_mode"
     "utf8_mode" "warn_default_encoding" "safe_path" "int_max_str_digits" "gil"]

    VERSION_INFO STRUCT_SEQUENCE_VERSION_INFO "sys.version_info" 5 flags::DISALLOW_INSTANTIATION;
    "sys.version_info\n\nVersion information as a named tuple."
    ["major" "minor" "micro" "releaselevel" "serial"]

    FLOAT_INFO STRUCT_SEQUENCE_FLOAT_INFO "sys.float_info" 11 0;
    "sys.float_info\n\nA named tuple holding information about the float type. It contains low level\n\
     information about the precision and internal representation. Please study\n\
     your system's :file:`float.h` for more information."
    ["max" "max_exp" "max_10_exp" "min" "min_exp" "min_10_exp" "dig" "mant_dig" "epsilon" "radix" "rounds"]

    INT_INFO STRUCT_SEQUENCE_INT_INFO "sys.int_info" 4 0;
    "sys.int_info\n\nA named tuple that holds information about Python's\n\
     internal representation of integers.  The attributes are read only."
    ["bits_per_digit" "sizeof_digit" "default_max_str_digits" "str_digits_check_threshold"]

    HASH_INFO STRUCT_SEQUENCE_HASH_INFO "sys.hash_info" 9 0;
    "hash_info\n\nA named tuple providing parameters used for computing\nhashes. The attributes are read only."
    ["width" "modulus" "inf" "nan" "imag" "algorithm" "hash_bits" "seed_bits" "cutoff"]

    ASYNCGEN_HOOKS STRUCT_SEQUENCE_ASYNCGEN_HOOKS "asyncgen_hooks" 2 flags::DISALLOW_INSTANTIATION;
    "asyncgen_hooks\n\nNamed tuple holding information about asynchronous generators hooks.\n\
     The attributes are read only."
    ["firstiter" "finalizer"]

    THREAD_INFO STRUCT_SEQUENCE_THREAD_INFO "sys.thread_info" 3 0;
    "sys.thread_info\n\nA named tuple holding information about the thread implementation."
    ["name" "lock" "version"]

    STRUCT_TIME STRUCT_SEQUENCE_STRUCT_TIME "time.struct_time" 9 0;
    "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), \
     mktime() and strftime().  May be considered as a\n sequence of 9 integers.\n\n Note that several \
     fields' values are not the same as those defined by\n the C language standard for struct tm.  For \
     example, the value of the\n field tm_year is the actual year, not year - 1900.  See individual\n \
     fields' descriptions for details."
    ["tm_year" "tm_mon" "tm_mday" "tm_hour" "tm_min" "tm_sec" "tm_wday" "tm_yday" "tm_isdst" "tm_zone"
     "tm_gmtoff"]

    UNRAISABLE STRUCT_SEQUENCE_UNRAISABLE "UnraisableHookArgs" 5 0;
    "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook."
    ["exc_type" "exc_value" "exc_traceback" "err_msg" "object"]

    STAT_RESULT STAT_RESULT "os.stat_result" 10 0;
    "stat_result: Result from stat, fstat, or lstat.\n\nThis object may be accessed either as a tuple of\n\
     \x20 (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\nor via the attributes st_mode, st_ino, \
     st_dev, st_nlink, st_uid, and so on.\n\nPosix/windows: If your platform supports st_blksize, st_blocks, \
     st_rdev,\nor st_flags, they are available as attributes only.\n\nSee os.stat for more information."
    ["st_mode" "st_ino" "st_dev" "st_nlink" "st_uid" "st_gid" "st_size" "" "" "" "st_atime" "st_mtime"
     "st_ctime" "st_atime_ns" "st_mtime_ns" "st_ctime_ns" "st_blksize" "st_blocks" "st_rdev"]

    TERMINAL_SIZE TERMINAL_SIZE "os.terminal_size" 2 0;
    "A tuple of (columns, lines) for holding terminal window size"
    ["columns" "lines"]

    UNAME_RESULT UNAME_RESULT "posix.uname_result" 5 0;
    "uname_result: Result from os.uname().\n\nThis object may be accessed either as a tuple of\n\
     \x20 (sysname, nodename, release, version, machine),\nor via the attributes sysname, nodename, release, \
     version, and machine.\n\nSee os.uname for more information."
    ["sysname" "nodename" "release" "version" "machine"]

    TIMES_RESULT TIMES_RESULT "posix.times_result" 5 0;
    "times_result: Result from os.times().\n\nThis object may be accessed either as a tuple of\n\
     \x20 (user, system, children_user, children_system, elapsed),\nor via the attributes user, system, \
     children_user, children_system,\nand elapsed.\n\nSee os.times for more information."
    ["user" "system" "children_user" "children_system" "elapsed"]

    RUSAGE RUSAGE "resource.struct_rusage" 16 0;
    "struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple of\n\
     \x20   (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    nswap,inblock,oublock,msgsnd,msgrcv,nsignals,\
     nvcsw,nivcsw)\nor via the attributes ru_utime, ru_stime, ru_maxrss, and so on."
    ["ru_utime" "ru_stime" "ru_maxrss" "ru_ixrss" "ru_idrss" "ru_isrss" "ru_minflt" "ru_majflt" "ru_nswap"
     "ru_inblock" "ru_oublock" "ru_msgsnd" "ru_msgrcv" "ru_nsignals" "ru_nvcsw" "ru_nivcsw"]
}

/// The description behind a type, also for a subclass.
fn description(vm: &Vm, ty: Addr) -> Option<&'static StructSeq> {
    let exact = ALL.iter().find(|seq| seq.ty == ty);
    exact.or_else(|| ALL.iter().find(|seq| vm.is_subtype(ty, seq.ty)))
}

/// Gives the types the attributes that describe them; run once when they are made ready.
pub fn add_class_attributes(vm: &mut Vm) {
    for seq in ALL {
        let namespace = vm.field(seq.ty, TP_DICT);
        let counts = [
            ("n_sequence_fields", seq.visible),
            ("n_fields", seq.fields.len()),
            (
                "n_unnamed_fields",
                seq.fields.iter().filter(|name| name.is_empty()).count(),
            ),
        ];
        for (name, count) in counts {
            let count = int::new(vm, count as i64);
            dict::set_name(vm, namespace, name, count);
        }
        let names = seq.fields[..seq.visible].iter();
        let names = names.filter(|name| !name.is_empty());
        let names: Vec<Own> = names.map(|name| str::intern(vm, name)).collect();
        let names = tuple::from_owned(vm, names);
        dict::set_name(vm, namespace, "__match_args__", names);
    }
}

/// A new struct sequence of a type in [`ALL`], taking over the values of all its fields. The collector does
/// not know it: `PyStructSequence_New`.
pub fn new(vm: &mut Vm, ty: Addr, values: Vec<Own>) -> PyResult<Own> {
    let Some(seq) = description(vm, ty) else {
        return Err(vm.system_error("not a struct sequence"));
    };
    let basicsize = vm.type_data(ty).basicsize as usize;
    let object = alloc::alloc_sized(vm, ty, basicsize + 8 * seq.fields.len())?;
    vm.set_word(object.addr(), OB_SIZE, seq.visible as u64);
    for (i, value) in values.into_iter().enumerate().take(seq.fields.len()) {
        vm.init_field(object.addr(), tuple::ITEMS + 8 * i as u64, value);
    }
    Ok(object)
}

/// The number of all fields.
fn field_count(vm: &Vm, object: Addr) -> usize {
    description(vm, vm.type_of(object)).map_or(0, |seq| seq.fields.len())
}

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.repr = Some(repr);
    slots.new = Some(new_slot);
}

fn dealloc(vm: &mut Vm, object: Addr) {
    gc::untrack(vm, object);
    for i in 0..field_count(vm, object) as u64 {
        let word = vm.word(object, tuple::ITEMS + 8 * i);
        vm.decref_word(word);
    }
    alloc::free(vm, object);
}

fn traverse(vm: &Vm, object: Addr, visit: &mut dyn FnMut(Addr)) {
    for i in 0..field_count(vm, object) {
        if let Some(value) = tuple::item(vm, object, i).some() {
            visit(value);
        }
    }
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let ty = vm.type_of(object);
    let seq = description(vm, ty);
    let mut text = Text::new();
    text.push_str(&vm.type_data(ty).full_name.clone());
    text.push_str("(");
    for i in 0..tuple::len(vm, object) {
        if i > 0 {
            text.push_str(", ");
        }
        // An item without a name shows that of the field that stands for it by name.
        let named =
            |seq: &'static StructSeq| seq.fields.iter().filter(|name| !name.is_empty()).nth(i);
        text.push_str(seq.and_then(named).unwrap_or(&""));
        text.push_str("=");
        text::push_repr(vm, &mut text, tuple::item(vm, object, i))?;
    }
    text.push_str(")");
    text.finish(vm)
}

/// `struct_time(sequence, dict={})`
fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let name = vm.type_data(class).name.clone();
    let [sequence, extra] = args.bind::<2>(vm, &name, "(sequence, dict={})")?;
    let Some(seq) = description(vm, class) else {
        return Err(vm.system_error("not a struct sequence"));
    };
    let items = match vm.get_iter(sequence) {
        Ok(iterator) => {
            let items = vm.collect(iterator.addr())?;
            vm.decref(iterator);
            items
        }
        Err(_) if vm.raised_is(types::TYPE_ERROR) => {
            return Err(vm.type_error("constructor requires a sequence"));
        }
        Err(raised) => return Err(raised),
    };
    let (given, min, max) = (items.len(), seq.visible, seq.fields.len());
    if given < min || given > max {
        let full_name = vm.type_data(class).full_name.clone();
        let bound = match (given < min, min == max) {
            (_, true) => format!("a {min}"),
            (true, _) => format!("an at least {min}"),
            (false, _) => format!("an at most {max}"),
        };
        return Err(vm.type_error(format!(
            "{full_name}() takes {bound}-sequence ({given}-sequence given)"
        )));
    }
    let values = with_extra(vm, seq, items, extra)?;
    let object = new(vm, class, values)?;
    gc::track(vm, object.addr());
    Ok(object)
}

/// Fields that the sequence did not give come from the dict, or are `None`.
fn with_extra(
    vm: &mut Vm,
    seq: &StructSeq,
    mut values: Vec<Own>,
    extra: Addr,
) -> PyResult<Vec<Own>> {
    if !extra.is_null() && !vm.has_flag(extra, flags::DICT_SUBCLASS) {
        let class = vm.type_data(seq.ty).full_name.clone();
        return Err(vm.type_error(format!("{class}() takes a dict as second arg, if any")));
    }
    for field in &seq.fields[values.len()..] {
        let value = match extra.some() {
            None => None,
            Some(extra) => {
                let name = str::intern(vm, field);
                let value = dict::get(vm, extra, name.addr())?;
                vm.decref(name);
                value
            }
        };
        values.push(vm.incref(value.unwrap_or(NONE)));
    }
    Ok(values)
}

/// `(class, ((items), {further fields}))`
fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    let visible = tuple::len(vm, object);
    let items = tuple::copy_items(vm, object.at(tuple::ITEMS), visible)?;
    let further = dict::new(vm);
    if let Some(seq) = description(vm, vm.type_of(object)) {
        for (i, name) in seq.fields.iter().enumerate().skip(visible) {
            let value = vm.incref(tuple::item(vm, object, i));
            dict::set_name(vm, further.addr(), name, value);
        }
    }
    let arguments = tuple::from_owned(vm, vec![items, further]);
    let class = vm.incref(vm.type_of(object));
    Ok(tuple::from_owned(vm, vec![class, arguments]))
}

fn replace(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    if !args.is_empty() {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    }
    let ty = vm.type_of(object);
    let Some(seq) = description(vm, ty) else {
        return Err(vm.system_error("not a struct sequence"));
    };
    let mut values: Vec<Addr> = (0..seq.fields.len())
        .map(|i| tuple::item(vm, object, i))
        .collect();
    let mut unexpected = Vec::new();
    for (name, value) in args.keywords(vm) {
        let text = str::to_rust(vm, name);
        match seq.fields.iter().position(|field| **field == text) {
            Some(i) => values[i] = value,
            None => unexpected.push(vm.repr_text(name)?),
        }
    }
    if !unexpected.is_empty() {
        let names = unexpected.join(", ");
        return Err(vm.type_error(format!("Got unexpected field name(s): [{names}]")));
    }
    let values = values
        .into_iter()
        .map(|value| vm.incref(value.some().unwrap_or(NONE)))
        .collect();
    let result = new(vm, ty, values)?;
    Ok(result)
}
