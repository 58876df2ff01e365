//! Making an interpreter: statics, types, names. CPython: `pycore_init_types`.

use super::{Limits, Names, PyResult, Vm};
use crate::python::object::{self, all_specs, dict, singleton, str, tuple, r#type, types};
use crate::python::version::Profile;

impl Vm {
    /// A machine whose types are ready.
    ///
    /// # Errors
    /// Only a heap limit that is too small for the types.
    pub fn boot(profile: &'static Profile, limits: Limits) -> PyResult<Vm> {
        let mut vm = Vm::boot_types(profile, limits)?;
        vm.make_exception_group()?;
        Ok(vm)
    }

    /// The static types alone; nothing has called anything yet.
    fn boot_types(profile: &'static Profile, limits: Limits) -> PyResult<Vm> {
        let mut vm = Vm::bare(profile, limits);
        r#type::reserve_static(&mut vm, all_specs());
        singleton::init(&mut vm);
        object::int::init_statics(&mut vm);
        object::tuple::boot(&mut vm);
        object::str::init_statics(&mut vm);
        object::bytes::init_statics(&mut vm);
        dict::keys::init_empty(&mut vm);
        vm.names = Names::intern(&mut vm);
        vm.new_wrapper_row = vm.add_native(&r#type::NEW_WRAPPER);
        r#type::ready_first(&mut vm, all_specs())?;
        Ok(vm)
    }

    /// `class ExceptionGroup(BaseExceptionGroup, Exception)`, a class of its own in CPython too.
    fn make_exception_group(&mut self) -> PyResult<()> {
        let name = str::new(self, "ExceptionGroup");
        let bases = tuple::new(self, &[types::BASE_EXCEPTION_GROUP, types::EXCEPTION]);
        let namespace = dict::new(self);
        let module = str::new(self, "builtins");
        dict::set(self, namespace.addr(), self.names.__module__, module.addr())?;
        let class = self.call(types::TYPE, &[name.addr(), bases.addr(), namespace.addr()])?;
        for part in [name, bases, namespace, module] {
            self.decref(part);
        }
        self.exception_group = class.into_addr();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::object::dir;
    use crate::python::version::Version;

    #[test]
    fn static_types_have_their_attributes() {
        let vm = Vm::boot_types(Version::V3_13.profile(), Limits::default())
            .expect("the default limits suffice");
        let names = dir::own_names(&vm, types::DICT);
        for name in [
            "__or__",
            "fromkeys",
            "setdefault",
            "__class_getitem__",
            "__doc__",
        ] {
            assert!(names.iter().any(|own| own == name), "dict.{name}");
        }
        assert!(
            dir::own_names(&vm, types::TYPE)
                .iter()
                .any(|own| own == "__mro__")
        );
    }
}
