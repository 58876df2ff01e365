//! Indices, slices and repetition, as every sequence reads them. CPython: `PySlice_Unpack`,
//! `PySlice_AdjustIndices`, `_PyEval_SliceIndex`.

use super::{NONE, Slots, int, slice, types};
use crate::python::memory::Addr;
use crate::python::vm::{Args, PyResult, Vm};
use num_bigint::Sign;

/// Whether the object can stand as an index: `_PyIndex_Check`.
#[inline]
pub fn is_index(vm: &Vm, object: Addr) -> bool {
    vm.type_of(object) == types::INT || vm.slots(object).index.is_some()
}

/// A slice applied to a sequence: items `start`, `start + step`, … `count` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceBounds {
    /// The first item.
    pub start: isize,
    /// Where the slice ends, as Python counts: before this for a positive step.
    pub stop: isize,
    /// The distance; never 0.
    pub step: isize,
    /// The number of items.
    pub count: usize,
}

impl SliceBounds {
    /// Reads a `slice` object, then the length (the slice's `__index__` may change it).
    pub fn of(vm: &mut Vm, key: Addr, len: impl FnOnce(&Vm) -> usize) -> PyResult<SliceBounds> {
        let (start, stop, step) = unpack(vm, key)?;
        Ok(SliceBounds::adjust(start, stop, step, len(vm)))
    }

    /// `PySlice_AdjustIndices`
    pub fn adjust(start: isize, stop: isize, step: isize, len: usize) -> SliceBounds {
        let len = len as isize;
        let clip = |bound: isize| {
            if bound < 0 {
                let from_end = bound.saturating_add(len);
                if from_end < 0 {
                    if step < 0 { -1 } else { 0 }
                } else {
                    from_end
                }
            } else if bound >= len {
                if step < 0 { len - 1 } else { len }
            } else {
                bound
            }
        };
        let (start, stop) = (clip(start), clip(stop));
        let count = if step < 0 && stop < start {
            (start - stop - 1) / step.saturating_neg() + 1
        } else if step > 0 && start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        };
        SliceBounds {
            start,
            stop,
            step,
            count: count as usize,
        }
    }
}

/// The three numbers of a slice: `PySlice_Unpack`.
pub fn unpack(vm: &mut Vm, key: Addr) -> PyResult<(isize, isize, isize)> {
    let step = match vm.field(key, slice::STEP) {
        NONE => 1,
        step => match bound(vm, step)? {
            0 => return Err(vm.value_error("slice step cannot be zero")),
            step => step.max(-isize::MAX),
        },
    };
    let start = match vm.field(key, slice::START) {
        NONE if step < 0 => isize::MAX,
        NONE => 0,
        start => bound(vm, start)?,
    };
    let stop = match vm.field(key, slice::STOP) {
        NONE if step < 0 => isize::MIN,
        NONE => isize::MAX,
        stop => bound(vm, stop)?,
    };
    Ok((start, stop, step))
}

/// A bound of a slice that is not `None`, clipped to what an index can be: `_PyEval_SliceIndexNotNone`.
pub fn bound(vm: &mut Vm, value: Addr) -> PyResult<isize> {
    if !is_index(vm, value) {
        return Err(
            vm.type_error("slice indices must be integers or None or have an __index__ method")
        );
    }
    clipped(vm, value)
}

/// The same where `None` is not welcome: the bounds of `list.index`.
fn search_bound(vm: &mut Vm, value: Addr) -> PyResult<isize> {
    if !is_index(vm, value) {
        return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
    }
    clipped(vm, value)
}

/// `operator.index(value)`, clipped: `PyNumber_AsSsize_t(value, NULL)`.
pub fn clipped(vm: &mut Vm, value: Addr) -> PyResult<isize> {
    if vm.type_of(value) == types::INT
        && let Some(number) = int::as_i64(vm, value)
    {
        return Ok(number as isize);
    }
    let number = vm.index(value)?;
    let clipped = match int::as_i64(vm, number.addr()) {
        Some(small) => small as isize,
        None if int::to_big(vm, number.addr()).sign() == Sign::Minus => isize::MIN,
        None => isize::MAX,
    };
    vm.decref(number);
    Ok(clipped)
}

/// An argument that C takes as a `Py_ssize_t`: `PyNumber_Index`, then `PyLong_AsSsize_t`.
pub fn ssize(vm: &mut Vm, value: Addr) -> PyResult<isize> {
    let number = vm.index(value)?;
    let small = int::as_i64(vm, number.addr());
    vm.decref(number);
    match small {
        Some(small) => Ok(small as isize),
        None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// The bounds of `index(value, start, stop)` for a sequence of `len` items.
pub fn search_bounds(vm: &mut Vm, args: Args, len: usize) -> PyResult<(usize, usize)> {
    let mut read = |i: usize, default: isize| match args.opt(vm, i) {
        None => Ok(default),
        Some(value) => search_bound(vm, value),
    };
    let (start, stop) = (read(1, 0)?, read(2, isize::MAX)?);
    let from_end = |bound: isize| {
        if bound < 0 {
            bound.saturating_add(len as isize).max(0) as usize
        } else {
            bound as usize
        }
    };
    Ok((from_end(start), from_end(stop)))
}

/// `count * times` as the length of a new sequence, if the address space could hold it.
pub fn checked_room(vm: &mut Vm, count: usize, times: usize) -> PyResult<usize> {
    match count.checked_mul(times) {
        Some(total) if total <= (isize::MAX / 8) as usize => Ok(total),
        _ => Err(vm.memory_error()),
    }
}

/// Fills `target` with `times` copies of the `count` references at `source`, counting each.
pub fn fill_repeated(vm: &mut Vm, source: Addr, count: usize, target: Addr, times: usize) {
    for i in 0..count as u64 {
        let item = vm.field(source, 8 * i);
        vm.incref_many(item, times as u64);
        vm.set_word(target, 8 * i, item.0);
    }
    let (total, mut done) = (8 * count * times, 8 * count);
    while done < total {
        let chunk = done.min(total - done);
        vm.heap.space.copy(target, target.at(done as u64), chunk);
        done += chunk;
    }
}

/// Whether a class made of `base` takes no keywords: those that one of `__new__` and `__init__` does not want are for the
/// other, which `slot` names, if the class has one of its own.
pub fn refuses_keywords(
    vm: &Vm,
    class: Addr,
    base: Addr,
    slot: impl Fn(&Slots) -> Option<usize>,
) -> bool {
    let of = |class| slot(&vm.type_data(class).slots);
    class == base || (!vm.profile.subclasses_take_keywords && of(class) == of(base))
}

/// [`refuses_keywords`] for a `__new__`, by whose `__init__` the class has.
pub fn new_refuses_keywords(vm: &Vm, class: Addr, base: Addr) -> bool {
    refuses_keywords(vm, class, base, |slots| {
        slots.init.map(|slot| slot as usize)
    })
}

/// The only argument of `list()`, `tuple()` and their like, if given: `_PyArg_CheckPositional(0, 1)`.
pub fn one_positional(
    vm: &mut Vm,
    args: Args,
    name: &str,
    refuses: bool,
) -> PyResult<Option<Addr>> {
    if refuses && args.keyword_count() > 0 {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    if args.len() > 1 {
        let given = args.len();
        return Err(vm.type_error(format!("{name} expected at most 1 argument, got {given}")));
    }
    Ok(args.opt(vm, 0))
}

/// Checks a count of positional arguments, in CPython's words: `_PyArg_CheckPositional`.
pub fn check_positional(
    vm: &mut Vm,
    name: &str,
    given: usize,
    min: usize,
    max: usize,
) -> PyResult<()> {
    let (bound, word) = if given < min {
        (min, "least")
    } else if given > max {
        (max, "most")
    } else {
        return Ok(());
    };
    let word = if min == max {
        String::new()
    } else {
        format!("at {word} ")
    };
    let plural = if bound == 1 { "" } else { "s" };
    Err(vm.type_error(format!(
        "{name} expected {word}{bound} argument{plural}, got {given}"
    )))
}

/// Refuses keywords: `_PyArg_NoKeywords`.
pub fn no_keywords(vm: &mut Vm, name: &str, args: Args) -> PyResult<()> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    Ok(())
}

/// Refuses keywords for a type itself and for subclasses that keep its `__init__`; others take them there.
pub fn refuse_keywords(
    vm: &mut Vm,
    class: Addr,
    base: Addr,
    name: &str,
    args: Args,
) -> PyResult<()> {
    if args.keyword_count() == 0 {
        return Ok(());
    }
    let init = |ty: Addr| vm.type_data(ty).slots.init.map(|init| init as usize);
    if class == base || init(class) == init(base) {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    Ok(())
}
