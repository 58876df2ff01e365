//! What arrays can do.

use super::slots::{position, replace};
use super::{check, code, content, content_mut, get, insert_at, item, itemsize, len, new, resize};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    NONE, buffer, bytearray, bytes, index as indices, int, list, str, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// `array(typecode, initializer)`
pub fn construct(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 && indices::new_refuses_keywords(vm, class, types::ARRAY) {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    match args.len() {
        1 | 2 => {}
        0 => return Err(vm.type_error("array() takes at least 1 argument (0 given)")),
        count => {
            return Err(vm.type_error(format!("array() takes at most 2 arguments ({count} given)")));
        }
    }
    let given = args.get(vm, 0);
    if !str::check(vm, given) || str::len(vm, given) != 1 {
        let got = vm.type_name(given);
        return Err(vm.type_error(format!(
            "array() argument 1 must be a unicode character, not {got}"
        )));
    }
    let initial = args.opt(vm, 1).filter(|initial| *initial != NONE);
    let code = u8::try_from(str::point(vm, given, 0)).unwrap_or(0);
    let is_text = matches!(code, b'u' | b'w');
    if let Some(initial) = initial
        && !is_text
    {
        if str::check(vm, initial) {
            return Err(vm.type_error(format!(
                "cannot use a str to initialize an array with typecode '{}'",
                char::from(code)
            )));
        }
        if check(vm, initial) && matches!(super::code(vm, initial), b'u' | b'w') {
            return Err(vm.type_error(format!(
                "cannot use a unicode array to initialize an array with typecode '{}'",
                char::from(code)
            )));
        }
    }
    if item::size_of(code).is_none() {
        return Err(
            vm.value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        );
    }
    if code == b'u' {
        vm.warn(
            types::DEPRECATION_WARNING,
            "The 'u' type code is deprecated and will be removed in Python 3.16",
        )?;
    }
    let array = new(vm, class, code, 0)?;
    if let Some(initial) = initial {
        initialize(vm, array.addr(), initial)?;
    }
    Ok(array)
}

/// Fills a new array. A list or tuple gives it exactly the room that it needs.
fn initialize(vm: &mut Vm, array: Addr, initial: Addr) -> PyResult<()> {
    if str::check(vm, initial) {
        return add_text(vm, array, initial);
    }
    if bytes::check(vm, initial) || bytearray::check(vm, initial) {
        return frombytes(vm, array, initial);
    }
    let exact = if vm.type_check(initial, types::LIST) {
        Some(list::items(vm, initial).len())
    } else if vm.type_check(initial, types::TUPLE) {
        Some(tuple::len(vm, initial))
    } else {
        check(vm, initial).then(|| len(vm, initial))
    };
    let Some(count) = exact else {
        return extend(vm, array, initial);
    };
    let made = new(vm, types::ARRAY, code(vm, array), count)?;
    for i in 0..count {
        let value = vm.sequence_item(initial, i as isize)?;
        super::set(vm, made.addr(), i, value.addr())?;
        vm.decref(value);
    }
    // The items change hands: the helper dies without them.
    for field in [
        super::ITEMS,
        super::ALLOCATED,
        crate::python::object::OB_SIZE,
    ] {
        let word = vm.word(made.addr(), field);
        vm.set_word(array, field, word);
        vm.set_word(made.addr(), field, 0);
    }
    vm.decref(made);
    Ok(())
}

fn add_text(vm: &mut Vm, array: Addr, text: Addr) -> PyResult<()> {
    let points = str::view(vm, text).to_vec();
    let old = len(vm, array);
    if points.is_empty() {
        return Ok(());
    }
    resize(vm, array, old + points.len())?;
    let raw: Vec<u8> = points
        .iter()
        .flat_map(|point| point.to_le_bytes())
        .collect();
    content_mut(vm, array)[4 * old..].copy_from_slice(&raw);
    Ok(())
}

pub fn append(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let end = len(vm, array);
    insert_at(vm, array, end, args.get(vm, 0))?;
    Ok(vm.none())
}

pub fn extend(vm: &mut Vm, array: Addr, other: Addr) -> PyResult<()> {
    if check(vm, other) {
        if code(vm, array) != code(vm, other) {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        let more = content(vm, other).to_vec();
        let (old, count) = (len(vm, array), len(vm, other));
        resize(vm, array, old + count)?;
        let at = old * itemsize(vm, array);
        content_mut(vm, array)[at..].copy_from_slice(&more);
        return Ok(());
    }
    let iterator = vm.get_iter(other)?;
    while let Some(value) = vm.iter_next(iterator.addr())? {
        let end = len(vm, array);
        insert_at(vm, array, end, value.addr())?;
        vm.decref(value);
    }
    vm.decref(iterator);
    Ok(())
}

pub fn buffer_info(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let items = vm.field(array, super::ITEMS);
    let (address, count) = (int::from_u64(vm, items.0), len(vm, array));
    let count = int::from_usize(vm, count);
    Ok(tuple::pair(vm, address, count))
}

pub fn byteswap(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let size = itemsize(vm, array);
    content_mut(vm, array)
        .chunks_exact_mut(size)
        .for_each(<[u8]>::reverse);
    Ok(vm.none())
}

pub fn count(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let (mut count, mut at) = (0, 0);
    while let Some(found) = position(vm, array, args.get(vm, 0), at)? {
        count += 1;
        at = found + 1;
    }
    Ok(int::new(vm, count))
}

pub fn fromlist(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    if !vm.type_check(given, types::LIST) {
        return Err(vm.type_error("arg must be list"));
    }
    let (old, count) = (len(vm, array), list::len(vm, given));
    if count == 0 {
        return Ok(vm.none());
    }
    resize(vm, array, old + count)?;
    for i in 0..count {
        let value = list::item(vm, given, i);
        let value = vm.incref(value);
        let result = super::set(vm, array, old + i, value.addr());
        vm.decref(value);
        if let Err(raised) = result {
            resize(vm, array, old)?;
            return Err(raised);
        }
        if list::len(vm, given) != count {
            resize(vm, array, old)?;
            return Err(vm.runtime_error("list changed size during iteration"));
        }
    }
    Ok(vm.none())
}

pub fn frombytes(vm: &mut Vm, array: Addr, source: Addr) -> PyResult<()> {
    let more = buffer::content(vm, source)?;
    let size = itemsize(vm, array);
    if more.len() % size != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    let old = len(vm, array);
    if more.is_empty() {
        return Ok(());
    }
    resize(vm, array, old + more.len() / size)?;
    content_mut(vm, array)[old * size..].copy_from_slice(&more);
    Ok(())
}

pub fn fromunicode(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let text = args.get(vm, 0);
    if !str::check(vm, text) {
        let got = vm.type_name(text);
        return Err(vm.type_error(format!("fromunicode() argument must be str, not {got}")));
    }
    if !matches!(code(vm, array), b'u' | b'w') {
        return Err(
            vm.value_error("fromunicode() may only be called on unicode type arrays ('u' or 'w')")
        );
    }
    add_text(vm, array, text)?;
    Ok(vm.none())
}

pub fn index(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let (start, stop) = indices::search_bounds(vm, args, len(vm, array))?;
    match position(vm, array, args.get(vm, 0), start)? {
        Some(at) if at < stop => Ok(int::from_usize(vm, at)),
        _ => Err(vm.value_error("array.index(x): x not in array")),
    }
}

pub fn insert(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let at = indices::ssize(vm, args.get(vm, 0))?;
    let count = len(vm, array) as isize;
    let at = if at < 0 { (at + count).max(0) } else { at };
    insert_at(vm, array, at as usize, args.get(vm, 1))?;
    Ok(vm.none())
}

pub fn pop(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let at = match args.opt(vm, 0) {
        Some(at) => indices::ssize(vm, at)?,
        None => -1,
    };
    let count = len(vm, array);
    if count == 0 {
        return Err(vm.index_error("pop from empty array"));
    }
    let at = if at < 0 { at + count as isize } else { at };
    let Some(at) = usize::try_from(at).ok().filter(|at| *at < count) else {
        return Err(vm.index_error("pop index out of range"));
    };
    let value = get(vm, array, at)?;
    replace(vm, array, at, at + 1, &[], 0)?;
    Ok(value)
}

pub fn remove(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    match position(vm, array, args.get(vm, 0), 0)? {
        Some(at) => {
            replace(vm, array, at, at + 1, &[], 0)?;
            Ok(vm.none())
        }
        None => Err(vm.value_error("array.remove(x): x not in array")),
    }
}

pub fn reverse(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let size = itemsize(vm, array);
    let content = content_mut(vm, array);
    content.reverse();
    content.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    Ok(vm.none())
}

/// All items as a list.
pub fn list_of(vm: &mut Vm, array: Addr) -> PyResult<Own> {
    let mut items = Vec::with_capacity(len(vm, array));
    for i in 0..len(vm, array) {
        items.push(get(vm, array, i)?);
    }
    list::from_owned(vm, items)
}

/// All characters as a text.
pub fn text_of(vm: &mut Vm, array: Addr) -> PyResult<Own> {
    let points: Vec<u32> = content(vm, array)
        .chunks_exact(4)
        .map(|raw| u32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]))
        .collect();
    if let Some(point) = points.iter().find(|point| **point > 0x10_FFFF) {
        return Err(vm.value_error(format!(
            "character U+{point:x} is not in range [U+0000; U+10ffff]"
        )));
    }
    str::try_from_code_points(vm, &points)
}

pub fn tolist(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    list_of(vm, array)
}

pub fn tobytes(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    let all = content(vm, array).to_vec();
    bytes::try_new(vm, &all)
}

pub fn tounicode(vm: &mut Vm, array: Addr, _: Args) -> PyResult<Own> {
    if !matches!(code(vm, array), b'u' | b'w') {
        return Err(
            vm.value_error("tounicode() may only be called on unicode type arrays ('u' or 'w')")
        );
    }
    text_of(vm, array)
}

/// `array.tofile(f)`: in blocks of 64 KiB, as CPython writes it.
pub fn tofile(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let (file, all) = (args.get(vm, 0), content(vm, array).to_vec());
    for block in all.chunks(64 << 10) {
        let block = bytes::try_new(vm, block)?;
        let result = vm.call_method(file, vm.names.write, &[block.addr()])?;
        vm.decref(result);
        vm.decref(block);
    }
    Ok(vm.none())
}

/// `array.fromfile(f, n)`
pub fn fromfile(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let count = indices::ssize(vm, args.get(vm, 1))?;
    let Ok(count) = usize::try_from(count) else {
        return Err(vm.value_error("negative count"));
    };
    let Some(wanted) = count.checked_mul(itemsize(vm, array)) else {
        return Err(vm.memory_error());
    };
    let (read, size) = (str::intern(vm, "read"), int::from_usize(vm, wanted));
    let more = vm.call_method(args.get(vm, 0), read.addr(), &[size.addr()])?;
    vm.decref(read);
    vm.decref(size);
    if !bytes::check(vm, more.addr()) {
        return Err(vm.type_error("read() didn't return bytes"));
    }
    let got = bytes::len(vm, more.addr());
    frombytes(vm, array, more.addr())?;
    vm.decref(more);
    if got != wanted {
        return Err(vm.error(types::EOF_ERROR, "read() didn't return enough bytes"));
    }
    Ok(vm.none())
}

/// The number of the machine format of a type code: width, sign, byte order.
fn machine_format(code: u8) -> i64 {
    match code {
        b'B' => 0,
        b'b' => 1,
        b'H' => 2,
        b'h' => 4,
        b'I' => 6,
        b'i' => 8,
        b'L' | b'Q' => 10,
        b'l' | b'q' => 12,
        b'f' => 14,
        b'd' => 16,
        _ => 20,
    }
}

pub fn reduce(vm: &mut Vm, array: Addr, args: Args) -> PyResult<Own> {
    let protocol = indices::ssize(vm, args.get(vm, 0))?;
    let class = vm.incref(vm.type_of(array));
    let code = code(vm, array);
    let letter = str::from_point(vm, u32::from(code));
    let state = match vm.get_attr_opt(array, vm.names.__dict__)? {
        Some(state) => state,
        None => vm.none(),
    };
    if protocol < 3 {
        let items = list_of(vm, array)?;
        let arguments = tuple::pair(vm, letter, items);
        return Ok(tuple::from_owned(vm, vec![class, arguments, state]));
    }
    let module = vm.import_module("array")?;
    let reconstructor = vm.get_attr_name(module.addr(), "_array_reconstructor")?;
    vm.decref(module);
    let format = int::new(vm, machine_format(code));
    let all = tobytes(vm, array, Args::NONE)?;
    let arguments = tuple::from_owned(vm, vec![class, letter, format, all]);
    Ok(tuple::from_owned(vm, vec![reconstructor, arguments, state]))
}

/// `_array_reconstructor(class, typecode, machine format, bytes)`
pub fn reconstruct(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let [class, letter, items] = [0, 1, 3].map(|i| args.get(vm, i));
    let format = super::super::int_argument(vm, args.get(vm, 2))?;
    if !bytes::check(vm, items) {
        let got = vm.type_name(items);
        return Err(vm.type_error(format!("fourth argument should be bytes, not {got}")));
    }
    if !(0..=21).contains(&format) {
        return Err(vm.value_error("third argument must be a valid machine format code."));
    }
    let array = vm.call(class, &[letter])?;
    if !check(vm, array.addr()) {
        return Err(vm.type_error("first argument must be a subtype of array.array"));
    }
    frombytes(vm, array.addr(), items)?;
    // The odd formats are the big-endian ones.
    if format > 1 && format & 1 == 1 {
        let result = byteswap(vm, array.addr(), Args::NONE)?;
        vm.decref(result);
    }
    Ok(array)
}
