//! Templates: ours are in the binary; a book may replace any of them by a file of the same name.

use std::collections::BTreeMap;

use tera::{Context, Tera};

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
}

impl Templates {
    /// Reads the templates. `own` are the book's, by name (`post.html`): they replace ours. Those with mistakes are
    /// left out, and what is wrong with each is told with its name, its place and the line.
    pub fn new(own: &BTreeMap<String, String>) -> (Templates, Vec<String>) {
        let mut sound = own.clone();
        let mut mistakes = Vec::new();
        match with(own) {
            Ok(tera) => return (Templates { tera }, mistakes),
            // One by one, so that each mistake is told in one pass.
            Err(together) => {
                for (name, text) in own {
                    if let Err(mistake) = with(&BTreeMap::from([(name.clone(), text.clone())])) {
                        sound.remove(name);
                        mistakes.push(mistake);
                    }
                }
                if mistakes.is_empty() {
                    sound.clear();
                    mistakes.push(together);
                }
            }
        }
        let tera = with(&sound)
            .or_else(|_| with(&BTreeMap::new()))
            .unwrap_or_default();
        (Templates { tera }, mistakes)
    }

    /// Fills a template.
    ///
    /// # Errors
    /// What is wrong with the template, with its name, its place and the line: it asks for something that is not there.
    pub fn fill(&self, name: &str, context: &Context) -> Result<String, String> {
        self.tera
            .render(name, context)
            .map_err(|error| error.to_string())
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
        .map_err(|error| error.to_string())?;
    Ok(tera)
}
