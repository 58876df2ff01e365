//! Reading and writing items and slices of a view.

use super::{Layout, check_released, item, layout, make, to_vec};
use crate::python::memory::{Addr, Own};
use crate::python::object::index::{SliceBounds, is_index};
use crate::python::object::{CompareOp, ELLIPSIS, buffer, list, str, tuple, types};
use crate::python::vm::{PyResult, Raised, Vm};

pub(super) fn length(vm: &mut Vm, view: Addr) -> PyResult<usize> {
    check_released(vm, view)?;
    match layout(vm, view).shape.first() {
        Some(count) => Ok(*count),
        None => Err(vm.type_error("0-dim memory has no length")),
    }
}

fn read(vm: &mut Vm, layout: &Layout, at: Addr) -> Own {
    let raw = vm.heap.space.bytes(at, layout.itemsize).to_vec();
    item::unpack(vm, layout.format, &raw)
}

/// The address of item `index` in dimension `dimension`, counted from `from`.
fn step(
    vm: &mut Vm,
    layout: &Layout,
    from: Addr,
    dimension: usize,
    index: isize,
) -> PyResult<Addr> {
    let count = layout.shape[dimension] as isize;
    let index = if index < 0 { index + count } else { index };
    if index < 0 || index >= count {
        let number = dimension + 1;
        return Err(vm.index_error(format!("index out of bounds on dimension {number}")));
    }
    Ok(from.at((index * layout.strides[dimension]) as u64))
}

pub(super) fn sq_item(vm: &mut Vm, view: Addr, index: isize) -> PyResult<Own> {
    check_released(vm, view)?;
    let layout = layout(vm, view);
    match layout.shape.len() {
        0 => Err(vm.type_error("invalid indexing of 0-dim memory")),
        1 => {
            let at = step(vm, &layout, layout.buf, 0, index)?;
            Ok(read(vm, &layout, at))
        }
        _ => Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented")),
    }
}

pub(super) fn subscript(vm: &mut Vm, view: Addr, key: Addr) -> PyResult<Own> {
    check_released(vm, view)?;
    let layout = layout(vm, view);
    if layout.shape.is_empty() {
        return if key == ELLIPSIS {
            Ok(vm.incref(view))
        } else if is_empty_tuple(vm, key) {
            Ok(read(vm, &layout, layout.buf))
        } else {
            Err(vm.type_error("invalid indexing of 0-dim memory"))
        };
    }
    if is_index(vm, key) {
        let index = vm.index_value(key, types::INDEX_ERROR)?;
        return sq_item(vm, view, index);
    }
    if vm.type_of(key) == types::SLICE {
        let sliced = sliced(vm, view, &layout, key)?;
        return make(vm, view, &sliced);
    }
    match item_at(vm, &layout, key)? {
        Some(at) => Ok(read(vm, &layout, at)),
        None => Err(vm.type_error("memoryview: invalid slice key")),
    }
}

fn is_empty_tuple(vm: &Vm, key: Addr) -> bool {
    vm.type_of(key) == types::TUPLE && tuple::len(vm, key) == 0
}

/// The layout of a slice of the first dimension.
fn sliced(vm: &mut Vm, view: Addr, layout: &Layout, key: Addr) -> PyResult<Layout> {
    let count = layout.shape[0];
    let slice = SliceBounds::of(vm, key, |_| count)?;
    check_released(vm, view)?;
    let mut sliced = layout.clone();
    sliced.buf = layout.buf.at((slice.start * layout.strides[0]) as u64);
    sliced.shape[0] = slice.count;
    sliced.strides[0] = layout.strides[0].wrapping_mul(slice.step);
    Ok(sliced)
}

/// The address that a tuple of indices names.
fn item_at(vm: &mut Vm, layout: &Layout, key: Addr) -> PyResult<Option<Addr>> {
    if vm.type_of(key) != types::TUPLE {
        return Ok(None);
    }
    let indices = tuple::items(vm, key);
    if !indices.iter().all(|index| is_index(vm, *index)) {
        let slices = indices
            .iter()
            .all(|index| vm.type_of(*index) == types::SLICE);
        return if slices && !indices.is_empty() {
            Err(vm.not_implemented_error("multi-dimensional slicing is not implemented"))
        } else {
            Ok(None)
        };
    }
    let (dimensions, given) = (layout.shape.len(), indices.len());
    if given < dimensions {
        return Err(vm.not_implemented_error("sub-views are not implemented"));
    }
    if given > dimensions {
        let message =
            format!("cannot index {dimensions}-dimension view with {given}-element tuple");
        return Err(vm.type_error(message));
    }
    let mut at = layout.buf;
    for (dimension, index) in indices.iter().enumerate() {
        let index = vm.index_value(*index, types::INDEX_ERROR)?;
        at = step(vm, layout, at, dimension, index)?;
    }
    Ok(Some(at))
}

pub(super) fn set_item(vm: &mut Vm, view: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    check_released(vm, view)?;
    let layout = layout(vm, view);
    if layout.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    let Some(value) = value else {
        return Err(vm.type_error("cannot delete memory"));
    };
    if layout.shape.is_empty() {
        if key == ELLIPSIS || is_empty_tuple(vm, key) {
            return write(vm, view, &layout, layout.buf, value);
        }
        return Err(vm.type_error("invalid indexing of 0-dim memory"));
    }
    if is_index(vm, key) {
        if layout.shape.len() > 1 {
            return Err(vm.not_implemented_error("sub-views are not implemented"));
        }
        let index = vm.index_value(key, types::INDEX_ERROR)?;
        let at = step(vm, &layout, layout.buf, 0, index)?;
        return write(vm, view, &layout, at, value);
    }
    if vm.type_of(key) == types::SLICE && layout.shape.len() == 1 {
        return assign_slice(vm, view, &layout, key, value);
    }
    match item_at(vm, &layout, key)? {
        Some(at) => write(vm, view, &layout, at, value),
        None => Err(vm.type_error("memoryview: invalid slice key")),
    }
}

fn write(vm: &mut Vm, view: Addr, layout: &Layout, at: Addr, value: Addr) -> PyResult<()> {
    let raw = item::pack(vm, layout.format, value)?;
    // The conversion may have run code that released the view.
    check_released(vm, view)?;
    vm.heap.space.bytes_mut(at, raw.len()).copy_from_slice(&raw);
    Ok(())
}

fn assign_slice(vm: &mut Vm, view: Addr, own: &Layout, key: Addr, value: Addr) -> PyResult<()> {
    let target = sliced(vm, view, own, key)?;
    let source = super::new(vm, value);
    let source = source.map_err(|raised| bytes_like_words(vm, value, raised))?;
    let given = layout(vm, source.addr());
    let same = given.shape == target.shape
        && given.format == target.format
        && given.itemsize == target.itemsize;
    let content = to_vec(vm, &given);
    vm.decref(source);
    if !same {
        return Err(
            vm.value_error("memoryview assignment: lvalue and rvalue have different structures")
        );
    }
    for (at, raw) in target
        .items()
        .into_iter()
        .zip(content.chunks(target.itemsize.max(1)))
    {
        vm.heap.space.bytes_mut(at, raw.len()).copy_from_slice(raw);
    }
    Ok(())
}

/// The words of a `TypeError` for a value without a buffer.
fn bytes_like_words(vm: &mut Vm, value: Addr, raised: Raised) -> Raised {
    if !vm.raised_is(types::TYPE_ERROR) || buffer::is_buffer(vm, value) {
        return raised;
    }
    vm.clear_raised();
    buffer::required_error(vm, value)
}

/// The items as lists in lists.
pub(super) fn to_list(vm: &mut Vm, layout: &Layout, from: Addr, dimension: usize) -> PyResult<Own> {
    if dimension == layout.shape.len() {
        return Ok(read(vm, layout, from));
    }
    let mut items = Vec::with_capacity(layout.shape[dimension]);
    for i in 0..layout.shape[dimension] as isize {
        let at = from.at((i * layout.strides[dimension]) as u64);
        items.push(to_list(vm, layout, at, dimension + 1)?);
    }
    list::from_owned(vm, items)
}

/// `==` and `!=`: same shape, and equal items whatever the formats.
pub(super) fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let is_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    if !is_equality || !buffer::is_buffer(vm, right) || vm.type_of(left) != types::MEMORYVIEW {
        return Ok(vm.not_implemented());
    }
    let released = super::is_released(vm, left)
        || (vm.type_of(right) == types::MEMORYVIEW && super::is_released(vm, right));
    let equal = if released || left == right {
        left == right
    } else {
        same_items(vm, left, right)?
    };
    Ok(vm.bool(equal == (op == CompareOp::Eq)))
}

fn same_items(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<bool> {
    let other = super::new(vm, right)?;
    let (one, two) = (layout(vm, left), layout(vm, other.addr()));
    let mut equal = one.shape == two.shape;
    if equal && one.format == two.format && !matches!(one.format, b'f' | b'd' | b'e' | b'?') {
        equal = to_vec(vm, &one) == to_vec(vm, &two);
    } else if equal {
        for (a, b) in one.items().into_iter().zip(two.items()) {
            let (a, b) = (read(vm, &one, a), read(vm, &two, b));
            let same = vm.rich_compare(a.addr(), b.addr(), CompareOp::Eq)?;
            equal = vm.is_true(same.addr())?;
            for used in [same, a, b] {
                vm.decref(used);
            }
            if !equal {
                break;
            }
        }
    }
    vm.decref(other);
    Ok(equal)
}

pub(super) fn hash(vm: &mut Vm, view: Addr) -> PyResult<i64> {
    let known = vm.word(view, super::HASH) as i64;
    if known != -1 {
        return Ok(known);
    }
    check_released(vm, view)?;
    let layout = layout(vm, view);
    if !layout.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !matches!(layout.format, b'B' | b'b' | b'c') {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let base = vm.field(view, super::OBJ);
    vm.hash(base)?;
    let hash = str::hash_bytes(vm.profile.hash, &to_vec(vm, &layout));
    vm.set_word(view, super::HASH, hash as u64);
    Ok(hash)
}
