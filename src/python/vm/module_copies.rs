//! Copies of the namespaces of `builtins` and `sys`, from which CPython starts other interpreters.
//! CPython: `PyInterpreterState.builtins_copy` and `sysdict_copy`, `m_copy` of a module's definition up to 3.11.
//!
//! Nothing reads them here; but they hold what they hold: `sys.getrefcount(len)` counts them, and `gc.get_referrers(len)`
//! shows them. What is in one depends on how far the start was when it was made.

use super::{PyResult, Vm};
use crate::python::memory::Addr;
use crate::python::object::{dict, flags, module, str, types};

/// One copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleCopy {
    /// `builtins` before the exceptions are in it.
    BuiltinsBeforeExceptions,
    /// `builtins` without what the library adds.
    Builtins,
    /// `sys` before it knows its paths and files.
    Sys,
    /// `sys` when it has its functions only.
    SysFunctions,
}

/// What `io` and `site` add to `builtins`.
const ADDED_TO_BUILTINS: [&str; 7] = [
    "open",
    "exit",
    "quit",
    "help",
    "copyright",
    "credits",
    "license",
];

/// What `sys` learns from the configuration and the files, after it was copied.
const ADDED_TO_SYS: [&str; 21] = [
    "path",
    "executable",
    "_base_executable",
    "prefix",
    "base_prefix",
    "exec_prefix",
    "base_exec_prefix",
    "platlibdir",
    "pycache_prefix",
    "argv",
    "orig_argv",
    "warnoptions",
    "_xoptions",
    "_stdlib_dir",
    "dont_write_bytecode",
    "stdin",
    "__stdin__",
    "stdout",
    "__stdout__",
    "stderr",
    "__stderr__",
];

impl Vm {
    /// Makes the copies that the version has.
    pub(super) fn copy_modules(&mut self) -> PyResult<()> {
        for copy in self.profile.module_copies {
            let of = match copy {
                ModuleCopy::BuiltinsBeforeExceptions | ModuleCopy::Builtins => self.builtins,
                ModuleCopy::Sys | ModuleCopy::SysFunctions => self.sys,
            };
            let mut items = dict::items(self, module::namespace(self, of));
            items.retain(|(name, value)| self.is_copied(*copy, *name, *value));
            let made = dict::new_presized(self, items.len(), true)?;
            for (name, value) in items {
                dict::set(self, made.addr(), name, value)?;
            }
            self.module_copies.push(made.into_addr());
        }
        Ok(())
    }

    fn is_copied(&self, copy: ModuleCopy, name: Addr, value: Addr) -> bool {
        let name = str::to_rust(self, name);
        let is_exception = self.has_flag(value, flags::TYPE_SUBCLASS)
            && self.type_flags(value) & flags::BASE_EXC_SUBCLASS != 0;
        match copy {
            ModuleCopy::BuiltinsBeforeExceptions => {
                !is_exception && !ADDED_TO_BUILTINS.contains(&&*name)
            }
            ModuleCopy::Builtins => !ADDED_TO_BUILTINS.contains(&&*name),
            ModuleCopy::Sys => !ADDED_TO_SYS.contains(&&*name),
            ModuleCopy::SysFunctions => {
                self.type_of(value) == types::BUILTIN_FUNCTION_OR_METHOD && !name.starts_with("__")
            }
        }
    }
}
