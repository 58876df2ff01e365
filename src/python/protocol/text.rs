//! `repr`, `str`, `format`, `ascii`. CPython: `PyObject_Repr`, `PyObject_Str`, `PyObject_Format`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{builtin_function, dict, flags, format, list, str, types};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    /// `repr(object)`
    pub fn repr(&mut self, object: Addr) -> PyResult<Own> {
        let Some(repr) = self.slots(object).repr else {
            let text = self.default_repr_text(object);
            return Ok(str::new(self, &text));
        };
        self.enter_native(" while getting the repr of an object")?;
        let result = repr(self, object);
        self.leave_native();
        self.must_be_text(result?, "__repr__")
    }

    /// `str(object)`
    pub fn str(&mut self, object: Addr) -> PyResult<Own> {
        if self.is_exact_str(object) {
            return Ok(self.incref(object));
        }
        let Some(to_str) = self.slots(object).str else {
            return self.repr(object);
        };
        self.enter_native(" while getting the str of an object")?;
        let result = to_str(self, object);
        self.leave_native();
        self.must_be_text(result?, "__str__")
    }

    fn must_be_text(&mut self, result: Own, method: &str) -> PyResult<Own> {
        if self.has_flag(result.addr(), flags::UNICODE_SUBCLASS) {
            return Ok(result);
        }
        let name = self.type_name(result.addr());
        Err(self.type_error(format!("{method} returned non-string (type {name})")))
    }

    /// `<name object at 0x…>`
    pub fn default_repr_text(&self, object: Addr) -> String {
        format!(
            "<{} object at {:#x}>",
            self.type_data(self.type_of(object)).full_name,
            object.0
        )
    }

    /// An int or a float with a specification. Its method is bound meanwhile, which takes memory as any bound one.
    fn format_number(&mut self, object: Addr, spec: Addr) -> PyResult<Own> {
        let bound = self.heap.alloc(builtin_function::BLOCK_SIZE);
        let result = match self.type_of(object) {
            types::INT => format::int(self, object, spec),
            _ => format::float(self, object, spec),
        };
        self.heap.free(bound);
        result
    }

    /// `format(object, spec)`; `spec` may be `NULL` for `''`.
    pub fn format(&mut self, object: Addr, spec: Addr) -> PyResult<Own> {
        if !spec.is_null() && !self.has_flag(spec, flags::UNICODE_SUBCLASS) {
            let name = self.type_name(spec);
            return Err(self.system_error(format!("Format specifier must be a string, not {name}")));
        }
        if spec.is_null() || str::len(self, spec) == 0 {
            match self.type_of(object) {
                types::STR => return Ok(self.incref(object)),
                types::INT => return self.str(object),
                _ => {}
            }
        } else {
            // The methods of built-in types cannot be replaced.
            match self.type_of(object) {
                types::STR => return format::string(self, object, spec),
                types::INT | types::FLOAT => return self.format_number(object, spec),
                _ => {}
            }
        }
        let spec = if spec.is_null() {
            str::new(self, "")
        } else {
            self.incref(spec)
        };
        let Some(method) = self.lookup_special(object, self.names.__format__)? else {
            let name = self.type_name(object);
            return Err(self.type_error(format!("Type {name} doesn't define __format__")));
        };
        let result = self.call(method.addr(), &[spec.addr()])?;
        self.decref(method);
        self.decref(spec);
        if !self.has_flag(result.addr(), flags::UNICODE_SUBCLASS) {
            let name = self.type_name(result.addr());
            return Err(self.type_error(format!("__format__ must return a str, not {name}")));
        }
        Ok(result)
    }

    /// `repr(object)` as text.
    pub fn repr_text(&mut self, object: Addr) -> PyResult<String> {
        let repr = self.repr(object)?;
        let text = str::to_rust(self, repr.addr());
        self.decref(repr);
        Ok(text)
    }

    /// Enters the `repr` of a container; `false` when it is being shown already: `Py_ReprEnter`.
    pub fn repr_enter(&mut self, object: Addr) -> bool {
        let shown = self.repr_list();
        if list::items(self, shown).contains(&object) {
            return false;
        }
        let object = self.incref(object);
        if list::append(self, shown, object).is_err() {
            self.clear_raised();
        }
        true
    }

    /// The containers that are being shown: a list in the thread's dict. Both are made when the first container is shown.
    pub fn repr_list(&mut self) -> Addr {
        if self.repr_list.is_null() {
            let (namespace, shown) = (dict::new(self), list::new(self));
            self.repr_list = shown.addr();
            let name = match self.profile.repr_name_is_static {
                true => self.incref(self.names.Py_Repr),
                false => str::new(self, "Py_Repr"),
            };
            let at = namespace.addr();
            // A str as the key: nothing that could fail.
            let _set = dict::set(self, at, name.addr(), shown.addr());
            self.decref(name);
            self.decref(shown);
            self.thread_dict = namespace.into_addr();
        }
        self.repr_list
    }

    /// Leaves it: `Py_ReprLeave`.
    pub fn repr_leave(&mut self, object: Addr) {
        let shown = self.repr_list();
        let items = list::items(self, shown);
        if let Some(i) = items.into_iter().rposition(|item| item == object) {
            // A list that gets shorter needs no memory.
            let _shrunk = list::assign_slice(self, shown, i, i + 1, None);
        }
    }
}
