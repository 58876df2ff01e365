//! `re.Pattern`: a compiled regular expression. CPython: `PatternObject`.
//!
//! ```text
//! 16  ob_size        code words
//! 24  groups         how many groups there are
//! 32  groupindex     dict: name → number
//! 40  indexgroup     tuple: number → name or None
//! 48  pattern        what was compiled
//! 56  flags          i32
//! 64  weakreflist
//! 72  isbytes        i32: 1 for bytes, 0 for str, -1 where `pattern` is None
//! 80  codesize
//! 88  code           u32 each
//! ```

use super::opcode::MAXGROUPS;
use super::subject::Subject;
use super::{match_object, methods};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::dict;
use crate::python::object::text::Text;
use crate::python::object::{
    CompareOp, GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, class_getitem,
    flags, index, int, iterator, list, str, types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

const GROUPS: u64 = 24;
const GROUPINDEX: u64 = 32;
const INDEXGROUP: u64 = 40;
const PATTERN: u64 = 48;
const FLAGS: u64 = 56;
const WEAKREFS: u64 = 64;
const ISBYTES: u64 = 72;
const CODESIZE: u64 = 80;
const CODE: u64 = 88;

const FIELDS: &[u64] = &[GROUPINDEX, INDEXGROUP, PATTERN];

/// The signature of the methods that look at a range of the text.
const RANGE: &str = "(string, pos=0, endpos=sys.maxsize)";

/// `re.Pattern`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 96,
    itemsize: 4,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION | flags::IMMUTABLETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, pattern| {
            if vm.word(pattern, WEAKREFS) != 0 {
                weakref::clear_refs(vm, pattern);
            }
            iterator::dealloc_fields(vm, pattern, FIELDS);
        });
        slots.traverse =
            Some(|vm, pattern, visit| iterator::visit_fields(vm, pattern, FIELDS, visit));
        slots.clear = Some(|vm, pattern| iterator::clear_fields(vm, pattern, FIELDS));
        slots.repr = Some(repr);
        slots.hash = Some(hash);
        slots.richcompare = Some(richcompare);
    },
    methods: &[
        Method::new("match", RANGE, methods::match_),
        Method::new("fullmatch", RANGE, methods::fullmatch),
        Method::new("search", RANGE, methods::search),
        Method::new("sub", "(repl, string, count=0)", methods::sub),
        Method::new("subn", "(repl, string, count=0)", methods::subn),
        Method::new("findall", RANGE, methods::findall),
        Method::new("split", "(string, maxsplit=0)", methods::split),
        Method::new("finditer", RANGE, methods::finditer),
        Method::new("scanner", RANGE, methods::scanner),
        Method::new("__copy__", "()", match_object::itself),
        Method::new("__deepcopy__", "(memo, /)", match_object::itself),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    getset: &[GetSet::read("groupindex", |vm, pattern| {
        // A view, so that nobody changes the names.
        let names = match groupindex(vm, pattern) {
            Some(names) => vm.incref(names),
            None => crate::python::object::dict::new(vm),
        };
        let view = crate::python::object::mappingproxy::new(vm, names.addr())?;
        vm.decref(names);
        Ok(view)
    })],
    members: &[
        Member {
            name: "pattern",
            kind: MemberKind::ObjectOrNone,
            offset: PATTERN as u32,
            writable: false,
        },
        Member {
            name: "flags",
            kind: MemberKind::Int32,
            offset: FLAGS as u32,
            writable: false,
        },
        Member {
            name: "groups",
            kind: MemberKind::Int64,
            offset: GROUPS as u32,
            writable: false,
        },
    ],
    doc: Some("Compiled regular expression object."),
    ..TypeSpec::new(types::SRE_PATTERN, "re.Pattern")
};

/// `_sre.compile(pattern, flags, code, groups, groupindex, indexgroup)`
pub fn compile(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let flags = super::super::int_argument(vm, args.get(vm, 1))?;
    let [source, code, groupindex, indexgroup] = [0, 2, 4, 5].map(|i| args.get(vm, i));
    check_class(vm, code, types::LIST, "'code'")?;
    let groups = index::ssize(vm, args.get(vm, 3))?;
    check_class(vm, groupindex, types::DICT, "'groupindex'")?;
    check_class(vm, indexgroup, types::TUPLE, "'indexgroup'")?;
    let words = code_words(vm, code)?;
    if !(0..=MAXGROUPS as isize).contains(&groups) {
        return Err(vm.runtime_error("invalid SRE code"));
    }
    let is_bytes = if source == NONE {
        -1
    } else if str::check(vm, source) {
        0
    } else {
        // Also tells what cannot be a pattern.
        i32::from(super::subject::of(vm, source, (0, isize::MAX))?.is_bytes)
    };
    let pattern = alloc::alloc(vm, types::SRE_PATTERN, words.len())?;
    let this = pattern.addr();
    vm.heap
        .space
        .units_mut::<u32>(this.at(CODE), words.len())
        .copy_from_slice(&words);
    vm.set_word(this, CODESIZE, words.len() as u64);
    vm.set_word(this, GROUPS, groups as u64);
    vm.heap.space.set_half(this.at(FLAGS), flags as u32);
    vm.heap.space.set_half(this.at(ISBYTES), is_bytes as u32);
    // A pattern without named groups holds no tables of them.
    let has_names = dict::len(vm, groupindex) > 0;
    let names = [(GROUPINDEX, groupindex), (INDEXGROUP, indexgroup)];
    let names = names.into_iter().filter(|_| has_names);
    for (offset, value) in [(PATTERN, source)].into_iter().chain(names) {
        let value = vm.incref(value);
        vm.init_field(this, offset, value);
    }
    gc::track_if_known(vm, this);
    Ok(pattern)
}

fn check_class(vm: &mut Vm, object: Addr, class: Addr, argument: &str) -> PyResult<()> {
    if vm.type_check(object, class) {
        return Ok(());
    }
    let wanted = vm.type_data(class).name.to_string();
    let got = vm.type_name(object);
    Err(vm.type_error(format!(
        "compile() argument {argument} must be {wanted}, not {got}"
    )))
}

fn code_words(vm: &mut Vm, code: Addr) -> PyResult<Vec<u32>> {
    let mut words = Vec::with_capacity(list::len(vm, code));
    for item in list::items(vm, code) {
        let word = if int::check(vm, item) {
            int::as_u64(vm, item)
        } else {
            None
        };
        match word.map(u32::try_from) {
            Some(Ok(word)) => words.push(word),
            Some(Err(_)) => {
                return Err(vm.overflow_error("regular expression code size limit exceeded"));
            }
            None => return Err(vm.type_error("an integer is required")),
        }
    }
    Ok(words)
}

/// The code words.
pub fn code(vm: &Vm, pattern: Addr) -> &[u32] {
    let len = vm.word(pattern, CODESIZE) as usize;
    vm.heap.space.units::<u32>(pattern.at(CODE), len)
}

/// The number of groups.
pub fn groups(vm: &Vm, pattern: Addr) -> usize {
    vm.word(pattern, GROUPS) as usize
}

/// Names of groups with their numbers, borrowed; `None` where no group has a name.
pub fn groupindex(vm: &Vm, pattern: Addr) -> Option<Addr> {
    vm.field(pattern, GROUPINDEX).some()
}

/// Numbers of groups with their names, borrowed; `None` where no group has a name.
pub fn indexgroup(vm: &Vm, pattern: Addr) -> Option<Addr> {
    vm.field(pattern, INDEXGROUP).some()
}

fn is_bytes(vm: &Vm, pattern: Addr) -> i32 {
    vm.heap.space.half(pattern.at(ISBYTES)) as i32
}

/// Text goes with text, bytes with bytes.
pub fn check_kind(vm: &mut Vm, pattern: Addr, subject: &Subject) -> PyResult<()> {
    match (is_bytes(vm, pattern), subject.is_bytes) {
        (0, true) => Err(vm.type_error("cannot use a string pattern on a bytes-like object")),
        (1, false) => Err(vm.type_error("cannot use a bytes pattern on a string-like object")),
        _ => Ok(()),
    }
}

/// `re.compile('a+', re.IGNORECASE)`
fn repr(vm: &mut Vm, pattern: Addr) -> PyResult<Own> {
    const NAMES: [(u32, &str); 8] = [
        (2, "re.IGNORECASE"),
        (4, "re.LOCALE"),
        (8, "re.MULTILINE"),
        (16, "re.DOTALL"),
        (32, "re.UNICODE"),
        (64, "re.VERBOSE"),
        (128, "re.DEBUG"),
        (256, "re.ASCII"),
    ];
    const TEXT_MAX: usize = 200;
    let source = vm.field(pattern, PATTERN);
    let shown = vm.repr(source)?;
    let mut text = Text::new();
    text.push_str("re.compile(");
    text.push_view(str::view(vm, shown.addr()).slice(0, TEXT_MAX));
    vm.decref(shown);
    let mut rest = vm.heap.space.half(pattern.at(FLAGS));
    let mut names = Vec::new();
    // Text is Unicode unless it says otherwise: that is not told.
    let plain = rest & (4 | 32 | 256) == 32;
    if is_bytes(vm, pattern) == 0 && plain {
        rest &= !32;
    }
    for (bit, name) in NAMES {
        if rest & bit != 0 {
            rest &= !bit;
            names.push(name.to_owned());
        }
    }
    if rest != 0 {
        names.push(format!("{rest:#x}"));
    }
    if !names.is_empty() {
        text.push_str(", ");
        text.push_str(&names.join("|"));
    }
    text.push_str(")");
    text.finish(vm)
}

/// Patterns are equal when flags, code and what they were made from are.
fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) || vm.type_of(right) != types::SRE_PATTERN {
        return Ok(vm.not_implemented());
    }
    let half = |vm: &Vm, pattern: Addr, at: u64| vm.heap.space.half(pattern.at(at));
    let equal = left == right
        || half(vm, left, FLAGS) == half(vm, right, FLAGS)
            && half(vm, left, ISBYTES) == half(vm, right, ISBYTES)
            && code(vm, left) == code(vm, right)
            && {
                let (left, right) = (vm.field(left, PATTERN), vm.field(right, PATTERN));
                vm.rich_compare_bool(left, right, CompareOp::Eq)?
            };
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}

fn hash(vm: &mut Vm, pattern: Addr) -> PyResult<i64> {
    let source = vm.field(pattern, PATTERN);
    let mut hash = vm.hash(source)?;
    let words: Vec<u8> = code(vm, pattern)
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect();
    hash ^= str::hash_bytes(vm.profile.hash, &words);
    hash ^= i64::from(vm.heap.space.half(pattern.at(FLAGS)) as i32);
    hash ^= i64::from(is_bytes(vm, pattern));
    hash ^= groups(vm, pattern) as i64;
    Ok(if hash == -1 { -2 } else { hash })
}
