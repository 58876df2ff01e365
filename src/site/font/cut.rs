//! One font, cut to some letters and packed.

use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use ttf2woff2::{BrotliQuality, EncodeOptions, encode_with_options};

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
    let options = EncodeOptions {
        quality: BrotliQuality::from(QUALITY),
        transform_glyf_loca: outlines_may_grow(&FontRef::new(&cut).ok()?),
        ..EncodeOptions::default()
    };
    encode_with_options(&cut, options).ok()
}

/// Says whether outlines may be written apart, as WOFF2 likes them: a file is then an eighth smaller. A browser that puts
/// them together again may need some more bytes than were here, and short offsets reach 128 KiB only; Chromium refuses
/// fonts that go beyond.
fn outlines_may_grow(font: &FontRef<'_>) -> bool {
    const SAFE_BYTES: usize = 100_000;
    let has_long_offsets = font
        .head()
        .is_ok_and(|head| head.index_to_loc_format() == 1);
    let outlines = font.table_data(Tag::new(b"glyf"));
    has_long_offsets || outlines.is_some_and(|outlines| outlines.len() <= SAFE_BYTES)
}
