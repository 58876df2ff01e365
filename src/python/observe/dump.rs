//! A picture of the heap as plain data: the names, the objects they reach, and who refers to whom.
//!
//! The engine fills a [`Dump`] when a block asks for one (`<!-- draw: a, b -->`); pictures and tables are
//! drawn from it and from nothing else. It owns all its text, so it outlives the interpreter that made it.
//!
//! ```text
//! a = []; b = a
//!
//! names    <module> a ──▶ #1      objects  #1 list, refcount 2, 56 bytes, no fields
//!          <module> b ──▶ #1
//! ```

use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The number of an object: its place in the order in which a run created objects.
///
/// A serial is never used twice in one run, unlike an address, so it names the same object in every dump
/// of that run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Serial(pub u64);

/// A picture of a part of the heap at one moment.
///
/// Invariants, which [`Dump::problems`] checks:
///
/// - Each [`Name::object`] and each [`Value::Object`] is the serial of an object in `objects`, unless the
///   engine had to stop at its limit; then `omitted` is above zero and a dangling serial is drawn as
///   "not shown".
/// - A serial occurs once in `objects`.
/// - `names` are in the order of binding (the order of the namespace), scopes outermost first; `objects`
///   in the order of discovery: breadth first from the names, fields in order. The order is the same on
///   every run: nothing is sorted by address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dump {
    /// The CPython version the engine stood for, `3.13.0`.
    pub version: String,
    /// The names that were asked for, or all the names of the block.
    pub names: Vec<Name>,
    /// The objects that can be reached from the names.
    pub objects: Vec<Object>,
    /// How many reachable objects were left out because of the engine's limit.
    pub omitted: u64,
}

/// A name bound to an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Whose name it is: `<module>`, or a function's qualified name for a local of a live frame.
    pub scope: String,
    /// The name itself, as Python spells it.
    pub name: String,
    /// The object it is bound to.
    pub object: Serial,
}

/// One object on the heap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Its number, see [`Serial`].
    pub id: Serial,
    /// What `id()` gives: the simulated address.
    pub address: u64,
    /// `type(x).__qualname__`.
    pub type_name: String,
    /// `repr(x)` if it can be had without running Python code, else the default form without the
    /// address (`<Node object>`). At most [`REPR_MAX`] characters, the last of them `…` if it was cut.
    pub repr: String,
    /// The reference count as the program's own references make it: without the references that the
    /// dump itself holds while it looks.
    pub refcount: Count,
    /// `sys.getsizeof(x)` in bytes: with the collector's header, without the objects it refers to.
    pub size_bytes: u64,
    /// `gc.is_tracked(x)`.
    pub gc_tracked: bool,
    /// What it holds, in the object's own order: items, key and value pairs, attributes.
    pub fields: Vec<Field>,
    /// How many further fields were left out (a long list).
    pub fields_omitted: u64,
}

/// The longest [`Object::repr`] and inline value, in characters.
pub const REPR_MAX: usize = 40;

/// A reference count as the interpreter sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Count {
    /// A count that goes up and down.
    Of(u64),
    /// An object that is never freed, whose count stands still (3.12 and later: `None`, small ints).
    Immortal,
}

/// One thing that an object holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What leads to it: `[0]`, `'name'` for a dict's key, `.next` for an attribute or slot,
    /// `referent` for a weak reference.
    pub label: String,
    /// What stands there.
    pub value: Value,
    /// Whether the field keeps its target alive.
    pub strength: Strength,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// A reference to an object of the dump.
    Object(Serial),
    /// The `repr` of an object too plain to be drawn on its own (`1`, `'Alice'`, `None`).
    Inline(String),
    /// Nothing: an empty slot, or a weak reference whose object is gone.
    Empty,
}

/// How a reference holds its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strength {
    /// It counts: the target lives at least as long.
    Strong,
    /// It does not count: `weakref.ref`, the value of a `WeakValueDictionary`.
    Weak,
}

impl Dump {
    /// Returns the first object with this serial.
    pub fn object(&self, id: Serial) -> Option<&Object> {
        self.objects.iter().find(|object| object.id == id)
    }

    /// Returns a sentence for each invariant that does not hold. Empty for a sound dump.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut known = HashSet::new();
        for object in &self.objects {
            if !known.insert(object.id) {
                problems.push(format!("object #{} occurs twice", object.id.0));
            }
            if object.repr.chars().count() > REPR_MAX {
                problems.push(format!("the repr of object #{} is too long", object.id.0));
            }
        }
        if self.omitted > 0 {
            return problems;
        }
        for name in &self.names {
            if !known.contains(&name.object) {
                problems.push(format!(
                    "`{}` names the unknown object #{}",
                    name.name, name.object.0
                ));
            }
        }
        for object in &self.objects {
            for field in &object.fields {
                if let Value::Object(target) = &field.value
                    && !known.contains(target)
                {
                    problems.push(format!(
                        "`{}` of object #{} refers to the unknown object #{}",
                        field.label, object.id.0, target.0
                    ));
                }
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dangling_name_is_a_problem_unless_objects_were_omitted() {
        let name = Name {
            scope: "<module>".into(),
            name: "a".into(),
            object: Serial(7),
        };
        let mut dump = Dump {
            version: "3.13.0".into(),
            names: vec![name],
            ..Dump::default()
        };
        assert_eq!(dump.problems(), ["`a` names the unknown object #7"]);
        dump.omitted = 1;
        assert!(dump.problems().is_empty());
    }
}
