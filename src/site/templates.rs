//! Templates: ours are in the binary; a book may replace any of them by a file of the same name.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

/// The templates by name, as they are in `templates/`.
const OURS: &[(&str, &str)] = &[
    ("base.html", include_str!("../../templates/base.html")),
    ("post.html", include_str!("../../templates/post.html")),
    ("home.html", include_str!("../../templates/home.html")),
];

/// The templates of a site, read and checked.
pub struct Templates {
    tera: Tera,
}

impl Templates {
    /// Reads the templates. `own` are the book's, by name (`post.html`).
    ///
    /// # Errors
    /// What is wrong with a template, with its name and its place.
    pub fn new(own: &BTreeMap<String, String>) -> Result<Templates, String> {
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
        Ok(Templates { tera })
    }

    /// Fills a template.
    ///
    /// # Errors
    /// What is wrong with the template: it asks for something that is not there.
    pub fn fill(&self, name: &str, page: &impl Serialize) -> Result<String, String> {
        let context = Context::from_serialize(page).map_err(|error| error.to_string())?;
        self.tera
            .render(name, &context)
            .map_err(|error| error.to_string())
    }
}
