//! `CALL_INTRINSIC_1` and `CALL_INTRINSIC_2`. CPython: Python/intrinsics.c.

use crate::python::code::opcode::{intrinsic1, intrinsic2};
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, dict, exception, flags, function, list, str, tuple, types};
use crate::python::vm::{PyResult, Raised, Vm};

impl Vm {
    pub(super) fn intrinsic_1(&mut self, number: u32, value: Addr) -> PyResult<Own> {
        match number {
            intrinsic1::PRINT => self.display(value),
            intrinsic1::IMPORT_STAR => self.import_star(value),
            intrinsic1::STOPITERATION_ERROR => self.stop_iteration_error(value),
            intrinsic1::ASYNC_GEN_WRAP => object::async_generator::wrap(self, value),
            intrinsic1::UNARY_POSITIVE => self.unary_positive(value),
            intrinsic1::LIST_TO_TUPLE => Ok(list::as_tuple(self, value)),
            intrinsic1::TYPEVAR => self.call_typing("_typevar", &[value]),
            intrinsic1::PARAMSPEC => self.call_typing("_paramspec", &[value]),
            intrinsic1::TYPEVARTUPLE => self.call_typing("_typevartuple", &[value]),
            intrinsic1::SUBSCRIPT_GENERIC => self.call_typing("_subscript_generic", &[value]),
            intrinsic1::TYPEALIAS => self.call_typing("_typealias", &[value]),
            _ => Err(self.system_error("unknown intrinsic")),
        }
    }

    pub(super) fn intrinsic_2(&mut self, number: u32, first: Addr, second: Addr) -> PyResult<Own> {
        match number {
            intrinsic2::PREP_RERAISE_STAR => self.prep_reraise_star(first, second),
            intrinsic2::TYPEVAR_WITH_BOUND => {
                self.call_typing("_typevar_with_bound", &[first, second])
            }
            intrinsic2::TYPEVAR_WITH_CONSTRAINTS => {
                self.call_typing("_typevar_with_constraints", &[first, second])
            }
            intrinsic2::SET_FUNCTION_TYPE_PARAMS => {
                let params = self.incref(second);
                function::keep_type_params(self, first, params);
                Ok(self.incref(first))
            }
            intrinsic2::SET_TYPEPARAM_DEFAULT => {
                self.call_typing("_set_typeparam_default", &[first, second])
            }
            _ => Err(self.system_error("unknown intrinsic")),
        }
    }

    /// A helper of the native module `_typing`, which makes the objects of PEP 695.
    fn call_typing(&mut self, name: &str, args: &[Addr]) -> PyResult<Own> {
        let module = self.import_module("_typing")?;
        let helper = self.get_attr_name(module.addr(), name)?;
        self.decref(module);
        let result = self.call(helper.addr(), args);
        self.decref(helper);
        result
    }

    /// An expression at the prompt: `sys.displayhook(value)`.
    fn display(&mut self, value: Addr) -> PyResult<Own> {
        if let Some(seen) = self.see_value(value) {
            return seen;
        }
        let sys = self.import_module("sys")?;
        let hook = self.get_attr_opt(sys.addr(), self.names.displayhook)?;
        self.decref(sys);
        let Some(hook) = hook else {
            return Err(self.runtime_error("lost sys.displayhook"));
        };
        let result = self.call(hook.addr(), &[value]);
        self.decref(hook);
        result
    }

    /// A `StopIteration` that leaves a generator becomes a `RuntimeError` (PEP 479).
    fn stop_iteration_error(&mut self, value: Addr) -> PyResult<Own> {
        let is_stop = self.type_check(value, types::STOP_ITERATION);
        let flags = self
            .frames
            .last()
            .map_or(0, |frame| self.program_ref(frame.code).flags);
        let is_async = flags & crate::python::code::flags::ASYNC_GENERATOR != 0;
        let is_coroutine = flags & crate::python::code::flags::COROUTINE != 0;
        let what = if is_async {
            "async generator"
        } else if is_coroutine {
            "coroutine"
        } else {
            "generator"
        };
        let kind = if is_stop {
            "StopIteration"
        } else if is_async && self.type_check(value, types::STOP_ASYNC_ITERATION) {
            "StopAsyncIteration"
        } else {
            return Ok(self.incref(value));
        };
        let _ = self.runtime_error(format!("{what} raised {kind}"));
        let Some(error) = self.take_raised() else {
            return Err(Raised);
        };
        for field in [exception::offsets::CAUSE, exception::offsets::CONTEXT] {
            let value = self.incref(value);
            self.set_field(error.addr(), field, Some(value));
        }
        self.heap
            .space
            .set_byte(error.addr().at(exception::offsets::SUPPRESS_CONTEXT), 1);
        Ok(error)
    }

    /// `from module import *`
    fn import_star(&mut self, module: Addr) -> PyResult<Own> {
        let locals = self.frames.last().map_or(Addr::NULL, |frame| frame.locals);
        if locals.is_null() {
            return Err(self.system_error("no locals found during 'import *'"));
        }
        let (names, skip_private) = match self.get_attr_opt(module, self.names.__all__)? {
            Some(all) => {
                let names = self.collect(all.addr())?;
                self.decref(all);
                (names, false)
            }
            None => {
                let Some(namespace) = self.get_attr_opt(module, self.names.__dict__)? else {
                    return Err(
                        self.import_error("from-import-* object has no __dict__ and no __all__")
                    );
                };
                let keys = self.call_method(namespace.addr(), self.names.keys, &[])?;
                let names = self.collect(keys.addr())?;
                self.decref(keys);
                self.decref(namespace);
                (names, true)
            }
        };
        for name in names {
            if !self.has_flag(name.addr(), flags::UNICODE_SUBCLASS) {
                let owner = self.get_attr_name(module, "__name__")?;
                let owner_text = self.text(owner.addr());
                self.decref(owner);
                let got = self.type_name(name.addr());
                let place = if skip_private { "Key in" } else { "Item in" };
                let suffix = if skip_private { "__dict__" } else { "__all__" };
                return Err(self.type_error(format!(
                    "{place} {owner_text}.{suffix} must be str, not {got}"
                )));
            }
            if skip_private && self.text(name.addr()).starts_with('_') {
                self.decref(name);
                continue;
            }
            let value = self.get_attr(module, name.addr())?;
            if self.type_of(locals) == types::DICT {
                dict::set(self, locals, name.addr(), value.addr())?;
            } else {
                self.set_item(locals, name.addr(), Some(value.addr()))?;
            }
            self.decref(value);
            self.decref(name);
        }
        Ok(self.none())
    }

    /// What an `except*` statement raises in the end: `_PyExc_PrepReraiseStar`.
    fn prep_reraise_star(&mut self, original: Addr, excs: Addr) -> PyResult<Own> {
        let items: Vec<Addr> = list::items(self, excs)
            .into_iter()
            .filter(|item| *item != object::NONE)
            .collect();
        if items.is_empty() {
            return Ok(self.none());
        }
        if !self.type_check(original, types::BASE_EXCEPTION_GROUP) {
            // A naked exception was raised: it is the only one, or what a handler raised instead.
            return Ok(self.incref(items[0]));
        }
        let same = |vm: &Vm, a: Addr, field: u64| vm.field(a, field) == vm.field(original, field);
        let mut raised = Vec::new();
        let mut reraised = Vec::new();
        for item in items {
            let metadata = [
                exception::offsets::TRACEBACK,
                exception::offsets::CAUSE,
                exception::offsets::CONTEXT,
            ];
            if metadata.iter().all(|field| same(self, item, *field)) {
                reraised.push(item);
            } else {
                raised.push(item);
            }
        }
        let mut result = self.none();
        if !reraised.is_empty() {
            self.decref(result);
            result = self.exception_group_projection(original, &reraised)?;
        }
        if raised.is_empty() {
            return Ok(result);
        }
        let mut all: Vec<Own> = raised.iter().map(|item| self.incref(*item)).collect();
        if result.addr() == object::NONE {
            self.decref(result);
        } else {
            all.push(result);
        }
        if all.len() == 1
            && let Some(one) = all.pop()
        {
            return Ok(one);
        }
        let items = list::from_owned(self, all)?;
        let message = str::new(self, "");
        let group = self.call(types::BASE_EXCEPTION_GROUP, &[message.addr(), items.addr()]);
        self.decref(message);
        self.decref(items);
        group
    }

    /// The part of `original` whose leaves are in the groups of `keep`.
    fn exception_group_projection(&mut self, original: Addr, keep: &[Addr]) -> PyResult<Own> {
        let mut leaves = Vec::new();
        for item in keep {
            self.collect_leaves(*item, &mut leaves)?;
        }
        self.project(original, &leaves)
    }

    fn group_items(&mut self, group: Addr) -> PyResult<Vec<Addr>> {
        let items = self.get_attr_name(group, "exceptions")?;
        let list = tuple::items(self, items.addr());
        self.decref(items);
        Ok(list)
    }

    fn collect_leaves(&mut self, exception: Addr, leaves: &mut Vec<Addr>) -> PyResult<()> {
        if !self.type_check(exception, types::BASE_EXCEPTION_GROUP) {
            leaves.push(exception);
            return Ok(());
        }
        for item in self.group_items(exception)? {
            self.collect_leaves(item, leaves)?;
        }
        Ok(())
    }

    fn project(&mut self, exception: Addr, leaves: &[Addr]) -> PyResult<Own> {
        if !self.type_check(exception, types::BASE_EXCEPTION_GROUP) {
            return Ok(if leaves.contains(&exception) {
                self.incref(exception)
            } else {
                self.none()
            });
        }
        let mut kept = Vec::new();
        for item in self.group_items(exception)? {
            let part = self.project(item, leaves)?;
            if part.addr() == object::NONE {
                self.decref(part);
            } else {
                kept.push(part);
            }
        }
        if kept.is_empty() {
            return Ok(self.none());
        }
        let items = list::from_owned(self, kept)?;
        let derive = str::intern(self, "derive");
        let group = self.call_method(exception, derive.addr(), &[items.addr()])?;
        self.decref(derive);
        self.decref(items);
        for field in [
            exception::offsets::TRACEBACK,
            exception::offsets::CAUSE,
            exception::offsets::CONTEXT,
        ] {
            let value = self
                .field(exception, field)
                .some()
                .map(|value| self.incref(value));
            self.set_field(group.addr(), field, value);
        }
        Ok(group)
    }
}
