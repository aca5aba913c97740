//! Rules told in English: a table of single rules, and every rule of the example policies.

mod witness;

use std::fmt::Write;

use clausal::verbalise::{condition, deadline, tell};

use super::compiled::Compiled;
use super::golden::golden;

const VOCABULARY: &str = r#"
vocabulary words {
  organisation north "North Trust"
  party staff "member of staff" plural "members of staff" { teacher headteacher "the headteacher" line-manager }
  party governor
  party governing-body "the governing body"
  party pupil
  party parent "parent or carer" plural "parents and carers"
  party police "the police"
  thing social-media "social media" plural "social media" { facebook "Facebook" }
  thing account { trust-account }
  thing message { pupil-message "message from a pupil" plural "messages from pupils" }
  thing pay-policy "the pay policy"
  thing image plural "images"
  action use takes thing on account
  action report takes thing to party from party
  action contact "be in direct contact with" takes party on social-media
  action befriend "be friends with" takes party on social-media
  action delete takes thing
  action keep takes thing
  action leave
  thing own-views "that the views are theirs" plural "that the views are theirs"
  action state "make clear" takes thing on social-media
  action post takes thing on social-media of party
  fact purpose { personal "for personal purposes" educational "for educational purposes" business "for business purposes" hiring "for recruitment" }
  fact time { working-hours "in working hours" own-time "in their own time" }
  fact relationship { immediate-family wider-family none }
  fact device { owned "on school equipment" own "on personal equipment" }
  fact on-premises "on school premises"
  fact in-doubt "in doubt"
  fact asked "asked to do so"
  fact paid "without payment"
  fact breaches "it breaches a policy" chosen
  fact own-child "the pupil is their own child"
  fact abusive chosen
  fact daily-use "time spent in a day" in minutes
  event message-received "receiving the message"
  event publication
  consequence dismissal
  consequence gross-misconduct
}
"#;

/// Each rule as written, and as told.
const RULES: &[(&str, &str)] = &[
    // Who, act, what.
    ("staff may leave", "Members of staff may leave."),
    ("headteacher must keep pay-policy", "The headteacher must keep the pay policy."),
    ("staff, governor, police must leave", "Members of staff, governors and the police must leave."),
    ("pupil, parent should leave", "Pupils, and parents and carers, should leave."),
    ("staff must not use facebook", "Members of staff must not use Facebook."),
    ("staff must use any trust-account", "Members of staff must use any trust account."),
    ("staff must keep message, image", "Members of staff must keep messages and images."),
    ("staff must keep message or image", "Members of staff must keep messages or images."),
    ("staff must not keep message, image", "Members of staff must not keep messages or images."),
    ("staff need not keep, delete message", "Members of staff need not keep or delete messages."),
    ("staff may keep, delete message", "Members of staff may keep and delete messages."),
    (
        "staff must not contact, befriend pupil on social-media",
        "Members of staff must not be in direct contact with or be friends with pupils on social media.",
    ),
    (
        "staff must report pupil-message to line-manager or headteacher within 1 school-day of message-received",
        "Members of staff must report messages from pupils to line managers or the headteacher \
         within 1 school day of receiving the message.",
    ),
    (
        "staff must not report message from pupil to parent, governor",
        "Members of staff must not report messages from pupils to parents and carers, or governors.",
    ),
    // Circumstances.
    (
        "staff must not befriend pupil unless relationship is immediate-family",
        "Members of staff must not be friends with pupils, unless the relationship is immediate family.",
    ),
    (
        "staff may use social-media when purpose is personal and time is working-hours only when daily-use at most 30 minutes",
        "Members of staff may use social media for personal purposes in working hours, but only when the time spent in a \
         day is at most 30 minutes.",
    ),
    (
        "staff must not use social-media when purpose is one of (educational, business) and device is own",
        "Members of staff must not use social media for educational or business purposes on personal equipment.",
    ),
    (
        "staff must not use social-media when purpose is personal and (device is owned or time is working-hours)",
        "Members of staff must not use social media for personal purposes, either on school equipment or in working hours.",
    ),
    (
        "staff must delete message when purpose is personal and (device is owned or time is working-hours) and asked within 1 day",
        "Members of staff must delete messages for personal purposes, either on school equipment or in working hours, \
         within 1 day when asked to do so.",
    ),
    (
        "staff should state own-views on social-media when asked",
        "Members of staff should make clear on social media that the views are theirs, when asked to do so.",
    ),
    (
        "staff must not post image on social-media of pupil, parent",
        "Members of staff must not post images of pupils, or parents and carers, on social media.",
    ),
    (
        "staff may use social-media when purpose is one of (business, hiring)",
        "Members of staff may use social media for business purposes or for recruitment.",
    ),
    ("staff should not leave when in-doubt", "Members of staff should not leave when in doubt."),
    ("staff should not leave when not on-premises", "Members of staff should not leave when not on school premises."),
    ("staff may leave when paid", "Members of staff may leave without payment."),
    ("staff may leave when not paid", "Members of staff may leave when it is not without payment."),
    ("staff must leave when asked and in-doubt", "Members of staff must leave when asked to do so and in doubt."),
    (
        "staff must leave when asked and own-child",
        "Members of staff must leave when they are asked to do so and the pupil is their own child.",
    ),
    ("staff must not leave unless own-child", "Members of staff must not leave, unless the pupil is their own child."),
    (
        "staff may keep message only when not breaches and not own-child",
        "Members of staff may keep messages, but only when it does not breach a policy and the pupil is not their own child.",
    ),
    ("staff must delete message when abusive", "Members of staff must delete messages when abusive."),
    (
        "staff must not use social-media when purpose is not personal",
        "Members of staff must not use social media when it is not for personal purposes.",
    ),
    (
        "staff must leave when relationship is not one of (immediate-family, wider-family)",
        "Members of staff must leave when the relationship is neither immediate family nor wider family.",
    ),
    (
        "staff must leave when not (asked or in-doubt)",
        "Members of staff must leave when not asked to do so and not in doubt.",
    ),
    (
        "staff must leave when not daily-use at most 2 hours",
        "Members of staff must leave when the time spent in a day is more than 2 hours.",
    ),
    (
        "staff must leave when asked and (own-child or breaches)",
        "Members of staff must leave when they are asked to do so, and when the pupil is their own child or it breaches a policy.",
    ),
    (
        "staff must leave unless (asked and own-child) or abusive",
        "Members of staff must leave, unless they are asked to do so and the pupil is their own child, or unless it is abusive.",
    ),
    (
        "staff must leave unless device is own and purpose is not personal",
        "Members of staff must leave, unless it is on personal equipment and not for personal purposes.",
    ),
    (
        "staff must leave when (asked and own-child) or (in-doubt and (breaches or abusive))",
        "Members of staff must leave when either they are asked to do so and the pupil is their own child, or \
         (they are in doubt, and either it breaches a policy or it is abusive).",
    ),
    // Approval and consent.
    (
        "staff must not leave unless approved by line-manager",
        "Members of staff must not leave, unless the line manager approves.",
    ),
    (
        "staff may keep image only when consent of parent",
        "Members of staff may keep images, but only with the consent of the parent or carer.",
    ),
    (
        "staff must not keep image unless consent of pupil or consent of parent",
        "Members of staff must not keep images, unless the pupil consents, or unless the parent or carer consents.",
    ),
    (
        "staff may leave only when approved by 2 of (headteacher, governing-body, police) and asked",
        "Members of staff may leave, but only with the approval of at least 2 of the headteacher, the governing body and \
         the police and when asked to do so.",
    ),
    ("staff must not leave unless approved by police", "Members of staff must not leave, unless the police approve."),
    (
        "staff must leave when not approved by 2 of (headteacher, governing-body, police)",
        "Members of staff must leave when fewer than 2 of the headteacher, the governing body and the police approve.",
    ),
    (
        "staff must leave when not approved by headteacher",
        "Members of staff must leave when the headteacher does not approve.",
    ),
    (
        "staff must not leave unless approved by headteacher or approved by line-manager or asked",
        "Members of staff must not leave, unless the headteacher or the line manager approves, or unless they are asked to do so.",
    ),
    // Time.
    ("staff must delete message immediately", "Members of staff must delete messages immediately."),
    ("headteacher must keep pay-policy every 12 months", "The headteacher must keep the pay policy every 12 months."),
    ("headteacher must keep pay-policy every 1 month", "The headteacher must keep the pay policy every month."),
    (
        "staff must delete message within 2 days before publication when asked",
        "Members of staff must delete messages within 2 days and before publication when asked to do so.",
    ),
    ("staff must keep message until publication", "Members of staff must keep messages until publication."),
];

fn told(rules: &[&str]) -> Vec<String> {
    let rules: String = rules.iter().enumerate().fold(String::new(), |mut all, (at, rule)| {
        let _ = writeln!(all, "clause c{at} {{ rule {rule} }}");
        all
    });
    let policy = format!("policy cases \"Cases\" {{ organisation north }}\n{rules}");
    let compiled = Compiled::of(&[("a.policy", VOCABULARY), ("b.policy", &policy)]).sound();
    compiled.collection.rules().map(|(id, _)| tell(&compiled.collection, id).sentence()).collect()
}

#[test]
fn rules_read_as_sentences() {
    let rules: Vec<&str> = RULES.iter().map(|&(rule, _)| rule).collect();
    let wrong: Vec<String> = told(&rules)
        .iter()
        .zip(RULES)
        .filter(|&(told, (_, expected))| told != expected)
        .map(|(told, (rule, expected))| format!("{rule}\n  told:     {told}\n  expected: {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn parts_of_a_rule_are_told_by_themselves() {
    let rule = "staff must delete message when not purpose is personal and asked within 2 days of publication on breach dismissal";
    let policy = format!("policy cases \"Cases\" {{ organisation north }}\nclause c {{ rule {rule} }}");
    let compiled = Compiled::of(&[("a.policy", VOCABULARY), ("b.policy", &policy)]).sound();
    let collection = &compiled.collection;
    let (id, rule) = collection.rules().next().expect("a rule");
    let when = rule.when().expect("a condition");
    assert_eq!(condition(collection, id.policy, &when), "it is not for personal purposes and they are asked to do so");
    assert_eq!(deadline(collection, id).as_deref(), Some("within 2 days of publication"));
    let told = tell(collection, id);
    assert_eq!((told.before.as_str(), told.modality), ("Members of staff", "must"));
    assert_eq!(
        told.after,
        "delete messages within 2 days of publication when it is not for personal purposes and they are asked to do so."
    );
    assert_eq!(told.breach.as_deref(), Some("Breach: dismissal."));
}

#[test]
fn every_example_policy_is_told() {
    let compiled = Compiled::policies();
    for (policy, it) in compiled.collection.policies() {
        let mut text = String::new();
        for (id, rule) in compiled.collection.rules().filter(|(id, _)| id.policy == policy) {
            let told = tell(&compiled.collection, id);
            let key = rule.key.split_once(':').map_or("", |(_, path)| path);
            let _ = writeln!(text, "{key}: {}", told.sentence());
            if let Some(breach) = told.breach {
                let _ = writeln!(text, "  {breach}");
            }
        }
        golden(&format!("verbalise/{}.txt", it.key.replace('/', ".")), &text);
    }
}
