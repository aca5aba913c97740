//! Situations told as sentences: a table of shapes, each made by hand from ids.

use clausal::model::{
    Amount, FactId, FactKind, Kind, Number, PREPOSITIONS, PolicyId, RuleId, Unit, Vocabulary, WordId,
};
use clausal::norms::{Conflict, Context, Disagreement, Leaf, Value, Way, Witness};
use clausal::verbalise::{gist, place, witness};

use crate::suite::compiled::Compiled;

const VOCABULARY: &str = r#"
vocabulary words {
  organisation north "North Trust" { st-a "St Anne's School" }
  organisation south "South Schools"
  party staff "member of staff" plural "members of staff" { teacher headteacher "the headteacher" line-manager hr-manager "HR manager" }
  party parent "parent or carer" plural "parents and carers" overlaps staff
  party pupil
  party police "the police"
  thing social-media "social media" plural "social media" { facebook "Facebook" }
  thing message { pupil-message "message from a pupil" plural "messages from pupils" }
  thing image { school-image "photograph of the school" overlaps message }
  thing log-in "log-in details"
  thing own-views "that the views are theirs" plural "that the views are theirs"
  thing account { trust-account }
  action use takes thing on account
  action report takes thing to party
  action contact "be in direct contact with" takes party on thing
  action refer "refer" takes thing to party
  action state "make clear" takes thing on thing
  action keep takes thing
  action delete takes thing about party excludes keep
  action leave
  fact purpose { personal "for personal purposes" business }
  fact time { working-hours "in working hours" own-time "in their own time" }
  fact device chosen { owned "on school equipment" own "on personal equipment" }
  fact on-premises "on school premises"
  fact own-child "the pupil is their own child"
  fact suspected "suspected of a breach"
  fact asked "asked to do so"
  fact abusive chosen
  fact daily-use "time spent in a day" in minutes
}
policy conduct "Staff Conduct" { organisation north }
clause one { rule use: staff may use social-media on account }
clause two { rule no-use: staff must not use social-media on account rule staff should not use social-media }
clause report { rule staff must report message to line-manager or headteacher }
clause keep { rule staff must keep message }
clause delete { rule staff must delete message }
clause approved { rule staff must not use social-media unless approved by headteacher or consent of parent }
clause account { rule staff must use any account }
clause long {
  rule staff must not use social-media unless (purpose is personal and time is own-time and suspected and asked)
    or (on-premises and not own-child and daily-use at most 30 minutes)
    unless approved by headteacher
  rule staff may use social-media when approved by 2 of (headteacher, line-manager, hr-manager, teacher, parent, pupil)
    and consent of 2 of (headteacher, line-manager, hr-manager, teacher, parent, pupil) and daily-use at most 30 minutes
    and (purpose is personal or time is own-time) and suspected and asked and not own-child
}
"#;

const SOUTH: &str = r#"
policy media "The Media Policy" { organisation south numbering none }
clause ban "No media" { rule staff must not use social-media }
"#;

/// A situation in words: `who | object | action | slots | facts | approvals | consents`, parts left out being empty.
struct Table {
    compiled: Compiled,
}

impl Table {
    fn new() -> Self {
        Table { compiled: Compiled::of(&[("a.policy", VOCABULARY), ("b.policy", SOUTH)]) }
    }

    fn words(&self) -> &Vocabulary {
        &self.compiled.collection.vocabulary
    }

    fn word(&self, kind: Kind, id: &str) -> WordId {
        let found = self.words().of_kind(kind).find(|(_, word)| word.id == id);
        found.unwrap_or_else(|| panic!("no {} {id}", kind.name())).0
    }

    /// `a` or `a+b`.
    fn leaf(&self, kinds: &[Kind], text: &str) -> Leaf {
        let one = |id: &str| {
            let found = kinds.iter().find(|kind| self.words().of_kind(**kind).any(|(_, word)| word.id == id));
            self.word(*found.unwrap_or_else(|| panic!("no word {id}")), id)
        };
        match text.split_once('+') {
            Some((first, second)) => Leaf::Both(one(first), one(second)),
            None => Leaf::One(one(text)),
        }
    }

    /// `fact`, `not fact`, `fact=value`, `fact=30`.
    fn fact(&self, text: &str) -> (FactId, Value) {
        let (name, value) = text.split_once('=').unwrap_or((text.trim_start_matches("not "), ""));
        let (id, fact) = self.words().facts().find(|(_, fact)| fact.id == name).expect("a fact");
        let value = match &fact.kind {
            FactKind::Flag => Value::Flag(!text.starts_with("not ")),
            FactKind::Choice(values) => {
                Value::Choice(values.iter().position(|it| it.id == value).expect("a value") as u32)
            }
            FactKind::Quantity(_) => {
                Value::Quantity(Amount { number: Number::parse(value).expect("a number"), unit: Unit::Minute })
            }
        };
        (id, value)
    }

    fn facts(&self, text: &str) -> Vec<(FactId, Value)> {
        text.split(", ").filter(|it| !it.is_empty()).map(|it| self.fact(it)).collect()
    }

    fn rule(&self, key: &str) -> RuleId {
        let found = self.compiled.collection.rules().find(|(_, rule)| rule.key.ends_with(key));
        found.unwrap_or_else(|| panic!("no rule {key}")).0
    }

    /// `action; object after any; slots; facts; approvals; consents; rules that apply`.
    fn way(&self, text: &str) -> Way {
        let mut parts = text.split(';').map(str::trim);
        let mut part = || parts.next().unwrap_or("");
        let people = |text: &str| -> Vec<Leaf> {
            text.split(", ").filter(|it| !it.is_empty()).map(|it| self.leaf(&[Kind::Party], it)).collect()
        };
        let things = [Kind::Thing, Kind::Party];
        Way {
            action: self.leaf(&[Kind::Action], part()),
            object: Some(part()).filter(|it| !it.is_empty()).map(|it| self.leaf(&things, it)),
            slots: part()
                .split(", ")
                .filter_map(|slot| slot.split_once(' '))
                .map(|(word, filler)| {
                    let word = PREPOSITIONS.into_iter().find(|known| *known == word).expect("a preposition");
                    (word, self.leaf(&things, filler))
                })
                .collect(),
            facts: self.facts(part()),
            approvals: people(part()),
            consents: people(part()),
            applies: part().split(", ").filter(|it| !it.is_empty()).map(|it| self.rule(it)).collect(),
        }
    }

    fn told(&self, conflict: Conflict, rules: &[&str], context: &str, ways: &[&str]) -> String {
        let mut parts = context.split(';').map(str::trim);
        let mut part = || parts.next().unwrap_or("");
        let organisation = Some(part()).filter(|it| !it.is_empty());
        let witness_ = Witness {
            context: Context {
                organisation: organisation.map(|it| self.leaf(&[Kind::Organisation], it)),
                party: self.leaf(&[Kind::Party], part()),
                object: Some(part()).filter(|it| !it.is_empty()).map(|it| self.leaf(&[Kind::Thing, Kind::Party], it)),
                facts: self.facts(part()),
            },
            ways: ways.iter().map(|way| self.way(way)).collect(),
        };
        let rules = rules.iter().map(|key| self.rule(key)).collect();
        witness(&self.compiled.collection, &Disagreement { conflict, rules, relation: None, witness: witness_ })
    }
}

#[test]
fn a_situation_is_somebody_doing_something() {
    let table = Table::new();
    let plain = ["one#use", "two#no-use"];
    let cases = [
        ("north; teacher; facebook", "use", "a teacher using Facebook"),
        (
            "; teacher; facebook; purpose=personal, time=working-hours",
            "use;;;device=owned",
            "a teacher using Facebook for personal purposes, in working hours, on school equipment",
        ),
        (
            "; parent+teacher; social-media",
            "use;;on trust-account",
            "a parent or carer who is also a teacher using social media on a trust account",
        ),
        (
            "; headteacher; pupil",
            "contact;;on facebook",
            "the headteacher being in direct contact with a pupil on Facebook",
        ),
        ("; hr-manager; log-in", "keep", "an HR manager keeping log-in details"),
        (
            "; police; pupil-message",
            "refer;;to headteacher",
            "the police referring a message from a pupil to the headteacher",
        ),
        ("; teacher; own-views", "state;;on facebook", "a teacher making clear on Facebook that the views are theirs"),
        (
            "; teacher; message+school-image",
            "delete;;about pupil",
            "a teacher deleting a message that is also a photograph of the school about a pupil",
        ),
        ("; teacher", "leave", "a teacher leaving"),
        ("; teacher; facebook; not on-premises", "use", "a teacher using Facebook, not on school premises"),
        (
            "; teacher; facebook; on-premises, not own-child, daily-use=30",
            "use",
            "a teacher using Facebook on school premises, when the pupil is not their own child and the time spent in a day is 30 minutes",
        ),
        (
            "; teacher; facebook; daily-use=12.5",
            "use",
            "a teacher using Facebook when the time spent in a day is 12.5 minutes",
        ),
        (
            "; teacher; facebook; asked, suspected",
            "use",
            "a teacher using Facebook when they are asked to do so and suspected of a breach",
        ),
        (
            "; teacher; facebook; suspected",
            "use;;;abusive",
            "a teacher using Facebook when they are suspected of a breach and it is abusive",
        ),
        (
            "; teacher; facebook; not suspected, purpose=business",
            "use;;;not abusive",
            "a teacher using Facebook when they are not suspected of a breach, the purpose is business and it is not abusive",
        ),
    ];
    for (context, way, expected) in cases {
        assert_eq!(table.told(Conflict::Contradiction, &plain, context, &[way]), expected);
    }
}

#[test]
fn agreement_is_told_where_somebody_gives_it_or_a_rule_asks_for_it() {
    let table = Table::new();
    let rules = ["one#use", "approved#1"];
    let told = |way: &str| table.told(Conflict::UnrankedRules, &rules, "; teacher; facebook", &[way]);
    assert_eq!(told("use"), "a teacher using Facebook without approval, without consent");
    assert_eq!(
        told("use;;;;headteacher, line-manager;parent"),
        "a teacher using Facebook with the approval of the headteacher and a line manager, with the consent of a parent or carer"
    );
}

#[test]
fn the_organisation_is_named_where_it_says_something() {
    let table = Table::new();
    let own = ["one#use", "two#no-use"];
    let across = ["one#use", "ban#1"];
    let told = |rules: &[&str], context: &str| table.told(Conflict::Contradiction, rules, context, &["use"]);
    assert_eq!(told(&own, "north; teacher; facebook"), "a teacher using Facebook");
    assert_eq!(told(&own, "st-a; teacher; facebook"), "at St Anne's School, a teacher using Facebook");
    assert_eq!(told(&across, "north; teacher; facebook"), "at North Trust, a teacher using Facebook");
    assert_eq!(told(&across, "; teacher; facebook"), "a teacher using Facebook");
}

#[test]
fn each_way_of_a_duty_is_told_with_what_closes_it() {
    let table = Table::new();
    let rules = ["report#1", "two#no-use", "ban#1"];
    let told = table.told(
        Conflict::JointContradiction,
        &rules,
        "; teacher; pupil-message; on-premises",
        &["report;;to line-manager;;;;report#1, two#no-use", "report;;to headteacher;;;;report#1, ban#1"],
    );
    assert_eq!(
        told,
        "a teacher who must report a message from a pupil, on school premises, could report it to a line manager \
         (forbidden by 2) or report it to the headteacher (forbidden by South Schools' Media Policy, “No media”)"
    );
    let any = table.told(
        Conflict::ContradictoryAdvice,
        &["account#1", "two#no-use", "two#2"],
        "; teacher",
        &["use;trust-account;;;;;account#1, two#no-use", "use;account;;;;;account#1, two#2"],
    );
    assert_eq!(
        any,
        "a teacher who must use any account could use a trust account (forbidden by 2) or use an account (advised against by 2)"
    );
}

#[test]
fn acts_that_exclude_each_other_are_both_told() {
    let table = Table::new();
    let told = table.told(
        Conflict::IncompatibleDuties,
        &["keep#1", "delete#1"],
        "; teacher; pupil-message; time=working-hours",
        &["keep", "delete;;about pupil;abusive"],
    );
    assert_eq!(
        told,
        "a teacher must keep a message from a pupil (4) and delete it about a pupil when it is abusive (5), in working hours"
    );
}

#[test]
fn rules_are_told_by_their_place_and_in_brief() {
    let table = Table::new();
    let collection = &table.compiled.collection;
    let (own, far) = (table.rule("one#use"), table.rule("ban#1"));
    assert_eq!(place(collection, own, PolicyId(0)), "1");
    assert_eq!(place(collection, far, PolicyId(0)), "South Schools' Media Policy, “No media”");
    assert_eq!(place(collection, own, PolicyId(1)), "North Trust's Staff Conduct, 1");
    assert_eq!(gist(collection, own), "members of staff may use social media on accounts");
    assert_eq!(
        gist(collection, table.rule("approved#1")),
        "members of staff must not use social media, unless the headteacher approves, or unless the parent or carer consents"
    );
    assert_eq!(gist(collection, table.rule("long#1")), "members of staff must not use social media, with exceptions");
    let long = gist(collection, table.rule("long#2"));
    assert!(long.len() <= 330 && long.ends_with(" …") && !long.contains(" , "), "{long}");
}
