//! `unicodedata`: what Unicode says of characters. CPython: Modules/unicodedata.c.
//!
//! The data is that of `icu_properties`, `icu_normalizer` and `unicode_names2`, which may know characters that the
//! Unicode of an older CPython does not have yet.

use super::{NativeModule, add, add_str};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::unicode;
use crate::python::object::{Method, float, int, str};
use crate::python::version::Version;
use crate::python::vm::{Args, PyResult, Raised, Vm};
use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{
    BidiClass, BidiMirrored, CanonicalCombiningClass, EastAsianWidth, GeneralCategory,
};
use icu_properties::{CodePointMapData, CodePointSetData, PropertyNamesShort};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "unicodedata",
    methods: &[
        Method::new("category", "(chr, /)", |vm, _, args| {
            let point = point(vm, "category", args)?;
            let name = PropertyNamesShort::<GeneralCategory>::new().get(unicode::category(point));
            Ok(str::new(vm, name.unwrap_or("Cn")))
        }),
        Method::new("bidirectional", "(chr, /)", |vm, _, args| {
            let point = point(vm, "bidirectional", args)?;
            let class = CodePointMapData::<BidiClass>::new().get32(point);
            let is_known = unicode::category(point) != GeneralCategory::Unassigned;
            let name = PropertyNamesShort::<BidiClass>::new().get(class);
            Ok(str::new(vm, name.filter(|_| is_known).unwrap_or("")))
        }),
        Method::new("east_asian_width", "(chr, /)", |vm, _, args| {
            let point = point(vm, "east_asian_width", args)?;
            let width = CodePointMapData::<EastAsianWidth>::new().get32(point);
            let name = PropertyNamesShort::<EastAsianWidth>::new().get(width);
            Ok(str::new(vm, name.unwrap_or("N")))
        }),
        Method::new("combining", "(chr, /)", |vm, _, args| {
            let point = point(vm, "combining", args)?;
            let class = CodePointMapData::<CanonicalCombiningClass>::new().get32(point);
            Ok(int::new(vm, i64::from(class.0)))
        }),
        Method::new("mirrored", "(chr, /)", |vm, _, args| {
            let point = point(vm, "mirrored", args)?;
            let is = CodePointSetData::new::<BidiMirrored>().contains32(point);
            Ok(int::new(vm, i64::from(is)))
        }),
        Method::new(
            "decimal",
            "(chr, default=<unrepresentable>, /)",
            |vm, _, args| {
                let point = point(vm, "decimal", args)?;
                match unicode::decimal_value(point) {
                    Some(value) => Ok(int::new(vm, i64::from(value))),
                    None => default_or(vm, args, "not a decimal"),
                }
            },
        ),
        Method::new(
            "digit",
            "(chr, default=<unrepresentable>, /)",
            |vm, _, args| {
                let point = point(vm, "digit", args)?;
                let value = unicode::decimal_value(point).or_else(|| {
                    let value = numeric_value(point).filter(|_| unicode::is_digit(point))?;
                    Some(value as u32)
                });
                match value {
                    Some(value) => Ok(int::new(vm, i64::from(value))),
                    None => default_or(vm, args, "not a digit"),
                }
            },
        ),
        Method::new(
            "numeric",
            "(chr, default=<unrepresentable>, /)",
            |vm, _, args| {
                let point = point(vm, "numeric", args)?;
                match numeric_value(point) {
                    Some(value) => Ok(float::new(vm, value)),
                    None => default_or(vm, args, "not a numeric character"),
                }
            },
        ),
        Method::new(
            "name",
            "(chr, default=<unrepresentable>, /)",
            |vm, _, args| {
                let point = point(vm, "name", args)?;
                let name = char::from_u32(point).and_then(unicode_names2::name);
                match name {
                    Some(name) => Ok(str::new(vm, &name.to_string())),
                    None => default_or(vm, args, "no such name"),
                }
            },
        ),
        Method::new("lookup", "(name, /)", lookup),
        Method::new("decomposition", "(chr, /)", decomposition),
        Method::new("normalize", "(form, unistr, /)", |vm, _, args| {
            let (normal, _) = normalized(vm, "normalize", args)?;
            str::try_new(vm, &normal)
        }),
        Method::new("is_normalized", "(form, unistr, /)", |vm, _, args| {
            let (normal, text) = normalized(vm, "is_normalized", args)?;
            Ok(vm.bool(normal == text))
        }),
    ],
    types: &[],
    init: |vm, module| {
        let version = match vm.profile.version {
            version if version >= Version::V3_15 => "17.0.0",
            version if version >= Version::V3_14 => "16.0.0",
            version if version >= Version::V3_13 => "15.1.0",
            version if version >= Version::V3_12 => "15.0.0",
            version if version >= Version::V3_11 => "14.0.0",
            _ => "13.0.0",
        };
        add_str(vm, module, "unidata_version", version);
        let own = vm.incref(module);
        add(vm, module, "ucd_3_2_0", own);
        Ok(())
    },
};

fn point(vm: &mut Vm, function: &str, args: Args) -> PyResult<u32> {
    let given = args.get(vm, 0);
    let place = if args.len() > 1 || matches!(function, "name" | "decimal" | "digit" | "numeric") {
        "argument 1"
    } else {
        "argument"
    };
    if !str::check(vm, given) {
        return Err(str::arg::bad_argument(
            vm,
            function,
            place,
            "a unicode character",
            given,
        ));
    }
    if str::len(vm, given) != 1 {
        let len = str::len(vm, given);
        let text = match vm.profile.version >= Version::V3_14 {
            true => format!(
                "{function}(): {place} must be a unicode character, not a string of length {len}"
            ),
            false => format!("{function}() {place} must be a unicode character, not str"),
        };
        return Err(vm.type_error(text));
    }
    Ok(str::point(vm, given, 0))
}

fn default_or(vm: &mut Vm, args: Args, message: &str) -> PyResult<Own> {
    match args.opt(vm, 1) {
        Some(default) => Ok(vm.incref(default)),
        None => Err(vm.value_error(message)),
    }
}

/// The value of a number character: digits of all kinds, fractions, Roman and Chinese numerals.
fn numeric_value(point: u32) -> Option<f64> {
    if let Some(value) = unicode::decimal_value(point) {
        return Some(f64::from(value));
    }
    const FRACTIONS: [(u32, f64, f64); 19] = [
        (0xBC, 1.0, 4.0),
        (0xBD, 1.0, 2.0),
        (0xBE, 3.0, 4.0),
        (0x2150, 1.0, 7.0),
        (0x2151, 1.0, 9.0),
        (0x2152, 1.0, 10.0),
        (0x2153, 1.0, 3.0),
        (0x2154, 2.0, 3.0),
        (0x2155, 1.0, 5.0),
        (0x2156, 2.0, 5.0),
        (0x2157, 3.0, 5.0),
        (0x2158, 4.0, 5.0),
        (0x2159, 1.0, 6.0),
        (0x215A, 5.0, 6.0),
        (0x215B, 1.0, 8.0),
        (0x215C, 3.0, 8.0),
        (0x215D, 5.0, 8.0),
        (0x215E, 7.0, 8.0),
        (0x2189, 0.0, 3.0),
    ];
    const CHINESE: [(char, f64); 14] = [
        ('〇', 0.0),
        ('一', 1.0),
        ('二', 2.0),
        ('三', 3.0),
        ('四', 4.0),
        ('五', 5.0),
        ('六', 6.0),
        ('七', 7.0),
        ('八', 8.0),
        ('九', 9.0),
        ('十', 10.0),
        ('百', 100.0),
        ('千', 1000.0),
        ('万', 10_000.0),
    ];
    if let Some((_, above, below)) = FRACTIONS.iter().find(|(known, ..)| *known == point) {
        return Some(above / below);
    }
    let chinese = CHINESE.iter().find(|(known, _)| *known as u32 == point);
    if let Some((_, value)) = chinese {
        return Some(*value);
    }
    let from = |first: u32, value: u32| f64::from(point - first + value);
    Some(match point {
        0xB2 | 0xB3 => from(0xB2, 2),
        0xB9 => 1.0,
        0x2070 => 0.0,
        0x2074..=0x2079 => from(0x2074, 4),
        0x2080..=0x2089 => from(0x2080, 0),
        0x2160..=0x216B => from(0x2160, 1),
        0x2170..=0x217B => from(0x2170, 1),
        0x216C | 0x217C => 50.0,
        0x216D | 0x217D => 100.0,
        0x216E | 0x217E => 500.0,
        0x216F | 0x217F => 1000.0,
        0x2460..=0x2473 => from(0x2460, 1),
        0x2474..=0x2487 => from(0x2474, 1),
        0x2488..=0x249B => from(0x2488, 1),
        0x24EA => 0.0,
        0x2776..=0x277F => from(0x2776, 1),
        0x2780..=0x2789 => from(0x2780, 1),
        0x278A..=0x2793 => from(0x278A, 1),
        0x3021..=0x3029 => from(0x3021, 1),
        _ => return None,
    })
}

fn lookup(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    if !str::check(vm, given) {
        return Err(str::arg::bad_argument(
            vm, "lookup", "argument", "str", given,
        ));
    }
    let name = str::to_rust(vm, given);
    match unicode_names2::character(&name) {
        Some(char) => Ok(str::from_point(vm, char as u32)),
        None => {
            let text = str::new(vm, &format!("undefined character name '{name}'"));
            let raised = vm.key_error(text.addr());
            vm.decref(text);
            Err(raised)
        }
    }
}

/// The canonical decomposition in hexadecimal, or the compatible one behind its kind.
fn decomposition(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let point = point(vm, "decomposition", args)?;
    let hangul = (0xAC00..0xD7A4).contains(&point);
    let Some(char) = char::from_u32(point).filter(|_| !hangul) else {
        return Ok(str::new(vm, ""));
    };
    let text = match CanonicalDecompositionBorrowed::new().decompose(char) {
        Decomposed::Singleton(one) => format!("{:04X}", one as u32),
        Decomposed::Expansion(one, two) => format!("{:04X} {:04X}", one as u32, two as u32),
        Decomposed::Default => compatible(char).unwrap_or_default(),
    };
    Ok(str::new(vm, &text))
}

/// What a character stands for that differs from it in its form only.
fn compatible(char: char) -> Option<String> {
    let own = char.to_string();
    let plain = DecomposingNormalizerBorrowed::new_nfkd().normalize(&own);
    if plain == own {
        return None;
    }
    // The parts stand as the database has them, composed.
    let plain = ComposingNormalizerBorrowed::new_nfc()
        .normalize(&plain)
        .into_owned();
    let points: Vec<String> = plain
        .chars()
        .map(|char| format!("{:04X}", char as u32))
        .collect();
    Some(format!("{} {}", form_of(char as u32), points.join(" ")))
}

/// The kind of a compatible form, by its block.
fn form_of(point: u32) -> &'static str {
    match point {
        0xA0 | 0x2007 | 0x2011 | 0x202F => "<noBreak>",
        0xAA
        | 0xB2
        | 0xB3
        | 0xB9
        | 0xBA
        | 0x2B0..=0x2B8
        | 0x2E0..=0x2E4
        | 0x2070..=0x207F
        | 0x2120
        | 0x2122 => "<super>",
        0x1D62..=0x1D6A | 0x2080..=0x209C => "<sub>",
        0xBC..=0xBE | 0x2150..=0x215F | 0x2189 => "<fraction>",
        0x2460..=0x2473 | 0x24B6..=0x24EA | 0x3251..=0x325F | 0x3260..=0x327E | 0x3280..=0x32BF => {
            "<circle>"
        }
        0x2102..=0x2119
        | 0x211A..=0x211D
        | 0x2124
        | 0x2128
        | 0x212C..=0x2134
        | 0x1D400..=0x1D7FF => "<font>",
        0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x3000 => "<wide>",
        0xFF61..=0xFFDC | 0xFFE8..=0xFFEE => "<narrow>",
        0x3300..=0x33FF => "<square>",
        0xFE30..=0xFE4F => "<vertical>",
        0xFE50..=0xFE6B => "<small>",
        _ => "<compat>",
    }
}

/// A text in one of the four normal forms, and as it was given.
fn normalized(vm: &mut Vm, function: &str, args: Args) -> PyResult<(String, String)> {
    let (form, given) = (args.get(vm, 0), args.get(vm, 1));
    for (at, argument) in [(1, form), (2, given)] {
        if !str::check(vm, argument) {
            let place = format!("argument {at}");
            return Err(str::arg::bad_argument(
                vm, function, &place, "str", argument,
            ));
        }
    }
    let (form, text) = (str::to_rust(vm, form), str::to_rust(vm, given));
    vm.check_steps(text.len() as u64 / 16)?;
    let normal = match form.as_str() {
        "NFC" => ComposingNormalizerBorrowed::new_nfc()
            .normalize(&text)
            .into_owned(),
        "NFKC" => ComposingNormalizerBorrowed::new_nfkc()
            .normalize(&text)
            .into_owned(),
        "NFD" => DecomposingNormalizerBorrowed::new_nfd()
            .normalize(&text)
            .into_owned(),
        "NFKD" => DecomposingNormalizerBorrowed::new_nfkd()
            .normalize(&text)
            .into_owned(),
        _ => return Err(invalid_form(vm)),
    };
    Ok((normal, text))
}

#[cold]
fn invalid_form(vm: &mut Vm) -> Raised {
    vm.value_error("invalid normalization form")
}
