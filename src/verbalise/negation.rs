//! The opposite of a clause, in English: `it breaches a policy` becomes `it does not breach a policy`.

/// The clause denied. Where its verb cannot be told for sure, the whole of it is denied at once.
pub(super) fn denied(clause: &str) -> String {
    let words: Vec<&str> = clause.split(' ').collect();
    with_auxiliary(&words)
        .or_else(|| with_pronoun(&words))
        .or_else(|| with_noun(&words))
        .unwrap_or_else(|| format!("it is not so that {clause}"))
}

/// Whether *not* can follow the word.
pub(super) fn is_auxiliary(word: &str) -> bool {
    const AUXILIARIES: &[&str] =
        &["is", "are", "was", "were", "has", "have", "had", "can", "could", "may", "must", "will", "would", "should"];
    AUXILIARIES.contains(&word)
}

/// `the pupil is …` to `the pupil is not …`; *has* stays only beside a participle: `has been told`, `does not have leave`.
fn with_auxiliary(words: &[&str]) -> Option<String> {
    let at = words.iter().position(|word| is_auxiliary(word)).filter(|&at| at > 0)?;
    let (before, after) = (words.get(..at)?.join(" "), words.get(at + 1..)?);
    let verb = *words.get(at)?;
    let participle = after.first().is_some_and(|next| *next == "been" || next.ends_with("ed") || next.ends_with("en"));
    let denied = match verb {
        "has" if !participle => "does not have",
        "have" if !participle => "do not have",
        "had" if !participle => "did not have",
        "can" => "cannot",
        _ => return Some(format!("{before} {verb} not {}", after.join(" ")).trim_end().to_owned()),
    };
    Some(format!("{before} {denied} {}", after.join(" ")).trim_end().to_owned())
}

/// `it breaches …` to `it does not breach …`, `others post …` to `others do not post …`.
fn with_pronoun(words: &[&str]) -> Option<String> {
    let (subject, verb, rest) = (*words.first()?, *words.get(1)?, words.get(2..)?.join(" "));
    let denied = match subject {
        "it" | "he" | "she" | "someone" | "somebody" | "this" | "that" => format!("does not {}", stem(verb)?),
        "they" | "others" | "we" | "you" => format!("do not {verb}"),
        _ => return None,
    };
    Some(format!("{subject} {denied} {rest}").trim_end().to_owned())
}

/// `the school provides …` to `the school does not provide …`.
fn with_noun(words: &[&str]) -> Option<String> {
    let (article, noun, verb) = (*words.first()?, *words.get(1)?, *words.get(2)?);
    if !["the", "a", "an", "their", "its", "his", "her", "this"].contains(&article) || noun.ends_with('s') {
        return None;
    }
    let rest = words.get(3..)?.join(" ");
    Some(format!("{article} {noun} does not {} {rest}", stem(verb)?).trim_end().to_owned())
}

/// The verb without the *s* of the third person.
fn stem(verb: &str) -> Option<String> {
    if let Some(stem) = verb.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    let hissing = ["ches", "shes", "sses", "xes", "zes", "oes"].iter().any(|end| verb.ends_with(end));
    if hissing {
        return verb.strip_suffix("es").map(str::to_owned);
    }
    verb.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', '\''])).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_denied_at_their_verb() {
        let cases = [
            ("the pupil is their own child", "the pupil is not their own child"),
            ("it breaches a policy", "it does not breach a policy"),
            ("it interferes with their work", "it does not interfere with their work"),
            ("others post unacceptable content there", "others do not post unacceptable content there"),
            ("the school provides an account", "the school does not provide an account"),
            ("the pupil has an account", "the pupil does not have an account"),
            ("the parent has been told", "the parent has not been told"),
            ("it can wait", "it cannot wait"),
            ("she carries a telephone", "she does not carry a telephone"),
            ("two of them disagree", "it is not so that two of them disagree"),
        ];
        for (clause, expected) in cases {
            assert_eq!(denied(clause), expected);
        }
    }
}
