//! The comments of a program, and the statement that each stands by.
//!
//! The compiler has no use for comments; authors of posts do: they write what a line gives behind it.

use std::ops::Range;

use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, ExprCall, FStringPart, InterpolatedStringElement, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use super::tokens::{Token, classified};

/// A comment and what it stands by. Ranges are byte offsets into the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// From `#` to the end of the line.
    pub range: Range<usize>,
    /// Whether code stands before it on its line.
    pub trailing: bool,
    /// The statement it stands by. For a trailing comment, the simple statement that ends on its line; for one on
    /// a line of its own, the statement that ends above it and is not indented less.
    pub statement: Option<Statement>,
}

/// A statement as far as a comment's reader needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its place, without a comment behind it.
    pub range: Range<usize>,
    /// What it is.
    pub shape: Shape,
}

/// What kind of statement it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A call of `print`.
    Print(Print),
    /// Another expression.
    Expression,
    /// An assignment to one name.
    Assignment(String),
    /// Anything else.
    Other,
}

/// A call of `print`: what it writes, as far as the text of the call tells.
///
/// ```text
/// print(f"size: {n} bytes")    before "size: ", holes 1, after " bytes"
/// print("count", n)            before "count ", holes 1, after ""
/// print(a, b)                  before "",       holes 2, after ""
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Print {
    /// The text before the first computed part.
    pub before: String,
    /// How many computed parts there are.
    pub holes: usize,
    /// The text after the last computed part.
    pub after: String,
    /// Where the expression of the last computed part stands.
    pub expression: Option<Range<usize>>,
    /// False if keyword or starred arguments decide what is written: then the rest says nothing.
    pub is_plain: bool,
}

/// A mistake in a program's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub range: Range<usize>,
    /// What the parser says.
    pub message: String,
}

/// A program as its author sees it, from one look at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Its comments in order. Those before an error are found in spite of it.
    pub comments: Vec<Comment>,
    /// What is wrong with its syntax.
    pub errors: Vec<SyntaxError>,
    /// Its pieces, as [`classify`](super::tokens::classify) finds them.
    pub tokens: Vec<Token>,
}

/// Reads a program for its comments, its mistakes and its colours.
pub fn listing(program: &str) -> Listing {
    let parsed = parse_unchecked(program, ParseOptions::from(Mode::Module));
    let errors = parsed.errors().iter().map(|error| SyntaxError {
        range: to_range(error.location),
        message: error.error.to_string(),
    });
    let mut listing = Listing {
        comments: Vec::new(),
        errors: errors.collect(),
        tokens: classified(program, parsed.tokens()),
    };
    let Some(module) = parsed.try_into_module() else {
        return listing;
    };
    let mut finder = StatementFinder::default();
    finder.visit_body(module.suite());
    let lines = Lines::new(program);
    let simple_by_line: FxHashMap<usize, &Stmt> = finder
        .simple
        .iter()
        .map(|stmt| (lines.of(stmt.end().to_usize()), *stmt))
        .collect();
    for token in module
        .tokens()
        .iter()
        .filter(|token| token.kind() == TokenKind::Comment)
    {
        let range = to_range(token.range());
        let line = lines.of(range.start);
        let before = program
            .get(lines.start(line)..range.start)
            .unwrap_or_default();
        let trailing = !before.trim().is_empty();
        let statement = if trailing {
            simple_by_line.get(&line).copied()
        } else {
            finder.above(&lines, range.start, before.len())
        };
        let statement = statement.map(|stmt| Statement {
            range: to_range(stmt.range()),
            shape: shape_of(stmt, program),
        });
        listing.comments.push(Comment {
            range,
            trailing,
            statement,
        });
    }
    listing
}

fn to_range(range: TextRange) -> Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}

/// Collects the statements: parents before children, so in the order of their starts.
#[derive(Default)]
struct StatementFinder<'a> {
    all: Vec<&'a Stmt>,
    simple: Vec<&'a Stmt>,
}

impl<'a> StatementVisitor<'a> for StatementFinder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.all.push(stmt);
        let compound = matches!(
            stmt,
            Stmt::FunctionDef(_)
                | Stmt::ClassDef(_)
                | Stmt::For(_)
                | Stmt::While(_)
                | Stmt::If(_)
                | Stmt::With(_)
                | Stmt::Match(_)
                | Stmt::Try(_)
        );
        if !compound {
            self.simple.push(stmt);
        }
        walk_stmt(self, stmt);
    }
}

impl<'a> StatementFinder<'a> {
    /// The outermost statement that ends nearest above `offset` and begins at `column` or further right; if all
    /// begin further left (a comment lined up under a trailing one), the innermost.
    fn above(&self, lines: &Lines, offset: usize, column: usize) -> Option<&'a Stmt> {
        let end = self
            .all
            .iter()
            .map(|stmt| stmt.end().to_usize())
            .filter(|end| *end <= offset)
            .max()?;
        let mut ending = self
            .all
            .iter()
            .copied()
            .filter(|stmt| stmt.end().to_usize() == end);
        let column_of =
            |stmt: &Stmt| stmt.start().to_usize() - lines.start(lines.of(stmt.start().to_usize()));
        let last = ending.clone().next_back();
        ending.find(|stmt| column_of(stmt) >= column).or(last)
    }
}

/// Where the lines of a program begin.
struct Lines(Vec<usize>);

impl Lines {
    fn new(program: &str) -> Lines {
        Lines(
            std::iter::once(0)
                .chain(memchr::memchr_iter(b'\n', program.as_bytes()).map(|at| at + 1))
                .collect(),
        )
    }

    fn of(&self, offset: usize) -> usize {
        self.0
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    fn start(&self, line: usize) -> usize {
        self.0.get(line).copied().unwrap_or(0)
    }
}

fn shape_of(stmt: &Stmt, program: &str) -> Shape {
    match stmt {
        Stmt::Expr(stmt) => match &*stmt.value {
            Expr::Call(call) if matches!(&*call.func, Expr::Name(name) if name.id == "print") => {
                Shape::Print(print_of(call, program))
            }
            _ => Shape::Expression,
        },
        Stmt::Assign(stmt) => match stmt.targets.as_slice() {
            [Expr::Name(name)] => Shape::Assignment(name.id.to_string()),
            _ => Shape::Other,
        },
        Stmt::AnnAssign(stmt) => match (&*stmt.target, &stmt.value) {
            (Expr::Name(name), Some(_)) => Shape::Assignment(name.id.to_string()),
            _ => Shape::Other,
        },
        _ => Shape::Other,
    }
}

fn print_of(call: &ExprCall, program: &str) -> Print {
    let starred = call.arguments.args.iter().any(Expr::is_starred_expr);
    let mut print = Print {
        is_plain: call.arguments.keywords.is_empty() && !starred,
        ..Print::default()
    };
    for (index, argument) in call.arguments.args.iter().enumerate() {
        if index > 0 {
            print.text(" ");
        }
        match argument {
            Expr::StringLiteral(literal) => print.text(literal.value.to_str()),
            Expr::FString(fstring) => {
                for part in fstring.value.iter() {
                    match part {
                        FStringPart::Literal(literal) => print.text(&literal.value),
                        FStringPart::FString(fstring) => fstring
                            .elements
                            .iter()
                            .for_each(|element| print.element(element, program)),
                    }
                }
            }
            other => print.hole(other),
        }
    }
    print
}

impl Print {
    fn text(&mut self, text: &str) {
        if self.holes == 0 {
            self.before.push_str(text)
        } else {
            self.after.push_str(text)
        }
    }

    fn hole(&mut self, expression: &Expr) {
        self.holes += 1;
        self.after.clear();
        self.expression = Some(to_range(expression.range()));
    }

    fn element(&mut self, element: &InterpolatedStringElement, program: &str) {
        match element {
            InterpolatedStringElement::Literal(literal) => self.text(&literal.value),
            InterpolatedStringElement::Interpolation(interpolation) => {
                // `f"{n = }"` writes the text between the brace and the end of `=` with its spaces before the value.
                if interpolation.debug_text.is_some() {
                    let written = program
                        .get(interpolation.start().to_usize() + 1..interpolation.end().to_usize())
                        .unwrap_or_default();
                    let expression_end = interpolation.expression.end().to_usize()
                        - interpolation.start().to_usize()
                        - 1;
                    let equals = written
                        .get(expression_end..)
                        .and_then(|rest| rest.find('='));
                    let value = equals
                        .map(|at| expression_end + at + 1)
                        .unwrap_or(written.len());
                    let spaces = written
                        .get(value..)
                        .map_or(0, |rest| rest.len() - rest.trim_start().len());
                    self.text(written.get(..value + spaces).unwrap_or_default());
                }
                self.hole(&interpolation.expression);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each comment with the text it stands by, and how a print writes.
    fn check(program: &str, expected: &[(&str, &str)]) {
        let Listing { comments, .. } = listing(program);
        let found: Vec<(&str, &str)> = comments
            .iter()
            .map(|comment| {
                (
                    &program[comment.range.clone()],
                    comment
                        .statement
                        .as_ref()
                        .map_or("", |stmt| &program[stmt.range.clone()]),
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_trailing_comment_stands_by_the_simple_statement_that_ends_on_its_line() {
        check("a = 1; print(a)  # 1\n", &[("# 1", "print(a)")]);
        check(
            "print(\n    1,  # one\n)  # 1\n",
            &[
                ("# one", ""),
                (
                    "# 1",
                    "print(\n    1,\n)".replace(",\n)", ",  # one\n)").as_str(),
                ),
            ],
        );
        check(
            "class A:  # a class\n    pass  # nothing\n",
            &[("# a class", ""), ("# nothing", "pass")],
        );
        check("x = '# no'  # yes\n", &[("# yes", "x = '# no'")]);
    }

    #[test]
    fn a_comment_on_its_own_line_stands_by_what_ends_above_it() {
        check(
            "for i in x:\n    print(i)\n#> 1\n",
            &[("#> 1", "for i in x:\n    print(i)")],
        );
        check(
            "for i in x:\n    print(i)\n    #> 1\n",
            &[("#> 1", "print(i)")],
        );
        check(
            "f()  # =>[3.12] 1\n     # => 2\n",
            &[("# =>[3.12] 1", "f()"), ("# => 2", "f()")],
        );
        check("# first\nf()\n", &[("# first", "")]);
    }

    #[test]
    fn a_print_tells_its_text_around_the_computed_parts() {
        let print = |program: &str| match listing(&format!("{program}  # c\n"))
            .comments
            .remove(0)
            .statement
            .map(|stmt| stmt.shape)
        {
            Some(Shape::Print(print)) => (print.before, print.holes, print.after, print.is_plain),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            print("print(f'size: {n} bytes')"),
            ("size: ".into(), 1, " bytes".into(), true)
        );
        assert_eq!(
            print("print('count', n)"),
            ("count ".into(), 1, "".into(), true)
        );
        assert_eq!(print("print(a, b)"), ("".into(), 2, "".into(), true));
        assert_eq!(
            print("print(f'{n = }')"),
            ("n = ".into(), 1, "".into(), true)
        );
        assert_eq!(
            print("print(f'{(n)=:=>4}')"),
            ("(n)=".into(), 1, "".into(), true)
        );
        assert_eq!(
            print("print('a' f'{n}' 'b', sep='')"),
            ("a".into(), 1, "b".into(), false)
        );
    }

    #[test]
    fn an_error_has_its_place() {
        let Listing {
            comments, errors, ..
        } = listing("x = 1  # one\ny = = 2\n");
        assert_eq!(comments.len(), 1);
        assert_eq!(
            errors.first().map(|error| error.range.start),
            Some("x = 1  # one\ny = ".len())
        );
    }
}
