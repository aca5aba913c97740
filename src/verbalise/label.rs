//! Small English: articles, lists, what may follow what. Knows labels as text and nothing of the model.

use super::negation::is_auxiliary;
use crate::model::without_article;

/// Prepositions whose phrase says how or what for an act is done, so that it follows the act: *for personal purposes*.
const OF_ACTS: &[&str] = &[
    "about", "after", "against", "as", "because", "before", "between", "by", "during", "for", "from", "over",
    "through", "to", "under", "using", "via", "when", "while", "with", "without",
];

/// Prepositions whose phrase says where or in what state somebody or something is: *on school premises*, *in doubt*.
const OF_STATES: &[&str] = &["at", "away", "in", "inside", "near", "off", "on", "out", "outside", "within"];

/// Whether a label begins with a preposition of one of the two sorts.
pub(super) fn is_phrase(label: &str) -> bool {
    is_phrase_of_act(label) || OF_STATES.contains(&first_word(label))
}

/// Whether a label begins with a preposition that says how or what for something is done.
pub(super) fn is_phrase_of_act(label: &str) -> bool {
    OF_ACTS.contains(&first_word(label))
}

/// The label with a definite article, unless it has an article or is a proper name or a question.
pub(super) fn the(label: &str) -> String {
    if without_article(label).is_some() || starts_with_determiner(label) || is_name(label) || is_clause(label) {
        return label.to_owned();
    }
    format!("the {label}")
}

/// The label of one of a kind with an indefinite article, unless it has an article, is a name or names several or no
/// countable thing.
pub(super) fn a(label: &str, plural: &str) -> String {
    let bare = label == plural
        || without_article(label).is_some()
        || starts_with_determiner(label)
        || is_clause(label)
        || is_plural(label)
        || !is_role(label) && label.split(' ').all(|word| word.starts_with(char::is_uppercase) && !is_acronym(word));
    if bare {
        return label.to_owned();
    }
    let article = if sounds_like_a_vowel(first_word(label)) { "an" } else { "a" };
    format!("{article} {label}")
}

/// Whether a word begins with the sound of a vowel; capitals are read letter by letter.
fn sounds_like_a_vowel(word: &str) -> bool {
    if is_acronym(word) {
        return word.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']);
    }
    let word = word.to_lowercase();
    let as_in_you = ["uni", "use", "usu", "uti", "eu", "one", "once"].iter().any(|start| word.starts_with(start))
        && !word.starts_with("unin")
        && !word.starts_with("unim");
    let silent = ["hour", "honest", "honour", "heir"].iter().any(|start| word.starts_with(start));
    silent || word.starts_with(['a', 'e', 'i', 'o', 'u']) && !as_in_you
}

/// `HR`, `IT`.
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit())
}

/// The label without its article.
pub(super) fn bare(label: &str) -> &str {
    without_article(label).unwrap_or(label)
}

/// Whether what a label names is several, so that its verb has no *s*.
pub(super) fn is_plural(label: &str) -> bool {
    let head = head(label);
    let noun = head.rsplit(' ').next().unwrap_or(head);
    let irregular = ["police", "people", "children", "men", "women", "staff"];
    let regular = noun.ends_with('s') && !["ss", "us", "is", "'s", "news"].iter().any(|end| noun.ends_with(end));
    irregular.contains(&noun) || regular
}

/// The label up to what only tells more of it: `member` of `member of staff`.
fn head(label: &str) -> &str {
    [" of ", " for ", " in ", " at ", " from ", " with ", " to ", " who ", " that "]
        .iter()
        .filter_map(|after| label.find(after))
        .min()
        .map_or(label, |end| label.get(..end).unwrap_or(label))
}

/// Items joined for reading: `a, b or c`. A comma goes before the joining word where an item has such a word in itself.
pub(super) fn list(items: &[String], joiner: &str) -> String {
    let compound = items.len() > 1 && items.iter().any(|item| is_compound(item));
    let Some((last, first)) = items.split_last() else { return String::new() };
    if first.is_empty() {
        return last.clone();
    }
    let comma = if compound { "," } else { "" };
    format!("{}{comma} {joiner} {last}", first.join(", "))
}

/// Alternatives with what their labels have in common at both ends said once: `for educational or business purposes`.
/// `None` where they have nothing in common at one of the ends.
pub(super) fn shared(labels: &[&str], joiner: &str) -> Option<String> {
    let words: Vec<Vec<&str>> = labels.iter().map(|label| label.split(' ').collect()).collect();
    let (first, rest) = words.split_first()?;
    let shortest = words.iter().map(Vec::len).min()?;
    let same = |at: &dyn Fn(&[&str]) -> Option<usize>| {
        let word = |words: &[&str]| at(words).and_then(|at| words.get(at).map(|&word| word.to_owned()));
        rest.iter().all(|other| word(other) == word(first))
    };
    let head = (0..shortest).take_while(|&at| same(&|_| Some(at))).count();
    let tail = (1..shortest).take_while(|&back| same(&|words| words.len().checked_sub(back))).count();
    if head == 0 || tail == 0 || head + tail >= shortest {
        return None;
    }
    let middles: Vec<String> = words.iter().map(|words| words[head..words.len() - tail].join(" ")).collect();
    Some(format!("{} {} {}", first[..head].join(" "), list(&middles, joiner), first[first.len() - tail..].join(" ")))
}

/// Whether a label is what is said or asked: `that they speak for themselves`.
pub(super) fn is_clause(label: &str) -> bool {
    ["how", "that", "what", "when", "where", "whether", "which", "who", "why"].contains(&first_word(label))
}

/// Whether words hold a joining word of their own.
pub(super) fn is_compound(words: &str) -> bool {
    [" and ", " or ", ", "].iter().any(|joiner| words.contains(joiner))
}

/// Whether a label is a clause with a subject, as opposed to an adjective: `the pupil is their own child`, `abusive`.
pub(super) fn has_subject(label: &str) -> bool {
    starts_with_determiner(label) || label.split(' ').skip(1).any(is_auxiliary)
}

fn starts_with_determiner(label: &str) -> bool {
    const DETERMINERS: &[&str] = &[
        "a",
        "all",
        "an",
        "another",
        "any",
        "anybody",
        "anyone",
        "each",
        "every",
        "everybody",
        "everyone",
        "he",
        "her",
        "his",
        "it",
        "its",
        "no",
        "nobody",
        "nothing",
        "one",
        "others",
        "she",
        "some",
        "somebody",
        "someone",
        "something",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "we",
        "you",
    ];
    DETERMINERS.contains(&first_word(label))
}

/// `Facebook`, but not `Year 6 pupil`.
pub(super) fn is_single_name(label: &str) -> bool {
    is_name(label) && !label.contains(' ')
}

/// `Ofsted`, but neither `IT manager` nor `Designated Safeguarding Lead`.
fn is_name(label: &str) -> bool {
    let mut chars = label.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase) && !is_role(label)
}

/// Whether what a label names is a post or a body: many schools write these with capitals, `Headteacher`, `Chair of
/// Governors`, and mean no name by it.
fn is_role(label: &str) -> bool {
    const ROLES: &[&str] = &[
        "administrator",
        "adult",
        "advisor",
        "adviser",
        "assistant",
        "authority",
        "board",
        "body",
        "bursar",
        "caretaker",
        "carer",
        "chair",
        "chaplain",
        "child",
        "cleaner",
        "clerk",
        "committee",
        "contractor",
        "co-ordinator",
        "coordinator",
        "counsellor",
        "deputy",
        "director",
        "employee",
        "executive",
        "governor",
        "guardian",
        "head",
        "headteacher",
        "lead",
        "leader",
        "learner",
        "librarian",
        "manager",
        "member",
        "mentor",
        "nurse",
        "officer",
        "panel",
        "parent",
        "person",
        "principal",
        "pupil",
        "secretary",
        "student",
        "supervisor",
        "teacher",
        "team",
        "technician",
        "trainee",
        "trustee",
        "tutor",
        "visitor",
        "volunteer",
        "worker",
    ];
    let noun = head(label).rsplit(' ').next().unwrap_or(label).to_lowercase();
    ROLES.contains(&noun.as_str())
}

fn first_word(label: &str) -> &str {
    label.split(' ').next().unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(items: &[&str]) -> Vec<String> {
        items.iter().map(|&item| item.to_owned()).collect()
    }

    #[test]
    fn lists_read_unambiguously() {
        assert_eq!(list(&owned(&["a"]), "or"), "a");
        assert_eq!(list(&owned(&["a", "b"]), "or"), "a or b");
        assert_eq!(list(&owned(&["a", "b", "c"]), "and"), "a, b and c");
        assert_eq!(list(&owned(&["pupils", "parents and carers"]), "and"), "pupils, and parents and carers");
    }

    #[test]
    fn what_alternatives_share_is_said_once() {
        let purposes = ["for educational purposes", "for business purposes"];
        assert_eq!(shared(&purposes, "or").as_deref(), Some("for educational or business purposes"));
        assert_eq!(shared(&["for recruitment", "for business purposes"], "or"), None);
        assert_eq!(shared(&["in a b", "in a b"], "or"), None);
    }

    #[test]
    fn one_of_a_kind_has_its_article() {
        let cases = [
            ("teacher", "a teacher"),
            ("employee", "an employee"),
            ("IT manager", "an IT manager"),
            ("UK citizen", "a UK citizen"),
            ("user", "a user"),
            ("uninvited guest", "an uninvited guest"),
            ("hour of leave", "an hour of leave"),
            ("one-off payment", "a one-off payment"),
            ("Year 6 pupil", "a Year 6 pupil"),
            ("the headteacher", "the headteacher"),
            ("their own views", "their own views"),
            ("Facebook", "Facebook"),
            ("Google Classroom", "Google Classroom"),
            ("Headteacher", "a Headteacher"),
            ("Designated Safeguarding Lead", "a Designated Safeguarding Lead"),
            ("Chair of Governors", "a Chair of Governors"),
            ("log-in details", "log-in details"),
        ];
        for (label, expected) in cases {
            assert_eq!(a(label, &format!("{label}s")), expected);
        }
        assert_eq!(a("social media", "social media"), "social media");
    }

    #[test]
    fn posts_with_capitals_are_no_names() {
        let cases = [
            ("Headteacher", "the Headteacher"),
            ("Governing Body", "the Governing Body"),
            ("Chair of Governors", "the Chair of Governors"),
            ("Ofsted", "Ofsted"),
            ("how often it happens", "how often it happens"),
        ];
        for (label, expected) in cases {
            assert_eq!(the(label), expected);
        }
    }

    #[test]
    fn verbs_agree_with_their_heads() {
        for plural in ["the police", "governors", "parents of pupils", "the trustees"] {
            assert!(is_plural(plural), "{plural}");
        }
        for singular in ["member of staff", "the headteacher", "parent or carer", "the chair of governors", "campus"] {
            assert!(!is_plural(singular), "{singular}");
        }
    }
}
