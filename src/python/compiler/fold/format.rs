//! `'…%s…' % (a, b)` compiled as an f-string.

use crate::python::code::{Const, PyStr};
use crate::python::compiler::ast::{Expr, ExprKind, Loc};
use crate::python::compiler::text::Text;

/// A field of a format: `%-10.3s`.
struct Field {
    conversion: u32,
    left: bool,
    width: Option<String>,
    precision: Option<String>,
}

/// The parts of the f-string that `format % (args…)` equals, when the format has only `%s`, `%r` and `%a`
/// and as many of them as there are arguments.
///
/// The pieces of the format have no place of their own.
pub fn percent_format(format: &PyStr, args: &[Expr]) -> Option<Vec<Expr>> {
    if args
        .iter()
        .any(|arg| matches!(arg.kind, ExprKind::Starred { .. }))
    {
        return None;
    }
    let points: Vec<u32> = match format {
        PyStr::Utf8(text) => text.chars().map(|c| c as u32).collect(),
        PyStr::CodePoints(points) => points.to_vec(),
    };
    let loc = Loc::NONE;
    let mut values = Vec::new();
    let mut args = args.iter();
    let mut at = 0;
    loop {
        let mut text = Text::default();
        while at < points.len() {
            if points[at] == '%' as u32 {
                if points.get(at + 1) != Some(&('%' as u32)) {
                    break;
                }
                at += 1;
            }
            text.push(points[at]);
            at += 1;
        }
        if !text.is_empty() {
            values.push(Expr {
                loc,
                kind: ExprKind::Constant(Const::Str(text.finish())),
            });
        }
        if at >= points.len() {
            break;
        }
        at += 1;
        let field = field(&points, &mut at)?;
        values.push(formatted(field, args.next()?.clone()));
    }
    args.next().is_none().then_some(values)
}

fn field(points: &[u32], at: &mut usize) -> Option<Field> {
    const DIGITS_MAX: usize = 3;
    let peek = |at: usize| points.get(at).and_then(|&p| char::from_u32(p));
    let mut left = false;
    while let Some(c @ ('-' | '+' | ' ' | '#' | '0')) = peek(*at) {
        left |= c == '-'; // the other flags mean nothing for text
        *at += 1;
    }
    let number = |at: &mut usize| -> Option<Option<String>> {
        let mut digits = String::new();
        while let Some(c @ '0'..='9') = peek(*at) {
            digits.push(c);
            *at += 1;
        }
        if digits.len() >= DIGITS_MAX {
            return None;
        }
        Some((!digits.is_empty()).then_some(digits))
    };
    let width = number(at)?;
    let mut precision = None;
    if peek(*at) == Some('.') {
        *at += 1;
        precision = Some(number(at)?.unwrap_or_else(|| "0".into()));
    }
    let conversion = match peek(*at)? {
        's' => 1,
        'r' => 2,
        'a' => 3,
        _ => return None,
    };
    *at += 1;
    Some(Field {
        conversion,
        left,
        width,
        precision,
    })
}

fn formatted(field: Field, value: Expr) -> Expr {
    let place = value.loc;
    let mut spec = String::new();
    if let Some(width) = &field.width {
        // `%5s` aligns to the right, which a format specification has to say.
        if !field.left && !width.trim_start_matches('0').is_empty() {
            spec.push('>');
        }
        spec.push_str(width.trim_start_matches('0'));
    }
    if let Some(precision) = &field.precision {
        let digits = precision.trim_start_matches('0');
        spec.push('.');
        spec.push_str(if digits.is_empty() { "0" } else { digits });
    }
    let spec = (!spec.is_empty()).then(|| {
        let loc = Loc::NONE;
        let text = Expr {
            loc,
            kind: ExprKind::Constant(Const::Str(PyStr::Utf8(spec.into()))),
        };
        Box::new(Expr {
            loc,
            kind: ExprKind::JoinedStr(vec![text]),
        })
    });
    Expr {
        loc: place,
        kind: ExprKind::FormattedValue {
            value: Box::new(value),
            conversion: field.conversion,
            spec,
        },
    }
}
