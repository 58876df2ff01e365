//! One character against a category, a set, or a literal in any case.

use super::opcode::{category, op};
use crate::python::object::str::unicode;

/// The lowercase form, of several characters the first: `Py_UNICODE_TOLOWER`.
pub fn lower_unicode(point: u32) -> u32 {
    if point < 128 {
        return lower_ascii(point);
    }
    first(point, |push| unicode::to_lower(point, push))
}

/// The uppercase form, of several characters the first: `Py_UNICODE_TOUPPER` gives `S` for `\u{df}`.
pub fn upper_unicode(point: u32) -> u32 {
    if point < 128 {
        return upper_ascii(point);
    }
    first(point, |push| unicode::to_upper(point, push))
}

/// The first character that a mapping gives.
fn first(point: u32, map: impl FnOnce(&mut dyn FnMut(u32))) -> u32 {
    let mut found = None;
    map(&mut |mapped| {
        found.get_or_insert(mapped);
    });
    found.unwrap_or(point)
}

/// `a` for `A`; all but ASCII stays.
pub fn lower_ascii(point: u32) -> u32 {
    if (65..=90).contains(&point) {
        point + 32
    } else {
        point
    }
}

/// `A` for `a`; all but ASCII stays. The locale is that of a program which sets none, where only ASCII has case.
pub fn upper_ascii(point: u32) -> u32 {
    if (97..=122).contains(&point) {
        point - 32
    } else {
        point
    }
}

/// Whether a character is a word character in ASCII (and in the locale).
pub fn is_word_ascii(point: u32) -> bool {
    point < 128 && ((point as u8).is_ascii_alphanumeric() || point == u32::from(b'_'))
}

/// Whether a character is a word character in Unicode.
pub fn is_word_unicode(point: u32) -> bool {
    if point < 128 {
        is_word_ascii(point)
    } else {
        unicode::is_alnum(point)
    }
}

/// Whether a character is in a category.
pub fn in_category(code: u32, point: u32) -> bool {
    let in_ascii = |test: fn(&u8) -> bool| point < 128 && test(&(point as u8));
    match code {
        category::DIGIT => in_ascii(u8::is_ascii_digit),
        category::NOT_DIGIT => !in_ascii(u8::is_ascii_digit),
        category::SPACE => matches!(point, 9..=13 | 32),
        category::NOT_SPACE => !matches!(point, 9..=13 | 32),
        category::WORD | category::LOC_WORD => is_word_ascii(point),
        category::NOT_WORD | category::LOC_NOT_WORD => !is_word_ascii(point),
        category::LINEBREAK => point == 10,
        category::NOT_LINEBREAK => point != 10,
        category::UNI_DIGIT => unicode::is_decimal(point),
        category::UNI_NOT_DIGIT => !unicode::is_decimal(point),
        category::UNI_SPACE => unicode::is_space(point),
        category::UNI_NOT_SPACE => !unicode::is_space(point),
        category::UNI_WORD => is_word_unicode(point),
        category::UNI_NOT_WORD => !is_word_unicode(point),
        category::UNI_LINEBREAK => unicode::is_line_break(point),
        category::UNI_NOT_LINEBREAK => !unicode::is_line_break(point),
        _ => false,
    }
}

/// Whether a character is in the set that starts at word `pc`. What is no set holds nothing.
pub fn in_set(code: &[u32], mut pc: usize, point: u32) -> bool {
    let word = |at: usize| code.get(at).copied().unwrap_or(op::FAILURE);
    let mut found = true;
    loop {
        match word(pc) {
            op::LITERAL => {
                if point == word(pc + 1) {
                    return found;
                }
                pc += 2;
            }
            op::CATEGORY => {
                if in_category(word(pc + 1), point) {
                    return found;
                }
                pc += 2;
            }
            op::CHARSET => {
                if point < 256 && bit(word(pc + 1 + (point as usize >> 5)), point) {
                    return found;
                }
                pc += 9;
            }
            op::RANGE => {
                if (word(pc + 1)..=word(pc + 2)).contains(&point) {
                    return found;
                }
                pc += 3;
            }
            op::RANGE_UNI_IGNORE => {
                let range = word(pc + 1)..=word(pc + 2);
                if range.contains(&point) || range.contains(&upper_unicode(point)) {
                    return found;
                }
                pc += 3;
            }
            op::NEGATE => {
                found = !found;
                pc += 1;
            }
            op::BIGCHARSET => {
                let blocks = word(pc + 1) as usize;
                if in_big_set(code, pc + 2, point) {
                    return found;
                }
                pc += 2 + 64 + 8 * blocks;
            }
            _ => return !found,
        }
    }
}

/// A set of the first 65,536 characters: 256 bytes that name a block for each run of 256, then the blocks.
fn in_big_set(code: &[u32], tables: usize, point: u32) -> bool {
    if point >= 0x1_0000 {
        return false;
    }
    let word = |at: usize| code.get(at).copied().unwrap_or(0);
    let run = (point >> 8) as usize;
    let block = word(tables + run / 4).to_le_bytes()[run % 4] as usize;
    bit(
        word(tables + 64 + 8 * block + (point as usize & 255) / 32),
        point,
    )
}

fn bit(word: u32, point: u32) -> bool {
    word >> (point & 31) & 1 == 1
}

/// Whether a character matches the instruction at `pc`, which takes exactly one; `None` when it does not.
#[inline]
pub fn unit(code: &[u32], pc: usize, point: u32) -> Option<bool> {
    let word = |at: usize| code.get(at).copied().unwrap_or(op::FAILURE);
    let literal = word(pc + 1);
    Some(match word(pc) {
        op::LITERAL => point == literal,
        op::NOT_LITERAL => point != literal,
        op::IN => in_set(code, pc + 2, point),
        op::ANY => point != 10,
        op::ANY_ALL => true,
        op::CATEGORY => in_category(literal, point),
        op::LITERAL_IGNORE => lower_ascii(point) == literal,
        op::NOT_LITERAL_IGNORE => lower_ascii(point) != literal,
        op::LITERAL_UNI_IGNORE => lower_unicode(point) == literal,
        op::NOT_LITERAL_UNI_IGNORE => lower_unicode(point) != literal,
        op::LITERAL_LOC_IGNORE => same_in_locale(point, literal),
        op::NOT_LITERAL_LOC_IGNORE => !same_in_locale(point, literal),
        op::IN_IGNORE => in_set(code, pc + 2, lower_ascii(point)),
        op::IN_UNI_IGNORE => in_set(code, pc + 2, lower_unicode(point)),
        op::IN_LOC_IGNORE => {
            let (lower, upper) = (lower_ascii(point), upper_ascii(point));
            in_set(code, pc + 2, lower) || lower != upper && in_set(code, pc + 2, upper)
        }
        op::FAILURE => false,
        _ => return None,
    })
}

fn same_in_locale(point: u32, literal: u32) -> bool {
    point == literal || lower_ascii(point) == literal || upper_ascii(point) == literal
}

/// How many words an instruction for one character takes.
pub fn unit_len(code: &[u32], pc: usize) -> usize {
    match code.get(pc).copied().unwrap_or(op::FAILURE) {
        op::ANY | op::ANY_ALL | op::FAILURE => 1,
        op::IN | op::IN_IGNORE | op::IN_UNI_IGNORE | op::IN_LOC_IGNORE => {
            1 + code.get(pc + 1).copied().unwrap_or(0) as usize
        }
        _ => 2,
    }
}
