//! Statements as templates: in each, a word behind `$` stands for something of the program.

use super::objects::value;
use super::writer::{Kind, Writer};

/// Writes one of several templates.
pub fn write(writer: &mut Writer, templates: &[&'static str]) {
    let template = writer.one(templates);
    let text = filled(writer, template);
    writer.say(&text);
}

/// A template with everything filled in. `$name` is the same new name all over it; whatever else is chosen each time.
fn filled(writer: &mut Writer, template: &str) -> String {
    let name = writer.fresh("n");
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('$') {
        let end = after.find(|letter: char| !letter.is_ascii_lowercase());
        let (word, tail) = after.split_at(end.unwrap_or(after.len()));
        text.push_str(before);
        text.push_str(&match word {
            "name" => name.clone(),
            "kept" => writer.variable(Kind::Other),
            "value" => value(writer),
            "object" => writer.any(),
            "instance" => writer.of(&[Kind::Instance]),
            "list" => writer.of(&[Kind::List]),
            "dict" => writer.of(&[Kind::Dict]),
            "set" => writer.of(&[Kind::Set]),
            "text" => writer.of(&[Kind::Text]),
            "iterator" => writer.of(&[Kind::Iterator]),
            "callable" => writer.of(&[Kind::Callable]),
            "class" => writer.class(),
            "count" => writer.between(1, 30).to_string(),
            "few" => writer.between(0, 4).to_string(),
            other => format!("${other}"),
        });
        rest = tail;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_in() {
        let mut writer = Writer::new(1, (3, 13));
        assert_eq!(
            filled(&mut writer, "$name = [$object]\n$name.x"),
            "n1 = [v0]\nn1.x"
        );
        assert_eq!(filled(&mut writer, "'$'"), "'$'");
    }
}
