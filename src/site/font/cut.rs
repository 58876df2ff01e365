//! One font, cut to some letters and packed.

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use ttf2woff2::{BrotliQuality, encode};

/// 9 of 11: a font 5 % larger, in a twentieth of the time.
const QUALITY: u8 = 9;

/// Copyright, licence, where the licence is: fonts under the Open Font License keep them. The names of the family are
/// reserved for the whole fonts.
const NAMES: [u16; 3] = [0, 13, 14];

/// US English, as fonts number languages.
const ENGLISH: u16 = 0x409;

/// The WOFF2 file of a font with some letters and the pairs that stand closer; `None` if the font cannot be read.
pub fn cut(font: &[u8], letters: &str) -> Option<Vec<u8>> {
    let font = FontRef::new(font).ok()?;
    let unicodes: IntSet<u32> = letters.chars().map(u32::from).collect();
    let mut every_script = IntSet::<Tag>::empty();
    every_script.invert();
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &every_script,
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &NAMES.into_iter().map(NameId::new).collect(),
        &[ENGLISH].into_iter().collect(),
    );
    let cut = subset_font(&font, &plan).ok()?;
    encode(&cut, BrotliQuality::from(QUALITY)).ok()
}
