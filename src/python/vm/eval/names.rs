//! Names: locals that are unbound, globals with their caches, module and class namespaces, cells.

use crate::python::memory::{Addr, Own};
use crate::python::object::dict::keys;
use crate::python::object::{cell, dict, str, types};
use crate::python::version::Version;
use crate::python::vm::cache::{Cache, Found};
use crate::python::vm::program::{Loaded, Program};
use crate::python::vm::{PyResult, Raised, Vm};
use std::cell::Cell;

impl Vm {
    /// The running frame's globals.
    #[inline(always)]
    pub(crate) fn frame_globals(&self) -> Addr {
        self.frames.last().map_or(Addr::NULL, |frame| frame.globals)
    }

    /// The running frame's builtins.
    #[inline(always)]
    pub(crate) fn frame_builtins(&self) -> Addr {
        self.frames
            .last()
            .map_or(Addr::NULL, |frame| frame.builtins)
    }

    /// The mapping that holds the running frame's names, borrowed.
    pub(super) fn frame_locals_mapping(&mut self) -> PyResult<Addr> {
        match self
            .frames
            .last()
            .map_or(Addr::NULL, |frame| frame.locals)
            .some()
        {
            Some(locals) => Ok(locals),
            None => Err(self.system_error("no locals")),
        }
    }

    #[cold]
    pub(super) fn unbound_local(&mut self, program: &Program, slot: u32) -> Raised {
        let name = program
            .code
            .localsplus
            .get(slot as usize)
            .map_or("?", |(name, _)| name)
            .to_owned();
        let message = format!(
            "cannot access local variable '{name}' where it is not associated with a value"
        );
        self.name_error_of(types::UNBOUND_LOCAL_ERROR, message, &name)
    }

    #[cold]
    pub(super) fn unbound_deref(&mut self, program: &Program, slot: u32) -> Raised {
        let Some((name, kind)) = program.code.localsplus.get(slot as usize) else {
            return self.system_error("no such variable");
        };
        if kind.free {
            let message = format!(
                "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
            );
            self.name_error_of(types::NAME_ERROR, message, name)
        } else {
            self.unbound_local(program, slot)
        }
    }

    /// Raises a `NameError` that knows its name, for suggestions.
    #[cold]
    pub(crate) fn name_error_of(&mut self, class: Addr, message: String, name: &str) -> Raised {
        let raised = self.error(class, message);
        // CPython keeps the name in a `NameError` proper, not in an `UnboundLocalError`.
        let is_exact = class == types::NAME_ERROR && self.profile.version >= Version::V3_10;
        if let Some(exception) = self.raised.as_ref().map(Own::addr).filter(|_| is_exact) {
            let value = str::new(self, name);
            self.set_field(exception, super::exceptions::NAME_ERROR_NAME, Some(value));
        }
        raised
    }

    #[cold]
    fn name_not_defined(&mut self, name: Addr) -> Raised {
        let name = str::to_rust(self, name);
        self.name_error_of(
            types::NAME_ERROR,
            format!("name '{name}' is not defined"),
            &name,
        )
    }

    /// The global or builtin that the instruction remembers, borrowed.
    #[inline(never)]
    pub(super) fn cached_global(&self, cache: &Cell<Cache>) -> Option<Addr> {
        let cache = cache.get();
        let frame = self.frames.last()?;
        let above = self.field(frame.globals, dict::MA_KEYS);
        let same = match cache.found {
            Found::Global => {
                above == cache.keys && keys::known_version(self, above) == cache.keys_version
            }
            Found::Builtin => {
                let table = self.field(frame.builtins, dict::MA_KEYS);
                u64::from(keys::known_version(self, above)) == cache.version
                    && table == cache.keys
                    && keys::known_version(self, table) == cache.keys_version
            }
            _ => false,
        };
        if same {
            self.field(Addr(cache.value), 0).some()
        } else {
            None
        }
    }

    /// `LOAD_GLOBAL` where the cache did not help: the globals, then the builtins.
    #[inline(never)]
    pub(super) fn load_global(&mut self, program: &Program, instruction: Loaded) -> PyResult<Own> {
        let (globals, builtins) = (self.frame_globals(), self.frame_builtins());
        let name = program.names[(instruction.arg >> 1) as usize];
        if self.type_of(globals) == types::DICT && self.type_of(builtins) == types::DICT {
            if program.may_learn(instruction) {
                let cache = self.learn_global(globals, builtins, name);
                program.learn(instruction, cache);
            }
            if let Some(value) = dict::get_str(self, globals, name) {
                return Ok(self.incref(value));
            }
            if let Some(value) = dict::get_str(self, builtins, name) {
                return Ok(self.incref(value));
            }
            let text = self.name_text(name);
            return match self.later_name("builtins", &text)? {
                Some(later) => Ok(later),
                None => Err(self.name_not_defined(name)),
            };
        }
        if let Some(value) = self.mapping_get(globals, name)? {
            return Ok(value);
        }
        match self.mapping_get(builtins, name)? {
            Some(value) => Ok(value),
            None => Err(self.name_not_defined(name)),
        }
    }

    /// `mapping[name]`, `None` where a `KeyError` says so.
    pub(crate) fn mapping_get(&mut self, mapping: Addr, name: Addr) -> PyResult<Option<Own>> {
        if self.type_of(mapping) == types::DICT {
            let found = dict::get(self, mapping, name)?;
            return Ok(found.map(|value| self.incref(value)));
        }
        let result = self.get_item(mapping, name);
        self.ignore_raised(result, types::KEY_ERROR)
    }

    /// `LOAD_NAME`: locals, globals, builtins.
    pub(super) fn load_name(&mut self, name: Addr) -> PyResult<Own> {
        let locals = self.frame_locals_mapping()?;
        self.load_from_dict_or_globals(locals, name)
    }

    pub(super) fn load_from_dict_or_globals(&mut self, mapping: Addr, name: Addr) -> PyResult<Own> {
        if let Some(value) = self.mapping_get(mapping, name)? {
            return Ok(value);
        }
        let globals = self.frame_globals();
        if let Some(value) = self.mapping_get(globals, name)? {
            return Ok(value);
        }
        let builtins = self.frame_builtins();
        match self.mapping_get(builtins, name)? {
            Some(value) => Ok(value),
            None => Err(self.name_not_defined(name)),
        }
    }

    pub(super) fn load_from_dict_or_deref(
        &mut self,
        program: &Program,
        fp: Addr,
        mapping: Addr,
        slot: u32,
    ) -> PyResult<Own> {
        let names = self.field(program.object, crate::python::object::code::LOCALSPLUSNAMES);
        let name = crate::python::object::tuple::item(self, names, slot as usize);
        if let Some(value) = self.mapping_get(mapping, name)? {
            return Ok(value);
        }
        let holder = self.field(fp, 8 * u64::from(slot));
        match self.field(holder, cell::REF).some() {
            Some(value) => Ok(self.incref(value)),
            None => Err(self.unbound_deref(program, slot)),
        }
    }

    pub(super) fn store_name(&mut self, name: Addr, value: Addr) -> PyResult<()> {
        let locals = self.frame_locals_mapping()?;
        if self.type_of(locals) == types::DICT {
            dict::set(self, locals, name, value)
        } else {
            self.set_item(locals, name, Some(value))
        }
    }

    pub(super) fn delete_name(&mut self, name: Addr) -> PyResult<()> {
        let locals = self.frame_locals_mapping()?;
        let result = self.set_item(locals, name, None);
        match self.ignore_raised(result, types::KEY_ERROR)? {
            Some(()) => Ok(()),
            None => Err(self.name_not_defined(name)),
        }
    }

    pub(super) fn delete_global(&mut self, name: Addr) -> PyResult<()> {
        let globals = self.frame_globals();
        match dict::remove(self, globals, name)? {
            Some(old) => {
                self.decref(old);
                Ok(())
            }
            None => Err(self.name_not_defined(name)),
        }
    }

    /// `SETUP_ANNOTATIONS`: `__annotations__` exists in the namespace.
    pub(super) fn setup_annotations(&mut self) -> PyResult<()> {
        let locals = self.frame_locals_mapping()?;
        let name = self.names.__annotations__;
        if let Some(found) = self.mapping_get(locals, name)? {
            self.decref(found);
            return Ok(());
        }
        let made = dict::new(self);
        self.set_item(locals, name, Some(made.addr()))?;
        self.decref(made);
        Ok(())
    }

    /// `LOAD_BUILD_CLASS`: `__build_class__` of the builtins.
    pub(super) fn load_build_class(&mut self) -> PyResult<Own> {
        let builtins = self.frame_builtins();
        let name = self.names.__build_class__;
        match self.mapping_get(builtins, name)? {
            Some(value) => Ok(value),
            None => Err(self.name_error("__build_class__ not found")),
        }
    }
}
