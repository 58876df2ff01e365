//! `str.__format__`

use super::layout::checked_width;
use super::spec::{Align, Sign, Spec};
use crate::python::memory::{Addr, Own};
use crate::python::object::str;
use crate::python::vm::{PyResult, Vm};

/// Formats a string: cut to the precision, padded to the width.
pub fn format(vm: &mut Vm, object: Addr, spec: &Spec) -> PyResult<Own> {
    if spec.code != u32::from(b's') {
        return Err(spec.unknown_code(vm, object));
    }
    let wrong = if spec.sign == Sign::Space {
        Some("Space not allowed in string format specifier")
    } else if spec.sign != Sign::Default {
        Some("Sign not allowed in string format specifier")
    } else if spec.no_negative_zero {
        Some("Negative zero coercion (z) not allowed in string format specifier")
    } else if spec.alternate {
        Some("Alternate form (#) not allowed in string format specifier")
    } else if spec.align == Align::AfterSign {
        Some("'=' alignment not allowed in string format specifier")
    } else {
        None
    };
    if let Some(message) = wrong {
        return Err(vm.value_error(message));
    }
    let full = str::len(vm, object);
    let len = spec.precision.map_or(full, |precision| precision.min(full));
    let padding = checked_width(vm, spec)?.saturating_sub(len);
    if padding == 0 && len == full && str::check_exact(vm, object) {
        return Ok(vm.incref(object));
    }
    let left = match spec.align {
        Align::Left => 0,
        Align::Center => padding / 2,
        _ => padding,
    };
    let mut text = vec![spec.fill; left];
    text.extend(str::view(vm, object).slice(0, len).iter());
    text.resize(padding + len, spec.fill);
    str::try_from_code_points(vm, &text)
}
