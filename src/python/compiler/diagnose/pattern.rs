//! `match` and its patterns.

use super::ErrorKind;
use super::expression::rule;
use super::node::{Kind, Node};
use super::parser::{Found, Parser, Stop, want};
use super::token;
use std::rc::Rc;

type Pattern = Found<Rc<Node>>;

impl Parser<'_> {
    pub(super) fn match_statement(&mut self) -> Found<()> {
        let start = self.at;
        let found = self.attempt(|p| {
            want!(p.soft("match"));
            want!(p.subject());
            want!(p.word(":"));
            want!(p.kind(token::Kind::Newline));
            want!(p.kind(token::Kind::Indent));
            if p.many(Parser::case)?.is_empty() {
                return Ok(None);
            }
            want!(p.kind(token::Kind::Dedent));
            Ok(Some(()))
        })?;
        if found.is_none() && self.strict && self.soft("match")?.is_some() {
            if self.attempt(Parser::subject)?.is_some() {
                self.check_colon()?;
                if self.word(":")?.is_some() && self.kind(token::Kind::Newline)?.is_some() {
                    self.check_block("'match' statement", start)?;
                }
            }
            self.at = start;
        }
        Ok(found)
    }

    fn subject(&mut self) -> Found<()> {
        let several = self.attempt(|p| {
            want!(p.star_named_expression());
            want!(p.word(","));
            p.attempt(Parser::star_named_expressions)?;
            Ok(Some(()))
        })?;
        if several.is_some() {
            return Ok(several);
        }
        want!(self.named_expression());
        Ok(Some(()))
    }

    fn case(&mut self) -> Found<()> {
        if self.strict {
            self.mistaken_case()?;
        }
        want!(self.soft("case"));
        want!(self.case_head());
        want!(self.word(":"));
        self.block()
    }

    fn case_head(&mut self) -> Found<()> {
        want!(self.patterns());
        self.attempt(|p| {
            want!(p.word("if"));
            p.named_expression()
        })?;
        Ok(Some(()))
    }

    fn mistaken_case(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let head = self.attempt(|p| {
            want!(p.soft("case"));
            p.case_head()
        })?;
        if head.is_some() {
            self.check_colon()?;
            if self.word(":")?.is_some() && self.kind(token::Kind::Newline)?.is_some() {
                self.check_block("'case' statement", start)?;
            }
        }
        self.at = start;
        Ok(())
    }

    fn patterns(&mut self) -> Found<()> {
        if self.attempt(Parser::open_sequence)?.is_some() {
            return Ok(Some(()));
        }
        want!(self.pattern());
        Ok(Some(()))
    }

    fn open_sequence(&mut self) -> Found<()> {
        want!(self.maybe_star());
        want!(self.word(","));
        self.attempt(Parser::sequence_items)?;
        Ok(Some(()))
    }

    fn sequence_items(&mut self) -> Found<()> {
        want!(self.listed(Parser::maybe_star));
        self.word(",")?;
        Ok(Some(()))
    }

    fn maybe_star(&mut self) -> Found<()> {
        let star = self.attempt(|p| {
            want!(p.word("*"));
            if p.attempt(Parser::capture)?.is_none() {
                want!(p.soft("_"));
            }
            Ok(Some(()))
        })?;
        if star.is_some() {
            return Ok(star);
        }
        want!(self.pattern());
        Ok(Some(()))
    }

    fn pattern(&mut self) -> Pattern {
        self.remember(rule::PATTERN, |p| {
            let start = p.at;
            if let Some(found) = p.attempt(|p| {
                want!(p.alternatives());
                want!(p.word("as"));
                want!(p.capture());
                Ok(Some(p.node(Kind::Name, start)))
            })? {
                return Ok(Some(found));
            }
            if p.strict {
                p.mistaken_as()?;
                p.at = start;
            }
            p.alternatives()
        })
    }

    fn mistaken_as(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let underscore = self.attempt(|p| {
            want!(p.alternatives());
            want!(p.word("as"));
            p.soft("_")
        })?;
        if let Some(at) = underscore {
            return Err(self.raise_token(at, "cannot use '_' as a target"));
        }
        self.at = start;
        let target = self.attempt(|p| {
            want!(p.alternatives());
            want!(p.word("as"));
            if p.sees_kind(token::Kind::Name)? {
                return Ok(None);
            }
            p.expression()
        })?;
        match target {
            Some(target) => Err(self.raise_node(&target, "invalid pattern target")),
            None => Ok(()),
        }
    }

    fn alternatives(&mut self) -> Pattern {
        let first = self.at;
        want!(self.closed());
        self.many(|p| {
            want!(p.word("|"));
            p.closed()
        })?;
        Ok(Some(self.node(Kind::Name, first)))
    }

    /// A name that the pattern binds.
    fn capture(&mut self) -> Found<()> {
        let at = want!(self.name_token());
        let is_plain = self.tokens[at].text != "_" && !self.sees(&[".", "(", "="])?;
        Ok(is_plain.then_some(()))
    }

    fn closed(&mut self) -> Found<()> {
        let all = [
            Parser::literal_pattern,
            Parser::capture,
            |p: &mut Self| Ok(p.soft("_")?.map(|_| ())),
            Parser::value_pattern,
            Parser::bracketed_pattern,
            Parser::mapping_pattern,
            Parser::class_pattern,
        ];
        for one in all {
            if self.attempt(one)?.is_some() {
                return Ok(Some(()));
            }
        }
        Ok(None)
    }

    fn literal_pattern(&mut self) -> Found<()> {
        if self.one_of(&["None", "True", "False"])?.is_some() || self.strings()?.is_some() {
            return Ok(Some(()));
        }
        self.word("-")?;
        want!(self.kind(token::Kind::Number));
        let left = self.at - 1;
        if self.one_of(&["+", "-"])?.is_some() {
            let right = want!(self.kind(token::Kind::Number));
            let is_imaginary = |text: &str| text.ends_with(['j', 'J']);
            if is_imaginary(self.tokens[left].text) {
                let message = "real number required in complex literal";
                return Err(self.raise_token(left, message));
            }
            if !is_imaginary(self.tokens[right].text) {
                let message = "imaginary number required in complex literal";
                return Err(self.raise_token(right, message));
            }
        }
        Ok(Some(()))
    }

    /// `a.b.c`
    fn dotted_value(&mut self) -> Found<usize> {
        want!(self.name_token());
        let parts = self.many(|p| {
            want!(p.word("."));
            p.name_token()
        })?;
        Ok(Some(parts.len()))
    }

    fn value_pattern(&mut self) -> Found<()> {
        let parts = want!(self.dotted_value());
        Ok((parts > 0 && !self.sees(&[".", "(", "="])?).then_some(()))
    }

    fn bracketed_pattern(&mut self) -> Found<()> {
        if self.word("[")?.is_some() {
            self.attempt(Parser::sequence_items)?;
            want!(self.word("]"));
            return Ok(Some(()));
        }
        let group = self.attempt(|p| {
            want!(p.word("("));
            want!(p.pattern());
            p.word(")")
        })?;
        if group.is_some() {
            return Ok(Some(()));
        }
        want!(self.word("("));
        self.attempt(Parser::open_sequence)?;
        want!(self.word(")"));
        Ok(Some(()))
    }

    fn mapping_pattern(&mut self) -> Found<()> {
        want!(self.word("{"));
        let rest = |p: &mut Self| {
            want!(p.word("**"));
            p.capture()
        };
        if self.attempt(|p| p.listed(Parser::key_pattern))?.is_some() {
            self.attempt(|p| {
                want!(p.word(","));
                rest(p)
            })?;
        } else if self.attempt(rest)?.is_none() {
            want!(self.word("}"));
            return Ok(Some(()));
        }
        self.word(",")?;
        want!(self.word("}"));
        Ok(Some(()))
    }

    fn key_pattern(&mut self) -> Found<()> {
        if self.attempt(Parser::literal_pattern)?.is_none() {
            let parts = want!(self.dotted_value());
            if parts == 0 {
                return Ok(None);
            }
        }
        want!(self.word(":"));
        want!(self.pattern());
        Ok(Some(()))
    }

    fn class_pattern(&mut self) -> Found<()> {
        let start = self.at;
        let found = self.attempt(|p| {
            want!(p.dotted_value());
            want!(p.word("("));
            let positional = p.attempt(|p| p.listed(Parser::pattern))?;
            p.attempt(|p| {
                if positional.is_some() {
                    want!(p.word(","));
                }
                p.listed(Parser::keyword_pattern)
            })?;
            if p.at > start {
                p.word(",")?;
            }
            p.word(")")
        })?;
        if found.is_none() && self.strict {
            self.at = start;
            self.mistaken_class_pattern()?;
        }
        Ok(found.map(|_| ()))
    }

    fn keyword_pattern(&mut self) -> Found<()> {
        want!(self.name_token());
        want!(self.word("="));
        want!(self.pattern());
        Ok(Some(()))
    }

    fn mistaken_class_pattern(&mut self) -> Result<(), Stop> {
        let late = self.attempt(|p| {
            want!(p.dotted_value());
            want!(p.word("("));
            p.attempt(|p| {
                want!(p.listed(Parser::pattern));
                p.word(",")
            })?;
            want!(p.listed(Parser::keyword_pattern));
            want!(p.word(","));
            p.listed(Parser::pattern)
        })?;
        if let Some(late) = late {
            let message = "positional patterns follow keyword patterns";
            let last = late[late.len() - 1].last;
            return Err(self.raise_tokens(late[0].first, last, message.into()));
        }
        Ok(())
    }

    /// The error of a block that has no statement at all.
    pub(super) fn raise_empty_block(&mut self) -> Stop {
        self.raise_last(ErrorKind::Indentation, "expected an indented block")
    }
}
