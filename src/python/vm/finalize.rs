//! The end of an interpreter. CPython: Python/pylifecycle.c, `Py_FinalizeEx` and `finalize_modules`.

use super::{Raised, TypeData, Vm};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::module::atexit;
use crate::python::object::{NONE, dict, flags, list, module, str, types, weakref};

/// What `sys` holds for the convenience of a prompt, or keeps alive from an exception: it goes first.
const SYS_DELETES: &[&str] = &[
    "path",
    "argv",
    "ps1",
    "ps2",
    "last_exc",
    "last_type",
    "last_value",
    "last_traceback",
    "path_importer_cache",
    "meta_path",
    "path_hooks",
];

/// The streams as they were before the program replaced them.
const SYS_STREAMS: &[(&str, &str)] = &[
    ("stdin", "__stdin__"),
    ("stdout", "__stdout__"),
    ("stderr", "__stderr__"),
];

impl Vm {
    /// Ends the program: `atexit`, a collection, then the modules. Where nobody could tell, memory is left as
    /// it is.
    pub(crate) fn finish(&mut self) {
        if self.stop.is_some() {
            return;
        }
        self.wait_for_threads();
        atexit::run(self);
        if !self.end_can_be_seen() {
            return;
        }
        self.drop_context();
        if self.gc.enabled {
            gc::collect(self, 2);
        }
        self.finalize_modules();
    }

    /// Waits for the threads that are no daemons: `wait_for_thread_shutdown`.
    fn wait_for_threads(&mut self) {
        let key = str::new(self, "threading");
        let module = dict::get(self, self.modules, key.addr());
        self.decref(key);
        let Ok(Some(module)) = module else {
            self.clear_raised();
            return;
        };
        let module = self.incref(module);
        let done = match self.get_attr_name(module.addr(), "_shutdown") {
            Ok(shutdown) => {
                let done = self.call(shutdown.addr(), &[]);
                self.decref(shutdown);
                done
            }
            Err(raised) => Err(raised),
        };
        match done {
            Ok(done) => self.decref(done),
            Err(Raised) if self.stop.is_none() => self.write_unraisable(module.addr()),
            Err(Raised) => {}
        }
        self.decref(module);
    }

    /// Whether the death of an object may run Python code or print something.
    fn end_can_be_seen(&self) -> bool {
        let has_finalizer = |data: &TypeData| {
            data.slots.finalize.is_some() && self.type_flags(data.address) & flags::HEAPTYPE != 0
        };
        let calls_back = !self.gc.callbacks.is_null() && list::len(self, self.gc.callbacks) > 0;
        self.end_shows
            || calls_back
            || self.gc.debug != 0
            || self
                .types
                .iter()
                .any(|data| !data.address.is_null() && has_finalizer(data))
    }

    /// Takes the modules apart.
    ///
    /// A module dies as soon as `sys.modules` lets go of it, and its globals with it in the order of their
    /// definition, unless a function or class of it holds them. Then they are a cycle for the collector,
    /// which calls finalizers in the order of creation. Only what survives both has its globals set to
    /// `None` one by one.
    fn finalize_modules(&mut self) {
        self.delete_special();
        let modules = self.modules;
        let seen = self.remove_modules(modules);
        dict::clear(self, modules);
        gc::collect(self, 2);
        for reference in seen.into_iter().rev() {
            let module = weakref::referent(self, reference.addr());
            if !module.is_null() && module != self.sys && module != self.builtins {
                let alive = self.incref(module);
                self.clear_module(alive.addr());
                self.decref(alive);
            }
            self.decref(reference);
        }
        for module in [self.sys, self.builtins] {
            self.clear_module(module);
        }
        gc::collect(self, 2);
    }

    /// `finalize_modules_delete_special`
    fn delete_special(&mut self) {
        let builtins = module::namespace(self, self.builtins);
        self.set_to_none(builtins, "_");
        let sys = module::namespace(self, self.sys);
        for name in SYS_DELETES {
            self.set_to_none(sys, name);
        }
        for (name, original) in SYS_STREAMS {
            let original = self.item_named(sys, original).unwrap_or(NONE);
            let original = self.incref(original);
            dict::set_name(self, sys, name, original);
        }
    }

    fn set_to_none(&mut self, namespace: Addr, name: &str) {
        if self.item_named(namespace, name).is_some() {
            let none = self.none();
            dict::set_name(self, namespace, name, none);
        }
    }

    /// The value of a name that is there, borrowed.
    fn item_named(&mut self, namespace: Addr, name: &str) -> Option<Addr> {
        let key = str::new(self, name);
        let value = dict::get(self, namespace, key.addr());
        self.decref(key);
        value.unwrap_or_else(|_| {
            self.clear_raised();
            None
        })
    }

    /// Sets every entry of `sys.modules` to `None`, and returns weak references to the modules.
    fn remove_modules(&mut self, modules: Addr) -> Vec<Own> {
        let mut seen = Vec::new();
        for (name, module) in dict::items(self, modules) {
            if self.type_check(module, types::MODULE) {
                match weakref::new(self, types::WEAKREF, module, Addr::NULL) {
                    Ok(reference) => seen.push(reference),
                    Err(_) => self.clear_raised(),
                }
            }
            if dict::set(self, modules, name, NONE).is_err() {
                self.clear_raised();
            }
        }
        seen
    }

    /// `_PyModule_Clear`
    fn clear_module(&mut self, module: Addr) {
        let namespace = module::namespace(self, module);
        let keep = self.incref(namespace);
        self.clear_namespace(keep.addr());
        self.decref(keep);
    }

    /// Sets the globals of a module to `None`: names with one underscore first, then the others.
    /// CPython: `_PyModule_ClearDict`.
    fn clear_namespace(&mut self, namespace: Addr) {
        for private in [true, false] {
            for (key, value) in dict::items(self, namespace) {
                if value == NONE || self.stop.is_some() || !self.is_exact_str(key) {
                    continue;
                }
                let name = str::to_rust(self, key);
                let is_private = name.starts_with('_') && !name[1..].starts_with('_');
                let wanted = if private {
                    is_private
                } else {
                    name != "__builtins__"
                };
                if wanted && dict::set(self, namespace, key, NONE).is_err() {
                    self.clear_raised();
                }
            }
        }
    }
}
