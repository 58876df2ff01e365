//! Programs that follow programs: `sys.settrace` and `sys.setprofile`. CPython: Python/legacy_tracing.c.
//!
//! The loop that runs instructions comes in two kinds; the one that tells of calls, lines, returns and exceptions runs
//! only while somebody listens. A call that begins after the change goes on in the other.

use super::{PyResult, Raised, Vm};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, exception, frame, str, tuple, types};

/// Who listens.
#[derive(Debug, Default)]
pub struct Tracers {
    /// What `sys.settrace` was given, or `NULL`.
    pub trace: Addr,
    /// What `sys.setprofile` was given, or `NULL`.
    pub profile: Addr,
    /// A listener runs: nobody is told of what it does.
    is_busy: bool,
    /// For each running frame, the instruction that was told of last and its line.
    last: Vec<(usize, u32)>,
}

/// Which of the two listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    /// That of `sys.settrace`.
    Trace,
    /// That of `sys.setprofile`.
    Profile,
}

impl Vm {
    /// Sets a listener, or takes it away.
    pub fn set_listener(&mut self, listener: Listener, function: Option<Own>) {
        let function = function.map_or(Addr::NULL, Own::into_addr);
        let place = match listener {
            Listener::Trace => &mut self.tracers.trace,
            Listener::Profile => &mut self.tracers.profile,
        };
        let old = std::mem::replace(place, function);
        self.choose_loop();
        self.decref_word(old.0);
    }

    /// Which of the loops new calls are run by.
    pub(crate) fn choose_loop(&mut self) {
        let tracers = &self.tracers;
        let somebody = !tracers.trace.is_null() || !tracers.profile.is_null();
        self.tracing = self.watch.lines || somebody;
    }

    fn listens(&self, listener: Listener) -> bool {
        let function = match listener {
            Listener::Trace => self.tracers.trace,
            Listener::Profile => self.tracers.profile,
        };
        !function.is_null() && !self.tracers.is_busy && self.stop.is_none()
    }

    /// A frame begins or goes on, at the `RESUME` at `pc`.
    pub(crate) fn trace_call(&mut self, pc: usize, goes_on: bool) -> PyResult<()> {
        self.note_line(pc);
        // The first line is told of even if it is that of the `def`.
        if let Some(last) = self.tracers.last.last_mut().filter(|_| !goes_on) {
            *last = (pc, 0);
        }
        if self.listens(Listener::Trace) {
            let function = self.tracers.trace;
            self.tell(Listener::Trace, function, "call", NONE)?;
        }
        self.tell_profile("call", NONE)
    }

    /// The instruction at `pc` is about to run.
    pub(crate) fn trace_line(&mut self, pc: usize) -> PyResult<()> {
        if self.watch.lines {
            self.see_line(pc);
        }
        if !self.listens(Listener::Trace) {
            return Ok(());
        }
        let (last_pc, last_line) = self.last_line();
        let line = self.note_line(pc);
        let Some((function, object)) = self.local_trace() else {
            return Ok(());
        };
        let (tells_lines, tells_opcodes) = frame::wants(self, object);
        if tells_lines && line != 0 && (line != last_line || pc < last_pc) {
            self.tell(Listener::Trace, function, "line", NONE)?;
        }
        if tells_opcodes {
            self.tell(Listener::Trace, function, "opcode", NONE)?;
        }
        Ok(())
    }

    /// The running frame returns or yields a value, or is left by an exception: then it is `None`.
    pub(crate) fn trace_return(&mut self, value: Addr) -> PyResult<()> {
        if self.listens(Listener::Trace)
            && let Some((function, _)) = self.local_trace()
        {
            self.tell(Listener::Trace, function, "return", value)?;
        }
        self.tell_profile("return", value)
    }

    /// The exception that is being raised passes the running frame.
    pub(crate) fn trace_exception(&mut self) {
        if !self.listens(Listener::Trace) {
            return;
        }
        let Some((function, _)) = self.local_trace() else {
            return;
        };
        let Some(raised) = self.raised.take() else {
            return;
        };
        let class = self.type_of(raised.addr());
        let traceback = self.field(raised.addr(), exception::offsets::TRACEBACK);
        let traceback = traceback.some().unwrap_or(NONE);
        let told = tuple::new(self, &[class, raised.addr(), traceback]);
        let result = self.tell(Listener::Trace, function, "exception", told.addr());
        self.decref(told);
        match result {
            Ok(()) => self.raised = Some(raised),
            Err(Raised) => self.decref(raised),
        }
    }

    /// An exception leaves the running frame.
    pub(crate) fn trace_unwind(&mut self) {
        let raised = self.raised.take();
        match self.trace_return(NONE) {
            Ok(()) => self.raised = raised,
            Err(Raised) => self.xdecref(raised),
        }
    }

    /// A call of `count` arguments is about to be made, with the operands below `sp`. What is told of it if it is that
    /// of a native function and somebody listens, to be given to [`Vm::trace_native_returned`] or
    /// [`Vm::trace_native_raised`].
    pub(crate) fn trace_native(&mut self, sp: Addr, count: u32) -> PyResult<Option<Own>> {
        let operands = sp.before(8 * u64::from(count + 2));
        let (callable, instance) = (self.field(operands, 0), self.field(operands, 8));
        let this = match instance.is_null() && count > 0 {
            true => self.field(operands, 16),
            false => instance,
        };
        self.trace_native_of(callable, this)
    }

    /// As [`Vm::trace_native`], for a callable and the first argument, or `NULL`.
    pub(crate) fn trace_native_of(&mut self, callable: Addr, this: Addr) -> PyResult<Option<Own>> {
        if !self.listens(Listener::Profile) {
            return Ok(None);
        }
        let told = match self.type_of(callable) {
            types::BUILTIN_FUNCTION_OR_METHOD => self.incref(callable),
            // A method of a type is told as that of the object.
            types::METHOD_DESCRIPTOR => match self.slots(callable).descr_get {
                Some(get) => get(self, callable, this.some(), None)?,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        match self.tell_profile("c_call", told.addr()) {
            Ok(()) => Ok(Some(told)),
            Err(Raised) => {
                self.decref(told);
                Err(Raised)
            }
        }
    }

    /// The call of a native function has returned.
    pub(crate) fn trace_native_returned(&mut self, told: Own) -> PyResult<()> {
        let result = self.tell_profile("c_return", told.addr());
        self.decref(told);
        result
    }

    /// A call has raised. An exception of the listener's takes the place of the call's.
    pub(crate) fn trace_native_raised(&mut self, told: Option<Own>) {
        let Some(told) = told else {
            return;
        };
        let raised = self.raised.take();
        match self.tell_profile("c_exception", told.addr()) {
            Ok(()) => self.raised = raised,
            Err(Raised) => self.xdecref(raised),
        }
        self.decref(told);
    }

    fn tell_profile(&mut self, event: &str, value: Addr) -> PyResult<()> {
        if !self.listens(Listener::Profile) {
            return Ok(());
        }
        let function = self.tracers.profile;
        self.tell(Listener::Profile, function, event, value)
    }

    /// Calls a listener. What a trace function gives is told of the frame's further events; one that raises is taken
    /// away.
    fn tell(
        &mut self,
        listener: Listener,
        function: Addr,
        event: &str,
        value: Addr,
    ) -> PyResult<()> {
        let Some(top) = self.frames.len().checked_sub(1) else {
            return Ok(());
        };
        frame::before_listener(self, top)?;
        let object = frame::of_running(self, top)?;
        let name = str::intern(self, event);
        let function = self.incref(function);
        let (pc, stack_top) = (self.heap.pc, self.stack_top);
        self.tracers.is_busy = true;
        let result = self.call(function.addr(), &[object.addr(), name.addr(), value]);
        self.tracers.is_busy = false;
        (self.heap.pc, self.stack_top) = (pc, stack_top);
        frame::after_listener(self, top);
        self.decref(function);
        self.decref(name);
        let result = match result {
            Ok(given) if listener == Listener::Trace && given.addr() != NONE => {
                self.set_field(object.addr(), frame::TRACE, Some(given));
                Ok(())
            }
            Ok(given) => {
                self.decref(given);
                Ok(())
            }
            Err(Raised) => {
                let raised = self.raised.take();
                self.set_listener(listener, None);
                if listener == Listener::Trace {
                    self.set_field(object.addr(), frame::TRACE, None);
                }
                self.raised = raised;
                Err(Raised)
            }
        };
        self.decref(object);
        result
    }

    /// The running frame's own trace function, and the frame as an object.
    fn local_trace(&self) -> Option<(Addr, Addr)> {
        let object = self.frames.last()?.object.some()?;
        let function = self.field(object, frame::TRACE).some()?;
        Some((function, object))
    }

    fn line_at(&self, pc: usize) -> u32 {
        let frame = self.frames.last();
        frame.map_or(0, |frame| self.program_ref(frame.code).line(pc))
    }

    fn last_line(&self) -> (usize, u32) {
        let place = self.frames.len().wrapping_sub(1);
        self.tracers.last.get(place).copied().unwrap_or_default()
    }

    /// Notes that the instruction at `pc` was reached; its line, 0 for none.
    fn note_line(&mut self, pc: usize) -> u32 {
        let line = self.line_at(pc);
        let place = self.frames.len().wrapping_sub(1);
        let kept = if line == 0 { self.last_line().1 } else { line };
        self.tracers.last.truncate(place + 1);
        self.tracers.last.resize(place + 1, (0, 0));
        if let Some(last) = self.tracers.last.last_mut() {
            *last = (pc, kept);
        }
        line
    }
}
