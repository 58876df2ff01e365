//! `re.Match`: where a pattern matched. CPython: `MatchObject`.
//!
//! ```text
//! 16  ob_size     2 * groups
//! 24  string      what was searched
//! 32  regs        tuple of all spans, made when it is asked for
//! 40  pattern
//! 48  pos
//! 56  endpos
//! 64  lastindex   -1 where no group took part
//! 72  groups      with the whole match: one more than the pattern has
//! 80  mark        start and end of each, -1 for none
//! ```

use super::search::Search;
use super::{pattern, subject, template};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Member, MemberKind, Method, NONE, Slots, TypeSpec, alloc, class_getitem, dict, flags,
    index, int, iterator, str, tuple, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const STRING: u64 = 24;
const REGS: u64 = 32;
const PATTERN: u64 = 40;
const POS: u64 = 48;
const ENDPOS: u64 = 56;
const LASTINDEX: u64 = 64;
const GROUPS: u64 = 72;
const MARK: u64 = 80;

const FIELDS: &[u64] = &[STRING, REGS, PATTERN];

/// `re.Match`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 88,
    itemsize: 8,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION | flags::IMMUTABLETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, found| iterator::dealloc_fields(vm, found, FIELDS));
        slots.traverse = Some(|vm, found, visit| iterator::visit_fields(vm, found, FIELDS, visit));
        slots.clear = Some(|vm, found| iterator::clear_fields(vm, found, FIELDS));
        slots.repr = Some(repr);
        slots.mp_subscript = Some(|vm, found, key| {
            let group = group_number(vm, found, key)?;
            group_text(vm, found, group, NONE)
        });
    },
    methods: &[
        Method::new("group", "(*args)", group),
        Method::new("start", "(group=0, /)", |vm, found, args| {
            let (start, _) = span_argument(vm, found, args)?;
            Ok(int::new(vm, start))
        }),
        Method::new("end", "(group=0, /)", |vm, found, args| {
            let (_, end) = span_argument(vm, found, args)?;
            Ok(int::new(vm, end))
        }),
        Method::new("span", "(group=0, /)", |vm, found, args| {
            let span = span_argument(vm, found, args)?;
            Ok(span_tuple(vm, span))
        }),
        Method::new("groups", "(default=None)", groups),
        Method::new("groupdict", "(default=None)", groupdict),
        Method::new("expand", "(template)", expand),
        Method::new("__copy__", "()", itself),
        Method::new("__deepcopy__", "(memo, /)", itself),
        Method::class("__class_getitem__", "(object, /)", class_getitem::call),
    ],
    getset: &[
        GetSet::read("lastindex", |vm, found| {
            match vm.word(found, LASTINDEX) as i64 {
                last if last >= 0 => Ok(int::new(vm, last)),
                _ => Ok(vm.none()),
            }
        }),
        GetSet::read("lastgroup", lastgroup),
        GetSet::read("regs", regs),
    ],
    members: &[
        member("string", STRING, MemberKind::ObjectOrNone),
        member("re", PATTERN, MemberKind::ObjectOrNone),
        member("pos", POS, MemberKind::Int64),
        member("endpos", ENDPOS, MemberKind::Int64),
    ],
    doc: Some(
        "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    ),
    ..TypeSpec::new(types::SRE_MATCH, "re.Match")
};

const fn member(name: &'static str, offset: u64, kind: MemberKind) -> Member {
    Member {
        name,
        kind,
        offset: offset as u32,
        writable: false,
    }
}

/// The object itself: what neither `copy` nor `deepcopy` needs to copy.
pub fn itself(vm: &mut Vm, this: Addr, _args: Args) -> PyResult<Own> {
    Ok(vm.incref(this))
}

/// A match, or `None`.
pub fn new_or_none(vm: &mut Vm, search: &Search, found: bool) -> PyResult<Own> {
    if found {
        new(vm, search)
    } else {
        Ok(vm.none())
    }
}

/// What a search found.
pub fn new(vm: &mut Vm, search: &Search) -> PyResult<Own> {
    let groups = pattern::groups(vm, search.pattern) + 1;
    let found = alloc::alloc(vm, types::SRE_MATCH, 2 * groups)?;
    let this = found.addr();
    let matcher = &search.matcher;
    for (offset, value) in [(STRING, search.subject.object), (PATTERN, search.pattern)] {
        let value = vm.incref(value);
        vm.init_field(this, offset, value);
    }
    vm.set_word(this, POS, search.subject.pos as u64);
    vm.set_word(this, ENDPOS, search.subject.end as u64);
    let last = match matcher.last_index {
        0 => -1,
        last => i64::from(last),
    };
    vm.set_word(this, LASTINDEX, last as u64);
    vm.set_word(this, GROUPS, groups as u64);
    for group in 0..groups {
        let (start, end) = match group.checked_sub(1) {
            None => (matcher.start as i64, matcher.at as i64),
            Some(group) => matcher
                .group(group as u32)
                .map_or((-1, -1), |(start, end)| (start as i64, end as i64)),
        };
        vm.set_word(this, MARK + 16 * group as u64, start as u64);
        vm.set_word(this, MARK + 16 * group as u64 + 8, end as u64);
    }
    gc::track_if_known(vm, this);
    Ok(found)
}

/// Groups, with the whole match.
fn group_count(vm: &Vm, found: Addr) -> usize {
    vm.word(found, GROUPS) as usize
}

fn span(vm: &Vm, found: Addr, group: usize) -> (i64, i64) {
    let at = MARK + 16 * group as u64;
    (vm.word(found, at) as i64, vm.word(found, at + 8) as i64)
}

/// The number of a group given by number or name.
fn group_number(vm: &mut Vm, found: Addr, key: Addr) -> PyResult<usize> {
    let number = if index::is_index(vm, key) {
        Some(index::clipped(vm, key)?)
    } else {
        let names = pattern::groupindex(vm, vm.field(found, PATTERN));
        let number = match names {
            Some(names) => dict::get(vm, names, key),
            None => vm.hash(key).map(|_| None),
        };
        match number {
            Ok(Some(number)) if int::check(vm, number) => int::as_isize(vm, number),
            Ok(_) => None,
            Err(Raised) => {
                vm.clear_raised();
                None
            }
        }
    };
    match number.map(usize::try_from) {
        Some(Ok(number)) if number < group_count(vm, found) => Ok(number),
        _ => Err(vm.index_error("no such group")),
    }
}

/// The text of a group.
pub fn group_text(vm: &mut Vm, found: Addr, group: usize, default: Addr) -> PyResult<Own> {
    let string = vm.field(found, STRING);
    match span(vm, found, group) {
        (start, end) if start >= 0 && string != NONE => {
            subject::part(vm, string, start as usize, end as usize)
        }
        _ => Ok(vm.incref(default)),
    }
}

/// The text of a group of a template, `None` where it took no part.
pub fn group_of_template(vm: &mut Vm, found: Addr, group: usize) -> PyResult<Own> {
    if group >= group_count(vm, found) {
        return Err(vm.index_error("no such group"));
    }
    group_text(vm, found, group, NONE)
}

fn group(vm: &mut Vm, found: Addr, args: Args) -> PyResult<Own> {
    match args.len() {
        0 => group_text(vm, found, 0, NONE),
        1 => {
            let group = group_number(vm, found, args.get(vm, 0))?;
            group_text(vm, found, group, NONE)
        }
        _ => {
            let mut texts = Vec::new();
            for key in args.to_vec(vm) {
                let group = group_number(vm, found, key)?;
                texts.push(group_text(vm, found, group, NONE)?);
            }
            Ok(tuple::from_owned(vm, texts))
        }
    }
}

fn span_argument(vm: &mut Vm, found: Addr, args: Args) -> PyResult<(i64, i64)> {
    let group = match args.opt(vm, 0) {
        Some(group) => group_number(vm, found, group)?,
        None => 0,
    };
    Ok(span(vm, found, group))
}

fn span_tuple(vm: &mut Vm, (start, end): (i64, i64)) -> Own {
    let (start, end) = (int::new(vm, start), int::new(vm, end));
    tuple::pair(vm, start, end)
}

fn groups(vm: &mut Vm, found: Addr, args: Args) -> PyResult<Own> {
    let default = args.opt(vm, 0).unwrap_or(NONE);
    let mut texts = Vec::new();
    for group in 1..group_count(vm, found) {
        texts.push(group_text(vm, found, group, default)?);
    }
    Ok(tuple::from_owned(vm, texts))
}

fn groupdict(vm: &mut Vm, found: Addr, args: Args) -> PyResult<Own> {
    let default = args.opt(vm, 0).unwrap_or(NONE);
    let result = dict::new(vm);
    let names = pattern::groupindex(vm, vm.field(found, PATTERN));
    let names = names.map_or_else(Vec::new, |names| dict::items(vm, names));
    for (name, _) in names {
        let group = group_number(vm, found, name)?;
        let text = group_text(vm, found, group, default)?;
        dict::set(vm, result.addr(), name, text.addr())?;
        vm.decref(text);
    }
    Ok(result)
}

fn expand(vm: &mut Vm, found: Addr, args: Args) -> PyResult<Own> {
    let made = template::compile(vm, vm.field(found, PATTERN), args.get(vm, 0))?;
    if vm.type_of(made.addr()) != types::SRE_TEMPLATE {
        return Ok(made);
    }
    let text = template::expand(vm, made.addr(), found)?;
    vm.decref(made);
    Ok(text)
}

fn lastgroup(vm: &mut Vm, found: Addr) -> PyResult<Own> {
    let Some(names) = pattern::indexgroup(vm, vm.field(found, PATTERN)) else {
        return Ok(vm.none());
    };
    match usize::try_from(vm.word(found, LASTINDEX) as i64) {
        Ok(last) if last < tuple::len(vm, names) => Ok(vm.incref(tuple::item(vm, names, last))),
        _ => Ok(vm.none()),
    }
}

/// All spans; the tuple is kept.
fn regs(vm: &mut Vm, found: Addr) -> PyResult<Own> {
    if let Some(made) = vm.field(found, REGS).some() {
        return Ok(vm.incref(made));
    }
    let mut spans = Vec::new();
    for group in 0..group_count(vm, found) {
        let span = span(vm, found, group);
        spans.push(span_tuple(vm, span));
    }
    let made = tuple::from_owned(vm, spans);
    let kept = vm.incref(made.addr());
    vm.set_field(found, REGS, Some(kept));
    Ok(made)
}

/// `<re.Match object; span=(0, 1), match='a'>`
fn repr(vm: &mut Vm, found: Addr) -> PyResult<Own> {
    let text = group_text(vm, found, 0, NONE)?;
    let shown = vm.repr(text.addr())?;
    vm.decref(text);
    let (start, end) = span(vm, found, 0);
    let mut text = str::Text::new();
    text.push_str(&format!("<re.Match object; span=({start}, {end}), match="));
    text.push_view(str::view(vm, shown.addr()));
    text.push_str(">");
    vm.decref(shown);
    text.finish(vm)
}
