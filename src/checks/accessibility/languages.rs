//! Tags of languages as BCP 47 (RFC 5646) has them: `en-GB`, `cy`, `zh-Hant-TW`.
//!
//! Of languages and countries the two-letter codes are known (ISO 639-1, ISO 3166-1); of all else the form alone.

/// The languages with two letters.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd \
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The countries with two letters.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
    FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT \
    JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP \
    MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE \
    RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV \
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// What people call the languages that schools write to parents in, and the tag each has.
const NAMES: &[(&str, &str)] = &[
    ("albanian", "sq"),
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("british", "en-GB"),
    ("british english", "en-GB"),
    ("bulgarian", "bg"),
    ("chinese", "zh"),
    ("cymraeg", "cy"),
    ("english", "en-GB"),
    ("eng", "en-GB"),
    ("french", "fr"),
    ("gaelic", "gd"),
    ("gaeilge", "ga"),
    ("german", "de"),
    ("greek", "el"),
    ("gujarati", "gu"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("irish", "ga"),
    ("italian", "it"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("pashto", "ps"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("scottish gaelic", "gd"),
    ("slovak", "sk"),
    ("somali", "so"),
    ("spanish", "es"),
    ("tamil", "ta"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
    ("welsh", "cy"),
];

/// Whether a tag has the form of one, and its language and country are known as far as two letters go.
pub fn is_known(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let is_alpha = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_alphabetic());
    let has = |list: &str, part: &str| list.split_whitespace().any(|known| known.eq_ignore_ascii_case(part));
    let Some(language) = parts.next() else { return false };
    // What has a name of two letters goes by no longer one: `eng` is `en`, and none of the shorter languages.
    if !(is_alpha(language, 2) && has(LANGUAGES, language) || is_alpha(language, 3) && meant(language).is_none()) {
        return false;
    }
    parts.next_if(|part| is_alpha(part, 4));
    let region = parts.next_if(|part| is_alpha(part, 2) || is_number(part));
    if region.is_some_and(|region| !is_number(region) && !has(COUNTRIES, region)) {
        return false;
    }
    while parts.next_if(|part| is_variant(part)).is_some() {}
    // What follows a single letter is an extension, each of at least one part.
    while let Some(single) = parts.next() {
        let rest = |part: &&str| is_word(part) && (part.len() > 1 || single.eq_ignore_ascii_case("x"));
        let is_single = single.len() == 1 && is_word(single);
        if !is_single || parts.next_if(rest).is_none() {
            return false;
        }
        while parts.next_if(rest).is_some() {}
    }
    true
}

/// The tag that was probably meant.
pub fn meant(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag)).map(|(_, meant)| (*meant).to_owned());
    let mended = || {
        let parts: Vec<&str> = tag.split(['-', '_', ' ']).filter(|part| !part.is_empty()).collect();
        let mended: Vec<&str> =
            parts.iter().map(|&part| if part.eq_ignore_ascii_case("uk") { "GB" } else { part }).collect();
        // Ukrainian is `uk`; the United Kingdom is `GB`.
        let mended = [parts.get(..1)?, mended.get(1..)?].concat().join("-");
        (mended != tag && tag.len() > 3 && is_known(&mended)).then_some(mended)
    };
    named.or_else(mended)
}

fn is_number(part: &str) -> bool {
    part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())
}

fn is_word(part: &str) -> bool {
    (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_variant(part: &str) -> bool {
    let begins_with_digit = part.bytes().next().is_some_and(|b| b.is_ascii_digit());
    is_word(part) && (part.len() >= 5 || part.len() == 4 && begins_with_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_what_is_none() {
        for tag in [
            "en-GB",
            "en-gb",
            "cy",
            "zh-Hant-TW",
            "sl-rozaj-biske",
            "de-CH-1901",
            "es-419",
            "fil",
            "en-x-a-b",
            "en-u-co-phonebk",
        ] {
            assert!(is_known(tag), "{tag}");
        }
        for tag in
            ["", "en-UK", "en_GB", "english", "eng", "xx", "e", "en-", "-en", "en--GB", "en-GB-", "en-x", "en GB", "ен"]
        {
            assert!(!is_known(tag), "{tag}");
        }
    }

    #[test]
    fn what_was_meant_is_known() {
        for (written, tag) in [
            ("en-UK", "en-GB"),
            ("en_GB", "en-GB"),
            ("English", "en-GB"),
            ("Welsh", "cy"),
            ("eng", "en-GB"),
            ("en uk", "en-GB"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(tag));
        }
        for odd in ["", "xx", "klingon", "uk", "-", "_"] {
            assert_eq!(meant(odd), None, "{odd}");
        }
        for (name, tag) in NAMES {
            assert!(is_known(tag) && !is_known(name), "{name}");
        }
    }
}
