//! Expressions, and the mistakes that people make in them.

use super::node::{Kind, Node};
use super::parser::{Found, Parser, Stop, want};
use super::token;
use std::rc::Rc;

/// Numbers of the rules whose findings are remembered.
pub(super) mod rule {
    pub const EXPRESSION: u8 = 0;
    pub const STAR: u8 = 1;
    pub const NAMED: u8 = 2;
    pub const OR: u8 = 3;
    pub const AND: u8 = 4;
    pub const NOT: u8 = 5;
    pub const BINARY: u8 = 6;
    pub const FACTOR: u8 = 7;
    pub const AWAIT: u8 = 8;
    pub const PRIMARY: u8 = 9;
    pub const ATOM: u8 = 10;
    pub const STRINGS: u8 = 11;
    pub const TARGET: u8 = 12;
    pub const TARGET_ATOM: u8 = 13;
    pub const TARGET_PRIMARY: u8 = 14;
    pub const DELETED: u8 = 15;
    pub const LAMBDA: u8 = 16;
    pub const ARGUMENTS: u8 = 17;
    pub const SIMPLE: u8 = 18;
    pub const BLOCK: u8 = 19;
    pub const PATTERN: u8 = 20;
}

type Expression = Found<Rc<Node>>;

/// Binary operators, the loosest first.
const BINARY: [&[&str]; 6] = [
    &["|"],
    &["^"],
    &["&"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "//", "%", "@"],
];

impl Parser<'_> {
    /// `a`, `a, b`, each maybe with a star.
    pub(super) fn star_expressions(&mut self) -> Expression {
        self.sequence(Parser::star_expression)
    }

    /// `a`, `a, b` without stars.
    pub(super) fn expressions(&mut self) -> Expression {
        self.sequence(Parser::expression)
    }

    /// One item, or a tuple of items without brackets.
    fn sequence(&mut self, item: fn(&mut Self) -> Expression) -> Expression {
        let first = self.at;
        let one = want!(self.attempt(item));
        let mut parts = vec![one];
        let mut is_tuple = false;
        while self.word(",")?.is_some() {
            is_tuple = true;
            match self.attempt(item)? {
                Some(part) => parts.push(part),
                None => break,
            }
        }
        Ok(if is_tuple {
            Some(self.node_of(Kind::Tuple, first, parts))
        } else {
            parts.pop()
        })
    }

    pub(super) fn star_expression(&mut self) -> Expression {
        self.remember(rule::STAR, |p| match p.starred_operand()? {
            Some(starred) => Ok(Some(starred)),
            None => p.expression(),
        })
    }

    /// `*a`
    fn starred_operand(&mut self) -> Expression {
        let first = self.at;
        self.attempt(|p| {
            want!(p.word("*"));
            let value = want!(p.binary(0));
            Ok(Some(p.node_of(Kind::Starred, first, vec![value])))
        })
    }

    pub(super) fn star_named_expression(&mut self) -> Expression {
        match self.starred_operand()? {
            Some(starred) => Ok(Some(starred)),
            None => self.named_expression(),
        }
    }

    /// Items of a display, with a comma at the end if there is one.
    pub(super) fn star_named_expressions(&mut self) -> Found<Vec<Rc<Node>>> {
        let parts = want!(self.listed(Parser::star_named_expression));
        self.word(",")?;
        Ok(Some(parts))
    }

    pub(super) fn assignment_expression(&mut self) -> Expression {
        let first = self.at;
        self.attempt(|p| {
            want!(p.name_token());
            want!(p.word(":="));
            want!(p.expression());
            Ok(Some(p.node(Kind::Named, first)))
        })
    }

    pub(super) fn named_expression(&mut self) -> Expression {
        if let Some(found) = self.assignment_expression()? {
            return Ok(Some(found));
        }
        if self.strict {
            self.remember(rule::NAMED, Parser::mistaken_assignment)?;
        }
        self.attempt(Parser::unnamed_expression)
    }

    /// An expression without `:=` behind it.
    pub(super) fn unnamed_expression(&mut self) -> Expression {
        let found = want!(self.expression());
        Ok((!self.sees(&[":="])?).then_some(found))
    }

    /// `x = 1` where `x == 1` or `x := 1` was meant; `x.y := 1`.
    fn mistaken_assignment(&mut self) -> Expression {
        let first = self.at;
        if let Some(target) = self.attempt(|p| {
            let target = want!(p.expression());
            want!(p.word(":="));
            want!(p.expression());
            Ok(Some(target))
        })? {
            let name = self.expression_name(&target);
            let message = format!("cannot use assignment expressions with {name}");
            return Err(self.raise_node(&target, message));
        }
        self.at = first;
        if let Some(last) = self.attempt(|p| {
            want!(p.name_token());
            want!(p.word("="));
            let value = want!(p.binary(0));
            Ok((!p.sees(&["=", ":="])?).then_some(value.last))
        })? {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Err(self.raise_tokens(first, last, message.into()));
        }
        self.at = first;
        let is_display = self.ahead(Parser::list)?
            || self.ahead(Parser::tuple)?
            || self.ahead(Parser::generator)?
            || self.sees(&["True", "None", "False"])?;
        if !is_display
            && let Some(target) = self.attempt(|p| {
                let target = want!(p.binary(0));
                want!(p.word("="));
                want!(p.binary(0));
                Ok((!p.sees(&["=", ":="])?).then_some(target))
            })?
        {
            let name = self.expression_name(&target);
            let message =
                format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?");
            return Err(self.raise_node(&target, message));
        }
        Ok(None)
    }

    pub(super) fn expression(&mut self) -> Expression {
        self.remember(rule::EXPRESSION, |p| {
            if p.strict {
                p.mistaken_expression()?;
                p.legacy_statement()?;
            }
            p.plain_expression()
        })
    }

    fn plain_expression(&mut self) -> Expression {
        let first = self.at;
        let Some(value) = self.disjunction()? else {
            return self.lambda();
        };
        let conditional = self.attempt(|p| {
            want!(p.word("if"));
            want!(p.disjunction());
            want!(p.word("else"));
            want!(p.expression());
            Ok(Some(p.node(Kind::Conditional, first)))
        })?;
        Ok(Some(conditional.unwrap_or(value)))
    }

    /// Two expressions in a row, half a condition, a lambda that ends an f-string's field.
    fn mistaken_expression(&mut self) -> Result<(), Stop> {
        let first = self.at;
        let is_prefix = self.ahead(|p| {
            want!(p.name_token());
            p.kind(token::Kind::String)
        })?;
        let token = self.peek()?;
        let is_soft = token.kind == token::Kind::Name
            && matches!(token.text, "_" | "case" | "match" | "type");
        if !is_prefix
            && !is_soft
            && let Some(value) = self.disjunction()?
        {
            self.missing_comma(&value)?;
        }
        self.at = first;
        if let Some(last) = self.attempt(|p| {
            want!(p.disjunction());
            want!(p.word("if"));
            let condition = want!(p.disjunction());
            Ok((!p.sees(&["else", ":"])?).then_some(condition.last))
        })? {
            let message = "expected 'else' after 'if' expression";
            return Err(self.raise_tokens(first, last, message.into()));
        }
        self.at = first;
        if let Some(colon) = self.attempt(|p| {
            want!(p.word("lambda"));
            p.parameters(true)?;
            let colon = want!(p.word(":"));
            let is_text = p.sees_kind(token::Kind::FMiddle)? || p.ahead(Parser::field)?;
            Ok(is_text.then_some(colon))
        })? {
            let message = "f-string: lambda expressions are not allowed without parentheses";
            return Err(self.raise_tokens(first, colon, message.into()));
        }
        self.at = first;
        Ok(())
    }

    /// Whether another expression follows in brackets, where a comma belongs.
    fn missing_comma(&mut self, value: &Rc<Node>) -> Result<(), Stop> {
        let strict = std::mem::replace(&mut self.strict, false);
        let next = self.plain_expression();
        self.strict = strict;
        if let Some(next) = next?
            && !self.is_legacy(value)
            && self.tokens[self.at - 1].level > 0
        {
            let message = "invalid syntax. Perhaps you forgot a comma?";
            return Err(self.raise_tokens(value.first, next.last, message.into()));
        }
        Ok(())
    }

    /// Whether an expression is the name of what was a statement in Python 2.
    fn is_legacy(&self, node: &Node) -> bool {
        node.kind == Kind::Name && matches!(self.tokens[node.first].text, "print" | "exec")
    }

    /// `print x`
    fn legacy_statement(&mut self) -> Result<(), Stop> {
        let first = self.at;
        let found = self.attempt(|p| {
            want!(p.name_token());
            if p.sees(&["("])? {
                return Ok(None);
            }
            p.star_expressions()
        })?;
        self.at = first;
        let name = self.tokens[first].text;
        if let Some(found) = found
            && matches!(name, "print" | "exec")
        {
            let message =
                format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
            return Err(self.raise_tokens(first, found.last, message));
        }
        Ok(())
    }

    pub(super) fn disjunction(&mut self) -> Expression {
        self.remember(rule::OR, |p| p.joined("or", Parser::conjunction))
    }

    fn conjunction(&mut self) -> Expression {
        self.remember(rule::AND, |p| p.joined("and", Parser::inversion))
    }

    fn joined(&mut self, word: &str, item: fn(&mut Self) -> Expression) -> Expression {
        let first = self.at;
        let one = want!(item(self));
        let more = self.many(|p| {
            want!(p.word(word));
            item(p)
        })?;
        Ok(Some(if more.is_empty() {
            one
        } else {
            self.node(Kind::Operation, first)
        }))
    }

    fn inversion(&mut self) -> Expression {
        self.remember(rule::NOT, |p| {
            let first = p.at;
            if p.word("not")?.is_some() {
                want!(p.inversion());
                return Ok(Some(p.node(Kind::Operation, first)));
            }
            p.comparison()
        })
    }

    fn comparison(&mut self) -> Expression {
        let first = self.at;
        let left = want!(self.binary(0));
        let is_in = self.sees(&["in"])?;
        let more = self.many(|p| {
            want!(p.comparison_operator());
            p.binary(0)
        })?;
        if more.is_empty() {
            return Ok(Some(left));
        }
        let kind = if is_in { Kind::In } else { Kind::Comparison };
        Ok(Some(self.node_of(kind, first, vec![left])))
    }

    fn comparison_operator(&mut self) -> Found<()> {
        if self
            .one_of(&["==", "!=", "<=", "<", ">=", ">", "in"])?
            .is_some()
        {
            return Ok(Some(()));
        }
        if self.word("not")?.is_some() {
            want!(self.word("in"));
            return Ok(Some(()));
        }
        want!(self.word("is"));
        if self.sees(&["not"])? {
            // `is not x`, but also `is (not …)`, which is no comparison's right side.
            self.word("not")?;
        }
        Ok(Some(()))
    }

    /// Operators of a level and all that bind closer.
    pub(super) fn binary(&mut self, level: usize) -> Expression {
        if level == BINARY.len() {
            return self.factor();
        }
        let inner = |p: &mut Self| {
            let first = p.at;
            let mut left = want!(p.binary(level + 1));
            while p
                .attempt(|p| {
                    want!(p.one_of(BINARY[level]));
                    p.binary(level + 1)
                })?
                .is_some()
            {
                left = p.node(Kind::Operation, first);
            }
            Ok(Some(left))
        };
        if level == 0 {
            return self.remember(rule::BINARY, inner);
        }
        self.attempt(inner)
    }

    fn factor(&mut self) -> Expression {
        self.remember(rule::FACTOR, |p| {
            let first = p.at;
            if p.one_of(&["+", "-", "~"])?.is_some() {
                want!(p.factor());
                return Ok(Some(p.node(Kind::Operation, first)));
            }
            let value = want!(p.awaited());
            let power = p.attempt(|p| {
                want!(p.word("**"));
                p.factor()
            })?;
            Ok(Some(match power {
                Some(_) => p.node(Kind::Operation, first),
                None => value,
            }))
        })
    }

    fn awaited(&mut self) -> Expression {
        self.remember(rule::AWAIT, |p| {
            let first = p.at;
            if p.word("await")?.is_some() {
                want!(p.primary());
                return Ok(Some(p.node(Kind::Await, first)));
            }
            p.primary()
        })
    }

    fn primary(&mut self) -> Expression {
        self.remember(rule::PRIMARY, |p| {
            let first = p.at;
            let mut value = want!(p.atom());
            while let Some(kind) = p.attempt(Parser::trailer)? {
                value = p.node(kind, first);
            }
            Ok(Some(value))
        })
    }

    /// `.name`, `(arguments)`, `[slices]`.
    pub(super) fn trailer(&mut self) -> Found<Kind> {
        if self.word(".")?.is_some() {
            want!(self.name_token());
            return Ok(Some(Kind::Attribute));
        }
        if self.sees(&["("])? {
            if self.attempt(Parser::generator)?.is_some() {
                return Ok(Some(Kind::Call));
            }
            want!(self.word("("));
            self.arguments()?;
            want!(self.word(")"));
            return Ok(Some(Kind::Call));
        }
        want!(self.word("["));
        want!(self.slices());
        want!(self.word("]"));
        Ok(Some(Kind::Subscript))
    }

    pub(super) fn slices(&mut self) -> Expression {
        let first = self.at;
        let one = self.attempt(|p| {
            let slice = want!(p.slice());
            Ok((!p.sees(&[","])?).then_some(slice))
        })?;
        if one.is_some() {
            return Ok(one);
        }
        let parts = want!(self.listed(|p| match p.attempt(Parser::slice)? {
            Some(slice) => Ok(Some(slice)),
            None => p.starred_expression(),
        }));
        self.word(",")?;
        Ok(Some(self.node_of(Kind::Tuple, first, parts)))
    }

    fn slice(&mut self) -> Expression {
        let first = self.at;
        let sliced = self.attempt(|p| {
            p.expression()?;
            want!(p.word(":"));
            p.expression()?;
            if p.word(":")?.is_some() {
                p.expression()?;
            }
            Ok(Some(p.node(Kind::Tuple, first)))
        })?;
        match sliced {
            Some(sliced) => Ok(Some(sliced)),
            None => self.named_expression(),
        }
    }

    /// `*a` as an argument, and what is wrong with it.
    pub(super) fn starred_expression(&mut self) -> Expression {
        let first = self.at;
        if self.strict {
            let assigned = self.attempt(|p| {
                want!(p.word("*"));
                want!(p.expression());
                want!(p.word("="));
                p.expression()
            })?;
            if let Some(value) = assigned {
                let message = "cannot assign to iterable argument unpacking";
                return Err(self.raise_tokens(first, value.last, message.into()));
            }
        }
        let found = self.attempt(|p| {
            want!(p.word("*"));
            let value = want!(p.expression());
            Ok(Some(p.node_of(Kind::Starred, first, vec![value])))
        })?;
        if found.is_none() && self.strict && self.word("*")?.is_some() {
            return Err(self.raise_last(super::ErrorKind::Syntax, "Invalid star expression"));
        }
        Ok(found)
    }

    pub(super) fn lambda(&mut self) -> Expression {
        let first = self.at;
        self.remember(rule::LAMBDA, |p| {
            want!(p.word("lambda"));
            p.parameters(true)?;
            want!(p.word(":"));
            want!(p.expression());
            Ok(Some(p.node(Kind::Lambda, first)))
        })
    }

    pub(super) fn yield_expression(&mut self) -> Expression {
        let first = self.at;
        self.attempt(|p| {
            want!(p.word("yield"));
            let from = p.attempt(|p| {
                want!(p.word("from"));
                p.expression()
            })?;
            if from.is_none() {
                p.star_expressions()?;
            }
            Ok(Some(p.node(Kind::Yield, first)))
        })
    }

    /// What may stand right of an assignment.
    pub(super) fn right_side(&mut self) -> Expression {
        match self.yield_expression()? {
            Some(found) => Ok(Some(found)),
            None => self.star_expressions(),
        }
    }
}
