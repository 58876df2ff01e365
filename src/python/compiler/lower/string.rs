//! String literals and f-strings.

use super::Lowerer;
use crate::python::code::{Const, PyStr};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::text::Text;
use ruff_python_ast as ruff;
use ruff_python_ast::StringFlags;
use ruff_text_size::{Ranged, TextRange, TextSize};

/// The parts of an f-string, adjacent constants joined as CPython joins them.
#[derive(Default)]
struct Parts {
    done: Vec<Expr>,
    /// Fields are interpolations of a t-string.
    is_template: bool,
    text: Text,
    /// From where to where the constant in `text` reaches; `None` when there is no constant.
    range: Option<TextRange>,
}

impl Lowerer<'_> {
    pub(super) fn string_literal(&mut self, literal: &ruff::ExprStringLiteral) -> PyStr {
        let mut text = Text::default();
        for part in literal.value.iter() {
            self.literal_text(&mut text, part);
        }
        text.finish()
    }

    fn literal_text(&self, text: &mut Text, part: &ruff::StringLiteral) {
        if !part.value.contains('\u{FFFD}') || part.flags.prefix().is_raw() {
            text.push_str(&part.value);
            return;
        }
        let start = part.range.start() + part.flags.opener_len();
        let source = self.text(TextRange::new(
            start,
            part.range.end() - part.flags.closer_len(),
        ));
        restore_surrogates(text, source, &part.value, false);
    }

    pub(super) fn fstring(&mut self, expr: &ruff::ExprFString) -> Result<Expr> {
        let mut parts = Parts::default();
        for part in expr.value.iter() {
            match part {
                ruff::FStringPart::Literal(literal) => {
                    self.literal_text(&mut parts.text, literal);
                    parts.extend(literal.range);
                }
                ruff::FStringPart::FString(fstring) => {
                    let raw = matches!(
                        fstring.flags.prefix(),
                        ruff::str_prefix::FStringPrefix::Raw { .. }
                    );
                    self.elements(&mut parts, &fstring.elements, raw)?;
                }
            }
        }
        let values = self.finish_parts(parts);
        Ok(self.new(expr, ExprKind::JoinedStr(values)))
    }

    pub(super) fn tstring(&mut self, expr: &ruff::ExprTString) -> Result<Expr> {
        let mut parts = Parts {
            is_template: true,
            ..Parts::default()
        };
        for part in expr.value.iter() {
            let raw = matches!(
                part.flags.prefix(),
                ruff::str_prefix::TStringPrefix::Raw { .. }
            );
            self.elements(&mut parts, &part.elements, raw)?;
        }
        let values = self.finish_parts(parts);
        Ok(self.new(expr, ExprKind::TemplateStr(values)))
    }

    /// The text of a field's expression, without the spaces and the `=` behind it.
    fn expression_text(&self, field: &ruff::InterpolatedElement) -> PyStr {
        let start = field.range.start() + TextSize::from(1);
        let end = match &field.debug_text {
            Some(debug) => start + TextSize::of(debug.as_str()),
            None => {
                // Parentheses around the expression are not its own.
                let behind = self.text(TextRange::new(
                    field.expression.range().end(),
                    field.range.end(),
                ));
                let length = behind.find(['!', ':', '}']).unwrap_or(0);
                field.expression.range().end() + TextSize::try_from(length).unwrap_or_default()
            }
        };
        let text = self.text(TextRange::new(start, end.min(field.range.end())));
        let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '=');
        PyStr::Utf8(text.into())
    }

    fn elements(
        &mut self,
        parts: &mut Parts,
        elements: &[ruff::InterpolatedStringElement],
        raw: bool,
    ) -> Result<()> {
        for element in elements {
            match element {
                ruff::InterpolatedStringElement::Literal(literal) => {
                    if literal.value.contains('\u{FFFD}') && !raw {
                        restore_surrogates(
                            &mut parts.text,
                            self.text(literal.range),
                            &literal.value,
                            true,
                        );
                    } else {
                        parts.text.push_str(&literal.value);
                    }
                    parts.extend(literal.range);
                }
                ruff::InterpolatedStringElement::Interpolation(field) => {
                    self.field(parts, field, raw)?
                }
            }
        }
        Ok(())
    }

    /// `{value!r:spec}`, or `{value=}`, which also puts its own text before.
    fn field(
        &mut self,
        parts: &mut Parts,
        field: &ruff::InterpolatedElement,
        raw: bool,
    ) -> Result<()> {
        let value = self.expr(&field.expression)?;
        let mut conversion = match field.conversion {
            ruff::ConversionFlag::None => 0,
            ruff::ConversionFlag::Str => 1,
            ruff::ConversionFlag::Repr => 2,
            ruff::ConversionFlag::Ascii => 3,
        };
        if let Some(debug) = &field.debug_text {
            if conversion == 0 && field.format_spec.is_none() {
                conversion = 2;
            }
            parts.text.push_str(debug.as_str());
            let start = field.range.start() + TextSize::from(1);
            let end = start + TextSize::of(debug.as_str());
            parts.extend(TextRange::new(start, end.min(field.range.end())));
        }
        let spec = match &field.format_spec {
            Some(spec) => {
                let mut inner = Parts::default();
                self.elements(&mut inner, &spec.elements, raw)?;
                let values = self.finish_parts(inner);
                let range =
                    TextRange::new(spec.range.start() - TextSize::from(1), spec.range.end());
                Some(Box::new(self.new(range, ExprKind::JoinedStr(values))))
            }
            None => None,
        };
        self.flush(parts);
        let value = Box::new(value);
        let kind = match parts.is_template {
            true => ExprKind::Interpolation {
                value,
                text: self.expression_text(field),
                conversion,
                spec,
            },
            false => ExprKind::FormattedValue {
                value,
                conversion,
                spec,
            },
        };
        parts.done.push(self.new(field.range(), kind));
        Ok(())
    }

    /// Ends the constant that is being collected; an empty one is left out.
    fn flush(&mut self, parts: &mut Parts) {
        let text = std::mem::take(&mut parts.text);
        if let Some(range) = parts.range.take()
            && !text.is_empty()
        {
            parts
                .done
                .push(self.new(range, ExprKind::Constant(Const::Str(text.finish()))));
        }
    }

    fn finish_parts(&mut self, mut parts: Parts) -> Vec<Expr> {
        self.flush(&mut parts);
        parts.done
    }
}

impl Parts {
    fn extend(&mut self, range: TextRange) {
        self.range = Some(match self.range {
            Some(before) => TextRange::new(before.start(), range.end().max(before.start())),
            None => range,
        });
    }
}

/// The parser turns `\ud800` into U+FFFD, because its strings are UTF-8. Walks the literal beside its
/// value, escape by escape, and puts the surrogates back.
fn restore_surrogates(text: &mut Text, source: &str, value: &str, braces: bool) {
    let mut source = source.chars().peekable();
    let mut value = value.chars();
    while let Some(c) = source.next() {
        if braces && matches!(c, '{' | '}') && source.peek() == Some(&c) {
            source.next();
        }
        if c != '\\' {
            text.push(value.next().unwrap_or(c) as u32);
            continue;
        }
        let digits = match source.next() {
            Some('\n') => continue,
            Some('u') => 4,
            Some('U') => 8,
            Some('x') => 2,
            Some('N') => {
                source.by_ref().find(|&c| c == '}');
                0
            }
            Some(first @ '0'..='7') => {
                let mut len = 1;
                while len < 3 && source.next_if(|c| ('0'..='7').contains(c)).is_some() {
                    len += 1;
                }
                let _ = first;
                0
            }
            Some('\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v') => 0,
            Some(other) => {
                // Not an escape: both characters stand.
                text.push(value.next().unwrap_or('\\') as u32);
                text.push(value.next().unwrap_or(other) as u32);
                continue;
            }
            None => 0,
        };
        let mut code = 0u32;
        for _ in 0..digits {
            code = code
                .wrapping_mul(16)
                .wrapping_add(source.next().and_then(|d| d.to_digit(16)).unwrap_or(0));
        }
        let decoded = value.next().unwrap_or('\u{FFFD}') as u32;
        text.push(if (0xD800..0xE000).contains(&code) {
            code
        } else {
            decoded
        });
    }
}
