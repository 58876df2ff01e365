//! The eval loop: one `match` over CPython 3.13's instructions.
//!
//! What the loop reads every turn lives in local variables: `program`, `pc`, `sp` (one past the last value of
//! the stack) and `fp` (the first fast local). `load_frame!` reads them from the running frame, and pushing a
//! frame saves them there. `vm.heap.pc` follows `pc`, so that natives can ask for the current line.
//!
//! Values on the stack own a count. An operand stays on the stack until its operation has succeeded, so an
//! error leaves nothing to clean up: unwinding cuts the stack.

mod attribute;
mod breaker;
mod call;
mod exceptions;
mod generators;
mod intrinsic;
mod learn;
mod matching;
mod names;
mod number;
mod sequence;
mod threads;

use self::attribute::Attribute;
use super::frame::{After, Frame, Owner};
use super::program::Fused;
use super::{PyResult, Raised, Vm, pair};
use crate::python::code::Op;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    self, BinaryOp, CompareOp, cell, dict, function, list, set, str, tuple, types,
};

/// What watches a run. With [`Off`] nothing of it is compiled.
pub trait Tracer {
    /// Whether events are wanted.
    const ENABLED: bool;
}

/// Nobody watches.
pub struct Off;

impl Tracer for Off {
    const ENABLED: bool = false;
}

/// `sys.settrace` or an observer is told about lines, calls, returns and exceptions.
pub struct On;

impl Tracer for On {
    const ENABLED: bool = true;
}

/// How an instruction of the loop left it.
pub(super) enum Exit {
    /// An exception was raised here: the frame gets an entry in its traceback.
    Error,
    /// An exception goes on that has this frame's entry already.
    Reraise,
    /// As [`Exit::Reraise`], and where no handler of this frame takes it, the frame ends at the instruction with this
    /// index, which raised it.
    ReraiseFrom(u32),
}

impl Vm {
    /// Runs the top frame, and those it calls, until it returns.
    pub(crate) fn run_top_frame(&mut self) -> PyResult<Own> {
        if self.native_depth >= self.limits.native_recursion {
            self.drop_top_frame();
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        self.native_depth += 1;
        let result = loop {
            let result = match self.tracing {
                true => run::<On>(self),
                false => run::<Off>(self),
            };
            if !std::mem::take(&mut self.loop_changes) {
                break result;
            }
        };
        self.native_depth -= 1;
        result
    }

    /// Takes the top frame off without running it.
    #[cold]
    pub(crate) fn drop_top_frame(&mut self) {
        if let Some(frame) = self.pop_frame() {
            let count = Vm::frame_words(&frame, frame.sp);
            match frame.owner {
                Owner::Thread => self.clear_frame(frame, count),
                Owner::Generator(generator) => self.finish_generator(generator, frame, count),
            }
        }
    }

    /// Makes `frame` the running one; what runs now keeps its place.
    #[inline(always)]
    pub(crate) fn push_frame(&mut self, frame: Frame) {
        if self.heap.is_traced() {
            self.traced_enter(frame.code);
        }
        let pc = self.heap.pc;
        if let Some(caller) = self.frames.last_mut() {
            caller.pc = pc as u32;
        }
        self.stack_top = frame.top;
        self.heap.pc = frame.pc as usize;
        self.frames.push(frame);
    }

    /// Takes the running frame off; its caller runs again.
    #[inline(always)]
    pub(crate) fn pop_frame(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        if self.heap.is_traced() {
            self.traced_leave();
        }
        let caller = self.frames.last();
        if let Some(caller) = caller {
            self.heap.pc = caller.pc as usize;
        }
        self.stack_top = match (frame.after, caller) {
            (After::Leave, _) | (_, None) => match frame.owner {
                Owner::Thread => frame.base,
                Owner::Generator(_) => self.stack_top,
            },
            (_, Some(caller)) => caller.top,
        };
        Some(frame)
    }
}

/// Runs the top frame of `vm.frames` until it returns.
pub fn run<T: Tracer>(vm: &mut Vm) -> PyResult<Own> {
    // A turn for each time that a frame begins or goes on.
    'frame: loop {
        let Some(frame) = vm.frames.last() else {
            return Err(vm.system_error("no frame to run"));
        };
        let program = vm.program(frame.code);
        let (code, consts) = (&*program.instructions, &*program.consts);
        let (mut pc, mut sp, fp) = (frame.pc as usize, frame.sp, frame.base);

        // Another frame is on top.
        macro_rules! load_frame {
            () => {
                continue 'frame
            };
        }
        // After an error in a call that may have taken operands over.
        macro_rules! reload_place {
            () => {
                if let Some(frame) = vm.frames.last() {
                    pc = frame.pc as usize;
                    sp = frame.sp;
                }
            };
        }
        macro_rules! save_frame {
            () => {
                if let Some(frame) = vm.frames.last_mut() {
                    frame.pc = pc as u32;
                    frame.sp = sp;
                }
            };
        }
        macro_rules! push {
            ($value:expr) => {{
                let value: Addr = $value;
                vm.set_word(sp, 0, value.0);
                sp = sp.at(8);
            }};
        }
        macro_rules! pop {
            () => {{
                sp = sp.before(8);
                vm.field(sp, 0)
            }};
        }
        macro_rules! peek {
            ($depth:expr) => {
                vm.field(sp.before(8 * $depth as u64), 0)
            };
        }
        macro_rules! set_peek {
            ($depth:expr, $value:expr) => {{
                let value: Addr = $value;
                vm.set_word(sp.before(8 * $depth as u64), 0, value.0)
            }};
        }

        let exit = 'dispatch: loop {
            macro_rules! tri {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(Raised) => break 'dispatch Exit::Error,
                    }
                };
            }
            // The value of a native call is on the stack by then: a listener that raises finds nothing half done.
            macro_rules! native_returned {
                ($told:expr) => {
                    if let Some(told) = $told {
                        save_frame!();
                        tri!(vm.trace_native_returned(told));
                    }
                };
            }
            macro_rules! check_breaker {
                () => {
                    vm.steps += 1;
                    if vm.steps >= vm.break_at {
                        save_frame!();
                        tri!(vm.on_break());
                    }
                };
            }
            // A truth value for the stack, or for the jump that comes next.
            macro_rules! push_truth {
                ($truth:expr) => {{
                    let truth: bool = $truth;
                    let next = code[pc];
                    let jumps_on = next.op == Op::PopJumpIfTrue;
                    if !T::ENABLED && (jumps_on || next.op == Op::PopJumpIfFalse) {
                        pc = if truth == jumps_on {
                            next.arg as usize
                        } else {
                            pc + 1
                        };
                    } else {
                        let truth = vm.bool(truth);
                        push!(truth.into_addr());
                    }
                }};
            }
            // A new value for the stack, or for the local that the next instruction stores it into.
            macro_rules! push_or_store {
                ($value:expr) => {{
                    let value: Addr = $value;
                    let next = code[pc];
                    if !T::ENABLED && next.op == Op::StoreFast {
                        pc += 1;
                        vm.heap.pc = pc;
                        let slot = 8 * u64::from(next.arg);
                        let old = vm.word(fp, slot);
                        vm.set_word(fp, slot, value.0);
                        vm.decref_word(old);
                    } else {
                        push!(value);
                    }
                }};
            }
            // Runs the operator `$skip` instructions ahead on two operands that nobody has counted, if they
            // are of the simple kinds. With a skip of 1 after a single load the left one is on the stack.
            macro_rules! operate {
                ($left:expr, $right:expr, $skip:expr, $on_stack:expr) => {{
                    let (left, right): (Addr, Addr) = ($left, $right);
                    let operator = code[pc + $skip - 1];
                    if !T::ENABLED {
                        vm.heap.pc = pc + $skip;
                        if let Some(result) = vm.operate(operator, left, right) {
                            pc += $skip;
                            if $on_stack {
                                sp = sp.before(8);
                                vm.release(left);
                            }
                            if operator.op == Op::CompareOp {
                                let truth = result.addr() == object::TRUE;
                                vm.decref(result);
                                push_truth!(truth);
                            } else {
                                push_or_store!(result.into_addr());
                            }
                            continue 'dispatch;
                        }
                        vm.heap.pc = pc;
                    }
                }};
            }
            // A getter's frame was pushed above `owner`, which its value replaces.
            macro_rules! enter_getter {
                ($owner:expr) => {{
                    let caller = vm.frames.len().wrapping_sub(2);
                    if let Some(caller) = vm.frames.get_mut(caller) {
                        caller.sp = sp.before(8);
                    }
                    vm.release($owner);
                    load_frame!();
                }};
            }
            // Takes `n` operands off the stack and drops them, the lowest first.
            macro_rules! drop_operands {
                ($n:expr) => {{
                    let n = $n as u64;
                    sp = sp.before(8 * n);
                    for i in 0..n {
                        let operand = vm.field(sp, 8 * i);
                        vm.release(operand);
                    }
                }};
            }

            let instruction = code[pc];
            let arg = instruction.arg;
            vm.heap.pc = pc + 1;
            if T::ENABLED {
                save_frame!();
                if instruction.op != Op::Resume && vm.trace_line(pc).is_err() {
                    pc += 1;
                    break 'dispatch Exit::Error;
                }
            }
            pc += 1;

            match instruction.op {
                Op::Resume => {
                    if arg < 2 {
                        check_breaker!();
                    }
                    if T::ENABLED != vm.tracing {
                        pc -= 1;
                        save_frame!();
                        vm.loop_changes = true;
                        return Err(Raised);
                    }
                    if T::ENABLED {
                        save_frame!();
                        tri!(vm.trace_call(pc - 1, arg != 0));
                    }
                }
                Op::Nop | Op::Cache | Op::ExtendedArg => {}
                Op::LoadFast => {
                    let value = vm.field(fp, 8 * u64::from(arg));
                    match instruction.fused {
                        Fused::No => {}
                        Fused::Attribute if T::ENABLED => {}
                        Fused::Attribute => {
                            let next = code[pc];
                            if let Some(found) = vm.cached_attr(program.cache(next), value) {
                                vm.retain(found);
                                pc += 1;
                                push_or_store!(found);
                                continue 'dispatch;
                            }
                        }
                        Fused::Operator => operate!(peek!(1), value, 1, true),
                        Fused::PairOperator => {
                            let constant = code[pc].arg;
                            operate!(value, consts[constant as usize], 2, false);
                        }
                    }
                    vm.retain(value);
                    push!(value);
                }
                Op::LoadFastCheck => {
                    let value = vm.field(fp, 8 * u64::from(arg));
                    if value.is_null() {
                        let _ = vm.unbound_local(&program, arg);
                        break 'dispatch Exit::Error;
                    }
                    vm.retain(value);
                    push!(value);
                }
                Op::LoadFastLoadFast => {
                    let first = vm.field(fp, 8 * u64::from(arg >> 4));
                    let second = vm.field(fp, 8 * u64::from(arg & 15));
                    if instruction.fused == Fused::PairOperator {
                        operate!(first, second, 1, false);
                    }
                    vm.retain(first);
                    vm.retain(second);
                    push!(first);
                    push!(second);
                }
                Op::LoadFastAndClear => {
                    let value = vm.field(fp, 8 * u64::from(arg));
                    vm.set_word(fp, 8 * u64::from(arg), 0);
                    push!(value);
                }
                Op::StoreFast => {
                    let value = pop!();
                    let old = vm.word(fp, 8 * u64::from(arg));
                    vm.set_word(fp, 8 * u64::from(arg), value.0);
                    vm.decref_word(old);
                }
                Op::StoreFastLoadFast => {
                    let value = pop!();
                    let slot = 8 * u64::from(arg >> 4);
                    let old = vm.word(fp, slot);
                    vm.set_word(fp, slot, value.0);
                    let loaded = vm.field(fp, 8 * u64::from(arg & 15));
                    vm.retain(loaded);
                    push!(loaded);
                    vm.decref_word(old);
                }
                Op::StoreFastStoreFast => {
                    for slot in [8 * u64::from(arg >> 4), 8 * u64::from(arg & 15)] {
                        let value = pop!();
                        let old = vm.word(fp, slot);
                        vm.set_word(fp, slot, value.0);
                        vm.decref_word(old);
                    }
                }
                Op::DeleteFast => {
                    let slot = 8 * u64::from(arg);
                    let old = vm.field(fp, slot);
                    if old.is_null() {
                        let _ = vm.unbound_local(&program, arg);
                        break 'dispatch Exit::Error;
                    }
                    vm.set_word(fp, slot, 0);
                    vm.release(old);
                }
                Op::LoadConst => {
                    let value = consts[arg as usize];
                    if instruction.fused == Fused::Operator {
                        operate!(peek!(1), value, 1, true);
                    }
                    vm.retain(value);
                    push!(value);
                }
                Op::PopTop | Op::EndFor => {
                    let value = pop!();
                    vm.release(value);
                }
                Op::PushNull => push!(Addr::NULL),
                Op::Copy => {
                    let value = peek!(arg);
                    if !value.is_null() {
                        vm.retain(value);
                    }
                    push!(value);
                }
                Op::Swap => {
                    let (top, bottom) = (peek!(1), peek!(arg));
                    set_peek!(1, bottom);
                    set_peek!(arg, top);
                }
                Op::EndSend => {
                    let value = pop!();
                    let receiver = pop!();
                    push!(value);
                    vm.release(receiver);
                }

                Op::JumpForward => pc = arg as usize,
                Op::JumpBackward => {
                    pc = arg as usize;
                    check_breaker!();
                }
                Op::JumpBackwardNoInterrupt => pc = arg as usize,
                Op::PopJumpIfFalse | Op::PopJumpIfTrue => {
                    let condition = peek!(1);
                    let jump_on = instruction.op == Op::PopJumpIfTrue;
                    let truth = tri!(vm.truth(condition));
                    sp = sp.before(8);
                    vm.release(condition);
                    if truth == jump_on {
                        pc = arg as usize;
                    }
                }
                Op::PopJumpIfNone => {
                    let value = pop!();
                    if value == object::NONE {
                        pc = arg as usize;
                    } else {
                        vm.release(value);
                    }
                }
                Op::PopJumpIfNotNone => {
                    let value = pop!();
                    if value != object::NONE {
                        vm.release(value);
                        pc = arg as usize;
                    }
                }
                Op::ToBool => {
                    let value = peek!(1);
                    let truth = tri!(vm.truth(value));
                    sp = sp.before(8);
                    vm.release(value);
                    push_truth!(truth);
                }
                Op::UnaryNot => {
                    let value = peek!(1);
                    let truth = tri!(vm.truth(value));
                    sp = sp.before(8);
                    vm.release(value);
                    push_truth!(!truth);
                }
                Op::UnaryNegative => {
                    let value = peek!(1);
                    let result = tri!(vm.unary_negative(value));
                    set_peek!(1, result.into_addr());
                    vm.release(value);
                }
                Op::UnaryInvert => {
                    let value = peek!(1);
                    let result = tri!(vm.unary_invert(value));
                    set_peek!(1, result.into_addr());
                    vm.release(value);
                }

                Op::BinaryOp => {
                    let (left, right) = (peek!(2), peek!(1));
                    let result = match number::FAST_BINARY[arg as usize](vm, left, right) {
                        Some(result) => result,
                        None => {
                            // `s += t` on a local: the local gives its reference up, so that the string
                            // may grow where it is.
                            if (arg == 0 || arg == 13)
                                && vm.is_exact_str(left)
                                && vm.is_exact_str(right)
                            {
                                let next = code[pc];
                                sp = sp.before(16);
                                let joined = vm.concat_in_place(&program, fp, next, left, right);
                                let joined = tri!(joined);
                                push!(joined.into_addr());
                                continue 'dispatch;
                            }
                            tri!(vm.binary_operator(left, right, arg))
                        }
                    };
                    sp = sp.before(16);
                    vm.release(left);
                    vm.release(right);
                    push_or_store!(result.into_addr());
                }
                Op::CompareOp => {
                    let (left, right) = (peek!(2), peek!(1));
                    let op = CompareOp::from_number(arg >> 5);
                    let truth = match vm.fast_compare(left, right, op) {
                        Some(truth) => truth,
                        None => {
                            let result = tri!(vm.rich_compare(left, right, op));
                            if arg & 16 == 0 {
                                sp = sp.before(8);
                                set_peek!(1, result.into_addr());
                                vm.release(left);
                                vm.release(right);
                                continue 'dispatch;
                            }
                            let truth = tri!(vm.is_true(result.addr()));
                            vm.decref(result);
                            truth
                        }
                    };
                    sp = sp.before(16);
                    vm.release(left);
                    vm.release(right);
                    push_truth!(truth);
                }
                Op::IsOp => {
                    let right = pop!();
                    let left = pop!();
                    vm.release(left);
                    vm.release(right);
                    push_truth!((left == right) != (arg == 1));
                }
                Op::ContainsOp => {
                    let (left, right) = (peek!(2), peek!(1));
                    let found = tri!(vm.contains(right, left)) != (arg == 1);
                    sp = sp.before(16);
                    vm.release(left);
                    vm.release(right);
                    push_truth!(found);
                }

                Op::BinarySubscr => {
                    let (container, key) = (peek!(2), peek!(1));
                    let result = match vm.fast_subscript(container, key) {
                        Some(value) => {
                            vm.retain(value);
                            value
                        }
                        None => tri!(vm.get_item(container, key)).into_addr(),
                    };
                    sp = sp.before(8);
                    set_peek!(1, result);
                    vm.release(container);
                    vm.release(key);
                }
                Op::StoreSubscr => {
                    let (value, container, key) = (peek!(3), peek!(2), peek!(1));
                    tri!(vm.set_item(container, key, Some(value)));
                    drop_operands!(3);
                }
                Op::DeleteSubscr => {
                    let (container, key) = (peek!(2), peek!(1));
                    tri!(vm.set_item(container, key, None));
                    drop_operands!(2);
                }
                Op::BinarySlice => {
                    let (container, start, stop) = (peek!(3), peek!(2), peek!(1));
                    let result = tri!(vm.binary_slice(container, start, stop));
                    drop_operands!(3);
                    push!(result.into_addr());
                }
                Op::StoreSlice => {
                    let (value, container) = (peek!(4), peek!(3));
                    let (start, stop) = (peek!(2), peek!(1));
                    tri!(vm.store_slice(container, start, stop, value));
                    drop_operands!(4);
                }

                Op::LoadGlobal => {
                    match vm.cached_global(program.cache(instruction)) {
                        Some(value) => {
                            vm.retain(value);
                            push!(value);
                        }
                        None => {
                            let value = tri!(vm.load_global(&program, instruction));
                            push!(value.into_addr());
                        }
                    }
                    if arg & 1 != 0 {
                        push!(Addr::NULL);
                    }
                }
                Op::LoadName => {
                    let value = tri!(vm.load_name(program.names[arg as usize]));
                    push!(value.into_addr());
                }
                Op::StoreName => {
                    let value = peek!(1);
                    tri!(vm.store_name(program.names[arg as usize], value));
                    sp = sp.before(8);
                    vm.release(value);
                }
                Op::DeleteName => tri!(vm.delete_name(program.names[arg as usize])),
                Op::StoreGlobal => {
                    let value = peek!(1);
                    let globals = vm.frame_globals();
                    tri!(dict::set(vm, globals, program.names[arg as usize], value));
                    sp = sp.before(8);
                    vm.release(value);
                }
                Op::DeleteGlobal => tri!(vm.delete_global(program.names[arg as usize])),
                Op::LoadLocals => {
                    let locals = tri!(vm.frame_locals_mapping());
                    vm.retain(locals);
                    push!(locals);
                }
                Op::LoadFromDictOrGlobals => {
                    let mapping = peek!(1);
                    let name = program.names[arg as usize];
                    let value = tri!(vm.load_from_dict_or_globals(mapping, name));
                    set_peek!(1, value.into_addr());
                    vm.release(mapping);
                }
                Op::LoadFromDictOrDeref => {
                    let mapping = peek!(1);
                    let value = tri!(vm.load_from_dict_or_deref(&program, fp, mapping, arg));
                    set_peek!(1, value.into_addr());
                    vm.release(mapping);
                }
                Op::MakeCell => {
                    let slot = 8 * u64::from(arg);
                    let value = Own::from_word(vm.word(fp, slot));
                    let made = tri!(cell::new(vm, value));
                    vm.set_word(fp, slot, made.into_addr().0);
                }
                Op::CopyFreeVars => {
                    let closure = match vm.frames.last() {
                        Some(frame) => vm.field(frame.function, function::CLOSURE),
                        None => Addr::NULL,
                    };
                    let first = program.nlocalsplus - arg;
                    for i in 0..arg {
                        let free = tuple::item(vm, closure, i as usize);
                        vm.retain(free);
                        vm.set_word(fp, 8 * u64::from(first + i), free.0);
                    }
                }
                Op::LoadDeref => {
                    let holder = vm.field(fp, 8 * u64::from(arg));
                    let value = vm.field(holder, cell::REF);
                    if value.is_null() {
                        let _ = vm.unbound_deref(&program, arg);
                        break 'dispatch Exit::Error;
                    }
                    vm.retain(value);
                    push!(value);
                }
                Op::StoreDeref => {
                    let value = pop!();
                    let holder = vm.field(fp, 8 * u64::from(arg));
                    let old = vm.word(holder, cell::REF);
                    vm.set_word(holder, cell::REF, value.0);
                    vm.decref_word(old);
                }
                Op::DeleteDeref => {
                    let holder = vm.field(fp, 8 * u64::from(arg));
                    let old = vm.field(holder, cell::REF);
                    if old.is_null() {
                        let _ = vm.unbound_deref(&program, arg);
                        break 'dispatch Exit::Error;
                    }
                    vm.set_word(holder, cell::REF, 0);
                    vm.release(old);
                }

                Op::LoadAttr => {
                    let owner = peek!(1);
                    let cache = program.cache(instruction);
                    let (value, is_method) = match vm.cached_attr(cache, owner) {
                        Some(value) => {
                            vm.retain(value);
                            (value, cache.get().is_method)
                        }
                        None => match tri!(vm.load_attr(&program, instruction, owner)) {
                            Attribute::Value(value) => (value.into_addr(), false),
                            Attribute::Method(function) => (function.into_addr(), true),
                            Attribute::Frame => {
                                enter_getter!(owner);
                            }
                        },
                    };
                    set_peek!(1, value);
                    if is_method {
                        push!(owner);
                    } else {
                        if arg & 1 != 0 {
                            push!(Addr::NULL);
                        }
                        vm.release(owner);
                    }
                }
                Op::StoreAttr => {
                    let (value, owner) = (peek!(2), peek!(1));
                    if vm.cached_store(program.cache(instruction), owner, value) {
                        sp = sp.before(16);
                        vm.release(owner);
                    } else {
                        tri!(vm.store_attr(&program, instruction, owner, value));
                        drop_operands!(2);
                    }
                }
                Op::DeleteAttr => {
                    let owner = peek!(1);
                    tri!(vm.set_attr(owner, program.names[arg as usize], None));
                    sp = sp.before(8);
                    vm.release(owner);
                }
                Op::LoadSuperAttr => {
                    let (attr, is_method) = tri!(vm.load_super_attr(&program, instruction, sp));
                    let instance = pop!();
                    let class = pop!();
                    let global = pop!();
                    push!(attr.into_addr());
                    vm.release(global);
                    vm.release(class);
                    if arg & 1 != 0 {
                        if is_method {
                            push!(instance);
                        } else {
                            push!(Addr::NULL);
                            vm.release(instance);
                        }
                    } else {
                        vm.release(instance);
                    }
                }

                Op::GetIter => {
                    let iterable = peek!(1);
                    let iterator = tri!(vm.get_iter(iterable));
                    set_peek!(1, iterator.into_addr());
                    vm.release(iterable);
                }
                Op::GetYieldFromIter => {
                    let iterable = peek!(1);
                    if let Some(iterator) = tri!(vm.get_yield_from_iter(iterable)) {
                        set_peek!(1, iterator.into_addr());
                        vm.release(iterable);
                    }
                }
                Op::ForIter => {
                    let iterator = peek!(1);
                    if vm.type_of(iterator) == types::GENERATOR && vm.can_resume_inline(iterator) {
                        save_frame!();
                        tri!(vm.resume_inline(iterator, object::NONE, After::ForIter(arg)));
                        load_frame!();
                    }
                    let item = tri!(vm.for_iter(iterator));
                    match item {
                        Some(value) => push_or_store!(value.into_addr()),
                        None => {
                            // Past END_FOR and POP_TOP, which serve a generator that returned.
                            sp = sp.before(8);
                            vm.release(iterator);
                            pc = arg as usize + 2;
                        }
                    }
                }
                Op::GetIterPair => {
                    let iterable = peek!(1);
                    if vm.loops_by_index(iterable) {
                        push!(Addr(pair::FIRST));
                    } else {
                        let iterator = tri!(vm.get_iter(iterable));
                        set_peek!(1, iterator.into_addr());
                        vm.release(iterable);
                        push!(Addr(0));
                    }
                }
                Op::ForIterPair => {
                    let (iterator, index) = (peek!(2), peek!(1).0);
                    let item = if pair::is_index(index) {
                        set_peek!(1, Addr(pair::next(index)));
                        vm.item_of_loop(iterator, index)
                    } else if vm.type_of(iterator) == types::GENERATOR
                        && vm.can_resume_inline(iterator)
                    {
                        save_frame!();
                        tri!(vm.resume_inline(iterator, object::NONE, After::ForIterPair(arg)));
                        load_frame!();
                    } else {
                        tri!(vm.for_iter(iterator))
                    };
                    match item {
                        Some(value) => push_or_store!(value.into_addr()),
                        None => {
                            // Past END_FOR and POP_ITER, which serve a generator that returned.
                            sp = sp.before(16);
                            vm.release(iterator);
                            pc = arg as usize + 2;
                        }
                    }
                }
                Op::PopIter => {
                    sp = sp.before(16);
                    let iterator = vm.field(sp, 0);
                    vm.release(iterator);
                }
                Op::Send => {
                    let (receiver, value) = (peek!(2), peek!(1));
                    if vm.is_generator(receiver) && vm.can_resume_inline(receiver) {
                        sp = sp.before(8);
                        save_frame!();
                        tri!(vm.resume_inline(receiver, value, After::Send(arg)));
                        load_frame!();
                    }
                    match tri!(vm.send(receiver, value)) {
                        Ok(yielded) => {
                            set_peek!(1, yielded.into_addr());
                        }
                        Err(returned) => {
                            set_peek!(1, returned.into_addr());
                            pc = arg as usize;
                        }
                    }
                    vm.release(value);
                }

                Op::BuildTuple => {
                    let n = arg as usize;
                    sp = sp.before(8 * n as u64);
                    let made = tuple::from_words(vm, sp, n);
                    push!(made.into_addr());
                }
                Op::BuildList => {
                    let n = arg as usize;
                    let made = tri!(list::from_words(vm, sp.before(8 * n as u64), n));
                    sp = sp.before(8 * n as u64);
                    push!(made.into_addr());
                }
                Op::BuildSet => {
                    let made = tri!(vm.build_set(sp, arg));
                    sp = sp.before(8 * u64::from(arg));
                    push!(made.into_addr());
                }
                Op::BuildMap => {
                    let made = tri!(vm.build_map(sp, arg));
                    drop_operands!(2 * arg);
                    push!(made.into_addr());
                }
                Op::BuildConstKeyMap => {
                    let made = tri!(vm.build_const_key_map(sp, arg));
                    let keys = pop!();
                    vm.release(keys);
                    drop_operands!(arg);
                    push!(made.into_addr());
                }
                Op::BuildString => {
                    let made = tri!(vm.build_string(sp, arg));
                    drop_operands!(arg);
                    push!(made.into_addr());
                }
                Op::BuildSlice => {
                    let made = tri!(vm.build_slice(sp, arg));
                    sp = sp.before(8 * u64::from(arg));
                    push!(made.into_addr());
                }
                Op::ListAppend => {
                    let item = pop!();
                    let target = peek!(arg);
                    tri!(list::append(vm, target, Own::from_addr(item)));
                }
                Op::ListExtend => {
                    let iterable = peek!(1);
                    let target = peek!(arg + 1);
                    tri!(vm.list_extend(target, iterable));
                    sp = sp.before(8);
                    vm.release(iterable);
                }
                Op::SetAdd => {
                    let item = peek!(1);
                    let target = peek!(arg + 1);
                    tri!(set::add(vm, target, item));
                    sp = sp.before(8);
                    vm.release(item);
                }
                Op::SetUpdate => {
                    let iterable = peek!(1);
                    let target = peek!(arg + 1);
                    tri!(set::update(vm, target, iterable));
                    sp = sp.before(8);
                    vm.release(iterable);
                }
                Op::MapAdd => {
                    let (key, value) = (peek!(2), peek!(1));
                    let target = peek!(arg + 2);
                    tri!(dict::set(vm, target, key, value));
                    drop_operands!(2);
                }
                Op::DictUpdate => {
                    let update = peek!(1);
                    let target = peek!(arg + 1);
                    tri!(vm.dict_update(target, update));
                    sp = sp.before(8);
                    vm.release(update);
                }
                Op::DictMerge => {
                    let update = peek!(1);
                    let target = peek!(arg + 1);
                    let callable = peek!(arg + 4);
                    tri!(vm.dict_merge(callable, target, update));
                    sp = sp.before(8);
                    vm.release(update);
                }
                Op::UnpackSequence => {
                    let sequence = peek!(1);
                    tri!(vm.unpack_sequence(sequence, sp.before(8), arg as usize));
                    sp = sp.before(8).at(8 * u64::from(arg));
                    vm.release(sequence);
                }
                Op::UnpackEx => {
                    let sequence = peek!(1);
                    let (before, after) = ((arg & 0xFF) as usize, (arg >> 8) as usize);
                    tri!(vm.unpack_ex(sequence, sp.before(8), before, after));
                    sp = sp.before(8).at(8 * (before + 1 + after) as u64);
                    vm.release(sequence);
                }

                Op::BuildInterpolation => {
                    sp = sp.before(8 * u64::from(2 + (arg & 1)));
                    vm.set_frame_sp(sp);
                    let made = tri!(vm.build_interpolation(sp, arg));
                    push!(made.into_addr());
                }
                Op::BuildTemplate => {
                    let (strings, interpolations) = (peek!(2), peek!(1));
                    let (strings, interpolations) =
                        (Own::from_addr(strings), Own::from_addr(interpolations));
                    sp = sp.before(16);
                    vm.set_frame_sp(sp);
                    let made = tri!(vm.build_template(strings, interpolations));
                    push!(made.into_addr());
                }
                Op::FormatSimple => {
                    let value = peek!(1);
                    if !vm.is_exact_str(value) {
                        let text = tri!(vm.format(value, object::EMPTY_STR));
                        set_peek!(1, text.into_addr());
                        vm.release(value);
                    }
                }
                Op::FormatWithSpec => {
                    let (value, spec) = (peek!(2), peek!(1));
                    let text = tri!(vm.format(value, spec));
                    sp = sp.before(8);
                    set_peek!(1, text.into_addr());
                    vm.release(value);
                    vm.release(spec);
                }
                Op::ConvertValue => {
                    let value = peek!(1);
                    let text = tri!(match arg {
                        1 => vm.str(value),
                        2 => vm.repr(value),
                        _ => vm.ascii(value),
                    });
                    set_peek!(1, text.into_addr());
                    vm.release(value);
                }

                Op::MakeFunction => {
                    let code = peek!(1);
                    let globals = vm.frame_globals();
                    let made = tri!(function::new(vm, code, globals));
                    set_peek!(1, made.into_addr());
                    vm.release(code);
                }
                Op::SetFunctionAttribute => {
                    let made = pop!();
                    let attribute = pop!();
                    let offset = match arg {
                        1 => function::DEFAULTS,
                        2 => function::KWDEFAULTS,
                        4 => function::ANNOTATIONS,
                        16 => function::ANNOTATE,
                        _ => function::CLOSURE,
                    };
                    vm.set_word(made, offset, attribute.0);
                    push!(made);
                }
                Op::LoadBuildClass => {
                    let value = tri!(vm.load_build_class());
                    push!(value.into_addr());
                }
                Op::LoadAssertionError => push!(types::ASSERTION_ERROR),
                // Stands in `co_code` only: the loop has the constant among the others.
                Op::LoadSmallInt => {
                    let value = object::int::new(vm, i64::from(arg));
                    push!(value.into_addr());
                }
                Op::LoadCommonConstant => push!(types::NOT_IMPLEMENTED_ERROR),
                Op::SetupAnnotations => tri!(vm.setup_annotations()),

                Op::Call => {
                    let (callable, instance) = (peek!(arg + 2), peek!(arg + 1));
                    if vm.type_of(callable) == types::FUNCTION && !vm.profile.calls_keep_arguments {
                        let count = if instance.is_null() { arg } else { arg + 1 };
                        let from = sp.before(8 * u64::from(count));
                        // The function and its arguments move away, whether the call begins or not.
                        sp = sp.before(8 * u64::from(arg + 2));
                        vm.set_frame_sp(sp);
                        tri!(vm.enter_function(callable, from, count, Addr::NULL, After::Push));
                        load_frame!();
                    }
                    save_frame!();
                    let told = match T::ENABLED {
                        true => tri!(vm.trace_native(sp, arg)),
                        false => None,
                    };
                    match vm.op_call(&program, instruction, sp) {
                        Ok(call::Called::Value(value)) => {
                            sp = sp.before(8 * u64::from(arg + 2));
                            push!(value.into_addr());
                            native_returned!(told);
                            check_breaker!();
                        }
                        Ok(call::Called::Frame) => {
                            vm.xdecref(told);
                            load_frame!();
                        }
                        Err(Raised) => {
                            vm.trace_native_raised(told);
                            reload_place!();
                            break 'dispatch Exit::Error;
                        }
                    }
                }
                Op::CallKw => {
                    let names = peek!(1);
                    sp = sp.before(8);
                    save_frame!();
                    let told = match T::ENABLED {
                        true => match vm.trace_native(sp, arg) {
                            Ok(told) => told,
                            Err(Raised) => {
                                sp = sp.at(8);
                                break 'dispatch Exit::Error;
                            }
                        },
                        false => None,
                    };
                    match vm.op_call_keywords(sp, arg, names) {
                        Ok(call::Called::Value(value)) => {
                            sp = sp.before(8 * u64::from(arg + 2));
                            push!(value.into_addr());
                            vm.release(names);
                            native_returned!(told);
                            check_breaker!();
                        }
                        Ok(call::Called::Frame) => {
                            vm.release(names);
                            vm.xdecref(told);
                            load_frame!();
                        }
                        Err(Raised) if vm.threads.leaving.is_some() => {
                            // The call is made again, with the names.
                            vm.xdecref(told);
                            reload_place!();
                            sp = sp.at(8);
                            break 'dispatch Exit::Error;
                        }
                        Err(Raised) => {
                            vm.trace_native_raised(told);
                            reload_place!();
                            vm.release(names);
                            break 'dispatch Exit::Error;
                        }
                    }
                }
                Op::CallFunctionEx => {
                    save_frame!();
                    let count = 3 + u64::from(arg & 1);
                    let told = match T::ENABLED {
                        true => {
                            let callable = peek!(3 + (arg & 1));
                            tri!(vm.trace_native_of(callable, Addr::NULL))
                        }
                        false => None,
                    };
                    match vm.call_function_ex(sp, arg) {
                        Ok(call::Called::Value(value)) => {
                            drop_operands_ex(vm, sp, count);
                            sp = sp.before(8 * count);
                            push!(value.into_addr());
                            native_returned!(told);
                            check_breaker!();
                        }
                        Ok(call::Called::Frame) => {
                            if !vm.profile.spread_calls_keep_tuple {
                                drop_operands_ex(vm, sp, count);
                            }
                            vm.xdecref(told);
                            load_frame!();
                        }
                        Err(Raised) => {
                            vm.trace_native_raised(told);
                            break 'dispatch Exit::Error;
                        }
                    }
                }
                Op::CallIntrinsic1 => {
                    let value = peek!(1);
                    save_frame!();
                    let result = tri!(vm.intrinsic_1(arg, value));
                    set_peek!(1, result.into_addr());
                    vm.release(value);
                }
                Op::CallIntrinsic2 => {
                    let (second, first) = (peek!(2), peek!(1));
                    let result = tri!(vm.intrinsic_2(arg, second, first));
                    sp = sp.before(8);
                    set_peek!(1, result.into_addr());
                    vm.release(second);
                    vm.release(first);
                }
                Op::ReturnValue | Op::ReturnConst => {
                    let value = if instruction.op == Op::ReturnValue {
                        pop!()
                    } else {
                        let value = consts[arg as usize];
                        vm.retain(value);
                        value
                    };
                    if T::ENABLED && vm.trace_return(value).is_err() {
                        vm.release(value);
                        break 'dispatch Exit::Error;
                    }
                    let words = (sp.0 - fp.0) / 8;
                    match vm.leave_frame(Own::from_addr(value), words) {
                        Ok(None) => load_frame!(),
                        Ok(Some(result)) => return Ok(result),
                        Err(Raised) => {
                            // `__init__` did not return `None`: the error belongs to the caller.
                            reload_place!();
                            break 'dispatch Exit::Error;
                        }
                    }
                }
                Op::ReturnGenerator => {
                    save_frame!();
                    match vm.return_generator() {
                        Ok(Some(result)) => return Ok(result),
                        Ok(None) => load_frame!(),
                        Err(Raised) => {
                            // The frame is gone: the error is its caller's.
                            reload_place!();
                            break 'dispatch Exit::Error;
                        }
                    }
                }
                Op::YieldValue => {
                    let value = pop!();
                    save_frame!();
                    if T::ENABLED && vm.trace_return(value).is_err() {
                        vm.release(value);
                        break 'dispatch Exit::Error;
                    }
                    match vm.yield_value(Own::from_addr(value), arg) {
                        Some(result) => return Ok(result),
                        None => load_frame!(),
                    }
                }
                Op::InterpreterExit => {
                    let value = pop!();
                    return Ok(Own::from_addr(value));
                }
                Op::ExitInitCheck => {
                    let value = pop!();
                    vm.release(value);
                }

                Op::RaiseVarargs => {
                    save_frame!();
                    let (exception, cause) = match arg {
                        0 => (Addr::NULL, Addr::NULL),
                        1 => (peek!(1), Addr::NULL),
                        _ => (peek!(2), peek!(1)),
                    };
                    let again = vm.op_raise(exception, cause);
                    break 'dispatch if again { Exit::Reraise } else { Exit::Error };
                }
                Op::Reraise => {
                    let lasti = match arg {
                        0 => None,
                        _ => object::int::as_i64(vm, peek!(arg + 1)),
                    };
                    let exception = pop!();
                    vm.raised = Some(Own::from_addr(exception));
                    break 'dispatch match lasti {
                        Some(lasti) => Exit::ReraiseFrom(lasti as u32),
                        None => Exit::Reraise,
                    };
                }
                Op::PushExcInfo => {
                    let exception = pop!();
                    let previous = vm.exc_value;
                    push!(if previous.is_null() {
                        object::NONE
                    } else {
                        previous
                    });
                    vm.retain(exception);
                    vm.exc_value = exception;
                    push!(exception);
                }
                Op::PopExcept => {
                    let previous = pop!();
                    let current = vm.exc_value;
                    vm.exc_value = if previous == object::NONE {
                        Addr::NULL
                    } else {
                        previous
                    };
                    vm.decref_word(current.0);
                }
                Op::CheckExcMatch => {
                    let (left, right) = (peek!(2), peek!(1));
                    let matches = tri!(vm.check_exc_match(left, right));
                    let matches = vm.bool(matches);
                    set_peek!(1, matches.into_addr());
                    vm.release(right);
                }
                Op::CheckEgMatch => {
                    let (value, match_type) = (peek!(2), peek!(1));
                    let (rest, matched) = tri!(vm.check_eg_match(value, match_type));
                    vm.set_handled(matched.addr());
                    set_peek!(2, rest.into_addr());
                    set_peek!(1, matched.into_addr());
                    vm.release(value);
                    vm.release(match_type);
                }
                Op::BeforeWith => {
                    let manager = peek!(1);
                    let (enter, exit) = tri!(vm.with_methods(manager));
                    set_peek!(1, exit.into_addr());
                    // From here on the bound methods hold the manager.
                    vm.release(manager);
                    save_frame!();
                    if tri!(vm.enter_in_thread(enter.addr(), sp)) {
                        vm.decref(enter);
                        load_frame!();
                    }
                    let result = tri!(vm.call_enter(enter));
                    push!(result.into_addr());
                }
                Op::BeforeAsyncWith => {
                    let manager = peek!(1);
                    let (enter, exit) = tri!(vm.async_with_methods(manager));
                    set_peek!(1, exit.into_addr());
                    vm.release(manager);
                    let result = tri!(vm.call_enter(enter));
                    push!(result.into_addr());
                }
                Op::WithExceptStart => {
                    let (exit, exception) = (peek!(4), peek!(1));
                    let result = tri!(vm.with_except_start(exit, exception));
                    push!(result.into_addr());
                }
                Op::CleanupThrow => {
                    let exception = peek!(1);
                    if vm.type_check(exception, types::STOP_ITERATION) {
                        let value = vm.field(exception, exceptions::STOP_ITERATION_VALUE);
                        let value = value.some().unwrap_or(object::NONE);
                        vm.retain(value);
                        drop_operands!(3);
                        push!(object::NONE);
                        push!(value);
                    } else {
                        vm.retain(exception);
                        vm.raised = Some(Own::from_addr(exception));
                        break 'dispatch Exit::Reraise;
                    }
                }
                Op::EndAsyncFor => {
                    let (awaitable, exception) = (peek!(2), peek!(1));
                    if vm.type_check(exception, types::STOP_ASYNC_ITERATION) {
                        sp = sp.before(16);
                        vm.release(awaitable);
                        vm.release(exception);
                    } else {
                        sp = sp.before(8);
                        vm.raised = Some(Own::from_addr(exception));
                        break 'dispatch Exit::Reraise;
                    }
                }
                Op::GetAwaitable => {
                    let iterable = peek!(1);
                    let iterator = tri!(vm.get_awaitable(iterable, arg));
                    set_peek!(1, iterator.into_addr());
                    vm.release(iterable);
                }
                Op::GetAiter => {
                    let value = peek!(1);
                    let iterator = tri!(vm.get_aiter(value));
                    set_peek!(1, iterator.into_addr());
                    vm.release(value);
                }
                Op::GetAnext => {
                    let iterator = peek!(1);
                    let awaitable = tri!(vm.get_anext(iterator));
                    push!(awaitable.into_addr());
                }

                Op::GetLen => {
                    let value = peek!(1);
                    let len = tri!(vm.len(value));
                    let len = object::int::new(vm, len as i64);
                    push!(len.into_addr());
                }
                Op::MatchSequence => {
                    let found = vm.match_sequence(peek!(1));
                    let found = vm.bool(found);
                    push!(found.into_addr());
                }
                Op::MatchMapping => {
                    let found = vm.match_mapping(peek!(1));
                    let found = vm.bool(found);
                    push!(found.into_addr());
                }
                Op::MatchKeys => {
                    let (subject, keys) = (peek!(2), peek!(1));
                    let values = tri!(vm.match_keys(subject, keys));
                    push!(values.into_addr());
                }
                Op::MatchClass => {
                    let (subject, class, names) = (peek!(3), peek!(2), peek!(1));
                    let attributes = tri!(vm.match_class(subject, class, names, arg));
                    drop_operands!(3);
                    push!(attributes.into_addr());
                }

                Op::ImportName => {
                    let (level, from_list) = (peek!(2), peek!(1));
                    save_frame!();
                    let name = program.names[arg as usize];
                    let module = tri!(vm.import_name(name, from_list, level));
                    drop_operands!(2);
                    push!(module.into_addr());
                }
                Op::ImportFrom => {
                    let module = peek!(1);
                    let value = tri!(vm.import_from(module, program.names[arg as usize]));
                    push!(value.into_addr());
                }
            }
        };

        // One place for exceptions: look for a handler in this frame, then in its callers.
        if let Some(frame) = vm.frames.last_mut() {
            frame.pc = pc as u32;
            frame.sp = sp;
        }
        if let Some(leaving) = vm.threads.leaving {
            if vm.leave_loop(leaving) {
                return Err(Raised);
            }
            continue 'frame;
        }
        match vm.unwind(exit) {
            Ok(()) => {}
            Err(Raised) => return Err(Raised),
        }
    }
}

/// Drops the operands of `CALL_FUNCTION_EX`: the function, `NULL`, the arguments, the keywords.
fn drop_operands_ex(vm: &mut Vm, sp: Addr, count: u64) {
    let first = sp.before(8 * count);
    for i in 0..count {
        let word = vm.word(first, 8 * i);
        vm.decref_word(word);
    }
}

/// What [`Op::BinaryOp`]'s argument names.
pub(super) fn binary_operator_of(arg: u32) -> BinaryOp {
    use BinaryOp::*;
    const ALL: [BinaryOp; 13] = [
        Add,
        And,
        FloorDivide,
        LShift,
        MatrixMultiply,
        Multiply,
        Remainder,
        Or,
        Power,
        RShift,
        Subtract,
        TrueDivide,
        Xor,
    ];
    ALL[(arg % 13) as usize]
}

impl Vm {
    /// `ascii(object)`
    pub fn ascii(&mut self, object: Addr) -> PyResult<Own> {
        let repr = self.repr(object)?;
        let text: String = match str::view(self, repr.addr()) {
            str::View::Latin1(units) if units.is_ascii() => return Ok(repr),
            str::View::Latin1(units) => units.iter().map(|&unit| escape(u32::from(unit))).collect(),
            str::View::Ucs2(units) => units.iter().map(|&unit| escape(u32::from(unit))).collect(),
            str::View::Ucs4(units) => units.iter().map(|&unit| escape(unit)).collect(),
        };
        self.decref(repr);
        Ok(str::new(self, &text))
    }
}

fn escape(point: u32) -> String {
    match point {
        0..=0x7F => char::from(point as u8).to_string(),
        0x80..=0xFF => format!("\\x{point:02x}"),
        0x100..=0xFFFF => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}
