//! A theme: the templates, the stylesheet and the scripts that make pages of a site.

use std::collections::BTreeMap;

use super::assets::{Asset, Assets};
use super::templates::Templates;

/// What pages are made with.
pub struct Theme {
    pub(super) templates: Templates,
    pub(super) assets: Assets,
}

impl Theme {
    /// Our theme. `templates` are the book's own, by name (`post.html`): they replace ours. A template with a mistake is
    /// left out and told.
    pub fn new(templates: &BTreeMap<String, String>) -> (Theme, Vec<String>) {
        let (templates, mistakes) = Templates::new(templates);
        let theme = Theme {
            templates,
            assets: Assets::new(),
        };
        (theme, mistakes)
    }

    /// The files that pages refer to.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.all()
    }
}
