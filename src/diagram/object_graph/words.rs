//! The words of the picture, in the languages of the site, and the picture told in words.

use crate::python::observe::dump::{Count, Dump, Name, Object, Strength, Value};

/// The words of one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// Before a reference count on a card.
    pub refs: &'static str,
    /// After a number of bytes.
    pub bytes: &'static str,
    /// On objects that the cyclic collector watches.
    pub tracked: &'static str,
    /// Title of the frame card of module-level names.
    pub module: &'static str,
    /// In a weak reference whose object is gone.
    pub gone: &'static str,
    /// In an empty slot.
    pub empty: &'static str,
    /// In an instance without attributes.
    pub no_attributes: &'static str,
    /// At a weak edge.
    pub weak: &'static str,
    /// Legend.
    pub strong_reference: &'static str,
    /// Legend.
    pub weak_reference: &'static str,
    /// Legend.
    pub cycle: &'static str,
    /// Legend: what the count on a card means.
    pub count: &'static str,
    /// Never freed.
    pub immortal: &'static str,
    /// After `… n`: folded rows or objects.
    pub more: &'static str,
    /// Headings of the table: object, value, references, bytes, collector, holds.
    pub columns: [&'static str; 6],
    /// On the button that opens the table.
    pub as_table: &'static str,
    /// Yes in the table.
    pub yes: &'static str,
    /// No in the table.
    pub no: &'static str,
}

static KOREAN: Words = Words {
    refs: "참조",
    bytes: "바이트",
    tracked: "GC 추적",
    module: "모듈 전역",
    gone: "해제됨",
    empty: "비어 있음",
    no_attributes: "속성 없음",
    weak: "약함",
    strong_reference: "강한 참조",
    weak_reference: "약한 참조 (세지 않음)",
    cycle: "순환을 이루는 참조",
    count: "참조 수",
    immortal: "불멸",
    more: "개 더",
    columns: ["객체", "값", "참조 수", "바이트", "GC 추적", "가진 것"],
    as_table: "표로 보기",
    yes: "예",
    no: "아니요",
};

static ENGLISH: Words = Words {
    refs: "refs",
    bytes: "bytes",
    tracked: "GC-tracked",
    module: "module globals",
    gone: "freed",
    empty: "empty",
    no_attributes: "no attributes",
    weak: "weak",
    strong_reference: "strong reference",
    weak_reference: "weak reference (not counted)",
    cycle: "reference in a cycle",
    count: "reference count",
    immortal: "immortal",
    more: "more",
    columns: [
        "Object",
        "Value",
        "References",
        "Bytes",
        "GC-tracked",
        "Holds",
    ],
    as_table: "As a table",
    yes: "yes",
    no: "no",
};

impl Words {
    /// The words of a language; English where we do not have it.
    pub fn of(lang: &str) -> &'static Words {
        if lang == "ko" || lang.starts_with("ko-") {
            &KOREAN
        } else {
            &ENGLISH
        }
    }

    /// "3 more" in the language's way.
    pub fn more(&self, count: u64) -> String {
        if self.is_korean() {
            format!("… {count}{}", self.more)
        } else {
            format!("… {count} {}", self.more)
        }
    }

    /// "56 bytes" in the language's way.
    pub fn size(&self, bytes: u64) -> String {
        let number = grouped(bytes);
        match (self.is_korean(), bytes) {
            (true, _) => format!("{number}{}", self.bytes),
            (false, 1) => "1 byte".to_owned(),
            (false, _) => format!("{number} {}", self.bytes),
        }
    }

    /// The text on a card's badge.
    pub fn badge(&self, count: Count) -> String {
        match count {
            Count::Of(count) => format!("{} {}", self.refs, grouped(count)),
            Count::Immortal => self.immortal.to_owned(),
        }
    }

    fn is_korean(&self) -> bool {
        std::ptr::eq(self, &raw const KOREAN)
    }
}

/// Every word that a picture may show, beside what is in the objects.
pub fn texts(lang: &str) -> impl Iterator<Item = &'static str> {
    let words = Words::of(lang);
    let texts = [
        words.refs,
        words.bytes,
        words.tracked,
        words.module,
        words.gone,
        words.empty,
        words.no_attributes,
        words.weak,
        words.strong_reference,
        words.weak_reference,
        words.cycle,
        words.immortal,
        words.more,
        words.as_table,
        words.yes,
        words.no,
    ];
    texts.into_iter().chain(words.columns)
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
    let names = names.join(", ");
    if words.is_korean() {
        format!("메모리 그림: {names}")
    } else {
        format!("Memory picture: {names}")
    }
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
            words.badge(object.refcount),
            words.size(object.size_bytes)
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
        sentences.push(words.more(dump.omitted));
    }
    sentences.join(". ")
}

/// Each field of an object in words: `[0] → int #2`.
pub fn holds(dump: &Dump, object: &Object, words: &Words) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for field in &object.fields {
        let weak = if field.strength == Strength::Weak {
            format!(" ({})", words.weak)
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
            Value::Empty if field.strength == Strength::Weak => words.gone.to_owned(),
            Value::Empty => words.empty.to_owned(),
        };
        fields.push(format!("{} {value}{weak}", field.label));
    }
    if object.fields_omitted > 0 {
        fields.push(words.more(object.fields_omitted));
    }
    fields
}
