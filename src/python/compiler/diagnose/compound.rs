//! Statements with blocks.

use super::ErrorKind;
use super::expression::rule;
use super::node::{Kind, Targets};
use super::parser::{Found, Parser, Stop, want};
use super::token;

impl Parser<'_> {
    /// A module.
    pub(super) fn module(&mut self) -> Found<()> {
        self.many(Parser::statement)?;
        Ok(self.kind(token::Kind::End)?.map(|_| ()))
    }

    /// A statement typed at a prompt.
    pub(super) fn interactive(&mut self) -> Found<()> {
        let compound = self.attempt(|p| {
            want!(p.compound());
            p.kind(token::Kind::Newline)
        })?;
        if compound.is_some() || self.simple_statements()?.is_some() {
            return Ok(Some(()));
        }
        Ok(self.kind(token::Kind::Newline)?.map(|_| ()))
    }

    /// One expression.
    pub(super) fn evaluated(&mut self) -> Found<()> {
        want!(self.expressions());
        self.many(|p| p.kind(token::Kind::Newline))?;
        Ok(self.kind(token::Kind::End)?.map(|_| ()))
    }

    fn statement(&mut self) -> Found<()> {
        match self.attempt(Parser::compound)? {
            Some(()) => Ok(Some(())),
            None => self.simple_statements(),
        }
    }

    pub(super) fn block(&mut self) -> Found<()> {
        let found = self.remember(rule::BLOCK, |p| {
            let first = p.at;
            let indented = p.attempt(|p| {
                want!(p.kind(token::Kind::Newline));
                want!(p.kind(token::Kind::Indent));
                if p.many(Parser::statement)?.is_empty() {
                    return Ok(None);
                }
                p.kind(token::Kind::Dedent)
            })?;
            if indented.is_none() && p.simple_statements()?.is_none() {
                if p.strict
                    && p.kind(token::Kind::Newline)?.is_some()
                    && !p.sees_kind(token::Kind::Indent)?
                {
                    return Err(p.raise_empty_block());
                }
                return Ok(None);
            }
            Ok(Some(p.node(Kind::Name, first)))
        })?;
        Ok(found.map(|_| ()))
    }

    fn compound(&mut self) -> Found<()> {
        let token = self.peek()?;
        match (token.kind, token.text) {
            (token::Kind::Keyword, "def") => self.function(),
            (token::Kind::Op, "@") => self.decorated(),
            (token::Kind::Keyword, "async") => self.asynchronous(),
            (token::Kind::Keyword, "if") => self.conditional("if"),
            (token::Kind::Keyword, "class") => self.class(),
            (token::Kind::Keyword, "with") => self.with(),
            (token::Kind::Keyword, "for") => self.for_loop(),
            (token::Kind::Keyword, "try") => self.try_statement(),
            (token::Kind::Keyword, "while") => self.while_loop(),
            (token::Kind::Name, "match") => self.match_statement(),
            _ => Ok(None),
        }
    }

    fn asynchronous(&mut self) -> Found<()> {
        for one in [Parser::function, Parser::with, Parser::for_loop] {
            if self.attempt(one)?.is_some() {
                return Ok(Some(()));
            }
        }
        Ok(None)
    }

    fn decorated(&mut self) -> Found<()> {
        let decorators = self.many(|p| {
            want!(p.word("@"));
            want!(p.named_expression());
            p.kind(token::Kind::Newline)
        })?;
        if decorators.is_empty() {
            return Ok(None);
        }
        match self.attempt(Parser::function)? {
            Some(()) => Ok(Some(())),
            None => self.class(),
        }
    }

    /// After a head: a colon that is missing, a block that is missing. The tokens are as before.
    fn check_head(
        &mut self,
        keyword: usize,
        what: &str,
        has_colon_check: bool,
        head: impl FnOnce(&mut Self) -> Found<()>,
    ) -> Result<(), Stop> {
        if !self.strict {
            return Ok(());
        }
        let start = self.at;
        if self.attempt(head)?.is_some() {
            if has_colon_check {
                self.check_colon()?;
            }
            if self.word(":")?.is_some() && self.kind(token::Kind::Newline)?.is_some() {
                self.check_block(what, keyword)?;
            }
        }
        self.at = start;
        Ok(())
    }

    fn function(&mut self) -> Found<()> {
        let keyword = self.at + usize::from(self.sees(&["async"])?);
        self.check_head(keyword, "function definition", false, |p| {
            p.word("async")?;
            want!(p.word("def"));
            want!(p.name_token());
            p.type_parameters()?;
            want!(p.word("("));
            p.parameters(false)?;
            want!(p.word(")"));
            p.returned_type()?;
            Ok(Some(()))
        })?;
        self.word("async")?;
        want!(self.word("def"));
        want!(self.name_token());
        self.type_parameters()?;
        want!(self.demanded("("));
        self.parameters(false)?;
        want!(self.word(")"));
        self.returned_type()?;
        want!(self.demanded(":"));
        self.block()
    }

    fn returned_type(&mut self) -> Result<(), Stop> {
        self.attempt(|p| {
            want!(p.word("->"));
            p.expression()
        })?;
        Ok(())
    }

    fn class(&mut self) -> Found<()> {
        let keyword = self.at;
        let head = |p: &mut Self| {
            want!(p.word("class"));
            want!(p.name_token());
            p.type_parameters()?;
            p.attempt(|p| {
                want!(p.word("("));
                p.arguments()?;
                p.word(")")
            })?;
            Ok(Some(()))
        };
        self.check_head(keyword, "class definition", true, head)?;
        want!(head(self));
        want!(self.word(":"));
        self.block()
    }

    /// `if` and `elif`
    fn conditional(&mut self, word: &'static str) -> Found<()> {
        let keyword = self.at;
        let what = format!("'{word}' statement");
        let head = |p: &mut Self| {
            want!(p.word(word));
            want!(p.named_expression());
            Ok(Some(()))
        };
        self.check_head(keyword, &what, true, head)?;
        want!(head(self));
        want!(self.word(":"));
        want!(self.block());
        if self.attempt(|p| p.conditional("elif"))?.is_none() {
            self.attempt(Parser::otherwise)?;
        }
        Ok(Some(()))
    }

    fn otherwise(&mut self) -> Found<()> {
        self.plain_block("else")
    }

    fn finally(&mut self) -> Found<()> {
        self.plain_block("finally")
    }

    /// A block behind a keyword alone.
    fn plain_block(&mut self, word: &str) -> Found<()> {
        let keyword = self.at;
        let what = format!("'{word}' statement");
        self.check_head(keyword, &what, false, |p| Ok(p.word(word)?.map(|_| ())))?;
        want!(self.word(word));
        self.forced(":")?;
        self.block()
    }

    fn while_loop(&mut self) -> Found<()> {
        let keyword = self.at;
        let head = |p: &mut Self| {
            want!(p.word("while"));
            want!(p.named_expression());
            Ok(Some(()))
        };
        self.check_head(keyword, "'while' statement", true, head)?;
        want!(head(self));
        want!(self.word(":"));
        want!(self.block());
        self.attempt(Parser::otherwise)?;
        Ok(Some(()))
    }

    fn for_loop(&mut self) -> Found<()> {
        let start = self.at;
        let keyword = start + usize::from(self.sees(&["async"])?);
        self.check_head(keyword, "'for' statement", true, |p| {
            p.word("async")?;
            want!(p.word("for"));
            want!(p.star_targets());
            want!(p.word("in"));
            want!(p.star_expressions());
            Ok(Some(()))
        })?;
        let targets = self.attempt(|p| {
            p.word("async")?;
            want!(p.word("for"));
            want!(p.star_targets());
            p.word("in")
        })?;
        if targets.is_none() {
            if self.strict {
                self.mistaken_for_target()?;
            }
            return Ok(None);
        }
        want!(self.star_expressions());
        want!(self.word(":"));
        want!(self.block());
        self.attempt(Parser::otherwise)?;
        Ok(Some(()))
    }

    fn with(&mut self) -> Found<()> {
        let start = self.at;
        let keyword = start + usize::from(self.sees(&["async"])?);
        for head in [Parser::with_head, Parser::with_brackets_head] {
            self.check_head(keyword, "'with' statement", false, head)?;
        }
        let bracketed = self.attempt(|p| {
            p.word("async")?;
            want!(p.word("with"));
            want!(p.word("("));
            want!(p.listed(Parser::with_item));
            p.word(",")?;
            want!(p.word(")"));
            want!(p.word(":"));
            p.block()
        })?;
        if bracketed.is_some() {
            return Ok(bracketed);
        }
        let plain = self.attempt(|p| {
            p.word("async")?;
            want!(p.word("with"));
            want!(p.listed(Parser::with_item));
            want!(p.word(":"));
            p.block()
        })?;
        if plain.is_none() && self.strict {
            for head in [Parser::with_head, Parser::with_brackets_head] {
                self.at = start;
                if self.attempt(head)?.is_some() {
                    self.check_colon()?;
                }
            }
        }
        Ok(plain)
    }

    fn with_head(&mut self) -> Found<()> {
        self.word("async")?;
        want!(self.word("with"));
        want!(self.listed(|p| {
            want!(p.expression());
            p.with_name()
        }));
        Ok(Some(()))
    }

    fn with_brackets_head(&mut self) -> Found<()> {
        self.word("async")?;
        want!(self.word("with"));
        want!(self.word("("));
        want!(self.listed(|p| {
            want!(p.expressions());
            p.with_name()
        }));
        self.word(",")?;
        want!(self.word(")"));
        Ok(Some(()))
    }

    fn with_name(&mut self) -> Found<()> {
        self.attempt(|p| {
            want!(p.word("as"));
            p.star_target()
        })?;
        Ok(Some(()))
    }

    fn with_item(&mut self) -> Found<()> {
        let named = self.attempt(|p| {
            want!(p.expression());
            want!(p.word("as"));
            want!(p.star_target());
            Ok(p.sees(&[",", ")", ":"])?.then_some(()))
        })?;
        if named.is_some() {
            return Ok(named);
        }
        if self.strict
            && let Some(target) = self.attempt(|p| {
                want!(p.expression());
                want!(p.word("as"));
                let target = want!(p.expression());
                Ok(p.sees(&[",", ")", ":"])?.then_some(target))
            })?
        {
            self.check_target(&target, Targets::Assign)?;
            return Ok(None);
        }
        Ok(self.expression()?.map(|_| ()))
    }

    fn try_statement(&mut self) -> Found<()> {
        let start = self.at;
        if self.strict {
            self.mistaken_try()?;
            self.at = start;
        }
        want!(self.word("try"));
        self.forced(":")?;
        want!(self.block());
        if self.attempt(Parser::finally)?.is_some() {
            return Ok(Some(()));
        }
        let handlers = self.many(|p| p.handler(false))?;
        if handlers.is_empty() && self.many(|p| p.handler(true))?.is_empty() {
            return Ok(None);
        }
        self.attempt(Parser::otherwise)?;
        self.attempt(Parser::finally)?;
        Ok(Some(()))
    }

    fn mistaken_try(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.check_head(start, "'try' statement", false, |p| {
            Ok(p.word("try")?.map(|_| ()))
        })?;
        let body = self.attempt(|p| {
            want!(p.word("try"));
            want!(p.word(":"));
            p.block()
        })?;
        if body.is_none() {
            return Ok(());
        }
        if !self.sees(&["except", "finally"])? {
            let message = "expected 'except' or 'finally' block";
            return Err(self.raise_last(ErrorKind::Syntax, message));
        }
        let handlers = self.at;
        for star in [false, true] {
            self.at = handlers;
            if self.many(|p| p.handler(star))?.is_empty() {
                continue;
            }
            let other = self.attempt(|p| p.handler_head(!star))?;
            if let Some((first, last)) = other {
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                return Err(self.raise_tokens(first, last, message.into()));
            }
        }
        Ok(())
    }

    /// `except …:`; the tokens that say which kind it is.
    fn handler_head(&mut self, star: bool) -> Found<(usize, usize)> {
        let first = want!(self.word("except"));
        let mut last = first;
        if star {
            last = want!(self.word("*"));
            want!(self.expression());
            self.renamed_handler()?;
        } else if self.expression()?.is_some() {
            self.renamed_handler()?;
        }
        want!(self.word(":"));
        Ok(Some((first, last)))
    }

    fn renamed_handler(&mut self) -> Result<(), Stop> {
        self.attempt(|p| {
            want!(p.word("as"));
            p.name_token()
        })?;
        Ok(())
    }

    fn handler(&mut self, star: bool) -> Found<()> {
        let start = self.at;
        if !self.sees(&["except"])? {
            return Ok(None);
        }
        let what = if star {
            "'except*' statement"
        } else {
            "'except' statement"
        };
        self.check_head(start, what, false, |p| {
            want!(p.word("except"));
            if star {
                want!(p.word("*"));
                want!(p.expression());
                p.renamed_handler()?;
            } else if p.expression()?.is_some() {
                p.renamed_handler()?;
            }
            Ok(Some(()))
        })?;
        let found = self.attempt(|p| {
            want!(p.handler_head(star));
            p.block()
        })?;
        if found.is_none() && self.strict {
            self.at = start;
            self.mistaken_handler()?;
        }
        Ok(found)
    }

    fn mistaken_handler(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let several = self.attempt(|p| {
            want!(p.word("except"));
            p.word("*")?;
            let first = want!(p.expression());
            want!(p.word(","));
            want!(p.expressions());
            p.renamed_handler()?;
            want!(p.word(":"));
            Ok(Some(first.first))
        })?;
        if let Some(first) = several {
            let message = "multiple exception types must be parenthesized";
            return Err(self.raise_from(first, message));
        }
        let head = self.attempt(|p| {
            want!(p.word("except"));
            p.word("*")?;
            want!(p.expression());
            p.renamed_handler()?;
            p.kind(token::Kind::Newline)
        })?;
        let bare = match head {
            Some(_) => head,
            None => self.attempt(|p| {
                want!(p.word("except"));
                p.kind(token::Kind::Newline)
            })?,
        };
        if bare.is_some() {
            return Err(self.raise_last(ErrorKind::Syntax, "expected ':'"));
        }
        self.at = start;
        let empty = self.attempt(|p| {
            want!(p.word("except"));
            want!(p.word("*"));
            Ok((p.sees_newline()? || p.sees(&[":"])?).then_some(()))
        })?;
        if empty.is_some() {
            self.at = start;
            let message = "expected one or more exception types";
            return Err(self.raise_last(ErrorKind::Syntax, message));
        }
        Ok(())
    }
}
