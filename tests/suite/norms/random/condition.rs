//! Random conditions.

use super::Dice;
use super::vocabulary::{Fact, Kind, Vocabulary};

/// A condition of a few parts.
pub fn condition(vocabulary: &Vocabulary, dice: &mut Dice) -> String {
    match dice.below(14) {
        0 => joined(vocabulary, dice, " and "),
        1 => joined(vocabulary, dice, " or "),
        2 => format!("not ({})", joined(vocabulary, dice, " or ")),
        3 => format!("{} and ({})", operand(vocabulary, dice), joined(vocabulary, dice, " or ")),
        _ => operand(vocabulary, dice),
    }
}

fn joined(vocabulary: &Vocabulary, dice: &mut Dice, by: &str) -> String {
    format!("{}{by}{}", operand(vocabulary, dice), operand(vocabulary, dice))
}

fn operand(vocabulary: &Vocabulary, dice: &mut Dice) -> String {
    let not = if dice.one_in(5) { "not " } else { "" };
    format!("{not}{}", plain(vocabulary, dice))
}

fn plain(vocabulary: &Vocabulary, dice: &mut Dice) -> String {
    match dice.below(12) {
        0 | 1 => format!("approved by {}", quorum(vocabulary, dice)),
        2 => format!("consent of {}", quorum(vocabulary, dice)),
        3 => format!("any of ({}, {})", test(vocabulary, dice), test(vocabulary, dice)),
        _ => test(vocabulary, dice),
    }
}

/// One name, or so many of several, which may lie below each other.
fn quorum(vocabulary: &Vocabulary, dice: &mut Dice) -> String {
    if dice.one_in(2) {
        return dice.pick(&vocabulary.parties);
    }
    let count = dice.between(1, 3);
    // The same name can stand twice: then two of its leaves are asked for.
    let names: Vec<String> = (0..count).map(|_| dice.pick(&vocabulary.parties)).collect();
    format!("{} of ({})", dice.between(1, count), names.join(", "))
}

fn test(vocabulary: &Vocabulary, dice: &mut Dice) -> String {
    let Fact { id, kind } = dice.pick(&vocabulary.facts);
    match kind {
        Kind::Flag => id,
        Kind::Choice(count) => match dice.below(4) {
            0 => format!("{id} is not v{}", dice.below(count)),
            1 if count > 1 => {
                let values = dice.several(&(0..count).collect::<Vec<usize>>(), 2);
                format!("{id} is one of (v{}, v{})", values[0], values[1])
            }
            _ => format!("{id} is v{}", dice.below(count)),
        },
        Kind::Quantity(unit) => {
            let comparison = dice.pick(&["at most", "at least", "more than", "less than", "exactly"]);
            format!("{id} {comparison} {}", amount(dice, unit))
        }
    }
}

/// An amount in a unit that converts into the fact's own.
fn amount(dice: &mut Dice, unit: &str) -> String {
    let small = ["0", "1", "2", "3", "4"];
    let number = match unit {
        "people" | "times" => dice.pick(&small),
        _ => dice.pick(&["0", "1", "2", "3", "0.5", "1.5", "0.1"]),
    };
    match unit {
        "minutes" | "hours" => dice.pick(&[
            format!("{number} hours"),
            format!("{number} hours"),
            "60 minutes".to_owned(),
            "30 minutes".to_owned(),
            "90 minutes".to_owned(),
            "10 minutes".to_owned(),
            "1 day".to_owned(),
        ]),
        "days" => dice.pick(&[format!("{number} days"), "24 hours".to_owned(), "1 week".to_owned()]),
        "months" => dice.pick(&[format!("{number} months"), "1 year".to_owned(), "0.5 years".to_owned()]),
        _ => format!("{number} {unit}"),
    }
}
