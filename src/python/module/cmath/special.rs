//! What the functions give where a part of the argument is infinite or NaN, as C99's annex G has it.
//!
//! A row for each kind of real part, a column for each of the imaginary part: -inf, negative, -0, 0, positive, inf,
//! NaN. An entry is a letter a part: `z` 0, `o` 1, `i` inf, `n` NaN, `p` pi, `h` pi/2, `q` pi/4, `t` 3pi/4; a capital
//! is negative. `!!` is a domain error; `..` is computed.

use crate::python::object::complex::Value;
use std::f64::consts::PI;

/// The values of a function.
pub struct Table([&'static str; 7]);

/// `acos`
pub const ACOS: Table = Table([
    "ti pi pi pI pI tI ni",
    "hi .. .. .. .. hI nn",
    "hi .. .. .. .. hI hn",
    "hi .. .. .. .. hI hn",
    "hi .. .. .. .. hI nn",
    "qi zi zi zI zI qI ni",
    "ni nn nn nn nn nI nn",
]);
/// `acosh`
pub const ACOSH: Table = Table([
    "iT iP iP ip ip it in",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iQ iZ iZ iz iz iq in",
    "in nn nn nn nn in nn",
]);
/// `asinh`
pub const ASINH: Table = Table([
    "IQ IZ IZ Iz Iz Iq In",
    "IH .. .. .. .. Ih nn",
    "IH .. .. .. .. Ih nn",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iQ iZ iZ iz iz iq in",
    "in nn nZ nz nn in nn",
]);
/// `atanh`
pub const ATANH: Table = Table([
    "ZH ZH ZH Zh Zh Zh Zn",
    "ZH .. .. .. .. Zh nn",
    "ZH .. .. .. .. Zh Zn",
    "zH .. .. .. .. zh zn",
    "zH .. .. .. .. zh nn",
    "zH zH zH zh zh zh zn",
    "zH nn nn nn nn zh nn",
]);
/// `cosh`
pub const COSH: Table = Table([
    "!! Ii iz iZ II !! in",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nz",
    "!! .. .. .. .. !! nz",
    "!! .. .. .. .. !! nn",
    "!! II iZ iz Ii !! in",
    "nn nn nz nz nn nn nn",
]);
/// `exp`
pub const EXP: Table = Table([
    "zz ZZ zZ zz Zz zz zz",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nn",
    "!! II iZ iz Ii !! in",
    "nn nn nZ nz nn nn nn",
]);
/// `log`
pub const LOG: Table = Table([
    "iT iP iP ip ip it in",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iH .. .. .. .. ih nn",
    "iQ iZ iZ iz iz iq in",
    "in nn nn nn nn in nn",
]);
/// `sinh`
pub const SINH: Table = Table([
    "!! iI IZ Iz ii !! in",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! zn",
    "!! .. .. .. .. !! zn",
    "!! .. .. .. .. !! nn",
    "!! II iZ iz Ii !! in",
    "nn nn nZ nz nn nn nn",
]);
/// `sqrt`
pub const SQRT: Table = Table([
    "iI zI zI zi zi ii ni",
    "iI .. .. .. .. ii nn",
    "iI .. .. .. .. ii nn",
    "iI .. .. .. .. ii nn",
    "iI .. .. .. .. ii nn",
    "iI iZ iZ iz iz ii in",
    "iI nn nn nn nn ii nn",
]);
/// `tanh`
pub const TANH: Table = Table([
    "Oz Oz OZ Oz OZ Oz Oz",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nn",
    "!! .. .. .. .. !! nn",
    "oz oz oZ oz oZ oz oz",
    "nn nn nZ nz nn nn nn",
]);
/// `rect`
pub const RECT: Table = Table([
    "!! ii Iz IZ iI !! in",
    "!! .. .. .. .. !! nn",
    "zz .. .. .. .. zz zz",
    "zz .. .. .. .. zz zz",
    "!! .. .. .. .. !! nn",
    "!! II iZ iz Ii !! in",
    "nn nn nz nz nn nn nn",
]);

/// What a table says about an argument.
pub enum Special {
    /// The argument is an ordinary one.
    Ordinary,
    /// There is no value.
    Domain,
    /// The value.
    Value(Value),
}

impl Table {
    /// The entry for the argument.
    pub fn get(&self, (real, imag): Value) -> Special {
        if real.is_finite() && imag.is_finite() {
            return Special::Ordinary;
        }
        let (row, column) = (self.0[kind(real)].as_bytes(), 3 * kind(imag));
        match (row.get(column), row.get(column + 1)) {
            (Some(b'!'), _) => Special::Domain,
            (Some(b'.'), _) => Special::Ordinary,
            (Some(real), Some(imag)) => Special::Value((number(*real), number(*imag))),
            _ => Special::Ordinary,
        }
    }
}

fn kind(x: f64) -> usize {
    match (x.is_nan(), x.is_infinite(), x == 0.0, x.is_sign_negative()) {
        (true, ..) => 6,
        (_, true, _, negative) => {
            if negative {
                0
            } else {
                5
            }
        }
        (_, _, true, negative) => {
            if negative {
                2
            } else {
                3
            }
        }
        (.., negative) => {
            if negative {
                1
            } else {
                4
            }
        }
    }
}

fn number(letter: u8) -> f64 {
    let magnitude = match letter.to_ascii_lowercase() {
        b'z' => 0.0,
        b'o' => 1.0,
        b'i' => f64::INFINITY,
        b'p' => PI,
        b'h' => PI / 2.0,
        b'q' => PI / 4.0,
        b't' => 3.0 * PI / 4.0,
        _ => return f64::NAN,
    };
    if letter.is_ascii_uppercase() {
        -magnitude
    } else {
        magnitude
    }
}
