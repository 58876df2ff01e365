//! Generators in the loop: made by `RETURN_GENERATOR`, resumed by `FOR_ITER` and `SEND` without Rust
//! recursion, and from Rust by [`Vm::generator_resume`].

use crate::python::code::flags;
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, function, generator, types};
use crate::python::vm::frame::{After, Frame, Owner, parked};
use crate::python::vm::{PyResult, Raised, Vm};

impl Vm {
    /// Whether the object is a generator or coroutine, which this loop can resume.
    #[inline(always)]
    pub(super) fn is_generator(&self, object: Addr) -> bool {
        let ty = self.type_of(object);
        ty == types::GENERATOR || ty == types::COROUTINE
    }

    /// Whether a generator is suspended, not running and not finished.
    #[inline(always)]
    pub(super) fn can_resume_inline(&self, generator: Addr) -> bool {
        generator::state(self, generator) < generator::EXECUTING
    }

    /// `RETURN_GENERATOR`: the running frame moves into a new generator, which its caller gets.
    pub(super) fn return_generator(&mut self) -> PyResult<Option<Own>> {
        let Some(frame) = self.frames.last() else {
            return Err(self.system_error("no frame"));
        };
        let program = self.program(frame.code);
        let (function, code) = (frame.function, frame.code);
        let ty = match program.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) {
            flags::COROUTINE => types::COROUTINE,
            flags::ASYNC_GENERATOR => types::ASYNC_GENERATOR,
            _ => types::GENERATOR,
        };
        let items = (program.nlocalsplus + program.stacksize) as usize;
        let made = generator::new(self, ty, items)?;
        let at = made.addr();
        for (offset, field) in [
            (generator::NAME, function::NAME),
            (generator::QUALNAME, function::QUALNAME),
        ] {
            let value = self.field(function, field);
            let value = self.incref(value);
            self.init_field(at, offset, value);
        }
        if self.profile.generators_hold_code {
            let code = self.incref(code);
            self.init_field(at, generator::CODE, code);
        }
        let Some(mut frame) = self.pop_frame() else {
            return Err(self.system_error("no frame"));
        };
        let let_go = !self.profile.frames_hold_function;
        if let_go {
            frame.function = Addr::NULL;
        }
        let base = at.at(generator::FRAME + parked::SIZE);
        let count = Vm::frame_words(&frame, frame.sp);
        for i in 0..count {
            let word = self.word(frame.base, 8 * i);
            self.set_word(base, 8 * i, word);
        }
        let after = frame.after;
        frame.base = base;
        frame.sp = base.at(8 * count);
        self.park_frame(&frame, at.at(generator::FRAME));
        if !frame.object.is_null() {
            object::frame::points_at(self, frame.object, at.at(generator::FRAME));
        }
        generator::set_state(self, at, generator::CREATED);
        crate::python::gc::track(self, at);
        if let_go {
            self.release(function);
        }
        match after {
            After::Leave => Ok(Some(made)),
            After::Init(instance) | After::ColdInit(instance) => {
                // A generator function as `__init__`: a class says that it must return `None`.
                let raised = self.bad_init_result(at);
                self.decref(made);
                self.release(instance);
                Err(raised)
            }
            after => {
                if after == After::Kept {
                    self.drop_kept_operands();
                }
                self.push_value(made);
                Ok(None)
            }
        }
    }

    /// Resumes a suspended generator as a frame of this loop; `value` is taken over.
    #[inline]
    pub(super) fn resume_inline(
        &mut self,
        generator: Addr,
        value: Addr,
        after: After,
    ) -> PyResult<()> {
        if self.frames.len() as u32 >= self.limits.recursion {
            self.release(value);
            return Err(self.too_deep());
        }
        let saved = self.exc_value;
        self.exc_saved.push(saved);
        self.exc_value = self.field(generator, generator::EXC_VALUE);
        self.set_word(generator, generator::EXC_VALUE, 0);
        let mut frame = self.unpark_frame(
            generator.at(generator::FRAME),
            Owner::Generator(generator),
            after,
        );
        // While it runs, nobody but the frame owns its words.
        self.set_word(generator.at(generator::FRAME), parked::COUNT, 0);
        generator::set_state(self, generator, generator::EXECUTING);
        if !frame.object.is_null() {
            let index = self.frames.len();
            object::frame::runs_at(self, frame.object, index);
        }
        let at = frame.sp;
        self.set_word(at, 0, value.0);
        frame.sp = at.at(8);
        // The generator itself stays alive while it runs: whoever resumed it holds a reference.
        self.push_frame(frame);
        Ok(())
    }

    /// `YIELD_VALUE`: the running frame goes back into its generator, and whoever resumed it gets the value.
    #[inline]
    pub(super) fn yield_value(&mut self, value: Own, arg: u32) -> Option<Own> {
        let frame = self.pop_frame()?;
        let Owner::Generator(generator) = frame.owner else {
            return Some(value);
        };
        // What else the parked frame holds was there all the time; `locals()` may have given it a dict, and who asked for
        // the frame object its block.
        let at = generator.at(generator::FRAME);
        self.set_word(at, parked::COUNT, Vm::frame_words(&frame, frame.sp));
        self.set_word(at, parked::PC, u64::from(frame.pc));
        self.set_word(at, parked::OBJECT, frame.object.0);
        self.set_word(at, parked::LOCALS, frame.locals.0);
        self.park_block(at, frame.block);
        if !frame.object.is_null() {
            object::frame::points_at(self, frame.object, at);
        }
        generator::set_state(self, generator, generator::SUSPENDED + arg as i8);
        let exc = self.exc_value;
        self.set_word(generator, generator::EXC_VALUE, exc.0);
        self.exc_value = self.exc_saved.pop().unwrap_or(Addr::NULL);
        if frame.after == After::Leave {
            return Some(value);
        }
        self.push_value(value);
        None
    }

    /// A generator's frame returned or raised: the generator is finished and its words are dropped.
    pub(super) fn finish_generator(&mut self, generator: Addr, frame: Frame, words: u64) {
        generator::set_state(self, generator, generator::CLEARED);
        let mine = self.exc_value;
        self.exc_value = self.exc_saved.pop().unwrap_or(Addr::NULL);
        self.set_word(generator.at(generator::FRAME), parked::COUNT, 0);
        // It still says whose code it was; where it holds that already, the reference only moves.
        let code = self.incref(frame.code);
        self.init_field(generator.at(generator::FRAME), parked::CODE, code);
        let held = self.word(generator, generator::CODE);
        self.set_word(generator, generator::CODE, 0);
        self.decref_word(held);
        for field in [parked::FUNCTION, parked::LOCALS, parked::OBJECT] {
            self.set_word(generator.at(generator::FRAME), field, 0);
        }
        self.park_block(generator.at(generator::FRAME), Addr::NULL);
        self.clear_frame(frame, words);
        self.decref_word(mine.0);
    }

    /// Resumes a generator from Rust with a value (taken over) or, with `raise`, with the exception that is
    /// being raised. `Ok(Err(value))` is a return.
    pub(crate) fn generator_resume(
        &mut self,
        generator: Addr,
        value: Addr,
        raise: bool,
    ) -> PyResult<Result<Own, Own>> {
        if self.stop.is_some() {
            self.release(value);
            return Err(Raised);
        }
        let raised = self.raised.take();
        let keep = self.incref(generator);
        let entered = self.resume_inline(generator, value, After::Leave);
        if let Err(error) = entered {
            self.xdecref(raised);
            self.decref(keep);
            return Err(error);
        }
        // What is thrown in happens while the generator handles what it handles, whatever its caller does.
        if raise
            && !self.exc_value.is_null()
            && let Some(thrown) = raised.as_ref().map(Own::addr)
        {
            self.chain_context(thrown);
        }
        self.raised = raised;
        let result = if raise {
            self.run_top_frame_raising()
        } else {
            self.run_top_frame()
        };
        let finished = generator::state(self, generator) == generator::CLEARED;
        self.decref(keep);
        Ok(match result? {
            value if finished => Err(value),
            value => Ok(value),
        })
    }

    /// Does something with the suspended frame of a generator below it, as what it delegates to sees it. CPython:
    /// `_gen_throw` links the frames.
    pub(crate) fn below_generator<R>(
        &mut self,
        generator: Addr,
        act: impl FnOnce(&mut Vm) -> R,
    ) -> R {
        let at = generator.at(generator::FRAME);
        let frame = self.unpark_frame(at, Owner::Generator(generator), After::Leave);
        self.set_word(at, parked::COUNT, 0);
        if !frame.object.is_null() {
            let index = self.frames.len();
            object::frame::runs_at(self, frame.object, index);
        }
        self.push_frame(frame);
        let result = act(self);
        if let Some(frame) = self.pop_frame() {
            self.park_frame(&frame, at);
            if !frame.object.is_null() {
                object::frame::points_at(self, frame.object, at);
            }
        }
        result
    }

    /// Runs the top frame from the exception that is being raised.
    fn run_top_frame_raising(&mut self) -> PyResult<Own> {
        // The value that a resume pushed is `None`; the raising instruction is the one that suspended.
        match self.unwind(super::Exit::Error) {
            Ok(()) => self.run_top_frame(),
            Err(Raised) => Err(Raised),
        }
    }

    /// `yield from`, `await`: one step of any iterator. `Ok(Err(value))` is its return.
    pub(crate) fn send(&mut self, receiver: Addr, value: Addr) -> PyResult<Result<Own, Own>> {
        if self.is_generator(receiver) {
            return generator::send_value(self, receiver, value);
        }
        let result = if value == object::NONE {
            match self.slots(receiver).iternext {
                Some(next) => match next(self, receiver) {
                    Ok(Some(item)) => return Ok(Ok(item)),
                    Ok(None) if self.raised.is_none() => return Ok(Err(self.none())),
                    Ok(None) => Err(Raised),
                    Err(raised) => Err(raised),
                },
                None => {
                    let name = self.type_name(receiver);
                    return Err(self.type_error(format!("'{name}' object is not an iterator")));
                }
            }
        } else {
            self.call_method(receiver, self.names.send, &[value])
        };
        match result {
            Ok(item) => Ok(Ok(item)),
            Err(Raised) if self.raised_is(types::STOP_ITERATION) => Ok(Err(self.take_stop_value())),
            Err(raised) => Err(raised),
        }
    }

    /// The value of the `StopIteration` being raised, which is cleared.
    pub(crate) fn take_stop_value(&mut self) -> Own {
        let Some(exception) = self.raised.take() else {
            return self.none();
        };
        let value = self.field(exception.addr(), super::exceptions::STOP_ITERATION_VALUE);
        let value = value.some().unwrap_or(object::NONE);
        let value = self.incref(value);
        self.decref(exception);
        value
    }

    /// `yield from iterable`: the iterator, or `None` when the object serves as it is.
    pub(super) fn get_yield_from_iter(&mut self, iterable: Addr) -> PyResult<Option<Own>> {
        match self.type_of(iterable) {
            types::COROUTINE => {
                let flags = self
                    .frames
                    .last()
                    .map_or(0, |frame| self.program_ref(frame.code).flags);
                if flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) == 0 {
                    return Err(self.type_error(
                        "cannot 'yield from' a coroutine object in a non-coroutine generator",
                    ));
                }
                Ok(None)
            }
            types::GENERATOR => Ok(None),
            _ => self.get_iter(iterable).map(Some),
        }
    }

    /// `await iterable`
    pub(super) fn get_awaitable(&mut self, iterable: Addr, arg: u32) -> PyResult<Own> {
        let result = self.awaitable_iter(iterable);
        if let Err(Raised) = result
            && arg != 0
            && self.raised_is(types::TYPE_ERROR)
            && self.slots(iterable).am_await.is_none()
            && self.type_of(iterable) != types::COROUTINE
        {
            self.clear_raised();
            let name = self.type_name(iterable);
            let (after, method) = if arg == 1 {
                ("__aenter__", "__aenter__")
            } else {
                ("__aexit__", "__aexit__")
            };
            let _ = after;
            return Err(self.type_error(format!(
                "'async with' received an object from {method} that does not implement __await__: {name}"
            )));
        }
        result
    }

    pub(crate) fn awaitable_iter(&mut self, object: Addr) -> PyResult<Own> {
        if self.type_of(object) == types::COROUTINE {
            if generator::is_awaited(self, object) {
                return Err(self.runtime_error("coroutine is being awaited already"));
            }
            return Ok(self.incref(object));
        }
        if self.type_of(object) == types::GENERATOR {
            let flags = generator::code_flags(self, object);
            if flags & flags::ITERABLE_COROUTINE != 0 {
                return Ok(self.incref(object));
            }
        }
        if let Some(get) = self.slots(object).am_await {
            let result = get(self, object)?;
            if self.type_of(result.addr()) == types::COROUTINE {
                return Err(self.type_error("__await__() returned a coroutine"));
            }
            if self.slots(result.addr()).iternext.is_none() {
                let name = self.type_name(result.addr());
                return Err(self.type_error(format!(
                    "__await__() returned non-iterator of type '{name}'"
                )));
            }
            return Ok(result);
        }
        let name = self.type_name(object);
        Err(self.type_error(format!("object {name} can't be used in 'await' expression")))
    }

    /// `async for` over `object`
    pub(super) fn get_aiter(&mut self, object: Addr) -> PyResult<Own> {
        let Some(get) = self.slots(object).am_aiter else {
            let name = self.type_name(object);
            return Err(self.type_error(format!(
                "'async for' requires an object with __aiter__ method, got {name}"
            )));
        };
        let iterator = get(self, object)?;
        if self.slots(iterator.addr()).am_anext.is_none() {
            let name = self.type_name(iterator.addr());
            return Err(self.type_error(format!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {name}"
            )));
        }
        Ok(iterator)
    }

    /// The awaitable of the next item of an asynchronous iterator.
    pub(super) fn get_anext(&mut self, iterator: Addr) -> PyResult<Own> {
        let Some(next) = self.slots(iterator).am_anext else {
            let name = self.type_name(iterator);
            return Err(self.type_error(format!(
                "'async for' requires an iterator with __anext__ method, got {name}"
            )));
        };
        let item = next(self, iterator)?;
        if self.type_of(iterator) == types::ASYNC_GENERATOR {
            return Ok(item);
        }
        match self.awaitable_iter(item.addr()) {
            Ok(awaitable) => {
                self.decref(item);
                Ok(awaitable)
            }
            Err(Raised) => {
                let cause = self.take_raised();
                let name = self.type_name(item.addr());
                let raised = self.type_error(format!(
                    "'async for' received an invalid object from __anext__: {name}"
                ));
                self.set_raised_cause(cause);
                Err(raised)
            }
        }
    }
}
