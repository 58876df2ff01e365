//! Statements of one line.

use super::ErrorKind;
use super::expression::rule;
use super::node::{Kind, Node, Targets};
use super::parser::{Found, Parser, Stop, want};
use super::token;
use std::rc::Rc;

const AUGMENTED: [&str; 13] = [
    "+=", "-=", "*=", "@=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//=",
];

impl Parser<'_> {
    /// Statements with semicolons between them, and the end of their line.
    pub(super) fn simple_statements(&mut self) -> Found<()> {
        self.attempt(|p| {
            want!(p.simple_statement());
            p.many(|p| {
                want!(p.word(";"));
                p.simple_statement()
            })?;
            p.word(";")?;
            want!(p.kind(token::Kind::Newline));
            Ok(Some(()))
        })
    }

    fn simple_statement(&mut self) -> Found<Rc<Node>> {
        self.remember(rule::SIMPLE, |p| {
            let first = p.at;
            if p.attempt(Parser::assignment)?.is_none()
                && p.attempt(Parser::type_alias)?.is_none()
                && p.attempt(Parser::star_expressions)?.is_none()
            {
                want!(p.attempt(Parser::keyword_statement));
            }
            Ok(Some(p.node(Kind::Name, first)))
        })
    }

    fn keyword_statement(&mut self) -> Found<()> {
        let token = self.peek()?;
        if token.kind != token::Kind::Keyword {
            return Ok(None);
        }
        match token.text {
            "return" => {
                self.at += 1;
                self.star_expressions()?;
                Ok(Some(()))
            }
            "import" | "from" => self.import(),
            "raise" => self.raise_statement(),
            "pass" | "break" | "continue" => {
                self.at += 1;
                Ok(Some(()))
            }
            "del" => self.delete(),
            "yield" => Ok(self.yield_expression()?.map(|_| ())),
            "assert" => {
                self.at += 1;
                want!(self.expression());
                self.attempt(|p| {
                    want!(p.word(","));
                    p.expression()
                })?;
                Ok(Some(()))
            }
            "global" | "nonlocal" => {
                self.at += 1;
                Ok(self.listed(Parser::name_token)?.map(|_| ()))
            }
            _ => Ok(None),
        }
    }

    fn raise_statement(&mut self) -> Found<()> {
        want!(self.word("raise"));
        if self.expression()?.is_some() {
            self.attempt(|p| {
                want!(p.word("from"));
                p.expression()
            })?;
        }
        Ok(Some(()))
    }

    fn delete(&mut self) -> Found<()> {
        let start = self.at;
        let found = self.attempt(|p| {
            want!(p.word("del"));
            want!(p.listed(Parser::deleted));
            p.word(",")?;
            Ok((p.sees(&[";"])? || p.sees_newline()?).then_some(()))
        })?;
        if found.is_none() && self.strict {
            self.at = start;
            self.word("del")?;
            if let Some(target) = self.star_expressions()? {
                self.check_target(&target, Targets::Delete)?;
            }
        }
        Ok(found)
    }

    fn type_alias(&mut self) -> Found<()> {
        want!(self.soft("type"));
        want!(self.name_token());
        self.type_parameters()?;
        want!(self.word("="));
        want!(self.expression());
        Ok(Some(()))
    }

    fn assignment(&mut self) -> Found<()> {
        let start = self.at;
        let annotated = self.attempt(|p| {
            if p.attempt(|p| {
                want!(p.name_token());
                p.word(":")
            })?
            .is_none()
            {
                let grouped = p.attempt(|p| {
                    want!(p.word("("));
                    want!(p.single_target());
                    p.word(")")
                })?;
                if grouped.is_none() {
                    want!(p.part_target());
                }
                want!(p.word(":"));
            }
            want!(p.expression());
            p.attempt(|p| {
                want!(p.word("="));
                p.right_side()
            })?;
            Ok(Some(()))
        })?;
        if annotated.is_some() {
            return Ok(annotated);
        }
        let assigned = self.attempt(|p| {
            if p.many(Parser::assigned_targets)?.is_empty() {
                return Ok(None);
            }
            want!(p.right_side());
            Ok((!p.sees(&["="])?).then_some(()))
        })?;
        if assigned.is_some() {
            return Ok(assigned);
        }
        let augmented = self.attempt(|p| {
            want!(p.single_target());
            p.one_of(&AUGMENTED)
        })?;
        if augmented.is_some() {
            return Ok(self.right_side()?.map(|_| ()));
        }
        if self.strict {
            self.at = start;
            self.mistaken_assignment_statement()?;
        }
        Ok(None)
    }

    fn assigned_targets(&mut self) -> Found<()> {
        want!(self.star_targets());
        want!(self.word("="));
        Ok(Some(()))
    }

    fn mistaken_assignment_statement(&mut self) -> Result<(), Stop> {
        let start = self.at;
        self.mistaken_annotation()?;
        self.at = start;
        self.many(Parser::assigned_targets)?;
        let targets_end = self.at;
        if let Some(target) = self.attempt(|p| {
            let target = want!(p.star_expressions());
            want!(p.word("="));
            Ok(Some(target))
        })? {
            self.check_target(&target, Targets::Assign)?;
        }
        self.at = targets_end;
        if let Some(found) = self.attempt(|p| {
            let found = want!(p.yield_expression());
            want!(p.word("="));
            Ok(Some(found))
        })? {
            let message = "assignment to yield expression not possible";
            return Err(self.raise_node(&found, message));
        }
        self.at = start;
        if let Some(target) = self.attempt(|p| {
            let target = want!(p.star_expressions());
            want!(p.one_of(&AUGMENTED));
            want!(p.right_side());
            Ok(Some(target))
        })? {
            let name = self.expression_name(&target);
            let message = format!("'{name}' is an illegal expression for augmented assignment");
            return Err(self.raise_node(&target, message));
        }
        Ok(())
    }

    fn mistaken_annotation(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if let Some(target) = self.attempt(|p| {
            let target = want!(p.displayed_target());
            want!(p.word(":"));
            want!(p.expression());
            Ok(Some(target))
        })? {
            let name = self.expression_name(&target);
            let message = format!("only single target (not {name}) can be annotated");
            return Err(self.raise_node(&target, message));
        }
        self.at = start;
        if let Some(target) = self.attempt(|p| {
            let target = want!(p.star_named_expression());
            want!(p.word(","));
            p.many(Parser::star_named_expressions)?;
            want!(p.word(":"));
            want!(p.expression());
            Ok(Some(target))
        })? {
            let message = "only single target (not tuple) can be annotated";
            return Err(self.raise_node(&target, message));
        }
        self.at = start;
        if let Some(target) = self.attempt(|p| {
            let target = want!(p.expression());
            want!(p.word(":"));
            want!(p.expression());
            Ok(Some(target))
        })? {
            return Err(self.raise_node(&target, "illegal target for annotation"));
        }
        Ok(())
    }

    /// A list or a tuple, maybe in parentheses.
    fn displayed_target(&mut self) -> Found<Rc<Node>> {
        if let Some(list) = self.attempt(Parser::list)? {
            return Ok(Some(list));
        }
        if let Some(tuple) = self.attempt(Parser::tuple)? {
            return Ok(Some(tuple));
        }
        self.attempt(|p| {
            want!(p.word("("));
            let inner = want!(p.displayed_target());
            want!(p.word(")"));
            Ok(Some(inner))
        })
    }

    fn import(&mut self) -> Found<()> {
        if self.strict {
            let start = self.at;
            self.mistaken_import()?;
            self.at = start;
        }
        if self.word("import")?.is_some() {
            return Ok(self.listed(Parser::imported_module)?.map(|_| ()));
        }
        want!(self.word("from"));
        let dots = self.many(|p| p.one_of(&[".", "..."]))?;
        if self.attempt(Parser::dotted_name)?.is_none() && dots.is_empty() {
            return Ok(None);
        }
        want!(self.word("import"));
        self.imported_names()
    }

    fn mistaken_import(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let turned = self.attempt(|p| {
            want!(p.word("import"));
            want!(p.listed(Parser::dotted_name));
            want!(p.word("from"));
            p.dotted_name()
        })?;
        if turned.is_some() {
            let message = "Did you mean to use 'from ... import ...' instead?";
            return Err(self.raise_from(start, message));
        }
        if self.word("import")?.is_some() && self.sees_newline()? {
            return Err(self.no_names());
        }
        Ok(())
    }

    fn no_names(&mut self) -> Stop {
        self.raise_from(self.at, "Expected one or more names after 'import'")
    }

    fn dotted_name(&mut self) -> Found<()> {
        want!(self.name_token());
        self.many(|p| {
            want!(p.word("."));
            p.name_token()
        })?;
        Ok(Some(()))
    }

    fn imported_module(&mut self) -> Found<()> {
        want!(self.dotted_name());
        self.renamed()
    }

    /// `as name`, if it is there.
    fn renamed(&mut self) -> Found<()> {
        self.attempt(|p| {
            want!(p.word("as"));
            p.name_token()
        })?;
        Ok(Some(()))
    }

    fn imported_name(&mut self) -> Found<()> {
        want!(self.name_token());
        self.renamed()
    }

    fn imported_names(&mut self) -> Found<()> {
        let start = self.at;
        let bracketed = self.attempt(|p| {
            want!(p.word("("));
            want!(p.listed(Parser::imported_name));
            p.word(",")?;
            p.word(")")
        })?;
        if bracketed.is_some() {
            return Ok(Some(()));
        }
        let plain = self.attempt(|p| {
            want!(p.listed(Parser::imported_name));
            Ok((!p.sees(&[","])?).then_some(()))
        })?;
        if plain.is_some() || self.word("*")?.is_some() {
            return Ok(Some(()));
        }
        if self.strict {
            let trailing = self.attempt(|p| {
                want!(p.listed(Parser::imported_name));
                want!(p.word(","));
                p.kind(token::Kind::Newline)
            })?;
            if trailing.is_some() {
                let message = "trailing comma not allowed without surrounding parentheses";
                return Err(self.raise_last(ErrorKind::Syntax, message));
            }
            self.at = start;
            if self.sees_newline()? {
                return Err(self.no_names());
            }
        }
        Ok(None)
    }
}
