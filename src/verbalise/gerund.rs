//! The form of an act that stands after whoever does it: `use` becomes `using`, `be in contact with` *being in contact
//! with*. Knows labels as text and nothing of the model.

/// The label of an action with its verb in *-ing*: the first word, the verbs joined to it by *and* or *or*, or the word
/// after an adverb (`knowingly share`).
pub(super) fn gerund(label: &str) -> String {
    let label = label.strip_prefix("to ").unwrap_or(label);
    let words: Vec<&str> = label.split(' ').collect();
    let first = usize::from(words.len() > 1 && words.first().is_some_and(|word| *word == "not" || is_adverb(word)));
    let mut verb = first;
    let mut told: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    loop {
        if let (Some(word), Some(place)) = (words.get(verb), told.get_mut(verb)) {
            *place = of_word(word);
        }
        // A joining word right after a verb joins another verb to it: `know and understand`.
        let comma = words.get(verb).is_some_and(|word| word.ends_with(','));
        let joined = words.get(verb + 1).is_some_and(|word| matches!(*word, "and" | "or"));
        verb += match (comma, joined) {
            (_, true) => 2,
            (true, false) => 1,
            _ => return told.join(" "),
        };
        if verb >= words.len() {
            return told.join(" ");
        }
    }
}

/// `actively`, but not `comply`.
fn is_adverb(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "ally", "apply", "bully", "comply", "fly", "imply", "multiply", "rally", "rely", "reply", "sully", "supply",
        "tally",
    ];
    word.ends_with("ly") && !VERBS.contains(&word)
}

/// One verb, with a comma after it where it has one; of `cross-refer` the last part, of `set-up` the first.
fn of_word(word: &str) -> String {
    // A label may begin with a capital, and the act stands amid a sentence; `CC` is left as it is.
    let mut letters = word.chars();
    let capital = letters.next().filter(|first| first.is_uppercase() && letters.clone().all(|it| !it.is_uppercase()));
    if let Some(first) = capital.filter(|_| word.len() > 1) {
        return of_small_word(&first.to_lowercase().chain(letters).collect::<String>());
    }
    of_small_word(word)
}

fn of_small_word(word: &str) -> String {
    const PARTICLES: &[&str] = &["away", "back", "down", "in", "off", "on", "out", "over", "up"];
    let (verb, comma) = word.strip_suffix(',').map_or((word, ""), |verb| (verb, ","));
    if let Some((first, particle)) = verb.split_once('-').filter(|(_, last)| PARTICLES.contains(last)) {
        return format!("{}-{particle}{comma}", of_verb(first));
    }
    let (head, last) =
        verb.rsplit_once('-').map_or(("", verb), |(_, last)| (verb.get(..verb.len() - last.len()).unwrap_or(""), last));
    format!("{head}{}{comma}", of_verb(last))
}

fn of_verb(verb: &str) -> String {
    let known = ["bring", "cling", "fling", "ring", "sing", "sling", "spring", "sting", "string", "swing", "wring"];
    if verb.len() > 4 && verb.ends_with("ing") && !known.contains(&verb) {
        return verb.to_owned();
    }
    if ["be", "age", "singe", "swinge", "tinge", "whinge"].contains(&verb) {
        return format!("{verb}ing");
    }
    if let Some(stem) = verb.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if let Some(stem) = verb.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y']) && has_vowel(stem)) {
        return format!("{stem}ing");
    }
    if verb.len() > 3 && verb.ends_with('c') {
        return format!("{verb}king");
    }
    match verb.chars().next_back() {
        Some(last) if doubles(verb) => format!("{verb}{last}ing"),
        _ => format!("{verb}ing"),
    }
}

/// Whether the last letter is doubled: after one vowel with the stress on it, and in British spelling always *l*.
fn doubles(verb: &str) -> bool {
    /// Verbs of several syllables that are stressed on the last, or spelt as if they were.
    const STRESSED: &[&str] = &[
        "abet", "abhor", "abut", "acquit", "admit", "allot", "aver", "befit", "beget", "begin", "commit", "concur",
        "confer", "debar", "defer", "demur", "deter", "emit", "equip", "forbid", "forget", "format", "handicap",
        "impel", "incur", "infer", "input", "inter", "kidnap", "occur", "offset", "omit", "outbid", "output", "outrun",
        "outwit", "overlap", "overrun", "permit", "prefer", "program", "rebut", "recap", "recur", "refer", "refit",
        "regret", "remit", "rerun", "reset", "resit", "submit", "transfer", "transmit", "unplug", "unwrap", "unzip",
        "upset", "worship",
    ];
    let letters: Vec<char> = verb.chars().collect();
    let Some((before, &[first, vowel, last])) = split_last_three(&letters) else {
        // `up` and `ad` have no consonant before; no verb of two letters doubles but these.
        return matches!(verb, "up" | "ad");
    };
    // The *u* of *qu* is no vowel of its own: `quit`.
    let after_q = first == 'u' && before.last() == Some(&'q');
    if !is_vowel(vowel) || is_vowel(last) || "wxy".contains(last) || (is_vowel(first) && !after_q) {
        return false;
    }
    last == 'l' && verb != "parallel" || syllables(&letters) == 1 || STRESSED.contains(&verb)
}

fn split_last_three(letters: &[char]) -> Option<(&[char], &[char; 3])> {
    letters.split_last_chunk::<3>()
}

fn syllables(letters: &[char]) -> usize {
    let vowel = |at: usize| {
        let after_q = at > 0 && letters.get(at) == Some(&'u') && letters.get(at - 1) == Some(&'q');
        letters.get(at).is_some_and(|&letter| is_vowel(letter) || letter == 'y' && at > 0) && !after_q
    };
    (0..letters.len()).filter(|&at| vowel(at) && (at == 0 || !vowel(at - 1))).count()
}

fn has_vowel(word: &str) -> bool {
    word.chars().any(|letter| is_vowel(letter) || letter == 'y')
}

fn is_vowel(letter: char) -> bool {
    "aeiou".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::gerund;

    #[test]
    fn verbs_take_ing_as_they_are_spelt_in_britain() {
        let cases = "be being, use using, put putting, refer referring, lie lying, die dying, see seeing, agree agreeing, \
             share sharing, post posting, show showing, view viewing, fix fixing, play playing, carry carrying, \
             delete deleting, keep keeping, block blocking, bully bullying, log logging, plan planning, let letting, \
             run running, visit visiting, offer offering, open opening, monitor monitoring, edit editing, \
             benefit benefiting, focus focusing, target targeting, develop developing, consider considering, \
             travel travelling, cancel cancelling, control controlling, label labelling, reveal revealing, fail failing, \
             quit quitting, equip equipping, transfer transferring, commit committing, permit permitting, \
             forget forgetting, occur occurring, mimic mimicking, panic panicking, dye dyeing, age ageing, queue queuing, \
             argue arguing, write writing, make making, take taking, give giving, bring bringing, ring ringing, \
             befriend befriending, report reporting, act acting, add adding, aid aiding, go going, do doing, \
             transport transporting, cross-refer cross-referring, co-operate co-operating, comply complying, \
             answer answering, look looking, promote promoting, undergo undergoing, restrict restricting, tie tying, \
             intercept intercepting, invite inviting, trespass trespassing, access accessing, sign signing, buy buying, \
             email emailing, upload uploading, download downloading, chat chatting, tag tagging, text texting";
        for case in cases.split(", ") {
            let (verb, expected) = case.trim().split_once(' ').expect("a verb and its form");
            assert_eq!(gerund(verb), expected);
        }
    }

    #[test]
    fn the_verb_of_a_label_is_found() {
        let cases = [
            ("be in direct contact with", "being in direct contact with"),
            ("put up", "putting up"),
            ("log on to", "logging on to"),
            ("take disciplinary action against", "taking disciplinary action against"),
            ("know and understand", "knowing and understanding"),
            ("read, sign and return", "reading, signing and returning"),
            ("knowingly share", "knowingly sharing"),
            ("not answer", "not answering"),
            ("comply with", "complying with"),
            ("behave responsibly and professionally", "behaving responsibly and professionally"),
            ("give cause to doubt their motives", "giving cause to doubt their motives"),
            ("to use", "using"),
            ("set-up", "setting-up"),
            ("Use", "using"),
            ("CC", "CCing"),
            ("𝐀b", "𝐀bing"),
            ("log-in to", "logging-in to"),
        ];
        for (label, expected) in cases {
            assert_eq!(gerund(label), expected);
        }
    }
}
