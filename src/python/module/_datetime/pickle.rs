//! What pickles keep of dates and times: their bytes, and their time zone. CPython: `datetime_getstate` and its like.

use super::arguments::{self, CInt};
use super::data;
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, bytes, dict, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The bit of a byte that holds the fold.
const FOLD: u8 = 0x80;

/// Bytes that a pickle gives a constructor as its first argument, or text that an old one gives, if they are so many and
/// `is_sane`.
///
/// # Errors
/// `ValueError` for a text that is no Latin-1.
pub fn state<const N: usize>(
    vm: &mut Vm,
    argument: Addr,
    what: &str,
    is_sane: impl Fn(&[u8; N]) -> bool,
) -> PyResult<Option<[u8; N]>> {
    if argument.is_null() {
        return Ok(None);
    }
    if bytes::check(vm, argument) {
        let state: Option<[u8; N]> = bytes::as_slice(vm, argument).try_into().ok();
        return Ok(state.filter(|state| is_sane(state)));
    }
    if !str::check(vm, argument) || str::len(vm, argument) != N {
        return Ok(None);
    }
    let points: Vec<u32> = str::view(vm, argument).to_vec();
    // A character that is no byte cannot be the sane one.
    let state: [u8; N] = std::array::from_fn(|i| u8::try_from(points[i]).unwrap_or(0));
    if !is_sane(&state) {
        return Ok(None);
    }
    if points.iter().any(|point| *point > 0xFF) {
        return Err(vm.value_error(format!(
            "Failed to encode latin1 string when unpickling a {what} object. pickle.load(data, encoding='latin1') is \
             assumed."
        )));
    }
    Ok(Some(state))
}

/// Takes the fold out of a byte.
pub fn take_fold(byte: &mut u8) -> i64 {
    let fold = i64::from(*byte & FOLD != 0);
    *byte &= !FOLD;
    fold
}

/// Raises `TypeError` for what is no time zone in a pickle.
pub fn check_zone(vm: &mut Vm, zone: Addr) -> PyResult<()> {
    if zone == NONE || vm.type_check(zone, types::TZINFO) {
        return Ok(());
    }
    Err(vm.type_error("bad tzinfo state arg"))
}

/// `(class, (bytes, zone))`; the fold goes into byte `at`.
pub fn reduce<const N: usize>(
    vm: &mut Vm,
    this: Addr,
    zone: Addr,
    fold: Option<usize>,
) -> PyResult<Own> {
    let mut state: [u8; N] = data(vm, this);
    if let Some(at) = fold {
        state[at] |= FOLD;
    }
    let state = bytes::new(vm, &state);
    let arguments = match zone {
        NONE => tuple::from_owned(vm, vec![state]),
        zone => {
            let zone = vm.incref(zone);
            tuple::pair(vm, state, zone)
        }
    };
    let class = vm.incref(vm.type_of(this));
    Ok(tuple::pair(vm, class, arguments))
}

/// The protocol that `__reduce_ex__` is called with; from 4 on it knows folds.
pub fn protocol(vm: &mut Vm, args: Args) -> PyResult<i64> {
    let [protocol] = arguments::exactly(vm, "__reduce_ex__", args)?;
    arguments::c_int(vm, protocol, CInt::Format)
}

/// `object.__getstate__()`; where there is no such method, the attributes if there are any.
pub fn object_state(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let name = str::intern(vm, "__getstate__");
    let method = vm.get_attr_opt(this, name.addr())?;
    vm.decref(name);
    if let Some(method) = method {
        let state = vm.call(method.addr(), &[])?;
        vm.decref(method);
        return Ok(state);
    }
    let attributes = vm.get_attr_opt(this, vm.names.__dict__)?;
    match attributes {
        Some(attributes) if dict::len(vm, attributes.addr()) > 0 => Ok(attributes),
        attributes => {
            vm.xdecref(attributes);
            Ok(vm.none())
        }
    }
}
