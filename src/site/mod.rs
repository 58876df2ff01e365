//! Pages: what a reader sees.
//!
//! A page is one HTML file that is complete without script and asks nobody else for anything: code in colour, results
//! under their blocks, verdicts by their claims, diagrams as inline SVG. [`Site::post`] makes one from a post and what
//! came of it; [`Site::assets`] are the files that all pages share.

pub mod assets;
mod block;
mod body;
mod code;
pub mod highlight;
mod page;
mod templates;
mod words;

pub use assets::{Asset, Assets};
pub use page::{Entry, Evidence, HomeInput, Masthead, Page, Place, PostInput, Twin, evidence};
pub use words::Words;

use std::collections::BTreeMap;

use templates::Templates;

/// Everything that is the same for all pages: templates, stylesheet, script.
pub struct Site {
    templates: Templates,
    assets: Assets,
}

impl Site {
    /// A site. `templates` are the book's own, by name (`post.html`): they replace ours.
    ///
    /// # Errors
    /// What is wrong with one of the templates, with its name and its place.
    pub fn new(templates: &BTreeMap<String, String>) -> Result<Site, String> {
        Ok(Site {
            templates: Templates::new(templates)?,
            assets: Assets::new(),
        })
    }

    /// The files that pages refer to.
    pub fn assets(&self) -> [&Asset; 2] {
        [&self.assets.style, &self.assets.script]
    }

    /// The page of a post.
    ///
    /// # Errors
    /// What is wrong with the book's own template.
    pub fn post(&self, input: &PostInput<'_>) -> Result<Page, String> {
        page::post(&self.templates, &self.assets, input)
    }

    /// The home page of a language.
    ///
    /// # Errors
    /// What is wrong with the book's own template.
    pub fn home(&self, input: &HomeInput<'_>) -> Result<Page, String> {
        page::home(&self.templates, &self.assets, input)
    }
}

#[cfg(test)]
mod tests;
