//! Displays, subscripts, slices, unpacking and the fast paths of iteration.

use crate::python::memory::{Addr, Own};
use crate::python::object::{
    self, CompareOp, dict, flags, int, list, set, slice, str, tuple, types,
};
use crate::python::vm::{PyResult, Raised, Vm};

impl Vm {
    /// `list[int]`, `tuple[int]` with exact types and an index in range, borrowed.
    #[inline(always)]
    pub(super) fn fast_subscript(&self, container: Addr, key: Addr) -> Option<Addr> {
        let ty = self.type_of(container);
        if ty == types::LIST {
            let index = self.small_int(key)?;
            let len = list::len(self, container) as i64;
            let index = if index < 0 { index + len } else { index };
            (0..len)
                .contains(&index)
                .then(|| list::item(self, container, index as usize))
        } else if ty == types::TUPLE {
            let index = self.small_int(key)?;
            let len = tuple::len(self, container) as i64;
            let index = if index < 0 { index + len } else { index };
            (0..len)
                .contains(&index)
                .then(|| tuple::item(self, container, index as usize))
        } else {
            None
        }
    }

    pub(super) fn binary_slice(
        &mut self,
        container: Addr,
        start: Addr,
        stop: Addr,
    ) -> PyResult<Own> {
        let key = slice::new(self, start, stop, object::NONE);
        let result = self.get_item(container, key.addr());
        self.decref(key);
        result
    }

    pub(super) fn store_slice(
        &mut self,
        container: Addr,
        start: Addr,
        stop: Addr,
        value: Addr,
    ) -> PyResult<()> {
        let key = slice::new(self, start, stop, object::NONE);
        let result = self.set_item(container, key.addr(), Some(value));
        self.decref(key);
        result
    }

    /// `slice(start, stop[, step])` from the top `n` values, which it takes over on success.
    pub(super) fn build_slice(&mut self, sp: Addr, n: u32) -> PyResult<Own> {
        let at = |vm: &Vm, i: u32| vm.field(sp.before(8 * u64::from(n)), 8 * u64::from(i));
        let (start, stop) = (at(self, 0), at(self, 1));
        let step = if n == 3 { at(self, 2) } else { object::NONE };
        let made = slice::new(self, start, stop, step);
        for value in [start, stop, step] {
            self.release(value);
        }
        Ok(made)
    }

    /// A set of the top `n` values, which it takes over on success.
    pub(super) fn build_set(&mut self, sp: Addr, n: u32) -> PyResult<Own> {
        let made = set::new(self);
        let first = sp.before(8 * u64::from(n));
        for i in 0..u64::from(n) {
            let item = self.field(first, 8 * i);
            set::add(self, made.addr(), item)?;
        }
        for i in 0..u64::from(n) {
            let item = self.field(first, 8 * i);
            self.release(item);
        }
        Ok(made)
    }

    pub(super) fn build_map(&mut self, sp: Addr, n: u32) -> PyResult<Own> {
        let first = sp.before(16 * u64::from(n));
        let made = dict::new_presized(self, n as usize, true)?;
        for i in 0..u64::from(n) {
            let (key, value) = (self.field(first, 16 * i), self.field(first, 16 * i + 8));
            dict::set(self, made.addr(), key, value)?;
        }
        Ok(made)
    }

    pub(super) fn build_const_key_map(&mut self, sp: Addr, n: u32) -> PyResult<Own> {
        let keys = self.field(sp.before(8), 0);
        let first = sp.before(8 * (u64::from(n) + 1));
        let made = dict::new_presized(self, n as usize, true)?;
        for i in 0..n {
            let key = tuple::item(self, keys, i as usize);
            let value = self.field(first, 8 * u64::from(i));
            dict::set(self, made.addr(), key, value)?;
        }
        Ok(made)
    }

    /// The pieces of an f-string joined.
    pub(super) fn build_string(&mut self, sp: Addr, n: u32) -> PyResult<Own> {
        let first = sp.before(8 * u64::from(n));
        let pieces: Vec<Addr> = (0..u64::from(n))
            .map(|i| self.field(first, 8 * i))
            .collect();
        str::join_items(self, object::EMPTY_STR, &pieces)
    }

    /// `[*iterable]`: what cannot be iterated gets a message of its own.
    pub(super) fn list_extend(&mut self, target: Addr, iterable: Addr) -> PyResult<()> {
        match list::extend(self, target, iterable) {
            Ok(()) => Ok(()),
            Err(Raised) => {
                let slots = self.slots(iterable);
                let iterates = slots.iter.is_some() || slots.sq_item.is_some();
                if self.raised_is(types::TYPE_ERROR) && !iterates {
                    self.clear_raised();
                    let name = self.type_name(iterable);
                    return Err(
                        self.type_error(format!("Value after * must be an iterable, not {name}"))
                    );
                }
                Err(Raised)
            }
        }
    }

    pub(super) fn dict_update(&mut self, target: Addr, update: Addr) -> PyResult<()> {
        match dict::update(self, target, update) {
            Ok(()) => Ok(()),
            Err(Raised) => {
                if self.raised_is(types::ATTRIBUTE_ERROR) {
                    self.clear_raised();
                    let name = self.type_name(update);
                    return Err(self.type_error(format!("'{name}' object is not a mapping")));
                }
                Err(Raised)
            }
        }
    }

    /// `f(**update)`: a key that is there already is an error.
    pub(super) fn dict_merge(
        &mut self,
        callable: Addr,
        target: Addr,
        update: Addr,
    ) -> PyResult<()> {
        if self.has_flag(update, flags::DICT_SUBCLASS) {
            // An empty dict takes over the other's table.
            if dict::len(self, target) == 0 && self.type_of(update) == types::DICT {
                return dict::merge(self, target, update, true);
            }
            let mut position = 0;
            while let Some((key, value)) = dict::next(self, update, &mut position) {
                self.merge_one(callable, target, key, value)?;
            }
            return Ok(());
        }
        let keys = match self.get_attr_opt(update, self.names.keys)? {
            Some(keys) => keys,
            None => {
                let function = self.function_text(callable)?;
                let name = self.type_name(update);
                return Err(self.type_error(format!(
                    "{function} argument after ** must be a mapping, not {name}"
                )));
            }
        };
        let listed = self.call(keys.addr(), &[])?;
        self.decref(keys);
        let iterator = self.get_iter(listed.addr())?;
        self.decref(listed);
        while let Some(key) = self.iter_next(iterator.addr())? {
            let value = self.get_item(update, key.addr())?;
            self.merge_one(callable, target, key.addr(), value.addr())?;
            self.decref(key);
            self.decref(value);
        }
        self.decref(iterator);
        Ok(())
    }

    fn merge_one(&mut self, callable: Addr, target: Addr, key: Addr, value: Addr) -> PyResult<()> {
        if dict::get(self, target, key)?.is_some() {
            let function = self.function_text(callable)?;
            if !self.has_flag(key, flags::UNICODE_SUBCLASS) {
                return Err(self.type_error(format!("{function} keywords must be strings")));
            }
            let name = str::to_rust(self, key);
            return Err(self.type_error(format!(
                "{function} got multiple values for keyword argument '{name}'"
            )));
        }
        dict::set(self, target, key, value)
    }

    /// `module.name()` as CPython's messages show a function: `_PyObject_FunctionStr`.
    pub(crate) fn function_text(&mut self, function: Addr) -> PyResult<String> {
        if function.is_null() {
            return Ok("function".to_owned());
        }
        let Some(qualname) = self.get_attr_opt(function, self.names.__qualname__)? else {
            return str::text_of(self, function);
        };
        let mut text = format!("{}()", str::text_of(self, qualname.addr())?);
        self.decref(qualname);
        if let Some(module) = self.get_attr_opt(function, self.names.__module__)? {
            if module.addr() != object::NONE {
                let module_text = str::text_of(self, module.addr())?;
                if module_text != "builtins" {
                    text = format!("{module_text}.{text}");
                }
            }
            self.decref(module);
        }
        Ok(text)
    }

    /// Puts the `n` items of `sequence` at `at` and above, the first one highest, each with a count. The
    /// word at `at` is the sequence itself, which the caller drops afterwards.
    pub(super) fn unpack_sequence(&mut self, sequence: Addr, at: Addr, n: usize) -> PyResult<()> {
        let ty = self.type_of(sequence);
        if ty == types::TUPLE || ty == types::LIST {
            let is_tuple = ty == types::TUPLE;
            let len = if is_tuple {
                tuple::len(self, sequence)
            } else {
                list::len(self, sequence)
            };
            if len == n {
                for i in 0..n {
                    let item = if is_tuple {
                        tuple::item(self, sequence, i)
                    } else {
                        list::item(self, sequence, i)
                    };
                    self.retain(item);
                    self.set_word(at, 8 * (n - 1 - i) as u64, item.0);
                }
                return Ok(());
            }
        }
        let items = self.unpack_iterable(sequence, n, None)?;
        for (i, item) in items.into_iter().enumerate() {
            self.set_word(at, 8 * (n - 1 - i) as u64, item.into_addr().0);
        }
        Ok(())
    }

    /// `a, *b, c = sequence`: the values at `at` and above, as [`Vm::unpack_sequence`] leaves them.
    pub(super) fn unpack_ex(
        &mut self,
        sequence: Addr,
        at: Addr,
        before: usize,
        after: usize,
    ) -> PyResult<()> {
        let items = self.unpack_iterable(sequence, before, Some(after))?;
        let count = items.len() as u64;
        for (i, item) in items.into_iter().enumerate() {
            self.set_word(at, 8 * (count - 1 - i as u64), item.into_addr().0);
        }
        Ok(())
    }

    /// The items for `before` targets, one starred target (when `after` is given) and `after` more.
    fn unpack_iterable(
        &mut self,
        iterable: Addr,
        before: usize,
        after: Option<usize>,
    ) -> PyResult<Vec<Own>> {
        let iterator = match self.get_iter(iterable) {
            Ok(iterator) => iterator,
            Err(Raised) => {
                let slots = self.slots(iterable);
                let iterates = slots.iter.is_some() || slots.sq_item.is_some();
                if self.raised_is(types::TYPE_ERROR) && !iterates {
                    self.clear_raised();
                    let name = self.type_name(iterable);
                    return Err(
                        self.type_error(format!("cannot unpack non-iterable {name} object"))
                    );
                }
                return Err(Raised);
            }
        };
        let mut items = Vec::new();
        for got in 0..before {
            match self.iter_next(iterator.addr())? {
                Some(item) => items.push(item),
                None => {
                    let message = match after {
                        None => {
                            format!("not enough values to unpack (expected {before}, got {got})")
                        }
                        Some(after) => format!(
                            "not enough values to unpack (expected at least {}, got {got})",
                            before + after
                        ),
                    };
                    return Err(self.value_error(message));
                }
            }
        }
        let Some(after) = after else {
            if let Some(extra) = self.iter_next(iterator.addr())? {
                self.decref(extra);
                return Err(
                    self.value_error(format!("too many values to unpack (expected {before})"))
                );
            }
            self.decref(iterator);
            return Ok(items);
        };
        let rest = list::from_iterable(self, iterator.addr())?;
        let len = list::len(self, rest.addr());
        if len < after {
            let (least, got) = (before + after, before + len);
            return Err(self.value_error(format!(
                "not enough values to unpack (expected at least {least}, got {got})"
            )));
        }
        let mut tail = Vec::with_capacity(after);
        for _ in 0..after {
            tail.push(list::methods::pop_at(self, rest.addr(), -1)?);
        }
        items.push(rest);
        items.extend(tail.into_iter().rev());
        self.decref(iterator);
        Ok(items)
    }

    /// The next value for a `for` loop.
    #[inline(never)]
    pub(super) fn for_iter(&mut self, iterator: Addr) -> PyResult<Option<Own>> {
        match self.type_of(iterator) {
            types::RANGE_ITERATOR => {
                let next = object::range_iterator::next_value(self, iterator);
                return Ok(next.map(|value| int::new(self, value)));
            }
            types::LIST_ITERATOR => return list::iterator::next(self, iterator),
            _ => {}
        }
        match self.slots(iterator).iternext {
            Some(next) => {
                let result = next(self, iterator);
                let item = self.ignore_raised(result, types::STOP_ITERATION)?.flatten();
                if item.is_none() && self.raised.is_some() {
                    self.clear_raised();
                }
                Ok(item)
            }
            None => {
                let name = self.type_name(iterator);
                Err(self.type_error(format!("'{name}' object is not an iterator")))
            }
        }
    }

    /// `BUILD_INTERPOLATION`: takes over the value, the text of its expression and perhaps a format specification.
    pub(super) fn build_interpolation(&mut self, operands: Addr, arg: u32) -> PyResult<Own> {
        let count = u64::from(2 + (arg & 1));
        let mut taken = (0..count).map(|i| Own::from_addr(self.field(operands, 8 * i)));
        let (Some(value), Some(expression)) = (taken.next(), taken.next()) else {
            return Err(self.system_error("an interpolation has a value"));
        };
        let spec = taken.next();
        object::r#type::ready_templates(self, object::all_specs())?;
        object::interpolation::new(self, value, expression, arg >> 2, spec)
    }

    /// `BUILD_TEMPLATE`
    pub(super) fn build_template(&mut self, strings: Own, interpolations: Own) -> PyResult<Own> {
        object::r#type::ready_templates(self, object::all_specs())?;
        object::template::new(self, strings, interpolations)
    }

    /// The comparison of two small ints or two floats.
    #[inline(never)]
    pub(super) fn fast_compare(&self, left: Addr, right: Addr, op: CompareOp) -> Option<bool> {
        let ty = self.type_of(left);
        if ty == types::INT && self.type_of(right) == types::INT {
            let (a, b) = (self.compact_int(left)?, self.compact_int(right)?);
            return Some(match op {
                CompareOp::Lt => a < b,
                CompareOp::Le => a <= b,
                CompareOp::Eq => a == b,
                CompareOp::Ne => a != b,
                CompareOp::Gt => a > b,
                CompareOp::Ge => a >= b,
            });
        }
        if ty == types::FLOAT && self.type_of(right) == types::FLOAT {
            let (a, b) = (
                object::float::value(self, left),
                object::float::value(self, right),
            );
            return Some(match op {
                CompareOp::Lt => a < b,
                CompareOp::Le => a <= b,
                CompareOp::Eq => a == b,
                CompareOp::Ne => a != b,
                CompareOp::Gt => a > b,
                CompareOp::Ge => a >= b,
            });
        }
        if ty == types::STR
            && self.type_of(right) == types::STR
            && matches!(op, CompareOp::Eq | CompareOp::Ne)
        {
            let equal = left == right || str::equal(self, left, right);
            return Some(equal == (op == CompareOp::Eq));
        }
        None
    }
}
