//! The published schema of policy packs says what the program reads: every pack that ships fits it, and what the
//! program refuses to read does not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use flightpath_school::model::Measure;
use flightpath_school::policy::{
    DutyKind, EventField, EventKind, FORMAT, GroupKind, KeyStage, Party, PolicyPack, WordingPlace,
};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../schema/policy-pack-2.schema.json")).unwrap()
}

fn packs() -> Vec<Value> {
    let shipped = PolicyPack::shipped().into_iter();
    shipped
        .map(|pack| serde_json::from_str(&pack.to_json().unwrap()).unwrap())
        .collect()
}

#[test]
fn it_is_a_schema_of_the_format_that_is_written() {
    assert!(jsonschema::meta::is_valid(&schema()));
    assert_eq!(schema()["properties"]["format"]["const"], json!(FORMAT));
}

#[test]
fn every_shipped_pack_fits_as_it_stands_and_as_it_is_written() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for file in [
        include_str!("../packs/banded-secondary.json"),
        include_str!("../packs/bilingual-secondary.json"),
        include_str!("../packs/general-secondary.json"),
        include_str!("../packs/personal-targets-secondary.json"),
        include_str!("../packs/primary.json"),
    ] {
        let pack: Value = serde_json::from_str(file).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&pack)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", pack["key"]);
    }
    for pack in packs() {
        assert!(validator.is_valid(&pack), "{}", pack["key"]);
    }
}

fn codes<T: Serialize>(all: &[T]) -> BTreeSet<String> {
    let code = |one| {
        serde_json::to_value(one)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    all.iter().map(code).collect()
}

#[test]
fn it_names_every_code_that_the_program_knows() {
    let schema = schema();
    let named = |pointer: &str| -> BTreeSet<String> {
        let list = schema
            .pointer(pointer)
            .unwrap_or_else(|| panic!("no {pointer}"));
        let list = list["enum"].as_array().unwrap();
        list.iter()
            .map(|code| code.as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(named("/$defs/keyStage"), codes(&KeyStage::ALL));
    assert_eq!(named("/$defs/party"), codes(&Party::ALL));
    assert_eq!(named("/$defs/eventField"), codes(&EventField::ALL));
    assert_eq!(
        named("/$defs/event/properties/kind"),
        codes(&EventKind::ALL)
    );
    let item = |list: &str, of: &str| format!("/properties/{list}/items/properties/{of}");
    assert_eq!(named(&item("duties", "what")), codes(&DutyKind::ALL));
    assert_eq!(named(&item("wording", "place")), codes(&WordingPlace::ALL));
    let groups = "/properties/groups/properties/kinds/items";
    assert_eq!(named(groups), codes(&GroupKind::ALL));
    let measures = Measure::ALL.map(|measure| measure.name().to_owned());
    assert_eq!(named("/properties/measures/items"), measures.into());
}

/// Every place of a document, as pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                places(value, &format!("{at}/{name}"), into);
            }
        }
        Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                places(value, &format!("{at}/{number}"), into);
            }
        }
        _ => {}
    }
}

proptest! {
    /// What fits the schema is read; the checks of the program come after that.
    #[test]
    fn a_pack_that_fits_the_schema_can_be_read(
        which in 0_usize..5, place in any::<prop::sample::Index>(),
        put in prop_oneof![
            Just(json!(null)), Just(json!(true)), Just(json!(-3)), Just(json!(1.5)), Just(json!("7")),
            Just(json!("ks3")), Just(json!([])), Just(json!({})),
        ],
    ) {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let mut pack = packs().swap_remove(which);
        let mut all = Vec::new();
        places(&pack, "", &mut all);
        *pack.pointer_mut(&all[place.index(all.len())]).unwrap() = put;
        if validator.is_valid(&pack) {
            prop_assert!(PolicyPack::from_json(&pack.to_string()).is_ok(), "{pack}");
        }
    }
}
