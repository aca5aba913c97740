//! Collections of many trusts over the vocabulary of the example policies, their rules made of the parts of the rules there.
//!
//! A trust has three to five schools and four to six policies of 50 to 80 rules. Each trust deals the rules of the five
//! example policies anew: who, with what force, does what, to what, under which conditions, with the skew that real rules have.
//! Since its policies are on different matters, which the examples are not, most objects are dealt again among the things that
//! the act can be done to, and some bearers and conditions too. What is left of the deal beneath that is what makes rules of
//! one trust meet, repeat and contradict each other about as often as the examples do.

use std::collections::BTreeMap;
use std::fmt::Write;

use clausal::diagnostic::Finding;
use clausal::model::{Bound, Collection, Kind, Vocabulary};
use clausal::source::{SourceFile, Sources};
use clausal::{resolve, syntax};

use crate::dice::Dice;

const WORDS: &str = include_str!("../../policies/school.policy");

const EXAMPLES: [&str; 5] = [
    include_str!("../../policies/bitterne-mansel-sinclair.policy"),
    include_str!("../../policies/cardinal-heenan.policy"),
    include_str!("../../policies/catholic-umbrella-trust.policy"),
    include_str!("../../policies/fairfield-trust.policy"),
    include_str!("../../policies/q3-academies.policy"),
];

const MODALITIES: [&str; 6] = ["must not", "must", "should not", "should", "may", "need not"];

/// Of a hundred objects so many are dealt again among all things the act can be done to, so many among those beside or
/// below them.
const OTHER_MATTER: usize = 85;
const NEAR_MATTER: usize = 15;
/// Of a hundred rules on social media so many get another place for it.
const OTHER_PLACE: usize = 70;
/// Of a hundred rules so many get another's bearer, another's force, another's conditions.
const OTHER_BEARER: usize = 15;
const OTHER_FORCE: usize = 2;
const OTHER_CONDITIONS: usize = 30;

/// One of so many rules is an exception to a ban before it.
const EXCEPTION: usize = 65;

/// A rule of the examples, in its parts.
#[derive(Clone, Default)]
struct Deal {
    bearers: String,
    modality: &'static str,
    actions: String,
    objects: Vec<String>,
    /// `any ` before the object, or nothing.
    any: &'static str,
    slots: String,
    when: Vec<String>,
    unless: Vec<String>,
    only_when: Vec<String>,
    /// Deadlines and consequences.
    terms: String,
}

/// What can stand where, as the vocabulary has it.
struct Matter {
    /// For each action the things it can be done to.
    bounds: BTreeMap<String, Vec<String>>,
    /// The places online.
    places: Vec<String>,
    /// For each thing those beside it and below it.
    near: BTreeMap<String, Vec<String>>,
}

/// The files of a collection of so many rules: their names and their texts.
pub fn collection(rules: usize) -> Vec<(String, String)> {
    let mut dice = Dice::new();
    let deck: Vec<Deal> = EXAMPLES.iter().flat_map(|text| deals(text)).collect();
    assert!(deck.len() > 300, "the rules of the examples are found");
    let matter = matter();
    let mut files = vec![("school.policy".to_owned(), WORDS.to_owned())];
    let mut organisations = String::from("vocabulary trusts {\n");
    let (mut left, mut trust) = (rules, 0);
    while left > 0 {
        let schools = 3 + dice.below(3);
        let _ = writeln!(organisations, "  organisation trust-{trust} {{");
        (0..schools).for_each(|school| _ = writeln!(organisations, "    trust-{trust}-school-{school}"));
        organisations.push_str("  }\n");
        let mut hand: Vec<Deal> = Vec::new();
        for policy in 0..4 + dice.below(3) {
            let size = (50 + dice.below(31)).min(left);
            if size == 0 {
                break;
            }
            left -= size;
            // One policy of a trust is one school's alone.
            let speaker = match policy {
                3 => format!("trust-{trust}-school-{}", dice.below(schools)),
                _ => format!("trust-{trust}"),
            };
            let text = self::policy(&format!("policy-{policy}"), &speaker, size, &deck, &mut hand, &matter, &mut dice);
            files.push((format!("trust-{trust:04}-{policy}.policy"), text));
        }
        trust += 1;
    }
    organisations.push_str("}\n");
    files.push(("trusts.policy".to_owned(), organisations));
    files
}

/// The example policies themselves.
pub fn examples() -> Vec<(String, String)> {
    let policies = EXAMPLES.iter().enumerate().map(|(at, text)| (format!("{at}.policy"), (*text).to_owned()));
    policies.chain([("school.policy".to_owned(), WORDS.to_owned())]).collect()
}

fn policy(
    id: &str,
    organisation: &str,
    size: usize,
    deck: &[Deal],
    hand: &mut Vec<Deal>,
    matter: &Matter,
    dice: &mut Dice,
) -> String {
    let mut text = format!("policy {id} \"Policy\" {{ organisation {organisation} version \"1\" status draft }}\n\n");
    let mut bans: Vec<(usize, Deal)> = Vec::new();
    for number in 0..size {
        // Now and then a permission is made an exception to a ban before it.
        let exception = dice.below(EXCEPTION) == 0 && !bans.is_empty();
        let (deal, overridden) = match exception {
            true => {
                let (ban, mut deal) = bans[dice.below(bans.len())].clone();
                deal.modality = "may";
                deal.terms.clear();
                deal.unless.clear();
                deal.when
                    .push(dice.pick(&["role-calls-for-it", "asked", "school-event", "acts-for-school"]).to_owned());
                (deal, Some(ban))
            }
            false => {
                if hand.is_empty() {
                    *hand = deck.to_vec();
                    dice.shuffle(hand);
                }
                (dealt_again(hand.pop().unwrap_or_default(), deck, matter, dice), None)
            }
        };
        write_rule(&mut text, number, &deal, overridden);
        if deal.modality == "must not" || deal.modality == "should not" {
            bans.push((number, deal));
        }
    }
    text
}

fn dealt_again(mut deal: Deal, deck: &[Deal], matter: &Matter, dice: &mut Dice) -> Deal {
    let other = &deck[dice.below(deck.len())];
    if dice.chance(OTHER_BEARER) {
        deal.bearers.clone_from(&other.bearers);
    }
    // What only some forces can say keeps its own.
    let bound = !deal.only_when.is_empty() || !deal.any.is_empty() || !deal.terms.is_empty();
    let any_will_do =
        deal.actions.contains(" or ") || deal.slots.contains(" or ") || deal.objects.contains(&"or".to_owned());
    if dice.chance(OTHER_FORCE) && !bound && !any_will_do {
        deal.modality = dice.pick(&MODALITIES);
    }
    let other = &deck[dice.below(deck.len())];
    if dice.chance(OTHER_CONDITIONS) && deal.only_when.is_empty() {
        deal.when.clone_from(&other.when);
        deal.unless.clone_from(&other.unless);
    }
    if dice.chance(OTHER_PLACE) {
        let place = dice.pick(&matter.places.iter().map(String::as_str).collect::<Vec<_>>());
        deal.slots = deal.slots.replace("on social-media", &format!("on {place}"));
    }
    // Each thing of a list is dealt again by itself, among those that the act can be done to.
    if let Some(bound) = matter.bounds.get(&deal.actions) {
        for at in 0..deal.objects.len() {
            let (word, end) = match deal.objects[at].strip_suffix(',') {
                Some(word) => (word, ","),
                None => (deal.objects[at].as_str(), ""),
            };
            let near = matter.near.get(word).into_iter().flatten();
            let near: Vec<&String> = near.filter(|near| bound.contains(near)).collect();
            let cast = dice.below(100);
            let other = match cast {
                _ if word == "or" => continue,
                _ if cast < OTHER_MATTER => &bound[dice.below(bound.len())],
                _ if cast < OTHER_MATTER + NEAR_MATTER && !near.is_empty() => near[dice.below(near.len())],
                _ => continue,
            };
            let other = format!("{other}{end}");
            if deal.objects.iter().all(|known| known.trim_end_matches(',') != other.trim_end_matches(',')) {
                deal.objects[at] = other;
            }
        }
    }
    deal
}

fn write_rule(text: &mut String, number: usize, deal: &Deal, overridden: Option<usize>) {
    let Deal { bearers, modality, actions, any, slots, .. } = deal;
    let _ = write!(text, "clause c{number} {{ rule r: {bearers} {modality} {actions} {any}{}", deal.objects.join(" "));
    let _ = write!(text, " {slots}");
    for (word, conditions) in [("when", &deal.when), ("only when", &deal.only_when), ("unless", &deal.unless)] {
        conditions.iter().for_each(|condition| _ = write!(text, " {word} {condition}"));
    }
    let _ = write!(text, " {}", deal.terms);
    if let Some(ban) = overridden {
        let _ = write!(text, " overrides @c{ban}#r");
    }
    text.push_str(" }\n");
}

/// The rules of a policy in their parts. They are taken from the text, since conditions are to be written as they stand.
fn deals(text: &str) -> Vec<Deal> {
    let mut rules: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        let first = line.split(' ').next().unwrap_or_default();
        if first == "rule" {
            rules.push(line["rule".len()..].to_owned());
            open = true;
        } else if open && (is_qualifier(first) || rules.last().is_some_and(|rule| rule.ends_with([',', '(']))) {
            rules.iter_mut().next_back().into_iter().for_each(|rule| {
                rule.push(' ');
                rule.push_str(line);
            });
        } else {
            open = false;
        }
    }
    rules.iter().map(|rule| deal(rule)).collect()
}

fn is_qualifier(word: &str) -> bool {
    [
        "when",
        "only",
        "unless",
        "within",
        "before",
        "after",
        "until",
        "every",
        "immediately",
        "on",
        "overrides",
        "yields",
    ]
    .contains(&word)
}

fn deal(rule: &str) -> Deal {
    let rule = match rule.split_once(": ") {
        Some((name, rest)) if !name.trim().contains(' ') => rest,
        _ => rule,
    };
    // A group that one policy defines is told by the widest word of it that is everybody's.
    let rule = rule.replace("school-staff", "staff");
    let rule = format!(" {} ", rule.split_whitespace().collect::<Vec<_>>().join(" "));
    let told = MODALITIES.iter().find_map(|modality| Some((modality, rule.split_once(&format!(" {modality} "))?)));
    let Some((modality, (bearers, rest))) = told else { panic!("a rule without force: {rule}") };
    let mut deal = Deal { bearers: bearers.trim().to_owned(), modality, ..Deal::default() };
    let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
    let words: Vec<&str> = rest.split_whitespace().collect();
    for (at, &word) in words.iter().enumerate() {
        let breach = word == "on" && words.get(at + 1) == Some(&"breach");
        let begins = if word == "on" { breach } else { is_qualifier(word) };
        let belongs = word == "when" && words.get(at.wrapping_sub(1)) == Some(&"only");
        if begins && !belongs {
            parts.push(Vec::new());
        }
        parts.iter_mut().next_back().into_iter().for_each(|part| part.push(word));
    }
    let mut parts = parts.into_iter();
    act(&mut deal, &parts.next().unwrap_or_default());
    for part in parts {
        match part[0] {
            "when" => deal.when.push(part[1..].join(" ")),
            "only" => deal.only_when.push(part[2..].join(" ")),
            "unless" => deal.unless.push(part[1..].join(" ")),
            // Edges name clauses of the policy they stand in; others are made.
            "overrides" | "yields" => {}
            _ => {
                deal.terms.push_str(&part.join(" "));
                deal.terms.push(' ');
            }
        }
    }
    deal
}

fn act(deal: &mut Deal, words: &[&str]) {
    let prepositions = clausal::model::PREPOSITIONS;
    let first_slot = words.iter().position(|word| prepositions.contains(word)).unwrap_or(words.len());
    deal.slots = words[first_slot..].join(" ");
    let mut words = words[..first_slot].iter().peekable();
    deal.actions = list(&mut words).join(" ");
    if words.peek() == Some(&&"any") {
        deal.any = "any ";
        words.next();
    }
    deal.objects = list(&mut words).into_iter().map(str::to_owned).collect();
}

/// A list as it is written: names with a comma or `or` between.
fn list<'t>(words: &mut std::iter::Peekable<std::slice::Iter<'_, &'t str>>) -> Vec<&'t str> {
    let mut list: Vec<&str> = words.next().copied().into_iter().collect();
    while let Some(&&word) = words.peek() {
        if word != "or" && !list.last().is_some_and(|last| last.ends_with(',') || *last == "or") {
            break;
        }
        list.push(word);
        words.next();
    }
    list
}

fn matter() -> Matter {
    let (collection, _) = read(vec![("school.policy".to_owned(), WORDS.to_owned())]);
    let vocabulary = &collection.vocabulary;
    let id = |word| vocabulary.word(word).id.clone();
    let mut near = BTreeMap::new();
    for (_, word) in vocabulary.of_kind(Kind::Thing) {
        let beside = word.parents.iter().flat_map(|&parent| &vocabulary.word(parent).children);
        near.insert(word.id.clone(), beside.chain(&word.children).map(|&word| id(word)).collect());
    }
    let bounds = vocabulary.of_kind(Kind::Action).filter_map(|(_, action)| {
        let bound = action.takes.object?;
        let things = things(vocabulary, bound);
        (!things.is_empty()).then(|| (action.id.clone(), things))
    });
    let internet = vocabulary.of_kind(Kind::Thing).find(|(_, word)| word.id == "internet");
    let places = internet.map(|(word, _)| things(vocabulary, Bound::Word(word))).unwrap_or_default();
    Matter { bounds: bounds.collect(), places, near }
}

/// The things within a bound; none where it asks for parties, of which there are few.
fn things(vocabulary: &Vocabulary, bound: Bound) -> Vec<String> {
    let within = |&(word, _): &(_, &_)| match bound {
        Bound::Kind(kind) => kind == Kind::Thing,
        Bound::Word(above) => vocabulary.is_below(word, above),
    };
    vocabulary.of_kind(Kind::Thing).filter(within).map(|(_, word)| word.id.clone()).collect()
}

/// What files mean.
pub fn read(files: Vec<(String, String)>) -> (Collection, Vec<Finding>) {
    let sources = Sources::new(files.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect());
    let (mut asts, mut findings) = (Vec::new(), Vec::new());
    for (id, file) in sources.iter() {
        let parsed = syntax::parse(id, file);
        asts.push(parsed.ast);
        findings.extend(parsed.findings);
    }
    let (collection, found) = resolve::resolve(&sources, &asts);
    findings.extend(found);
    (collection, findings)
}
