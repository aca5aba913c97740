//! Random words and facts.

use std::fmt::Write;

use super::Dice;

/// The words and facts a collection can use.
pub struct Vocabulary {
    pub organisations: Vec<String>,
    pub parties: Vec<String>,
    pub things: Vec<String>,
    /// Actions that take an object.
    pub actions: Vec<String>,
    /// Actions that take none, the ones above them among them.
    pub bare: Vec<String>,
    /// The kind of object they take.
    pub objects_are_parties: bool,
    /// The slots they take, and whether a party stands there.
    pub slots: Vec<(&'static str, bool)>,
    pub facts: Vec<Fact>,
    text: String,
}

/// A fact that conditions can ask for.
#[derive(Clone)]
pub struct Fact {
    pub id: String,
    pub kind: Kind,
}

/// What is asked of it.
#[derive(Clone)]
pub enum Kind {
    Flag,
    Choice(usize),
    Quantity(&'static str),
}

/// Words of one kind: the index of the word each is nested in.
type Tree = Vec<Option<usize>>;

impl Vocabulary {
    pub fn new(dice: &mut Dice) -> Self {
        let mut text = "vocabulary words {\n".to_owned();
        let count = dice.between(1, 4);
        let organisations = words(dice, &mut text, "organisation", "o", count, 6);
        let count = dice.between(2, 4);
        let parties = words(dice, &mut text, "party", "p", count, 3);
        let count = dice.between(2, 4);
        let things = words(dice, &mut text, "thing", "t", count, 4);
        let objects_are_parties = dice.one_in(8);
        let slots = [("to", true), ("on", false), ("with", false), ("about", true)];
        let count = dice.pick(&[0, 1, 1, 1, 2]);
        let slots = dice.several(&slots, count);
        let (actions, bare) = actions(dice, &mut text, objects_are_parties, &slots);
        let count = dice.pick(&[1, 1, 2, 2, 2, 3, 4]);
        let facts = (0..count).map(|index| fact(dice, &mut text, index)).collect();
        text.push_str("  event e0\n  event e1\n  consequence c0\n  consequence c1\n}\n");
        Vocabulary { organisations, parties, things, actions, bare, objects_are_parties, slots, facts, text }
    }

    pub fn text(&self) -> String {
        self.text.clone()
    }
}

/// Words of a kind as a forest, some with a second parent, some complete lists, some overlapping.
fn words(dice: &mut Dice, text: &mut String, kind: &str, letter: &str, count: usize, overlap: usize) -> Vec<String> {
    let tree: Tree = (0..count).map(|index| (index > 0 && !dice.one_in(4)).then(|| dice.below(index))).collect();
    let names: Vec<String> = (0..count).map(|index| format!("{letter}{index}")).collect();
    let extras = extras(dice, &tree, &names, overlap);
    write_tree(text, kind, &tree, &names, &extras);
    names
}

fn extras(dice: &mut Dice, tree: &Tree, names: &[String], overlap: usize) -> Vec<String> {
    let count = names.len();
    let mut extras = vec![String::new(); count];
    for index in 0..count {
        // A second parent stands earlier, so that no circle comes about.
        if index > 1 && dice.one_in(6) {
            let parent = dice.below(index);
            if tree[index] != Some(parent) {
                let _ = write!(extras[index], " is {}", names[parent]);
            }
        }
        if count > 1 && dice.one_in(overlap * 2) {
            let _ = write!(extras[index], " overlaps {}", dice.pick(names));
        }
        if tree.contains(&Some(index)) && dice.one_in(5) || dice.one_in(80) {
            extras[index].push_str(" only");
        }
    }
    extras
}

fn write_tree(text: &mut String, kind: &str, tree: &Tree, names: &[String], extras: &[String]) {
    fn entry(text: &mut String, tree: &Tree, names: &[String], extras: &[String], index: usize, depth: usize) {
        let children: Vec<usize> = (0..tree.len()).filter(|&child| tree[child] == Some(index)).collect();
        let _ = write!(text, "{}{}", names[index], extras[index]);
        if children.is_empty() && !extras[index].ends_with(" only") {
            text.push('\n');
            return;
        }
        text.push_str(" {\n");
        for child in children {
            text.push_str(&"  ".repeat(depth + 2));
            entry(text, tree, names, extras, child, depth + 1);
        }
        let _ = writeln!(text, "{}}}", "  ".repeat(depth + 1));
    }
    for root in (0..tree.len()).filter(|&index| tree[index].is_none()) {
        let _ = write!(text, "  {kind} ");
        entry(text, tree, names, extras, root, 0);
    }
}

/// Actions: all above or beside `a0`, which takes no object and so covers every one, and those below it that take one.
fn actions(
    dice: &mut Dice,
    text: &mut String,
    parties: bool,
    slots: &[(&'static str, bool)],
) -> (Vec<String>, Vec<String>) {
    let count = dice.between(1, 3);
    let names: Vec<String> = (0..=count).map(|index| format!("a{index}")).collect();
    let mut takes = String::new();
    for (preposition, party) in slots {
        let _ = write!(takes, " {preposition} {}", if *party { "party" } else { "thing" });
    }
    let object = if parties { "party" } else { "thing" };
    let tree: Tree = (0..=count)
        .map(|index| match index {
            0 => None,
            1 => Some(0),
            _ => dice.pick(&[None, Some(0), Some(1)]),
        })
        .collect();
    let mut extras = extras(dice, &tree, &names, 8);
    for (index, extra) in extras.iter_mut().enumerate() {
        let mut parts = String::new();
        if index == 0 && !takes.is_empty() {
            let _ = write!(parts, " takes{takes}");
        } else if index > 0 {
            let _ = write!(parts, " takes {object}{takes}");
        }
        if dice.one_in(3) {
            let _ = write!(parts, " excludes {}", dice.pick(&names));
        }
        extra.insert_str(0, &parts);
    }
    write_tree(text, "action", &tree, &names, &extras);
    (names[1..].to_vec(), vec![names[0].clone()])
}

fn fact(dice: &mut Dice, text: &mut String, index: usize) -> Fact {
    let id = format!("f{index}");
    let chosen = if dice.below(5) < 2 { " chosen" } else { "" };
    let kind = match dice.below(5) {
        0 | 1 => Kind::Flag,
        2 | 3 => Kind::Choice(dice.pick(&[1, 2, 2, 2, 3, 3])),
        _ => Kind::Quantity(
            dice.pick(&["minutes", "hours", "hours", "people", "times", "pounds", "months", "percent", "days"]),
        ),
    };
    let values = match kind {
        Kind::Flag => String::new(),
        Kind::Choice(count) => format!(" {{ {}}}", (0..count).map(|value| format!("v{value} ")).collect::<String>()),
        Kind::Quantity(unit) => format!(" in {unit}"),
    };
    let _ = writeln!(text, "  fact {id}{chosen}{values}");
    Fact { id, kind }
}
