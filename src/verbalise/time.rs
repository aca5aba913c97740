//! Time limits and recurrence in words.

use super::{Teller, label};
use crate::model::{Amount, Deadline, Rule, WordId};

impl Teller<'_> {
    /// `immediately`, `within 1 school day of receiving the message`, `every 12 months`; `None` where nothing is limited.
    pub(super) fn time(self, rule: &Rule) -> Option<String> {
        self.limits(&rule.deadline, rule.every)
    }

    /// The same of these limits.
    pub(super) fn limits(self, deadline: &Deadline, often: Option<Amount>) -> Option<String> {
        let label = |event: WordId| self.vocabulary.word(event).label.as_str();
        let mut limits: Vec<String> = Vec::new();
        if deadline.immediately {
            limits.push("immediately".to_owned());
        }
        if let Some((amount, of)) = deadline.within {
            limits.push(match of {
                Some(event) => format!("within {amount} of {}", label(event)),
                None => format!("within {amount}"),
            });
        }
        let events = [("after", deadline.after), ("before", deadline.before), ("until", deadline.until)];
        for (word, event) in events {
            limits.extend(event.map(|event| format!("{word} {}", label(event))));
        }
        limits.extend(often.map(every));
        (!limits.is_empty()).then(|| label::list(&limits, "and"))
    }
}

/// `every month`, `every 12 months`.
fn every(amount: Amount) -> String {
    if amount.number.is_one() {
        return format!("every {}", amount.unit.told(amount.number));
    }
    format!("every {amount}")
}
