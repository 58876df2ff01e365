//! Constant folding: which operations on constants are done while compiling, and how large a result may get.
//!
//! An operation that would raise is left for run time. The limits are those of CPython 3.13's AST optimiser
//! (Python/ast_opt.c): without them `'x' * 10**9` would end up in a `.pyc` file.

mod format;
mod number;

pub use format::percent_format;

use super::ast::{CmpOp, Expr, Operator, UnaryOp};
use super::text::Text;
use crate::python::code::{Const, PyStr};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

/// `MAX_STR_SIZE`: the longest text or bytes that a repetition makes.
const STR_SIZE_MAX: usize = 4096;
/// `MAX_COLLECTION_SIZE`: the longest tuple that a repetition makes.
const COLLECTION_SIZE_MAX: usize = 256;
/// `MAX_TOTAL_ITEMS`: how many items such a tuple may have, counting nested ones.
const TOTAL_ITEMS_MAX: i64 = 1024;

/// The values, if every expression is a constant.
pub fn constants(exprs: &[Expr]) -> Option<Vec<Const>> {
    if exprs.iter().any(|e| e.as_constant().is_none()) {
        return None;
    }
    exprs.iter().map(|e| e.as_constant().cloned()).collect()
}

/// `not (a in b)` is `a not in b`: the operator for the negated comparison, where the language promises it.
pub fn inverse(op: CmpOp) -> Option<CmpOp> {
    Some(match op {
        CmpOp::Is => CmpOp::IsNot,
        CmpOp::IsNot => CmpOp::Is,
        CmpOp::In => CmpOp::NotIn,
        CmpOp::NotIn => CmpOp::In,
        _ => return None,
    })
}

/// Whether two constants are equal as Python compares them: `1 == 1.0 == True`.
pub fn equal(a: &Const, b: &Const) -> bool {
    let number = |value: &Const| match value {
        Const::Complex(real, imag) => Some((*real, *imag)),
        Const::Float(value) => Some((*value, 0.0)),
        Const::Int(_) | Const::Bool(_) => integer(value)
            .and_then(|value| value.to_f64())
            .map(|value| (value, 0.0)),
        _ => None,
    };
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b || number(a).is_some_and(|a| number(b) == Some(a)),
    }
}

/// Whether a constant is true.
pub fn truth(value: &Const) -> bool {
    match value {
        Const::None => false,
        Const::Ellipsis | Const::Code(_) => true,
        Const::Bool(value) => *value,
        Const::Int(value) => value.sign() != num_bigint::Sign::NoSign,
        Const::Float(value) => *value != 0.0,
        Const::Complex(real, imag) => *real != 0.0 || *imag != 0.0,
        Const::Str(PyStr::Utf8(text)) => !text.is_empty(),
        Const::Str(PyStr::CodePoints(points)) => !points.is_empty(),
        Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
    }
}

/// `op value`
pub fn unary(op: UnaryOp, value: &Const) -> Option<Const> {
    if op == UnaryOp::Not {
        return Some(Const::Bool(!truth(value)));
    }
    Some(match (op, value) {
        (UnaryOp::Minus, Const::Float(x)) => Const::Float(-x),
        (UnaryOp::Plus, Const::Float(x)) => Const::Float(*x),
        (UnaryOp::Minus, Const::Complex(real, imag)) => Const::Complex(-real, -imag),
        (UnaryOp::Plus, Const::Complex(real, imag)) => Const::Complex(*real, *imag),
        (_, Const::Int(_) | Const::Bool(_)) => {
            let x = integer(value)?;
            Const::Int(match op {
                UnaryOp::Minus => -x,
                UnaryOp::Plus => x,
                _ => !x,
            })
        }
        _ => return None,
    })
}

/// `left op right`
pub fn binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    match (op, left, right) {
        (Operator::Add, Const::Str(a), Const::Str(b)) => {
            let mut text = Text::default();
            text.push_py(a);
            text.push_py(b);
            Some(Const::Str(text.finish()))
        }
        (Operator::Add, Const::Bytes(a), Const::Bytes(b)) => {
            Some(Const::Bytes([&a[..], b].concat()))
        }
        (Operator::Add, Const::Tuple(a), Const::Tuple(b)) => {
            Some(Const::Tuple([&a[..], b].concat()))
        }
        (Operator::Mult, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_), _) => {
            repeat(left, right)
        }
        (Operator::Mult, _, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_)) => {
            repeat(right, left)
        }
        _ => number::binary(op, left, right),
    }
}

/// An integer's value; `True` is 1.
fn integer(value: &Const) -> Option<BigInt> {
    match value {
        Const::Int(value) => Some(value.clone()),
        Const::Bool(value) => Some(BigInt::from(*value as u8)),
        _ => None,
    }
}

fn repeat(sequence: &Const, times: &Const) -> Option<Const> {
    let times = integer(times)?;
    let size = match sequence {
        Const::Str(PyStr::Utf8(text)) => text.chars().count(),
        Const::Str(PyStr::CodePoints(points)) => points.len(),
        Const::Bytes(bytes) => bytes.len(),
        Const::Tuple(items) => items.len(),
        _ => return None,
    };
    let limit = if matches!(sequence, Const::Tuple(_)) {
        COLLECTION_SIZE_MAX
    } else {
        STR_SIZE_MAX
    };
    let times = match size {
        0 => 0, // any number of nothing
        _ => match times.is_negative() {
            true => return None,
            false => times.to_usize().filter(|&n| n <= limit / size)?,
        },
    };
    Some(match sequence {
        Const::Str(text) => {
            let mut result = Text::default();
            (0..times).for_each(|_| result.push_py(text));
            Const::Str(result.finish())
        }
        Const::Bytes(bytes) => Const::Bytes(bytes.repeat(times)),
        Const::Tuple(items) => {
            if times > 0 && complexity(sequence, TOTAL_ITEMS_MAX / times as i64) < 0 {
                return None;
            }
            Const::Tuple((0..times).flat_map(|_| items.iter().cloned()).collect())
        }
        _ => return None,
    })
}

/// What is left of `limit` after counting the items of nested tuples; negative when it is used up.
fn complexity(value: &Const, mut limit: i64) -> i64 {
    if let Const::Tuple(items) = value {
        limit -= items.len() as i64;
        for item in items {
            if limit < 0 {
                break;
            }
            limit = complexity(item, limit);
        }
    }
    limit
}

/// `container[index]`
pub fn subscript(container: &Const, index: &Const) -> Option<Const> {
    let index = integer(index)?;
    let at = |len: usize| {
        let index = if index.is_negative() {
            index.clone() + BigInt::from(len)
        } else {
            index.clone()
        };
        index.to_usize().filter(|&i| i < len)
    };
    Some(match container {
        Const::Tuple(items) => items[at(items.len())?].clone(),
        Const::Bytes(bytes) => Const::Int(BigInt::from(bytes[at(bytes.len())?])),
        Const::Str(PyStr::Utf8(text)) => {
            let c = text.chars().nth(at(text.chars().count())?)?;
            Const::Str(PyStr::Utf8(c.to_string().into()))
        }
        Const::Str(PyStr::CodePoints(points)) => {
            let mut text = Text::default();
            text.push(points[at(points.len())?]);
            Const::Str(text.finish())
        }
        _ => return None,
    })
}

/// `container[lower:upper:step]`
pub fn slice(
    container: &Const,
    lower: Option<i64>,
    upper: Option<i64>,
    step: Option<i64>,
) -> Option<Const> {
    let step = step.unwrap_or(1);
    let indices = |len: usize| -> Option<Vec<usize>> {
        let len = i64::try_from(len).ok().filter(|_| step != 0)?;
        let (least, most) = if step > 0 { (0, len) } else { (-1, len - 1) };
        let clip = |bound: i64| {
            let bound = if bound < 0 {
                bound.saturating_add(len)
            } else {
                bound
            };
            bound.clamp(least, most)
        };
        let (first, last) = if step > 0 {
            (least, most)
        } else {
            (most, least)
        };
        let mut at = lower.map_or(first, clip);
        let end = upper.map_or(last, clip);
        let mut found = Vec::new();
        while (step > 0 && at < end) || (step < 0 && at > end) {
            found.push(usize::try_from(at).ok()?);
            at = at.saturating_add(step);
        }
        Some(found)
    };
    Some(match container {
        Const::Tuple(items) => {
            let kept = indices(items.len())?;
            Const::Tuple(kept.into_iter().map(|i| items[i].clone()).collect())
        }
        Const::Bytes(bytes) => Const::Bytes(
            indices(bytes.len())?
                .into_iter()
                .map(|i| bytes[i])
                .collect(),
        ),
        Const::Str(PyStr::Utf8(text)) => {
            let letters: Vec<char> = text.chars().collect();
            let kept: String = indices(letters.len())?
                .into_iter()
                .map(|i| letters[i])
                .collect();
            Const::Str(PyStr::Utf8(kept.into()))
        }
        _ => return None,
    })
}
