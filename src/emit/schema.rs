//! The JSON Schemas (2020-12) of the formats, made from the types of [`super::view`]. Knows no value of them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::view::{CollectionExport, PolicyExport, RuleLine};

/// Name for all time of the schema of `clausal-policy`; it changes with the version.
pub const POLICY_URN: &str = "urn:clausal:schema:policy:1.0.0";
/// Name for all time of the schema of `clausal-collection`.
pub const COLLECTION_URN: &str = "urn:clausal:schema:collection:1.0.0";
/// Name for all time of the schema of a line of `rules.jsonl`.
pub const RULE_URN: &str = "urn:clausal:schema:rule:1.0.0";

/// The schema of a policy's document.
pub fn policy() -> Value {
    of::<PolicyExport<'static>>(POLICY_URN)
}

/// The schema of a collection's document.
pub fn collection() -> Value {
    of::<CollectionExport<'static>>(COLLECTION_URN)
}

/// The schema of a line of `rules.jsonl`.
pub fn rule() -> Value {
    of::<RuleLine<'static, 'static>>(RULE_URN)
}

fn of<T: JsonSchema>(urn: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), urn.into());
    let mut schema = schema.to_value();
    without_null(&mut schema);
    if let Some(object) = schema.as_object_mut() {
        // Readers look for the name first, so it goes first.
        let mut front = Map::new();
        for key in ["$schema", "$id"] {
            if let Some(value) = object.shift_remove(key) {
                front.insert(key.to_owned(), value);
            }
        }
        front.append(object);
        *object = front;
    }
    schema
}

/// What is optional is absent and never null; the generator cannot know that, and allows both.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(without_null),
        Value::Object(object) => {
            object.values_mut().for_each(without_null);
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    object.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
                if let [Value::Object(one)] = choices.as_slice() {
                    let one = one.clone();
                    object.shift_remove("anyOf");
                    object.extend(one);
                }
            }
        }
        _ => {}
    }
}
