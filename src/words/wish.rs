//! Which of our languages a wish means.

use std::sync::LazyLock;

use icu_locale::{
    LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander,
};

use super::Words;

/// Our languages, each with its likely script and region.
static OURS: LazyLock<Vec<(Words, LanguageIdentifier)>> = LazyLock::new(|| {
    let likely = |words: Words| likely(&words.tag()).map(|likely| (words, likely));
    Words::all().into_iter().filter_map(likely).collect()
});

/// Our language for a tag: the same language in the same script, if possible that of the same region.
///
/// The script counts, because whoever reads 繁體中文 was not asked whether 简体中文 will do, and may name a next wish.
pub(super) fn spoken(tag: &str) -> Option<Words> {
    let wished = likely(tag)?;
    let is_read = |ours: &LanguageIdentifier| {
        (ours.language, ours.script) == (wished.language, wished.script)
    };
    let read = OURS.iter().filter(|(_, ours)| is_read(ours));
    let near = read.clone().find(|(_, ours)| ours.region == wished.region);
    near.or_else(|| read.clone().next())
        .map(|(words, _)| words.clone())
}

/// `Accept-Language` as RFC 9110 section 12.5.4 describes it: the highest weight that we speak wins.
pub(super) fn best_accepted(header: &str) -> Option<Words> {
    let mut wished: Vec<(f32, &str)> = header.split(',').filter_map(weighted).collect();
    wished.sort_by(|one, other| other.0.total_cmp(&one.0));
    wished.into_iter().find_map(|(_, tag)| spoken(tag))
}

fn weighted(item: &str) -> Option<(f32, &str)> {
    let (tag, parameters) = item.split_once(';').unwrap_or((item, "q=1"));
    let weight = parameters.trim().strip_prefix("q=")?.parse().ok()?;
    (weight > 0.0).then_some((weight, tag))
}

/// Whether a language is written from right to left.
pub(super) fn runs_left(tag: &str) -> bool {
    likely(tag).is_some_and(|id| LocaleDirectionality::new_common().is_right_to_left(&id))
}

/// A tag in today's form, such as `he` for `iw`, with the script and region that it most likely means.
fn likely(tag: &str) -> Option<LanguageIdentifier> {
    let mut locale: Locale = tag.trim().parse().ok()?;
    LocaleCanonicalizer::new_common().canonicalize(&mut locale);
    LocaleExpander::new_common().maximize(&mut locale.id);
    Some(locale.id)
}
