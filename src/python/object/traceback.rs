//! `traceback`: where an exception has been. CPython: `PyTracebackObject`, Python/traceback.c.

use super::{GetSet, Member, MemberKind, Method, NONE, TypeSpec, alloc, flags, int, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::vm::{Args, PyResult, Vm};

/// `tb_next`
pub const NEXT: u64 = 16;
/// `tb_frame`
pub const FRAME: u64 = 24;
/// `tb_lasti` (here an instruction's index) and, in the upper half, `tb_lineno`.
pub const LASTI: u64 = 32;

/// A new entry for the running frame, before `next` (`NULL` for none, borrowed).
pub fn here(vm: &mut Vm, next: Addr) -> Option<Own> {
    let index = vm.frames.len().checked_sub(1)?;
    let frame = vm.frames.get(index)?;
    let (lasti, line) = (frame.current(), frame.line(vm));
    let object = super::frame::of_running(vm, index).ok()?;
    let next = next.some().map(|next| vm.incref(next));
    new(vm, next, object, lasti as u32, line).ok()
}

fn new(vm: &mut Vm, next: Option<Own>, frame: Own, lasti: u32, line: u32) -> PyResult<Own> {
    let made = alloc::alloc(vm, types::TRACEBACK, 0)?;
    let at = made.addr();
    if let Some(next) = next {
        vm.init_field(at, NEXT, next);
    }
    vm.init_field(at, FRAME, frame);
    vm.set_word(at, LASTI, u64::from(lasti) | u64::from(line) << 32);
    gc::track(vm, at);
    Ok(made)
}

/// The index of the instruction, and the line.
pub fn position(vm: &Vm, traceback: Addr) -> (usize, u32) {
    let word = vm.word(traceback, LASTI);
    (word as u32 as usize, (word >> 32) as u32)
}

fn dealloc(vm: &mut Vm, traceback: Addr) {
    gc::untrack(vm, traceback);
    // A deep recursion leaves a long chain: it is taken apart in a loop.
    let mut current = traceback;
    loop {
        let next = vm.field(current, NEXT);
        let frame = vm.word(current, FRAME);
        vm.set_word(current, NEXT, 0);
        vm.set_word(current, FRAME, 0);
        vm.decref_word(frame);
        alloc::free(vm, current);
        if next.is_null() {
            return;
        }
        if vm.refcount(next) != 1 || vm.type_of(next) != types::TRACEBACK {
            vm.release(next);
            return;
        }
        gc::untrack(vm, next);
        vm.set_word(next, super::OB_REFCNT, 0);
        current = next;
    }
}

fn traverse(vm: &Vm, traceback: Addr, visit: &mut dyn FnMut(Addr)) {
    for field in [NEXT, FRAME] {
        if let Some(value) = vm.field(traceback, field).some() {
            visit(value);
        }
    }
}

fn clear(vm: &mut Vm, traceback: Addr) {
    vm.set_field(traceback, NEXT, None);
    vm.set_field(traceback, FRAME, None);
}

fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    let [next, frame, lasti, line] =
        args.bind(vm, "traceback", "(tb_next, tb_frame, tb_lasti, tb_lineno)")?;
    if next != NONE && vm.type_of(next) != types::TRACEBACK {
        let name = vm.type_name(next);
        return Err(vm.type_error(format!("expected traceback object or None, got '{name}'")));
    }
    if vm.type_of(frame) != types::FRAME {
        let name = vm.type_name(frame);
        return Err(vm.type_error(format!(
            "traceback() argument 'tb_frame' must be frame, not {name}"
        )));
    }
    let lasti = vm.index_value(lasti, types::OVERFLOW_ERROR)?;
    let line = vm.index_value(line, types::OVERFLOW_ERROR)?;
    let next = if next == NONE {
        None
    } else {
        Some(vm.incref(next))
    };
    let frame = vm.incref(frame);
    new(vm, next, frame, lasti as u32, line as u32)
}

fn get_next(vm: &mut Vm, traceback: Addr) -> PyResult<Own> {
    let next = vm.field(traceback, NEXT).some().unwrap_or(NONE);
    Ok(vm.incref(next))
}

fn set_next(vm: &mut Vm, traceback: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let Some(value) = value else {
        return Err(vm.type_error("can't delete tb_next attribute"));
    };
    if value != NONE && vm.type_of(value) != types::TRACEBACK {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("expected traceback object or None, got '{name}'")));
    }
    let mut cursor = value;
    while cursor != NONE && !cursor.is_null() {
        if cursor == traceback {
            return Err(vm.value_error("traceback loop detected"));
        }
        cursor = vm.field(cursor, NEXT);
    }
    let value = if value == NONE {
        None
    } else {
        Some(vm.incref(value))
    };
    vm.set_field(traceback, NEXT, value);
    Ok(())
}

fn get_lasti(vm: &mut Vm, traceback: Addr) -> PyResult<Own> {
    let (index, _) = position(vm, traceback);
    let frame = vm.field(traceback, FRAME);
    let unit = match super::frame::shown(vm, frame) {
        Some(shown) => shown.program.unit_offset(index),
        None => index,
    };
    Ok(int::new(vm, 2 * unit as i64))
}

fn get_lineno(vm: &mut Vm, traceback: Addr) -> PyResult<Own> {
    let (_, line) = position(vm, traceback);
    Ok(int::new(vm, i64::from(line)))
}

fn dir(vm: &mut Vm, _traceback: Addr, _: Args) -> PyResult<Own> {
    let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| str::intern(vm, name));
    super::list::from_owned(vm, names.into())
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.clear = Some(clear);
    slots.new = Some(construct);
}

/// The type `traceback`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC,
    slots: fill,
    methods: &[Method::new("__dir__", "()", dir)],
    getset: &[
        GetSet::write("tb_next", get_next, set_next),
        GetSet::read("tb_lasti", get_lasti),
        GetSet::read("tb_lineno", get_lineno),
    ],
    members: &[Member {
        name: "tb_frame",
        kind: MemberKind::Object,
        offset: FRAME as u32,
        writable: false,
    }],
    ..TypeSpec::new(types::TRACEBACK, "traceback")
};
