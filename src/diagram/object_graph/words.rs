//! The picture told in words. The words are the page's.

use crate::config::Words;
use crate::python::observe::dump::{Count, Dump, Name, Object, Strength, Value};

/// "56 bytes" in the language's way.
pub fn size(bytes: u64, words: &Words) -> String {
    words.picture_bytes(&grouped(bytes))
}

/// The text on a card's badge.
pub fn badge(count: Count, words: &Words) -> String {
    match count {
        Count::Of(count) => words.picture_refs(&grouped(count)),
        Count::Immortal => words.picture_immortal.clone(),
    }
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "Objects that a and b hold" in the language.
pub fn title(dump: &Dump, words: &Words) -> String {
    let mut names: Vec<&str> = Vec::new();
    for Name { name, .. } in &dump.names {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    words.picture(&names.join(", "))
}

/// What a card calls its object: the type's name without the module's (`ReferenceType`, not `weakref.ReferenceType`).
pub fn name(object: &Object) -> &str {
    let name = object.type_name.as_str();
    name.rsplit_once('.').map_or(name, |(_, name)| name)
}

/// `list #1`
pub fn short(object: &Object) -> String {
    format!("{} #{}", name(object), object.id.0)
}

/// The picture as sentences: what each name is bound to, then each object with what it holds.
pub fn describe(dump: &Dump, words: &Words) -> String {
    let mut sentences = Vec::new();
    for name in &dump.names {
        let target = dump
            .object(name.object)
            .map_or_else(|| format!("#{}", name.object.0), short);
        sentences.push(format!("{} → {target}", name.name));
    }
    for object in &dump.objects {
        let mut sentence = format!(
            "{} ({}, {})",
            short(object),
            badge(object.refcount, words),
            size(object.size_bytes, words)
        );
        let holds = holds(dump, object, words);
        if holds.is_empty() {
            sentence.push_str(&format!(": {}", object.repr));
        } else {
            sentence.push_str(&format!(": {}", holds.join(", ")));
        }
        sentences.push(sentence);
    }
    if dump.omitted > 0 {
        sentences.push(words.picture_more(dump.omitted));
    }
    sentences.join(". ")
}

/// Each field of an object in words: `[0] → int #2`.
pub fn holds(dump: &Dump, object: &Object, words: &Words) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for field in &object.fields {
        let weak = if field.strength == Strength::Weak {
            format!(" ({})", words.picture_weak)
        } else {
            String::new()
        };
        let value = match &field.value {
            Value::Object(target) => format!(
                "→ {}",
                dump.object(*target)
                    .map_or_else(|| format!("#{}", target.0), short)
            ),
            Value::Inline(repr) => format!("= {repr}"),
            Value::Empty if field.strength == Strength::Weak => words.picture_gone.clone(),
            Value::Empty => words.picture_empty.clone(),
        };
        fields.push(format!("{} {value}{weak}", field.label));
    }
    if object.fields_omitted > 0 {
        fields.push(words.picture_more(object.fields_omitted));
    }
    fields
}
