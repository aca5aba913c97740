//! Places and amounts as the contract writes them. Knows neither rules nor policies.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

pub use crate::diagnostic::export::Position;
use crate::model::{Amount, Number, Unit};
use crate::source::{Sources, Span};

/// A stretch of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source<'a> {
    /// Path of the file, with `/` between its parts.
    pub path: &'a str,
    /// Its first character.
    pub start: Position,
    /// The character after its last.
    pub end: Position,
}

/// A number and its unit, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quantity {
    /// How many; at most 15 digits, 6 of them after the point.
    pub value: Decimal,
    /// Of what.
    #[schemars(extend("enum" = Unit::ALL.map(Unit::name)))]
    pub unit: &'static str,
}

/// A decimal number that is written with the digits it has: `30`, `0.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub Number);

impl<'a> Source<'a> {
    /// The place a span covers.
    pub fn new(span: Span, sources: &'a Sources) -> Self {
        let (start, end) = sources.positions(span);
        Source { path: sources.file(span.file).name(), start: start.into(), end: end.into() }
    }
}

impl From<Amount> for Quantity {
    fn from(amount: Amount) -> Self {
        Quantity { value: Decimal(amount.number), unit: amount.unit.name() }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_integer() {
            Some(whole) => serializer.serialize_u64(whole),
            None => serializer.serialize_f64(self.0.to_f64()),
        }
    }
}

impl JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0 })
    }
}
