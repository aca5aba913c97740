//! Rules as norms: the halves of `may … only when`, and the duties that a comma makes.

use clausal::model::{Choice, Collection, Condition, Filler, Modality, Policy, RuleId, WordId};

/// The words a name stands for: itself, or those of a group.
pub type Name = Vec<WordId>;

/// One norm of a rule.
#[derive(Clone)]
pub struct Norm {
    /// Its rule.
    pub rule: RuleId,
    /// Its force.
    pub modality: Modality,
    /// Whom its policy speaks for.
    pub organisation: Option<WordId>,
    /// Whom it binds.
    pub bearers: Vec<Name>,
    /// What is done.
    pub actions: Vec<Name>,
    /// What it is done to; empty for anything and nothing.
    pub objects: Vec<Name>,
    /// Whether `any` stands before the object.
    pub any: bool,
    /// What else the act involves.
    pub slots: Vec<(&'static str, Vec<Name>)>,
    /// All of these hold.
    pub when: Vec<Test>,
    /// None of these does.
    pub unless: Vec<Test>,
}

/// A condition, its names looked up.
#[derive(Clone)]
pub enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    /// A condition on one fact.
    Fact(Condition),
    Approval(Vec<Name>, u32),
    Consent(Vec<Name>, u32),
}

/// The norms of a rule. "`may … when W and C`, and `must not … when W` unless C; both halves keep every other qualifier."
/// "Each duty that a comma makes is compared by itself; of every other rule, the whole."
pub fn norms_of(collection: &Collection, id: RuleId) -> Vec<Norm> {
    let (policy, rule) = (collection.policy(id.policy), collection.rule(id));
    let names = |fillers: &[Filler]| fillers.iter().map(|&filler| name(policy, filler)).collect::<Vec<Name>>();
    let tests = |parts: &[clausal::model::Qualified]| {
        parts.iter().map(|part| test(policy, &part.condition)).collect::<Vec<Test>>()
    };
    let whole = Norm {
        rule: id,
        modality: rule.modality,
        organisation: policy.organisation,
        bearers: names(&rule.bearers),
        actions: rule.actions.iter().map(|&word| vec![word]).collect(),
        objects: names(&rule.objects.names),
        any: rule.objects.any && rule.modality.is_duty(),
        slots: rule.slots.iter().map(|slot| (slot.preposition, names(&slot.names))).collect(),
        when: tests(&rule.when),
        unless: tests(&rule.unless),
    };
    if rule.modality == Modality::May && !rule.only_when.is_empty() {
        let only = tests(&rule.only_when);
        let mut may = whole.clone();
        may.when.extend(only.iter().cloned());
        let mut ban = Norm { modality: Modality::MustNot, ..whole };
        ban.unless.push(Test::All(only));
        return vec![may, ban];
    }
    if !rule.modality.is_duty() {
        return vec![whole];
    }
    // "A comma means each: a duty with two objects is two duties": bearers, actions, objects, slots, the last fastest.
    let mut duties = each(&[whole], Choice::Each, |norm| &mut norm.bearers);
    duties = each(&duties, rule.actions_are, |norm| &mut norm.actions);
    duties = each(&duties, rule.objects.are, |norm| &mut norm.objects);
    for (place, slot) in rule.slots.iter().enumerate() {
        duties = each(&duties, slot.are, |norm| &mut norm.slots[place].1);
    }
    duties
}

/// Every norm once for each name of a list that means each.
fn each(norms: &[Norm], choice: Choice, list: impl Fn(&mut Norm) -> &mut Vec<Name>) -> Vec<Norm> {
    let mut split = Vec::new();
    for norm in norms {
        let names = list(&mut norm.clone()).clone();
        if choice == Choice::Any || names.is_empty() {
            split.push(norm.clone());
            continue;
        }
        for name in names {
            let mut one = norm.clone();
            *list(&mut one) = vec![name];
            split.push(one);
        }
    }
    split
}

fn name(policy: &Policy, filler: Filler) -> Name {
    match filler {
        Filler::Word(word) => vec![word],
        Filler::Group(group) => policy.definition(group).group.clone(),
    }
}

fn test(policy: &Policy, condition: &Condition) -> Test {
    let all = |parts: &[Condition]| parts.iter().map(|part| test(policy, part)).collect();
    let names = |fillers: &[Filler]| fillers.iter().map(|&filler| name(policy, filler)).collect();
    match condition {
        Condition::All(parts) => Test::All(all(parts)),
        Condition::Any(parts) => Test::Any(all(parts)),
        Condition::Not(inner) => Test::Not(Box::new(test(policy, inner))),
        Condition::Flag(_) | Condition::Choice(..) | Condition::Quantity(..) => Test::Fact(condition.clone()),
        Condition::Approval(by, count) => Test::Approval(names(by), *count),
        Condition::Consent(of, count) => Test::Consent(names(of), *count),
    }
}

impl Test {
    /// Calls `visit` with every test inside.
    pub fn walk<'t>(&'t self, visit: &mut impl FnMut(&'t Test)) {
        visit(self);
        match self {
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Test::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }
}

impl Norm {
    /// Whether it forbids or advises against.
    pub fn is_ban(&self) -> bool {
        matches!(self.modality, Modality::MustNot | Modality::ShouldNot)
    }

    /// Calls `visit` with every test of its conditions.
    pub fn tests<'n>(&'n self, mut visit: impl FnMut(&'n Test)) {
        self.when.iter().chain(&self.unless).for_each(|test| test.walk(&mut visit));
    }
}
