//! The start of an interpreter. CPython: Python/pylifecycle.c, `pycore_interp_init`.

use super::{Limits, Vm};
use crate::python::memory::Own;
use crate::python::module::{MODULES, NativeModule};
use crate::python::object::{dict, module};
use crate::python::version::Profile;

impl Vm {
    /// A machine with its types, `builtins` and `sys`.
    ///
    /// # Errors
    /// A mistake of the engine's own, in words.
    pub fn start(profile: &'static Profile, limits: Limits) -> Result<Box<Vm>, String> {
        let failed = |_| "the interpreter could not start".to_owned();
        let mut vm = Box::new(Vm::boot(profile, limits).map_err(failed)?);
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
        self.copy_modules()?;
        self.leave_free_frames();
        self.leave_import_frames();
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
}
