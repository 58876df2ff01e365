//! The virtual machine: one interpreter's whole state, and the operations every part of the engine shares.
//!
//! A function of the engine takes `vm: &mut Vm` first. Nothing borrows memory across a call that may run
//! Python code: values are words that are read again afterwards.

mod args;
pub(crate) mod arguments;
pub mod boot;
pub mod borrow;
pub mod cache;
mod error;
pub mod eval;
mod finalize;
pub mod frame;
mod frame_blocks;
mod import;
mod import_file;
mod import_frames;
pub mod leftovers;
mod limits;
mod module_copies;
mod names;
mod native;
mod output;
pub mod pair;
pub mod program;
mod refcount;
mod registry;
mod report;
mod run_code;
mod startup;
pub mod suggest;
mod syntax;
pub mod trace;
mod traceback_text;
pub mod traced;
pub mod typedata;
pub mod watch;

pub use args::{Args, Signature};
pub use error::{PyResult, Raised};
pub use import_file::Found;
pub use limits::{Limits, Stop};
pub use module_copies::ModuleCopy;
pub use names::Names;
pub use typedata::TypeData;

use crate::python::gc::Collector;
use crate::python::memory::{Addr, FreeLists, Heap, Own, QuickMap, STACK_BASE};
use crate::python::object::{self, GetSet, Method};
use crate::python::protocol::MethodCache;
use crate::python::version::{Attributes, Profile};

/// One interpreter.
pub struct Vm {
    /// The version that this machine is.
    pub profile: &'static Profile,
    /// Memory.
    pub heap: Heap,
    /// The program wrote to memory by an address: what lies there may be wrong from now on.
    pub memory_poked: bool,
    /// The hash functions that are being fed.
    pub digests: crate::python::module::_hashlib::Digests,
    /// The same of BLAKE2.
    pub blake2: crate::python::module::_blake2::States,
    /// The program's files, once one was needed.
    pub file_system: Option<crate::python::files::FileSystem>,
    /// What `atexit` calls at the end.
    pub exit_calls: Vec<crate::python::module::atexit::ExitCall>,
    /// What the syntax trees of the texts that run now hold: see [`program::Unit`].
    pub arenas: Vec<Vec<Own>>,
    /// Something was made whose end may run Python code: a generator, a weak reference with a callback.
    pub end_shows: bool,
    /// What `sys` lets a program set.
    pub settings: crate::python::module::sys::Settings,
    /// `io.UnsupportedOperation`, once it was needed.
    pub unsupported_operation: Addr,
    /// `frozenset()` where there is only one, `NULL` until it is made.
    pub empty_frozenset: Addr,
    /// The descriptors of `__dict__` and `__weakref__` that classes share, `NULL` until they are made.
    pub shared_descriptors: [Addr; 2],
    /// The running context.
    pub contexts: crate::python::module::_contextvars::State,
    /// What `_datetime` keeps.
    pub datetime: crate::python::module::_datetime::State,
    /// What `_asyncio` keeps.
    pub asyncio: crate::python::module::_asyncio::State,
    /// Which thread runs.
    pub threads: crate::python::module::_thread::State,
    /// What `_abc` keeps.
    pub abc: crate::python::module::_abc::State,
    /// Codecs and error handlers that Python code registered.
    pub codecs: crate::python::module::_codecs::Registry,
    /// How often a clock was read, and how long the program slept.
    pub clock_readings: u64,
    /// Nanoseconds of `time.sleep`.
    pub slept_ns: u64,
    /// The code that ran while allocations were traced.
    pub traced_codes: traced::TracedCodes,
    /// Dead objects kept for the next of their kind.
    pub freelists: FreeLists,
    /// The cyclic garbage collector.
    pub gc: Collector,
    /// A collection is due: the machine runs [`crate::python::gc::run_due`] before the next instruction.
    pub gc_due: bool,
    /// The types, by the index in [`typedata::TP_INDEX`]; static types first, at their number.
    pub types: Vec<TypeData>,
    /// Rows of native functions, by the index in a `builtin_function_or_method` or method descriptor.
    pub natives: Vec<&'static Method>,
    /// Computed attributes, by the index in a getset descriptor.
    pub getsets: Vec<&'static GetSet>,
    /// The row of every static type's `__new__` in `natives`.
    pub new_wrapper_row: usize,
    /// `ExceptionGroup`, the one built-in exception that is a class made at start.
    pub exception_group: Addr,
    /// What attribute lookups on types found lately.
    pub method_cache: MethodCache,
    /// The last version tag given to a type.
    pub next_type_version: u64,
    /// The last version given to a dict's keys table.
    pub next_keys_version: u32,
    /// `PyThreadState.dict`, which a thread has once it holds something; `NULL` before.
    pub thread_dict: Addr,
    /// The containers that are being shown, a list in that dict.
    pub repr_list: Addr,
    /// Blocks that no deque uses, up to 3.10.
    pub deque_blocks: Vec<Addr>,
    /// Places in `types` whose class was freed.
    free_types: Vec<usize>,
    /// Parsed signatures, by the address of their text.
    pub(crate) signatures: QuickMap<usize, std::rc::Rc<Signature>>,
    /// Names the engine itself looks up, interned and immortal.
    pub names: Names,
    /// The names of special methods, by row of `object::type::slotdefs`, `NULL` until they were needed.
    pub slot_names: Vec<Addr>,
    /// Interned strings by content. CPython keeps a dict that the collector does not see.
    pub interned: hashbrown::HashTable<Addr>,
    /// The exception being raised; `Raised` says that this is set.
    pub raised: Option<Own>,
    /// Why the program must end, if a limit was exceeded. No handler runs while this is set.
    pub stop: Option<Stop>,
    /// What the program may use.
    pub limits: Limits,
    /// How many random generators took a seed of the machine's own.
    pub unseeded_generators: u32,
    /// Filters of warnings, once they were needed.
    pub warnings: crate::python::module::_warnings::State,
    /// `sys.get_int_max_str_digits()`: decimal digits that an int's text may have, 0 for any number.
    pub int_max_str_digits: u32,
    /// Steps taken: backward jumps, calls, items of native iterations.
    pub steps: u64,
    /// The first free word of the data stack while native code runs: the end of the running frame.
    pub stack_top: Addr,
    /// The furthest end that the data stack had.
    pub stack_high: Addr,
    /// The running frames, the oldest first.
    pub frames: Vec<frame::Frame>,
    /// `Vm::on_break` runs when this many steps are taken; 0 asks for it at once.
    pub break_at: u64,
    /// When the wall-clock backstop ends the run.
    pub deadline: Option<std::time::Instant>,
    /// The line of the main file where a limit ended the run.
    pub stop_line: Option<u32>,
    /// The exception that is being handled in the running frames, owned; `NULL` for none.
    pub exc_value: Addr,
    /// The same of those who resumed the running generators, outermost first.
    pub exc_saved: Vec<Addr>,
    /// Whether somebody watches the run.
    pub tracing: bool,
    /// What the observer asks to see.
    pub watch: watch::Watch,
    /// What there was to see.
    pub seen: watch::Seen,
    /// The line that `Vm::see_line` saw last.
    pub seen_line: u32,
    /// Who follows the program from inside.
    pub tracers: trace::Tracers,
    /// The running loop ended for the other one to go on.
    pub(crate) loop_changes: bool,
    /// Loaded code, by the index in a code object.
    pub programs: Vec<Option<std::rc::Rc<program::Program>>>,
    /// Blocks of frames that no code object keeps.
    pub free_frames: Vec<Addr>,
    /// The frames of the functions that import, up to 3.10.
    pub import_frames: import_frames::ImportFrames,
    /// Free places in `programs`.
    pub free_programs: Vec<usize>,
    /// What natives accept, by row; filled as they are called.
    pub(crate) native_shapes: Vec<crate::python::protocol::Shape>,
    /// `sys.modules`, a dict; owned.
    pub modules: Addr,
    /// The module `builtins`, owned.
    pub builtins: Addr,
    /// The module `sys`, owned.
    pub sys: Addr,
    /// Copies of the namespaces of those two, owned.
    pub module_copies: Vec<Addr>,
    /// `builtins.__import__` as it is at the start.
    pub import_function: Addr,
    /// The name of the main file.
    pub main_file: Box<str>,
    /// Its text.
    pub main_source: Box<str>,
    /// `sys.stdout` as it is at the start; `NULL` while there is none.
    pub stdout_object: Addr,
    /// `sys.stderr` as it is at the start; `NULL` while there is none.
    pub stderr_object: Addr,
    /// Who printed what.
    pub printed: Vec<crate::python::Printed>,
    /// Depth of nested native calls, against the host's stack.
    pub native_depth: u32,
    /// Bytes that a new one-digit int asks for.
    pub int_block: usize,
    /// Whether the tables of dicts are wide: see [`crate::python::object::dict::keys`].
    pub wide_tables: bool,
    /// Where arguments lie that a tuple holds already: those of the last `f(*args)` from Rust.
    pub tuple_base: Addr,
    /// The trashcan: dead containers whose `dealloc` waits until the host's stack has unwound, newest
    /// first, linked through their collector headers.
    pub delete_later: Addr,
    /// What the program printed.
    pub stdout: Vec<u8>,
    /// What it wrote to `sys.stderr`.
    pub stderr: Vec<u8>,
}

/// About how many native functions the types and modules of the start have.
const NATIVES_AT_START: usize = 1024;
/// About how many strings are interned when a program begins.
const INTERNED_AT_START: usize = 3000;

impl Vm {
    /// A machine with empty memory; `boot` makes the types and modules.
    pub fn bare(profile: &'static Profile, limits: Limits) -> Vm {
        let mut heap = Heap::new();
        heap.set_limit(limits.heap_bytes);
        Vm {
            profile,
            gc: Collector::new(&mut heap.space, profile),
            gc_due: false,
            memory_poked: false,
            file_system: None,
            digests: Vec::new(),
            blake2: Vec::new(),
            exit_calls: Vec::new(),
            arenas: Vec::new(),
            end_shows: false,
            settings: Default::default(),
            datetime: Default::default(),
            asyncio: Default::default(),
            threads: Default::default(),
            abc: Default::default(),
            contexts: Default::default(),
            codecs: Default::default(),
            unsupported_operation: Addr::NULL,
            empty_frozenset: Addr::NULL,
            shared_descriptors: [Addr::NULL; 2],
            clock_readings: 0,
            slept_ns: 0,
            traced_codes: Default::default(),
            freelists: FreeLists::new(profile.free_lists),
            heap,
            types: Vec::new(),
            natives: Vec::with_capacity(NATIVES_AT_START),
            getsets: Vec::with_capacity(NATIVES_AT_START / 2),
            new_wrapper_row: 0,
            exception_group: Addr::NULL,
            method_cache: MethodCache::default(),
            next_type_version: 0,
            next_keys_version: 0,
            thread_dict: Addr::NULL,
            repr_list: Addr::NULL,
            deque_blocks: Vec::new(),
            free_types: Vec::new(),
            signatures: QuickMap::default(),
            names: Names::default(),
            slot_names: Vec::new(),
            interned: hashbrown::HashTable::with_capacity(INTERNED_AT_START),
            raised: None,
            stop: None,
            limits,
            unseeded_generators: 0,
            warnings: Default::default(),
            int_max_str_digits: 4300,
            steps: 0,
            stack_top: STACK_BASE,
            stack_high: STACK_BASE,
            frames: Vec::with_capacity(64),
            break_at: 0,
            deadline: None,
            stop_line: None,
            exc_value: Addr::NULL,
            exc_saved: Vec::new(),
            tracing: false,
            watch: watch::Watch::default(),
            seen: watch::Seen::default(),
            seen_line: 0,
            tracers: Default::default(),
            loop_changes: false,
            programs: Vec::new(),
            free_frames: Vec::new(),
            import_frames: import_frames::ImportFrames::default(),
            free_programs: Vec::new(),
            native_shapes: Vec::new(),
            modules: Addr::NULL,
            builtins: Addr::NULL,
            sys: Addr::NULL,
            module_copies: Vec::new(),
            import_function: Addr::NULL,
            main_file: "".into(),
            main_source: "".into(),
            stdout_object: Addr::NULL,
            stderr_object: Addr::NULL,
            printed: Vec::new(),
            native_depth: 0,
            int_block: profile.int_block_least.max(28),
            wide_tables: profile.attributes == Attributes::Dict,
            tuple_base: Addr::NULL,
            delete_later: Addr::NULL,
            stdout: Vec::new(),
            stderr: Vec::new(),
        }
    }

    /// The word `offset` bytes into the object at `address`.
    #[inline(always)]
    pub fn word(&self, address: Addr, offset: u64) -> u64 {
        self.heap.space.word(address.at(offset))
    }

    /// Writes the word `offset` bytes into the object at `address`.
    #[inline(always)]
    pub fn set_word(&mut self, address: Addr, offset: u64, value: u64) {
        self.heap.space.set_word(address.at(offset), value);
    }

    /// The reference in a field, borrowed; `NULL` where there is none.
    #[inline(always)]
    pub fn field(&self, address: Addr, offset: u64) -> Addr {
        Addr(self.word(address, offset))
    }

    /// Fills a field that held nothing: the field takes over the count.
    #[inline(always)]
    pub fn init_field(&mut self, address: Addr, offset: u64, value: Own) {
        self.set_word(address, offset, value.into_addr().0);
    }

    /// Stores a reference into a field and returns the one it held before, for the caller to
    /// [`Vm::decref`] when everything else is in order.
    #[inline(always)]
    pub fn replace_field(&mut self, address: Addr, offset: u64, value: Option<Own>) -> Option<Own> {
        let old = self.word(address, offset);
        self.set_word(address, offset, value.map_or(0, |own| own.into_addr().0));
        Own::from_word(old)
    }

    /// Stores a reference into a field and drops the old one: `Py_XSETREF`.
    pub fn set_field(&mut self, address: Addr, offset: u64, value: Option<Own>) {
        let old = self.replace_field(address, offset, value);
        self.xdecref(old);
    }

    /// The type of an object.
    #[inline(always)]
    pub fn type_of(&self, object: Addr) -> Addr {
        self.field(object, object::OB_TYPE)
    }

    /// Everything known about a type.
    #[inline(always)]
    pub fn type_data(&self, ty: Addr) -> &TypeData {
        &self.types[self.word(ty, typedata::TP_INDEX) as usize]
    }

    /// Everything known about a type, to be changed.
    pub fn type_data_mut(&mut self, ty: Addr) -> &mut TypeData {
        let index = self.word(ty, typedata::TP_INDEX) as usize;
        &mut self.types[index]
    }

    /// The slots of an object's type.
    #[inline(always)]
    pub fn slots(&self, object: Addr) -> &object::Slots {
        &self.type_data(self.type_of(object)).slots
    }

    /// The `tp_flags` of a type.
    #[inline(always)]
    pub fn type_flags(&self, ty: Addr) -> u64 {
        self.word(ty, typedata::TP_FLAGS)
    }

    /// Whether the object's type has any of the flags: `LONG_SUBCLASS` and its like.
    #[inline(always)]
    pub fn has_flag(&self, object: Addr, flag: u64) -> bool {
        self.type_flags(self.type_of(object)) & flag != 0
    }

    /// `tp_name`: with the module for a type that C defines outside `builtins`.
    pub fn tp_name(&self, object: Addr) -> String {
        self.type_data(self.type_of(object)).full_name.to_string()
    }

    /// `tp_name`, with the module for types that C code makes outside `builtins`: `collections.deque`. The text
    /// of most messages.
    pub fn type_name(&self, object: Addr) -> String {
        self.type_data(self.type_of(object)).full_name.to_string()
    }

    /// `True` or `False`, as a new reference.
    #[inline]
    pub fn bool(&mut self, value: bool) -> Own {
        self.incref(if value { object::TRUE } else { object::FALSE })
    }

    /// `None`, as a new reference.
    #[inline]
    pub fn none(&mut self) -> Own {
        self.incref(object::NONE)
    }

    /// `NotImplemented`, as a new reference.
    #[inline]
    pub fn not_implemented(&mut self) -> Own {
        self.incref(object::NOT_IMPLEMENTED)
    }
}
