//! Which part of an expression does what its instruction does: the operator of `a + b`, the brackets of `a[b]`
//! and `a(b)`. CPython 3.13: Lib/traceback.py, `_extract_caret_anchors_from_line_segment`.

use super::{Mode, parse, source::Source};
use ruff_python_ast as ruff;
use ruff_text_size::Ranged;

/// A part of a segment: from `left` up to `right`, each a line from 0 and a character of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// The first character.
    pub left: (usize, usize),
    /// One past the last character.
    pub right: (usize, usize),
}

/// The part that matters in a segment of source, if the segment is an expression with such a part.
pub fn of_segment(segment: &str) -> Option<Anchors> {
    // Parentheses make an expression of several lines valid. They stand on lines of their own.
    let wrapped = format!("(\n{segment}\n)");
    let source = Source::new(&wrapped);
    let ruff::Mod::Module(module) = parse::tree(&source, Mode::Exec)? else {
        return None;
    };
    let [ruff::Stmt::Expr(statement)] = module.body.as_slice() else {
        return None;
    };
    let text = Text {
        lines: segment.lines().map(|line| line.chars().collect()).collect(),
        source: &source,
    };
    match &*statement.value {
        ruff::Expr::BinOp(operation) => text.operator(operation),
        ruff::Expr::Subscript(subscript) => text.brackets(&*subscript.value, subscript, '['),
        ruff::Expr::Call(call) => text.brackets(&*call.func, call, '('),
        _ => None,
    }
}

/// The same for operators and subscripts alone, as 3.11 and 3.12 mark them.
pub fn of_operation(segment: &str) -> Option<Anchors> {
    let source = Source::new(segment);
    let ruff::Mod::Module(module) = parse::tree(&source, Mode::Exec)? else {
        return None;
    };
    match module.body.as_slice() {
        [ruff::Stmt::Expr(statement)] if !statement.value.is_call_expr() => of_segment(segment),
        _ => None,
    }
}

/// Whether the marked part is the whole of `f(…)` in a statement `return f(…)` or `x = f(…)`: marks would
/// say nothing. Offsets are characters of the first and the last line.
pub fn is_plain_call(lines: &[Vec<char>], start: usize, end: usize) -> bool {
    let text: String = lines.join(&'\n').into_iter().collect();
    let source = Source::new(&text);
    let Some(ruff::Mod::Module(module)) = parse::tree(&source, Mode::Exec) else {
        return false;
    };
    let call = match module.body.first() {
        Some(ruff::Stmt::Return(statement)) => match statement.value.as_deref() {
            Some(ruff::Expr::Call(call)) if call.func.is_name_expr() => call,
            _ => return false,
        },
        Some(ruff::Stmt::Assign(statement)) => match (&*statement.value, &*statement.targets) {
            (ruff::Expr::Call(call), [ruff::Expr::Name(_)]) => call,
            _ => return false,
        },
        // An empty text has no statement, and nothing to mark.
        None => return true,
        _ => return false,
    };
    let first = source.point(call.start().to_usize());
    let last = source.point(call.end().to_usize());
    first == (1, start as i32) && last == (lines.len() as i32, end as i32)
}

/// A segment's lines, and the source in which it stands between parentheses.
struct Text<'a> {
    lines: Vec<Vec<char>>,
    source: &'a Source<'a>,
}

impl Text<'_> {
    fn operator(&self, operation: &ruff::ExprBinOp) -> Option<Anchors> {
        let end = self.valid(self.place(operation.left.end().to_usize())?)?;
        let (line, column) = self.find(end, |c| !c.is_whitespace() && c != ')')?;
        let right = self.place(operation.right.start().to_usize())?;
        let next = (line, column + 1);
        let is_long = next < right
            && self.lines[line]
                .get(column + 1)
                .is_some_and(|c| !c.is_whitespace() && !matches!(c, '\\' | '#'));
        Some(Anchors {
            left: (line, column),
            right: (line, column + 1 + usize::from(is_long)),
        })
    }

    /// The brackets behind `value` in `whole`, which they end.
    fn brackets(&self, value: &impl Ranged, whole: &impl Ranged, open: char) -> Option<Anchors> {
        let end = self.valid(self.place(value.end().to_usize())?)?;
        Some(Anchors {
            left: self.find(end, |c| c == open)?,
            right: self.place(whole.end().to_usize())?,
        })
    }

    /// Line and character in the segment of an offset in the source.
    fn place(&self, offset: usize) -> Option<(usize, usize)> {
        let (line, bytes) = self.source.point(offset);
        let line = usize::try_from(line - 2).ok()?;
        let mut left = bytes as usize;
        let inside = |c: &&char| {
            let more = left > 0;
            left = left.saturating_sub(c.len_utf8());
            more
        };
        Some((
            line,
            self.lines.get(line)?.iter().take_while(inside).count(),
        ))
    }

    /// The place itself, or the first character of a later line when its line ends before it.
    fn valid(&self, (mut line, mut column): (usize, usize)) -> Option<(usize, usize)> {
        while self.lines.get(line)?.len() <= column {
            (line, column) = (line + 1, 0);
        }
        Some((line, column))
    }

    /// The first character from a place on that is wanted; comments and continued lines are passed over.
    fn find(
        &self,
        mut at: (usize, usize),
        wanted: impl Fn(char) -> bool,
    ) -> Option<(usize, usize)> {
        loop {
            let character = self.lines[at.0][at.1];
            at = if matches!(character, '\\' | '#') {
                self.valid((at.0 + 1, 0))?
            } else if wanted(character) {
                return Some(at);
            } else {
                self.valid((at.0, at.1 + 1))?
            };
        }
    }
}
