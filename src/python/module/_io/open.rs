//! `open`: the host's files cannot be reached.

use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, TypeSpec, flags, int, str, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// `_io.FileIO`
pub static FILE_SPEC: TypeSpec = TypeSpec {
    base: types::RAW_IO_BASE,
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    dictoffset: 16,
    weaklistoffset: 24,
    slots: |slots| {
        slots.new = Some(|vm, _, args| {
            let path = args.get(vm, 0);
            if path.is_null() {
                return Err(vm.type_error("FileIO() missing required argument 'file' (pos 1)"));
            }
            Err(no_file(vm, path))
        });
    },
    ..TypeSpec::new(types::FILE_IO, "_io.FileIO")
};

fn mode_text(vm: &Vm, mode: Addr) -> String {
    if mode.is_null() || !str::check(vm, mode) {
        "r".into()
    } else {
        str::to_rust(vm, mode)
    }
}

/// `open(file, mode, …)`
pub fn open(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (path, mode) = (args.get(vm, 0), args.get(vm, 1));
    if !mode.is_null() && !str::check(vm, mode) {
        return Err(str::arg::bad_argument(
            vm,
            "open",
            "argument 'mode'",
            "str",
            mode,
        ));
    }
    let mode = mode_text(vm, mode);
    let kinds = mode
        .chars()
        .filter(|letter| "rwax".contains(*letter))
        .count();
    if mode.chars().any(|letter| !"rwaxbt+".contains(letter)) {
        let shown = format!("invalid mode: '{mode}'");
        return Err(vm.value_error(shown));
    }
    if kinds != 1 {
        return Err(vm.value_error("must have exactly one of create/read/write/append mode"));
    }
    Err(no_file(vm, path))
}

/// The error that the built-in `open` raises too.
fn no_file(vm: &mut Vm, path: Addr) -> Raised {
    let number = int::new(vm, 1);
    let text = str::new(
        vm,
        "Operation not permitted: no files are within reach here",
    );
    let exception = vm.call(types::PERMISSION_ERROR, &[number.addr(), text.addr(), path]);
    vm.decref(number);
    vm.decref(text);
    match exception {
        Ok(exception) => vm.raise(exception),
        Err(raised) => raised,
    }
}

/// `text_encoding(encoding)`: the encoding, or `'locale'` for `None`.
pub fn text_encoding(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let encoding = args.get(vm, 0);
    Ok(if encoding == NONE {
        str::new(vm, "locale")
    } else {
        vm.incref(encoding)
    })
}
