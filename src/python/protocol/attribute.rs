//! Attributes: `getattr`, `setattr`, and looking things up on types. CPython: `PyObject_GetAttr`, `_PyType_Lookup`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{STR_HASH, dict, exception, flags, object, str, tuple, types};
use crate::python::vm::typedata::{TP_DICT, TP_VERSION_TAG};
use crate::python::vm::{PyResult, Raised, Vm};

/// Entries of the method cache, a power of two. CPython: `MCACHE_SIZE_EXP` 12.
const METHOD_CACHE_SIZE: usize = 1 << 12;

/// What [`Vm::type_lookup`] found lately, by version of the type and name.
pub struct MethodCache {
    /// Version of the type, name, value. Plain words, and a fourth that keeps an entry in one cache line: so many
    /// zeros the host gives without touching them.
    entries: Box<[[u64; 4]]>,
}

impl Default for MethodCache {
    fn default() -> Self {
        MethodCache {
            entries: vec![[0; 4]; METHOD_CACHE_SIZE].into_boxed_slice(),
        }
    }
}

impl MethodCache {
    #[inline(always)]
    fn slot(version: u64, name: Addr) -> usize {
        (version ^ name.0 >> 4) as usize & (METHOD_CACHE_SIZE - 1)
    }

    /// What the lookup of a name found: `Some(NULL)` for nothing, `None` if it is not known.
    #[inline(always)]
    fn get(&self, version: u64, name: Addr) -> Option<Addr> {
        let entry = &self.entries[MethodCache::slot(version, name)];
        (entry[0] == version && entry[1] == name.0).then_some(Addr(entry[2]))
    }

    fn set(&mut self, version: u64, name: Addr, value: Addr) {
        self.entries[MethodCache::slot(version, name)] = [version, name.0, value.0, 0];
    }

    /// Forgets everything; names may have been freed.
    pub fn clear(&mut self) {
        self.entries.fill([0; 4]);
    }
}

impl Vm {
    /// `object.name`
    #[inline]
    pub fn get_attr(&mut self, object: Addr, name: Addr) -> PyResult<Own> {
        match self.slots(object).getattro {
            Some(getattro) => getattro(self, object, name),
            None => Err(object::no_attribute(self, object, name)),
        }
    }

    /// `object.name`, `None` instead of an `AttributeError`: `PyObject_GetOptionalAttr`.
    pub fn get_attr_opt(&mut self, object: Addr, name: Addr) -> PyResult<Option<Own>> {
        let generic = self.type_data(types::OBJECT).slots.getattro;
        let own = self.slots(object).getattro;
        if own
            .zip(generic)
            .is_some_and(|(own, generic)| std::ptr::fn_addr_eq(own, generic))
        {
            let found = object::generic_getattr_opt(self, object, name, None);
            // A descriptor may say that there is no such attribute: an empty slot, a property.
            return match found {
                Ok(found) => Ok(found),
                Err(Raised) if self.raised_is(types::ATTRIBUTE_ERROR) => {
                    self.clear_raised();
                    Ok(None)
                }
                Err(Raised) => Err(Raised),
            };
        }
        let result = self.get_attr(object, name);
        self.ignore_raised(result, types::ATTRIBUTE_ERROR)
    }

    /// `object.name` for a name in Rust.
    pub fn get_attr_name(&mut self, object: Addr, name: &str) -> PyResult<Own> {
        let name = str::intern(self, name);
        let result = self.get_attr(object, name.addr());
        self.decref(name);
        result
    }

    /// `object.name = value` for a name in Rust.
    pub fn set_attr_name(&mut self, object: Addr, name: &str, value: Addr) -> PyResult<()> {
        let name = str::intern(self, name);
        let result = self.set_attr(object, name.addr(), Some(value));
        self.decref(name);
        result
    }

    /// `object.name = value`, or `del object.name`.
    #[inline]
    pub fn set_attr(&mut self, object: Addr, name: Addr, value: Option<Addr>) -> PyResult<()> {
        match self.slots(object).setattro {
            Some(setattro) => setattro(self, object, name, value),
            None => {
                let (ty, name) = (self.type_name(object), str::to_rust(self, name));
                let access = if value.is_none() { "del" } else { "assign to" };
                Err(self.type_error(format!(
                    "'{ty}' object has only read-only attributes ({access} .{name})"
                )))
            }
        }
    }

    /// The attribute as found in the MRO's dicts, borrowed, unbound: `_PyType_Lookup`.
    #[inline]
    pub fn type_lookup(&mut self, ty: Addr, name: Addr) -> Option<Addr> {
        let version = self.word(ty, TP_VERSION_TAG);
        if version != 0
            && let Some(known) = self.method_cache.get(version, name)
        {
            return known.some();
        }
        self.type_lookup_slow(ty, name)
    }

    #[inline(never)]
    fn type_lookup_slow(&mut self, ty: Addr, name: Addr) -> Option<Addr> {
        if self.word(name, STR_HASH) as i64 == -1 {
            str::hash(self, name);
        }
        let found = self.find_in_mro(ty, name);
        if str::is_interned(self, name) {
            let version = self.type_version(ty);
            let value = found.unwrap_or(Addr::NULL);
            if version != 0 {
                self.method_cache.set(version, name, value);
            }
        }
        found
    }

    /// [`Vm::type_lookup`] without the cache.
    pub fn find_in_mro(&mut self, ty: Addr, name: Addr) -> Option<Addr> {
        // A key of a class's namespace may have an `__eq__`, which may change anything.
        let mut i = 0;
        while let Some(class) = self.type_data(ty).mro.get(i).copied() {
            i += 1;
            let namespace = self.field(class, TP_DICT);
            if !namespace.is_null()
                && let Some(value) = dict::get_str(self, namespace, name)
            {
                return Some(value);
            }
        }
        None
    }

    /// The type's version tag, given on first request: equal tags mean unchanged lookups.
    pub fn type_version(&mut self, ty: Addr) -> u64 {
        let version = self.word(ty, TP_VERSION_TAG);
        if version != 0 {
            return version;
        }
        // A base must have a tag too, so that changing it reaches this type.
        for i in 1..self.type_data(ty).mro.len() {
            let base = self.type_data(ty).mro[i];
            if self.word(base, TP_VERSION_TAG) == 0 {
                self.next_type_version += 1;
                let version = self.next_type_version;
                self.set_word(base, TP_VERSION_TAG, version);
            }
        }
        self.next_type_version += 1;
        let version = self.next_type_version;
        self.set_word(ty, TP_VERSION_TAG, version);
        version
    }

    /// The type or one of its bases changed: `PyType_Modified`. Tags of the subclasses go too.
    pub fn type_modified(&mut self, ty: Addr) {
        if self.word(ty, TP_VERSION_TAG) == 0 {
            return;
        }
        self.set_word(ty, TP_VERSION_TAG, 0);
        for subclass in self.type_data(ty).subclasses.clone() {
            self.type_modified(subclass);
        }
    }

    /// A special method looked up on the type and bound: `_PyObject_LookupSpecial`.
    pub fn lookup_special(&mut self, object: Addr, name: Addr) -> PyResult<Option<Own>> {
        let ty = self.type_of(object);
        let Some(found) = self.type_lookup(ty, name) else {
            return Ok(None);
        };
        match self.slots(found).descr_get {
            Some(get) => get(self, found, Some(object), Some(ty)).map(Some),
            None => Ok(Some(self.incref(found))),
        }
    }

    /// Calls a special method of the object's type, `None` where it has none.
    pub fn call_special(
        &mut self,
        object: Addr,
        name: Addr,
        args: &[Addr],
    ) -> PyResult<Option<Own>> {
        let ty = self.type_of(object);
        let Some(found) = self.type_lookup(ty, name) else {
            return Ok(None);
        };
        if self.type_flags(self.type_of(found)) & flags::METHOD_DESCRIPTOR != 0 {
            let held = self.incref(found);
            let values = [&[object], args].concat();
            let result = self.call(found, &values);
            self.decref(held);
            return result.map(Some);
        }
        let Some(method) = self.lookup_special(object, name)? else {
            return Ok(None);
        };
        let result = self.call(method.addr(), args);
        self.decref(method);
        result.map(Some)
    }

    /// Whether `ty` is `base` or inherits from it: `PyType_IsSubtype`.
    #[inline]
    pub fn is_subtype(&self, ty: Addr, base: Addr) -> bool {
        ty == base || self.type_data(ty).mro.contains(&base)
    }

    /// Whether `object`'s type is `base` or inherits from it: `PyObject_TypeCheck`.
    #[inline]
    pub fn type_check(&self, object: Addr, base: Addr) -> bool {
        self.is_subtype(self.type_of(object), base)
    }

    /// `isinstance(object, class)` with `__instancecheck__`.
    pub fn is_instance(&mut self, object: Addr, class: Addr) -> PyResult<bool> {
        if self.type_of(object) == class {
            return Ok(true);
        }
        if self.type_of(class) == types::TYPE {
            return self.is_real_instance(object, class);
        }
        if self.type_of(class) == types::UNION_TYPE {
            let args = crate::python::object::union::args(self, class);
            return self.any_class(object, args, Vm::is_instance);
        }
        if self.has_flag(class, flags::TUPLE_SUBCLASS) {
            return self.any_class(object, class, Vm::is_instance);
        }
        if let Some(result) = self.call_special(class, self.names.__instancecheck__, &[object])? {
            let truth = self.is_true(result.addr());
            self.decref(result);
            return truth;
        }
        self.is_real_instance(object, class)
    }

    fn any_class(
        &mut self,
        object: Addr,
        classes: Addr,
        check: fn(&mut Vm, Addr, Addr) -> PyResult<bool>,
    ) -> PyResult<bool> {
        for i in 0..tuple::len(self, classes) {
            let class = tuple::item(self, classes, i);
            self.enter_native(" in __instancecheck__")?;
            let found = check(self, object, class);
            self.leave_native();
            if found? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `isinstance` without the hook: by type, then by `__class__`. CPython: `object_isinstance`.
    pub fn is_real_instance(&mut self, object: Addr, class: Addr) -> PyResult<bool> {
        if self.has_flag(class, flags::TYPE_SUBCLASS) {
            if self.type_check(object, class) {
                return Ok(true);
            }
            let Some(claimed) = self.get_attr_opt(object, self.names.__class__)? else {
                return Ok(false);
            };
            let found = claimed.addr() != self.type_of(object)
                && self.has_flag(claimed.addr(), flags::TYPE_SUBCLASS)
                && self.is_subtype(claimed.addr(), class);
            self.decref(claimed);
            return Ok(found);
        }
        self.check_class(
            class,
            "isinstance() arg 2 must be a type, a tuple of types, or a union",
        )?;
        let Some(claimed) = self.get_attr_opt(object, self.names.__class__)? else {
            return Ok(false);
        };
        let found = self.abstract_is_subclass(claimed.addr(), class);
        self.decref(claimed);
        found
    }

    /// A class for `isinstance` need not be a type: having a tuple `__bases__` is enough.
    fn check_class(&mut self, class: Addr, message: &str) -> PyResult<()> {
        if self.type_of(class) == types::GENERIC_ALIAS {
            let function = message.split(' ').next().unwrap_or_default();
            return Err(self.type_error(format!(
                "{function} argument 2 cannot be a parameterized generic"
            )));
        }
        let bases = self.get_attr_opt(class, self.names.__bases__)?;
        let fine = bases
            .as_ref()
            .is_some_and(|bases| self.has_flag(bases.addr(), flags::TUPLE_SUBCLASS));
        self.xdecref(bases);
        if fine {
            Ok(())
        } else {
            Err(self.type_error(message))
        }
    }

    fn abstract_is_subclass(&mut self, derived: Addr, class: Addr) -> PyResult<bool> {
        if derived == class {
            return Ok(true);
        }
        let Some(bases) = self.get_attr_opt(derived, self.names.__bases__)? else {
            return Ok(false);
        };
        let mut found = false;
        if self.has_flag(bases.addr(), flags::TUPLE_SUBCLASS) {
            for base in tuple::items(self, bases.addr()) {
                self.enter_native(" in __issubclass__")?;
                let result = self.abstract_is_subclass(base, class);
                self.leave_native();
                found = result?;
                if found {
                    break;
                }
            }
        }
        self.decref(bases);
        Ok(found)
    }

    /// `issubclass(class, base)` with `__subclasscheck__`.
    pub fn is_subclass(&mut self, class: Addr, base: Addr) -> PyResult<bool> {
        if self.type_of(base) == types::TYPE {
            if class == base {
                return Ok(true);
            }
            return self.is_real_subclass(class, base);
        }
        if self.type_of(base) == types::UNION_TYPE {
            let args = crate::python::object::union::args(self, base);
            return self.any_class(class, args, Vm::is_subclass);
        }
        if self.has_flag(base, flags::TUPLE_SUBCLASS) {
            return self.any_class(class, base, Vm::is_subclass);
        }
        if let Some(result) = self.call_special(base, self.names.__subclasscheck__, &[class])? {
            let truth = self.is_true(result.addr());
            self.decref(result);
            return truth;
        }
        self.is_real_subclass(class, base)
    }

    /// `issubclass` without the hook. CPython: `recursive_issubclass`.
    pub fn is_real_subclass(&mut self, class: Addr, base: Addr) -> PyResult<bool> {
        let both =
            self.has_flag(class, flags::TYPE_SUBCLASS) && self.has_flag(base, flags::TYPE_SUBCLASS);
        if both {
            return Ok(self.is_subtype(class, base));
        }
        self.check_class(class, "issubclass() arg 1 must be a class")?;
        self.check_class(
            base,
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )?;
        self.abstract_is_subclass(class, base)
    }

    /// Raises `AttributeError(message)` that knows its `obj` and `name`, for suggestions.
    #[cold]
    pub fn attribute_error(
        &mut self,
        object: Addr,
        name: Addr,
        message: String,
    ) -> crate::python::vm::Raised {
        let raised = self.attribute_error_text(message);
        exception::set_attribute_error_context(self, object, name);
        raised
    }
}
