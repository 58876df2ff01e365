//! Memory by its addresses: what `ctypes` reads and writes.

use crate::python::memory::{Addr, BASE, END, Own, STACK_BASE};
use crate::python::object::{buffer as buffers, bytes, int, str, tuple, types};
use crate::python::vm::typedata::TP_INDEX;
use crate::python::vm::{Args, PyResult, Raised, Vm};
use std::cell::Cell;
use std::sync::Once;

/// Nothing lies in the first page, so that small offsets from nowhere are nowhere too.
const FIRST: u64 = BASE.0 + 4096;

/// Whether all of these bytes are part of the memory.
pub fn is_mapped(address: Addr, size: u64) -> bool {
    address.0 >= FIRST && size <= END.0 - FIRST && address.0 <= END.0 - size
}

/// An address as an int of any sign, cut to 64 bits as C does.
pub fn address_argument(vm: &mut Vm, given: Addr) -> PyResult<Addr> {
    let number = vm.index(given)?;
    let address = int::as_u64(vm, number.addr())
        .or_else(|| int::as_i64(vm, number.addr()).map(|value| value as u64));
    vm.decref(number);
    address
        .map(Addr)
        .ok_or_else(|| vm.overflow_error("int too large to convert to a pointer"))
}

/// An address and a size that are mapped.
fn range(vm: &mut Vm, address: Addr, size: Addr) -> PyResult<(Addr, u64)> {
    let address = address_argument(vm, address)?;
    let size = vm.index_value(size, types::OVERFLOW_ERROR)?;
    let Ok(size) = u64::try_from(size) else {
        return Err(vm.value_error("negative size"));
    };
    match is_mapped(address, size) {
        true => Ok((address, size)),
        false => Err(crash(vm, address, "is not mapped")),
    }
}

/// Where CPython would be ended by the system, an error says why.
#[cold]
fn crash(vm: &mut Vm, address: Addr, what: &str) -> Raised {
    let number = int::new(vm, 14);
    let text = format!(
        "Bad address: {:#x} {what} (CPython crashes here: segmentation fault)",
        address.0
    );
    let text = str::new(vm, &text);
    let exception = vm.call(types::OS_ERROR, &[number.addr(), text.addr()]);
    vm.decref(number);
    vm.decref(text);
    match exception {
        Ok(exception) => vm.raise(exception),
        Err(raised) => raised,
    }
}

/// Whether a live object lies at an address, as far as its header tells.
fn is_object(vm: &Vm, address: Addr) -> bool {
    if !address.0.is_multiple_of(8) || !is_mapped(address, 16) || vm.refcount(address) == 0 {
        return false;
    }
    let ty = vm.type_of(address);
    is_mapped(ty, 416)
        && ty.0.is_multiple_of(8)
        && vm
            .types
            .get(vm.word(ty, TP_INDEX) as usize)
            .is_some_and(|data| data.address == ty)
}

/// The word that CPython keeps in an object's first field, where this engine counts otherwise: immortal objects, and
/// loads that borrow.
fn stored_count(vm: &Vm, object: Addr) -> u64 {
    let count = vm.visible_refcount(object);
    if !vm.profile.loads_borrow || !vm.is_immortal(object) {
        return count;
    }
    // `ob_flags` since 3.14: immortal, and statically allocated.
    let is_static = object < STACK_BASE;
    count | (if is_static { 5 } else { 1 }) << 48
}

/// `read(address, size)`: the bytes there.
pub fn read(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (address, size) = range(vm, args.get(vm, 0), args.get(vm, 1))?;
    let mut content = vm.heap.space.bytes(address, size as usize).to_vec();
    if size >= 4 && is_object(vm, address) {
        let count = stored_count(vm, address).to_le_bytes();
        let len = content.len().min(8);
        content[..len].copy_from_slice(&count[..len]);
    }
    bytes::try_new(vm, &content)
}

thread_local! {
    /// This thread's program wrote to memory by an address: what it breaks is told as the end of the program.
    static POKED: Cell<bool> = const { Cell::new(false) };
}

/// Remembers that memory may be wrong from now on. A check of the engine's that fails then is no mistake of the engine's,
/// and says nothing of itself: `Interpreter` ends the program with a sentence.
fn note_poke(vm: &mut Vm) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !POKED.get() {
                usual(panic);
            }
        }));
    });
    POKED.set(true);
    vm.memory_poked = true;
}

/// `write(address, bytes)`
pub fn write(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let content = buffers::content(vm, args.get(vm, 1))?;
    let size = int::from_usize(vm, content.len());
    let (address, _) = range(vm, args.get(vm, 0), size.addr())?;
    vm.decref(size);
    note_poke(vm);
    vm.heap
        .space
        .bytes_mut(address, content.len())
        .copy_from_slice(&content);
    Ok(vm.none())
}

/// `move(target, source, size)`: `memmove`.
pub fn copy(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (target, size) = range(vm, args.get(vm, 0), args.get(vm, 2))?;
    let (source, _) = range(vm, args.get(vm, 1), args.get(vm, 2))?;
    note_poke(vm);
    vm.heap.space.copy(source, target, size as usize);
    Ok(vm.none())
}

/// `fill(address, byte, size)`: `memset`.
pub fn fill(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (address, size) = range(vm, args.get(vm, 0), args.get(vm, 2))?;
    let byte = vm.index_value(args.get(vm, 1), types::OVERFLOW_ERROR)?;
    note_poke(vm);
    vm.heap.space.fill(address, size as usize, byte as u8);
    Ok(vm.none())
}

/// `text(address, width)`: the bytes up to the first unit of `width` zeros.
pub fn text(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let width = args.get(vm, 1);
    let (address, _) = range(vm, args.get(vm, 0), width)?;
    let width = vm.index_value(width, types::OVERFLOW_ERROR)?.max(1) as usize;
    let rest = vm.heap.space.bytes(address, (END.0 - address.0) as usize);
    let units = rest.chunks_exact(width);
    let count = units
        .take_while(|unit| unit.iter().any(|byte| *byte != 0))
        .count();
    let content = rest[..count * width].to_vec();
    bytes::try_new(vm, &content)
}

/// `object(address)`: the object there, as a new reference.
pub fn object(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let address = address_argument(vm, args.get(vm, 0))?;
    match is_object(vm, address) {
        true => Ok(vm.incref(address)),
        false => Err(crash(vm, address, "is no live object")),
    }
}

/// `buffer(object)`: address, length, and whether it may be written; `None` for what has no buffer.
pub fn buffer(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let Some(buffer) = buffers::get(vm, args.get(vm, 0)) else {
        return Ok(vm.none());
    };
    let parts = vec![
        int::from_u64(vm, buffer.data.0),
        int::from_usize(vm, buffer.len),
        vm.bool(!buffer.readonly),
    ];
    Ok(tuple::from_owned(vm, parts))
}
