//! Raising, unwinding, matching, `with`.

use super::Exit;
use crate::python::lib;
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, exception, flags, int, method, traceback, tuple, types};
use crate::python::vm::frame::{After, Frame, Owner};
use crate::python::vm::{PyResult, Raised, Vm};

/// `StopIteration.value`
pub(crate) const STOP_ITERATION_VALUE: u64 = 64;
/// `NameError.name`
pub(crate) const NAME_ERROR_NAME: u64 = 64;

impl Vm {
    /// The exception that is being handled, borrowed: `_PyErr_GetTopmostException`.
    pub fn handled(&self) -> Option<Addr> {
        let is_real = |value: &Addr| !value.is_null() && *value != object::NONE;
        Some(self.exc_value)
            .filter(is_real)
            .or_else(|| self.exc_saved.iter().rev().copied().find(is_real))
    }

    /// Ends the running frame with a value: its words are dropped and the caller gets the value. `Ok(Some)`
    /// when the caller is Rust. An error belongs to the caller, which is the running frame then.
    #[inline(never)]
    pub(super) fn leave_frame(&mut self, value: Own, words: u64) -> PyResult<Option<Own>> {
        match self.frames.as_slice() {
            [.., caller, frame] if frame.is_plain_call() && !self.heap.is_traced() => {
                let (base, function, code) = (frame.base, frame.function, frame.code);
                let after = frame.after;
                let (top, caller_pc) = (caller.top, caller.pc);
                self.frames.pop();
                self.heap.pc = caller_pc as usize;
                // The dying words stay reserved until the finalizers that dropping them may run are done.
                let backwards = self.profile.frames_clear_backwards;
                for i in 0..words {
                    let i = if backwards { words - 1 - i } else { i };
                    let word = self.word(base, 8 * i);
                    self.decref_word(word);
                }
                self.release(function);
                self.release(code);
                self.stack_top = top;
                if after != After::Push {
                    return self.leave_frame_rare(value, after);
                }
                self.push_value(value);
                Ok(None)
            }
            _ => self.leave_other_frame(value, words),
        }
    }

    /// [`Vm::leave_frame`] for a frame that is more than a call of a function in the same loop.
    #[inline(never)]
    fn leave_other_frame(&mut self, value: Own, words: u64) -> PyResult<Option<Own>> {
        let Some(frame) = self.pop_frame() else {
            return Ok(Some(value));
        };
        let after = frame.after;
        match frame.owner {
            Owner::Thread => self.clear_frame(frame, words),
            Owner::Generator(generator) => self.finish_generator(generator, frame, words),
        }
        match after {
            After::Push => {
                self.push_value(value);
                Ok(None)
            }
            After::Leave => Ok(Some(value)),
            after => self.leave_frame_rare(value, after),
        }
    }

    fn leave_frame_rare(&mut self, value: Own, after: After) -> PyResult<Option<Own>> {
        match after {
            After::Init(instance) | After::ColdInit(instance) => {
                if value.addr() != object::NONE {
                    let raised = self.bad_init_result(value.addr());
                    self.decref(value);
                    self.release(instance);
                    return Err(raised);
                }
                self.decref(value);
                if matches!(after, After::ColdInit(_)) {
                    self.drop_kept_operands();
                }
                self.push_value(Own::from_addr(instance));
            }
            After::Kept => {
                self.drop_kept_operands();
                self.push_value(value);
            }
            After::ForIter(target) => {
                self.decref(value);
                if let Some(frame) = self.frames.last_mut() {
                    frame.sp = frame.sp.before(8);
                    frame.pc = target + 2;
                    let at = frame.sp;
                    self.heap.pc = frame.pc as usize;
                    let iterator = self.word(at, 0);
                    self.decref_word(iterator);
                }
            }
            After::ForIterPair(target) => {
                self.decref(value);
                if let Some(frame) = self.frames.last_mut() {
                    frame.sp = frame.sp.before(16);
                    frame.pc = target + 2;
                    let at = frame.sp;
                    self.heap.pc = frame.pc as usize;
                    let iterator = self.word(at, 0);
                    self.decref_word(iterator);
                }
            }
            After::Send(target) => {
                self.push_value(value);
                if let Some(frame) = self.frames.last_mut() {
                    frame.pc = target;
                    self.heap.pc = target as usize;
                }
            }
            After::Push | After::Leave => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// Pushes a value on the running frame's saved stack.
    #[inline(always)]
    pub(super) fn push_value(&mut self, value: Own) {
        let word = value.into_addr().0;
        if let Some(frame) = self.frames.last_mut() {
            let at = frame.sp;
            frame.sp = at.at(8);
            self.set_word(at, 0, word);
        }
    }

    /// Looks for a handler of the exception being raised, frame by frame. `Ok` leaves the frame that has one
    /// ready to run; `Err` has left the last frame of this loop.
    pub(super) fn unwind(&mut self, exit: Exit) -> PyResult<()> {
        let mut exit = exit;
        loop {
            self.settle_dropped();
            let stopped = self.stop.is_some();
            if !stopped && self.raised.is_none() {
                let _ = self.system_error("error return without exception set");
            }
            if !stopped && matches!(exit, Exit::Error) {
                self.add_traceback();
            }
            if !stopped && self.tracing {
                self.trace_exception();
            }
            let raised_at = match exit {
                Exit::ReraiseFrom(index) => Some(index),
                Exit::Error | Exit::Reraise => None,
            };
            if !stopped && self.enter_handler(raised_at) {
                return Ok(());
            }
            if let Some(index) = raised_at
                && let Some(frame) = self.frames.last_mut()
            {
                frame.pc = index + 1;
                self.heap.pc = index as usize + 1;
            }
            if !stopped && self.tracing {
                self.trace_unwind();
            }
            self.cut_stack();
            let Some(frame) = self.pop_frame() else {
                return Err(Raised);
            };
            let after = frame.after;
            let words = Vm::frame_words(&frame, frame.sp);
            let raised = self.raised.take();
            match frame.owner {
                Owner::Thread => self.clear_frame(frame, words),
                Owner::Generator(generator) => self.finish_generator(generator, frame, words),
            }
            if let After::Init(instance) | After::ColdInit(instance) = after {
                self.release(instance);
            }
            let newer = std::mem::replace(&mut self.raised, raised);
            self.xdecref(newer);
            if after == After::Leave {
                return Err(Raised);
            }
            exit = Exit::Error;
        }
    }

    /// Drops the values on the running frame's stack, the last one first.
    fn cut_stack(&mut self) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        let bottom = frame
            .base
            .at(8 * u64::from(self.program_ref(frame.code).nlocalsplus));
        let mut sp = frame.sp;
        let raised = self.raised.take();
        while sp > bottom {
            sp = sp.before(8);
            let word = self.word(sp, 0);
            self.set_frame_sp(sp);
            self.drop_stack_word(word);
        }
        let newer = std::mem::replace(&mut self.raised, raised);
        self.xdecref(newer);
    }

    /// Cuts the running frame's stack and goes to the handler that guards its current instruction. `raised_at` is the one
    /// that raised, if that is another.
    fn enter_handler(&mut self, raised_at: Option<u32>) -> bool {
        let Some(frame) = self.frames.last() else {
            return false;
        };
        let index = frame.current() as u32;
        let program = self.program(frame.code);
        let table = &program.code.exception_table;
        let after = table.partition_point(|entry| entry.start <= index);
        let Some(entry) = after
            .checked_sub(1)
            .map(|i| table[i])
            .filter(|entry| index < entry.end)
        else {
            return false;
        };
        let Some(exception) = self.raised.take() else {
            return false;
        };
        let base = frame.base.at(8 * u64::from(program.nlocalsplus));
        let mut sp = frame.sp;
        let wanted = base.at(8 * u64::from(entry.depth));
        while sp > wanted {
            sp = sp.before(8);
            let word = self.word(sp, 0);
            self.set_frame_sp(sp);
            self.drop_stack_word(word);
        }
        if entry.lasti {
            let lasti = int::new(self, i64::from(raised_at.unwrap_or(index)));
            self.set_word(sp, 0, lasti.into_addr().0);
            sp = sp.at(8);
        }
        self.set_word(sp, 0, exception.into_addr().0);
        sp = sp.at(8);
        // Finalizers that ran above may have raised and printed; nothing is being raised here.
        if let Some(frame) = self.frames.last_mut() {
            frame.sp = sp;
            frame.pc = entry.target;
        }
        self.heap.pc = entry.target as usize;
        true
    }

    /// Adds the running frame to the traceback of the exception being raised: `PyTraceBack_Here`.
    ///
    /// Code that stands for C code leaves no entry.
    pub(crate) fn add_traceback(&mut self) {
        let is_in_c = |frame: &Frame| lib::is_in_c(&self.program_ref(frame.code).code);
        if self.frames.last().is_some_and(is_in_c) {
            return;
        }
        let Some(exception) = self.raised.take() else {
            return;
        };
        let globals = self.frame().map_or(Addr::NULL, |frame| frame.globals);
        if self.threads.redirect.own(globals) {
            self.raised = Some(exception);
            return;
        }
        self.see_exception(exception.addr());
        let next = self.field(exception.addr(), exception::offsets::TRACEBACK);
        if let Some(made) = traceback::here(self, next) {
            self.set_field(exception.addr(), exception::offsets::TRACEBACK, Some(made));
        }
        self.raised = Some(exception);
    }

    /// `raise`, `raise exception`, `raise exception from cause`. `true` when it is a re-raise, whose
    /// traceback has this frame already.
    pub(super) fn op_raise(&mut self, exception: Addr, cause: Addr) -> bool {
        if exception.is_null() {
            let Some(handled) = self.handled() else {
                let _ = self.runtime_error("No active exception to reraise");
                return false;
            };
            let handled = self.incref(handled);
            let old = self.raised.replace(handled);
            self.xdecref(old);
            return true;
        }
        let _ = self.raise_from(exception, cause);
        false
    }

    /// An exception's instance from a class or an instance.
    fn exception_instance(&mut self, value: Addr, message: &str) -> PyResult<Own> {
        if self.has_flag(value, flags::TYPE_SUBCLASS)
            && self.type_flags(value) & flags::BASE_EXC_SUBCLASS != 0
        {
            let made = self.call(value, &[])?;
            if !self.has_flag(made.addr(), flags::BASE_EXC_SUBCLASS) {
                let class = self.repr_text(value)?;
                let got = self.type_of(made.addr());
                let got = self.repr_text(got)?;
                self.decref(made);
                return Err(self.type_error(format!(
                    "calling {class} should have returned an instance of BaseException, not {got}"
                )));
            }
            return Ok(made);
        }
        if self.has_flag(value, flags::BASE_EXC_SUBCLASS) {
            return Ok(self.incref(value));
        }
        Err(self.type_error(message))
    }

    fn raise_from(&mut self, exception: Addr, cause: Addr) -> PyResult<()> {
        let instance =
            self.exception_instance(exception, "exceptions must derive from BaseException")?;
        if !cause.is_null() {
            let cause =
                if cause == object::NONE {
                    None
                } else {
                    Some(self.exception_instance(
                        cause,
                        "exception causes must derive from BaseException",
                    )?)
                };
            self.set_field(instance.addr(), exception::offsets::CAUSE, cause);
            self.heap
                .space
                .set_byte(instance.addr().at(exception::offsets::SUPPRESS_CONTEXT), 1);
        }
        Err(self.raise(instance))
    }

    /// Sets `__context__` of an exception that starts to be raised, and breaks cycles. CPython:
    /// `_PyErr_SetObject`.
    pub(crate) fn chain_context(&mut self, exception: Addr) {
        let Some(handled) = self.handled() else {
            return;
        };
        if handled == exception {
            return;
        }
        let mut current = handled;
        let mut slow = handled;
        let mut turn = false;
        loop {
            let context = self.field(current, exception::offsets::CONTEXT);
            if context.is_null() {
                break;
            }
            if context == exception {
                self.set_field(current, exception::offsets::CONTEXT, None);
                break;
            }
            current = context;
            if turn {
                slow = self.field(slow, exception::offsets::CONTEXT);
            }
            if current == slow {
                break;
            }
            turn = !turn;
        }
        let handled = self.incref(handled);
        self.set_field(exception, exception::offsets::CONTEXT, Some(handled));
    }

    /// `except right:`
    pub(super) fn check_exc_match(&mut self, left: Addr, right: Addr) -> PyResult<bool> {
        const MESSAGE: &str =
            "catching classes that do not inherit from BaseException is not allowed";
        if self.has_flag(right, flags::TUPLE_SUBCLASS) {
            for item in tuple::items(self, right) {
                if !self.is_exception_class(item) {
                    return Err(self.type_error(MESSAGE));
                }
            }
        } else if !self.is_exception_class(right) {
            return Err(self.type_error(MESSAGE));
        }
        Ok(self.exception_matches(left, right))
    }

    pub(crate) fn is_exception_class(&self, value: Addr) -> bool {
        self.has_flag(value, flags::TYPE_SUBCLASS)
            && self.type_flags(value) & flags::BASE_EXC_SUBCLASS != 0
    }

    /// Whether an exception is an instance of a class or of one in a tuple: `PyErr_GivenExceptionMatches`.
    pub(crate) fn exception_matches(&self, exception: Addr, class: Addr) -> bool {
        if self.has_flag(class, flags::TUPLE_SUBCLASS) {
            return tuple::items(self, class)
                .into_iter()
                .any(|class| self.exception_matches(exception, class));
        }
        self.is_subtype(self.type_of(exception), class)
    }

    /// `except* match_type:` on an exception or a group: what is left, and what matched (or `None`).
    /// An `except*` clause handles its part of a group: `PyErr_SetHandledException`. `None` changes nothing.
    pub(super) fn set_handled(&mut self, exception: Addr) {
        if exception != object::NONE {
            self.retain(exception);
            let old = std::mem::replace(&mut self.exc_value, exception);
            self.decref_word(old.0);
        }
    }

    pub(super) fn check_eg_match(&mut self, value: Addr, match_type: Addr) -> PyResult<(Own, Own)> {
        const CLASSES: &str =
            "catching classes that do not inherit from BaseException is not allowed";
        const GROUPS: &str =
            "catching ExceptionGroup with except* is not allowed. Use except instead.";
        let classes = if self.has_flag(match_type, flags::TUPLE_SUBCLASS) {
            tuple::items(self, match_type)
        } else {
            vec![match_type]
        };
        for class in &classes {
            if !self.is_exception_class(*class) {
                return Err(self.type_error(CLASSES));
            }
            if self.is_subtype(*class, types::BASE_EXCEPTION_GROUP) {
                return Err(self.type_error(GROUPS));
            }
        }
        if value == object::NONE {
            return Ok((self.none(), self.none()));
        }
        let is_group = self.type_check(value, types::BASE_EXCEPTION_GROUP);
        if self.exception_matches(value, match_type) {
            if is_group {
                return Ok((self.none(), self.incref(value)));
            }
            // A naked exception is wrapped, so that the body always sees a group.
            let item = self.incref(value);
            let items = tuple::from_owned(self, vec![item]);
            let message = object::str::new(self, "");
            let group = self.call(self.exception_group, &[message.addr(), items.addr()])?;
            self.decref(message);
            self.decref(items);
            let traceback = self.field(value, exception::offsets::TRACEBACK);
            if let Some(traceback) = traceback.some() {
                let traceback = self.incref(traceback);
                self.set_field(group.addr(), exception::offsets::TRACEBACK, Some(traceback));
            }
            return Ok((self.none(), group));
        }
        if is_group {
            let name = object::str::intern(self, "split");
            // C builds a tuple of the arguments.
            let arguments = tuple::new(self, &[match_type]);
            let pair = self.call_method(value, name.addr(), &[match_type])?;
            self.decref(arguments);
            self.decref(name);
            if !self.has_flag(pair.addr(), flags::TUPLE_SUBCLASS)
                || tuple::len(self, pair.addr()) < 2
            {
                let class = self.type_name(value);
                let got = self.type_name(pair.addr());
                return Err(
                    self.type_error(format!("{class}.split must return a tuple, not {got}"))
                );
            }
            let matched = self.incref(tuple::item(self, pair.addr(), 0));
            let rest = self.incref(tuple::item(self, pair.addr(), 1));
            self.decref(pair);
            return Ok((rest, matched));
        }
        Ok((self.incref(value), self.none()))
    }

    /// `with manager:` its bound `__enter__` and `__exit__`.
    pub(super) fn with_methods(&mut self, manager: Addr) -> PyResult<(Own, Own)> {
        let (enter, exit) = (self.names.__enter__, self.names.__exit__);
        self.manager_methods(manager, enter, exit, "context manager")
    }

    /// `async with manager:`
    pub(super) fn async_with_methods(&mut self, manager: Addr) -> PyResult<(Own, Own)> {
        let (enter, exit) = (self.names.__aenter__, self.names.__aexit__);
        self.manager_methods(manager, enter, exit, "asynchronous context manager")
    }

    /// `__enter__()`; from 3.14 on without the bound method, whose object `__exit__` holds.
    pub(super) fn call_enter(&mut self, enter: Own) -> PyResult<Own> {
        if self.profile.loads_borrow && self.type_of(enter.addr()) == types::METHOD {
            let function = self.incref(self.field(enter.addr(), method::FUNC));
            let manager = self.field(enter.addr(), method::SELF);
            self.decref(enter);
            let result = self.call(function.addr(), &[manager])?;
            self.decref(function);
            return Ok(result);
        }
        let result = self.call(enter.addr(), &[])?;
        self.decref(enter);
        Ok(result)
    }

    fn manager_methods(
        &mut self,
        manager: Addr,
        enter_name: Addr,
        exit_name: Addr,
        what: &str,
    ) -> PyResult<(Own, Own)> {
        let Some(enter) = self.lookup_special(manager, enter_name)? else {
            let name = self.type_data(self.type_of(manager)).full_name.clone();
            return Err(self.type_error(format!(
                "'{name}' object does not support the {what} protocol"
            )));
        };
        let Some(exit) = self.lookup_special(manager, exit_name)? else {
            let name = self.type_data(self.type_of(manager)).full_name.clone();
            let missed = self.text(exit_name);
            return Err(self.type_error(format!(
                "'{name}' object does not support the {what} protocol (missed {missed} method)"
            )));
        };
        Ok((enter, exit))
    }

    /// `exit(type(exception), exception, traceback)`
    pub(super) fn with_except_start(&mut self, exit: Addr, exception: Addr) -> PyResult<Own> {
        let ty = self.type_of(exception);
        let traceback = self.field(exception, exception::offsets::TRACEBACK);
        let traceback = traceback.some().unwrap_or(object::NONE);
        self.call(exit, &[ty, exception, traceback])
    }
}
