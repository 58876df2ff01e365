//! Attributes: `getattr`, `setattr`, and looking things up on types. CPython: `PyObject_GetAttr`, `_PyType_Lookup`.

use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `object.name`
    pub fn get_attr(&mut self, _object: Addr, _name: Addr) -> PyResult<Own> {
        todo!()
    }

    /// `object.name`, `None` instead of an `AttributeError`: `PyObject_GetOptionalAttr`.
    pub fn get_attr_opt(&mut self, _object: Addr, _name: Addr) -> PyResult<Option<Own>> {
        todo!()
    }

    /// `object.name` for a name in Rust.
    pub fn get_attr_name(&mut self, _object: Addr, _name: &str) -> PyResult<Own> {
        todo!()
    }

    /// `object.name = value`, or `del object.name`.
    pub fn set_attr(&mut self, _object: Addr, _name: Addr, _value: Option<Addr>) -> PyResult<()> {
        todo!()
    }

    /// The attribute as found in the MRO's dicts, borrowed, unbound: `_PyType_Lookup`.
    pub fn type_lookup(&mut self, _ty: Addr, _name: Addr) -> Option<Addr> {
        todo!()
    }

    /// A special method looked up on the type and bound: `_PyObject_LookupSpecial`.
    pub fn lookup_special(&mut self, _object: Addr, _name: Addr) -> PyResult<Option<Own>> {
        todo!()
    }

    /// Whether `ty` is `base` or inherits from it: `PyType_IsSubtype`.
    pub fn is_subtype(&self, ty: Addr, base: Addr) -> bool {
        ty == base || self.type_data(ty).mro.contains(&base)
    }

    /// Whether `object`'s type is `base` or inherits from it: `PyObject_TypeCheck`.
    #[inline]
    pub fn type_check(&self, object: Addr, base: Addr) -> bool {
        self.is_subtype(self.type_of(object), base)
    }

    /// `isinstance(object, class)` with `__instancecheck__`.
    pub fn is_instance(&mut self, _object: Addr, _class: Addr) -> PyResult<bool> {
        todo!()
    }

    /// `issubclass(class, base)` with `__subclasscheck__`.
    pub fn is_subclass(&mut self, _class: Addr, _base: Addr) -> PyResult<bool> {
        todo!()
    }
}
