//! Tables beside memory: types made at run time, native functions.

use super::typedata::TP_INDEX;
use super::{TypeData, Vm};
use crate::python::memory::Addr;
use crate::python::object::Method;

impl Vm {
    /// Gives a new class its place in `types`.
    pub fn add_type(&mut self, data: TypeData) -> usize {
        if let Some(index) = self.free_types.pop() {
            self.types[index] = data;
            return index;
        }
        self.types.push(data);
        self.types.len() - 1
    }

    /// Frees the place of a class that died. Its slots stay until the place is used again: the class's
    /// metaclass is still to be dropped.
    pub fn remove_type(&mut self, class: Addr) {
        let index = self.word(class, TP_INDEX) as usize;
        self.free_types.push(index);
    }

    /// Gives a native function its number in `natives`; the same row always has the same.
    pub fn add_native(&mut self, method: &'static Method) -> usize {
        self.natives.push(method);
        self.natives.len() - 1
    }

    /// `sys.getsizeof(int)` without a header: `sizeof(PyTypeObject)` of 3.13.
    pub fn static_type_size(&self) -> u64 {
        self.profile.static_type_size
    }
}
