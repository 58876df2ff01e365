//! The versions of CPython: what differs between them, as data.
//!
//! A [`Profile`] follows one patch release, as built from source for 64-bit Linux. Where the engine asks *which* version it
//! runs, it reads a field of the profile that says what is different; no other part of the engine compares versions.

pub mod counts;
mod dates;
mod messages;
mod rows;
mod since;

use crate::python::compiler::carets;
use crate::python::gc::startup::GcStart;
use crate::python::memory::Addr;
use crate::python::memory::freelist;
use crate::python::object::str::layout::Layout;
use crate::python::vm::ModuleCopy;
use crate::python::vm::leftovers::Leftovers;
use counts::StartCounts;
use std::fmt;

/// A minor version, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 3.9
    V3_9,
    /// 3.10
    V3_10,
    /// 3.11
    V3_11,
    /// 3.12
    V3_12,
    /// 3.13, which posts get that ask for none.
    #[default]
    V3_13,
    /// 3.14
    V3_14,
    /// 3.15
    V3_15,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor, _) = self.profile().release;
        write!(f, "{major}.{minor}")
    }
}

impl Version {
    /// All of them, the oldest first.
    pub const ALL: [Version; 7] = [
        Version::V3_9,
        Version::V3_10,
        Version::V3_11,
        Version::V3_12,
        Version::V3_13,
        Version::V3_14,
        Version::V3_15,
    ];

    /// The version that a text names: `3.13`, or the release that the profile follows, `3.13.0`.
    pub fn named(text: &str) -> Option<Version> {
        let is_named = |version: &Version| {
            text == version.to_string() || text == version.profile().release_text()
        };
        Version::ALL.into_iter().find(is_named)
    }

    /// What is true of the version.
    pub fn profile(self) -> &'static Profile {
        match self {
            Version::V3_9 => &rows::V3_9,
            Version::V3_10 => &rows::V3_10,
            Version::V3_11 => &rows::V3_11,
            Version::V3_12 => &rows::V3_12,
            Version::V3_13 => &rows::V3_13,
            Version::V3_14 => &rows::V3_14,
            Version::V3_15 => &rows::V3_15,
        }
    }
}

/// What a version does its own way. Sizes are bytes.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Which version it is.
    pub version: Version,
    /// The release that is followed.
    pub release: (u8, u8, u8),
    /// What stands behind the number in `sys.version`.
    pub build: &'static str,
    /// The years in `sys.copyright`.
    pub copyright_until: u16,
    /// `gc.get_threshold()` at the start.
    pub gc_thresholds: [i32; 3],
    /// What the collector has counted when a program begins.
    pub gc_start: GcStart,
    /// The largest int that is always the same object.
    pub small_int_max: i64,
    /// Reading a fast local pushes a reference that is not counted, where the local outlives it.
    pub loads_borrow: bool,
    /// Whether a frame that ends drops its last local first.
    pub frames_clear_backwards: bool,
    /// Whether the collector knows every dict from its birth.
    pub dicts_are_tracked: bool,
    /// Whether the collector reaches the values of an instance through its `__dict__`, once that was asked for.
    pub dict_has_the_values: bool,
    /// Whether a dict's table that grows to hold few items has 8 slots, as few as one can have.
    pub small_tables_are_exact: bool,
    /// Whether a new tuple that holds only atoms stays unknown to the collector.
    pub atom_tuples_untracked: bool,
    /// Whether a folded constant is held by the syntax tree.
    pub tree_holds_folded: bool,
    /// Whether every division by zero has the same message, and an unhashable key is told as such.
    pub tells_what_key: bool,
    /// Whether what is ignored says what was being done.
    pub ignored_says_why: bool,
    /// What `sys.getrefcount` says of an immortal object; see [`Profile::start_counts`] for versions without.
    pub immortal_refcount: u64,
    /// Whether an exception has a field for its notes.
    pub exceptions_have_notes: bool,
    /// Types whose objects the collector does not know, though it does in 3.13; by the type's full name.
    pub unknown_to_collector: &'static [&'static str],
    /// Where the attributes of an instance stand.
    pub attributes: Attributes,
    /// Whether the list of an instance's weak references stands before the object, not in a field of its own.
    pub weakrefs_are_managed: bool,
    /// Where the fields of a string stand.
    pub strings: Layout,
    /// Whether a comprehension runs in the frame around it (PEP 709), not as a function of its own.
    pub comprehensions_are_inlined: bool,
    /// What is counted of objects that never die; `None` from PEP 683 on, which made them immortal.
    pub start_counts: Option<StartCounts>,
    /// Characters whose interned string is not the one that `chr` and indexing give: modules that are frozen into CPython
    /// 3.11 and 3.12 bring their own.
    pub interned_apart: &'static str,
    /// Whether a `classmethod` and a `staticmethod` show what they wrap.
    pub wrappers_show_callable: bool,
    /// Whether an `OrderedDict` shows itself as made of a list of pairs.
    pub ordered_dicts_show_pairs: bool,
    /// Whether strings that a program interns live for ever.
    pub interned_are_immortal: bool,
    /// Whether the keys that instances share begin with the class's `__static_attributes__`.
    pub static_attributes_are_keys: bool,
    /// Whether instances of any class whose objects have one size have their attributes inside, not only those without
    /// fields of their own.
    pub any_type_inlines_values: bool,
    /// Whether a class knows `__static_attributes__` and `__firstlineno__`.
    pub classes_know_source: bool,
    /// Whether `frame.f_locals` of a function writes through to the variables; else it is a dict, filled anew when asked for.
    pub frame_locals_write_through: bool,
    /// Whether `__main__` starts with an empty `__annotations__`.
    pub main_has_annotations: bool,
    /// Whether arguments stay on the caller's stack while a function runs, which has references of its own.
    pub calls_keep_arguments: bool,
    /// The types whose call gets its arguments as they lie on the stack; a call of any other makes a tuple of them.
    pub vectorcalls: &'static [Addr],
    /// Whether a missing attribute's `__getattr__` is bound to the object before it is called.
    pub getattr_is_bound: bool,
    /// Whether the parser holds a bytes constant once more, as the parts of a literal that it joins.
    pub parser_joins_bytes: bool,
    /// What a traceback marks of the lines that it shows.
    pub traceback_style: carets::Style,
    /// Whether a traceback marks in each line what failed.
    pub tracebacks_have_carets: bool,
    /// Whether the int 0 takes the room of a digit.
    pub zero_has_a_digit: bool,
    /// Bytes that the smallest int asks for.
    pub int_block_least: usize,
    /// What `1 % 0` says.
    pub modulo_by_zero: &'static str,
    /// How some errors are told.
    pub messages: Messages,
    /// Whether weak references without a callback are cleared only after the finalizers of a cycle.
    pub weakrefs_outlive_finalizers: bool,
    /// Whether the collector tells how many objects it looked at, and for how long.
    pub gc_tells_candidates: bool,
    /// Whether all classes share the descriptors of `__dict__` and `__weakref__`.
    pub descriptors_are_shared: bool,
    /// Whether a frozenset that holds only atoms stays unknown to the collector.
    pub atom_frozensets_untracked: bool,
    /// Bytes that a `bytearray` has more, since it keeps its content in a `bytes` object.
    pub bytearray_holds_more: u64,
    /// Whether weak references and missing slots are told with a class's module.
    pub names_tell_modules: bool,
    /// Whether `__flags__` of a class that C defines tells so: `_Py_TPFLAGS_STATIC_BUILTIN`.
    pub static_types_are_flagged: bool,
    /// Whether an `AttributeError` that is pickled keeps the name.
    pub attribute_errors_keep_names: bool,
    /// Whether what containers are pickled from has the values of `__slots__`.
    pub containers_tell_slots: bool,
    /// Whether a class whose namespace has a key that is no text is warned of.
    pub warns_of_odd_keys: bool,
    /// Whether `throw(type, value, traceback)` is deprecated.
    pub throwing_parts_warns: bool,
    /// Whether `list`, `tuple`, `frozenset` and `float` leave keywords to any subclass.
    pub subclasses_take_keywords: bool,
    /// Whether an exhausted `reversed(list)` holds its list as long as it lives.
    pub reversed_keeps_list: bool,
    /// Whether `dict.fromkeys` makes room for what a dict or a set has before it begins.
    pub fromkeys_makes_room: bool,
    /// Whether there is only one `frozenset()`.
    pub frozenset_is_single: bool,
    /// Bits of `__flags__` that do not exist yet.
    pub hidden_flags: u64,
    /// Types with another name: that of later versions, their own.
    pub renamed: &'static [(&'static str, &'static str)],
    /// Bytes of any code object where its bytecode is an object of its own.
    pub code_size: Option<u32>,
    /// Bytes of a frame with one word for locals and stack, where every call makes a frame object.
    pub frame_size: Option<u32>,
    /// Bytes of a generator, a coroutine and an asynchronous generator where their frame is an object of its own.
    pub generators_without_frame: Option<[u32; 3]>,
    /// Whether `functools.partial` in a class is bound to the instance that it is looked up through; in 3.13 a warning says
    /// that it will be.
    pub partials_are_methods: bool,
    /// Whether `del list[i]` leaves the list's array as large as it is.
    pub deleting_keeps_room: bool,
    /// Whether `list.extend` gives a list without an array just the room it needs.
    pub extend_starts_exact: bool,
    /// Whether `dict()` has a table from the start, as `{}` has not.
    pub dict_call_makes_table: bool,
    /// Whether the tuple of `f(*args)` does.
    pub spread_calls_keep_tuple: bool,
    /// Which constants need no entry in `co_consts`, and when constants are folded.
    pub constants: Constants,
    /// Whether the compiler warns of `return` and the like that leave a `finally`: PEP 765.
    pub warns_of_finally: bool,
    /// Whether the awaitable of an asynchronous generator's method warns when nobody awaited it: gh-89091.
    pub agen_methods_warn: bool,
    /// Whether a `StopIteration` given to a future becomes the cause of another exception: gh-112182.
    pub futures_wrap_stop_iteration: bool,
    /// Whether the exception of a future is raised with the traceback that it had when it was set: bpo-45924.
    pub results_reset_traceback: bool,
    /// Whether the last `Task.uncancel()` takes the cancellation back: gh-117407.
    pub uncancel_undoes: bool,
    /// Whether a union is `typing.Union`, which has its members as a set too and weak references.
    pub unions_are_typing: bool,
    /// Where some types have their list of weak references, other than 3.13: 0 for before the object.
    pub weaklists: &'static [(&'static str, u32)],
    /// Whether annotations are evaluated when somebody asks: PEP 649, `__annotate__`.
    pub annotations_are_deferred: bool,
    /// Whether a loop over a list, a tuple or a string keeps it on the stack with an index, and makes no iterator.
    pub loops_count_by_index: bool,
    /// Whether a tuple holds the arguments of `print`.
    pub print_makes_tuple: bool,
    /// Whether the list that `str.split` makes has room for as many parts as the string's length allows; else for 12.
    pub splits_guess_parts: bool,
    /// Names with which those types begin that stand in CPython's data here and are made on the heap in later versions.
    pub static_natives: &'static [&'static str],
    /// Whether a set or a dict's view is appended to a new list item by item's room; else the list gets just the room.
    pub lists_grow_for_sets: bool,
    /// Whether the plain traceback of an exception that is ignored has carets.
    pub ignored_have_carets: bool,
    /// Objects that the first collection moves away from the collector for good: the immortal ones.
    pub frozen_at_start: usize,
    /// Free lists.
    pub free_lists: &'static freelist::Sizes,
    /// What lies in them when a program begins.
    pub leftovers: &'static Leftovers,
    /// Bytes of `int` and other types that are not made by a class statement, as `sys.getsizeof` tells them.
    pub static_type_size: u64,
    /// Sizes of structures that are not those of 3.13, by the type's full name.
    pub basicsizes: &'static [(&'static str, u32)],
    /// Whether type, value and traceback of the exception that is being handled are held one by one.
    pub handled_in_three: bool,
    /// Whether `X | Y` of classes is a union.
    pub has_unions: bool,
    /// How strings are hashed.
    pub hash: SipHash,
    /// Whether a slice can be a key.
    pub slices_have_hashes: bool,
    /// Whether `co_flags` says of code that it has neither cells nor free variables.
    pub code_tells_no_free: bool,
    /// How `datetime` behaves.
    pub dates: dates::Dates,
    /// Up to 3.10: whether `co_stacksize` is that of 3.10, taken from the flow graph.
    pub depth_is_of_graph: bool,
    /// Whether `close()` drops what a generator holds without running it, where nothing in it could catch the exception.
    pub unguarded_generators_just_end: bool,
    /// Whether `zip` takes `strict`.
    pub zip_is_strict: bool,
    /// Whether the frame of a generator that ended still says who resumed it last.
    pub ended_generators_have_back: bool,
    /// Whether `'%s' % (x,)` is compiled as an f-string.
    pub formats_are_folded: bool,
    /// Whether a class keeps no empty dict of the classes below it.
    pub empty_subclasses_go: bool,
    /// Whether a call of a native function counts against the recursion limit, as one of Python's does.
    pub recursion_counts_native_calls: bool,
    /// Whether copies and pickles of the iterators of `itertools` are deprecated.
    pub itertools_warn_of_pickles: bool,
    /// Whether the dict of a frame's variables is filled for every call of a trace or profile function.
    pub listeners_find_locals: bool,
    /// Whether a frame holds the function that it runs; else the caller does.
    pub frames_hold_function: bool,
    /// Whether a generator holds its code beside its frame, which holds it too.
    pub generators_hold_code: bool,
    /// Whether closing a generator that has not begun only marks it; else the exception is thrown into it, and its arguments go.
    pub created_generators_just_end: bool,
    /// Whether a new class has its order before the descriptors of its attributes.
    pub mro_comes_first: bool,
    /// Whether `staticmethod` and `classmethod` take over what a function is called and says of itself.
    pub methods_are_wrapped: bool,
    /// Whether the name under which a thread keeps the list of containers being shown is there from the start.
    pub repr_name_is_static: bool,
    /// Whether an error that nobody catches is told with its module where that is the program itself.
    pub errors_name_main: bool,
    /// Whether an assertion fails where its comparison stands.
    pub asserts_at_comparison: bool,
    /// Whether a `functools.lru_cache` refers to the type of its links, as the collector sees it.
    pub caches_tell_types: bool,
    /// Whether `tracemalloc.get_object_traceback` knows that a dict may be managed before an object; else it misses its block.
    pub tracebacks_know_dicts: bool,
    /// Whether a function refers to its builtins, as the collector sees it.
    pub functions_hold_builtins: bool,
    /// Copies of the namespaces of `builtins` and `sys`.
    pub module_copies: &'static [ModuleCopy],
    /// Whether a missing attribute of an object without `__dict__` is told with that reason, and the error knows its name.
    pub tells_missing_dict: bool,
    /// Whether `sum` of floats corrects what rounding loses.
    pub sums_are_corrected: bool,
    /// Whether a sort takes equal items into a descending run.
    pub descending_runs_have_equals: bool,
    /// Whether `classmethod` binds what it wraps, another descriptor, to the class.
    pub classmethods_chain: bool,
    /// Whether an exception of `__set_name__` goes on with a note; else it is the cause of another.
    pub set_name_errors_have_notes: bool,
    /// Whether a class may have buffers by a method: PEP 688.
    pub classes_have_buffers: bool,
    /// Whether `def f[T]` is in the grammar: PEP 695.
    pub has_type_params: bool,
    /// Whether `struct` tells for every format in which range a number must be.
    pub struct_tells_ranges: bool,
}

/// How a version's compiler treats constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constants {
    /// They are folded in the tree and are all listed.
    InTree,
    /// They are folded in the flow graph: what they were made of may stay. Ints of a byte are loaded by number.
    InGraph,
    /// And `None`, `True`, `False`, `''` and -1 are loaded by a number of their own: 3.15.
    Common,
}

/// How a version tells some errors.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    /// A slot that is not set: with the object's type, else only the slot's name.
    pub slot_names_object: bool,
    /// Wrong arguments: with the function's qualified name.
    pub calls_name_fully: bool,
    /// Which `__slots__` a class with items of varying number refuses.
    pub refused_slots: &'static str,
    /// `x is 1` is warned of with the literal's type.
    pub literal_warnings_name_type: bool,
    /// A wrong number of thresholds: with the number.
    pub thresholds_are_counted: bool,
    /// A module's name that is none: with its type.
    pub import_names_type: bool,
    /// A syntax error's carets go to the end of what is wrong.
    pub syntax_marks_end: bool,
    /// An attribute that cannot be deleted since it is not there: with the object's type, else only its name.
    pub deletion_names_object: bool,
    /// How `**=` is called where nobody can do it.
    pub power_in_place: &'static str,
    /// What is assigned to a slice without a step and cannot be iterated.
    pub plain_slice: &'static str,
    /// Whether an abstract class quotes its methods' names.
    pub abstract_quotes_methods: bool,
    /// Whether an unknown keyword of a C function is told before the function.
    pub unexpected_keyword_first: bool,
    /// Whether `z` in a format specification is the option for a zero's sign.
    pub knows_zero_sign: bool,
}

/// `sys.hash_info.algorithm`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SipHash {
    /// `siphash13`
    Rounds13,
    /// `siphash24`: up to 3.10.
    Rounds24,
}

/// Where the attributes of an instance stand whose class shares the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// In a dict, which a field of the object points at: up to 3.10.
    Dict,
    /// In a block of values of their own, which the word before the object points at: 3.11 and 3.12.
    Beside,
    /// In the object itself, behind its fields: from 3.13 on.
    Inline,
}

impl Profile {
    /// How the version tells an error that 3.13 tells as `class(message)`, where that is another way.
    pub fn told_before(&self, class: Addr, message: &str) -> Option<(Addr, String)> {
        if self.version >= Version::V3_13 {
            return None;
        }
        messages::before(self.version, class, message)
    }

    /// The names of a module or a type that this version does not have.
    pub fn missing_names(&self, owner: &str) -> Vec<&'static str> {
        since::missing_names(self.version, owner).collect()
    }

    /// The size of a type's structure, which in 3.13 is `size`.
    pub fn basicsize(&self, full_name: &str, size: u32) -> u32 {
        let row = self.basicsizes.iter().find(|row| row.0 == full_name);
        row.map_or(size, |row| row.1)
    }

    /// The release as people write it: `3.13.0`.
    pub fn release_text(&self) -> String {
        let (major, minor, micro) = self.release;
        format!("{major}.{minor}.{micro}")
    }

    /// The number without dots, as in `cpython-313`.
    pub fn tag(&self) -> String {
        let (major, minor, _) = self.release;
        format!("{major}{minor}")
    }

    /// `sys.hexversion` of a final release.
    pub fn hexversion(&self) -> i64 {
        let (major, minor, micro) = self.release;
        i64::from(major) << 24 | i64::from(minor) << 16 | i64::from(micro) << 8 | 0xF0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_names_and_an_order() {
        assert_eq!(Version::named("3.13"), Some(Version::V3_13));
        assert_eq!(Version::named("3.13.0"), Some(Version::V3_13));
        assert_eq!(Version::named("3.130"), None);
        assert!(Version::ALL.is_sorted());
        for version in Version::ALL {
            assert_eq!(version.profile().version, version);
            assert_eq!(Version::named(&version.to_string()), Some(version));
        }
    }

    #[test]
    fn hexversion_is_that_of_a_final_release() {
        assert_eq!(Version::V3_13.profile().hexversion(), 0x030D_00F0);
    }
}
