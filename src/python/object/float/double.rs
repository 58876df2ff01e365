//! A double in a given notation and precision. CPython: `PyOS_double_to_string`.

use super::text::{split_scientific, with_point};

/// No double has more significant digits, or more places after the point; what follows is zeros.
const PLACES_MAX: usize = 1100;

/// How the text of a number looks besides its digits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// `#`: always a point, and all the zeros that the precision gives.
    pub alternate: bool,
    /// A whole number gets `.0`.
    pub dot_zero: bool,
    /// `z`: what is rounded to zero has no minus sign.
    pub no_negative_zero: bool,
}

/// The text of `x`: `code` is one of `e f g r`, or in upper case `E F G`; `r` is for `repr` and takes no
/// precision. A minus sign is there when the number has one; a plus sign never is.
pub fn to_text(x: f64, code: u8, precision: usize, style: Style) -> String {
    let upper = code.is_ascii_uppercase();
    if !x.is_finite() {
        let text = match (x.is_nan(), x > 0.0) {
            (true, _) => "nan",
            (_, true) => "inf",
            _ => "-inf",
        };
        return if upper {
            text.to_ascii_uppercase()
        } else {
            text.to_owned()
        };
    }
    let magnitude = match code.to_ascii_lowercase() {
        b'e' => scientific(x.abs(), precision, style.alternate),
        b'f' => fixed(x.abs(), precision, style.alternate),
        b'g' => general(x.abs(), precision, style),
        _ => repr(x.abs(), style),
    };
    let is_zero = || {
        magnitude
            .bytes()
            .take_while(|c| !matches!(c, b'e' | b'E'))
            .all(|c| matches!(c, b'0' | b'.'))
    };
    let negative = x.is_sign_negative() && !(style.no_negative_zero && is_zero());
    let text = if negative {
        format!("-{magnitude}")
    } else {
        magnitude
    };
    if upper {
        text.to_ascii_uppercase()
    } else {
        text
    }
}

fn repr(x: f64, style: Style) -> String {
    let mut text = with_point(x, style.dot_zero);
    if style.alternate && !text.contains('.') {
        text.insert(text.find('e').unwrap_or(text.len()), '.');
    }
    text
}

fn fixed(x: f64, precision: usize, alternate: bool) -> String {
    let mut text = format!("{x:.*}", precision.min(PLACES_MAX));
    if precision == 0 && alternate {
        text.push('.');
    }
    text.extend(std::iter::repeat_n(
        '0',
        precision.saturating_sub(PLACES_MAX),
    ));
    text
}

fn scientific(x: f64, precision: usize, alternate: bool) -> String {
    let (mut digits, decpt) = split_scientific(&format!("{x:.*e}", precision.min(PLACES_MAX)));
    digits.extend(std::iter::repeat_n(
        '0',
        precision.saturating_sub(PLACES_MAX),
    ));
    with_exponent(&digits, decpt - 1, alternate)
}

/// `1.5`, `-7` as `1.5e-07`.
fn with_exponent(digits: &str, exponent: i32, alternate: bool) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() && !alternate {
        ""
    } else {
        "."
    };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{rest}e{sign}{:02}", exponent.abs())
}

/// `precision` significant digits, without trailing zeros; in scientific notation when the point would be far.
fn general(x: f64, precision: usize, style: Style) -> String {
    let precision = precision.max(1);
    let (mut digits, mut decpt) =
        split_scientific(&format!("{x:.*e}", (precision - 1).min(PLACES_MAX)));
    if x == 0.0 {
        decpt = 1;
    }
    digits.truncate(digits.trim_end_matches('0').len().max(1));
    if style.alternate {
        let zeros = precision.saturating_sub(digits.len());
        digits.extend(std::iter::repeat_n('0', zeros));
    }
    let fixed_max = precision as i64 - i64::from(style.dot_zero);
    if decpt <= -4 || i64::from(decpt) > fixed_max {
        return with_exponent(&digits, decpt - 1, style.alternate);
    }
    if decpt <= 0 {
        let zeros = "0".repeat(-decpt as usize);
        return format!("0.{zeros}{digits}");
    }
    let decpt = decpt as usize;
    if digits.len() > decpt {
        let (whole, fraction) = digits.split_at(decpt);
        return format!("{whole}.{fraction}");
    }
    let zeros = "0".repeat(decpt - digits.len());
    let tail = match (style.dot_zero, style.alternate) {
        (true, _) => ".0",
        (_, true) => ".",
        _ => "",
    };
    format!("{digits}{zeros}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations() {
        let plain = Style::default();
        let alternate = Style {
            alternate: true,
            ..plain
        };
        let dot_zero = Style {
            dot_zero: true,
            ..plain
        };
        for (x, code, precision, style, text) in [
            (3.14159, b'f', 2, plain, "3.14"),
            (2.5, b'f', 0, plain, "2"),
            (3.5, b'f', 0, plain, "4"),
            (0.125, b'f', 2, plain, "0.12"),
            (2.0, b'f', 0, alternate, "2."),
            (12345.678, b'e', 3, plain, "1.235e+04"),
            (2.5, b'e', 0, plain, "2e+00"),
            (1.0, b'E', 0, alternate, "1.E+00"),
            (0.0001, b'g', 6, plain, "0.0001"),
            (0.00001, b'g', 6, plain, "1e-05"),
            (123456789.0, b'g', 6, plain, "1.23457e+08"),
            (100000.0, b'g', 6, plain, "100000"),
            (1000000.0, b'G', 6, plain, "1E+06"),
            (0.0, b'g', 6, plain, "0"),
            (0.0, b'g', 3, alternate, "0.00"),
            (1.5, b'g', 6, alternate, "1.50000"),
            (1.0, b'g', 3, dot_zero, "1.0"),
            (100.0, b'g', 3, dot_zero, "1e+02"),
            (
                -0.0,
                b'f',
                1,
                Style {
                    no_negative_zero: true,
                    ..plain
                },
                "0.0",
            ),
            (
                -0.04,
                b'f',
                1,
                Style {
                    no_negative_zero: true,
                    ..plain
                },
                "0.0",
            ),
            (f64::NEG_INFINITY, b'F', 1, plain, "-INF"),
            (1e16, b'r', 0, dot_zero, "1e+16"),
            (1e16, b'r', 0, alternate, "1.e+16"),
        ] {
            assert_eq!(to_text(x, code, precision, style), text);
        }
        assert_eq!(to_text(1.0, b'f', 2000, plain).len(), 2002);
        assert_eq!(to_text(1.0, b'e', 2000, plain).len(), 2006);
        assert_eq!(to_text(1.5, b'g', 200_000, plain), "1.5");
    }
}
