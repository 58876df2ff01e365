//! Templates: ours are in the binary; a book may replace any of them by a file of the same name.

use std::collections::BTreeMap;

use tera::{Context, Tera};

use super::keep::{Key, key};
use crate::diagnostic::closest;

/// The templates by name, as they are in `templates/`.
const OURS: [(&str, &str); 13] = [
    ("404.html", include_str!("../../templates/404.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("cards.html", include_str!("../../templates/cards.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("list.html", include_str!("../../templates/list.html")),
    ("post.html", include_str!("../../templates/post.html")),
    (
        "redirect.html",
        include_str!("../../templates/redirect.html"),
    ),
    ("search.html", include_str!("../../templates/search.html")),
    ("series.html", include_str!("../../templates/series.html")),
    ("sidebar.html", include_str!("../../templates/sidebar.html")),
    ("tags.html", include_str!("../../templates/tags.html")),
    ("terms.html", include_str!("../../templates/terms.html")),
    (
        "verified.html",
        include_str!("../../templates/verified.html"),
    ),
];

/// The templates of a site, read and checked.
pub struct Templates {
    tera: Tera,
    /// What the book's own are.
    pub(super) made_of: Key,
}

impl Templates {
    /// Reads the templates. `own` are the book's, by name (`post.html`): they replace ours. Those with mistakes are
    /// left out, and what is wrong with each is told with its name, its place and the line.
    pub fn new(own: &BTreeMap<String, String>) -> (Templates, Vec<String>) {
        let mut sound = own.clone();
        let mut mistakes = unused(own);
        let parts = own.iter().flat_map(|(name, text)| [name, text]);
        let parts: Vec<&[u8]> = parts.map(|part| part.as_bytes()).collect();
        let made_of = key("templates", &parts);
        match with(own) {
            Ok(tera) => return (Templates { tera, made_of }, mistakes),
            // One by one, so that each mistake is told in one pass.
            Err(together) => {
                for (name, text) in own {
                    if let Err(mistake) = with(&BTreeMap::from([(name.clone(), text.clone())])) {
                        sound.remove(name);
                        mistakes.push(mistake);
                    }
                }
                if sound.len() == own.len() {
                    sound.clear();
                    mistakes.push(together);
                }
            }
        }
        let tera = with(&sound)
            .or_else(|_| with(&BTreeMap::new()))
            .unwrap_or_default();
        (Templates { tera, made_of }, mistakes)
    }

    /// Fills a template. `length`: about how many bytes that will give.
    ///
    /// # Errors
    /// What is wrong with the template, with its name, its place and the line: it asks for something that is not there.
    pub fn fill(&self, name: &str, context: &Context, length: usize) -> Result<Vec<u8>, String> {
        let mut filled = Vec::with_capacity(length);
        let result = self.tera.render_to(name, context, &mut filled);
        result.map_err(|error| told(&error.to_string()))?;
        Ok(filled)
    }
}

/// Our templates with some of the book's own.
fn with(own: &BTreeMap<String, String>) -> Result<Tera, String> {
    let mut tera = Tera::new();
    let ours = OURS
        .iter()
        .filter(|(name, _)| !own.contains_key(*name))
        .map(|(name, text)| (*name, *text));
    let own = own
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    tera.add_raw_templates(ours.chain(own))
        .map_err(|error| told(&error.to_string()))?;
    Ok(tera)
}

/// Templates of the book's that nothing asks for, where one of ours has nearly the same name.
fn unused(own: &BTreeMap<String, String>) -> Vec<String> {
    let is_asked_for = |name: &str| {
        let is_ours = OURS.iter().any(|(ours, _)| *ours == name);
        is_ours
            || own
                .iter()
                .any(|(other, text)| other != name && text.contains(name))
    };
    let names = own.keys().filter(|name| !is_asked_for(name));
    let mistake = |name: &String| {
        let near = closest(name, OURS.map(|(ours, _)| ours))?;
        Some(format!(
            "no page uses this template\n --> templates/{name}\n  = help: did you mean `{near}`?"
        ))
    };
    names.filter_map(mistake).collect()
}

/// A message of the template engine with its place from the book's folder, and the name that was meant instead of all
/// names that there are.
fn told(message: &str) -> String {
    let message = message
        .strip_prefix("error: ")
        .unwrap_or(message)
        .trim_end();
    let message = message.replacen(" --> ", " --> templates/", 1);
    let (first, rest) = message.split_once('\n').unwrap_or((&message, ""));
    let (said, names) = match first.split_once(". Available ") {
        Some((said, names)) => (said, names.split_once(": ").map_or("", |(_, names)| names)),
        None => (first, ""),
    };
    // `search.html` extends `bse.html`: the template engine writes both in single quotes, the missing one last.
    let missing = said
        .split_once("which doesn't exist")
        .map(|(before, _)| before);
    let near = match missing.and_then(|before| before.rsplit('\'').nth(1)) {
        Some(template) => closest(template, OURS.map(|(ours, _)| ours)),
        None => {
            let wrong = said.split('`').nth(1).unwrap_or_default();
            closest(wrong, names.split(", ").filter(|name| !name.is_empty()))
        }
    };
    let help = match (near, names) {
        (Some(near), _) => format!("\n  = help: did you mean `{near}`?"),
        (None, "") => String::new(),
        (None, names) => format!("\n  = help: there are {names}"),
    };
    let rest = match rest {
        "" => String::new(),
        rest => format!("\n{rest}"),
    };
    format!("{said}{rest}{help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str) -> Vec<String> {
        Templates::new(&BTreeMap::from([(name.to_owned(), text.to_owned())])).1
    }

    #[test]
    fn mistakes_have_their_place_and_what_was_meant() {
        assert_eq!(check("home.html", "{{ title }}"), [""; 0]);
        assert_eq!(
            check("psot.html", "x"),
            [
                "no page uses this template\n --> templates/psot.html\n  = help: did you mean `post.html`?"
            ]
        );
        let unknown = check("home.html", "{% blok page %}");
        assert!(
            unknown.iter().all(|told| told
                .starts_with("Unknown tag\n --> templates/home.html:1:4\n")
                && !told.contains("help")),
            "{unknown:?}"
        );
        let parent = check("list.html", "{% extends \"bse.html\" %}");
        assert!(
            parent
                .iter()
                .all(|told| told.ends_with("did you mean `base.html`?")),
            "{parent:?}"
        );
        assert_eq!((unknown.len(), parent.len()), (1, 1));
    }

    #[test]
    fn a_name_that_is_not_there_is_told_with_the_nearest() {
        let own = BTreeMap::from([("home.html".to_owned(), "{{ titel }}".to_owned())]);
        let (templates, _) = Templates::new(&own);
        let mut context = Context::new();
        context.insert("title", "x");
        let told = templates.fill("home.html", &context, 0).unwrap_err();
        assert!(
            told.starts_with("Variable `titel` is not defined\n --> templates/home.html:1:4\n"),
            "{told}"
        );
        assert!(told.ends_with("= help: did you mean `title`?"), "{told}");
    }
}
