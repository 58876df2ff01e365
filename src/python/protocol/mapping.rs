//! Items of containers. CPython: `PyObject_GetItem`, `PySequence_Contains`, `PyObject_Size`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{flags, generic_alias, list, str, types};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `len(object)`
    pub fn len(&mut self, object: Addr) -> PyResult<usize> {
        let slots = self.slots(object);
        match slots.sq_length.or(slots.mp_length) {
            Some(length) => length(self, object),
            None => {
                let name = self.type_name(object);
                Err(self.type_error(format!("object of type '{name}' has no len()")))
            }
        }
    }

    /// `object[key]`
    #[inline]
    pub fn get_item(&mut self, object: Addr, key: Addr) -> PyResult<Own> {
        if let Some(subscript) = self.slots(object).mp_subscript {
            return subscript(self, object, key);
        }
        self.get_item_slow(object, key)
    }

    fn get_item_slow(&mut self, object: Addr, key: Addr) -> PyResult<Own> {
        if self.slots(object).sq_item.is_some() {
            if self.slots(key).index.is_none() {
                let name = self.type_name(key);
                return Err(
                    self.type_error(format!("sequence index must be integer, not '{name}'"))
                );
            }
            let index = self.index_value(key, types::INDEX_ERROR)?;
            return self.sequence_item(object, index);
        }
        if self.has_flag(object, flags::TYPE_SUBCLASS) {
            return self.class_getitem(object, key);
        }
        let name = self.type_name(object);
        Err(self.type_error(format!("'{name}' object is not subscriptable")))
    }

    /// `Class[key]`: `__class_getitem__`, or `type[key]`.
    fn class_getitem(&mut self, class: Addr, key: Addr) -> PyResult<Own> {
        if class == types::TYPE {
            return generic_alias::new(self, class, key);
        }
        if let Some(method) = self.get_attr_opt(class, self.names.__class_getitem__)? {
            if method.addr() != crate::python::object::NONE {
                let result = self.call(method.addr(), &[key]);
                self.decref(method);
                return result;
            }
            self.decref(method);
        }
        let name = self.type_data(class).name.to_string();
        Err(self.type_error(format!("type '{name}' is not subscriptable")))
    }

    /// Item `index` of a sequence; negative ones count from the end: `PySequence_GetItem`.
    pub fn sequence_item(&mut self, object: Addr, index: isize) -> PyResult<Own> {
        let Some(item) = self.slots(object).sq_item else {
            let name = self.type_name(object);
            return Err(self.type_error(format!("'{name}' object does not support indexing")));
        };
        let index = self.from_end(object, index)?;
        item(self, object, index)
    }

    fn from_end(&mut self, object: Addr, index: isize) -> PyResult<isize> {
        match self.slots(object).sq_length {
            Some(length) if index < 0 => Ok(index + length(self, object)? as isize),
            _ => Ok(index),
        }
    }

    /// `object[key] = value`, or `del object[key]`.
    #[inline]
    pub fn set_item(&mut self, object: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
        if let Some(assign) = self.slots(object).mp_ass_subscript {
            return assign(self, object, key, value);
        }
        if self.slots(key).index.is_some()
            && let Some(assign) = self.slots(object).sq_ass_item
        {
            let index = self.index_value(key, types::INDEX_ERROR)?;
            let index = self.from_end(object, index)?;
            return assign(self, object, index, value);
        }
        let name = self.type_name(object);
        // A sequence is asked as such for an index: `PySequence_DelItem`.
        let slots = self.slots(object);
        let is_sequence = slots.sq_length.is_some()
            || slots.sq_contains.is_some()
            || self.type_flags(self.type_of(object)) & flags::HEAPTYPE != 0;
        let as_sequence = is_sequence && self.slots(key).index.is_some();
        let (verb, what) = match value {
            Some(_) => ("does not", "assignment"),
            None if as_sequence => ("doesn't", "deletion"),
            None => ("does not", "deletion"),
        };
        Err(self.type_error(format!("'{name}' object {verb} support item {what}")))
    }

    /// `key in object`
    pub fn contains(&mut self, object: Addr, key: Addr) -> PyResult<bool> {
        if let Some(contains) = self.slots(object).sq_contains {
            return contains(self, object, key);
        }
        let iterable = self.slots(object).iter.is_some() || self.is_sequence(object);
        if !iterable {
            let name = self.type_name(object);
            return Err(self.type_error(format!("argument of type '{name}' is not iterable")));
        }
        let iterator = self.get_iter(object)?;
        while let Some(item) = self.iter_next(iterator.addr())? {
            let same = self.equal(item.addr(), key)?;
            self.decref(item);
            if same {
                self.decref(iterator);
                return Ok(true);
            }
        }
        self.decref(iterator);
        Ok(false)
    }

    /// The keys of a mapping as a list, the one that its `keys()` gives if it is one: `PyMapping_Keys`.
    pub fn mapping_keys(&mut self, mapping: Addr) -> PyResult<Own> {
        let name = self.names.keys;
        let keys = self.call_method(mapping, name, &[])?;
        if self.type_of(keys.addr()) == types::LIST {
            return Ok(keys);
        }
        if self.slots(keys.addr()).iter.is_none() && !self.is_sequence(keys.addr()) {
            let (ty, of) = (self.type_name(mapping), self.type_name(keys.addr()));
            return Err(self.type_error(format!("{ty}.keys() returned a non-iterable (type {of})")));
        }
        let iterator = self.get_iter(keys.addr())?;
        self.decref(keys);
        let list = list::from_iterable(self, iterator.addr());
        self.decref(iterator);
        list
    }

    /// The text of an attribute's or key's name in messages.
    pub fn name_text(&self, name: Addr) -> String {
        str::to_rust(self, name)
    }
}
