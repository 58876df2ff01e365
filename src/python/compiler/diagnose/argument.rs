//! Arguments of calls.

use super::expression::rule;
use super::node::{Kind, Node};
use super::parser::{Found, Parser, Stop, want};
use std::rc::Rc;

const EQUALS: &str = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
const GENERATOR: &str = "Generator expression must be parenthesized";

/// Arguments that were recognized.
struct Arguments {
    positional: Vec<Rc<Node>>,
    /// `**a` is among them.
    has_unpacking: bool,
}

impl Parser<'_> {
    /// The arguments before a closing parenthesis, if there are any.
    pub(super) fn arguments(&mut self) -> Found<Rc<Node>> {
        let first = self.at;
        self.remember(rule::ARGUMENTS, |p| {
            let found = p.attempt(|p| {
                want!(p.argument_list());
                p.word(",")?;
                Ok(p.sees(&[")"])?.then_some(()))
            })?;
            if found.is_some() {
                return Ok(Some(p.node(Kind::Call, first)));
            }
            if p.strict {
                p.at = first;
                p.mistaken_arguments()?;
            }
            Ok(None)
        })
    }

    fn argument_list(&mut self) -> Found<Arguments> {
        let positional = self.attempt(|p| p.listed(Parser::positional))?;
        let Some(positional) = positional else {
            return self.keywords();
        };
        let keywords = self.attempt(|p| {
            want!(p.word(","));
            p.keywords()
        })?;
        let mut all = Arguments {
            positional,
            has_unpacking: false,
        };
        if let Some(keywords) = keywords {
            all.positional.extend(keywords.positional);
            all.has_unpacking = keywords.has_unpacking;
        }
        Ok(Some(all))
    }

    fn positional(&mut self) -> Found<Rc<Node>> {
        if let Some(starred) = self.starred_expression()? {
            return Ok(Some(starred));
        }
        let value = match self.assignment_expression()? {
            Some(value) => value,
            None => want!(self.attempt(Parser::unnamed_expression)),
        };
        Ok((!self.sees(&["="])?).then_some(value))
    }

    /// `a=1, *b, **c`
    fn keywords(&mut self) -> Found<Arguments> {
        let mut all = Arguments {
            positional: Vec::new(),
            has_unpacking: false,
        };
        let starred = self.attempt(|p| p.listed(Parser::keyword_or_starred))?;
        all.positional
            .extend(starred.iter().flatten().flatten().cloned());
        let doubled = self.attempt(|p| {
            if starred.is_some() {
                want!(p.word(","));
            }
            p.listed(Parser::keyword_or_unpacking)
        })?;
        if starred.is_none() && doubled.is_none() {
            return Ok(None);
        }
        all.has_unpacking = doubled.is_some_and(|doubled| doubled.contains(&true));
        Ok(Some(all))
    }

    fn keyword_or_starred(&mut self) -> Found<Option<Rc<Node>>> {
        if want!(self.keyword().map(Some)) {
            return Ok(Some(None));
        }
        Ok(self.starred_expression()?.map(Some))
    }

    /// Whether it is `**a`.
    fn keyword_or_unpacking(&mut self) -> Found<bool> {
        if want!(self.keyword().map(Some)) {
            return Ok(Some(false));
        }
        want!(self.word("**"));
        want!(self.expression());
        Ok(Some(true))
    }

    /// `a=1`, or a mistake that looks like it.
    fn keyword(&mut self) -> Result<bool, Stop> {
        if self.strict {
            let start = self.at;
            self.mistaken_keyword()?;
            self.at = start;
        }
        let found = self.attempt(|p| {
            want!(p.name_token());
            want!(p.word("="));
            p.expression()
        })?;
        Ok(found.is_some())
    }

    fn mistaken_keyword(&mut self) -> Result<(), Stop> {
        let first = self.at;
        let constant = self.attempt(|p| {
            want!(p.one_of(&["True", "False", "None"]));
            p.word("=")
        })?;
        if let Some(equals) = constant {
            let message = format!("cannot assign to {}", self.tokens[first].text);
            return Err(self.raise_tokens(first, equals, message));
        }
        self.mistaken_generator_keyword()?;
        let is_keyword = self.ahead(|p| {
            want!(p.name_token());
            p.word("=")
        })?;
        if !is_keyword
            && let Some(equals) = self.attempt(|p| {
                want!(p.expression());
                p.word("=")
            })?
        {
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            return Err(self.raise_tokens(first, equals, message.into()));
        }
        self.at = first;
        if let Some(value) = self.attempt(|p| {
            want!(p.word("**"));
            want!(p.expression());
            want!(p.word("="));
            p.expression()
        })? {
            let message = "cannot assign to keyword argument unpacking";
            return Err(self.raise_tokens(first, value.last, message.into()));
        }
        Ok(())
    }

    /// `a=b for b in c`
    fn mistaken_generator_keyword(&mut self) -> Result<(), Stop> {
        let first = self.at;
        let equals = self.attempt(|p| {
            want!(p.name_token());
            let equals = want!(p.word("="));
            want!(p.expression());
            want!(p.clauses());
            Ok(Some(equals))
        })?;
        self.at = first;
        match equals {
            Some(equals) => Err(self.raise_tokens(first, equals, EQUALS.into())),
            None => Ok(()),
        }
    }

    fn mistaken_arguments(&mut self) -> Result<(), Stop> {
        let first = self.at;
        if let Some(comma) = self.attempt(Parser::late_unpacking)? {
            let message = "iterable argument unpacking follows keyword argument unpacking";
            return Err(self.raise_from(comma, message));
        }
        self.at = first;
        if let Some(last) = self.attempt(|p| {
            want!(p.expression());
            let last = want!(p.clauses());
            want!(p.word(","));
            if p.attempt(Parser::argument_list)?.is_none() {
                p.attempt(|p| {
                    want!(p.expression());
                    p.clauses()
                })?;
            }
            Ok(Some(last.last))
        })? {
            return Err(self.raise_tokens(first, last, GENERATOR.into()));
        }
        self.at = first;
        self.mistaken_generator_keyword()?;
        self.missing_value()?;
        self.at = first;
        self.bare_generator()?;
        self.at = first;
        let found = self.attempt(|p| {
            let before = want!(p.argument_list());
            want!(p.word(","));
            want!(p.argument_list());
            Ok(Some(before))
        })?;
        if let Some(before) = found {
            let unpacking = if before.has_unpacking {
                " unpacking"
            } else {
                ""
            };
            let message = format!("positional argument follows keyword argument{unpacking}");
            return Err(self.raise_last(super::ErrorKind::Syntax, message));
        }
        Ok(())
    }

    /// `**a, *b`: the comma between.
    fn late_unpacking(&mut self) -> Found<usize> {
        let behind = self.attempt(|p| {
            want!(p.listed(Parser::positional));
            want!(p.word(","));
            p.keywords()
        })?;
        if behind.is_none() {
            want!(self.attempt(Parser::keywords));
        }
        let comma = want!(self.word(","));
        want!(self.listed(|p| {
            want!(p.starred_expression());
            Ok((!p.sees(&["="])?).then_some(()))
        }));
        Ok(Some(comma))
    }

    /// `f(a=)`
    fn missing_value(&mut self) -> Result<(), Stop> {
        let start = self.at;
        for with_others in [true, false] {
            let found = self.attempt(|p| {
                if with_others {
                    want!(p.argument_list());
                    want!(p.word(","));
                }
                let name = want!(p.name_token());
                let equals = want!(p.word("="));
                Ok(p.sees(&[",", ")"])?.then_some((name, equals)))
            })?;
            if let Some((name, equals)) = found {
                let message = "expected argument value expression";
                return Err(self.raise_tokens(name, equals, message.into()));
            }
            self.at = start;
        }
        Ok(())
    }

    /// `f(a, b for b in c)`
    fn bare_generator(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let found = self.attempt(|p| {
            let before = want!(p.argument_list());
            let last = want!(p.clauses());
            Ok(Some((before.positional, last)))
        })?;
        if let Some((positional, last)) = found
            && let [_, .., own] = positional.as_slice()
        {
            return Err(self.raise_tokens(own.first, last.last, GENERATOR.into()));
        }
        self.at = start;
        let found = self.attempt(|p| {
            want!(p.argument_list());
            want!(p.word(","));
            let own = want!(p.expression());
            let last = want!(p.clauses());
            Ok(Some((own, last)))
        })?;
        if let Some((own, last)) = found {
            return Err(self.raise_tokens(own.first, last.last, GENERATOR.into()));
        }
        Ok(())
    }
}
