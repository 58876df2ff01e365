//! `_io`: streams in memory, files of the program's own, and the standard streams. No file of the host can be reached.
//! CPython: Modules/_io.
//!
//! | type | here |
//! | --- | --- |
//! | `StringIO`, `BytesIO` | whole |
//! | `TextIOWrapper` | over any binary stream; `sys.stdout` and `sys.stderr` end in the machine's buffers |
//! | `BufferedReader` and its siblings | pass on what they are asked to the stream below |
//! | `FileIO`, `open` | over [`crate::python::files`] |

mod base;
mod buffered;
mod bytes_io;
mod file;
mod newline;
mod open;
mod string_io;
mod text;

pub use base::{BUFFERED_SPEC, RAW_SPEC, SPEC as BASE_SPEC, TEXT_SPEC};
pub use buffered::{RANDOM_SPEC, READER_SPEC, RW_PAIR_SPEC, WRITER_SPEC};
pub use bytes_io::{EXPORTS as BYTES_IO_EXPORTS, SPEC as BYTES_IO_SPEC, buffer as bytes_io_buffer};
pub use file::SPEC as FILE_SPEC;
pub use newline::SPEC as NEWLINE_SPEC;
pub use open::open;
pub use string_io::SPEC as STRING_IO_SPEC;
pub use text::{SPEC as TEXT_IO_SPEC, install_streams};

use super::{NativeModule, add, add_int};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, alloc, dict, str, tuple, types, weakref};
use crate::python::vm::{PyResult, Raised, Vm};

/// `_io`
pub static MODULE: NativeModule = NativeModule {
    name: "_io",
    methods: &[
        Method::new(
            "open",
            "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
            open,
        ),
        Method::new("open_code", "(path)", open::open_code),
        Method::new(
            "text_encoding",
            "(encoding, stacklevel=2, /)",
            open::text_encoding,
        ),
    ],
    types: &[
        types::IO_BASE,
        types::RAW_IO_BASE,
        types::BUFFERED_IO_BASE,
        types::TEXT_IO_BASE,
        types::FILE_IO,
        types::BYTES_IO,
        types::STRING_IO,
        types::BUFFERED_READER,
        types::BUFFERED_WRITER,
        types::BUFFERED_RW_PAIR,
        types::BUFFERED_RANDOM,
        types::TEXT_IO,
        types::INCREMENTAL_NEWLINE_DECODER,
    ],
    init,
};

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    add_int(vm, module, "DEFAULT_BUFFER_SIZE", 8192);
    let blocking = vm.incref(types::BLOCKING_IO_ERROR);
    add(vm, module, "BlockingIOError", blocking);
    let unsupported = unsupported_class(vm)?;
    let unsupported = vm.incref(unsupported);
    add(vm, module, "UnsupportedOperation", unsupported);
    Ok(())
}

/// `io.UnsupportedOperation`, made when it is first needed.
fn unsupported_class(vm: &mut Vm) -> PyResult<Addr> {
    if !vm.unsupported_operation.is_null() {
        return Ok(vm.unsupported_operation);
    }
    let name = str::new(vm, "UnsupportedOperation");
    let bases = tuple::new(vm, &[types::OS_ERROR, types::VALUE_ERROR]);
    let (namespace, module) = (dict::new(vm), str::new(vm, "io"));
    dict::set_name(vm, namespace.addr(), "__module__", module);
    let class = vm.call(types::TYPE, &[name.addr(), bases.addr(), namespace.addr()])?;
    for part in [name, bases, namespace] {
        vm.decref(part);
    }
    vm.unsupported_operation = class.into_addr();
    Ok(vm.unsupported_operation)
}

/// Raises `io.UnsupportedOperation(message)`.
#[cold]
fn unsupported(vm: &mut Vm, message: &str) -> Raised {
    match unsupported_class(vm) {
        Ok(class) => vm.error(class, message),
        Err(raised) => raised,
    }
}

/// Drops what a stream with a dict and weak references at these offsets holds, and frees it.
fn dealloc_stream(vm: &mut Vm, stream: Addr, dict: u64, weakrefs: u64, fields: &[u64]) {
    crate::python::gc::untrack(vm, stream);
    if vm.word(stream, weakrefs) != 0 {
        weakref::clear_refs(vm, stream);
    }
    for field in fields {
        vm.set_field(stream, *field, None);
    }
    vm.set_field(stream, dict, None);
    alloc::free(vm, stream);
}

/// The `size` of `read` and its like: `None` where everything is asked for.
fn size_arg(vm: &mut Vm, given: Addr) -> PyResult<Option<usize>> {
    if given.is_null() || given == crate::python::object::NONE {
        return Ok(None);
    }
    if vm.slots(given).index.is_none() {
        let given = str::arg::type_text(vm, given);
        return Err(vm.type_error(format!("argument should be integer or None, not '{given}'")));
    }
    let size = vm.index_value(given, types::OVERFLOW_ERROR)?;
    Ok(usize::try_from(size).ok())
}

/// Calls a method by name.
fn call_name(vm: &mut Vm, object: Addr, name: &str, args: &[Addr]) -> PyResult<Own> {
    let method = vm.get_attr_name(object, name)?;
    let result = vm.call(method.addr(), args)?;
    vm.decref(method);
    Ok(result)
}
