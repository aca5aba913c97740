//! The situation in which a finding shows, as ids and a sentence: what reports tell and exports hand on.
//!
//! Plain data in the words of the JSON contract. It knows no model: whoever finds something fills in the ids.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// A situation in which rules disagree: a context, and the ways to act in it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Witness {
    /// What the actor does not decide.
    pub context: Context,
    /// What the actor decides: for a permission one way, for a duty one for each ban that closes some of its ways, for
    /// duties that exclude each other one of each.
    pub ways: Vec<Way>,
    /// The situation told as a sentence.
    pub sentence: String,
}

/// What the actor does not decide.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WitnessContext")]
pub struct Context {
    /// The organisation; left out where all organisations are taken as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OneOrTwo>,
    /// Who acts: one word, or the two of an overlap.
    pub party: Vec<String>,
    /// What it is done to; left out where it is nothing, or belongs to the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<OneOrTwo>,
    /// The facts that are not chosen.
    pub facts: Vec<Fact>,
}

/// What the actor decides.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WitnessWay")]
pub struct Way {
    /// What is done.
    pub action: OneOrTwo,
    /// What it is done to, where the rule leaves that to the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<OneOrTwo>,
    /// What else the act involves.
    pub slots: Vec<Slot>,
    /// The chosen facts.
    pub facts: Vec<Fact>,
    /// Who approves.
    pub approvals: Vec<OneOrTwo>,
    /// Who consents.
    pub consents: Vec<OneOrTwo>,
    /// Keys of the rules of the finding that apply here.
    pub applies: Vec<String>,
}

/// A preposition and what stands after it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WitnessSlot")]
pub struct Slot {
    /// The preposition.
    pub preposition: &'static str,
    /// What stands there.
    pub filler: OneOrTwo,
}

/// A fact and its value.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "WitnessFact")]
pub struct Fact {
    /// The fact.
    pub fact: String,
    /// Its value.
    pub is: Is,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "WitnessValue")]
pub enum Is {
    /// Yes or no.
    Flag(bool),
    /// One of its values.
    Choice(String),
    /// An amount.
    Quantity(Quantity),
}

/// An amount.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "WitnessQuantity")]
pub struct Quantity {
    /// How many.
    #[serde(serialize_with = "decimal")]
    #[schemars(range(min = 0))]
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
}

/// A word, or the two words of an overlap: somebody or something that is both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrTwo {
    /// A word.
    One(String),
    /// Two words at the same time.
    Two([String; 2]),
}

/// A number with the digits it has, as amounts of rules are written: `30`, `0.5`.
fn decimal<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Up to here every whole number is one of these.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value.fract() == 0.0 && (0.0..EXACT).contains(value) {
        true => serializer.serialize_u64(*value as u64),
        false => serializer.serialize_f64(*value),
    }
}
