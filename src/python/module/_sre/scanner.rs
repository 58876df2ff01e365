//! `_sre.SRE_Scanner`: a pattern on its way through a text, one match at a time. CPython: `ScannerObject`,
//! whose `SRE_STATE` is part of it.
//!
//! ```text
//! 16  pattern
//! 40  start         where to go on, -1 at the end
//! 56  string        what is searched
//! 64  pos
//! 72  endpos
//! 88  must_advance
//! 96  executing     1 while it looks
//! ```

use super::match_object;
use super::search::{Mode, Search};
use super::subject::Subject;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Member, MemberKind, Method, Slots, TypeSpec, alloc, flags, iterator, types,
};
use crate::python::vm::{PyResult, Vm};

const PATTERN: u64 = 16;
const START: u64 = 40;
const STRING: u64 = 56;
const POS: u64 = 64;
const ENDPOS: u64 = 72;
const MUST_ADVANCE: u64 = 88;
const EXECUTING: u64 = 96;

/// `_sre.SRE_Scanner`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 248,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION | flags::IMMUTABLETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, scanner| {
            iterator::dealloc_fields(vm, scanner, &[STRING, PATTERN]);
        });
        // The collector is told of the pattern alone.
        slots.traverse = Some(|vm, scanner, visit| {
            iterator::visit_fields(vm, scanner, &[PATTERN], visit);
        });
        slots.references = Some(|vm, scanner, visit| {
            iterator::visit_fields(vm, scanner, &[PATTERN, STRING], visit);
        });
        slots.clear = Some(|vm, scanner| iterator::clear_fields(vm, scanner, &[PATTERN]));
    },
    methods: &[
        Method::new("match", "()", |vm, scanner, _| {
            next(vm, scanner, Mode::Match)
        }),
        Method::new("search", "()", |vm, scanner, _| {
            next(vm, scanner, Mode::Search)
        }),
    ],
    members: &[Member {
        name: "pattern",
        kind: MemberKind::ObjectOrNone,
        offset: PATTERN as u32,
        writable: false,
    }],
    ..TypeSpec::new(types::SRE_SCANNER, "_sre.SRE_Scanner")
};

/// A scanner at the start of its range.
pub fn new(vm: &mut Vm, pattern: Addr, subject: &Subject) -> PyResult<Own> {
    let scanner = alloc::alloc(vm, types::SRE_SCANNER, 0)?;
    let this = scanner.addr();
    for (offset, value) in [(PATTERN, pattern), (STRING, subject.object)] {
        let value = vm.incref(value);
        vm.init_field(this, offset, value);
    }
    vm.set_word(this, START, subject.pos as u64);
    vm.set_word(this, POS, subject.pos as u64);
    vm.set_word(this, ENDPOS, subject.end as u64);
    gc::track(vm, this);
    Ok(scanner)
}

fn next(vm: &mut Vm, scanner: Addr, mode: Mode) -> PyResult<Own> {
    if vm.word(scanner, EXECUTING) != 0 {
        return Err(vm.value_error("regular expression scanner already executing"));
    }
    let Ok(start) = usize::try_from(vm.word(scanner, START) as i64) else {
        return Ok(vm.none());
    };
    let (pattern, string) = (vm.field(scanner, PATTERN), vm.field(scanner, STRING));
    let range = (
        vm.word(scanner, POS) as isize,
        vm.word(scanner, ENDPOS) as isize,
    );
    let must_advance = vm.word(scanner, MUST_ADVANCE) != 0;
    let mut search = Search::new(vm, pattern, string, range)?;
    vm.set_word(scanner, EXECUTING, 1);
    let found = search.find(vm, mode, start, must_advance);
    vm.set_word(scanner, EXECUTING, 0);
    let found = found?;
    if found {
        let empty = search.matcher.at == search.matcher.start;
        vm.set_word(scanner, MUST_ADVANCE, u64::from(empty));
        vm.set_word(scanner, START, search.matcher.at as u64);
    } else {
        vm.set_word(scanner, START, -1i64 as u64);
    }
    match_object::new_or_none(vm, &search, found)
}
