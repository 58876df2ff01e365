//! `match`: what the patterns ask. CPython: Python/ceval.c (`match_keys`, `match_class`).

use crate::python::memory::{Addr, Own};
use crate::python::object::{self, flags, str, tuple};
use crate::python::vm::{PyResult, Vm};

impl Vm {
    pub(super) fn match_sequence(&self, subject: Addr) -> bool {
        self.has_flag(subject, flags::SEQUENCE)
    }

    pub(super) fn match_mapping(&self, subject: Addr) -> bool {
        self.has_flag(subject, flags::MAPPING)
    }

    /// The values of `keys` in `subject`, or `None` when one is missing.
    pub(super) fn match_keys(&mut self, subject: Addr, keys: Addr) -> PyResult<Own> {
        let get = self.get_attr(subject, self.names.get)?;
        let dummy = self.call(object::types::OBJECT, &[])?;
        let mut values = Vec::new();
        let mut seen: Vec<Addr> = Vec::new();
        for key in tuple::items(self, keys) {
            for earlier in &seen {
                if self.equal(*earlier, key)? {
                    let key = self.repr_text(key)?;
                    return Err(
                        self.value_error(format!("mapping pattern checks duplicate key ({key})"))
                    );
                }
            }
            seen.push(key);
            let value = self.call(get.addr(), &[key, dummy.addr()])?;
            if value.addr() == dummy.addr() {
                self.decref(value);
                self.decref(dummy);
                self.decref(get);
                for value in values {
                    self.decref(value);
                }
                return Ok(self.none());
            }
            values.push(value);
        }
        self.decref(get);
        self.decref(dummy);
        Ok(tuple::from_owned(self, values))
    }

    /// The attributes that a class pattern with `positional` positional patterns and the keyword names
    /// `names` asks for, or `None`.
    pub(super) fn match_class(
        &mut self,
        subject: Addr,
        class: Addr,
        names: Addr,
        positional: u32,
    ) -> PyResult<Own> {
        if !self.has_flag(class, flags::TYPE_SUBCLASS) {
            return Err(self.type_error("called match pattern must be a class"));
        }
        if !self.is_instance(subject, class)? {
            return Ok(self.none());
        }
        let mut seen: Vec<Addr> = Vec::new();
        let mut values = Vec::new();
        if positional > 0 {
            let match_args = str::intern(self, "__match_args__");
            let found = self.get_attr_opt(class, match_args.addr())?;
            self.decref(match_args);
            let mut match_self = false;
            let allowed = match &found {
                Some(args) => {
                    if !self.has_flag(args.addr(), flags::TUPLE_SUBCLASS) {
                        let name = self.type_data(class).name.clone();
                        let got = self.type_name(args.addr());
                        return Err(self.type_error(format!(
                            "{name}.__match_args__ must be a tuple (got {got})"
                        )));
                    }
                    tuple::len(self, args.addr())
                }
                None => {
                    match_self = self.type_flags(class) & flags::MATCH_SELF != 0;
                    usize::from(match_self)
                }
            };
            if allowed < positional as usize {
                let name = self.type_data(class).name.clone();
                let s = if allowed == 1 { "" } else { "s" };
                return Err(self.type_error(format!(
                    "{name}() accepts {allowed} positional sub-pattern{s} ({positional} given)"
                )));
            }
            if match_self {
                values.push(self.incref(subject));
            } else if let Some(args) = &found {
                for i in 0..positional as usize {
                    let name = tuple::item(self, args.addr(), i);
                    if !self.has_flag(name, flags::UNICODE_SUBCLASS) {
                        let got = self.type_name(name);
                        return Err(self.type_error(format!(
                            "__match_args__ elements must be strings (got {got})"
                        )));
                    }
                    match self.match_attribute(subject, class, name, &mut seen)? {
                        Some(value) => values.push(value),
                        None => {
                            self.drop_all(values);
                            self.xdecref(found);
                            return Ok(self.none());
                        }
                    }
                }
            }
            self.xdecref(found);
        }
        for name in tuple::items(self, names) {
            match self.match_attribute(subject, class, name, &mut seen)? {
                Some(value) => values.push(value),
                None => {
                    self.drop_all(values);
                    return Ok(self.none());
                }
            }
        }
        Ok(tuple::from_owned(self, values))
    }

    pub(crate) fn drop_all(&mut self, values: Vec<Own>) {
        for value in values {
            self.decref(value);
        }
    }

    fn match_attribute(
        &mut self,
        subject: Addr,
        class: Addr,
        name: Addr,
        seen: &mut Vec<Addr>,
    ) -> PyResult<Option<Own>> {
        for earlier in seen.iter() {
            if str::equal(self, *earlier, name) {
                let class = self.type_data(class).name.clone();
                let name = self.repr_text(name)?;
                return Err(self.type_error(format!(
                    "{class}() got multiple sub-patterns for attribute {name}"
                )));
            }
        }
        seen.push(name);
        self.get_attr_opt(subject, name)
    }
}
