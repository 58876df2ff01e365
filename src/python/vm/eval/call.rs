//! `CALL` and its relatives: what is not a plain Python function.

use crate::python::code::Op;
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, descriptor, dict, flags, method, str, tuple, types};
use crate::python::vm::cache::Found;
use crate::python::vm::frame::After;
use crate::python::vm::program::{Loaded, Program};
use crate::python::vm::typedata::TP_VERSION_TAG;
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// How a call went on.
pub(crate) enum Called {
    /// It is done; the operands are still on the stack.
    Value(Own),
    /// A frame was pushed; it took the operands over.
    Frame,
}

impl Vm {
    /// Sets where the running frame's stack ends.
    pub(super) fn set_frame_sp(&mut self, sp: Addr) {
        if let Some(frame) = self.frames.last_mut() {
            frame.sp = sp;
        }
    }

    /// `CALL` of what is no Python function: `callable, self or NULL, arg words` end at `sp`. On an error the
    /// frame's `sp` says which operands are left.
    #[inline]
    pub(super) fn op_call(
        &mut self,
        program: &Program,
        instruction: Loaded,
        sp: Addr,
    ) -> PyResult<Called> {
        let arg = instruction.arg;
        let bottom = sp.before(8 * (u64::from(arg) + 2));
        let (callable, instance) = (self.field(bottom, 0), self.field(bottom, 8));
        let value = match self.type_of(callable) {
            types::METHOD_DESCRIPTOR if !instance.is_null() => {
                let owner = descriptor::owner(self, callable);
                if !self.type_check(instance, owner) {
                    return self.op_call_keywords(sp, arg, Addr::NULL);
                }
                let args = Args::new(bottom.at(16), arg as usize, 0, Addr::NULL);
                self.call_native(descriptor::method_row(self, callable), instance, args)?
            }
            types::BUILTIN_FUNCTION_OR_METHOD if instance.is_null() => {
                let args = Args::new(bottom.at(16), arg as usize, 0, Addr::NULL);
                self.call_args(callable, args)?
            }
            types::TYPE if instance.is_null() => {
                let cache = program.cache(instruction).get();
                if cache.found == Found::Init
                    && self.word(callable, TP_VERSION_TAG) == cache.version
                {
                    let args = Args::new(bottom.at(16), arg as usize, 0, Addr::NULL);
                    return self.enter_init(callable, Addr(cache.value), bottom, args);
                }
                if callable == types::TYPE && arg == 1 {
                    let ty = self.type_of(self.field(bottom, 16));
                    self.incref(ty)
                } else {
                    if program.may_learn(instruction) {
                        let cache = self.learn_init(callable, arg);
                        program.learn(instruction, cache);
                        if cache.found == Found::Init {
                            let args = Args::new(bottom.at(16), arg as usize, 0, Addr::NULL);
                            return self.enter_init(callable, Addr(cache.value), bottom, args);
                        }
                    }
                    return self.op_call_keywords(sp, arg, Addr::NULL);
                }
            }
            _ => return self.op_call_keywords(sp, arg, Addr::NULL),
        };
        self.drop_words(bottom, u64::from(arg) + 2);
        Ok(Called::Value(value))
    }

    /// Drops `count` operands from `bottom` up, `NULL` among them.
    #[inline(always)]
    fn drop_words(&mut self, bottom: Addr, count: u64) {
        for i in 0..count {
            let word = self.word(bottom, 8 * i);
            self.decref_word(word);
        }
    }

    /// The same for any callable, and with keywords: `names` has the names of the last values.
    pub(super) fn op_call_keywords(&mut self, sp: Addr, arg: u32, names: Addr) -> PyResult<Called> {
        let bottom = sp.before(8 * (u64::from(arg) + 2));
        let (mut callable, mut instance) = (self.field(bottom, 0), self.field(bottom, 8));
        if self.profile.calls_keep_arguments {
            let (function, first) = match self.type_of(callable) {
                types::METHOD if instance.is_null() => {
                    let function = self.field(callable, method::FUNC);
                    (function, self.field(callable, method::SELF))
                }
                _ => (callable, instance),
            };
            if self.type_of(function) == types::FUNCTION {
                return self.enter_kept(function, first, (bottom.at(16), arg), names, sp);
            }
        }
        if instance.is_null() && self.type_of(callable) == types::METHOD {
            // A bound method comes apart: its function is called with its instance.
            let (bound, target) = (
                self.field(callable, method::FUNC),
                self.field(callable, method::SELF),
            );
            self.retain(bound);
            self.retain(target);
            self.set_word(bottom, 0, bound.0);
            self.set_word(bottom, 8, target.0);
            self.release(callable);
            (callable, instance) = (bound, target);
        }
        let (first, count) = if instance.is_null() {
            (bottom.at(16), arg)
        } else {
            (bottom.at(8), arg + 1)
        };
        let ty = self.type_of(callable);
        if ty == types::FUNCTION {
            self.set_frame_sp(bottom);
            self.enter_function(callable, first, count, names, After::Push)?;
            return Ok(Called::Frame);
        }
        let keywords = if names.is_null() {
            0
        } else {
            tuple::len(self, names)
        };
        let args = Args::new(first, count as usize - keywords, keywords, names);
        // With keywords a tuple and a dict are made, which hold the arguments: `slot_tp_init`.
        if ty == types::TYPE
            && names.is_null()
            && let Some(init) = self.python_init_of(callable)
        {
            if instance.is_null() {
                return self.enter_cold_init(init, sp, arg);
            }
            return self.enter_init(callable, init, bottom, args);
        }
        let value = self.call_args(callable, args)?;
        self.drop_words(bottom, u64::from(arg) + 2);
        Ok(Called::Value(value))
    }

    /// `C(...)` where `C` is a plain class whose `__new__` is `object`'s and whose `__init__` is a Python
    /// function: the frame of `__init__` is pushed in this loop.
    fn enter_init(
        &mut self,
        class: Addr,
        init: Addr,
        bottom: Addr,
        args: Args,
    ) -> PyResult<Called> {
        let made = object::object::generic_alloc(self, class, 0)?;
        let instance = made.into_addr();
        // `self`, then the arguments, in the words where the callable and `self or NULL` stood.
        let count = args.len() + args.keyword_count();
        // A bound call has the instance in the word before; that shape never reaches a class here.
        let from = args.base().before(8);
        self.retain(instance);
        self.set_word(from, 0, instance.0);
        self.set_frame_sp(bottom);
        self.retain(init);
        let (count, after) = (count as u32 + 1, After::Init(instance));
        let result = self.enter_function(init, from, count, args.names(), after);
        self.release(class);
        match result {
            Ok(()) => Ok(Called::Frame),
            Err(Raised) => {
                self.release(instance);
                Err(Raised)
            }
        }
    }

    /// The same before the call is specialised: a tuple of the arguments is made, which lives as long as the call, and
    /// `__init__` gets references of its own. The tuple stands where the operands have `NULL`. CPython:
    /// `_PyObject_MakeTpCall`, `slot_tp_init`.
    fn enter_cold_init(&mut self, init: Addr, sp: Addr, arg: u32) -> PyResult<Called> {
        let bottom = sp.before(8 * (u64::from(arg) + 2));
        let class = self.field(bottom, 0);
        let arguments = tuple::copy_items(self, bottom.at(16), arg as usize)?;
        self.set_word(bottom, 8, arguments.into_addr().0);
        let instance = object::object::generic_alloc(self, class, 0)?.into_addr();
        let from = self.stack_top;
        let end = from.at(8 * (u64::from(arg) + 1));
        if !self.stack_holds(end) {
            self.release(instance);
            return Err(self.too_deep());
        }
        self.retain(instance);
        self.set_word(from, 0, instance.0);
        for i in 0..u64::from(arg) {
            let argument = self.field(bottom, 16 + 8 * i);
            self.retain(argument);
            self.set_word(from, 8 + 8 * i, argument.0);
        }
        self.retain(init);
        self.set_frame_sp(sp);
        self.stack_top = end;
        let after = After::ColdInit(instance);
        match self.enter_function(init, from, arg + 1, Addr::NULL, after) {
            Ok(()) => Ok(Called::Frame),
            Err(Raised) => {
                self.stack_top = from;
                self.release(instance);
                Err(Raised)
            }
        }
    }

    /// Calls a function whose arguments stay on the caller's stack: it gets references of its own. Up to 3.10 every
    /// call does this, in 3.11 those of `f(*args)`. CPython: `_PyFunction_Vectorcall`, `function_code_fastcall`.
    ///
    /// `first` is a word for `self`, or `NULL`; `count` more from `from` on follow it.
    fn enter_kept(
        &mut self,
        function: Addr,
        first: Addr,
        (from, count): (Addr, u32),
        names: Addr,
        sp: Addr,
    ) -> PyResult<Called> {
        let to = self.stack_top;
        let with_self = u32::from(!first.is_null());
        let end = to.at(8 * u64::from(count + with_self));
        if !self.stack_holds(end) {
            return Err(self.too_deep());
        }
        if with_self == 1 {
            self.retain(first);
            self.set_word(to, 0, first.0);
        }
        for i in 0..u64::from(count) {
            let argument = self.field(from, 8 * i);
            self.retain(argument);
            self.set_word(to, 8 * (i + u64::from(with_self)), argument.0);
        }
        self.retain(function);
        self.set_frame_sp(sp);
        self.stack_top = end;
        match self.enter_function(function, to, count + with_self, names, After::Kept) {
            Ok(()) => Ok(Called::Frame),
            Err(Raised) => {
                self.stack_top = to;
                Err(Raised)
            }
        }
    }

    /// Drops the operands of the running frame's call, which [`After::Kept`] and [`After::ColdInit`] have left there.
    pub(super) fn drop_kept_operands(&mut self) {
        let Some(frame) = self.frames.last() else {
            return;
        };
        let call = self.program_ref(frame.code).instructions[frame.current()];
        let (sp, arg) = (frame.sp, u64::from(call.arg));
        let count = match call.op {
            Op::CallFunctionEx => 3 + (arg & 1),
            _ => arg + 2,
        };
        let bottom = sp.before(8 * count);
        self.set_frame_sp(bottom);
        // The tuple of the arguments stands where a method would have its instance.
        let second = self.word(bottom, 8);
        self.set_word(bottom, 8, 0);
        self.decref_word(second);
        if self.profile.calls_keep_arguments && call.op != Op::CallFunctionEx {
            // They are popped one by one.
            for i in (0..count).rev() {
                let word = self.word(bottom, 8 * i);
                self.decref_word(word);
            }
            return;
        }
        self.drop_words(bottom, count);
    }

    /// The Python function `__init__` of a class whose instances are made as plain objects.
    pub(super) fn python_init_of(&mut self, class: Addr) -> Option<Addr> {
        if self.type_flags(class) & flags::HEAPTYPE == 0 {
            return None;
        }
        let plain = self.type_data(types::OBJECT).slots.new?;
        let is_plain = std::ptr::fn_addr_eq(self.type_data(class).slots.new?, plain);
        if !is_plain || self.type_flags(class) & flags::IS_ABSTRACT != 0 {
            return None;
        }
        let init = self.type_lookup(class, self.names.__init__)?;
        (self.type_of(init) == types::FUNCTION).then_some(init)
    }

    /// `f(*args, **kwargs)`: function, `NULL`, arguments, keywords if `arg & 1`, ending at `sp`. The
    /// operands stay on the stack, but the frame's `sp` excludes them when a frame was pushed.
    pub(super) fn call_function_ex(&mut self, sp: Addr, arg: u32) -> PyResult<Called> {
        let kwargs = if arg & 1 != 0 {
            self.field(sp.before(8), 0)
        } else {
            Addr::NULL
        };
        let at = sp.before(8 * (1 + u64::from(arg & 1)));
        let callable = self.field(at.before(16), 0);
        let mut args = self.field(at, 0);
        if !self.has_flag(args, flags::TUPLE_SUBCLASS) || self.type_of(args) != types::TUPLE {
            let made = self.arguments_tuple(callable, args)?;
            let old = Addr(self.word(at, 0));
            args = made.addr();
            self.set_word(at, 0, made.into_addr().0);
            self.release(old);
        }
        if self.type_of(callable) != types::FUNCTION {
            if self.threads.running != 0 && self.type_of(callable) == types::METHOD {
                self.take_method_apart(at)?;
            }
            return Ok(Called::Value(self.call_tuple_dict(callable, args, kwargs)?));
        }
        // C unpacks the dict to an array of new references, which lives as long as the call.
        if self.profile.spread_calls_keep_tuple
            && self.threads.running == 0
            && !kwargs.is_null()
            && dict::len(self, kwargs) > 0
        {
            return Ok(Called::Value(self.call_tuple_dict(callable, args, kwargs)?));
        }
        let (first, count, names) = self.spread(args, kwargs)?;
        let name_count = names
            .as_ref()
            .map_or(0, |names| tuple::len(self, names.addr()));
        let names_addr = names.as_ref().map_or(Addr::NULL, Own::addr);
        if self.profile.spread_calls_keep_tuple {
            let total = (count + name_count) as u32;
            self.stack_top = first.at(8 * u64::from(total));
            let result = self.enter_kept(callable, Addr::NULL, (first, total), names_addr, sp);
            self.xdecref(names);
            return result;
        }
        let top = self.stack_top;
        for i in 0..count + name_count {
            let value = self.field(first, 8 * i as u64);
            self.retain(value);
        }
        self.retain(callable);
        self.stack_top = first.at(8 * (count + name_count) as u64);
        let result = self.enter_function(
            callable,
            first,
            (count + name_count) as u32,
            names_addr,
            After::Push,
        );
        match result {
            Ok(()) => {
                // The words above the caller's frame are free again once the new frame returns.
                let bottom = sp.before(8 * (3 + u64::from(arg & 1)));
                let at = self.frames.len().saturating_sub(2);
                if let Some(caller) = self.frames.get_mut(at) {
                    caller.sp = bottom;
                }
                self.xdecref(names);
                Ok(Called::Frame)
            }
            Err(Raised) => {
                self.stack_top = top;
                self.xdecref(names);
                Err(Raised)
            }
        }
    }

    /// The items of a tuple and the values of a dict as words above the running frame, and the tuple of the
    /// dict's keys. The caller sets `stack_top` above them while they are in use.
    pub(crate) fn spread(
        &mut self,
        args: Addr,
        kwargs: Addr,
    ) -> PyResult<(Addr, usize, Option<Own>)> {
        let base = self.stack_top;
        let count = tuple::len(self, args);
        let keywords = if kwargs.is_null() {
            0
        } else {
            dict::len(self, kwargs)
        };
        let room = 8 * (count + keywords) as u64;
        if !self.stack_holds(base.at(room)) {
            return Err(self.memory_error());
        }
        for i in 0..count {
            let item = tuple::item(self, args, i);
            self.set_word(base, 8 * i as u64, item.0);
        }
        if keywords == 0 {
            return Ok((base, count, None));
        }
        let mut keys = Vec::with_capacity(keywords);
        let mut position = 0;
        while let Some((key, value)) = dict::next(self, kwargs, &mut position) {
            if !self.has_flag(key, flags::UNICODE_SUBCLASS) {
                return Err(self.type_error("keywords must be strings"));
            }
            self.set_word(base, 8 * (count + keys.len()) as u64, value.0);
            keys.push(key);
        }
        let names = tuple::new(self, &keys);
        Ok((base, count, Some(names)))
    }

    /// `tuple(args)` for `f(*args)`, with the message for what cannot be iterated.
    fn arguments_tuple(&mut self, callable: Addr, args: Addr) -> PyResult<Own> {
        let slots = self.slots(args);
        if slots.iter.is_none() && slots.sq_item.is_none() {
            let function = self.function_text(callable)?;
            let name = self.type_name(args);
            return Err(self.type_error(format!(
                "{function} argument after * must be an iterable, not {name}"
            )));
        }
        tuple::from_iterable(self, args)
    }

    /// Raises what a class says when `__init__` returned something else than `None`.
    #[cold]
    pub(super) fn bad_init_result(&mut self, value: Addr) -> Raised {
        let name = self.type_name(value);
        self.type_error(format!("__init__() should return None, not '{name}'"))
    }

    /// The text of a `str` object, for messages.
    pub(crate) fn text(&self, string: Addr) -> String {
        str::to_rust(self, string)
    }
}
