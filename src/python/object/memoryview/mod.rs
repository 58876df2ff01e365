//! `memoryview`: another object's bytes, without a copy. CPython: `PyMemoryViewObject`, Objects/memoryobject.c.
//!
//! ```text
//!    16     ob_size, 3 * ndim    24  mbuf (owned)           32  hash
//!    40     flags, 1: released   48  exports                56  buf
//!    64     obj                  72  len
//!    80     itemsize             88  readonly, ndim         96  format, here its letter
//!   104     shape               112  strides               120  suboffsets
//!   136     weakreflist         144  ob_array: shape, strides, suboffsets
//! ```
//!
//! All views of one buffer share a managed buffer, which holds the object.

mod access;
mod cast;
mod exporter;
pub mod item;
mod iterator;
mod managed;
mod spec;

pub use iterator::SPEC as ITERATOR_SPEC;
pub use managed::SPEC as MANAGED_SPEC;
pub use spec::SPEC;

use super::buffer::Buffer;
use super::{alloc, buffer, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// Offset of `mbuf`.
const MBUF: u64 = 24;
/// Offset of `hash`; -1 until it is asked for.
const HASH: u64 = 32;
/// Offset of `flags`.
const FLAGS: u64 = 40;
/// Offset of `exports`: views and iterations that need this one.
const EXPORTS: u64 = 48;
/// Offset of `view.buf`.
const BUF: u64 = 56;
/// Offset of `view.obj`, which the managed buffer holds.
const OBJ: u64 = 64;
/// Offset of `view.len`, in bytes.
const LEN: u64 = 72;
/// Offset of `view.itemsize`.
const ITEMSIZE: u64 = 80;
/// Offset of `view.readonly` (low half) and `view.ndim` (high half).
const READONLY_NDIM: u64 = 88;
/// Offset of `view.format`.
const FORMAT: u64 = 96;
/// Offset of `view.shape`.
const SHAPE: u64 = 104;
/// Offset of `view.strides`.
const STRIDES: u64 = 112;
/// Offset of `weakreflist`.
pub const WEAKREFS: u64 = 136;
/// Offset of the dimensions.
const ARRAY: u64 = 144;

/// Bit of `flags`: released.
const RELEASED: u64 = 1;

/// What a view shows: how the bytes are cut into items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Where the first item is.
    pub buf: Addr,
    /// The format's letter; native size and alignment.
    pub format: u8,
    /// Bytes an item.
    pub itemsize: usize,
    /// Whether Python may not write it.
    pub readonly: bool,
    /// Items in each dimension.
    pub shape: Vec<usize>,
    /// Bytes from one item to the next in each dimension.
    pub strides: Vec<isize>,
}

impl Layout {
    /// One dimension of the items of a buffer.
    fn of_buffer(buffer: Buffer) -> Layout {
        Layout {
            buf: buffer.data,
            format: buffer.format,
            itemsize: buffer.itemsize,
            readonly: buffer.readonly,
            shape: vec![buffer.len / buffer.itemsize.max(1)],
            strides: vec![buffer.itemsize as isize],
        }
    }

    /// The number of items.
    fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The number of bytes.
    fn nbytes(&self) -> usize {
        self.count() * self.itemsize
    }

    /// Whether the items lie one behind another, the last dimension fastest.
    fn is_c_contiguous(&self) -> bool {
        self.follows(self.shape.iter().zip(&self.strides).rev())
    }

    /// The same with the first dimension fastest.
    fn is_f_contiguous(&self) -> bool {
        self.follows(self.shape.iter().zip(&self.strides))
    }

    fn follows<'a>(&self, dimensions: impl Iterator<Item = (&'a usize, &'a isize)>) -> bool {
        let mut expected = self.itemsize as isize;
        if self.count() == 0 {
            return true;
        }
        for (count, stride) in dimensions {
            if *count > 1 && *stride != expected {
                return false;
            }
            expected *= *count as isize;
        }
        true
    }

    /// The addresses of all items, the last dimension fastest.
    fn items(&self) -> Vec<Addr> {
        let mut items = vec![self.buf];
        for (count, stride) in self.shape.iter().zip(&self.strides) {
            items = items
                .iter()
                .flat_map(|start| (0..*count).map(move |i| start.at((i as isize * stride) as u64)))
                .collect();
        }
        items
    }
}

/// A view of an object with a buffer.
///
/// # Errors
/// `TypeError` for an object without one, `ValueError` for a released view.
pub fn new(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_of(object) == types::MEMORYVIEW {
        check_released(vm, object)?;
        let layout = layout(vm, object);
        return make(vm, object, &layout);
    }
    match buffer::get_for_view(vm, object) {
        Some(buffer) => {
            let managed = managed::new(vm, object, buffer.data)?;
            let view = of_managed(vm, managed.addr(), object, &Layout::of_buffer(buffer));
            vm.decref(managed);
            view
        }
        None => {
            if let Some(view) = exporter::view(vm, object)? {
                return Ok(view);
            }
            let given = vm.type_data(vm.type_of(object)).full_name.to_string();
            Err(vm.type_error(format!(
                "memoryview: a bytes-like object is required, not '{given}'"
            )))
        }
    }
}

/// Another view of what `view` shows, with a layout of its own.
fn make(vm: &mut Vm, view: Addr, layout: &Layout) -> PyResult<Own> {
    let (managed, object) = (vm.field(view, MBUF), vm.field(view, OBJ));
    of_managed(vm, managed, object, layout)
}

fn of_managed(vm: &mut Vm, managed: Addr, object: Addr, layout: &Layout) -> PyResult<Own> {
    let dimensions = layout.shape.len() as u64;
    let own = alloc::alloc(vm, types::MEMORYVIEW, 3 * layout.shape.len())?;
    let view = own.addr();
    vm.set_word(view, HASH, u64::MAX);
    vm.set_word(view, BUF, layout.buf.0);
    vm.set_word(view, LEN, layout.nbytes() as u64);
    vm.set_word(view, ITEMSIZE, layout.itemsize as u64);
    vm.set_word(
        view,
        READONLY_NDIM,
        u64::from(layout.readonly) | dimensions << 32,
    );
    vm.set_word(view, FORMAT, u64::from(layout.format));
    vm.set_word(view, SHAPE, view.at(ARRAY).0);
    vm.set_word(view, STRIDES, view.at(ARRAY + 8 * dimensions).0);
    for (i, (count, stride)) in layout.shape.iter().zip(&layout.strides).enumerate() {
        vm.set_word(view, ARRAY + 8 * i as u64, *count as u64);
        vm.set_word(view, ARRAY + 8 * (dimensions + i as u64), *stride as u64);
    }
    let managed = managed::add_view(vm, managed);
    vm.init_field(view, MBUF, managed);
    vm.set_word(view, OBJ, object.0);
    gc::track(vm, view);
    Ok(own)
}

/// The layout of a view that is not released.
fn layout(vm: &Vm, view: Addr) -> Layout {
    let info = vm.word(view, READONLY_NDIM);
    let dimensions = info >> 32;
    let word = |i: u64| vm.word(view, ARRAY + 8 * i);
    Layout {
        buf: vm.field(view, BUF),
        format: vm.word(view, FORMAT) as u8,
        itemsize: vm.word(view, ITEMSIZE) as usize,
        readonly: info & 1 != 0,
        shape: (0..dimensions).map(|i| word(i) as usize).collect(),
        strides: (0..dimensions)
            .map(|i| word(dimensions + i) as isize)
            .collect(),
    }
}

fn is_released(vm: &Vm, view: Addr) -> bool {
    vm.word(view, FLAGS) & RELEASED != 0
}

/// `ValueError` for a released view.
pub fn check_released(vm: &mut Vm, view: Addr) -> PyResult<()> {
    if is_released(vm, view) {
        return Err(vm.value_error("operation forbidden on released memoryview object"));
    }
    Ok(())
}

/// The bytes of a view, where they lie in one piece.
pub fn simple_buffer(vm: &Vm, view: Addr) -> Option<Buffer> {
    if is_released(vm, view) {
        return None;
    }
    let layout = layout(vm, view);
    let buffer = Buffer {
        data: layout.buf,
        len: layout.nbytes(),
        readonly: layout.readonly,
        format: layout.format,
        itemsize: layout.itemsize,
    };
    layout.is_c_contiguous().then_some(buffer)
}

/// The bytes of a view in C order, copied, however they lie. The view is not released.
pub fn content(vm: &Vm, view: Addr) -> Vec<u8> {
    to_vec(vm, &layout(vm, view))
}

/// Lets the object go. `BufferError` while something uses the view.
fn release(vm: &mut Vm, view: Addr) -> PyResult<()> {
    if is_released(vm, view) {
        return Ok(());
    }
    let exports = vm.word(view, EXPORTS);
    if exports > 0 {
        let plural = if exports == 1 { "" } else { "s" };
        return Err(vm.buffer_error(format!("memoryview has {exports} exported buffer{plural}")));
    }
    let_go(vm, view);
    Ok(())
}

/// Marks the view released and drops its reference to the managed buffer.
fn let_go(vm: &mut Vm, view: Addr) {
    let flags = vm.word(view, FLAGS);
    vm.set_word(view, FLAGS, flags | RELEASED);
    vm.set_word(view, OBJ, 0);
    if let Some(managed) = vm.field(view, MBUF).some() {
        managed::remove_view(vm, managed);
        vm.set_field(view, MBUF, None);
    }
}

/// The bytes of all items, in C order.
fn to_vec(vm: &Vm, layout: &Layout) -> Vec<u8> {
    if layout.is_c_contiguous() {
        return vm.heap.space.bytes(layout.buf, layout.nbytes()).to_vec();
    }
    let mut bytes = Vec::with_capacity(layout.nbytes());
    for item in layout.items() {
        bytes.extend_from_slice(vm.heap.space.bytes(item, layout.itemsize));
    }
    bytes
}
