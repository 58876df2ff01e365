//! Sign, prefix, grouped digits and padding, put together.

use super::spec::{Align, Grouping, Spec};
use crate::python::memory::Own;
use crate::python::object::str;
use crate::python::vm::{PyResult, Vm};

/// A number's text in parts, each of them ASCII.
pub struct Number<'a> {
    /// `-`, `+`, a space or nothing.
    pub sign: &'a str,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// Digits before the point, which are grouped and padded with zeros.
    pub digits: &'a str,
    /// From the point on.
    pub rest: &'a str,
}

impl Number<'_> {
    /// The text of the number, padded as `spec` says.
    pub fn layout(&self, vm: &mut Vm, spec: &Spec) -> PyResult<Own> {
        let width = checked_width(vm, spec)?;
        let fixed = self.sign.len() + self.prefix.len() + self.rest.len();
        let zeros = spec.fill == u32::from(b'0') && spec.align == Align::AfterSign;
        let grouped = (spec.grouping != Grouping::None).then(|| {
            let least = if zeros {
                width.saturating_sub(fixed)
            } else {
                0
            };
            group(self.digits, spec.grouping, least)
        });
        let digits = grouped.as_deref().unwrap_or(self.digits);
        let padding = width.saturating_sub(fixed + digits.len());
        let number = [self.sign, self.prefix, digits, self.rest];
        let (head, tail) = number.split_at(2);
        match spec.align {
            // `inf` and `nan` have no digits, and zeros before them are padding like any other.
            Align::AfterSign => pad(vm, spec.fill, head, padding, tail, 0),
            Align::Left => pad(vm, spec.fill, &[], 0, &number, padding),
            Align::Right => pad(vm, spec.fill, &[], padding, &number, 0),
            Align::Center => {
                let left = padding / 2;
                pad(vm, spec.fill, &[], left, &number, padding - left)
            }
        }
    }
}

/// The width as far as there is memory for it.
pub fn checked_width(vm: &mut Vm, spec: &Spec) -> PyResult<usize> {
    let width = spec.width.unwrap_or(0);
    if width as u64 > vm.limits.heap_bytes {
        return Err(vm.memory_error());
    }
    vm.check_steps(width as u64 / 64)?;
    Ok(width)
}

/// Digits with separators, at least `min_width` characters with zeros in front.
pub fn group(digits: &str, grouping: Grouping, min_width: usize) -> String {
    let Some((separator, size)) = grouping.parts() else {
        let zeros = if digits.is_empty() {
            0
        } else {
            min_width.saturating_sub(digits.len())
        };
        return ["0".repeat(zeros).as_str(), digits].concat();
    };
    let (mut reversed, mut taken) = (Vec::with_capacity(digits.len() * 4 / 3 + 1), 0);
    let mut rest = digits.bytes().rev();
    loop {
        let next = rest.next();
        // A separator counts towards the width, but never comes first.
        if next.is_none() && (reversed.len() >= min_width || taken == 0) {
            break;
        }
        if taken > 0 && taken % size == 0 {
            reversed.push(separator);
        }
        reversed.push(next.unwrap_or(b'0'));
        taken += 1;
    }
    reversed.reverse();
    String::from_utf8(reversed).unwrap_or_default()
}

/// Text before, padding, text after, padding.
pub fn pad(
    vm: &mut Vm,
    fill: u32,
    before: &[&str],
    left: usize,
    after: &[&str],
    right: usize,
) -> PyResult<Own> {
    let ascii = u8::try_from(fill).ok().filter(u8::is_ascii);
    let Some(fill_byte) = ascii else {
        let points = |parts: &[&str]| parts.concat().chars().map(u32::from).collect::<Vec<_>>();
        let text = [
            points(before),
            vec![fill; left],
            points(after),
            vec![fill; right],
        ]
        .concat();
        return str::try_from_code_points(vm, &text);
    };
    let given: usize = before.iter().chain(after).map(|part| part.len()).sum();
    let mut text = String::with_capacity(given + left + right);
    before.iter().for_each(|part| text.push_str(part));
    text.extend(std::iter::repeat_n(fill_byte as char, left));
    after.iter().for_each(|part| text.push_str(part));
    text.extend(std::iter::repeat_n(fill_byte as char, right));
    str::try_new(vm, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_grouped_too() {
        assert_eq!(group("1234567", Grouping::Comma, 0), "1,234,567");
        assert_eq!(group("123", Grouping::Comma, 0), "123");
        assert_eq!(group("1234", Grouping::Comma, 8), "0,001,234");
        assert_eq!(group("1234", Grouping::Comma, 7), "001,234");
        assert_eq!(group("1234", Grouping::None, 6), "001234");
        assert_eq!(group("11110000", Grouping::UnderscoreFour, 0), "1111_0000");
    }
}
