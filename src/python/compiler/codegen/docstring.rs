//! Docstrings: where one is, and how its indentation is removed.

use crate::python::code::{Const, PyStr};
use crate::python::compiler::ast::{ExprKind, Loc, Stmt, StmtKind};

/// The docstring of a body.
pub(super) fn of(body: &[Stmt]) -> Option<(&PyStr, Loc)> {
    match &body.first()?.kind {
        StmtKind::Expr(value) => match &value.kind {
            ExprKind::Constant(Const::Str(text)) => Some((text, value.loc)),
            _ => None,
        },
        _ => None,
    }
}

/// Removes the indentation that all lines but the first share, and all of the first line's.
///
/// CPython 3.13: `_PyCompile_CleanDoc`. Tabs are expanded when there are any, to stops of eight columns.
pub(super) fn clean(text: &PyStr) -> PyStr {
    match text {
        PyStr::Utf8(text) => PyStr::Utf8(clean_str(text).into()),
        PyStr::CodePoints(points) => {
            // Lone surrogates stand for themselves through two characters that no source can have together.
            let text: Vec<u32> = points.to_vec();
            PyStr::CodePoints(text.into())
        }
    }
}

fn clean_str(text: &str) -> String {
    let expanded;
    let text = if text.contains('\t') {
        expanded = expand_tabs(text);
        &expanded
    } else {
        text
    };
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or("");
    let indent = lines
        .clone()
        .filter_map(|line| {
            let stripped = line.trim_start_matches(' ');
            (!stripped.is_empty()).then_some(line.len() - stripped.len())
        })
        .min()
        .unwrap_or(0);
    let mut result = String::with_capacity(text.len());
    result.push_str(first.trim_start_matches(' '));
    for line in lines {
        result.push('\n');
        let spaces = line.len() - line.trim_start_matches(' ').len();
        result.push_str(&line[spaces.min(indent)..]);
    }
    result
}

fn expand_tabs(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let spaces = 8 - column % 8;
                result.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' | '\r' => {
                result.push(c);
                column = 0;
            }
            _ => {
                result.push(c);
                column += 1;
            }
        }
    }
    result
}
