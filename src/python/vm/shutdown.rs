//! The start and the end of an interpreter. CPython: Python/pylifecycle.c.

use super::{Limits, Vm};
use crate::python::memory::{Addr, Own};
use crate::python::module::{MODULES, NativeModule};
use crate::python::object::{NONE, dict, module, str};

impl Vm {
    /// A machine with its types, `builtins` and `sys`.
    ///
    /// # Errors
    /// A mistake of the engine's own, in words.
    pub fn start(limits: Limits) -> Result<Box<Vm>, String> {
        let failed = |_| "the interpreter could not start".to_owned();
        let mut vm = Box::new(Vm::boot(limits).map_err(failed)?);
        vm.boot_modules().map_err(failed)?;
        Ok(vm)
    }

    fn boot_modules(&mut self) -> super::PyResult<()> {
        self.modules = dict::new(self).into_addr();
        let builtins = self.boot_module("builtins")?;
        self.builtins = builtins.into_addr();
        let namespace = module::namespace(self, self.builtins);
        if let Some(import) = dict::get_str(self, namespace, self.names.__import__) {
            self.import_function = import;
        }
        let sys = self.boot_module("sys")?;
        self.sys = sys.into_addr();
        let modules = self.incref(self.modules);
        let namespace = module::namespace(self, self.sys);
        dict::set_name(self, namespace, "modules", modules);
        self.break_at = self.limits.steps.min(4096);
        Ok(())
    }

    fn boot_module(&mut self, name: &str) -> super::PyResult<Own> {
        let row: Option<&'static NativeModule> =
            MODULES.iter().find(|row| row.name == name).copied();
        match row {
            Some(row) => self.make_native(row),
            None => Err(self.system_error(format!("no module {name}"))),
        }
    }

    /// Ends the program: `atexit`, then the modules' globals in order, then what is left in cycles.
    pub(crate) fn finish(&mut self) {
        if self.stop.is_some() {
            return;
        }
        crate::python::module::atexit::run(self);
        self.clear_main();
        if self.stop.is_some() {
            return;
        }
        crate::python::gc::collect(self, 2);
    }

    /// Sets the globals of the modules to `None`, names with one underscore first, then the others.
    /// CPython: `finalize_modules`, `_PyModule_ClearDict`.
    fn clear_main(&mut self) {
        let name = str::new(self, "__main__");
        let main = dict::get(self, self.modules, name.addr()).ok().flatten();
        self.decref(name);
        let Some(main) = main else { return };
        let namespace = module::namespace(self, main);
        let keep = self.incref(namespace);
        self.clear_namespace(keep.addr());
        self.decref(keep);
    }

    pub(crate) fn clear_namespace(&mut self, namespace: Addr) {
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
                    !name.starts_with('_') || name != "__builtins__"
                };
                if !wanted {
                    continue;
                }
                if dict::set(self, namespace, key, NONE).is_err() {
                    self.clear_raised();
                }
            }
        }
    }
}
