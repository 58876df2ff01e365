//! Takes a [`Dump`]: a picture of what some names reach. Nothing is allocated in the program's memory and
//! no Python code runs, so that looking changes nothing.

use super::dump::{Count, Dump, Field, Name, Object, Serial, Strength, Value};
use super::fields::{self, Held};
use super::{size, text};
use crate::python::gc;
use crate::python::memory::Addr;
use crate::python::object::{dict, str, types};
use crate::python::vm::Vm;
use std::collections::{HashSet, VecDeque};

/// Items of one container that are shown.
const FIELDS_MAX: usize = 24;
/// Objects of one picture.
const OBJECTS_MAX: usize = 200;

/// A name and what it is bound to.
pub struct Binding {
    /// `<module>`, or a function's qualified name.
    pub scope: String,
    /// The name.
    pub name: String,
    /// The object.
    pub object: Addr,
}

/// The bindings of a namespace: those that `wanted` names, in that order; without any, all that the
/// program made itself: no `__names__`, no modules.
pub fn bindings(vm: &Vm, scope: &str, namespace: Addr, wanted: &[String]) -> Vec<Binding> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some((key, object)) = dict::next(vm, namespace, &mut position) {
        if !str::check(vm, key) {
            continue;
        }
        let name = str::to_rust(vm, key);
        let is_wanted = if wanted.is_empty() {
            !(name.starts_with("__") && name.ends_with("__")) && vm.type_of(object) != types::MODULE
        } else {
            wanted.contains(&name)
        };
        if is_wanted {
            found.push(Binding {
                scope: scope.into(),
                name,
                object,
            });
        }
    }
    found.sort_by_key(|binding| wanted.iter().position(|name| *name == binding.name));
    found
}

impl Vm {
    /// A picture of everything that the bindings reach, breadth first.
    pub fn dump(&mut self, bindings: Vec<Binding>) -> Dump {
        let mut queue: VecDeque<Addr> = VecDeque::new();
        let mut seen = HashSet::new();
        let mut dump = Dump {
            version: self.profile.release_text(),
            ..Dump::default()
        };
        for binding in bindings {
            if seen.insert(binding.object) {
                queue.push_back(binding.object);
            }
            dump.names.push(Name {
                scope: binding.scope,
                name: binding.name,
                object: self.serial(binding.object),
            });
        }
        while let Some(object) = queue.pop_front() {
            if dump.objects.len() >= OBJECTS_MAX {
                dump.omitted += 1;
                continue;
            }
            let (held, omitted) = fields::of(self, object, FIELDS_MAX);
            let fields = held
                .into_iter()
                .map(|held| self.field_of(held, &mut seen, &mut queue))
                .collect();
            let described = self.describe(object, fields, omitted);
            dump.objects.push(described);
        }
        dump
    }

    fn serial(&mut self, object: Addr) -> Serial {
        let block = fields::block_of(self, object);
        Serial(self.heap.identify(block))
    }

    fn field_of(
        &mut self,
        held: Held,
        seen: &mut HashSet<Addr>,
        queue: &mut VecDeque<Addr>,
    ) -> Field {
        let value = if held.object.is_null() {
            Value::Empty
        } else if text::is_plain(self, held.object) && !seen.contains(&held.object) {
            Value::Inline(text::short(self, held.object))
        } else {
            if seen.insert(held.object) {
                queue.push_back(held.object);
            }
            Value::Object(self.serial(held.object))
        };
        Field {
            label: held.label,
            value,
            strength: if held.is_weak {
                Strength::Weak
            } else {
                Strength::Strong
            },
        }
    }

    fn describe(&mut self, object: Addr, fields: Vec<Field>, omitted: usize) -> Object {
        let refcount = if self.is_immortal(object) {
            Count::Immortal
        } else {
            Count::Of(self.refcount(object))
        };
        Object {
            id: self.serial(object),
            address: object.0,
            type_name: self.type_name(object),
            repr: text::short(self, object),
            refcount,
            size_bytes: size::getsizeof(self, object),
            gc_tracked: gc::is_tracked(self, object),
            fields,
            fields_omitted: omitted as u64,
        }
    }
}
