//! `return`, `break` and `continue` that leave a `finally` block, of which 3.14 warns (PEP 765). CPython:
//! `control_flow_in_finally_warning`, Python/ast_preprocess.c.

use super::ast::{Loc, Stmt, StmtKind};
use super::warning::Warning;

/// What is around a statement.
#[derive(Clone, Copy, Default)]
struct Place {
    /// A `finally` of the same function.
    in_finally: bool,
    /// A loop inside of it.
    in_loop: bool,
}

/// What a module's statements give reason to warn of, in order.
pub fn warnings(body: &[Stmt]) -> Vec<Warning> {
    let mut found = Vec::new();
    walk(body, Place::default(), &mut found);
    found
}

fn walk(body: &[Stmt], place: Place, found: &mut Vec<Warning>) {
    for stmt in body {
        let looping = Place {
            in_loop: true,
            ..place
        };
        match &stmt.kind {
            StmtKind::FunctionDef(def) => walk(&def.body, Place::default(), found),
            StmtKind::ClassDef(def) => walk(&def.body, place, found),
            StmtKind::Return(_) if place.in_finally => warn("return", stmt.loc, found),
            StmtKind::Break if place.in_finally && !place.in_loop => {
                warn("break", stmt.loc, found);
            }
            StmtKind::Continue if place.in_finally && !place.in_loop => {
                warn("continue", stmt.loc, found);
            }
            StmtKind::For { body, orelse, .. } | StmtKind::While { body, orelse, .. } => {
                walk(body, looping, found);
                walk(orelse, place, found);
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                ..
            } => {
                walk(body, place, found);
                for handler in handlers {
                    walk(&handler.body, place, found);
                }
                walk(orelse, place, found);
                let inside = Place {
                    in_finally: true,
                    in_loop: false,
                };
                walk(finalbody, inside, found);
            }
            _ => {
                let bodies = stmt.bodies().into_iter();
                bodies.for_each(|body| walk(body, place, found));
            }
        }
    }
}

fn warn(keyword: &str, loc: Loc, found: &mut Vec<Warning>) {
    let place = |line: i32, col: i32| (line.max(0) as u32, col.max(0) as u32);
    found.push(Warning {
        start: place(loc.line, loc.col),
        end: place(loc.end_line, loc.end_col),
        message: format!("'{keyword}' in a 'finally' block"),
    });
}
