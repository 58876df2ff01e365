//! What Python asks the Unicode Character Database about a code point. CPython: Objects/unicodectype.c.
//!
//! The data comes from `icu_properties` and the standard library, whose Unicode is one or two versions
//! newer than that of the CPythons: characters assigned since answer as what they are, not as unassigned.

use icu_properties::props::{
    CaseIgnorable, Cased, GeneralCategory, Lowercase, Uppercase, XidContinue, XidStart,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// The `General_Category` of a code point.
#[inline]
pub fn category(point: u32) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get32(point)
}

/// `str.isprintable`: everything but controls, format characters, surrogates, private use, unassigned, and
/// separators other than the space.
pub fn is_printable(point: u32) -> bool {
    use GeneralCategory::{
        Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, SpaceSeparator, Surrogate,
        Unassigned,
    };
    match point {
        0x20..0x7F => true,
        0..0x20 | 0x7F..0xA1 => false,
        _ => !matches!(
            category(point),
            Control
                | Format
                | Surrogate
                | PrivateUse
                | Unassigned
                | LineSeparator
                | ParagraphSeparator
                | SpaceSeparator
        ),
    }
}

/// `str.isspace`: bidirectional class WS, B or S, or category Zs.
#[inline]
pub const fn is_space(point: u32) -> bool {
    matches!(
        point,
        0x09..=0x0D
            | 0x1C..=0x20
            | 0x85
            | 0xA0
            | 0x1680
            | 0x2000..=0x200A
            | 0x2028
            | 0x2029
            | 0x202F
            | 0x205F
            | 0x3000
    )
}

/// Where `str.splitlines` splits.
#[inline]
pub const fn is_line_break(point: u32) -> bool {
    matches!(point, 0x0A..=0x0D | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029)
}

/// `str.isalpha`: the letters of category L.
#[inline]
pub fn is_alpha(point: u32) -> bool {
    use GeneralCategory::{
        LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    match char_below_128(point) {
        Some(char) => char.is_ascii_alphabetic(),
        None => matches!(
            category(point),
            LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
        ),
    }
}

/// `str.isalnum`
pub fn is_alnum(point: u32) -> bool {
    is_alpha(point) || is_numeric(point)
}

/// `str.isdecimal`: the digits of decimal number systems, category Nd.
pub fn is_decimal(point: u32) -> bool {
    match char_below_128(point) {
        Some(char) => char.is_ascii_digit(),
        None => category(point) == GeneralCategory::DecimalNumber,
    }
}

/// The value of a decimal digit. The digits of a script stand in order, from zero.
pub fn decimal_value(point: u32) -> Option<u32> {
    if let Some(char) = char_below_128(point) {
        return char.to_digit(10);
    }
    if !is_decimal(point) {
        return None;
    }
    let before = (1..)
        .take_while(|back| is_decimal(point.wrapping_sub(*back)))
        .count() as u32;
    Some(before % 10)
}

/// `str.isdigit`: decimal digits and those that are digits but for their form, as `²` and `①`.
pub fn is_digit(point: u32) -> bool {
    matches!(
        point,
        0xB2 | 0xB3
            | 0xB9
            | 0x1369..=0x1371
            | 0x19DA
            | 0x2070
            | 0x2074..=0x2079
            | 0x2080..=0x2089
            | 0x2460..=0x2468
            | 0x2474..=0x247C
            | 0x2488..=0x2490
            | 0x24EA
            | 0x24F5..=0x24FD
            | 0x24FF
            | 0x2776..=0x277E
            | 0x2780..=0x2788
            | 0x278A..=0x2792
            | 0x10A40..=0x10A43
            | 0x10E60..=0x10E68
            | 0x11052..=0x1105A
            | 0x1F100..=0x1F10A
    ) || is_decimal(point)
}

/// The ideographs that stand for numbers, Unicode 15.1 (`kPrimaryNumeric` and its siblings).
const NUMERIC_IDEOGRAPHS: &str = "㐅㒃㠪㭍一七万三两九二五亖京亿什仟仨伍佰俩倆億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拐拾捌柒洞漆玖百皕秭肆萬貮貳贰鈎钩阡陆陌陸零\u{f96b}\u{f973}\u{f978}\u{f9b2}\u{f9d1}\u{f9d3}\u{f9fd}𠀁𠁤𠃢𠄡𠤪𠦃𠦌𠦜𠫪𠫽𠬙𢎐𢦘𣬛𦉭\u{2f890}";

/// `str.isnumeric`: everything with a numeric value.
pub fn is_numeric(point: u32) -> bool {
    use GeneralCategory::{DecimalNumber, LetterNumber, OtherLetter, OtherNumber};
    match char_below_128(point) {
        Some(char) => char.is_ascii_digit(),
        None => match category(point) {
            DecimalNumber | LetterNumber | OtherNumber => true,
            OtherLetter => {
                char::from_u32(point).is_some_and(|char| NUMERIC_IDEOGRAPHS.contains(char))
            }
            _ => false,
        },
    }
}

/// Whether an identifier may start so.
pub fn is_identifier_start(point: u32) -> bool {
    point == u32::from(b'_') || CodePointSetData::new::<XidStart>().contains32(point)
}

/// Whether an identifier may go on so.
pub fn is_identifier_continue(point: u32) -> bool {
    CodePointSetData::new::<XidContinue>().contains32(point)
}

/// `str.islower` of one character: the derived property `Lowercase`.
pub fn is_lower(point: u32) -> bool {
    match char_below_128(point) {
        Some(char) => char.is_ascii_lowercase(),
        None => CodePointSetData::new::<Lowercase>().contains32(point),
    }
}

/// `str.isupper` of one character: the derived property `Uppercase`.
pub fn is_upper(point: u32) -> bool {
    match char_below_128(point) {
        Some(char) => char.is_ascii_uppercase(),
        None => CodePointSetData::new::<Uppercase>().contains32(point),
    }
}

/// Whether a character is titlecase, as `ǅ`.
pub fn is_title(point: u32) -> bool {
    point >= 0x80 && category(point) == GeneralCategory::TitlecaseLetter
}

/// The derived property `Cased`, which the rule of the final sigma asks for.
pub fn is_cased(point: u32) -> bool {
    CodePointSetData::new::<Cased>().contains32(point)
}

/// The derived property `Case_Ignorable`, likewise.
pub fn is_case_ignorable(point: u32) -> bool {
    CodePointSetData::new::<CaseIgnorable>().contains32(point)
}

/// Calls `push` with the uppercase form.
pub fn to_upper(point: u32, mut push: impl FnMut(u32)) {
    match char::from_u32(point) {
        Some(char) => char.to_uppercase().for_each(|char| push(u32::from(char))),
        None => push(point),
    }
}

/// Calls `push` with the lowercase form; the final sigma is the caller's.
pub fn to_lower(point: u32, mut push: impl FnMut(u32)) {
    match char::from_u32(point) {
        Some(char) => char.to_lowercase().for_each(|char| push(u32::from(char))),
        None => push(point),
    }
}

/// Calls `push` with the titlecase form. It is the uppercase form but for the digraphs with a form of their
/// own, Georgian, Greek with an iota subscript, and ligatures.
pub fn to_title(point: u32, mut push: impl FnMut(u32)) {
    match point {
        0x1C4..=0x1CC => push((point - 0x1C4) / 3 * 3 + 0x1C5),
        0x1F1..=0x1F3 => push(0x1F2),
        0x10D0..=0x10FA | 0x10FD..=0x10FF => push(point),
        0x1F80..=0x1FAF => push(point | 8),
        0x1FB3 | 0x1FC3 | 0x1FF3 => push(point + 9),
        0x1FBC | 0x1FCC | 0x1FFC => push(point),
        // The uppercase form ends in a capital iota, which here stays a subscript.
        0x1FB2 | 0x1FB4 | 0x1FB7 | 0x1FC2 | 0x1FC4 | 0x1FC7 | 0x1FF2 | 0x1FF4 | 0x1FF7 => {
            to_upper(point, |upper| {
                push(if upper == 0x399 { 0x345 } else { upper })
            });
        }
        0xDF | 0x587 | 0xFB00..=0xFB06 | 0xFB13..=0xFB17 => {
            let mut first = true;
            to_upper(point, |upper| {
                if std::mem::take(&mut first) {
                    push(upper);
                } else {
                    to_lower(upper, &mut push);
                }
            });
        }
        _ => to_upper(point, push),
    }
}

/// Calls `push` with the full case folding.
pub fn to_folded(point: u32, mut push: impl FnMut(u32)) {
    match char::from_u32(point) {
        Some(char) => {
            let mut buffer = [0; 4];
            let folded =
                unicase::UniCase::unicode(&*char.encode_utf8(&mut buffer)).to_folded_case();
            folded.chars().for_each(|char| push(u32::from(char)));
        }
        None => push(point),
    }
}

#[inline]
fn char_below_128(point: u32) -> Option<char> {
    if point < 128 {
        char::from_u32(point)
    } else {
        None
    }
}
