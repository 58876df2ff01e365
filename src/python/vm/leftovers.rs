//! What compiling leaves in the free lists, so that the first dicts and lists of a program are not new ones.
//!
//! CPython's compiler works with Python objects, which die when it is done and then lie in the free lists. How many
//! lists and dicts those are is the compiler's peak: a dict and two lists per scope as long as it runs, and a few dicts
//! per nested unit while that is being written. CPython: Python/symtable.c, `ste_new`; Python/compile.c,
//! `compiler_enter_scope`. Measured with `sys._debugmallocstats()` as the first statement of scripts of every shape.

use super::{PyResult, Vm};
use crate::python::code::{Code, Const};
use crate::python::compiler::Compiled;
use crate::python::memory::Own;
use crate::python::memory::freelist::TUPLE_LENGTH_MAX;
use crate::python::object::{NONE, dict, float, list, tuple};
use rustc_hash::{FxHashSet, FxHasher};
use std::fmt::Write;
use std::hash::{Hash, Hasher};

/// A version's numbers.
#[derive(Clone, Copy, Debug)]
pub struct Leftovers {
    /// Dicts of a unit: its constants and names by kind.
    pub dicts_per_unit: usize,
    /// Free lists as the start itself leaves them, with `-I -S` and before anything was compiled.
    pub at_start: AtStart,
}

/// The least that a program finds.
#[derive(Clone, Copy, Debug)]
pub struct AtStart {
    /// Dead floats.
    pub floats: usize,
    /// Dead lists.
    pub lists: usize,
    /// Dead tables of dicts.
    pub dict_keys: usize,
    /// Dead tuples by length, from 1 on.
    pub tuples: [u8; TUPLE_LENGTH_MAX],
}

/// CPython 3.9.18.
pub const LEFTOVERS_3_9: Leftovers = Leftovers {
    dicts_per_unit: 5,
    at_start: AtStart {
        floats: 4,
        lists: 5,
        dict_keys: 4,
        tuples: [4, 6, 1, 3, 2, 4, 1, 2, 1, 3, 1, 1, 0, 1, 0, 1, 3, 2, 3, 0],
    },
};

/// CPython 3.10.13.
pub const LEFTOVERS_3_10: Leftovers = Leftovers {
    dicts_per_unit: 5,
    at_start: AtStart {
        floats: 4,
        lists: 5,
        dict_keys: 4,
        tuples: [4, 6, 1, 3, 2, 4, 1, 1, 2, 2, 1, 1, 0, 0, 1, 2, 3, 1, 3, 0],
    },
};

/// CPython 3.11.7.
pub const LEFTOVERS_3_11: Leftovers = Leftovers {
    dicts_per_unit: 5,
    at_start: AtStart {
        floats: 4,
        lists: 5,
        dict_keys: 7,
        tuples: [3, 7, 1, 1, 1, 3, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0],
    },
};

/// CPython 3.12.1.
pub const LEFTOVERS_3_12: Leftovers = Leftovers {
    dicts_per_unit: 6,
    at_start: AtStart {
        floats: 4,
        lists: 6,
        dict_keys: 7,
        tuples: [3, 7, 1, 2, 1, 3, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0],
    },
};

/// CPython 3.13.0; later versions are taken to be the same.
pub const LEFTOVERS_3_13: Leftovers = Leftovers {
    dicts_per_unit: 6,
    at_start: AtStart {
        floats: 4,
        lists: 6,
        dict_keys: 8,
        tuples: [6, 7, 1, 5, 1, 3, 2, 5, 1, 0, 3, 4, 3, 1, 2, 2, 1, 2, 2, 0],
    },
};

/// Dicts of a compilation itself: the table of scopes, the cache of constants.
const DICTS: usize = 2;
/// Lists of a compilation itself.
const LISTS: usize = 3;
/// One more where the program itself has something compiled: `eval`, `exec`, `compile`.
const LISTS_OF_CALLS: usize = 1;
/// Tables of names that lie there for more than the scopes' own.
const TABLES: usize = 2;

/// Distinct tuples of constants and of names in a tree of code objects: the compiler keeps each once, under a key that is
/// a tuple of its items' keys, in a pair with it. Pairs are also the keys of bytes, floats and truth values. CPython:
/// `_PyCode_ConstantKey`.
#[derive(Default)]
struct Keys {
    seen: FxHashSet<u64>,
    /// Keys by their length, from 1 on.
    by_length: [usize; TUPLE_LENGTH_MAX],
}

impl Keys {
    fn of(code: &Code) -> Keys {
        let mut keys = Keys::default();
        keys.code(code);
        keys
    }

    fn code(&mut self, code: &Code) {
        self.tuple(hash_of(&code.names), code.names.len());
        let locals: Vec<&str> = code.localsplus.iter().map(|(name, _)| &**name).collect();
        self.tuple(hash_of(&locals), locals.len());
        self.constants(&code.consts);
        let mut lines = FxHasher::default();
        for position in &code.positions {
            let line = position.line.wrapping_sub(code.first_line);
            (line, position.column, position.end_column).hash(&mut lines);
        }
        self.pair(lines.finish());
        let rows = code.exception_table.iter();
        let rows: Vec<_> = rows.map(|row| (row.start, row.end, row.target)).collect();
        self.pair(hash_of(&("exceptions", rows)));
    }

    fn constants(&mut self, constants: &[Const]) {
        self.tuple(hash_of(&key(constants)), constants.len());
        for constant in constants {
            match constant {
                Const::Tuple(items) => self.constants(items),
                Const::Code(code) => self.code(code),
                Const::Bool(_) | Const::Float(_) | Const::Complex(..) | Const::Bytes(_) => {
                    self.pair(hash_of(&key(std::slice::from_ref(constant))));
                }
                _ => {}
            }
        }
    }

    fn tuple(&mut self, key: u64, length: usize) {
        if self.seen.insert(hash_of(&("tuple", key))) {
            self.count(2);
            self.count(length);
        }
    }

    fn pair(&mut self, key: u64) {
        if self.seen.insert(key) {
            self.count(2);
        }
    }

    fn count(&mut self, length: usize) {
        if let Some(count) = length
            .checked_sub(1)
            .and_then(|i| self.by_length.get_mut(i))
        {
            *count += 1;
        }
    }
}

fn hash_of(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What tells constants apart; code objects by their names and places.
fn key(constants: &[Const]) -> String {
    let mut text = String::new();
    for constant in constants {
        let _ = match constant {
            Const::Code(code) => write!(text, "{} {},", code.qualname, code.first_line),
            other => write!(text, "{other:?},"),
        };
    }
    text
}

impl Vm {
    /// Leaves dead what CPython's compiler would leave; `at_start`: behind the main program, so what the start leaves as
    /// well.
    pub(crate) fn leave_free(&mut self, compiled: &Compiled, at_start: bool) -> PyResult<()> {
        let footprint = &compiled.footprint;
        let Leftovers {
            dicts_per_unit,
            at_start: least,
        } = *self.profile.leftovers;
        let dicts = footprint.scopes + dicts_per_unit * footprint.depth + DICTS;
        let lists = 2 * footprint.scopes + footprint.declaring + LISTS;
        let tables = footprint.keyed + TABLES;
        let mut tuples = Keys::of(&compiled.code).by_length;
        if !at_start {
            return self.make_and_drop(lists + LISTS_OF_CALLS, dicts, tables, tuples);
        }
        for (count, least) in tuples.iter_mut().zip(least.tuples) {
            *count = (*count).max(usize::from(least));
        }
        let (lists, tables) = (lists.max(least.lists), tables.max(least.dict_keys));
        self.make_and_drop(lists, dicts, tables, tuples)
    }

    /// The floats that the start leaves; the constants of the program are the first to use them.
    pub(crate) fn leave_floats(&mut self) {
        let floats = self.profile.leftovers.at_start.floats;
        let made = (0..floats).map(|_| float::new(self, 0.0)).collect();
        self.drop_all(made);
    }

    /// Makes so many lists, dicts and tuples at once, as far as the free lists keep them; `tables` of the dicts have a
    /// table.
    fn make_and_drop(
        &mut self,
        lists: usize,
        dicts: usize,
        tables: usize,
        tuples: [usize; TUPLE_LENGTH_MAX],
    ) -> PyResult<()> {
        let kept = self.profile.free_lists;
        let mut made: Vec<Own> = Vec::new();
        made.extend((0..lists.min(kept.lists)).map(|_| list::new(self)));
        let tables = tables.min(kept.dict_keys);
        for index in 0..dicts.min(kept.dicts).max(tables) {
            let dict = dict::new(self);
            if index < tables {
                dict::set(self, dict.addr(), self.names.__name__, NONE)?;
            }
            made.push(dict);
        }
        for (index, count) in tuples.into_iter().enumerate() {
            let items = [NONE; TUPLE_LENGTH_MAX];
            let count = count.min(kept.tuples);
            made.extend((0..count).map(|_| tuple::new(self, &items[..=index])));
        }
        self.drop_all(made);
        Ok(())
    }
}
