//! Every language but Python, by syntect's grammars. Their thousand scopes become our fifteen classes.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxSet};

use super::{Class, Piece};

/// The grammars: 24 ms to load, so only when a page needs one.
static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();

/// The pieces of code in a language; none if the language is unknown or its grammar fails.
pub fn pieces(language: &str, code: &str) -> Vec<Piece> {
    let grammars = GRAMMARS.get_or_init(SyntaxSet::load_defaults_newlines);
    let Some(grammar) = grammars.find_syntax_by_token(alias(language)) else {
        return Vec::new();
    };
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let Ok(parsed) = state.parse_line(line, grammars) else {
            return pieces;
        };
        let mut at = 0;
        for (offset, operation) in parsed
            .into_iter()
            .chain(std::iter::once((line.len(), ScopeStackOp::Noop)))
        {
            let text = line.get(at..offset).unwrap_or_default();
            if let (false, Some(class)) = (text.trim().is_empty(), class_of(&scopes)) {
                push(&mut pieces, start + at, start + offset, class);
            } else if let (true, Some(class), Some(last)) =
                (!text.is_empty(), class_of(&scopes), pieces.last_mut())
            {
                // A space inside a comment or a string belongs to it.
                if last.1 == class && last.0.end == start + at {
                    last.0.end = start + offset;
                }
            }
            at = at.max(offset);
            if scopes.apply(&operation).is_err() {
                return pieces;
            }
        }
        start += line.len();
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, start: usize, end: usize, class: Class) {
    match pieces.last_mut() {
        Some((range, known)) if *known == class && range.end == start => range.end = end,
        _ => pieces.push((start..end, class)),
    }
}

fn alias(language: &str) -> &str {
    match language {
        "sh" | "shell" | "zsh" => "bash",
        "toml" | "ini" | "dotenv" => "properties",
        "js" | "jsx" | "typescript" | "ts" => "javascript",
        "jsonc" | "json5" => "json",
        "c++" | "hpp" => "cpp",
        "html+jinja" | "jinja" | "tera" => "html",
        other => other,
    }
}

/// Scopes and their classes; the innermost scope that stands here decides, and the longest name of it.
const CLASSES: &[(&str, Option<Class>)] = &[
    ("comment", Some(Class::Comment)),
    ("string", Some(Class::String)),
    ("constant.character.escape", Some(Class::Escape)),
    ("constant.numeric", Some(Class::Number)),
    ("constant.language", Some(Class::Literal)),
    ("constant.other", Some(Class::Literal)),
    ("keyword.operator", None),
    ("keyword", Some(Class::Keyword)),
    ("storage", Some(Class::Keyword)),
    ("entity.name.function", Some(Class::Function)),
    ("entity.name.tag", Some(Class::Keyword)),
    ("entity.name.section", Some(Class::Heading)),
    ("entity.name", Some(Class::Type)),
    ("entity.other.attribute-name", Some(Class::Attribute)),
    ("support.type.property-name", Some(Class::Attribute)),
    ("support.function", Some(Class::Builtin)),
    ("support.macro", Some(Class::Decorator)),
    ("support", Some(Class::Type)),
    ("meta.annotation", Some(Class::Decorator)),
    ("meta.preprocessor", Some(Class::Decorator)),
    ("variable.other.readwrite.shell", Some(Class::Variable)),
    ("variable.parameter.option.shell", Some(Class::Attribute)),
    ("markup.inserted", Some(Class::Inserted)),
    ("markup.deleted", Some(Class::Deleted)),
    ("markup.heading", Some(Class::Heading)),
    ("markup.raw", Some(Class::String)),
    ("meta.diff.header", Some(Class::Heading)),
];

fn class_of(scopes: &ScopeStack) -> Option<Class> {
    static ROWS: OnceLock<Vec<(Scope, Option<Class>)>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows: Vec<_> = CLASSES
            .iter()
            .filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class)))
            .collect();
        rows.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
        rows
    });
    let found = scopes
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| rows.iter().find(|(row, _)| row.is_prefix_of(*scope)));
    found.and_then(|(_, class)| *class)
}
