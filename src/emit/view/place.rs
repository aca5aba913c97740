//! Places and amounts as the contract writes them. Knows neither rules nor policies.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::{Amount, Number};
use crate::source::{self, Sources, Span};

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

/// A line and a column, both counted from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Position {
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Column, from 1.
    #[schemars(range(min = 1))]
    pub column: u32,
}

/// A number and its unit, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quantity {
    /// How many; at most 15 digits, 6 of them after the point.
    pub value: Decimal,
    /// Of what: `minute`, `hour`, `day`, `week`, `month`, `year`, `school-day`, `working-day`, `percent`, `pound`,
    /// `person` or `time`.
    pub unit: &'static str,
}

/// A decimal number that is written with the digits it has: `30`, `0.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub Number);

impl<'a> Source<'a> {
    /// The place a span covers.
    pub fn new(span: Span, sources: &'a Sources) -> Self {
        let (start, end) = sources.positions(span);
        Source { path: sources.file(span.file).path(), start: start.into(), end: end.into() }
    }
}

impl From<source::Position> for Position {
    fn from(position: source::Position) -> Self {
        Position { line: position.line, column: position.column }
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
