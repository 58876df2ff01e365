//! Attributes, methods and `super()` in the loop. What an instruction remembers is described in
//! [`crate::python::vm::cache`].

use super::learn::is_generic_getattr;
use crate::python::memory::{Addr, Own};
use crate::python::object::dict::{MA_KEYS, keys, values};
use crate::python::object::module::MD_DICT;
use crate::python::object::{flags, object, property, super_, types};
use crate::python::vm::cache::{Cache, Found};
use crate::python::vm::frame::After;
use crate::python::vm::program::{Loaded, Program};
use crate::python::vm::typedata::TP_VERSION_TAG;
use crate::python::vm::{PyResult, Vm};
use std::cell::Cell;

/// What `LOAD_ATTR` found.
pub(super) enum Attribute {
    /// The value.
    Value(Own),
    /// A function that takes the owner first; only where the value is to be called.
    Method(Own),
    /// The frame of a property's getter was pushed; it will push the value.
    Frame,
}

impl Vm {
    /// The attribute of `owner` that the instruction remembers, borrowed.
    #[inline(never)]
    pub(super) fn cached_attr(&self, cache: &Cell<Cache>, owner: Addr) -> Option<Addr> {
        let cache = cache.get();
        let version = |at: Addr| self.word(at, TP_VERSION_TAG) == cache.version;
        match cache.found {
            Found::InlineValue if version(self.type_of(owner)) => {
                let values = owner.at(u64::from(cache.offset));
                if !values::is_valid(self, values) {
                    return None;
                }
                values::get(self, values, cache.value).some()
            }
            Found::OfClassUnshadowed if version(self.type_of(owner)) => {
                let values = owner.at(u64::from(cache.offset));
                let same_keys = keys::known_version(self, cache.keys) == cache.keys_version;
                (same_keys && values::is_valid(self, values)).then_some(Addr(cache.value))
            }
            Found::Slot if version(self.type_of(owner)) => self.field(owner, cache.value).some(),
            Found::OfClass if version(self.type_of(owner)) => Some(Addr(cache.value)),
            Found::OfClassNoDict if version(self.type_of(owner)) => {
                let dict = self.field(owner, u64::from(cache.offset));
                dict.is_null().then_some(Addr(cache.value))
            }
            Found::OfModule if self.type_of(owner) == types::MODULE => {
                let table = self.field(self.field(owner, MD_DICT), MA_KEYS);
                let same =
                    table == cache.keys && keys::known_version(self, table) == cache.keys_version;
                if same {
                    self.field(Addr(cache.value), 0).some()
                } else {
                    None
                }
            }
            Found::OfType if self.type_of(owner) == types::TYPE && version(owner) => {
                Some(Addr(cache.value))
            }
            _ => None,
        }
    }

    /// `LOAD_ATTR` where the cache did not help.
    #[inline(never)]
    pub(super) fn load_attr(
        &mut self,
        program: &Program,
        instruction: Loaded,
        owner: Addr,
    ) -> PyResult<Attribute> {
        let name = program.names[(instruction.arg >> 1) as usize];
        let is_call = instruction.arg & 1 != 0;
        let cache = program.cache(instruction).get();
        if cache.found == Found::Property
            && self.word(self.type_of(owner), TP_VERSION_TAG) == cache.version
        {
            // `property.__init__` may have been called again.
            let getter = self.field(Addr(cache.value), property::GET);
            if self.type_of(getter) == types::FUNCTION {
                return self.enter_getter(getter, owner);
            }
        }
        if program.may_learn(instruction) {
            let cache = self.learn_attr(owner, name, is_call);
            program.learn(instruction, cache);
        }
        if is_call {
            return self.get_method(owner, name);
        }
        Ok(Attribute::Value(self.get_attr(owner, name)?))
    }

    /// Calls a property's getter in this loop.
    fn enter_getter(&mut self, getter: Addr, owner: Addr) -> PyResult<Attribute> {
        let top = self.stack_top;
        self.set_word(top, 0, owner.0);
        self.retain(owner);
        self.retain(getter);
        // Binding reads the word while it fills the frame above it.
        self.stack_top = top.at(8);
        let entered = self.enter_function(getter, top, 1, Addr::NULL, After::Push);
        if entered.is_err() {
            self.stack_top = top;
        }
        entered.map(|()| Attribute::Frame)
    }

    /// `owner.name` to be called: a method is not bound where nothing stands before it.
    /// CPython: `_PyObject_GetMethod`.
    fn get_method(&mut self, owner: Addr, name: Addr) -> PyResult<Attribute> {
        let ty = self.type_of(owner);
        if !is_generic_getattr(self, ty) {
            return Ok(Attribute::Value(self.get_attr(owner, name)?));
        }
        if let Some(found) = self.type_lookup(ty, name)
            && self.has_flag(found, flags::METHOD_DESCRIPTOR)
        {
            let method = self.incref(found);
            let Some(value) = object::own_attribute(self, owner, name)? else {
                return Ok(Attribute::Method(method));
            };
            self.decref(method);
            return Ok(Attribute::Value(value));
        }
        Ok(Attribute::Value(self.get_attr(owner, name)?))
    }

    /// Stores into the place that the instruction remembers; `true` when it took `value` over.
    #[inline(never)]
    pub(super) fn cached_store(&mut self, cache: &Cell<Cache>, owner: Addr, value: Addr) -> bool {
        let cache = cache.get();
        if self.word(self.type_of(owner), TP_VERSION_TAG) != cache.version {
            return false;
        }
        match cache.found {
            Found::InlineValue => {
                let values = owner.at(u64::from(cache.offset));
                if !values::is_valid(self, values) || !values::managed_dict(self, owner).is_null() {
                    return false;
                }
                values::store_owned(self, values, cache.value, value);
                true
            }
            Found::Slot => {
                let old = self.word(owner, cache.value);
                self.set_word(owner, cache.value, value.0);
                self.decref_word(old);
                true
            }
            _ => false,
        }
    }

    /// `STORE_ATTR` where the cache did not help.
    #[inline(never)]
    pub(super) fn store_attr(
        &mut self,
        program: &Program,
        instruction: Loaded,
        owner: Addr,
        value: Addr,
    ) -> PyResult<()> {
        let name = program.names[instruction.arg as usize];
        if program.may_learn(instruction) {
            let cache = self.learn_store(owner, name);
            program.learn(instruction, cache);
        }
        self.set_attr(owner, name, Some(value))
    }

    /// `super().name` with `super, class, self` below `sp`; `true` when the function takes `self` first.
    pub(super) fn load_super_attr(
        &mut self,
        program: &Program,
        instruction: Loaded,
        sp: Addr,
    ) -> PyResult<(Own, bool)> {
        let (name, arg) = (
            program.names[(instruction.arg >> 2) as usize],
            instruction.arg,
        );
        let (global, class) = (self.field(sp.before(24), 0), self.field(sp.before(16), 0));
        let instance = self.field(sp.before(8), 0);
        let plain = global == types::SUPER && self.has_flag(class, flags::TYPE_SUBCLASS);
        let cache = program.cache(instruction).get();
        if plain && cache.found != Found::Nothing {
            let ty = self.type_of(instance);
            if cache.found == Found::OfSuper
                && cache.keys == class
                && self.word(ty, TP_VERSION_TAG) == cache.version
            {
                return Ok((self.incref(Addr(cache.value)), true));
            }
            let (value, is_method) = super_::load(self, class, instance, name, arg & 1 != 0)?;
            if is_method && self.is_subtype(ty, class) {
                program.learn(instruction, self.super_cache(ty, class, value.addr()));
            }
            return Ok((value, is_method));
        }
        if plain && program.may_learn(instruction) {
            let found = Found::Super;
            program.learn(
                instruction,
                Cache {
                    found,
                    ..Cache::NOTHING
                },
            );
        }
        let proxy = if arg & 2 == 0 {
            self.call(global, &[])?
        } else {
            self.call(global, &[class, instance])?
        };
        let value = self.get_attr(proxy.addr(), name)?;
        self.decref(proxy);
        Ok((value, false))
    }

    fn super_cache(&mut self, ty: Addr, class: Addr, function: Addr) -> Cache {
        Cache {
            found: Found::OfSuper,
            version: self.type_version(ty),
            keys: class,
            value: function.0,
            ..Cache::NOTHING
        }
    }
}
