//! `generator`: a function that stopped in the middle. CPython: `PyGenObject`, Objects/genobject.c.
//!
//! The frame's words lie inside the object: nine words as [`parked`] describes, then locals and stack.
//! Coroutines and asynchronous generators have the same layout.

use super::{GetSet, Method, NONE, OB_REFCNT, TypeSpec, alloc, flags, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::Slots;
use crate::python::vm::frame::parked;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `gi_weakreflist`
pub const WEAKREFLIST: u64 = 16;
/// `gi_name`
pub const NAME: u64 = 24;
/// `gi_qualname`
pub const QUALNAME: u64 = 32;
/// `gi_exc_state.exc_value`: the exception it handles while suspended, owned.
pub const EXC_VALUE: u64 = 40;
/// `gi_code`, where a generator holds its code beside the frame; that was elsewhere in the object then.
pub const CODE: u64 = 48;
/// `gi_origin_or_finalizer`
pub const ORIGIN: u64 = 56;
const FLAGS: u64 = 64;
/// The parked frame.
pub const FRAME: u64 = 72;

/// How many words the frame has, in a word that CPython uses for the frame too.
const ITEMS: u64 = FRAME + 64;

/// Not started.
pub const CREATED: i8 = -3;
/// Stopped at a `yield`.
pub const SUSPENDED: i8 = -2;
/// Stopped inside `yield from` or `await`.
pub const SUSPENDED_YIELD_FROM: i8 = -1;
/// Running.
pub const EXECUTING: i8 = 0;
/// Finished before it began, its words not dropped yet.
pub const COMPLETED: i8 = 1;
/// Finished.
pub const CLEARED: i8 = 4;

/// A new generator of the given type with `items` words for its frame, not tracked yet.
pub fn new(vm: &mut Vm, ty: Addr, items: usize) -> PyResult<Own> {
    vm.end_shows = true;
    let size = vm.profile.basicsize("generator", 144) as usize + 8 * items;
    // Where its frame is an object of its own, that has a block beside it.
    let told = vm.profile.generators_without_frame.map(|told| match ty {
        types::COROUTINE => told[1],
        types::ASYNC_GENERATOR => told[2],
        _ => told[0],
    });
    let made = alloc::alloc_told(vm, ty, size, told.map_or(size, |told| told as usize))?;
    set_state(vm, made.addr(), CREATED);
    vm.set_word(made.addr(), ITEMS, items as u64);
    Ok(made)
}

/// `gi_frame_state`
#[inline(always)]
pub fn state(vm: &Vm, generator: Addr) -> i8 {
    (vm.word(generator, FLAGS) >> 24) as i8
}

/// Sets `gi_frame_state`.
#[inline(always)]
pub fn set_state(vm: &mut Vm, generator: Addr, state: i8) {
    let word = vm.word(generator, FLAGS) & !(0xFF << 24);
    vm.set_word(generator, FLAGS, word | u64::from(state as u8) << 24);
}

/// `co_flags` of the generator's code, 0 when it is finished.
pub fn code_flags(vm: &Vm, generator: Addr) -> u32 {
    match vm.field(generator, FRAME + parked::CODE).some() {
        Some(code) => vm.program(code).flags,
        None => 0,
    }
}

/// `gi_code`, borrowed.
pub fn code(vm: &Vm, generator: Addr) -> Addr {
    vm.field(generator, FRAME + parked::CODE)
}

/// What the generator waits for in `yield from` or `await`, borrowed.
pub fn yield_from(vm: &Vm, generator: Addr) -> Option<Addr> {
    if state(vm, generator) != SUSPENDED_YIELD_FROM {
        return None;
    }
    let count = vm.word(generator, FRAME + parked::COUNT);
    vm.field(generator, FRAME + parked::SIZE + 8 * count.checked_sub(1)?)
        .some()
}

/// Whether somebody awaits this coroutine.
pub fn is_awaited(vm: &Vm, generator: Addr) -> bool {
    state(vm, generator) == SUSPENDED_YIELD_FROM
}

fn kind(vm: &Vm, generator: Addr) -> &'static str {
    match vm.type_of(generator) {
        types::COROUTINE => "coroutine",
        types::ASYNC_GENERATOR => "async generator",
        _ => "generator",
    }
}

/// One step: `Ok(Ok)` for a yielded value, `Ok(Err)` for a return.
pub fn send_value(vm: &mut Vm, generator: Addr, value: Addr) -> PyResult<Result<Own, Own>> {
    match state(vm, generator) {
        EXECUTING => {
            let kind = kind(vm, generator);
            return Err(vm.value_error(format!("{kind} already executing")));
        }
        CREATED if value != NONE => {
            let kind = kind(vm, generator);
            return Err(vm.type_error(format!(
                "can't send non-None value to a just-started {kind}"
            )));
        }
        state if state > EXECUTING => {
            if vm.type_of(generator) == types::COROUTINE {
                return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
            }
            return Ok(Err(vm.none()));
        }
        _ => {}
    }
    vm.retain(value);
    vm.generator_resume(generator, value, false)
}

/// Raises `StopIteration(value)`; without arguments for `None`.
pub fn raise_stop(vm: &mut Vm, value: Own) -> Raised {
    if value.addr() == NONE {
        vm.decref(value);
        return match super::exception::new_without_args(vm, types::STOP_ITERATION) {
            Ok(exception) => vm.raise(exception),
            Err(raised) => raised,
        };
    }
    // A tuple or an exception as the value must not be taken for the arguments.
    let result = vm.call(types::STOP_ITERATION, &[value.addr()]);
    vm.decref(value);
    match result {
        Ok(exception) => vm.raise(exception),
        Err(raised) => raised,
    }
}

fn iternext(vm: &mut Vm, generator: Addr) -> PyResult<Option<Own>> {
    match send_value(vm, generator, NONE)? {
        Ok(value) => Ok(Some(value)),
        Err(value) if value.addr() == NONE => {
            vm.decref(value);
            Ok(None)
        }
        Err(value) => {
            // The value goes with a `StopIteration`, which those who do not ask for it clear.
            let _ = raise_stop(vm, value);
            Ok(None)
        }
    }
}

fn iter(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    Ok(vm.incref(generator))
}

fn send(vm: &mut Vm, generator: Addr, args: Args) -> PyResult<Own> {
    let value = args.get(vm, 0);
    match send_value(vm, generator, value)? {
        Ok(value) => Ok(value),
        Err(value) => Err(raise_stop(vm, value)),
    }
}

/// Raises what is being raised inside the generator.
fn throw_here(vm: &mut Vm, generator: Addr) -> PyResult<Result<Own, Own>> {
    match state(vm, generator) {
        EXECUTING => {
            vm.clear_raised();
            let kind = kind(vm, generator);
            Err(vm.value_error(format!("{kind} already executing")))
        }
        state if state > EXECUTING && vm.type_of(generator) == types::COROUTINE => {
            vm.clear_raised();
            Err(vm.runtime_error("cannot reuse already awaited coroutine"))
        }
        state if state > EXECUTING => Err(Raised),
        _ => vm.generator_resume(generator, NONE, true),
    }
}

/// `generator.throw(exception)`: into what it delegates to, if it does.
pub fn throw_exception(vm: &mut Vm, generator: Addr, exception: Own) -> PyResult<Result<Own, Own>> {
    throw_into(vm, generator, exception, true)
}

/// The same, but a `GeneratorExit` goes into what it delegates to like any other exception, for that may have to
/// await something before it ends.
pub fn throw_without_closing(
    vm: &mut Vm,
    generator: Addr,
    exception: Own,
) -> PyResult<Result<Own, Own>> {
    throw_into(vm, generator, exception, false)
}

fn throw_into(
    vm: &mut Vm,
    generator: Addr,
    exception: Own,
    closes: bool,
) -> PyResult<Result<Own, Own>> {
    if let Some(inner) = yield_from(vm, generator) {
        let inner = vm.incref(inner);
        if closes && vm.type_check(exception.addr(), types::GENERATOR_EXIT) {
            set_state(vm, generator, EXECUTING);
            let closed = close_inner(vm, inner.addr());
            set_state(vm, generator, SUSPENDED_YIELD_FROM);
            vm.decref(inner);
            if closed.is_err() {
                vm.decref(exception);
                return vm.generator_resume(generator, NONE, true);
            }
            vm.restore_raised(exception);
            return throw_here(vm, generator);
        }
        let is_generator = matches!(
            vm.type_of(inner.addr()),
            types::GENERATOR | types::COROUTINE
        );
        let throw = if is_generator {
            None
        } else {
            vm.get_attr_opt(inner.addr(), vm.names.throw)?
        };
        if is_generator || throw.is_some() {
            set_state(vm, generator, EXECUTING);
            let result = match throw {
                Some(throw) => {
                    let result = vm.call(throw.addr(), &[exception.addr()]);
                    vm.decref(throw);
                    vm.decref(exception);
                    match result {
                        Ok(value) => Ok(Ok(value)),
                        Err(Raised) if vm.raised_is(types::STOP_ITERATION) => {
                            Ok(Err(vm.take_stop_value()))
                        }
                        Err(raised) => Err(raised),
                    }
                }
                None => vm.below_generator(generator, |vm| {
                    throw_into(vm, inner.addr(), exception, closes)
                }),
            };
            set_state(vm, generator, SUSPENDED_YIELD_FROM);
            vm.decref(inner);
            return match result {
                Ok(Ok(value)) => Ok(Ok(value)),
                Ok(Err(value)) => resume_after_inner(vm, generator, value),
                Err(Raised) => vm.generator_resume(generator, NONE, true),
            };
        }
        vm.decref(inner);
    }
    vm.restore_raised(exception);
    throw_here(vm, generator)
}

/// The inner iterator returned while an exception was thrown into it: `yield from` has its value.
fn resume_after_inner(vm: &mut Vm, generator: Addr, value: Own) -> PyResult<Result<Own, Own>> {
    // The stack holds the inner iterator. The instruction after the suspended one is RESUME, then
    // JUMP_BACKWARD_NO_INTERRUPT to SEND, whose target END_SEND expects `receiver, value`.
    let program = vm.program(vm.field(generator, FRAME + parked::CODE));
    let mut pc = vm.word(generator, FRAME + parked::PC) as usize;
    while let Some(instruction) = program.instructions.get(pc) {
        match instruction.op {
            crate::python::code::Op::Send => {
                vm.set_word(generator, FRAME + parked::PC, u64::from(instruction.arg));
                return vm.generator_resume(generator, value.into_addr(), false);
            }
            crate::python::code::Op::JumpBackwardNoInterrupt => pc = instruction.arg as usize,
            _ => pc += 1,
        }
    }
    vm.decref(value);
    Err(vm.system_error("yield from without SEND"))
}

fn close_inner(vm: &mut Vm, inner: Addr) -> PyResult<()> {
    if matches!(vm.type_of(inner), types::GENERATOR | types::COROUTINE) {
        let value = close_generator(vm, inner)?;
        vm.decref(value);
        return Ok(());
    }
    if let Some(close) = vm.get_attr_opt(inner, vm.names.close)? {
        let value = vm.call(close.addr(), &[])?;
        vm.decref(close);
        vm.decref(value);
    }
    Ok(())
}

/// An exception from the three arguments that `throw` takes.
pub fn thrown(vm: &mut Vm, args: Args) -> PyResult<Own> {
    warn_of_parts(vm, "throw", args)?;
    thrown_silently(vm, args)
}

/// Warns of a call of `method` that gives an exception in parts.
pub fn warn_of_parts(vm: &mut Vm, method: &str, args: Args) -> PyResult<()> {
    if !vm.profile.throwing_parts_warns || args.len() < 2 {
        return Ok(());
    }
    let message = format!(
        "the (type, exc, tb) signature of {method}() is deprecated, use the single-arg signature instead."
    );
    vm.warn(types::DEPRECATION_WARNING, &message)
}

/// [`thrown`] where a warning was given before.
pub fn thrown_silently(vm: &mut Vm, args: Args) -> PyResult<Own> {
    let class = args.get(vm, 0);
    let value = args.opt(vm, 1).filter(|value| *value != NONE);
    let trace = args.opt(vm, 2).filter(|trace| *trace != NONE);
    if trace.is_some_and(|trace| vm.type_of(trace) != types::TRACEBACK) {
        return Err(vm.type_error("throw() third argument must be a traceback object"));
    }
    let exception = if vm.is_exception_class(class) {
        // What goes wrong when the exception is made is thrown in its place.
        match made(vm, class, value) {
            Ok(made) => made,
            Err(raised) => match vm.take_raised() {
                Some(other) => return Ok(other),
                None => return Err(raised),
            },
        }
    } else if vm.has_flag(class, flags::BASE_EXC_SUBCLASS) {
        if value.is_some() {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        vm.incref(class)
    } else {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!(
            "exceptions must be classes or instances deriving from BaseException, not {name}"
        )));
    };
    if let Some(trace) = trace {
        let trace = vm.incref(trace);
        vm.set_field(
            exception.addr(),
            super::exception::offsets::TRACEBACK,
            Some(trace),
        );
    }
    Ok(exception)
}

/// An instance of an exception class: `value` itself if it is one.
fn made(vm: &mut Vm, class: Addr, value: Option<Addr>) -> PyResult<Own> {
    let made = match value {
        Some(value) if vm.exception_matches(value, class) => return Ok(vm.incref(value)),
        Some(value) if vm.has_flag(value, flags::TUPLE_SUBCLASS) => {
            vm.call_tuple_dict(class, value, Addr::NULL)?
        }
        Some(value) => vm.call(class, &[value])?,
        None => vm.call(class, &[])?,
    };
    if vm.has_flag(made.addr(), flags::BASE_EXC_SUBCLASS) {
        return Ok(made);
    }
    let shown = vm.repr(class)?;
    let (shown, got) = (str::to_rust(vm, shown.addr()), vm.type_name(made.addr()));
    Err(vm.type_error(format!(
        "calling {shown} should have returned an instance of BaseException, not {got}"
    )))
}

fn throw(vm: &mut Vm, generator: Addr, args: Args) -> PyResult<Own> {
    let exception = thrown(vm, args)?;
    match throw_exception(vm, generator, exception)? {
        Ok(value) => Ok(value),
        Err(value) => Err(raise_stop(vm, value)),
    }
}

/// `generator.close()`
pub fn close_generator(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    match state(vm, generator) {
        CREATED if vm.profile.created_generators_just_end => {
            set_state(vm, generator, COMPLETED);
            return Ok(vm.none());
        }
        EXECUTING => {
            let kind = kind(vm, generator);
            return Err(vm.value_error(format!("{kind} already executing")));
        }
        state if state > EXECUTING => return Ok(vm.none()),
        _ => {}
    }
    let mut failed = false;
    if let Some(inner) = yield_from(vm, generator) {
        let inner = vm.incref(inner);
        set_state(vm, generator, EXECUTING);
        failed = close_inner(vm, inner.addr()).is_err();
        set_state(vm, generator, SUSPENDED_YIELD_FROM);
        vm.decref(inner);
    } else if vm.profile.unguarded_generators_just_end && !guarded(vm, generator) {
        // Nothing could catch the exception: the locals are dropped without running; the function stays
        // until the generator dies.
        set_state(vm, generator, COMPLETED);
        vm.clear_parked_locals(generator.at(FRAME));
        return Ok(vm.none());
    }
    if !failed {
        let exception = super::exception::new_without_args(vm, types::GENERATOR_EXIT)?;
        let _ = vm.raise(exception);
    }
    match vm.generator_resume(generator, NONE, true) {
        Ok(Ok(value)) => {
            vm.decref(value);
            let kind = kind(vm, generator);
            Err(vm.runtime_error(format!("{kind} ignored GeneratorExit")))
        }
        Ok(Err(value)) => Ok(value),
        Err(Raised)
            if vm.raised_is(types::GENERATOR_EXIT) || vm.raised_is(types::STOP_ITERATION) =>
        {
            vm.clear_raised();
            Ok(vm.none())
        }
        Err(raised) => Err(raised),
    }
}

/// Whether a handler of the program's own guards the suspended instruction: not only the one that turns
/// `StopIteration` into `RuntimeError`.
fn guarded(vm: &Vm, generator: Addr) -> bool {
    let program = vm.program(vm.field(generator, FRAME + parked::CODE));
    let pc = vm.word(generator, FRAME + parked::PC) as u32;
    // RESUME follows: its second bit says that only the outermost handler is there.
    match program.instructions.get(pc as usize) {
        Some(resume) if resume.op == crate::python::code::Op::Resume => resume.arg & 4 == 0,
        _ => true,
    }
}

fn release_code(vm: &mut Vm, generator: Addr) {
    let word = vm.word(generator, FRAME + parked::CODE);
    vm.set_word(generator, FRAME + parked::CODE, 0);
    vm.decref_word(word);
}

fn close(vm: &mut Vm, generator: Addr, _: Args) -> PyResult<Own> {
    close_generator(vm, generator)
}

/// Closes a generator that dies while suspended.
pub fn finalize(vm: &mut Vm, generator: Addr) {
    if state(vm, generator) >= EXECUTING {
        return;
    }
    let raised = vm.raised.take();
    if state(vm, generator) == CREATED && vm.type_of(generator) == types::COROUTINE {
        vm.warn_never_awaited(generator);
    } else if vm.type_of(generator) != types::ASYNC_GENERATOR
        || !super::async_generator::finalize(vm, generator)
    {
        match close_generator(vm, generator) {
            Ok(value) => vm.decref(value),
            Err(Raised) => vm.write_unraisable_while(generator, "closing generator"),
        }
    }
    let newer = std::mem::replace(&mut vm.raised, raised);
    vm.xdecref(newer);
}

fn dealloc(vm: &mut Vm, generator: Addr) {
    gc::untrack(vm, generator);
    super::weakref::clear_refs(vm, generator);
    if state(vm, generator) < EXECUTING {
        gc::track(vm, generator);
        vm.set_word(generator, OB_REFCNT, 1);
        finalize(vm, generator);
        let count = vm.word(generator, OB_REFCNT) - 1;
        vm.set_word(generator, OB_REFCNT, count);
        if count > 0 {
            return;
        }
        gc::untrack(vm, generator);
    }
    if state(vm, generator) != CLEARED {
        let object = vm.field(generator, FRAME + parked::OBJECT);
        vm.set_word(generator, FRAME + parked::OBJECT, 0);
        set_state(vm, generator, CLEARED);
        let frame = generator.at(FRAME);
        if object.is_null() || !super::frame::outlive_generator(vm, object, frame) {
            vm.clear_parked(frame);
        }
    }
    release_code(vm, generator);
    for field in [EXC_VALUE, NAME, QUALNAME, CODE, ORIGIN] {
        let word = vm.word(generator, field);
        vm.decref_word(word);
    }
    alloc::free(vm, generator);
}

fn traverse(vm: &Vm, generator: Addr, visit: &mut dyn FnMut(Addr)) {
    if vm.profile.generators_hold_code && state(vm, generator) >= CLEARED {
        visit(vm.field(generator, FRAME + parked::CODE));
    }
    for field in [CODE, NAME, QUALNAME] {
        if let Some(value) = vm.field(generator, field).some() {
            visit(value);
        }
    }
    // The finalizer of an asynchronous generator.
    if vm.type_of(generator) == types::ASYNC_GENERATOR
        && let Some(finalizer) = vm.field(generator, ORIGIN).some()
    {
        visit(finalizer);
    }
    if state(vm, generator) != EXECUTING && state(vm, generator) < CLEARED {
        if let Some(object) = vm.field(generator, FRAME + parked::OBJECT).some() {
            visit(object);
        }
        vm.traverse_parked(generator.at(FRAME), visit);
    }
    if let Some(value) = vm.field(generator, EXC_VALUE).some() {
        visit(value);
    }
}

/// A finished generator keeps its code, which the collector does not follow.
fn references(vm: &Vm, generator: Addr, visit: &mut dyn FnMut(Addr)) {
    traverse(vm, generator, visit);
    if !vm.profile.generators_hold_code
        && state(vm, generator) >= CLEARED
        && let Some(code) = vm.field(generator, FRAME + parked::CODE).some()
    {
        visit(code);
    }
}

fn sizeof(vm: &mut Vm, generator: Addr, _: Args) -> PyResult<Own> {
    let kinds = [types::GENERATOR, types::COROUTINE, types::ASYNC_GENERATOR];
    let kind = kinds.iter().position(|kind| vm.type_of(generator) == *kind);
    let size = match (vm.profile.generators_without_frame, kind) {
        (Some(sizes), Some(kind)) => i64::from(sizes[kind]),
        _ => {
            let items = vm.word(generator, ITEMS) as i64;
            i64::from(vm.profile.basicsize("generator", 144)) + 8 * items
        }
    };
    Ok(super::int::new(vm, size))
}

fn repr(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    let name = str::to_rust(vm, vm.field(generator, QUALNAME));
    let kind = match vm.type_of(generator) {
        types::ASYNC_GENERATOR => "async_generator",
        _ => kind(vm, generator),
    };
    Ok(str::new(
        vm,
        &format!("<{kind} object {name} at {:#x}>", generator.0),
    ))
}

fn get_name(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    Ok(vm.incref(vm.field(generator, NAME)))
}

fn get_qualname(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    Ok(vm.incref(vm.field(generator, QUALNAME)))
}

fn set_name(vm: &mut Vm, generator: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    set_text(vm, generator, NAME, value, "__name__")
}

fn set_qualname(vm: &mut Vm, generator: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    set_text(vm, generator, QUALNAME, value, "__qualname__")
}

fn set_text(vm: &mut Vm, at: Addr, field: u64, value: Option<Addr>, what: &str) -> PyResult<()> {
    let Some(value) = value.filter(|value| vm.has_flag(*value, flags::UNICODE_SUBCLASS)) else {
        return Err(vm.type_error(format!("{what} must be set to a string object")));
    };
    let value = vm.incref(value);
    vm.set_field(at, field, Some(value));
    Ok(())
}

/// `gi_frame`, `cr_frame`, `ag_frame`
pub fn get_frame(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    if state(vm, generator) > EXECUTING {
        return Ok(vm.none());
    }
    super::frame::of_generator(vm, generator)
}

/// `gi_running`
pub fn get_running(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    let running = state(vm, generator) == EXECUTING;
    Ok(vm.bool(running))
}

/// `gi_suspended`
pub fn get_suspended(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    let suspended = matches!(state(vm, generator), SUSPENDED | SUSPENDED_YIELD_FROM);
    Ok(vm.bool(suspended))
}

/// `gi_yieldfrom`, `cr_await`, `ag_await`
pub fn get_yield_from(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    let inner = yield_from(vm, generator).unwrap_or(NONE);
    Ok(vm.incref(inner))
}

/// `gi_code`
pub fn get_code(vm: &mut Vm, generator: Addr) -> PyResult<Own> {
    if let Some(code) = vm.field(generator, FRAME + parked::CODE).some() {
        return Ok(vm.incref(code));
    }
    Ok(vm.none())
}

/// The slots that generators, coroutines and asynchronous generators share.
pub fn fill_common(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.references = Some(references);
    slots.finalize = Some(finalize);
    slots.repr = Some(repr);
}

fn fill(slots: &mut Slots) {
    fill_common(slots);
    slots.iter = Some(iter);
    slots.iternext = Some(iternext);
}

/// `send` of generators and coroutines.
pub const SEND: Method = Method::new("send", "(arg, /)", send);
/// `throw` of generators and coroutines.
pub const THROW: Method = Method::new("throw", "(typ, val=None, tb=None, /)", throw);
/// `close` of generators and coroutines.
pub const CLOSE: Method = Method::new("close", "()", close);
/// `__sizeof__`: with the room for locals and stack.
pub const SIZEOF: Method = Method::new("__sizeof__", "()", sizeof);
/// `__name__`
pub const NAME_ROW: GetSet = GetSet::write("__name__", get_name, set_name);
/// `__qualname__`
pub const QUALNAME_ROW: GetSet = GetSet::write("__qualname__", get_qualname, set_qualname);

/// The type `generator`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 144,
    itemsize: 8,
    flags: flags::HAVE_GC,
    weaklistoffset: WEAKREFLIST as u32,
    slots: fill,
    methods: &[SEND, THROW, CLOSE, SIZEOF],
    getset: &[
        NAME_ROW,
        QUALNAME_ROW,
        GetSet::read("gi_yieldfrom", get_yield_from),
        GetSet::read("gi_running", get_running),
        GetSet::read("gi_frame", get_frame),
        GetSet::read("gi_suspended", get_suspended),
        GetSet::read("gi_code", get_code),
    ],
    ..TypeSpec::new(types::GENERATOR, "generator")
};
