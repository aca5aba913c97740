//! From the types of an export to its JSON Schema (2020-12), as every format of the contract has it.
//!
//! It stands beside the export of findings, the lowest types that have a schema; it knows none of them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The schema of `T`, under its name for all time.
pub fn of<T: JsonSchema>(urn: &str) -> Value {
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
