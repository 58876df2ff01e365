//! `frame`: a call as an object. CPython: `PyFrameObject`, Objects/frameobject.c.
//!
//! It exists only when somebody asks for it: a traceback, `sys._getframe()`, `gi_frame`. While the call runs
//! it points at it; when the call ends and the object stays, the frame's words move into the object.

use super::{
    GetSet, Member, MemberKind, Method, NONE, TypeSpec, alloc, cell, code, dict, flags, int, str,
    tuple, types,
};
use crate::python::code::flags as code_flags;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::vm::frame::{Frame, Owner, parked};
use crate::python::vm::pair;
use crate::python::vm::program::Program;
use crate::python::vm::{Args, PyResult, Vm};
use std::rc::Rc;

/// `f_back`, set when the call has ended.
pub const BACK: u64 = 16;
/// Where the frame is: the index in `vm.frames` plus one, or the address of parked words, or 0.
pub const PLACE: u64 = 24;
/// `f_trace`
pub const TRACE: u64 = 32;
/// `f_lineno` set by a tracer, `f_trace_lines`, `f_trace_opcodes`
pub const LINENO: u64 = 40;
const TRACE_LINES: u64 = LINENO + 4;
const TRACE_OPCODES: u64 = LINENO + 5;
/// `f_extra_locals`: what `frame.f_locals` holds beside the fast locals.
pub const EXTRA_LOCALS: u64 = 48;
/// The parked words of a frame that outlived its call.
pub const OWN: u64 = 64;

/// Where the data of a frame object is.
pub enum Place {
    /// In `vm.frames`.
    Running(usize),
    /// At parked words.
    Parked(Addr),
    /// Nowhere: it was cleared.
    Gone,
}

/// Finds the frame behind a frame object.
pub fn place(vm: &Vm, object: Addr) -> Place {
    match vm.word(object, PLACE) {
        0 => Place::Gone,
        index if index <= vm.frames.len() as u64 => Place::Running(index as usize - 1),
        address => Place::Parked(Addr(address)),
    }
}

/// A frame object, made of the frame's block where there is one.
fn new(vm: &mut Vm, program: &Program, block: Addr) -> PyResult<Own> {
    let items = program.nlocalsplus + program.stacksize;
    let size = OWN + parked::SIZE + 8 * u64::from(items);
    let made = match block.some() {
        Some(block) => {
            vm.heap.space.zero(block.at(16), size as usize - 16);
            vm.set_word(block, super::OB_REFCNT, 1);
            vm.set_word(block, OWN + parked::CODE, program.object.0);
            Own::from_addr(block)
        }
        None => alloc::alloc_sized(vm, types::FRAME, size as usize)?,
    };
    vm.set_word(made.addr(), LINENO, 1 << 32);
    gc::track(vm, made.addr());
    Ok(made)
}

/// The frame object of running frame number `index`: a new reference.
pub fn of_running(vm: &mut Vm, index: usize) -> PyResult<Own> {
    let Some(frame) = vm.frames.get(index) else {
        return Ok(vm.none());
    };
    if !frame.object.is_null() {
        let object = frame.object;
        return Ok(vm.incref(object));
    }
    let block = frame.block;
    let program = vm.program(frame.code);
    let made = new(vm, &program, block)?;
    vm.set_word(made.addr(), PLACE, index as u64 + 1);
    let kept = vm.incref(made.addr());
    if let Some(frame) = vm.frames.get_mut(index) {
        frame.object = kept.into_addr();
        frame.block = Addr::NULL;
    }
    Ok(made)
}

/// The frame object of a generator that is not finished: a new reference.
pub fn of_generator(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    let running = vm
        .frames
        .iter()
        .position(|frame| frame.owner == Owner::Generator(generator));
    if let Some(index) = running {
        return of_running(vm, index);
    }
    let at = generator.at(super::generator::FRAME);
    if let Some(object) = vm.field(at, parked::OBJECT).some() {
        return Ok(vm.incref(object));
    }
    let program = vm.program(vm.field(at, parked::CODE));
    let block = vm.parked_block(at);
    let made = new(vm, &program, block)?;
    vm.park_block(at, Addr::NULL);
    vm.set_word(made.addr(), PLACE, at.0);
    let kept = vm.incref(made.addr());
    vm.set_word(at, parked::OBJECT, kept.into_addr().0);
    Ok(made)
}

/// The frame is parked at `at` now.
pub fn points_at(vm: &mut Vm, object: Addr, at: Addr) {
    vm.set_word(object, PLACE, at.0);
}

/// The frame runs as number `index` now.
pub fn runs_at(vm: &mut Vm, object: Addr, index: usize) {
    vm.set_word(object, PLACE, index as u64 + 1);
}

/// The frame's words are gone.
pub fn forget(vm: &mut Vm, object: Addr) {
    vm.set_word(object, PLACE, 0);
}

/// The call of `frame` has ended. When somebody else holds the frame object, the frame's `count` words move
/// into it and this is `true`; otherwise the object dies.
pub fn outlive(vm: &mut Vm, frame: &Frame, count: u64) -> bool {
    let object = frame.object;
    if vm.refcount(object) <= 1 {
        forget(vm, object);
        vm.release(object);
        return false;
    }
    for i in 0..count {
        let word = vm.word(frame.base, 8 * i);
        vm.set_word(object, OWN + parked::SIZE + 8 * i, word);
        vm.set_word(frame.base, 8 * i, 0);
    }
    vm.park_frame(frame, object.at(OWN));
    if !vm.profile.frames_hold_function {
        vm.set_word(object, OWN + parked::FUNCTION, 0);
        vm.decref_word(frame.function.0);
    }
    vm.set_word(object, OWN + parked::COUNT, count);
    vm.set_word(object, OWN + parked::OBJECT, 0);
    vm.set_word(object, PLACE, object.0 + OWN);
    let keeps_back = frame.owner == Owner::Thread || vm.profile.ended_generators_have_back;
    if !vm.frames.is_empty() && keeps_back {
        let last = vm.frames.len() - 1;
        if let Ok(back) = of_running(vm, last) {
            vm.set_field(object, BACK, Some(back));
        }
    }
    vm.release(object);
    true
}

/// The generator whose words are parked at `at` dies. When somebody else holds its frame object, the words
/// move into it and this is `true`; otherwise the object dies. CPython: `take_ownership`.
pub fn outlive_generator(vm: &mut Vm, object: Addr, at: Addr) -> bool {
    if vm.refcount(object) <= 1 {
        forget(vm, object);
        vm.release(object);
        return false;
    }
    let words = parked::SIZE / 8 + vm.word(at, parked::COUNT);
    for i in 0..words {
        let word = vm.word(at, 8 * i);
        vm.set_word(object, OWN + 8 * i, word);
    }
    // The generator has its own reference to the code.
    let code = vm.field(at, parked::CODE);
    vm.retain(code);
    vm.set_word(object, OWN + parked::OBJECT, 0);
    vm.set_word(object, PLACE, object.0 + OWN);
    vm.release(object);
    true
}

fn is_own(vm: &Vm, object: Addr) -> bool {
    vm.word(object, PLACE) == object.0 + OWN
}

fn dealloc(vm: &mut Vm, object: Addr) {
    gc::untrack(vm, object);
    let is_own = is_own(vm, object);
    if is_own {
        vm.clear_parked(object.at(OWN));
    }
    for field in [BACK, TRACE, EXTRA_LOCALS] {
        let word = vm.word(object, field);
        vm.decref_word(word);
    }
    // Who runs the frame holds its code as long as the frame does not outlive the call.
    let code = vm.field(object, OWN + parked::CODE);
    match vm.profile.frame_size {
        Some(_) if !code.is_null() => vm.give_frame_block(object, code),
        _ => alloc::free(vm, object),
    }
    if is_own {
        vm.decref_word(code.0);
    }
}

fn traverse(vm: &Vm, object: Addr, visit: &mut dyn FnMut(Addr)) {
    for field in [BACK, TRACE, EXTRA_LOCALS] {
        if let Some(value) = vm.field(object, field).some() {
            visit(value);
        }
    }
    if is_own(vm, object) {
        vm.traverse_parked(object.at(OWN), visit);
    }
}

/// What a frame refers to where it is an object from its start: the frame below, its code, its namespaces, what traces it,
/// its variables, and of one that stands still its stack.
pub fn referents(vm: &mut Vm, object: Addr) -> PyResult<Vec<Addr>> {
    let back = get_back(vm, object)?;
    let mut found = vec![back.addr()];
    vm.decref(back);
    found.retain(|back| *back != NONE);
    let Some(shown) = shown(vm, object) else {
        return Ok(found);
    };
    found.extend([
        shown.program.object,
        shown.builtins,
        shown.globals,
        shown.locals,
        vm.field(object, TRACE),
    ]);
    let words = (0..shown.count).map(|i| vm.field(shown.base, 8 * i));
    found.extend(words.filter(|word| !pair::is_index(word.0)));
    found.retain(|referent| !referent.is_null());
    Ok(found)
}

fn clear_own(vm: &mut Vm, object: Addr) {
    vm.set_field(object, TRACE, None);
    vm.set_field(object, EXTRA_LOCALS, None);
    if is_own(vm, object) {
        let count = vm.word(object, OWN + parked::COUNT);
        for i in 0..count {
            let at = OWN + parked::SIZE + 8 * i;
            let word = vm.word(object, at);
            vm.set_word(object, at, 0);
            vm.drop_stack_word(word);
        }
        let locals = vm.word(object, OWN + parked::LOCALS);
        vm.set_word(object, OWN + parked::LOCALS, 0);
        vm.decref_word(locals);
    }
}

/// What a frame object shows of its frame.
pub struct Shown {
    /// Its code.
    pub program: Rc<Program>,
    /// The instruction after the current one.
    pub pc: usize,
    /// Its first fast local.
    pub base: Addr,
    /// How many words from there it owns.
    pub count: u64,
    /// `f_globals`
    pub globals: Addr,
    /// `f_builtins`
    pub builtins: Addr,
    /// The mapping of module and class bodies, or `NULL`.
    pub locals: Addr,
}

impl Shown {
    /// Whether its variables have places; those of modules and classes are in a mapping.
    fn is_of_function(&self) -> bool {
        self.program.flags & code_flags::OPTIMIZED != 0
    }
}

/// Looks through a frame object.
pub fn shown(vm: &Vm, object: Addr) -> Option<Shown> {
    match place(vm, object) {
        Place::Gone => None,
        Place::Running(index) => running(vm, index),
        Place::Parked(at) => {
            let code = vm.field(at, parked::CODE).some()?;
            Some(Shown {
                program: vm.program(code),
                pc: vm.word(at, parked::PC) as usize,
                base: at.at(parked::SIZE),
                count: vm.word(at, parked::COUNT),
                globals: vm.field(at, parked::GLOBALS),
                builtins: vm.field(at, parked::BUILTINS),
                locals: vm.field(at, parked::LOCALS),
            })
        }
    }
}

fn running(vm: &Vm, index: usize) -> Option<Shown> {
    let frame = vm.frames.get(index)?;
    let pc = if index + 1 == vm.frames.len() {
        vm.heap.pc
    } else {
        frame.pc as usize
    };
    Some(Shown {
        program: vm.program(frame.code),
        pc,
        base: frame.base,
        count: u64::from(vm.program_ref(frame.code).nlocalsplus),
        globals: frame.globals,
        builtins: frame.builtins,
        locals: frame.locals,
    })
}

/// The line that a program counter (the next instruction) belongs to.
pub fn line_before(program: &Program, pc: usize) -> u32 {
    let mut index = pc.saturating_sub(1);
    loop {
        let line = program.line(index);
        if line != 0 {
            return line;
        }
        if index == 0 {
            return program.code.first_line;
        }
        index -= 1;
    }
}

fn get_back(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match place(vm, object) {
        Place::Running(0) => Ok(vm.none()),
        Place::Running(index) => of_running(vm, index - 1),
        _ => {
            let back = vm.field(object, BACK).some().unwrap_or(NONE);
            Ok(vm.incref(back))
        }
    }
}

fn get_code(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match shown(vm, object) {
        Some(shown) => Ok(vm.incref(shown.program.object)),
        None => Ok(vm.none()),
    }
}

fn get_globals(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match shown(vm, object) {
        Some(shown) => Ok(vm.incref(shown.globals)),
        None => Ok(vm.none()),
    }
}

fn get_builtins(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match shown(vm, object) {
        Some(shown) => Ok(vm.incref(shown.builtins)),
        None => Ok(vm.none()),
    }
}

fn get_lineno(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match shown(vm, object) {
        Some(shown) => Ok(int::new(
            vm,
            i64::from(line_before(&shown.program, shown.pc)),
        )),
        None => Ok(vm.none()),
    }
}

fn get_lasti(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match shown(vm, object) {
        Some(shown) => {
            let unit = shown.program.unit_offset(shown.pc.saturating_sub(1));
            Ok(int::new(vm, 2 * unit as i64))
        }
        None => Ok(int::new(vm, -1)),
    }
}

/// The value of fast local `slot`, looked at through its cell, borrowed.
pub fn local_value(vm: &Vm, shown: &Shown, slot: usize) -> Option<Addr> {
    if slot as u64 >= shown.count {
        return None;
    }
    let value = vm.field(shown.base, 8 * slot as u64).some()?;
    let (_, kind) = &shown.program.code.localsplus[slot];
    if (kind.cell || kind.free) && vm.type_of(value) == types::CELL {
        return vm.field(value, cell::REF).some();
    }
    Some(value)
}

/// Sets fast local `slot`, which exists, through its cell.
pub fn set_local(vm: &mut Vm, shown: &Shown, slot: usize, value: Own) {
    let (_, kind) = shown.program.code.localsplus[slot];
    let place = 8 * slot as u64;
    let current = vm.field(shown.base, place);
    if (kind.cell || kind.free) && !current.is_null() && vm.type_of(current) == types::CELL {
        vm.set_field(current, cell::REF, Some(value));
    } else {
        vm.set_field(shown.base, place, Some(value));
    }
}

/// The places of a function's variables, without those of comprehensions that run in its frame.
fn places(shown: &Shown) -> impl Iterator<Item = usize> + '_ {
    (0..shown.program.nlocalsplus as usize).filter(|slot| {
        let kind = shown.program.code.localsplus[*slot].1;
        !kind.hidden || kind.local || kind.cell || kind.free
    })
}

/// The names and values of a function's variables that are set, borrowed.
pub fn variables(vm: &Vm, shown: &Shown) -> Vec<(Addr, Addr)> {
    let names = vm.field(shown.program.object, code::LOCALSPLUSNAMES);
    let variable = |slot| {
        let value = local_value(vm, shown, slot)?;
        Some((tuple::item(vm, names, slot), value))
    };
    places(shown).filter_map(variable).collect()
}

/// A new dict of a function's variables.
fn snapshot(vm: &mut Vm, shown: &Shown) -> PyResult<Own> {
    let made = dict::new(vm);
    update(vm, shown, made.addr())?;
    Ok(made)
}

/// Brings the variables of a dict up to date; what else it holds stays.
fn update(vm: &mut Vm, shown: &Shown, locals: Addr) -> PyResult<()> {
    let names = vm.field(shown.program.object, code::LOCALSPLUSNAMES);
    for slot in places(shown) {
        let name = tuple::item(vm, names, slot);
        match local_value(vm, shown, slot) {
            Some(value) => dict::set(vm, locals, name, value)?,
            None => {
                let old = dict::remove(vm, locals, name)?;
                vm.xdecref(old);
            }
        }
    }
    Ok(())
}

/// `locals()` of a running frame, by its place among them: the mapping itself for modules and classes; for functions a
/// snapshot, and up to 3.12 the frame's one dict.
pub fn locals_of(vm: &mut Vm, index: usize) -> PyResult<Own> {
    let Some(shown) = running(vm, index) else {
        return Err(vm.system_error("frame does not exist"));
    };
    let is_function = shown.program.flags & code_flags::OPTIMIZED != 0 || shown.locals.is_null();
    if !is_function {
        return Ok(vm.incref(shown.locals));
    }
    if !vm.profile.frame_locals_write_through {
        // Where comprehensions run in the frame, `locals()` has a dict for what is theirs.
        let hidden = (vm.profile.comprehensions_are_inlined).then(|| dict::new(vm));
        let locals = kept_locals(vm, Place::Running(index), &shown);
        vm.xdecref(hidden);
        return locals;
    }
    let frame = of_running(vm, index)?;
    let proxy = super::frame_locals::new(vm, frame.addr())?;
    vm.decref(frame);
    let locals = super::frame_locals::as_dict(vm, proxy.addr())?;
    vm.decref(proxy);
    Ok(locals)
}

/// The mapping of a module or a class, a snapshot of a function's variables.
pub fn names_of(vm: &mut Vm, shown: &Shown) -> PyResult<Own> {
    if shown.program.flags & code_flags::OPTIMIZED == 0 && !shown.locals.is_null() {
        return Ok(vm.incref(shown.locals));
    }
    snapshot(vm, shown)
}

/// The dict of a function's variables that its frame keeps, as they are now. CPython up to 3.12:
/// `PyFrame_FastToLocalsWithError`.
fn kept_locals(vm: &mut Vm, place: Place, shown: &Shown) -> PyResult<Own> {
    let kept = match shown.locals.some() {
        Some(kept) => vm.incref(kept),
        None => {
            let made = dict::new(vm);
            let held = vm.incref(made.addr()).into_addr();
            match place {
                Place::Running(index) => vm.frames[index].locals = held,
                Place::Parked(at) => vm.set_word(at, parked::LOCALS, held.0),
                Place::Gone => vm.decref_word(held.0),
            }
            made
        }
    };
    update(vm, shown, kept.addr())?;
    Ok(kept)
}

/// A listener is about to be told of a running frame. Up to 3.10 the frame's dict of variables is filled for it.
pub fn before_listener(vm: &mut Vm, index: usize) -> PyResult<()> {
    if !vm.profile.listeners_find_locals {
        return Ok(());
    }
    let Some(shown) = running(vm, index).filter(Shown::is_of_function) else {
        return Ok(());
    };
    let kept = kept_locals(vm, Place::Running(index), &shown)?;
    vm.decref(kept);
    Ok(())
}

/// A listener was told of a running frame. Up to 3.12 what it has put into the frame's dict are the variables now.
/// CPython: `PyFrame_LocalsToFast`, but a variable that is gone from the dict stays.
pub fn after_listener(vm: &mut Vm, index: usize) {
    if vm.profile.frame_locals_write_through {
        return;
    }
    let Some(shown) = running(vm, index).filter(Shown::is_of_function) else {
        return;
    };
    let Some(kept) = shown.locals.some() else {
        return;
    };
    let names = vm.field(shown.program.object, code::LOCALSPLUSNAMES);
    for slot in places(&shown) {
        let name = tuple::item(vm, names, slot);
        if let Ok(Some(value)) = dict::get(vm, kept, name)
            && local_value(vm, &shown, slot) != Some(value)
        {
            let value = vm.incref(value);
            set_local(vm, &shown, slot, value);
        }
    }
}

fn get_locals(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let Some(shown) = shown(vm, object) else {
        return Ok(dict::new(vm));
    };
    if shown.program.flags & code_flags::OPTIMIZED == 0 && !shown.locals.is_null() {
        return Ok(vm.incref(shown.locals));
    }
    if vm.profile.frame_locals_write_through {
        return super::frame_locals::new(vm, object);
    }
    let place = place(vm, object);
    kept_locals(vm, place, &shown)
}

fn get_trace(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let trace = vm.field(object, TRACE).some().unwrap_or(NONE);
    Ok(vm.incref(trace))
}

fn set_trace(vm: &mut Vm, object: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = value
        .filter(|value| *value != NONE)
        .map(|value| vm.incref(value));
    vm.set_field(object, TRACE, value);
    Ok(())
}

/// `f_trace_lines` and `f_trace_opcodes`.
pub fn wants(vm: &Vm, object: Addr) -> (bool, bool) {
    let byte = |at: u64| vm.heap.space.byte(object.at(at)) != 0;
    (byte(TRACE_LINES), byte(TRACE_OPCODES))
}

fn clear(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    match place(vm, object) {
        Place::Running(_) => return Err(vm.runtime_error("cannot clear an executing frame")),
        Place::Parked(_) if is_own(vm, object) => clear_own(vm, object),
        Place::Parked(at) => {
            let generator = at.before(super::generator::FRAME);
            if super::generator::state(vm, generator) != super::generator::CREATED {
                return Err(vm.runtime_error("cannot clear a suspended frame"));
            }
            if vm.type_of(generator) == super::types::COROUTINE {
                vm.warn_never_awaited(generator);
            }
            let value = super::generator::close_generator(vm, generator)?;
            vm.decref(value);
        }
        Place::Gone => {}
    }
    Ok(vm.none())
}

/// `frame.__sizeof__()`: with the room for locals and stack.
fn sizeof(vm: &mut Vm, object: Addr, _: Args) -> PyResult<Own> {
    let items = shown(vm, object).map_or(0, |shown| {
        shown.program.nlocalsplus + shown.program.told_stacksize
    });
    if let Some(size) = vm.profile.frame_size {
        return Ok(int::new(vm, i64::from(size + 8 * items) - 8));
    }
    let size = i64::from(vm.type_data(types::FRAME).basicsize);
    Ok(int::new(vm, size + 8 * i64::from(items)))
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let text = match shown(vm, object) {
        Some(shown) => {
            let filename = str::new(vm, &shown.program.code.filename);
            let quoted = vm.repr_text(filename.addr())?;
            vm.decref(filename);
            format!(
                "<frame at {:#x}, file {quoted}, line {}, code {}>",
                object.0,
                line_before(&shown.program, shown.pc),
                shown.program.code.name
            )
        }
        None => format!("<frame at {:#x}>", object.0),
    };
    Ok(str::new(vm, &text))
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.clear = Some(clear_own);
    slots.repr = Some(repr);
}

/// The type `frame`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 136,
    itemsize: 8,
    flags: flags::HAVE_GC,
    slots: fill,
    methods: &[
        Method::new("clear", "()", clear),
        Method::new("__sizeof__", "()", sizeof),
    ],
    getset: &[
        GetSet::read("f_back", get_back),
        GetSet::read("f_locals", get_locals),
        GetSet::read("f_lineno", get_lineno),
        GetSet::write("f_trace", get_trace, set_trace),
        GetSet::read("f_globals", get_globals),
        GetSet::read("f_builtins", get_builtins),
        GetSet::read("f_code", get_code),
        GetSet::read("f_lasti", get_lasti),
    ],
    members: &[
        Member {
            name: "f_trace_lines",
            kind: MemberKind::Bool,
            offset: TRACE_LINES as u32,
            writable: true,
        },
        Member {
            name: "f_trace_opcodes",
            kind: MemberKind::Bool,
            offset: TRACE_OPCODES as u32,
            writable: true,
        },
    ],
    ..TypeSpec::new(types::FRAME, "frame")
};
