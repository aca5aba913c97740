//! What the pages of the checks against a base have no room for.

use clausal::checks::Settings;
use clausal::source::{SourceFile, Sources};

use super::findings_since;

const BEFORE: &str = "vocabulary school {
  organisation northgate
  party staff
  party headteacher
  thing phone
  action use takes thing
  fact minutes-a-day in minutes
}

policy phones \"Phones\" {
  organisation northgate
  version \"1.0\"
  status adopted
  owner headteacher
  approved 2026-03-17 by headteacher
  effective 2026-04-01
  review by 2027-03-31
  parameter room \"the room for calls\" = \"the hall\"
  history { \"1.0\" 2026-03-17 \"First\" }
}

clause calls {
  | Staff may use a phone in {$room}, unless they:

  rule staff may use phone when minutes-a-day at most 30 minutes

  clause limit {
    | take more than 30 minutes.
  }
}
";

/// What the checks of the family find, each with all its places in words.
fn found(edits: &[(&str, &str)]) -> Vec<String> {
    let mut after = BEFORE.to_owned();
    for (from, to) in edits {
        assert_eq!(after.matches(from).count(), 1, "{from}");
        after = after.replace(from, to);
    }
    let sources = |text: &str| Sources::new(vec![SourceFile::new("phones.policy", text)]);
    let found = findings_since(&sources(&after), Some(&sources(BEFORE)), None, &Settings::default());
    let versions = ["unversioned-change", "version-went-back", "changed-since-approval", "vanished-id"];
    let told = found.iter().filter(|finding| versions.contains(&finding.check)).map(|finding| {
        let places: Vec<&str> =
            finding.labels.iter().map(|label| label.text.as_str()).filter(|it| !it.is_empty()).collect();
        format!("{}: {}", finding.check, places.join("; "))
    });
    told.collect()
}

#[test]
fn what_is_filled_in_in_the_prose_is_part_of_what_is_asked() {
    let found = found(&[("\"the hall\"", "\"the car park\"")]);
    assert_eq!(
        found,
        [
            "unversioned-change: Filled in: the room for calls: it says something else",
            "changed-since-approval: changed: Filled in: the room for calls",
        ]
    );
}

#[test]
fn words_below_a_rule_are_told_as_the_rules() {
    let found =
        found(&[("at most 30 minutes", "at most 20 minutes"), ("more than 30 minutes", "more than 20 minutes")]);
    assert_eq!(
        found,
        [
            "unversioned-change: 1: it asks more, or permits less; 1.1: its words are others, and so is the rule they belong to",
            "changed-since-approval: changed: 1",
        ]
    );
}

#[test]
fn who_owns_a_policy_and_when_it_is_reviewed_is_nothing_that_is_asked() {
    assert_eq!(found(&[("owner headteacher", "owner staff"), ("2027-03-31", "2027-06-30")]), Vec::<String>::new());
}
