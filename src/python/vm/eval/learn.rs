//! Filling inline caches: where an attribute or a name was found, if that is a place to find it again.
//! CPython: `_Py_Specialize_LoadAttr` and its siblings, Python/specialize.c.

use crate::python::memory::Addr;
use crate::python::object::dict::keys::{self, Kind, Table};
use crate::python::object::dict::{MA_KEYS, MA_VALUES, values};
use crate::python::object::module::MD_DICT;
use crate::python::object::{STR_HASH, descriptor, flags, function, property, types};
use crate::python::version::Attributes;
use crate::python::vm::Vm;
use crate::python::vm::cache::{Cache, Found};
use crate::python::vm::typedata::{TP_BASICSIZE, TP_DICTOFFSET};

/// Whether objects of the type look attributes up as `object` does.
pub(super) fn is_generic_getattr(vm: &Vm, ty: Addr) -> bool {
    let generic = vm.type_data(types::OBJECT).slots.getattro;
    let own = vm.type_data(ty).slots.getattro;
    own.zip(generic)
        .is_some_and(|(own, generic)| std::ptr::fn_addr_eq(own, generic))
}

fn is_generic_setattr(vm: &Vm, ty: Addr) -> bool {
    let generic = vm.type_data(types::OBJECT).slots.setattro;
    let own = vm.type_data(ty).slots.setattro;
    own.zip(generic)
        .is_some_and(|(own, generic)| std::ptr::fn_addr_eq(own, generic))
}

/// Where a value lies in a dict of its own table with only `str` keys: the table, its version, the word.
fn place_in_dict(vm: &mut Vm, dict: Addr, name: Addr) -> Option<(Addr, u32, u64)> {
    let table = plain_table(vm, dict)?;
    let entry = table.lookup_str(vm, name, vm.word(name, STR_HASH) as i64)?;
    let version = keys::version(vm, table.keys);
    (version != 0 && !table.value(vm, entry).is_null())
        .then(|| (table.keys, version, table.value_at(entry).0))
}

/// The table of a dict that shares nothing and has only `str` keys.
fn plain_table(vm: &Vm, dict: Addr) -> Option<Table> {
    let table = Table::read(vm, vm.field(dict, MA_KEYS));
    let plain = vm.field(dict, MA_VALUES).is_null() && table.kind == Kind::Unicode;
    plain.then_some(table)
}

impl Vm {
    /// What `LOAD_GLOBAL` remembers of a name in two exact dicts.
    pub(super) fn learn_global(&mut self, globals: Addr, builtins: Addr, name: Addr) -> Cache {
        self.try_learn_global(globals, builtins, name)
            .unwrap_or(Cache::NOTHING)
    }

    fn try_learn_global(&mut self, globals: Addr, builtins: Addr, name: Addr) -> Option<Cache> {
        if let Some((keys, keys_version, value)) = place_in_dict(self, globals, name) {
            return Some(Cache {
                found: Found::Global,
                keys,
                keys_version,
                value,
                ..Cache::NOTHING
            });
        }
        let above = plain_table(self, globals)?;
        let hash = self.word(name, STR_HASH) as i64;
        if above.lookup_str(self, name, hash).is_some() {
            return None;
        }
        let (keys, keys_version, value) = place_in_dict(self, builtins, name)?;
        let version = u64::from(keys::version(self, above.keys));
        (version != 0).then_some(Cache {
            found: Found::Builtin,
            version,
            keys,
            keys_version,
            value,
            ..Cache::NOTHING
        })
    }

    /// What `LOAD_ATTR` remembers; `is_call` when a method need not be bound.
    pub(super) fn learn_attr(&mut self, owner: Addr, name: Addr, is_call: bool) -> Cache {
        let ty = self.type_of(owner);
        let learned = if is_generic_getattr(self, ty) {
            self.learn_instance_attr(owner, ty, name, is_call)
        } else if ty == types::MODULE {
            self.learn_module_attr(owner, name)
        } else if ty == types::TYPE {
            self.learn_type_attr(owner, name)
        } else {
            None
        };
        learned.unwrap_or(Cache::NOTHING)
    }

    fn learn_instance_attr(
        &mut self,
        owner: Addr,
        ty: Addr,
        name: Addr,
        is_call: bool,
    ) -> Option<Cache> {
        let found = self.type_lookup(ty, name);
        let version = self.type_version(ty);
        let cache = Cache {
            version,
            ..Cache::NOTHING
        };
        let Some(found) = found else {
            return self.learn_inline_value(owner, ty, name, cache);
        };
        if self.slots(found).descr_set.is_some() {
            return self.learn_data_descriptor(ty, found, is_call, cache);
        }
        let is_method = is_call && self.has_flag(found, flags::METHOD_DESCRIPTOR);
        let cache = Cache {
            is_method,
            value: found.0,
            ..cache
        };
        // What binds itself in another way, or is not called at once, goes the general way.
        let remembered = is_method || self.slots(found).descr_get.is_none();
        if self.type_flags(ty) & flags::MANAGED_DICT != 0 {
            values::inline_valid(self, owner, ty)?;
            let table = Table::read(self, self.type_data(ty).cached_keys);
            let hash = self.word(name, STR_HASH) as i64;
            if table.lookup_str(self, name, hash).is_some() {
                return self.learn_inline_value(owner, ty, name, cache);
            }
            return remembered.then_some(Cache {
                found: Found::OfClassUnshadowed,
                keys: table.keys,
                keys_version: keys::version(self, table.keys),
                offset: u16::try_from(self.word(ty, TP_BASICSIZE)).ok()?,
                ..cache
            });
        }
        let (found, offset) = match self.word(ty, TP_DICTOFFSET) as i64 {
            0 => (Found::OfClass, 0),
            offset => (Found::OfClassNoDict, u16::try_from(offset).ok()?),
        };
        remembered.then_some(Cache {
            found,
            offset,
            ..cache
        })
    }

    /// An attribute that this instance has among its inline values, and whose class has none, or none that
    /// goes before it.
    fn learn_inline_value(
        &mut self,
        owner: Addr,
        ty: Addr,
        name: Addr,
        cache: Cache,
    ) -> Option<Cache> {
        let values = values::inline_valid(self, owner, ty)?;
        let table = Table::read(self, self.type_data(ty).cached_keys);
        let entry = table.lookup_str(self, name, self.word(name, STR_HASH) as i64)?;
        values::get(self, values, entry).some()?;
        Some(Cache {
            found: Found::InlineValue,
            is_method: false,
            value: entry,
            offset: u16::try_from(self.word(ty, TP_BASICSIZE)).ok()?,
            ..cache
        })
    }

    /// A field of `__slots__`, or a property whose getter is a plain Python function.
    fn learn_data_descriptor(
        &mut self,
        ty: Addr,
        found: Addr,
        is_call: bool,
        cache: Cache,
    ) -> Option<Cache> {
        if let Some(offset) = descriptor::slot_offset(self, found)
            && self.is_subtype(ty, descriptor::owner(self, found))
        {
            return Some(Cache {
                found: Found::Slot,
                value: offset,
                ..cache
            });
        }
        if is_call || self.type_of(found) != types::PROPERTY {
            return None;
        }
        let getter = self.field(found, property::GET).some()?;
        (self.type_of(getter) == types::FUNCTION).then_some(Cache {
            found: Found::Property,
            value: found.0,
            ..cache
        })
    }

    fn learn_module_attr(&mut self, module: Addr, name: Addr) -> Option<Cache> {
        if self.type_lookup(types::MODULE, name).is_some() {
            return None;
        }
        let namespace = self.field(module, MD_DICT).some()?;
        if self.type_of(namespace) != types::DICT {
            return None;
        }
        let (keys, keys_version, value) = place_in_dict(self, namespace, name)?;
        Some(Cache {
            found: Found::OfModule,
            keys,
            keys_version,
            value,
            ..Cache::NOTHING
        })
    }

    /// An attribute of a class whose own class is `type`: a function, or a value that does not bind itself.
    fn learn_type_attr(&mut self, class: Addr, name: Addr) -> Option<Cache> {
        if let Some(above) = self.type_lookup(types::TYPE, name)
            && self.slots(above).descr_set.is_some()
        {
            return None;
        }
        let found = self.type_lookup(class, name)?;
        let plain = self.type_of(found) == types::FUNCTION || self.slots(found).descr_get.is_none();
        let version = self.type_version(class);
        plain.then_some(Cache {
            found: Found::OfType,
            version,
            value: found.0,
            ..Cache::NOTHING
        })
    }

    /// What `STORE_ATTR` remembers.
    pub(super) fn learn_store(&mut self, owner: Addr, name: Addr) -> Cache {
        let ty = self.type_of(owner);
        if !is_generic_setattr(self, ty) {
            return Cache::NOTHING;
        }
        self.try_learn_store(owner, ty, name)
            .unwrap_or(Cache::NOTHING)
    }

    fn try_learn_store(&mut self, owner: Addr, ty: Addr, name: Addr) -> Option<Cache> {
        let found = self.type_lookup(ty, name);
        let cache = Cache {
            version: self.type_version(ty),
            ..Cache::NOTHING
        };
        if let Some(found) = found
            && self.slots(found).descr_set.is_some()
        {
            let offset = descriptor::slot_offset(self, found)?;
            let fits = self.is_subtype(ty, descriptor::owner(self, found))
                && descriptor::is_writable_member(self, found);
            return fits.then_some(Cache {
                found: Found::Slot,
                value: offset,
                ..cache
            });
        }
        values::inline_valid(self, owner, ty)?;
        let table = Table::read(self, self.type_data(ty).cached_keys);
        let entry = table.lookup_str(self, name, self.word(name, STR_HASH) as i64)?;
        Some(Cache {
            found: Found::InlineValue,
            value: entry,
            offset: u16::try_from(self.word(ty, TP_BASICSIZE)).ok()?,
            ..cache
        })
    }

    /// What a call of a class remembers: its `__init__`, where that is a Python function.
    pub(super) fn learn_init(&mut self, class: Addr, arg: u32) -> Cache {
        let Some(init) = self.python_init_of(class) else {
            return Cache::NOTHING;
        };
        let program = self.program_ref(self.field(init, function::CODE));
        // 3.12.1 has the specialised call, but does not come to it.
        let has_values = self.type_flags(class) & flags::INLINE_VALUES != 0
            && self.profile.attributes == Attributes::Inline;
        if !has_values || !program.simple || program.argcount != arg + 1 {
            return Cache::NOTHING;
        }
        Cache {
            found: Found::Init,
            version: self.type_version(class),
            value: init.0,
            ..Cache::NOTHING
        }
    }
}
