//! A theme: the templates, the stylesheet and the scripts that make pages of a site.

use std::collections::BTreeMap;

use super::Site;
use super::assets::{Asset, Assets};
use super::font::{Fonts, Lettering};
use super::keep::Shelves;
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

    /// The theme as a book's settings want it: with its accent colour, and with fonts cut to the letters of its site.
    /// `posts` are those of its posts. Cuts are kept on `shelves`.
    #[must_use]
    pub fn of_site(self, site: &Site<'_>, posts: &Lettering, shelves: &dyn Shelves) -> Theme {
        let settings = &site.config.theme;
        let fonts = match settings.fonts {
            true => Fonts::cut(&Lettering::of_site(site, posts), shelves),
            false => Fonts::default(),
        };
        Theme {
            assets: self.assets.with(fonts, &settings.accent),
            ..self
        }
    }

    /// The files that pages refer to.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.all()
    }
}
